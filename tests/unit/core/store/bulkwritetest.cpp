// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/store/bulkwrite.h"
#include "core/store/replicastate.h"
#include "tests/support/failingvfs.h"
#include "tests/support/shop.h"

#include <thread>

using namespace tz;
using namespace Qt::StringLiterals;
using shop::Shop;

namespace {

Draft newCustomers(RecordStore &store, int from, int to)
{
    Draft draft = store.draft();
    draft.independent = true;
    for (int i = from; i < to; ++i)
        draft.create(u"shop.customer"_s, Id::fromName(u"customer:%1"_s.arg(i)),
                     {{u"name"_s, u"上海华云%1"_s.arg(i)},
                      {u"city"_s, i % 7 == 3 ? u"杭州"_s : u"Bonn"_s},
                      // One of them lacks its reason, and is refused.
                      {u"level"_s, i == 11 ? u"c"_s : u"a"_s}});
    return draft;
}

/// What an import writes: creates, updates of what it just created, creates again.
std::vector<std::pair<int, QString>> writeMuch(RecordStore &store)
{
    std::vector<std::pair<int, QString>> refused;
    const auto apply = [&](Draft draft) {
        const auto receipt = store.apply(std::move(draft));
        REQUIRE(receipt);
        for (const auto &[index, error] : receipt->refused)
            refused.emplace_back(index, QLatin1String(error.code));
    };
    apply(newCustomers(store, 0, 20));
    apply(newCustomers(store, 20, 40));
    Draft edits = store.draft();
    edits.independent = true;
    edits.update(u"shop.customer"_s, Id::fromName(u"customer:25"_s), {{u"name"_s, u"北京天元"_s}});
    edits.create(u"shop.order"_s, Id::fromName(u"order"_s),
                 {{u"title"_s, u"Pumps"_s}, {u"customer"_s, Id::fromName(u"customer:26"_s)}});
    edits.remove(u"shop.customer"_s, Id::fromName(u"customer:27"_s));
    apply(std::move(edits));
    apply(newCustomers(store, 40, 45));
    // Another one that exists already: refused.
    apply(newCustomers(store, 44, 46));
    return refused;
}

QStringList found(Shop &shop, const QString &text)
{
    QStringList titles;
    const auto hits = shop->search(text);
    REQUIRE(hits);
    for (const SearchHit &hit : *hits)
        titles << hit.title;
    titles.sort();
    return titles;
}

/// The outbox without ids and clocks, which are made anew.
QStringList outbox(Shop &shop)
{
    QStringList lines;
    const auto batches = ReplicaState(*shop.store).pending(100);
    REQUIRE(batches);
    for (const Batch &batch : *batches) {
        for (const Change &change : batch.changes) {
            QString line =
                u"%1 %2 %3 %4"_s.arg(batch.no).arg(int(change.kind)).arg(change.entity, change.id.toString());
            for (const FieldEdit &edit : change.edits)
                line += u' ' + edit.field + u'=' + edit.value.toDebugString();
            lines << line;
        }
    }
    return lines;
}

/// What the store keeps of drafts beside the records and the outbox, without ids of batches.
void checkSameTraces(Shop &one, Shop &other)
{
    for (const char *rows :
         {"SELECT id, c0, c1, c2 FROM search_content ORDER BY id",
          "SELECT seq, batch, entity, hex(id), kind, name, field, before, after FROM _history ORDER BY seq",
          "SELECT seq, grp IS NULL, at, user, device, label, undone, undo_of, first FROM _batch ORDER BY seq",
          "SELECT entity, hex(id), no FROM sync_pending ORDER BY 1, 2, 3", "SELECT name, last FROM _sequence",
          "SELECT name, value FROM sync_state WHERE name = 'next_no'"})
        CHECK(one.dump(rows) == other.dump(rows));
}

/// Drafts of all kinds as the seed makes them: among them such that a rule reads for, that are refused, that name what
/// the draft before made, and that need effects. Answers what became of each.
QStringList writeAtRandom(Shop &shop, quint64 seed)
{
    SeededEntropy dice(seed);
    // Large cities are judged by who lives there already: also by what the draft before made.
    shop.contributions.rule(u"shop.customer"_s, [](const RuleContext &context) -> Result<> {
        if (!context.after.value(u"city").toText().startsWith(u"Large"))
            return {};
        TZ_ASSIGN(const qint64 others, context.reader.count(u"shop.customer"_s, u"city == 'Large'"_s));
        context.after.set(u"touched", Value(others));
        return others < 12 ? Result<>() : fail("test.full");
    });
    QStringList outcome;
    int made = 0;
    const auto below = [&dice](int limit) { return int(dice.next64() % quint64(limit)); };
    const auto someId = [&](int most) { return Id::fromName(u"random:%1"_s.arg(below(std::max(most, 1)))); };
    for (int number = 0; number < 14; ++number) {
        Draft draft = shop->draft();
        draft.independent = below(8) > 0;
        draft.label = u"draft %1"_s.arg(number);
        const bool reads = below(3) == 0;
        const int before = made;
        for (int count = 1 + below(30); count > 0; --count) {
            switch (below(20)) {
            case 0:
                draft.create(u"shop.order"_s, Id::fromName(u"order:%1"_s.arg(made++)),
                             {{u"title"_s, u"Pumps"_s}, {u"customer"_s, someId(made)}});
                continue;
            case 1:
                if (below(4) == 0)
                    draft.update(u"shop.customer"_s, someId(made), {{u"city"_s, u"Ulm"_s}});
                continue;
            default:
                break;
            }
            // Now and then one that is here already.
            const Id id = below(25) == 0 ? someId(before) : Id::fromName(u"random:%1"_s.arg(made++));
            draft.create(u"shop.customer"_s, id,
                         {{u"name"_s, u"上海华云%1"_s.arg(made)},
                          {u"city"_s, reads && below(2) == 0 ? u"Large"_s : u"Kiel"_s},
                          // Without a reason: refused.
                          {u"level"_s, below(15) == 0 && draft.independent ? u"c"_s : u"a"_s},
                          {u"mother"_s, below(6) == 0 && made > 1 ? Value(someId(made)) : Value()}});
        }
        const auto receipt = shop->apply(std::move(draft));
        if (!receipt) {
            outcome << QLatin1String(receipt.error().code);
            continue;
        }
        outcome << QString::number(receipt->touched.size()) + u' ' + QString::number(receipt->no);
        for (const auto &[index, error] : receipt->refused)
            outcome << u"%1 %2"_s.arg(index).arg(QLatin1String(error.code));
        // Somebody looks at what is there, or at nothing but the file.
        if (below(4) == 0)
            outcome << QString::number(*shop->count(u"shop.customer"_s));
        if (below(4) == 0) {
            REQUIRE(shop->setState("test", QByteArray::number(number)));
            outcome << QString::fromLatin1(*shop->state("test"));
        }
        if (below(6) == 0)
            outcome << QString::number(shop->recentHistory(5)->size()) + *shop->undoLabel();
    }
    return outcome;
}

} // namespace

