// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "desktop/frame/sidebar.h"

#include "desktop/application/settings.h"
#include "workbench/icons.h"
#include "workbench/style.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QScrollBar>
#include <QToolBar>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace tz {
namespace {

constexpr int addressRole = Qt::UserRole + 1;
constexpr int departmentRole = Qt::UserRole + 2;
constexpr int createRole = Qt::UserRole + 3;
constexpr int openWidth = 208;
constexpr int foldedWidth = 48;

} // namespace

Sidebar::Sidebar(Settings &settings, QWidget *parent)
    : QStackedWidget(parent)
    , m_settings(settings)
    , m_tree(new QTreeWidget(this))
{
    m_tree->setObjectName(u"sidebar"_s);
    m_tree->setHeaderHidden(true);
    m_tree->setRootIsDecorated(false);
    m_tree->setIndentation(14);
    m_tree->setIconSize({16, 16});
    m_tree->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_tree->setFocusPolicy(Qt::StrongFocus);
    m_tree->setContextMenuPolicy(Qt::CustomContextMenu);
    m_tree->setTextElideMode(Qt::ElideRight);
    m_tree->setUniformRowHeights(true);
    // Without it Qt looks for the widest letter of the font.
    m_tree->header()->setMinimumSectionSize(foldedWidth);
    m_tree->installEventFilter(this);
    addWidget(m_tree);
    setFixedWidth(openWidth);
    connect(m_tree, &QTreeWidget::itemClicked, this, [this](QTreeWidgetItem *item) { activate(item); });
    connect(m_tree, &QTreeWidget::customContextMenuRequested, this, &Sidebar::showMenu);
    const auto keepExpansion = [this](QTreeWidgetItem *item, bool open) {
        const QString department = item->data(0, departmentRole).toString();
        if (!department.isEmpty())
            m_settings.setFlag(u"navigation/"_s + department, open);
        item->setIcon(0, icon(open ? u"chevron-down"_s : u"chevron-right"_s));
    };
    connect(m_tree, &QTreeWidget::itemExpanded, this,
            [keepExpansion](QTreeWidgetItem *item) { keepExpansion(item, true); });
    connect(m_tree, &QTreeWidget::itemCollapsed, this,
            [keepExpansion](QTreeWidgetItem *item) { keepExpansion(item, false); });
    setFolded(m_settings.flag(u"navigationFolded"_s, false));
}

void Sidebar::setFolded(bool folded)
{
    if (folded)
        fillRail();
    setCurrentIndex(folded ? 1 : 0);
    setFixedWidth(folded ? foldedWidth : openWidth);
    m_settings.setFlag(u"navigationFolded"_s, folded);
}

void Sidebar::setGroups(const QList<NavigationGroup> &groups)
{
    m_groups = groups;
    m_wanted = true;
    fill();
}

QString Sidebar::reasonOf(const NavigationGroup &group) const
{
    return tr("%1 could not be started: %2").arg(group.text(), group.failure);
}

void Sidebar::fill()
{
    const int scrolled = m_tree->verticalScrollBar()->value();
    m_tree->clear();
    m_tree->setAccessibleName(tr("Navigation"));
    auto *home = new QTreeWidgetItem(m_tree, {tr("Home")});
    home->setIcon(0, icon(u"house"_s));
    home->setData(0, addressRole, u"home"_s);
    for (const NavigationGroup &group : m_groups) {
        auto *item = new QTreeWidgetItem(m_tree, {group.text()});
        QFont font = m_tree->font();
        font.setWeight(QFont::DemiBold);
        item->setFont(0, font);
        item->setData(0, departmentRole, group.department);
        if (!group.failure.isEmpty()) {
            item->setIcon(0, icon(u"triangle-alert"_s, style::color(style::Tone::Muted)));
            item->setForeground(0, palette().color(QPalette::Disabled, QPalette::WindowText));
            item->setToolTip(0, reasonOf(group));
            item->setData(0, Qt::AccessibleDescriptionRole, reasonOf(group));
            item->setData(0, addressRole, Address{u"broken"_s, group.department, {}, {}}.toString());
            continue;
        }
        for (const NavigationPlace &place : group.places) {
            auto *child = new QTreeWidgetItem(item, {place.text()});
            child->setIcon(0, icon(place.icon));
            child->setToolTip(0, place.text());
            child->setData(0, addressRole, place.address.toString());
            if (place.canCreate)
                child->setData(0, createRole, place.address.target);
        }
        // The company's own settings and people are rarely needed.
        const bool open = m_settings.flag(u"navigation/"_s + group.department, group.department != "foundation"_L1);
        item->setExpanded(open);
        item->setIcon(0, icon(open ? u"chevron-down"_s : u"chevron-right"_s));
    }
    setCurrent(m_current);
    m_tree->verticalScrollBar()->setValue(scrolled);
    if (currentWidget() == m_rail)
        fillRail();
}

