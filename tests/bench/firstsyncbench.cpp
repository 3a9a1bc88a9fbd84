// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors

// The first copy of a large server, for one laptop and for many at once, and what goes over the wire.
#include "tests/bench/benchdata.h"
#include "tests/bench/benchmark.h"
#include "tests/bench/company.h"
#include "tests/bench/rates.h"
#include "tests/support/postgres.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

namespace tz::bench {

namespace {

constexpr int longestMs = 3'600'000;
/// qCompress() puts its own four bytes before what zlib makes; gzip's frame has 12 more than zlib's.
constexpr qint64 gzipFrame = 12 - 4;

QJsonValue jsonOf(const Value &value)
{
    if (value.isInteger())
        return value.toInteger();
    if (value.isId())
        return value.toId().toString();
    if (value.isList()) {
        QJsonArray list;
        for (const Value &member : value.toList())
            list.append(jsonOf(member));
        return list;
    }
    return value.toText();
}

/// The page's rows as any web service would send them: objects with the names of their fields, without empty ones.
QByteArray jsonOf(const wire::Page &page)
{
    QJsonObject tables;
    for (const wire::TableRows &table : page.tables) {
        QJsonArray rows;
        for (const wire::Row &row : table.rows) {
            QJsonObject object{{QStringLiteral("id"), row.id.toString()}, {QStringLiteral("rev"), row.rev}};
            for (size_t k = 0; k < row.values.size(); ++k) {
                if (!row.values[k].isNull())
                    object.insert(table.fields[qsizetype(k)], jsonOf(row.values[k]));
            }
            rows.append(object);
        }
        tables.insert(table.entity, rows);
    }
    return QJsonDocument(tables).toJson(QJsonDocument::Compact);
}

/// Everything as a new copy fetches it, without keeping it.
void wireBytes(Report &report, const Company &company, int records)
{
    WireClient client = company.client(0);
    client.hello();
    client.forget();
    qint64 packed = 0, plain = 0, json = 0, jsonPacked = 0, rows = 0;
    double time = 0;
    for (bool more = true; more;) {
        wire::Page page;
        time += seconds([&] { page = client.pull(); });
        more = page.more;
        packed += client.packedBytes();
        plain += client.plainBytes();
        for (const wire::TableRows &table : page.tables)
            rows += qint64(table.rows.size());
        const QByteArray text = jsonOf(page);
        json += text.size();
        jsonPacked += qCompress(text, 6).size() + gzipFrame;
    }
    if (rows < records)
        qFatal("only %lld rows came", rows);
    report.note(QStringLiteral("pages made by the server and decoded, %1 records").arg(records), double(rows) / time,
                QStringLiteral("rows/s"));
    report.add(QStringLiteral("bytes on the wire, first sync, against gzip'd JSON"), double(packed) / double(rows),
               QStringLiteral("bytes/row"), double(jsonPacked) / double(rows), Report::Bar::AtMost, 1);
    report.add(QStringLiteral("the same unpacked, against JSON"), double(plain) / double(rows),
               QStringLiteral("bytes/row"), double(json) / double(rows), Report::Bar::None, 0);
}

/// One laptop that fetches its first copy.
struct Copy {
    QTemporaryDir folder;
    std::unique_ptr<Workspace> workspace;
    double seconds = 0;
};

qint64 customersIn(Workspace &workspace)
{
    Query query;
    query.entity = QString::fromLatin1(customerEntity);
    query.aggregates = {{Aggregate::Kind::Count, {}}};
    return must(workspace.reader().select(query))->rows.front().front().toInteger();
}

/// All at once; answers the seconds of each, from signing in until its copy is complete. They share this machine with
/// each other and with the server.
std::vector<double> copies(Company &company, int count, int records)
{
    std::vector<std::unique_ptr<Copy>> all;
    for (int n = 0; n < count; ++n)
        all.push_back(std::make_unique<Copy>());
    QElapsedTimer timer;
    timer.start();
    for (int n = 0; n < count; ++n) {
        Copy &copy = *all[size_t(n)];
        copy.workspace = company.signIn(copy.folder.filePath(QStringLiteral("profile")), n);
    }
    std::vector<double> times;
    waitFor(
        "the first copies",
        [&] {
            for (const auto &copy : all) {
                if (!copy->workspace || !copy->workspace->status().complete)
                    continue;
                times.push_back(double(timer.nsecsElapsed()) / 1e9);
                if (customersIn(*copy->workspace) != records)
                    qFatal("a copy that calls itself complete is not");
                // What it does from now on, and the disk that it takes, would be others' loss.
                copy->workspace.reset();
                copy->folder.remove();
            }
            return times.size() == all.size();
        },
        longestMs);
    return times;
}

void firstSyncs(Report &report, const Options &options, const QString &name, const QString &database)
{
    const int records = options.largeRecords;
    Company company(database);
    company.addUsers(options.copies, 1);
    company.start();
    const double filled = company.fill(records);
    report.add(name + QStringLiteral(": %1 records taken in imports' batches").arg(records), records / filled,
               QStringLiteral("rows/s"), bareRate(database, 1, 6'000, 2'000), Report::Bar::None, 0);
    if (database.isEmpty())
        wireBytes(report, company, records);
    QTemporaryDir folder;
    const double bare =
        records / bareInsertRate(folder.filePath(QStringLiteral("bare.sqlite")), records, int(limits::pageRows), false);
    folder.remove();
    std::vector<double> one;
    for (int round = 0; round < options.rounds; ++round)
        one.push_back(copies(company, 1, records).front());
    report.add(name + QStringLiteral(": first sync of %1 records, one client").arg(records), median(one),
               QStringLiteral("s"), bare, Report::Bar::None, 0);
    const qint64 sent = company.metric("tongzhou_http_sent_bytes_total");
    const std::vector<double> many = copies(company, options.copies, records);
    report.add(name + QStringLiteral(": first sync of %1 records, %2 clients at once, the first")
                          .arg(records)
                          .arg(options.copies),
               many.front(), QStringLiteral("s"), bare, Report::Bar::None, 0);
    report.add(
        name +
            QStringLiteral(": first sync of %1 records, %2 clients at once, the last").arg(records).arg(options.copies),
        many.back(), QStringLiteral("s"), bare * options.copies, Report::Bar::None, 0);
    report.note(name + QStringLiteral(": bytes that the server sent to each of them"),
                double(company.metric("tongzhou_http_sent_bytes_total") - sent) / options.copies / 1'048'576,
                QStringLiteral("MiB"));
    report.note(name + QStringLiteral(": memory of the server afterwards"), double(company.residentKiB()) / 1024,
                QStringLiteral("MiB"));
    company.stop();
}

} // namespace

void firstSyncBenchmarks(Report &report, const Options &options)
{
    if (!options.wants("large copies"))
        return;
    firstSyncs(report, options, QStringLiteral("SQLite"), {});
    firstSyncs(report, options, QStringLiteral("PostgreSQL"), test::PostgresServer::shared().newDatabase());
}

} // namespace tz::bench
