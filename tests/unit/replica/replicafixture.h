// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/store/replicastate.h"
#include "tests/support/catch.h"

#include <QTemporaryDir>

namespace tz::test {

template <class T>
T need(Result<T> result)
{
    if (!result)
        FAIL(result.error().toString().toStdString());
    return std::move(*result);
}
inline void need(Result<> result)
{
    if (!result)
        FAIL(result.error().toString().toStdString());
}

/// A prepared replica of a small company: shop.order with shop.line below it, shop.invoice with numbers, and
/// foundation.conflict.
class Replica {
public:
    explicit Replica(quint64 seed = 7);
    ~Replica();

    static CatalogPtr makeCatalog(const QList<std::pair<QString, QJsonObject>> &customFields = {});
    const Entity &order() const { return *store->catalog().entity(u"shop.order"); }
    const Entity &line() const { return *store->catalog().entity(u"shop.line"); }
    const Entity &conflict() const { return *store->catalog().entity(u"foundation.conflict"); }

    Id createOrder(const QString &name);
    void updateOrder(const Id &id, const QString &field, Value value);
    /// The order, deleted or not.
    std::optional<Record> find(const Entity &entity, const Id &id) const;
    QString name(const Id &id) const;
    /// The number of rows that this SQL counts.
    qint64 count(const char *sql) const;
    /// Every row of every table as text, in a fixed order; search tables are left out.
    QString everything() const;
    int state(const Entity &entity, const Id &id) const;

    /// What a server would say.
    static wire::TableRows orders(std::vector<wire::Row> rows);
    static wire::Row orderRow(const Id &id, qint64 rev, const QString &name, qint64 amount = 0,
                              std::vector<qint64> keys = {0});
    static wire::TableRows lines(std::vector<wire::Row> rows);
    static wire::Row lineRow(const Id &id, qint64 rev, const Id &order, qint64 price, std::vector<qint64> keys = {0});
    static wire::Page page(qint64 rev, std::vector<wire::TableRows> tables = {});
    wire::PushAnswer answerTo(const Batch &batch, wire::BatchStatus status, qint64 rev,
                              std::vector<wire::TableRows> states = {}, std::vector<wire::Reason> reasons = {}) const;
    void receive(const wire::Page &page)
    {
        wire::PageReader reader(wire::encode(page));
        need(replica->receive(reader));
    }
    void receive(const wire::PushAnswer &answer) { need(replica->receive(answer)); }
    void scope(std::vector<qint64> keys, qint64 version = 1);

    QTemporaryDir folder;
    ManualClock clock;
    SeededEntropy entropy;
    Contributions contributions;
    CatalogPtr catalog;
    std::unique_ptr<Database> database;
    std::unique_ptr<RecordStore> store;
    std::unique_ptr<ReplicaState> replica;
    Id me;
};

} // namespace tz::test
