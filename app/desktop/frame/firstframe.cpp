// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "desktop/frame/firstframe.h"

#include <QAbstractButton>
#include <QEvent>
#include <QLabel>
#include <QTabBar>

namespace tz {

FirstFrame::FirstFrame(const QWidget &window, const QWidget *page)
{
    keepBack(window, page);
}

FirstFrame::~FirstFrame()
{
    for (const QPointer<QWidget> &widget : std::as_const(m_kept)) {
        if (!widget)
            continue;
        widget->removeEventFilter(this);
        widget->update();
    }
}

void FirstFrame::keepBack(const QWidget &parent, const QWidget *page)
{
    for (QObject *child : parent.children()) {
        auto *widget = qobject_cast<QWidget *>(child);
        if (!widget || widget == page || widget->isHidden() || widget->isWindow())
            continue;
        if (qobject_cast<QAbstractButton *>(widget) || qobject_cast<QLabel *>(widget) ||
            qobject_cast<QTabBar *>(widget)) {
            widget->installEventFilter(this);
            m_kept << widget;
        }
        keepBack(*widget, page);
    }
}

bool FirstFrame::eventFilter(QObject *, QEvent *event)
{
    return event->type() == QEvent::Paint;
}

} // namespace tz
