// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors

// What SYNC promises, judged from outside: by what stands in the files and what went over the wire.
#include "core/logic/judge.h"
#include "core/sync/valuejson.h"
#include "server/api/service.h"
#include "tests/simulation/world.h"
#include "tests/support/catch.h"

#include <QCryptographicHash>
#include <QFile>

namespace tz::sim {

namespace {

/// In the reader's own catalog: a server that is started again makes a new one.
std::vector<Record> everything(const Reader &reader, const char *name)
{
    const Entity &entity = *reader.catalog().entity(QString::fromLatin1(name));
    std::vector<Record> records;
    const auto ids = reader.ids(entity.fullName, {});
    REQUIRE_RESULT(ids);
    for (const Id &id : *ids) {
        auto record = reader.find(entity, id);
        REQUIRE_RESULT(record);
        if (*record)
            records.push_back(std::move(**record));
    }
    std::sort(records.begin(), records.end(), [](const Record &a, const Record &b) { return a.id < b.id; });
    return records;
}

std::string describeRecord(const Record &record)
{
    QString text = record.id.toString();
    for (const Field &field : record.entity->fields)
        text += QLatin1Char('\n') + field.name + QLatin1Char('=') + record.value(field.index).toDebugString();
    return text.toStdString();
}

} // namespace

/// Each laptop holds exactly the records that its user may see, with the server's values in the fields that they may
/// see, and search finds them.
void World::checkConvergence() const
{
    auto lease = m_api->service().storage().read();
    REQUIRE_RESULT(lease);
    const Reader &server = *(*lease)->reader;
    for (const auto &laptop : m_laptops) {
        INFO("laptop " << laptop->name().toStdString());
        CHECK(laptop->replica().isComplete());
        CHECK(laptop->replica().waiting().value_or(-1) == 0);
        const auto scope = m_api->service().scopes().of(**lease, laptop->user());
        REQUIRE_RESULT(scope);
        CHECK(laptop->store().actor().teams == (*scope)->actor.teams);
        const Judge judge(server, m_host.contributions(), (*scope)->actor, m_serverClock.nowMs(), 0);
        for (const char *name :
             {"sim.customer", "sim.line", "foundation.user", "foundation.team", "foundation.conflict"}) {
            const Entity &entity = *server.catalog().entity(QString::fromLatin1(name));
            INFO("entity " << name);
            std::vector<Record> expected = everything(server, name);
            std::erase_if(expected, [&](const Record &record) { return !judge.mayRead(record); });
            const std::vector<Record> held = everything(laptop->store(), name);
            std::set<Id> expectedIds, heldIds;
            for (const Record &record : expected)
                expectedIds.insert(record.id);
            for (const Record &record : held)
                heldIds.insert(record.id);
            REQUIRE(heldIds == expectedIds);
            const Grant grant = judge.grantFor(entity);
            for (size_t i = 0; i < held.size(); ++i) {
                for (const Field &field : entity.fields) {
                    const Value wanted = grant.hidden.contains(field.name) ? Value() : expected[i].value(field.index);
                    if (held[i].value(field.index) != wanted) {
                        UNSCOPED_INFO("on the laptop: " << describeRecord(held[i]));
                        UNSCOPED_INFO("on the server: " << describeRecord(expected[i]));
                        FAIL("field " << field.name.toStdString() << " differs");
                    }
                }
                CHECK(held[i].rev == expected[i].rev);
                CHECK((held[i].state & recordstate::pendingEdits) == 0);
            }
            if (entity.fullName == QLatin1String("sim.customer")) {
                REQUIRE_RESULT(laptop->store().searchIndex().catchUp(1'000'000));
                for (const Record &record : held) {
                    const auto hits = laptop->store().search(record.value(u"name").toText(), 50, entity.fullName);
                    REQUIRE_RESULT(hits);
                    CHECK(std::any_of(hits->begin(), hits->end(),
                                      [&](const SearchHit &hit) { return hit.id == record.id; }));
                }
            }
        }
    }
}

/// Every value that a user ever wrote is in its record, or was there (the audit trail has it, and whoever replaced it
/// replaced that very value or is named in a conflict), or lost against another and is kept in a conflict, or stands
/// in its author's list of refused batches.
void World::checkNothingLost() const
{
    auto lease = m_api->service().storage().read();
    REQUIRE_RESULT(lease);
    std::set<std::pair<Id, QString>> inRecords, inAudit, inConflicts;
    {
        auto audit = (*lease)->db().prepare("SELECT id, edits FROM audit WHERE edits IS NOT NULL");
        REQUIRE_RESULT(audit);
        while (audit->step().value_or(false)) {
            const auto edits = wire::decodeEdits(audit->bytes(1));
            REQUIRE_RESULT(edits);
            for (const FieldEdit &edit : *edits)
                inAudit.emplace(audit->id(0), edit.value.toText());
        }
    }
    for (const Record &conflict : everything(*(*lease)->reader, "foundation.conflict")) {
        const auto record = Id::fromString(conflict.value(u"record").toText());
        REQUIRE(record);
        const QString lost = conflict.value(u"lost").toText();
        const Value value = valueFromJson(lost);
        if (value.isText())
            inConflicts.emplace(*record, value.toText());
        for (const FieldEdit &edit : editsFromJson(lost))
            inConflicts.emplace(*record, edit.value.toText());
    }
    std::map<QString, std::set<std::pair<Id, QString>>> refused;
    for (const auto &laptop : m_laptops) {
        const auto batches = laptop->replica().rejected();
        REQUIRE_RESULT(batches);
        for (const RejectedBatch &batch : *batches)
            for (const Change &change : batch.body.changes)
                for (const FieldEdit &edit : change.edits)
                    refused[laptop->name()].emplace(change.id, edit.value.toText());
    }
    for (const Edit &edit : m_edits) {
        const std::pair place(edit.id, edit.value);
        const bool kept =
            inAudit.contains(place) || inConflicts.contains(place) || refused[edit.laptop].contains(place);
        if (!kept)
            FAIL("lost: " << edit.laptop.toStdString() << " wrote " << edit.value.toStdString() << " into "
                          << edit.field.toStdString() << " of " << edit.id.toString().toStdString());
    }
}

/// Each accepted batch stands once, with the number that its device gave it, and its changes stand once in the audit.
void World::checkExactlyOnce() const
{
    auto lease = m_api->service().storage().read();
    REQUIRE_RESULT(lease);
    for (const auto &laptop : m_laptops) {
        auto journal = laptop->store().database().prepare("SELECT no, batch FROM sync_journal");
        REQUIRE_RESULT(journal);
        while (journal->step().value_or(false)) {
            auto batch = (*lease)->db().prepare("SELECT no FROM batch WHERE id = ?1");
            REQUIRE_RESULT(batch);
            batch->bind(1, journal->id(1));
            REQUIRE(batch->step().value_or(false));
            CHECK(batch->integer(0) == journal->integer(0));
        }
    }
    auto twice = (*lease)->db().prepare("SELECT batch, id, kind, name, count(*) FROM audit WHERE kind = 0"
                                        " GROUP BY batch, id HAVING count(*) > 1");
    REQUIRE_RESULT(twice);
    CHECK_FALSE(twice->step().value_or(true));
    auto createdTwice =
        (*lease)->db().prepare("SELECT id, count(*) FROM audit WHERE kind = 0 GROUP BY id HAVING count(*) > 1");
    REQUIRE_RESULT(createdTwice);
    CHECK_FALSE(createdTwice->step().value_or(true));
}

/// Numbers of each device have no gaps, and revisions with their chain only grow.
void World::checkDeviceNumbers() const
{
    auto lease = m_api->service().storage().read();
    REQUIRE_RESULT(lease);
    auto gaps = (*lease)->db().prepare("SELECT device FROM batch WHERE no > 0 GROUP BY device"
                                       " HAVING max(no) != count(*) OR min(no) != 1");
    REQUIRE_RESULT(gaps);
    CHECK_FALSE(gaps->step().value_or(true));
    auto disorder =
        (*lease)->db().prepare("SELECT a.no FROM batch a JOIN batch b ON a.device = b.device AND a.no < b.no"
                               " WHERE a.rev > b.rev AND b.rev > 0 AND a.no > 0");
    REQUIRE_RESULT(disorder);
    CHECK_FALSE(disorder->step().value_or(true));
    auto chains = (*lease)->db().prepare("SELECT count(*), count(DISTINCT chain) FROM revision");
    REQUIRE_RESULT(chains);
    REQUIRE(chains->step().value_or(false));
    CHECK(chains->integer(0) == chains->integer(1));
}

Wiretap World::tapFor(const Laptop &laptop)
{
    const QString name = laptop.name();
    return [this, name](const QByteArray &, const QByteArray &body) {
        if (body.contains("TOPSECRET"))
            m_secretsSentTo.insert(name);
    };
}

/// The hidden field went to the manager only, over the wire and in the files, the write-ahead log included.
void World::checkNoLeak() const
{
    for (const QString &name : m_secretsSentTo)
        CHECK(name == QLatin1String("maria"));
    for (const auto &laptop : m_laptops) {
        if (laptop->name() == QLatin1String("maria"))
            continue;
        for (const char *suffix : {"", "-wal"}) {
            QFile file(laptop->databasePath() + QLatin1String(suffix));
            if (!file.open(QIODevice::ReadOnly))
                continue;
            INFO(file.fileName().toStdString());
            CHECK_FALSE(file.readAll().contains("TOPSECRET"));
        }
    }
}

QByteArray World::fingerprint() const
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(QByteArray::number(m_trace));
    for (const auto &laptop : m_laptops) {
        for (const Record &record : everything(laptop->store(), "sim.customer"))
            hash.addData(QByteArray::fromStdString(describeRecord(record)));
        hash.addData(laptop->replica().cursor().chain);
    }
    return hash.result();
}

} // namespace tz::sim
