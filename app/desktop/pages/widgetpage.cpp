// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "desktop/pages/widgetpage.h"

#include <QVBoxLayout>

namespace tz {

WidgetPage::WidgetPage(const Address &address, QWidget *content, QString iconName, std::function<QString()> caption)
    : TabPage(address)
    , m_content(content)
    , m_icon(std::move(iconName))
    , m_caption(std::move(caption))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(content);
}

QWidget *WidgetPage::mainWidget()
{
    QWidget *next = m_content;
    // The first child that takes the focus: a page itself rarely does.
    for (QWidget *child : m_content->findChildren<QWidget *>()) {
        if (child->focusPolicy() & Qt::TabFocus && child->isEnabled() && child->isVisibleTo(m_content)) {
            next = child;
            break;
        }
    }
    return next;
}

} // namespace tz
