// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/store/recordstore.h"
#include "replica/replicator/replicator.h"
#include "tests/simulation/wire.h"

#include <QPointer>

#include <set>

namespace tz::sim {

/// One user's computer: the real store, sync state and sync client on a disk and a clock of its own. What the
/// program's workspace does around them (opening, repair, the account beside the database) is done here in its place,
/// because that speaks to real files.
class Laptop {
public:
    struct Account {
        QString token;
        Id device;
    };
    /// The disk with the account and the program, as an image of the whole computer holds them.
    struct Image {
        MemoryDisk::Files files;
        Account account;
        bool isNewer = false;
    };

    Laptop(int number, QString user, Agenda &agenda, Servers &servers, quint64 seed, Wire::Tap tap);
    ~Laptop();

    /// From the beginning: signs in.
    void begin();
    /// A copy of another computer, switched on for the first time.
    void begin(const Image &image);
    /// Ends without any farewell; what the disk has then is up to the caller.
    void stop();
    /// Switched on again. False: the disk stopped it once more.
    bool start();
    bool isRunning() const { return m_replicator != nullptr; }
    /// Whether the file had to be set aside when it was started.
    bool wasRepaired() const { return m_wasRepaired; }
    Image image() const;
    void setImage(const Image &image);
    void upgrade() { m_newer = true; }
    bool isNewer() const { return m_newer; }

    std::optional<Receipt> apply(Draft draft);

    int number() const { return m_number; }
    QString name() const;
    const QString &userName() const { return m_userName; }
    Id user() const { return m_user; }
    MemoryDisk &disk() { return m_disk; }
    MachineClock &clock() { return m_clock; }
    Wire::Line &line() { return m_line; }
    Wire &wire() { return *m_wire; }
    RecordStore &store() { return *m_store; }
    ReplicaState &replica() { return *m_state; }
    Replicator &replicator() { return *m_replicator; }
    /// It is saying nothing; cheaper to ask than whether nothing is left to say.
    bool isSilent() const { return m_replicator && m_replicator->isQuiet(); }
    bool isQuiet() const;
    QString lastFailure() const { return m_lastFailure; }

    /// Records that the program announced as changed since they were taken.
    std::set<Id> touched;
    /// Very many, or not known which.
    bool allTouched = true;

private:
    Result<> openDatabase();
    Result<> makeStore();
    Result<> repair();
    void connectAll();
    void signIn();
    void signInLater();

    int m_number;
    QString m_userName;
    Id m_user;
    Agenda &m_agenda;
    Servers &m_servers;
    MachineClock m_clock;
    SeededEntropy m_entropy;
    /// Of its own: how much chance new ids take depends on the clock, and when it tries again must not.
    SeededEntropy m_pauses;
    MemoryDisk m_disk;
    Wire::Line m_line;
    Wire::Tap m_tap;
    Account m_account;
    bool m_newer = false;
    bool m_wasRepaired = false;
    QString m_lastFailure;
    std::unique_ptr<Database> m_database;
    std::unique_ptr<RecordStore> m_store;
    std::unique_ptr<ReplicaState> m_state;
    std::unique_ptr<Wire> m_wire;
    std::unique_ptr<Replicator> m_replicator;
};

} // namespace tz::sim
