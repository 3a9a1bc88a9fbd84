// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "server/feed/states.h"

namespace tz::server {

namespace {
/// Records of one question.
constexpr size_t idsAtOnce = 64;

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
    for (const int index : *fields) {
        if (entity.fieldAt(index).isSet())
            table.sets.emplace(m_connection.model->numbers.field(entity, index), size_t(table.rows.fields.size()));
        table.rows.fields << entity.fieldAt(index).name;
    }
    return table;
}

QByteArray States::selectFor(const Table &table)
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
    TZ_ASSIGN(std::vector<Found> found, read(table, select.bind(1, after).bind(2, upto)));
    if (!table.sets.empty() && !found.empty()) {
        TZ_ASSIGN(Statement members,
                  m_connection.db().prepare("SELECT m.owner, m.field, m.value FROM \"" + table.entity->table.toUtf8() +
                                            "\" t JOIN _member m ON m.entity = ?3 AND m.owner = t.id "
                                            "WHERE t._rev > ?1 AND t._rev <= ?2"));
        TZ_TRY(readSets(table, found, members.bind(1, after).bind(2, upto).bind(3, table.number)));
    }
    for (Found &one : found)
        take(table, std::move(one));
    return {};
}

Result<bool> States::add(Table &table, const Id &id)
{
    TZ_ASSIGN(const std::vector<Id> others, add(table, std::span(&id, 1)));
    return others.empty();
}

Result<std::vector<Id>> States::add(Table &table, std::span<const Id> ids)
{
    // With PostgreSQL every question is a way there and back, which takes longer than the answer.
    std::vector<Id> others;
    while (!ids.empty()) {
        const auto some = ids.first(std::min(ids.size(), idsAtOnce));
        TZ_TRY(addSome(table, some, some.size() == 1 ? 1 : idsAtOnce, others));
        ids = ids.subspan(some.size());
    }
    return others;
}

Result<> States::addSome(Table &table, std::span<const Id> ids, size_t places, std::vector<Id> &others)
{
    // The same text whatever their number: the places that are left over hold the last id.
    QByteArray list;
    for (size_t place = 1; place <= places; ++place)
        list += (list.isEmpty() ? "?" : ", ?") + QByteArray::number(qulonglong(place));
    const auto bindIds = [&](Statement &statement) -> Statement & {
        for (size_t place = 0; place < places; ++place)
            statement.bind(int(place) + 1, ids[std::min(place, ids.size() - 1)]);
        return statement;
    };
    const int next = int(places) + 1;
    TZ_ASSIGN(Statement select, m_connection.db().prepare(selectFor(table) + " WHERE t.id IN (" + list + ')'));
    TZ_ASSIGN(std::vector<Found> found, read(table, bindIds(select)));
    if (!found.empty() && !m_scope.hasAllKey(table.number)) {
        TZ_ASSIGN(Statement keys,
                  m_connection.db().prepare("SELECT id, key FROM audience WHERE id IN (" + list + ") AND key >= ?" +
                                            QByteArray::number(next) + " AND key < ?" + QByteArray::number(next + 1)));
        bindIds(keys)
            .bind(next, audience::key(table.number, audience::Kind::All, 0))
            .bind(next + 1, audience::key(table.number + 1, audience::Kind::All, 0));
        TZ_TRY(readKeys(found, keys));
    }
    if (!found.empty() && !table.sets.empty()) {
        TZ_ASSIGN(Statement members,
                  m_connection.db().prepare("SELECT owner, field, value FROM _member WHERE entity = ?" +
                                            QByteArray::number(next) + " AND owner IN (" + list + ')'));
        TZ_TRY(readSets(table, found, bindIds(members).bind(next, table.number)));
    }
    const Places at = placesOf(found);
    for (const Id &id : ids) {
        const auto place = at.find(id);
        if (place == at.end() || !take(table, std::move(found[place->second])))
            others.push_back(id);
    }
    return {};
}

States::Places States::placesOf(const std::vector<Found> &found)
{
    Places places;
    places.reserve(found.size());
    for (size_t i = 0; i < found.size(); ++i)
        places.emplace(found[i].row.id, i);
    return places;
}

Result<std::vector<States::Found>> States::read(const Table &table, Statement &select)
{
    std::vector<Found> all;
    for (;;) {
        TZ_ASSIGN(const bool row, select.step());
        if (!row)
            return all;
        Found &found = all.emplace_back();
        found.row.id = select.id(0);
        found.row.rev = select.integer(1);
        found.isDeleted = select.integer(2) != 0;
        if (found.isDeleted)
            continue;
        const qsizetype fields = table.rows.fields.size();
        found.row.values.reserve(size_t(fields));
        for (qsizetype i = 0; i < fields; ++i)
            found.row.values.push_back(select.value(3 + int(i)));
    }
}

Result<> States::readKeys(std::vector<Found> &found, Statement &keys)
{
    const Places at = placesOf(found);
    for (;;) {
        TZ_ASSIGN(const bool row, keys.step());
        if (!row)
            break;
        if (const auto place = at.find(keys.id(0)); place != at.end())
            found[place->second].keys.push_back(keys.integer(1));
    }
    for (Found &one : found)
        std::ranges::sort(one.keys);
    return {};
}

Result<> States::readSets(const Table &table, std::vector<Found> &found, Statement &members)
{
    const Places at = placesOf(found);
    std::map<std::pair<size_t, size_t>, ValueList> sets;
    for (;;) {
        TZ_ASSIGN(const bool row, members.step());
        if (!row)
            break;
        const auto place = at.find(members.id(0));
        const auto column = table.sets.find(int(members.integer(1)));
        if (place != at.end() && column != table.sets.end() && !found[place->second].isDeleted)
            sets[{place->second, column->second}].push_back(members.value(2));
    }
    for (auto &[place, set] : sets)
        found[place.first].row.values[place.second] = Value::fromSet(std::move(set));
    return {};
}

bool States::take(Table &table, Found &&found) const
{
    found.row.keys = m_scope.grantingPositions(table.number, found.keys);
    if (found.row.keys.empty())
        return false;
    if (found.isDeleted) {
        table.gone.push_back(found.row.id);
        return true;
    }
    for (const Value &value : found.row.values)
        table.bytes += sizeOf(value);
    table.bytes += 40;
    table.rows.rows.push_back(std::move(found.row));
    return true;
}

} // namespace tz::server
