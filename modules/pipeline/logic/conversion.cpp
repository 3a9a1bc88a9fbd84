// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "conversion.h"

#include "lookup.h"

namespace tz::pipeline {

using namespace Qt::StringLiterals;

namespace {

/// The record that exists already: the only one whose field holds the value. Several: none is taken for it.
Result<Id> knownBy(const Reader &reader, const QString &entity, const QString &field, const Value &value)
{
    if (value.isNull())
        return Id();
    TZ_ASSIGN(Query query, queryWhere(reader, entity, field, value, {u"id"_s}));
    query.limit = 2;
    TZ_ASSIGN(const Rows rows, reader.select(query));
    return rows.rows.size() == 1 ? rows.rows.front().front().toId() : Id();
}

Draft::Values copied(const Record &lead, std::initializer_list<std::pair<QStringView, QStringView>> fields)
{
    Draft::Values values;
    for (const auto &[from, to] : fields) {
        if (!lead.value(from).isNull())
            values.emplace_back(to.toString(), lead.value(from));
    }
    return values;
}

/// Activities of the lead that the actor may change get the links too; those of colleagues stay with the lead.
Result<> moveActivities(const EffectContext &context, const Draft::Values &links)
{
    static const QStringList activities{u"customers.follow_up"_s, u"foundation.note"_s, u"foundation.task"_s,
                                        u"foundation.meeting"_s, u"foundation.call"_s};
    for (const QString &name : activities) {
        TZ_ASSIGN(const Query query,
                  queryWhere(context.reader, name, u"lead"_s, Value(context.after.id), {u"id"_s, u"owner"_s}));
        TZ_ASSIGN(const Rows rows, context.reader.select(query));
        for (const auto &row : rows.rows) {
            if (context.actor.isAdmin() || row[1].toId() == context.actor.user)
                context.draft.update(name, row[0].toId(), links);
        }
    }
    return {};
}

} // namespace

Result<> convertLead(const EffectContext &context)
{
    const Record &lead = context.after;
    const Reader &reader = context.reader;
    Id account = lead.value(u"account").toId();
    if (account.isNull() && !lead.value(u"company").isNull()) {
        TZ_ASSIGN(account, knownBy(reader, u"customers.account"_s, u"name_trunk"_s, lead.value(u"name_trunk")));
        if (account.isNull())
            account = context.draft.create(u"customers.account"_s, copied(lead, {{u"company", u"name"},
                                                                                 {u"level", u"level"},
                                                                                 {u"source", u"source"},
                                                                                 {u"owner", u"owner"},
                                                                                 {u"team", u"team"},
                                                                                 {u"need", u"description"}}));
    }
    Id contact = lead.value(u"contact").toId();
    if (contact.isNull()) {
        TZ_ASSIGN(contact, knownBy(reader, u"customers.contact"_s, u"phone_digits"_s, lead.value(u"phone_digits")));
        if (contact.isNull()) {
            TZ_ASSIGN(contact, knownBy(reader, u"customers.contact"_s, u"email"_s, lead.value(u"email")));
        }
        if (contact.isNull()) {
            Draft::Values person = copied(lead, {{u"name", u"name"},
                                                 {u"job_title", u"job_title"},
                                                 {u"mobile", u"mobile"},
                                                 {u"email", u"email"},
                                                 {u"owner", u"owner"},
                                                 {u"team", u"team"}});
            if (!account.isNull())
                person.emplace_back(u"account"_s, Value(account));
            contact = context.draft.create(u"customers.contact"_s, std::move(person));
        }
    }
    Id opportunity = lead.value(u"opportunity").toId();
    if (opportunity.isNull() && (!lead.value(u"deal_name").isNull() || !lead.value(u"deal_amount").isNull())) {
        Draft::Values deal = copied(lead, {{u"deal_name", u"name"},
                                           {u"deal_amount", u"amount"},
                                           {u"source", u"source"},
                                           {u"need", u"need"},
                                           {u"owner", u"owner"},
                                           {u"team", u"team"}});
        if (lead.value(u"deal_name").isNull())
            deal.emplace_back(u"name"_s, lead.value(lead.value(u"company").isNull() ? u"name" : u"company"));
        if (!account.isNull())
            deal.emplace_back(u"account"_s, Value(account));
        deal.emplace_back(u"contacts"_s, Value(ValueList{Value(contact)}));
        if (const ValueList products = lead.value(u"products").toList(); products.size() == 1)
            deal.emplace_back(u"product"_s, products.front());
        opportunity = context.draft.create(u"pipeline.opportunity"_s, std::move(deal));
    }

    Draft::Values links{{u"contact"_s, Value(contact)}};
    if (!account.isNull())
        links.emplace_back(u"account"_s, Value(account));
    if (!opportunity.isNull())
        links.emplace_back(u"opportunity"_s, Value(opportunity));
    context.draft.update(lead.entity->fullName, lead.id, links);
    return moveActivities(context, links);
}

} // namespace tz::pipeline
