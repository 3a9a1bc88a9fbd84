// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "desktop/frame/tabpage.h"

#include <QStackedWidget>
#include <QTabBar>

#include <functional>

namespace tz {

/// The open tabs: made when first looked at, moved by dragging, closed by the middle button, restored at start.
class TabArea : public QWidget {
    Q_OBJECT
public:
    using Factory = std::function<TabPage *(const Address &, QWidget *parent)>;
    using Captions = std::function<QString(const Address &)>;
    /// `make` builds a page (never null) into its parent; `caption` names one that is not built yet (empty: unknown).
    TabArea(Factory make, Captions caption, QWidget *parent = nullptr);

    /// Shows the tab with this address, opening it if need be.
    TabPage *open(const Address &address, bool inBackground = false);
    /// Replaces what the current tab shows.
    TabPage *show(TabPage *page);
    TabPage *current() const;
    int count() const { return m_bar->count(); }
    QTabBar *bar() const { return m_bar; }
    /// False when the user wants to keep what is not saved.
    bool close(int index);
    bool closeCurrent() { return close(m_bar->currentIndex()); }
    bool closePage(TabPage *page);
    void closeOthers(int index);
    void reopenClosed();
    bool canReopen() const { return !m_closed.isEmpty(); }
    void step(int by);
    QList<TabPage *> pages() const;
    /// Pages that hold what is not saved.
    bool hasDirty() const;

    QStringList save() const;
    void restore(const QStringList &saved);
    /// Throws all pages away and makes them again when looked at: the catalog or the user is another.
    void rebuild();

Q_SIGNALS:
    void currentChanged(tz::TabPage *page);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    struct Tab {
        Address address;
        QString title;
        TabPage *page = nullptr;
    };
    Tab *tabAt(int index) const;
    int indexOf(const Address &address) const;
    int indexOf(const TabPage *page) const;
    int add(const Address &address, const QString &title);
    void build(Tab &tab);
    void updateCaption(int index);
    void activate(int index);

    Factory m_make;
    Captions m_caption;
    QTabBar *m_bar;
    QStackedWidget *m_stack;
    QHash<int, Tab *> m_tabs;
    std::vector<std::unique_ptr<Tab>> m_owned;
    int m_nextKey = 1;
    QStringList m_closed;
    bool m_restoring = false;
};

} // namespace tz
