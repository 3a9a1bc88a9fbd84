// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "desktop/pages/recordpage.h"

#include "desktop/application/shell.h"
#include "desktop/frame/mainwindow.h"
#include "desktop/frame/tabarea.h"
#include "desktop/pages/entitypage.h"
#include "workbench/records/recordform.h"
#include "workbench/records/recordlist.h"

#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace tz {

RecordPage::RecordPage(const Address &address, const PageContext &context, const Entity &entity, const Id &id)
    : TabPage(address, context.parent)
    , m_context(context)
    , m_catalog(context.shell.workspace().catalog())
    , m_entity(&entity)
    , m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    const ViewContext view{context.shell.workspace(), context.window};
    show(new RecordForm(view, entity, id, context.shell.views().panelsOf(entity.fullName), this));
}

RecordPage::RecordPage(const Address &address, const PageContext &context, const Entity &entity,
                       const Draft::Values &values)
    : TabPage(address, context.parent)
    , m_context(context)
    , m_catalog(context.shell.workspace().catalog())
    , m_entity(&entity)
    , m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    const ViewContext view{context.shell.workspace(), context.window};
    const QList<PanelSpec> panels = context.shell.views().panelsOf(entity.fullName);
    // What was typed before a crash or the last end of the program, and never saved.
    for (const RecordForm::KeptDraft &draft : RecordForm::keptDrafts(context.shell.workspace().profile())) {
        if (draft.isNew && draft.entity == entity.fullName && draft.id.toString() == address.id) {
            show(RecordForm::reopen(view, draft, panels, this));
            return;
        }
    }
    show(new RecordForm(view, entity, values, panels, this));
}

void RecordPage::show(RecordForm *form)
{
    if (m_form) {
        m_layout->removeWidget(m_form);
        m_form->hide();
        m_form->deleteLater();
    }
    m_form = form;
    m_layout->addWidget(form);
    if (!form->isNew())
        setAddress(Address::record(m_entity->fullName, form->id().toString()));
    connect(form, &RecordForm::captionChanged, this, &TabPage::captionChanged);
    connect(form, &RecordForm::dirtyChanged, this, &TabPage::captionChanged);
    connect(form, &RecordForm::closeRequested, this, &TabPage::closeRequested);
    connect(form, &RecordForm::openRequested, this, [this](const Id &id) {
        const ViewContext view{m_context.shell.workspace(), m_context.window};
        show(new RecordForm(view, *m_entity, id, m_context.shell.views().panelsOf(m_entity->fullName), this));
        // A form that is not shown yet cannot have the focus, and the next key would go nowhere.
        m_form->show();
        m_form->setFocus();
        Q_EMIT captionChanged();
    });
    connect(form, &RecordForm::saved, this, [this](const Id &id, RecordForm::Then then) {
        setAddress(Address::record(m_entity->fullName, id.toString()));
        Q_EMIT captionChanged();
        if (then == RecordForm::Then::New)
            m_context.window.createRecord(m_entity->fullName);
        else if (then == RecordForm::Then::Close)
            Q_EMIT closeRequested();
    });
    // Ctrl+Up and Ctrl+Down follow the list that stands open, whichever of its tabs it is.
    form->setNeighbours([tabs = QPointer(&m_context.tabs), entity = m_entity->fullName](const Id &id, int step) {
        if (tabs) {
            for (TabPage *page : tabs->pages()) {
                auto *list = qobject_cast<EntityPage *>(page);
                if (list && list->entity() == entity && list->list()) {
                    const Id next = list->list()->neighbour(id, step);
                    if (!next.isNull())
                        return next;
                }
            }
        }
        return Id();
    });
}

QString RecordPage::caption() const
{
    return m_form->caption();
}

QString RecordPage::iconName() const
{
    return m_entity->icon.isEmpty() ? u"file"_s : m_entity->icon;
}

QList<QAction *> RecordPage::commands() const
{
    return m_form->commands();
}

bool RecordPage::isDirty() const
{
    return m_form->isDirty();
}

QWidget *RecordPage::mainWidget()
{
    return m_form;
}

} // namespace tz
