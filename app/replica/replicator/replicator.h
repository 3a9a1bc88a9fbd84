// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/store/replicastate.h"
#include "replica/replicator/clockoffset.h"
#include "replica/replicator/syncstatus.h"
#include "replica/transport/transport.h"

#include <QTimer>

namespace tz {

/// Keeps a replica in step with its server: hello, push and pull until both sides are quiet, then live. One request at
/// a time; an edit and a wake-up start the next one at once, timers only own retries, polling and late indexing.
/// Lives on the store's thread.
class TZ_REPLICA_EXPORT Replicator : public QObject {
    Q_OBJECT
public:
    /// What one run did, for people who asked for it.
    struct Counts {
        qint64 pushed = 0;
        qint64 refused = 0;
        qint64 conflicts = 0;
        qint64 rows = 0;
        qint64 gone = 0;
        qint64 evicted = 0;
    };

    Replicator(RecordStore &store, ReplicaState &state, Transport &transport, Entropy &entropy, QString program);
    ~Replicator() override;

    /// Begins, and goes on for ever. `live`: keep the wake-up channel open once it is quiet.
    void start(bool live);
    void stop();
    /// Now, without waiting for any timer.
    void syncNow();
    /// Counts again what waits and what needs the user's attention, and publishes it.
    void refreshStatus();
    const SyncStatus &status() const { return m_status; }
    const Counts &counts() const { return m_counts; }
    bool isQuiet() const { return m_phase == Phase::Quiet; }

Q_SIGNALS:
    void statusChanged(const tz::SyncStatus &status);
    /// Everything is sent, everything that the server had is here.
    void quiet();
    /// This attempt failed; the next one has its timer.
    void failed(const tz::Error &error);
    /// The server does not know the token any more. Nothing goes on without signing in.
    void signedOut(const tz::Error &error);
    void tokenRenewed(const QString &token);
    /// This is a second copy of a device (of a profile folder, or of an older image of a disk): from now on it is a
    /// device of its own. Whoever hears this keeps device and token before it returns.
    void deviceReplaced(const tz::Id &device, const QString &token);
    /// Roles, team or teams of the user are others now.
    void actorChanged();

private:
    enum class Phase { Stopped, Waiting, Hello, Push, Pull, Numbers, Quiet };

    void next();
    void sayHello();
    void push();
    void pull();
    void fetchNumbers();
    void becomeAnotherDevice();
    void helloAnswered(const wire::HelloAnswer &answer);
    void send(std::vector<Batch> batches);
    /// Nothing but acceptance, under the rights that are known.
    bool isPlain(const wire::PushAnswer &answer) const;
    /// That, for all that was sent.
    bool isSettled(const wire::PushAnswer &answer, const std::vector<Batch> &sent) const;
    /// Sends what waits after `no` before the answer to what came up to it is written down, so that the server works
    /// meanwhile. True: something is under way.
    bool sendBehind(qint64 no);
    void pushAnswered(const wire::PushAnswer &answer, bool isNextUnderWay);
    void pushRefused(const Error &error, std::vector<Batch> batches);
    void pageArrived(wire::PageReader &reader);
    /// True: something was asked, and next() follows.
    bool settle();
    bool confirm();
    void askStates(const std::vector<wire::EntityIds> &ids, bool isSample);
    void statesArrived(const wire::StateAnswer &answer, bool isSample);
    /// False: it failed.
    bool compareSums(const std::vector<wire::Sum> &sums);
    bool isDayOver() const;
    static wire::Mark mark8(wire::Mark mark);
    void becomeQuiet();
    void attemptFailed(const Error &error, int atLeastMs = 0);
    /// The replica itself cannot go on (full disk, say).
    void storeFailed(const Error &error);
    /// What the server asked for and up to as much again, so that laptops that were told the same do not come together.
    int pauseMs(qint64 askedMs);
    void setPhase(Phase phase);
    void publish();
    void countAttention();
    qint64 refused() const;
    /// True: the server has numbers of this device that nobody here knows.
    Result<bool> adopt(const wire::HelloAnswer &answer);
    Result<QList<Id>> teamsBelow(const Id &team) const;
    void refreshTeams();

    RecordStore &m_store;
    ReplicaState &m_state;
    Transport &m_transport;
    Entropy &m_entropy;
    QString m_program;
    ClockOffset m_clockOffset;
    Phase m_phase = Phase::Stopped;
    SyncStatus m_status;
    Counts m_counts;
    bool m_live = false;
    bool m_greeted = false;
    /// No page has come since the last hello: its answer says who one is now.
    bool m_justGreeted = false;
    bool m_wantPush = true;
    bool m_wantPull = true;
    /// Own edits were acknowledged by answers that no page has followed yet.
    bool m_isBehind = false;
    /// The stock of numbers may have become small.
    bool m_wantNumbers = false;
    QDate m_numbersDay;
    /// After a push that failed as a whole: send one by one, to find the batch that the server cannot take.
    bool m_oneByOne = false;
    /// More pages are to come: they are asked for where long work is done.
    bool m_catchingUp = false;
    /// The next page is to bring the sums.
    bool m_sums = false;
    /// They were the same: some records are to be compared by content.
    bool m_sampling = false;
    /// When they were compared in this session, on the monotonic clock.
    std::optional<qint64> m_verifiedAtMs;
    int m_failures = 0;
    int m_liveFailures = 0;
    QTimer m_retry;
    QTimer m_poll;
    QTimer m_reopen;
};

} // namespace tz
