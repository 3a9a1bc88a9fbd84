// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/sync/adminwire.h"
#include "serverfixture.h"

#include <algorithm>

using namespace tz;
using namespace tz::test;
using namespace Qt::StringLiterals;

namespace {

/// What the server answers to a question of an administrator's laptop, or its error with params "status".
template <class T>
Result<T> ask(Laptop &laptop, const char *what, const QByteArray &body, Result<T> (*decode)(QByteArrayView))
{
    const server::Answer answer = laptop.server.ask((QByteArray("/v1/admin/") + what).constData(), laptop.token, body);
    laptop.everything += answer.body;
    if (answer.status == 200)
        return decode(answer.body);
    auto error = wire::decodeError(answer.body);
    REQUIRE_RESULT(error);
    error->params.insert(u"status"_s, answer.status);
    return fail(*error);
}

Result<wire::AdminPeople> people(Laptop &laptop)
{
    return ask(laptop, "people", {}, wire::decodeAdminPeople);
}

Result<Id> change(Laptop &laptop, const wire::AdminChange &question)
{
    const auto changed = ask(laptop, "change", wire::encode(question), wire::decodeAdminChanged);
    if (!changed)
        return fail(changed.error());
    return changed->id;
}

wire::AdminChange changeOf(ChangeKind kind, const char *entity, const Id &id, std::vector<FieldEdit> edits = {})
{
    wire::AdminChange question;
    question.kind = kind;
    question.entity = QString::fromLatin1(entity);
    question.id = id;
    for (const FieldEdit &edit : edits) {
        question.fields << edit.field;
        question.values.push_back(edit.value);
    }
    return question;
}

Result<wire::AdminDevices> devices(Laptop &laptop)
{
    return ask(laptop, "devices", {}, wire::decodeAdminDevices);
}

wire::AdminDevice deviceOf(Laptop &laptop, const Id &id)
{
    const auto all = devices(laptop);
    REQUIRE_RESULT(all);
    const auto found = std::ranges::find(all->devices, id, &wire::AdminDevice::id);
    REQUIRE(found != all->devices.end());
    return *found;
}

Result<> order(Laptop &laptop, const char *what, const Id &device, bool discard = false, bool own = false)
{
    wire::AdminDeviceOrder question;
    question.order = QString::fromLatin1(what);
    question.device = device;
    question.discardUnsent = discard;
    question.own = own;
    const auto done = ask<int>(laptop, "device", wire::encode(question), [](QByteArrayView) { return Result<int>(0); });
    return done ? Result<>() : fail(done.error());
}

Result<wire::AuditPage> audit(Laptop &laptop, const wire::AuditQuestion &question)
{
    return ask(laptop, "audit", wire::encode(question), wire::decodeAuditPage);
}

/// All pages, one after the other.
std::vector<wire::AuditEntry> wholeAudit(Laptop &laptop, wire::AuditQuestion question, int *pages = nullptr)
{
    std::vector<wire::AuditEntry> all;
    for (int page = 0; page < 1000; ++page) {
        const auto answer = audit(laptop, question);
        REQUIRE_RESULT(answer);
        all.insert(all.end(), answer->entries.begin(), answer->entries.end());
        if (pages)
            ++*pages;
        if (answer->afterSeq == 0)
            return all;
        question.afterMs = answer->afterMs;
        question.afterSeq = answer->afterSeq;
    }
    FAIL("the audit trail does not end");
    return all;
}

Id roleNamed(Laptop &laptop, const QString &name)
{
    const auto all = people(laptop);
    REQUIRE_RESULT(all);
    const auto found = std::ranges::find(all->roles, name, &wire::AdminRole::name);
    REQUIRE(found != all->roles.end());
    return found->id;
}

bool maySignIn(ServerFixture &server, const char *user, const char *password)
{
    wire::LoginRequest login;
    login.user = QString::fromUtf8(user);
    login.password = QString::fromUtf8(password);
    return server.ask("/v1/login", {}, wire::encode(login)).status == 200;
}

} // namespace

