// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors

// Whether a replica holds what the server holds, and what becomes of it when it does not (docs/decisions/0031).
#include "core/store/replicastate_p.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace tz {

using namespace replicanames;

namespace {

/// In sync_state under "verify": 0 not due, 1 due, 2 due once more because keys that differed were fetched again.
constexpr qint64 fetchedAgain = 2;

QJsonObject toJson(const IntegrityReport &report)
{
    QJsonArray differences;
    for (const IntegrityReport::Difference &one : report.differences)
        differences.append(QJsonObject{{QStringLiteral("entity"), one.entity},
                                       {QStringLiteral("key"), one.key},
                                       {QStringLiteral("here"), one.here},
                                       {QStringLiteral("there"), one.there}});
    return {{QStringLiteral("at"), report.atMs},
            {QStringLiteral("rev"), report.rev},
            {QStringLiteral("outcome"), int(report.outcome)},
            {QStringLiteral("keys"), report.keys},
            {QStringLiteral("records"), report.records},
            {QStringLiteral("differences"), differences},
            {QStringLiteral("sampled"), report.sampled},
            {QStringLiteral("drifted"), report.drifted}};
}

IntegrityReport fromJson(const QJsonObject &object)
{
    IntegrityReport report;
    report.atMs = object.value(u"at").toInteger();
    report.rev = object.value(u"rev").toInteger();
    report.outcome = IntegrityReport::Outcome(std::clamp(object.value(u"outcome").toInt(), 0, 2));
    report.keys = object.value(u"keys").toInteger();
    report.records = object.value(u"records").toInteger();
    report.sampled = object.value(u"sampled").toInteger();
    report.drifted = object.value(u"drifted").toInteger();
    for (const QJsonValue &value : object.value(u"differences").toArray()) {
        const QJsonObject one = value.toObject();
        report.differences.push_back({one.value(u"entity").toString(), one.value(u"key").toInteger(),
                                      one.value(u"here").toInteger(), one.value(u"there").toInteger()});
    }
    return report;
}

/// The same, where a set without members and no set at all are the same.
bool isSame(const Field &field, const Value &here, const Value &there)
{
    return field.isSet() ? Value::fromSet(here.toList()) == Value::fromSet(there.toList()) : here == there;
}

} // namespace

bool ReplicaState::isVerifyDue() const
{
    return d->number(verifyName) > 0 && isComplete() && !isUnconfirmed();
}

Result<> ReplicaState::askForVerify()
{
    return synctables::setNumber(d->database(), verifyName, 1);
}

std::optional<IntegrityReport> ReplicaState::integrity() const
{
    const QByteArray json = d->state(integrityName);
    return json.isEmpty() ? std::nullopt : std::optional(fromJson(QJsonDocument::fromJson(json).object()));
}

Result<> ReplicaState::Private::keepReport(const IntegrityReport &report)
{
    return synctables::setState(database(), integrityName,
                                QJsonDocument(toJson(report)).toJson(QJsonDocument::Compact));
}

Result<qint64> ReplicaState::Private::countKeys(const Entity &entity, std::map<qint64, Digest> &digests) const
{
    struct Base {
        qint64 rev = 0;
        bool deleted = false;
    };
    // Below own edits the server's state is what counts.
    QHash<Id, Base> bases;
    {
        TZ_ASSIGN(auto select, database().prepare("SELECT id, rev, row FROM sync_base WHERE entity = ?1"));
        select.bind(1, store.numbers().entity(entity));
        for (;;) {
            TZ_ASSIGN(const bool row, select.step());
            if (!row)
                break;
            TZ_ASSIGN(const Record base, synctables::unpackedRow(entity, select.id(0), select.bytes(2)));
            bases.insert(select.id(0), {select.integer(1), base.deleted});
        }
    }
    QHash<QByteArray, Digest> byKeys;
    TZ_ASSIGN(auto select,
              database().prepare("SELECT id, _rev, _state, _keys FROM " + entity.table.toUtf8() + " WHERE _rev > 0"));
    for (;;) {
        TZ_ASSIGN(const bool row, select.step());
        if (!row)
            break;
        Base held{select.integer(1), (select.integer(2) & recordstate::deletedLocally) != 0};
        if (const auto base = bases.constFind(select.id(0)); base != bases.constEnd())
            held = *base;
        if (held.rev > 0 && !held.deleted)
            byKeys[select.bytes(3)].add(select.id(0), held.rev);
    }
    qint64 counted = 0;
    for (auto it = byKeys.cbegin(); it != byKeys.cend(); ++it) {
        counted += it->n;
        for (const qint64 number : unpackedNumbers(it.key()))
            digests[number].add(it.value());
    }
    return counted;
}

