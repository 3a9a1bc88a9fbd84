// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "desktop/application/shell.h"
#include "desktop/frame/mainwindow.h"
#include "tests/support/catch.h"

#include <QDir>
#include <QTemporaryDir>

#include <memory>

namespace tz::test {

/// A running desktop over the declarations of the departments named, without their libraries, and a stand-alone
/// profile in a folder of its own. With an empty list: over the departments that were built, with their rules and
/// pages.
class DesktopFixture {
public:
    explicit DesktopFixture(const QStringList &departments = {QStringLiteral("foundation"),
                                                              QStringLiteral("customers")});
    ~DesktopFixture();

    /// Opens the profile (again) and makes the window; `standalone`: begins the local user.
    void start(bool standalone = true);
    void stop();
    QString profileFolder() const { return m_folder.filePath(QStringLiteral("profile")); }
    MainWindow &window() const { return *m_window; }
    Shell &shell() const { return *m_shell; }
    Settings &settings() const { return *m_settings; }
    /// Makes a record; its id.
    Id create(const QString &entity, const Draft::Values &values);
    /// Changes fields of a record.
    void update(const QString &entity, const Id &id, const Draft::Values &values);
    /// What the record's field holds on this computer.
    Value value(const QString &entity, const Id &id, const QString &field) const;

private:
    void apply(Draft draft);

    QTemporaryDir m_folder;
    QStringList m_departments;
    std::unique_ptr<DepartmentHost> m_host;
    ViewHost m_views;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<Language> m_language;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<Workspace> m_workspace;
    std::unique_ptr<Shell> m_shell;
    MainWindow *m_window = nullptr;
};

/// Everything that a person can read in the window, or in a part of it.
QStringList visibleTexts(const QWidget &window);

/// Runs the event loop until the condition holds; false when it did not within the time.
bool waitFor(const std::function<bool()> &condition, int ms = 5000);

} // namespace tz::test
