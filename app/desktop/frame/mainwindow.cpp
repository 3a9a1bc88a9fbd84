// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "desktop/frame/mainwindow.h"

#include "desktop/application/shell.h"
#include "desktop/frame/commands.h"
#include "desktop/frame/firstframe.h"
#include "desktop/frame/navigation.h"
#include "desktop/frame/sidebar.h"
#include "desktop/frame/synctext.h"
#include "desktop/frame/tabarea.h"
#include "desktop/frame/toast.h"
#include "desktop/pages/firstrunpage.h"
#include "desktop/pages/pagefactory.h"
#include "desktop/palette/commandpalette.h"
#include "workbench/dialogs/dialogs.h"
#include "workbench/icons.h"
#include "workbench/records/labels.h"
#include "workbench/records/recordform.h"
#include "workbench/style.h"

#include <QCloseEvent>
#include <QCoreApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QScreen>
#include <QStackedWidget>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace tz {
namespace {

constexpr int historyMax = 100;
// "Offline since" grows old on the screen.
constexpr int statusRefreshMs = 60'000;
// A window that nobody sees yet is completed all the same.
constexpr int completeMs = 1000;
// The frame around a page does not wait longer for the page's first records.
constexpr int firstRecordsMs = 100;

QStringList rightsOf(const Actor &actor)
{
    QStringList rights{actor.user.toString(), actor.team.toString()};
    rights += actor.roles;
    for (const Id &team : actor.teams)
        rights << team.toString();
    return rights;
}

} // namespace

MainWindow::MainWindow(Shell &shell, bool restore)
    : m_shell(shell)
    , m_restore(restore)
{
    setObjectName(u"mainWindow"_s);
    m_commands = new Commands(this);
    build();
    makeCommands();
    makeMenus();

    Workspace &workspace = m_shell.workspace();
    connect(&workspace, &Workspace::statusChanged, this, &MainWindow::showStatus);
    connect(&workspace, &Workspace::actorChanged, this, [this, shown = rightsOf(workspace.actor())]() mutable {
        updateReady();
        refreshNavigation();
        retranslate();
        // Every change of any user comes here; pages are made anew (and what runs in them ends) only when this user may
        // see or do something else.
        const QStringList rights = rightsOf(m_shell.workspace().actor());
        if (std::exchange(shown, rights) != rights && showsPages())
            m_tabs->rebuild();
    });
    connect(&workspace, &Workspace::catalogChanged, this, [this] {
        refreshNavigation();
        m_tabs->rebuild();
    });
    connect(&workspace, &Workspace::lockedChanged, this, &MainWindow::updateReady);
    connect(&workspace, &Workspace::erased, this, [this](const Error &why) {
        // Nothing of what is still on the screen may stay there or be kept.
        m_erased = true;
        m_toast->hide();
        updateReady();
        setEnabled(false);
        dialogs::inform(this, tr("This copy was erased"), labels::error(why));
        QCoreApplication::exit(0);
    });
    connect(&workspace, &Workspace::notice, this, [this](const Error &notice) { toast(labels::error(notice), {}); });
    connect(&m_shell.theme(), &Theme::changed, this, [this] {
        refreshNavigation();
        showStatus(m_shell.workspace().status());
    });
    connect(&m_shell.settings(), &Settings::recentChanged, this, [this] {
        if (m_palette)
            m_palette->setRecent(m_shell.settings().list(u"paletteRecent"_s));
    });
    m_statusTimer = new QTimer(this);
    m_statusTimer->setInterval(statusRefreshMs);
    connect(m_statusTimer, &QTimer::timeout, this, [this] { showStatus(m_shell.workspace().status()); });
    m_statusTimer->start();

    resize(1280, 820);
    const QByteArray place = m_shell.settings().bytes(u"window"_s);
    if (m_restore && !place.isEmpty())
        restoreGeometry(place);
    retranslate();
    updateReady();
    showStatus(workspace.status());
}

MainWindow::~MainWindow() = default;