TEST_CASE("drafts inside a bulk write leave what they leave outside", "[store][bulk]")
{
    Shop plain, bulk;
    const auto refused = writeMuch(*plain.store);
    REQUIRE(refused.size() == 2);
    {
        auto writing = BulkWrite::begin(*bulk.store);
        REQUIRE(writing);
        CHECK(writeMuch(*bulk.store) == refused);
        // What the last drafts leave is still in the making.
        CHECK(bulk.number("SELECT count(*) FROM sync_outbox") < plain.number("SELECT count(*) FROM sync_outbox"));
        REQUIRE(writing->commit());
    }
    CHECK(bulk.content() == plain.content());
    CHECK(outbox(bulk) == outbox(plain));
    CHECK(outbox(bulk).size() > 40);
    for (const QString &text :
         {u"华云"_s, u"huayun"_s, u"hy"_s, u"天元"_s, u"杭州"_s, u"上海华云25"_s, u"pumps"_s, u"上海华云11"_s})
        CHECK(found(bulk, text) == found(plain, text));
    CHECK(found(bulk, u"天元"_s) == QStringList{u"北京天元"_s});
    checkSameTraces(bulk, plain);
    // Each batch is taken back by itself, from the newest on.
    REQUIRE(bulk->undo());
    REQUIRE(plain->undo());
    CHECK(bulk.content() == plain.content());
}

