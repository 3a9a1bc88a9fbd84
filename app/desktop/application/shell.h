// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "desktop/appearance/language.h"
#include "desktop/appearance/theme.h"
#include "desktop/application/settings.h"
#include "desktop/application/viewhost.h"
#include "replica/workspace/workspace.h"

#include <QPointer>

namespace tz {

class MainWindow;

/// What all windows of the program share. GUI thread; everything outlives it.
class Shell : public QObject {
    Q_OBJECT
public:
    Shell(Settings &settings, Theme &theme, Language &language, Workspace &workspace, ViewHost &views,
          QObject *parent = nullptr);
    ~Shell() override;

    Settings &settings() const { return m_settings; }
    Theme &theme() const { return m_theme; }
    Language &language() const { return m_language; }
    Workspace &workspace() const { return m_workspace; }
    ViewHost &views() const { return m_views; }
    /// The profile's folder as it is shown to people: with ~ for the home folder.
    QString shownFolder() const;
    /// Another text for it, so that pictures for others do not tell where they were made.
    void setShownFolder(const QString &text) { m_shownFolder = text; }

    /// A further window; the first one restores the tabs of the last run.
    MainWindow *newWindow();
    QList<MainWindow *> windows() const;
    /// The window that the user looks at.
    MainWindow *activeWindow() const;
    /// Opens addresses that another start of the program handed over, and raises the window.
    void openAddresses(const QStringList &addresses);
    /// Keeps tabs and window places for the next start.
    void saveSession() const;

    /// Takes the last change back, or redoes what undo took back last; says what happened in the window.
    void undo(MainWindow &window);
    void redo(MainWindow &window);
    /// A new change of the user's own ends what could be redone.
    void forgetRedo() { m_redo.clear(); }
    bool canRedo() const { return !m_redo.isEmpty(); }

private:
    Settings &m_settings;
    Theme &m_theme;
    Language &m_language;
    Workspace &m_workspace;
    ViewHost &m_views;
    QList<QPointer<MainWindow>> m_windows;
    QString m_shownFolder;
    /// Batches made by undo, the last one last.
    QList<Id> m_redo;
    bool m_undoing = false;
};

} // namespace tz
