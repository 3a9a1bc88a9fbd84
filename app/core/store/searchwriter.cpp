// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/store/rowwriter.h"

#include "core/base/decimal.h"
#include "core/locale/normalize.h"
#include "core/locale/pinyin.h"
#include "core/store/sqlcompiler.h"

namespace tz {

namespace {
// A text of a note is found by its beginning; more would only swell the index.
constexpr qsizetype longestIndexed = 4000;
// Names are short; what may be longer is prose and gets no pinyin.
constexpr int longestName = 120;

bool isName(const Entity &entity, const Field &field)
{
    if (field.name == entity.title || field.isReference())
        return true;
    return field.type == FieldType::Text && field.maxLength > 0 && field.maxLength <= longestName;
}

// People type a number without its country, with it, or its last digits.
QString phoneWords(const QString &number)
{
    QString digits;
    for (const QChar c : normalize::folded(number)) {
        if (c.isDigit())
            digits += c;
    }
    QStringList words{digits};
    const bool chinese = digits.size() > 11 && digits.startsWith(QLatin1String("86"));
    if (chinese)
        words << digits.mid(2);
    if (digits.size() > 4)
        words << digits.right(4);
    return words.join(u' ');
}
} // namespace

struct SearchWriter::Private {
    struct Plan {
        std::vector<const Field *> fields;
        /// Reads living (0/1), id and the fields' texts by row id.
        QByteArray read;
        ValueList readValues;
        std::vector<bool> isSet;
    };

    Database &database;
    CatalogPtr catalog;
    const CatalogNumbers &numbers;
    expression::Context context;
    std::unordered_map<const Entity *, Plan> plans;
    std::unordered_map<const Entity *, std::pair<QByteArray, ValueList>> titles;
    std::optional<Statement> insert;

    Private(Database &db, CatalogPtr c, const CatalogNumbers &n)
        : database(db)
        , catalog(std::move(c))
        , numbers(n)
    {
    }

    qint64 rowOf(const Entity &entity, qint64 rowId) const { return qint64(numbers.entity(entity)) << 40 | rowId; }

    Result<Plan *> plan(const Entity &entity)
    {
        if (const auto found = plans.find(&entity); found != plans.end())
            return &found->second;
        Plan made;
        SqlCompiler compiler(*catalog, numbers, SchemaKind::Replica, context, entity);
        const QString row = compiler.bind(Value());
        QStringList columns{livingSql(SchemaKind::Replica, compiler.alias()), compiler.alias() + QStringLiteral(".id")};
        for (const QString &name : entity.search) {
            const Field *const field = entity.field(name);
            if (!field || field->isLines())
                continue;
            const bool titled = field->isReference();
            TZ_ASSIGN(const SqlCompiler::Target target,
                      compiler.target(titled ? name + QStringLiteral("._title") : name));
            made.fields.push_back(field);
            made.isSet.push_back(target.isSet);
            columns << (target.isSet ? QStringLiteral("NULL") : target.sql);
        }
        made.read = (QStringLiteral("SELECT ") + columns.join(QStringLiteral(", ")) + QStringLiteral(" FROM ") +
                     compiler.from() + QStringLiteral(" WHERE ") + compiler.alias() + QStringLiteral(".rowid = ") + row)
                        .toUtf8();
        made.readValues = compiler.values();
        return &plans.emplace(&entity, std::move(made)).first->second;
    }

    Result<QString> title(const Entity &entity, const Id &id)
    {
        auto found = titles.find(&entity);
        if (found == titles.end()) {
            SqlCompiler compiler(*catalog, numbers, SchemaKind::Replica, context, entity);
            const QString wanted = compiler.bind(Value());
            TZ_ASSIGN(const SqlCompiler::Target target, compiler.target(QStringLiteral("_title")));
            const QString sql = QStringLiteral("SELECT ") + target.sql + QStringLiteral(" FROM ") + compiler.from() +
                                QStringLiteral(" WHERE ") + compiler.alias() + QStringLiteral(".id = ") + wanted;
            found = titles.emplace(&entity, std::pair(sql.toUtf8(), compiler.values())).first;
        }
        TZ_ASSIGN(Statement query, database.prepare(found->second.first));
        query.bind(1, id);
        for (size_t i = 1; i < found->second.second.size(); ++i)
            query.bind(int(i) + 1, found->second.second[i]);
        TZ_ASSIGN(const bool row, query.step());
        return row ? query.text(0) : QString();
    }

    Result<ValueList> membersOf(const Entity &entity, const Id &owner, const Field &field)
    {
        ValueList members;
        TZ_ASSIGN(Statement query, database.prepare("SELECT value FROM _member "
                                                    "WHERE entity = ?1 AND owner = ?2 AND field = ?3"));
        query.bind(1, numbers.entity(entity)).bind(2, owner).bind(3, numbers.field(entity, field.index));
        for (;;) {
            TZ_ASSIGN(const bool found, query.step());
            if (!found)
                return members;
            members.push_back(query.value(0));
        }
    }

