// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "pipeline.h"

#include "conversion.h"
#include "core/base/messages.h"
#include "dealreports.h"
#include "demodata.h"
#include "forecastreports.h"
#include "initialdata.h"
#include "leadpool.h"
#include "leadrules.h"
#include "opportunityrules.h"
#include "quotes.h"

#include <QCoreApplication>

namespace tz::pipeline {

using namespace Qt::StringLiterals;

namespace {

void addSentences()
{
    addSentence(
        "pipeline.opportunity_unnamed", "pipeline",
        QT_TRANSLATE_NOOP("pipeline", "The opportunity needs a name. Give one, or choose a customer or a product."));
    addSentence(
        "pipeline.closed_before_talks", "pipeline",
        QT_TRANSLATE_NOOP("pipeline", "The deal cannot be closed on {closed}, before talks began on {engaged}."));
    addSentence("pipeline.reopen_needs_manager", "pipeline",
                QT_TRANSLATE_NOOP("pipeline", "Only sales managers open a decided deal again. Ask yours."));
    addSentence(
        "pipeline.claim_limit_reached", "pipeline",
        QT_TRANSLATE_NOOP("pipeline", "You have claimed {limit} today; that is the limit. Try again tomorrow."));
    addSentence("pipeline.claim_previous_owner", "pipeline",
                QT_TRANSLATE_NOOP("pipeline", "It was yours before: you may claim it again from {until} on."));
    addSentence("pipeline.claim_fresh", "pipeline",
                QT_TRANSLATE_NOOP("pipeline", "It has only just come to the pool and can be claimed from {until} on."));
    addSentence("pipeline.quote_is_fixed", "pipeline",
                QT_TRANSLATE_NOOP("pipeline", "A quote that was sent is not changed any more. Make a new version."));
}

} // namespace

Result<> Pipeline::contribute(Contributions &to)
{
    addSentences();

    to.rule(u"pipeline.opportunity"_s, nameOpportunity);
    to.rule(u"pipeline.opportunity"_s, followStage);
    to.rule(u"pipeline.opportunity"_s, dateOpportunity);
    to.rule(u"pipeline.opportunity"_s, guardReopening);
    to.effect(u"pipeline.opportunity"_s, recordStageChange);
    to.effect(u"pipeline.opportunity_line"_s, followLines);

    to.rule(u"pipeline.lead"_s, normaliseLead);
    to.rule(u"pipeline.lead"_s, guardClaim);
    to.action(u"pipeline.lead.convert"_s, convertLead);
    to.duplicates(u"pipeline.lead"_s, similarLeads);
    to.effect(u"customers.follow_up"_s, carryNextContact);

    to.rule(u"pipeline.quote"_s, guardQuote);
    to.rule(u"pipeline.quote_line"_s, guardQuoteLine);
    to.action(u"pipeline.quote.revise"_s, reviseQuote);
    to.action(u"pipeline.quote.accept"_s, acceptQuote);
    to.rule(u"pipeline.sales_target"_s, roundTargetMonth);

    to.report(u"pipeline.summary"_s, summaryReport);
    to.report(u"pipeline.win_rates"_s, winRateReport);
    to.report(u"pipeline.leaderboard"_s, leaderboardReport);
    to.report(u"pipeline.ageing"_s, ageingReport);
    to.report(u"pipeline.loss_reasons"_s, lossReport);
    to.report(u"pipeline.forecast"_s, forecastReport);
    to.report(u"pipeline.funnel"_s, funnelReport);

    to.job({u"pipeline.recycle"_s, 3600, recycleLeads});
    to.initial(initialData);
    to.demo(demoData);
    return {};
}

} // namespace tz::pipeline
