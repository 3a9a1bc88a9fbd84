// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "tests/support/shop.h"

namespace tz::shop {

namespace {

constexpr char foundationModule[] =
    R"json({"id": "foundation", "label": "Foundation", "api": 1, "needs": [], "uses": []})json";
constexpr char userJson[] = R"json({
  "entity": "user", "label": "User", "plural": "Users", "title": "name",
  "fields": [{"name": "name", "type": "text", "label": "Name"}, {"name": "team", "type": "team", "label": "Team"}],
  "keys": [["name"]], "access": {"*": {"read": "all"}}})json";
constexpr char teamJson[] = R"json({
  "entity": "team", "label": "Team", "plural": "Teams", "title": "name",
  "fields": [{"name": "name", "type": "text", "label": "Name"}],
  "keys": [["name"]], "access": {"*": {"read": "all"}}})json";

constexpr char shopModule[] =
    R"json({"id": "shop", "label": "Shop", "api": 1, "needs": ["foundation"], "uses": []})json";
constexpr char customerJson[] = R"json({
  "entity": "customer", "label": "Customer", "plural": "Customers", "title": "name", "search": ["name", "city"],
  "number": "C-{yyyy}-{seq:4}",
  "fields": [
    {"name": "number", "type": "text", "label": "Number", "readonly": true},
    {"name": "name", "type": "text", "label": "Name", "required": true, "max": 40},
    {"name": "city", "type": "text", "label": "City"},
    {"name": "level", "type": "enum", "label": "Level", "default": "'b'", "choices": [
      {"name": "a", "label": "Key account"}, {"name": "b", "label": "Normal"}, {"name": "c", "label": "Small"}]},
    {"name": "employees", "type": "integer", "label": "Employees", "min": 0, "max_value": 1000000},
    {"name": "revenue", "type": "money", "label": "Revenue"},
    {"name": "founded", "type": "date", "label": "Founded"},
    {"name": "seen_at", "type": "datetime", "label": "Last seen"},
    {"name": "active", "type": "bool", "label": "Active", "default": "true"},
    {"name": "email", "type": "email", "label": "E-mail"},
    {"name": "address", "type": "address", "label": "Address"},
    {"name": "remark", "type": "longtext", "label": "Remark"},
    {"name": "discount", "type": "percent", "label": "Discount", "readonly_if": "level == 'c'"},
    {"name": "reason", "type": "text", "label": "Reason", "required_if": "level == 'c'"},
    {"name": "mother", "type": "link", "label": "Part of", "to": "shop.customer"},
    {"name": "friends", "type": "links", "label": "Friends", "to": "shop.customer"},
    {"name": "tags", "type": "tags", "label": "Tags"},
    {"name": "secret", "type": "text", "label": "Secret"},
    {"name": "touched", "type": "integer", "label": "Touched", "readonly": true},
    {"name": "owner", "type": "user", "label": "Owner", "default": "me"},
    {"name": "team", "type": "team", "label": "Team"},
    {"name": "orders", "type": "integer", "label": "Orders",
     "rollup": {"kind": "count", "entity": "shop.order", "by": "customer"}},
    {"name": "ordered", "type": "money", "label": "Ordered",
     "rollup": {"kind": "sum", "entity": "shop.order", "by": "customer", "value": "total"}},
    {"name": "worth", "type": "money", "label": "Worth", "formula": "coalesce(ordered, 0) * 2"}],
  "keys": [["number"], ["name"]],
  "access": {
    "sales": {"read": "team", "write": "own", "create": true, "hidden": ["secret"]},
    "manager": {"read": "all", "write": "all", "create": true, "delete": true, "assign": true},
    "viewer": {"read": "all"}}})json";
