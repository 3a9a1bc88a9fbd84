// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors

// main() of every test executable: offscreen, locale C, UTC, a home of its own.
#define CATCH_CONFIG_RUNNER
#include "tests/support/catch.h"

#include <QLocale>
#include <QStandardPaths>
#include <QTemporaryDir>

#ifdef TZ_TEST_GUI
#include <QApplication>
using Application = QApplication;
#else
#include <QCoreApplication>
using Application = QCoreApplication;
#endif

int main(int argc, char *argv[])
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    qputenv("TZ", "UTC");
    qputenv("LC_ALL", "C.UTF-8");
    // The same random cases in every run, unless TZ_SEED asks for others (0: new ones each time).
    const QByteArray seed = qEnvironmentVariable("TZ_SEED", QStringLiteral("1")).toUtf8();
    if (!qEnvironmentVariableIsSet("RC_PARAMS") && seed != "0")
        qputenv("RC_PARAMS", "seed=" + seed);
    QTemporaryDir home;
    qputenv("HOME", home.path().toUtf8());
    qputenv("XDG_CONFIG_HOME", home.path().toUtf8());
    qputenv("XDG_DATA_HOME", home.path().toUtf8());
    QStandardPaths::setTestModeEnabled(true);
    QLocale::setDefault(QLocale::c());
    Application application(argc, argv);
    return Catch::Session().run(argc, argv);
}
