// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "tests/unit/replica/filesfixture.h"

using namespace tz;
using namespace tz::test;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 dayMs = 86'400'000;
using Place = AttachmentStatus::Place;

} // namespace

TEST_CASE("a file is added, undone and removed like any other change of its record", "[attachment]")
{
    Files laptop;
    const Id id = laptop.createOrder(u"Order"_s);
    const Attachment quote = laptop.add("quote", u"报价单.txt"_s);
    const Attachment plan = laptop.add("plan", u"plan.txt"_s);
    laptop.attach(id, quote);
    laptop.attach(id, plan);
    CHECK(laptop.files(id) == std::vector{plan, quote});
    need(laptop.store->undo());
    CHECK(laptop.files(id) == std::vector{quote});
    laptop.attach(id, quote, false);
    CHECK(laptop.files(id).empty());
    need(laptop.store->undo());
    CHECK(laptop.files(id) == std::vector{quote});
    const auto history = need(laptop.store->history(orderName, id));
    REQUIRE(history.size() == 6);
    CHECK(history.front().kind == ChangeKind::Member);
    CHECK(history.front().field == u"files");
    CHECK(history.front().after == quote.toValue());

    Draft draft = laptop.store->draft();
    draft.member(orderName, id, u"files"_s, Value(u"not a file"_s), true);
    CHECK_FALSE(laptop.store->apply(std::move(draft)));
}

TEST_CASE("a content is to be sent once the batch that attached it was accepted", "[attachment]")
{
    Files laptop;
    const Id id = laptop.createOrder(u"Order"_s);
    const Attachment file = laptop.add("content", u"a.txt"_s);
    laptop.attach(id, file);
    CHECK(laptop.place(id, file) == Place::Waiting);
    CHECK(laptop.uploads().empty());
    laptop.accept(5);
    const wire::BlobRef ref{orderName, id, u"files"_s, file.hash};
    CHECK(laptop.uploads() == std::vector{ref});
    CHECK(laptop.place(id, file) == Place::Waiting);

    need(laptop.state.uploadFailed(ref, Error("net.timeout", {{u"host"_s, u"h"_s}}), 1234));
    const auto failed = need(laptop.state.uploads());
    REQUIRE(failed.size() == 1);
    CHECK(failed[0].tries == 1);
    CHECK(failed[0].nextTryMs == 1234);
    CHECK(failed[0].fault.is("net.timeout"));
    CHECK(laptop.state.status(*laptop.find(laptop.order(), id), std::span(&file, 1))[0].fault.is("net.timeout"));

    need(laptop.state.uploaded(ref));
    CHECK(laptop.uploads().empty());
    CHECK(laptop.place(id, file) == Place::Here);
    CHECK(need(laptop.state.contentOf(file.hash)).pieces.size() == 1);
}

TEST_CASE("files of a record that is created are sent with it, and those of a refused one are not", "[attachment]")
{
    Files laptop;
    const Attachment first = laptop.add("first", u"a.txt"_s);
    const Attachment second = laptop.add("second", u"b.txt"_s);
    Draft draft = laptop.store->draft();
    const Id good = draft.create(orderName, {{u"name"_s, u"Good"_s}, {u"files"_s, Value::fromSet({first.toValue()})}});
    need(laptop.store->apply(std::move(draft)));
    Draft other = laptop.store->draft();
    other.create(orderName, {{u"name"_s, u"Bad"_s}, {u"files"_s, Value::fromSet({second.toValue()})}});
    need(laptop.store->apply(std::move(other)));
    const auto batches = need(laptop.replica->pending());
    REQUIRE(batches.size() == 2);
    laptop.receive(laptop.answerTo(batches[0], wire::BatchStatus::Accepted, 5, {laptop.states({good}, 5)}));
    laptop.receive(
        laptop.answerTo(batches[1], wire::BatchStatus::Refused, 5, {}, {{0, Error("access.create_denied")}}));
    CHECK(laptop.uploads() == std::vector{wire::BlobRef{orderName, good, u"files"_s, first.hash}});
    // The refused record is gone, but what its author attached is not lost over it.
    CHECK(need(laptop.state.tidy()) == 0);
    CHECK(laptop.contents.has(second.hash));
}

TEST_CASE("the files of a record that leaves this computer leave with it", "[attachment]")
{
    Files laptop;
    const Id one = laptop.createOrder(u"One"_s);
    const Id two = laptop.createOrder(u"Two"_s);
    const Attachment own = laptop.add("only the first has it", u"a.txt"_s);
    const Attachment shared = laptop.add("both have it", u"b.txt"_s);
    laptop.attach(one, own);
    laptop.attach(one, shared);
    laptop.attach(two, shared);
    laptop.sent(5);
    need(laptop.state.setPinned(own.hash, true));
    CHECK(need(laptop.state.tidy()) == 0);
    laptop.evict(one, 6);
    CHECK(need(laptop.state.tidy()) == 1);
    CHECK_FALSE(laptop.contents.has(own.hash));
    CHECK(laptop.contents.has(shared.hash));
    CHECK(laptop.count("SELECT count(*) FROM blob") == 1);
    laptop.evict(two, 7);
    CHECK(need(laptop.state.tidy()) == 1);
    CHECK(laptop.contents.list().empty());
    CHECK(laptop.count("SELECT count(*) FROM blob") == 0);
}

