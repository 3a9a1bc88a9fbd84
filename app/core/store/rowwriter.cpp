// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/store/rowwriter.h"

#include "core/locale/collation.h"
#include "core/store/sqlcompiler.h"

namespace tz {

namespace {
// Rollups over rollups: lines sum up to an order, orders to a customer.
constexpr int deepestCascade = 4;
} // namespace

struct RowWriter::Private {
    /// What is prepared for one entity.
    struct Plan {
        const Entity *entity = nullptr;
        std::optional<Statement> insert, upsert, rowId;
        std::vector<int> columns; ///< indexes of the fields written
        std::vector<int> sets;
        int title = -1; ///< field whose sort key is stored
        QList<DerivedUpdate> derived;
        bool hasFormulasOverRollups = false;
    };

    Database &database;
    CatalogPtr catalog;
    SchemaKind kind;
    std::optional<CatalogNumbers> numbers;
    expression::Context context;
    std::unordered_map<const Entity *, Plan> plans;
    QByteArray sortBuffer;

    Private(Database &db, CatalogPtr c, SchemaKind k)
        : database(db)
        , catalog(std::move(c))
        , kind(k)
    {
    }

    Result<> loadNumbers()
    {
        if (numbers)
            return {};
        TZ_ASSIGN(numbers, CatalogNumbers::load(database, *catalog));
        return {};
    }

    Result<Plan *> plan(const Entity &entity)
    {
        if (const auto found = plans.find(&entity); found != plans.end())
            return &found->second;
        TZ_TRY(loadNumbers());
        Plan made;
        made.entity = &entity;
        QStringList names{QStringLiteral("id")};
        for (const Field &field : entity.fields) {
            if (field.isSet())
                made.sets.push_back(field.index);
            // Rollups are computed from the children, never taken from a record.
            if (!field.hasColumn() || field.rollup)
                continue;
            made.columns.push_back(field.index);
            names << quoted(field.name);
        }
        if (kind == SchemaKind::Replica)
            names << QStringLiteral("_rev") << QStringLiteral("_state") << QStringLiteral("_keys");
        else
            names << QStringLiteral("_rev") << QStringLiteral("_made_rev") << QStringLiteral("_clock")
                  << QStringLiteral("_root") << QStringLiteral("_deleted_rev");
        names << QStringLiteral("_sort");
        QStringList places, assignments;
        for (qsizetype i = 0; i < names.size(); ++i) {
            places << u'?' + QString::number(i + 1);
            if (i > 0)
                assignments << names[i] + QStringLiteral(" = excluded.") + names[i];
        }
        const QString sql =
            QStringLiteral("INSERT INTO %1(%2) VALUES (%3) ON CONFLICT(id) DO ")
                .arg(quoted(entity.table), names.join(QStringLiteral(", ")), places.join(QStringLiteral(", ")));
        const QString returning = database.dialect().returningRowId();
        TZ_ASSIGN(Statement insert, database.prepare((sql + QStringLiteral("NOTHING") + returning).toUtf8()));
        made.insert.emplace(std::move(insert));
        TZ_ASSIGN(
            Statement upsert,
            database.prepare(
                (sql + QStringLiteral("UPDATE SET ") + assignments.join(QStringLiteral(", ")) + returning).toUtf8()));
        made.upsert.emplace(std::move(upsert));
        TZ_ASSIGN(Statement rowId,
                  database.prepare("SELECT rowid FROM " + quoted(entity.table).toUtf8() + " WHERE id = ?1"));
        made.rowId.emplace(std::move(rowId));
        if (hasStoredSortKey(entity))
            made.title = entity.indexOf(entity.title);
        TZ_ASSIGN(made.derived, derivedUpdates(*catalog, *numbers, kind, context, entity, database.dialect()));
        made.hasFormulasOverRollups = made.derived.size() > 1;
        return &plans.emplace(&entity, std::move(made)).first->second;
    }

