// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "leakdevice.h"
#include "leakrights.h"
#include "server/rest/rest.h"

namespace tz::test {

/// A company whose people, teams, rights and records change at random, with every byte that leaves its server and
/// every file of its laptops searched for what their users may not see at that moment. One seed, one course.
class LeakWorld {
public:
    /// What was looked at, so that a run that shows nothing is noticed.
    struct Counts {
        qint64 answers = 0, files = 0;
        /// Markers that were found and may be seen; pairs of a user and a marker that they may not see, at the end.
        qint64 seen = 0, forbidden = 0;
        qint64 evicted = 0, conflicts = 0, refused = 0, contents = 0, denied = 0;
    };
    explicit LeakWorld(quint64 seed);
    ~LeakWorld();

    void run(int steps);
    const Counts &counts() const { return m_counts; }

private:
    struct User {
        QString name;
        Id id;
        QByteArray apiToken;
        /// A stolen one, as it were: asks what no program would ask.
        QByteArray token;
        Id device;
        qint64 lastNo = 0;
    };
    using Deed = void (LeakWorld::*)();

    quint64 chance(quint64 n) { return m_dice.next64() % n; }
    template <class T>
    const T &oneOf(const std::vector<T> &all)
    {
        return all[size_t(chance(all.size()))];
    }
    User &anyUser() { return m_users[size_t(chance(m_users.size()))]; }
    LeakDevice &anyDevice() { return *m_devices[size_t(chance(m_devices.size()))]; }
    std::pair<QString, Id> anyRecord();
    std::optional<std::pair<QString, Id>> recordAt(LeakDevice &device, const QString &entity = {});
    Id anyOf(const char *entity);

    // The server, and what is looked for in what it says.
    std::unique_ptr<DepartmentHost> makeHost() const;
    void openServer();
    server::Answer ask(const User &user, const QByteArray &token, const char *path, const QByteArray &body,
                       std::optional<Value> typed = {});
    Result<QByteArray> answerTo(const Id &user, const QByteArray &token, const QString &path, const QByteArray &body);
    void look(const Id &user, QByteArrayView bytes, const QString &where, std::optional<Value> typed = {},
              const std::function<bool(const Place &)> &isNarrowed = {}, const LeakDevice *device = nullptr);
    void lookAt(LeakDevice &device);
    void lookForAllAt(LeakDevice &device);
    void lookAtWebhook(const User &user);
    User &signUp(const QString &name);
    LeakDevice &addDevice(const QString &name, User &user);
    bool isBehind(LeakDevice &device) const;
    void synced(LeakDevice &device);
    Value valueFor(const Place &place, const Id &author);
    void noteWritten(LeakDevice &device, const Receipt &receipt, bool isNew = false);
    /// What the server copied for somebody, they may see: the copy counts like the original from now on.
    void noteCopied(const Id &user, const QString &entity, const Id &record);
    void bySystem(std::vector<Change> changes);

    // What happens on laptops.
    void createSome();
    void edit();
    void giveAway();
    void attach();
    void removeOrRestore();
    void actOrUndo();
    void sync();
    void fetchContent();
    // What the company changes.
    void changeRoles();
    void changeTeam();
    void moveTeam();
    void disableOrEnable();
    void deleteRole();
    void changeRules();
    // What is asked in other ways, and by those who should not.
    void pullEverything();
    void askHistory();
    void askForContents();
    void forge();
    void read();
    void write();

    const quint64 m_seed;
    int m_step = 0;
    const char *m_deed = "";
    SeededEntropy m_dice;
    ManualClock m_clock;
    SeededEntropy m_entropy;
    IdSource m_ids{m_clock, m_entropy};
    QTemporaryDir m_folder;
    Markers m_markers;
    Rights m_rights;
    Rules m_rules;
    server::Environment m_environment;
    /// Programs of the server and of laptops that were not brought up to date.
    std::vector<std::unique_ptr<DepartmentHost>> m_hosts;
    std::unique_ptr<server::Api> m_api;
    std::vector<User> m_users;
    std::vector<std::unique_ptr<LeakDevice>> m_devices;
    std::vector<Id> m_teams;
    /// Contents that somebody attached, and where.
    std::vector<wire::BlobRef> m_contents;
    Counts m_counts;
    /// The first thing that somebody was told and should not have been.
    std::string m_leak;
};

} // namespace tz::test
