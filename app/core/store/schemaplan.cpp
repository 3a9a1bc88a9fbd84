// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/store/schemaplan.h"

#include "core/store/schemaplanner.h"
#include "core/store/synctables.h"

#include <QFile>

#include <sqlite3.h>
#include <unicode/uversion.h>

namespace tz {

namespace {

const char systemTables[] = R"sql(
CREATE TABLE IF NOT EXISTS _meta(name TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS _entity(number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, title TEXT, search TEXT);
CREATE TABLE IF NOT EXISTS _field(entity INTEGER, number INTEGER, name TEXT NOT NULL, kind TEXT, scale INTEGER,
    formula TEXT, PRIMARY KEY(entity, number), UNIQUE(entity, name)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS _member(entity INTEGER, owner BLOB, field INTEGER, value,
    PRIMARY KEY(entity, owner, field, value)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS _member_value ON _member(value, entity, field);
)sql";

const char replicaTables[] = R"sql(
CREATE VIRTUAL TABLE IF NOT EXISTS search USING fts5(han, py, ini, columnsize=0, tokenize='ascii');
INSERT INTO search(search, rank) VALUES ('automerge', 16), ('hashsize', 2097152);
CREATE TABLE IF NOT EXISTS _search_todo(row INTEGER PRIMARY KEY);
)sql";

/// What a plan depends on: the declarations, the code that plans, and the library whose sort keys are stored.
QString fingerprintOf(const Catalog &catalog)
{
    UVersionInfo version;
    u_getVersion(version);
    const QByteArray icu(reinterpret_cast<const char *>(version), sizeof version);
    return catalog.mark() + QStringLiteral(" " TZ_SCHEMA_CODE " ") + QString::fromLatin1(icu.toHex());
}

Result<> copyTo(Database &database, const QString &path)
{
    QFile::remove(path);
    // A connection of its own, without our extensions: the copy needs none.
    sqlite3 *copy = nullptr;
    int code = sqlite3_open_v2(QFile::encodeName(path).constData(), &copy, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
                               nullptr);
    if (code == SQLITE_OK) {
        if (sqlite3_backup *const backup = sqlite3_backup_init(copy, "main", database.handle(), "main")) {
            sqlite3_backup_step(backup, -1);
            code = sqlite3_backup_finish(backup);
        } else {
            code = sqlite3_errcode(copy);
        }
    }
    sqlite3_close(copy);
    if (code == SQLITE_OK)
        return {};
    QFile::remove(path);
    return fail(database.lastError(code));
}

} // namespace

Result<SchemaPlan> SchemaPlan::make(Database &database, const Catalog &catalog, SchemaKind kind)
{
    SchemaPlan plan;
    plan.m_kind = kind;
    TZ_ASSIGN(const bool known, database.hasTable(QStringLiteral("_entity")));
    plan.m_new = !known;
    if (plan.m_new) {
        plan.m_steps.append({QStringLiteral("Create the common tables"), QByteArray(systemTables)});
        if (kind == SchemaKind::Replica)
            plan.m_steps.append({QStringLiteral("Create the tables of a replica"), QByteArray(replicaTables)});
        const QByteArray name = kind == SchemaKind::Replica ? "replica" : "server";
        plan.m_steps.append({QStringLiteral("Note the kind of database"),
                             "INSERT INTO _meta(name, value) VALUES ('kind', '" + name + "')"});
    }
    plan.m_fingerprint = fingerprintOf(catalog);
    if (!plan.m_new) {
        TZ_ASSIGN(Statement planned, database.prepare("SELECT value FROM _meta WHERE name = 'planned'"));
        TZ_ASSIGN(const bool found, planned.step());
        plan.m_isNoted = found && planned.text(0) == plan.m_fingerprint;
        if (plan.m_isNoted)
            return plan;
    }
    TZ_TRY(planEntities(database, catalog, kind, plan.m_new, plan.m_steps));
    return plan;
}

Result<> SchemaPlan::note(Database &database) const
{
    TZ_ASSIGN(Statement note, database.prepare("INSERT INTO _meta(name, value) VALUES ('planned', ?1) ON "
                                               "CONFLICT(name) DO UPDATE SET value = excluded.value"));
    return note.bind(1, m_fingerprint).run();
}

Result<> SchemaPlan::execute(Database &database) const
{
    // Its plan, although empty, is as dear to make as any other.
    if (m_steps.isEmpty())
        return m_isNoted ? Result<>() : note(database);
    const QString copy = database.path() + QStringLiteral(".before-migration");
    const bool rewrites =
        std::any_of(m_steps.begin(), m_steps.end(), [](const SchemaStep &step) { return step.rewrites; });
    // A copy of a file; what another database keeps is its administrator's business.
    if (!m_new && rewrites && !database.engine())
        TZ_TRY(copyTo(database, copy));
    database.clearStatements();
    TZ_ASSIGN(Transaction transaction, Transaction::begin(database));
    for (const SchemaStep &step : m_steps) {
        if (auto done = database.execute(step.sql); !done) {
            Error error = std::move(done.error());
            error.params.insert(QStringLiteral("step"), step.description);
            return fail(std::move(error));
        }
    }
    if (m_kind == SchemaKind::Replica)
        TZ_TRY(synctables::create(database));
    TZ_TRY(note(database));
    TZ_TRY(transaction.commit());
    database.clearStatements();
    QFile::remove(copy);
    return {};
}

Result<CatalogNumbers> CatalogNumbers::load(Database &database, const Catalog &catalog)
{
    CatalogNumbers numbers;
    TZ_ASSIGN(const auto known, knownEntities(database));
    for (const Entity *const entity : catalog.entities()) {
        const auto found = known.constFind(entity->fullName);
        if (found == known.cend()) {
            numbers.m_complete = false;
            continue;
        }
        numbers.m_entities.insert(entity->fullName, found->number);
        numbers.m_byNumber.insert(found->number, entity);
        QList<int> &fields = numbers.m_fields[entity];
        for (const Field &field : entity->fields) {
            const auto of = found->fields.constFind(field.name);
            fields.append(of == found->fields.cend() ? -1 : of->number);
            numbers.m_complete = numbers.m_complete && of != found->fields.cend();
            if (of != found->fields.cend())
                numbers.m_fieldIndexes[entity].insert(of->number, field.index);
        }
    }
    return numbers;
}

} // namespace tz
