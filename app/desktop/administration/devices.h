// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "desktop/administration/adminsection.h"

namespace tz {

class AdminTable;

/// The computers on which somebody has signed in, and what can be done about one that is lost.
class DevicesSection : public AdminSection {
    Q_OBJECT
public:
    DevicesSection(const AdminContext &context, QWidget *parent);

    QString title() const override;
    void refresh() override;
    QWidget *mainWidget() override;
    AdminTable &table() const { return *m_table; }

public Q_SLOTS:
    void signOut();
    void revoke();
    void wipe();

protected:
    void retranslate() override;

private:
    void fill();
    void updateCommands();
    const wire::AdminDevice *current() const;
    QString nameOf(const wire::AdminDevice &device) const;
    /// With a warning when it is this computer.
    bool confirms(const wire::AdminDevice &device, const QString &title, const QString &question, const QString &verb);
    void send(const QString &order, const wire::AdminDevice &device, bool discardUnsent = false);
    AdminTable *m_table;
    QAction *m_signOut, *m_revoke, *m_wipe;
};

} // namespace tz
