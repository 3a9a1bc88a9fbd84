// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "desktop/administration/adminsection.h"

class QLabel;
class QPushButton;
class QStackedWidget;
class QTabBar;

namespace tz {

/// What only administrators do, in sections: people, teams, roles, devices, the server, the audit trail. Asks the
/// server when it is shown; what was answered last stays in sight when it cannot be reached.
class AdminPage : public TabPage {
    Q_OBJECT
public:
    enum class Part { Users, Teams, Roles, Devices, Server, Audit };

    explicit AdminPage(const PageContext &context);

    QString caption() const override;
    QString iconName() const override { return QStringLiteral("shield"); }
    QList<QAction *> commands() const override;
    QWidget *mainWidget() override;

    void showPart(Part part);
    AdminSection &section(Part part) const;
    const AdminData &data() const { return *m_data; }

protected:
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void add(AdminSection *section);
    void chosen(int index);
    void showState();
    void retranslate();

    PageContext m_context;
    AdminData *m_data;
    QLabel *m_title;
    QTabBar *m_tabs;
    QStackedWidget *m_stack;
    QWidget *m_banner;
    QLabel *m_bannerText;
    QPushButton *m_again;
};

} // namespace tz
