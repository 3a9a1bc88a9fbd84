// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors

// What leaves a replica when it leaves its user's sight.
#include "core/sync/audience.h"
#include "tests/unit/replica/replicafixture.h"

using namespace tz;
using namespace tz::test;
using namespace Qt::StringLiterals;
using wire::BatchStatus;

TEST_CASE("eviction takes the record, its history and its search entries", "[replica]")
{
    Replica r;
    const Id id = r.store->ids().next();
    const Id line = r.store->ids().next();
    r.receive(Replica::page(1, {Replica::orders({Replica::orderRow(id, 1, u"Tea"_s)}),
                                Replica::lines({Replica::lineRow(line, 1, id, 5)})}));
    r.updateOrder(id, u"name"_s, Value(u"Coffee"_s));
    const auto batches = need(r.replica->pending());
    r.receive(
        r.answerTo(batches[0], BatchStatus::Accepted, 2, {Replica::orders({Replica::orderRow(id, 2, u"Coffee"_s)})}));

    auto page = Replica::page(3);
    page.evict = {{u"shop.order"_s, {id}}, {u"shop.line"_s, {line}}};
    r.receive(page);
    CHECK_FALSE(r.find(r.order(), id));
    CHECK_FALSE(r.find(r.line(), line));
    CHECK(need(r.store->search(u"Coffee"_s)).empty());
    CHECK(need(r.store->history(u"shop.order"_s, id)).empty());
    CHECK(r.count("SELECT count(*) FROM sync_base") == 0);
    CHECK(r.replica->needsScrub());
    need(r.replica->scrub());
    CHECK_FALSE(r.replica->needsScrub());
}

TEST_CASE("what hangs under a record that leaves stays as long as a key of its own grants it", "[replica][scope]")
{
    Replica r;
    const Id id = r.store->ids().next();
    const Id line = r.store->ids().next();
    r.scope({100, 200});
    r.receive(Replica::page(1, {Replica::orders({Replica::orderRow(id, 1, u"Tea"_s)}),
                                Replica::lines({Replica::lineRow(line, 1, id, 5, {1})})}));
    need(r.replica->receiveScope({2, {200}}, r.replica->visibility()));
    CHECK_FALSE(r.find(r.order(), id));
    REQUIRE(r.find(r.line(), line));
    need(r.replica->receiveScope({3, {}}, r.replica->visibility()));
    CHECK_FALSE(r.find(r.line(), line));
}

TEST_CASE("what an edit was based on goes from the file when the edit of an evicted record is answered", "[replica]")
{
    Replica r;
    const Id id = r.store->ids().next();
    r.receive(Replica::page(1, {Replica::orders({Replica::orderRow(id, 1, u"Tea"_s)})}));
    r.updateOrder(id, u"name"_s, Value(u"Coffee"_s));
    const auto batches = need(r.replica->pending());
    auto page = Replica::page(2);
    page.evict = {{u"shop.order"_s, {id}}};
    r.receive(page);
    need(r.replica->scrub());
    CHECK_FALSE(r.replica->needsScrub());

    r.receive(r.answerTo(batches[0], BatchStatus::Refused, 3, {}, {{0, Error("access.write_denied")}}));
    const auto rejected = need(r.replica->rejected());
    REQUIRE(rejected.size() == 1);
    CHECK(rejected[0].body.changes.at(0).edits.at(0).value == Value(u"Coffee"_s));
    CHECK(rejected[0].body.changes.at(0).edits.at(0).was.isNull());
    CHECK(r.replica->needsScrub());
}

TEST_CASE("an eviction that is older than the state held is ignored", "[replica]")
{
    Replica r;
    const Id id = r.store->ids().next();
    r.receive(Replica::page(5, {Replica::orders({Replica::orderRow(id, 8, u"Back"_s)})}));
    auto page = Replica::page(6);
    page.evict = {{u"shop.order"_s, {id}}};
    r.receive(page);
    CHECK(r.name(id) == u"Back"_s);
}

