// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "tests/bench/benchmark.h"

#include <QElapsedTimer>
#include <QJsonObject>
#include <QTextStream>

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace tz::bench {

namespace {
constexpr int nameWidth = -92;
constexpr int barWidth = 16;

/// At once: a run takes long, and one that ends early has told what it knew.
void tell(const QString &name, double value, const QString &unit)
{
    std::fprintf(stderr, "%s: %g %s\n", qPrintable(name), value, qPrintable(unit));
}
} // namespace

void Report::add(const QString &name, double value, const QString &unit, double baseline, Bar kind, double bar)
{
    const double ratio = baseline > 0 ? value / baseline : 0;
    const bool ok = kind == Bar::None || (kind == Bar::AtLeast ? ratio >= bar : ratio <= bar);
    tell(name, value, unit);
    m_figures.push_back({name, unit, value, baseline, bar, kind, ok, false});
}

void Report::limit(const QString &name, double value, const QString &unit, double baseline, Bar kind, double bar)
{
    const bool ok = kind == Bar::AtLeast ? value >= bar : value <= bar;
    tell(name, value, unit);
    m_figures.push_back({name, unit, value, baseline, bar, kind, ok, true});
}

void Report::note(const QString &name, double value, const QString &unit)
{
    tell(name, value, unit);
    m_figures.push_back({name, unit, value, 0, 0, Bar::None, true, false});
}

void Report::print() const
{
    QTextStream out(stdout);
    out << QStringLiteral("%1 %2 %3 %4 %5\n")
               .arg(QStringLiteral("figure"), nameWidth)
               .arg(QStringLiteral("ours"), 14)
               .arg(QStringLiteral("baseline"), 14)
               .arg(QStringLiteral("ratio"), 8)
               .arg(QStringLiteral("bar"), barWidth);
    for (const Figure &f : m_figures) {
        const bool compared = f.baseline > 0;
        const QString bar = f.kind == Bar::None
                                ? QStringLiteral("-")
                                : (f.kind == Bar::AtLeast ? QStringLiteral(">= ") : QStringLiteral("<= ")) +
                                      QString::number(f.bar) + (f.absolute ? u' ' + f.unit : QString());
        out << QStringLiteral("%1 %2 %3 %4 %5 %6\n")
                   .arg(QString(f.name + QLatin1String(" [") + f.unit + u']'), nameWidth)
                   .arg(f.value, 14, 'g', 6)
                   .arg(compared ? QString::number(f.baseline, 'g', 6) : QStringLiteral("-"), 14)
                   .arg(compared ? QString::number(f.value / f.baseline, 'f', 2) : QStringLiteral("-"), 8)
                   .arg(bar, barWidth)
                   .arg(f.ok ? QStringLiteral("ok") : QStringLiteral("MISSED"));
    }
}

QJsonArray Report::toJson() const
{
    QJsonArray list;
    for (const Figure &f : m_figures) {
        QJsonObject figure{{QStringLiteral("name"), f.name},
                           {QStringLiteral("value"), f.value},
                           {QStringLiteral("unit"), f.unit},
                           {QStringLiteral("baseline"), QJsonValue()},
                           {QStringLiteral("ratio"), QJsonValue()},
                           {QStringLiteral("bar"), QJsonValue()},
                           {QStringLiteral("judged"), f.absolute ? QStringLiteral("value") : QStringLiteral("ratio")},
                           {QStringLiteral("ok"), f.ok}};
        if (f.baseline > 0) {
            figure[QStringLiteral("baseline")] = f.baseline;
            figure[QStringLiteral("ratio")] = f.value / f.baseline;
        }
        if (f.kind != Bar::None)
            figure[QStringLiteral("bar")] = f.bar;
        list.append(figure);
    }
    return list;
}

bool Report::allOk() const
{
    return std::all_of(m_figures.begin(), m_figures.end(), [](const Figure &f) { return f.ok; });
}

double seconds(const std::function<void()> &work)
{
    QElapsedTimer timer;
    timer.start();
    work();
    return double(timer.nsecsElapsed()) / 1e9;
}

double percentile(std::vector<double> values, double share)
{
    if (values.empty())
        return 0;
    std::sort(values.begin(), values.end());
    const auto index = size_t(std::ceil(share * double(values.size()))) - 1;
    return values[std::min(index, values.size() - 1)];
}

double median(std::vector<double> values)
{
    return percentile(std::move(values), 0.5);
}

} // namespace tz::bench
