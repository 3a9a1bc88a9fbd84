// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/sync/valuejson.h"
#include "serverfixture.h"
#include "tests/support/declared.h"

#include <QDir>

#include <thread>

using namespace tz;
using namespace tz::test;

TEST_CASE("what one laptop creates arrives on another with its number", "[server][push]")
{
    ServerFixture server;
    server.addUser("anna", {QStringLiteral("sales")}, "North");
    server.addUser("bo", {QStringLiteral("sales")}, "North");
    Laptop anna(server, "anna"), bo(server, "bo");
    const Id id = server.ids.next();
    const auto answer = anna.make({create(
        "crm.account", id, {edit("name", text("华为")), edit("tags", Value::fromSet({text("A"), text("B")}))})});
    REQUIRE(answer.status == wire::BatchStatus::Accepted);
    REQUIRE(answer.states.size() == 1);
    bo.pull();
    CHECK(bo.held(account, id, "name") == text("华为"));
    CHECK(bo.held(account, id, "tags") == Value::fromSet({text("A"), text("B")}));
    CHECK(bo.held(account, id, "owner") == Value(anna.user));
    CHECK(bo.held(account, id, "stage") == text("lead"));
    CHECK(bo.held(account, id, "number").toText().endsWith(QStringLiteral("-0001")));
    CHECK(bo.revOf(account, id) == answer.rev);
}

TEST_CASE("a provisional number is replaced, a typed one stays", "[server][push]")
{
    ServerFixture server;
    server.addUser("anna", {QStringLiteral("sales")}, "North");
    Laptop anna(server, "anna");
    const Id one = server.ids.next(), two = server.ids.next();
    Batch import = anna.batch({create("crm.account", one, {edit("name", text("x"))})});
    REQUIRE_RESULT(anna.push({import}));
    anna.make({create("crm.account", two, {edit("name", text("y"))})});
    anna.pull();
    CHECK(anna.held(account, one, "number") != anna.held(account, two, "number"));
}

TEST_CASE("a batch takes effect once, however often it is sent", "[server][push]")
{
    ServerFixture server;
    server.addUser("anna", {QStringLiteral("sales")}, "North");
    Laptop anna(server, "anna");
    const Id id = server.ids.next();
    const Batch first = anna.batch({create("crm.account", id, {edit("name", text("A"))})});
    const auto once = anna.push({first});
    REQUIRE_RESULT(once);
    server.reopen();
    const auto twice = anna.push({first});
    REQUIRE_RESULT(twice);
    CHECK(twice->answers[0].rev == once->answers[0].rev);
    CHECK(twice->answers[0].status == wire::BatchStatus::Accepted);
    CHECK(twice->answers[0].states.size() == 1);
    // The same and the next one in one request: the answer of the first was lost on the way.
    const Batch second =
        anna.batch({update("crm.account", id, once->answers[0].rev, {edit("name", text("B"), text("A"))})});
    const auto both = anna.push({first, second});
    REQUIRE_RESULT(both);
    REQUIRE(both->answers.size() == 2);
    CHECK(both->answers[1].rev == once->answers[0].rev + 1);
    anna.pull();
    CHECK(anna.held(account, id, "name") == text("B"));
}

TEST_CASE("numbers of a device have no gaps and do not return", "[server][push]")
{
    ServerFixture server;
    server.addUser("anna", {QStringLiteral("sales")}, "North");
    Laptop anna(server, "anna");
    anna.make({create("crm.note", server.ids.next(), {edit("text", text("one"))})});
    Batch later = anna.batch({create("crm.note", server.ids.next(), {edit("text", text("three"))})});
    later.no = 3;
    auto gap = anna.push({later});
    REQUIRE_ERROR(gap, "sync.expected");
    CHECK(gap.error().params.value(QStringLiteral("expected")).toInt() == 2);
    CHECK(gap.error().params.value(QStringLiteral("status")).toInt() == 409);
    later.no = 1;
    later.id = server.ids.next();
    REQUIRE_ERROR(anna.push({later}), "sync.device_rolled_back");
    later.no = 2;
    REQUIRE_RESULT(anna.push({later}));
    CHECK(anna.hello()->expectedNo == 3);
}

