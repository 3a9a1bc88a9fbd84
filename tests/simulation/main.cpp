// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors

// tongzhou-sim: as many seeds as one likes. ./dev sim builds and runs it.
#include "tests/simulation/runner.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QElapsedTimer>

#include <cstdio>

using namespace tz::sim;

int main(int argc, char *argv[])
{
    qputenv("TZ", "UTC");
    QHashSeed::setDeterministicGlobalSeed();
    QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    const auto option = [&](const char *name, const char *help, const char *value = nullptr,
                            const char *fallback = "") {
        QCommandLineOption made(QString::fromLatin1(name), QString::fromLatin1(help));
        if (value) {
            made.setValueName(QString::fromLatin1(value));
            made.setDefaultValue(QString::fromLatin1(fallback));
        }
        parser.addOption(made);
    };
    parser.addHelpOption();
    option("seeds", "How many seeds.", "n", "1");
    option("from", "The first one.", "seed", "1");
    option("step", "Every how many-th (for several processes).", "n", "1");
    option("operations", "Steps of each plan.", "n", "500");
    option("only", "The numbers of the steps to keep.", "numbers");
    option("calm", "No faults.");
    option("clocks", "Wrong clocks alone, each plan run with right ones too.");
    option("twice", "Each plan twice, to see that it takes the same course.");
    option("no-shrink", "Report the first broken law without looking for the fewest steps.");
    option("verbose", "What the program logs.");
    parser.process(application);
    if (!parser.isSet(QStringLiteral("verbose")))
        qInstallMessageHandler([](QtMsgType, const QMessageLogContext &, const QString &) {});

    const auto kind = parser.isSet(QStringLiteral("calm"))     ? Plan::Kind::Calm
                      : parser.isSet(QStringLiteral("clocks")) ? Plan::Kind::Clocks
                                                               : Plan::Kind::Whole;
    const bool twice = parser.isSet(QStringLiteral("twice")) || kind == Plan::Kind::Clocks;
    const int operations = parser.value(QStringLiteral("operations")).toInt();
    const quint64 from = parser.value(QStringLiteral("from")).toULongLong();
    const quint64 seeds = parser.value(QStringLiteral("seeds")).toULongLong();
    const quint64 step = std::max<quint64>(1, parser.value(QStringLiteral("step")).toULongLong());
    QElapsedTimer timer;
    timer.start();
    for (quint64 i = 0; i < seeds; i += step) {
        Plan plan = Plan::make(from + i, operations, kind);
        if (parser.isSet(QStringLiteral("only"))) {
            std::vector<int> numbers;
            for (const QString &number : parser.value(QStringLiteral("only")).split(u','))
                numbers.push_back(number.toInt());
            plan = plan.only(numbers);
        }
        const Verdict verdict = twice ? Runner::runTwice(plan) : Runner::run(plan);
        if (!verdict.broken)
            continue;
        std::printf("seed %llu breaks law %d (%s)\n", plan.seed, int(verdict.broken->law), nameOf(verdict.broken->law));
        std::fflush(stdout);
        Plan least = plan;
        Verdict last = verdict;
        if (!parser.isSet(QStringLiteral("no-shrink"))) {
            least = Runner::shrunk(plan, verdict.broken->law);
            last = twice ? Runner::runTwice(least) : Runner::run(least);
        }
        std::printf("%s", qPrintable(Runner::report(least, last.broken ? last : verdict, kind, operations)));
        return 1;
    }
    std::printf("%llu seeds from %llu, %d steps each: every law holds (%.1f s)\n", (seeds + step - 1) / step, from,
                operations, double(timer.elapsed()) / 1000);
    return 0;
}
