// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "desktop/pages/firstrunpage.h"

#include "desktop/application/shell.h"
#include "desktop/pages/companysignin.h"
#include "workbench/dialogs/dialogs.h"
#include "workbench/icons.h"
#include "workbench/pageparts.h"
#include "workbench/records/labels.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStackedWidget>
#include <QSysInfo>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace tz {
namespace {

constexpr int cardWidth = 520;

QUrl serverUrlFrom(const QString &typed)
{
    QString text = typed.trimmed();
    // People type host names; encryption is what is meant unless they say otherwise.
    if (!text.contains("://"_L1))
        text.prepend(u"https://"_s);
    return QUrl(text, QUrl::StrictMode);
}

} // namespace

FirstRunPage::FirstRunPage(Shell &shell, QWidget *parent)
    : QWidget(parent)
    , m_shell(shell)
{
    build();
    retranslate();
    choose(0);
}

void FirstRunPage::build()
{
    QWidget *ground = parts::scrollingGround(this);
    auto *groundLayout = new QVBoxLayout(ground);
    auto *languageRow = new QHBoxLayout;
    languageRow->addStretch(1);
    m_language = new QComboBox(ground);
    for (const QString &language : Language::available())
        m_language->addItem(icon(u"languages"_s), Language::nativeName(language), language);
    languageRow->addWidget(m_language);
    groundLayout->addLayout(languageRow);
    groundLayout->addStretch(1);

    QWidget *card = parts::card(ground);
    card->setFixedWidth(cardWidth);
    // Not by alignment: the height would be that of lines as long as the window is wide.
    auto *cardRow = new QHBoxLayout;
    cardRow->addStretch(1);
    cardRow->addWidget(card);
    cardRow->addStretch(1);
    groundLayout->addLayout(cardRow);
    groundLayout->addStretch(2);
    auto *layout = new QVBoxLayout(card);
    layout->setContentsMargins(32, 28, 32, 28);
    layout->setSpacing(12);
    m_title = parts::label(u"pageTitle"_s, card);
    m_subtitle = parts::label(u"mutedText"_s, card);
    m_kept = parts::label(u"successText"_s, card);
    layout->addWidget(m_title);
    layout->addWidget(m_subtitle);
    layout->addWidget(m_kept);

    auto *modeRow = new QHBoxLayout;
    modeRow->setSpacing(8);
    m_modes = new QButtonGroup(this);
    m_serverMode = new QToolButton(card);
    m_aloneMode = new QToolButton(card);
    m_serverMode->setIcon(icon(u"server"_s));
    m_aloneMode->setIcon(icon(u"laptop"_s));
    int id = 0;
    for (QToolButton *button : {m_serverMode, m_aloneMode}) {
        button->setCheckable(true);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        button->setMinimumHeight(38);
        button->setFocusPolicy(Qt::StrongFocus);
        m_modes->addButton(button, id++);
        modeRow->addWidget(button);
    }
    layout->addLayout(modeRow);
    connect(m_modes, &QButtonGroup::idClicked, this, &FirstRunPage::choose);

    m_stack = new QStackedWidget(card);
    layout->addWidget(m_stack);
    auto *server = new QWidget(m_stack);
    auto *form = new QVBoxLayout(server);
    form->setContentsMargins(0, 4, 0, 0);
    form->setSpacing(4);
    const auto field = [&](QWidget *owner, QVBoxLayout *into, QLabel *&label, QLineEdit *&edit) {
        edit = new QLineEdit(owner);
        label = parts::fieldAbove(edit, into);
    };
    field(server, form, m_urlLabel, m_url);
    field(server, form, m_userLabel, m_user);
    field(server, form, m_passwordLabel, m_password);
    m_password->setEchoMode(QLineEdit::Password);
    field(server, form, m_codeLabel, m_code);
    m_code->setInputMethodHints(Qt::ImhDigitsOnly);
    askForCode(false);
    m_moreFields = new QWidget(server);
    auto *more = new QVBoxLayout(m_moreFields);
    more->setContentsMargins(0, 0, 0, 0);
    more->setSpacing(4);
    field(m_moreFields, more, m_deviceLabel, m_device);
    m_device->setText(QSysInfo::machineHostName());
    m_caLabel = new QLabel(m_moreFields);
    more->addWidget(m_caLabel);
    auto *caRow = new QHBoxLayout;
    m_ca = new QLineEdit(m_moreFields);
    m_caLabel->setBuddy(m_ca);
    m_browse = new QPushButton(m_moreFields);
    caRow->addWidget(m_ca, 1);
    caRow->addWidget(m_browse);
    more->addLayout(caRow);
    m_moreFields->hide();
    m_more = new QPushButton(server);
    m_more->setProperty("flat", true);
    m_more->setCheckable(true);
    form->addWidget(m_more, 0, Qt::AlignLeft);
    form->addWidget(m_moreFields);
    form->addSpacing(8);
    auto *buttons = new QHBoxLayout;
    m_leave = new QPushButton(server);
    m_connect = new QPushButton(server);
    m_connect->setProperty("primary", true);
    buttons->addWidget(m_leave);
    buttons->addStretch(1);
    buttons->addWidget(m_connect);
    form->addLayout(buttons);
    m_company = new CompanySignIn(m_shell.workspace(), server);
    form->addWidget(m_company);
    form->addStretch(1);
    m_stack->addWidget(server);

    auto *alone = new QWidget(m_stack);
    auto *aloneLayout = new QVBoxLayout(alone);
    aloneLayout->setContentsMargins(0, 4, 0, 0);
    aloneLayout->setSpacing(4);
    m_aloneText = new QLabel(alone);
    m_aloneText->setWordWrap(true);
    aloneLayout->addWidget(m_aloneText);
    aloneLayout->addSpacing(8);
    field(alone, aloneLayout, m_nameLabel, m_name);
    aloneLayout->addSpacing(8);
    m_start = new QPushButton(alone);
    m_start->setProperty("primary", true);
    aloneLayout->addWidget(m_start, 0, Qt::AlignRight);
    aloneLayout->addStretch(1);
    m_stack->addWidget(alone);

    m_problem = parts::label(u"dangerText"_s, card);
    m_problem->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_problem->hide();
    layout->addWidget(m_problem);

    const Settings &settings = m_shell.settings();
    m_url->setText(settings.text(u"server"_s));
    m_user->setText(settings.text(u"user"_s));
    m_ca->setText(settings.text(u"caFile"_s));
    m_language->setCurrentIndex(int(Language::available().indexOf(settings.language())));
    connect(m_language, &QComboBox::activated, this,
            [this](int index) { m_shell.settings().setLanguage(m_language->itemData(index).toString()); });
    connect(m_more, &QPushButton::toggled, m_moreFields, &QWidget::setVisible);
    connect(m_browse, &QPushButton::clicked, this, [this] {
        const QString file = dialogs::openFileName(this, tr("Certificate authority"),
                                                   tr("Certificates (*.pem *.crt *.cer);;All files (*)"));
        if (!file.isEmpty())
            m_ca->setText(file);
        lookAtServer();
    });
    connect(m_connect, &QPushButton::clicked, this, &FirstRunPage::connectToServer);
    connect(m_start, &QPushButton::clicked, this, &FirstRunPage::startAlone);
    connect(m_company, &CompanySignIn::wanted, this, &FirstRunPage::connectWithCompanyAccount);
    for (QLineEdit *edit : {m_url, m_ca})
        connect(edit, &QLineEdit::editingFinished, this, &FirstRunPage::lookAtServer);
    connect(m_leave, &QPushButton::clicked, this, [this] {
        m_company->cancel();
        showProblem({});
        Q_EMIT finished();
    });
    for (QLineEdit *edit : {m_url, m_user})
        connect(edit, &QLineEdit::textEdited, this, [this] { askForCode(false); });
    for (QLineEdit *edit : {m_url, m_user, m_password, m_code, m_ca, m_device})
        connect(edit, &QLineEdit::returnPressed, this, &FirstRunPage::connectToServer);
    connect(m_name, &QLineEdit::returnPressed, this, &FirstRunPage::startAlone);
}

