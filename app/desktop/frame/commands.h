// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include <QAction>
#include <QKeySequence>
#include <QObject>

#include <functional>

namespace tz {

/// A command of the frame. Its texts are English, translated in the context "tz::Commands".
struct Command {
    QString id;
    const char *text = "";
    const char *section = "";
    QString icon;
    QList<QKeySequence> keys;
    std::function<void()> run;
    /// Null: always.
    std::function<bool()> enabled = {};
    /// The keys are only taken when nothing nearer to the focus takes them (lists make new records with the same key).
    bool fallback = false;
};

/// All commands of one window: their actions with shortcuts, for menus, palette and the list of shortcuts.
class Commands : public QObject {
    Q_OBJECT
public:
    explicit Commands(QWidget *window);

    QAction *add(Command command);
    QAction *action(const QString &id) const;
    const Command *command(const QString &id) const;
    const std::vector<Command> &all() const { return m_commands; }
    void retranslate();
    /// Runs the fallback command with this key; false when there is none.
    bool runFallback(const QKeySequence &key);
    /// Asks every command whether it may run now.
    void update();

    static QString translated(const char *text);

private:
    QWidget *m_window;
    std::vector<Command> m_commands;
    QHash<QString, QAction *> m_actions;
};

} // namespace tz