TEST_CASE("only who is an administrator now is answered", "[server][admin]")
{
    ServerFixture server;
    server.addUser("anna", {u"sales"_s});
    Laptop admin(server, "admin"), anna(server, "anna");
    const wire::AdminChange grab = changeOf(ChangeKind::Update, "foundation.user", anna.user,
                                            {edit("roles", Value::fromSet({Value(roleNamed(admin, u"admin"_s))}))});
    const auto tellsNobody = [&](Laptop &who, const char *code, int status) {
        for (const char *what : {"people", "change", "devices", "device", "status", "audit", "nothing"}) {
            INFO(what);
            const auto answer = ask<int>(who, what, wire::encode(grab), [](QByteArrayView) { return Result<int>(0); });
            REQUIRE_ERROR(answer, code);
            CHECK(answer.error().params.value(u"status"_s).toInt() == status);
        }
    };
    tellsNobody(anna, "admin.denied", 403);
    CHECK(server.ask("/v1/admin/people", {}, {}).status == 401);
    CHECK(server.ask("/v1/admin/people", "guess", {}).status == 401);

    REQUIRE_RESULT(change(admin, grab));
    REQUIRE_RESULT(people(anna));
    // Taken away again, while the device stays signed in.
    REQUIRE_RESULT(change(anna, changeOf(ChangeKind::Update, "foundation.user", admin.user,
                                         {edit("roles", Value::fromSet({Value(roleNamed(anna, u"sales"_s))}))})));
    tellsNobody(admin, "admin.denied", 403);
    REQUIRE_ERROR(ask<int>(anna, "nothing", {}, [](QByteArrayView) { return Result<int>(0); }), "server.unknown_path");
}

TEST_CASE("users are made, changed, switched off and on, with a trail of who did it", "[server][admin]")
{
    ServerFixture server;
    Laptop admin(server, "admin");
    const Id sales = roleNamed(admin, u"sales"_s);
    wire::AdminChange make = changeOf(ChangeKind::Create, "foundation.user", Id(),
                                      {edit("name", text("wang")), edit("display_name", text("王伟")),
                                       edit("roles", Value::fromSet({Value(sales)}))});
    const auto wang = change(admin, make);
    REQUIRE_RESULT(wang);
    CHECK_FALSE(maySignIn(server, "wang", ""));
    auto all = people(admin);
    REQUIRE_RESULT(all);
    REQUIRE(all->users.size() == 2);
    CHECK(all->users[1].displayName == u"王伟"_s);
    CHECK(all->users[1].active);
    CHECK_FALSE(all->users[1].hasPassword);
    CHECK(all->users[1].roles == std::vector<Id>{sales});

    // A name that is taken, and a record that somebody else changed, name the field or say so.
    const auto again = change(admin, make);
    REQUIRE_ERROR(again, "record.duplicate");
    CHECK(again.error().field == u"name"_s);
    wire::AdminChange rename =
        changeOf(ChangeKind::Update, "foundation.user", *wang, {edit("job_title", text("Sales"))});
    rename.expectedRev = all->users[1].rev - 1;
    REQUIRE_ERROR(change(admin, rename), "record.changed_meanwhile");
    rename.expectedRev = all->users[1].rev;
    REQUIRE_RESULT(change(admin, rename));

    wire::AdminChange password = changeOf(ChangeKind::Update, "foundation.user", *wang);
    password.password = u"a long one"_s;
    REQUIRE_RESULT(change(admin, password));
    CHECK(maySignIn(server, "wang", "a long one"));
    wire::LoginRequest login;
    login.user = u"wang"_s;
    login.password = u"a long one"_s;
    const auto signedIn = wire::decodeLoginAnswer(server.ask("/v1/login", {}, wire::encode(login)).body);
    REQUIRE_RESULT(signedIn);
    const QByteArray token = signedIn->token.toLatin1();
    const auto mayPull = [&] { return server.ask("/v1/pull", token, wire::encode(wire::PullRequest())).status == 200; };
    CHECK(mayPull());
    // A new password ends what was signed in with the old one.
    password.password = u"another one"_s;
    REQUIRE_RESULT(change(admin, password));
    CHECK_FALSE(mayPull());
    CHECK_FALSE(maySignIn(server, "wang", "a long one"));
    CHECK(maySignIn(server, "wang", "another one"));
    // Of whoever changes their own, this device stays.
    wire::AdminChange own = changeOf(ChangeKind::Update, "foundation.user", admin.user);
    own.password = u"secret-admin-2"_s;
    REQUIRE_RESULT(change(admin, own));
    REQUIRE_RESULT(people(admin));

    REQUIRE_RESULT(
        change(admin, changeOf(ChangeKind::Update, "foundation.user", *wang, {edit("active", Value(false))})));
    CHECK_FALSE(maySignIn(server, "wang", "another one"));
    CHECK_FALSE(people(admin)->users[1].active);
    REQUIRE_RESULT(
        change(admin, changeOf(ChangeKind::Update, "foundation.user", *wang, {edit("active", Value(true))})));
    CHECK(maySignIn(server, "wang", "another one"));
    REQUIRE_RESULT(change(admin, changeOf(ChangeKind::Delete, "foundation.user", *wang)));
    CHECK(people(admin)->users.size() == 1);
    CHECK_FALSE(maySignIn(server, "wang", "another one"));

    wire::AuditQuestion question;
    question.record = *wang;
    QStringList trail;
    for (const wire::AuditEntry &entry : wholeAudit(admin, question)) {
        CHECK(entry.user == admin.user);
        CHECK(entry.device == admin.device);
        CHECK(entry.label == u"administration"_s);
        if (entry.kind != ChangeKind::Create)
            trail << (entry.action.isEmpty() ? entry.field : entry.action);
    }
    CHECK(trail.contains(u"active"_s));
    CHECK(trail.count(u"set_password"_s) == 2);
    CHECK(trail.contains(u"job_title"_s));
    // Neither a password nor its hash stands anywhere in what was answered.
    CHECK_FALSE(admin.everything.contains("another one"));
    CHECK_FALSE(admin.everything.contains("$argon2"));
}

