// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "messages.h"

#include "core/sync/accountwire.h"
#include "core/sync/adminwire.h"
#include "core/sync/attachment.h"
#include "core/sync/blobwire.h"
#include "core/sync/hybridclock.h"
#include "core/sync/numberwire.h"
#include "core/sync/signinwire.h"

#include <QCryptographicHash>

namespace tz::test {

namespace {

const QString account = QStringLiteral("crm.account");

QByteArray sha256(const QByteArray &bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256);
}

Value data(const char *more = "")
{
    return Value(QStringLiteral("DATA") + QString::fromLatin1(more));
}

Batch batch(const Subjects &subjects)
{
    Batch made;
    made.id = subjects.batch;
    made.no = subjects.batchNo;
    made.hlc = HybridClock::fromMilliseconds(subjects.nowMs);
    made.independent = true;
    made.group = Id::fromName(u"group");
    made.label = QStringLiteral("DATA label");
    Change create;
    create.kind = ChangeKind::Create;
    create.entity = account;
    create.id = subjects.record;
    const Attachment file{sha256(fileContent()), fileContent().size(), QStringLiteral("text/plain"),
                          QStringLiteral("DATA.txt")};
    create.edits = {{QStringLiteral("name"), data(), {}},
                    {QStringLiteral("notes"), data("\nDATA"), {}},
                    {QStringLiteral("margin"), Value(qint64(7)), {}},
                    {QStringLiteral("tags"), Value::fromSet({data(" a"), data(" b")}), {}},
                    {QStringLiteral("files"), Value::fromSet({file.toValue()}), {}}};
    Change update;
    update.entity = account;
    update.id = subjects.account;
    update.basedOn = 1;
    update.edits = {{QStringLiteral("industry"), data(), data(" before")}};
    Change member;
    member.kind = ChangeKind::Member;
    member.entity = account;
    member.id = subjects.account;
    member.name = QStringLiteral("tags");
    member.member = data(" tag");
    member.present = true;
    Change act;
    act.kind = ChangeKind::Action;
    act.entity = account;
    act.id = subjects.record;
    act.name = QStringLiteral("win");
    made.changes = {create, update, member, act};
    return made;
}

wire::BlobRef file(const Subjects &subjects)
{
    return {account, subjects.account, QStringLiteral("files"), sha256(fileContent())};
}

wire::TableRows table(const Subjects &subjects)
{
    wire::TableRows made;
    made.entity = account;
    made.fields = {QStringLiteral("name"), QStringLiteral("tags"), QStringLiteral("margin"), QStringLiteral("owner")};
    made.rows = {{subjects.account,
                  41,
                  {0, 3},
                  {Value(QStringLiteral("华为技术有限公司")), Value::fromSet({data(" a"), data(" b")}),
                   Value(qint64(-12345)), Value(subjects.user)}},
                 {subjects.record, 42, {}, {Value(), Value(), Value(std::numeric_limits<qint64>::min()), Value()}}};
    return made;
}

wire::BatchAnswer batchAnswer(const Subjects &subjects)
{
    wire::BatchAnswer made;
    made.no = subjects.batchNo;
    made.batch = subjects.batch;
    made.status = wire::BatchStatus::Partly;
    made.rev = 43;
    made.hlc = HybridClock::fromMilliseconds(subjects.nowMs);
    made.states = {table(subjects)};
    made.gone = {{account, {subjects.record}}};
    made.reasons = {{1, Error("record.too_long", {{QStringLiteral("max"), 200}}, QStringLiteral("name"))}};
    made.conflicts = {Id::fromName(u"conflict")};
    return made;
}

wire::Page page(const Subjects &subjects)
{
    wire::Page made;
    made.mark = {42, QByteArray(16, 'c')};
    made.more = true;
    made.tables = {table(subjects)};
    made.gone = {{account, {Id::fromName(u"gone")}}};
    made.evict = {{account, {Id::fromName(u"d"), Id::fromName(u"e")}}};
    made.backfilled = {{77, 40}};
    made.keys = wire::KeyList{5, {1, 2, std::numeric_limits<qint64>::max()}};
    made.visibility = QHash<QString, QString>{{account, QStringLiteral("hash")}};
    made.remaining = 12;
    made.retryAfterMs = 300;
    made.position = 1;
    made.sums = {{account, 77, 2, 12345}};
    return made;
}

} // namespace

QByteArray fileContent()
{
    return QByteArray("CONTENT ").repeated(20);
}

