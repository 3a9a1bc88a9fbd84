// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "partyrules.h"

#include "core/locale/companyname.h"
#include "core/locale/phone.h"
#include "core/locale/uscc.h"
#include "core/logic/lookup.h"

namespace tz::customers {

using namespace Qt::StringLiterals;

namespace {

/// Deeper than any group of companies.
constexpr int deepestHierarchy = 32;

Value matchKeyOf(const Record &record, std::initializer_list<QStringView> fields)
{
    for (const QStringView field : fields) {
        if (const QString text = record.value(field).toText(); !text.isEmpty())
            return Value(phone::matchKey(text));
    }
    return {};
}

bool isHan(const QString &text)
{
    return !text.isEmpty() && text.front().script() == QChar::Script_Han;
}

} // namespace

QString fullName(const QString &family, const QString &given)
{
    if (isHan(family) || isHan(given))
        return family + given;
    return (given + u' ' + family).trimmed();
}

Result<> normaliseAccount(const RuleContext &context)
{
    Record &account = context.after;
    if (context.changed(u"name")) {
        const QString name = account.value(u"name").toText();
        const QString trunk = companyname::trunk(name);
        account.set(u"name_trunk",
                    name.isEmpty() ? Value() : Value(trunk.isEmpty() ? companyname::normalised(name) : trunk));
    }
    if (context.changed(u"phone"))
        account.set(u"phone_digits", matchKeyOf(account, {u"phone"}));
    if (context.changed(u"uscc") && !account.value(u"uscc").isNull()) {
        const QString code = uscc::normalised(account.value(u"uscc").toText());
        if (!uscc::isValid(code))
            return fail("customers.uscc_invalid", {{u"value"_s, account.value(u"uscc").toText()}}, u"uscc"_s);
        account.set(u"uscc", Value(code));
    }
    return {};
}

Result<> guardHierarchy(const RuleContext &context)
{
    if (!context.changed(u"parent"))
        return {};
    Id above = context.after.value(u"parent").toId();
    for (int depth = 0; !above.isNull(); ++depth) {
        if (above == context.after.id || depth == deepestHierarchy)
            return fail("customers.parent_circle", {}, u"parent"_s);
        TZ_ASSIGN(const std::optional<Record> parent, context.reader.find(*context.after.entity, above));
        above = parent ? parent->value(u"parent").toId() : Id();
    }
    return {};
}

Result<> nameContact(const RuleContext &context)
{
    Record &contact = context.after;
    const QString made = fullName(contact.value(u"family_name").toText(), contact.value(u"given_name").toText());
    const bool partsChanged = context.changed(u"family_name") || context.changed(u"given_name");
    // Parts that change rename the contact, unless somebody wrote another full name at the same time or before.
    const bool wasMade = context.before && context.before->value(u"name").toText() ==
                                               fullName(context.before->value(u"family_name").toText(),
                                                        context.before->value(u"given_name").toText());
    if (contact.value(u"name").isNull() || (wasMade && partsChanged && !context.changed(u"name")))
        contact.set(u"name", made.isEmpty() ? Value() : Value(made));
    if (contact.value(u"name").isNull())
        return fail("customers.contact_unnamed", {}, u"name"_s);
    if (context.changed(u"mobile") || context.changed(u"phone"))
        contact.set(u"phone_digits", matchKeyOf(contact, {u"mobile", u"phone"}));
    return {};
}

Result<> normalisePoint(const RuleContext &context)
{
    const QString kind = context.after.value(u"kind").toText();
    const QString text = context.after.value(u"value").toText();
    const bool isNumber = kind == "mobile"_L1 || kind == "phone"_L1;
    context.after.set(u"value_normal", Value(isNumber ? phone::matchKey(text) : text.trimmed().toLower()));
    return {};
}

Result<> linkMainAccount(const EffectContext &context)
{
    const Value account = context.after.value(u"account");
    if (account.isNull() || context.after.deleted || context.actor.system ||
        (context.before && context.before->value(u"account") == account))
        return {};
    TZ_ASSIGN(Query query, queryWhere(context.reader, u"customers.account_contact"_s, u"contact"_s,
                                      Value(context.after.id), {u"account"_s}));
    TZ_ASSIGN(const Rows rows, context.reader.select(query));
    for (const auto &row : rows.rows) {
        if (row.front() == account)
            return {};
    }
    // A customer of another team cannot be written to by everybody; the contact's own link says it then.
    const Entity &accounts = *context.reader.catalog().entity(u"customers.account");
    TZ_ASSIGN(const std::optional<Record> held, context.reader.find(accounts, account.toId()));
    if (!held)
        return {};
    context.draft.create(query.entity, {{u"account"_s, account},
                                        {u"contact"_s, Value(context.after.id)},
                                        {u"job_title"_s, context.after.value(u"job_title")}});
    return {};
}

Result<> carryNextContact(const EffectContext &context)
{
    const Value day = context.after.value(u"next_contact");
    const Id id = context.after.value(u"account").toId();
    if (day.isNull() || id.isNull() || context.actor.system ||
        (context.before && context.before->value(u"next_contact") == day))
        return {};
    const Entity &accounts = *context.reader.catalog().entity(u"customers.account");
    TZ_ASSIGN(const std::optional<Record> account, context.reader.find(accounts, id));
    if (account && account->value(u"owner").toId() == context.actor.user && account->value(u"next_contact") != day)
        context.draft.update(accounts.fullName, id, {{u"next_contact"_s, day}});
    return {};
}

} // namespace tz::customers
