// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/store/reader.h"

#include <map>

namespace tz {

/// Finds records by what people call them: keys of the entity in their order, title, id. Reads every target entity once
/// and remembers; what is created afterwards is to be added. Texts are compared folded (valueparser::folded).
class LinkFinder {
public:
    explicit LinkFinder(const Reader &reader)
        : m_reader(reader)
    {
    }

    /// `byField` names the one field to compare; empty: keys and title.
    /// Errors: import.link_missing {value, to}, import.link_ambiguous {value, to}.
    Result<Id> find(const Entity &to, const QString &byField, const QString &text);
    void add(const Entity &to, const QString &text, const Id &id);
    void forget(const Entity &entity);

private:
    struct Entry {
        Id id;
        bool several = false;
    };
    using Names = QHash<QString, Entry>;
    struct Index {
        /// By rank: a hit in an earlier one decides.
        std::vector<Names> ranks;
        Names added;
    };
    static void note(Names &names, const QString &text, const Id &id);
    Result<Index *> index(const Entity &to, const QString &byField);

    const Reader &m_reader;
    std::map<std::pair<const Entity *, QString>, Index> m_indexes;
};

/// Finds the records that a file's rows are about, by the first key that a row fills wholly.
class RecordFinder {
public:
    RecordFinder(const Reader &reader, const Entity &entity, QList<QStringList> keys)
        : m_reader(reader)
        , m_entity(entity)
        , m_keys(std::move(keys))
    {
    }
    /// Null: not here, or no key is filled.
    Result<Id> find(const std::vector<std::pair<QString, Value>> &values);
    /// Fields of the key that find() goes by.
    QStringList keyFields(const std::vector<std::pair<QString, Value>> &values) const;
    void add(const std::vector<std::pair<QString, Value>> &values, const Id &id);
    void remove(const std::vector<std::pair<QString, Value>> &values);

private:
    Result<> load();
    /// Position of the first key filled and its text; -1: none.
    std::pair<int, QString> keyOf(const std::vector<std::pair<QString, Value>> &values) const;

    const Reader &m_reader;
    const Entity &m_entity;
    QList<QStringList> m_keys;
    std::vector<QHash<QString, Id>> m_ids;
    bool m_loaded = false;
};

} // namespace tz
