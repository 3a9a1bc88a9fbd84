// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "tests/support/shop.h"

#include "core/store/numberstock.h"
#include "core/store/replicastate.h"
#include "core/store/synctables.h"
#include "core/sync/wire.h"

using namespace tz;
using namespace Qt::StringLiterals;
using shop::Shop;

namespace {

std::vector<Batch> outbox(Shop &shop)
{
    std::vector<Batch> batches;
    auto statement = shop.database->prepare("SELECT body FROM sync_outbox ORDER BY no");
    REQUIRE_RESULT(statement);
    while (*statement->step()) {
        auto batch = synctables::unpackedBatch(statement->bytes(0));
        REQUIRE_RESULT(batch);
        batches.push_back(std::move(*batch));
    }
    return batches;
}

bool hasEdit(const Change &change, QStringView field)
{
    return std::ranges::any_of(change.edits, [&](const FieldEdit &edit) { return edit.field == field; });
}

} // namespace

TEST_CASE("the shop's declarations are without fault", "[store]")
{
    for (const char *name : {"shop.customer", "shop.order", "shop.line", "shop.entry", "foundation.user"})
        CHECK(shop::catalog()->entity(QString::fromLatin1(name)) != nullptr);
}

TEST_CASE("a created record is in table, outbox, history and search", "[store]")
{
    Shop shop;
    QStringList told;
    QObject::connect(shop.store.get(), &RecordStore::changed, [&](const QString &entity, const QList<Id> &ids) {
        told << entity + u':' + QString::number(ids.size());
    });
    const Id id =
        shop.create("shop.customer", {{u"name"_s, u"华盛科技"_s}, {u"tags"_s, ValueList{u"vip"_s, u"new"_s}}});

    const Record record = shop.find("shop.customer", id);
    CHECK(record.value(u"name") == Value(u"华盛科技"_s));
    CHECK(record.value(u"level") == Value(u"b"_s));
    CHECK(record.value(u"owner") == Value(Id::fromName(u"me")));
    CHECK(record.value(u"created_at") == Value(shop.clock.nowMs()));
    CHECK(record.value(u"tags").toList().size() == 2);
    CHECK(record.state == recordstate::pendingEdits);
    CHECK(told == QStringList{u"shop.customer:1"_s});

    const auto batches = outbox(shop);
    REQUIRE(batches.size() == 1);
    CHECK(batches[0].no == 1);
    REQUIRE(batches[0].changes.size() == 1);
    CHECK(hasEdit(batches[0].changes[0], u"name"));
    // Defaults travel, so that the server makes the same record; what the server fills by itself does not.
    CHECK(hasEdit(batches[0].changes[0], u"level"));
    CHECK_FALSE(hasEdit(batches[0].changes[0], u"created_at"));
    CHECK_FALSE(hasEdit(batches[0].changes[0], u"number"));
    CHECK(shop.number("SELECT count(*) FROM sync_base") == 0);
    CHECK(shop.number("SELECT count(*) FROM sync_pending") == 1);

    const auto history = shop->history(u"shop.customer"_s, id);
    REQUIRE_RESULT(history);
    REQUIRE(history->size() == 1);
    CHECK(history->front().kind == ChangeKind::Create);

    const auto hits = shop->search(u"华盛"_s);
    REQUIRE_RESULT(hits);
    REQUIRE(hits->size() == 1);
    CHECK(hits->front().id == id);
}

TEST_CASE("a refused change leaves nothing behind", "[store]")
{
    Shop shop;
    const Id id = shop.create("shop.customer", {{u"name"_s, u"Acme"_s}});
    const QString before = shop.content();
    const qint64 batches = shop.number("SELECT count(*) FROM sync_outbox");
    const qint64 history = shop.number("SELECT count(*) FROM _history");

    Draft draft = shop->draft();
    draft.update(u"shop.customer"_s, id, {{u"city"_s, u"Ulm"_s}});
    draft.create(u"shop.customer"_s, {{u"name"_s, u"Second"_s}});
    draft.update(u"shop.customer"_s, id, {{u"employees"_s, -1}});
    const auto receipt = shop->apply(std::move(draft));
    REQUIRE_ERROR(receipt, "record.out_of_range");
    CHECK(receipt.error().field == u"employees"_s);
    CHECK(receipt.error().params.value(u"change"_s) == 2);

    CHECK(shop.content() == before);
    CHECK(shop.number("SELECT count(*) FROM sync_outbox") == batches);
    CHECK(shop.number("SELECT count(*) FROM _history") == history);
    CHECK(shop.number("SELECT count(*) FROM _batch") == 1);
    CHECK(shop->search(u"Second"_s)->empty());
}