constexpr char orderJson[] = R"json({
  "entity": "order", "label": "Order", "plural": "Orders", "title": "title", "search": ["title"],
  "fields": [
    {"name": "title", "type": "text", "label": "Title", "required": true},
    {"name": "customer", "type": "link", "label": "Customer", "to": "shop.customer"},
    {"name": "stage", "type": "state", "label": "Stage"},
    {"name": "chance", "type": "percent", "label": "Chance", "default": "state.chance"},
    {"name": "due", "type": "date", "label": "Due"},
    {"name": "opened", "type": "date", "label": "Opened", "default": "today()"},
    {"name": "closed", "type": "date", "label": "Closed", "readonly": true},
    {"name": "total", "type": "money", "label": "Total",
     "rollup": {"kind": "sum", "entity": "shop.line", "by": "order", "value": "net"}},
    {"name": "lines", "type": "lines", "label": "Lines", "to": "shop.line", "by": "order"},
    {"name": "owner", "type": "user", "label": "Owner", "default": "me"},
    {"name": "team", "type": "team", "label": "Team"}],
  "states": {"field": "stage", "initial": "open",
    "values": [
      {"name": "open", "label": "Open", "chance": 10},
      {"name": "offered", "label": "Offered", "chance": 50},
      {"name": "won", "label": "Won", "chance": 100, "final": true},
      {"name": "lost", "label": "Lost", "chance": 0, "final": true},
      {"name": "voided", "label": "Voided", "chance": 0, "final": true}],
    "transitions": [
      {"action": "offer", "label": "Offer", "from": ["open"], "to": "offered"},
      {"action": "win", "label": "Win", "from": ["offered"], "to": "won", "requires": ["customer"], "ask": ["due"],
       "set": {"closed": "today()", "chance": "state.chance"}},
      {"action": "lose", "label": "Lose", "from": ["open", "offered"], "to": "lost"},
      {"action": "approve", "label": "Approve", "from": ["lost"], "to": "open", "when": "due != null", "roles": ["viewer"]},
      {"action": "void", "label": "Void", "from": ["open"], "to": "voided", "roles": ["manager"]}]},
  "access": {
    "sales": {"read": "team", "write": "own", "create": true},
    "manager": {"read": "all", "write": "all", "create": true, "delete": true, "assign": true},
    "viewer": {"read": "all"}}})json";
constexpr char lineJson[] = R"json({
  "entity": "line", "label": "Line", "plural": "Lines", "title": "item", "parent": "order",
  "fields": [
    {"name": "order", "type": "link", "label": "Order", "to": "shop.order", "required": true},
    {"name": "item", "type": "text", "label": "Item", "required": true},
    {"name": "quantity", "type": "decimal", "label": "Quantity", "scale": 2, "default": "1"},
    {"name": "price", "type": "money", "label": "Price"},
    {"name": "serial", "type": "text", "label": "Serial number"},
    {"name": "net", "type": "money", "label": "Net", "formula": "quantity * price"}],
  "claims": [{"claim": "serial", "of": ["serial"]}],
  "access": {}})json";
constexpr char entryJson[] = R"json({
  "entity": "entry", "label": "Entry", "plural": "Entries", "title": "text", "append_only": true,
  "fields": [
    {"name": "text", "type": "text", "label": "Text"},
    {"name": "customer", "type": "link", "label": "Customer", "to": "shop.customer"}],
  "access": {"*": {"read": "all", "write": "own", "create": true}}})json";
constexpr char roomJson[] = R"json({
  "entity": "room", "label": "Room", "plural": "Rooms", "title": "name",
  "fields": [
    {"name": "name", "type": "text", "label": "Name"},
    {"name": "cleaning", "type": "integer", "label": "Minutes of cleaning"},
    {"name": "seats", "type": "integer", "label": "Seats"}],
  "access": {"*": {"read": "all", "write": "all", "create": true, "delete": true}}})json";
// One claim of each kind, and one of whole days.
constexpr char bookingJson[] = R"json({
  "entity": "booking", "label": "Booking", "plural": "Bookings", "title": "title",
  "fields": [
    {"name": "title", "type": "text", "label": "Title"},
    {"name": "code", "type": "text", "label": "Code"},
    {"name": "room", "type": "link", "label": "Room", "to": "shop.room"},
    {"name": "starts_at", "type": "datetime", "label": "From"},
    {"name": "ends_at", "type": "datetime", "label": "To"},
    {"name": "car", "type": "text", "label": "Car"},
    {"name": "first_day", "type": "date", "label": "First day"},
    {"name": "last_day", "type": "date", "label": "Last day"},
    {"name": "course", "type": "link", "label": "Course", "to": "shop.room"},
    {"name": "people", "type": "integer", "label": "People"},
    {"name": "cancelled", "type": "bool", "label": "Cancelled", "default": "false"}],
  "claims": [
    {"claim": "code", "of": ["code"], "where": "not cancelled"},
    {"claim": "room", "of": ["room"], "from": "starts_at", "to": "ends_at", "gap": "coalesce(room.cleaning, 0)",
     "where": "not cancelled"},
    {"claim": "car", "of": ["car"], "from": "first_day", "to": "last_day"},
    {"claim": "seats", "of": ["course"], "limit": "course.seats", "amount": "people", "where": "not cancelled"}],
  "access": {"*": {"read": "all", "write": "all", "create": true, "delete": true}}})json";

} // namespace

