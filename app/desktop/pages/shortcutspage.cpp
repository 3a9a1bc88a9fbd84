// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "desktop/pages/shortcutspage.h"

#include "desktop/frame/commands.h"
#include "desktop/frame/mainwindow.h"
#include "desktop/frame/tabarea.h"

#include <QEvent>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QTreeWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace tz {

ShortcutsPage::ShortcutsPage(const PageContext &context)
    : TabPage(Address{u"shortcuts"_s, {}, {}, {}}, context.parent)
    , m_context(context)
    , m_title(new QLabel(this))
    , m_filter(new QLineEdit(this))
    , m_tree(new QTreeWidget(this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 18, 24, 18);
    layout->setSpacing(10);
    m_title->setObjectName(u"pageTitle"_s);
    m_filter->setMaximumWidth(360);
    m_filter->setClearButtonEnabled(true);
    m_tree->setColumnCount(2);
    m_tree->setRootIsDecorated(false);
    m_tree->setIndentation(12);
    m_tree->setAlternatingRowColors(true);
    m_tree->setSelectionMode(QAbstractItemView::SingleSelection);
    layout->addWidget(m_title);
    layout->addWidget(m_filter);
    layout->addWidget(m_tree, 1);
    connect(m_filter, &QLineEdit::textChanged, this, &ShortcutsPage::fill);
}

QWidget *ShortcutsPage::mainWidget()
{
    return m_filter;
}

void ShortcutsPage::showEvent(QShowEvent *event)
{
    fill();
    TabPage::showEvent(event);
}

void ShortcutsPage::fill()
{
    m_title->setText(caption());
    m_filter->setPlaceholderText(tr("Filter"));
    m_filter->setAccessibleName(tr("Filter"));
    m_tree->setAccessibleName(caption());
    m_tree->clear();
    m_tree->setHeaderLabels({tr("Command"), tr("Keys")});
    m_tree->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_tree->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    m_tree->header()->setStretchLastSection(false);
    const QString filter = m_filter->text().trimmed();
    QHash<QString, QTreeWidgetItem *> sections;
    const auto add = [&](const QString &section, const QAction *action, const QList<QKeySequence> &sequences) {
        QStringList keys;
        for (const QKeySequence &key : sequences)
            keys << key.toString(QKeySequence::NativeText);
        QString text = action->text();
        text.remove(u'&');
        const QString all = keys.join(u"   "_s);
        if (keys.isEmpty() || (!filter.isEmpty() && !text.contains(filter, Qt::CaseInsensitive) &&
                               !all.contains(filter, Qt::CaseInsensitive)))
            return;
        QTreeWidgetItem *&parent = sections[section];
        if (!parent) {
            parent = new QTreeWidgetItem(m_tree, {section});
            QFont font = m_tree->font();
            font.setWeight(QFont::DemiBold);
            parent->setFont(0, font);
            parent->setFirstColumnSpanned(true);
        }
        for (int i = 0; i < parent->childCount(); ++i) {
            if (parent->child(i)->text(0) == text)
                return;
        }
        new QTreeWidgetItem(parent, {text, all});
    };
    for (const Command &command : m_context.window.commands().all())
        add(Commands::translated(command.section), m_context.window.commands().action(command.id), command.keys);
    for (const TabPage *page : m_context.tabs.pages()) {
        for (const QAction *action : page->commands())
            add(page->entity().isEmpty() ? page->caption() : tr("In lists and forms"), action, action->shortcuts());
    }
    // Keys that lists and boards take themselves.
    const auto own = [&](const QString &text, const QString &keys) {
        QAction action(text);
        action.setShortcuts(QKeySequence::listFromString(keys));
        add(tr("In lists and forms"), &action, action.shortcuts());
    };
    own(tr("Open the current record"), u"Enter; Return"_s);
    own(tr("Look for words in this list"), u"/"_s);
    own(tr("Edit the current cell"), u"F2"_s);
    own(tr("Move the card to the stage beside it"), u"Ctrl+Shift+Left; Ctrl+Shift+Right"_s);
    m_tree->expandAll();
    if (m_tree->topLevelItemCount() > 0)
        m_tree->setCurrentItem(m_tree->topLevelItem(0));
}

void ShortcutsPage::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange) {
        fill();
        Q_EMIT captionChanged();
    }
    TabPage::changeEvent(event);
}

} // namespace tz
