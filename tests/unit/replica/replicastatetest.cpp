// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/store/salvage.h"
#include "core/store/synctables.h"
#include "tests/unit/replica/replicafixture.h"

using namespace tz;
using namespace tz::test;
using namespace Qt::StringLiterals;
using wire::BatchStatus;

TEST_CASE("a page becomes rows, cursor and a complete replica; twice it changes nothing", "[replica]")
{
    Replica r;
    const Id id = r.store->ids().next();
    const Id line = r.store->ids().next();
    CHECK_FALSE(r.replica->isComplete());
    const auto page = Replica::page(5, {Replica::orders({Replica::orderRow(id, 3, u"Tea"_s, 70000)}),
                                        Replica::lines({Replica::lineRow(line, 4, id, 15000)})});
    r.receive(page);
    CHECK(r.replica->cursor().rev == 5);
    CHECK(r.replica->isComplete());
    const auto order = r.find(r.order(), id);
    REQUIRE(order);
    CHECK(order->rev == 3);
    CHECK(order->state == 0);
    CHECK(order->value(u"name") == Value(u"Tea"_s));
    CHECK(order->value(u"tags") == Value::fromSet({Value(u"blue"_s)}));
    CHECK(order->value(u"double_amount") == Value(140000));
    CHECK(order->value(u"total") == Value(15000));
    CHECK(need(r.store->search(u"Tea"_s)).size() == 1);

    const QString before = r.everything();
    r.receive(page);
    CHECK(r.everything() == before);
}

TEST_CASE("a state that is older than the one held is ignored", "[replica]")
{
    Replica r;
    const Id id = r.store->ids().next();
    r.receive(Replica::page(9, {Replica::orders({Replica::orderRow(id, 9, u"New"_s)})}));
    r.receive(Replica::page(9, {Replica::orders({Replica::orderRow(id, 4, u"Old"_s)})}));
    CHECK(r.name(id) == u"New"_s);
}

TEST_CASE("a pulled state goes under the edits that wait", "[replica]")
{
    Replica r;
    const Id id = r.store->ids().next();
    r.receive(Replica::page(1, {Replica::orders({Replica::orderRow(id, 1, u"One"_s, 10000)})}));
    r.updateOrder(id, u"name"_s, Value(u"Mine"_s));
    CHECK(r.state(r.order(), id) == recordstate::pendingEdits);

    r.receive(Replica::page(2, {Replica::orders({Replica::orderRow(id, 2, u"Theirs"_s, 20000)})}));
    CHECK(r.name(id) == u"Mine"_s);
    CHECK(r.find(r.order(), id)->value(u"amount") == Value(20000));
    CHECK(r.find(r.order(), id)->rev == 2);
    CHECK(r.state(r.order(), id) == recordstate::pendingEdits);
    CHECK(r.count("SELECT rev FROM sync_base") == 2);

    // An older one leaves the base alone.
    r.receive(Replica::page(2, {Replica::orders({Replica::orderRow(id, 1, u"One"_s, 10000)})}));
    CHECK(r.find(r.order(), id)->value(u"amount") == Value(20000));
}

TEST_CASE("an accepted batch leaves the outbox for the journal and its states stand", "[replica]")
{
    Replica r;
    const Id id = r.createOrder(u"Mine"_s);
    const auto batches = need(r.replica->pending());
    REQUIRE(batches.size() == 1);
    CHECK(batches[0].no == 1);
    CHECK(need(r.replica->waiting()) == 1);

    const auto answer =
        r.answerTo(batches[0], BatchStatus::Accepted, 7, {Replica::orders({Replica::orderRow(id, 7, u"Mine"_s)})});
    r.receive(answer);
    CHECK(need(r.replica->waiting()) == 0);
    CHECK(r.count("SELECT count(*) FROM sync_pending") == 0);
    CHECK(r.count("SELECT count(*) FROM sync_base") == 0);
    CHECK(r.count("SELECT rev FROM sync_journal WHERE no = 1") == 7);
    CHECK(r.state(r.order(), id) == 0);
    CHECK(r.find(r.order(), id)->rev == 7);

    // The answer may come twice (a lost one, sent again); the record may have changed since.
    r.receive(Replica::page(9, {Replica::orders({Replica::orderRow(id, 9, u"Later"_s)})}));
    const QString before = r.everything();
    r.receive(answer);
    CHECK(r.everything() == before);
}

