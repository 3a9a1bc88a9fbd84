// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "customersviews.h"

#include "overviewpanel.h"
#include "workbench/records/recordlist.h"

#include <QCoreApplication>

namespace tz::customers {

using namespace Qt::StringLiterals;

namespace {

QWidget *poolPage(const ViewContext &context)
{
    RecordList::Options options;
    options.fixedFilter = u"owner == null"_s;
    return new RecordList(context, *context.workspace.catalog()->entity(u"customers.account"), options);
}

/// Whom the user meant to be in touch with by today.
QWidget *dueCard(const ViewContext &context)
{
    RecordList::Options options;
    options.fixedFilter = u"owner == me and next_contact <= today()"_s;
    options.embedded = true;
    options.bare = true;
    options.columns = {u"name"_s, u"level"_s, u"next_contact"_s};
    return new RecordList(context, *context.workspace.catalog()->entity(u"customers.account"), options);
}

} // namespace

void CustomersViews::contribute(ViewContributions &to)
{
    to.page({u"customers.pool"_s,
             QString::fromUtf8(QT_TRANSLATE_NOOP("customers.pool", "Customer pool")),
             u"waves"_s,
             15,
             {},
             poolPage});
    to.panel(
        {u"customers.account"_s, u"customers.overview"_s,
         QString::fromUtf8(QT_TRANSLATE_NOOP("customers.overview", "At a glance")),
         [](const ViewContext &context, const Id &record) -> QWidget * { return new OverviewPanel(context, record); }});
    to.card({u"customers.due"_s,
             QString::fromUtf8(QT_TRANSLATE_NOOP("customers.due", "Customers to contact")),
             25,
             {u"sales"_s, u"sales_manager"_s},
             dueCard});
}

} // namespace tz::customers