TEST_CASE("files of a field that one may not see any more leave this computer", "[attachment]")
{
    Files laptop;
    const Id id = laptop.createOrder(u"One"_s);
    const Attachment secret = laptop.add("secret", u"secret.txt"_s);
    const Attachment open = laptop.add("open", u"open.txt"_s);
    laptop.attach(id, secret, true, u"papers"_s);
    laptop.attach(id, open);
    laptop.sent(5);
    Actor actor = laptop.store->actor();
    actor.roles = {u"clerk"_s};
    need(laptop.store->setActor(actor));
    laptop.receive(laptop.page(6));
    need(laptop.replica->receiveScope({2, {100}}, {{orderName, u"2"_s}}));
    CHECK(need(laptop.state.tidy()) == 1);
    CHECK_FALSE(laptop.contents.has(secret.hash));
    CHECK(laptop.contents.has(open.hash));
}

TEST_CASE("what nothing names stays for a month, because undo may want it", "[attachment]")
{
    Files laptop;
    const Id id = laptop.createOrder(u"One"_s);
    const Attachment file = laptop.add("content", u"a.txt"_s);
    laptop.attach(id, file);
    laptop.sent(5);
    laptop.attach(id, file, false);
    laptop.clock.advanceMs(29 * dayMs);
    CHECK(need(laptop.state.tidy()) == 0);
    laptop.clock.advanceMs(2 * dayMs);
    CHECK(need(laptop.state.tidy()) == 1);
    CHECK_FALSE(laptop.contents.has(file.hash));
}

TEST_CASE("beyond the budget the least used go, but nothing pinned and nothing that the server lacks", "[attachment]")
{
    Files laptop;
    const Id id = laptop.createOrder(u"One"_s);
    std::vector<Attachment> files;
    for (const char *name : {"pinned", "oldest", "middle", "newest", "unsent"}) {
        const Attachment file = laptop.add(QByteArray(1000, name[0]), QString::fromLatin1(name));
        files.push_back(file);
        laptop.clock.advanceMs(1000);
        laptop.attach(id, file);
        if (QByteArray(name) != "unsent")
            laptop.sent(5);
    }
    need(laptop.state.setPinned(files[0].hash, true));
    need(laptop.state.setBudget(2000));
    CHECK(laptop.state.budget() == 2000);
    CHECK(need(laptop.state.tidy()) == 1);
    CHECK_FALSE(laptop.contents.has(files[1].hash));
    CHECK(laptop.place(id, files[1]) == Place::Server);
    // What was opened lately is not the least used.
    laptop.clock.advanceMs(1000);
    need(laptop.state.touch(files[2].hash));
    need(laptop.state.setBudget(1000));
    CHECK(need(laptop.state.tidy()) == 1);
    CHECK_FALSE(laptop.contents.has(files[3].hash));
    need(laptop.state.setBudget(0));
    CHECK(need(laptop.state.tidy()) == 1);
    CHECK(laptop.contents.has(files[0].hash));
    CHECK(laptop.contents.has(files[4].hash));
    CHECK(laptop.contents.list().size() == 2);
    // It comes back and is here again.
    need(laptop.state.setPinned(files[1].hash, true));
    CHECK(need(laptop.state.missingPinned()) == std::vector{wire::BlobRef{orderName, id, u"files"_s, files[1].hash}});
    laptop.add(QByteArray(1000, 'o'), u"oldest"_s);
    CHECK(laptop.place(id, files[1]) == Place::Here);
    CHECK(need(laptop.state.missingPinned()).empty());
}

TEST_CASE("where a content is that is not here is the server's word", "[attachment]")
{
    Files laptop;
    const Id id = laptop.createOrder(u"One"_s);
    laptop.accept(4);
    Attachment theirs = laptop.add("theirs", u"a.txt"_s);
    laptop.contents.remove(theirs.hash);
    laptop.attach(id, theirs);
    CHECK(laptop.place(id, theirs) == Place::Missing);
    laptop.accept(5);
    CHECK(laptop.place(id, theirs) == Place::Server);
    need(laptop.state.noteSeen(theirs.hash, 2));
    CHECK(laptop.place(id, theirs) == Place::Elsewhere);
    need(laptop.state.noteFetchFailed(theirs.hash, Error("attachment.not_yet")));
    CHECK(
        laptop.state.status(*laptop.find(laptop.order(), id), std::span(&theirs, 1))[0].fault.is("attachment.not_yet"));
    need(laptop.state.noteSeen(theirs.hash, 1));
    CHECK(laptop.place(id, theirs) == Place::Server);
}

TEST_CASE("folder and tables agree again after one of them was lost", "[attachment]")
{
    Files laptop;
    const Id id = laptop.createOrder(u"One"_s);
    const Attachment file = laptop.add("content", u"a.txt"_s);
    laptop.attach(id, file);
    laptop.sent(5);
    need(laptop.database->execute("DELETE FROM blob"));
    need(laptop.state.reconcile());
    CHECK(laptop.place(id, file) == Place::Here);
    CHECK(need(laptop.state.contentOf(file.hash)).pieces.size() == 1);
    CHECK(need(laptop.state.tidy()) == 0);
    // The file was removed behind the program's back.
    laptop.contents.remove(file.hash);
    need(laptop.state.reconcile());
    CHECK(laptop.place(id, file) == Place::Server);
}