TEST_CASE("a lost key takes the rows that nothing else grants, a new one asks for its past", "[replica]")
{
    Replica r;
    r.scope({100, 200}, 2);
    const Id one = r.store->ids().next();
    const Id both = r.store->ids().next();
    r.receive(Replica::page(1, {Replica::orders({Replica::orderRow(one, 1, u"One"_s, 0, {1}),
                                                 Replica::orderRow(both, 1, u"Both"_s, 0, {0, 1})})}));
    const Id mine = r.createOrder(u"Unsent"_s);
    r.scope({100, 300}, 3);
    CHECK_FALSE(r.find(r.order(), one));
    CHECK(r.name(both) == u"Both"_s);
    CHECK(r.name(mine) == u"Unsent"_s);
    CHECK(r.replica->keysVersion() == 3);
    const auto backfills = r.replica->backfills();
    REQUIRE(backfills.size() == 1);
    CHECK(backfills[0].key == 300);
    CHECK_FALSE(r.replica->isComplete());

    auto page = Replica::page(1);
    page.backfilled = {{300, 2}};
    r.receive(page);
    CHECK(r.replica->backfills().empty());
    CHECK(r.replica->isComplete());
}

TEST_CASE("a key that came with an answer is asked about, and goes when the list is the old one again", "[replica]")
{
    Replica r;
    r.scope({100}, 3);
    const Id id = r.store->ids().next();
    const Id line = r.store->ids().next();
    r.receive(Replica::page(5, {Replica::orders({Replica::orderRow(id, 5, u"Lamp"_s)}),
                                Replica::lines({Replica::lineRow(line, 5, id, 30)})}));
    r.updateOrder(id, u"name"_s, u"Lantern"_s);
    const Batch batch = need(r.replica->pending()).front();
    wire::PushAnswer answer = r.answerTo(batch, wire::BatchStatus::Accepted, 6,
                                         {Replica::orders({Replica::orderRow(id, 6, u"Lantern"_s, 0, {1})})});
    answer.keys = {4, {100, 200}};
    r.receive(answer);
    CHECK(r.replica->keysVersion() == 0);
    CHECK(r.replica->backfills().size() == 1);

    r.scope({100}, 3);
    CHECK(r.replica->keysVersion() == 3);
    CHECK_FALSE(r.find(r.order(), id));
    // It went with its lines, which nobody would send again if they were not asked for.
    const auto backfills = r.replica->backfills();
    REQUIRE(backfills.size() == 1);
    CHECK(backfills[0].key == 100);
    CHECK(backfills[0].fromRev == 0);
    CHECK_FALSE(r.replica->isComplete());
}

TEST_CASE("what is deleted goes when a key is lost, because its keys may be those of before", "[replica]")
{
    Replica r;
    const qint64 north = audience::key(7, audience::Kind::Team, 1), south = audience::key(7, audience::Kind::Team, 2);
    r.scope({north, south}, 2);
    const Id id = r.store->ids().next(), line = r.store->ids().next();
    r.receive(Replica::page(1, {Replica::orders({Replica::orderRow(id, 1, u"Tea"_s, 0, {0})}),
                                Replica::lines({Replica::lineRow(line, 1, id, 5)})}));
    // Given to the other key and deleted, while this laptop was away.
    auto page = Replica::page(3);
    page.gone = {{u"shop.order"_s, {id}}};
    r.receive(page);
    need(r.replica->scrub());
    r.scope({north}, 3);
    CHECK_FALSE(r.find(r.order(), id));
    CHECK(r.replica->needsScrub());
}

TEST_CASE("a field that the user may not see any more is cleared at once", "[replica]")
{
    Replica r;
    const Id id = r.store->ids().next();
    r.receive(Replica::page(1, {Replica::orders({Replica::orderRow(id, 1, u"Tea"_s)})}));
    r.updateOrder(id, u"name"_s, Value(u"Mine"_s));
    CHECK(r.find(r.order(), id)->value(u"secret") == Value(u"hush"_s));
    Actor actor = r.store->actor();
    actor.roles = {u"clerk"_s};
    need(r.store->setActor(actor));
    need(r.replica->receiveScope({1, {100}}, {{u"shop.order"_s, u"2"_s}}));
    CHECK(r.find(r.order(), id)->value(u"secret").isNull());
    const auto batches = need(r.replica->pending());
    r.receive(r.answerTo(batches[0], BatchStatus::Refused, 2, {}, {{0, Error("access.write_denied")}}));
    CHECK(r.find(r.order(), id)->value(u"secret").isNull());
    CHECK(r.replica->needsScrub());
    CHECK(r.replica->visibility().value(u"shop.order"_s) == u"2"_s);
}

