// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "tests/support/catch.h"
#include "tests/support/processes.h"

#include <QFile>

using namespace tz::test;
using namespace Qt::StringLiterals;

namespace {

/// The commands in a page that call curl, in their order: what stands indented behind a blank line.
QByteArrayList curlBlocks(const QString &page)
{
    QFile file(QStringLiteral(TZ_SOURCE_DIR "/docs/") + page);
    REQUIRE(file.open(QFile::ReadOnly));
    QByteArrayList blocks;
    QByteArray block;
    const auto end = [&] {
        if (block.contains("curl "))
            blocks << block;
        block.clear();
    };
    while (!file.atEnd()) {
        const QByteArray line = file.readLine();
        if (line.startsWith("    "))
            block += line.mid(4);
        else if (!line.trimmed().isEmpty())
            end();
        else if (!block.isEmpty())
            block += line;
    }
    end();
    return blocks;
}

} // namespace

TEST_CASE("the examples in the page about the HTTP API work as they stand", "[e2e][api][docs]")
{
    Server server;
    server.addUser(u"erp"_s, {u"sales_manager"_s});
    server.start();
    const QByteArray token =
        server
            .output({u"token"_s, u"add"_s, u"ERP bridge"_s, u"--user"_s, u"erp"_s, u"--scope"_s, u"read:*"_s,
                     u"--scope"_s, u"write:customers.*"_s, u"--scope"_s, u"write:pipeline.lead"_s})
            .trimmed();
    const QByteArrayList blocks = curlBlocks(u"administrators/http-api.md"_s);
    CHECK(blocks.size() >= 4);
    QProcess shell;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"CRM"_s, server.url());
    environment.insert(u"TOKEN"_s, QString::fromLatin1(token));
    shell.setProcessEnvironment(environment);
    shell.start(u"bash"_s, {u"-euo"_s, u"pipefail"_s, u"-c"_s, QString::fromUtf8(blocks.join('\n'))});
    REQUIRE(shell.waitForFinished(120'000));
    const QByteArray out = shell.readAllStandardOutput();
    INFO(out.right(2000).toStdString() << shell.readAllStandardError().right(1000).toStdString());
    CHECK(shell.exitCode() == 0);
    CHECK(out.contains("\"openapi\":\"3.1.0\""));
    CHECK(out.contains("\"rating\":\"hot\""));
    CHECK(out.contains("\"status\":\"qualified\""));
}
