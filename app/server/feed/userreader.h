// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/json.h"
#include "server/accounts/tokens.h"
#include "server/scopes/eyes.h"

namespace tz::server {

/// Reads records as one user may see them, in one snapshot: the way out of the server for whoever keeps no copy (the
/// HTTP API, webhooks). Belongs to one thread.
class UserReader {
public:
    /// `narrowing`: only what may be read with this token, too. Errors: auth.unknown_user, auth.user_disabled, store.*.
    static Result<std::unique_ptr<UserReader>> open(Storage &storage, Scopes &scopes, const Id &user,
                                                    const TokenScope *narrowing = nullptr);
    ~UserReader();

    /// Null: there is none of this name, or the user may see nothing of it.
    const Entity *entity(const QString &name) const;
    /// Whether the token lets it be read, too.
    bool mayRead(const Entity &entity) const { return m_eyes.sees(entity); }
    /// Whether the user knows of this field, whatever the token lets be read.
    bool knows(const Entity &entity, const Field &field) const { return m_userEyes.sees(entity, field); }
    const Visibility &eyes() const { return m_eyes; }
    const Scope &scope() const { return *m_scope; }
    Connection &connection() { return *m_connection; }
    Result<Rows> select(const Query &query) const { return m_connection->reader->select(query); }
    Result<QString> explain(const Query &query) const { return m_connection->reader->explain(query); }

    /// The paths that stand in a record when nothing else is asked for: all fields of its own that may be seen.
    QStringList ownPaths(const Entity &entity) const;
    /// The field that a path ends in; null: the id, the revision or title of a record, a part of a value. Errors:
    /// query.unknown_field {name, entity, suggestion} when the path may not be named or holds no value.
    Result<const Field *> fieldAt(const Entity &entity, const QString &path) const;

    struct Seen {
        /// False: it does not exist, or may not be seen.
        bool isThere = false;
        /// It is in the recycle bin; its content is not given out.
        bool isDeleted = false;
        qint64 rev = 0;
        /// {"id": …, "_rev": …, the paths in their order}.
        QByteArray json;
    };
    /// One for each id. The paths must have been checked.
    Result<std::vector<Seen>> records(const Entity &entity, const std::vector<Id> &ids, const QStringList &paths);

private:
    UserReader(Storage &storage, Storage::Lease connection, Snapshot snapshot, ScopePtr user, ScopePtr scope);
    /// Values of paths that are not stored in the record itself, by id.
    Result<QHash<Id, std::vector<Value>>> beside(const Entity &entity, const std::vector<Id> &ids,
                                                 const QStringList &paths, QList<Column> &columns) const;
    Storage &m_storage;
    Storage::Lease m_connection;
    Snapshot m_snapshot;
    ScopePtr m_user;
    ScopePtr m_scope;
    Eyes m_userEyes;
    Eyes m_eyes;
    LookingThrough m_looking;
};

} // namespace tz::server
