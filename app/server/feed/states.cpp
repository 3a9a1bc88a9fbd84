// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "server/feed/states.h"

namespace tz::server {

namespace {
qint64 sizeOf(const Value &value)
{
    if (value.isText())
        return value.toText().size() * 3 + 4;
    if (value.isList())
        return qint64(value.toList().size()) * 24;
    if (value.isBytes())
        return value.toBytes().size() + 4;
    return 17;
}
} // namespace

std::optional<States::Table> States::table(const Entity &entity) const
{
    const auto fields = m_scope.fields.constFind(&entity);
    if (fields == m_scope.fields.constEnd())
        return std::nullopt;
    Table table;
    table.entity = &entity;
    table.number = m_connection.model->numbers.entity(entity);
    table.rows.entity = entity.fullName;
    for (const int index : *fields)
        table.rows.fields << entity.fieldAt(index).name;
    return table;
}

QByteArray States::selectFor(const Table &table) const
{
    QByteArray sql = "SELECT t.id, t._rev, t._deleted_rev";
    for (const QString &name : table.rows.fields) {
        if (table.entity->field(name)->isSet())
            sql += ", NULL";
        else
            sql += ", t.\"" + name.toUtf8() + '"';
    }
    return sql + " FROM \"" + table.entity->table.toUtf8() + "\" t";
}

Result<> States::addRange(Table &table, qint64 after, qint64 upto)
{
    TZ_ASSIGN(Statement select, m_connection.db().prepare(selectFor(table) + " WHERE t._rev > ?1 AND t._rev <= ?2"));
    select.bind(1, after).bind(2, upto);
    for (;;) {
        TZ_ASSIGN(const bool row, select.step());
        if (!row)
            return {};
        bool visible = true;
        TZ_TRY(take(table, select, true, visible));
    }
}

Result<bool> States::add(Table &table, const Id &id)
{
    TZ_ASSIGN(Statement select, m_connection.db().prepare(selectFor(table) + " WHERE t.id = ?1"));
    select.bind(1, id);
    TZ_ASSIGN(const bool row, select.step());
    if (!row)
        return false;
    bool visible = false;
    TZ_TRY(take(table, select, m_scope.hasAllKey(table.number), visible));
    return visible;
}

Result<> States::take(Table &table, Statement &select, bool allVisible, bool &visible)
{
    wire::Row row;
    row.id = select.id(0);
    row.rev = select.integer(1);
    std::vector<qint64> keys;
    if (!allVisible) {
        TZ_ASSIGN(keys, keysOfRecord(m_connection.db(), table.number, row.id));
    }
    row.keys = m_scope.grantingPositions(table.number, keys);
    visible = !row.keys.empty();
    if (!visible)
        return {};
    if (select.integer(2) != 0) {
        table.gone.push_back(row.id);
        return {};
    }
    row.values.reserve(size_t(table.rows.fields.size()));
    const QList<int> &fields = *m_scope.fields.constFind(table.entity);
    for (qsizetype i = 0; i < fields.size(); ++i) {
        if (table.entity->fieldAt(fields.at(i)).isSet()) {
            TZ_ASSIGN(Value set, members(table, row.id, fields.at(i)));
            row.values.push_back(std::move(set));
        } else {
            row.values.push_back(select.value(3 + int(i)));
        }
        table.bytes += sizeOf(row.values.back());
    }
    table.bytes += 40;
    table.rows.rows.push_back(std::move(row));
    return {};
}

Result<Value> States::members(const Table &table, const Id &id, int field)
{
    TZ_ASSIGN(Statement select,
              m_connection.db().prepare("SELECT value FROM _member WHERE entity = ?1 AND owner = ?2 AND field = ?3"));
    select.bind(1, table.number).bind(2, id).bind(3, m_connection.model->numbers.field(*table.entity, field));
    ValueList members;
    for (;;) {
        TZ_ASSIGN(const bool row, select.step());
        if (!row)
            break;
        members.push_back(select.value(0));
    }
    return members.empty() ? Value() : Value::fromSet(std::move(members));
}

} // namespace tz::server