namespace {
/// All that lies in the replica's files, in small letters.
QByteArray filesOf(const Replica &r)
{
    QByteArray bytes;
    for (const char *end : {"", "-wal"}) {
        QFile file(r.folder.filePath(u"replica.sqlite"_s + QLatin1String(end)));
        if (file.open(QFile::ReadOnly))
            bytes += file.readAll();
    }
    return bytes.toLower();
}
} // namespace

TEST_CASE("a field that goes out of sight takes along its words, what was computed from it and what others wrote there",
          "[replica][permissions]")
{
    Replica r;
    const Id id = r.store->ids().next();
    r.receive(Replica::page(1, {Replica::orders({Replica::orderRow(id, 1, u"Tea"_s)})}));
    r.updateOrder(id, u"secret"_s, Value(u"mine"_s));
    const auto batches = need(r.replica->pending());
    r.receive(
        r.answerTo(batches[0], BatchStatus::Accepted, 2, {Replica::orders({Replica::orderRow(id, 2, u"Tea"_s)})}));
    CHECK(r.find(r.order(), id)->value(u"whisper") == Value(u"hush"_s));
    CHECK(need(r.store->search(u"hush"_s)).size() == 1);
    CHECK(filesOf(r).contains("hush"));

    Actor actor = r.store->actor();
    actor.roles = {u"clerk"_s};
    need(r.store->setActor(actor));
    need(r.replica->receiveScope({1, {100}}, {{u"shop.order"_s, u"2"_s}}));
    CHECK(need(r.store->search(u"hush"_s)).empty());
    CHECK(r.find(r.order(), id)->value(u"whisper").isNull());
    CHECK(need(r.store->history(u"shop.order"_s, id)).empty());
    need(r.replica->scrub());
    CHECK_FALSE(filesOf(r).contains("hush"));
    // What its author typed stays with what was sent.
    CHECK(filesOf(r).contains("mine"));
    need(r.store->indexWaiting());
    CHECK(need(r.store->search(u"Tea"_s)).size() == 1);
}

TEST_CASE("a record that leaves takes its title out of the words by which others are found", "[replica][permissions]")
{
    Replica r;
    const Id id = r.store->ids().next();
    const Id gift = r.store->ids().next();
    r.receive(
        Replica::page(1, {Replica::orders({Replica::orderRow(id, 1, u"Tealeaf"_s)}),
                          {u"shop.gift"_s, {u"name"_s, u"order"_s}, {{gift, 1, {0}, {Value(u"Cup"_s), Value(id)}}}}}));
    need(r.store->indexWaiting());
    CHECK(need(r.store->search(u"Tealeaf"_s, 10, u"shop.gift"_s)).size() == 1);
    auto page = Replica::page(2);
    page.evict = {{u"shop.order"_s, {id}}};
    r.receive(page);
    CHECK(need(r.store->search(u"Tealeaf"_s)).empty());
    need(r.replica->scrub());
    CHECK_FALSE(filesOf(r).contains("tealeaf"));
    need(r.store->indexWaiting());
    CHECK(need(r.store->search(u"Cup"_s)).size() == 1);
    CHECK(need(r.store->search(u"Tealeaf"_s)).empty());
}

