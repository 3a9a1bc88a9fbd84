// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/catalog/visibility.h"
#include "tests/unit/core/store/storefixture.h"

using namespace tz;
using namespace tz::test;

namespace {

constexpr qint64 yuan = 10'000;

class Eyes final : public Visibility {
public:
    QSet<QString> closed;
    QSet<QString> hidden;
    QHash<QString, QSet<Id>> unseen;

    bool sees(const Entity &entity) const override { return !closed.contains(entity.name); }
    bool sees(const Entity &entity, const Field &field) const override
    {
        return sees(entity) && !hidden.contains(entity.name + u'.' + field.name);
    }
    QString condition(const Entity &entity, const QString &alias) const override
    {
        if (!sees(entity))
            return QStringLiteral("FALSE");
        QStringList ids;
        for (const Id &id : unseen.value(entity.name))
            ids << QStringLiteral("x'") + QString::fromLatin1(id.toBytes().toHex()) + u'\'';
        return ids.isEmpty() ? QString() : alias + QStringLiteral(".id NOT IN (") + ids.join(u',') + u')';
    }
};

/// A customer and the group that it belongs to, with two orders; eyes that see all of it at first.
struct Watched : Store {
    Id group, customer, large, small, line;
    Eyes eyes;
    explicit Watched(SchemaKind schema)
        : Store(shopCatalog(), schema)
    {
        group = put("customer", {{"name", text("Marker Group")}, {"city", text("Secretville")}});
        customer = put("customer", {{"name", text("Open Company")}, {"revenue", 900 * yuan}, {"group", group}});
        large = order("O-1", 500);
        small = order("O-2", 30);
        Transaction transaction = must(Transaction::begin(*database));
        must(writer->refreshRollups(entity("customer"), std::span(&customer, 1)));
        must(transaction.commit());
        reader->setVisibility(&eyes);
    }
    Id order(const char *number, qint64 price)
    {
        const Id id = put("order", {{"number", text(number)}, {"customer", customer}, {"stage", text("won")}});
        line = put("line", {{"order", id}, {"product", text("pump")}, {"quantity", 100}, {"price", price * yuan}});
        Transaction transaction = must(Transaction::begin(*database));
        must(writer->refreshRollups(entity("order"), std::span(&id, 1)));
        must(transaction.commit());
        return id;
    }
    QString names(const char *filter, QList<SortKey> sort = {}) const
    {
        return texts(query("shop.customer", {QStringLiteral("name")}, filter, std::move(sort)));
    }
    Value value(const char *path) const
    {
        return select(query("shop.customer", {QString::fromLatin1(path)}, "name == 'Open Company'")).rows.at(0).at(0);
    }
    /// What is said about the query: the error in full, or nothing.
    QString complaint(const Query &query) const
    {
        const auto rows = reader->select(query);
        return rows ? QString() : rows.error().toString();
    }
};

} // namespace

TEST_CASE("rows that are not seen are not there, in whatever way one asks", "[query][visibility]")
{
    for (const SchemaKind kind : {SchemaKind::Replica, SchemaKind::Server}) {
        Watched store(kind);
        CHECK(store.names("", {up("name")}) == QLatin1String("Marker Group Open Company"));
        CHECK(store.value("group.city") == text("Secretville"));
        store.eyes.unseen[QStringLiteral("customer")].insert(store.group);
        CHECK(store.names("") == QLatin1String("Open Company"));
        CHECK(store.names("city == 'Secretville'").isEmpty());
        Query count;
        count.entity = QStringLiteral("shop.customer");
        count.aggregates = {{Aggregate::Kind::Count, {}}};
        CHECK(store.select(count).rows.at(0).at(0) == Value(1));
        // Nor at the other end of a link: the link itself belongs to the record.
        CHECK(store.value("group") == Value(store.group));
        CHECK(store.value("group.city").isNull());
        CHECK(store.value("group._title").isNull());
        CHECK(store.names("group.city == 'Secretville'").isEmpty());
        CHECK(store.names("empty(group.city)") == QLatin1String("Open Company"));
        // A title in the dark does not order what refers to it.
        const Id other = store.put("customer", {{"name", text("Zoo")}});
        (void)store.put("customer", {{"name", text("Another")}, {"group", other}});
        CHECK(store.names("group != null", {up("group")}) == QLatin1String("Open Company Another"));
        CHECK(store.names("group != null", {down("group")}) == QLatin1String("Another Open Company"));
    }
}