    // Writes the entry of a row that may have one.
    Result<> replace(const Entry &entry)
    {
        // What is held is read from the table behind the index: far faster than through it.
        bool exists = false;
        {
            TZ_ASSIGN(Statement held, database.prepare("SELECT c0, c1, c2 FROM search_content WHERE id = ?1"));
            held.bind(1, entry.row);
            TZ_ASSIGN(exists, held.step());
            if (exists && held.bytes(0) == entry.words && held.bytes(1) == entry.pinyin &&
                held.bytes(2) == entry.initials)
                return {};
        }
        if (!exists)
            return add(entry);
        TZ_ASSIGN(Statement update, database.prepare("UPDATE search SET han = ?2, py = ?3, ini = ?4 WHERE rowid = ?1"));
        update.bind(1, entry.row).bindUtf8(2, entry.words).bindUtf8(3, entry.pinyin).bindUtf8(4, entry.initials);
        TZ_TRY(update.run());
        return deferDependents(*entry.entity, entry.id);
    }

    Result<> add(const Entry &entry)
    {
        if (!insert) {
            TZ_ASSIGN(Statement made,
                      database.prepare("INSERT INTO search(rowid, han, py, ini) VALUES (?1, ?2, ?3, ?4)"));
            insert.emplace(std::move(made));
        }
        insert->bind(1, entry.row).bindUtf8(2, entry.words).bindUtf8(3, entry.pinyin).bindUtf8(4, entry.initials);
        return insert->run();
    }

    // Other records are found by this one's title: they are indexed anew when it changes. `forgets`: until then they
    // are not found at all, because the title is nobody's here any more.
    Result<> deferDependents(const Entity &entity, const Id &id, bool forgets = false)
    {
        for (const Entity *const other : catalog->entities()) {
            for (const QString &name : other->search) {
                const Field *const field = other->field(name);
                if (!field || !field->isReference() || targetOf(*catalog, *field) != &entity || !field->hasColumn())
                    continue;
                const QString rows = QStringLiteral("SELECT %1 + rowid FROM %2 WHERE %3 = ?1")
                                         .arg(rowOf(*other, 0))
                                         .arg(quoted(other->table), quoted(name));
                const QString todo = QStringLiteral("INSERT OR IGNORE INTO _search_todo(row) ") + rows;
                TZ_ASSIGN(Statement defer, database.prepare(todo.toUtf8()));
                TZ_TRY(defer.bind(1, id).run());
                if (!forgets)
                    continue;
                const QString gone = QStringLiteral("DELETE FROM search WHERE rowid IN (%1)").arg(rows);
                TZ_ASSIGN(Statement forget, database.prepare(gone.toUtf8()));
                TZ_TRY(forget.bind(1, id).run());
            }
        }
        return {};
    }

    Result<> removeRow(qint64 row)
    {
        TZ_ASSIGN(Statement remove, database.prepare("DELETE FROM search WHERE rowid = ?1"));
        TZ_TRY(remove.bind(1, row).run());
        TZ_ASSIGN(Statement waiting, database.prepare("DELETE FROM _search_todo WHERE row = ?1"));
        return waiting.bind(1, row).run();
    }