TEST_CASE("edits of different fields both stand, of one field the later one, and the other is its author's conflict",
          "[server][push][merge]")
{
    ServerFixture server;
    server.addUser("anna", {QStringLiteral("sales")}, "North");
    server.addUser("bo", {QStringLiteral("sales")}, "North");
    Laptop anna(server, "anna"), bo(server, "bo");
    const Id id = server.ids.next();
    anna.make({create("crm.account", id, {edit("name", text("start"))})});
    anna.pull();
    bo.pull();
    const qint64 base = bo.revOf(account, id);
    server.clock.advanceMs(1000);
    const auto byAnna = anna.make({update("crm.account", id, base, {edit("name", text("by anna"), text("start"))})});
    CHECK(byAnna.conflicts.empty());
    server.clock.advanceMs(1000);
    const auto byBo = bo.make({update("crm.account", id, base,
                                      {edit("name", text("by bo"), text("start")), edit("industry", text("steel"))})});
    CHECK(byBo.status == wire::BatchStatus::Accepted);
    CHECK(byBo.conflicts.empty());
    anna.pull();
    bo.pull();
    CHECK(anna.held(account, id, "name") == text("by bo"));
    CHECK(anna.held(account, id, "industry") == text("steel"));
    REQUIRE(anna.records.value(conflict).size() == 1);
    CHECK(bo.records.value(conflict).isEmpty());
    const Laptop::Copy kept = *anna.records.value(conflict).begin();
    CHECK(valueFromJson(kept.values.value(QStringLiteral("lost")).toText()) == text("by anna"));
    CHECK(valueFromJson(kept.values.value(QStringLiteral("kept")).toText()) == text("by bo"));
    CHECK(kept.values.value(QStringLiteral("record")).toText() == id.toString());
    CHECK(kept.values.value(QStringLiteral("owner")) == Value(anna.user));
    // Its author dismisses it.
    const Id which = anna.records.value(conflict).begin().key();
    CHECK(anna.make({act("foundation.conflict", which, kept.rev, "dismiss")}).status == wire::BatchStatus::Accepted);
}

TEST_CASE("a conflict over an undo holds what others had written: it goes when the record leaves its author's sight",
          "[server][push][merge]")
{
    ServerFixture server;
    server.addUser("anna", {QStringLiteral("sales")}, "North");
    server.addUser("bo", {QStringLiteral("sales_manager")}, "South");
    Laptop anna(server, "anna"), bo(server, "bo");
    const Id id = server.ids.next();
    anna.make({create("crm.account", id, {edit("name", text("start")), edit("industry", text("coal"))})});
    bo.pull();
    bo.make({update("crm.account", id, bo.revOf(account, id), {edit("name", text("by bo"), text("start"))})});
    anna.pull();
    anna.make({update("crm.account", id, anna.revOf(account, id), {edit("name", text("by anna"), text("by bo"))})});
    anna.pull();
    bo.pull();
    // Two edits in time before bo's, and after them on the server: the undo of the name, and words of anna's own.
    const qint64 base = anna.revOf(account, id);
    Batch undone = anna.batch({update("crm.account", id, base, {edit("name", text("by bo"), text("by anna"))})});
    undone.label = QStringLiteral("undo");
    Batch typed = anna.batch({update("crm.account", id, base, {edit("industry", text("tea"), text("coal"))})});
    server.clock.advanceMs(1000);
    bo.make({update("crm.account", id, bo.revOf(account, id),
                    {edit("name", text("newest"), text("by anna")), edit("industry", text("steel"), text("coal"))})});
    REQUIRE_RESULT(anna.push({undone, typed}));
    anna.pull();
    const auto lost = [&](const char *name) {
        for (const Laptop::Copy &copy : anna.records.value(conflict))
            if (copy.values.value(QStringLiteral("field")) == text(name))
                return valueFromJson(copy.values.value(QStringLiteral("lost")).toText());
        return Value();
    };
    CHECK(lost("name") == text("by bo"));
    CHECK(lost("industry") == text("tea"));
    bo.pull();
    bo.make(
        {update("crm.account", id, bo.revOf(account, id),
                {edit("owner", Value(bo.user), Value(anna.user)), edit("team", {}, bo.held(account, id, "team"))})});
    anna.pull();
    CHECK_FALSE(anna.has(account, id));
    CHECK(lost("name").isNull());
    CHECK(lost("industry") == text("tea"));
}

