// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "server/commands.h"
#include "server/net/memory.h"

#include <QCoreApplication>

int main(int count, char **arguments)
{
    tz::server::memory::configure();
    QCoreApplication application(count, arguments);
    QCoreApplication::setApplicationName(QStringLiteral("tongzhou-server"));
    return tz::server::runCommand(QCoreApplication::arguments());
}
