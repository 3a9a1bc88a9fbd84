// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/store/salvage.h"
#include "core/store/synctables.h"
#include "core/sync/digest.h"
#include "replicafixture.h"

using namespace tz;
using namespace tz::test;
using namespace Qt::StringLiterals;
using wire::BatchStatus;

namespace {

constexpr qint64 anew = (qint64(1) << 32) + 50;

QByteArray chain(char letter)
{
    return QByteArray(16, letter);
}

/// A replica that knows its server up to revision 10, with one order of revision 10 in it.
struct Known : Replica {
    Known()
    {
        scope({100});
        receive(page(10, {orders({orderRow(there, 10, u"There"_s)})}));
    }
    /// The oldest batch that waits is accepted, with this state of the order.
    void accept(qint64 rev, const Id &id, const QString &as)
    {
        const auto waiting = need(replica->pending());
        wire::PushAnswer answer =
            answerTo(waiting.front(), BatchStatus::Accepted, rev, {orders({orderRow(id, rev, as)})});
        answer.mark = {rev, chain(char('a' + rev % 26))};
        receive(answer);
    }
    qint64 revOf(const Id &id) const { return find(order(), id)->rev; }
    std::vector<Id> unconfirmedOrders() const
    {
        for (const wire::EntityIds &list : need(replica->unconfirmed())) {
            if (list.entity == u"shop.order")
                return list.ids;
        }
        return {};
    }
    wire::StateAnswer stateAnswer(qint64 rev) const
    {
        wire::StateAnswer answer;
        answer.mark = {rev, chain('n')};
        answer.keys = {1, {100}};
        return answer;
    }
    wire::StateAnswer unknown(std::vector<Id> ids) const
    {
        wire::StateAnswer answer = stateAnswer(anew);
        answer.unknown.push_back({u"shop.order"_s, std::move(ids)});
        return answer;
    }
    /// Many orders that came with revision 20, after what the server still knows.
    std::vector<Id> lost(int count)
    {
        std::vector<Id> ids;
        std::vector<wire::Row> rows;
        for (int i = 0; i < count; ++i) {
            ids.push_back(Id::fromName(u"lost %1"_s.arg(i)));
            rows.push_back(orderRow(ids.back(), 20, u"Lost %1"_s.arg(i)));
        }
        receive(page(20, {orders(std::move(rows))}));
        need(replica->recover(10, 1));
        return ids;
    }

    const Id there = Id::fromName(u"there");
};

} // namespace

TEST_CASE("what a server that was set back had acknowledged is sent again, in order and before what waits",
          "[replica][history]")
{
    Known r;
    const Id made = r.createOrder(u"Made"_s);
    r.accept(12, made, u"Made"_s);
    r.updateOrder(r.there, u"name"_s, Value(u"Changed"_s));
    r.accept(13, r.there, u"Changed"_s);
    r.updateOrder(r.there, u"name"_s, Value(u"Changed again"_s));
    CHECK(r.replica->newest().rev == 13);
    CHECK(r.replica->cursor().rev == 10);
    CHECK(need(r.replica->waiting()) == 1);

    // The cursor alone would not tell: the server knows it, and has lost what it answered afterwards.
    need(r.replica->recover(10, 7));
    CHECK(r.replica->newest().rev == 10);
    CHECK(r.replica->cursor().rev == 10);
    CHECK_FALSE(r.replica->isComplete());
    CHECK(r.replica->isUnconfirmed());
    const auto waiting = need(r.replica->pending());
    REQUIRE(waiting.size() == 3);
    CHECK(waiting[0].no == 7);
    CHECK(waiting[0].changes.front().id == made);
    CHECK(waiting[1].no == 8);
    CHECK(waiting[1].changes.front().basedOn == 10);
    CHECK(waiting[2].no == 9);
    CHECK(waiting[2].changes.front().basedOn == lostAfter(10));
    CHECK(r.count("SELECT count(*) FROM sync_journal") == 0);
    CHECK(r.count("SELECT value FROM sync_state WHERE name = 'next_no'") == 10);
    // Nothing of it is seen by the user but that it waits.
    CHECK(r.name(made) == u"Made"_s);
    CHECK(r.name(r.there) == u"Changed again"_s);
    CHECK(r.revOf(made) == lostAfter(10));
    CHECK((r.state(r.order(), made) & recordstate::pendingEdits) != 0);
    // What has own edits is not asked about.
    CHECK(r.unconfirmedOrders().empty());

    r.accept(anew, made, u"Made"_s);
    r.accept(anew + 1, r.there, u"Changed"_s);
    CHECK(r.name(r.there) == u"Changed again"_s);
    r.accept(anew + 2, r.there, u"Changed again"_s);
    CHECK(need(r.replica->settleUnconfirmed()) == 0);
    CHECK_FALSE(r.replica->isUnconfirmed());
    r.receive(Replica::page(anew + 2));
    CHECK(r.replica->isComplete());
    CHECK(r.replica->isVerifyDue());
    CHECK(r.revOf(made) == anew);
    CHECK(r.revOf(r.there) == anew + 2);
    CHECK(r.count("SELECT count(*) FROM sync_journal") == 3);
}

