// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/department/departmenthost.h"
#include "core/store/recordstore.h"
#include "core/store/replicastate.h"
#include "server/api/api.h"

#include <QTemporaryDir>

namespace tz::sim {

/// What the network does to one request.
enum class Fault { None, RequestLost, AnswerLost, DeliveredTwice, AnsweredTwice };

/// Bytes that left the server for one device, for the leak check.
using Wiretap = std::function<void(const QByteArray &path, const QByteArray &body)>;

/// One user's computer in the simulation: the real store and sync state on a real file, a clock of its own, and the
/// conversation with the server step by step, so that a fault can fall between any two of them.
class Laptop {
public:
    Laptop(QString name, const Id &user, QString folder, DepartmentHost &host, quint64 seed, qint64 nowMs);
    ~Laptop();

    /// Signs in and learns who it is; to be called once.
    void login(server::Api &api, const QString &password);
    /// Ends the program without any farewell and starts it again from the file.
    void crash();

    /// One request of the conversation: hello, push or pull, whichever is due. Answers false when nothing is left to
    /// do.
    bool step(server::Api &api, Fault fault, qint64 pageRows, const Wiretap &tap);
    /// Applies a draft; a refusal by its own judge is part of life.
    std::optional<Error> apply(Draft draft);

    QString name() const { return m_name; }
    Id user() const { return m_user; }
    ManualClock &clock() { return m_clock; }
    RecordStore &store() { return *m_store; }
    ReplicaState &replica() { return *m_replica; }
    QString databasePath() const;
    bool isQuiet() const { return m_greeted && !m_pullWanted && m_replica->waiting().value_or(1) == 0; }
    /// The server has news: to be called after others pushed.
    void wake() { m_pullWanted = true; }
    /// How many pushes were sent, whether they arrived or not.
    qint64 pushes() const { return m_pushes; }

private:
    void open();
    QList<Id> teamsBelow(const Id &team) const;
    std::optional<QByteArray> send(server::Api &api, const char *path, const QByteArray &body, Fault fault,
                                   const Wiretap &tap, int &status);
    bool hello(server::Api &api, Fault fault, const Wiretap &tap);
    bool push(server::Api &api, Fault fault, const Wiretap &tap);
    bool pull(server::Api &api, Fault fault, qint64 pageRows, const Wiretap &tap);

    QString m_name;
    Id m_user;
    QString m_folder;
    DepartmentHost &m_host;
    ManualClock m_clock;
    SeededEntropy m_entropy;
    QByteArray m_token;
    Actor m_actor;
    std::unique_ptr<Database> m_database;
    std::unique_ptr<RecordStore> m_store;
    std::unique_ptr<ReplicaState> m_replica;
    bool m_greeted = false;
    bool m_pullWanted = true;
    qint64 m_pushes = 0;
};

} // namespace tz::sim
