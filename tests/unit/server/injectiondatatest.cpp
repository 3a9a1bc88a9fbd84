// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors

// SQL and its like in the values of records, and in the names of a company's own fields.
#include "injectionworld.h"
#include "server/api/service.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

using namespace tz;
using namespace tz::test;
using namespace Qt::StringLiterals;

namespace {

/// Tables that an accepted change of a record writes besides its own.
const QStringList ofEveryChange{u"member"_s, u"_member"_s, u"audience"_s, u"audit"_s,    u"batch"_s,
                                u"claim"_s,  u"counter"_s, u"device"_s,   u"digest"_s,   u"revision"_s,
                                u"series"_s, u"grave"_s,   u"setting"_s,  u"conflict"_s, u"principal"_s};

/// A record that is there and without which the server goes on; made where there is none.
std::optional<Id> recordOf(InjectionWorld &world, const Entity &entity)
{
    Laptop &admin = *world.admin;
    if (entity.fullName == u"foundation.user"_s)
        return world.subjects.user;
    const auto &records = admin.records[entity.fullName];
    for (auto it = records.begin(); it != records.end(); ++it) {
        if (it->values.value(u"name"_s) != text("admin"))
            return it.key();
    }
    const Id id = world.ids.next();
    std::vector<FieldEdit> edits;
    for (const Field &field : entity.fields) {
        if (!field.required || field.isDerived() || field.system)
            continue;
        if (field.type == FieldType::Enum)
            edits.push_back({field.name, Value(field.choices.front().name), {}});
        else if (field.isText())
            edits.push_back({field.name, Value(u"x"_s), {}});
        else if (field.isReference())
            edits.push_back({field.name, Value(world.subjects.user), {}});
        else
            edits.push_back({field.name, Value(qint64(1)), {}});
    }
    const auto answer = admin.make({create(entity.fullName.toLatin1().constData(), id, std::move(edits))});
    admin.pull();
    return answer.status == wire::BatchStatus::Accepted && admin.has(entity.fullName, id) ? std::optional(id)
                                                                                          : std::nullopt;
}

/// The text as a value of the field; nothing: it holds no texts.
std::optional<Value> valueOf(const Field &field, const QString &text)
{
    if (field.isDerived() || field.system || field.readonly || field.type == FieldType::State)
        return std::nullopt;
    if (field.isText())
        return Value(text);
    if (field.type == FieldType::Tags)
        return Value::fromSet({Value(text)});
    if (field.type == FieldType::Address || field.type == FieldType::Json)
        return Value(QString::fromUtf8(
            QJsonDocument(QJsonObject{{u"city"_s, text}, {text, u"key"_s}}).toJson(QJsonDocument::Compact)));
    return std::nullopt;
}

/// Any text will do for its values.
bool isFree(const Field &field)
{
    return field.type == FieldType::Text || field.type == FieldType::LongText || field.type == FieldType::Tags ||
           field.type == FieldType::Address || field.type == FieldType::Json;
}

} // namespace

TEST_CASE("every text of every kind of record comes back byte for byte, whatever it would mean to a database",
          "[server][hostile][injection]")
{
    InjectionWorld world;
    Laptop &admin = *world.admin;
    admin.pull();
    const server::ModelPtr model = world.api->service().storage().model();
    int fields = 0, kept = 0;
    DatabasePicture before(*world.api);
    for (const Entity *entity : model->catalog->entities()) {
        // What would be a field of the company's own has its own test.
        const std::optional<Id> id =
            entity->fullName == u"foundation.custom_field"_s ? std::nullopt : recordOf(world, *entity);
        if (!id)
            continue;
        for (const Field &field : entity->fields) {
            if (!valueOf(field, {}))
                continue;
            ++fields;
            INFO(entity->fullName.toStdString() << '.' << field.name.toStdString());
            for (const QString &hostile : injections()) {
                INFO(hostile.toStdString());
                const Value value = *valueOf(field, hostile);
                const Value was = admin.held(entity->fullName, *id, field.name.toLatin1().constData());
                const auto verdict =
                    admin.make({update(entity->fullName.toLatin1().constData(), *id, admin.revOf(entity->fullName, *id),
                                       {{field.name, value, was}})});
                if (!verdict.reasons.empty()) {
                    const Error &error = verdict.reasons.front().error;
                    INFO(error.toString().toStdString());
                    CHECK_FALSE(error.code.startsWith("server."));
                    CHECK_FALSE(error.code.startsWith("store."));
                    // Of ours every text field takes everything but a character 0.
                    if (entity->department == u"crm"_s && isFree(field))
                        CHECK(hostile.contains(QChar(0)));
                    continue;
                }
                ++kept;
                CHECK_FALSE(
                    (hostile.contains(QChar(0)) && field.type != FieldType::Address && field.type != FieldType::Json));
                admin.pull();
                const Value held = admin.held(entity->fullName, *id, field.name.toLatin1().constData());
                // Qt's JSON takes a U+FEFF that begins a text for a byte order mark.
                if (hostile.startsWith(QChar(0xFEFF)) && value.isText() && value.toText().startsWith(u'{'))
                    CHECK(held == *valueOf(field, hostile.mid(1)));
                else
                    CHECK(held == value);
            }
            DatabasePicture after(*world.api);
            CHECK(after.damages(before, ofEveryChange + QStringList{entity->table}) == QStringList());
            before = std::move(after);
        }
    }
    CHECK(fields > 30);
    CHECK(kept > 600);
}