TEST_CASE("a recovery that is begun twice, or by another history still, changes what it must", "[replica][history]")
{
    Known r;
    const Id made = r.createOrder(u"Made"_s);
    r.accept(12, made, u"Made"_s);
    r.receive(Replica::page(15));
    need(r.replica->recover(10, 1));
    const QString once = r.everything();
    need(r.replica->recover(10, 1));
    CHECK(r.everything() == once);
    // Nothing in common any more: everything is fetched anew, and nothing is thrown away before.
    need(r.replica->recover(-1, 1));
    CHECK(r.replica->cursor().rev == 0);
    CHECK(r.replica->cursor().chain.isEmpty());
    CHECK(r.revOf(r.there) == lostAfter(0));
    CHECK(r.name(r.there) == u"There"_s);
    CHECK(need(r.replica->pending()).front().changes.front().id == made);
    CHECK(r.unconfirmedOrders() == std::vector<Id>{r.there});
}

TEST_CASE("after a repair of the file it is still noticed that the server was set back", "[replica][history]")
{
    Known r;
    const Id made = r.createOrder(u"Made"_s);
    r.accept(12, made, u"Made"_s);
    Replica fresh(8);
    need(salvage(*fresh.store, *r.database));
    CHECK(fresh.replica->cursor().rev == 0);
    CHECK(fresh.replica->newest().rev == 12);
    need(fresh.replica->recover(10, 1));
    const auto waiting = need(fresh.replica->pending());
    REQUIRE(waiting.size() == 1);
    CHECK(waiting[0].changes.front().id == made);
    CHECK(fresh.replica->cursor().rev == 0);
}

TEST_CASE("rows of a lost history become what the server says of them", "[replica][history]")
{
    Known r;
    const auto ids = r.lost(4);
    CHECK(r.unconfirmedOrders().size() == 4);
    // One is another one there, one is deleted, one is not for this user, of one nothing is known.
    wire::StateAnswer answer = r.stateAnswer(anew);
    // Of a revision from before the fork: it was never changed in this history.
    answer.tables.push_back(Replica::orders({Replica::orderRow(ids[0], 5, u"As it was"_s)}));
    answer.gone.push_back({u"shop.order"_s, {ids[1]}});
    answer.evict.push_back({u"shop.order"_s, {ids[2]}});
    answer.unknown.push_back({u"shop.order"_s, {ids[3]}});
    need(r.replica->receive(answer));
    CHECK(r.unconfirmedOrders().empty());
    CHECK(r.name(ids[0]) == u"As it was"_s);
    CHECK(r.revOf(ids[0]) == 5);
    CHECK(r.find(r.order(), ids[1])->deleted);
    CHECK_FALSE(r.find(r.order(), ids[2]));
    // It is shown until everything is settled.
    CHECK(r.find(r.order(), ids[3]));
    CHECK(need(r.replica->setAside()).empty());
    CHECK(need(r.replica->settleUnconfirmed()) == 0);
    CHECK_FALSE(r.find(r.order(), ids[3]));
    const auto aside = need(r.replica->setAside());
    REQUIRE(aside.size() == 1);
    CHECK(aside[0].record.id == ids[3]);
    CHECK(aside[0].record.value(u"name"_s).toText() == u"Lost 3"_s);
    CHECK(aside[0].atMs == r.clock.nowMs());

    // When its author's computer has been there it comes by itself.
    r.receive(Replica::page(anew + 1, {Replica::orders({Replica::orderRow(ids[3], anew + 1, u"Back"_s)})}));
    CHECK(need(r.replica->setAside()).empty());
    CHECK(r.name(ids[3]) == u"Back"_s);
    CHECK(need(r.replica->settleUnconfirmed()) == 0);
    CHECK(r.count("SELECT count(*) FROM sync_aside") == 0);
}

