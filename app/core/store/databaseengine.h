// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/id.h"
#include "core/base/result.h"
#include "core/store/sqldialect.h"

#include <QHash>

#include <memory>

namespace tz {

/// A prepared statement of a database other than SQLite, behind Statement. Parameters count from 1, columns from 0.
class TZ_CORE_EXPORT StatementEngine {
public:
    enum class Type { Null, Integer, Text, Bytes };
    virtual ~StatementEngine();
    virtual void bindNull(int index) = 0;
    virtual void bindInteger(int index, qint64 value) = 0;
    /// All copy what they are given.
    virtual void bindText(int index, QByteArrayView utf8) = 0;
    virtual void bindBytes(int index, QByteArrayView bytes) = 0;
    virtual void bindId(int index, const Id &id) = 0;
    virtual Result<bool> step() = 0;
    /// For its effect alone, which may come later in the same transaction; so may an error.
    virtual Result<> run();
    virtual void reset() = 0;
    virtual int columns() const = 0;
    /// What stands in the current row.
    virtual Type type(int column) const = 0;
    virtual qint64 integer(int column) const = 0;
    /// UTF-8 of a text, or bytes.
    virtual QByteArray bytes(int column) const = 0;
};

/// A connection to a database other than SQLite, behind Database: only a server has one. It reads the SQL that the
/// store writes (parameters as ?1, the type words of SQLite) and makes its own of it.
class TZ_CORE_EXPORT DatabaseEngine {
public:
    virtual ~DatabaseEngine();
    virtual const SqlDialect &dialect() const = 0;
    /// Where the data is, for messages; without anything secret.
    virtual QString name() const = 0;
    virtual Result<std::unique_ptr<StatementEngine>> prepare(QByteArrayView sql) = 0;
    virtual Result<> execute(QByteArrayView sql) = 0;
    virtual qint64 changedRows() = 0;
    virtual bool inTransaction() const = 0;
    virtual Result<> begin() = 0;
    /// A transaction that sees one state and writes nothing.
    virtual Result<> beginSnapshot() = 0;
    virtual Result<> commit() = 0;
    virtual void rollback() = 0;
    /// Tells other processes on the same data once the transaction is committed.
    virtual Result<> announce(const QByteArray &what) = 0;
    /// May be called from another thread.
    virtual void interrupt() = 0;
    virtual void clearStatements() = 0;
    virtual Result<bool> hasTable(const QString &name) = 0;
    /// Type by column, in the store's words; empty: there is no such table.
    virtual Result<QHash<QString, QString>> columnsOf(const QString &table) = 0;
    /// The text of CREATE INDEX by name.
    virtual Result<QHash<QString, QString>> indexes() = 0;
};

} // namespace tz