TEST_CASE("a new version whose rules hide a field takes what others wrote there out of conflicts before anybody asks",
          "[server][push][permissions]")
{
    ServerFixture server;
    server.addUser("anna", {QStringLiteral("sales")}, "North");
    server.addUser("bo", {QStringLiteral("sales")}, "North");
    Laptop anna(server, "anna"), bo(server, "bo");
    const Id id = server.ids.next();
    anna.make({create("crm.account", id, {edit("name", text("start"))})});
    bo.pull();
    anna.pull();
    const qint64 base = anna.revOf(account, id);
    anna.make({update("crm.account", id, base, {edit("industry", text("by anna"))})});
    server.clock.advanceMs(1000);
    bo.make({update("crm.account", id, base, {edit("industry", text("by bo"))})});
    anna.pull();
    REQUIRE(anna.records.value(conflict).size() == 1);
    const auto contents = [&](const char *name) {
        return valueFromJson(anna.records.value(conflict).begin()->values.value(QLatin1String(name)).toText());
    };
    REQUIRE(contents("kept") == text("by bo"));

    DepartmentHost newer;
    auto foundation = DepartmentFiles::read(QDir(QStringLiteral(TZ_SOURCE_DIR "/modules/foundation")));
    REQUIRE_RESULT(foundation);
    DepartmentFiles crm = crmDepartment();
    QByteArray &declared = crm.entities[QStringLiteral("entities/account.json")];
    REQUIRE(declared.contains(R"("hidden": ["margin")"));
    declared.replace(R"("hidden": ["margin")", R"("hidden": ["industry", "margin")");
    newer.adopt(std::make_unique<Declared>(), std::move(*foundation));
    newer.adopt(std::make_unique<Declared>(), std::move(crm));
    newer.start();
    server.api.reset();
    auto opened = server::Api::open(server.folder.path(), newer, server.environment);
    REQUIRE_RESULT(opened);
    server.api = std::move(*opened);
    // The copy of a computer that comes new.
    Laptop second(server, "anna");
    second.pull();
    CHECK_FALSE(second.everything.contains("by bo"));
    anna.pull();
    CHECK(contents("kept").isNull());
    CHECK(contents("lost") == text("by anna"));
    server.api.reset();
}

TEST_CASE("a long text keeps what both wrote, also under the next edit of whoever did not see it yet",
          "[server][push][merge]")
{
    ServerFixture server;
    server.addUser("anna", {QStringLiteral("sales")}, "North");
    server.addUser("bo", {QStringLiteral("sales_manager")}, "South");
    Laptop anna(server, "anna"), bo(server, "bo");
    const Id id = server.ids.next();
    anna.make({create("crm.account", id, {edit("name", text("A")), edit("notes", text("Called."))})});
    anna.pull();
    bo.pull();
    const qint64 base = anna.revOf(account, id);
    const auto writes = [&](Laptop &who, const char *now, const char *was) {
        return who.batch({update("crm.account", id, base, {edit("notes", text(now), text(was))})});
    };
    const Batch first = writes(anna, "Called.\nSent the offer.", "Called.");
    const Batch second = writes(anna, "Called.\nSent the offer twice.", "Called.\nSent the offer.");
    REQUIRE_RESULT(bo.push({writes(bo, "Called.\nMet.", "Called.")}));
    const auto pushed = anna.push({first, second});
    REQUIRE_RESULT(pushed);
    for (const wire::BatchAnswer &answer : pushed->answers)
        CHECK(answer.conflicts.empty());
    anna.pull();
    bo.pull();
    CHECK(anna.held(account, id, "notes") == text("Called.\nMet.\nSent the offer twice."));
    CHECK(bo.held(account, id, "notes") == anna.held(account, id, "notes"));

    // Of a text that stood in a field into which bo wrote too, nobody knows whose words it holds: it goes when the
    // record leaves anna's sight.
    const qint64 seen = bo.revOf(account, id);
    anna.make({update("crm.account", id, seen, {edit("notes", text("Closed."), anna.held(account, id, "notes"))})});
    server.clock.advanceMs(1000);
    bo.make({update("crm.account", id, seen, {edit("notes", text("Open."), bo.held(account, id, "notes"))})});
    anna.pull();
    REQUIRE(anna.records.value(conflict).size() == 1);
    const auto lost = [&] {
        return valueFromJson(anna.records.value(conflict).begin()->values.value(QStringLiteral("lost")).toText());
    };
    CHECK(lost() == text("Closed."));
    bo.pull();
    bo.make(
        {update("crm.account", id, bo.revOf(account, id),
                {edit("owner", Value(bo.user), Value(anna.user)), edit("team", {}, bo.held(account, id, "team"))})});
    anna.pull();
    CHECK_FALSE(anna.has(account, id));
    CHECK(lost().isNull());
}