Result<std::optional<IntegrityReport>> ReplicaState::compare(const std::vector<wire::Sum> &sums)
{
    if (!isComplete() || isUnconfirmed() || !backfills().empty())
        return std::optional<IntegrityReport>();
    IntegrityReport report;
    report.atMs = d->store.clock().nowMs();
    report.rev = cursor().rev;
    std::map<qint64, Digest> digests;
    for (const Entity *entity : d->store.catalog().entities()) {
        TZ_ASSIGN(const qint64 counted, d->countKeys(*entity, digests));
        report.records += counted;
    }
    std::vector<qint64> differing;
    for (const wire::Sum &sum : sums) {
        // Of a department that this program does not know nothing is here.
        if (!d->store.catalog().entity(sum.entity))
            continue;
        TZ_ASSIGN(const auto numbers, d->localNumbers({sum.key}));
        const Digest here = digests[numbers.front()];
        ++report.keys;
        if (here.n == sum.n && here.stored() == sum.sum)
            continue;
        report.differences.push_back({sum.entity, sum.key, here.n, sum.n});
        differing.push_back(sum.key);
    }
    TZ_ASSIGN(auto transaction, Transaction::begin(d->database()));
    const bool again = d->number(verifyName) == fetchedAgain;
    const bool same = differing.empty();
    if (again && same) {
        report.outcome = IntegrityReport::Outcome::Repaired;
        if (auto before = integrity())
            report.differences = std::move(before->differences);
    }
    if (!same) {
        report.outcome = IntegrityReport::Outcome::Differs;
        for (const qint64 key : differing) {
            // Fetched again once: what is different after that, another attempt would not mend.
            if (!again)
                TZ_TRY(d->distrustKey(key));
        }
    }
    TZ_TRY(synctables::setNumber(d->database(), verifyName, same || again ? 0 : fetchedAgain));
    TZ_TRY(d->keepReport(report));
    TZ_TRY(transaction.commit());
    return std::optional(std::move(report));
}

Result<> ReplicaState::Private::distrustKey(qint64 key)
{
    TZ_ASSIGN(const auto numbers, localNumbers({key}));
    for (const Entity *entity : store.catalog().entities()) {
        const QByteArray table = entity->table.toUtf8();
        std::vector<QByteArray> granted;
        {
            TZ_ASSIGN(auto select, database().prepare("SELECT DISTINCT _keys FROM " + table + " WHERE _rev > 0"));
            for (;;) {
                TZ_ASSIGN(const bool row, select.step());
                if (!row)
                    break;
                if (unpackedNumbers(select.bytes(0)).contains(numbers.front()))
                    granted.push_back(select.bytes(0));
            }
        }
        // Below every revision: what comes again counts, what does not come is asked about. (lostAfter() in SQL)
        TZ_ASSIGN(auto base, database().prepare("UPDATE sync_base SET rev = -rev - 1 WHERE entity = ?2 AND rev > 0 AND "
                                                "id IN (SELECT id FROM " +
                                                table + " WHERE _keys = ?1)"));
        TZ_ASSIGN(auto rows, database().prepare("UPDATE " + table +
                                                " SET _rev = -_rev - 1 WHERE _keys = ?1 AND "
                                                "_rev > 0"));
        for (const QByteArray &keys : granted) {
            TZ_TRY(base.bind(1, keys).bind(2, store.numbers().entity(*entity)).run());
            TZ_TRY(rows.bind(1, keys).run());
        }
    }
    TZ_ASSIGN(auto again, database().prepare("UPDATE sync_key SET from_rev = 0 WHERE key = ?1"));
    TZ_TRY(again.bind(1, key).run());
    TZ_TRY(synctables::setNumber(database(), agreedName, 0));
    return waitForWord();
}

