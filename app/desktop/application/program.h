// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "desktop/application/options.h"
#include "desktop/application/viewhost.h"

#include <memory>

namespace tz {

class Language;
class Settings;
class Shell;
class SingleInstance;
class Theme;
class Workspace;

/// The desktop program from start to end: one per process, made when the QApplication is there.
class Program {
public:
    explicit Program(Options options);
    ~Program();

    /// Gives the exit code.
    int run();

private:
    bool openWorkspace();
    void signInAutomatically();
    void quitAfterFirstList();

    Options m_options;
    std::unique_ptr<SingleInstance> m_instance;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<Language> m_language;
    std::unique_ptr<Theme> m_theme;
    DepartmentHost m_host;
    ViewHost m_views;
    std::unique_ptr<Workspace> m_workspace;
    std::unique_ptr<Shell> m_shell;
};

} // namespace tz
