// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "replica/workspace/workspace.h"

#include <QWidget>

class QButtonGroup;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QStackedWidget;
class QToolButton;
class QFormLayout;

namespace tz {

class CompanySignIn;
class Shell;

/// What a person sees first: the choice between the company's server and this computer only, with the language; later,
/// when the sign-in has expired, the sign-in alone.
class FirstRunPage : public QWidget {
    Q_OBJECT
public:
    explicit FirstRunPage(Shell &shell, QWidget *parent = nullptr);
    ~FirstRunPage() override;

    /// The sign-in alone, with what is known filled in; can be left again.
    void showSignIn();
    /// The same, with the reason why nothing else is shown: the copy has locked itself. It opens again by itself on
    /// contact.
    void showLocked();

Q_SIGNALS:
    /// Signed in, stand-alone started, or left.
    void finished();

protected:
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void build();
    void retranslate();
    void choose(int mode);
    void connectToServer();
    void connectWithCompanyAccount();
    /// The server is asked what it offers, if its address is one.
    void lookAtServer();
    /// What is typed but for name and password; nothing, with a word to the user, without the server's address. It is
    /// remembered.
    std::optional<Workspace::Login> typedLogin();
    void signedIn();
    void startAlone();
    void setBusy(bool busy);
    /// Asks for the code of the second step, or no more.
    void askForCode(bool ask);
    void showProblem(const QString &sentence);
    void updateMode();

    Shell &m_shell;
    bool m_signInOnly = false;
    bool m_busy = false;
    QComboBox *m_language;
    QLabel *m_title, *m_subtitle, *m_kept;
    QButtonGroup *m_modes;
    QToolButton *m_serverMode, *m_aloneMode;
    QStackedWidget *m_stack;
    QLabel *m_urlLabel, *m_userLabel, *m_passwordLabel, *m_codeLabel, *m_caLabel, *m_deviceLabel;
    QLineEdit *m_url, *m_user, *m_password, *m_code, *m_ca, *m_device;
    QPushButton *m_browse, *m_more, *m_connect, *m_leave;
    CompanySignIn *m_company;
    QWidget *m_moreFields;
    QLabel *m_aloneText, *m_nameLabel;
    QLineEdit *m_name;
    QPushButton *m_start;
    QLabel *m_problem;
};

} // namespace tz
