// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "tests/simulation/plan.h"

#include <algorithm>
#include <array>
#include <set>

namespace tz::sim {

namespace {

struct Weight {
    Deed deed;
    const char *name;
    int whole, calm, clocks;
};

/// How often each comes, of the sum of its column.
constexpr Weight weights[] = {
    {Deed::Edit, "edit", 560, 900, 900},
    {Deed::Undo, "undo", 15, 20, 0},
    {Deed::DecideConflict, "decide a conflict", 12, 15, 0},
    {Deed::ForgetRefusal, "forget a refusal", 6, 5, 0},
    {Deed::SyncNow, "sync now", 10, 10, 10},
    {Deed::LoseRequest, "lose a request", 35, 0, 0},
    {Deed::LoseAnswer, "lose an answer", 40, 0, 0},
    {Deed::DelayRequest, "delay a request", 12, 0, 0},
    {Deed::RepeatRequest, "repeat a request later", 25, 0, 0},
    {Deed::AnswerTwice, "apply an answer twice", 25, 0, 0},
    {Deed::CutAnswer, "cut an answer", 25, 0, 0},
    {Deed::GoOffline, "go offline", 45, 60, 90},
    {Deed::LoseWakeUp, "lose a wake-up", 15, 0, 0},
    {Deed::LiveDies, "live channel dies", 6, 0, 0},
    {Deed::OtherServer, "talk to another server", 25, 20, 0},
    {Deed::CommitMeanwhile, "another server commits while this one answers", 40, 20, 0},
    {Deed::Kill, "kill the program", 14, 0, 0},
    {Deed::PowerLoss, "power loss", 12, 0, 0},
    {Deed::DieWriting, "die at a write", 18, 0, 0},
    {Deed::FillDisk, "disk full", 8, 0, 0},
    {Deed::Sleep, "sleep", 6, 0, 0},
    {Deed::SetClock, "set the clock", 12, 0, 30},
    {Deed::StopClock, "the clock stops", 3, 0, 5},
    {Deed::RuinPage, "ruin a page", 2, 0, 0},
    {Deed::CutFile, "cut the file", 2, 0, 0},
    {Deed::LoseLog, "lose the write-ahead log", 2, 0, 0},
    {Deed::KeepImage, "keep an image", 4, 0, 0},
    {Deed::ReturnImage, "return to the image", 3, 0, 0},
    {Deed::Clone, "clone the laptop", 2, 0, 0},
    {Deed::UpgradeLaptop, "upgrade the laptop", 4, 0, 0},
    {Deed::KillServer, "kill a server", 8, 0, 0},
    {Deed::ServerPowerLoss, "the servers lose power", 5, 0, 0},
    {Deed::ServerDiesWriting, "the servers die at a write", 12, 0, 0},
    {Deed::FillServerDisk, "the servers' disk is full", 8, 0, 0},
    {Deed::SetServerClock, "set the servers' clock", 4, 0, 0},
    {Deed::UpgradeServer, "upgrade the servers", 2, 0, 0},
    {Deed::KeepBackup, "back up the servers", 6, 0, 0},
    {Deed::RestoreBackup, "restore the servers", 4, 0, 0},
    {Deed::CopyBack, "put an older copy of the servers in place", 3, 0, 0},
    {Deed::FailOver, "fail over and lose the last commits", 6, 0, 0},
    {Deed::SwapServers, "the other servers of one copy answer", 3, 0, 0},
    {Deed::ReadStandby, "read from a standby that is behind", 6, 0, 0},
    {Deed::Jobs, "run the server's jobs", 3, 3, 0},
    {Deed::MoveUser, "move a user to another team", 8, 6, 0},
    {Deed::GiveRole, "give a user another role", 5, 4, 0},
    {Deed::RenameUser, "rename a user", 4, 4, 0},
    {Deed::MoveTeam, "move a team", 4, 3, 0},
    {Deed::DisableUser, "disable a user", 3, 0, 0},
    {Deed::EnableUser, "enable the users", 6, 0, 0},
};

bool isFork(Deed deed)
{
    return deed >= Deed::KeepBackup && deed <= Deed::SwapServers;
}

int weightOf(const Weight &weight, Plan::Kind kind)
{
    switch (kind) {
    case Plan::Kind::Whole:
        return weight.whole;
    case Plan::Kind::Calm:
        return weight.calm;
    case Plan::Kind::Clocks:
        return weight.clocks;
    }
    return 0;
}

} // namespace

QString Step::describe() const
{
    const auto weight = std::ranges::find(weights, deed, &Weight::deed);
    return QStringLiteral("%1: +%2 ms, #%3: %4 (%5 %6 %7)")
        .arg(number)
        .arg(waitMs)
        .arg(whom)
        .arg(QLatin1String(weight->name))
        .arg(a % 100'000)
        .arg(b % 100'000)
        .arg(c % 100'000);
}

Plan Plan::make(quint64 seed, int operations, Kind kind)
{
    // From a number that chance has mixed: those of neighbouring seeds are pieces of one sequence otherwise, and so
    // would their plans be.
    SeededEntropy dice(SeededEntropy(seed * 8 + quint64(kind)).next64());
    const auto random = [&](quint64 below) { return dice.next64() % below; };
    Plan plan;
    plan.seed = seed;
    plan.onlyMerges = kind == Kind::Clocks;
    plan.laptops = int(2 + random(7));
    plan.servers = int(1 + random(3));
    plan.forks = kind == Kind::Whole && random(2) == 0;
    plan.pageRows = std::array<int, 4>{0, 0, 3, 25}[random(4)];
    // Some worlds are in a hurry, so that several edits meet one conversation; in others hours pass.
    const quint64 pace = std::array<quint64, 4>{200, 2'000, 5'000, 60'000}[random(4)];
    int sum = 0;
    const auto of = [&](const Weight &weight) {
        return isFork(weight.deed) && !plan.forks ? 0 : weightOf(weight, kind);
    };
    for (const Weight &weight : weights)
        sum += of(weight);
    for (int i = 0; i < operations; ++i) {
        Step step;
        step.number = i;
        step.waitMs = qint64(random(pace));
        step.whom = int(random(1000));
        step.a = dice.next64();
        step.b = dice.next64();
        step.c = dice.next64();
        int at = int(random(quint64(sum)));
        for (const Weight &weight : weights) {
            at -= of(weight);
            if (at < 0) {
                step.deed = weight.deed;
                break;
            }
        }
        plan.steps.push_back(step);
    }
    return plan;
}

Plan Plan::only(const std::vector<int> &numbers) const
{
    const std::set<int> kept(numbers.begin(), numbers.end());
    Plan plan = *this;
    plan.steps.clear();
    // What is left out takes its time all the same.
    qint64 pause = 0;
    for (Step step : steps) {
        pause += step.waitMs;
        if (!kept.contains(step.number))
            continue;
        step.waitMs = std::exchange(pause, 0);
        plan.steps.push_back(step);
    }
    return plan;
}

QString Plan::describe() const
{
    QString text = QStringLiteral("seed %1: %2 laptops, %3 servers, %4 rows a page\n")
                       .arg(seed)
                       .arg(laptops)
                       .arg(servers)
                       .arg(pageRows ? QString::number(pageRows) : QStringLiteral("all"));
    for (const Step &step : steps)
        text += QLatin1String("  ") + step.describe() + QLatin1Char('\n');
    return text;
}

} // namespace tz::sim
