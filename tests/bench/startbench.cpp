// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "tests/bench/benchmark.h"

#include <QFile>
#include <QProcess>
#include <QProcessEnvironment>
#include <QTemporaryDir>

namespace tz::bench {

namespace {
double run(const QString &program, const QStringList &arguments)
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
    process.setProcessEnvironment(environment);
    const double time = seconds([&] {
        process.start(program, arguments);
        if (!process.waitForFinished(60'000) || process.exitCode() != 0)
            qFatal("%s: %s", qPrintable(program), process.readAllStandardError().constData());
    });
    return time;
}
} // namespace

void startBenchmarks(Report &report, const Options &options)
{
    const QString desktop = QStringLiteral(TZ_BIN_DIR "/tongzhou");
    const QString window = QStringLiteral(TZ_BENCH_DIR "/tongzhou-bench-window");
    if (!options.wants("start") || !QFile::exists(desktop) || !QFile::exists(window))
        return;
    // A stand-alone profile with a list to show; made once, so that its creation is not measured.
    QTemporaryDir profile;
    const QStringList arguments{QStringLiteral("--profile"),         profile.path(),
                                QStringLiteral("--standalone"),      QStringLiteral("--open"),
                                QStringLiteral("customers.account"), QStringLiteral("--quit-after-first-list")};
    run(desktop, arguments);
    run(window, {});
    std::vector<double> ours, bare;
    for (int i = 0; i < 2 * options.rounds + 1; ++i) {
        ours.push_back(run(desktop, arguments));
        bare.push_back(run(window, {}));
    }
    report.add(QStringLiteral("start to first painted list"), median(ours) * 1e3, QStringLiteral("ms"),
               median(bare) * 1e3, Report::Bar::AtMost, 2.5);
}

} // namespace tz::bench
