// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/department/departmenthost.h"
#include "core/store/profile.h"
#include "core/store/replicastate.h"
#include "replica/replicator/replicator.h"
#include "replica/session/session.h"

namespace tz {

/// What is typed to sign in.
struct Credentials {
    QUrl server;
    QString user, password, deviceName;
    QString caFile;
};

/// An open profile on one thread: database, store, session and, when signed in, the replicator. The command line uses
/// it as it is; Workspace keeps one on its data thread.
class TZ_REPLICA_EXPORT LocalReplica : public QObject {
    Q_OBJECT
public:
    /// Opens the replica of a locked profile, creating and migrating it. A damaged file is set aside and what had not
    /// been sent is brought over: see repair(). Reads the company's own fields first and gives them to the host.
    /// Errors: store.*.
    static Result<std::unique_ptr<LocalReplica>> open(const Profile &profile, DepartmentHost &host,
                                                      const QString &program);
    ~LocalReplica() override;

    RecordStore &store() const { return *m_store; }
    ReplicaState &state() const { return *m_state; }
    Database &database() const { return *m_database; }
    const Account &account() const { return m_session.account(); }
    bool isStandalone() const { return account().kind == Account::Kind::Standalone; }
    bool isReady() const { return account().kind != Account::Kind::None; }
    /// The user's name for people: of the record when it is here, else as typed.
    QString userTitle() const;
    /// Null until start() has found a token.
    Replicator *replicator() const { return m_replicator.get(); }
    SyncStatus status() const;
    /// Counts again what waits and needs attention, and says so.
    void refreshStatus();
    /// Set when a damaged file was set aside: store.repaired {path, waiting, records}.
    const std::optional<Error> &repair() const { return m_repair; }

    Result<> startStandalone(const QString &name);
    /// A believable company to look at; stand-alone profiles only. Errors: session.not_standalone.
    Result<> addDemonstration();
    void signIn(const Credentials &credentials, std::function<void(Result<>)> done);
    void signOut(std::function<void(Result<>)> done);
    /// Reads the token and begins to sync. `done`: false when there is nothing to sync with.
    void start(bool live, std::function<void(bool)> done);
    /// The company's own fields as they stand in the replica now.
    static QList<std::pair<QString, QJsonObject>> customFields(Database &database);
    /// Work of departments that recurs, in a stand-alone profile; where there is a server, that does it.
    Result<> runJobs();

Q_SIGNALS:
    void statusChanged(const tz::SyncStatus &status);
    void actorChanged();
    void notice(const tz::Error &notice);
    /// Custom fields have come or changed: somebody must make a new catalog and give it to the store.
    void customFieldsChanged();
    void signedOut(const tz::Error &error);
    void quiet();
    void failed(const tz::Error &error);

private:
    LocalReplica(const Profile &profile, DepartmentHost &host, const QString &program);
    Result<> openDatabase();
    Result<> setAside(const Error &why);
    Result<> makeStore();
    Result<> connectTo(const Account &account, const QString &token);
    bool needsCheck(const QString &path) const;

    const Profile &m_profile;
    DepartmentHost &m_host;
    QString m_program;
    SystemClock m_clock;
    SystemEntropy m_entropy;
    Session m_session;
    std::unique_ptr<Database> m_database;
    std::unique_ptr<RecordStore> m_store;
    std::unique_ptr<ReplicaState> m_state;
    std::unique_ptr<Transport> m_transport;
    /// Of the last sign-in; it outlives its own callback.
    std::unique_ptr<Transport> m_signingIn;
    std::unique_ptr<Replicator> m_replicator;
    std::optional<Error> m_repair;
    bool m_live = false;
    QHash<QString, qint64> m_jobsDone;
};

} // namespace tz
