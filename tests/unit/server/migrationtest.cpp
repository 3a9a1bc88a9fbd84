// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "server/postgres/migration.h"
#include "serverfixture.h"
#include "tests/support/postgres.h"

#include <QDir>

using namespace tz;
using namespace tz::test;

TEST_CASE("an installation that moved to PostgreSQL goes on where it was", "[postgres][migrate]")
{
    ServerFixture server{QString()};
    server.addUser("anna", {QStringLiteral("sales")}, "North");
    Laptop admin(server, "admin"), anna(server, "anna");
    // Something of everything: fields of their own, sets, conflicts, deleted records, refused batches, empty texts.
    const QString definition = QStringLiteral(R"({"name": "x_size", "type": "integer", "label": "Size"})");
    admin.make({create(
        "foundation.custom_field", server.ids.next(),
        {edit("entity", text("crm.note")), edit("name", text("x_size")), edit("definition", Value(definition))})});
    const Id first = server.ids.next(), second = server.ids.next(), sized = server.ids.next();
    const qint64 made = admin
                            .make({create("crm.account", first,
                                          {edit("name", text("华为")), edit("margin", Value(12)),
                                           edit("tags", Value::fromSet({Value(QStringLiteral("vip"))}))}),
                                   create("crm.account", second, {edit("name", text("Gone"))}),
                                   create("crm.note", sized, {edit("text", text("n")), edit("x_size", Value(7))})})
                            .rev;
    anna.make({create("crm.account", server.ids.next(), {edit("name", text("Anna's"))})});
    admin.make({update("crm.account", first, made, {edit("industry", text("telecom"))})});
    admin.make({remove("crm.account", second, made)});
    CHECK(anna.make({create("crm.secret", server.ids.next(), {edit("text", text("no"))})}).status ==
          wire::BatchStatus::Refused);
    admin.pull();
    anna.pull();
    const Id serverId = server.api->service().storage().serverId();
    const auto digests = [&] {
        auto connection = server.api->service().storage().read();
        REQUIRE_RESULT(connection);
        auto select = (*connection)->db().prepare("SELECT key, n, sum FROM digest ORDER BY key");
        REQUIRE_RESULT(select);
        std::vector<std::array<qint64, 3>> rows;
        while (select->step().value())
            rows.push_back({select->integer(0), select->integer(1), select->integer(2)});
        return rows;
    };
    const auto before = digests();
    const Batch repeated = anna.batch({create("crm.account", server.ids.next(), {edit("name", text("Once"))})});
    const auto once = anna.push({repeated});
    REQUIRE_RESULT(once);

    server.api.reset();
    const QString url = PostgresServer::shared().newDatabase();
    {
        auto from = Database::open(QDir(server.folder.path()).filePath(QStringLiteral("server.sqlite")));
        REQUIRE_RESULT(from);
        const auto moved = server::migrateToPostgres(**from, url, *server.host.catalog());
        REQUIRE_RESULT(moved);
        CHECK(moved->rows > 50);
        REQUIRE_ERROR(server::migrateToPostgres(**from, url, *server.host.catalog()), "server.already_initialised");
    }
    server.environment.database = url;
    server.reopen();
    CHECK(server.api->service().storage().serverId() == serverId);
    CHECK(digests().size() >= before.size());

    // The same tokens, the same history: nothing comes twice and nothing is missing.
    const auto hello = anna.hello();
    REQUIRE_RESULT(hello);
    CHECK(hello->expectedNo == anna.lastNo + 1);
    CHECK(hello->commonRev == anna.cursor.rev);
    const auto again = anna.push({repeated});
    REQUIRE_RESULT(again);
    CHECK(again->answers[0].rev == once->answers[0].rev);
    const auto news = admin.pullOnce();
    REQUIRE_RESULT(news);
    REQUIRE(news->tables.size() == 1);
    CHECK(news->tables[0].rows.size() == 1);
    CHECK_FALSE(news->keys);

    // A new copy holds what the old one does.
    admin.pull();
    Laptop fresh(server, "admin");
    fresh.pull();
    for (const QString &entity : {account, note, contact, QStringLiteral("foundation.user")}) {
        CAPTURE(entity);
        REQUIRE(fresh.records.value(entity).keys().size() == admin.records.value(entity).keys().size());
        for (auto it = admin.records.value(entity).cbegin(); it != admin.records.value(entity).cend(); ++it) {
            CHECK(fresh.revOf(entity, it.key()) == it->rev);
            CHECK(fresh.records.value(entity).value(it.key()).values == it->values);
        }
    }
    CHECK(fresh.held(note, sized, "x_size") == Value(7));
    CHECK_FALSE(fresh.has(account, second));

    // And it goes on: numbers, devices and revisions behind those that were.
    const Id later = server.ids.next();
    CHECK(admin.make({create("crm.account", later, {edit("name", text("Later"))})}).rev == news->mark.rev + 1);
    fresh.pull();
    CHECK(fresh.has(account, later));
    CHECK(fresh.held(account, later, "number") != fresh.held(account, first, "number"));
    CHECK(
        admin.make({update("crm.account", first, made, {edit("industry", text("devices"), text("telecom"))})}).status ==
        wire::BatchStatus::Accepted);
}
