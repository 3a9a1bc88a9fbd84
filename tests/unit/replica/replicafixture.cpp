// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "tests/unit/replica/replicafixture.h"

namespace tz::test {

namespace {

constexpr char orderJson[] = R"json({
  "entity": "order", "label": "Order", "plural": "Orders", "title": "name", "search": ["name", "secret"],
  "fields": [
    {"name": "name", "type": "text", "label": "Name", "required": true, "max": 100},
    {"name": "amount", "type": "money", "label": "Amount"},
    {"name": "secret", "type": "text", "label": "Secret"},
    {"name": "whisper", "type": "text", "label": "Whisper", "formula": "secret"},
    {"name": "tags", "type": "tags", "label": "Tags"},
    {"name": "files", "type": "attachments", "label": "Files"},
    {"name": "papers", "type": "attachments", "label": "Papers"},
    {"name": "double_amount", "type": "money", "label": "Double", "formula": "amount * 2"},
    {"name": "total", "type": "money", "label": "Total", "rollup": {"kind": "sum", "entity": "shop.line", "by": "order", "value": "price"}},
    {"name": "stage", "type": "state", "label": "Stage"}],
  "states": {"field": "stage", "initial": "open", "values": [
      {"name": "open", "label": "Open"}, {"name": "done", "label": "Done", "final": true}],
    "transitions": [{"action": "finish", "label": "Finish", "from": ["open"], "to": "done"}]},
  "access": {"boss": {"read": "all", "write": "all", "create": true, "delete": true},
             "clerk": {"read": "all", "write": "all", "create": true, "delete": true, "hidden": ["secret", "papers"]}}
})json";

constexpr char lineJson[] = R"json({
  "entity": "line", "label": "Line", "plural": "Lines", "title": "what", "search": ["what"], "parent": "order",
  "fields": [
    {"name": "order", "type": "link", "label": "Order", "to": "shop.order", "required": true},
    {"name": "what", "type": "text", "label": "What"},
    {"name": "price", "type": "money", "label": "Price"}],
  "access": {"*": {"read": "all", "write": "all", "create": true, "delete": true}}
})json";

constexpr char invoiceJson[] = R"json({
  "entity": "invoice", "label": "Invoice", "plural": "Invoices", "title": "number", "number": "I-{seq:4}",
  "fields": [{"name": "number", "type": "text", "label": "Number", "readonly": true}],
  "access": {"*": {"read": "all", "write": "all", "create": true}}
})json";

constexpr char giftJson[] = R"json({
  "entity": "gift", "label": "Gift", "plural": "Gifts", "title": "name", "search": ["name", "order"],
  "fields": [
    {"name": "name", "type": "text", "label": "Name"},
    {"name": "order", "type": "link", "label": "With", "to": "shop.order"}],
  "access": {"*": {"read": "all", "write": "all", "create": true, "delete": true}}
})json";

constexpr char conflictJson[] = R"json({
  "entity": "conflict", "label": "Conflict", "plural": "Conflicts", "title": "field",
  "fields": [
    {"name": "entity", "type": "text", "label": "Entity"},
    {"name": "record", "type": "text", "label": "Record"},
    {"name": "field", "type": "text", "label": "Field"},
    {"name": "lost_by", "type": "user", "label": "Lost by"},
    {"name": "state", "type": "state", "label": "State"}],
  "states": {"field": "state", "initial": "open", "values": [
      {"name": "open", "label": "Open"}, {"name": "taken", "label": "Taken", "final": true}],
    "transitions": [{"action": "take", "label": "Take", "from": ["open"], "to": "taken"}]},
  "access": {"*": {"read": "all", "write": "all"}}
})json";

constexpr char namedJson[] = R"json({
  "entity": "%1", "label": "Named", "plural": "Named", "title": "name",
  "fields": [{"name": "name", "type": "text", "label": "Name"}],
  "access": {"*": {"read": "all"}}
})json";

DepartmentFiles department(const QString &id, const QMap<QString, QByteArray> &entities, const QStringList &needs = {})
{
    DepartmentFiles files;
    files.origin = QLatin1String("modules/") + id;
    files.module = QJsonDocument(QJsonObject{{QStringLiteral("id"), id},
                                             {QStringLiteral("label"), id},
                                             {QStringLiteral("api"), 1},
                                             {QStringLiteral("needs"), QJsonArray::fromStringList(needs)}})
                       .toJson();
    for (auto entity = entities.cbegin(); entity != entities.cend(); ++entity)
        files.entities.insert(QLatin1String("entities/") + entity.key() + QLatin1String(".json"), *entity);
    return files;
}

} // namespace

CatalogPtr Replica::makeCatalog(const QList<std::pair<QString, QJsonObject>> &customFields)
{
    CatalogBuilder builder;
    const auto named = [](const char *name) { return QByteArray(namedJson).replace("%1", name); };
    builder.add(department(QStringLiteral("foundation"), {{QStringLiteral("conflict"), conflictJson},
                                                          {QStringLiteral("user"), named("user")},
                                                          {QStringLiteral("team"), named("team")}}));
    builder.add(department(QStringLiteral("shop"),
                           {{QStringLiteral("order"), orderJson},
                            {QStringLiteral("line"), lineJson},
                            {QStringLiteral("invoice"), invoiceJson},
                            {QStringLiteral("gift"), giftJson}},
                           {QStringLiteral("foundation")}));
    for (const auto &[entity, field] : customFields)
        builder.addField(entity, field);
    CatalogPtr catalog = builder.build();
    for (const CatalogFault &fault : builder.faults())
        FAIL_CHECK(fault.toString().toStdString());
    return catalog;
}

