// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "desktop/pages/twostepdialog.h"

#include "core/base/latelibrary.h"
#include "workbench/pageparts.h"
#include "workbench/records/labels.h"

#include <QHBoxLayout>
#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QVBoxLayout>

#include <memory>

using namespace Qt::StringLiterals;

namespace tz {

namespace {
constexpr int textWidth = 420;
constexpr int qrSize = 200;
constexpr int groupLength = 4;

/// "ABCD EFGH …": easier to type.
QString grouped(const QString &secret)
{
    QStringList groups;
    for (qsizetype i = 0; i < secret.size(); i += groupLength)
        groups << secret.mid(i, groupLength);
    return groups.join(u' ');
}
} // namespace

TwoStepDialog::TwoStepDialog(Workspace &workspace, QWidget *parent)
    : QDialog(parent)
    , m_workspace(workspace)
{
    setWindowTitle(tr("Two-step sign-in"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 20, 24, 20);
    layout->setSpacing(8);
    m_text = new QLabel(this);
    m_text->setWordWrap(true);
    m_text->setMinimumWidth(textWidth);
    layout->addWidget(m_text);
    m_qr = new QLabel(this);
    m_qr->setAccessibleName(tr("QR code for the authenticator app"));
    layout->addWidget(m_qr, 0, Qt::AlignHCenter);
    m_secret = parts::label(u"mutedText"_s, this);
    m_secret->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_secret->setAlignment(Qt::AlignHCenter);
    layout->addWidget(m_secret);
    m_password = new QLineEdit(this);
    m_password->setEchoMode(QLineEdit::Password);
    m_passwordLabel = parts::fieldAbove(m_password, layout);
    m_passwordLabel->setText(tr("Password"));
    m_code = new QLineEdit(this);
    m_code->setInputMethodHints(Qt::ImhDigitsOnly);
    m_codeLabel = parts::fieldAbove(m_code, layout);
    m_codeLabel->setText(tr("Code of your authenticator app"));
    m_problem = parts::label(u"dangerText"_s, this);
    layout->addWidget(m_problem);
    layout->addSpacing(8);
    auto *buttons = new QHBoxLayout;
    m_close = new QPushButton(this);
    m_close->setAutoDefault(false);
    m_next = new QPushButton(this);
    m_next->setProperty("primary", true);
    m_next->setDefault(true);
    buttons->addStretch(1);
    buttons->addWidget(m_close);
    buttons->addWidget(m_next);
    layout->addLayout(buttons);
    connect(m_next, &QPushButton::clicked, this, &TwoStepDialog::goOn);
    connect(m_close, &QPushButton::clicked, this, &QDialog::reject);
    showStep(Step::Asking);
    ask(wire::TwoStepDeed::Look);
}

void TwoStepDialog::showStep(Step step)
{
    m_step = step;
    showProblem({});
    const bool needsPassword = step == Step::Off || step == Step::On;
    const bool needsCode = step == Step::Confirming || step == Step::On;
    for (QWidget *widget : std::initializer_list<QWidget *>{m_passwordLabel, m_password})
        widget->setVisible(needsPassword);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_codeLabel, m_code})
        widget->setVisible(needsCode);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_qr, m_secret})
        widget->setVisible(step == Step::Confirming);
    m_next->setVisible(step != Step::Asking);
    m_close->setVisible(step != Step::Done);
    m_close->setText(step == Step::Asking ? tr("Close") : tr("Cancel"));
    switch (step) {
    case Step::Asking:
        m_text->setText(tr("Asking the server…"));
        break;
    case Step::Off:
        m_text->setText(tr("With two-step sign-in, a new computer needs a code of an authenticator app besides your "
                           "password. You need such an app on your phone."));
        m_next->setText(tr("Set up"));
        break;
    case Step::Confirming:
        m_text->setText(tr("Scan this picture with your authenticator app, or type the key under it. Then enter the "
                           "code that the app shows."));
        m_next->setText(tr("Switch on"));
        break;
    case Step::On:
        m_text->setText(tr("Two-step sign-in is on. To end it, enter your password and a code of your app."));
        m_next->setText(tr("Switch off"));
        break;
    case Step::Done:
        m_next->setText(tr("Close"));
        break;
    }
    m_next->setProperty("danger", step == Step::On);
    m_password->clear();
    m_code->clear();
    if (needsPassword || needsCode)
        (needsPassword ? m_password : m_code)->setFocus();
    adjustSize();
}

void TwoStepDialog::goOn()
{
    switch (m_step) {
    case Step::Asking:
        return;
    case Step::Off:
        return ask(wire::TwoStepDeed::Begin);
    case Step::Confirming:
        return ask(wire::TwoStepDeed::Confirm);
    case Step::On:
        return ask(wire::TwoStepDeed::End);
    case Step::Done:
        return accept();
    }
}

void TwoStepDialog::ask(wire::TwoStepDeed deed)
{
    m_next->setEnabled(false);
    const wire::TwoStepRequest request{deed, m_password->text(), m_code->text()};
    m_workspace.ask(u"/v1/two-step"_s, wire::encode(request),
                    [self = QPointer(this), deed](const Result<QByteArray> &body) {
                        if (self)
                            self->answered(deed, body);
                    });
}

void TwoStepDialog::answered(wire::TwoStepDeed deed, const Result<QByteArray> &body)
{
    m_next->setEnabled(true);
    const auto answer = body ? wire::decodeTwoStepAnswer(*body) : fail(body.error());
    if (!answer) {
        if (m_step == Step::Asking)
            m_text->clear();
        showProblem(labels::error(answer.error()));
        QLineEdit *const wrong = answer.error().is("auth.wrong_password") || m_code->isHidden() ? m_password : m_code;
        wrong->selectAll();
        wrong->setFocus();
        return;
    }
    switch (deed) {
    case wire::TwoStepDeed::Look:
        return showStep(answer->isOn ? Step::On : Step::Off);
    case wire::TwoStepDeed::Begin:
        drawCode(answer->uri);
        m_secret->setText(grouped(answer->secret));
        return showStep(Step::Confirming);
    case wire::TwoStepDeed::Confirm:
        m_text->setText(tr("Two-step sign-in is on. The next time you sign in on a computer, you will be asked for a "
                           "code. If you lose your phone, an administrator can help."));
        return showStep(Step::Done);
    case wire::TwoStepDeed::End:
        m_text->setText(tr("Two-step sign-in is off."));
        return showStep(Step::Done);
    }
}

void TwoStepDialog::drawCode(const QString &uri)
{
    const auto make = reinterpret_cast<QImage *(*)(const QString &)>(lateFunction("tongzhou_qr", "tongzhou_make_qr"));
    const std::unique_ptr<QImage> image(make(uri));
    // Whole pixels for a module: a camera reads no blurred edges.
    const qreal ratio = devicePixelRatioF();
    const int scale = std::max(1, int(qrSize * ratio) / image->width());
    QPixmap pixmap = QPixmap::fromImage(image->scaled(image->size() * scale));
    pixmap.setDevicePixelRatio(ratio);
    m_qr->setPixmap(pixmap);
}

void TwoStepDialog::showProblem(const QString &sentence)
{
    m_problem->setText(sentence);
    m_problem->setVisible(!sentence.isEmpty());
}

} // namespace tz
