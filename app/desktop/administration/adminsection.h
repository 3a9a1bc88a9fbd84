// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "desktop/administration/admindata.h"
#include "desktop/pages/pagefactory.h"

#include <QAction>
#include <QWidget>

class QHBoxLayout;
class QVBoxLayout;

namespace tz {

struct AdminContext {
    PageContext page;
    AdminData &data;
};

/// One part of the page for administrators: buttons, and below them what there is.
class AdminSection : public QWidget {
    Q_OBJECT
public:
    AdminSection(const AdminContext &context, QString iconName, QWidget *parent);

    virtual QString title() const = 0;
    QString iconName() const { return m_icon; }
    /// Asks the server anew.
    virtual void refresh() = 0;
    /// Where the focus goes when the section is chosen.
    virtual QWidget *mainWidget() = 0;
    const QList<QAction *> &commands() const { return m_commands; }

protected:
    /// A button in the line above, which is a command of the page too. `text` is translated in this class's context
    /// whenever the language changes.
    QAction *addCommand(const char *text, const QString &iconName, const std::function<void()> &run);
    /// Shows the texts in the language of the moment.
    virtual void retranslate() = 0;
    void changeEvent(QEvent *event) override;
    QVBoxLayout &column() const { return *m_column; }
    AdminData &data() const { return m_context.data; }
    Workspace &workspace() const { return m_context.data.workspace(); }
    const AdminContext &context() const { return m_context; }
    /// Asks anew every so many milliseconds, as long as it is looked at.
    void refreshEvery(int ms);
    /// Translates the commands; to be called once the class is made.
    void translateCommands();

private:
    AdminContext m_context;
    QString m_icon;
    QVBoxLayout *m_column;
    QHBoxLayout *m_buttons;
    QList<QAction *> m_commands;
    QList<QByteArray> m_texts;
};

} // namespace tz