Result<std::vector<wire::EntityIds>> ReplicaState::sample(Entropy &entropy, qsizetype most) const
{
    struct Table {
        const Entity *entity = nullptr;
        qint64 rows = 0;
    };
    std::vector<Table> tables;
    qint64 all = 0;
    for (const Entity *entity : d->store.catalog().entities()) {
        TZ_ASSIGN(auto select, d->database().prepare("SELECT max(rowid) FROM " + entity->table.toUtf8()));
        TZ_TRY(select.step());
        tables.push_back({entity, select.integer(0)});
        all += select.integer(0);
    }
    std::map<const Entity *, std::set<Id>> chosen;
    for (qsizetype i = 0; i < most && all > 0; ++i) {
        // One of each part, so that of few rows every one is chosen.
        qint64 at = i * all / most + (all > most ? qint64(entropy.next64() % quint64(all / most)) : 0);
        const Entity *entity = nullptr;
        for (const Table &table : tables) {
            if (at < table.rows) {
                entity = table.entity;
                break;
            }
            at -= table.rows;
        }
        // Without own edits and not in the recycle bin.
        TZ_ASSIGN(auto select, d->database().prepare("SELECT id FROM " + entity->table.toUtf8() +
                                                     " WHERE rowid >= ?1 AND _rev > 0 AND _state & 3 = 0 LIMIT 1"));
        TZ_ASSIGN(const bool row, select.bind(1, at + 1).step());
        if (row)
            chosen[entity].insert(select.id(0));
    }
    // What was set aside may have come back out of this user's sight.
    TZ_ASSIGN(const auto aside, setAside());
    for (const Aside &one : aside) {
        if (most-- > 0)
            chosen[one.record.entity].insert(one.record.id);
    }
    std::vector<wire::EntityIds> ids;
    for (const auto &[entity, records] : chosen)
        ids.push_back({entity->fullName, {records.begin(), records.end()}});
    std::ranges::sort(ids, {}, &wire::EntityIds::entity);
    return ids;
}

Result<qint64> ReplicaState::Private::countDiffering(const wire::TableRows &table)
{
    const Entity *entity = store.catalog().entity(table.entity);
    // A right that is new brings more than was sent before.
    const QStringList hidden = unpackedMap(state(hiddenName)).value(table.entity).split(u' ', Qt::SkipEmptyParts);
    qint64 differing = 0;
    for (const wire::Row &row : table.rows) {
        if (!entity)
            break;
        TZ_ASSIGN(const auto here, store.find(*entity, row.id, true));
        if (!here || here->rev != row.rev || (here->state & recordstate::pendingEdits))
            continue;
        bool same = !here->deleted;
        for (qsizetype i = 0; i < table.fields.size() && size_t(i) < row.values.size(); ++i) {
            const Field *field = entity->field(table.fields[i]);
            if (field && !field->isDerived() && !field->isLines() && !hidden.contains(field->name))
                same = same && isSame(*field, here->value(field->index), row.values[size_t(i)]);
        }
        differing += same ? 0 : 1;
    }
    return differing;
}

Result<> ReplicaState::noteSampled(qint64 sampled, qint64 drifted)
{
    auto report = integrity();
    if (!report)
        return {};
    report->sampled = sampled;
    report->drifted = drifted;
    if (drifted > 0 && report->outcome == IntegrityReport::Outcome::Same)
        report->outcome = IntegrityReport::Outcome::Repaired;
    return d->keepReport(*report);
}

} // namespace tz