    // Runs a statement that inserts. Answers the new row id; 0: the row was here before.
    Result<qint64> write(Statement &statement, const Plan &plan, const Record &record, const System &system)
    {
        int place = 1;
        statement.bind(place++, record.id);
        for (const int index : plan.columns)
            statement.bind(place++, record.values[size_t(index)]);
        statement.bind(place++, system.rev);
        if (kind == SchemaKind::Replica) {
            statement.bind(place++, system.state);
            statement.bind(place++, system.keys);
        } else {
            statement.bind(place++, system.madeRev);
            statement.bind(place++, system.clock);
            statement.bind(place++, system.root);
            statement.bind(place++, system.deletedRev);
        }
        const auto *const title = plan.title < 0 ? nullptr : std::get_if<QString>(&record.value(plan.title).data());
        if (const qsizetype length = title ? collation::sortKey(*title, sortBuffer) : 0; length > 0)
            statement.bind(place, QByteArray::fromRawData(sortBuffer.constData(), length));
        else
            statement.bind(place, nullptr);

        return statement.insert();
    }

    // What belongs to a row that has just come: its sets, and what is computed from children that were here before it.
    Result<> inserted(const Plan &plan, const Record &record)
    {
        for (const int index : plan.sets)
            TZ_TRY(addMembers(numbers->entity(*record.entity), record.id, numbers->field(*record.entity, index),
                              record.value(index).toList()));
        if (plan.derived.isEmpty())
            return {};
        const Id id = record.id;
        return refresh(*record.entity, std::span(&id, 1), 0);
    }

    Result<> run(const DerivedUpdate &update, const Id &id)
    {
        TZ_ASSIGN(Statement statement, database.prepare(update.sql));
        statement.bind(1, id);
        for (size_t i = 1; i < update.values.size(); ++i)
            statement.bind(int(i) + 1, update.values[i]);
        return statement.run();
    }

    Result<> addMembers(int entity, const Id &owner, int field, const ValueList &members)
    {
        if (members.empty())
            return {};
        TZ_ASSIGN(Statement insert, database.prepare("INSERT INTO _member(entity, owner, field, value) "
                                                     "VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING"));
        for (const Value &member : members)
            TZ_TRY(insert.bind(1, entity).bind(2, owner).bind(3, field).bind(4, member).run());
        return {};
    }

    // Which entities have rollups that read derived values of this one.
    std::vector<std::pair<const Entity *, const Rollup *>> rollupsOver(const Entity &entity) const
    {
        std::vector<std::pair<const Entity *, const Rollup *>> over;
        for (const Entity *const parent : catalog->entities()) {
            for (const Field &field : parent->fields) {
                if (!field.rollup || field.rollup->entity != entity.fullName)
                    continue;
                const Field *const value = entity.field(field.rollup->value);
                if (value && value->isDerived())
                    over.emplace_back(parent, &*field.rollup);
            }
        }
        return over;
    }

