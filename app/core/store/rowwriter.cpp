// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/store/rowwriter.h"

#include "core/locale/collation.h"
#include "core/store/sqlcompiler.h"

namespace tz {

namespace {
// Rollups over rollups: lines sum up to an order, orders to a customer.
constexpr int deepestCascade = 4;
// New rows in one statement: most of what a statement costs beyond its rows is saved by as many.
constexpr size_t rowsAtOnce = 16;
constexpr qsizetype mostParameters = 32'766;
constexpr size_t idsAtOnce = 50;

// "(?1, ?2, …)", from the given number on.
QString placesFrom(qsizetype first, qsizetype count)
{
    QStringList places;
    for (qsizetype i = 0; i < count; ++i)
        places << u'?' + QString::number(first + i);
    return u'(' + places.join(QStringLiteral(", ")) + u')';
}
} // namespace

struct RowWriter::Private {
    /// What is prepared for one entity.
    struct Plan {
        const Entity *entity = nullptr;
        std::optional<Statement> insert, upsert, rowId;
        QString into; ///< INTO … VALUES
        qsizetype places = 0;
        /// Inserts one new row, and rowsAtOnce of them; made when first used.
        QByteArray insertOne, insertMany;
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
        QStringList assignments;
        for (qsizetype i = 1; i < names.size(); ++i)
            assignments << names[i] + QStringLiteral(" = excluded.") + names[i];
        const QString into =
            QStringLiteral(" INTO %1(%2) VALUES ").arg(quoted(entity.table), names.join(QStringLiteral(", ")));
        made.into = into;
        made.places = names.size();
        const QString sql =
            QStringLiteral("INSERT") + into + placesFrom(1, names.size()) + QStringLiteral(" ON CONFLICT(id) DO ");
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

    static void prepareNew(Plan &plan)
    {
        QStringList rows;
        for (size_t i = 0; i < rowsAtOnce; ++i)
            rows << placesFrom(1 + qsizetype(i) * plan.places, plan.places);
        // Nothing would be gained by taking back the statement alone, and the search index writes what it holds before
        // each statement that might be.
        const QString insert = QStringLiteral("INSERT OR FAIL") + plan.into;
        plan.insertOne = (insert + rows.front()).toUtf8();
        if (qsizetype(rowsAtOnce) * plan.places <= mostParameters)
            plan.insertMany = (insert + rows.join(QStringLiteral(", "))).toUtf8();
    }

    void bind(Statement &statement, int &place, const System &system) const
    {
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
    }

    // The columns of a packed row.
    void bind(Statement &statement, int &place, const Plan &plan, const NewRow &row) const
    {
        const QByteArrayView texts = row.texts;
        statement.bind(place++, row.record.id);
        for (const int index : plan.columns) {
            const qsizetype from = index > 0 ? row.ends[size_t(index) - 1] : 0;
            const qsizetype to = row.ends[size_t(index)];
            if (to > from)
                statement.bindUtf8(place++, texts.sliced(from, to - from));
            else
                statement.bind(place++, row.record.values[size_t(index)]);
        }
        bind(statement, place, row.system);
        if (const QByteArrayView key = texts.sliced(row.ends.back()); key.isEmpty())
            statement.bind(place++, nullptr);
        else
            statement.bind(place++, QByteArray::fromRawData(key.data(), key.size()));
    }

    // Runs a statement that inserts. Answers the new row id; 0: the row was here before.
    Result<qint64> write(Statement &statement, const Plan &plan, const Record &record, const System &system)
    {
        int place = 1;
        statement.bind(place++, record.id);
        for (const int index : plan.columns)
            statement.bind(place++, record.values[size_t(index)]);
        bind(statement, place, system);
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

void RowWriter::pack(NewRow &row)
{
    static thread_local QByteArray sortBuffer;
    row.ends.reserve(row.record.values.size());
    for (const Value &value : row.record.values) {
        if (const auto *const text = std::get_if<QString>(&value.data()))
            row.texts += text->toUtf8();
        row.ends.push_back(row.texts.size());
    }
    const Entity &entity = *row.record.entity;
    const auto *const title =
        hasStoredSortKey(entity) ? std::get_if<QString>(&row.record.value(entity.title).data()) : nullptr;
    if (!title)
        return;
    const qsizetype length = collation::sortKey(*title, sortBuffer);
    row.texts.append(sortBuffer.constData(), length);
}

Result<Id> RowWriter::greatest(const Entity &entity)
{
    TZ_ASSIGN(Statement last, d->database.prepare("SELECT max(id) FROM " + quoted(entity.table).toUtf8()));
    TZ_TRY(last.step());
    return last.id(0);
}

Result<std::vector<Id>> RowWriter::present(const Entity &entity, std::span<const Id> ids)
{
    std::vector<Id> found;
    if (ids.empty())
        return found;
    QStringList places;
    for (size_t i = 0; i < idsAtOnce; ++i)
        places << u'?' + QString::number(i + 1);
    const QByteArray sql = QStringLiteral("SELECT id FROM %1 WHERE id IN (%2)")
                               .arg(quoted(entity.table), places.join(QStringLiteral(", ")))
                               .toUtf8();
    TZ_ASSIGN(Statement select, d->database.prepare(sql));
    for (auto rest = ids; !rest.empty();) {
        const auto some = rest.first(std::min(rest.size(), idsAtOnce));
        for (size_t i = 0; i < some.size(); ++i)
            select.bind(int(i) + 1, some[i]);
        TZ_ASSIGN(const std::vector<Id> here, select.ids());
        found.insert(found.end(), here.begin(), here.end());
        select.reset();
        rest = rest.subspan(some.size());
    }
    return found;
}

Result<qint64> RowWriter::insert(const Entity &entity, std::span<const NewRow> rows)
{
    TZ_ASSIGN(Private::Plan *const plan, d->plan(entity));
    if (plan->insertOne.isEmpty())
        Private::prepareNew(*plan);
    qint64 last = 0;
    auto rest = rows;
    for (const auto &[sql, count] : {std::pair(plan->insertMany, rowsAtOnce), std::pair(plan->insertOne, size_t(1))}) {
        if (sql.isEmpty() || rest.size() < count)
            continue;
        TZ_ASSIGN(Statement statement, d->database.prepare(sql));
        for (; rest.size() >= count; rest = rest.subspan(count)) {
            int place = 1;
            for (const NewRow &row : rest.first(count))
                d->bind(statement, place, *plan, row);
            TZ_ASSIGN(last, statement.insert());
        }
    }
    for (const NewRow &row : rows)
        TZ_TRY(d->inserted(*plan, row.record));
    return last - qint64(rows.size()) + 1;
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