TEST_CASE("what is read inside a bulk write holds what it has made by then", "[store][bulk]")
{
    const auto write = [](Shop &shop) {
        QStringList outcome;
        // No more than three customers in a city: each record is judged by those before it.
        shop.contributions.rule(u"shop.customer"_s, [](const RuleContext &context) -> Result<> {
            Query others;
            others.entity = u"shop.customer"_s;
            others.filterText = u"city == param('city')"_s;
            others.parameters.insert(u"city"_s, context.after.value(u"city"));
            others.aggregates = {{Aggregate::Kind::Count, {}}};
            TZ_ASSIGN(const Rows found, context.reader.select(others));
            if (found.rows[0][0].toInteger() >= 3)
                return fail("test.full");
            return {};
        });
        const auto apply = [&](const std::vector<std::pair<int, QString>> &customers) {
            Draft draft = shop->draft();
            draft.independent = true;
            for (const auto &[number, city] : customers) {
                const Id mother = number % 4 == 3 ? Id::fromName(u"customer:%1"_s.arg(number - 1)) : Id();
                draft.create(u"shop.customer"_s, Id::fromName(u"customer:%1"_s.arg(number)),
                             {{u"name"_s, u"上海华云%1"_s.arg(number)},
                              {u"city"_s, city},
                              {u"mother"_s, mother ? Value(mother) : Value()}});
            }
            const auto receipt = shop->apply(std::move(draft));
            REQUIRE(receipt);
            for (const auto &[index, error] : receipt->refused)
                outcome << u"%1 %2"_s.arg(index).arg(QLatin1String(error.code));
            outcome << QString::number(receipt->touched.size());
        };
        const Id binned = Id::fromName(u"customer:9"_s);
        shop.create("shop.customer", {{u"name"_s, u"Acme"_s}});
        apply({{9, u"Kiel"_s}});
        REQUIRE(shop.remove("shop.customer", binned));
        apply({{0, u"Ulm"_s}, {1, u"Ulm"_s}, {2, u"Bonn"_s}, {3, u"Ulm"_s}, {4, u"Ulm"_s}, {1, u"Kiel"_s}});
        // Taken by the draft before, which the second thread still has; and by one in the recycle bin.
        apply({{5, u"Ulm"_s}, {2, u"Kiel"_s}, {9, u"Kiel"_s}, {6, u"Bonn"_s}, {7, u"Bonn"_s}});
        for (int from = 10; from < 90; from += 20) {
            std::vector<std::pair<int, QString>> many;
            for (int i = from; i < from + 20; ++i)
                many.emplace_back(i, u"Town%1"_s.arg(i));
            apply(many);
        }
        return outcome;
    };
    Shop plain, bulk;
    const QStringList outcome = write(plain);
    CHECK(outcome.count(u"4 test.full"_s) == 1);
    CHECK(outcome.filter(u"record.exists"_s).size() == 3);
    {
        auto writing = BulkWrite::begin(*bulk.store);
        REQUIRE(writing);
        CHECK(write(bulk) == outcome);
        REQUIRE(writing->commit());
    }
    CHECK(bulk.content() == plain.content());
    CHECK(outbox(bulk) == outbox(plain));
    const QByteArray sorted = "SELECT name, hex(_sort) FROM shop_customer ORDER BY rowid";
    CHECK(bulk.dump(sorted) == plain.dump(sorted));
    CHECK(found(bulk, u"huayun"_s) == found(plain, u"huayun"_s));
}

