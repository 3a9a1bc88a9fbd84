// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "server/copies/postgrescopies.h"

#include "server/postgres/engine.h"

#include <QDateTime>
#include <QDir>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>

namespace tz::server {

namespace {

constexpr qsizetype shownDetail = 500;

/// The address in libpq's variables: in a list of arguments everybody could read the password.
QProcessEnvironment environmentOf(const PostgresAddress &address)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    const std::unique_ptr<PQconninfoOption, void (*)(PQconninfoOption *)> options(
        PQconninfoParse(address.url.constData(), nullptr), PQconninfoFree);
    for (const PQconninfoOption *option = options.get(); option && option->keyword; ++option) {
        if (option->val && option->envvar)
            environment.insert(QString::fromLatin1(option->envvar), QString::fromUtf8(option->val));
    }
    return environment;
}

Result<> runTool(const QString &tool, const PostgresAddress &address, const QStringList &arguments)
{
    const QString program = QStandardPaths::findExecutable(tool);
    if (program.isEmpty())
        return fail("copies.no_tool", {{QStringLiteral("tool"), tool}});
    QProcess process;
    process.setProcessEnvironment(environmentOf(address));
    process.setStandardOutputFile(QProcess::nullDevice());
    process.start(program, arguments, QProcess::ReadOnly);
    if (!process.waitForStarted() || !process.waitForFinished(-1) || process.exitStatus() != QProcess::NormalExit ||
        process.exitCode() != 0) {
        const QString said = QString::fromUtf8(process.readAllStandardError()).simplified().left(shownDetail);
        return fail("copies.tool_failed", {{QStringLiteral("tool"), tool},
                                           {QStringLiteral("detail"), said.isEmpty() ? process.errorString() : said}});
    }
    return {};
}

std::unique_ptr<Database> connect(const PostgresAddress &address)
{
    return Database::over(std::make_unique<PostgresEngine>(address, PostgresConnection::Role::Plain));
}

Result<> executeRaw(Database &database, const QByteArray &sql)
{
    return static_cast<PostgresEngine &>(*database.engine()).executeRaw(sql);
}

enum class Found { Nothing, Empty, Tables };

Result<Found> schemaFound(Database &database, const QByteArray &schema);

/// Of the schema that makes room for another one.
Result<QByteArray> freeName(Database &database, const QByteArray &schema, qint64 nowMs)
{
    const QByteArray first =
        schema.left(30) + "_before_" +
        QDateTime::fromMSecsSinceEpoch(nowMs, Qt::UTC).toString(QStringLiteral("yyyyMMdd_HHmmss")).toLatin1();
    QByteArray name = first;
    for (int n = 2;; ++n) {
        TZ_ASSIGN(const Found there, schemaFound(database, name));
        if (there == Found::Nothing)
            return name;
        name = first + '_' + QByteArray::number(n);
    }
}

Result<Found> schemaFound(Database &database, const QByteArray &schema)
{
    TZ_ASSIGN(Statement select,
              database.prepare("SELECT (SELECT count(*) FROM pg_class c WHERE c.relnamespace = n.oid) "
                               "FROM pg_namespace n WHERE n.nspname = ?1"));
    select.bindUtf8(1, schema);
    TZ_ASSIGN(const bool exists, select.step());
    if (!exists)
        return Found::Nothing;
    return select.integer(0) > 0 ? Found::Tables : Found::Empty;
}

Result<qint64> fill(Database &database, const PostgresAddress &address, const Environment &environment,
                    const QString &input, const Manifest &manifest)
{
    // Among the temporary files: a data folder on PostgreSQL may be small.
    const QTemporaryDir folder;
    const QString content = folder.filePath(QStringLiteral("content"));
    TZ_TRY(unpack(input, content));
    const QString schema = QString::fromUtf8(address.schema);
    // Rights of others are given again: their roles may not be here.
    TZ_TRY(
        runTool(QStringLiteral("pg_restore"), address,
                {QStringLiteral("--single-transaction"), QStringLiteral("--no-owner"),
                 QStringLiteral("--no-privileges"), QStringLiteral("--schema=") + schema,
                 QStringLiteral("--dbname=") + environmentOf(address).value(QStringLiteral("PGDATABASE")), content}));
    return moveHistoryOn(database, manifest, environment, input);
}

} // namespace

Result<> backupPostgres(const Environment &environment, const QString &content, Manifest &manifest)
{
    TZ_ASSIGN(const PostgresAddress address, PostgresAddress::parse(environment.database));
    manifest.kind = Manifest::Kind::Postgres;
    manifest.schema = QString::fromUtf8(address.schema);
    const std::unique_ptr<Database> database = connect(address);
    TZ_ASSIGN(const bool exists, database->hasTable(QStringLiteral("counter")));
    if (!exists)
        return fail("server.database_empty", {{QStringLiteral("path"), address.shown}});
    TZ_TRY(executeRaw(*database, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"));
    QString snapshot;
    {
        TZ_ASSIGN(Statement exported, database->prepare("SELECT pg_export_snapshot()"));
        TZ_TRY(exported.step());
        snapshot = exported.text(0);
    }
    TZ_TRY(describe(*database, manifest));
    TZ_TRY(runTool(QStringLiteral("pg_dump"), address,
                   {QStringLiteral("--format=custom"), QStringLiteral("--schema=") + manifest.schema,
                    QStringLiteral("--snapshot=") + snapshot, QStringLiteral("--file=") + content}));
    return executeRaw(*database, "COMMIT");
}

Result<Restored> restorePostgres(const Environment &environment, const QString &input, const Manifest &manifest,
                                 bool over)
{
    TZ_ASSIGN(const PostgresAddress address, PostgresAddress::parse(environment.database));
    if (manifest.schema.toUtf8() != address.schema)
        return fail("copies.other_schema",
                    {{QStringLiteral("path"), input}, {QStringLiteral("schema"), manifest.schema}});
    const std::unique_ptr<Database> database = connect(address);
    TZ_ASSIGN(const Found found, schemaFound(*database, address.schema));
    if (found == Found::Tables && !over)
        return fail("copies.living", {{QStringLiteral("path"), address.shown}});
    Restored restored;
    restored.from = manifest;
    const QByteArray schema = '"' + address.schema + '"';
    QByteArray aside;
    if (found == Found::Tables) {
        TZ_ASSIGN(aside, freeName(*database, address.schema, environment.clock->nowMs()));
        TZ_TRY(executeRaw(*database, "ALTER SCHEMA " + schema + " RENAME TO \"" + aside + '"'));
        restored.keptAside = QStringLiteral("schema ") + QString::fromUtf8(aside);
    }
    if (found != Found::Empty)
        TZ_TRY(executeRaw(*database, "CREATE SCHEMA " + schema));
    const auto revision = fill(*database, address, environment, input, manifest);
    if (!revision) {
        if (found != Found::Empty)
            (void)executeRaw(*database, "DROP SCHEMA " + schema + " CASCADE");
        if (!aside.isEmpty())
            (void)executeRaw(*database, "ALTER SCHEMA \"" + aside + "\" RENAME TO " + schema);
        return fail(revision.error());
    }
    restored.revision = *revision;
    return restored;
}

} // namespace tz::server
