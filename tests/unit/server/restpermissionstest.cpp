// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "restfixture.h"
#include "server/scopes/eyes.h"

using namespace tz;
using namespace tz::test;
using namespace Qt::StringLiterals;

namespace {

/// Two teams with a customer each, of which the manager knows the margins, and notes of everybody about both.
struct TwoTeams : ServerFixture {
    Laptop mary, nina, sam;
    Id north, south, aboutNorth, aboutSouth;

    TwoTeams()
        : mary(with("mary", {u"sales_manager"_s}, ""))
        , nina(with("nina", {u"sales"_s}, "North"))
        , sam(with("sam", {u"sales"_s}, "South"))
        , north(ids.next())
        , south(ids.next())
        , aboutNorth(ids.next())
        , aboutSouth(ids.next())
    {
        accept(nina.make({create("crm.account", north, {edit("name", text("NorthMarker"))}),
                          create("crm.note", aboutNorth, {edit("text", text("a")), edit("about", Value(north))})}));
        accept(sam.make({create("crm.account", south, {edit("name", text("SouthMarker"))}),
                         create("crm.contact", ids.next(),
                                {edit("name", text("SouthMarker Person")), edit("account", Value(south))}),
                         create("crm.note", aboutSouth, {edit("text", text("b")), edit("about", Value(south))})}));
        for (const Id &id : {north, south}) {
            mary.pull();
            accept(mary.make({update("crm.account", id, mary.revOf(account, id), {edit("margin", Value(987654321))})}));
        }
    }
    Laptop with(const char *name, QStringList roles, const char *team)
    {
        addUser(name, std::move(roles), team);
        return Laptop(*this, name);
    }
    static void accept(const wire::BatchAnswer &answer)
    {
        INFO((answer.reasons.empty() ? std::string() : answer.reasons.front().error.toString().toStdString()));
        REQUIRE(answer.status == wire::BatchStatus::Accepted);
    }
};

QString at(const Id &id)
{
    return u"records/crm.account/"_s + id.toString();
}

} // namespace

TEST_CASE("a token of one team never gets a row of another, in whatever way it asks", "[server][rest][permissions]")
{
    TwoTeams server;
    Bridge nina(server, "nina", {u"read:*"_s, u"write:*"_s});
    CHECK(nina.list(account).texts("name") == QStringList{u"NorthMarker"_s});
    CHECK(nina.list(contact).items().isEmpty());
    CHECK(nina.list(account, {{"filter", u"name ~ 'SouthMarker'"_s}}).items().isEmpty());

    // What is not seen is answered like what is not there.
    const Heard unknown = nina.get(at(Id::fromName(u"nobody")));
    CHECK(unknown.status == 404);
    CHECK(nina.get(at(server.south)).json == unknown.json);
    const Heard changed = nina.patch(at(Id::fromName(u"nobody")), R"({"name": "X"})");
    CHECK(changed.status == 404);
    CHECK(nina.patch(at(server.south), R"({"name": "X"})").json == changed.json);
    CHECK(nina.patch(at(server.south), R"({"name": "X"})", "\"1\"").json == changed.json);
    CHECK(nina.ask("DELETE", at(server.south)).status == 404);
    CHECK(nina.post(at(server.south) + u"/restore"_s, {}).status == 404);
    CHECK(nina.post(at(server.south) + u"/actions/win"_s, {}).status == 404);

    // A link leads there, but not into it.
    const Heard notes = nina.list(note, {{"fields", u"text,about,about.name,about._title"_s}, {"sort", u"text"_s}});
    REQUIRE(notes.items().size() == 2);
    const QJsonObject far = notes.items().at(1).toObject();
    CHECK(far.value(u"about"_s) == server.south.toString());
    CHECK(far.value(u"about.name"_s).isNull());
    CHECK(far.value(u"about._title"_s).isNull());
    CHECK(notes.items().at(0).toObject().value(u"about.name"_s) == u"NorthMarker"_s);
    CHECK(nina.list(note, {{"filter", u"about.name > 'N'"_s}}).texts("text") == QStringList{u"a"_s});
    CHECK(nina.list(note, {{"filter", u"not (about.name == 'NorthMarker')"_s}}).items().isEmpty());
    CHECK(nina.list(note, {{"filter", u"about.name == null"_s}}).texts("text") == QStringList{u"b"_s});
    // Its title orders nothing: what is not seen has none.
    CHECK(nina.list(note, {{"sort", u"about"_s}}).texts("text") == QStringList{u"b"_s, u"a"_s});
    CHECK(nina.list(note, {{"sort", u"-about"_s}}).texts("text") == QStringList{u"a"_s, u"b"_s});

    // Links to it may be made as on a laptop, which does not show it either.
    CHECK_FALSE(nina.everything.contains("SouthMarker"));
    Bridge mary(server, "mary", {u"read:*"_s}, "manager");
    CHECK(mary.list(account).items().size() == 2);
    CHECK(mary.list(note, {{"fields", u"about.name"_s}}).body.contains("SouthMarker"));
}

