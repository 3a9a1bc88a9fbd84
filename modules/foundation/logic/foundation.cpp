// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "foundation.h"

#include "core/base/messages.h"
#include "demodata.h"
#include "initialdata.h"
#include "rules.h"

#include <QCoreApplication>

namespace tz::foundation {

using namespace Qt::StringLiterals;

namespace {

void addSentences()
{
    addSentence("foundation.team_circle", "foundation",
                QT_TRANSLATE_NOOP("foundation", "A team cannot be part of itself or of a team below it."));
    addSentence(
        "foundation.currency_code", "foundation",
        QT_TRANSLATE_NOOP("foundation", "“{value}” is not a currency code. It has three letters, such as CNY."));
    addSentence("foundation.field_name", "foundation",
                QT_TRANSLATE_NOOP("foundation",
                                  "“{value}” cannot be the name of a field. It begins with x_ and has small "
                                  "letters, digits and underscores only."));
    addSentence("foundation.meeting_ends_early", "foundation",
                QT_TRANSLATE_NOOP("foundation", "The meeting cannot end before it begins."));
}

} // namespace

Result<> Foundation::contribute(Contributions &to)
{
    addSentences();
    to.rule(u"foundation.team"_s, guardTeamTree);
    to.rule(u"foundation.currency"_s, normaliseCurrency);
    to.rule(u"foundation.custom_field"_s, checkCustomField);
    to.rule(u"foundation.meeting"_s, checkMeeting);
    to.initial(initialData);
    to.demo(demoData);
    return {};
}

} // namespace tz::foundation
