// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "leakrights.h"

#include "server/api/service.h"
#include "tests/support/catch.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace tz::test {

using namespace Qt::StringLiterals;

namespace {

// Links to other records by title, values copied from them, formulas and sums over what may be hidden: each is a way
// by which a value gets to where it was not put.
const char fileFields[] = R"([
    {"name": "name", "type": "text", "label": "Name", "required": true, "max": 60},
    {"name": "memo", "type": "longtext", "label": "Memo"},
    {"name": "code", "type": "text", "label": "Code", "max": 60},
    {"name": "secret", "type": "text", "label": "Secret", "max": 60},
    {"name": "amount", "type": "integer", "label": "Amount"},
    {"name": "street", "type": "text", "label": "Street", "group": "place"},
    {"name": "city", "type": "text", "label": "City", "group": "place"},
    {"name": "shadow", "type": "text", "label": "Shadow", "formula": "secret"},
    {"name": "echo", "type": "integer", "label": "Echo", "formula": "amount"},
    {"name": "sum", "type": "integer", "label": "Sum",
     "rollup": {"kind": "sum", "entity": "vault.page", "by": "file", "value": "amount"}},
    {"name": "tags", "type": "tags", "label": "Tags"},
    {"name": "files", "type": "attachments", "label": "Files"},
    {"name": "papers", "type": "attachments", "label": "Papers"},
    {"name": "stage", "type": "state", "label": "Stage"},
    {"name": "owner", "type": "user", "label": "Owner", "default": "me"},
    {"name": "team", "type": "team", "label": "Team"}])";
const char pageFields[] = R"([
    {"name": "name", "type": "text", "label": "Name", "required": true, "max": 60},
    {"name": "body", "type": "longtext", "label": "Body"},
    {"name": "amount", "type": "integer", "label": "Amount"},
    {"name": "file", "type": "link", "label": "File", "to": "vault.file", "required": true}])";
const char stampFields[] = R"([
    {"name": "name", "type": "text", "label": "Name", "required": true, "max": 60},
    {"name": "note", "type": "text", "label": "Note"},
    {"name": "page", "type": "link", "label": "Page", "to": "vault.page", "required": true}])";
const char noteFields[] = R"([
    {"name": "name", "type": "text", "label": "Name", "required": true, "max": 60},
    {"name": "detail", "type": "text", "label": "Detail"},
    {"name": "about", "type": "link", "label": "About", "to": "vault.file"},
    {"name": "copied", "type": "text", "label": "Copied", "default": "about.name"},
    {"name": "taken", "type": "text", "label": "Taken"}])";

QJsonObject withFields(const char *fields, const QStringList &search)
{
    return {{u"fields"_s, QJsonDocument::fromJson(fields).array()}, {u"search"_s, QJsonArray::fromStringList(search)}};
}

QJsonObject declaredEntity(const QString &name)
{
    if (name == u"vault.file") {
        QJsonObject file = withFields(fileFields, {u"name"_s, u"memo"_s, u"secret"_s, u"tags"_s});
        file.insert(u"states"_s, QJsonDocument::fromJson(R"({"field": "stage", "initial": "open",
            "values": [{"name": "open", "label": "Open"}, {"name": "shut", "label": "Shut", "final": true}],
            "transitions": [{"action": "shut", "label": "Shut", "from": ["open"], "to": "shut"}]})")
                                     .object());
        file.insert(u"claims"_s, QJsonDocument::fromJson(R"([{"claim": "code", "of": ["code"]}])").array());
        return file;
    }
    if (name == u"vault.page")
        return withFields(pageFields, {u"name"_s, u"body"_s, u"file"_s});
    if (name == u"vault.stamp")
        return withFields(stampFields, {u"name"_s});
    QJsonObject note = withFields(noteFields, {u"name"_s, u"about"_s});
    note.insert(
        u"actions"_s,
        QJsonDocument::fromJson(R"([{"action": "take", "label": "Take", "set": {"taken": "about.name"}}])").array());
    return note;
}

const char *nameOf(Rules::Reach reach)
{
    static constexpr std::array<const char *, 4> names{"none", "own", "team", "all"};
    return names[size_t(reach)];
}
} // namespace

const QStringList Rules::roles{u"sales"_s, u"sales_manager"_s, u"viewer"_s, u"*"_s};
const std::map<QString, QString> Rules::entities{{u"vault.file"_s, {}},
                                                 {u"vault.page"_s, u"vault.file"_s},
                                                 {u"vault.stamp"_s, u"vault.page"_s},
                                                 {u"vault.note"_s, {}}};