FirstRunPage::~FirstRunPage()
{
    // A line that loses the focus because its page goes says that it was edited, when the page is none any more.
    for (QLineEdit *edit : {m_url, m_ca})
        edit->disconnect(this);
}

void FirstRunPage::showSignIn()
{
    m_signInOnly = true;
    const QUrl server = m_shell.workspace().serverUrl();
    if (server.isValid() && !server.isEmpty())
        m_url->setText(server.toString());
    choose(0);
    updateMode();
    lookAtServer();
    (m_user->text().isEmpty() ? m_user : m_password)->setFocus();
}

void FirstRunPage::showLocked()
{
    showSignIn();
    showProblem(labels::error(m_shell.workspace().lock()));
}

void FirstRunPage::showEvent(QShowEvent *event)
{
    if (!m_shell.workspace().isReady())
        m_signInOnly = false;
    m_language->setCurrentIndex(int(Language::available().indexOf(m_shell.settings().language())));
    updateMode();
    lookAtServer();
    if (!m_signInOnly)
        (m_modes->checkedId() == 0 ? m_url : m_name)->setFocus();
    QWidget::showEvent(event);
}

void FirstRunPage::updateMode()
{
    m_serverMode->setVisible(!m_signInOnly);
    m_aloneMode->setVisible(!m_signInOnly);
    m_leave->setVisible(m_signInOnly);
    const qint64 waiting = m_shell.workspace().isReady() ? m_shell.workspace().status().waiting : 0;
    m_kept->setVisible(m_signInOnly && waiting > 0);
    m_kept->setText(tr("%Ln change(s) wait on this computer. They are kept and sent once you are signed in.", nullptr,
                       int(waiting)));
    const bool joins = m_signInOnly && m_shell.workspace().isStandalone();
    m_title->setText(joins          ? tr("Connect to a server")
                     : m_signInOnly ? tr("Sign in again")
                                    : tr("Welcome to Tongzhou"));
    if (joins) {
        m_subtitle->setText(tr("Everything on this computer goes to the server with the first sync. Records that every "
                               "company begins with are not doubled."));
    } else if (m_signInOnly) {
        const Error why = m_shell.workspace().status().error;
        const QString reason = why.code.isEmpty() ? tr("You are signed out.") : labels::error(why);
        m_subtitle->setText(reason + u' ' + tr("Your records are all here; sign in to go on syncing."));
    } else {
        m_subtitle->setText(tr("Customers and everything around them, at full speed with or without a network."));
    }
}

