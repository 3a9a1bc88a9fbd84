// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/catalog/catalog.h"
#include "core/store/database.h"
#include "core/store/reader.h"

#include <span>

namespace tz {

class Visibility;

struct SearchHit {
    const Entity *entity = nullptr;
    Id id;
    QString title;
};

/// Reads the records of one database file: local replica or the server's. Belongs to the Database's thread.
class TZ_CORE_EXPORT RecordReader : public Reader {
public:
    RecordReader(Database &database, CatalogPtr catalog);
    ~RecordReader() override;

    const Catalog &catalog() const override { return *m_catalog; }
    CatalogPtr catalogPtr() const { return m_catalog; }
    Result<std::optional<Record>> find(const Entity &entity, const Id &id, bool withDeleted = false) const override;
    Result<Rows> select(const Query &query) const override;
    /// The SQL of a query and its EXPLAIN QUERY PLAN, for tests.
    Result<QString> explain(const Query &query) const;
    /// Row ids in the query's order, for lists over any number of rows; 8 bytes a row.
    Result<std::vector<qint64>> rowIds(const Query &query) const;
    /// The rows with these row ids, in that order (a row that is gone gives an empty vector).
    Result<Rows> rowsAt(const QString &entity, const QStringList &fields, std::span<const qint64> rowIds) const;
    /// Whole records with these row ids, without sets.
    Result<qint64> rowIdOf(const Entity &entity, const Id &id) const;

    /// Full-text search as one types: Chinese from one character, pinyin in full and initials, Latin prefixes.
    /// At most `limit` hits; only `entity` when given. Words are and-ed.
    Result<std::vector<SearchHit>> search(const QString &text, int limit = 50, const QString &entity = {}) const;

    /// Who me, my_teams and today() are in filters.
    void setContext(const Id &me, const QList<Id> &teams, int utcOffsetSeconds, std::function<qint64()> nowMs);
    /// Through whose eyes select() looks from now on; null: everything is seen. Must outlive its use. find() finds
    /// everything; nothing else is to be asked meanwhile.
    void setVisibility(const Visibility *visibility);
    Database &database() const { return m_database; }

protected:
    /// Called before anything is read.
    virtual Result<> beforeReading() const { return {}; }

    Database &m_database;
    CatalogPtr m_catalog;
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace tz
