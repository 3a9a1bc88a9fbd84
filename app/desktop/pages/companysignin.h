// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "replica/workspace/workspace.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace tz {

/// Signing in with the company account: a button, shown only for a server that offers it; and while the user is in the
/// browser, what to do there and a way to give up.
class CompanySignIn : public QWidget {
    Q_OBJECT
public:
    CompanySignIn(Workspace &workspace, QWidget *parent);

    /// Asks the server whether it offers this, unless it was asked before.
    void lookAt(const QUrl &server, const QString &caFile);
    /// Opens the browser. `done`: as of Workspace::signIn(), unless this ends before.
    void begin(Workspace::Login login, std::function<void(const Result<> &)> done);
    void cancel();
    QPushButton &button() const { return *m_button; }

Q_SIGNALS:
    /// The button was pressed.
    void wanted();

protected:
    void changeEvent(QEvent *event) override;

private:
    void setOffered(bool offered);
    void setWaiting(bool waiting);
    void showParts();
    void openPage(const QUrl &page);
    void retranslate();

    Workspace &m_workspace;
    QString m_asked;
    bool m_offered = false;
    bool m_waiting = false;
    QPushButton *m_button, *m_cancel;
    QLabel *m_text;
};

} // namespace tz