TEST_CASE("teams and roles are made and deleted; nothing else is administered this way", "[server][admin]")
{
    ServerFixture server;
    Laptop admin(server, "admin");
    const auto north =
        change(admin, changeOf(ChangeKind::Create, "foundation.team", Id(), {edit("name", text("North"))}));
    REQUIRE_RESULT(north);
    const auto berlin = change(admin, changeOf(ChangeKind::Create, "foundation.team", Id(),
                                               {edit("name", text("Berlin")), edit("parent", Value(*north))}));
    REQUIRE_RESULT(berlin);
    server.addUser("anna", {u"sales"_s}, "North/Berlin");
    const auto all = people(admin);
    REQUIRE_RESULT(all);
    REQUIRE(all->teams.size() == 2);
    CHECK(all->teams[0].name == u"Berlin"_s);
    CHECK(all->teams[0].parent == *north);
    CHECK(all->teams[0].members == 1);
    CHECK(wire::teamPath(*all, *berlin) == u"North/Berlin"_s);
    REQUIRE_RESULT(change(admin, changeOf(ChangeKind::Delete, "foundation.team", *berlin)));
    CHECK(people(admin)->teams.size() == 1);

    const auto guest = change(admin, changeOf(ChangeKind::Create, "foundation.role", Id(),
                                              {edit("name", text("guest")), edit("lease_days", Value(qint64(7)))}));
    REQUIRE_RESULT(guest);
    const auto bad = change(
        admin, changeOf(ChangeKind::Update, "foundation.role", *guest, {edit("lease_days", Value(qint64(700)))}));
    REQUIRE_ERROR(bad, "record.out_of_range");
    CHECK(bad.error().field == u"lease_days"_s);
    REQUIRE_ERROR(change(admin, changeOf(ChangeKind::Create, "crm.note", Id(), {edit("text", text("x"))})),
                  "admin.not_administered");
    REQUIRE_ERROR(change(admin, changeOf(ChangeKind::Restore, "foundation.team", *berlin)), "admin.not_administered");
    wire::AdminChange lopsided = changeOf(ChangeKind::Update, "foundation.role", *guest);
    lopsided.fields << u"label"_s;
    REQUIRE_ERROR(change(admin, lopsided), "wire.malformed");
    lopsided = changeOf(ChangeKind::Update, "foundation.role", *guest);
    lopsided.password = u"no password of a role"_s;
    REQUIRE_ERROR(change(admin, lopsided), "wire.malformed");
}

