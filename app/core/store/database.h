// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/result.h"
#include "core/base/value.h"

#include <QHash>

#include <atomic>
#include <functional>
#include <memory>

struct sqlite3;
struct sqlite3_stmt;

namespace tz {

class Database;
class DatabaseEngine;
class SqlDialect;
class StatementEngine;

/// A prepared statement, borrowed from its Database's cache. Bind from 1, columns from 0. Resets itself when it ends.
/// Texts, ids and short byte arrays are copied into memory of the statement that is used again after run() and
/// reset(): both therefore clear all bindings.
class TZ_CORE_EXPORT Statement {
public:
    Statement(Statement &&other) noexcept;
    Statement &operator=(Statement &&) = delete;
    ~Statement();

    Statement &bind(int index, std::nullptr_t);
    Statement &bind(int index, qint64 value);
    Statement &bind(int index, int value) { return bind(index, qint64(value)); }
    Statement &bind(int index, QStringView text);
    Statement &bind(int index, const QString &text) { return bind(index, QStringView(text)); }
    /// UTF-8 text as it stands; the bytes must live until step().
    Statement &bindUtf8(int index, QByteArrayView utf8);
    /// A blob; an array that is null binds NULL.
    Statement &bind(int index, const QByteArray &bytes);
    Statement &bind(int index, const Id &id);
    Statement &bind(int index, const Value &value);

    /// True: there is a row. False: the statement is done.
    Result<bool> step();
    /// Runs to the end, rows are dropped, and makes the statement ready for the next binding.
    Result<> run();
    /// Runs an INSERT of one row, ended by the dialect's returningRowId(), into a table with row ids, and makes the
    /// statement ready for the next binding. Answers the row id; 0: no row was inserted (ON CONFLICT).
    Result<qint64> insert();
    void reset();

    int columns() const;
    bool isNull(int column) const;
    qint64 integer(int column) const;
    QString text(int column) const;
    QByteArray bytes(int column) const;
    Id id(int column) const;
    /// Steps to the end: the ids in the first column.
    Result<std::vector<Id>> ids();
    /// By SQLite's own type: integer, text, 16-byte blob as Id, other blobs as bytes.
    Value value(int column) const;

private:
    friend class Database;
    struct Arena;
    Statement(Database &database, sqlite3_stmt *statement, Arena *arena, QByteArray sql);
    Statement(Database &database, std::unique_ptr<StatementEngine> engine);
    Database *m_database;
    sqlite3_stmt *m_statement;
    /// Of another database: then there is no SQLite statement.
    std::unique_ptr<StatementEngine> m_engine;
    Arena *m_arena;
    QByteArray m_sql;
    /// First error of a bind call; step() reports it.
    int m_bindError = 0;
};

/// One connection to one SQLite file, or to another database that an engine speaks to; belongs to one thread, which may
/// lend it to another. The writer of a file is the only one that checkpoints (see docs/decisions). SQLite's C interface
/// is used directly: the reasons are in docs/decisions.
class TZ_CORE_EXPORT Database {
public:
    enum class Mode { ReadWrite, ReadOnly };
    struct Options {
        Mode mode = Mode::ReadWrite;
        /// Name of a registered SQLite VFS (tests and simulation); empty: the platform's.
        QByteArray vfs;
        /// Of pages; a first sync fills indexes at random places, which must not be read again from the file.
        qint64 cacheKiB = 64 * 1024;
    };
    /// Opens or creates; sets WAL, secure_delete, foreign_keys off; registers collations and SQL functions.
    /// Errors: store.cannot_open {path}, store.not_a_database {path}, store.damaged {path}, store.read_only {path},
    /// store.disk_full, store.busy.
    static Result<std::unique_ptr<Database>> open(const QString &path, const Options &options);
    static Result<std::unique_ptr<Database>> open(const QString &path) { return open(path, Options{}); }
    /// A connection that is not SQLite's.
    static std::unique_ptr<Database> over(std::unique_ptr<DatabaseEngine> engine);
    ~Database();
    Database(const Database &) = delete;
    Database &operator=(const Database &) = delete;

    /// Statements are cached by their text.
    Result<Statement> prepare(QByteArrayView sql);
    /// One or several statements without parameters and results.
    Result<> execute(QByteArrayView sql);
    qint64 lastInsertedRow() const;
    qint64 changedRows() const;
    bool inTransaction() const;
    /// A transaction that only reads, all of it from one state.
    Result<> beginSnapshot();
    void endSnapshot();
    Result<bool> hasTable(const QString &name);
    /// Declared type by column; empty: there is no such table.
    Result<QHash<QString, QString>> columnsOf(const QString &table);
    /// The text of CREATE INDEX by the index's name.
    Result<QHash<QString, QString>> indexes();
    QString path() const { return m_path; }
    const SqlDialect &dialect() const;
    /// Null: SQLite.
    DatabaseEngine *engine() const { return m_engine.get(); }
    /// For the few places that need SQLite's own interface (backup, interrupt). Do not close. Null with an engine.
    sqlite3 *handle() const
    {
        waitUntilBack();
        return m_handle;
    }
    /// May be called from another thread: the running statement ends with store.interrupted.
    void interrupt();
    /// The error of the last failed call, as ours.
    Error lastError(int resultCode) const;

    /// FULL: a commit is on the disk when it returns. NORMAL: the last commits may be lost at power failure, never
    /// torn.
    Result<> setDurable(bool full);
    /// Drops cached statements (before a schema change).
    void clearStatements();

    /// From now on the connection, with all its statements, is used by the thread that holds a Loan, until handBack().
    /// Whoever else uses it then waits until it is back. Between two statements.
    void lend();
    void handBack();
    /// On the thread that it is lent to; hands it back at the end.
    class TZ_CORE_EXPORT Loan {
    public:
        explicit Loan(Database &database);
        ~Loan();
        Loan(const Loan &) = delete;

    private:
        Database &m_database;
    };
    /// For what only uses it in a roundabout way.
    void waitUntilBack() const
    {
        if (m_isLent.load(std::memory_order_acquire)) [[unlikely]]
            waitUnlessBorrowed();
    }

private:
    friend class Statement;
    Database() = default;
    void waitUnlessBorrowed() const;
    struct Cache;
    sqlite3 *m_handle = nullptr;
    std::unique_ptr<DatabaseEngine> m_engine;
    QString m_path;
    std::unique_ptr<Cache> m_cache;
    std::atomic<bool> m_isLent = false;
};

/// BEGIN IMMEDIATE … COMMIT; rolls back unless committed. Inside an open transaction it does nothing and leaves the
/// decision to the outer one.
class TZ_CORE_EXPORT Transaction {
public:
    static Result<Transaction> begin(Database &database);
    Transaction(Transaction &&other) noexcept;
    ~Transaction();
    Result<> commit();
    void rollback();

private:
    explicit Transaction(Database *database)
        : m_database(database)
    {
    }
    Database *m_database;
};

} // namespace tz
