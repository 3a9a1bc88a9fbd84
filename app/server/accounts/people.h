// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/sync/adminwire.h"
#include "server/accounts/accounts.h"

namespace tz::server {

struct NewUser {
    QString name;
    QString displayName;
    QStringList roles;
    /// Path of teams from the top ("North/Berlin"); those that are missing are made. Empty: none.
    QString team;
    QString password;
};

/// What administrators do, by the console on the server, the command line or the desktop: users, teams, roles and
/// devices. Users, teams and roles are records like any other and are written through the committer; everything is in
/// the audit trail, with the doer. Thread-safe.
class People {
public:
    People(Storage &storage, Committer &committer, Accounts &accounts);

    /// First records of a new server: roles, the administrator, what the departments declare as given.
    Result<> initialise(const QString &adminPassword);
    /// Errors: account.user_exists {name}, account.unknown_role {name, known}, account.password_short …
    Result<Id> addUser(const NewUser &user);
    /// Makes what is missing along the path and answers the last team.
    Result<Id> ensureTeam(const QString &path);
    /// A disabled user is signed out everywhere and cannot sign in. Errors: account.unknown_user {name},
    /// account.last_admin.
    Result<> setDisabled(const QString &name, bool disabled);
    /// Signs the user out everywhere.
    Result<> setPassword(const QString &name, const QString &password);
    /// For who has lost the authenticator app: the password alone is enough again. Errors: account.unknown_user {name}.
    Result<> endTwoStep(const QString &name);
    /// See wire::AdminChange.
    Result<Id> change(const Doer &doer, const wire::AdminChange &change);

    /// The departments' demonstration, and the users in it (the first one signs in as "lina") with one password.
    Result<> addDemonstration(const QString &password);

    Result<wire::AdminPeople> everybody();
    Result<wire::AdminDevices> devices();
    struct Revocation {
        /// At its next contact it erases its copy and confirms that.
        bool wipe = false;
        /// Also when it had work that the server has not got.
        bool discardUnsent = false;
    };
    /// It is shut out at once. Errors: account.unknown_device {id}, account.unsent_work {id, count}.
    Result<> revokeDevice(const Id &device, const Revocation &how, const Doer &doer = {});
    /// Its copy stays; whoever uses it has to sign in again. Errors: account.unknown_device {id}.
    Result<> signOutDevice(const Id &device, const Doer &doer = {});

private:
    Result<Id> userNamed(const QString &name);
    Result<std::optional<Id>> roleNamed(Connection &connection, const QString &name);
    Result<std::vector<wire::AdminUser>> users(Connection &connection);
    Result<std::vector<wire::AdminTeam>> teams(Connection &connection, const std::vector<wire::AdminUser> &users);
    Result<std::vector<wire::AdminRole>> roles(Connection &connection, const std::vector<wire::AdminUser> &users);
    /// Notes something that is no change of a record. In the committer's turn.
    Result<> note(Connection &writer, const Doer &doer, const Entity *entity, const Id &id, const char *action);
    Result<> settleAccount(const Doer &doer, const wire::AdminChange &change, const Id &id, const QByteArray &hash);

    Storage &m_storage;
    Committer &m_committer;
    Accounts &m_accounts;
    IdSource m_ids;
};

} // namespace tz::server