TEST_CASE("whatever drafts there are, a bulk write leaves what they leave outside", "[store][bulk][property]")
{
    for (quint64 seed = 1; seed <= 25; ++seed) {
        INFO("seed " << seed);
        const bool isStandalone = seed % 5 == 0;
        Shop plain(isStandalone), bulk(isStandalone);
        const QStringList outcome = writeAtRandom(plain, seed);
        {
            auto writing = BulkWrite::begin(*bulk.store);
            REQUIRE(writing);
            CHECK(writeAtRandom(bulk, seed) == outcome);
            REQUIRE(writing->commit());
        }
        CHECK(bulk.content() == plain.content());
        CHECK(outbox(bulk) == outbox(plain));
        checkSameTraces(bulk, plain);
        REQUIRE(bool(bulk->undo()) == bool(plain->undo()));
        CHECK(bulk.content() == plain.content());
    }
}

TEST_CASE("what is undone inside a bulk write is what was made in it", "[store][bulk]")
{
    Shop shop;
    auto writing = BulkWrite::begin(*shop.store);
    REQUIRE(writing);
    REQUIRE(shop->apply(newCustomers(*shop.store, 0, 5)));
    const auto last = shop->apply(newCustomers(*shop.store, 20, 25));
    REQUIRE(last);
    CHECK(shop->recentHistory(100)->size() == 10);
    REQUIRE(shop->undo(last->batch));
    REQUIRE(shop->undo());
    REQUIRE(writing->commit());
    CHECK(shop->count(u"shop.customer"_s) == 0);
    CHECK(shop->history(u"shop.customer"_s, Id::fromName(u"customer:21"_s))->size() == 2);
}

TEST_CASE("a large batch lies packed in the outbox and is sent whole", "[store][bulk]")
{
    Shop shop;
    const auto receipt = shop->apply(newCustomers(*shop.store, 100, 500));
    REQUIRE(receipt);
    shop.create("shop.customer", {{u"name"_s, u"Acme"_s}});
    const auto batches = ReplicaState(*shop.store).pending(100);
    REQUIRE(batches);
    REQUIRE(batches->size() == 2);
    CHECK(batches->front().changes.size() == 400);
    const qint64 plain = wire::encode(batches->front()).size();
    CHECK(shop.number("SELECT length(body) FROM sync_outbox ORDER BY no LIMIT 1") < plain / 2);
    // One edit is not worth it.
    CHECK(shop.number("SELECT length(body) FROM sync_outbox ORDER BY no DESC LIMIT 1") ==
          wire::encode(batches->back()).size());
    // What a request may hold is counted as it is sent.
    CHECK(ReplicaState(*shop.store).pending(100, 0, plain)->size() == 1);
    CHECK(ReplicaState(*shop.store).pending(100, 0, plain + 1000)->size() == 2);
}

TEST_CASE("a bulk write that is not committed leaves nothing and announces nothing", "[store][bulk]")
{
    Shop shop;
    shop.create("shop.customer", {{u"name"_s, u"Acme"_s}});
    const QString content = shop.content();
    const qint64 sent = shop.number("SELECT count(*) FROM sync_outbox");
    int announced = 0;
    QObject::connect(shop.store.get(), &RecordStore::changed, [&] { ++announced; });
    {
        auto writing = BulkWrite::begin(*shop.store);
        REQUIRE(writing);
        writeMuch(*shop.store);
    }
    CHECK(shop.content() == content);
    CHECK(shop.number("SELECT count(*) FROM sync_outbox") == sent);
    CHECK(found(shop, u"华云"_s).isEmpty());
    shop->announceCommitted();
    CHECK(announced == 0);
    shop.create("shop.customer", {{u"name"_s, u"After"_s}});
    CHECK(announced == 1);
}

