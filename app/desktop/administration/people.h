// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "desktop/administration/adminsection.h"

class QTreeWidget;

namespace tz {

class AdminForm;
class AdminTable;

/// Users: who may sign in, with which roles.
class UsersSection : public AdminSection {
    Q_OBJECT
public:
    UsersSection(const AdminContext &context, QWidget *parent);

    QString title() const override;
    void refresh() override;
    QWidget *mainWidget() override;
    AdminTable &table() const { return *m_table; }

public Q_SLOTS:
    void create();
    void edit();
    void setPassword();
    void switchOffOrOn();

protected:
    void retranslate() override;

private:
    void fill();
    void updateCommands();
    const wire::AdminUser *current() const;
    AdminForm *openForm(const wire::AdminUser *user);
    AdminTable *m_table;
    QAction *m_edit, *m_password, *m_switch;
};

/// Teams, as the tree that they form.
class TeamsSection : public AdminSection {
    Q_OBJECT
public:
    TeamsSection(const AdminContext &context, QWidget *parent);

    QString title() const override;
    void refresh() override;
    QWidget *mainWidget() override;
    QTreeWidget &tree() const { return *m_tree; }

public Q_SLOTS:
    void create();
    void edit();
    void remove();

protected:
    void retranslate() override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void fill();
    void updateCommands();
    const wire::AdminTeam *current() const;
    void openForm(const wire::AdminTeam *team, const Id &parent);
    QTreeWidget *m_tree;
    QAction *m_edit, *m_remove;
};

/// A field of a form whose value is sent under another name or in another form.
struct SentAs {
    QString formField, field;
    Value value;
};
/// Sends what was changed in a form as a change of this record; closes the form, or shows in it why not.
void submitForm(AdminForm &form, AdminData &data, wire::AdminChange change, const QList<SentAs> &sentAs = {});

} // namespace tz