CatalogPtr catalog()
{
    static const CatalogPtr built = [] {
        DepartmentFiles foundation;
        foundation.origin = u"foundation"_s;
        foundation.module = foundationModule;
        foundation.entities = {{u"entities/user.json"_s, userJson}, {u"entities/team.json"_s, teamJson}};
        DepartmentFiles files;
        files.origin = u"shop"_s;
        files.module = shopModule;
        files.entities = {{u"entities/customer.json"_s, customerJson}, {u"entities/order.json"_s, orderJson},
                          {u"entities/line.json"_s, lineJson},         {u"entities/entry.json"_s, entryJson},
                          {u"entities/room.json"_s, roomJson},         {u"entities/booking.json"_s, bookingJson}};
        CatalogBuilder builder;
        builder.add(std::move(foundation));
        builder.add(std::move(files));
        CatalogPtr made = builder.build();
        for (const CatalogFault &fault : builder.faults())
            qWarning("%s", qPrintable(fault.toString()));
        return made;
    }();
    return built;
}

Actor actor(const QStringList &roles, const Id &user, QList<Id> teams)
{
    Actor made;
    made.user = user;
    made.roles = roles;
    made.team = teams.isEmpty() ? Id() : teams.front();
    made.teams = std::move(teams);
    made.device = Id::fromName(u"device");
    return made;
}

Shop::Shop(bool standalone, const QByteArray &vfs)
{
    Database::Options options;
    options.vfs = vfs;
    auto opened = Database::open(folder.filePath(u"shop.sqlite"_s), options);
    REQUIRE_RESULT(opened);
    database = std::move(*opened);
    RecordStore::Environment environment;
    environment.clock = &clock;
    environment.entropy = &entropy;
    environment.contributions = &contributions;
    environment.utcOffsetSeconds = [] { return 8 * 3600; };
    store = std::make_unique<RecordStore>(*database, catalog(), environment);
    REQUIRE_RESULT(store->prepare());
    if (standalone)
        REQUIRE_RESULT(store->setState("mode", "standalone"));
    REQUIRE_RESULT(store->setState("device_no", "7"));
    as({u"admin"_s});
}

void Shop::as(const QStringList &roles, const Id &user, QList<Id> teams)
{
    REQUIRE_RESULT(store->setActor(actor(roles, user, std::move(teams))));
}

const Entity &Shop::entity(const char *name) const
{
    const Entity *found = store->catalog().entity(QString::fromLatin1(name));
    REQUIRE(found != nullptr);
    return *found;
}

Record Shop::find(const char *entityName, const Id &id, bool withDeleted)
{
    auto found = store->find(entity(entityName), id, withDeleted);
    REQUIRE_RESULT(found);
    REQUIRE(found->has_value());
    return **found;
}

Id Shop::create(const char *entityName, Draft::Values values)
{
    Draft draft = store->draft();
    const Id id = draft.create(QString::fromLatin1(entityName), std::move(values));
    REQUIRE_RESULT(store->apply(std::move(draft)));
    return id;
}

Result<Receipt> Shop::update(const char *entityName, const Id &id, Draft::Values values)
{
    Draft draft = store->draft();
    draft.update(QString::fromLatin1(entityName), id, std::move(values));
    return store->apply(std::move(draft));
}

Result<Receipt> Shop::act(const char *entityName, const Id &id, const QString &action, Draft::Values parameters)
{
    Draft draft = store->draft();
    draft.act(QString::fromLatin1(entityName), id, action, std::move(parameters));
    return store->apply(std::move(draft));
}

Result<Receipt> Shop::remove(const char *entityName, const Id &id)
{
    Draft draft = store->draft();
    draft.remove(QString::fromLatin1(entityName), id);
    return store->apply(std::move(draft));
}

Result<Receipt> Shop::restore(const char *entityName, const Id &id)
{
    Draft draft = store->draft();
    draft.restore(QString::fromLatin1(entityName), id);
    return store->apply(std::move(draft));
}

qint64 Shop::number(const QByteArray &sql)
{
    auto statement = database->prepare(sql);
    REQUIRE_RESULT(statement);
    const auto row = statement->step();
    REQUIRE_RESULT(row);
    return *row ? statement->integer(0) : -1;
}

QString Shop::dump(const QByteArray &sql)
{
    auto statement = database->prepare(sql);
    REQUIRE_RESULT(statement);
    QStringList lines;
    for (;;) {
        const auto row = statement->step();
        REQUIRE_RESULT(row);
        if (!*row)
            return lines.join(u'\n');
        QStringList cells;
        for (int column = 0; column < statement->columns(); ++column)
            cells << statement->value(column).toDebugString();
        lines << cells.join(u'|');
    }
}

QString Shop::content()
{
    QString all;
    for (const Entity *of : store->catalog().entities()) {
        QByteArrayList columns{"id", "_state & 2"};
        for (const Field &field : of->fields) {
            if (field.hasColumn() && !field.system)
                columns << '"' + field.name.toUtf8() + '"';
        }
        all += of->fullName + u'\n' +
               dump("SELECT " + columns.join(", ") + " FROM " + of->table.toUtf8() + " ORDER BY id") + u'\n';
    }
    return all + dump("SELECT * FROM _member ORDER BY 1, 2, 3, 4");
}

} // namespace tz::shop
