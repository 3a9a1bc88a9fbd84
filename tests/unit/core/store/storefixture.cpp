// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "tests/unit/core/store/storefixture.h"

#include "core/expression/expression.h"

#include <QJsonDocument>

namespace tz::test {

CatalogPtr catalogOf(const QList<QByteArray> &entities)
{
    DepartmentFiles files;
    files.origin = QStringLiteral("shop");
    files.module = R"({"id": "shop", "label": "Shop", "icon": "store", "order": 1, "api": 1})";
    for (const QByteArray &entity : entities) {
        const QString name = QJsonDocument::fromJson(entity).object().value(QStringLiteral("entity")).toString();
        files.entities.insert(QStringLiteral("entities/") + name + QStringLiteral(".json"), entity);
    }
    CatalogBuilder builder;
    builder.add(std::move(files));
    CatalogPtr built = builder.build();
    for (const CatalogFault &fault : builder.faults())
        FAIL(fault.toString().toStdString());
    return built;
}

CatalogPtr shopCatalog()
{
    static const CatalogPtr catalog = catalogOf({
        R"json({
  "entity": "customer", "label": "Customer", "plural": "Customers", "icon": "building", "title": "name",
  "search": ["name", "short_name", "phone", "note", "group"],
  "fields": [
    {"name": "name", "type": "text", "label": "Name", "max": 200},
    {"name": "short_name", "type": "text", "label": "Short name", "max": 60},
    {"name": "level", "type": "enum", "label": "Level", "choices": [
      {"name": "vip", "label": "VIP"}, {"name": "normal", "label": "Normal"}, {"name": "cold", "label": "Cold"}]},
    {"name": "city", "type": "text", "label": "City", "max": 60},
    {"name": "phone", "type": "phone", "label": "Phone"},
    {"name": "revenue", "type": "money", "label": "Revenue"},
    {"name": "employees", "type": "integer", "label": "Employees"},
    {"name": "discount", "type": "percent", "label": "Discount"},
    {"name": "active", "type": "bool", "label": "Active"},
    {"name": "founded", "type": "date", "label": "Founded"},
    {"name": "seen_at", "type": "datetime", "label": "Seen"},
    {"name": "group", "type": "link", "label": "Group", "to": "shop.customer"},
    {"name": "friends", "type": "links", "label": "Friends", "to": "shop.customer"},
    {"name": "tags", "type": "tags", "label": "Tags"},
    {"name": "address", "type": "address", "label": "Address"},
    {"name": "note", "type": "longtext", "label": "Note"},
    {"name": "per_head", "type": "money", "label": "Per head", "formula": "revenue / employees"},
    {"name": "group_city", "type": "text", "label": "City of the group", "formula": "group.city"},
    {"name": "age", "type": "integer", "label": "Age in days", "formula": "days_between(founded, today())"},
    {"name": "order_count", "type": "integer", "label": "Orders", "rollup":
      {"kind": "count", "entity": "shop.order", "by": "customer"}},
    {"name": "order_total", "type": "money", "label": "Ordered", "rollup":
      {"kind": "sum", "entity": "shop.order", "by": "customer", "value": "total"}},
    {"name": "won_total", "type": "money", "label": "Won", "rollup":
      {"kind": "sum", "entity": "shop.order", "by": "customer", "value": "total", "filter": "stage == 'won'"}},
    {"name": "last_order", "type": "date", "label": "Last order", "rollup":
      {"kind": "max", "entity": "shop.order", "by": "customer", "value": "placed"}},
    {"name": "half_total", "type": "money", "label": "Half", "formula": "order_total / 2"}],
  "indexes": [["level", "revenue"]], "keys": [["short_name"]],
  "access": {"*": {"read": "all", "write": "all", "create": true, "delete": true}}})json",
        R"json({
  "entity": "order", "label": "Order", "plural": "Orders", "icon": "file", "title": "number", "search": ["number", "customer"],
  "fields": [
    {"name": "number", "type": "text", "label": "Number", "max": 40},
    {"name": "customer", "type": "link", "label": "Customer", "to": "shop.customer"},
    {"name": "placed", "type": "date", "label": "Placed"},
    {"name": "stage", "type": "state", "label": "Stage"},
    {"name": "lines", "type": "lines", "label": "Lines", "to": "shop.line", "by": "order"},
    {"name": "total", "type": "money", "label": "Total", "rollup": {"kind": "sum", "of": "lines", "value": "amount"}},
    {"name": "weighted", "type": "money", "label": "Weighted", "formula": "total * state.probability / 100"}],
  "states": {"field": "stage", "initial": "draft", "values": [
      {"name": "draft", "label": "Draft", "probability": 10},
      {"name": "sent", "label": "Sent", "probability": 50},
      {"name": "won", "label": "Won", "probability": 100, "final": true},
      {"name": "lost", "label": "Lost", "probability": 0, "final": true}],
    "transitions": [
      {"action": "send", "label": "Send", "from": ["draft"], "to": "sent"},
      {"action": "win", "label": "Win", "from": ["sent"], "to": "won"},
      {"action": "lose", "label": "Lose", "from": ["draft", "sent"], "to": "lost"}]},
  "access": {"*": {"read": "all", "write": "all", "create": true, "delete": true}}})json",
        R"json({
  "entity": "line", "label": "Line", "plural": "Lines", "icon": "list", "title": "order", "parent": "order",
  "fields": [
    {"name": "order", "type": "link", "label": "Order", "to": "shop.order"},
    {"name": "product", "type": "text", "label": "Product", "max": 60},
    {"name": "quantity", "type": "decimal", "scale": 2, "label": "Quantity"},
    {"name": "price", "type": "money", "label": "Price"},
    {"name": "amount", "type": "money", "label": "Amount", "formula": "quantity * price"}],
  "access": {"*": {"read": "all", "write": "all", "create": true, "delete": true}}})json"});
    return catalog;
}

