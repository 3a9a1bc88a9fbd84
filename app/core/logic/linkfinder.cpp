// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/logic/linkfinder.h"

#include "core/catalog/catalog.h"
#include "core/logic/valueparser.h"

namespace tz {

namespace {

QString keyText(const Value &value)
{
    if (value.isText())
        return valueparser::folded(std::get<QString>(value.data()));
    return value.toDebugString();
}

} // namespace

void LinkFinder::note(Names &names, const QString &text, const Id &id)
{
    const auto known = names.find(text);
    if (known == names.end())
        names.insert(text, Entry{id});
    else
        known->several = known->several || known->id != id;
}

Result<LinkFinder::Index *> LinkFinder::index(const Entity &to, const QString &byField)
{
    const std::pair<const Entity *, QString> key(&to, byField);
    if (const auto known = m_indexes.find(key); known != m_indexes.end())
        return &known->second;
    QStringList fields;
    if (!byField.isEmpty()) {
        fields << byField;
    } else {
        for (const QStringList &names : to.keys) {
            if (names.size() == 1 && !fields.contains(names.front()))
                fields << names.front();
        }
        if (!to.title.isEmpty() && !fields.contains(to.title))
            fields << to.title;
    }
    fields.removeIf([&](const QString &name) {
        const Field *field = to.field(name);
        return !field || !field->isText();
    });
    Index made;
    made.ranks.resize(size_t(fields.size()));
    if (!fields.isEmpty()) {
        Query query;
        query.entity = to.fullName;
        query.fields = QStringList{QStringLiteral("id")} + fields;
        TZ_ASSIGN(const Rows rows, m_reader.select(query));
        for (const auto &row : rows.rows) {
            for (size_t rank = 0; rank < made.ranks.size(); ++rank) {
                const QString text = valueparser::folded(row[rank + 1].toText());
                if (text.isEmpty())
                    continue;
                note(made.ranks[rank], text, row.front().toId());
            }
        }
    }
    return &m_indexes.emplace(key, std::move(made)).first->second;
}

Result<Id> LinkFinder::find(const Entity &to, const QString &byField, const QString &text)
{
    if (byField.isEmpty()) {
        if (const auto id = Id::fromString(text)) {
            TZ_ASSIGN(const auto found, m_reader.find(to, *id));
            if (found)
                return *id;
        }
    }
    TZ_ASSIGN(Index * names, index(to, byField));
    const QString folded = valueparser::folded(text);
    const QVariantMap params{{QStringLiteral("value"), text.left(100)}, {QStringLiteral("to"), to.fullName}};
    for (const Names &rank : names->ranks) {
        const auto found = rank.constFind(folded);
        if (found == rank.constEnd())
            continue;
        if (found->several)
            return fail("import.link_ambiguous", params);
        return found->id;
    }
    if (const auto found = names->added.constFind(folded); found != names->added.constEnd()) {
        if (found->several)
            return fail("import.link_ambiguous", params);
        return found->id;
    }
    return fail("import.link_missing", params);
}

void LinkFinder::add(const Entity &to, const QString &text, const Id &id)
{
    // An index that is read later finds the record by itself.
    const auto known = m_indexes.find({&to, QString()});
    if (known == m_indexes.end())
        return;
    const QString folded = valueparser::folded(text);
    if (folded.isEmpty())
        return;
    note(known->second.added, folded, id);
}

void LinkFinder::forget(const Entity &entity)
{
    std::erase_if(m_indexes, [&](const auto &item) { return item.first.first == &entity; });
}

std::pair<int, QString> RecordFinder::keyOf(const std::vector<std::pair<QString, Value>> &values) const
{
    for (int at = 0; at < m_keys.size(); ++at) {
        QStringList parts;
        for (const QString &name : m_keys[at]) {
            const auto found = std::ranges::find(values, name, &std::pair<QString, Value>::first);
            if (found == values.end() || found->second.isNull())
                break;
            parts << keyText(found->second);
        }
        if (parts.size() == m_keys[at].size() && !parts.isEmpty())
            return {at, parts.join(QChar(0x1F))};
    }
    return {-1, {}};
}

QStringList RecordFinder::keyFields(const std::vector<std::pair<QString, Value>> &values) const
{
    const int at = keyOf(values).first;
    return at < 0 ? QStringList() : m_keys[at];
}

Result<> RecordFinder::load()
{
    if (std::exchange(m_loaded, true))
        return {};
    m_ids.resize(size_t(m_keys.size()));
    for (int at = 0; at < m_keys.size(); ++at) {
        Query query;
        query.entity = m_entity.fullName;
        query.fields = QStringList{QStringLiteral("id")} + m_keys[at];
        TZ_ASSIGN(const Rows rows, m_reader.select(query));
        for (const auto &row : rows.rows) {
            QStringList parts;
            for (size_t part = 1; part < row.size() && !row[part].isNull(); ++part)
                parts << keyText(row[part]);
            const QString text = parts.join(QChar(0x1F));
            if (parts.size() == m_keys[at].size() && !m_ids[size_t(at)].contains(text))
                m_ids[size_t(at)].insert(text, row.front().toId());
        }
    }
    return {};
}

Result<Id> RecordFinder::find(const std::vector<std::pair<QString, Value>> &values)
{
    const auto [at, text] = keyOf(values);
    if (at < 0)
        return Id();
    TZ_TRY(load());
    return m_ids[size_t(at)].value(text);
}

void RecordFinder::add(const std::vector<std::pair<QString, Value>> &values, const Id &id)
{
    if (const auto [at, text] = keyOf(values); at >= 0 && m_loaded && !m_ids[size_t(at)].contains(text))
        m_ids[size_t(at)].insert(text, id);
}

void RecordFinder::remove(const std::vector<std::pair<QString, Value>> &values)
{
    if (const auto [at, text] = keyOf(values); at >= 0 && m_loaded)
        m_ids[size_t(at)].remove(text);
}

} // namespace tz