TEST_CASE("the last active administrator stays, however somebody tries", "[server][admin]")
{
    ServerFixture server;
    Laptop admin(server, "admin");
    admin.pull();
    const Id role = roleNamed(admin, u"admin"_s);
    const Id sales = roleNamed(admin, u"sales"_s);
    const auto off = changeOf(ChangeKind::Update, "foundation.user", admin.user, {edit("active", Value(false))});
    const auto noRole =
        changeOf(ChangeKind::Update, "foundation.user", admin.user, {edit("roles", Value::fromSet({Value(sales)}))});
    const auto gone = changeOf(ChangeKind::Delete, "foundation.user", admin.user);
    const auto refusesAll = [&] {
        auto refused = change(admin, off);
        REQUIRE_ERROR(refused, "account.last_admin");
        CHECK(refused.error().field == u"active"_s);
        refused = change(admin, noRole);
        REQUIRE_ERROR(refused, "account.last_admin");
        CHECK(refused.error().field == u"roles"_s);
        REQUIRE_ERROR(change(admin, gone), "account.last_admin");
    };
    refusesAll();
    // The role itself, and the way of a laptop's records, and the console on the server.
    REQUIRE_ERROR(change(admin, changeOf(ChangeKind::Delete, "foundation.role", role)), "account.admin_role");
    REQUIRE_ERROR(change(admin, changeOf(ChangeKind::Update, "foundation.role", role, {edit("name", text("boss"))})),
                  "account.admin_role");
    REQUIRE_RESULT(
        change(admin, changeOf(ChangeKind::Update, "foundation.role", role, {edit("label", text("Chief"))})));
    const auto pushed = admin.make(
        {update("foundation.user", admin.user, admin.cursor.rev, {edit("active", Value(false), Value(true))})});
    CHECK(pushed.status == wire::BatchStatus::Refused);
    CHECK(pushed.reasons.front().error.is("account.last_admin"));
    Change member = update("foundation.user", admin.user, admin.cursor.rev, {});
    member.kind = ChangeKind::Member;
    member.name = u"roles"_s;
    member.member = Value(role);
    CHECK(admin.make({member}).reasons.front().error.is("account.last_admin"));
    REQUIRE_ERROR(server.api->service().people().setDisabled(u"admin"_s, true), "account.last_admin");

    // Another one who is switched off does not count; one who is active does.
    const Id bo = server.addUser("bo", {u"admin"_s});
    REQUIRE_RESULT(server.api->service().people().setDisabled(u"bo"_s, true));
    refusesAll();
    REQUIRE_RESULT(server.api->service().people().setDisabled(u"bo"_s, false));
    REQUIRE_RESULT(change(admin, noRole));
    CHECK(people(admin).error().is("admin.denied"));
    Laptop other(server, "bo");
    REQUIRE_ERROR(change(other, changeOf(ChangeKind::Delete, "foundation.user", bo)), "account.last_admin");
}

