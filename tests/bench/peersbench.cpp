// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors

// The same work on ours and on peers, one after the other in each round: peers/harness.mjs says what is measured.
#include "core/store/bulkwrite.h"
#include "tests/bench/benchdata.h"
#include "tests/bench/benchmark.h"
#include "tests/bench/company.h"
#include "tests/bench/edits.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>

namespace tz::bench {

namespace {

constexpr int longestMs = 1'800'000;

/// Figures by the names that peers/harness.mjs gives them.
using Figures = QHash<QString, double>;

struct Row {
    const char *name;
    const char *what;
    const char *unit;
    Report::Bar better;
};
constexpr Row rows[] = {
    {"create", "local bulk create", "s", Report::Bar::AtMost},
    {"push", "sent to the server", "s", Report::Bar::AtMost},
    {"copy", "first copy", "s", Report::Bar::AtMost},
    {"edit_median", "one edit from A to B, median", "ms", Report::Bar::AtMost},
    {"edit_p99", "one edit from A to B, p99", "ms", Report::Bar::AtMost},
    {"at_once", "edits made at once and seen on B", "edits/s", Report::Bar::AtLeast},
    {"disk", "disk of B's copy", "MiB", Report::Bar::AtMost},
    {"memory", "memory of the server", "MiB", Report::Bar::AtMost},
};

/// What is compared with. `isBar`: ours has to be ahead in every row.
struct Peer {
    const char *script;
    const char *name;
    bool isBar;
};
constexpr Peer peers[] = {{"pouchdb.mjs", "PouchDB (does not sync the disk)", true},
                          {"rxdb.mjs", "RxDB (nothing on any disk)", false}};

double createAll(Workspace &workspace, int records)
{
    std::vector<Draft> drafts;
    for (int i = 0; i < records;) {
        Draft draft = workspace.draft();
        draft.independent = true;
        for (; i < records && draft.changes().size() < size_t(limits::importBatch); ++i)
            draft.create(QString::fromLatin1(customerEntity), idOf(i), customerValues(i));
        drafts.push_back(std::move(draft));
    }
    double time = -1;
    const auto all = std::make_shared<std::vector<Draft>>(std::move(drafts));
    workspace.onStore(
        [all](RecordStore &store, ReplicaState &) -> std::any {
            return seconds([&] { importDrafts(store, std::move(*all)); });
        },
        [&time](const std::any &taken) { time = std::any_cast<double>(taken); });
    waitFor(
        "the records on A", [&time] { return time >= 0; }, longestMs);
    return time;
}

/// Asks the file: the status comes a little later.
bool isEmpty(Workspace &workspace, const QByteArray &table)
{
    auto first = must(workspace.reader().database().prepare("SELECT 1 FROM " + table + " LIMIT 1"));
    return !*must(first->step());
}

bool isIndexed(Workspace &workspace)
{
    return isEmpty(workspace, "_search_todo");
}

Figures ours(const Options &options)
{
    Figures figures;
    Company company;
    company.addUsers(2, 0);
    company.start();
    QTemporaryDir folder;
    const auto a = company.copy(folder.filePath(QStringLiteral("a")), 0);
    figures[QStringLiteral("create")] = createAll(*a, options.peerRecords);
    figures[QStringLiteral("push")] = seconds([&] {
        waitFor(
            "what A sends", [&] { return isEmpty(*a, "sync_outbox"); }, longestMs);
    });
    std::unique_ptr<Workspace> b;
    const QString profile = folder.filePath(QStringLiteral("b"));
    figures[QStringLiteral("copy")] = seconds([&] {
        b = company.signIn(profile, 1);
        waitFor(
            "the first copy", [&] { return b->status().complete; }, longestMs);
    });
    // Theirs have no search.
    waitFor(
        "the search index", [&] { return isIndexed(*a) && isIndexed(*b); }, longestMs);
    figures[QStringLiteral("disk")] = mebibytesWithoutSearch(b->profile().databasePath());
    Edits edits(*a, *b);
    std::vector<Id> ids;
    for (int i = 0; i < options.edits; ++i)
        ids.push_back(idOf(i));
    edits.use(std::move(ids));
    const std::vector<double> singles = edits.oneByOne(options.singleEdits);
    figures[QStringLiteral("edit_median")] = median(singles);
    figures[QStringLiteral("edit_p99")] = percentile(singles, 0.99);
    figures[QStringLiteral("at_once")] = options.edits / edits.allAtOnce();
    figures[QStringLiteral("memory")] = double(company.residentKiB()) / 1024;
    company.stop();
    return figures;
}

/// The records as the peers read them.
void writeRecords(const QString &path, int records)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        qFatal("cannot write %s", qPrintable(path));
    for (int i = 0; i < records; ++i) {
        QJsonObject object{{QStringLiteral("id"), idOf(i).toString()}};
        for (const auto &[name, value] : customerValues(i))
            object.insert(name, value.isText() ? QJsonValue(value.toText()) : QJsonValue(value.toInteger()));
        file.write(QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n');
    }
}

Figures theirs(const Peer &peer, const QString &records, const Options &options)
{
    QProcess node;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("RECORDS"), records);
    environment.insert(QStringLiteral("EDITS"), QString::number(options.edits));
    environment.insert(QStringLiteral("SINGLES"), QString::number(options.singleEdits));
    node.setProcessEnvironment(environment);
    node.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    node.start(QStringLiteral("node"), {QStringLiteral(TZ_PEERS_DIR "/") + QString::fromLatin1(peer.script)});
    if (!node.waitForFinished(longestMs) || node.exitCode() != 0)
        qFatal("%s: %s", peer.script, qPrintable(node.errorString()));
    const QJsonObject said = QJsonDocument::fromJson(node.readAllStandardOutput()).object();
    Figures figures;
    for (auto figure = said.begin(); figure != said.end(); ++figure)
        figures[figure.key()] = figure.value().toDouble();
    return figures;
}

double medianOf(const std::vector<Figures> &rounds, const char *name)
{
    std::vector<double> values;
    for (const Figures &round : rounds)
        values.push_back(round.value(QString::fromLatin1(name)));
    return median(std::move(values));
}

} // namespace

void peerBenchmarks(Report &report, const Options &options)
{
    if (!options.wants("peers"))
        return;
    if (!QFile::exists(QStringLiteral(TZ_PEERS_DIR "/node_modules"))) {
        std::fprintf(stderr, "peers: not compared, their packages are not in %s (./dev bench fetches them)\n",
                     TZ_PEERS_DIR);
        return;
    }
    QTemporaryDir folder;
    const QString records = folder.filePath(QStringLiteral("records.jsonl"));
    writeRecords(records, options.peerRecords);
    std::vector<Figures> our;
    std::vector<std::vector<Figures>> their(std::size(peers));
    for (int round = 0; round < options.rounds; ++round) {
        our.push_back(ours(options));
        for (size_t n = 0; n < std::size(peers); ++n)
            their[n].push_back(theirs(peers[n], records, options));
    }
    for (size_t n = 0; n < std::size(peers); ++n) {
        for (const Row &row : rows)
            report.add(QStringLiteral("peers, %1 records: %2, against %3")
                           .arg(options.peerRecords)
                           .arg(QString::fromLatin1(row.what), QString::fromLatin1(peers[n].name)),
                       medianOf(our, row.name), QString::fromLatin1(row.unit), medianOf(their[n], row.name),
                       peers[n].isBar ? row.better : Report::Bar::None, 1);
    }
}

} // namespace tz::bench
