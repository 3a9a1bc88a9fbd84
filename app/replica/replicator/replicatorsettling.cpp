// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors

// When everything is sent and everything has come: whether what is here is what the server has.
#include "replica/replicator/replicator.h"

namespace tz {

namespace {

constexpr int stateMs = 120'000;
constexpr qint64 dayMs = 24LL * 3600 * 1000;
constexpr qsizetype sampledRecords = 200;

qint64 countOf(const std::vector<wire::EntityIds> &lists)
{
    qint64 count = 0;
    for (const wire::EntityIds &list : lists)
        count += qint64(list.ids.size());
    return count;
}

qint64 countOf(const std::vector<wire::TableRows> &tables)
{
    qint64 count = 0;
    for (const wire::TableRows &table : tables)
        count += qint64(table.rows.size());
    return count;
}

} // namespace

bool Replicator::settle()
{
    if (m_state.isUnconfirmed())
        return confirm();
    m_status.toSetAside = 0;
    if (std::exchange(m_sampling, false)) {
        const auto ids = m_state.sample(m_entropy, sampledRecords);
        if (!ids) {
            storeFailed(ids.error());
            return true;
        }
        if (!ids->empty()) {
            askStates(*ids, true);
            return true;
        }
    }
    if (isDayOver()) {
        if (const auto asked = m_state.askForVerify(); !asked) {
            storeFailed(asked.error());
            return true;
        }
    }
    if (!m_state.isVerifyDue())
        return false;
    m_sums = true;
    pull();
    return true;
}

bool Replicator::confirm()
{
    const auto ids = m_state.unconfirmed();
    if (!ids) {
        storeFailed(ids.error());
        return true;
    }
    if (!ids->empty()) {
        askStates(*ids, false);
        return true;
    }
    const auto asked = m_state.settleUnconfirmed();
    if (!asked) {
        storeFailed(asked.error());
        return true;
    }
    m_status.toSetAside = *asked;
    if (m_state.isUnconfirmed())
        return false;
    pull();
    return true;
}

void Replicator::askStates(const std::vector<wire::EntityIds> &ids, bool isSample)
{
    setPhase(Phase::Pull);
    publish();
    wire::StateRequest request;
    request.newest = mark8(m_state.newest());
    request.records = ids;
    m_transport.post(QStringLiteral("/v1/state"), wire::encode(request), stateMs,
                     [this, isSample](Result<QByteArray> body) {
                         if (!body)
                             return attemptFailed(body.error());
                         const auto answer = wire::decodeStateAnswer(*body);
                         if (!answer)
                             return attemptFailed(answer.error());
                         statesArrived(*answer, isSample);
                     });
}

void Replicator::statesArrived(const wire::StateAnswer &answer, bool isSample)
{
    const qint64 rows = countOf(answer.tables);
    if (rows + countOf(answer.gone) + countOf(answer.evict) + countOf(answer.unknown) == 0)
        return attemptFailed(Error("sync.no_progress"));
    const auto differing = m_state.receive(answer);
    if (!differing)
        return storeFailed(differing.error());
    if (isSample) {
        if (const auto noted = m_state.noteSampled(rows, *differing); !noted)
            return storeFailed(noted.error());
    }
    m_failures = 0;
    m_counts.rows += isSample ? 0 : rows;
    m_counts.evicted += countOf(answer.evict);
    m_status.lastContactMs = m_store.clock().nowMs();
    // They may be of a later revision than the rest.
    m_wantPull = m_wantPull || answer.mark.rev > m_state.cursor().rev;
    setPhase(Phase::Quiet);
    next();
}

bool Replicator::compareSums(const std::vector<wire::Sum> &sums)
{
    m_sums = false;
    const auto report = m_state.compare(sums);
    if (!report) {
        storeFailed(report.error());
        return false;
    }
    if (!*report)
        return true;
    m_verifiedAtMs = m_store.clock().monotonicMs();
    m_sampling = (*report)->outcome != IntegrityReport::Outcome::Differs;
    m_wantPull = m_wantPull || !m_state.backfills().empty();
    return true;
}

bool Replicator::isDayOver() const
{
    if (!m_state.isComplete())
        return false;
    // Within a session nobody's setting of the wall clock counts.
    if (m_verifiedAtMs)
        return m_store.clock().monotonicMs() - *m_verifiedAtMs >= dayMs;
    const auto last = m_state.integrity();
    return !last || std::abs(m_store.clock().nowMs() - last->atMs) >= dayMs;
}

} // namespace tz
