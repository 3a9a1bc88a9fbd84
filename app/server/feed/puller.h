// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "server/feed/recentkeys.h"
#include "server/feed/states.h"

#include <map>

namespace tz::server {

/// Answers pulls: everything that changed after the cursor and that the user may see, in one snapshot. To the end if it
/// fits in a page, otherwise cut between revisions. (SYNC B.6)
class Puller {
public:
    Puller(Connection &connection, const ScopePtr &scope, const RecentKeys &recent)
        : m_connection(connection)
        , m_scope(scope)
        , m_recent(recent)
    {
    }
    /// Errors: sync.history {rev} when the cursor is not of this server's history.
    Result<wire::Page> pull(const wire::PullRequest &request);

private:
    using Counts = std::map<qint64, qint64>;
    Result<Counts> countCommon(qint64 after);
    Result<> collectCommon(wire::Page &page, qint64 after, qint64 upto, qint64 &bytes);
    /// Rows of one key with revisions in (from, upto], at most about `room`; answers up to where.
    Result<qint64> backfill(wire::Page &page, qint64 key, qint64 from, qint64 upto, qint64 room, qint64 &bytes);
    static qint64 cut(const Counts &counts, qint64 room, qint64 end, qint64 &taken);
    Result<> addSums(wire::Page &page);
    void addTable(wire::Page &page, States::Table &&table);

    Connection &m_connection;
    ScopePtr m_scope;
    const RecentKeys &m_recent;
    /// The user's keys that this pull has to look at.
    std::vector<qint64> m_keys;
    QHash<Id, bool> m_sent;
};

/// The revision of the cursor. Errors: sync.history {rev} when what the replica knows is not of this server's history.
Result<Revision> historyOf(Database &database, const wire::PullRequest &request);

} // namespace tz::server