TEST_CASE("of two who claim the same the first to arrive has it, and the other hears no more than they may see",
          "[server][push][claims]")
{
    ServerFixture server;
    server.addUser("anna", {QStringLiteral("sales")}, "North");
    server.addUser("bo", {QStringLiteral("sales")}, "South");
    server.addUser("carl", {QStringLiteral("sales")}, "North");
    Laptop anna(server, "anna"), bo(server, "bo"), carl(server, "carl");
    const Id first = server.ids.next(), second = server.ids.next(), third = server.ids.next();
    const auto claims = [](const Id &id, const char *name) {
        return create("crm.account", id, {edit("name", text(name)), edit("desk", text("7"))});
    };
    CHECK(anna.make({claims(first, "Anna's secret")}).status == wire::BatchStatus::Accepted);
    const auto unseen = bo.make({claims(second, "Bo")});
    CHECK(unseen.status == wire::BatchStatus::Refused);
    REQUIRE(unseen.reasons.size() == 1);
    CHECK(unseen.reasons[0].error.code == "claim.taken");
    CHECK(unseen.reasons[0].error.field == QStringLiteral("desk"));
    CHECK_FALSE(unseen.reasons[0].error.params.contains(QStringLiteral("record")));
    CHECK_FALSE(unseen.reasons[0].error.params.contains(QStringLiteral("title")));
    // The laptop of whoever sees the holder looks its name up.
    const auto seen = carl.make({claims(third, "Carl")});
    REQUIRE(seen.reasons.size() == 1);
    CHECK(seen.reasons[0].error.params.value(QStringLiteral("record")) == first.toString());
    CHECK_FALSE(seen.reasons[0].error.params.contains(QStringLiteral("title")));

    // A deleted record holds nothing, and does not come back while somebody else has it.
    anna.pull();
    anna.make({remove("crm.account", first, anna.revOf(account, first))});
    CHECK(bo.make({claims(second, "Bo")}).status == wire::BatchStatus::Accepted);
    const auto back = anna.make({restore("crm.account", first, anna.revOf(account, first))});
    REQUIRE(back.reasons.size() == 1);
    CHECK(back.reasons[0].error.code == "claim.taken");

    // Neither does what went with its parent.
    const Id parent = server.ids.next(), inside = server.ids.next();
    const auto badge = [](const Id &id, const Id &of) {
        return create("crm.contact", id,
                      {edit("name", text("P")), edit("account", Value(of)), edit("badge", text("1"))});
    };
    CHECK(
        anna.make({create("crm.account", parent, {edit("name", text("With people"))}), badge(inside, parent)}).status ==
        wire::BatchStatus::Accepted);
    anna.pull();
    anna.make({remove("crm.account", parent, anna.revOf(account, parent))});
    CHECK(bo.make({badge(server.ids.next(), second)}).status == wire::BatchStatus::Accepted);
    const auto together = anna.make({restore("crm.account", parent, anna.revOf(account, parent))});
    REQUIRE(together.reasons.size() == 1);
    CHECK(together.reasons[0].error.code == "claim.taken");
    // An edit that claims is no merge gone wrong, whatever others changed meanwhile.
    const auto late = bo.make({create("crm.account", third, {edit("name", text("C"))})});
    CHECK(late.status == wire::BatchStatus::Accepted);
    bo.pull();
    const auto edited =
        bo.make({update("crm.account", third, bo.revOf(account, third), {edit("desk", text("7"), Value())})});
    REQUIRE(edited.reasons.size() == 1);
    CHECK(edited.reasons[0].error.code == "claim.taken");
    CHECK(edited.reasons[0].error.params.value(QStringLiteral("record")) == second.toString());
}