TEST_CASE("devices are seen with what they hold and what waits, and are shut out", "[server][admin]")
{
    ServerFixture server;
    server.addUser("anna", {u"sales_manager"_s});
    Laptop admin(server, "admin"), anna(server, "anna"), second(server, "anna");
    anna.pull();
    CHECK(deviceOf(admin, anna.device).rev == devices(admin)->rev);
    REQUIRE(anna.make({create("crm.note", server.ids.next(), {edit("text", text("hello"))})}).status ==
            wire::BatchStatus::Accepted);
    CHECK(deviceOf(admin, anna.device).rev == devices(admin)->rev - 1);
    CHECK(deviceOf(admin, second.device).rev == 0);
    CHECK(deviceOf(admin, anna.device).name == u"Laptop of anna"_s);
    CHECK(deviceOf(admin, anna.device).userName == u"anna"_s);
    // Written down, it is the same for every process, and after a restart.
    REQUIRE_RESULT(server.api->runJobs());
    const qint64 rev = deviceOf(admin, anna.device).rev;
    server.reopen();
    CHECK(deviceOf(admin, anna.device).rev == rev);

    wire::HelloRequest hello;
    hello.device = anna.device;
    hello.waiting = 2;
    hello.program = u"tongzhou 0.1.0"_s;
    REQUIRE(server.ask("/v1/hello", anna.token, wire::encode(hello)).status == 200);
    CHECK(deviceOf(admin, anna.device).waiting == 2);
    CHECK(deviceOf(admin, anna.device).program == hello.program);

    const auto unsent = order(admin, "wipe", anna.device);
    REQUIRE_ERROR(unsent, "account.unsent_work");
    CHECK(unsent.error().params.value(u"count"_s).toInt() == 2);
    CHECK(unsent.error().params.value(u"status"_s).toInt() == 409);
    REQUIRE_RESULT(order(admin, "sign_out", second.device));
    REQUIRE_ERROR(second.hello(), "auth.bad_token");
    CHECK_FALSE(deviceOf(admin, second.device).signedIn);
    REQUIRE_RESULT(order(admin, "wipe", anna.device, true));
    const auto told = anna.hello();
    REQUIRE_ERROR(told, "auth.device_revoked");
    CHECK(told.error().params.value(u"wipe"_s).toBool());
    CHECK(deviceOf(admin, anna.device).wipeAskedAtMs > 0);
    wire::WipedRequest wiped;
    wiped.nonce = told.error().params.value(u"nonce"_s).toString();
    wiped.unsent = 3;
    REQUIRE(server.ask("/v1/wiped", {}, wire::encode(wiped)).status == 200);
    CHECK(deviceOf(admin, anna.device).wipedAtMs > 0);
    CHECK(deviceOf(admin, anna.device).wipedUnsent == 3);

    REQUIRE_ERROR(order(admin, "revoke", server.ids.next()), "account.unknown_device");
    REQUIRE_ERROR(order(admin, "sign_out", server.ids.next()), "account.unknown_device");
    REQUIRE_ERROR(order(admin, "explode", second.device), "wire.malformed");
    // Not by a slip.
    for (const char *what : {"sign_out", "revoke", "wipe"})
        REQUIRE_ERROR(order(admin, what, admin.device), "admin.own_device");
    REQUIRE_RESULT(people(admin));

    wire::AuditQuestion question;
    question.entity = u"foundation.device"_s;
    const auto trail = wholeAudit(admin, question);
    REQUIRE(trail.size() == 2);
    CHECK(trail[0].action == u"wipe"_s);
    CHECK(trail[0].record == anna.device);
    CHECK(trail[0].title == u"Laptop of anna"_s);
    CHECK(trail[1].action == u"sign_out"_s);
    CHECK(trail[1].user == admin.user);
    REQUIRE_RESULT(order(admin, "revoke", admin.device, false, true));
    REQUIRE_ERROR(people(admin), "auth.device_revoked");
}

TEST_CASE("a copy that is to be erased hears it although its user was switched off since", "[server][admin]")
{
    ServerFixture server;
    server.addUser("anna", {u"sales"_s});
    Laptop anna(server, "anna");
    server::People &people = server.api->service().people();
    REQUIRE_RESULT(people.revokeDevice(anna.device, {true, true}));
    REQUIRE_RESULT(people.setDisabled(u"anna"_s, true));
    const auto told = anna.hello();
    REQUIRE_ERROR(told, "auth.device_revoked");
    CHECK(told.error().params.value(u"wipe"_s).toBool());
}

