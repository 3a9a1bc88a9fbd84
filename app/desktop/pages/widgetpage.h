// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "desktop/frame/tabpage.h"

#include <functional>

namespace tz {

/// A tab around a widget that knows nothing of tabs: a department's page, a report, an import.
class WidgetPage : public TabPage {
    Q_OBJECT
public:
    WidgetPage(const Address &address, QWidget *content, QString iconName, std::function<QString()> caption);

    QString caption() const override { return m_caption(); }
    QString iconName() const override { return m_icon; }
    QString entity() const override { return m_entity; }
    void setEntity(const QString &entity) { m_entity = entity; }
    QList<QAction *> commands() const override { return m_content->actions(); }
    QWidget *mainWidget() override;

private:
    QWidget *m_content;
    QString m_icon, m_entity;
    std::function<QString()> m_caption;
};

} // namespace tz