TEST_CASE("a field that the server does not send any more goes with all that is remembered of it, whatever the rules "
          "here say",
          "[replica][scope]")
{
    Replica replica;
    replica.scope({100});
    const Id id = Id::fromName(u"o");
    replica.receive(Replica::page(1, {Replica::orders({Replica::orderRow(id, 1, u"A"_s)})}));
    // The author has seen what somebody else wrote there; it stands in the journal and in the local history.
    replica.updateOrder(id, u"secret"_s, Value(u"mine"_s));
    const Batch batch = need(replica.replica->pending()).at(0);
    wire::Row accepted = Replica::orderRow(id, 2, u"A"_s);
    accepted.values[2] = Value(u"mine"_s);
    replica.receive(replica.answerTo(batch, BatchStatus::Accepted, 2, {Replica::orders({accepted})}));
    const auto remembers = [&] {
        return replica.count("SELECT count(*) FROM _history WHERE before = 'hush'") +
               replica.count("SELECT count(*) FROM sync_journal WHERE instr(body, CAST('hush' AS BLOB)) > 0");
    };
    REQUIRE(remembers() == 2);
    // A newer server with other rules.
    wire::TableRows fewer = Replica::orders({Replica::orderRow(id, 3, u"B"_s)});
    fewer.fields.removeAt(2);
    fewer.rows[0].values.erase(fewer.rows[0].values.begin() + 2);
    replica.receive(Replica::page(3, {fewer}));
    CHECK(remembers() == 0);
    const Record record = *replica.find(replica.order(), id);
    CHECK(record.value(u"secret").isNull());
    CHECK(record.value(u"name") == Value(u"B"_s));
    CHECK(record.value(u"amount") == Value(qint64(0)));
    CHECK(replica.replica->needsScrub());
    // It comes back with the rows that hold it.
    replica.receive(Replica::page(4, {Replica::orders({Replica::orderRow(id, 4, u"C"_s)})}));
    CHECK(replica.find(replica.order(), id)->value(u"secret") == Value(u"hush"_s));
}

TEST_CASE("a field that a newer server sent goes when the rules here come to hide it", "[replica][scope]")
{
    Replica r;
    r.scope({100});
    const Id id = Id::fromName(u"o");
    const auto secret = [&] { return r.find(r.order(), id)->value(u"secret"); };
    Actor actor = r.store->actor();
    actor.roles = {u"clerk"_s};
    need(r.store->setActor(actor));
    need(r.replica->receiveScope({1, {100}}, {{u"shop.order"_s, u"2"_s}}));
    // Our rules hide it, the server's do not.
    r.receive(Replica::page(1, {Replica::orders({Replica::orderRow(id, 1, u"A"_s)})}));
    REQUIRE(secret() == Value(u"hush"_s));
    need(r.replica->receiveScope({1, {100}}, {{u"shop.order"_s, u"3"_s}}));
    CHECK(secret().isNull());
    // What the server still shows comes once more.
    CHECK_FALSE(r.replica->backfills().empty());
    r.receive(Replica::page(2, {Replica::orders({Replica::orderRow(id, 2, u"A"_s)})}));
    REQUIRE(secret() == Value(u"hush"_s));
    wire::TableRows fewer = Replica::orders({Replica::orderRow(id, 3, u"B"_s)});
    fewer.fields.removeAt(2);
    fewer.rows[0].values.erase(fewer.rows[0].values.begin() + 2);
    r.receive(Replica::page(3, {fewer}));
    CHECK(secret().isNull());
}

TEST_CASE("a field that the server says is hidden is cleared before any row comes, whatever the rules here say",
          "[replica][scope]")
{
    Replica r;
    r.scope({100});
    const Id id = Id::fromName(u"o");
    r.receive(Replica::page(1, {Replica::orders({Replica::orderRow(id, 1, u"A"_s)})}));
    REQUIRE(r.find(r.order(), id)->value(u"secret") == Value(u"hush"_s));
    Actor clerk = r.store->actor();
    clerk.roles = {u"clerk"_s};
    const QString ofClerk = audience::visibility(r.store->catalog(), clerk).value(u"shop.order"_s);
    CHECK_FALSE(ofClerk.contains(u"secret"));
    need(r.replica->receiveScope({1, {100}}, {{u"shop.order"_s, ofClerk}}));
    CHECK(r.find(r.order(), id)->value(u"secret").isNull());
    CHECK(r.find(r.order(), id)->value(u"name") == Value(u"A"_s));
    CHECK(r.replica->needsScrub());
    CHECK(r.replica->backfills().empty());
    // In sight again, it is fetched again.
    need(r.replica->receiveScope({1, {100}}, {{u"shop.order"_s, u"4"_s}}));
    CHECK_FALSE(r.replica->backfills().empty());
}
