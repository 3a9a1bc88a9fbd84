// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "desktop/administration/adminsection.h"

#include "workbench/icons.h"
#include "workbench/style.h"

#include <QCoreApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QPushButton>
#include <QTimer>
#include <QVBoxLayout>

namespace tz {

AdminSection::AdminSection(const AdminContext &context, QString iconName, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_icon(std::move(iconName))
    , m_column(new QVBoxLayout(this))
    , m_buttons(new QHBoxLayout)
{
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(style::gap);
    m_buttons->setSpacing(style::gap);
    m_buttons->addStretch(1);
    m_column->addLayout(m_buttons);
}

QAction *AdminSection::addCommand(const char *text, const QString &iconName, const std::function<void()> &run)
{
    auto *action = new QAction(this);
    action->setObjectName(QString::fromLatin1(text));
    action->setIcon(icon(iconName));
    connect(action, &QAction::triggered, this, run);
    auto *button = new QPushButton(this);
    button->setIcon(action->icon());
    const auto follow = [action, button] {
        button->setText(action->text());
        button->setEnabled(action->isEnabled());
        button->setVisible(action->isVisible());
    };
    connect(action, &QAction::changed, button, follow);
    connect(button, &QPushButton::clicked, action, &QAction::trigger);
    m_buttons->insertWidget(m_buttons->count() - 1, button);
    m_commands << action;
    m_texts << text;
    return action;
}

void AdminSection::translateCommands()
{
    for (qsizetype i = 0; i < m_commands.size(); ++i)
        m_commands[i]->setText(QCoreApplication::translate("tz::AdminSection", m_texts[i].constData()));
}

void AdminSection::refreshEvery(int ms)
{
    auto *timer = new QTimer(this);
    connect(timer, &QTimer::timeout, this, [this] {
        if (isVisible())
            refresh();
    });
    timer->start(ms);
}

void AdminSection::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange) {
        translateCommands();
        retranslate();
    }
    QWidget::changeEvent(event);
}

} // namespace tz
