// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "desktop/frame/commands.h"

#include "workbench/icons.h"

#include <QCoreApplication>
#include <QWidget>

namespace tz {

Commands::Commands(QWidget *window)
    : QObject(window)
    , m_window(window)
{
}

QAction *Commands::add(Command command)
{
    auto *action = new QAction(icon(command.icon), translated(command.text), m_window);
    // Two actions with one key in the focus chain would be ambiguous, and neither would run.
    if (!command.fallback)
        action->setShortcuts(command.keys);
    action->setShortcutContext(Qt::WindowShortcut);
    connect(action, &QAction::triggered, this, [run = command.run] { run(); });
    m_window->addAction(action);
    m_actions.insert(command.id, action);
    m_commands.push_back(std::move(command));
    return action;
}

QAction *Commands::action(const QString &id) const
{
    return m_actions.value(id);
}

const Command *Commands::command(const QString &id) const
{
    for (const Command &command : m_commands) {
        if (command.id == id)
            return &command;
    }
    return nullptr;
}

bool Commands::runFallback(const QKeySequence &key)
{
    for (const Command &command : m_commands) {
        if (!command.fallback || !command.keys.contains(key) || (command.enabled && !command.enabled()))
            continue;
        command.run();
        return true;
    }
    return false;
}

void Commands::retranslate()
{
    for (const Command &command : m_commands)
        m_actions.value(command.id)->setText(translated(command.text));
}

void Commands::update()
{
    for (const Command &command : m_commands) {
        if (command.enabled)
            m_actions.value(command.id)->setEnabled(command.enabled());
    }
}

QString Commands::translated(const char *text)
{
    return QCoreApplication::translate("tz::Commands", text);
}

} // namespace tz