TEST_CASE("what the server copies for somebody is made of what they may see", "[server][rest][push][permissions]")
{
    TwoTeams server;
    const QString memo = u"crm.memo"_s;
    Bridge nina(server, "nina", {u"read:*"_s, u"write:*"_s});
    const auto about = [&](Laptop &laptop, const Id &account) {
        const Id id = server.ids.next();
        TwoTeams::accept(laptop.make({create("crm.memo", id, {edit("about", Value(account))})}));
        server.mary.pull();
        return id;
    };
    const Id seen = about(server.nina, server.north), unseen = about(server.nina, server.south);
    CHECK(server.mary.held(memo, seen, "copied") == text("NorthMarker"));
    CHECK(server.mary.held(memo, unseen, "copied").isNull());
    // Of a record in sight, a field that is not.
    CHECK(server.mary.held(memo, seen, "figure").isNull());
    // Where the author may not look, all is worked out.
    CHECK(server.mary.held(memo, seen, "cost") == Value(987654321));
    CHECK(server.mary.held(memo, unseen, "cost") == Value(987654321));
    CHECK(server.mary.held(memo, about(server.mary, server.south), "figure") == Value(987654321));

    // By an action, and for another program.
    TwoTeams::accept(server.nina.make({act("crm.memo", unseen, server.mary.revOf(memo, unseen), "copy")}));
    const Heard made =
        nina.post(u"records/crm.memo"_s, R"({"about": ")" + server.south.toString().toLatin1() + R"("})");
    CHECK(made.status == 201);
    CHECK(made.json.value(u"copied"_s).isNull());
    server.mary.pull();
    CHECK(server.mary.held(memo, unseen, "copied").isNull());
    CHECK_FALSE(server.nina.everything.contains("SouthMarker"));
    CHECK_FALSE(nina.everything.contains("SouthMarker"));
}