TEST_CASE("a clock years ahead neither blocks nor wins for ever", "[server][push][clock]")
{
    ServerFixture server;
    server.addUser("anna", {QStringLiteral("sales")}, "North");
    server.addUser("bo", {QStringLiteral("sales")}, "North");
    Laptop anna(server, "anna"), bo(server, "bo");
    const Id id = server.ids.next();
    Batch future = anna.batch({create("crm.account", id, {edit("name", text("future"))})});
    future.hlc = HybridClock::fromMilliseconds(server.clock.nowMs() + qint64(10) * 365 * 86'400'000);
    const auto answer = anna.push({future});
    REQUIRE_RESULT(answer);
    CHECK(HybridClock::millisecondsOf(answer->answers[0].hlc) <= server.clock.nowMs() + 1);
    server.clock.advanceMs(5000);
    bo.pull();
    bo.make({update("crm.account", id, 0, {edit("name", text("bo"), text("future"))})});
    bo.pull();
    CHECK(bo.held(account, id, "name") == text("bo"));
}

TEST_CASE("a refused batch leaves nothing behind and says why", "[server][push]")
{
    ServerFixture server;
    server.addUser("anna", {QStringLiteral("sales")}, "North");
    Laptop anna(server, "anna");
    const Id good = server.ids.next(), bad = server.ids.next();
    const auto refused =
        anna.make({create("crm.account", good, {edit("name", text("A"))}), create("crm.account", bad, {})});
    CHECK(refused.status == wire::BatchStatus::Refused);
    REQUIRE(refused.reasons.size() == 1);
    CHECK(refused.reasons[0].change == 1);
    CHECK(refused.reasons[0].error.code == "record.required");
    CHECK(refused.reasons[0].error.field == QStringLiteral("name"));
    anna.pull();
    CHECK_FALSE(anna.has(account, good));
    // Of independent changes the good ones stand.
    Batch loose = anna.batch({create("crm.account", good, {edit("name", text("A"))}), create("crm.account", bad, {})});
    loose.independent = true;
    const auto partly = anna.push({loose});
    REQUIRE_RESULT(partly);
    CHECK(partly->answers[0].status == wire::BatchStatus::Partly);
    anna.pull();
    CHECK(anna.has(account, good));
    CHECK_FALSE(anna.has(account, bad));
}

TEST_CASE("what this server does not know yet stays in the outbox", "[server][push]")
{
    ServerFixture server;
    server.addUser("anna", {QStringLiteral("sales")}, "North");
    Laptop anna(server, "anna");
    const Id id = server.ids.next();
    REQUIRE_ERROR(anna.push({anna.batch({create("crm.rocket", id, {})})}), "sync.catalog");
    anna.lastNo = 0;
    REQUIRE_ERROR(
        anna.push({anna.batch({create("crm.account", id, {edit("name", text("A")), edit("wings", Value(2))})})}),
        "sync.catalog");
    anna.lastNo = 0;
    const auto some = anna.push(
        {anna.batch({create("crm.note", id, {edit("text", text("n"))})}), anna.batch({create("crm.rocket", id, {})})});
    REQUIRE_RESULT(some);
    CHECK(some->answers.size() == 1);
}

TEST_CASE(
    "a deletion that others' edits would be lost with is refused; an edit of a deleted record is kept as a conflict",
    "[server][push]")
{
    ServerFixture server;
    server.addUser("anna", {QStringLiteral("sales")}, "North");
    server.addUser("bo", {QStringLiteral("sales")}, "North");
    Laptop anna(server, "anna"), bo(server, "bo");
    const Id id = server.ids.next(), child = server.ids.next();
    anna.make({create("crm.account", id, {edit("name", text("A"))}),
               create("crm.contact", child, {edit("name", text("Zhang")), edit("account", Value(id))})});
    bo.pull();
    const qint64 base = bo.revOf(account, id);
    anna.make({update("crm.account", id, base, {edit("industry", text("x"))})});
    const auto late = bo.make({remove("crm.account", id, base)});
    CHECK(late.status == wire::BatchStatus::Refused);
    CHECK(late.reasons[0].error.code == "record.changed_meanwhile");
    bo.pull();
    CHECK(bo.has(contact, child));
    const auto gone = bo.make({remove("crm.account", id, bo.revOf(account, id))});
    CHECK(gone.status == wire::BatchStatus::Accepted);
    CHECK(gone.gone.size() == 2);
    const auto edited = anna.make({update("crm.account", id, base, {edit("name", text("too late"), text("A"))})});
    CHECK(edited.status == wire::BatchStatus::Accepted);
    CHECK(edited.conflicts.size() == 1);
    anna.pull();
    CHECK_FALSE(anna.has(account, id));
    // What only completes a group is others' work: it is not kept as this author's.
    const auto moved = anna.make({update(
        "crm.account", id, base,
        {edit("city", text("Harbin"), text("Beijing")), edit("street", text("Bo's street"), text("Bo's street"))})});
    REQUIRE(moved.conflicts.size() == 1);
    anna.pull();
    const Value lost = anna.held(QStringLiteral("foundation.conflict"), moved.conflicts[0], "lost");
    CHECK(lost.toText().contains(QStringLiteral("Harbin")));
    CHECK_FALSE(lost.toText().contains(QStringLiteral("Bo's street")));
    CHECK_FALSE(anna.has(contact, child));
    CHECK(anna.make({restore("crm.account", id, 0)}).status == wire::BatchStatus::Accepted);
    bo.pull();
    CHECK(bo.held(account, id, "name") == text("A"));
    CHECK(bo.has(contact, child));
}