TEST_CASE("many records that nobody knows are set aside when the user agrees, and not before", "[replica][history]")
{
    Known r;
    const auto ids = r.lost(11);
    need(r.replica->receive(r.unknown(ids)));
    // More than one in twenty.
    CHECK(need(r.replica->settleUnconfirmed()) == 11);
    CHECK(need(r.replica->settleUnconfirmed()) == 11);
    CHECK(r.replica->isUnconfirmed());
    r.receive(Replica::page(anew));
    CHECK_FALSE(r.replica->isComplete());
    CHECK(r.name(ids[0]) == u"Lost 0"_s);
    // One of them returns meanwhile.
    r.receive(Replica::page(anew + 1, {Replica::orders({Replica::orderRow(ids[0], anew + 1, u"Back"_s)})}));
    CHECK(need(r.replica->settleUnconfirmed()) == 0);
    CHECK(need(r.replica->setAside()).size() == 10);
    CHECK(r.name(ids[0]) == u"Back"_s);
    CHECK_FALSE(r.replica->isUnconfirmed());

    Known other;
    const auto more = other.lost(12);
    need(other.replica->receive(other.unknown(more)));
    CHECK(need(other.replica->settleUnconfirmed()) == 12);
    need(other.replica->agreeToSetAside());
    CHECK(need(other.replica->settleUnconfirmed()) == 0);
    CHECK(need(other.replica->setAside()).size() == 12);
    // It held for this time.
    other.receive(Replica::page(anew + 1));
    other.clock.advanceMs(46LL * 24 * 3600 * 1000);
    CHECK(need(other.replica->settleUnconfirmed()) == 0);
    CHECK(need(other.replica->setAside()).empty());
}

TEST_CASE("what was set aside goes with the key that granted it, and its hidden fields with the right to see them",
          "[replica][history][permissions]")
{
    Known r;
    const auto ids = r.lost(2);
    need(r.replica->receive(r.unknown(ids)));
    CHECK(need(r.replica->settleUnconfirmed()) == 0);
    REQUIRE(need(r.replica->setAside()).size() == 2);
    // Another team's key takes the place of the one that granted them.
    need(r.replica->receiveScope({2, {200}}, r.replica->visibility()));
    CHECK(need(r.replica->setAside()).empty());
    CHECK(r.count("SELECT count(*) FROM sync_aside") == 0);
    CHECK(r.replica->needsScrub());
}

