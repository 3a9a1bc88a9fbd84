// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "pipelineviews.h"

#include "figurescard.h"
#include "reportcard.h"
#include "workbench/records/recordlist.h"

#include <QCoreApplication>

namespace tz::pipeline {

using namespace Qt::StringLiterals;

namespace {

QDate today(const ViewContext &context)
{
    return QDateTime::fromMSecsSinceEpoch(context.workspace.clock().nowMs()).date();
}

/// The two months before this one and the three after it.
QWidget *forecastCard(const ViewContext &context)
{
    return new ReportCard(context, u"pipeline.forecast"_s, [context] {
        return QHash<QString, Value>{{u"from"_s, Value::fromDate(today(context).addMonths(-2))},
                                     {u"months"_s, Value(6)}};
    });
}

/// Deals of the last twelve months.
QWidget *funnelCard(const ViewContext &context)
{
    return new ReportCard(context, u"pipeline.funnel"_s, [context] {
        return QHash<QString, Value>{{u"from"_s, Value::fromDate(today(context).addMonths(-12))}};
    });
}

QWidget *leaderboardCard(const ViewContext &context)
{
    return new ReportCard(context, u"pipeline.leaderboard"_s, [context] {
        const QDate day = today(context);
        return QHash<QString, Value>{{u"from"_s, Value::fromDate(QDate(day.year(), day.month(), 1))}};
    });
}

QWidget *poolPage(const ViewContext &context)
{
    RecordList::Options options;
    options.fixedFilter = u"owner == null and status in ('new', 'working', 'qualified')"_s;
    return new RecordList(context, *context.workspace.catalog()->entity(u"pipeline.lead"), options);
}

} // namespace

void PipelineViews::contribute(ViewContributions &to)
{
    to.page({u"pipeline.pool"_s,
             QString::fromUtf8(QT_TRANSLATE_NOOP("pipeline.pool", "Lead pool")),
             u"waves"_s,
             15,
             {},
             poolPage});
    to.card({u"pipeline.figures"_s,
             QString::fromUtf8(QT_TRANSLATE_NOOP("pipeline.figures", "This month")),
             10,
             {},
             [](const ViewContext &context) -> QWidget * { return new FiguresCard(context); }});
    to.card({u"pipeline.forecast_card"_s,
             QString::fromUtf8(QT_TRANSLATE_NOOP("pipeline.forecast_card", "Forecast and target")),
             20,
             {},
             forecastCard});
    to.card({u"pipeline.funnel_card"_s,
             QString::fromUtf8(QT_TRANSLATE_NOOP("pipeline.funnel_card", "Funnel of the last twelve months")),
             30,
             {},
             funnelCard});
    to.card({u"pipeline.leaderboard_card"_s,
             QString::fromUtf8(QT_TRANSLATE_NOOP("pipeline.leaderboard_card", "Leaderboard of the month")),
             40,
             {u"sales_manager"_s, u"viewer"_s},
             leaderboardCard});
}

} // namespace tz::pipeline