TEST_CASE("the journal holds what was acknowledged in the last 45 days", "[replica]")
{
    Replica r;
    constexpr qint64 dayMs = 24LL * 3600 * 1000;
    qint64 rev = 0;
    const auto acknowledgeAt = [&](qint64 day) {
        const Id id = r.createOrder(u"Order"_s);
        auto answer = r.answerTo(need(r.replica->pending()).front(), BatchStatus::Accepted, ++rev,
                                 {Replica::orders({Replica::orderRow(id, rev, u"Order"_s)})});
        answer.serverTimeMs = r.clock.nowMs() + day * dayMs;
        r.receive(answer);
    };
    for (const qint64 day : {0, 0, 10, 44})
        acknowledgeAt(day);
    CHECK(r.count("SELECT count(*) FROM sync_journal") == 4);
    acknowledgeAt(46);
    CHECK(r.count("SELECT count(*) FROM sync_journal") == 3);
    CHECK(r.count("SELECT min(rev) FROM sync_journal") == 3);
    acknowledgeAt(400);
    CHECK(r.count("SELECT count(*) FROM sync_journal") == 1);
    CHECK(r.count("SELECT rev FROM sync_journal") == rev);
}

TEST_CASE("of two waiting edits the second stays on top when the first is answered", "[replica]")
{
    Replica r;
    const Id id = r.createOrder(u"First"_s);
    r.updateOrder(id, u"name"_s, Value(u"Second"_s));
    const auto batches = need(r.replica->pending());
    REQUIRE(batches.size() == 2);
    r.receive(
        r.answerTo(batches[0], BatchStatus::Accepted, 3, {Replica::orders({Replica::orderRow(id, 3, u"First"_s, 5)})}));
    CHECK(r.name(id) == u"Second"_s);
    CHECK(r.find(r.order(), id)->value(u"amount") == Value(5));
    CHECK(r.state(r.order(), id) == recordstate::pendingEdits);
    r.receive(r.answerTo(batches[1], BatchStatus::Accepted, 4,
                         {Replica::orders({Replica::orderRow(id, 4, u"Second"_s, 5)})}));
    CHECK(r.state(r.order(), id) == 0);
    CHECK(r.count("SELECT count(*) FROM sync_base") == 0);
}

TEST_CASE("a refused edit is taken back, listed with its reason and marked on the record", "[replica]")
{
    Replica r;
    const Id id = r.store->ids().next();
    r.receive(Replica::page(1, {Replica::orders({Replica::orderRow(id, 1, u"One"_s)})}));
    r.updateOrder(id, u"name"_s, Value(u"Mine"_s));
    const auto batches = need(r.replica->pending());
    r.receive(r.answerTo(batches[0], BatchStatus::Refused, 2, {}, {{0, Error("access.write_denied", {}, u"name"_s)}}));
    CHECK(r.name(id) == u"One"_s);
    CHECK(r.state(r.order(), id) == recordstate::refusedEdit);
    const auto rejected = need(r.replica->rejected());
    REQUIRE(rejected.size() == 1);
    CHECK(rejected[0].reasons.at(0).error.is("access.write_denied"));
    CHECK(rejected[0].body.changes.at(0).edits.at(0).value == Value(u"Mine"_s));
    CHECK(need(r.replica->waiting()) == 0);

    need(r.replica->forgetRejected(rejected[0].batch));
    CHECK(r.state(r.order(), id) == 0);
    CHECK(need(r.replica->rejected()).empty());
    REQUIRE_ERROR(r.replica->forgetRejected(rejected[0].batch), "sync.unknown_rejection");
}