std::vector<Message> questions(const Subjects &subjects)
{
    using namespace wire;
    const Mark beginning{0, QByteArray(8, '\0')};
    std::vector<Message> all;
    LoginRequest login{QStringLiteral("anna"), QStringLiteral("secret-anna"), {}, QStringLiteral("DATA"), {}};
    login.code = QStringLiteral("DATA");
    all.push_back({"login", 'l', "/v1/login", encode(login)});
    const ProviderProof proof{QStringLiteral("code"), QString(43, u'v'), QStringLiteral("nonce"), 40'000};
    all.push_back(
        {"provider-login", 'Y', "/v1/login/provider", encode(ProviderLogin{proof, {}, QStringLiteral("laptop")})});
    all.push_back({"wiped", 'w', "/v1/wiped", encode(WipedRequest{QStringLiteral("nonce"), 3})});
    all.push_back({"hello", 'h', "/v1/hello",
                   encode(HelloRequest{{}, 3, {beginning}, QStringLiteral("DATA"), QStringLiteral("DATA 0.1.0"), 2})});
    all.push_back({"push", 'p', "/v1/push", encode(PushRequest{beginning, {batch(subjects)}})});
    PullRequest pull;
    pull.cursor = beginning;
    pull.keysVersion = 5;
    pull.visibility = {{account, QStringLiteral("hash")}};
    pull.catalog = QStringLiteral("DATA");
    pull.backfill = {{77, 1}, {78, 2}};
    pull.newest = beginning;
    pull.sums = true;
    all.push_back({"pull", 'u', "/v1/pull", encode(pull)});
    all.push_back({"backfill", 'u', "/v1/backfill", encode(pull)});
    all.push_back({"state", 's', "/v1/state",
                   encode(StateRequest{beginning, {{account, {subjects.account, Id::fromName(u"unknown")}}}})});
    const qint64 day = QDate(2026, 9, 21).toJulianDay();
    all.push_back({"numbers", 'n', "/v1/numbers", encode(NumbersRequest{{{account, day, 0}}})});
    all.push_back({"history", 'i', "/v1/history", encode(HistoryRequest{account, subjects.account, 200})});
    all.push_back({"blob-offer", 'o', "/v1/blob",
                   encode(BlobOffer{file(subjects), fileContent().size(), {sha256(fileContent())}})});
    all.push_back({"blob-piece", 'c', "/v1/blob/piece", encode(BlobPiece{file(subjects), 0, fileContent()})});
    all.push_back({"blob-done", 'g', "/v1/blob/done", encode(BlobDone{file(subjects)})});
    all.push_back({"blob-fetch", 'f', "/v1/blob/fetch", encode(BlobFetch{file(subjects), 0})});
    all.push_back({"blob-look", 'k', "/v1/blob/look", encode(BlobLook{{file(subjects)}})});
    TwoStepRequest twoStep;
    twoStep.deed = TwoStepDeed::Begin;
    twoStep.password = QStringLiteral("wrong");
    twoStep.code = QStringLiteral("123456");
    all.push_back({"two-step", 't', "/v1/two-step", encode(twoStep)});
    AdminChange change;
    change.kind = ChangeKind::Update;
    change.entity = QStringLiteral("foundation.user");
    change.id = subjects.user;
    change.fields = {QStringLiteral("display_name"), QStringLiteral("job_title")};
    change.values = {data(), data(" of all")};
    change.password = QStringLiteral("DATA secret");
    all.push_back({"admin-change", 'a', "/v1/admin/change", encode(change)});
    AdminDeviceOrder order;
    order.order = QStringLiteral("sign_out");
    order.device = subjects.device;
    all.push_back({"admin-device", 'd', "/v1/admin/device", encode(order)});
    AuditQuestion audit;
    audit.fromMs = 1;
    audit.entity = account;
    audit.record = subjects.account;
    audit.field = QStringLiteral("name");
    audit.action = QStringLiteral("create");
    all.push_back({"audit-question", 'q', "/v1/admin/audit", encode(audit)});
    // What is asked without a body.
    for (const char *path :
         {"/v1/login/ways", "/v1/device", "/v1/logout", "/v1/admin/people", "/v1/admin/devices", "/v1/admin/status"})
        all.push_back({nullptr, 0, path, {}});
    return all;
}

std::vector<Message> answers(const Subjects &subjects)
{
    using namespace wire;
    std::vector<Message> all;
    const auto add = [&](const char *name, char kind, const QByteArray &cbor) {
        all.push_back({name, kind, {}, cbor});
    };
    add("login-answer", 'L',
        encode(LoginAnswer{QStringLiteral("token"), subjects.user, subjects.device, Id::fromName(u"server")}));
    add("sign-in-ways", 'y',
        encode(SignInWays{true, QStringLiteral("https://id.example.com"), QStringLiteral("https://id.example.com/auth"),
                          QStringLiteral("crm"), QStringLiteral("openid")}));
    add("provider-login-answer", 'z',
        encode(ProviderLoginAnswer{{QStringLiteral("token"), subjects.user, subjects.device, Id::fromName(u"server")},
                                   QStringLiteral("anna")}));
    HelloAnswer hello;
    hello.serverTimeMs = subjects.nowMs;
    hello.server = Id::fromName(u"server");
    hello.rev = 42;
    hello.chain = QByteArray(16, 'c');
    hello.commonRev = 41;
    hello.keys = {5, {1, 2, std::numeric_limits<qint64>::max()}};
    hello.visibility = {{account, QStringLiteral("hash")}};
    hello.catalog = QStringLiteral("hash");
    hello.roles = QStringList{QStringLiteral("sales")};
    hello.token = QStringLiteral("token");
    add("hello-answer", 'H', encode(hello));
    add("push-answer", 'P',
        encode(PushAnswer{subjects.nowMs, {batchAnswer(subjects)}, {5, {1, 2}}, {43, QByteArray(16, 'c')}}));
    add("page", 'U', encode(page(subjects)));
    add("state-answer", 'S',
        encode(StateAnswer{subjects.nowMs,
                           {42, QByteArray(16, 'c')},
                           {5, {1, 2}},
                           {table(subjects)},
                           {{account, {Id::fromName(u"gone")}}},
                           {{account, {Id::fromName(u"evicted")}}},
                           {{account, {Id::fromName(u"unknown")}}}}));
    add("numbers-answer", 'N', encode(NumbersAnswer{{{QStringLiteral("C-"), 41, 60}, {QStringLiteral("C-"), 81, 99}}}));
    HistoryItem item;
    item.rev = 42;
    item.user = subjects.user;
    item.kind = ChangeKind::Action;
    item.name = QStringLiteral("win");
    item.field = QStringLiteral("name");
    item.before = data();
    item.after = Value(subjects.user);
    item.label = QStringLiteral("label");
    add("history-answer", 'I', encode(HistoryAnswer{{item}}));
    add("blob-missing", 'O', encode(BlobMissing{false, {0, 3}}));
    add("blob-part", 'F', encode(BlobPart{fileContent().size(), {sha256(fileContent())}, fileContent()}));
    add("blob-seen", 'K', encode(BlobSeen{{0, 1, 2}}));
    add("two-step-answer", 'T', encode(TwoStepAnswer{true, QStringLiteral("secret"), QStringLiteral("otpauth://x")}));
    AdminUser user;
    user.id = subjects.user;
    user.name = QStringLiteral("anna");
    user.roles = {Id::fromName(u"role")};
    AdminTeam team;
    team.id = subjects.team;
    team.name = QStringLiteral("North");
    AdminRole role;
    role.id = Id::fromName(u"role");
    role.name = QStringLiteral("sales");
    add("admin-people", 'A', encode(AdminPeople{{user}, {team}, {role}}));
    add("admin-changed", 'C', encode(AdminChanged{subjects.user}));
    AdminDevice device;
    device.id = subjects.device;
    device.name = QStringLiteral("Anna's laptop");
    add("admin-devices", 'D', encode(AdminDevices{42, subjects.nowMs, {device}}));
    AdminStatus status;
    status.program = QStringLiteral("tongzhou-server 0.1.0");
    status.processes = {{QStringLiteral("host"), QStringLiteral("tongzhou-server 0.1.0"), 7, 1, 2, 3}};
    status.queues = {{QStringLiteral("push"), 1}};
    add("admin-status", 'V', encode(status));
    AuditEntry entry;
    entry.seq = 7;
    entry.entity = account;
    entry.record = subjects.account;
    entry.field = QStringLiteral("name");
    entry.before = data();
    entry.after = Value::fromSet({data(" a"), Value(subjects.user)});
    add("audit-page", 'Q', encode(AuditPage{{entry}, 1, 2}));
    // What lies in databases.
    add("batch", 'b', encode(batch(subjects)));
    add("batch-answer", 'B', encode(batchAnswer(subjects)));
    add("error", 'e',
        encode(
            Error("record.required", {{QStringLiteral("n"), 5}, {QStringLiteral("yes"), true}}, QStringLiteral("name"))
                .within(Error("record.merged_invalid", {{QStringLiteral("list"), QStringList{QStringLiteral("a")}},
                                                        {QStringLiteral("text"), QStringLiteral("x")}}))));
    add("edits", 'x', encode(std::vector<FieldEdit>{{QStringLiteral("name"), data(), data(" before")}}));
    return all;
}

} // namespace tz::test