TEST_CASE("the audit trail is found by whatever is asked, page by page", "[server][admin][audit]")
{
    ServerFixture server;
    const Id anna = server.addUser("anna", {u"sales_manager"_s});
    Laptop admin(server, "admin"), laptop(server, "anna");
    const qint64 start = server.clock.nowMs();
    std::vector<Id> accounts;
    for (int i = 0; i < 7; ++i) {
        server.clock.advanceMs(1000);
        accounts.push_back(server.ids.next());
        REQUIRE(laptop
                    .make({create("crm.account", accounts.back(),
                                  {edit("name", Value(u"Company %1"_s.arg(i))), edit("city", text("Köln"))})})
                    .status == wire::BatchStatus::Accepted);
    }
    laptop.pull();
    server.clock.advanceMs(1000);
    const qint64 later = server.clock.nowMs();
    REQUIRE(laptop
                .make({update("crm.account", accounts[0], laptop.cursor.rev,
                              {edit("city", text("Bonn"), text("Köln")), edit("industry", text("Steel"))})})
                .status == wire::BatchStatus::Accepted);
    REQUIRE(laptop.make({act("crm.account", accounts[1], laptop.cursor.rev, "win")}).status ==
            wire::BatchStatus::Accepted);
    REQUIRE(laptop.make({remove("crm.account", accounts[2], laptop.cursor.rev)}).status == wire::BatchStatus::Accepted);

    const auto count = [&](const std::function<void(wire::AuditQuestion &)> &ask) {
        wire::AuditQuestion question;
        question.entity = u"crm.account"_s;
        ask(question);
        std::set<qint64> entries;
        for (const wire::AuditEntry &entry : wholeAudit(admin, question))
            entries.insert(entry.seq);
        return int(entries.size());
    };
    CHECK(count([](auto &) {}) == 10);
    CHECK(count([&](auto &q) { q.user = anna; }) == 10);
    CHECK(count([&](auto &q) { q.user = admin.user; }) == 0);
    CHECK(count([&](auto &q) { q.byServer = true; }) == 0);
    CHECK(count([&](auto &q) { q.record = accounts[0]; }) == 2);
    CHECK(count([&](auto &q) { q.fromMs = later; }) == 3);
    CHECK(count([&](auto &q) { q.untilMs = later; }) == 7);
    CHECK(count([&](auto &q) {
              q.fromMs = start + 2000;
              q.untilMs = start + 4000;
          }) == 2);
    CHECK(count([&](auto &q) { q.action = u"create"_s; }) == 7);
    CHECK(count([&](auto &q) { q.action = u"update"_s; }) == 1);
    CHECK(count([&](auto &q) { q.action = u"delete"_s; }) == 1);
    CHECK(count([&](auto &q) { q.action = u"win"_s; }) == 1);
    CHECK(count([&](auto &q) { q.field = u"industry"_s; }) == 1);
    CHECK(count([&](auto &q) {
              q.field = u"city"_s;
              q.action = u"update"_s;
          }) == 1);
    wire::AuditQuestion bare;
    bare.byServer = true;
    CHECK(wholeAudit(admin, bare).size() > 10);

    // Page by page it is the same, in the same order, the newest first.
    wire::AuditQuestion question;
    const auto whole = wholeAudit(admin, question);
    CHECK(std::ranges::is_sorted(whole, std::greater{}, [](const auto &e) { return std::pair(e.atMs, e.seq); }));
    question.limit = 1;
    int pages = 0;
    const auto parts = wholeAudit(admin, question, &pages);
    CHECK(pages > 10);
    REQUIRE(parts.size() == whole.size());
    for (size_t i = 0; i < whole.size(); ++i)
        CHECK((parts[i].seq == whole[i].seq && parts[i].field == whole[i].field));

    const auto changed = std::ranges::find(whole, u"industry"_s, &wire::AuditEntry::field);
    question = {};
    question.entity = u"crm.account"_s;
    question.field = u"city"_s;
    question.action = u"update"_s;
    const auto city = wholeAudit(admin, question);
    REQUIRE(city.size() == 1);
    CHECK(city[0].before == text("Köln"));
    CHECK(city[0].after == text("Bonn"));
    CHECK(city[0].title == u"Company 0"_s);
    CHECK(city[0].device == laptop.device);
    CHECK(changed != whole.end());
    question.entity = u"crm.nothing"_s;
    REQUIRE_ERROR(audit(admin, question), "record.unknown_entity");
    question.entity = u"crm.account"_s;
    question.field = u"nothing"_s;
    REQUIRE_ERROR(audit(admin, question), "record.unknown_field");
}

