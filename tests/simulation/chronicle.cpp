// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "tests/simulation/chronicle.h"

#include "tests/simulation/laws.h"

namespace tz::sim {

namespace {
const QString customer = QStringLiteral("sim.customer");
const QString line = QStringLiteral("sim.line");
const QString conflict = QStringLiteral("foundation.conflict");

Value valueOf(const Chronicle::Version &version, const char *field)
{
    const auto found = version.values.find(QString::fromLatin1(field));
    return found == version.values.end() ? Value() : found->second;
}

bool lastOf(const std::vector<std::pair<qint64, bool>> &turns, qint64 rev)
{
    for (auto turn = turns.rbegin(); turn != turns.rend(); ++turn)
        if (turn->first <= rev)
            return turn->second;
    return false;
}
} // namespace

const Chronicle::Version *Chronicle::Entry::at(qint64 rev) const
{
    for (auto version = versions.rbegin(); version != versions.rend(); ++version)
        if (version->rev <= rev)
            return &*version;
    return nullptr;
}

bool Chronicle::Entry::isVisible(const Id &user, qint64 rev) const
{
    const auto turns = visible.find(user);
    return turns != visible.end() && lastOf(turns->second, rev);
}

Chronicle::Chronicle(std::vector<Id> users)
    : m_users(std::move(users))
{
}

const std::vector<QString> &Chronicle::entities()
{
    static const std::vector<QString> all{QStringLiteral("foundation.role"),
                                          QStringLiteral("foundation.team"),
                                          QStringLiteral("foundation.user"),
                                          customer,
                                          line,
                                          conflict};
    return all;
}

Chronicle::Version Chronicle::versionOf(const Record &record)
{
    Version version;
    version.rev = record.rev;
    version.deleted = record.deleted;
    for (const Field &field : record.entity->fields) {
        const Value &value = record.value(field.index);
        if (!field.isDerived() && !field.isLines() && !value.isNull() && !(value.isList() && value.toList().empty()))
            version.values.emplace(field.name, value);
    }
    return version;
}

const Chronicle::Entry *Chronicle::entry(const Id &id) const
{
    const auto found = m_entries.find(id);
    return found == m_entries.end() ? nullptr : &found->second;
}

const Chronicle::Version *Chronicle::newest(const Id &id) const
{
    const Entry *found = entry(id);
    return found ? &found->versions.back() : nullptr;
}

std::set<Id> Chronicle::changedSince(qint64 rev) const
{
    std::set<Id> ids;
    for (auto change = m_changes.upper_bound(rev); change != m_changes.end(); ++change)
        ids.insert(change->second);
    return ids;
}

bool Chronicle::seesSecrets(const Id &user, qint64 rev) const
{
    const auto turns = m_secrets.find(user);
    return turns != m_secrets.end() && lastOf(turns->second, rev);
}

qint64 Chronicle::lossesOf(const Id &user) const
{
    const auto losses = m_losses.find(user);
    return losses == m_losses.end() ? 0 : losses->second;
}

bool Chronicle::hasRole(const Id &user, const QString &name) const
{
    const Version *who = newest(user);
    if (!who)
        return false;
    const Value roles = valueOf(*who, "roles");
    return std::ranges::any_of(roles.toList(), [&](const Value &id) {
        const Version *role = newest(id.toId());
        return role && valueOf(*role, "name").toText() == name;
    });
}

std::set<Id> Chronicle::teamsOf(const Id &user) const
{
    std::set<Id> teams;
    const Version *who = newest(user);
    std::vector<Id> open;
    if (const Id own = who ? valueOf(*who, "team").toId() : Id(); !own.isNull())
        open.push_back(own);
    while (!open.empty()) {
        const Id above = open.back();
        open.pop_back();
        if (!teams.insert(above).second)
            continue;
        for (const auto &[id, entry] : m_entries)
            if (entry.entity == QLatin1String("foundation.team") && !entry.versions.back().deleted &&
                valueOf(entry.versions.back(), "parent").toId() == above)
                open.push_back(id);
    }
    return teams;
}

bool Chronicle::sees(const Id &user, const Entry &entry) const
{
    const Version &now = entry.versions.back();
    if (entry.entity == conflict)
        return valueOf(now, "owner").toId() == user;
    if (entry.entity != customer && entry.entity != line)
        return true;
    const auto &[team, all] = m_reach.at(user);
    if (all || !team)
        return all;
    const Version *root = &now;
    if (entry.entity == line) {
        if (const Version *above = newest(valueOf(now, "customer").toId()))
            root = above;
    }
    return valueOf(*root, "owner").toId() == user || m_teams.at(user).contains(valueOf(*root, "team").toId());
}

void Chronicle::judge(const Id &id, Entry &entry, qint64 rev)
{
    for (const Id &user : m_users) {
        auto &turns = entry.visible[user];
        const bool now = sees(user, entry);
        if (now == (!turns.empty() && turns.back().second))
            continue;
        turns.emplace_back(rev, now);
        m_changes.emplace(rev, id);
        if (!now)
            ++m_losses[user];
    }
}

void Chronicle::judgeEverybody(qint64 rev)
{
    for (const Id &user : m_users) {
        m_teams[user] = teamsOf(user);
        const bool manager = hasRole(user, QStringLiteral("sales_manager"));
        m_reach[user] = {hasRole(user, QStringLiteral("sales")), manager};
        auto &turns = m_secrets[user];
        if (manager != (!turns.empty() && turns.back().second)) {
            turns.emplace_back(rev, manager);
            if (!manager)
                ++m_losses[user];
        }
    }
}

void Chronicle::become(const Chronicle &other)
{
    const std::map<Id, qint64> losses = std::exchange(m_losses, {});
    *this = other;
    for (const auto &[user, count] : losses)
        m_losses[user] = std::max(m_losses[user], count);
}

bool Chronicle::knows(qint64 rev, const QByteArray &chain) const
{
    const auto known = m_chains.find(rev);
    return rev == 0 || (known != m_chains.end() && known->second == chain);
}

void Chronicle::leapTo(qint64 rev, const QByteArray &chain)
{
    m_chains[rev] = chain;
    m_rev = rev;
    m_chain = chain;
}

void Chronicle::catchUp(server::Connection &server)
{
    Database &database = server.db();
    auto counter = must(database.prepare("SELECT rev, chain FROM counter"));
    must(counter.step());
    const qint64 rev = counter.integer(0);
    const QByteArray chain = counter.bytes(1);
    counter.reset();
    if (rev == m_rev) {
        require(m_rev == 0 || m_chain == chain, Law::Order, QStringLiteral("another chain at revision %1").arg(rev));
        return;
    }
    require(rev > m_rev, Law::Order, QStringLiteral("revision %1 after %2").arg(rev).arg(m_rev));
    {
        auto before = must(database.prepare("SELECT chain FROM revision WHERE rev = ?1"));
        before.bind(1, m_rev);
        const bool found = must(before.step());
        require(m_rev == 0 || (found && before.bytes(0) == m_chain), Law::Order,
                QStringLiteral("revision %1 has another chain than before").arg(m_rev));
        auto count = must(database.prepare("SELECT count(*), count(DISTINCT chain) FROM revision WHERE rev > ?1"));
        must(count.bind(1, m_rev).step());
        require(count.integer(0) == rev - m_rev && count.integer(1) == rev - m_rev, Law::Order,
                QStringLiteral("not one chain for each revision from %1 to %2").arg(m_rev).arg(rev));
    }
    auto chains = must(database.prepare("SELECT rev, chain FROM revision WHERE rev > ?1"));
    for (chains.bind(1, m_rev); must(chains.step());)
        m_chains[chains.integer(0)] = chains.bytes(1);
    bool scopes = false;
    std::set<Id> changed;
    for (const QString &name : entities()) {
        const Entity &entity = *server.catalog().entity(name);
        const QByteArray table = '"' + entity.table.toUtf8() + '"';
        std::vector<Id> ids;
        {
            auto select = must(database.prepare("SELECT id FROM " + table + " WHERE _rev > ?1 ORDER BY id"));
            ids = must(select.bind(1, m_rev).ids());
        }
        auto system = must(database.prepare("SELECT _rev, _deleted_rev FROM " + table + " WHERE id = ?1"));
        for (const Id &id : ids) {
            auto record = must(server.reader->find(entity, id, true));
            must(system.bind(1, id).step());
            record->rev = system.integer(0);
            record->deleted = system.integer(1) != 0;
            system.reset();
            Entry &entry = m_entries[id];
            entry.entity = name;
            require(entry.versions.empty() || entry.versions.back().rev < record->rev, Law::Order,
                    QStringLiteral("%1 %2 changed within revision %3").arg(name, id.toString()).arg(record->rev));
            entry.versions.push_back(versionOf(*record));
            m_changes.emplace(record->rev, id);
            changed.insert(id);
            if (name == line)
                m_children[record->value(u"customer").toId()].insert(id);
            scopes = scopes || (name.startsWith(QLatin1String("foundation.")) && name != conflict);
        }
    }
    if (scopes) {
        judgeEverybody(rev);
        for (auto &[id, entry] : m_entries)
            judge(id, entry, rev);
    } else {
        for (const Id &id : changed) {
            Entry &entry = m_entries[id];
            judge(id, entry, rev);
            // Whether or not the program remembered them: children are seen by whoever sees their parent.
            if (entry.entity == customer)
                for (const Id &child : m_children[id])
                    judge(child, m_entries[child], rev);
        }
    }
    m_rev = rev;
    m_chain = chain;
}

} // namespace tz::sim
