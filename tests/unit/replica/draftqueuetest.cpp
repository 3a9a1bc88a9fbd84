// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "replica/workspace/draftqueue.h"

#include "core/store/replicastate.h"
#include "tests/support/failingvfs.h"
#include "tests/support/shop.h"

using namespace tz;
using namespace Qt::StringLiterals;
using shop::Shop;

namespace {

/// A queue in front of a shop, and what those who added the drafts hear.
struct Counter {
    Shop &shop;
    DraftQueue queue;
    /// "ok", or the refusal's code; empty while nobody has heard.
    QStringList heard;

    bool add(Draft draft)
    {
        const auto n = heard.size();
        heard << QString();
        return queue.add({std::move(draft), [this, n](const Result<Receipt> &receipt) {
                              CHECK(heard[n].isEmpty());
                              heard[n] = receipt ? u"ok"_s : QString::fromLatin1(receipt.error().code);
                          }});
    }
    bool addCustomer(const QString &name)
    {
        Draft draft = shop->draft();
        draft.create(u"shop.customer"_s, {{u"name"_s, name}});
        return add(std::move(draft));
    }
    bool addRename(const Id &id, const QString &name)
    {
        Draft draft = shop->draft();
        draft.update(u"shop.customer"_s, id, {{u"name"_s, name}});
        return add(std::move(draft));
    }
    void finish()
    {
        while (queue.applySome(*shop.store)) {
        }
    }
};

} // namespace

TEST_CASE("drafts that wait together are synced to the disk together", "[replica][drafts]")
{
    test::FailingVfs vfs("counting-drafts");
    Shop shop(false, vfs.name());
    Counter counter{shop, {}, {}};
    const Id acme = shop.create("shop.customer", {{u"name"_s, u"Acme"_s}});
    int announced = 0;
    QObject::connect(shop.store.get(), &RecordStore::changed, [&] { ++announced; });
    int sent = 0;
    QObject::connect(shop.store.get(), &RecordStore::outboxGrew, [&](int batches) { sent += batches; });

    vfs.heal();
    REQUIRE(counter.addRename(acme, u"Alone"_s));
    CHECK_FALSE(counter.queue.applySome(*shop.store));
    const int alone = vfs.syncs();
    REQUIRE(alone > 0);
    CHECK(announced == 1);

    vfs.heal();
    CHECK(counter.addRename(acme, u"Acme 0"_s));
    for (int i = 1; i < 40; ++i)
        CHECK_FALSE(counter.addRename(acme, u"Acme %1"_s.arg(i)));
    CHECK_FALSE(counter.queue.applySome(*shop.store));
    CHECK(vfs.syncs() == alone);
    CHECK(counter.heard.count(u"ok"_s) == 41);
    CHECK(announced == 2);
    CHECK(sent == 41);
    // Each is a batch of its own, to be sent and to be taken back.
    CHECK(shop.number("SELECT count(*) FROM sync_outbox") == 42);
    CHECK(shop.find("shop.customer", acme).value(u"name"_s).toText() == u"Acme 39"_s);
    REQUIRE(shop->undo());
    CHECK(shop.find("shop.customer", acme).value(u"name"_s).toText() == u"Acme 38"_s);
}

TEST_CASE("a long line of drafts lets others have their turn", "[replica][drafts]")
{
    Shop shop;
    Counter counter{shop, {}, {}};
    for (int i = 0; i < 150; ++i)
        counter.addCustomer(u"Customer %1"_s.arg(i));
    CHECK(counter.queue.applySome(*shop.store));
    CHECK(counter.heard.count(u"ok"_s) < 100);
    // Somebody is about to come back: nobody else has to.
    CHECK_FALSE(counter.addCustomer(u"Late"_s));
    counter.finish();
    CHECK(counter.heard.count(u"ok"_s) == 151);
    CHECK(counter.addCustomer(u"Later"_s));
}

TEST_CASE("who comes behind some drafts finds them applied, and no later ones", "[replica][drafts]")
{
    Shop shop;
    Counter counter{shop, {}, {}};
    for (int i = 0; i < 100; ++i)
        counter.addCustomer(u"Before %1"_s.arg(i));
    const quint64 before = counter.queue.added();
    CHECK(before == 100);
    for (int i = 0; i < 10; ++i)
        counter.addCustomer(u"Behind %1"_s.arg(i));
    counter.queue.applyFirst(*shop.store, before);
    CHECK(shop.number("SELECT count(*) FROM shop_customer") == 100);
    counter.queue.applyFirst(*shop.store, before);
    CHECK(shop.number("SELECT count(*) FROM shop_customer") == 100);
    counter.finish();
    CHECK(shop.number("SELECT count(*) FROM shop_customer") == 110);
}

TEST_CASE("a draft that is refused takes no other with it", "[replica][drafts]")
{
    Shop shop;
    Counter counter{shop, {}, {}};
    const Id twice = Id::fromName(u"twice"_s);
    const auto create = [&](const QString &name) {
        Draft draft = shop->draft();
        draft.create(u"shop.customer"_s, Id::fromName(name), {{u"name"_s, name}});
        // The second change is refused when the first is written already.
        draft.create(u"shop.customer"_s, twice, {{u"name"_s, name}});
        counter.add(std::move(draft));
    };
    counter.addCustomer(u"First"_s);
    create(u"one"_s);
    create(u"two"_s);
    counter.addCustomer(u"Last"_s);
    counter.finish();
    CHECK(counter.heard == QStringList{u"ok"_s, u"ok"_s, u"record.exists"_s, u"ok"_s});
    CHECK(shop.number("SELECT count(*) FROM shop_customer") == 4);
    CHECK(shop.number("SELECT count(*) FROM sync_outbox") == 3);
    CHECK(shop.number("SELECT count(*) FROM _batch") == 3);
}

TEST_CASE("on a disk that fails every draft is told, and kept exactly if it was told so", "[replica][drafts][failure]")
{
    test::FailingVfs vfs("failing-drafts");
    const bool forGood = GENERATE(false, true);
    int failures = 0;
    for (int call = 1; call < 400; ++call) {
        Shop shop(false, vfs.name());
        Counter counter{shop, {}, {}};
        shop.create("shop.customer", {{u"name"_s, u"Acme"_s}});
        vfs.failAt(call, forGood);
        for (int i = 0; i < 5; ++i)
            counter.addCustomer(u"Customer %1"_s.arg(i));
        counter.finish();
        const bool failed = vfs.hasFailed();
        vfs.heal();
        if (!failed)
            break;
        ++failures;
        INFO("call " << call);
        CHECK_FALSE(counter.heard.contains(QString()));
        for (int i = 0; i < 5; ++i) {
            const qint64 kept =
                shop.number("SELECT count(*) FROM shop_customer WHERE name = 'Customer " + QByteArray::number(i) + "'");
            CHECK(kept == (counter.heard[i] == u"ok"_s ? 1 : 0));
        }
        CHECK(shop.number("SELECT count(*) FROM sync_outbox") == 1 + counter.heard.count(u"ok"_s));
    }
    CHECK(failures > 3);
}