void MainWindow::build()
{
    auto *central = new QWidget(this);
    auto *layout = new QVBoxLayout(central);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(buildTopBar());
    layout->addWidget(buildBanner());

    m_stack = new QStackedWidget(central);
    auto *body = m_body = new QWidget(m_stack);
    auto *bodyLayout = new QHBoxLayout(body);
    bodyLayout->setContentsMargins(0, 0, 0, 0);
    bodyLayout->setSpacing(0);
    m_sidebar = new Sidebar(m_shell.settings(), body);
    m_tabs = new TabArea(
        [this](const Address &address, QWidget *parent) { return makePage(address, parent); },
        [this](const Address &address) { return captionOf(address, m_shell.workspace(), m_shell.views()); }, body);
    bodyLayout->addWidget(m_sidebar);
    bodyLayout->addWidget(m_tabs, 1);
    m_stack->addWidget(body);
    layout->addWidget(m_stack, 1);
    layout->addWidget(buildStatusLine());
    setCentralWidget(central);

    m_toast = new Toast(this);

    connect(m_sidebar, &Sidebar::openRequested, this, &MainWindow::openAddress);
    connect(m_sidebar, &Sidebar::createRequested, this, [this](const QString &entity) { createRecord(entity); });
    connect(m_sidebar, &Sidebar::pinRequested, this, [this](const Address &address) {
        QStringList pinned = m_shell.settings().pinned();
        pinned.removeAll(address.toString());
        pinned.prepend(address.toString());
        while (pinned.size() > 8)
            pinned.removeLast();
        m_shell.settings().setPinned(pinned);
        toast(tr("Ctrl+2 opens %1").arg(captionOf(address, m_shell.workspace(), m_shell.views())), {});
    });
    connect(m_tabs, &TabArea::currentChanged, this, &MainWindow::tabShown);
}

FirstRunPage &MainWindow::firstRun()
{
    // Whoever is signed in never sees it: it is made when it is wanted.
    if (!m_firstRun) {
        m_firstRun = new FirstRunPage(m_shell, m_stack);
        m_stack->addWidget(m_firstRun);
        connect(m_firstRun, &FirstRunPage::finished, this, &MainWindow::updateReady);
    }
    return *m_firstRun;
}

bool MainWindow::showsPages() const
{
    return m_stack->currentWidget() == m_body;
}

QWidget *MainWindow::buildTopBar()
{
    auto *bar = new QWidget(this);
    bar->setObjectName(u"topBar"_s);
    bar->setAttribute(Qt::WA_StyledBackground);
    auto *layout = new QHBoxLayout(bar);
    layout->setContentsMargins(8, 6, 8, 7);
    layout->setSpacing(8);
    m_menuButton = new QToolButton(bar);
    m_menuButton->setIcon(icon(u"menu"_s));
    m_menuButton->setIconSize({18, 18});
    m_menuButton->setPopupMode(QToolButton::InstantPopup);
    m_menuButton->setFocusPolicy(Qt::StrongFocus);
    m_appName = new QLabel(bar);
    m_appName->setObjectName(u"appName"_s);
    m_searchButton = new QPushButton(bar);
    m_searchButton->setObjectName(u"searchButton"_s);
    m_searchButton->setIcon(icon(u"search"_s, {}));
    m_searchButton->setMinimumWidth(260);
    m_searchButton->setMaximumWidth(520);
    m_searchButton->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(m_searchButton, &QPushButton::clicked, this, [this] { openPalette(); });
    m_syncButton = new QToolButton(bar);
    m_syncButton->setObjectName(u"syncButton"_s);
    m_syncButton->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_syncButton->setFocusPolicy(Qt::StrongFocus);
    connect(m_syncButton, &QToolButton::clicked, this, [this] {
        if (m_shell.workspace().status().connection == SyncStatus::Connection::SignedOut)
            showSignIn();
        else
            openAddress(Address{u"sync"_s, {}, {}, {}});
    });
    m_userButton = new QToolButton(bar);
    m_userButton->setObjectName(u"userButton"_s);
    m_userButton->setIcon(icon(u"user"_s));
    m_userButton->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_userButton->setPopupMode(QToolButton::InstantPopup);
    m_userButton->setFocusPolicy(Qt::StrongFocus);
    layout->addWidget(m_menuButton);
    layout->addWidget(m_appName);
    layout->addStretch(1);
    layout->addWidget(m_searchButton, 4);
    layout->addStretch(1);
    layout->addWidget(m_syncButton);
    layout->addWidget(m_userButton);
    return bar;
}

QWidget *MainWindow::buildBanner()
{
    m_banner = new QWidget(this);
    m_banner->setObjectName(u"banner"_s);
    m_banner->setAttribute(Qt::WA_StyledBackground);
    auto *layout = new QHBoxLayout(m_banner);
    layout->setContentsMargins(14, 6, 10, 6);
    m_bannerText = new QLabel(m_banner);
    m_bannerText->setWordWrap(true);
    m_bannerButton = new QPushButton(m_banner);
    layout->addWidget(m_bannerText, 1);
    layout->addWidget(m_bannerButton);
    connect(m_bannerButton, &QPushButton::clicked, this, &MainWindow::showSignIn);
    m_banner->hide();
    return m_banner;
}

