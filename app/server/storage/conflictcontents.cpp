// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "server/storage/conflictcontents.h"

#include "core/sync/valuejson.h"

#include <set>

namespace tz::server {

namespace {
/// What a conflict is about; without an entity if there is no such thing any more.
struct About {
    const Entity *entity = nullptr;
    Id record;
};

About aboutOf(Connection &writer, const Record &conflict)
{
    return {writer.catalog().entity(conflict.value(u"entity").toText()),
            Id::fromString(conflict.value(u"record").toText()).value_or(Id())};
}

Result<bool> mayRead(Connection &writer, RecordKeeper &keeper, const Scope &scope, const Record &conflict)
{
    const About about = aboutOf(writer, conflict);
    if (!about.entity || !about.record)
        return false;
    TZ_ASSIGN(const std::vector<qint64> keys, keeper.keysOf(*about.entity, about.record));
    if (scope.grantingPositions(writer.model->numbers.entity(*about.entity), keys).empty())
        return false;
    const auto sees = [&](const QString &field) {
        return scope.fields.value(about.entity).contains(about.entity->indexOf(field));
    };
    // About a deleted record, with all that was to be changed in it.
    const QString field = conflict.value(u"field").toText();
    return field.isEmpty()
               ? std::ranges::all_of(editsFromJson(conflict.value(u"lost").toText()), sees, &FieldEdit::field)
               : sees(field);
}
} // namespace

Result<> hideConflictContents(Connection &writer, RecordKeeper &keeper, Scopes &scopes)
{
    const Entity &entity = *writer.model->conflict;
    const QByteArray select = "SELECT id FROM \"" + entity.table.toUtf8() +
                              "\" WHERE (base IS NOT NULL OR kept IS NOT NULL OR lost IS NOT NULL)";
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
        TZ_TRY(dropOthersValues(writer, held.record));
        const bool differs = std::ranges::any_of(entity.fields, [&](const Field &field) {
            return held.record.value(field.index) != before->record.value(field.index);
        });
        if (differs)
            TZ_TRY(keeper.write(held, &*before));
    }
    return {};
}

Result<> dropOthersValues(Connection &writer, Record &conflict)
{
    const About about = aboutOf(writer, conflict);
    const QString lost = conflict.value(u"lost").toText();
    if (!about.entity || lost.isEmpty())
        return {};
    const QString field = conflict.value(u"field").toText();
    std::vector<FieldEdit> edits =
        field.isEmpty() ? editsFromJson(lost) : std::vector<FieldEdit>{{field, valueFromJson(lost), {}}};
    const size_t all = edits.size();
    // Whoever wrote a value first, wrote it; others may have written it again, by an undo or with the rest of its
    // group.
    // Into a long text that they wrote, what others wrote at the same time may have been merged.
    std::set<QString> judged, byOthersToo;
    const auto isLongText = [&](const QString &name) {
        const Field *const of = about.entity->field(name);
        return of && of->type == FieldType::LongText;
    };
    TZ_ASSIGN(Statement trail,
              writer.db().prepare("SELECT edits, \"user\" FROM audit WHERE id = ?1 AND entity = ?2 AND "
                                  "edits IS NOT NULL ORDER BY seq"));
    trail.bind(1, about.record).bind(2, writer.model->numbers.entity(*about.entity));
    while (judged.size() < all) {
        TZ_ASSIGN(const bool row, trail.step());
        if (!row)
            break;
        if (trail.bytes(0).isEmpty())
            continue;
        const bool byOther = trail.isNull(1) || trail.id(1) != conflict.value(u"lost_by").toId();
        TZ_ASSIGN(const std::vector<FieldEdit> written, wire::decodeEdits(trail.bytes(0)));
        std::erase_if(edits, [&](const FieldEdit &edit) {
            const bool isIt = std::ranges::any_of(
                written, [&](const FieldEdit &one) { return one.field == edit.field && one.value == edit.value; });
            return isIt && judged.insert(edit.field).second &&
                   (byOther || (isLongText(edit.field) && byOthersToo.contains(edit.field)));
        });
        if (byOther)
            for (const FieldEdit &one : written)
                byOthersToo.insert(one.field);
    }
    if (edits.size() == all)
        return {};
    if (!edits.empty()) {
        conflict.set(u"lost", Value(editsToJson(edits)));
        return {};
    }
    // Nothing of the author's own is left in it, and nothing that could be brought back.
    conflict.set(u"lost", {});
    conflict.set(u"state", Value(QStringLiteral("dismissed")));
    return {};
}

} // namespace tz::server
