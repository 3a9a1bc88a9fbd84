// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/department/departmenthost.h"
#include "core/store/profile.h"
#include "core/store/replicastate.h"
#include "replica/replicator/replicator.h"
#include "replica/session/browsersignin.h"
#include "replica/session/erasure.h"
#include "replica/session/session.h"
#include "replica/transfers/transfers.h"

#include <QTimer>

namespace tz {

/// What is typed to sign in.
struct Credentials {
    QUrl server;
    QString user, password, deviceName;
    QString caFile;
    QString code; ///< of an authenticator app, after auth.code_needed
    /// Set: no password, but the company account, on the page whose address this gets for the user's browser. The
    /// sign-in then takes as long as the user does.
    std::function<void(const QUrl &page)> openBrowser;
};

/// An open profile on one thread: database, store, session and, when signed in, the replicator. The command line uses
/// it as it is; Workspace keeps one on its data thread.
class TZ_REPLICA_EXPORT LocalReplica : public QObject {
    Q_OBJECT
public:
    /// Opens the replica of a locked profile, creating and migrating it. A damaged file is set aside and what had not
    /// been sent is brought over: see repair(). Reads the company's own fields first and gives them to the host.
    /// `awaitHost` returns when the host has started; it is called once the file is open and before the host is looked
    /// at, so that one can be opened beside the other. Empty: it has started. Errors: store.*.
    static Result<std::unique_ptr<LocalReplica>> open(const Profile &profile, DepartmentHost &host,
                                                      const QString &program, std::function<void()> awaitHost = {});
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
    /// Null like the replicator. Contents that wait are sent, and what left with its records is removed, before
    /// quiet().
    Transfers *transfers() const { return m_transfers.get(); }
    AttachmentState &attachments() const { return *m_attachments; }
    /// Brings the content here. `done`: later, or at once when it is here already; errors of Transfers::fetch(),
    /// attachment.not_here where there is no server, session.not_signed_in.
    void fetchAttachment(const wire::BlobRef &ref, std::function<void(Result<>)> done);
    SyncStatus status() const;
    /// Counts again what waits and needs attention, and says so.
    void refreshStatus();
    /// Set when a damaged file was set aside: store.repaired {path, waiting, records}.
    const std::optional<Error> &repair() const { return m_repair; }
    /// The lease has run out: nothing of the copy is to be shown until there was contact. Looked at every minute.
    bool isLocked() const { return m_locked; }
    /// session.lease_over {days}.
    Error lock() const;
    /// An administrator had the copy erased while it was open. Nothing but the destructor may be called any more.
    bool isErased() const { return !m_store; }
    /// Tells the server of an erasure that it has not heard of. `done` comes at once when there is none.
    void confirmErasure(std::function<void()> done);
    /// The server's audit trail of a record, as far as this user may see it; `done` gets it, or why there is none:
    /// session.standalone, session.not_signed_in, record.unknown_record, net.*.
    void history(const QString &entity, const Id &id, int limit, std::function<void(Result<wire::HistoryAnswer>)> done);

    /// Asks the server something that has nothing to do with the sync; several questions may be under way. `done` gets
    /// the body of the answer, or why there is none: session.standalone, session.not_signed_in, net.*, the server's.
    void ask(const QString &path, const QByteArray &body, std::function<void(Result<QByteArray>)> done);

