// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "tests/bench/benchmark.h"
#include "tests/bench/company.h"
#include "tests/bench/edits.h"
#include "tests/bench/rates.h"

#include <QTemporaryDir>

namespace tz::bench {

namespace {
/// Of an idle machine.
constexpr double medianMs = 4;
constexpr double p99Ms = 15;
constexpr double atOncePerSecond = 5'000;
} // namespace

void latencyBenchmarks(Report &report, const Options &options)
{
    if (!options.wants("latency"))
        return;
    Company company;
    company.addUsers(2, 0);
    company.start();
    QTemporaryDir folder;
    const auto a = company.copy(folder.filePath(QStringLiteral("a")), 0);
    const auto b = company.copy(folder.filePath(QStringLiteral("b")), 1);
    Edits edits(*a, *b);
    edits.create(options.edits);
    std::vector<double> atOnce, together;
    const std::vector<double> times = edits.oneByOne(100 * options.rounds);
    for (int round = 0; round < options.rounds; ++round) {
        atOnce.push_back(options.edits / edits.allAtOnce());
        together.push_back(options.edits / edits.asOne());
    }
    const RoundTrip bare = bareRoundTrip(100 * options.rounds);
    report.limit(QStringLiteral("latency of an edit from A's form to B's screen, median"), median(times),
                 QStringLiteral("ms"), bare.median * 1e3, Report::Bar::AtMost, medianMs);
    report.limit(QStringLiteral("latency of an edit from A's form to B's screen, p99"), percentile(times, 0.99),
                 QStringLiteral("ms"), bare.p99 * 1e3, Report::Bar::AtMost, p99Ms);
    report.limit(QStringLiteral("latency: %1 edits at once, a batch each, made on A and seen on B").arg(options.edits),
                 median(atOnce), QStringLiteral("edits/s"), 0, Report::Bar::AtLeast, atOncePerSecond);
    report.note(QStringLiteral("latency: %1 edits as one, made on A and seen on B").arg(options.edits),
                median(together), QStringLiteral("edits/s"));
    company.stop();
}

} // namespace tz::bench
