// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "workbench/dialogs/dialogs.h"
#include "workbench/icons.h"
#include "workbench/records/labels.h"
#include "workbench/records/listparts.h"
#include "workbench/style.h"

#include <QEvent>
#include <QJsonDocument>
#include <QMenu>
#include <QPointer>
#include <QToolButton>

namespace tz {

namespace {

const QString viewEntity = QStringLiteral("foundation.saved_view");

} // namespace

SavedViews::SavedViews(const ViewContext &context, const Entity &entity, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_entity(&entity)
    , m_button(new QToolButton(this))
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_button);
    m_button->setPopupMode(QToolButton::InstantPopup);
    m_button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_button->setIcon(icon(QStringLiteral("bookmark")));
    auto *menu = new QMenu(m_button);
    m_button->setMenu(menu);
    connect(menu, &QMenu::aboutToShow, this, [this, menu] {
        menu->clear();
        const auto entry = [this, menu](const QString &text, int index, const Id &id) {
            QAction *action = menu->addAction(text);
            action->setCheckable(true);
            action->setChecked(m_current == id);
            connect(action, &QAction::triggered, this, [this, index] { choose(index); });
        };
        entry(tr("All %1").arg(labels::plural(*m_entity)), -1, Id());
        for (int i = 0; i < m_views.size(); ++i)
            entry(m_views[i].shared ? tr("%1 (team)").arg(m_views[i].name) : m_views[i].name, i, m_views[i].id);
        menu->addSeparator();
        const auto found =
            std::find_if(m_views.cbegin(), m_views.cend(), [this](const View &v) { return v.id == m_current; });
        const bool has = found != m_views.cend();
        const bool changed = has ? found->state != m_state : !m_state.isEmpty();
        QAction *keep = menu->addAction(tr("Save"), this, &SavedViews::save);
        keep->setEnabled(has && found->own && changed);
        menu->addAction(tr("Save as…"), this, &SavedViews::saveAs);
        menu->addAction(tr("Reset"), this, &SavedViews::reset)->setEnabled(changed);
        menu->addAction(tr("Delete this view"), this, &SavedViews::remove)->setEnabled(has && found->own);
    });
    const bool known = m_context.workspace.catalog()->entity(viewEntity) != nullptr;
    setVisible(known);
    if (known) {
        connect(&m_context.workspace, &Workspace::changed, this, [this](const QString &entityName) {
            if (entityName == viewEntity)
                reload();
        });
    }
    reload();
}

void SavedViews::reload()
{
    m_views.clear();
    if (m_context.workspace.catalog()->entity(viewEntity)) {
        Query query;
        query.entity = viewEntity;
        query.fields = {QStringLiteral("id"), QStringLiteral("name"), QStringLiteral("definition"),
                        QStringLiteral("team"), QStringLiteral("owner")};
        query.filterText = QStringLiteral("entity == param('entity')");
        query.parameters.insert(QStringLiteral("entity"), Value(m_entity->fullName));
        query.sort = {{QStringLiteral("position")}, {QStringLiteral("name")}};
        const Id me = m_context.workspace.actor().user;
        if (const auto rows = m_context.workspace.reader().select(query)) {
            for (const auto &row : rows->rows) {
                m_views << View{row[0].toId(), row[1].toText(),
                                QJsonDocument::fromJson(row[2].toText().toUtf8()).object(), !row[3].isNull(),
                                row[4].toId() == me};
            }
        }
    }
    updateButton();
}

QString SavedViews::currentName() const
{
    for (const View &view : m_views) {
        if (view.id == m_current)
            return view.name;
    }
    return tr("All %1").arg(labels::plural(*m_entity));
}

void SavedViews::updateButton()
{
    const auto found =
        std::find_if(m_views.cbegin(), m_views.cend(), [this](const View &v) { return v.id == m_current; });
    const bool changed = found != m_views.cend() && found->state != m_state;
    m_button->setText(changed ? tr("%1 (changed)").arg(currentName()) : currentName());
    m_button->setToolTip(tr("Saved views (Ctrl+[ and Ctrl+])"));
    m_button->setAccessibleName(tr("View: %1").arg(m_button->text()));
}

void SavedViews::setCurrent(const QJsonObject &state)
{
    m_state = state;
    updateButton();
}

void SavedViews::choose(int index)
{
    m_current = index < 0 ? Id() : m_views[index].id;
    m_state = index < 0 ? QJsonObject() : m_views[index].state;
    updateButton();
    Q_EMIT chosen(m_state);
}

void SavedViews::step(int by)
{
    int at = -1;
    for (int i = 0; i < m_views.size(); ++i) {
        if (m_views[i].id == m_current)
            at = i;
    }
    const int count = int(m_views.size()) + 1;
    choose((at + 1 + by + count) % count - 1);
}

void SavedViews::save()
{
    for (View &view : m_views) {
        if (view.id != m_current)
            continue;
        Draft draft = m_context.workspace.draft();
        draft.label = QStringLiteral("save_view");
        view.state = m_state;
        draft.update(viewEntity, view.id,
                     {{QStringLiteral("definition"),
                       Value(QString::fromUtf8(QJsonDocument(m_state).toJson(QJsonDocument::Compact)))}});
        const ViewContext context = m_context;
        m_context.workspace.apply(std::move(draft), [context](const Result<Receipt> &receipt) {
            if (!receipt)
                context.navigator.showError(receipt.error());
        });
    }
    updateButton();
}

void SavedViews::saveAs()
{
    const QString name = dialogs::text(this, tr("Save the view"), tr("Name of the view"));
    if (name.trimmed().isEmpty())
        return;
    Draft draft = m_context.workspace.draft();
    draft.label = QStringLiteral("save_view");
    m_current =
        draft.create(viewEntity, {{QStringLiteral("name"), Value(name.trimmed())},
                                  {QStringLiteral("entity"), Value(m_entity->fullName)},
                                  {QStringLiteral("definition"),
                                   Value(QString::fromUtf8(QJsonDocument(m_state).toJson(QJsonDocument::Compact)))}});
    const ViewContext context = m_context;
    m_context.workspace.apply(std::move(draft), [context](const Result<Receipt> &receipt) {
        if (!receipt)
            context.navigator.showError(receipt.error());
    });
}

void SavedViews::reset()
{
    int at = -1;
    for (int i = 0; i < m_views.size(); ++i) {
        if (m_views[i].id == m_current)
            at = i;
    }
    choose(at);
}

void SavedViews::remove()
{
    if (m_current.isNull())
        return;
    Draft draft = m_context.workspace.draft();
    draft.label = QStringLiteral("delete");
    draft.remove(viewEntity, m_current);
    const ViewContext context = m_context;
    m_context.workspace.apply(std::move(draft), [context](const Result<Receipt> &receipt) {
        if (receipt)
            context.navigator.toast(tr("The view was deleted"), receipt->batch);
        else
            context.navigator.showError(receipt.error());
    });
    choose(-1);
}

void SavedViews::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        updateButton();
    QWidget::changeEvent(event);
}

} // namespace tz
