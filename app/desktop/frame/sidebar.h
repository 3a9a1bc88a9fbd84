// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "desktop/frame/navigation.h"

#include <QStackedWidget>
#include <QTreeWidget>

class QToolBar;

namespace tz {

class Settings;

/// The navigation at the left: departments with their pages and kinds of record; or, folded, their icons only.
class Sidebar : public QStackedWidget {
    Q_OBJECT
public:
    Sidebar(Settings &settings, QWidget *parent = nullptr);

    void setGroups(const QList<NavigationGroup> &groups);
    void setCurrent(const Address &address);
    bool isFolded() const { return currentIndex() == 1; }
    void setFolded(bool folded);
    QTreeWidget *tree() const { return m_tree; }

Q_SIGNALS:
    void openRequested(const tz::Address &address);
    void createRequested(const QString &entity);
    void pinRequested(const tz::Address &address);

protected:
    void changeEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void fill();
    void fillRail();
    void activate(QTreeWidgetItem *item);
    void showMenu(const QPoint &at);
    QString reasonOf(const NavigationGroup &group) const;

    Settings &m_settings;
    QTreeWidget *m_tree;
    QToolBar *m_rail = nullptr;
    QList<NavigationGroup> m_groups;
    /// Groups have been set, be they none.
    bool m_wanted = false;
    Address m_current;
};

} // namespace tz