TEST_CASE("states move by actions, judged on the state of now", "[server][push]")
{
    ServerFixture server;
    server.addUser("anna", {QStringLiteral("sales")}, "North");
    Laptop anna(server, "anna");
    const Id id = server.ids.next();
    anna.make({create("crm.account", id, {edit("name", text("A"))})});
    CHECK(anna.make({update("crm.account", id, 1, {edit("stage", text("won"), text("lead"))})}).status ==
          wire::BatchStatus::Refused);
    CHECK(anna.make({act("crm.account", id, 1, "win")}).status == wire::BatchStatus::Accepted);
    CHECK(anna.make({act("crm.account", id, 1, "win")}).status == wire::BatchStatus::Accepted);
    anna.pull();
    CHECK(anna.held(account, id, "stage") == text("won"));
}

TEST_CASE("an unknown history is not taken for this server's", "[server][push]")
{
    ServerFixture server;
    server.addUser("anna", {QStringLiteral("sales")}, "North");
    Laptop anna(server, "anna");
    anna.make({create("crm.note", server.ids.next(), {edit("text", text("n"))})});
    anna.pull();
    CHECK(anna.hello()->commonRev == anna.cursor.rev);
    anna.cursor.chain[0] = char(anna.cursor.chain[0] ^ 1);
    REQUIRE_ERROR(anna.push({anna.batch({create("crm.note", server.ids.next(), {})})}), "sync.history");
    const auto page = anna.pullOnce();
    REQUIRE_ERROR(page, "sync.history");
    CHECK(page.error().params.value(QStringLiteral("status")).toInt() == 409);
    CHECK(anna.hello()->commonRev == -1);
}

