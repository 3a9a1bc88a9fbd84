// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/catalog/catalog.h"
#include "core/store/recordreader.h"
#include "core/store/rowwriter.h"
#include "tests/support/catch.h"

#include <QTemporaryDir>

namespace tz::test {

/// The value or a failed test.
template <class T>
T must(Result<T> result)
{
    if (!result)
        FAIL(result.error().toString().toStdString());
    return std::move(*result);
}
inline void must(Result<> result)
{
    if (!result)
        FAIL(result.error().toString().toStdString());
}

/// One department "shop" of the entities given as JSON objects; fails the test on any fault.
CatalogPtr catalogOf(const QList<QByteArray> &entities);

/// Customers with groups, contacts and tags; orders with states and lines.
CatalogPtr shopCatalog();

inline Value text(const char *utf8)
{
    return Value(QString::fromUtf8(utf8));
}

/// A migrated database in a temporary folder with writer, index and reader.
class Store {
public:
    explicit Store(CatalogPtr with = shopCatalog(), SchemaKind kind = SchemaKind::Replica);

    QString path() const { return folder.filePath(QStringLiteral("store.sqlite")); }
    const Entity &entity(const char *name) const;
    /// Writes and indexes a record of "shop.<name>"; money and the like in their stored form.
    Id put(const char *name, std::vector<std::pair<const char *, Value>> values, Id id = {});
    /// Puts the record into the recycle bin.
    void remove(const char *name, const Id &id);
    Rows select(const Query &query) const { return must(reader->select(query)); }
    /// Texts of the first column, separated by blanks.
    QString texts(const Query &query) const;

    QTemporaryDir folder;
    CatalogPtr catalog;
    SchemaKind kind;
    std::unique_ptr<Database> database;
    std::optional<CatalogNumbers> numbers;
    std::unique_ptr<RowWriter> writer;
    std::unique_ptr<SearchWriter> search;
    std::unique_ptr<RecordReader> reader;

private:
    qint64 m_nextId = 0;
};

Query query(const char *entity, QStringList fields, const char *filter = "", QList<SortKey> sort = {});
inline SortKey up(const char *path)
{
    return {QString::fromLatin1(path), false};
}
inline SortKey down(const char *path)
{
    return {QString::fromLatin1(path), true};
}

} // namespace tz::test
