// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/store/replicastate.h"
#include "tests/bench/benchdata.h"
#include "tests/bench/benchmark.h"

#include <QTemporaryDir>

#include <sqlite3.h>

namespace tz::bench {

namespace {

/// A replica with the bench catalog in a fresh folder.
struct Replica {
    QTemporaryDir folder;
    SystemClock clock;
    SystemEntropy entropy;
    Contributions contributions;
    CatalogPtr shared = catalog();
    std::unique_ptr<Database> database;
    std::unique_ptr<RecordStore> store;
    std::unique_ptr<ReplicaState> replica;

    Replica()
    {
        contribute(contributions);
        database = std::move(*must(Database::open(path())));
        store = std::make_unique<RecordStore>(
            *database, shared, RecordStore::Environment{&clock, &entropy, &contributions, [] { return 0; }});
        must(store->prepare());
        Actor actor;
        actor.user = Id::fromName(u"user:bench");
        actor.roles = {QStringLiteral("admin")};
        actor.device = Id::fromName(u"device:bench");
        must(store->setActor(actor));
        replica = std::make_unique<ReplicaState>(*store);
        wire::KeyList keys;
        keys.version = 1;
        keys.keys = {1};
        must(replica->receiveScope(keys, {}));
    }
    QString path() const { return folder.filePath(QStringLiteral("replica.sqlite")); }