TEST_CASE("SQL in the names that a change speaks of is refused with the name", "[server][hostile][injection]")
{
    InjectionWorld world;
    Laptop &admin = *world.admin;
    admin.pull();
    const DatabasePicture before(*world.api);
    for (const QString &hostile : injections()) {
        INFO(hostile.toStdString());
        const qint64 rev = admin.revOf(account, world.subjects.account);
        const auto refused = [&](Change change) -> std::string {
            const auto answer = admin.push({admin.batch({std::move(change)})});
            if (!answer) {
                // The whole push; the batch's number is free again.
                --admin.lastNo;
                return answer.error().code.toStdString();
            }
            const auto &reasons = answer->answers.front().reasons;
            return reasons.empty() ? "accepted" : reasons.front().error.code.toStdString();
        };
        Change entity = update("crm.account", world.subjects.account, rev, {edit("city", text("Bonn"))});
        entity.entity = hostile;
        CHECK(refused(entity) == "sync.catalog");
        Change field = update("crm.account", world.subjects.account, rev, {{hostile, text("Bonn"), {}}});
        CHECK(refused(field) == "sync.catalog");
        Change action = act("crm.account", world.subjects.account, rev, "win");
        action.name = hostile;
        CHECK(refused(action) == "action.unknown");
        Change member = update("crm.account", world.subjects.account, rev, {});
        member.kind = ChangeKind::Member;
        member.name = hostile;
        member.member = text("tag");
        CHECK(refused(member) == "sync.catalog");
    }
    CHECK(DatabasePicture(*world.api).damages(before, {u"batch"_s, u"device"_s}) == QStringList());
}

TEST_CASE("SQL in the definition of a field of the company's own names no column", "[server][hostile][injection]")
{
    InjectionWorld world;
    const QByteArray definition = R"({"name": "NAME", "type": "enum", "label": "DATA", "help": "DATA", "default": "'a'",
        "required_if": "text == 'DATA'", "choices": [{"name": "a", "label": "DATA"}]})";
    const auto named = [&](const QString &name) {
        QJsonObject json = QJsonDocument::fromJson(definition).object();
        json.insert(u"name"_s, name);
        return QJsonDocument(json).toJson(QJsonDocument::Compact);
    };
    // One change with all of them: after each, the server looks at its fields anew.
    std::vector<Change> changes;
    const auto add = [&](const QString &entity, const QString &name, const QByteArray &json) {
        changes.push_back(create("foundation.custom_field", world.ids.next(),
                                 {edit("entity", Value(entity)), edit("name", Value(name)),
                                  edit("definition", Value(QString::fromUtf8(json)))}));
    };
    add(u"crm.note"_s, u"x_right"_s, named(u"x_right"_s));
    int number = 0;
    for (const QString &hostile : injections()) {
        if (hostile.contains(QChar(0)))
            continue;
        for (const QString &name : {hostile, QString(u"x_a"_s + hostile), QString(u"x_a"_s + hostile + u"b"_s)})
            add(u"crm.note"_s, name.left(60), named(name.left(60)));
        for (const QString &entity : {hostile, QString(u"crm.note"_s + hostile)})
            add(entity, u"x_b"_s, named(u"x_b"_s));
        for (const Place &place : placesInJson(definition)) {
            const QString name = u"x_f%1"_s.arg(++number);
            add(u"crm.note"_s, name, replacedInJson(named(name), place, hostile));
        }
    }
    const DatabasePicture before(*world.api);
    for (size_t i = 0; i < changes.size(); i += size_t(limits::importBatch)) {
        const auto end = changes.begin() + qsizetype(std::min(changes.size(), i + size_t(limits::importBatch)));
        const auto verdict = world.admin->make(std::vector<Change>(changes.begin() + qsizetype(i), end));
        for (const wire::Reason &reason : verdict.reasons)
            FAIL_CHECK(reason.error.toString().toStdString());
    }
    // There are columns with our names only; most labels may be anything, so that there are some.
    const DatabasePicture after(*world.api);
    CHECK(after.damages(before, ofEveryChange + QStringList{u"foundation_custom_field"_s, u"crm_note"_s, u"_field"_s,
                                                            u"_meta"_s}) == QStringList{u"schema"_s});
    const server::ModelPtr model = world.api->service().storage().model();
    QSet<QString> known;
    for (const Field &field : model->catalog->entity(note)->fields) {
        known.insert(field.name);
        static const QRegularExpression form(u"\\A[a-z_]+[0-9]*\\z"_s);
        CHECK(form.match(field.name).hasMatch());
    }
    CHECK(known.size() > 3 * injections().size());
    world.reopen();
    const Id id = world.ids.next();
    CHECK(world.admin->make({create("crm.note", id, {edit("text", text("x")), edit("x_right", text("a"))})}).status ==
          wire::BatchStatus::Accepted);
    world.admin->pull();
    CHECK(world.admin->held(note, id, "x_right") == text("a"));
}
