// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "tests/simulation/runner.h"

#include "core/base/check.h"
#include "tests/simulation/world.h"

#include <QStringList>
#include <QThread>

namespace tz::sim {

namespace {

/// Threads take their event dispatcher before they start, and only Qt's own can be replaced by none.
class VirtualThread final : public QThread {
public:
    explicit VirtualThread(std::function<void()> work)
        : m_work(std::move(work))
    {
        setEventDispatcher(new Agenda);
    }
    void run() override { m_work(); }

private:
    std::function<void()> m_work;
};

Verdict lived(const Plan &plan, World::Outcome *outcome)
{
    Verdict verdict;
    VirtualThread thread([&] {
        std::unique_ptr<World> world;
        try {
            world = std::make_unique<World>(plan);
            world->run();
            if (outcome)
                *outcome = world->outcome();
        } catch (const Broken &broken) {
            verdict.broken = broken;
        } catch (const CheckFailed &fault) {
            verdict.broken = Broken{Law::Machines, QStringLiteral("the program's own check failed: %1 (%2:%3)")
                                                       .arg(QLatin1String(fault.condition), QLatin1String(fault.file))
                                                       .arg(fault.line)};
        }
        if (world) {
            verdict.place = world->place();
            verdict.step = world->step();
            verdict.trace = world->trace();
        }
    });
    thread.start();
    thread.wait();
    return verdict;
}

/// Clocks may decide who wins a concurrent edit, and nothing else. From the first conflict over a field on what becomes
/// of it depends on who won: that makes the edits after it be about one value or the other. But that there was one
/// depends on revisions alone, and so does everything where there was none.
std::optional<Broken> differenceOf(const World::Outcome &wrong, const World::Outcome &right)
{
    const auto broken = [](const QString &field, const char *what) {
        return Broken{Law::ClockIndependence,
                      QStringLiteral("record and field %1: %2").arg(field, QLatin1String(what))};
    };
    std::set<QString> fields;
    for (const World::Outcome *outcome : {&wrong, &right}) {
        fields.insert(outcome->contested.begin(), outcome->contested.end());
        for (const auto &[field, value] : outcome->values)
            fields.insert(field);
    }
    const auto valueOf = [](const World::Outcome &outcome, const QString &field) {
        const auto found = outcome.values.find(field);
        return found == outcome.values.end() ? QString() : found->second;
    };
    for (const QString &field : fields) {
        if (wrong.contested.contains(field) != right.contested.contains(field))
            return broken(field, "a conflict with right clocks or with wrong ones, not with both");
        if (!wrong.contested.contains(field) && valueOf(wrong, field) != valueOf(right, field))
            return Broken{
                Law::ClockIndependence,
                QStringLiteral("record and field %1: “%2”, but “%3” with right clocks, and no conflict over it")
                    .arg(field, valueOf(wrong, field), valueOf(right, field))};
    }
    return std::nullopt;
}

} // namespace

Verdict Runner::run(const Plan &plan)
{
    return lived(plan, nullptr);
}

Verdict Runner::runTwice(const Plan &plan)
{
    World::Outcome wrong, right;
    Verdict first = lived(plan, &wrong);
    if (first.broken)
        return first;
    Plan other = plan;
    other.wrongClocks = !plan.onlyMerges;
    const Verdict second = lived(other, &right);
    if (second.broken)
        return second;
    if (!plan.onlyMerges && first.trace != second.trace)
        first.broken = Broken{Law::Determinism, QStringLiteral("the same plan took another course")};
    if (plan.onlyMerges)
        first.broken = differenceOf(wrong, right);
    return first;
}

Plan Runner::shrunk(const Plan &plan, Law law, int mostRuns)
{
    Plan best = plan;
    int runs = 0;
    const bool twice = law == Law::Determinism || law == Law::ClockIndependence;
    const auto stillBreaks = [&](const Plan &candidate) {
        ++runs;
        const Verdict verdict = twice ? runTwice(candidate) : run(candidate);
        return verdict.broken && verdict.broken->law == law;
    };
    // What came after the break is not needed, unless the end itself breaks the law.
    if (const Verdict verdict = twice ? Verdict{} : run(best); verdict.broken && verdict.step >= 0)
        std::erase_if(best.steps, [&](const Step &step) { return step.number > verdict.step; });
    for (size_t part = best.steps.size() / 2; part > 0 && runs < mostRuns; part /= 2) {
        for (size_t end = best.steps.size(); end > 0 && runs < mostRuns;) {
            const size_t begin = end > part ? end - part : 0;
            Plan candidate = best;
            // Time goes on as before.
            qint64 pause = 0;
            for (size_t i = begin; i < end; ++i)
                pause += candidate.steps[i].waitMs;
            if (end < candidate.steps.size())
                candidate.steps[end].waitMs += pause;
            candidate.steps.erase(candidate.steps.begin() + qsizetype(begin), candidate.steps.begin() + qsizetype(end));
            if (stillBreaks(candidate))
                best = std::move(candidate);
            end = begin;
        }
    }
    return best;
}

QString Runner::report(const Plan &plan, const Verdict &verdict, Plan::Kind kind, int operations)
{
    QStringList numbers;
    for (const Step &step : plan.steps)
        numbers << QString::number(step.number);
    return QStringLiteral(
               "law %1 (%2) is broken %3\n%4\n%5repeat with: ./dev sim --from %6 --operations %7%8 --only %9\n")
        .arg(int(verdict.broken->law))
        .arg(QLatin1String(nameOf(verdict.broken->law)), verdict.place, verdict.broken->what, plan.describe())
        .arg(plan.seed)
        .arg(operations)
        .arg(kind == Plan::Kind::Whole  ? QString()
             : kind == Plan::Kind::Calm ? QStringLiteral(" --calm")
                                        : QStringLiteral(" --clocks"))
        .arg(numbers.join(u','));
}

} // namespace tz::sim
