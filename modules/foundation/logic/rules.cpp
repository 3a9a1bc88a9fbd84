// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "rules.h"

#include <QRegularExpression>

namespace tz::foundation {

using namespace Qt::StringLiterals;

Result<> guardTeamTree(const RuleContext &context)
{
    constexpr int deepest = 32;
    if (!context.changed(u"parent"))
        return {};
    Id above = context.after.value(u"parent").toId();
    for (int depth = 0; !above.isNull(); ++depth) {
        if (above == context.after.id || depth == deepest)
            return fail("foundation.team_circle", {}, u"parent"_s);
        TZ_ASSIGN(const std::optional<Record> parent, context.reader.find(*context.after.entity, above));
        above = parent ? parent->value(u"parent").toId() : Id();
    }
    return {};
}

Result<> normaliseCurrency(const RuleContext &context)
{
    const QString code = context.after.value(u"code").toText().trimmed().toUpper();
    static const QRegularExpression form(u"^[A-Z]{3}$"_s);
    if (!form.match(code).hasMatch())
        return fail("foundation.currency_code", {{u"value"_s, code}}, u"code"_s);
    context.after.set(u"code", Value(code));
    return {};
}

Result<> checkCustomField(const RuleContext &context)
{
    const QString name = context.after.value(u"name").toText();
    static const QRegularExpression form(u"\\Ax_[a-z][a-z0-9_]*\\z"_s);
    if (!form.match(name).hasMatch())
        return fail("foundation.field_name", {{u"value"_s, name}}, u"name"_s);
    return {};
}

Result<> checkMeeting(const RuleContext &context)
{
    const Value begin = context.after.value(u"starts_at");
    const Value end = context.after.value(u"ends_at");
    if (!begin.isNull() && !end.isNull() && end.toInteger() < begin.toInteger())
        return fail("foundation.meeting_ends_early", {}, u"ends_at"_s);
    return {};
}

} // namespace tz::foundation