    Result<> startStandalone(const QString &name);
    /// A believable company to look at; stand-alone profiles only. Errors: session.not_standalone.
    Result<> addDemonstration();
    /// Also on a stand-alone profile: everything in it is then made ready to be sent (see Joining), and joining() tells
    /// how far that is. Errors: those of Session::signIn and BrowserSignIn, session.fields_need_admin, store.*.
    void signIn(const Credentials &credentials, std::function<void(Result<>)> done);
    /// Waits no more for the user's browser, if that is waited for.
    void cancelSignIn();
    /// How one may sign in to a server, before anybody does. Errors: net.*, auth.wait {seconds}.
    void askSignInWays(const QUrl &server, const QString &caFile, std::function<void(Result<wire::SignInWays>)> done);
    void signOut(std::function<void(Result<>)> done);
    /// Reads the token and begins to sync. `done`: false when there is nothing to sync with.
    void start(bool live, std::function<void(bool)> done);
    /// Work of departments that recurs, in a stand-alone profile; where there is a server, that does it.
    Result<> runJobs();

Q_SIGNALS:
    void statusChanged(const tz::SyncStatus &status);
    void actorChanged();
    /// A stand-alone profile is being made ready for the server: records done, of all.
    void joining(qint64 done, qint64 all);
    void notice(const tz::Error &notice);
    /// Custom fields have come or changed: somebody must make a new catalog and give it to the store.
    void customFieldsChanged();
    /// session.erased {unsent}: an administrator had the copy erased, and it is gone; isErased() from now on.
    void signedOut(const tz::Error &error);
    void lockedChanged(bool locked);
    /// Another status of the content with this hash; empty: of any.
    void attachmentChanged(const QByteArray &hash);
    void attachmentProgress(const QByteArray &hash, qint64 done, qint64 all);
    void quiet();
    void failed(const tz::Error &error);

private:
    LocalReplica(const Profile &profile, DepartmentHost &host, const QString &program);
    Result<> openDatabase();
    Result<> setAside(const Error &why);
    Result<> makeStore();
    void offer(const SignInOffer &offer, const Account &wanted, std::function<void(Result<>)> done);
    void join(const SignInOffer &offer, Account wanted, std::function<void(Result<>)> done);
    void joined(Account wanted, const QString &token, const wire::HelloAnswer &rights,
                std::function<void(Result<>)> done);
    void opened(const Session::Opened &opened, const std::function<void(Result<>)> &done);
    Result<> connectTo(const Account &account, const QString &token);
    /// Whether the file is to be looked through before it is used: not if this program left it as it is and did so
    /// lately. Takes the note of that away.
    bool needsCheck();
    void noteClosed() const;
    void shutOut(const Error &error, std::function<void(const Error &)> done);
    void erase(const QString &nonce, std::function<void(const Error &)> done);
    void checkLease();
    void settleAttachments();

    const Profile &m_profile;
    DepartmentHost &m_host;
    /// With its version, as administrators see it in the list of devices.
    QString m_program;
    std::function<void()> m_awaitHost;
    SystemClock m_clock;
    SystemEntropy m_entropy;
    Session m_session;
    std::unique_ptr<Database> m_database;
    std::unique_ptr<RecordStore> m_store;
    std::unique_ptr<ReplicaState> m_state;
    std::unique_ptr<Transport> m_transport;
    /// Of the last sign-in; it outlives its own callback.
    std::unique_ptr<Transport> m_signingIn;
    std::unique_ptr<BrowserSignIn> m_browser;
    /// Of the last question how one may sign in.
    std::unique_ptr<Transport> m_askingWays;
    /// Of questions beside the sync.
    std::unique_ptr<Transport> m_asking;
    QUrl m_askedServer;
    std::unique_ptr<Replicator> m_replicator;
    std::unique_ptr<AttachmentState> m_attachments;
    bool m_attachmentsReconciled = false;
    /// Of their own, so that a long content and the records do not wait for each other.
    std::unique_ptr<Transport> m_transfersTransport;
    std::unique_ptr<Transfers> m_transfers;
    std::optional<Error> m_repair;
    bool m_live = false;
    bool m_wasOpen = false;
    qint64 m_checkedAtMs = 0;
    bool m_locked = false;
    QTimer m_leaseTimer;
    /// Between other work: what a change or a large page left for the search index and the indexes of lists.
    QTimer m_indexTimer;
    Erasure m_erasure;
    QHash<QString, qint64> m_jobsDone;
};

} // namespace tz
