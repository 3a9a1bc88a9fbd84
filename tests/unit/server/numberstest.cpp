// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/sync/numberwire.h"
#include "server/storage/series.h"
#include "serverfixture.h"

#include <rapidcheck/catch.h>

#include <QSet>

#include <sqlite3.h>

using namespace tz;
using namespace tz::test;

namespace {

QDate today(const ServerFixture &server)
{
    return QDateTime::fromMSecsSinceEpoch(server.clock.nowMs(), Qt::UTC).date();
}

QString numberOf(const ServerFixture &server, qint64 sequence)
{
    return QStringLiteral("A-%1-%2").arg(today(server).year()).arg(sequence, 4, 10, QLatin1Char('0'));
}

std::vector<wire::NumberRange> lease(Laptop &laptop, qint64 next = 0, qint64 daysAhead = 0,
                                     const QString &entity = account)
{
    wire::NumbersRequest request;
    request.stocks.push_back({entity, today(laptop.server).addDays(daysAhead).toJulianDay(), next});
    const server::Answer answer = laptop.server.ask("/v1/numbers", laptop.token, wire::encode(request));
    REQUIRE(answer.status == 200);
    const auto decoded = wire::decodeNumbersAnswer(answer.body);
    REQUIRE_RESULT(decoded);
    return decoded->ranges;
}

/// An account whose number its author's computer gave.
Change numbered(const Id &id, const QString &number)
{
    Change change = create("crm.account", id, {edit("name", text("x"))});
    change.name = number;
    return change;
}

} // namespace

TEST_CASE("a device gets numbers of its own, and the same again when the answer was lost", "[server][numbers]")
{
    ServerFixture server;
    server.addUser("anna", {QStringLiteral("sales")}, "North");
    server.addUser("bo", {QStringLiteral("sales")}, "North");
    Laptop anna(server, "anna"), bo(server, "bo");
    const auto first = lease(anna);
    REQUIRE(first.size() == 1);
    CHECK(first[0].first == 1);
    CHECK(first[0].last == limits::numbersPerLease);
    CHECK(lease(anna) == first);
    const auto other = lease(bo);
    REQUIRE(other.size() == 1);
    CHECK(other[0].first == first[0].last + 1);
    server.reopen();
    CHECK(lease(anna) == first);
    // What was drawn is over, whether it was used or not; enough is left, then it is not.
    const auto fewer = lease(anna, 9);
    REQUIRE(fewer.size() == 1);
    CHECK(fewer[0].first == 9);
    const auto more = lease(anna, limits::numbersPerLease - 1);
    REQUIRE(more.size() == 2);
    CHECK(more[0].first == limits::numbersPerLease - 1);
    CHECK(more[1].first == other[0].last + 1);
}

TEST_CASE("a leased number is final, one that is not is replaced", "[server][numbers]")
{
    ServerFixture server;
    server.addUser("anna", {QStringLiteral("sales")}, "North");
    server.addUser("bo", {QStringLiteral("sales")}, "North");
    Laptop anna(server, "anna"), bo(server, "bo");
    lease(anna);
    const auto ofBo = lease(bo);
    const Id second = server.ids.next(), first = server.ids.next(), again = server.ids.next(),
             stolen = server.ids.next(), none = server.ids.next(), odd = server.ids.next();
    anna.make({numbered(second, numberOf(server, 2))});
    anna.make({numbered(first, numberOf(server, 1))});
    // A copy of the laptop drew the same number; another device's; none at all; something that is no number.
    anna.make({numbered(again, numberOf(server, 2))});
    anna.make({numbered(stolen, numberOf(server, ofBo[0].first))});
    anna.make({numbered(none, {})});
    anna.make({numbered(odd, QStringLiteral("A-9999-0001"))});
    anna.pull();
    CHECK(anna.held(account, second, "number") == Value(numberOf(server, 2)));
    CHECK(anna.held(account, first, "number") == Value(numberOf(server, 1)));
    qint64 next = ofBo[0].last;
    for (const Id &id : {again, stolen, none, odd})
        CHECK(anna.held(account, id, "number") == Value(numberOf(server, ++next)));
    const Id own = server.ids.next();
    bo.make({numbered(own, numberOf(server, ofBo[0].first))});
    bo.pull();
    CHECK(bo.held(account, own, "number") == Value(numberOf(server, ofBo[0].first)));
    // It has its canonical form, however it was written.
    const Id short_ = server.ids.next();
    anna.make({numbered(short_, QStringLiteral("A-%1-3").arg(today(server).year()))});
    anna.pull();
    CHECK(anna.held(account, short_, "number") == Value(numberOf(server, 3)));
}