QWidget *MainWindow::buildStatusLine()
{
    auto *line = new QWidget(this);
    line->setObjectName(u"statusLine"_s);
    line->setAttribute(Qt::WA_StyledBackground);
    auto *layout = new QHBoxLayout(line);
    layout->setContentsMargins(8, 2, 10, 2);
    m_statusLine = new QToolButton(line);
    m_statusLine->setToolButtonStyle(Qt::ToolButtonTextOnly);
    m_statusLine->setFocusPolicy(Qt::TabFocus);
    connect(m_statusLine, &QToolButton::clicked, this, [this] { openAddress(Address{u"sync"_s, {}, {}, {}}); });
    m_placeLine = new QLabel(line);
    layout->addWidget(m_statusLine);
    layout->addStretch(1);
    layout->addWidget(m_placeLine);
    return line;
}

TabPage *MainWindow::makePage(const Address &address, QWidget *parent)
{
    return tz::makePage(address, PageContext{m_shell, *this, *m_tabs, parent});
}

void MainWindow::retranslate()
{
    setWindowTitle(tr("Tongzhou CRM"));
    m_appName->setText(tr("Tongzhou"));
    m_menuButton->setToolTip(tr("Menu"));
    m_menuButton->setAccessibleName(tr("Menu"));
    m_searchButton->setText(u"  "_s + tr("Search or type a command…") + u"   Ctrl+K"_s);
    m_searchButton->setAccessibleName(tr("Search or type a command"));
    m_bannerButton->setText(tr("Sign in"));
    const QString user = m_shell.workspace().isReady() ? m_shell.workspace().userTitle() : QString();
    m_userButton->setText(u' ' + user);
    m_userButton->setVisible(m_shell.workspace().isReady());
    m_userButton->setToolTip(tr("You, settings and language"));
    m_userButton->setAccessibleName(user.isEmpty() ? tr("User") : tr("User: %1").arg(user));
    m_statusLine->setToolTip(tr("Open the sync centre"));
    m_commands->retranslate();
    makeMenus();
    showStatus(m_shell.workspace().status());
}

Sidebar &MainWindow::sidebar()
{
    complete();
    return *m_sidebar;
}

void MainWindow::beginFirstFrame()
{
    // A frame is painted in one go, beginning with the window: what a timer calls comes after all of it.
    const TabPage *page = showsPages() ? m_tabs->current() : nullptr;
    if (page)
        m_firstFrame = std::make_unique<FirstFrame>(*this, page->firstPainted());
    if (page && !page->isFilled()) {
        // At the first timer the records are laid out, then painted, and then comes the second.
        connect(page, &TabPage::filled, this, [this] {
            QTimer::singleShot(0, this, [this] { QTimer::singleShot(0, this, &MainWindow::complete); });
        });
        QTimer::singleShot(firstRecordsMs, this, &MainWindow::complete);
        return;
    }
    QTimer::singleShot(0, this, &MainWindow::complete);
}

void MainWindow::complete()
{
    if (std::exchange(m_whole, true))
        return;
    m_firstFrame.reset();
    refreshNavigation();
}

void MainWindow::refreshNavigation()
{
    // Its place has its size from the start. What it holds costs as much as the list, which is what people wait for.
    if (m_whole)
        m_sidebar->setGroups(m_shell.workspace().isReady() ? navigation(m_shell.workspace(), m_shell.views())
                                                           : QList<NavigationGroup>());
    // Entities come and go with the catalog and the user, and with them what Ctrl+N and the palette offer.
    m_commands->update();
}

void MainWindow::updateReady()
{
    const bool locked = m_shell.workspace().isLocked();
    const bool ready = m_shell.workspace().isReady() && !locked && !m_erased;
    if (locked)
        firstRun().showLocked();
    m_stack->setCurrentWidget(ready ? m_body : static_cast<QWidget *>(&firstRun()));
    m_searchButton->setEnabled(ready);
    m_menuButton->setVisible(ready);
    m_syncButton->setVisible(ready);
    m_statusLine->setVisible(ready);
    if (ready && !m_wasReady) {
        refreshNavigation();
        m_tabs->restore(m_restore ? m_shell.settings().list(u"tabs"_s) : QStringList());
        if (m_restore)
            openKeptDrafts();
    }
    m_wasReady = ready;
    retranslate();
    m_commands->update();
}

