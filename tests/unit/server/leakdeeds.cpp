// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors

// What happens in the company of leakworld.h, and what those ask who should not.
#include "leakworld.h"
#include "serverfixture.h"

#include <QBuffer>
#include <QCryptographicHash>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUrl>

namespace tz::test {

using namespace Qt::StringLiterals;

namespace {
const QString vaultFile = u"vault.file"_s, vaultPage = u"vault.page"_s, vaultStamp = u"vault.stamp"_s,
              vaultNote = u"vault.note"_s;

QString encoded(const QString &filter)
{
    return QString::fromLatin1(QUrl::toPercentEncoding(filter));
}
} // namespace

std::pair<QString, Id> LeakWorld::anyRecord()
{
    const auto records = m_rights.records();
    return records.empty() ? std::pair(vaultFile, m_ids.next()) : oneOf(records);
}

/// One that the laptop has.
std::optional<std::pair<QString, Id>> LeakWorld::recordAt(LeakDevice &device, const QString &entity)
{
    const QString name = entity.isEmpty() ? std::next(Rules::entities.begin(), qint64(chance(4)))->first : entity;
    const auto ids = static_cast<const Reader &>(device.store()).ids(name, {});
    REQUIRE_RESULT(ids);
    return ids->empty() ? std::nullopt : std::optional(std::pair(name, oneOf(*ids)));
}

Id LeakWorld::anyOf(const char *entity)
{
    std::vector<Id> ids;
    for (const auto &[name, id] : m_rights.records()) {
        if (name == QLatin1String(entity))
            ids.push_back(id);
    }
    return ids.empty() ? m_ids.next() : oneOf(ids);
}

void LeakWorld::createSome()
{
    LeakDevice &device = anyDevice();
    Draft draft = device.store().draft();
    const auto add = [&](const QString &entity, Draft::Values values) {
        const Id id = m_ids.next();
        for (const QString &field : Rules::fieldsOf(entity))
            values.emplace_back(field, valueFor({entity, id, field}, device.user));
        draft.create(entity, id, std::move(values));
        return id;
    };
    if (chance(3) == 0) {
        // Of what is here, or of what is only known to be somewhere.
        const auto known = recordAt(device, vaultFile);
        add(vaultNote, {{u"about"_s, known && chance(2) ? known->second : anyOf("vault.file")}});
    } else {
        const auto known = recordAt(device, vaultFile);
        Id file = known ? known->second : Id();
        if (!file || chance(2)) {
            file = add(vaultFile, {});
            draft.member(vaultFile, file, u"tags"_s, m_markers.text({vaultFile, file, u"tags"_s}, device.user), true);
            if (chance(3) == 0)
                draft.update(vaultFile, file, {{u"owner"_s, Value(anyUser().id)}});
        }
        for (quint64 pages = chance(3); pages > 0; --pages) {
            const Id page = add(vaultPage, {{u"file"_s, file}});
            if (chance(2))
                add(vaultStamp, {{u"page"_s, page}});
        }
    }
    if (const auto receipt = device.apply(std::move(draft)))
        noteWritten(device, *receipt, true);
}

void LeakWorld::edit()
{
    LeakDevice &device = anyDevice();
    const auto record = recordAt(device);
    if (!record)
        return;
    const auto &[entity, id] = *record;
    Draft draft = device.store().draft();
    Draft::Values values;
    for (const QString &field : Rules::fieldsOf(entity)) {
        if (chance(3) == 0)
            values.emplace_back(field, valueFor({entity, id, field}, device.user));
    }
    if (entity == vaultNote && chance(2))
        values.emplace_back(u"about"_s, anyOf("vault.file"));
    if (entity == vaultPage && chance(4) == 0)
        values.emplace_back(u"file"_s, anyOf("vault.file"));
    if (entity == vaultStamp && chance(4) == 0)
        values.emplace_back(u"page"_s, anyOf("vault.page"));
    draft.update(entity, id, std::move(values));
    if (entity == vaultFile && chance(3) == 0)
        draft.member(entity, id, u"tags"_s, m_markers.text({entity, id, u"tags"_s}, device.user), true);
    if (const auto receipt = device.apply(std::move(draft)))
        noteWritten(device, *receipt);
}

void LeakWorld::giveAway()
{
    LeakDevice &device = anyDevice();
    const auto record = recordAt(device, vaultFile);
    if (!record)
        return;
    Draft draft = device.store().draft();
    Draft::Values values;
    if (chance(2))
        values.emplace_back(u"owner"_s, chance(8) == 0 ? Value() : Value(anyUser().id));
    if (values.empty() || chance(2))
        values.emplace_back(u"team"_s, chance(8) == 0 ? Value() : Value(oneOf(m_teams)));
    draft.update(vaultFile, record->second, std::move(values));
    device.apply(std::move(draft));
}

void LeakWorld::attach()
{
    LeakDevice &device = anyDevice();
    const auto record = recordAt(device, vaultFile);
    if (!record)
        return;
    const QString field = chance(2) ? u"files"_s : u"papers"_s;
    const Place place{vaultFile, record->second, field};
    QByteArray content = "The content: " + m_markers.text(place, device.user).toText().toLatin1();
    QBuffer source(&content);
    source.open(QIODevice::ReadOnly);
    const auto added = device.attachments().folder().add(source);
    REQUIRE_RESULT(added);
    REQUIRE_RESULT(device.attachments().noteAdded(*added));
    const Attachment file{added->hash, added->size, u"text/plain"_s,
                          m_markers.text(place, device.user).toText() + u".txt"_s};
    Draft draft = device.store().draft();
    draft.member(vaultFile, record->second, field, file.toValue(), true);
    if (device.apply(std::move(draft)))
        m_contents.push_back({vaultFile, record->second, field, file.hash});
}

void LeakWorld::removeOrRestore()
{
    LeakDevice &device = anyDevice();
    Draft draft = device.store().draft();
    const auto [entity, id] = anyRecord();
    const auto here = recordAt(device);
    if (m_rights.isDeleted(id))
        draft.restore(entity, id);
    else if (here)
        draft.remove(here->first, here->second);
    device.apply(std::move(draft));
}

void LeakWorld::actOrUndo()
{
    LeakDevice &device = anyDevice();
    if (chance(2)) {
        const auto undone = device.store().undo();
        if (undone)
            noteWritten(device, *undone);
        return;
    }
    const QString entity = chance(2) ? vaultFile : vaultNote;
    const auto record = recordAt(device, entity);
    if (!record)
        return;
    Draft draft = device.store().draft();
    draft.act(entity, record->second, entity == vaultFile ? u"shut"_s : u"take"_s);
    if (const auto receipt = device.apply(std::move(draft)))
        noteWritten(device, *receipt);
}

void LeakWorld::sync()
{
    LeakDevice &device = anyDevice();
    // Some bring their program up to date first, some never do.
    if (device.program != m_hosts.back().get() && chance(3) == 0)
        device.open(*m_hosts.back());
    synced(device);
    m_counts.refused += qint64(device.replica().rejected().value_or(std::vector<RejectedBatch>()).size());
}

void LeakWorld::fetchContent()
{
    LeakDevice &device = anyDevice();
    if (m_contents.empty())
        return;
    // Asked for as the program would, but without looking whether the record is there.
    if (device.fetch(oneOf(m_contents)))
        ++m_counts.contents;
    synced(device);
}

void LeakWorld::changeRoles()
{
    ValueList roles;
    auto lease = m_api->service().storage().read();
    REQUIRE_RESULT(lease);
    for (quint64 i = chance(3); i < 3; ++i)
        roles.emplace_back(Id::fromName(u"role:"_s + Rules::roles[qsizetype(chance(3))]));
    bySystem({update("foundation.user", anyUser().id, 0, {test::edit("roles", Value::fromSet(std::move(roles)))})});
}

void LeakWorld::changeTeam()
{
    const Value team = chance(6) == 0 ? Value() : Value(oneOf(m_teams));
    bySystem({update("foundation.user", anyUser().id, 0, {test::edit("team", team)})});
}

void LeakWorld::moveTeam()
{
    const Id team = oneOf(m_teams);
    const Id above = oneOf(m_teams);
    // In a circle, too.
    bySystem({update("foundation.team", team, 0,
                     {test::edit("parent", above == team || chance(4) == 0 ? Value() : Value(above))})});
}

void LeakWorld::disableOrEnable()
{
    const User &user = anyUser();
    const bool active = m_rights.isActive(user.id);
    bySystem({update("foundation.user", user.id, 0, {test::edit("active", Value(!active))})});
    if (active)
        for (const auto &device : m_devices)
            if (device->user == user.id)
                synced(*device);
    // Most come back soon.
    if (active && chance(3) > 0)
        bySystem({update("foundation.user", user.id, 0, {test::edit("active", Value(true))})});
}

void LeakWorld::deleteRole()
{
    const Id role = Id::fromName(u"role:"_s + Rules::roles[qsizetype(chance(3))]);
    bySystem({remove("foundation.role", role, 0)});
    synced(anyDevice());
    synced(anyDevice());
    bySystem({restore("foundation.role", role, 0)});
}

/// The server gets a version with other rights; the laptops keep theirs for now.
void LeakWorld::changeRules()
{
    m_rules = Rules(m_dice);
    m_rights.setRules(m_rules);
    m_hosts.push_back(makeHost());
    openServer();
    m_rights.read(*m_api);
}

/// A new copy of everything, with keys asked for that the user does not have, in small pages.
void LeakWorld::pullEverything()
{
    const User &user = anyUser();
    wire::PullRequest request;
    request.maxRows = 1 + qint64(chance(40));
    for (int entity = 0; entity < 40; ++entity) {
        for (const int kind : {0, 1, 2, 3})
            request.backfill.push_back({qint64(entity) << 40 | qint64(kind) << 38 | qint64(chance(16)), 0});
    }
    for (int pages = 0; pages < 500; ++pages) {
        const server::Answer answer =
            ask(user, user.token, chance(2) ? "/v1/pull" : "/v1/backfill", wire::encode(request));
        if (answer.status != 200) {
            CHECK(answer.status == 403);
            return;
        }
        const auto page = wire::decodePage(answer.body);
        REQUIRE_RESULT(page);
        if (page->keys) {
            request.keysVersion = page->keys->version;
            request.visibility = *page->visibility;
            continue;
        }
        request.cursor = {page->mark.rev, page->mark.chain.left(8)};
        for (const wire::Backfill &done : page->backfilled) {
            for (wire::Backfill &wanted : request.backfill) {
                if (wanted.key == done.key)
                    wanted.fromRev = done.fromRev;
            }
        }
        if (!page->more)
            return;
    }
    FAIL("a pull without an end");
}

void LeakWorld::askHistory()
{
    for (int i = 0; i < 5; ++i) {
        const User &user = anyUser();
        const auto [entity, id] = anyRecord();
        const server::Answer answer =
            ask(user, user.token, "/v1/history", wire::encode(wire::HistoryRequest{entity, id, 200}));
        CHECK((answer.status == 200) == (m_rights.isActive(user.id) && m_rights.sees(user.id, entity, id)));
    }
}

void LeakWorld::askForContents()
{
    for (int i = 0; i < 5 && !m_contents.empty(); ++i) {
        const User &user = anyUser();
        wire::BlobRef ref = oneOf(m_contents);
        // By its hash through another record, or another field.
        if (chance(3) == 0)
            ref.id = anyOf("vault.file");
        if (chance(3) == 0)
            ref.field = ref.field == u"files" ? u"papers"_s : u"files"_s;
        ask(user, user.token, "/v1/blob/fetch", wire::encode(wire::BlobFetch{ref, -1}));
        const server::Answer answer = ask(user, user.token, "/v1/blob/fetch", wire::encode(wire::BlobFetch{ref, 0}));
        if (answer.status == 200)
            CHECK(m_rights.sees(user.id, Place{ref.entity, ref.id, ref.field}));
        ask(user, user.token, "/v1/blob/look", wire::encode(wire::BlobLook{{ref}}));
    }
}

/// Changes that no program would send, of records that the user may not know of.
void LeakWorld::forge()
{
    User &user = anyUser();
    const auto [entity, id] = anyRecord();
    std::vector<Change> changes;
    std::optional<Value> typed;
    Id made, copy;
    const auto madeUp = [&](const QString &of, const Id &record, const char *field) {
        return test::edit(field, valueFor({of, record, QString::fromLatin1(field)}, user.id));
    };
    switch (chance(9)) {
    case 0:
        changes = {update(entity.toLatin1(), id, qint64(chance(50)), {madeUp(entity, id, "name")})};
        break;
    case 1:
        changes = {remove(entity.toLatin1(), id, 1'000'000)};
        break;
    case 2:
        changes = {restore(entity.toLatin1(), id, 1'000'000)};
        break;
    case 3: {
        // A copy of what stands behind a link, made by the server.
        copy = m_ids.next();
        changes = {create("vault.note", copy,
                          {madeUp(vaultNote, copy, "name"), test::edit("about", Value(anyOf("vault.file")))})};
        break;
    }
    case 4: {
        const Id taker = anyOf("vault.note");
        copy = taker;
        changes = {update("vault.note", taker, 1'000'000, {test::edit("about", Value(anyOf("vault.file")))}),
                   act("vault.note", taker, 1'000'000, "take")};
        break;
    }
    case 5: {
        // What somebody has already.
        const size_t marker = size_t(chance(m_markers.count()));
        if (m_markers.at(marker).places.front().field != u"code")
            return;
        typed = m_markers.at(marker).value;
        made = m_ids.next();
        changes = {create("vault.file", made, {madeUp(vaultFile, made, "name"), test::edit("code", *typed)})};
        break;
    }
    case 6: {
        made = m_ids.next();
        changes = {create("vault.page", made,
                          {madeUp(vaultPage, made, "name"), test::edit("file", Value(anyOf("vault.file")))})};
        break;
    }
    case 7: {
        Change change = update("vault.file", anyOf("vault.file"), 0, {});
        change.kind = ChangeKind::Member;
        change.name = u"tags"_s;
        change.member = m_markers.text({vaultFile, change.id, u"tags"_s}, user.id);
        change.present = true;
        changes = {std::move(change)};
        break;
    }
    default:
        changes = {create(entity.toLatin1(), id, {madeUp(entity, id, "name")})};
    }
    wire::PushRequest push;
    Batch batch;
    batch.id = m_ids.next();
    batch.hlc = m_clock.nowMs() << 16;
    batch.independent = chance(2);
    batch.label = chance(4) == 0 ? u"undo"_s : QString();
    batch.changes = std::move(changes);
    batch.no = user.lastNo + 1;
    push.base.chain = QByteArray(8, '\0');
    push.batches = {std::move(batch)};
    const server::Answer answer = ask(user, user.token, "/v1/push", wire::encode(push), typed);
    if (answer.status != 200)
        return;
    ++user.lastNo;
    const auto decoded = wire::decodePushAnswer(answer.body);
    REQUIRE_RESULT(decoded);
    if (copy && decoded->answers.front().status != wire::BatchStatus::Refused)
        noteCopied(user.id, vaultNote, copy);
    if (typed && decoded->answers.front().status == wire::BatchStatus::Accepted)
        m_markers.put(*typed, {vaultFile, made, u"code"_s});
}

/// Another program asks, with the whole right of its user or a part of it.
void LeakWorld::read()
{
    const User &user = anyUser();
    const bool isNarrow = chance(3) == 0;
    server::Tokens &tokens = m_api->service().tokens();
    QByteArray token = user.apiToken;
    const QString narrowName = u"narrow-%1"_s.arg(m_step);
    if (isNarrow) {
        const auto made = tokens.add({narrowName, user.name, {u"read:vault.note"_s}, {}});
        REQUIRE_RESULT(made);
        token = made->toLatin1();
    }
    const auto get = [&](const QString &target) {
        server::rest::Request request;
        request.method = "GET";
        request.target = QByteArray("/api/v1/") + target.toUtf8();
        request.token = token;
        const server::rest::Answer answer = server::rest::handle(m_api->service(), request);
        look(user.id, answer.body, u"GET "_s + target, {},
             [&](const Place &place) { return isNarrow && place.entity != vaultNote; });
        m_clock.advanceMs(1000);
    };
    for (const auto &[entity, above] : Rules::entities) {
        const QString list = u"records/"_s + entity;
        get(list + u"?limit=1000"_s);
        get(list + u"?limit=5&sort=-name"_s);
        get(list + u"?filter="_s + encoded(u"not empty(name)"_s));
        for (const QString &field : Rules::fieldsOf(entity))
            get(list + u"?fields="_s + field + u"&sort="_s + field);
    }
    get(u"records/vault.note?fields=name,about,about.name,about._title,copied,taken&sort=about.name"_s);
    get(u"records/vault.note?fields=about.secret,about.amount,about.shadow,about.echo,about.sum"_s);
    get(u"records/vault.file?fields=name,shadow,echo,sum,tags,files,papers"_s);
    get(u"records/vault.stamp?fields=page.name,page.file.name,page.file.owner.name,page.file.memo"_s);
    get(u"records/vault.note?filter="_s + encoded(u"about.name > 'k'"_s));
    for (int i = 0; i < 3; ++i) {
        const auto [entity, id] = anyRecord();
        get(u"records/%1/%2"_s.arg(entity, id.toString()));
    }
    get(u"openapi.json"_s);
    if (isNarrow)
        REQUIRE_RESULT(tokens.revoke(narrowName));
    lookAtWebhook(user);
}

/// Another program writes, also where it may not.
void LeakWorld::write()
{
    const User &user = anyUser();
    const auto [entity, id] = anyRecord();
    const Id about = anyOf("vault.file");
    QJsonObject body{{u"name"_s, valueFor({entity, id, u"name"_s}, user.id).toText()}};
    server::rest::Request request;
    request.token = user.apiToken;
    request.contentType = "application/json";
    QString path = entity + u'/' + id.toString();
    const Id taker = anyOf("vault.note");
    switch (chance(4)) {
    case 0:
        request.method = "PATCH";
        break;
    case 1:
        request.method = "POST";
        path = vaultNote;
        body.insert(u"about"_s, about.toString());
        break;
    case 2:
        request.method = "POST";
        path = vaultNote + u'/' + taker.toString() + u"/actions/take"_s;
        body = {};
        break;
    default:
        request.method = chance(2) ? "DELETE" : "POST";
        path += request.method == "POST" ? u"/restore"_s : QString();
        body = {};
    }
    request.target = QByteArray("/api/v1/records/") + path.toUtf8();
    if (!body.isEmpty() || path.endsWith(u"take"))
        request.body = QJsonDocument(body).toJson();
    request.idempotencyKey = chance(2) ? QByteArray("key-") + QByteArray::number(m_step) : QByteArray();
    for (int repeated = 0; repeated < 2; ++repeated) {
        const server::rest::Answer answer = server::rest::handle(m_api->service(), request);
        m_rights.read(*m_api);
        look(user.id, answer.body, QString::fromLatin1(request.method + ' ' + request.target));
        const QJsonObject made = QJsonDocument::fromJson(answer.body).object();
        const auto madeId = Id::fromString(made.value(u"id"_s).toString());
        if (answer.status < 300 && madeId && path.startsWith(vaultNote)) {
            m_markers.put(Value(body.value(u"name"_s).toString()), {vaultNote, *madeId, u"name"_s});
            noteCopied(user.id, vaultNote, *madeId);
        }
        if (request.idempotencyKey.isEmpty())
            return;
    }
}

} // namespace tz::test
