// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "desktop/application/shell.h"

#include "desktop/frame/mainwindow.h"

#include <QApplication>
#include <QDir>

using namespace Qt::StringLiterals;

namespace tz {

Shell::Shell(Settings &settings, Theme &theme, Language &language, Workspace &workspace, ViewHost &views,
             QObject *parent)
    : QObject(parent)
    , m_settings(settings)
    , m_theme(theme)
    , m_language(language)
    , m_workspace(workspace)
    , m_views(views)
{
    connect(&settings, &Settings::languageChanged, this, [this] { m_language.use(m_settings.language()); });
}

Shell::~Shell()
{
    for (const QPointer<MainWindow> &window : std::as_const(m_windows))
        delete window.data();
}

MainWindow *Shell::newWindow()
{
    m_windows.removeIf([](const QPointer<MainWindow> &window) { return window.isNull(); });
    const bool first = m_windows.isEmpty();
    auto *window = new MainWindow(*this, first);
    window->setAttribute(Qt::WA_DeleteOnClose, !first);
    m_windows << window;
    return window;
}

QList<MainWindow *> Shell::windows() const
{
    QList<MainWindow *> windows;
    for (const QPointer<MainWindow> &window : m_windows) {
        if (window)
            windows << window;
    }
    return windows;
}

MainWindow *Shell::activeWindow() const
{
    if (auto *window = qobject_cast<MainWindow *>(QApplication::activeWindow()))
        return window;
    const QList<MainWindow *> all = windows();
    return all.isEmpty() ? nullptr : all.first();
}

QString Shell::shownFolder() const
{
    if (!m_shownFolder.isEmpty())
        return m_shownFolder;
    QString folder = m_workspace.profile().folder();
    const QString home = QDir::homePath();
    if (folder.startsWith(home + u'/'))
        folder = u'~' + folder.mid(home.size());
    return QDir::toNativeSeparators(folder);
}

void Shell::openAddresses(const QStringList &addresses)
{
    MainWindow *window = activeWindow();
    if (!window)
        return;
    if (window->isMinimized())
        window->showNormal();
    window->show();
    window->raise();
    window->activateWindow();
    for (const QString &text : addresses) {
        const Address address = Address::fromString(text);
        if (!address.isNull())
            window->openAddress(address);
    }
}

void Shell::saveSession() const
{
    const QList<MainWindow *> all = windows();
    if (!all.isEmpty())
        all.first()->saveSession();
}

void Shell::undo(MainWindow &window)
{
    if (m_undoing)
        return;
    m_undoing = true;
    m_workspace.undo([this, target = QPointer(&window)](const Result<Receipt> &receipt) {
        m_undoing = false;
        if (!target)
            return;
        if (!receipt) {
            target->showError(receipt.error());
            return;
        }
        m_redo << receipt->batch;
        target->toast(receipt->refused.empty()
                          ? tr("Taken back")
                          : tr("Taken back, except for %Ln change(s) that somebody has worked on since", nullptr,
                               int(receipt->refused.size())),
                      {});
    });
}

void Shell::redo(MainWindow &window)
{
    if (m_undoing || m_redo.isEmpty())
        return;
    m_undoing = true;
    m_workspace.undo(m_redo.takeLast(), [this, target = QPointer(&window)](const Result<Receipt> &receipt) {
        m_undoing = false;
        if (!target)
            return;
        if (!receipt) {
            target->showError(receipt.error());
            return;
        }
        // The toast's undo would make a change of its own; what else can be redone stays.
        const QList<Id> further = m_redo;
        target->toast(tr("Done again"), receipt->batch);
        m_redo = further;
    });
}

} // namespace tz