TEST_CASE("a refused record leaves its number on lease", "[server][numbers]")
{
    ServerFixture server;
    server.addUser("anna", {QStringLiteral("sales")}, "North");
    Laptop anna(server, "anna");
    lease(anna);
    Change bad = numbered(server.ids.next(), numberOf(server, 1));
    bad.edits.clear();
    CHECK(anna.make({bad}).status == wire::BatchStatus::Refused);
    const Id good = server.ids.next();
    anna.make({numbered(good, numberOf(server, 1))});
    anna.pull();
    CHECK(anna.held(account, good, "number") == Value(numberOf(server, 1)));
}

TEST_CASE("an imported number stays, and whoever had it on lease does not give it away", "[server][numbers]")
{
    ServerFixture server;
    server.addUser("boss", {QStringLiteral("sales_manager")}, "North");
    server.addUser("anna", {QStringLiteral("sales")}, "North");
    Laptop boss(server, "boss"), anna(server, "anna");
    lease(anna);
    const auto import = [&](qint64 sequence) {
        const Id id = server.ids.next();
        Batch batch = boss.batch(
            {create("crm.account", id, {edit("name", text("x")), edit("number", Value(numberOf(server, sequence)))})});
        batch.label = QStringLiteral("import");
        const auto answer = boss.push({batch});
        REQUIRE_RESULT(answer);
        for (const wire::Reason &reason : answer->answers[0].reasons)
            FAIL(reason.error.toString().toStdString());
        return id;
    };
    const Id imported = import(5);
    const Id far = import(500);
    const Id next = server.ids.next(), clash = server.ids.next(), beside = server.ids.next();
    anna.make({numbered(clash, numberOf(server, 5))});
    anna.make({numbered(beside, numberOf(server, 6))});
    boss.make({create("crm.account", next, {edit("name", text("y"))})});
    boss.pull();
    CHECK(boss.held(account, imported, "number") == Value(numberOf(server, 5)));
    CHECK(boss.held(account, far, "number") == Value(numberOf(server, 500)));
    CHECK(boss.held(account, clash, "number") == Value(numberOf(server, 501)));
    CHECK(boss.held(account, beside, "number") == Value(numberOf(server, 6)));
    CHECK(boss.held(account, next, "number") == Value(numberOf(server, 502)));
    // The stock has a hole.
    const auto ranges = lease(anna);
    REQUIRE(ranges.size() == 2);
    CHECK(ranges[0].last == 4);
    CHECK(ranges[1].first == 7);
}

TEST_CASE("a number of last year's stock is final in the new year", "[server][numbers]")
{
    ServerFixture server;
    server.addUser("anna", {QStringLiteral("sales")}, "North");
    Laptop anna(server, "anna");
    const QDate before = today(server);
    lease(anna);
    const QString drawn = numberOf(server, 1);
    server.clock.advanceMs(qint64(before.daysTo(QDate(before.year() + 1, 1, 10))) * 86'400'000);
    const Id late = server.ids.next(), next = server.ids.next();
    anna.make({numbered(late, drawn)});
    anna.make({numbered(next, {})});
    anna.pull();
    CHECK(anna.held(account, late, "number") == Value(drawn));
    CHECK(anna.held(account, next, "number") == Value(numberOf(server, 1)));
}

TEST_CASE("numbers are only for those who may make such records, and for days that are near", "[server][numbers]")
{
    ServerFixture server;
    server.addUser("anna", {QStringLiteral("sales")}, "North");
    server.addUser("eve", {QStringLiteral("viewer")}, "North");
    Laptop anna(server, "anna"), eve(server, "eve");
    CHECK(lease(eve).empty());
    CHECK(lease(anna, 0, 0, QStringLiteral("crm.nothing")).empty());
    CHECK(lease(anna, 0, 0, note).empty());
    CHECK(lease(anna, 0, 4000).empty());
    CHECK(lease(anna, 0, -40).empty());
    wire::NumbersRequest extreme;
    extreme.stocks.push_back({account, std::numeric_limits<qint64>::max(), std::numeric_limits<qint64>::max()});
    extreme.stocks.push_back({account, std::numeric_limits<qint64>::min(), std::numeric_limits<qint64>::min()});
    const server::Answer answer = server.ask("/v1/numbers", anna.token, wire::encode(extreme));
    CHECK(answer.status == 200);
    CHECK(wire::decodeNumbersAnswer(answer.body)->ranges.empty());
    CHECK(server.ask("/v1/numbers", "wrong", wire::encode(extreme)).status == 401);
    CHECK(lease(anna)[0].first == 1);
}

