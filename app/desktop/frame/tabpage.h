// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "desktop/frame/address.h"

#include <QAction>
#include <QWidget>

namespace tz {

/// What one tab shows. Made when the tab is first looked at.
class TabPage : public QWidget {
    Q_OBJECT
public:
    explicit TabPage(Address address, QWidget *parent = nullptr)
        : QWidget(parent)
        , m_address(std::move(address))
    {
    }

    const Address &address() const { return m_address; }
    /// In the user's language; captionChanged() when it is another.
    virtual QString caption() const = 0;
    virtual QString iconName() const = 0;
    /// Full name of the entity that it is about; empty: none.
    virtual QString entity() const { return {}; }
    /// What can be done here now, for the palette and the list of shortcuts.
    virtual QList<QAction *> commands() const { return {}; }
    virtual bool isDirty() const { return false; }
    /// Where the focus goes when the tab is shown.
    virtual QWidget *mainWidget() { return this; }
    /// What people wait for when a window opens with this page: painted before all that stands around it.
    virtual const QWidget *firstPainted() const { return this; }
    /// False while it waits for its first records.
    virtual bool isFilled() const { return true; }

Q_SIGNALS:
    void captionChanged();
    void closeRequested();
    /// isFilled() from now on.
    void filled();

protected:
    void setAddress(const Address &address) { m_address = address; }

private:
    Address m_address;
};

} // namespace tz
