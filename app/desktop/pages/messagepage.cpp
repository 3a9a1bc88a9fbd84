// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "desktop/pages/messagepage.h"

#include "workbench/icons.h"
#include "workbench/style.h"

#include <QEvent>
#include <QLabel>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace tz {

MessagePage::MessagePage(const Address &address, Kind kind, const QString &detail)
    : TabPage(address)
    , m_kind(kind)
    , m_detail(detail)
    , m_title(new QLabel(this))
    , m_text(new QLabel(this))
    , m_reason(new QLabel(this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(40, 40, 40, 40);
    layout->setSpacing(10);
    auto *picture = new QLabel(this);
    picture->setPixmap(icon(u"triangle-alert"_s, style::color(style::Tone::Warning)).pixmap(36, 36));
    picture->setAlignment(Qt::AlignCenter);
    m_title->setObjectName(u"pageTitle"_s);
    for (QLabel *label : {m_title, m_text, m_reason}) {
        label->setAlignment(Qt::AlignCenter);
        label->setWordWrap(true);
    }
    m_reason->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_reason->setObjectName(u"mutedText"_s);
    layout->addStretch(1);
    layout->addWidget(picture);
    layout->addWidget(m_title);
    layout->addWidget(m_text);
    layout->addWidget(m_reason);
    layout->addStretch(2);
    setFocusPolicy(Qt::StrongFocus);
    retranslate();
}

QString MessagePage::caption() const
{
    return m_kind == Kind::Broken ? QString() : tr("Not here");
}

void MessagePage::retranslate()
{
    if (m_kind == Kind::Broken) {
        m_title->setText(tr("This department could not be started"));
        m_text->setText(tr("Everything else goes on working, and its records are kept. Please show the reason to your "
                           "administrator."));
    } else {
        m_title->setText(tr("This is not here"));
        m_text->setText(tr("It was removed, or your roles do not let you see it."));
    }
    m_reason->setText(m_detail);
    m_reason->setVisible(!m_detail.isEmpty());
    setAccessibleName(m_title->text());
}

void MessagePage::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        Q_EMIT captionChanged();
    }
    TabPage::changeEvent(event);
}

} // namespace tz
