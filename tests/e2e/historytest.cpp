// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "tests/support/catch.h"
#include "tests/support/processes.h"

using namespace tz::test;
using namespace Qt::StringLiterals;

namespace {

const QString product = u"pipeline.product"_s;

QStringList fieldsOf(const QJsonObject &history)
{
    QStringList fields;
    for (const QJsonValue &entry : history.value(u"entries"_s).toArray())
        fields << entry.toObject().value(u"field"_s).toString();
    return fields;
}

} // namespace

TEST_CASE("history tells what others did from the server, within one's rights, and says so when it cannot ask",
          "[e2e][history]")
{
    Server server;
    server.addUser(u"mary"_s, {u"sales_manager"_s});
    server.addUser(u"nina"_s, {u"sales"_s}, u"North"_s);
    server.start();
    Laptop mary, nina;
    mary.login(server, u"mary"_s);
    nina.login(server, u"nina"_s);
    mary.must({u"sync"_s});
    const QString id = mary.create(product, {u"name=Crane"_s, u"cost=77777"_s});
    mary.must({u"sync"_s});
    mary.must({u"update"_s, product, id, u"name=Big crane"_s, u"cost=88888"_s});
    mary.must({u"sync"_s});
    nina.must({u"sync"_s});

    // Nina has changed nothing herself; the server knows who did, but not the cost, which she may not see.
    const QJsonObject asked = nina.json({u"history"_s, product, id});
    CHECK(asked.value(u"source"_s) == u"server"_s);
    const QJsonArray entries = asked.value(u"entries"_s).toArray();
    REQUIRE(entries.size() >= 2);
    const QJsonObject newest = entries.at(0).toObject();
    CHECK(newest.value(u"field"_s) == u"name"_s);
    CHECK(newest.value(u"before"_s) == u"Crane"_s);
    CHECK(newest.value(u"after"_s) == u"Big crane"_s);
    CHECK(newest.value(u"user"_s) == mary.json({u"status"_s}).value(u"user"_s));
    CHECK_FALSE(fieldsOf(asked).contains(u"cost"_s));
    const QByteArray bytes = QJsonDocument(asked).toJson();
    CHECK_FALSE(bytes.contains("77777"));
    CHECK_FALSE(bytes.contains("88888"));
    CHECK(fieldsOf(mary.json({u"history"_s, product, id})).count(u"cost"_s) == 2);
    // For people, with names.
    const Outcome shown = nina.run({u"history"_s, product, id});
    CHECK(shown.out.contains("mary"));
    CHECK(shown.out.contains("Big crane"));

    // What has not been sent stands above what the server knows.
    mary.must({u"update"_s, product, id, u"name=Unsent crane"_s});
    const QJsonObject both = mary.json({u"history"_s, product, id});
    CHECK(both.value(u"source"_s) == u"server"_s);
    CHECK(both.value(u"entries"_s).toArray().at(0).toObject().value(u"after"_s) == u"Unsent crane"_s);
    CHECK(fieldsOf(both).count(u"cost"_s) == 2);

    const QJsonObject local = nina.json({u"history"_s, product, id, u"--local"_s});
    CHECK(local.value(u"source"_s) == u"local"_s);
    CHECK(local.value(u"entries"_s).toArray().isEmpty());

    server.stop();
    const Outcome offline = mary.run({u"history"_s, product, id, u"--json"_s});
    CHECK(offline.exitCode == 0);
    CHECK(offline.json().value(u"source"_s) == u"local"_s);
    CHECK(fieldsOf(offline.json()).count(u"name"_s) >= 2);
    CHECK(offline.errors.contains("cannot be reached"));
    CHECK(offline.errors.contains("This is what this computer knows"));
}
