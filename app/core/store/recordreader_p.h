// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/store/recordreader.h"
#include "core/store/sqlcompiler.h"

namespace tz {

/// Keeps one state of the database while several statements read: consistent, and without taking the file's locks for
/// each of them. Does nothing inside a transaction.
class ReadSnapshot {
public:
    explicit ReadSnapshot(Database &database);
    ~ReadSnapshot();
    ReadSnapshot(const ReadSnapshot &) = delete;
    ReadSnapshot &operator=(const ReadSnapshot &) = delete;

private:
    Database *m_database = nullptr;
};

struct RecordReader::Private {
    /// How one column of a statement becomes a value.
    struct Output {
        bool isSet = false;
        int entityNumber = -1, fieldNumber = -1; ///< of a set
        const Field *titleOf = nullptr;          ///< a title: shown as text whatever the field
    };
    struct Compiled {
        QString text;
        QByteArray utf8; ///< the text of what is kept
        ValueList values;
        QStringList sql; ///< the columns
        QList<Column> columns;
        QList<Output> outputs;
    };
    /// What find() needs of one entity.
    struct Find {
        QByteArray sql;
        std::vector<int> columns;
        bool hasSets = false;
        /// Formulas without a column, computed by a second statement.
        std::vector<int> computed;
        QStringList computedNames;
    };

    explicit Private(const RecordReader &owner)
        : reader(owner)
    {
    }

    Result<> ready();
    Result<const Entity *> entity(const QString &name) const;
    Result<Statement> prepared(const QByteArray &sql, const ValueList &values);
    Result<> addOutputs(SqlCompiler &compiler, const QStringList &paths, Compiled &to) const;
    Result<Compiled> compile(const Query &query, bool rowIdsOnly);
    Result<Compiled> compileGroups(const Query &query, const Entity &entity);
    Result<QString> condition(SqlCompiler &compiler, const Query &query, const Entity &entity) const;
    template <class Terms>
    Result<QString> after(SqlCompiler &compiler, const Query &query, const Entity &entity, const Terms &terms);
    Result<std::vector<Value>> row(Statement &statement, const QList<Output> &outputs);
    Result<ValueList> members(int entityNumber, const Id &owner, int fieldNumber);
    Result<Find> compileFind(const Entity &entity) const;
    Result<const Compiled *> hitsOf(const Entity &entity);
    static QStringList ownFields(const Entity &entity);

    const RecordReader &reader;
    expression::Context context;
    std::function<qint64()> nowMs;
    SchemaKind kind = SchemaKind::Replica;
    std::optional<CatalogNumbers> numbers;
    CatalogPtr catalog; ///< that numbers, finds and hits belong to
    std::unordered_map<const Entity *, Find> finds;
    std::unordered_map<const Entity *, Compiled> hits;
};

} // namespace tz