TEST_CASE("many laptops push at once: every batch once, revisions grow, chains hold", "[server][push]")
{
    ServerFixture server;
    constexpr int laptops = 8;
    constexpr int each = 12;
    std::vector<std::unique_ptr<Laptop>> all;
    for (int i = 0; i < laptops; ++i) {
        const QByteArray name = "user" + QByteArray::number(i);
        server.addUser(name.constData(), {QStringLiteral("sales")}, "North");
        all.push_back(std::make_unique<Laptop>(server, name.constData()));
    }
    std::vector<std::vector<Batch>> batches(laptops);
    for (int i = 0; i < laptops; ++i) {
        for (int k = 0; k < each; ++k)
            batches[size_t(i)].push_back(
                all[size_t(i)]->batch({create("crm.note", server.ids.next(), {edit("text", text("n"))})}));
    }
    std::atomic<int> faults = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < laptops; ++i) {
        threads.emplace_back([&, i] {
            for (const Batch &batch : batches[size_t(i)]) {
                wire::PushRequest request;
                request.batches = {batch};
                const server::Answer answer = server.ask("/v1/push", all[size_t(i)]->token, wire::encode(request));
                const auto decoded = wire::decodePushAnswer(answer.body);
                if (answer.status != 200 || !decoded || decoded->answers.size() != 1 ||
                    decoded->answers[0].status != wire::BatchStatus::Accepted)
                    ++faults;
            }
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    CHECK(faults == 0);
    all[0]->pull();
    CHECK(all[0]->records.value(note).size() == laptops * each);
}

TEST_CASE("hostile bodies are refused with an error each", "[server][push][hostile]")
{
    ServerFixture server;
    server.addUser("anna", {QStringLiteral("sales")}, "North");
    Laptop anna(server, "anna");
    const auto code = [&](const char *path, const QByteArray &body, bool packed) {
        const server::Answer answer = server.ask(path, anna.token, body, packed);
        CHECK(answer.status >= 400);
        CHECK(answer.status < 500);
        return wire::decodeError(answer.body)->code.toStdString();
    };
    wire::PushRequest good;
    good.batches = {anna.batch({create("crm.note", server.ids.next(), {edit("text", text("n"))})})};
    const QByteArray whole = wire::encode(good);
    CHECK(code("/v1/push", whole.chopped(5), true) == "wire.malformed");
    CHECK(code("/v1/push", whole + "x", true) == "wire.malformed");
    CHECK(code("/v1/push", QByteArray(60'000, char(0x81)), true) == "wire.malformed");
    CHECK(code("/v1/push", "no zstd", false) == "wire.malformed");
    CHECK(code("/v1/push", QByteArray(limits::bodyBytes + 1, 'x'), false) == "wire.too_large");
    server::Request bomb;
    bomb.path = "/v1/push";
    bomb.token = anna.token;
    bomb.packed = true;
    bomb.body = wire::compress(QByteArray(60 << 20, '\0'));
    CHECK(server.api->handle(bomb).status == 413);
    bomb.body = "not compressed";
    CHECK(server.api->handle(bomb).status == 400);
    CHECK(code("/v1/nowhere", whole, true) == "server.unknown_path");
    // The server lives.
    CHECK(anna.push(good.batches).has_value());
}

TEST_CASE("a second copy of a laptop gets a device of its own and hears what became of common batches",
          "[server][push]")
{
    ServerFixture server;
    server.addUser("anna", {QStringLiteral("sales")});
    server.addUser("bo", {QStringLiteral("sales")});
    Laptop first(server, "anna"), bo(server, "bo");
    const Id common = server.ids.next(), own = server.ids.next();
    const Batch both = first.batch({create("crm.note", common, {edit("text", text("both"))})});
    REQUIRE_RESULT(first.push({both}));
    first.make({create("crm.note", server.ids.next(), {edit("text", text("first"))})});

    // The copy: the same device, the same token, one batch in common, and one under a number that is taken.
    Laptop second = first;
    second.lastNo = 1;
    const Batch mine = second.batch({create("crm.note", own, {edit("text", text("second"))})});
    const auto partly = second.push({both, mine});
    REQUIRE_RESULT(partly);
    CHECK(partly->answers.size() == 1);
    REQUIRE_ERROR(second.push({mine}), "sync.device_rolled_back");

    const server::Answer given = server.ask("/v1/device", second.token, {});
    REQUIRE(given.status == 200);
    const auto another = wire::decodeLoginAnswer(given.body);
    REQUIRE_RESULT(another);
    CHECK(another->user == first.user);
    CHECK(another->device != first.device);
    second.device = another->device;
    second.token = another->token.toLatin1();
    CHECK(second.hello()->expectedNo == 1);
    CHECK(second.hello()->deviceNo != first.hello()->deviceNo);
    // What it had not heard of is numbered anew, the common one too.
    Batch again = both, moved = mine;
    again.no = 1;
    moved.no = 2;
    const auto answer = second.push({again, moved});
    REQUIRE_RESULT(answer);
    REQUIRE(answer->answers.size() == 2);
    CHECK(answer->answers[0].no == 1);
    CHECK(answer->answers[0].batch == both.id);
    CHECK(answer->answers[0].states.size() == 1);
    CHECK(answer->answers[1].status == wire::BatchStatus::Accepted);
    CHECK(second.hello()->expectedNo == 3);
    CHECK(first.hello()->expectedNo == 3);
    first.pull();
    CHECK(first.has(note, common));
    CHECK(first.has(note, own));
    CHECK(first.records.value(note).size() == 3);

    // Somebody else's batch is no batch of ours.
    Batch stolen = both;
    stolen.no = 1;
    REQUIRE_ERROR(bo.push({stolen}), "sync.device_rolled_back");
}
