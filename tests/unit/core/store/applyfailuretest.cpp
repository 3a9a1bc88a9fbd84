// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "tests/support/failingvfs.h"
#include "tests/support/shop.h"

#include <QFile>

using namespace tz;
using namespace Qt::StringLiterals;
using shop::Shop;

namespace {

/// A user's action that touches everything at once: a create with a number and a set, an update, an action, a delete
/// with a child.
Draft action(RecordStore &store, const Id &customer, const Id &order, const Id &old)
{
    Draft draft = store.draft();
    draft.create(u"shop.customer"_s, {{u"name"_s, u"Fresh"_s}, {u"tags"_s, ValueList{u"a"_s, u"b"_s}}});
    draft.update(u"shop.customer"_s, customer, {{u"city"_s, u"Bonn"_s}, {u"remark"_s, QString(6000, u'长')}});
    draft.act(u"shop.order"_s, order, u"offer"_s);
    draft.remove(u"shop.order"_s, old);
    return draft;
}

struct Counts {
    qint64 outbox, pending, history, batches, sequence, found;
    bool operator==(const Counts &) const = default;
};

Counts countsOf(Shop &shop)
{
    return {shop.number("SELECT count(*) FROM sync_outbox"),
            shop.number("SELECT count(*) FROM sync_pending"),
            shop.number("SELECT count(*) FROM _history"),
            shop.number("SELECT count(*) FROM _batch"),
            shop.number("SELECT coalesce(max(last), 0) FROM _sequence"),
            qint64(shop->search(u"Fresh"_s)->size())};
}

} // namespace

TEST_CASE("whichever call to the disk fails, an action is in rows, outbox, history and search or in none",
          "[store][failure]")
{
    test::FailingVfs vfs("failing-apply");
    for (const bool forGood : {false, true}) {
        int failures = 0;
        for (int call = 1;; ++call) {
            Shop shop(false, vfs.name());
            const Id customer = shop.create("shop.customer", {{u"name"_s, u"Acme"_s}});
            const Id order = shop.create("shop.order", {{u"title"_s, u"Pumps"_s}, {u"customer"_s, customer}});
            const Id old = shop.create("shop.order", {{u"title"_s, u"Old"_s}, {u"customer"_s, customer}});
            shop.create("shop.line", {{u"order"_s, old}, {u"item"_s, u"Pump"_s}});
            const QString content = shop.content();
            const Counts counts = countsOf(shop);
            int announced = 0;
            QObject::connect(shop.store.get(), &RecordStore::changed, [&] { ++announced; });

            vfs.failAt(call, forGood);
            const auto receipt = shop->apply(action(*shop.store, customer, order, old));
            const bool failed = vfs.hasFailed();
            vfs.heal();
            INFO("call " << call << (forGood ? " and all later ones" : ""));
            if (receipt) {
                CHECK(shop.content() != content);
                CHECK(countsOf(shop).outbox == counts.outbox + 1);
                CHECK(countsOf(shop).found == 1);
                CHECK(announced > 0);
            } else {
                CHECK(receipt.error().code.startsWith("store."));
                CHECK(shop.content() == content);
                CHECK(countsOf(shop) == counts);
                CHECK(announced == 0);
                // And the same store goes on.
                REQUIRE_RESULT(shop->apply(action(*shop.store, customer, order, old)));
                CHECK(countsOf(shop).outbox == counts.outbox + 1);
                CHECK(shop.number("SELECT max(no) - min(no) - count(*) FROM sync_outbox") == -1);
                ++failures;
            }
            if (!failed)
                break;
        }
        CHECK(failures > 5);
    }
}

TEST_CASE("indexing what waits does not wait for the disk, and an edit after it does", "[store]")
{
    test::FailingVfs vfs("counting-syncs");
    Shop shop(false, vfs.name());
    const Id customer = shop.create("shop.customer", {{u"name"_s, u"Acme"_s}});
    REQUIRE_RESULT(shop.database->execute("INSERT INTO _search_todo(row) SELECT rowid FROM search"));
    vfs.heal();
    const auto more = shop->indexSome(100);
    REQUIRE_RESULT(more);
    CHECK_FALSE(*more);
    CHECK(vfs.calls() > 0);
    CHECK(vfs.syncs() == 0);
    CHECK(shop.number("SELECT count(*) FROM _search_todo") == 0);
    CHECK(shop->search(u"Acme"_s)->size() == 1);
    REQUIRE_RESULT(shop.update("shop.customer", customer, {{u"city"_s, u"Bonn"_s}}));
    CHECK(vfs.syncs() > 0);
}
