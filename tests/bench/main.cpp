// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors

// Prints the figures of the bars as ratios against baselines measured in the same run.
#define CATCH_CONFIG_RUNNER
#include "tests/support/catch.h"

#include "tests/bench/benchmark.h"

#include <sqlite3.h>

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QFile>
#include <QJsonDocument>

namespace {
tz::bench::Report report;
tz::bench::Options options;
} // namespace

// The helpers that start servers and databases check with Catch, so it runs what is measured.
TEST_CASE("the figures", "[bench]")
{
    using namespace tz::bench;
    storeBenchmarks(report, options);
    latencyBenchmarks(report, options);
    loadBenchmarks(report, options);
    firstSyncBenchmarks(report, options);
    peerBenchmarks(report, options);
    startBenchmarks(report, options);
}

int main(int argc, char *argv[])
{
    // As the program has it, before anybody uses SQLite: the baselines are measured under the same setting.
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    // Other programs' keychains are none of its business.
    qputenv("TONGZHOU_TOKEN_STORE", "file");
    QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addOptions(
        {{QStringLiteral("output"), QStringLiteral("Write the figures as JSON."), QStringLiteral("file")},
         {QStringLiteral("only"),
          QStringLiteral("Only figures whose name contains this: first sync, "
                         "local import, large reads, latency, idle clients, rates, active clients, large copies, "
                         "peers, start."),
          QStringLiteral("name")},
         {QStringLiteral("rounds"), QStringLiteral("Rounds of which the median counts."), QStringLiteral("number")},
         {QStringLiteral("quick"), QStringLiteral("A tenth of the records and clients, one round.")},
         {QStringLiteral("smaller"), QStringLiteral("The same with so many times fewer of them."),
          QStringLiteral("number")}});
    parser.process(application);
    options.only = parser.value(QStringLiteral("only"));
    const int given = parser.value(QStringLiteral("smaller")).toInt();
    const int smaller = given > 0 ? given : parser.isSet(QStringLiteral("quick")) ? 10 : 1;
    if (smaller > 1) {
        options.quick = true;
        for (int *size : {&options.records, &options.largeRecords, &options.idleClients, &options.activeClients,
                          &options.peerRecords, &options.edits, &options.singleEdits})
            *size = std::max(*size / smaller, 10);
        options.copies = 4;
        options.rounds = 1;
    }
    if (const int rounds = parser.value(QStringLiteral("rounds")).toInt(); rounds > 0)
        options.rounds = rounds;
    const int failed = Catch::Session().run();
    report.print();
    if (const QString path = parser.value(QStringLiteral("output")); !path.isEmpty()) {
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate))
            qFatal("cannot write %s", qPrintable(path));
        file.write(QJsonDocument(report.toJson()).toJson());
    }
    return failed == 0 && report.allOk() ? 0 : 1;
}
