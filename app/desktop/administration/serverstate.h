// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "desktop/administration/adminsection.h"

class QGridLayout;
class QScrollArea;

namespace tz {

/// How the server is: program, database, processes, queues, disk, certificate.
class ServerSection : public AdminSection {
    Q_OBJECT
public:
    ServerSection(const AdminContext &context, QWidget *parent);

    QString title() const override;
    void refresh() override;
    QWidget *mainWidget() override;

protected:
    void retranslate() override;
    void changeEvent(QEvent *event) override;

private:
    void fill();
    QScrollArea *m_scroll;
};

} // namespace tz
