// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

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

/// What administrators do from the command line: users, teams, roles and devices. They are records like any other and
/// are written through the committer, as the system.
class People {
public:
    People(Storage &storage, Committer &committer, Accounts &accounts);

    /// First records of a new server: roles, the administrator, what the departments declare as given.
    Result<> initialise(const QString &adminPassword);
    /// Errors: account.user_exists {name}, account.unknown_role {name, known}, account.password_short …
    Result<Id> addUser(const NewUser &user);
    /// Makes what is missing along the path and answers the last team.
    Result<Id> ensureTeam(const QString &path);
    /// A disabled user is signed out everywhere and cannot sign in.
    Result<> setDisabled(const QString &name, bool disabled);
    Result<> setPassword(const QString &name, const QString &password);
    /// For who has lost the authenticator app: the password alone is enough again. Errors: account.unknown_user {name}.
    Result<> endTwoStep(const QString &name);

    /// The departments' demonstration, and the users in it (the first one signs in as "lina") with one password.
    Result<> addDemonstration(const QString &password);

    struct UserLine {
        QString name, displayName, team;
        QStringList roles;
        bool disabled = false;
        int devices = 0;
    };
    Result<std::vector<UserLine>> users();
    struct DeviceLine {
        Id id;
        QString name, user;
        qint64 seenAtMs = 0;
        bool revoked = false;
        bool signedIn = false;
        /// Batches that it had not sent when it was here last.
        qint64 waiting = 0;
        /// When it was told to erase its copy, when it said that it has, and how many batches went with that; 0: not.
        qint64 wipeAskedAtMs = 0, wipedAtMs = 0, wipedUnsent = 0;
    };
    Result<std::vector<DeviceLine>> devices();
    struct Revocation {
        /// At its next contact it erases its copy and confirms that.
        bool wipe = false;
        /// Also when it had work that the server has not got.
        bool discardUnsent = false;
    };
    /// It is shut out at once. Errors: account.unknown_device {id}, account.unsent_work {id, count}.
    Result<> revokeDevice(const Id &device, const Revocation &how);

private:
    Result<Id> userNamed(const QString &name);
    Result<std::optional<Id>> roleNamed(Connection &connection, const QString &name);

    Storage &m_storage;
    Committer &m_committer;
    Accounts &m_accounts;
    IdSource m_ids;
};

} // namespace tz::server