    Result<> indexStored(qint64 row)
    {
        const Entity *const entity = numbers.entityAt(int(row >> 40));
        if (!entity)
            return {};
        TZ_ASSIGN(const Plan *const plan, this->plan(*entity));
        if (plan->fields.empty())
            return {};
        TZ_ASSIGN(Statement query, database.prepare(plan->read));
        query.bind(1, row & 0xff'ffff'ffff);
        for (size_t i = 1; i < plan->readValues.size(); ++i)
            query.bind(int(i) + 1, plan->readValues[i]);
        TZ_ASSIGN(const bool found, query.step());
        if (!found || query.integer(0) == 0)
            return removeRow(row);
        Entry entry{entity, query.id(1), row, &plan->fields, {}, {}, {}, {}};
        entry.texts.reserve(plan->fields.size());
        for (size_t i = 0; i < plan->fields.size(); ++i) {
            if (plan->isSet[i]) {
                TZ_ASSIGN(ValueList members, membersOf(*entity, entry.id, *plan->fields[i]));
                entry.texts.emplace_back(std::move(members));
            } else {
                entry.texts.push_back(query.value(int(i) + 2));
            }
        }
        spell(entry);
        return replace(entry);
    }
};

SearchWriter::SearchWriter(Database &database, CatalogPtr catalog, const CatalogNumbers &numbers)
    : d(std::make_unique<Private>(database, std::move(catalog), numbers))
{
}

SearchWriter::~SearchWriter() = default;

Result<> SearchWriter::put(const Record &record, qint64 rowId, bool isNew)
{
    TZ_ASSIGN(const Private::Plan *const plan, d->plan(*record.entity));
    if (plan->fields.empty())
        return {};
    if (record.deleted || (record.state & recordstate::deletedLocally))
        return d->removeRow(d->rowOf(*record.entity, rowId));
    TZ_ASSIGN(Entry entry, gathered(record, rowId));
    spell(entry);
    return isNew ? d->add(entry) : d->replace(entry);
}

Result<SearchWriter::Entry> SearchWriter::gathered(const Record &record, qint64 rowId)
{
    TZ_ASSIGN(const Private::Plan *const plan, d->plan(*record.entity));
    Entry entry{record.entity, record.id, d->rowOf(*record.entity, rowId), &plan->fields, {}, {}, {}, {}};
    entry.texts.reserve(plan->fields.size());
    for (const Field *const field : plan->fields) {
        const Value &value = record.value(field->index);
        const Entity *const target = value.isId() ? targetOf(*d->catalog, *field) : nullptr;
        if (target) {
            TZ_ASSIGN(QString title, d->title(*target, value.toId()));
            entry.texts.emplace_back(std::move(title));
        } else {
            entry.texts.push_back(value);
        }
    }
    return entry;
}

void SearchWriter::spell(Entry &entry)
{
    QString words;
    for (size_t i = 0; i < entry.fields->size(); ++i) {
        const Field &field = *(*entry.fields)[i];
        const Value &value = entry.texts[i];
        QString text;
        if (value.isText()) {
            text = value.toText();
        } else if (value.isInteger()) {
            text = decimal::toText(value.toInteger(), field.scale);
        } else if (value.isList()) {
            for (const Value &member : value.toList())
                text += member.toText() + u' ';
        }
        if (text.isEmpty() || field.type == FieldType::Enum || field.type == FieldType::State)
            continue;
        if (text.size() > longestIndexed)
            text.truncate(longestIndexed);
        if (!words.isEmpty())
            words += QStringLiteral(" \n ");
        words += field.type == FieldType::Phone ? phoneWords(text) : normalize::spaced(text);
        if (!isName(*entry.entity, field))
            continue;
        const pinyin::SearchKeys keys = pinyin::searchKeys(text);
        if (!keys.full.isEmpty())
            entry.pinyin += (entry.pinyin.isEmpty() ? "" : " ") + keys.full;
        if (!keys.initials.isEmpty())
            entry.initials += (entry.initials.isEmpty() ? "" : " ") + keys.initials;
    }
    entry.words = words.toUtf8();
}

Result<> SearchWriter::insert(const Entry &entry)
{
    return entry.fields->empty() ? Result<>() : d->add(entry);
}

Result<> SearchWriter::remove(const Entity &entity, qint64 rowId)
{
    Id id;
    {
        TZ_ASSIGN(Statement select,
                  d->database.prepare("SELECT id FROM " + quoted(entity.table).toUtf8() + " WHERE rowid = ?1"));
        TZ_ASSIGN(const bool found, select.bind(1, rowId).step());
        id = found ? select.id(0) : Id();
    }
    if (id)
        TZ_TRY(d->deferDependents(entity, id, true));
    return d->removeRow(d->rowOf(entity, rowId));
}

Result<> SearchWriter::defer(const Entity &entity, qint64 first, qint64 last)
{
    TZ_ASSIGN(const Private::Plan *const plan, d->plan(entity));
    if (plan->fields.empty())
        return {};
    TZ_ASSIGN(Statement insert, d->database.prepare("INSERT OR IGNORE INTO _search_todo(row) SELECT ?1 + rowid FROM " +
                                                    quoted(entity.table).toUtf8() + " WHERE rowid BETWEEN ?2 AND ?3"));
    return insert.bind(1, d->rowOf(entity, 0)).bind(2, first).bind(3, last).run();
}

Result<bool> SearchWriter::catchUp(int limit)
{
    std::vector<qint64> rows;
    {
        TZ_ASSIGN(Statement waiting, d->database.prepare("SELECT row FROM _search_todo ORDER BY row LIMIT ?1"));
        waiting.bind(1, limit);
        for (;;) {
            TZ_ASSIGN(const bool found, waiting.step());
            if (!found)
                break;
            rows.push_back(waiting.integer(0));
        }
    }
    // Taken off the list first: indexing may put further rows on it.
    if (!rows.empty()) {
        TZ_ASSIGN(Statement done, d->database.prepare("DELETE FROM _search_todo WHERE row <= ?1"));
        TZ_TRY(done.bind(1, rows.back()).run());
    }
    for (const qint64 row : rows)
        TZ_TRY(d->indexStored(row));
    TZ_ASSIGN(Statement rest, d->database.prepare("SELECT 1 FROM _search_todo LIMIT 1"));
    return rest.step();
}

Result<> SearchWriter::optimize()
{
    return d->database.execute("INSERT INTO search(search) VALUES('optimize')");
}

} // namespace tz