void Sidebar::fillRail()
{
    if (!m_rail) {
        // Made when it is first folded: a tool bar's own images cost 5 ms of the start.
        m_rail = new QToolBar(this);
        m_rail->setObjectName(u"sidebarRail"_s);
        m_rail->setOrientation(Qt::Vertical);
        m_rail->setIconSize({20, 20});
        addWidget(m_rail);
    }
    m_rail->clear();
    m_rail->setAccessibleName(tr("Navigation"));
    QAction *home = m_rail->addAction(icon(u"house"_s), tr("Home"));
    connect(home, &QAction::triggered, this, [this] { Q_EMIT openRequested(Address{u"home"_s, {}, {}, {}}); });
    for (const NavigationGroup &group : m_groups) {
        auto *button = new QToolButton(m_rail);
        button->setIcon(icon(group.icon));
        button->setToolTip(group.failure.isEmpty() ? group.text() : reasonOf(group));
        button->setAccessibleName(group.text());
        button->setEnabled(group.failure.isEmpty());
        button->setPopupMode(QToolButton::InstantPopup);
        button->setFocusPolicy(Qt::StrongFocus);
        auto *menu = new QMenu(button);
        for (const NavigationPlace &place : group.places) {
            menu->addAction(icon(place.icon), place.text(), this,
                            [this, address = place.address] { Q_EMIT openRequested(address); });
        }
        button->setMenu(menu);
        m_rail->addWidget(button);
    }
}

void Sidebar::setCurrent(const Address &address)
{
    m_current = address;
    // A record belongs to its list.
    Address shown = address;
    if (shown.kind == "record"_L1 || shown.kind == "new"_L1 || shown.kind == "import"_L1)
        shown = Address::list(address.target);
    shown.options.clear();
    const QString text = shown.toString();
    QTreeWidgetItemIterator iterator(m_tree);
    for (; *iterator; ++iterator) {
        if ((*iterator)->data(0, addressRole).toString() == text) {
            m_tree->setCurrentItem(*iterator);
            return;
        }
    }
    m_tree->setCurrentItem(nullptr);
}

void Sidebar::activate(QTreeWidgetItem *item)
{
    const QString address = item->data(0, addressRole).toString();
    if (!address.isEmpty())
        Q_EMIT openRequested(Address::fromString(address));
    else
        item->setExpanded(!item->isExpanded());
}

void Sidebar::showMenu(const QPoint &at)
{
    QTreeWidgetItem *item = m_tree->itemAt(at);
    if (!item || item->data(0, addressRole).toString().isEmpty())
        return;
    const Address address = Address::fromString(item->data(0, addressRole).toString());
    QMenu menu;
    menu.addAction(tr("Open"), this, [this, address] { Q_EMIT openRequested(address); });
    const QString entity = item->data(0, createRole).toString();
    if (!entity.isEmpty()) {
        menu.addAction(icon(u"plus"_s), tr("New record"), this, [this, entity] { Q_EMIT createRequested(entity); });
        menu.addAction(icon(u"upload"_s), tr("Import…"), this, [this, entity] {
            Q_EMIT openRequested(Address{u"import"_s, entity, {}, {}});
        });
    }
    if (address.kind == "list"_L1) {
        Address bin = address;
        bin.options.insert(u"deleted"_s, u"1"_s);
        menu.addAction(icon(u"trash-2"_s), tr("Recycle bin"), this, [this, bin] { Q_EMIT openRequested(bin); });
    }
    if (address.kind != "broken"_L1 && address.kind != "home"_L1)
        menu.addAction(icon(u"pin"_s), tr("Pin to Ctrl+number"), this,
                       [this, address] { Q_EMIT pinRequested(address); });
    menu.exec(m_tree->viewport()->mapToGlobal(at));
}

bool Sidebar::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_tree && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if ((key == Qt::Key_Return || key == Qt::Key_Enter || key == Qt::Key_Space) && m_tree->currentItem()) {
            activate(m_tree->currentItem());
            return true;
        }
    }
    return QStackedWidget::eventFilter(watched, event);
}

void Sidebar::changeEvent(QEvent *event)
{
    if (m_wanted && (event->type() == QEvent::LanguageChange || event->type() == QEvent::PaletteChange))
        fill();
    QStackedWidget::changeEvent(event);
}

} // namespace tz