Store::Store(CatalogPtr with, SchemaKind schema)
    : catalog(std::move(with))
    , kind(schema)
{
    database = must(Database::open(path()));
    must(must(SchemaPlan::make(*database, *catalog, kind)).execute(*database));
    numbers = must(CatalogNumbers::load(*database, *catalog));
    writer = std::make_unique<RowWriter>(*database, catalog, kind);
    search = std::make_unique<SearchWriter>(*database, catalog, *numbers);
    reader = std::make_unique<RecordReader>(*database, catalog);
    reader->setContext(Id::fromName(u"me"), {}, 8 * 3600, [] { return qint64(1'790'000'000'000); });
}

const Entity &Store::entity(const char *name) const
{
    const Entity *const found = catalog->entity(QStringLiteral("shop.") + QString::fromLatin1(name));
    REQUIRE(found);
    return *found;
}

Id Store::put(const char *name, std::vector<std::pair<const char *, Value>> values, Id id)
{
    const Entity &of = entity(name);
    if (id.isNull()) {
        ++m_nextId;
        id = Id::fromName(QString::number(m_nextId));
    }
    Record record(of, id);
    for (auto &[field, value] : values) {
        REQUIRE(of.indexOf(QString::fromLatin1(field)) >= 0);
        record.set(QString::fromLatin1(field), std::move(value));
    }
    // As Judge::derive does: formulas with columns, those over other formulas after them.
    for (int round = 0; round < 2; ++round) {
        for (const Field &field : of.fields) {
            if (field.formula && field.hasColumn()) {
                expression::Context context;
                context.record = &record;
                record.values[size_t(field.index)] = field.formula->evaluate(context);
            }
        }
    }
    Transaction transaction = must(Transaction::begin(*database));
    const qint64 rowId = must(writer->put(record, {}));
    if (kind == SchemaKind::Replica)
        must(search->put(record, rowId));
    must(transaction.commit());
    return id;
}

void Store::remove(const char *name, const Id &id)
{
    const Entity &of = entity(name);
    Record record = *must(reader->find(of, id));
    Transaction transaction = must(Transaction::begin(*database));
    RowWriter::System system;
    system.state = recordstate::deletedLocally;
    system.deletedRev = 7;
    const qint64 rowId = must(writer->put(record, system));
    if (kind == SchemaKind::Replica)
        must(search->remove(of, rowId));
    must(transaction.commit());
}

QString Store::texts(const Query &query) const
{
    QStringList texts;
    for (const auto &row : select(query).rows)
        texts << (row.front().isNull() ? QStringLiteral("-") : row.front().toText());
    return texts.join(u' ');
}

Query query(const char *entity, QStringList fields, const char *filter, QList<SortKey> sort)
{
    Query made;
    made.entity = QString::fromLatin1(entity);
    made.fields = std::move(fields);
    made.filterText = QString::fromUtf8(filter);
    made.sort = std::move(sort);
    return made;
}

} // namespace tz::test
