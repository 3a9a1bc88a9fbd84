// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "leakdevice.h"

#include "core/store/synctables.h"
#include "tests/support/catch.h"

#include <QDirIterator>
#include <QtEndian>

namespace tz::test {

LeakDevice::LeakDevice(QString deviceName, const Id &userId, const Id &deviceId, const QByteArray &itsToken,
                       ManualClock &clock, quint64 seed, Server server)
    : name(std::move(deviceName))
    , user(userId)
    , device(deviceId)
    , token(itsToken)
    , m_clock(clock)
    , m_entropy(seed)
    , m_server(std::move(server))
{
}

LeakDevice::~LeakDevice()
{
    close();
}

void LeakDevice::close()
{
    m_transfers.reset();
    m_replicator.reset();
    m_transport.reset();
    m_beside.reset();
    m_attachments.reset();
    m_state.reset();
    m_store.reset();
    m_database.reset();
    m_isStarted = false;
}

Transport &LeakDevice::connection(std::unique_ptr<FakeTransport> &place)
{
    place = std::make_unique<FakeTransport>(
        [this](const QString &path, const QByteArray &body) { return m_server(token, path, body); });
    return *place;
}

void LeakDevice::open(DepartmentHost &host)
{
    close();
    program = &host;
    auto database = Database::open(m_folder.filePath(QStringLiteral("replica.sqlite")));
    REQUIRE_RESULT(database);
    m_database = std::move(*database);
    m_store = std::make_unique<RecordStore>(
        *m_database, host.catalog(),
        RecordStore::Environment{&m_clock, &m_entropy, &host.contributions(), [] { return 0; }});
    REQUIRE_RESULT(m_store->prepare());
    m_state = std::make_unique<ReplicaState>(*m_store);
    m_attachments =
        std::make_unique<AttachmentState>(*m_store, ContentFolder(m_folder.filePath(QStringLiteral("attachments"))));
    m_attachments->folder().tidy();
    if (m_store->actor().user.isNull()) {
        Actor actor;
        actor.user = user;
        actor.device = device;
        REQUIRE_RESULT(m_store->setActor(actor));
    }
    m_replicator = std::make_unique<Replicator>(*m_store, *m_state, connection(m_transport), m_entropy,
                                                QStringLiteral("leaktest"));
    m_transfers = std::make_unique<Transfers>(*m_store, *m_attachments, connection(m_beside), m_entropy);
    QObject::connect(m_replicator.get(), &Replicator::quiet, m_replicator.get(), [this] { m_isQuiet = true; });
    QObject::connect(m_replicator.get(), &Replicator::failed, m_replicator.get(), [this] { m_hasFailed = true; });
    QObject::connect(m_replicator.get(), &Replicator::signedOut, m_replicator.get(), [this] { m_hasFailed = true; });
    QObject::connect(m_replicator.get(), &Replicator::tokenRenewed, m_replicator.get(),
                     [this](const QString &renewed) { token = renewed.toLatin1(); });
}

bool LeakDevice::sync()
{
    m_isQuiet = m_hasFailed = false;
    if (!m_isStarted)
        m_replicator->start(false);
    else
        m_replicator->syncNow();
    m_isStarted = true;
    REQUIRE(waitUntil([this] { return m_isQuiet || m_hasFailed; }, 60'000));
    if (m_hasFailed) {
        // Shut out, it would not begin again by itself.
        m_replicator->stop();
        m_isStarted = false;
        return false;
    }
    // As the workspace does when all is quiet.
    REQUIRE_RESULT(m_attachments->reconcile());
    REQUIRE_RESULT(m_attachments->tidy());
    m_transfers->start(false);
    REQUIRE(waitUntil([this] { return m_transfers->isIdle(); }, 60'000));
    while (m_store->indexSome(200).value_or(false)) {
    }
    return true;
}

std::optional<Receipt> LeakDevice::apply(Draft draft)
{
    auto receipt = m_store->apply(std::move(draft));
    return receipt ? std::optional(std::move(*receipt)) : std::nullopt;
}

bool LeakDevice::fetch(const wire::BlobRef &ref)
{
    std::optional<bool> done;
    m_transfers->fetch(ref, [&](const Result<> &result) { done = result.has_value(); });
    REQUIRE(waitUntil([&] { return done.has_value(); }, 60'000));
    return *done;
}

QByteArray LeakDevice::bytes() const
{
    QByteArray all;
    QDirIterator files(m_folder.path(), QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        REQUIRE(file.open(QIODevice::ReadOnly));
        all += file.readAll() + '\n' + files.fileName().toUtf8() + '\n';
    }
    REQUIRE_RESULT(
        m_database->execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.words USING fts5vocab(main, search, 'row')"));
    {
        auto words = m_database->prepare("SELECT term FROM temp.words");
        REQUIRE_RESULT(words);
        while (words->step().value_or(false))
            all += words->text(0).toUtf8() + '\n';
    }
    for (const char *table : {"sync_outbox", "sync_journal", "sync_rejected"}) {
        auto bodies = m_database->prepare(QByteArray("SELECT body FROM ") + table);
        REQUIRE_RESULT(bodies);
        while (bodies->step().value_or(false))
            all += synctables::plainBatch(bodies->bytes(0)).value_or(QByteArray()) + '\n';
    }
    return all;
}

QStringList LeakDevice::columnsWith(const Value &value) const
{
    QByteArray text = value.toText().toUtf8();
    if (text.isEmpty()) {
        const qint64 ordered = qToBigEndian(value.toInteger());
        text = QByteArray(reinterpret_cast<const char *>(&ordered) + 2, 6);
    }
    QStringList found;
    auto tables = m_database->prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0");
    REQUIRE_RESULT(tables);
    while (tables->step().value_or(false)) {
        const QString table = tables->text(0);
        auto rows = m_database->prepare("SELECT * FROM \"" + table.toUtf8() + '"');
        REQUIRE_RESULT(rows);
        while (rows->step().value_or(false)) {
            for (int column = 0; column < rows->columns(); ++column) {
                const QByteArray held = rows->bytes(column);
                if (held.contains(text) || synctables::plainBatch(held).value_or(QByteArray()).contains(text))
                    found << table + u'.' + QString::number(column);
            }
        }
    }
    found.removeDuplicates();
    return found;
}

} // namespace tz::test
