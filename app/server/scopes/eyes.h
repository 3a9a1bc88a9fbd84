// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/catalog/visibility.h"
#include "server/scopes/scopes.h"

namespace tz::server {

/// A scope as queries see it: the fields that may be sent may be named, and of the records those are there that one of
/// the user's keys grants. Belongs to one connection and one snapshot.
class Eyes final : public Visibility {
public:
    /// Up to so many records are looked up one by one; of more, each that a query reads is asked about.
    static constexpr qint64 fewRecords = 5'000;

    Eyes(Connection &connection, ScopePtr scope, qint64 few = fewRecords)
        : m_connection(connection)
        , m_scope(std::move(scope))
        , m_few(few)
    {
    }
    bool sees(const Entity &entity) const override;
    bool sees(const Entity &entity, const Field &field) const override;
    QString condition(const Entity &entity, const QString &alias) const override;

private:
    bool seesPath(const Entity &entity, const QString &path) const;
    /// Makes the condition with "%1" for the alias.
    QString conditionFor(const Entity &entity) const;
    bool areFew(const QString &keys) const;

    Connection &m_connection;
    ScopePtr m_scope;
    qint64 m_few;
    mutable QHash<const Field *, bool> m_fields;
    mutable QHash<const Entity *, QString> m_conditions;
};

/// Reads records as these eyes see them: what is out of sight is not found, what is hidden is null, and so is what is
/// computed from hidden fields or summed up over records that are not all in sight. For what is worked out for a user.
class Sight final : public Reader {
public:
    Sight(Connection &connection, ScopePtr scope)
        : m_connection(connection)
        , m_scope(scope)
        , m_eyes(connection, std::move(scope))
    {
    }
    const Catalog &catalog() const override { return m_connection.catalog(); }
    Result<std::optional<Record>> find(const Entity &entity, const Id &id, bool withDeleted = false) const override;
    Result<Rows> select(const Query &query) const override;

private:
    bool isWhole(const Field &field) const;
    Connection &m_connection;
    ScopePtr m_scope;
    Eyes m_eyes;
};

/// The reader looks through these eyes while this lives.
class LookingThrough {
public:
    LookingThrough(RecordReader &reader, const Visibility &eyes)
        : m_reader(reader)
    {
        m_reader.setVisibility(&eyes);
    }
    ~LookingThrough() { m_reader.setVisibility(nullptr); }
    LookingThrough(const LookingThrough &) = delete;
    LookingThrough &operator=(const LookingThrough &) = delete;

private:
    RecordReader &m_reader;
};

} // namespace tz::server
