// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "desktop/frame/tabarea.h"

#include "workbench/dialogs/dialogs.h"
#include "workbench/icons.h"

#include <QContextMenuEvent>
#include <QHBoxLayout>
#include <QMenu>
#include <QMouseEvent>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tz {
namespace {

constexpr int closedMax = 20;
constexpr QChar separator = QChar(0x1f);

} // namespace

TabArea::TabArea(Factory make, Captions caption, QWidget *parent)
    : QWidget(parent)
    , m_make(std::move(make))
    , m_caption(std::move(caption))
    , m_bar(new QTabBar(this))
    , m_stack(new QStackedWidget(this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto *strip = new QWidget(this);
    strip->setObjectName(u"tabStrip"_s);
    strip->setAttribute(Qt::WA_StyledBackground);
    auto *stripLayout = new QHBoxLayout(strip);
    stripLayout->setContentsMargins(0, 0, 0, 1);
    stripLayout->addWidget(m_bar);
    m_bar->setObjectName(u"openTabs"_s);
    m_bar->setMovable(true);
    m_bar->setExpanding(false);
    m_bar->setDrawBase(false);
    m_bar->setUsesScrollButtons(true);
    m_bar->setElideMode(Qt::ElideRight);
    m_bar->setSelectionBehaviorOnRemove(QTabBar::SelectPreviousTab);
    m_bar->setIconSize({16, 16});
    m_bar->setAccessibleName(tr("Open tabs"));
    m_bar->installEventFilter(this);
    layout->addWidget(strip);
    layout->addWidget(m_stack, 1);
    connect(m_bar, &QTabBar::currentChanged, this, &TabArea::activate);
}

TabArea::Tab *TabArea::tabAt(int index) const
{
    return index < 0 ? nullptr : m_tabs.value(m_bar->tabData(index).toInt());
}

int TabArea::indexOf(const Address &address) const
{
    for (int index = 0; index < m_bar->count(); ++index) {
        if (tabAt(index)->address == address)
            return index;
    }
    return -1;
}

int TabArea::indexOf(const TabPage *page) const
{
    for (int index = 0; index < m_bar->count(); ++index) {
        if (page && tabAt(index)->page == page)
            return index;
    }
    return -1;
}

int TabArea::add(const Address &address, const QString &title)
{
    auto tab = std::make_unique<Tab>();
    tab->address = address;
    tab->title = title;
    const int key = m_nextKey++;
    m_tabs.insert(key, tab.get());
    m_owned.push_back(std::move(tab));
    // The signal of the first tab comes before its data is there.
    const QSignalBlocker blocked(m_bar);
    const int index = m_bar->addTab(QString());
    m_bar->setTabData(index, key);
    // The style's own close button is a dark picture that the dark theme swallows.
    auto *close = new QToolButton(m_bar);
    close->setObjectName(u"tabClose"_s);
    close->setIcon(icon(u"x"_s));
    close->setIconSize({12, 12});
    close->setFocusPolicy(Qt::NoFocus);
    connect(close, &QToolButton::clicked, this, [this, key] {
        for (int at = 0; at < m_bar->count(); ++at) {
            if (m_bar->tabData(at).toInt() == key) {
                this->close(at);
                return;
            }
        }
    });
    m_bar->setTabButton(index, QTabBar::RightSide, close);
    updateCaption(index);
    return index;
}

TabPage *TabArea::open(const Address &address, bool inBackground)
{
    int index = indexOf(address);
    if (index < 0) {
        // Two new records of one kind are two tabs.
        index = add(address, {});
    }
    Tab *tab = tabAt(index);
    if (inBackground)
        return tab->page;
    if (m_bar->currentIndex() == index)
        activate(index);
    else
        m_bar->setCurrentIndex(index);
    return tab->page;
}

TabPage *TabArea::show(TabPage *page)
{
    const int index = m_bar->currentIndex();
    Tab *tab = tabAt(index);
    if (!tab)
        return nullptr;
    if (tab->page) {
        m_stack->removeWidget(tab->page);
        tab->page->deleteLater();
    }
    tab->page = page;
    build(*tab);
    activate(index);
    return page;
}

TabPage *TabArea::current() const
{
    const Tab *tab = tabAt(m_bar->currentIndex());
    return tab ? tab->page : nullptr;
}

void TabArea::build(Tab &tab)
{
    if (!tab.page)
        tab.page = m_make(tab.address, m_stack);
    TabPage *page = tab.page;
    tab.address = page->address();
    if (m_stack->indexOf(page) < 0)
        m_stack->addWidget(page);
    connect(page, &TabPage::captionChanged, this, [this, page] {
        const int index = indexOf(page);
        if (index >= 0) {
            tabAt(index)->address = page->address();
            updateCaption(index);
        }
    });
    connect(page, &TabPage::closeRequested, this, [this, page] { closePage(page); });
}

void TabArea::activate(int index)
{
    if (m_restoring)
        return;
    Tab *tab = tabAt(index);
    if (!tab) {
        Q_EMIT currentChanged(nullptr);
        return;
    }
    if (!tab->page)
        build(*tab);
    m_stack->setCurrentWidget(tab->page);
    updateCaption(index);
    if (!m_bar->hasFocus())
        tab->page->mainWidget()->setFocus(Qt::OtherFocusReason);
    Q_EMIT currentChanged(tab->page);
}

void TabArea::updateCaption(int index)
{
    Tab *tab = tabAt(index);
    QString caption = tab->page ? tab->page->caption() : m_caption(tab->address);
    if (caption.isEmpty())
        caption = tab->title;
    tab->title = caption;
    m_bar->setTabText(index, QString(caption).replace(u'&', u"&&"_s));
    m_bar->setTabToolTip(index, caption);
    if (auto *close = qobject_cast<QToolButton *>(m_bar->tabButton(index, QTabBar::RightSide))) {
        close->setAccessibleName(tr("Close %1").arg(caption));
        close->setToolTip(tr("Close (Ctrl+W)"));
    }
    if (tab->page)
        m_bar->setTabIcon(index, icon(tab->page->iconName()));
}

bool TabArea::close(int index)
{
    Tab *tab = tabAt(index);
    if (!tab)
        return false;
    if (tab->page && tab->page->isDirty()) {
        const int answer =
            dialogs::ask(this, tr("Close %1").arg(tab->title),
                         tr("This tab holds changes that are not saved. They are kept as a draft until you "
                            "open the record again."),
                         {tr("Keep the draft and close"), tr("Go back")});
        if (answer != 0)
            return false;
    }
    if (tab->address.kind != "new"_L1) {
        m_closed << tab->address.toString() + separator + tab->title;
        while (m_closed.size() > closedMax)
            m_closed.removeFirst();
    }
    const int key = m_bar->tabData(index).toInt();
    TabPage *page = tab->page;
    m_bar->removeTab(index);
    m_tabs.remove(key);
    std::erase_if(m_owned, [tab](const auto &owned) { return owned.get() == tab; });
    if (page) {
        m_stack->removeWidget(page);
        page->deleteLater();
    }
    if (m_bar->count() == 0)
        open(Address{u"home"_s, {}, {}, {}});
    return true;
}

bool TabArea::closePage(TabPage *page)
{
    const int index = indexOf(page);
    return index >= 0 && close(index);
}

void TabArea::closeOthers(int index)
{
    const Tab *kept = tabAt(index);
    for (int i = m_bar->count() - 1; i >= 0; --i) {
        if (tabAt(i) != kept)
            close(i);
    }
}

void TabArea::reopenClosed()
{
    if (m_closed.isEmpty())
        return;
    open(Address::fromString(m_closed.takeLast().section(separator, 0, 0)));
}

void TabArea::step(int by)
{
    const int count = m_bar->count();
    if (count > 1)
        m_bar->setCurrentIndex((m_bar->currentIndex() + by + count) % count);
}

QList<TabPage *> TabArea::pages() const
{
    QList<TabPage *> pages;
    for (int index = 0; index < m_bar->count(); ++index) {
        if (TabPage *page = tabAt(index)->page)
            pages << page;
    }
    return pages;
}

bool TabArea::hasDirty() const
{
    const QList<TabPage *> all = pages();
    return std::any_of(all.begin(), all.end(), [](const TabPage *page) { return page->isDirty(); });
}

QStringList TabArea::save() const
{
    QStringList saved;
    for (int index = 0; index < m_bar->count(); ++index) {
        const Tab *tab = tabAt(index);
        if (tab->address.kind == "new"_L1)
            continue;
        const QString mark = index == m_bar->currentIndex() ? u"*"_s : QString();
        saved << mark + tab->address.toString() + separator + tab->title;
    }
    return saved;
}

void TabArea::restore(const QStringList &saved)
{
    int shown = -1;
    m_restoring = true;
    for (QString line : saved) {
        const bool current = line.startsWith(u'*');
        if (current)
            line.remove(0, 1);
        const Address address = Address::fromString(line.section(separator, 0, 0));
        if (address.isNull() || indexOf(address) >= 0)
            continue;
        const int index = add(address, line.section(separator, 1));
        if (current)
            shown = index;
    }
    m_restoring = false;
    if (m_bar->count() == 0) {
        open(Address{u"home"_s, {}, {}, {}});
        return;
    }
    m_bar->setCurrentIndex(shown < 0 ? 0 : shown);
    activate(m_bar->currentIndex());
}

void TabArea::rebuild()
{
    for (const auto &tab : m_owned) {
        if (tab->page) {
            m_stack->removeWidget(tab->page);
            tab->page->deleteLater();
            tab->page = nullptr;
        }
    }
    for (int index = 0; index < m_bar->count(); ++index)
        updateCaption(index);
    activate(m_bar->currentIndex());
}

bool TabArea::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_bar)
        return QWidget::eventFilter(watched, event);
    if (event->type() == QEvent::MouseButtonRelease) {
        auto *mouse = static_cast<QMouseEvent *>(event);
        if (mouse->button() == Qt::MiddleButton) {
            close(m_bar->tabAt(mouse->position().toPoint()));
            return true;
        }
    } else if (event->type() == QEvent::ContextMenu) {
        auto *menuEvent = static_cast<QContextMenuEvent *>(event);
        const int index = m_bar->tabAt(menuEvent->pos());
        if (index < 0)
            return false;
        QMenu menu;
        menu.addAction(icon(u"x"_s), tr("Close"), this, [this, index] { close(index); });
        menu.addAction(tr("Close the others"), this, [this, index] { closeOthers(index); });
        if (canReopen())
            menu.addAction(icon(u"undo-2"_s), tr("Reopen the closed tab"), this, &TabArea::reopenClosed);
        menu.exec(menuEvent->globalPos());
        return true;
    }
    return false;
}

void TabArea::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange) {
        m_bar->setAccessibleName(tr("Open tabs"));
        for (int index = 0; index < m_bar->count(); ++index)
            updateCaption(index);
    }
    QWidget::changeEvent(event);
}

} // namespace tz