TEST_CASE("a refused creation takes the record away and keeps what was typed", "[replica]")
{
    Replica r;
    const Id id = r.createOrder(u"Mine"_s);
    const auto batches = need(r.replica->pending());
    r.receive(r.answerTo(batches[0], BatchStatus::Refused, 2, {}, {{0, Error("access.create_denied")}}));
    CHECK_FALSE(r.find(r.order(), id));
    CHECK(need(r.replica->rejected()).at(0).body.changes.at(0).id == id);
    CHECK(need(r.store->search(u"Mine"_s)).empty());
}

TEST_CASE("of independent changes only the refused ones are taken back", "[replica]")
{
    Replica r;
    Draft draft = r.store->draft();
    draft.independent = true;
    const Id good = draft.create(u"shop.order"_s, {{u"name"_s, Value(u"Good"_s)}});
    const Id bad = draft.create(u"shop.order"_s, {{u"name"_s, Value(u"Bad"_s)}});
    need(r.store->apply(std::move(draft)));
    const auto batches = need(r.replica->pending());
    r.receive(r.answerTo(batches[0], BatchStatus::Partly, 2, {Replica::orders({Replica::orderRow(good, 2, u"Good"_s)})},
                         {{1, Error("record.duplicate")}}));
    CHECK(r.name(good) == u"Good"_s);
    CHECK(r.state(r.order(), good) == 0);
    CHECK_FALSE(r.find(r.order(), bad));
    CHECK(need(r.replica->rejected()).size() == 1);
}

TEST_CASE("what is deleted elsewhere goes to the recycle bin and comes back when it is restored", "[replica]")
{
    Replica r;
    const Id id = r.store->ids().next();
    const Id line = r.store->ids().next();
    r.receive(Replica::page(1, {Replica::orders({Replica::orderRow(id, 1, u"Tea"_s)}),
                                Replica::lines({Replica::lineRow(line, 1, id, 5)})}));
    auto page = Replica::page(2);
    page.gone = {{u"shop.order"_s, {id}}, {u"shop.line"_s, {line}}};
    r.receive(page);
    CHECK(r.find(r.order(), id)->deleted);
    CHECK(r.find(r.line(), line)->deleted);
    CHECK(need(r.store->search(u"Tea"_s)).empty());
    // What somebody who had not heard of it hung under it meanwhile is there, also when the deletion is told again.
    const Id late = r.store->ids().next();
    r.receive(Replica::page(3, {Replica::lines({Replica::lineRow(late, 3, id, 6)})}));
    auto again = Replica::page(4);
    again.gone = {{u"shop.order"_s, {id}}};
    r.receive(again);
    CHECK_FALSE(r.find(r.line(), late)->deleted);
    r.receive(Replica::page(5, {Replica::orders({Replica::orderRow(id, 5, u"Tea"_s)})}));
    CHECK_FALSE(r.find(r.order(), id)->deleted);
    CHECK(need(r.store->search(u"Tea"_s)).size() == 1);
}

TEST_CASE("a record is marked while a conflict of this user about it is open", "[replica]")
{
    Replica r;
    const Id id = r.store->ids().next();
    const Id conflict = r.store->ids().next();
    const auto conflicts = [&](qint64 rev, const QString &state, const Id &by) {
        return wire::TableRows{
            u"foundation.conflict"_s,
            {u"entity"_s, u"record"_s, u"field"_s, u"lost_by"_s, u"state"_s},
            {{conflict,
              rev,
              {0},
              {Value(u"shop.order"_s), Value(id.toString()), Value(u"name"_s), Value(by), Value(state)}}}};
    };
    r.receive(Replica::page(2, {conflicts(2, u"open"_s, r.me), Replica::orders({Replica::orderRow(id, 1, u"Tea"_s)})}));
    CHECK(r.state(r.order(), id) == recordstate::openConflict);
    r.receive(Replica::page(3, {Replica::orders({Replica::orderRow(id, 3, u"Tea 2"_s)})}));
    CHECK(r.state(r.order(), id) == recordstate::openConflict);
    r.receive(Replica::page(4, {conflicts(4, u"taken"_s, r.me)}));
    CHECK(r.state(r.order(), id) == 0);
    r.receive(Replica::page(5, {conflicts(5, u"open"_s, r.store->ids().next())}));
    CHECK(r.state(r.order(), id) == 0);
}

