// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "desktop/pages/entitypage.h"

#include "desktop/application/shell.h"
#include "desktop/frame/mainwindow.h"
#include "desktop/frame/navigation.h"
#include "workbench/boards/board.h"
#include "workbench/charts/reportpage.h"
#include "workbench/icons.h"
#include "workbench/records/labels.h"
#include "workbench/records/recordlist.h"
#include "workbench/style.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace tz {
namespace {

// A declared chart {"kind": "chart", "by": "stage", "sum": "amount"} as the report that it is.
ReportSpec chartReport(const Entity &entity, const ViewSpec &view)
{
    const QString by = view.options.value("by"_L1).toString();
    const QString sum = view.options.value("sum"_L1).toString();
    ReportSpec report;
    report.fullName = entity.fullName;
    report.label = entity.plural;
    QJsonObject aggregate{{u"kind"_s, sum.isEmpty() ? u"count"_s : u"sum"_s}};
    if (!sum.isEmpty())
        aggregate.insert(u"field"_s, sum);
    report.query = QJsonObject{
        {u"entity"_s, entity.fullName}, {u"group"_s, QJsonArray{by}}, {u"aggregates"_s, QJsonArray{aggregate}}};
    report.chart = QJsonObject{{u"kind"_s, u"bar"_s}};
    return report;
}

bool canShow(const QString &kind)
{
    return kind == "board"_L1 || kind == "chart"_L1;
}

} // namespace

EntityPage::EntityPage(const Address &address, const PageContext &context, const Entity &entity)
    : TabPage(address, context.parent)
    , m_context(context)
    , m_catalog(context.shell.workspace().catalog())
    , m_entity(&entity)
    , m_title(new QLabel(this))
    , m_switch(new QButtonGroup(this))
    , m_new(new QPushButton(this))
    , m_import(new QPushButton(this))
    , m_stack(new QStackedWidget(this))
{
    const bool deleted = address.options.value(u"deleted"_s) == "1"_L1;
    m_views.push_back({ViewSpec{u"list"_s, {}}, nullptr});
    for (const ViewSpec &spec : entity.views) {
        if (!deleted && canShow(spec.kind))
            m_views.push_back({spec, nullptr});
    }

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto *header = new QHBoxLayout;
    header->setContentsMargins(14, 10, 14, 6);
    header->setSpacing(8);
    m_title->setObjectName(u"pageTitle"_s);
    header->addWidget(m_title);
    header->addSpacing(8);
    for (int i = 0; i < int(m_views.size()); ++i) {
        auto *button = new QToolButton(this);
        button->setCheckable(true);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setFocusPolicy(Qt::StrongFocus);
        button->setVisible(m_views.size() > 1);
        m_switch->addButton(button, i);
        header->addWidget(button);
    }
    header->addStretch(1);
    header->addWidget(m_import);
    header->addWidget(m_new);
    m_new->setProperty("primary", true);
    m_import->setIcon(icon(u"upload"_s));
    m_canCreate = !deleted && mayCreate(context.shell.workspace(), entity);
    m_import->setVisible(m_canCreate);
    connect(m_new, &QPushButton::clicked, this, [this] { m_context.window.createRecord(m_entity->fullName); });
    connect(m_import, &QPushButton::clicked, this, [this] {
        m_context.window.openAddress(Address{u"import"_s, m_entity->fullName, {}, {}});
    });
    layout->addLayout(header);
    layout->addWidget(m_stack, 1);

    connect(m_switch, &QButtonGroup::idClicked, this, &EntityPage::activate);
    const QString kept = context.shell.settings().text(u"view/"_s + entity.fullName);
    int first = 0;
    for (int i = 0; i < int(m_views.size()); ++i) {
        if (address.options.isEmpty() && m_views[size_t(i)].spec.kind == kept)
            first = i;
    }
    retranslate();
    activate(first);
}

QString EntityPage::caption() const
{
    return captionOf(address(), m_context.shell.workspace(), m_context.shell.views());
}

QString EntityPage::iconName() const
{
    return m_entity->icon.isEmpty() ? u"table"_s : m_entity->icon;
}

QStringList EntityPage::viewKinds() const
{
    QStringList kinds;
    for (const View &view : m_views)
        kinds << view.spec.kind;
    return kinds;
}

QString EntityPage::currentView() const
{
    return m_views[size_t(qMax(0, m_switch->checkedId()))].spec.kind;
}

void EntityPage::showView(const QString &kind)
{
    const qsizetype index = viewKinds().indexOf(kind);
    if (index >= 0)
        activate(int(index));
}

QWidget *EntityPage::makeView(const View &view)
{
    const ViewContext context{m_context.shell.workspace(), m_context.window};
    if (view.spec.kind == "board"_L1)
        return new Board(context, *m_entity, view.spec, m_stack);
    if (view.spec.kind == "chart"_L1)
        return new ReportPage(context, chartReport(*m_entity, view.spec), {}, m_stack);
    RecordList::Options options;
    options.filter = address().options.value(u"filter"_s);
    options.deleted = address().options.value(u"deleted"_s) == "1"_L1;
    m_list = new RecordList(context, *m_entity, options, m_stack);
    connect(&m_list->model(), &RecordListModel::loaded, this, &EntityPage::filled);
    return m_list;
}

void EntityPage::activate(int index)
{
    View &view = m_views[size_t(index)];
    if (!view.widget) {
        view.widget = makeView(view);
        m_stack->addWidget(view.widget);
    }
    m_stack->setCurrentWidget(view.widget);
    m_switch->button(index)->setChecked(true);
    // A list has a button of its own for new records.
    m_new->setVisible(m_canCreate && view.spec.kind != "list"_L1);
    if (address().options.isEmpty())
        m_context.shell.settings().setText(u"view/"_s + m_entity->fullName, view.spec.kind);
    if (isVisible())
        mainWidget()->setFocus();
}

QList<QAction *> EntityPage::commands() const
{
    if (m_list && m_stack->currentWidget() == m_list)
        return m_list->commands();
    return m_stack->currentWidget() ? m_stack->currentWidget()->actions() : QList<QAction *>();
}

QWidget *EntityPage::mainWidget()
{
    QWidget *shown = m_stack->currentWidget();
    if (m_list && shown == m_list)
        return &m_list->view();
    return shown ? shown : this;
}

const QWidget *EntityPage::firstPainted() const
{
    return m_stack->currentWidget();
}

bool EntityPage::isFilled() const
{
    return !m_list || m_stack->currentWidget() != m_list || !m_list->model().isLoading();
}

void EntityPage::retranslate()
{
    m_title->setText(caption());
    m_new->setText(tr("New"));
    m_new->setToolTip(tr("New %1 (Ctrl+N)").arg(labels::entity(*m_entity)));
    m_import->setText(tr("Import"));
    for (int i = 0; i < int(m_views.size()); ++i) {
        auto *button = qobject_cast<QToolButton *>(m_switch->button(i));
        const QString kind = m_views[size_t(i)].spec.kind;
        if (kind == "board"_L1) {
            button->setText(u' ' + tr("Board"));
            button->setIcon(icon(u"kanban"_s));
        } else if (kind == "chart"_L1) {
            button->setText(u' ' + tr("Chart"));
            button->setIcon(icon(u"chart-column"_s));
        } else {
            button->setText(u' ' + tr("List"));
            button->setIcon(icon(u"list"_s));
        }
        button->setAccessibleName(tr("View: %1").arg(button->text().trimmed()));
    }
}

void EntityPage::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        Q_EMIT captionChanged();
    }
    TabPage::changeEvent(event);
}

} // namespace tz