Replica::Replica(quint64 seed)
    : entropy(seed)
    , catalog(makeCatalog())
{
    database = need(Database::open(folder.filePath(QStringLiteral("replica.sqlite"))));
    RecordStore::Environment environment;
    environment.clock = &clock;
    environment.entropy = &entropy;
    environment.contributions = &contributions;
    store = std::make_unique<RecordStore>(*database, catalog, environment);
    need(store->prepare());
    Actor actor;
    actor.user = me = store->ids().next();
    actor.device = store->ids().next();
    actor.roles = {QStringLiteral("boss")};
    need(store->setActor(actor));
    replica = std::make_unique<ReplicaState>(*store);
    scope({100});
}

Replica::~Replica() = default;

void Replica::scope(std::vector<qint64> keys, qint64 version)
{
    need(replica->receiveScope({version, std::move(keys)}, {{QStringLiteral("shop.order"), QStringLiteral("1")}}));
}

Id Replica::createOrder(const QString &orderName)
{
    Draft draft = store->draft();
    const Id id = draft.create(QStringLiteral("shop.order"), {{QStringLiteral("name"), orderName}});
    need(store->apply(std::move(draft)));
    return id;
}

void Replica::updateOrder(const Id &id, const QString &field, Value value)
{
    Draft draft = store->draft();
    draft.update(QStringLiteral("shop.order"), id, {{field, std::move(value)}});
    need(store->apply(std::move(draft)));
}

std::optional<Record> Replica::find(const Entity &entity, const Id &id) const
{
    return need(store->find(entity, id, true));
}

QString Replica::name(const Id &id) const
{
    const auto record = find(order(), id);
    return record ? record->value(u"name").toText() : QStringLiteral("<none>");
}

int Replica::state(const Entity &entity, const Id &id) const
{
    const auto record = find(entity, id);
    return record ? record->state : -1;
}

qint64 Replica::count(const char *sql) const
{
    auto statement = need(database->prepare(sql));
    REQUIRE(need(statement.step()));
    return statement.integer(0);
}

QString Replica::everything() const
{
    QStringList tables;
    {
        auto statement =
            need(database->prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '%search%' "
                                   "AND name NOT LIKE 'sqlite%' ORDER BY name"));
        while (need(statement.step()))
            tables << statement.text(0);
    }
    QString all;
    for (const QString &table : tables) {
        QStringList rows;
        auto statement = need(database->prepare("SELECT * FROM \"" + table.toUtf8() + '"'));
        while (need(statement.step())) {
            QString row;
            for (int i = 0; i < statement.columns(); ++i)
                row += statement.value(i).toDebugString() + QLatin1Char('|');
            rows << row;
        }
        rows.sort();
        all += table + QLatin1Char('\n') + rows.join(QLatin1Char('\n')) + QLatin1Char('\n');
    }
    return all;
}

wire::TableRows Replica::orders(std::vector<wire::Row> rows)
{
    return {QStringLiteral("shop.order"),
            {QStringLiteral("name"), QStringLiteral("amount"), QStringLiteral("secret"), QStringLiteral("tags"),
             QStringLiteral("stage"), QStringLiteral("from_the_future")},
            std::move(rows)};
}

wire::Row Replica::orderRow(const Id &id, qint64 rev, const QString &name, qint64 amount, std::vector<qint64> keys)
{
    return {id,
            rev,
            std::move(keys),
            {Value(name), Value(amount), Value(QStringLiteral("hush")), Value::fromSet({Value(QStringLiteral("blue"))}),
             Value(QStringLiteral("open")), Value(1)}};
}

wire::TableRows Replica::lines(std::vector<wire::Row> rows)
{
    return {QStringLiteral("shop.line"),
            {QStringLiteral("order"), QStringLiteral("what"), QStringLiteral("price")},
            std::move(rows)};
}

wire::Row Replica::lineRow(const Id &id, qint64 rev, const Id &order, qint64 price, std::vector<qint64> keys)
{
    return {id, rev, std::move(keys), {Value(order), Value(QStringLiteral("thing")), Value(price)}};
}

wire::Page Replica::page(qint64 rev, std::vector<wire::TableRows> tables)
{
    wire::Page page;
    page.mark = {rev, QByteArray(16, char('a' + rev % 26))};
    page.tables = std::move(tables);
    return page;
}

wire::PushAnswer Replica::answerTo(const Batch &batch, wire::BatchStatus status, qint64 rev,
                                   std::vector<wire::TableRows> states, std::vector<wire::Reason> reasons) const
{
    wire::PushAnswer answer;
    wire::BatchAnswer one;
    one.no = batch.no;
    one.batch = batch.id;
    one.status = status;
    one.rev = rev;
    one.hlc = batch.hlc;
    one.states = std::move(states);
    one.reasons = std::move(reasons);
    answer.answers.push_back(std::move(one));
    answer.keys = {1, {100}};
    return answer;
}

} // namespace tz::test