void MainWindow::openKeptDrafts()
{
    int opened = 0;
    for (const RecordForm::KeptDraft &draft : RecordForm::keptDrafts(m_shell.workspace().profile())) {
        if (!draft.isNew || !m_shell.workspace().catalog()->entity(draft.entity))
            continue;
        m_tabs->open(Address{u"new"_s, draft.entity, draft.id.toString(), {}});
        ++opened;
    }
    if (opened > 0)
        toast(tr("%Ln draft(s) of the last time are open again", nullptr, opened), {});
}

void MainWindow::showStatus(const SyncStatus &status)
{
    const SyncText text = SyncText::of(status, m_shell.workspace().clock().nowMs());
    m_syncButton->setText(u' ' + text.shortText);
    m_syncButton->setIcon(icon(text.icon, style::color(text.tone)));
    m_syncButton->setToolTip(text.line);
    m_syncButton->setAccessibleName(tr("Sync: %1").arg(text.line));
    m_statusLine->setText(text.line);
    m_statusLine->setAccessibleName(text.line);
    const bool signedOut =
        status.connection == SyncStatus::Connection::SignedOut && m_shell.workspace().isReady() && showsPages();
    m_banner->setVisible(signedOut);
    if (signedOut) {
        QString why = status.error.code.isEmpty() ? tr("You are signed out.") : labels::error(status.error);
        why +=
            u' ' + (status.waiting > 0 ? tr("%Ln change(s) wait on this computer and are sent as soon as you sign in "
                                            "again; nothing is lost.",
                                            nullptr, int(status.waiting))
                                       : tr("You can go on working; sign in again to go on syncing."));
        m_bannerText->setText(why);
    }
}

void MainWindow::tabShown(TabPage *page)
{
    if (!page)
        return;
    const Address address = page->address();
    m_sidebar->setCurrent(address);
    const QString text = address.toString();
    if (!m_travelling && (m_historyAt < 0 || m_history.value(m_historyAt) != text)) {
        m_history = m_history.mid(0, m_historyAt + 1);
        m_history << text;
        while (m_history.size() > historyMax)
            m_history.removeFirst();
        m_historyAt = int(m_history.size()) - 1;
    }
    remember(address, page->caption());
    setWindowTitle(page->caption().isEmpty() ? tr("Tongzhou CRM") : tr("%1 – Tongzhou CRM").arg(page->caption()));
    m_commands->update();
}

void MainWindow::remember(const Address &address, const QString &caption)
{
    if (address.kind == "record"_L1 || address.kind == "list"_L1 || address.kind == "page"_L1 ||
        address.kind == "report"_L1)
        m_shell.settings().addRecent(address.toString(), caption);
}

void MainWindow::go(int step)
{
    const int to = m_historyAt + step;
    if (to < 0 || to >= m_history.size())
        return;
    m_historyAt = to;
    m_travelling = true;
    openAddress(Address::fromString(m_history.at(to)));
    m_travelling = false;
    m_commands->update();
}

TabPage *MainWindow::openAddress(const Address &address)
{
    if (address.isNull() || !m_shell.workspace().isReady())
        return nullptr;
    m_stack->setCurrentWidget(m_body);
    return m_tabs->open(address);
}

void MainWindow::openRecord(const QString &entity, const Id &id)
{
    openAddress(Address::record(entity, id.toString()));
}

void MainWindow::openList(const QString &entity, const QString &filter, const QString &caption)
{
    Address address = Address::list(entity);
    if (!filter.isEmpty())
        address.options.insert(u"filter"_s, filter);
    if (!caption.isEmpty())
        address.options.insert(u"caption"_s, caption);
    openAddress(address);
}

void MainWindow::openPage(const QString &pageName)
{
    openAddress(Address{u"page"_s, pageName, {}, {}});
}

void MainWindow::createRecord(const QString &entity, const Draft::Values &values)
{
    if (!m_shell.workspace().catalog()->entity(entity))
        return;
    // Values do not travel in an address: the factory takes them from here.
    const Address address{u"new"_s, entity, m_shell.workspace().ids().next().toString(), {}};
    setNewValues(address, values);
    openAddress(address);
}

void MainWindow::toast(const QString &text, const Id &undoBatch)
{
    if (undoBatch.isNull()) {
        m_toast->showText(text);
        return;
    }
    m_shell.forgetRedo();
    m_toast->showText(text, [this, undoBatch] {
        m_shell.workspace().undo(undoBatch, [self = QPointer(this)](const Result<Receipt> &receipt) {
            if (!self)
                return;
            if (!receipt)
                self->showError(receipt.error());
            else if (receipt->refused.empty())
                self->toast(tr("Taken back"), {});
            else
                self->toast(tr("Taken back, except for %Ln change(s) that somebody has worked on since", nullptr,
                               int(receipt->refused.size())),
                            {});
        });
    });
}

