// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "server/api/service.h"

#include <map>
#include <set>

namespace tz::sim {

/// All that a server ever held: every state of every record by revision, and who might see it when. Who may see what is
/// worked out here from the records and the rules of the simulation's company, without the program's audience keys.
class Chronicle {
public:
    struct Version {
        qint64 rev = 0;
        bool deleted = false;
        /// By name; what is empty and what is derived is left out.
        std::map<QString, Value> values;
    };
    struct Entry {
        QString entity;
        std::vector<Version> versions;
        /// By user: since which revision the record is visible or not.
        std::map<Id, std::vector<std::pair<qint64, bool>>> visible;

        /// Null: there was none yet.
        const Version *at(qint64 rev) const;
        bool isVisible(const Id &user, qint64 rev) const;
    };

    explicit Chronicle(std::vector<Id> users);
    /// Writes down what was committed since the last time; breaks the law of order where a revision is out of it.
    void catchUp(server::Connection &server);

    /// The servers have another history now, as far as it was known then. What users lost stays counted.
    void become(const Chronicle &other);
    /// History goes on at a revision in which nothing happened.
    void leapTo(qint64 rev, const QByteArray &chain);

    /// Whether this is a fingerprint of the history that the servers have now.
    bool knows(qint64 rev, const QByteArray &chain) const;

    qint64 rev() const { return m_rev; }
    const QByteArray &chain() const { return m_chain; }
    const std::map<Id, Entry> &entries() const { return m_entries; }
    const Entry *entry(const Id &id) const;
    /// Records that changed, left or came into somebody's sight in these revisions.
    std::set<Id> changedSince(qint64 rev) const;
    bool seesSecrets(const Id &user, qint64 rev) const;
    /// How often something went out of the user's sight.
    qint64 lossesOf(const Id &user) const;
    /// The entities that are written down.
    static const std::vector<QString> &entities();
    static Version versionOf(const Record &record);

private:
    bool sees(const Id &user, const Entry &entry) const;
    void judge(const Id &id, Entry &entry, qint64 rev);
    void judgeEverybody(qint64 rev);
    bool hasRole(const Id &user, const QString &name) const;
    const Version *newest(const Id &id) const;
    std::set<Id> teamsOf(const Id &user) const;

    std::vector<Id> m_users;
    qint64 m_rev = 0;
    QByteArray m_chain;
    std::map<qint64, QByteArray> m_chains;
    std::map<Id, Entry> m_entries;
    std::map<Id, std::set<Id>> m_children;
    std::multimap<qint64, Id> m_changes;
    std::map<Id, std::vector<std::pair<qint64, bool>>> m_secrets;
    std::map<Id, qint64> m_losses;
    /// Of the moment, for judging.
    std::map<Id, std::set<Id>> m_teams;
    std::map<Id, std::pair<bool, bool>> m_reach;
};

} // namespace tz::sim
