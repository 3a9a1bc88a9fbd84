// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "desktop/frame/address.h"
#include "workbench/department/viewcontributions.h"

#include <QMainWindow>

#include <memory>

class QLabel;
class QStackedWidget;
class QToolButton;
class QPushButton;
class QMenu;

namespace tz {

class CommandPalette;
class Commands;
class FirstFrame;
class FirstRunPage;
class Shell;
class Sidebar;
class TabArea;
class TabPage;
class Toast;
struct PaletteItem;

/// The frame of DESIGN §8: bar with search and sync status, navigation, tabs, status line.
class MainWindow : public QMainWindow, public Navigator {
    Q_OBJECT
public:
    /// `restore`: opens the tabs of the last run.
    MainWindow(Shell &shell, bool restore);
    ~MainWindow() override;

    // Navigator
    void openRecord(const QString &entity, const Id &id) override;
    void openList(const QString &entity, const QString &filter = {}, const QString &caption = {}) override;
    void openPage(const QString &pageName) override;
    void createRecord(const QString &entity, const Draft::Values &values = {}) override;
    void toast(const QString &text, const Id &undoBatch = {}) override;
    void showError(const Error &error) override;

    TabPage *openAddress(const Address &address);
    void saveSession() const;

    Shell &shell() const { return m_shell; }
    TabArea &tabs() const { return *m_tabs; }
    /// Filled at the first call at the latest.
    Sidebar &sidebar();
    /// What stands beside the page is there as well: one frame after the page.
    bool isWhole() const { return m_whole; }
    /// Made at the first call.
    CommandPalette &palette();
    Commands &commands() const { return *m_commands; }
    FirstRunPage &firstRun();
    Toast &toastLine() const { return *m_toast; }
    /// What the palette offers now.
    QList<PaletteItem> paletteItems() const;
    void openPalette(const QString &typed = {});
    /// The page to sign in again, with the records kept.
    void showSignIn();
    /// Shows the status in bar and line; connected to the workspace.
    void showStatus(const SyncStatus &status);
    /// What the current tab offers to do.
    QList<QAction *> tabCommands() const;

protected:
    bool event(QEvent *event) override;
    void changeEvent(QEvent *event) override;
    void closeEvent(QCloseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void build();
    QWidget *buildTopBar();
    QWidget *buildStatusLine();
    QWidget *buildBanner();
    void makeCommands();
    void makeMenus();
    TabPage *makePage(const Address &address, QWidget *parent);
    void retranslate();
    void refreshNavigation();
    /// The window is being painted for the first time.
    void beginFirstFrame();
    /// Makes what the first frame does not need.
    void complete();
    void updateReady();
    void openKeptDrafts();
    void tabShown(TabPage *page);
    void go(int step);
    void createHere();
    void openPinned(int number);
    void signOut();
    /// The tabs, not the first page.
    bool showsPages() const;
    void remember(const Address &address, const QString &caption);
    QList<PaletteItem> recordItems(const std::vector<SearchHit> &hits);

    Shell &m_shell;
    Commands *m_commands = nullptr;
    QStackedWidget *m_stack = nullptr;
    FirstRunPage *m_firstRun = nullptr;
    QWidget *m_body = nullptr;
    Sidebar *m_sidebar = nullptr;
    TabArea *m_tabs = nullptr;
    CommandPalette *m_palette = nullptr;
    Toast *m_toast = nullptr;
    QToolButton *m_menuButton = nullptr;
    QLabel *m_appName = nullptr;
    QPushButton *m_searchButton = nullptr;
    QToolButton *m_syncButton = nullptr;
    QToolButton *m_userButton = nullptr;
    QToolButton *m_statusLine = nullptr;
    QLabel *m_placeLine = nullptr;
    QWidget *m_banner = nullptr;
    QLabel *m_bannerText = nullptr;
    QPushButton *m_bannerButton = nullptr;
    QTimer *m_statusTimer = nullptr;
    QMenu *m_mainMenu = nullptr;
    QMenu *m_userMenu = nullptr;
    /// Addresses looked at, for back and forward.
    QStringList m_history;
    int m_historyAt = -1;
    bool m_travelling = false;
    bool m_restore = false;
    bool m_wasReady = false;
    std::unique_ptr<FirstFrame> m_firstFrame;
    bool m_painted = false;
    bool m_whole = false;
    bool m_erased = false;
};

} // namespace tz
