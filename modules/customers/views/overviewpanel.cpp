// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "overviewpanel.h"

#include "core/catalog/labels.h"
#include "workbench/records/formatting.h"

#include <QEvent>
#include <QFormLayout>
#include <QLabel>

namespace tz::customers {

using namespace Qt::StringLiterals;

namespace {

constexpr int restMs = 200;

/// Computed fields in this order; those of departments that are not installed are left out.
const QStringList &shownFields()
{
    static const QStringList names{u"open_deals"_s,     u"won_total"_s,    u"last_won"_s, u"contact_count"_s,
                                   u"last_follow_up"_s, u"next_contact"_s, u"owner"_s};
    return names;
}

} // namespace

OverviewPanel::OverviewPanel(const ViewContext &context, const Id &account, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_account(account)
    , m_layout(new QFormLayout(this))
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(restMs);
    connect(&m_timer, &QTimer::timeout, this, &OverviewPanel::fill);
    connect(&context.workspace, &Workspace::changed, &m_timer, qOverload<>(&QTimer::start));
    connect(&context.workspace, &Workspace::catalogChanged, &m_timer, qOverload<>(&QTimer::start));
    fill();
}

void OverviewPanel::fill()
{
    while (m_layout->rowCount() > 0)
        m_layout->removeRow(0);
    const CatalogPtr catalog = m_context.workspace.catalog();
    const Entity *entity = catalog->entity(u"customers.account");
    const auto found =
        entity ? m_context.workspace.reader().find(*entity, m_account) : Result<std::optional<Record>>(std::nullopt);
    if (!found || !*found)
        return;
    const Record &account = **found;
    for (const QString &name : shownFields()) {
        const Field *field = entity->field(name);
        if (!field)
            continue;
        const Value value = account.value(field->index);
        const Entity *target = field->isReference() ? catalog->entity(field->to) : nullptr;
        QString text = target ? m_context.workspace.reader().title(*target, value.toId())
                              : formatting::value(*entity, *field, value);
        if (text.isEmpty())
            text = u"–"_s;
        auto *figure = new QLabel(text, this);
        figure->setTextInteractionFlags(Qt::TextSelectableByMouse);
        if (name == "open_deals"_L1 && value.toInteger() > 0) {
            // A link, so that it can be reached with the keyboard too.
            figure->setTextFormat(Qt::RichText);
            figure->setText(u"<a href=\"#\">%1</a>"_s.arg(text.toHtmlEscaped()));
            figure->setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
            connect(figure, &QLabel::linkActivated, this, [this] {
                m_context.navigator.openList(
                    u"pipeline.opportunity"_s,
                    u"account == '%1' and stage not in ('won', 'lost')"_s.arg(m_account.toString()));
            });
        }
        m_layout->addRow(new QLabel(label(*entity, *field), this), figure);
    }
}

void OverviewPanel::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        m_timer.start();
    QWidget::changeEvent(event);
}

} // namespace tz::customers
