// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "desktop/application/options.h"
#include "desktop/application/program.h"

#include <QApplication>

int main(int argc, char *argv[])
{
    QCoreApplication::setOrganizationName(QStringLiteral("Tongzhou"));
    QCoreApplication::setApplicationName(QStringLiteral("tongzhou"));
    QCoreApplication::setApplicationVersion(QStringLiteral(TONGZHOU_VERSION));
    QGuiApplication::setDesktopFileName(QStringLiteral("tongzhou"));
    QGuiApplication::setHighDpiScaleFactorRoundingPolicy(Qt::HighDpiScaleFactorRoundingPolicy::PassThrough);
    QApplication application(argc, argv);
    return tz::Program(tz::Options::fromArguments(QCoreApplication::arguments())).run();
}