TEST_CASE("of independent changes the refused ones are left out and listed", "[store]")
{
    Shop shop;
    Draft draft = shop->draft();
    draft.independent = true;
    draft.create(u"shop.customer"_s, {{u"name"_s, u"One"_s}});
    draft.create(u"shop.customer"_s, {{u"city"_s, u"nameless"_s}});
    draft.create(u"shop.customer"_s, {{u"name"_s, u"Three"_s}, {u"level"_s, u"z"_s}});
    draft.create(u"shop.customer"_s, {{u"name"_s, u"Four"_s}});
    const auto receipt = shop->apply(std::move(draft));
    REQUIRE_RESULT(receipt);
    REQUIRE(receipt->refused.size() == 2);
    CHECK(receipt->refused[0].first == 1);
    CHECK(receipt->refused[0].second.is("record.required"));
    CHECK(receipt->refused[1].first == 2);
    CHECK(receipt->refused[1].second.is("record.bad_choice"));
    CHECK(shop.number("SELECT count(*) FROM shop_customer") == 2);
    REQUIRE(outbox(shop).size() == 1);
    CHECK(outbox(shop)[0].independent);
    CHECK(outbox(shop)[0].changes.size() == 2);
}

TEST_CASE("what an effect of an independent change spoils, is taken back with it alone", "[store]")
{
    Shop shop;
    shop.contributions.effect(u"shop.customer"_s, [](const EffectContext &context) -> Result<> {
        // Entries of "bad" customers are invalid.
        const bool bad = context.after.value(u"name").toText() == u"bad";
        context.draft.create(u"shop.entry"_s,
                             {{bad ? u"nothing"_s : u"text"_s, u"seen"_s}, {u"customer"_s, context.after.id}});
        return {};
    });
    Draft draft = shop->draft();
    draft.independent = true;
    draft.create(u"shop.customer"_s, {{u"name"_s, u"good"_s}});
    draft.create(u"shop.customer"_s, {{u"name"_s, u"bad"_s}});
    draft.create(u"shop.customer"_s, {{u"name"_s, u"better"_s}});
    const auto receipt = shop->apply(std::move(draft));
    REQUIRE_RESULT(receipt);
    REQUIRE(receipt->refused.size() == 1);
    CHECK(receipt->refused[0].first == 1);
    CHECK(receipt->refused[0].second.is("record.unknown_field"));
    CHECK(shop.number("SELECT count(*) FROM shop_customer") == 2);
    CHECK(shop.number("SELECT count(*) FROM shop_entry") == 2);
    CHECK(shop.number("SELECT count(*) FROM _history") == 4);
    CHECK(outbox(shop)[0].changes.size() == 4);
    CHECK(shop->search(u"bad"_s)->empty());
}

TEST_CASE("effects that call each other for ever are stopped", "[store]")
{
    Shop shop;
    shop.contributions.effect(u"shop.entry"_s, [](const EffectContext &context) -> Result<> {
        context.draft.create(u"shop.entry"_s, {{u"text"_s, u"again"_s}});
        return {};
    });
    Draft draft = shop->draft();
    draft.create(u"shop.entry"_s, {{u"text"_s, u"first"_s}});
    REQUIRE_ERROR(shop->apply(std::move(draft)), "record.too_many_changes");
    CHECK(shop.number("SELECT count(*) FROM shop_entry") == 0);
}

