// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "server/scopes/scopes.h"

#include <algorithm>

namespace tz::server {

namespace {
constexpr size_t scopesRemembered = 10'000;

/// Newest revision among users, teams and roles, with its fingerprint: a scope made at it is still right.
Result<Scopes::Stamp> stampOf(Connection &connection)
{
    qint64 stamp = 0;
    for (const Entity *entity : {connection.model->user, connection.model->team, connection.model->role}) {
        TZ_ASSIGN(Statement select, connection.db().prepare("SELECT max(_rev) FROM \"" + entity->table.toUtf8() + '"'));
        TZ_TRY(select.step());
        stamp = std::max(stamp, select.integer(0));
    }
    TZ_ASSIGN(const std::optional<Revision> made, revisionAt(connection.db(), stamp));
    return Scopes::Stamp(stamp, made ? made->chain : QByteArray());
}
} // namespace

bool Scope::hasAllKey(int entity) const
{
    return std::binary_search(keys.keys.begin(), keys.keys.end(), audience::key(entity, audience::Kind::All, 0));
}

std::vector<qint64> Scope::grantingPositions(int entity, const std::vector<qint64> &recordKeys) const
{
    std::vector<qint64> positions;
    const auto add = [&](qint64 key) {
        const auto place = std::lower_bound(keys.keys.begin(), keys.keys.end(), key);
        if (place != keys.keys.end() && *place == key)
            positions.push_back(place - keys.keys.begin());
    };
    add(audience::key(entity, audience::Kind::All, 0));
    for (const qint64 key : recordKeys)
        add(key);
    return positions;
}

Result<ScopePtr> Scopes::of(Connection &connection, const Id &user)
{
    TZ_ASSIGN(const Stamp stamp, stampOf(connection));
    {
        std::lock_guard lock(m_mutex);
        const auto known = m_known.find(user);
        if (known != m_known.end() && known->second.stamp == stamp && known->second.scope->model == connection.model)
            return known->second.scope;
    }
    TZ_ASSIGN(ScopePtr scope, make(connection, user));
    std::lock_guard lock(m_mutex);
    if (m_known.size() > scopesRemembered)
        m_known.clear();
    m_known[user] = Known{stamp, scope};
    return scope;
}

Result<ScopePtr> Scopes::make(Connection &connection, const Id &user)
{
    const Model &model = *connection.model;
    TZ_ASSIGN(std::optional<Record> record, connection.reader->find(*model.user, user));
    if (!record)
        return fail("auth.unknown_user");
    auto scope = std::make_shared<Scope>();
    scope->model = connection.model;
    scope->name = record->value(u"name").toText();
    scope->active = record->value(u"active").isNull() || record->value(u"active").toBool();
    scope->actor.user = user;
    scope->actor.team = record->value(u"team").toId();
    for (const Value &id : record->value(u"roles").toList()) {
        TZ_ASSIGN(std::optional<Record> role, connection.reader->find(*model.role, id.toId()));
        if (!role)
            continue;
        scope->actor.roles << role->value(u"name").toText();
        if (const qint64 days = role->value(u"lease_days").toInteger(); days > 0)
            scope->leaseDays = int(std::min<qint64>(scope->leaseDays, days));
    }
    scope->actor.roles.sort();
    if (!scope->actor.team.isNull()) {
        scope->actor.teams << scope->actor.team;
        TZ_ASSIGN(Statement select, connection.db().prepare("SELECT id FROM \"" + model.team->table.toUtf8() +
                                                            "\" WHERE parent = ?1 AND _deleted_rev = 0 ORDER BY id"));
        // The list grows while it is walked; a circle of teams ends because each is taken once.
        for (qsizetype i = 0; i < scope->actor.teams.size(); ++i) {
            const Id above = scope->actor.teams.at(i);
            select.reset();
            select.bind(1, above);
            for (;;) {
                TZ_ASSIGN(const bool row, select.step());
                if (!row)
                    break;
                if (const Id below = select.id(0); !scope->actor.teams.contains(below))
                    scope->actor.teams << below;
            }
        }
    }
    Result<> fault;
    scope->keys.keys = audience::userKeys(*model.catalog, model.numbers, scope->actor, [&](const Id &who) {
        auto n = m_principals.find(connection.db(), who);
        if (!n)
            fault = fail(n.error());
        return n.value_or(Principals::unknown);
    });
    TZ_TRY(fault);
    scope->keys.version = audience::versionOf(scope->keys.keys);
    scope->visibility = audience::visibility(*model.catalog, scope->actor);
    for (const Entity *entity : model.catalog->entities()) {
        if (QList<int> fields = audience::visibleFields(*model.catalog, *entity, scope->actor); !fields.isEmpty())
            scope->fields.insert(entity, std::move(fields));
    }
    return ScopePtr(std::move(scope));
}

ScopePtr Scopes::system(Connection &connection)
{
    auto scope = std::make_shared<Scope>();
    scope->model = connection.model;
    scope->active = true;
    scope->actor.system = true;
    return scope;
}

} // namespace tz::server
