// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "desktop/application/options.h"

#include <QCommandLineParser>
#include <QDir>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace tz {

Options Options::fromArguments(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(u"Tongzhou CRM: one desktop program for every department, online or not."_s);
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption profile(u"profile"_s, u"Folder of the local replica."_s, u"DIR"_s);
    const QCommandLineOption server(u"server"_s, u"Sign in to this server at start."_s, u"URL"_s);
    const QCommandLineOption user(u"user"_s, u"Sign in with this name."_s, u"NAME"_s);
    const QCommandLineOption password(u"password-file"_s, u"File that holds the password."_s, u"F"_s);
    const QCommandLineOption caFile(u"ca-file"_s, u"Certificate authority to trust (PEM)."_s, u"F"_s);
    const QCommandLineOption language(u"language"_s, u"Language of this run: zh_CN or en."_s, u"L"_s);
    const QCommandLineOption theme(u"theme"_s, u"Theme of this run: light, dark or system."_s, u"T"_s);
    const QCommandLineOption screenshots(u"screenshots"_s, u"Make the documentation's pictures and end."_s, u"DIR"_s);
    const QCommandLineOption scale(u"screenshot-scale"_s, u"Scale of the pictures, for their names."_s, u"N"_s, u"1"_s);
    const QCommandLineOption standalone(u"standalone"_s, u"Begin a new profile for this computer only."_s);
    const QCommandLineOption open(u"open"_s, u"Open the list of this entity."_s, u"ENTITY"_s);
    const QCommandLineOption quit(u"quit-after-first-list"_s, u"End when the first list is painted."_s);
    parser.addOptions(
        {profile, server, user, password, caFile, language, theme, screenshots, scale, standalone, open, quit});
    parser.addPositionalArgument(u"address"_s, u"What to open (tongzhou://entity/id)."_s, u"[address…]"_s);
    parser.process(arguments);

    Options options;
    options.profile = parser.value(profile);
    if (options.profile.isEmpty())
        options.profile = QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation) + u"/profile"_s;
    options.profile = QDir::cleanPath(QDir(options.profile).absolutePath());
    options.server = QUrl(parser.value(server));
    options.user = parser.value(user);
    options.passwordFile = parser.value(password);
    options.caFile = parser.value(caFile);
    options.language = parser.value(language);
    options.theme = parser.value(theme);
    options.screenshots = parser.value(screenshots);
    options.screenshotScale = parser.value(scale).toInt();
    options.standalone = parser.isSet(standalone);
    options.quitAfterFirstList = parser.isSet(quit);
    for (const QString &entity : parser.values(open))
        options.open << u"list/"_s + entity;
    options.open << parser.positionalArguments();
    return options;
}

} // namespace tz
