// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "quotes.h"

#include "figures.h"
#include "lookup.h"

namespace tz::pipeline {

using namespace Qt::StringLiterals;

namespace {

bool isDraft(const Record &quote)
{
    return quote.value(u"status").toText() == "draft"_L1;
}

/// Everything that somebody typed, without what belongs to the old paper.
Draft::Values typedValues(const Record &record, const QStringList &without)
{
    Draft::Values values;
    for (const Field &field : record.entity->fields) {
        if (field.isDerived() || field.system || field.isLines() || record.value(field.index).isNull() ||
            without.contains(field.name))
            continue;
        values.emplace_back(field.name, record.value(field.index));
    }
    return values;
}

} // namespace

Result<> guardQuote(const RuleContext &context)
{
    if (!context.before || isDraft(*context.before) || !context.action.isEmpty())
        return {};
    // Files too: the signed copy comes back after the quote was sent.
    static const QStringList free{u"owner"_s, u"team"_s, u"status"_s, u"decided_at"_s, u"previous"_s, u"files"_s};
    for (const Field &field : context.after.entity->fields) {
        if (field.isDerived() || field.system || free.contains(field.name))
            continue;
        if (context.changed(field.name))
            return fail("pipeline.quote_is_fixed", {}, field.name);
    }
    return {};
}

Result<> guardQuoteLine(const RuleContext &context)
{
    // The demonstration brings quotes that were sent long ago, and their lines after them.
    if (context.actor.system && !context.before)
        return {};
    const Entity *quotes = context.reader.catalog().entity(u"pipeline.quote");
    for (const Record *line : {context.before, static_cast<const Record *>(&context.after)}) {
        if (!line)
            continue;
        TZ_ASSIGN(const std::optional<Record> quote, context.reader.find(*quotes, line->value(u"quote").toId()));
        if (quote && !isDraft(*quote))
            return fail("pipeline.quote_is_fixed");
    }
    return {};
}

Result<> reviseQuote(const EffectContext &context)
{
    const Record &old = context.after;
    Draft::Values values = typedValues(
        old, {u"status"_s, u"version"_s, u"previous"_s, u"number"_s, u"sent_at"_s, u"decided_at"_s, u"valid_until"_s});
    values.emplace_back(u"version"_s, Value(old.value(u"version").toInteger(1) + 1));
    values.emplace_back(u"previous"_s, Value(old.id));
    const Id revised = context.draft.create(old.entity->fullName, std::move(values));

    const Entity &lines = *context.reader.catalog().entity(u"pipeline.quote_line");
    TZ_ASSIGN(Query query, queryWhere(context.reader, lines.fullName, u"quote"_s, Value(old.id), {u"id"_s}));
    query.sort = {{u"position"_s}};
    TZ_ASSIGN(const Rows rows, context.reader.select(query));
    for (const auto &row : rows.rows) {
        TZ_ASSIGN(const std::optional<Record> line, context.reader.find(lines, row.front().toId()));
        if (!line)
            continue;
        Draft::Values copy = typedValues(*line, {u"quote"_s});
        copy.emplace_back(u"quote"_s, Value(revised));
        context.draft.create(lines.fullName, std::move(copy));
    }
    return {};
}

Result<> acceptQuote(const EffectContext &context)
{
    const Entity &deals = *context.reader.catalog().entity(u"pipeline.opportunity");
    const Id id = context.after.value(u"opportunity").toId();
    const Value net = context.after.value(u"net");
    TZ_ASSIGN(const std::optional<Record> deal, context.reader.find(deals, id));
    const bool may = deal && (context.actor.isAdmin() || context.actor.roles.contains("sales_manager"_L1) ||
                              deal->value(u"owner").toId() == context.actor.user);
    if (!may || net.isNull() || deal->value(u"amount") == net)
        return {};
    context.draft.update(deals.fullName, id, {{u"amount"_s, net}, {u"amount_from_lines"_s, Value(false)}});
    return {};
}

Result<> roundTargetMonth(const RuleContext &context)
{
    if (const Value month = context.after.value(u"month"); !month.isNull())
        context.after.set(u"month", Value::fromDate(firstOfMonth(month.toDate())));
    return {};
}

} // namespace tz::pipeline
