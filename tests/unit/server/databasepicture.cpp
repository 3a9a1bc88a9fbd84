// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "databasepicture.h"

#include "server/api/service.h"
#include "tests/support/catch.h"

#include <QCryptographicHash>

namespace tz::test {

namespace {

QStringList texts(Database &db, const char *sql)
{
    QStringList all;
    auto select = db.prepare(sql);
    REQUIRE_RESULT(select);
    for (;;) {
        const auto row = select->step();
        REQUIRE_RESULT(row);
        if (!*row)
            return all;
        all << select->text(0);
    }
}

DatabasePicture::Table contentOf(Database &db, const QString &table)
{
    auto select = db.prepare("SELECT * FROM \"" + table.toUtf8() + '"');
    REQUIRE_RESULT(select);
    // Without an order of its own; the rows are put into one here.
    std::vector<QByteArray> rows;
    for (;;) {
        const auto row = select->step();
        REQUIRE_RESULT(row);
        if (!*row)
            break;
        std::vector<FieldEdit> values;
        for (int i = 0; i < select->columns(); ++i)
            values.push_back({{}, select->value(i), {}});
        rows.push_back(wire::encode(values));
    }
    std::ranges::sort(rows);
    QCryptographicHash digest(QCryptographicHash::Sha256);
    for (const QByteArray &row : rows)
        digest.addData(row);
    return {qint64(rows.size()), digest.result()};
}

} // namespace

DatabasePicture::DatabasePicture(const server::Api &api)
{
    auto lease = api.service().storage().read();
    REQUIRE_RESULT(lease);
    Database &db = (*lease)->db();
    QStringList names;
    if (db.engine()) {
        names = texts(db, "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
                          "WHERE n.nspname = current_schema() AND c.relkind = 'r'");
        schema = texts(db, "SELECT c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) "
                           "FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid "
                           "JOIN pg_namespace n ON n.oid = c.relnamespace "
                           "WHERE n.nspname = current_schema() AND a.attnum > 0 AND NOT a.attisdropped");
    } else {
        names = texts(db, "SELECT name FROM sqlite_master WHERE type = 'table'");
        schema = texts(db, "SELECT coalesce(sql, name) FROM sqlite_master");
    }
    schema.sort();
    for (const QString &name : names)
        tables.insert(name, contentOf(db, name));
    REQUIRE(tables.size() > 20);
}

QStringList DatabasePicture::damages(const DatabasePicture &before, const QStringList &mayGrow) const
{
    QStringList found;
    if (schema != before.schema)
        found << QStringLiteral("schema");
    for (auto old = before.tables.begin(); old != before.tables.end(); ++old) {
        const auto table = tables.constFind(old.key());
        if (table == tables.constEnd() || table->rows < old->rows)
            found << old.key() + QStringLiteral(" shrank");
        else if (table->digest != old->digest && !mayGrow.contains(old.key()))
            found << old.key();
    }
    return found;
}

} // namespace tz::test
