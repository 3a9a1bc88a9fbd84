// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "leadrules.h"

#include "core/locale/companyname.h"
#include "core/locale/phone.h"
#include "lookup.h"

#include <QHash>

namespace tz::pipeline {

using namespace Qt::StringLiterals;

namespace {

/// A key that so many records share says nothing about any of them.
constexpr int tooCommon = 21;

} // namespace

Result<> normaliseLead(const RuleContext &context)
{
    Record &lead = context.after;
    const QString mobile = lead.value(u"mobile").toText();
    lead.set(u"phone_digits", mobile.isEmpty() ? Value() : Value(phone::matchKey(mobile)));
    const QString company = lead.value(u"company").toText();
    lead.set(u"name_trunk", company.isEmpty() ? Value() : Value(companyname::trunk(company)));
    return {};
}

Result<QList<Duplicate>> similarLeads(const Reader &reader, const Record &lead)
{
    const QString mobile = lead.value(u"mobile").toText();
    const QString company = lead.value(u"company").toText();
    struct Key {
        QString field, reason;
        Value value;
        int score;
    };
    const QList<Key> keys{
        {u"phone_digits"_s, u"phone"_s, mobile.isEmpty() ? Value() : Value(phone::matchKey(mobile)), 95},
        {u"email"_s, u"email"_s, lead.value(u"email"), 90},
        {u"name_trunk"_s, u"name"_s, company.isEmpty() ? Value() : Value(companyname::trunk(company)), 80}};
    QHash<Id, Duplicate> found;
    for (const Key &key : keys) {
        if (key.value.isNull())
            continue;
        TZ_ASSIGN(Query query, queryWhere(reader, lead.entity->fullName, key.field, key.value, {u"id"_s, u"name"_s}));
        query.limit = tooCommon;
        TZ_ASSIGN(const Rows rows, reader.select(query));
        if (rows.rows.size() >= size_t(tooCommon))
            continue;
        for (const auto &row : rows.rows) {
            const Id id = row[0].toId();
            // The same company is no double: there may be several people in it.
            if (id == lead.id || (key.reason == "name"_L1 && row[1] != lead.value(u"name")))
                continue;
            Duplicate &duplicate = found[id];
            duplicate.id = id;
            duplicate.title = row[1].toText();
            duplicate.score = std::max(duplicate.score, key.score);
            duplicate.reasons << key.reason;
        }
    }
    QList<Duplicate> sorted = found.values();
    std::sort(sorted.begin(), sorted.end(), [](const Duplicate &a, const Duplicate &b) {
        return std::pair(b.score, a.id) < std::pair(a.score, b.id);
    });
    return sorted;
}

Result<> carryNextContact(const EffectContext &context)
{
    const Value day = context.after.value(u"next_contact");
    if (day.isNull() || context.actor.system || (context.before && context.before->value(u"next_contact") == day))
        return {};
    for (const auto &[field, entity] :
         {std::pair{u"lead"_s, u"pipeline.lead"_s}, std::pair{u"opportunity"_s, u"pipeline.opportunity"_s}}) {
        const Entity *target = context.reader.catalog().entity(entity);
        const Id id = context.after.value(field).toId();
        if (id.isNull())
            continue;
        TZ_ASSIGN(const std::optional<Record> record, context.reader.find(*target, id));
        if (record && record->value(u"owner").toId() == context.actor.user && record->value(u"next_contact") != day)
            context.draft.update(entity, id, {{u"next_contact"_s, day}});
    }
    return {};
}

} // namespace tz::pipeline