TEST_CASE("renumbering keeps the order and the ids of the batches", "[replica]")
{
    Replica r;
    const Id id = r.createOrder(u"First"_s);
    r.updateOrder(id, u"name"_s, Value(u"Second"_s));
    const auto before = need(r.replica->pending());
    const Id device = r.store->ids().next();
    need(r.replica->renumber(device, 40));
    const auto after = need(r.replica->pending());
    REQUIRE(after.size() == 2);
    CHECK(after[0].no == 40);
    CHECK(after[1].no == 41);
    CHECK(after[0].id == before[0].id);
    CHECK(after[1].id == before[1].id);
    CHECK(r.store->actor().device == device);
    r.receive(
        r.answerTo(after[0], BatchStatus::Accepted, 3, {Replica::orders({Replica::orderRow(id, 3, u"First"_s)})}));
    CHECK(r.name(id) == u"Second"_s);
    r.createOrder(u"Third"_s);
    CHECK(need(r.replica->pending()).back().no == 42);
    // Numbers may also go down: over those that are still in use.
    need(r.replica->renumber(Id(), 41));
    CHECK(need(r.replica->pending()).front().no == 41);
}

TEST_CASE("a first copy of several pages makes the indexes of lists when all is here", "[replica]")
{
    Replica r;
    const auto indexes = [&r] {
        QStringList names;
        auto select = need(r.database->prepare("SELECT sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL "
                                               "ORDER BY sql"));
        while (need(select.step()))
            names << select.text(0);
        return names;
    };
    const QStringList before = indexes();
    r.scope({1});
    wire::Page first = Replica::page(1, {Replica::orders({Replica::orderRow(r.store->ids().next(), 1, u"Tea"_s)})});
    first.more = true;
    r.receive(first);
    CHECK(indexes().size() < before.size());
    for (const QString &kept : indexes())
        CHECK(before.contains(kept));
    r.receive(Replica::page(2, {Replica::orders({Replica::orderRow(r.store->ids().next(), 2, u"Rice"_s)})}));
    CHECK(r.replica->isComplete());
    need(r.store->indexWaiting());
    CHECK(indexes() == before);
    CHECK_FALSE(need(r.store->indexSome(1)));
}

TEST_CASE("values that came before their field was known are asked for again with it", "[replica]")
{
    Replica r;
    const Id id = r.store->ids().next();
    wire::TableRows rows = Replica::orders({Replica::orderRow(id, 2, u"Tea"_s)});
    rows.fields << u"x_region"_s;
    rows.rows.front().values.emplace_back(u"North"_s);
    wire::TableRows other{u"shop.parcel"_s, {u"name"_s}, {}};
    other.rows.push_back({r.store->ids().next(), 2, {0}, {Value(u"Box"_s)}});
    r.scope({1});
    r.receive(Replica::page(2, {rows, other}));
    need(r.replica->refetchUnread());
    CHECK(r.replica->backfills().empty());
    CHECK(r.replica->isComplete());

    const QJsonObject field{
        {u"name"_s, u"x_region"_s}, {u"type"_s, u"text"_s}, {u"label"_s, u"Region"_s}, {u"max"_s, 40}};
    const CatalogPtr wider = Replica::makeCatalog({{u"shop.order"_s, field}});
    REQUIRE(wider->entity(u"shop.order")->field(u"x_region"_s));
    need(r.store->setCatalog(wider));
    need(r.replica->refetchUnread());
    REQUIRE(r.replica->backfills().size() == 1);
    CHECK(r.replica->backfills().front().fromRev == 0);
    CHECK_FALSE(r.replica->isComplete());

    // The same revision again, now with a place for the value; the entity is unknown still.
    wire::Page again = Replica::page(2, {rows, other});
    again.backfilled = {{1, 3}};
    r.receive(again);
    CHECK(need(r.store->find(*r.store->catalog().entity(u"shop.order"), id))->value(u"x_region").toText() ==
          u"North"_s);
    need(r.replica->refetchUnread());
    CHECK(r.replica->backfills().empty());
    CHECK(r.replica->isComplete());
}