QStringList Rules::fieldsOf(const QString &entity)
{
    if (entity == u"vault.file")
        return {u"name"_s, u"memo"_s, u"code"_s, u"secret"_s, u"amount"_s, u"street"_s, u"city"_s};
    if (entity == u"vault.page")
        return {u"name"_s, u"body"_s, u"amount"_s};
    if (entity == u"vault.stamp")
        return {u"name"_s, u"note"_s};
    return {u"name"_s, u"detail"_s};
}

Rules::Rules(Entropy &dice)
{
    const auto oneOf = [&](quint64 n) { return dice.next64() % n; };
    for (const auto &[entity, above] : entities) {
        // A page has rules of its own in one case of three, a stamp in two.
        if ((entity == u"vault.page" && oneOf(3) > 0) || (entity == u"vault.stamp" && oneOf(3) == 0))
            continue;
        std::map<QString, Right> &rights = m_rights[entity];
        for (const QString &role : roles) {
            if (oneOf(role == u"*" ? 5 : 8) > (role == u"*" ? 0U : 6U))
                continue;
            Right right;
            right.read = role == u"*" ? Reach::Own : Reach(oneOf(7) == 0 ? 0 : 1 + (oneOf(6) + 3) / 4);
            QStringList hideable = fieldsOf(entity);
            hideable.removeAll(u"name"_s);
            if (entity == u"vault.file")
                hideable << u"tags"_s << u"papers"_s;
            for (const QString &field : hideable) {
                if (right.read != Reach::None && oneOf(3) == 0)
                    right.hidden << field;
            }
            rights[role] = right;
        }
        rights.try_emplace(u"sales_manager"_s, Right{Reach::Team, {}});
    }
}

DepartmentFiles Rules::declared() const
{
    DepartmentFiles files;
    files.origin = u"tests/vault"_s;
    files.module =
        R"({"id": "vault", "label": "Vault", "icon": "lock", "order": 1, "api": 1, "needs": ["foundation"]})";
    for (const auto &[entity, above] : entities) {
        const QString name = entity.section(u'.', 1);
        QJsonObject json = declaredEntity(entity);
        json.insert(u"entity"_s, name);
        json.insert(u"label"_s, name);
        json.insert(u"plural"_s, name);
        json.insert(u"icon"_s, u"lock"_s);
        json.insert(u"title"_s, u"name"_s);
        if (!above.isEmpty())
            json.insert(u"parent"_s, above.section(u'.', 1));
        if (const auto own = m_rights.find(entity); own != m_rights.end()) {
            QJsonObject access;
            for (const auto &[role, right] : own->second) {
                QJsonObject grant{{u"read"_s, QLatin1String(nameOf(right.read))}};
                if (right.read != Reach::None) {
                    // Whoever reads, writes as far, gives away, deletes: the more is tried.
                    grant.insert(u"write"_s, QLatin1String(nameOf(right.read)));
                    grant.insert(u"create"_s, true);
                    grant.insert(u"delete"_s, true);
                    grant.insert(u"assign"_s, true);
                    grant.insert(u"hidden"_s, QJsonArray::fromStringList(right.hidden));
                }
                access.insert(role, grant);
            }
            json.insert(u"access"_s, access);
        }
        files.entities.insert(u"entities/"_s + name + u".json"_s, QJsonDocument(json).toJson());
    }
    return files;
}

Rules::Right Rules::rightOf(const QStringList &rolesOfUser, const QString &entity) const
{
    QString of = entity;
    while (!m_rights.contains(of))
        of = entities.at(of);
    if (rolesOfUser.contains(u"admin"_s))
        return {Reach::All, {}};
    Right widest;
    bool first = true;
    for (const auto &[role, right] : m_rights.at(of)) {
        if (right.read == Reach::None || (role != u"*" && !rolesOfUser.contains(role)))
            continue;
        widest.read = std::max(widest.read, right.read);
        // Hidden is what every role that reads hides.
        if (first)
            widest.hidden = right.hidden;
        else
            widest.hidden.removeIf([&](const QString &field) { return !right.hidden.contains(field); });
        first = false;
    }
    if (of != entity)
        widest.hidden.clear();
    return widest;
}

