// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "desktop/pages/pagefactory.h"

class QLineEdit;
class QTreeWidget;
class QLabel;

namespace tz {

/// All shortcuts, made from the actions themselves: those of the frame, and those of every page that is open.
class ShortcutsPage : public TabPage {
    Q_OBJECT
public:
    explicit ShortcutsPage(const PageContext &context);

    QString caption() const override { return tr("Keyboard shortcuts"); }
    QString iconName() const override { return QStringLiteral("keyboard"); }
    QWidget *mainWidget() override;

protected:
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void fill();
    PageContext m_context;
    QLabel *m_title;
    QLineEdit *m_filter;
    QTreeWidget *m_tree;
};

} // namespace tz
