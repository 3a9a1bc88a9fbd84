// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "desktop/pages/pagefactory.h"

class QComboBox;
class QLabel;
class QPushButton;
class QSpinBox;
class QTreeWidget;

namespace tz {

/// What a person can choose: language, appearance; and what there is to know: departments, this device, the program.
class SettingsPage : public TabPage {
    Q_OBJECT
public:
    explicit SettingsPage(const PageContext &context);

    QString caption() const override;
    QString iconName() const override { return QStringLiteral("settings"); }
    QWidget *mainWidget() override;

protected:
    void changeEvent(QEvent *event) override;

private:
    void build();
    void retranslate();
    void fillDepartments();

    PageContext m_context;
    QLabel *m_title, *m_appearance, *m_departments, *m_account, *m_about;
    QLabel *m_languageLabel, *m_themeLabel, *m_densityLabel, *m_fontLabel;
    QComboBox *m_language, *m_theme, *m_density;
    QSpinBox *m_fontSize;
    QTreeWidget *m_departmentTree;
    QLabel *m_accountText, *m_aboutText;
    QPushButton *m_twoStep = nullptr;
    QPushButton *m_devices, *m_forget;
};

} // namespace tz
