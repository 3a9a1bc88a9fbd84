// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "server/postgres/migration.h"

#include "core/store/sqlcompiler.h"
#include "server/postgres/backend.h"
#include "server/postgres/engine.h"
#include "server/storage/tables.h"

#include <sodium.h>

namespace tz::server {

namespace {

constexpr int rowsAtOnce = 5000;
/// Of pieces of files, a MiB each.
constexpr int piecesAtOnce = 16;

bool hasLargeRows(const QString &table)
{
    return table == QLatin1String("blob_piece");
}

/// Names of the file's own tables, those of the system first: what the others mean stands in them.
Result<QStringList> tablesOf(Database &from)
{
    QStringList tables;
    TZ_ASSIGN(Statement select, from.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' "
                                             "AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' "
                                             "ORDER BY name NOT IN ('_meta', '_entity', '_field'), name"));
    for (;;) {
        TZ_ASSIGN(const bool row, select.step());
        if (!row)
            return tables;
        tables << select.text(0);
    }
}

QStringList sortedNames(const QHash<QString, QString> &columns)
{
    QStringList names = columns.keys();
    names.sort();
    return names;
}

QByteArray listOf(const QStringList &names)
{
    QByteArrayList quotedNames;
    for (const QString &name : names)
        quotedNames << quoted(name).toUtf8();
    return quotedNames.join(", ");
}

/// Count and sum of the rows' hashes, whatever their order.
struct Contents {
    qint64 rows = 0;
    quint64 sum = 0;
    bool operator==(const Contents &) const = default;

    void add(Statement &row, int columns)
    {
        crypto_generichash_state state;
        crypto_generichash_init(&state, nullptr, 0, 16);
        const auto put = [&](const void *data, size_t size) {
            crypto_generichash_update(&state, static_cast<const unsigned char *>(data), size);
        };
        for (int i = 0; i < columns; ++i) {
            const Value value = row.value(i);
            // SQLite keeps bytes in columns of texts as bytes.
            const char kind = value.isNull() ? 'n' : value.isInteger() ? 'i' : 's';
            put(&kind, 1);
            const QByteArray bytes = kind == 'i'   ? QByteArray::number(value.toInteger())
                                     : kind == 's' ? row.bytes(i)
                                                   : QByteArray();
            const quint64 size = quint64(bytes.size());
            put(&size, sizeof size);
            put(bytes.constData(), size_t(bytes.size()));
        }
        quint64 hash[2];
        crypto_generichash_final(&state, reinterpret_cast<unsigned char *>(hash), sizeof hash);
        sum += hash[0];
        ++rows;
    }
};

class Mover {
public:
    Mover(Database &from, Database &to, const Catalog &catalog)
        : m_from(from)
        , m_to(to)
        , m_catalog(catalog)
    {
    }

    Result<Migration> run()
    {
        TZ_ASSIGN(Transaction transaction, Transaction::begin(m_to));
        TZ_ASSIGN(const QStringList tables, tablesOf(m_from));
        // The numbers of entities and fields come along: clocks, keys and members name them.
        TZ_ASSIGN(const SchemaPlan first, SchemaPlan::make(m_to, m_catalog, SchemaKind::Server));
        TZ_TRY(m_to.execute(first.steps().front().sql));
        Migration moved;
        std::map<QString, Contents> sent;
        for (const QString &table : tables) {
            if (table == QLatin1String("_meta") || table == QLatin1String("_entity") ||
                table == QLatin1String("_field")) {
                TZ_ASSIGN(sent[table], copy(table));
            }
        }
        TZ_ASSIGN(const SchemaPlan plan, SchemaPlan::make(m_to, m_catalog, SchemaKind::Server));
        TZ_TRY(plan.execute(m_to));
        TZ_TRY(createTables(m_to));
        TZ_TRY(m_to.execute("DELETE FROM counter"));
        for (const QString &table : tables) {
            if (sent.contains(table))
                continue;
            TZ_TRY(addMissing(table));
            TZ_ASSIGN(sent[table], copy(table));
        }
        TZ_TRY(continueNumbers());
        for (const auto &[table, contents] : sent) {
            TZ_ASSIGN(const Contents arrived, contentsOf(table));
            if (!(arrived == contents))
                return fail("server.migration_differs", {{QStringLiteral("table"), table}});
            ++moved.tables;
            moved.rows += contents.rows;
        }
        TZ_TRY(transaction.commit());
        return moved;
    }

private:
    PostgresEngine &engine() { return static_cast<PostgresEngine &>(*m_to.engine()); }

    /// Columns that the catalog does not know any more keep what is in them; of tables too.
    Result<> addMissing(const QString &table)
    {
        TZ_ASSIGN(const auto here, m_from.columnsOf(table));
        TZ_ASSIGN(const auto there, m_to.columnsOf(table));
        if (there.isEmpty()) {
            QStringList definitions;
            for (const QString &name : sortedNames(here))
                definitions << quoted(name) + u' ' + here.value(name);
            return m_to.execute("CREATE TABLE " + quoted(table).toUtf8() + '(' +
                                definitions.join(QStringLiteral(", ")).toUtf8() + ')');
        }
        for (const QString &name : sortedNames(here)) {
            if (!there.contains(name))
                TZ_TRY(m_to.execute("ALTER TABLE " + quoted(table).toUtf8() + " ADD COLUMN " + quoted(name).toUtf8() +
                                    ' ' + here.value(name).toUtf8()));
        }
        return {};
    }