void FirstRunPage::choose(int mode)
{
    m_modes->button(mode)->setChecked(true);
    m_stack->setCurrentIndex(mode);
    showProblem({});
    if (isVisible())
        (mode == 0 ? m_url : m_name)->setFocus();
}

void FirstRunPage::setBusy(bool busy)
{
    m_busy = busy;
    for (QWidget *widget :
         std::initializer_list<QWidget *>{m_url, m_user, m_password, m_code, m_ca, m_device, m_browse, m_connect,
                                          m_serverMode, m_aloneMode, m_name, m_start, &m_company->button()})
        widget->setEnabled(!busy);
    m_connect->setText(busy ? tr("Connecting…") : m_signInOnly ? tr("Sign in") : tr("Connect"));
}

void FirstRunPage::askForCode(bool ask)
{
    m_code->clear();
    m_codeLabel->setVisible(ask);
    m_code->setVisible(ask);
}

void FirstRunPage::showProblem(const QString &sentence)
{
    m_problem->setText(sentence);
    m_problem->setVisible(!sentence.isEmpty());
}

std::optional<Workspace::Login> FirstRunPage::typedLogin()
{
    const QUrl url = serverUrlFrom(m_url->text());
    if (m_url->text().trimmed().isEmpty() || !url.isValid() || url.host().isEmpty()) {
        showProblem(tr("Please enter the address of the server, for example https://crm.example.com"));
        m_url->setFocus();
        return std::nullopt;
    }
    Workspace::Login login;
    login.server = url;
    login.deviceName = m_device->text().trimmed();
    login.caFile = m_ca->text().trimmed();
    Settings &settings = m_shell.settings();
    settings.setText(u"server"_s, url.toString());
    settings.setText(u"caFile"_s, login.caFile);
    return login;
}