TEST_CASE("a disk that fills up during a bulk write takes all of it back", "[store][bulk][failure]")
{
    test::FailingVfs vfs("failing-bulk");
    int failures = 0;
    for (int call = 1; call < 400; ++call) {
        Shop shop(false, vfs.name());
        shop.create("shop.customer", {{u"name"_s, u"Acme"_s}});
        const QString content = shop.content();
        vfs.failAt(call, true);
        bool failed = false;
        {
            auto writing = BulkWrite::begin(*shop.store);
            failed = !writing;
            for (int from = 0; !failed && from < 60; from += 20)
                failed = !shop->apply(newCustomers(*shop.store, from + 100, from + 120));
            failed = failed || !writing->commit();
        }
        vfs.heal();
        if (!failed)
            break;
        ++failures;
        INFO("call " << call);
        CHECK(shop.content() == content);
        CHECK(found(shop, u"华云"_s).isEmpty());
        CHECK(outbox(shop).size() == 1);
    }
    CHECK(failures > 3);
}

TEST_CASE("a disk that is full for the second thread fails the drafts behind and the whole bulk write",
          "[store][bulk][failure]")
{
    test::FailingVfs vfs("failing-behind");
    for (const auto refused : {BulkWrite::Refused::TakenBack, BulkWrite::Refused::Spoils}) {
        for (int until = 1; until < 5; ++until) {
            INFO("full after draft " << until);
            Shop shop(false, vfs.name());
            shop.create("shop.customer", {{u"name"_s, u"Acme"_s}});
            const QString content = shop.content();
            // Pages go to the journal while rows are written, not only when they are committed.
            REQUIRE(shop.database->execute("PRAGMA cache_size=4; PRAGMA cache_spill=4"));
            {
                auto writing = BulkWrite::begin(*shop.store, refused);
                REQUIRE(writing);
                bool failed = false;
                for (int number = 1; number < 12; ++number) {
                    if (number == until) {
                        // Waits for the second thread, as the file system must not be changed under it.
                        REQUIRE(shop.database->inTransaction());
                        vfs.setDiskFull(true);
                    }
                    const auto receipt = shop->apply(newCustomers(*shop.store, 100 + number * 100, 200 + number * 100));
                    // So that it is the second thread which meets it, mostly.
                    std::this_thread::sleep_for(std::chrono::milliseconds(5));
                    CHECK((receipt || receipt.error().code == "store.disk_full"));
                    CHECK((receipt || number >= until));
                    // Once is for all.
                    CHECK((!failed || !receipt));
                    failed = failed || !receipt;
                }
                CHECK(failed);
                CHECK(shop->count(u"shop.customer"_s).error().code == "store.disk_full");
                vfs.heal();
                const auto committed = writing->commit();
                REQUIRE(!committed);
                CHECK(committed.error().code == "store.disk_full");
            }
            CHECK(shop.content() == content);
            CHECK(outbox(shop).size() == 1);
            CHECK(found(shop, u"华云"_s).isEmpty());
            // Numbers go on behind those that are committed.
            REQUIRE(shop->apply(newCustomers(*shop.store, 100, 140)));
            CHECK(outbox(shop).size() == 41);
            CHECK(shop.number("SELECT max(no) FROM sync_outbox") == 2);
            CHECK(shop->recentHistory(100)->size() == 41);
        }
    }
}

TEST_CASE("a bulk write that is given up while the second thread writes leaves nothing", "[store][bulk]")
{
    for (int drafts = 1; drafts < 6; ++drafts) {
        Shop shop;
        const QString content = shop.content();
        {
            auto writing = BulkWrite::begin(*shop.store);
            REQUIRE(writing);
            for (int number = 0; number < drafts; ++number)
                REQUIRE(shop->apply(newCustomers(*shop.store, 100 + number * 50, 150 + number * 50)));
        }
        CHECK(!shop.database->inTransaction());
        CHECK(shop.content() == content);
        const auto receipt = shop->apply(newCustomers(*shop.store, 100, 150));
        REQUIRE(receipt);
        CHECK(receipt->no == 1);
        CHECK(receipt->touched.size() == 50);
    }
}