    /// Each database notes by itself for which catalog its tables were planned.
    static QByteArray wanted(const QString &table)
    {
        return quoted(table).toUtf8() + (table == QLatin1String("_meta") ? " WHERE name <> 'planned'" : "");
    }

    Result<Contents> copy(const QString &table)
    {
        TZ_ASSIGN(const auto columns, m_from.columnsOf(table));
        const QStringList names = sortedNames(columns);
        TZ_ASSIGN(Statement select, m_from.prepare("SELECT " + listOf(names) + " FROM " + wanted(table)));
        QByteArrayList places;
        for (qsizetype i = 1; i <= names.size(); ++i)
            places << '?' + QByteArray::number(i);
        TZ_ASSIGN(Statement insert, m_to.prepare("INSERT INTO " + quoted(table).toUtf8() + '(' + listOf(names) +
                                                 ") VALUES (" + places.join(", ") + ')'));
        Contents contents;
        for (;;) {
            TZ_ASSIGN(const bool row, select.step());
            if (!row)
                return contents;
            contents.add(select, int(names.size()));
            for (int i = 0; i < int(names.size()); ++i) {
                const Value value = select.value(i);
                // bind(Value) takes an empty text for null, but the file may hold one.
                if (value.isText())
                    insert.bindUtf8(i + 1, select.bytes(i));
                else
                    insert.bind(i + 1, value);
            }
            TZ_TRY(insert.run());
            // What is put off is in memory until then; a fault shows in whatever follows.
            if (hasLargeRows(table) && contents.rows % piecesAtOnce == 0)
                (void)m_to.changedRows();
        }
    }

    Result<Contents> contentsOf(const QString &table)
    {
        TZ_ASSIGN(const auto columns, m_from.columnsOf(table));
        const QStringList names = sortedNames(columns);
        TZ_TRY(engine().executeRaw("DECLARE moved NO SCROLL CURSOR FOR SELECT " + listOf(names) + " FROM " +
                                   wanted(table)));
        Contents contents;
        const int atOnce = hasLargeRows(table) ? piecesAtOnce : rowsAtOnce;
        for (;;) {
            TZ_ASSIGN(Statement fetch, m_to.prepare("FETCH " + QByteArray::number(atOnce) + " FROM moved"));
            qint64 fetched = 0;
            for (;; ++fetched) {
                TZ_ASSIGN(const bool row, fetch.step());
                if (!row)
                    break;
                contents.add(fetch, int(names.size()));
            }
            if (fetched < atOnce)
                break;
        }
        // Prepared for this cursor's columns; the next one has others.
        m_to.clearStatements();
        TZ_TRY(engine().executeRaw("CLOSE moved"));
        return contents;
    }

    /// What numbers itself goes on behind the highest number that came.
    Result<> continueNumbers()
    {
        TZ_ASSIGN(Statement select,
                  m_to.prepare("SELECT c.relname, a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid "
                               "JOIN pg_namespace n ON n.oid = c.relnamespace "
                               "WHERE n.nspname = current_schema() AND c.relkind = 'r' AND a.attidentity <> ''"));
        for (;;) {
            TZ_ASSIGN(const bool row, select.step());
            if (!row)
                break;
            const QByteArray table = select.bytes(0);
            const QByteArray column = select.bytes(1);
            TZ_TRY(engine().executeRaw("SELECT setval(pg_get_serial_sequence('\"" + table + "\"', '" + column +
                                       "'), greatest(max(\"" + column + "\"), 0) + 1, false) FROM \"" + table + '"'));
        }
        // Device numbers are never given twice, also not those of devices that are gone.
        TZ_ASSIGN(Statement given, m_from.prepare("SELECT seq FROM sqlite_sequence WHERE name = 'device'"));
        TZ_ASSIGN(const bool any, given.step());
        if (!any)
            return {};
        return engine().executeRaw("SELECT setval(pg_get_serial_sequence('device', 'no'), " +
                                   QByteArray::number(given.integer(0) + 1) + ", false)");
    }

    Database &m_from;
    Database &m_to;
    const Catalog &m_catalog;
};

} // namespace

Result<Migration> migrateToPostgres(Database &from, const QString &url, const Catalog &catalog)
{
    TZ_ASSIGN(const std::unique_ptr<Backend> backend, openPostgres(url, true));
    Result<Migration> moved = [&]() -> Result<Migration> {
        TZ_ASSIGN(const std::unique_ptr<Database> to, backend->writer());
        return Mover(from, *to, catalog).run();
    }();
    if (!moved)
        backend->discard();
    return moved;
}

} // namespace tz::server
