// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include <QJsonArray>
#include <QString>

#include <functional>
#include <vector>

namespace tz::bench {

/// Collects the figures, prints them as a table and writes them as JSON. A figure is judged by the ratio of ours to a
/// baseline measured in the same run: these machines are too noisy for absolute times.
class Report {
public:
    enum class Bar { AtLeast, AtMost, None };
    /// `ratio` is value / baseline.
    void add(const QString &name, double value, const QString &unit, double baseline, Bar kind, double bar);
    /// A figure that is judged by itself, on an idle machine; the baseline (0: none) is only printed.
    void limit(const QString &name, double value, const QString &unit, double baseline, Bar kind, double bar);
    /// A figure without a baseline: printed only.
    void note(const QString &name, double value, const QString &unit);
    void print() const;
    QJsonArray toJson() const;
    bool allOk() const;

private:
    struct Figure {
        QString name, unit;
        double value, baseline, bar;
        Bar kind;
        bool ok;
        /// The bar is one for the value, not for the ratio.
        bool absolute;
    };
    std::vector<Figure> m_figures;
};

/// Seconds that `work` takes.
double seconds(const std::function<void()> &work);
/// The median of the values; sorts them.
double median(std::vector<double> values);
double percentile(std::vector<double> values, double share);

/// Ends the program with the error's text: a benchmark that cannot run has no figures.
template <class T>
T must(T &&result)
{
    if (!result)
        qFatal("%s", qPrintable(result.error().toString()));
    return std::forward<T>(result);
}

struct Options {
    int records = 200'000;
    int largeRecords = 1'000'000;
    int rounds = 3;
    bool quick = false;
    int idleClients = 2'000;
    int activeClients = 100;
    /// Laptops that fetch their first copy at once.
    int copies = 20;
    int peerRecords = 100'000;
    /// Made at once, and one by one.
    int edits = 1'000;
    int singleEdits = 300;
    QString only;
    bool wants(const char *name) const { return only.isEmpty() || QString::fromLatin1(name).contains(only); }
};

void storeBenchmarks(Report &report, const Options &options);
void latencyBenchmarks(Report &report, const Options &options);
void loadBenchmarks(Report &report, const Options &options);
void firstSyncBenchmarks(Report &report, const Options &options);
void peerBenchmarks(Report &report, const Options &options);
void startBenchmarks(Report &report, const Options &options);

} // namespace tz::bench