TEST_CASE("sums of what is here are compared with the server's", "[replica][sums]")
{
    Known r;
    const Id second = Id::fromName(u"second"), deleted = Id::fromName(u"deleted");
    r.receive(Replica::page(11, {Replica::orders({Replica::orderRow(second, 11, u"Second"_s),
                                                  Replica::orderRow(deleted, 11, u"Deleted"_s)})}));
    wire::Page page = Replica::page(12);
    page.gone.push_back({u"shop.order"_s, {deleted}});
    r.receive(page);
    // Own edits do not count before they are acknowledged.
    r.createOrder(u"Mine"_s);
    r.updateOrder(second, u"name"_s, Value(u"Mine too"_s));
    Digest digest;
    digest.add(r.there, 10);
    digest.add(second, 11);
    const wire::Sum right{u"shop.order"_s, 100, digest.n, digest.stored()};
    need(r.replica->askForVerify());
    CHECK(r.replica->isVerifyDue());
    const auto same = need(r.replica->compare({right, {u"shop.unheard_of"_s, 300, 5, 5}}));
    REQUIRE(same);
    CHECK(same->outcome == IntegrityReport::Outcome::Same);
    CHECK(same->records == 2);
    CHECK(same->keys == 1);
    CHECK_FALSE(r.replica->isVerifyDue());
    CHECK(r.replica->integrity()->rev == 12);
    CHECK(r.replica->isComplete());

    SECTION("a row that is not on the server goes aside, one that is missing comes")
    {
        const Id missing = Id::fromName(u"missing");
        Digest wanted;
        wanted.add(second, 11);
        wanted.add(missing, 9);
        const wire::Sum theirs{u"shop.order"_s, 100, wanted.n, wanted.stored()};
        need(r.replica->askForVerify());
        const auto report = need(r.replica->compare({theirs}));
        REQUIRE(report);
        CHECK(report->outcome == IntegrityReport::Outcome::Differs);
        REQUIRE(report->differences.size() == 1);
        CHECK(report->differences[0].here == 2);
        CHECK(report->differences[0].there == 2);
        CHECK_FALSE(r.replica->isComplete());
        CHECK(need(r.replica->compare({theirs})) == std::nullopt);
        const auto backfills = r.replica->backfills();
        REQUIRE(backfills.size() == 1);
        CHECK(backfills[0].fromRev == 0);
        // The same revisions as before, and they count nevertheless.
        wire::Page again = Replica::page(12, {Replica::orders({Replica::orderRow(second, 11, u"Second"_s),
                                                               Replica::orderRow(missing, 9, u"Missing"_s)})});
        again.backfilled.push_back({100, 13});
        r.receive(again);
        CHECK(r.name(missing) == u"Missing"_s);
        CHECK(r.name(second) == u"Mine too"_s);
        // The deleted one is asked about too: no page brings it.
        auto asked = r.unconfirmedOrders();
        CHECK(std::ranges::count(asked, r.there) == 1);
        CHECK(std::ranges::count(asked, deleted) == 1);
        wire::StateAnswer answer = r.stateAnswer(12);
        answer.unknown.push_back({u"shop.order"_s, {r.there}});
        answer.gone.push_back({u"shop.order"_s, {deleted}});
        need(r.replica->receive(answer));
        CHECK(need(r.replica->settleUnconfirmed()) == 0);
        r.receive(Replica::page(12));
        REQUIRE(r.replica->isComplete());
        CHECK(r.replica->isVerifyDue());
        const auto repaired = need(r.replica->compare({theirs}));
        REQUIRE(repaired);
        CHECK(repaired->outcome == IntegrityReport::Outcome::Repaired);
        CHECK(repaired->differences.size() == 1);
        CHECK_FALSE(r.replica->isVerifyDue());
        CHECK(need(r.replica->setAside()).size() == 1);
    }
    SECTION("what cannot be mended is not tried for ever")
    {
        wire::Sum wrong = right;
        wrong.sum ^= 1;
        need(r.replica->askForVerify());
        REQUIRE(need(r.replica->compare({wrong})));
        wire::Page again = Replica::page(12, {Replica::orders({Replica::orderRow(r.there, 10, u"There"_s),
                                                               Replica::orderRow(second, 11, u"Second"_s)})});
        again.backfilled.push_back({100, 13});
        again.gone.push_back({u"shop.order"_s, {deleted}});
        r.receive(again);
        CHECK(need(r.replica->settleUnconfirmed()) == 0);
        r.receive(Replica::page(12));
        const auto still = need(r.replica->compare({wrong}));
        REQUIRE(still);
        CHECK(still->outcome == IntegrityReport::Outcome::Differs);
        CHECK_FALSE(r.replica->isVerifyDue());
        CHECK(r.replica->isComplete());
    }
}

TEST_CASE("records that say something else than the server in the same revision are found and set right",
          "[replica][sums]")
{
    Known r;
    need(r.replica->askForVerify());
    Digest digest;
    digest.add(r.there, 10);
    REQUIRE(need(r.replica->compare({{u"shop.order"_s, 100, digest.n, digest.stored()}})));
    const auto sample = need(r.replica->sample(r.entropy, 20));
    REQUIRE(sample.size() == 1);
    CHECK(sample[0].ids == std::vector<Id>{r.there});
    wire::StateAnswer answer = r.stateAnswer(10);
    answer.tables.push_back(Replica::orders({Replica::orderRow(r.there, 10, u"There"_s)}));
    CHECK(need(r.replica->receive(answer)) == 0);
    answer.tables[0] = Replica::orders({Replica::orderRow(r.there, 10, u"Here and there"_s)});
    CHECK(need(r.replica->receive(answer)) == 1);
    need(r.replica->noteSampled(1, 1));
    CHECK(r.name(r.there) == u"Here and there"_s);
    CHECK(r.replica->integrity()->drifted == 1);
    CHECK(r.replica->integrity()->outcome == IntegrityReport::Outcome::Repaired);
    CHECK(need(r.replica->receive(answer)) == 0);
}
