// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors

// Prints the figures of the bars as ratios against baselines measured in the same run.
#include "tests/bench/benchmark.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QFile>
#include <QJsonDocument>

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addOptions(
        {{QStringLiteral("output"), QStringLiteral("Write the figures as JSON."), QStringLiteral("file")},
         {QStringLiteral("only"),
          QStringLiteral("Only figures whose name contains this: first sync, "
                         "local import, large reads, latency, start."),
          QStringLiteral("name")},
         {QStringLiteral("rounds"), QStringLiteral("Rounds of which the median counts."), QStringLiteral("number")},
         {QStringLiteral("quick"), QStringLiteral("A tenth of the records, one round.")}});
    parser.process(application);
    tz::bench::Options options;
    options.only = parser.value(QStringLiteral("only"));
    if (parser.isSet(QStringLiteral("quick"))) {
        options.records /= 10;
        options.largeRecords /= 10;
        options.rounds = 1;
    }
    if (const int rounds = parser.value(QStringLiteral("rounds")).toInt(); rounds > 0)
        options.rounds = rounds;
    tz::bench::Report report;
    tz::bench::storeBenchmarks(report, options);
    tz::bench::latencyBenchmarks(report, options);
    tz::bench::startBenchmarks(report, options);
    report.print();
    if (const QString path = parser.value(QStringLiteral("output")); !path.isEmpty()) {
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate))
            qFatal("cannot write %s", qPrintable(path));
        file.write(QJsonDocument(report.toJson()).toJson());
    }
    return report.allOk() ? 0 : 1;
}
