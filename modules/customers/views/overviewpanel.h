// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "workbench/department/viewcontributions.h"

#include <QTimer>

class QFormLayout;

namespace tz::customers {

/// Key figures of one customer: people, last and next contact, and what other departments count for it (open deals,
/// won in total, last order); a click lists what is behind.
class OverviewPanel : public QWidget {
    Q_OBJECT
public:
    OverviewPanel(const ViewContext &context, const Id &account, QWidget *parent = nullptr);

protected:
    void changeEvent(QEvent *event) override;

private:
    void fill();

    ViewContext m_context;
    Id m_account;
    QFormLayout *m_layout;
    QTimer m_timer;
};

} // namespace tz::customers