TEST_CASE("hidden fields are answered like fields that do not exist", "[server][rest][permissions]")
{
    TwoTeams server;
    Bridge nina(server, "nina", {u"read:*"_s, u"write:*"_s});
    const auto same = [&](const QString &entity, const char *parameter, const QString &hidden) {
        QString unknown = hidden;
        unknown.replace(u"margin"_s, u"margix"_s);
        const Heard heard = nina.list(entity, {{parameter, hidden}});
        INFO(hidden.toStdString());
        CHECK(heard.status == 400);
        QByteArray body = heard.body;
        CHECK(body.replace("margin", "margix") == nina.list(entity, {{parameter, unknown}}).body);
    };
    for (const QString &field : {u"margin"_s, u"double_margin"_s}) {
        for (const QString &along : {QString(), u"about."_s}) {
            const QString &entity = along.isEmpty() ? account : note;
            const QString path = along + field;
            same(entity, "filter", path + u" > 5"_s);
            same(entity, "filter", u"not empty("_s + path + u')');
            same(entity, "filter", path + u" == null or true"_s);
            same(entity, "sort", path);
            same(entity, "sort", u'-' + path);
            same(entity, "fields", path);
        }
    }
    // Not even by a suggestion.
    CHECK_FALSE(nina.list(account, {{"filter", u"marginn > 5"_s}}).body.contains("\"margin\""));
    CHECK_FALSE(nina.list(account, {{"fields", u"marginn"_s}}).body.contains("\"margin\""));

    CHECK_FALSE(nina.get(at(server.north)).json.contains(u"margin"_s));
    CHECK_FALSE(nina.get(at(server.north)).json.contains(u"double_margin"_s));
    const Heard written = nina.patch(at(server.north), R"({"margin": 5})");
    CHECK(written.status == 422);
    CHECK(written.code() == u"record.unknown_field"_s);
    CHECK(nina.post(u"records/crm.account"_s, R"({"name": "N", "margin": 5})").json == written.json);
    for (const QByteArray &name : {QByteArray("margix"), QByteArray("double_margin")}) {
        QByteArray other = nina.patch(at(server.north), "{\"" + name + "\": 5}").body;
        CHECK(other.replace(name, "margin") == written.body);
    }
    CHECK_FALSE(nina.everything.contains("987654321"));
    CHECK_FALSE(nina.everything.contains("1975308642"));

    Bridge mary(server, "mary", {u"read:*"_s}, "manager");
    CHECK(mary.get(at(server.north)).json.value(u"margin"_s) == 987654321);
    CHECK(mary.get(at(server.north)).json.value(u"double_margin"_s) == 1975308642);
    CHECK(mary.list(account, {{"filter", u"double_margin > margin"_s}}).items().size() == 2);
    // A kind of record that nobody of theirs may read does not exist for them.
    CHECK(nina.get(u"records/crm.secret"_s).code() == u"record.unknown_entity"_s);
    CHECK(nina.post(u"records/crm.secret"_s, R"({"text": "x"})").code() == u"record.unknown_entity"_s);
}

TEST_CASE("who is refused what another holds, hears no more of it than they may see", "[server][rest][permissions]")
{
    TwoTeams server;
    Bridge nina(server, "nina", {u"read:*"_s, u"write:*"_s}, "nina"),
        mary(server, "mary", {u"read:*"_s, u"write:*"_s}, "mary");
    REQUIRE(mary.patch(at(server.south), R"({"desk": "D1"})").status == 200);
    const Heard unseen = nina.patch(at(server.north), R"({"desk": "D1"})");
    CHECK(unseen.status == 409);
    CHECK(unseen.code() == u"claim.taken"_s);
    CHECK(unseen.json.value(u"pointer"_s) == u"#/desk"_s);
    CHECK_FALSE(unseen.body.contains(server.south.toString().toLatin1()));
    CHECK_FALSE(unseen.body.contains("SouthMarker"));
    CHECK(mary.patch(at(server.north), R"({"desk": "D1"})").body.contains(server.south.toString().toLatin1()));
}

TEST_CASE("counts are of what the token may see", "[server][rest][permissions]")
{
    TwoTeams server;
    Bridge mary(server, "mary", {u"read:*"_s}, "manager");
    CHECK(mary.get(at(server.south)).json.value(u"contacts"_s) == 1);
    CHECK(mary.list(account, {{"filter", u"contacts > 0"_s}}).texts("name") == QStringList{u"SouthMarker"_s});
    Bridge narrow(server, "mary", {u"read:crm.account"_s}, "narrow");
    CHECK_FALSE(narrow.get(at(server.south)).json.contains(u"contacts"_s));
    CHECK(narrow.list(account, {{"filter", u"contacts > 0"_s}}).code() == u"expression.unknown_field"_s);
}

