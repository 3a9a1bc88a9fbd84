// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "tests/gui/office.h"
#include "tests/support/declared.h"

namespace tz {

namespace {

class Shop : public Department {
public:
    Result<> contribute(Contributions &to) override
    {
        to.rule(QStringLiteral("shop.customer"), [](const RuleContext &context) -> Result<> {
            if (context.after.value(u"name").toText() == QLatin1String("forbidden"))
                return fail("shop.forbidden_name", {}, QStringLiteral("name"));
            return {};
        });
        to.duplicates(QStringLiteral("shop.customer"),
                      [](const Reader &reader, const Record &record) -> Result<QList<Duplicate>> {
                          QList<Duplicate> found;
                          const QString name = record.value(u"name").toText();
                          Query query;
                          query.entity = QStringLiteral("shop.customer");
                          query.fields = {QStringLiteral("id"), QStringLiteral("name")};
                          query.filterText = QStringLiteral("name == param('name')");
                          query.parameters.insert(QStringLiteral("name"), Value(name));
                          TZ_ASSIGN(const Rows rows, reader.select(query));
                          for (const auto &row : rows.rows)
                              found << Duplicate{row[0].toId(), row[1].toText(), 95, {QStringLiteral("name")}};
                          return found;
                      });
        return {};
    }
};

const char *const module = R"json({"id": "shop", "label": "Shop", "icon": "store", "order": 50, "needs": ["foundation"],
  "uses": [], "api": 1})json";

const char *const customerJson = R"json({
  "entity": "customer", "label": "Customer", "plural": "Customers", "icon": "building",
  "help": "Who buys from us.", "title": "name", "search": ["name", "code"],
  "fields": [
    {"name": "name", "type": "text", "label": "Name", "required": true, "max": 200},
    {"name": "code", "type": "text", "label": "Code", "max": 20},
    {"name": "level", "type": "enum", "label": "Level", "choices": [
      {"name": "a", "label": "Key", "color": "green"}, {"name": "b", "label": "Ordinary"}]},
    {"name": "why", "type": "text", "label": "Why key", "show_if": "level == 'a'", "required_if": "level == 'a'"},
    {"name": "turnover", "type": "money", "label": "Turnover"},
    {"name": "discount", "type": "percent", "label": "Discount"},
    {"name": "since", "type": "date", "label": "Customer since"},
    {"name": "active", "type": "bool", "label": "Active", "default": "true"},
    {"name": "email", "type": "email", "label": "E-mail"},
    {"name": "address", "type": "address", "label": "Address"},
    {"name": "remarks", "type": "longtext", "label": "Remarks"},
    {"name": "files", "type": "attachments", "label": "Files"}],
  "columns": ["name", "code", "level", "turnover", "since", "active"],
  "keys": [["name"]],
  "indexes": [["name"], ["code"], ["turnover"]],
  "access": {"*": {"read": "all", "write": "all", "create": true, "delete": true}}
})json";

const char *const dealJson = R"json({
  "entity": "deal", "label": "Deal", "plural": "Deals", "icon": "target", "title": "name", "search": ["name", "customer"],
  "fields": [
    {"name": "name", "type": "text", "label": "Name", "required": true},
    {"name": "customer", "type": "link", "label": "Customer", "to": "shop.customer"},
    {"name": "amount", "type": "money", "label": "Amount"},
    {"name": "stage", "type": "state", "label": "Stage"},
    {"name": "close_date", "type": "date", "label": "Expected close"},
    {"name": "reason", "type": "text", "label": "Reason"},
    {"name": "tags", "type": "tags", "label": "Tags"},
    {"name": "owner", "type": "user", "label": "Owner", "default": "me"},
    {"name": "lines", "type": "lines", "label": "Lines", "to": "shop.deal_line", "by": "deal"}],
  "states": {"field": "stage", "initial": "new", "values": [
      {"name": "new", "label": "New", "color": "grey"},
      {"name": "offer", "label": "Offer", "color": "blue"},
      {"name": "won", "label": "Won", "color": "green", "final": true},
      {"name": "lost", "label": "Lost", "color": "red", "final": true}],
    "transitions": [
      {"action": "propose", "label": "Make an offer", "from": ["new"], "to": "offer"},
      {"action": "win", "label": "Mark as won", "from": ["offer"], "to": "won"},
      {"action": "lose", "label": "Mark as lost", "from": ["new", "offer"], "to": "lost", "ask": ["reason"],
       "requires": ["reason"]}]},
  "columns": ["name", "customer", "stage", "amount", "close_date"],
  "keys": [["name"]],
  "indexes": [["stage", "close_date"], ["customer"]],
  "access": {"*": {"read": "all", "write": "all", "create": true, "delete": true}},
  "views": [{"kind": "board", "by": "stage", "sum": "amount"}]
})json";