TEST_CASE("a page that cannot be read to its end leaves everything as it was", "[replica]")
{
    Replica r;
    std::vector<wire::Row> rows;
    for (int i = 0; i < 9000; ++i)
        rows.push_back(Replica::orderRow(r.store->ids().next(), 3, u"Order %1"_s.arg(i)));
    const QByteArray bytes = wire::encode(Replica::page(3, {Replica::orders(rows)}));
    wire::PageReader cut(bytes.first(bytes.size() - 20));
    REQUIRE(cut.isLong());
    const QString before = r.everything();
    need(r.replica->scrub());
    CHECK_FALSE(r.replica->needsScrub());
    REQUIRE_ERROR(r.replica->receive(cut), "wire.malformed");
    CHECK(r.everything() == before);
    // What it had written until then lies in the log, and nobody will evict what is not here.
    CHECK(r.replica->needsScrub());
    wire::PageReader whole(bytes);
    CHECK(need(r.replica->receive(whole)) == 9000);
    CHECK(r.count("SELECT count(*) FROM shop_order") == 9000);
}

TEST_CASE("marks are thinned: the newest all, then one an hour, then one a day", "[replica]")
{
    Replica r;
    for (qint64 rev = 1; rev <= 300; ++rev) {
        r.clock.advanceMs(20 * 60 * 1000);
        r.receive(Replica::page(rev));
    }
    const auto marks = r.replica->marks();
    REQUIRE_FALSE(marks.empty());
    CHECK(marks.front().rev == 300);
    CHECK(marks.size() <= 64);
    CHECK(marks.size() > 40);
    for (size_t i = 1; i < 16; ++i)
        CHECK(marks[i].rev == marks[i - 1].rev - 1);
}

TEST_CASE("an order that was deleted here with its lines comes back with them when that is refused", "[replica]")
{
    Replica r;
    const Id id = r.store->ids().next();
    const Id line = r.store->ids().next();
    r.receive(Replica::page(1, {Replica::orders({Replica::orderRow(id, 1, u"Tea"_s)}),
                                Replica::lines({Replica::lineRow(line, 1, id, 5)})}));
    Draft draft = r.store->draft();
    draft.remove(u"shop.order"_s, id);
    need(r.store->apply(std::move(draft)));
    CHECK(r.find(r.line(), line)->deleted);
    // Somebody else's edit does not bring the line back before the deletion is judged.
    r.receive(Replica::page(2, {Replica::lines({Replica::lineRow(line, 2, id, 6)})}));
    CHECK(r.find(r.line(), line)->deleted);
    const auto batches = need(r.replica->pending());
    r.receive(r.answerTo(batches[0], BatchStatus::Refused, 3, {}, {{0, Error("sync.changed_meanwhile")}}));
    CHECK_FALSE(r.find(r.order(), id)->deleted);
    CHECK_FALSE(r.find(r.line(), line)->deleted);
    CHECK(r.find(r.line(), line)->value(u"price") == Value(6));
}

