// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "server/storage/conflictcontents.h"

namespace tz::server {

namespace {
Result<bool> mayRead(Connection &writer, RecordKeeper &keeper, const Scope &scope, const Record &conflict)
{
    const Entity *entity = writer.catalog().entity(conflict.value(u"entity").toText());
    const auto record = Id::fromString(conflict.value(u"record").toText());
    if (!entity || !record)
        return false;
    TZ_ASSIGN(const std::vector<qint64> keys, keeper.keysOf(*entity, *record));
    return !scope.grantingPositions(writer.model->numbers.entity(*entity), keys).empty() &&
           scope.fields.value(entity).contains(entity->indexOf(conflict.value(u"field").toText()));
}
} // namespace

Result<> hideConflictContents(Connection &writer, RecordKeeper &keeper, Scopes &scopes)
{
    const Entity &entity = *writer.model->conflict;
    const QByteArray select = "SELECT id FROM \"" + entity.table.toUtf8() + "\" WHERE (base IS NOT NULL OR kept IS NOT NULL)";
    std::vector<Id> ids;
    if (keeper.scopesChanged()) {
        TZ_ASSIGN(Statement all, writer.db().prepare(select));
        TZ_ASSIGN(ids, all.ids());
    } else {
        for (const Id &record : keeper.departed()) {
            TZ_ASSIGN(Statement about, writer.db().prepare(select + " AND record = ?1"));
            TZ_ASSIGN(const auto found, about.bind(1, record.toString()).ids());
            ids.insert(ids.end(), found.begin(), found.end());
        }
    }
    std::map<Id, ScopePtr> known;
    for (const Id &id : ids) {
        TZ_ASSIGN(const std::optional<Held> before, keeper.load(entity, id));
        if (!before)
            continue;
        const Id author = before->record.value(u"lost_by").toId();
        auto scope = known.find(author);
        if (scope == known.end()) {
            // Whoever is no longer there reads nothing.
            auto made = scopes.make(writer, author);
            if (!made && made.error().code.startsWith("store."))
                return fail(made.error());
            scope = known.emplace(author, made.value_or(ScopePtr())).first;
        }
        bool reads = false;
        if (scope->second) {
            TZ_ASSIGN(reads, mayRead(writer, keeper, *scope->second, before->record));
        }
        if (reads)
            continue;
        Held held = *before;
        held.record.set(u"base", {});
        held.record.set(u"kept", {});
        TZ_TRY(keeper.write(held, &*before));
    }
    return {};
}

} // namespace tz::server