TEST_CASE("what a restored server has lost comes back with its number, unless somebody else has it now",
          "[server][numbers]")
{
    ServerFixture server;
    server.addUser("anna", {QStringLiteral("sales")}, "North");
    Laptop anna(server, "anna");
    const auto again = [&](const QString &number) {
        Change change = numbered(server.ids.next(), number);
        change.basedOn = lostAfter(0);
        anna.make({change});
        return change.id;
    };
    const Id first = again(numberOf(server, 7)), second = again(numberOf(server, 7)),
             provisional = again(QStringLiteral("A-%1-D1-3").arg(today(server).year()));
    const Id next = server.ids.next();
    anna.make({numbered(next, {})});
    anna.pull();
    CHECK(anna.held(account, first, "number") == Value(numberOf(server, 7)));
    CHECK(anna.held(account, second, "number") == Value(numberOf(server, 8)));
    CHECK(anna.held(account, provisional, "number") == Value(numberOf(server, 9)));
    CHECK(anna.held(account, next, "number") == Value(numberOf(server, 10)));
    CHECK(lease(anna).at(0).first == 11);
}

TEST_CASE("no number is given twice, whatever laptops draw and lose", "[server][numbers]")
{
    ServerFixture server;
    server.addUser("anna", {QStringLiteral("sales")}, "North");
    server.addUser("bo", {QStringLiteral("sales")}, "North");
    Laptop laptops[] = {Laptop(server, "anna"), Laptop(server, "bo")};
    std::vector<qint64> stock[2];
    qint64 next[2] = {0, 0};
    QHash<Id, QString> expected;
    rc::prop("unique", [&] {
        const auto deeds = *rc::gen::container<std::vector<int>>(12, rc::gen::inRange(0, 8));
        for (const int deed : deeds) {
            const int who = deed % 2;
            Laptop &laptop = laptops[who];
            const Id id = server.ids.next();
            if (deed < 2) {
                stock[who].clear();
                for (const wire::NumberRange &range : lease(laptop, next[who])) {
                    for (qint64 n = range.first; n <= range.last; ++n)
                        stock[who].push_back(n);
                }
            } else if (deed < 6 && !stock[who].empty()) {
                next[who] = stock[who].front() + 1;
                const QString number = numberOf(server, stock[who].front());
                stock[who].erase(stock[who].begin());
                // Some are drawn for nothing.
                if (deed >= 4)
                    continue;
                expected.insert(id, number);
                laptop.make({numbered(id, number)});
            } else {
                // What the other one has, or nobody.
                const auto &others = stock[1 - who];
                laptop.make({numbered(id, numberOf(server, others.empty() ? 99'000 : others.front()))});
            }
        }
        laptops[0].pull();
        QSet<QString> seen;
        const auto &accounts = laptops[0].records[account];
        for (const auto &copy : accounts)
            seen.insert(copy.values.value(QStringLiteral("number")).toText());
        RC_ASSERT(seen.size() == accounts.size());
        RC_ASSERT(!seen.contains(QString()));
        for (auto it = expected.cbegin(); it != expected.cend(); ++it)
            RC_ASSERT(accounts.value(it.key()).values.value(QStringLiteral("number")).toText() == it.value());
    });
}

TEST_CASE("the last number of a series is read once and written once in a transaction", "[server][numbers]")
{
    auto opened = Database::open(QStringLiteral(":memory:"), {});
    REQUIRE_RESULT(opened);
    Database &database = **opened;
    REQUIRE_RESULT(database.execute("CREATE TABLE series(name TEXT PRIMARY KEY, last INTEGER NOT NULL);"
                                    "CREATE TABLE number_lease(series TEXT, first INTEGER, last INTEGER, "
                                    "device INTEGER, day INTEGER); INSERT INTO series VALUES('A', 40)"));
    int questions = 0;
    sqlite3_trace_v2(
        database.handle(), SQLITE_TRACE_STMT,
        [](unsigned, void *count, void *, void *) {
            ++*static_cast<int *>(count);
            return 0;
        },
        &questions);
    const QString series = QStringLiteral("A");
    server::series::Counters counters;
    for (qint64 i = 1; i <= 1000; ++i)
        CHECK(server::series::next(database, counters, series).value_or(0) == 40 + i);
    // A record that was refused gives its number back.
    const server::series::Counters mark = counters;
    CHECK(server::series::next(database, counters, series).value_or(0) == 1041);
    REQUIRE_RESULT(server::series::skip(database, counters, series, 5000));
    counters = mark;
    CHECK(server::series::next(database, counters, series).value_or(0) == 1041);
    REQUIRE_RESULT(counters.write(database));
    REQUIRE_RESULT(counters.write(database));
    CHECK(questions == 2);
    auto last = database.prepare("SELECT last FROM series");
    REQUIRE_RESULT(last);
    REQUIRE(last->step().value_or(false));
    CHECK(last->integer(0) == 1041);
}