TEST_CASE("what is hidden from administrators is not in their audit trail either", "[server][admin][audit]")
{
    ServerFixture server;
    Laptop admin(server, "admin");
    REQUIRE_RESULT(change(admin, changeOf(ChangeKind::Create, "foundation.role", Id(), {edit("name", text("board"))})));
    server.addUser("anna", {u"sales_manager"_s, u"board"_s});
    Laptop anna(server, "anna");
    // Administrators may see everything but what a declaration that names them keeps from them.
    const Id secretId = server.ids.next();
    REQUIRE(anna.make({create("crm.sealed", secretId, {edit("text", text("for the board alone"))})}).status ==
            wire::BatchStatus::Accepted);
    const Id openId = server.ids.next();
    REQUIRE(anna.make({create("crm.guarded", openId,
                              {edit("text", text("for all")), edit("salary", Value(qint64(98765)))})})
                .status == wire::BatchStatus::Accepted);
    const auto whole = wholeAudit(admin, {});
    CHECK(std::ranges::none_of(whole, [&](const auto &entry) { return entry.record == secretId; }));
    CHECK(std::ranges::any_of(whole, [&](const auto &entry) { return entry.record == openId; }));
    CHECK(std::ranges::none_of(whole, [](const auto &entry) { return entry.field == u"salary"_s; }));
    CHECK_FALSE(admin.everything.contains("for the board alone"));
    wire::AuditQuestion question;
    question.record = secretId;
    CHECK(wholeAudit(admin, question).empty());
    question = {};
    question.entity = u"crm.guarded"_s;
    question.field = u"salary"_s;
    CHECK(wholeAudit(admin, question).empty());
    // The field's existence is known from the catalog; its values are not told.
    CHECK(std::ranges::none_of(whole, [](const auto &entry) { return entry.after == Value(qint64(98765)); }));
}

TEST_CASE("the server says how it is", "[server][admin]")
{
    ServerFixture server;
    server.addUser("anna", {u"sales"_s});
    Laptop admin(server, "admin");
    const auto status = ask(admin, "status", {}, wire::decodeAdminStatus);
    REQUIRE_RESULT(status);
    CHECK(status->program.startsWith(u"tongzhou-server "_s));
    CHECK((status->database == u"sqlite"_s || status->database == u"postgresql"_s));
    CHECK_FALSE(status->databaseVersion.isEmpty());
    CHECK(status->databaseBytes > 10'000);
    CHECK(status->rev > 0);
    CHECK(status->users == 2);
    CHECK(status->devices == 1);
    CHECK(status->diskFree > 0);
    CHECK(status->diskBytes >= status->diskFree);
    // Nothing serves over the network here.
    CHECK(status->processes.empty());
    CHECK(status->startedAtMs == 0);

    server::Presence &presence = server.api->service().presence();
    presence.begin([&] { return server::Presence::Network{{admin.device}, {{u"push"_s, 3}}, 1234}; });
    auto serving = ask(admin, "status", {}, wire::decodeAdminStatus);
    REQUIRE_RESULT(serving);
    REQUIRE(serving->processes.size() == 1);
    CHECK(serving->processes[0].connected == 1);
    CHECK(serving->processes[0].pid > 0);
    CHECK(serving->connected == 1);
    CHECK(serving->queues.front().waiting == 3);
    CHECK(serving->certificateEndsAtMs == 1234);
    CHECK(serving->startedAtMs == server.clock.nowMs());
    CHECK(deviceOf(admin, admin.device).connected);
    presence.end();
    serving = ask(admin, "status", {}, wire::decodeAdminStatus);
    CHECK(serving->processes.empty());
}

TEST_CASE("questions of administrators survive the wire", "[server][admin][wire]")
{
    wire::AuditQuestion question;
    question.fromMs = 5;
    question.untilMs = 6;
    question.user = Id::fromName(u"u");
    question.byServer = true;
    question.entity = u"crm.account"_s;
    question.record = Id::fromName(u"r");
    question.field = u"city"_s;
    question.action = u"win"_s;
    question.limit = 7;
    question.afterMs = 8;
    question.afterSeq = 9;
    const auto back = wire::decodeAuditQuestion(wire::encode(question));
    REQUIRE_RESULT(back);
    CHECK(wire::encode(*back) == wire::encode(question));
    CHECK(back->action == u"win"_s);
    CHECK(back->afterSeq == 9);
    REQUIRE_ERROR(wire::decodeAuditQuestion(wire::encode(question).chopped(1)), "wire.malformed");
    wire::AdminChange change;
    for (int i = 0; i < 300; ++i)
        change.values.push_back(Value(i));
    REQUIRE_ERROR(wire::decodeAdminChange(wire::encode(change)), "wire.too_large");
}