TEST_CASE("sums and counts are of what is seen", "[query][visibility]")
{
    for (const SchemaKind kind : {SchemaKind::Replica, SchemaKind::Server}) {
        Watched store(kind);
        CHECK(store.value("order_count") == Value(2));
        CHECK(store.value("order_total") == Value(530 * yuan));
        store.eyes.unseen[QStringLiteral("order")].insert(store.large);
        CHECK(store.value("order_count") == Value(1));
        CHECK(store.value("order_total") == Value(30 * yuan));
        CHECK(store.value("half_total") == Value(15 * yuan));
        CHECK(store.names("order_total > 100").isEmpty());
        CHECK(store.names("half_total == 15") == QLatin1String("Open Company"));
        // Sums over sums: the line of the small order is in the dark, first alone, then with the large order.
        store.eyes.unseen = {{QStringLiteral("line"), {store.line}}};
        CHECK(store.value("order_total") == Value(500 * yuan));
        store.eyes.unseen[QStringLiteral("order")].insert(store.large);
        CHECK(store.value("order_count") == Value(1));
        CHECK(store.value("order_total") == Value(0));
        CHECK(store.names("", {up("order_total"), up("name")}) == QLatin1String("Marker Group Open Company"));
        store.reader->setVisibility(nullptr);
        CHECK(store.value("order_total") == Value(530 * yuan));
    }
}

TEST_CASE("what may not be named is answered like what does not exist", "[query][visibility]")
{
    Watched store(SchemaKind::Server);
    store.eyes.hidden = {QStringLiteral("customer.revenue")};
    const auto ask = [](QStringList fields, const char *filter, QList<SortKey> sort = {}) {
        return query("shop.customer", std::move(fields), filter, std::move(sort));
    };
    const QStringList name{QStringLiteral("name")};
    const auto same = [&](const Query &hidden, const Query &unknown) {
        const QString about = store.complaint(hidden);
        CHECK_FALSE(about.isEmpty());
        CHECK(QString(about).replace(QLatin1String("revenue"), QLatin1String("revenux")) == store.complaint(unknown));
    };
    same(ask(name, "revenue > 5"), ask(name, "revenux > 5"));
    same(ask(name, "group.revenue > 5"), ask(name, "group.revenux > 5"));
    same(ask(name, "name == 'x' or count(tags) > 0 and revenue == null"),
         ask(name, "name == 'x' or count(tags) > 0 and revenux == null"));
    same(ask({QStringLiteral("revenue")}, ""), ask({QStringLiteral("revenux")}, ""));
    same(ask({QStringLiteral("group.revenue")}, ""), ask({QStringLiteral("group.revenux")}, ""));
    same(ask(name, "", {up("revenue")}), ask(name, "", {up("revenux")}));
    same(ask(name, "", {down("group.revenue")}), ask(name, "", {down("group.revenux")}));
    Query sum = ask(name, "");
    sum.aggregates = {{Aggregate::Kind::Sum, QStringLiteral("revenue")}};
    Query none = ask(name, "");
    none.aggregates = {{Aggregate::Kind::Sum, QStringLiteral("revenux")}};
    same(sum, none);
    // No suggestion leads to it.
    CHECK_FALSE(store.complaint(ask(name, "revenu > 5")).contains(QLatin1String("suggestion=revenue")));
    CHECK_FALSE(store.complaint(ask({QStringLiteral("revenu")}, "")).contains(QLatin1String("suggestion=revenue")));

    // A title that is hidden shows nowhere, and orders nothing.
    store.eyes.hidden = {QStringLiteral("customer.name")};
    CHECK(store.select(ask({QStringLiteral("_title")}, "")).rows.at(0).at(0).isNull());
    CHECK(store.select(query("shop.order", {QStringLiteral("customer._title")}, "")).rows.at(0).at(0).isNull());
    CHECK(store.complaint(query("shop.order", {QStringLiteral("number")}, "", {up("customer")})).isEmpty());

    // Neither way leads to records of a kind that is not seen at all.
    store.eyes.hidden.clear();
    store.eyes.closed = {QStringLiteral("customer")};
    CHECK_FALSE(store.complaint(query("shop.order", {QStringLiteral("customer.name")}, "")).isEmpty());
    CHECK_FALSE(store.complaint(query("shop.order", {QStringLiteral("customer._title")}, "")).isEmpty());
    CHECK_FALSE(store.complaint(query("shop.order", {QStringLiteral("number")}, "customer.name ~ 'a'")).isEmpty());
    CHECK(store.texts(query("shop.order", {QStringLiteral("number")}, "", {up("number")})) == QLatin1String("O-1 O-2"));
}
