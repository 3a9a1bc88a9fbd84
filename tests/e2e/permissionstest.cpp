// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/sync/wire.h"
#include "tests/support/catch.h"
#include "tests/support/processes.h"

using namespace tz;
using namespace tz::test;
using namespace Qt::StringLiterals;

namespace {

const QString account = u"customers.account"_s;

/// Everything that the server gives away to this token, page by page, as plain bytes.
QByteArray everythingFor(const Server &server, const QByteArray &token)
{
    QByteArray all;
    wire::PullRequest request;
    int status = 0;
    for (int pages = 0; pages < 100; ++pages) {
        const QByteArray body = post(server, u"/v1/pull"_s, token, wire::encode(request), &status);
        REQUIRE(status == 200);
        all += body;
        const auto page = wire::decodePage(body);
        REQUIRE_RESULT(page);
        if (page->keys)
            request.keysVersion = page->keys->version;
        if (page->visibility)
            request.visibility = *page->visibility;
        if (page->keys || page->visibility)
            continue;
        request.cursor = page->mark;
        request.cursor.chain.truncate(8);
        if (!page->more)
            return all;
    }
    FAIL("the pull has no end");
    return all;
}

} // namespace

TEST_CASE("nothing of another team and no hidden field reaches a sales person's laptop", "[e2e]")
{
    Server server;
    server.addUser(u"nina"_s, {u"sales"_s}, u"North"_s);
    server.addUser(u"sam"_s, {u"sales"_s}, u"South"_s);
    server.addUser(u"mary"_s, {u"sales_manager"_s});
    server.start();
    Laptop nina, sam, mary;
    nina.login(server, u"nina"_s);
    sam.login(server, u"sam"_s);
    mary.login(server, u"mary"_s);
    for (const Laptop *laptop : {&nina, &sam, &mary})
        laptop->must({u"sync"_s});

    const QString north = nina.create(account, {u"name=NorthMarker Shipping"_s, u"description=NorthMarkerText"_s});
    const QString south = sam.create(account, {u"name=SouthMarker Mining"_s, u"description=SouthMarkerText"_s});
    sam.create(u"customers.contact"_s, {u"name=SouthMarkerPerson"_s, u"account="_s + south});
    nina.must({u"sync"_s});
    sam.must({u"sync"_s});
    mary.must({u"sync"_s});
    // 12345678901.2345 as it is stored and sent: six bytes that nothing else has.
    const QByteArray cost = QByteArray::fromHex("7048860ddf79");
    mary.create(u"pipeline.product"_s, {u"name=Crane"_s, u"cost=12345678901.2345"_s});
    mary.must({u"sync"_s});
    nina.must({u"sync"_s});
    sam.must({u"sync"_s});

    CHECK(mary.rows(account).size() == 2);
    CHECK(nina.rows(account).keys() == QStringList{north});
    CHECK(nina.rows(u"pipeline.product"_s).size() == 1);
    CHECK(nina.rows(u"pipeline.product"_s).begin()->value(u"cost"_s).isNull());

    // In the bytes. The manager's laptop shows that the markers would be found.
    const QByteArray atMary = bytesOf(mary.profile());
    CHECK(atMary.contains("SouthMarker"));
    CHECK(atMary.contains(cost));
    const QByteArray atNina = bytesOf(nina.profile());
    CHECK(atNina.contains("NorthMarker"));
    CHECK_FALSE(atNina.contains("SouthMarker"));
    CHECK_FALSE(atNina.contains(cost));

    // By asking the server directly.
    const QByteArray token = nina.token().toLatin1();
    REQUIRE_FALSE(token.isEmpty());
    const QByteArray given = everythingFor(server, token);
    CHECK(given.contains("NorthMarker"));
    CHECK_FALSE(given.contains("SouthMarker"));
    CHECK_FALSE(given.contains(cost));
    CHECK(everythingFor(server, mary.token().toLatin1()).contains("SouthMarker"));

    wire::HistoryRequest history;
    history.entity = account;
    history.id = *Id::fromString(south);
    int status = 0;
    const QByteArray refused = post(server, u"/v1/history"_s, token, wire::encode(history), &status);
    CHECK(status >= 400);
    history.id = Id::fromName(u"nobody");
    int unknownStatus = 0;
    CHECK(post(server, u"/v1/history"_s, token, wire::encode(history), &unknownStatus) == refused);
    CHECK(unknownStatus == status);

    // An edit of a record that one may not see is answered as if it did not exist.
    wire::PushRequest push;
    Batch batch;
    batch.id = Id::fromName(u"forged batch");
    batch.no = nina.json({u"history"_s}).value(u"entries"_s).toArray().isEmpty() ? 1 : 2;
    batch.hlc = 1;
    Change change;
    change.kind = ChangeKind::Update;
    change.entity = account;
    change.id = *Id::fromString(south);
    change.edits = {{u"name"_s, Value(u"Taken over"_s), Value(u"SouthMarker Mining"_s)}};
    batch.changes = {change};
    push.batches = {batch};
    const QByteArray body = post(server, u"/v1/push"_s, token, wire::encode(push), &status);
    CHECK_FALSE(body.contains("SouthMarker"));
    mary.must({u"sync"_s});
    CHECK(mary.rows(account).value(south).value(u"name"_s) == u"SouthMarker Mining"_s);

    // Without a token there is nothing.
    post(server, u"/v1/pull"_s, {}, wire::encode(wire::PullRequest()), &status);
    CHECK(status == 401);
    post(server, u"/v1/pull"_s, "guessed", wire::encode(wire::PullRequest()), &status);
    CHECK(status == 401);
}

TEST_CASE("a customer that is given to another team leaves the laptop with everything below it", "[e2e]")
{
    Server server;
    server.addUser(u"nina"_s, {u"sales"_s}, u"North"_s);
    server.addUser(u"sam"_s, {u"sales"_s}, u"South"_s);
    server.addUser(u"mary"_s, {u"sales_manager"_s});
    server.start();
    Laptop nina, mary;
    nina.login(server, u"nina"_s);
    mary.login(server, u"mary"_s);
    nina.must({u"sync"_s});
    const QString id = nina.create(account, {u"name=WanderMarker Trading"_s, u"description=WanderMarkerText"_s});
    nina.must({u"sync"_s});
    CHECK(bytesOf(nina.profile()).contains("WanderMarker"));
    mary.must({u"sync"_s});
    mary.must({u"update"_s, account, id, u"owner=sam"_s, u"team=South"_s});
    mary.must({u"sync"_s});
    CHECK(nina.json({u"sync"_s}).value(u"evicted"_s).toInt() >= 1);
    CHECK(nina.rows(account).isEmpty());
    CHECK(nina.json({u"search"_s, u"WanderMarker"_s}).value(u"hits"_s).toArray().isEmpty());
    // What nina typed herself stays in her list of sent changes for a while; the record, its index and history are
    // gone.
    QFile database(nina.profile() + u"/replica.sqlite"_s);
    REQUIRE(database.open(QFile::ReadOnly));
    CHECK(nina.json({u"history"_s, account, id, u"--limit"_s, u"10"_s}).value(u"entries"_s).toArray().isEmpty());
}
