// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "desktop/pages/companysignin.h"

#include "core/sync/signinwire.h"
#include "workbench/pageparts.h"

#include <QDesktopServices>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPointer>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace tz {

CompanySignIn::CompanySignIn(Workspace &workspace, QWidget *parent)
    : QWidget(parent)
    , m_workspace(workspace)
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 8, 0, 0);
    m_button = new QPushButton(this);
    m_text = parts::label(u"mutedText"_s, this);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_cancel = new QPushButton(this);
    layout->addWidget(m_button, 1);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_cancel);
    connect(m_button, &QPushButton::clicked, this, &CompanySignIn::wanted);
    connect(m_cancel, &QPushButton::clicked, this, &CompanySignIn::cancel);
    retranslate();
    showParts();
}

void CompanySignIn::lookAt(const QUrl &server, const QString &caFile)
{
    const bool isAddress = server.isValid() && !server.host().isEmpty();
    const QString asked = isAddress ? server.toString() + u'\n' + caFile : QString();
    if (asked == m_asked)
        return;
    m_asked = asked;
    setOffered(false);
    if (!isAddress)
        return;
    m_workspace.askSignInWays(server, caFile, [self = QPointer(this), asked](const Result<wire::SignInWays> &ways) {
        if (!self || self->m_asked != asked)
            return;
        // Out of reach: asked again when somebody looks again.
        if (!ways)
            self->m_asked.clear();
        self->setOffered(ways && ways->throughProvider);
    });
}

void CompanySignIn::begin(Workspace::Login login, std::function<void(const Result<> &)> done)
{
    setWaiting(true);
    login.openBrowser = [self = QPointer(this)](const QUrl &page) {
        if (self)
            self->openPage(page);
    };
    m_workspace.signIn(login, [self = QPointer(this), done = std::move(done)](const Result<> &result) {
        if (!self)
            return;
        self->setWaiting(false);
        // The browser is in front of it.
        self->window()->raise();
        self->window()->activateWindow();
        done(result);
    });
}

void CompanySignIn::cancel()
{
    m_workspace.cancelSignIn();
}

void CompanySignIn::openPage(const QUrl &page)
{
    if (!QDesktopServices::openUrl(page))
        m_text->setText(tr("The browser could not be opened. Open this address yourself: %1")
                            .arg(QString::fromLatin1(page.toEncoded())));
}

void CompanySignIn::setOffered(bool offered)
{
    m_offered = offered;
    showParts();
}

void CompanySignIn::setWaiting(bool waiting)
{
    m_waiting = waiting;
    retranslate();
    showParts();
    if (waiting)
        m_cancel->setFocus();
}

void CompanySignIn::showParts()
{
    // Each by itself: what is shown with its parent gets its style after its place.
    m_button->setVisible(m_offered && !m_waiting);
    m_text->setVisible(m_waiting);
    m_cancel->setVisible(m_waiting);
}

void CompanySignIn::retranslate()
{
    m_button->setText(tr("Sign in with your company account"));
    m_text->setText(tr("Please sign in in your browser. This window goes on by itself."));
    m_cancel->setText(tr("Cancel"));
}

void CompanySignIn::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

} // namespace tz
