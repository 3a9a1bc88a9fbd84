// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "desktop/frame/toast.h"

#include <QAccessible>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace tz {
namespace {

constexpr int shownMs = 10'000;
constexpr int footDistance = 40;

} // namespace

Toast::Toast(QWidget *window)
    : QFrame(window)
    , m_label(new QLabel(this))
    , m_undo(new QPushButton(tr("Undo"), this))
    , m_timer(new QTimer(this))
{
    setObjectName(u"toast"_s);
    setAttribute(Qt::WA_StyledBackground);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(14, 8, 8, 8);
    layout->setSpacing(12);
    m_label->setTextFormat(Qt::PlainText);
    layout->addWidget(m_label, 1);
    layout->addWidget(m_undo);
    m_timer->setSingleShot(true);
    m_timer->setInterval(shownMs);
    connect(m_timer, &QTimer::timeout, this, [this] {
        if (m_undo->hasFocus())
            m_timer->start();
        else
            hide();
    });
    connect(m_undo, &QPushButton::clicked, this, &Toast::undo);
    window->installEventFilter(this);
    hide();
}

void Toast::showText(const QString &text, const std::function<void()> &undo)
{
    m_label->setText(text);
    setAccessibleName(text);
    m_onUndo = undo;
    m_undo->setVisible(bool(undo));
    place();
    show();
    raise();
    m_timer->start();
    QAccessibleEvent event(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

QString Toast::text() const
{
    return isVisible() ? m_label->text() : QString();
}

void Toast::undo()
{
    hide();
    m_timer->stop();
    if (const auto undo = std::exchange(m_onUndo, {}))
        undo();
}

void Toast::place()
{
    const int widest = qMax(200, parentWidget()->width() - 80);
    m_label->setWordWrap(false);
    if (sizeHint().width() > widest) {
        m_label->setWordWrap(true);
        resize(widest, heightForWidth(widest));
    } else {
        adjustSize();
    }
    move((parentWidget()->width() - width()) / 2, parentWidget()->height() - height() - footDistance);
}

bool Toast::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == parentWidget() && event->type() == QEvent::Resize && isVisible())
        place();
    return QFrame::eventFilter(watched, event);
}

void Toast::enterEvent(QEnterEvent *event)
{
    m_timer->stop();
    QFrame::enterEvent(event);
}

void Toast::leaveEvent(QEvent *event)
{
    m_timer->start();
    QFrame::leaveEvent(event);
}

void Toast::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange) {
        m_undo->setText(tr("Undo"));
        // What was said in the other language would stand there as the only foreign words.
        hide();
    }
    QFrame::changeEvent(event);
}

} // namespace tz
