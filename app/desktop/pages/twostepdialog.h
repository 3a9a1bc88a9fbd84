// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/sync/accountwire.h"
#include "replica/workspace/workspace.h"

#include <QDialog>

class QLabel;
class QLineEdit;
class QPushButton;

namespace tz {

/// Switches the second step of signing in on or off: password, then a QR code for the authenticator app, then its first
/// code; or password and code to end it. Nothing of it is kept on this computer.
class TwoStepDialog : public QDialog {
    Q_OBJECT
public:
    TwoStepDialog(Workspace &workspace, QWidget *parent);

private:
    enum class Step { Asking, Off, Confirming, On, Done };

    void ask(wire::TwoStepDeed deed);
    void answered(wire::TwoStepDeed deed, const Result<QByteArray> &body);
    void showStep(Step step);
    void goOn();
    void showProblem(const QString &sentence);
    void drawCode(const QString &uri);

    Workspace &m_workspace;
    Step m_step = Step::Asking;
    QLabel *m_text, *m_qr, *m_secret, *m_passwordLabel, *m_codeLabel, *m_problem;
    QLineEdit *m_password, *m_code;
    QPushButton *m_next, *m_close;
};

} // namespace tz
