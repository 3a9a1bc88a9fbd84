// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "desktop/pages/pagefactory.h"
#include "replica/replicator/syncstatus.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace tz {

/// Whether what is on this computer is what the server has: the last comparison, a new one, and the question that a
/// restored server leads to. Part of the sync centre.
class IntegrityCard : public QWidget {
    Q_OBJECT
public:
    IntegrityCard(const PageContext &context, QWidget *parent);

    /// Also after a change of the language.
    void showStatus(const SyncStatus &status);
    /// Asks before records that the server knows nothing of are set aside.
    void setAside();

private:
    void verify();

    PageContext m_context;
    QLabel *m_title, *m_result, *m_unknown;
    QPushButton *m_verify, *m_setAside;
    qint64 m_count = 0;
};

} // namespace tz