    /// Applies records [0, count) as pulled pages of at most 50,000; answers the seconds with decoding.
    double fill(int count)
    {
        double time = 0;
        for (int from = 0; from < count; from += int(limits::pageRows)) {
            const int to = std::min(count, from + int(limits::pageRows));
            const QByteArray body =
                wire::compress(wire::encode(page(from, to, 1 + from / limits::pageRows, to < count)));
            time += seconds([&] {
                wire::PageReader reader(std::move(*must(wire::decompress(body, 1 << 30))));
                must(replica->receive(reader));
            });
        }
        return time;
    }
    double indexSearch()
    {
        return seconds([&] { must(store->indexWaiting()); });
    }
};

void firstSync(Report &report, const Options &options)
{
    std::vector<double> ours, bare, index;
    double rowsMiB = 0, withListsMiB = 0, bareMiB = 0;
    for (int round = 0; round < options.rounds; ++round) {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("bare.sqlite"));
        bare.push_back(bareInsertRate(path, options.records, int(limits::pageRows), false));
        bareMiB = mebibytesWithoutSearch(path);
        Replica replica;
        ours.push_back(options.records / replica.fill(options.records));
        rowsMiB = mebibytesWithoutSearch(replica.path());
        index.push_back(options.records / replica.indexSearch());
        withListsMiB = mebibytesWithoutSearch(replica.path());
    }
    report.add(QStringLiteral("first sync applied, %1 records").arg(options.records), median(ours),
               QStringLiteral("rows/s"), median(bare), Report::Bar::AtLeast, 0.4);
    report.note(QStringLiteral("indexes of lists and search built afterwards"), median(index),
                QStringLiteral("rows/s"));
    report.add(QStringLiteral("disk after the first sync, %1 records, before any index").arg(options.records), rowsMiB,
               QStringLiteral("MiB"), bareMiB, Report::Bar::None, 0);
    report.add(QStringLiteral("disk, %1 records, without the search index").arg(options.records), withListsMiB,
               QStringLiteral("MiB"), bareMiB, Report::Bar::AtMost, 1.5);
}

void localImport(Report &report, const Options &options)
{
    const int records = options.records / 2;
    std::vector<double> ours, bare;
    for (int round = 0; round < options.rounds; ++round) {
        QTemporaryDir folder;
        bare.push_back(
            bareInsertRate(folder.filePath(QStringLiteral("bare.sqlite")), records, int(limits::pageRows), false));
        Replica replica;
        std::vector<Draft> drafts;
        for (int from = 0; from < records; from += int(limits::importBatch)) {
            Draft draft = replica.store->draft();
            draft.independent = true;
            for (int i = from; i < std::min(records, from + int(limits::importBatch)); ++i) {
                Draft::Values values;
                std::vector<Value> row = valuesOf(i);
                for (size_t k = 0; k < row.size(); ++k)
                    values.emplace_back(fieldNames()[qsizetype(k)], std::move(row[k]));
                draft.create(QString::fromLatin1(entityName), idOf(i), std::move(values));
            }
            drafts.push_back(std::move(draft));
        }
        const double time = seconds([&] { importDrafts(*replica.store, std::move(drafts)); });
        ours.push_back(records / time);
    }
    report.add(QStringLiteral("local import: rules, outbox, audit, search; %1 records").arg(records), median(ours),
               QStringLiteral("rows/s"), median(bare), Report::Bar::AtLeast, 0.15);
}

/// Median seconds of stepping the statement to its end.
double bareQuery(sqlite3 *db, const char *sql, int repeats)
{
    sqlite3_stmt *statement = nullptr;
    if (sqlite3_prepare_v2(db, sql, -1, &statement, nullptr) != SQLITE_OK)
        qFatal("%s: %s", sql, sqlite3_errmsg(db));
    std::vector<double> times;
    for (int i = 0; i < repeats; ++i) {
        times.push_back(seconds([&] {
            while (sqlite3_step(statement) == SQLITE_ROW)
                for (int c = 0; c < sqlite3_column_count(statement); ++c)
                    sqlite3_column_text(statement, c);
            sqlite3_reset(statement);
        }));
    }
    sqlite3_finalize(statement);
    return median(times);
}

void largeReads(Report &report, const Options &options)
{
    Replica replica;
    replica.fill(options.largeRecords);
    replica.indexSearch();
    Database &database = *replica.database;
    const RecordReader &reader = *replica.store;
    constexpr int repeats = 30;

    Query list;
    list.entity = QString::fromLatin1(entityName);
    list.fields = {QStringLiteral("id"), QStringLiteral("name"), QStringLiteral("city"), QStringLiteral("level"),
                   QStringLiteral("revenue")};
    list.filterText = QStringLiteral("level == 'b' and revenue > 1000");
    list.sort = {{QStringLiteral("revenue"), true}};
    list.limit = 50;
    std::vector<double> ours;
    for (int i = 0; i < repeats; ++i) {
        ours.push_back(seconds([&] {
            if (must(reader.select(list))->rows.size() != 50)
                qFatal("the list's first page is not full");
        }));
    }
    const double bare = bareQuery(database.handle(),
                                  "SELECT id, name, city, level, revenue FROM bench_customer"
                                  " WHERE level = 'b' AND revenue > 10000000 AND _state & 2 = 0"
                                  " ORDER BY revenue DESC LIMIT 50",
                                  repeats);
    report.add(QStringLiteral("first page of a sorted, filtered list, %1 rows").arg(options.largeRecords),
               median(ours) * 1e3, QStringLiteral("ms"), bare * 1e3, Report::Bar::AtMost, 3);

    struct Keystroke {
        const char *text;
        const char *match;
    };
    const Keystroke keystrokes[] = {{"华", "{han} : (\"华\")"},
                                    {"上海华", "{han} : (\"上 海 华\")"},
                                    {"huayun", "{py} : (\"huayun\" *)"},
                                    {"alph", "{han} : (\"alph\" *)"}};
    for (const Keystroke &keystroke : keystrokes) {
        const QString text = QString::fromUtf8(keystroke.text);
        std::vector<double> times;
        size_t hits = 0;
        for (int i = 0; i < repeats; ++i)
            times.push_back(seconds([&] { hits = must(reader.search(text, 50))->size(); }));
        if (hits == 0)
            qFatal("search found nothing for %s", keystroke.text);
        const QByteArray sql =
            QByteArray("SELECT s.rowid, t.id, t.name FROM (SELECT rowid FROM search WHERE search MATCH '") +
            keystroke.match + "' LIMIT 50) s JOIN bench_customer t ON t.rowid = s.rowid & 0xffffffffff";
        report.add(QStringLiteral("search keystroke '%1', %2 records").arg(text).arg(options.largeRecords),
                   median(times) * 1e3, QStringLiteral("ms"),
                   bareQuery(database.handle(), sql.constData(), repeats) * 1e3, Report::Bar::AtMost, 2);
    }
}

} // namespace

void storeBenchmarks(Report &report, const Options &options)
{
    if (options.wants("first sync"))
        firstSync(report, options);
    if (options.wants("local import"))
        localImport(report, options);
    if (options.wants("large reads"))
        largeReads(report, options);
}

} // namespace tz::bench
