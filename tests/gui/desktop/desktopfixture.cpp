// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "tests/gui/desktop/desktopfixture.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QThread>

namespace tz::test {
namespace {

// The declarations alone: what the frame shows does not depend on rules.
class DeclaredDepartment final : public Department {
public:
    Result<> contribute(Contributions &) override { return {}; }
};

} // namespace

bool waitFor(const std::function<bool()> &condition, int ms)
{
    QElapsedTimer timer;
    timer.start();
    while (!condition()) {
        if (timer.elapsed() > ms)
            return false;
        QApplication::processEvents(QEventLoop::AllEvents, 20);
        QThread::msleep(2);
    }
    return true;
}

DesktopFixture::DesktopFixture(const QStringList &departments)
    : m_departments(departments)
{
}

DesktopFixture::~DesktopFixture()
{
    stop();
}

void DesktopFixture::start(bool standalone)
{
    m_host = std::make_unique<DepartmentHost>();
    for (const QString &name : m_departments) {
        const auto files = DepartmentFiles::read(QDir(QStringLiteral(TZ_SOURCE_DIR "/modules/") + name));
        if (files) {
            m_host->adopt(std::make_unique<DeclaredDepartment>(), *files);
            continue;
        }
        // A department that cannot be: its declarations name a field that does not exist.
        DepartmentFiles broken;
        broken.origin = name;
        broken.module = "{\"id\": \"" + name.toUtf8() + "\", \"label\": \"" + name.toUtf8() +
                        "\", \"icon\": \"puzzle\", \"order\": 500, \"api\": 1, \"needs\": [\"nowhere\"], \"uses\": []}";
        m_host->adopt(std::make_unique<DeclaredDepartment>(), broken);
    }
    m_host->start();
    m_settings = std::make_unique<Settings>(m_folder.filePath(QStringLiteral("desktop.ini")));
    if (m_settings->text(QStringLiteral("language")).isEmpty())
        m_settings->setText(QStringLiteral("language"), QStringLiteral("en"));
    m_language = std::make_unique<Language>(QStringLiteral(TZ_BINARY_DIR "/bin/translations"));
    m_language->use(m_settings->language());
    m_theme = std::make_unique<Theme>(*m_settings);
    m_theme->apply();
    auto opened = Workspace::open(m_folder.filePath(QStringLiteral("profile")), *m_host);
    REQUIRE_RESULT(opened);
    m_workspace = std::move(*opened);
    if (standalone && !m_workspace->isReady())
        REQUIRE_RESULT(m_workspace->startStandalone(QStringLiteral("李明")));
    m_shell = std::make_unique<Shell>(*m_settings, *m_theme, *m_language, *m_workspace, m_views);
    m_window = m_shell->newWindow();
    m_window->show();
    QApplication::setActiveWindow(m_window);
    QApplication::processEvents();
}

void DesktopFixture::stop()
{
    m_shell.reset();
    m_window = nullptr;
    m_workspace.reset();
    m_theme.reset();
    m_language.reset();
    m_settings.reset();
    m_host.reset();
}

Id DesktopFixture::create(const QString &entity, const Draft::Values &values)
{
    Draft draft = m_workspace->draft();
    const Id id = draft.create(entity, values);
    bool done = false;
    m_workspace->apply(std::move(draft), [&done](const Result<Receipt> &receipt) {
        done = true;
        REQUIRE_RESULT(receipt);
    });
    REQUIRE(waitFor([&done] { return done; }));
    return id;
}

} // namespace tz::test
