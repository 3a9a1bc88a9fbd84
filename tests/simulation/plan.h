// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/clock.h"

#include <QString>

#include <vector>

namespace tz::sim {

/// What can happen in the simulation. Each is one entry of a plan and can be left out of it.
enum class Deed {
    // People
    Edit,
    Undo,
    DecideConflict,
    ForgetRefusal,
    SyncNow,
    // The network between a laptop and the servers
    LoseRequest,
    LoseAnswer,
    DelayRequest,
    RepeatRequest,
    AnswerTwice,
    CutAnswer,
    GoOffline,
    LoseWakeUp,
    LiveDies,
    OtherServer,
    CommitMeanwhile,
    // The laptop
    Kill,
    PowerLoss,
    DieWriting,
    FillDisk,
    Sleep,
    SetClock,
    StopClock,
    RuinPage,
    CutFile,
    LoseLog,
    KeepImage,
    ReturnImage,
    Clone,
    UpgradeLaptop,
    // The servers
    KillServer,
    ServerPowerLoss,
    ServerDiesWriting,
    FillServerDisk,
    SetServerClock,
    UpgradeServer,
    KeepBackup,
    RestoreBackup,
    CopyBack,
    FailOver,
    SwapServers,
    ReadStandby,
    Jobs,
    // Administrators
    MoveUser,
    GiveRole,
    RenameUser,
    MoveTeam,
    DisableUser,
    EnableUser,
    Count
};

struct Step {
    /// Place in the whole plan; stays when others are left out.
    int number = 0;
    Deed deed = Deed::Edit;
    /// Pause before it.
    qint64 waitMs = 0;
    /// Which laptop or server it meets (modulo their number).
    int whom = 0;
    /// What it needs of chance: read modulo whatever there is to choose from, so that an entry means much the same when
    /// others are left out.
    quint64 a = 0, b = 0, c = 0;

    QString describe() const;
};

/// What a seed comes to, before anything runs.
struct Plan {
    quint64 seed = 1;
    int laptops = 4;
    int servers = 1;
    /// Whether the servers lose history (restored, failed over, two from one copy).
    bool forks = false;
    /// Rows that a page may have; 0: as many as the program allows.
    int pageRows = 0;
    /// Whether clocks are wrong: the plan of the clocks' law is run with and without.
    bool wrongClocks = true;
    /// No deletions, states and moves: what becomes of those depends on who won before.
    bool onlyMerges = false;
    std::vector<Step> steps;

    /// Kinds of plans.
    enum class Kind {
        /// Everything.
        Whole,
        /// No faults: many more conflicts.
        Calm,
        /// Edits that merge, wrong clocks and nothing else.
        Clocks,
    };
    static Plan make(quint64 seed, int operations, Kind kind = Kind::Whole);
    /// The steps with these numbers.
    Plan only(const std::vector<int> &numbers) const;
    QString describe() const;
};

} // namespace tz::sim