void FirstRunPage::lookAtServer()
{
    if (!m_busy)
        m_company->lookAt(m_url->text().trimmed().isEmpty() ? QUrl() : serverUrlFrom(m_url->text()),
                          m_ca->text().trimmed());
}

void FirstRunPage::connectToServer()
{
    if (m_busy)
        return;
    std::optional<Workspace::Login> login = typedLogin();
    if (!login)
        return;
    if (m_user->text().trimmed().isEmpty() || m_password->text().isEmpty()) {
        showProblem(tr("Please enter your user name and password."));
        (m_user->text().trimmed().isEmpty() ? m_user : m_password)->setFocus();
        return;
    }
    showProblem({});
    setBusy(true);
    login->user = m_user->text().trimmed();
    login->password = m_password->text();
    login->code = m_code->text().trimmed();
    m_shell.settings().setText(u"user"_s, login->user);
    m_shell.workspace().signIn(*login, [self = QPointer(this)](const Result<> &result) {
        if (!self)
            return;
        self->setBusy(false);
        if (!result) {
            self->showProblem(labels::error(result.error()));
            const bool isAboutCode = result.error().is("auth.code_needed") || result.error().is("auth.wrong_code");
            if (isAboutCode)
                self->askForCode(true);
            QLineEdit *const edit = isAboutCode ? self->m_code : self->m_password;
            edit->selectAll();
            edit->setFocus();
            self->lookAtServer();
            return;
        }
        self->signedIn();
    });
}

void FirstRunPage::connectWithCompanyAccount()
{
    const std::optional<Workspace::Login> login = m_busy ? std::nullopt : typedLogin();
    if (!login)
        return;
    showProblem({});
    setBusy(true);
    m_company->begin(*login, [self = QPointer(this)](const Result<> &result) {
        if (!self)
            return;
        self->setBusy(false);
        if (result)
            return self->signedIn();
        // Who gave up knows it.
        if (!result.error().is("session.cancelled"))
            self->showProblem(labels::error(result.error()));
        self->m_company->button().setFocus();
    });
}

void FirstRunPage::signedIn()
{
    m_password->clear();
    askForCode(false);
    Q_EMIT finished();
}

void FirstRunPage::startAlone()
{
    const QString name = m_name->text().trimmed();
    if (name.isEmpty()) {
        showProblem(tr("Please enter your name; it stands beside what you do."));
        m_name->setFocus();
        return;
    }
    showProblem({});
    const Result<> result = m_shell.workspace().startStandalone(name);
    if (!result)
        showProblem(labels::error(result.error()));
    else
        Q_EMIT finished();
}

void FirstRunPage::retranslate()
{
    m_language->setAccessibleName(tr("Language"));
    m_serverMode->setText(tr("Connect to a server"));
    m_aloneMode->setText(tr("This computer only"));
    m_serverMode->setAccessibleName(m_serverMode->text());
    m_aloneMode->setAccessibleName(m_aloneMode->text());
    m_urlLabel->setText(tr("Server address"));
    m_url->setPlaceholderText(u"https://crm.example.com"_s);
    m_userLabel->setText(tr("User name"));
    m_passwordLabel->setText(tr("Password"));
    m_codeLabel->setText(tr("Code of your authenticator app"));
    m_deviceLabel->setText(tr("Name of this computer"));
    m_caLabel->setText(tr("Certificate authority (only for a company's own)"));
    m_browse->setText(tr("Choose…"));
    m_more->setText(tr("More options"));
    m_leave->setText(tr("Go on without signing in"));
    m_aloneText->setText(
        tr("Everything is kept in one file on this computer and nothing is sent anywhere. You can import "
           "your customers from a CSV file."));
    m_nameLabel->setText(tr("Your name"));
    m_start->setText(tr("Start"));
    setBusy(m_busy);
    updateMode();
}

void FirstRunPage::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange) {
        showProblem({});
        retranslate();
        m_language->setCurrentIndex(int(Language::available().indexOf(m_shell.settings().language())));
    }
    QWidget::changeEvent(event);
}

} // namespace tz
