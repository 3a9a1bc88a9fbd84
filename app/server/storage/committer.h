// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "server/api/api.h"
#include "server/feed/recentkeys.h"
#include "server/storage/decider.h"

#include <condition_variable>
#include <deque>

namespace tz::server {

/// One device's push, from the request to its verdicts.
struct Push {
    Id user;
    Id device;
    wire::PushRequest request;
    /// What is pushed is made here (Author::madeHere): it gets the device's next number in its turn.
    bool madeHere = false;
    /// With madeHere: see Author.
    std::optional<qint64> expectedRev;
    /// With madeHere: what was asked for. A batch that is known by another one is not answered (api.key_reused).
    QByteArray fingerprint;
    /// Keeps the entities that the verdicts name.
    ModelPtr model;
    /// In the order of the request; shorter when `stop` is set.
    std::vector<Verdict> verdicts;
    /// Why the batches after the last verdict were not looked at: sync.expected {expected}, sync.device_rolled_back
    /// {expected}, sync.history, sync.catalog, api.key_reused, auth.*.
    std::optional<Error> stop;
};

/// On whose order the server changes something besides what devices push: an administrator's, from a device of theirs;
/// or, with a null user, its own (the console on the server, jobs).
struct Doer {
    Id user;
    Id device;
    bool isServer() const { return user.isNull(); }
};

/// Executes one group of batches after the other, each in one transaction under one revision. A group is whatever
/// queued while the previous one was committing; an idle server commits a lone push at once, on the thread that brought
/// it. Thread-safe.
class Committer {
public:
    Committer(Storage &storage, Scopes &scopes);

    /// Returns when the push is durable (or refused). Errors: store.*, server.too_slow (the request's Deadline came
    /// before its turn; nothing was done).
    Result<> run(Push &push);
    /// Changes that the server itself makes, as the system, in the same turn as everybody's. Refused changes are the
    /// error of the first one.
    Result<> runAsSystem(Batch batch) { return runFor({}, std::move(batch)); }
    /// The same on an administrator's order, with their rights of now, whose name then stands in the audit trail.
    /// `expectedRev`: see Author. Also admin.denied, when they are none any more.
    Result<> runFor(const Doer &doer, Batch batch, std::optional<qint64> expectedRev = {});
    /// Other writing (devices, passwords) in a transaction of its own, in turn.
    Result<> runTransaction(const std::function<Result<>(Connection &)> &work);

    /// To be called when the server starts: if a new version of it, or of a department, has other declarations, and
    /// with them perhaps other rights, what was stored by the old ones is put right.
    Result<> followRules();

    /// Called after each commit, in turn; must not call back.
    void setHandler(std::function<void(const Commit &)> handler);
    /// Newest revision that this process committed or noticed; for telling foreign commits.
    qint64 knownRev() const { return m_knownRev.load(); }
    /// Another process seems to have committed: looked at in turn, and reported as a commit that may have touched
    /// anything. When the database has not what was known (a failover that lost commits), what was remembered is
    /// forgotten.
    void reportForeign();

    /// Devices or users were shut out: whoever listens looks at its own rights again.
    void announceScopes();

    const RecentKeys &recentKeys() const { return m_recent; }

    struct Counters {
        std::atomic<qint64> groups{0}, batches{0}, refused{0}, repeated{0};
    };
    const Counters &counters() const { return m_counters; }

private:
    struct Job;
    Result<> enqueue(Job &job);
    void process(std::vector<Job *> &group);
    void tellOfForeign(const Revision &now);
    Result<> followCustomFields();
    Result<> processGroup(std::span<Job *const> group, Commit &commit);
    Result<> takeOrder(Job &job, RecordKeeper &keeper, Decider &decider, std::vector<Id> &accepted);
    Result<> takePush(Push &push, RecordKeeper &keeper, Decider &decider, std::vector<Id> &accepted);
    Result<qint64> clamped(const Batch &batch, qint64 lastHlc);

    Storage &m_storage;
    Scopes &m_scopes;
    IdSource m_ids;
    std::function<void(const Commit &)> m_handler;
    std::atomic<qint64> m_knownRev{0};
    /// Of the known revision; for whoever has the turn.
    QByteArray m_knownChain;
    Counters m_counters;
    RecentKeys m_recent;

    std::mutex m_mutex;
    std::condition_variable m_turn;
    std::deque<Job *> m_queue;
    bool m_busy = false;
};

} // namespace tz::server