TEST_CASE("an order that was deleted elsewhere comes back with the lines that the server takes along, and no others",
          "[replica]")
{
    Replica r;
    const Id id = r.store->ids().next();
    const Id before = r.store->ids().next(), with = r.store->ids().next(), guessed = r.store->ids().next();
    r.receive(Replica::page(1, {Replica::orders({Replica::orderRow(id, 1, u"Tea"_s)}),
                                Replica::lines({Replica::lineRow(before, 1, id, 5), Replica::lineRow(with, 1, id, 6),
                                                Replica::lineRow(guessed, 1, id, 7)})}));
    auto page = Replica::page(2);
    page.gone = {{u"shop.line"_s, {before}}};
    r.receive(page);
    page = Replica::page(4);
    page.gone = {{u"shop.order"_s, {id}}, {u"shop.line"_s, {with, guessed}}};
    r.receive(page);
    Draft draft = r.store->draft();
    draft.restore(u"shop.order"_s, id);
    need(r.store->apply(std::move(draft)));
    CHECK(r.find(r.line(), before)->deleted);
    CHECK_FALSE(r.find(r.line(), with)->deleted);
    CHECK_FALSE(r.find(r.line(), guessed)->deleted);
    const auto batches = need(r.replica->pending());
    r.receive(r.answerTo(
        batches[0], BatchStatus::Accepted, 5,
        {Replica::orders({Replica::orderRow(id, 5, u"Tea"_s)}), Replica::lines({Replica::lineRow(with, 5, id, 6)})}));
    CHECK(r.find(r.line(), before)->deleted);
    CHECK_FALSE(r.find(r.line(), with)->deleted);
    CHECK(r.find(r.line(), guessed)->deleted);
    CHECK(r.count("SELECT count(*) FROM sync_base") == 0);
}

TEST_CASE("unsent work is brought over from a damaged replica", "[replica]")
{
    Replica damaged;
    const Id pulled = damaged.store->ids().next();
    damaged.receive(Replica::page(4, {Replica::orders({Replica::orderRow(pulled, 4, u"Pulled"_s)})}));
    const Id made = damaged.createOrder(u"Unsent"_s);
    damaged.updateOrder(pulled, u"name"_s, Value(u"Edited"_s));

    Replica fresh(8);
    const Salvaged salvaged = need(salvage(*fresh.store, *damaged.database));
    CHECK(salvaged.waiting == 2);
    CHECK(fresh.name(made) == u"Unsent"_s);
    CHECK(need(fresh.replica->waiting()) == 2);
    CHECK(fresh.replica->cursor().rev == 0);
    // The pull brings what the edit stands on.
    fresh.receive(Replica::page(4, {Replica::orders({Replica::orderRow(pulled, 4, u"Pulled"_s, 30000)})}));
    CHECK(fresh.name(pulled) == u"Edited"_s);
    CHECK(fresh.find(fresh.order(), pulled)->value(u"amount") == Value(30000));
    fresh.createOrder(u"Next"_s);
    CHECK(need(fresh.replica->pending()).back().no == 3);
}

TEST_CASE("a batch that the damage made unreadable is left behind, not in the way of all that comes", "[replica]")
{
    Replica damaged;
    const QByteArray good = synctables::packedBatch({});
    for (const auto &[no, body] : {std::pair(1, good), std::pair(2, QByteArray()), std::pair(3, QByteArray("\x40"))}) {
        for (const char *insert : {"INSERT INTO sync_journal(no, batch, rev, body) VALUES (?1, randomblob(16), ?1, ?2)",
                                   "INSERT INTO sync_rejected(at, batch, body) VALUES (?1, randomblob(16), ?2)",
                                   "INSERT INTO sync_outbox(no, body) VALUES (?1, ?2)"})
            need(need(damaged.database->prepare(insert)).bind(1, no).bind(2, body).run());
    }

    Replica fresh(8);
    const Salvaged salvaged = need(salvage(*fresh.store, *damaged.database));
    CHECK(fresh.count("SELECT count(*) FROM sync_journal") == 1);
    CHECK(fresh.count("SELECT count(*) FROM sync_rejected") == 1);
    CHECK(salvaged.waiting == 1);
    const Id pulled = fresh.store->ids().next();
    fresh.receive(Replica::page(4, {Replica::orders({Replica::orderRow(pulled, 4, u"Pulled"_s)})}));
    CHECK(fresh.name(pulled) == u"Pulled"_s);
    CHECK(fresh.replica->isComplete());
}