TEST_CASE("rollups and the formulas that read them follow their children, over two levels", "[store]")
{
    Shop shop;
    const Id customer = shop.create("shop.customer", {{u"name"_s, u"Acme"_s}});
    const Id order = shop.create("shop.order", {{u"title"_s, u"Pumps"_s}, {u"customer"_s, customer}});
    const Id line = shop.create(
        "shop.line", {{u"order"_s, order}, {u"item"_s, u"Pump"_s}, {u"quantity"_s, 250}, {u"price"_s, 100'0000}});
    CHECK(shop.find("shop.line", line).value(u"net") == Value(250'0000));
    CHECK(shop.find("shop.order", order).value(u"total") == Value(250'0000));
    CHECK(shop.find("shop.customer", customer).value(u"ordered") == Value(250'0000));
    CHECK(shop.find("shop.customer", customer).value(u"worth") == Value(500'0000));
    CHECK(shop.find("shop.customer", customer).value(u"orders") == Value(1));

    REQUIRE_RESULT(shop.update("shop.line", line, {{u"quantity"_s, 100}}));
    CHECK(shop.find("shop.customer", customer).value(u"worth") == Value(200'0000));
    REQUIRE_RESULT(shop.remove("shop.line", line));
    CHECK(shop.find("shop.customer", customer).value(u"worth").toInteger() == 0);
    // A rollup is not an edit of the customer.
    CHECK(shop->history(u"shop.customer"_s, customer)->size() == 1);
}

TEST_CASE("an update sends the fields that changed, with what they were", "[store]")
{
    Shop shop;
    const Id id = shop.create("shop.customer", {{u"name"_s, u"Acme"_s}, {u"tags"_s, ValueList{u"a"_s, u"b"_s}}});
    REQUIRE_RESULT(shop.update(
        "shop.customer", id, {{u"name"_s, u"Acme"_s}, {u"city"_s, u"Ulm"_s}, {u"tags"_s, ValueList{u"b"_s, u"c"_s}}}));
    const Batch batch = outbox(shop).back();
    REQUIRE(batch.changes.size() == 3);
    CHECK(batch.changes[0].kind == ChangeKind::Update);
    REQUIRE(batch.changes[0].edits.size() == 1);
    CHECK(batch.changes[0].edits[0].field == u"city"_s);
    CHECK(batch.changes[0].edits[0].was.isNull());
    CHECK(batch.changes[1].kind == ChangeKind::Member);
    CHECK(batch.changes[1].member == Value(u"a"_s));
    CHECK_FALSE(batch.changes[1].present);
    CHECK(batch.changes[2].member == Value(u"c"_s));
    CHECK(batch.changes[2].present);
    // Nothing new is nothing to send.
    const auto again = shop.update("shop.customer", id, {{u"city"_s, u"Ulm"_s}});
    REQUIRE_RESULT(again);
    CHECK(again->batch.isNull());
    CHECK(outbox(shop).size() == 2);
    CHECK(shop.number("SELECT count(*) FROM _batch") == 2);
}

TEST_CASE("the acknowledged state is kept once, at the first edit", "[store]")
{
    Shop shop;
    const Id id = shop.create("shop.customer", {{u"name"_s, u"Acme"_s}});
    REQUIRE_RESULT(shop.database->execute("UPDATE shop_customer SET _rev = 5, _state = 0; DELETE FROM sync_base;"
                                          "DELETE FROM sync_pending; DELETE FROM sync_outbox"));
    REQUIRE_RESULT(shop.update("shop.customer", id, {{u"city"_s, u"Ulm"_s}}));
    REQUIRE_RESULT(shop.update("shop.customer", id, {{u"city"_s, u"Bonn"_s}}));
    CHECK(shop.number("SELECT rev FROM sync_base") == 5);
    CHECK(shop.number("SELECT count(*) FROM sync_base") == 1);
    CHECK(shop.number("SELECT count(*) FROM sync_pending") == 2);
    auto statement = shop.database->prepare("SELECT row FROM sync_base");
    REQUIRE_RESULT(statement);
    REQUIRE(*statement->step());
    const auto base = wire::decodeEdits(statement->bytes(0));
    REQUIRE_RESULT(base);
    CHECK(std::ranges::none_of(*base, [](const FieldEdit &edit) { return edit.field == u"city"_s; }));
    CHECK(outbox(shop).back().changes[0].basedOn == 5);
}

TEST_CASE("a deleted record takes its children along and brings back those that went with it", "[store]")
{
    Shop shop;
    const Id order = shop.create("shop.order", {{u"title"_s, u"Pumps"_s}});
    const Id first = shop.create("shop.line", {{u"order"_s, order}, {u"item"_s, u"first"_s}});
    const Id second = shop.create("shop.line", {{u"order"_s, order}, {u"item"_s, u"second"_s}});
    REQUIRE_RESULT(shop.remove("shop.line", first));
    REQUIRE_RESULT(shop.remove("shop.order", order));
    CHECK(shop.find("shop.order", order, true).deleted);
    CHECK(shop.find("shop.line", second, true).deleted);
    CHECK(outbox(shop).back().changes.size() == 1);
    CHECK_FALSE(shop->find(shop.entity("shop.order"), order)->has_value());
    CHECK(shop->search(u"Pumps"_s)->empty());

    REQUIRE_RESULT(shop.restore("shop.order", order));
    CHECK_FALSE(shop.find("shop.order", order).deleted);
    CHECK_FALSE(shop.find("shop.line", second).deleted);
    // This one had gone before.
    CHECK(shop.find("shop.line", first, true).deleted);
    CHECK(shop->search(u"Pumps"_s)->size() == 1);
    REQUIRE_ERROR(shop.restore("shop.order", order), "record.not_deleted");
    REQUIRE_ERROR(shop.update("shop.line", first, {{u"item"_s, u"x"_s}}), "record.deleted");
}

TEST_CASE("numbers are final on one computer and provisional on a laptop", "[store][numbers]")
{
    Shop alone(true);
    const Id first = alone.create("shop.customer", {{u"name"_s, u"One"_s}});
    const Id second = alone.create("shop.customer", {{u"name"_s, u"Two"_s}});
    CHECK(alone.find("shop.customer", first).value(u"number") == Value(u"C-2026-0001"_s));
    CHECK(alone.find("shop.customer", second).value(u"number") == Value(u"C-2026-0002"_s));
    CHECK(alone.number("SELECT count(*) FROM sync_outbox") == 0);
    CHECK(alone.find("shop.customer", first).state == 0);

    Shop laptop;
    const Id third = laptop.create("shop.customer", {{u"name"_s, u"Three"_s}});
    CHECK(laptop.find("shop.customer", third).value(u"number") == Value(u"C-2026-D7-1"_s));
    // A refused create uses up no number.
    Draft bad = laptop->draft();
    bad.create(u"shop.customer"_s, {});
    REQUIRE_ERROR(laptop->apply(std::move(bad)), "record.required");
    const Id fourth = laptop.create("shop.customer", {{u"name"_s, u"Four"_s}});
    CHECK(laptop.find("shop.customer", fourth).value(u"number") == Value(u"C-2026-D7-2"_s));
}

TEST_CASE("a laptop draws final numbers from its stock, then provisional ones", "[store][numbers]")
{
    Shop shop;
    NumberStock stock(*shop.store);
    const auto numberOf = [&](const Id &id) { return shop.find("shop.customer", id).value(u"number").toText(); };
    const auto make = [&] { return numberOf(shop.create("shop.customer", {{u"name"_s, u"X"_s}})); };
    const auto wanted = stock.wanted().value();
    REQUIRE(wanted.stocks.size() == 1);
    CHECK(wanted.stocks[0].entity == u"shop.customer"_s);
    CHECK(wanted.stocks[0].next == 0);
    const QString series = u"shop.customer:C-2026-#"_s;
    REQUIRE_RESULT(stock.receive({{{series, 41, 42}, {series, 50, 50}, {u"shop.customer:C-2019-#"_s, 1, 9}}}));
    CHECK(shop.number("SELECT count(*) FROM sync_number") == 2);

    CHECK(make() == u"C-2026-0041"_s);
    // Neither a rehearsal nor a refused draft uses one up.
    Draft tried = shop->draft();
    tried.create(u"shop.customer"_s, {{u"name"_s, u"X"_s}});
    REQUIRE_RESULT(shop->rehearse(std::move(tried)));
    Draft bad = shop->draft();
    bad.create(u"shop.customer"_s, {{u"name"_s, u"X"_s}});
    bad.create(u"shop.customer"_s, {});
    REQUIRE_ERROR(shop->apply(std::move(bad)), "record.required");
    Draft partly = shop->draft();
    partly.independent = true;
    partly.create(u"shop.customer"_s, {});
    const Id second = partly.create(u"shop.customer"_s, {{u"name"_s, u"X"_s}});
    const Id third = partly.create(u"shop.customer"_s, {{u"name"_s, u"X"_s}});
    const Id fourth = partly.create(u"shop.customer"_s, {{u"name"_s, u"X"_s}});
    REQUIRE_RESULT(shop->apply(std::move(partly)));
    CHECK(numberOf(second) == u"C-2026-0042"_s);
    CHECK(numberOf(third) == u"C-2026-0050"_s);
    CHECK(numberOf(fourth) == u"C-2026-D7-1"_s);
    CHECK(make() == u"C-2026-D7-2"_s);

    // The server is told how far it is, and what it answers again is not drawn again.
    CHECK(stock.wanted().value().stocks[0].next == 51);
    REQUIRE_RESULT(stock.receive({{{series, 42, 50}, {series, 51, 70}}}));
    CHECK(stock.wanted().value().stocks.empty());
    CHECK(make() == u"C-2026-0051"_s);
    CHECK(shop.number("SELECT count(*) FROM sync_outbox") == 4);
    REQUIRE_RESULT(NumberStock::forget(*shop.database));
    CHECK(make() == u"C-2026-D7-3"_s);
}

TEST_CASE("the drawn number travels beside the values, and outlives a replay", "[store][numbers]")
{
    Shop shop;
    REQUIRE_RESULT(NumberStock(*shop.store).receive({{{u"shop.customer:C-2026-#"_s, 7, 9}}}));
    const Id id = shop.create("shop.customer", {{u"name"_s, u"X"_s}});
    REQUIRE(outbox(shop).size() == 1);
    const Change create = outbox(shop)[0].changes.at(0);
    CHECK(create.name == u"C-2026-0007"_s);
    CHECK_FALSE(hasEdit(create, u"number"));
    // A later batch is refused: the record is made anew from the one that still waits.
    REQUIRE_RESULT(shop.update("shop.customer", id, {{u"name"_s, u"Y"_s}}));
    const std::vector<Batch> waiting = outbox(shop);
    REQUIRE(waiting.size() == 2);
    wire::PushAnswer refusal;
    refusal.answers.emplace_back();
    refusal.answers[0].no = waiting[1].no;
    refusal.answers[0].batch = waiting[1].id;
    refusal.answers[0].status = wire::BatchStatus::Refused;
    refusal.answers[0].reasons.push_back({0, Error("access.write_denied")});
    ReplicaState replica(*shop.store);
    REQUIRE_RESULT(replica.receive(refusal));
    const Record record = shop.find("shop.customer", id);
    CHECK(record.value(u"name") == Value(u"X"_s));
    CHECK(record.value(u"number") == Value(u"C-2026-0007"_s));
}

TEST_CASE("towards the end of the year there are numbers for the next one", "[store][numbers]")
{
    Shop shop;
    const QDate today = QDateTime::fromMSecsSinceEpoch(shop.clock.nowMs(), Qt::UTC).date();
    shop.clock.advanceMs(today.daysTo(QDate(today.year(), 12, 20)) * 86'400'000);
    NumberStock stock(*shop.store);
    CHECK(stock.wanted().value().stocks.size() == 2);
    const QString next = u"shop.customer:C-%1-#"_s.arg(today.year() + 1);
    REQUIRE_RESULT(stock.receive({{{next, 1, 20}}}));
    CHECK(stock.wanted().value().stocks.size() == 1);
    shop.clock.advanceMs(qint64(20) * 86'400'000);
    const Id id = shop.create("shop.customer", {{u"name"_s, u"X"_s}});
    CHECK(shop.find("shop.customer", id).value(u"number") == Value(u"C-%1-0001"_s.arg(today.year() + 1)));
    // Who may not make customers needs no numbers for them.
    shop.as({u"viewer"_s});
    CHECK(stock.wanted().value().stocks.empty());
}

TEST_CASE("a rehearsal answers like the real thing and changes nothing", "[store]")
{
    Shop shop;
    const QString before = shop.content();
    Draft draft = shop->draft();
    draft.independent = true;
    draft.create(u"shop.customer"_s, {{u"name"_s, u"One"_s}});
    draft.create(u"shop.customer"_s, {});
    const auto receipt = shop->rehearse(std::move(draft));
    REQUIRE_RESULT(receipt);
    CHECK(receipt->touched.size() == 1);
    CHECK(receipt->refused.size() == 1);
    CHECK(receipt->batch.isNull());
    CHECK(shop.content() == before);
    CHECK(shop.number("SELECT count(*) FROM _batch") == 0);
}

TEST_CASE("who may not write is refused, with the reason", "[store][rights]")
{
    Shop shop;
    const Id id = shop.create("shop.customer", {{u"name"_s, u"Acme"_s}});
    shop.as({u"sales"_s}, Id::fromName(u"other"));
    REQUIRE_ERROR(shop.update("shop.customer", id, {{u"city"_s, u"Ulm"_s}}), "access.write_denied");
    REQUIRE_ERROR(shop.remove("shop.customer", id), "access.delete_denied");
    shop.as({u"viewer"_s});
    Draft draft = shop->draft();
    draft.create(u"shop.customer"_s, {{u"name"_s, u"Mine"_s}});
    REQUIRE_ERROR(shop->apply(std::move(draft)), "access.create_denied");
}

TEST_CASE("the actor is remembered", "[store]")
{
    Shop shop;
    const Id team = Id::fromName(u"north");
    shop.as({u"sales"_s, u"viewer"_s}, Id::fromName(u"li"), {team, Id::fromName(u"north-east")});
    RecordStore::Environment environment;
    environment.clock = &shop.clock;
    environment.entropy = &shop.entropy;
    environment.contributions = &shop.contributions;
    RecordStore second(*shop.database, shop::catalog(), environment);
    REQUIRE_RESULT(second.prepare());
    CHECK(second.actor().user == Id::fromName(u"li"));
    CHECK(second.actor().roles == QStringList{u"sales"_s, u"viewer"_s});
    CHECK(second.actor().team == team);
    CHECK(second.actor().teams.size() == 2);
    CHECK(second.actor().device == Id::fromName(u"device"));
}

TEST_CASE("batches are numbered without gaps and their clocks grow", "[store]")
{
    Shop shop;
    for (int i = 0; i < 5; ++i)
        shop.create("shop.customer", {{u"name"_s, QString::number(i)}});
    qint64 last = 0;
    qint64 no = 0;
    for (const Batch &batch : outbox(shop)) {
        CHECK(batch.no == ++no);
        CHECK(batch.hlc > last);
        last = batch.hlc;
    }
    CHECK(no == 5);
}

TEST_CASE("a large independent draft leaves in several batches of one group", "[store]")
{
    Shop shop;
    Draft draft = shop->draft();
    draft.independent = true;
    for (int i = 0; i < 2500; ++i)
        draft.create(u"shop.entry"_s, {{u"text"_s, QString::number(i)}});
    const auto receipt = shop->apply(std::move(draft));
    REQUIRE_RESULT(receipt);
    const auto batches = outbox(shop);
    REQUIRE(batches.size() == 3);
    CHECK(batches[0].id == receipt->batch);
    for (const Batch &batch : batches)
        CHECK(batch.changes.size() <= size_t(limits::changesPerBatch));
    CHECK(batches[2].group == receipt->batch);
    REQUIRE_RESULT(shop->undo());
    CHECK(shop.number("SELECT count(*) FROM shop_entry WHERE _state & 2 = 0") == 0);

    Draft atomic = shop->draft();
    for (int i = 0; i < 1001; ++i)
        atomic.create(u"shop.entry"_s, {{u"text"_s, QString::number(i)}});
    REQUIRE_ERROR(shop->apply(std::move(atomic)), "record.too_many_changes");
}
