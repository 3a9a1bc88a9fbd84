// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "desktop/administration/adminsection.h"

class QLabel;
class QTreeWidget;

namespace tz {

class AdminTable;

/// Roles, and what each of them may do: the matrix is read from the declarations.
class RolesSection : public AdminSection {
    Q_OBJECT
public:
    RolesSection(const AdminContext &context, QWidget *parent);

    QString title() const override;
    void refresh() override;
    QWidget *mainWidget() override;
    AdminTable &table() const { return *m_table; }
    QTreeWidget &matrix() const { return *m_matrix; }

public Q_SLOTS:
    void create();
    void edit();
    void remove();

protected:
    void retranslate() override;
    void changeEvent(QEvent *event) override;

private:
    void fill();
    void fillMatrix();
    void updateCommands();
    const wire::AdminRole *current() const;
    void openForm(const wire::AdminRole *role);
    AdminTable *m_table;
    QLabel *m_about;
    QTreeWidget *m_matrix;
    QAction *m_edit, *m_remove;
};

} // namespace tz