const char *const dealLine = R"json({
  "entity": "deal_line", "label": "Line", "plural": "Lines", "icon": "list", "title": "product", "parent": "deal",
  "hidden": true,
  "fields": [
    {"name": "deal", "type": "link", "label": "Deal", "to": "shop.deal", "required": true},
    {"name": "product", "type": "text", "label": "Product", "required": true},
    {"name": "quantity", "type": "decimal", "label": "Quantity", "scale": 2},
    {"name": "price", "type": "money", "label": "Price"},
    {"name": "total", "type": "money", "label": "Total", "formula": "quantity * price"}],
  "columns": ["product", "quantity", "price", "total"],
  "indexes": [["deal"]]
})json";

const char *const shopNote = R"json({
  "entity": "shop_note", "label": "Note", "plural": "Notes", "icon": "sticky-note", "title": "subject", "hidden": true,
  "fields": [
    {"name": "subject", "type": "text", "label": "Subject", "required": true},
    {"name": "text", "type": "longtext", "label": "Text"},
    {"name": "customer", "type": "link", "label": "Customer", "to": "shop.customer"},
    {"name": "written_at", "type": "datetime", "label": "Written", "default": "now()"},
    {"name": "next_contact", "type": "date", "label": "Next contact"}],
  "indexes": [["customer"], ["written_at"]],
  "access": {"*": {"read": "all", "write": "all", "create": true, "delete": true}},
  "views": [{"kind": "timeline", "date": "written_at"}]
})json";

} // namespace

Office::Office()
{
    const auto foundation = DepartmentFiles::read(QDir(QStringLiteral(TZ_SOURCE_DIR "/modules/foundation")));
    REQUIRE_RESULT(foundation);
    host.adopt(std::make_unique<test::Declared>(), *foundation);
    DepartmentFiles files;
    files.origin = QStringLiteral("tests/gui");
    files.module = module;
    files.entities = {{QStringLiteral("entities/customer.json"), QByteArray(customerJson)},
                      {QStringLiteral("entities/deal.json"), QByteArray(dealJson)},
                      {QStringLiteral("entities/deal_line.json"), QByteArray(dealLine)},
                      {QStringLiteral("entities/shop_note.json"), QByteArray(shopNote)}};
    host.adopt(std::make_unique<Shop>(), files);
    host.start();
    for (const auto &status : host.status()) {
        for (const CatalogFault &fault : status.faults)
            UNSCOPED_INFO(fault.toString().toStdString());
        UNSCOPED_INFO(status.failure.toStdString());
        REQUIRE(status.running);
    }
    auto opened = Workspace::open(folder.path(), host);
    REQUIRE_RESULT(opened);
    workspace = std::move(*opened);
    REQUIRE_RESULT(workspace->startStandalone(QStringLiteral("Li Na")));
}

Office::~Office() = default;

const Entity &Office::entity(const char *name) const
{
    const Entity *found = workspace->catalog()->entity(QString::fromLatin1(name));
    REQUIRE(found);
    return *found;
}

Receipt Office::apply(Draft draft)
{
    std::optional<Result<Receipt>> answer;
    workspace->apply(std::move(draft), [&answer](Result<Receipt> result) { answer = std::move(result); });
    REQUIRE(waitFor([&answer] { return answer.has_value(); }));
    REQUIRE_RESULT(*answer);
    return **answer;
}

Id Office::customer(const QString &name, const Draft::Values &more)
{
    Draft draft = workspace->draft();
    Draft::Values values{{QStringLiteral("name"), Value(name)}};
    values.insert(values.end(), more.begin(), more.end());
    const Id id = draft.create(QStringLiteral("shop.customer"), values);
    apply(std::move(draft));
    return id;
}

Id Office::deal(const QString &name, const Id &customerId, const Draft::Values &more)
{
    Draft draft = workspace->draft();
    Draft::Values values{{QStringLiteral("name"), Value(name)}, {QStringLiteral("customer"), Value(customerId)}};
    values.insert(values.end(), more.begin(), more.end());
    const Id id = draft.create(QStringLiteral("shop.deal"), values);
    apply(std::move(draft));
    return id;
}

Value Office::stored(const char *entityName, const Id &id, QStringView field) const
{
    const auto found = workspace->reader().find(entity(entityName), id);
    return found && *found ? (*found)->value(field) : Value();
}

void Office::fill(int customers)
{
    // Straight into the table, as a first sync would: a hundred thousand records through the rules take a while.
    std::optional<bool> done;
    workspace->onStore(
        [customers](RecordStore &store, ReplicaState &) -> std::any {
            const Entity &of = *store.catalog().entity(u"shop.customer");
            auto transaction = Transaction::begin(store.database());
            bool fine = transaction.has_value();
            for (int i = 1; fine && i <= customers; ++i) {
                Record record(of, store.ids().next());
                record.set(u"name", Value(QStringLiteral("Customer %1").arg(i, 6, 10, QLatin1Char('0'))));
                record.set(u"turnover", Value(qint64(i) * 10'000));
                record.set(u"created_by", Value(store.actor().user));
                fine = store.rows().put(record, {}).has_value();
            }
            fine = fine && transaction->commit().has_value();
            store.announce(of.fullName, {});
            return fine;
        },
        [&done](std::any answer) { done = std::any_cast<bool>(answer); });
    REQUIRE(waitFor([&done] { return done.has_value(); }, 60'000));
    REQUIRE(*done);
}

} // namespace tz