TEST_CASE("a token reaches no further than its scopes", "[server][rest][permissions]")
{
    TwoTeams server;
    Bridge reader(server, "mary", {u"read:crm.note"_s}, "reader");
    CHECK(reader.list(note).items().size() == 2);
    const Heard refused = reader.list(account);
    CHECK(refused.status == 403);
    CHECK(refused.code() == u"api.not_in_scope"_s);
    CHECK(refused.json.value(u"params"_s).toObject().value(u"scope"_s) == u"read:crm.account"_s);
    CHECK(reader.list(note, {{"fields", u"about.name"_s}}).code() == u"query.unknown_field"_s);
    CHECK(reader.list(note, {{"filter", u"about.name != null"_s}}).code() == u"expression.unknown_field"_s);
    CHECK(reader.list(note, {{"sort", u"about"_s}}).code() == u"api.cannot_sort"_s);
    CHECK(reader.post(u"records/crm.note"_s, R"({"text": "c"})").code() == u"api.not_in_scope"_s);

    // A form on a web site may bring in records, and whoever steals its token reads none.
    Bridge form(server, "mary", {u"write:crm.account"_s}, "form");
    const Heard made = form.post(u"records/crm.account"_s, R"({"name": "From the web", "margin": 3})");
    CHECK(made.status == 201);
    CHECK(made.json.keys() == QStringList{u"id"_s});
    CHECK(form.get(at(*Id::fromString(made.id()))).code() == u"api.not_in_scope"_s);
    CHECK(form.list(account).code() == u"api.not_in_scope"_s);
    CHECK(form.post(u"records/crm.note"_s, R"({"text": "c"})").code() == u"api.not_in_scope"_s);

    Bridge department(server, "mary", {u"read:crm.*"_s}, "department");
    CHECK(department.list(account).status == 200);
    CHECK(department.get(u"records/foundation.user"_s).code() == u"api.not_in_scope"_s);

    // It never has more rights than its user.
    Bridge viewer(server, "nina", {u"read:*"_s, u"write:*"_s}, "viewer");
    CHECK(viewer.post(u"records/foundation.role"_s, R"({"name": "emperor", "label": "E"})").status == 403);
}

TEST_CASE("few and many records are picked in different ways, with the same result", "[server][rest][permissions]")
{
    TwoTeams server;
    auto connection = server.api->service().storage().read();
    REQUIRE_RESULT(connection);
    const auto scope = server.api->service().scopes().of(**connection, server.nina.user);
    REQUIRE_RESULT(scope);
    for (const qint64 few : {qint64(0), qint64(1000)}) {
        const server::Eyes eyes(**connection, *scope, few);
        const server::LookingThrough looking(*(*connection)->reader, eyes);
        Query query;
        query.entity = account;
        query.fields = {u"name"_s};
        const auto rows = (*connection)->reader->select(query);
        REQUIRE_RESULT(rows);
        REQUIRE(rows->rows.size() == 1);
        CHECK(rows->rows[0][0] == text("NorthMarker"));
        const QString condition = eyes.condition(*(*connection)->catalog().entity(account), u"t0"_s);
        CHECK(condition.startsWith(few == 0 ? u"EXISTS("_s : u"t0.id IN ("_s));
    }
}