void Rights::read(server::Api &api)
{
    auto lease = api.service().storage().read();
    REQUIRE_RESULT(lease);
    const auto now = server::currentRevision((*lease)->db());
    REQUIRE_RESULT(now);
    if (std::exchange(m_rev, now->rev) == now->rev)
        return;
    const RecordReader &reader = *(*lease)->reader;
    const auto idsOf = [&](const Entity &entity) {
        auto select = (*lease)->db().prepare("SELECT id FROM \"" + entity.table.toUtf8() + '"');
        REQUIRE_RESULT(select);
        auto ids = select->ids();
        REQUIRE_RESULT(ids);
        return *ids;
    };
    const auto find = [&](const Entity &entity, const Id &id) {
        auto record = reader.find(entity, id, true);
        REQUIRE_RESULT(record);
        return **record;
    };
    // The reader of records does not say of the server's rows which are deleted.
    const auto deletedOf = [&](const Entity &entity) {
        auto select =
            (*lease)->db().prepare("SELECT id FROM \"" + entity.table.toUtf8() + "\" WHERE _deleted_rev <> 0");
        REQUIRE_RESULT(select);
        auto ids = select->ids();
        REQUIRE_RESULT(ids);
        return std::set<Id>(ids->begin(), ids->end());
    };
    m_facts.clear();
    m_people.clear();
    m_above.clear();
    for (const auto &[name, above] : Rules::entities) {
        const Entity &entity = *reader.catalog().entity(name);
        const std::set<Id> deleted = deletedOf(entity);
        const Field *parent = entity.parentField();
        for (const Id &id : idsOf(entity)) {
            const Record record = find(entity, id);
            Fact fact{name,
                      record.value(u"owner").toId(),
                      record.value(u"team").toId(),
                      record.value(u"created_by").toId(),
                      parent ? record.value(parent->index).toId() : Id(),
                      entity.field(u"owner"_s) != nullptr,
                      entity.field(u"team"_s) != nullptr,
                      deleted.contains(id)};
            m_facts.emplace(id, std::move(fact));
        }
    }
    const Entity &role = *reader.catalog().entity(u"foundation.role");
    const std::set<Id> deletedRoles = deletedOf(role);
    std::map<Id, QString> roleNames;
    for (const Id &id : idsOf(role)) {
        if (!deletedRoles.contains(id))
            roleNames[id] = find(role, id).value(u"name").toText();
    }
    const Entity &user = *reader.catalog().entity(u"foundation.user");
    for (const Id &id : idsOf(user)) {
        const Record record = find(user, id);
        Person person;
        person.team = record.value(u"team").toId();
        person.active = record.value(u"active").isNull() || record.value(u"active").toBool();
        for (const Value &one : record.value(u"roles").toList()) {
            if (const auto known = roleNames.find(one.toId()); known != roleNames.end())
                person.roles << known->second;
        }
        m_people.emplace(id, std::move(person));
    }
    const Entity &team = *reader.catalog().entity(u"foundation.team");
    const std::set<Id> deletedTeams = deletedOf(team);
    for (const Id &id : idsOf(team)) {
        if (!deletedTeams.contains(id))
            m_above[id] = find(team, id).value(u"parent").toId();
    }
}

bool Rights::isActive(const Id &user) const
{
    const auto person = m_people.find(user);
    return person != m_people.end() && person->second.active;
}

const Rights::Fact &Rights::rootOf(const Fact &fact) const
{
    const Fact *at = &fact;
    while (!at->parent.isNull()) {
        const auto above = m_facts.find(at->parent);
        // A child whose parent is not here yet is its own root.
        if (above == m_facts.end())
            return fact;
        at = &above->second;
    }
    return *at;
}

std::set<Id> Rights::teamsOf(const Person &person) const
{
    std::set<Id> teams;
    if (person.team.isNull())
        return teams;
    teams.insert(person.team);
    for (size_t before = 0; before != teams.size();) {
        before = teams.size();
        for (const auto &[team, above] : m_above) {
            if (teams.contains(above))
                teams.insert(team);
        }
    }
    return teams;
}

bool Rights::sees(const Id &user, const QString &entity, const Id &record) const
{
    const auto person = m_people.find(user);
    const auto fact = m_facts.find(record);
    if (person == m_people.end() || fact == m_facts.end() || fact->second.entity != entity)
        return false;
    const Fact &root = rootOf(fact->second);
    const Id owner = root.hasOwner ? root.owner : root.createdBy;
    switch (m_rules.rightOf(person->second.roles, entity).read) {
    case Rules::Reach::All:
        return true;
    case Rules::Reach::Team:
        if (root.hasTeam && teamsOf(person->second).contains(root.team))
            return true;
        [[fallthrough]];
    case Rules::Reach::Own:
        return owner == user;
    case Rules::Reach::None:
        break;
    }
    return false;
}

bool Rights::sees(const Id &user, const Place &place) const
{
    const auto person = m_people.find(user);
    return sees(user, place.entity, place.record) &&
           !m_rules.rightOf(person->second.roles, place.entity).hidden.contains(place.field);
}

bool Rights::sees(const Id &user, const Marker &marker) const
{
    return std::ranges::any_of(marker.places, [&](const Place &place) { return sees(user, place); });
}

bool Rights::isDeleted(const Id &record) const
{
    const auto fact = m_facts.find(record);
    return fact != m_facts.end() && fact->second.deleted;
}

std::vector<std::pair<QString, Id>> Rights::records() const
{
    std::vector<std::pair<QString, Id>> all;
    for (const auto &[id, fact] : m_facts)
        all.emplace_back(fact.entity, id);
    return all;
}

} // namespace tz::test
