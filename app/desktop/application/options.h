// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include <QString>
#include <QStringList>
#include <QUrl>

#include <optional>

namespace tz {

/// What the program was started with.
struct Options {
    /// Folder of the profile; the user's own data folder when none is named.
    QString profile;
    /// For one-off automatic sign-in (demo, tests): all three, or none.
    QUrl server;
    QString user, passwordFile;
    QString caFile;
    /// Overrides the stored choice for this run: "zh_CN" or "en"; "light", "dark" or "system".
    QString language, theme;
    /// Makes the pictures of the documentation in this folder and ends.
    QString screenshots;
    /// What to open: "tongzhou://entity/id", or the full name of an entity for its list.
    QStringList open;
    /// The scale that the pictures are made at (set by QT_SCALE_FACTOR), for their names.
    int screenshotScale = 1;
    /// Begins a stand-alone profile without asking, if the profile is new.
    bool standalone = false;
    /// Ends as soon as the first list is painted: for measuring the start.
    bool quitAfterFirstList = false;

    /// Ends the program with a message for --help, --version and mistakes.
    static Options fromArguments(const QStringList &arguments);
};

} // namespace tz
