// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/department/departmenthost.h"
#include "core/store/profile.h"
#include "core/store/recordstore.h"
#include "core/store/replicastate.h"
#include "replica/export.h"
#include "replica/replicator/syncstatus.h"

#include <QObject>
#include <QUrl>

#include <any>
#include <functional>
#include <memory>

namespace tz {

class Administration;
class Attachments;
namespace wire {
struct SignInWays;
}

/// An open profile as a program with a user interface sees it. Lives on the GUI thread, where it reads through a
/// connection of its own; everything that writes or talks to the network happens on the data thread behind it.
/// Callbacks arrive on the GUI thread.
class TZ_REPLICA_EXPORT Workspace : public QObject {
    Q_OBJECT
public:
    /// Opens the profile (creating it), migrates it, reads custom fields and starts the data thread. While that works,
    /// two things run on this one: `startHost`, unless the host has started; the file is opened beside it. Then
    /// `meanwhile`, which must leave the host alone.
    static Result<std::unique_ptr<Workspace>> open(const QString &profileFolder, DepartmentHost &host,
                                                   const std::function<void()> &startHost = nullptr,
                                                   const std::function<void()> &meanwhile = nullptr);
    ~Workspace() override;

    RecordReader &reader() const;
    CatalogPtr catalog() const;
    const Contributions &contributions() const;
    Actor actor() const;
    /// Name shown for the signed-in user.
    QString userTitle() const;
    Profile &profile() const;
    DepartmentHost &host() const;
    /// The contents of attached files.
    Attachments &attachments() const;
    /// Asks the server something that has nothing to do with the sync; see LocalReplica::ask(). The answer comes on
    /// this thread, unless the workspace has ended.
    void ask(const QString &path, const QByteArray &body, std::function<void(Result<QByteArray>)> done);
    /// What administrators ask the server.
    const Administration &administration() const;
    /// Makes ids on the GUI thread.
    IdSource &ids() const;
    Draft draft() const { return Draft(ids()); }
    const Clock &clock() const;

    /// Applies on the data thread; `done` gets the receipt when it is on the disk. The views are told by changed()
    /// before `done` is called. Drafts that are made faster than the disk follows are synced to it together.
    void apply(Draft draft, std::function<void(Result<Receipt>)> done);
    void rehearse(Draft draft, std::function<void(Result<Receipt>)> done);
    void undo(std::function<void(Result<Receipt>)> done);
    void undo(const Id &batchOrGroup, std::function<void(Result<Receipt>)> done);
    /// Runs on the data thread with the writing store (imports, rejected batches and the like).
    void onStore(std::function<std::any(RecordStore &, ReplicaState &)> work, std::function<void(std::any)> done);
    /// Runs on a worker thread with a reading connection of its own: long counts, sorted row ids, reports, search.
    /// A later call with the same non-empty `slot` cancels an earlier one that has not finished.
    void inBackground(const QString &slot, std::function<std::any(RecordReader &)> work,
                      std::function<void(std::any)> done);

    /// This computer only: makes the local user who may everything. `name` is shown.
    Result<> startStandalone(const QString &name);
    bool isStandalone() const;
    /// False: neither signed in nor stand-alone, the first-run page is due.
    bool isReady() const;
    struct Login {
        QUrl server;
        QString user, password, deviceName;
        QString caFile;
        QString code; ///< of an authenticator app, after auth.code_needed
        /// Set: no password, but the company account, on the page whose address this gets for the user's browser.
        std::function<void(const QUrl &page)> openBrowser;
    };
    void signIn(const Login &login, std::function<void(Result<>)> done);
    /// Waits no more for the user's browser: `done` of signIn() gets session.cancelled.
    void cancelSignIn();
    /// How one may sign in to a server, before anybody does; see LocalReplica::askSignInWays().
    void askSignInWays(const QUrl &server, const QString &caFile, std::function<void(Result<wire::SignInWays>)> done);
    void signOut(std::function<void(Result<>)> done);
    QUrl serverUrl() const;
    /// The copy has had no contact for too long: nothing of it is to be shown. lock() says it in words.
    bool isLocked() const;
    Error lock() const;
    void syncNow();
    SyncStatus status() const;
    /// After rejected batches were dealt with: counts again; statusChanged() follows.
    void refreshStatus();

Q_SIGNALS:
    void changed(const QString &entity, const QList<tz::Id> &ids);
    void catalogChanged();
    void actorChanged();
    void statusChanged(const tz::SyncStatus &status);
    void lockedChanged();
    /// An administrator had the copy erased: it is gone, nothing is written or read anew any more. The program is to
    /// say so and end.
    void erased(const tz::Error &why);
    /// Where the token is kept when there is no keychain: to be shown once.
    void notice(const tz::Error &notice);

private:
    Workspace();
    void connectReplica();
    void publishActor();
    void adoptCustomFields(const QList<std::pair<QString, QJsonObject>> &fields);
    template <class T>
    void answer(std::function<void(T)> done, T result);
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace tz
