// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "desktop/application/program.h"

#include "desktop/application/shell.h"
#include "desktop/application/singleinstance.h"
#include "desktop/frame/mainwindow.h"
#include "desktop/screenshots/screenshots.h"
#include "workbench/dialogs/dialogs.h"
#include "workbench/icons.h"
#include "workbench/records/labels.h"
#include "workbench/records/recordlist.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QFontDatabase>
#include <QLabel>
#include <QLoggingCategory>
#include <QSysInfo>
#include <QTableView>
#include <QTimer>

#include <cstdio>
#include <cstdlib>
#include <future>

using namespace Qt::StringLiterals;

namespace tz {
namespace {

QtMessageHandler previousHandler = nullptr;

// The offscreen platform says these of every window that is shown.
void filterMessages(QtMsgType type, const QMessageLogContext &context, const QString &text)
{
    if (!text.contains("propagateSizeHints"_L1) && !text.contains("does not support raise"_L1))
        previousHandler(type, context, text);
}

void say(const QString &text)
{
    std::fputs((text + u'\n').toUtf8().constData(), stderr);
}

/// Ends the program when a list with its records has been painted. Painting a window is one go: the frame around the
/// list is on the screen as well then.
class FirstList final : public QObject {
public:
    using QObject::QObject;

    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() != QEvent::Paint)
            return false;
        const auto *view = qobject_cast<QTableView *>(watched->parent());
        const RecordList *list = nullptr;
        for (const QObject *above = view; above && !list; above = above->parent())
            list = qobject_cast<const RecordList *>(above);
        if (list && watched == view->viewport() && !list->model().isLoading())
            QMetaObject::invokeMethod(qApp, &QCoreApplication::quit, Qt::QueuedConnection);
        return false;
    }
};

/// Lets Qt read the style sheet and open the fonts of a window's first frame, which take as long as its widgets.
void openFonts()
{
    for (const QString &name : {QString(), u"appName"_s, u"pageTitle"_s, u"sectionTitle"_s}) {
        QLabel label(u"Tongzhou"_s);
        label.setObjectName(name);
        label.sizeHint();
    }
}

} // namespace

Program::Program(Options options)
    : m_options(std::move(options))
{
    previousHandler = qInstallMessageHandler(filterMessages);
}

Program::~Program() = default;

bool Program::openWorkspace()
{
    // Once each, also when the records are opened at the second attempt only.
    const QString departments = DepartmentHost::defaultFolder();
    QList<DepartmentHost::Status> running;
    const std::function<void()> startHost = [&, done = false]() mutable {
        if (std::exchange(done, true))
            return;
        m_host.scan(departments);
        m_host.start();
        running = m_host.status();
    };
    const std::function<void()> loadViews = [&, done = false]() mutable {
        if (std::exchange(done, true))
            return;
        m_views.load(departments, running);
        // The store is not ready yet; the window wants them in a moment.
        openFonts();
    };
    for (;;) {
        auto opened = Workspace::open(m_options.profile, m_host, startHost, loadViews);
        if (opened) {
            m_workspace = std::move(*opened);
            return true;
        }
        const QString sentence = labels::error(opened.error());
        say(sentence);
        if (!m_options.screenshots.isEmpty())
            return false;
        const QString title = QCoreApplication::translate("tz::Program", "Tongzhou cannot open your records");
        const QStringList answers{QCoreApplication::translate("tz::Program", "Try again"),
                                  QCoreApplication::translate("tz::Program", "Quit")};
        if (dialogs::ask(nullptr, title, sentence, answers) != 0)
            return false;
    }
}

void Program::signInAutomatically()
{
    if (m_options.server.isEmpty() || m_options.user.isEmpty() || m_options.passwordFile.isEmpty())
        return;
    // Signed in from an earlier run: the token is good, and a new sign-in would only make another device.
    if (m_workspace->isReady() && m_workspace->status().connection != SyncStatus::Connection::SignedOut)
        return;
    QFile file(m_options.passwordFile);
    if (!file.open(QIODevice::ReadOnly)) {
        say(u"%1: %2"_s.arg(m_options.passwordFile, file.errorString()));
        return;
    }
    Workspace::Login login;
    login.server = m_options.server;
    login.user = m_options.user;
    login.password = QString::fromUtf8(file.readAll()).trimmed();
    login.deviceName = QSysInfo::machineHostName();
    login.caFile = m_options.caFile;
    m_settings->setText(u"server"_s, login.server.toString());
    m_settings->setText(u"user"_s, login.user);
    m_workspace->signIn(login, [this](const Result<> &result) {
        if (result)
            return;
        say(labels::error(result.error()));
        if (MainWindow *window = m_shell->activeWindow())
            window->showError(result.error());
    });
}

void Program::quitAfterFirstList()
{
    qApp->installEventFilter(new FirstList(m_shell.get()));
}

int Program::run()
{
    QDir().mkpath(m_options.profile);
    m_instance = std::make_unique<SingleInstance>(m_options.profile);
    if (m_options.screenshots.isEmpty() && m_instance->handOver(m_options.open))
        return EXIT_SUCCESS;

    m_settings = std::make_unique<Settings>(QDir(m_options.profile).filePath(u"desktop.ini"_s));
    if (!m_options.language.isEmpty())
        m_settings->overrideLanguage(m_options.language);
    if (!m_options.theme.isEmpty())
        m_settings->overrideTheme(m_options.theme);
    m_language = std::make_unique<Language>(Language::defaultFolder());
    m_language->use(m_settings->language());

    m_theme = std::make_unique<Theme>(*m_settings);
    m_theme->apply();
    // The system's fonts are looked through beside all that follows, until the first text has to be measured.
    const std::future<QStringList> fonts = std::async(
        std::launch::async, [family = QApplication::font().family()] { return QFontDatabase::styles(family); });
    if (!openWorkspace())
        return EXIT_FAILURE;
    if (m_options.screenshots.isEmpty())
        m_instance->listen();
    if (m_options.standalone && !m_workspace->isReady()) {
        const QString name = qEnvironmentVariable("USER", qEnvironmentVariable("USERNAME", u"tongzhou"_s));
        if (const Result<> begun = m_workspace->startStandalone(name); !begun)
            say(labels::error(begun.error()));
    }

    m_shell = std::make_unique<Shell>(*m_settings, *m_theme, *m_language, *m_workspace, m_views);
    QObject::connect(m_instance.get(), &SingleInstance::openRequested, m_shell.get(), &Shell::openAddresses);
    MainWindow *window = m_shell->newWindow();
    window->show();
    // After the first list: for this image Qt loads all its image plugins.
    QTimer::singleShot(200, m_shell.get(), [] { QApplication::setWindowIcon(QIcon(u":/themes/tongzhou.svg"_s)); });
    signInAutomatically();
    if (!m_options.screenshots.isEmpty())
        return makeScreenshots(*m_shell, *window, m_options.screenshots, m_options.screenshotScale) ? EXIT_SUCCESS
                                                                                                    : EXIT_FAILURE;
    m_shell->openAddresses(m_options.open);
    if (m_options.quitAfterFirstList)
        quitAfterFirstList();
    const int code = QApplication::exec();
    m_shell->saveSession();
    m_shell.reset();
    m_workspace.reset();
    return code;
}

} // namespace tz