void MainWindow::showError(const Error &error)
{
    dialogs::showError(this, error);
}

void MainWindow::createHere()
{
    const TabPage *page = m_tabs->current();
    const QString entity = page ? page->entity() : QString();
    const Entity *found = m_shell.workspace().catalog()->entity(entity);
    if (found && mayCreate(m_shell.workspace(), *found))
        createRecord(entity);
    else
        openPalette(tr("new "));
}

void MainWindow::openPinned(int number)
{
    if (number == 1) {
        openAddress(Address{u"home"_s, {}, {}, {}});
        return;
    }
    QStringList addresses = m_shell.settings().pinned();
    for (const NavigationGroup &group : navigation(m_shell.workspace(), m_shell.views())) {
        for (const NavigationPlace &place : group.places) {
            if (!addresses.contains(place.address.toString()))
                addresses << place.address.toString();
        }
    }
    if (number - 2 < addresses.size())
        openAddress(Address::fromString(addresses.at(number - 2)));
}

void MainWindow::showSignIn()
{
    firstRun().showSignIn();
    m_stack->setCurrentWidget(&firstRun());
    m_banner->hide();
}

void MainWindow::signOut()
{
    const qint64 waiting = m_shell.workspace().status().waiting;
    const QString question =
        waiting > 0
            ? tr("%Ln change(s) have not reached the server yet. They stay on this computer and are sent when you "
                 "sign in again.",
                 nullptr, int(waiting))
            : tr("The records stay on this computer; you can go on when you sign in again.");
    if (!dialogs::confirm(this, tr("Sign out"), question, tr("Sign out")))
        return;
    m_shell.workspace().signOut([self = QPointer(this)](const Result<> &result) {
        if (self && !result)
            self->showError(result.error());
    });
}

void MainWindow::saveSession() const
{
    if (!m_shell.workspace().isReady())
        return;
    m_shell.settings().setBytes(u"window"_s, saveGeometry());
    m_shell.settings().setList(u"tabs"_s, m_tabs->save());
}

QList<QAction *> MainWindow::tabCommands() const
{
    const TabPage *page = showsPages() ? m_tabs->current() : nullptr;
    return page ? page->commands() : QList<QAction *>();
}

CommandPalette &MainWindow::palette()
{
    if (m_palette)
        return *m_palette;
    m_palette = new CommandPalette(
        this, [this] { return paletteItems(); },
        [this](const QString &typed, CommandPalette::Receive receive) {
            m_shell.workspace().inBackground(
                u"palette"_s, [typed](RecordReader &reader) -> std::any { return reader.search(typed, 12); },
                [self = QPointer(this), receive = std::move(receive)](std::any answer) {
                    const auto *hits = std::any_cast<Result<std::vector<SearchHit>>>(&answer);
                    if (self && hits && *hits)
                        receive(self->recordItems(**hits));
                });
        });
    m_palette->setRecent(m_shell.settings().list(u"paletteRecent"_s));
    connect(m_palette, &CommandPalette::ran, this, [this](const QString &id) {
        QStringList recent = m_shell.settings().list(u"paletteRecent"_s);
        recent.removeAll(id);
        recent.prepend(id);
        while (recent.size() > 20)
            recent.removeLast();
        m_shell.settings().setList(u"paletteRecent"_s, recent);
        m_palette->setRecent(recent);
    });
    return *m_palette;
}

void MainWindow::openPalette(const QString &typed)
{
    if (m_shell.workspace().isReady())
        palette().open(typed);
}

bool MainWindow::event(QEvent *event)
{
    if (event->type() == QEvent::Show && !m_whole) {
        QTimer::singleShot(completeMs, this, &MainWindow::complete);
    } else if (event->type() == QEvent::Paint && !std::exchange(m_painted, true) && !m_whole) {
        beginFirstFrame();
    }
    return QMainWindow::event(event);
}

void MainWindow::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QMainWindow::changeEvent(event);
}

void MainWindow::keyPressEvent(QKeyEvent *event)
{
    if (!m_commands->runFallback(QKeySequence(event->keyCombination())))
        QMainWindow::keyPressEvent(event);
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    m_shell.saveSession();
    // Forms keep what is typed as drafts: closing needs no question.
    QMainWindow::closeEvent(event);
}

} // namespace tz