TEST_CASE("tokens are kept as hashes, expire, are revoked and end with their user", "[server][rest][tokens]")
{
    ServerFixture server;
    server.addUser("nina", {u"sales"_s}, "North");
    server::Tokens &tokens = server.api->service().tokens();
    Bridge bridge(server, "nina", {u"read:*"_s}, "bridge");
    const auto says = [&](Bridge &from) {
        const Heard heard = from.list(account);
        if (heard.status == 401)
            CHECK(heard.headers.value("WWW-Authenticate").startsWith("Bearer"));
        return QString::number(heard.status) + u' ' + heard.code();
    };
    CHECK(says(bridge) == u"200 "_s);
    CHECK(bridge.token.startsWith("tongzhou_"));
    if (server.environment.database.isEmpty()) {
        QByteArray bytes;
        for (const char *end : {"", "-wal"}) {
            QFile file(server.folder.filePath(u"server.sqlite"_s) + QLatin1String(end));
            if (file.open(QFile::ReadOnly))
                bytes += file.readAll();
        }
        CHECK(bytes.contains("bridge"));
        CHECK_FALSE(bytes.contains(bridge.token.mid(9)));
    }

    Bridge thief = bridge;
    thief.token.chop(1);
    CHECK(says(thief) == u"401 api.bad_token"_s);
    thief.token.clear();
    CHECK(says(thief) == u"401 api.no_token"_s);

    const auto refused = [&](const server::Tokens::New &token, const char *code) {
        REQUIRE_ERROR(tokens.add(token), code);
    };
    refused({u"bridge"_s, u"nina"_s, {u"read:*"_s}, {}}, "api.token_exists");
    refused({u""_s, u"nina"_s, {u"read:*"_s}, {}}, "api.bad_name");
    refused({u"a\nb"_s, u"nina"_s, {u"read:*"_s}, {}}, "api.bad_name");
    refused({u"x"_s, u"nobody"_s, {u"read:*"_s}, {}}, "account.unknown_user");
    for (const QString &scope : {u""_s, u"*"_s, u"read"_s, u"read:crm"_s, u"read:crm.acount"_s, u"admin:*"_s})
        refused({u"x"_s, u"nina"_s, {scope}, {}}, "api.bad_scope");
    refused({u"x"_s, u"nina"_s, {}, {}}, "api.bad_scope");

    const auto lasting = tokens.add({u"lasting"_s, u"nina"_s, {u"read:*"_s}, server.clock.nowMs() + 5000});
    REQUIRE_RESULT(lasting);
    Bridge shortLived = bridge;
    shortLived.token = lasting->toLatin1();
    CHECK(says(shortLived) == u"200 "_s);
    server.clock.advanceMs(5000);
    CHECK(says(shortLived) == u"401 api.token_expired"_s);

    REQUIRE_RESULT(tokens.revoke(u"bridge"_s));
    CHECK(says(bridge) == u"401 api.token_revoked"_s);
    REQUIRE_ERROR(tokens.revoke(u"bridge"_s), "api.unknown_token");
    Bridge again(server, "nina", {u"read:*"_s}, "bridge");
    CHECK(says(again) == u"200 "_s);

    const auto lines = tokens.list();
    REQUIRE_RESULT(lines);
    REQUIRE(lines->size() == 3);
    CHECK(lines->at(0).revokedAtMs > 0);
    CHECK(lines->at(1).isExpired);
    CHECK(lines->at(2).user == u"nina"_s);
    CHECK(lines->at(2).usedAtMs > 0);

    REQUIRE_RESULT(server.api->service().people().setDisabled(u"nina"_s, true));
    CHECK(says(again) == u"403 auth.user_disabled"_s);
}

TEST_CASE("a token that asks too often has to wait", "[server][rest][tokens]")
{
    ServerFixture server;
    server.addUser("nina", {u"sales"_s}, "North");
    Bridge bridge(server, "nina", {u"read:*"_s});
    Bridge other(server, "nina", {u"read:*"_s}, "other");
    int served = 0;
    Heard last;
    for (int i = 0; i < 300; ++i) {
        last = bridge.get(u"records/crm.note"_s);
        if (last.status != 200)
            break;
        ++served;
    }
    CHECK(served == server::ApiRequests::atOnce);
    CHECK(last.status == 429);
    CHECK(last.code() == u"api.too_many_requests"_s);
    CHECK(last.headers.value("Retry-After") == "1");
    CHECK(other.get(u"records/crm.note"_s).status == 200);
    server.clock.advanceMs(1000);
    CHECK(bridge.get(u"records/crm.note"_s).status == 200);
}