    Result<> refresh(const Entity &entity, std::span<const Id> ids, int depth)
    {
        TZ_ASSIGN(Plan *const plan, this->plan(entity));
        if (plan->derived.isEmpty())
            return {};
        for (const Id &id : ids) {
            for (const DerivedUpdate &update : plan->derived)
                TZ_TRY(run(update, id));
        }
        if (depth >= deepestCascade)
            return {};
        for (const auto &[parent, rollup] : rollupsOver(entity)) {
            const Field *const by = entity.field(rollup->by);
            if (!by || !by->hasColumn())
                continue;
            std::vector<Id> parents;
            const QString sql = QStringLiteral("SELECT %1 FROM %2 WHERE id = ?1 AND %1 IS NOT NULL")
                                    .arg(quoted(by->name), quoted(entity.table));
            TZ_ASSIGN(Statement query, database.prepare(sql.toUtf8()));
            for (const Id &id : ids) {
                query.bind(1, id);
                TZ_ASSIGN(const bool found, query.step());
                if (found)
                    parents.push_back(query.id(0));
                query.reset();
            }
            std::sort(parents.begin(), parents.end());
            parents.erase(std::unique(parents.begin(), parents.end()), parents.end());
            TZ_TRY(refresh(*parent, parents, depth + 1));
        }
        return {};
    }
};

RowWriter::RowWriter(Database &database, CatalogPtr catalog, SchemaKind kind)
    : d(std::make_unique<Private>(database, std::move(catalog), kind))
{
}

RowWriter::~RowWriter() = default;

Result<qint64> RowWriter::insert(const Record &record, const System &system)
{
    TZ_ASSIGN(Private::Plan *const plan, d->plan(*record.entity));
    TZ_ASSIGN(const qint64 rowId, d->write(*plan->insert, *plan, record, system));
    if (rowId != 0)
        TZ_TRY(d->inserted(*plan, record));
    return rowId;
}

Result<qint64> RowWriter::put(const Record &record, const System &system)
{
    TZ_ASSIGN(Private::Plan *const plan, d->plan(*record.entity));
    TZ_ASSIGN(qint64 rowId, d->write(*plan->upsert, *plan, record, system));
    if (rowId != 0) {
        TZ_TRY(d->inserted(*plan, record));
        return rowId;
    }
    Statement &find = *plan->rowId;
    find.bind(1, record.id);
    TZ_ASSIGN(const bool found, find.step());
    rowId = found ? find.integer(0) : 0;
    find.reset();
    for (const int index : plan->sets)
        TZ_TRY(setMembers(*record.entity, record.id, record.entity->fieldAt(index), record.value(index).toList()));
    if (plan->hasFormulasOverRollups) {
        for (qsizetype i = 1; i < plan->derived.size(); ++i)
            TZ_TRY(d->run(plan->derived[i], record.id));
    }
    return rowId;
}

Result<> RowWriter::erase(const Entity &entity, const Id &id)
{
    TZ_TRY(d->loadNumbers());
    TZ_ASSIGN(Statement row, d->database.prepare("DELETE FROM " + quoted(entity.table).toUtf8() + " WHERE id = ?1"));
    TZ_TRY(row.bind(1, id).run());
    TZ_ASSIGN(Statement members, d->database.prepare("DELETE FROM _member WHERE entity = ?1 AND owner = ?2"));
    return members.bind(1, d->numbers->entity(entity)).bind(2, id).run();
}

Result<> RowWriter::setMembers(const Entity &entity, const Id &owner, const Field &field, const ValueList &members)
{
    TZ_TRY(d->loadNumbers());
    const int entityNumber = d->numbers->entity(entity);
    const int fieldNumber = d->numbers->field(entity, field.index);
    ValueList held;
    {
        TZ_ASSIGN(Statement query, d->database.prepare("SELECT value FROM _member "
                                                       "WHERE entity = ?1 AND owner = ?2 AND field = ?3"));
        query.bind(1, entityNumber).bind(2, owner).bind(3, fieldNumber);
        for (;;) {
            TZ_ASSIGN(const bool found, query.step());
            if (!found)
                break;
            held.push_back(query.value(0));
        }
    }
    ValueList added;
    for (const Value &member : members) {
        if (std::find(held.begin(), held.end(), member) == held.end())
            added.push_back(member);
    }
    TZ_ASSIGN(Statement remove, d->database.prepare("DELETE FROM _member WHERE entity = ?1 AND owner = ?2 "
                                                    "AND field = ?3 AND value = ?4"));
    for (const Value &member : held) {
        if (std::find(members.begin(), members.end(), member) == members.end())
            TZ_TRY(remove.bind(1, entityNumber).bind(2, owner).bind(3, fieldNumber).bind(4, member).run());
    }
    return d->addMembers(entityNumber, owner, fieldNumber, added);
}

Result<> RowWriter::refreshRollups(const Entity &entity, std::span<const Id> ids)
{
    return d->refresh(entity, ids, 0);
}

} // namespace tz
