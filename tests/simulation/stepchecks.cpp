// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors

// The laws that are checked while the world goes on.
#include "core/store/synctables.h"
#include "core/sync/pagereader.h"
#include "tests/simulation/world.h"

namespace tz::sim {

namespace {
/// A whole comparison after so many that look only at what may have changed.
constexpr int wholeEvery = 12;

/// What a laptop holds as the server's state of one record.
struct Base {
    qint64 rev = 0;
    bool exists = false;
    bool isPending = false;
    Chronicle::Version version;
};

Base baseOf(Laptop &laptop, const Entity &entity, const Id &id)
{
    Base base;
    Database &database = laptop.store().database();
    const auto record = must(laptop.store().find(entity, id, true));
    auto row = must(database.prepare("SELECT _rev, _state FROM " + entity.table.toUtf8() + " WHERE id = ?1"));
    const bool found = must(row.bind(1, id).step());
    base.isPending = found && (row.integer(1) & recordstate::pendingEdits);
    base.rev = found ? row.integer(0) : 0;
    base.exists = base.rev > 0;
    if (base.isPending) {
        auto select = must(database.prepare("SELECT rev, row FROM sync_base WHERE entity = ?1 AND id = ?2"));
        base.exists = must(select.bind(1, laptop.store().numbers().entity(entity)).bind(2, id).step());
        if (base.exists) {
            base.rev = select.integer(0);
            base.version = Chronicle::versionOf(must(synctables::unpackedRow(entity, id, select.bytes(1))));
            base.exists = base.rev > 0;
        }
    } else if (base.exists) {
        base.version = Chronicle::versionOf(*record);
    }
    return base;
}

QString differenceOf(const Entity &entity, const Chronicle::Version &here, const Chronicle::Version &there,
                     bool secrets)
{
    if (here.deleted != there.deleted)
        return QStringLiteral("deleted here: %1, there: %2").arg(here.deleted).arg(there.deleted);
    std::set<QString> names;
    for (const auto &[name, value] : here.values)
        names.insert(name);
    // An older program does not know all fields yet.
    for (const auto &[name, value] : there.values)
        if (entity.field(name))
            names.insert(name);
    const auto of = [](const Chronicle::Version &version, const QString &name) {
        const auto found = version.values.find(name);
        return found == version.values.end() ? Value() : found->second;
    };
    for (const QString &name : names) {
        const Value wanted = name == QLatin1String("secret") && !secrets ? Value() : of(there, name);
        if (of(here, name) != wanted)
            return QStringLiteral("%1 is %2 here and %3 there")
                .arg(name, of(here, name).toDebugString(), wanted.toDebugString());
    }
    return {};
}
} // namespace

/// What a restart must not have changed: each batch that was ever committed here is still to be sent, was sent, or was
/// refused.
void World::checkRestarted(Watched &watched, bool excuse)
{
    Laptop &laptop = *watched.laptop;
    noteWork(laptop);
    watched.comparedRev = 0;
    // A page that was applied, but not yet safe, comes again.
    watched.shown.clear();
    if (excuse)
        watched.gone.clear();
    watched.isRuined = watched.isRuined || excuse;
    std::set<Id> known;
    {
        // Were the servers to lose it, it would come again from there.
        auto journal = must(laptop.store().database().prepare("SELECT batch FROM sync_journal"));
        const auto ids = must(journal.ids());
        known.insert(ids.begin(), ids.end());
    }
    for (const Batch &batch : must(laptop.replica().pending(100'000)))
        known.insert(batch.id);
    for (const RejectedBatch &batch : must(laptop.replica().rejected()))
        known.insert(batch.batch);
    server::Api *const api = m_servers.any();
    if (!api && !excuse)
        return;
    for (auto &[id, work] : m_works) {
        if (work.laptop != laptop.number() || work.excused || known.contains(id))
            continue;
        if (excuse) {
            // Nobody can give back what a ruined disk held; what the server has is looked at in the end.
            work.excused = true;
            continue;
        }
        const auto lease = must(api->service().storage().read());
        auto select = must(lease->db().prepare("SELECT 1 FROM batch WHERE id = ?1"));
        require(must(select.bind(1, id).step()), Law::NothingLost,
                QStringLiteral("%1 has lost the batch %2 over a restart").arg(laptop.name(), id.toString()));
    }
}

/// Whoever goes back may lack what left their sight in the lost history: the sums that follow tell.
void World::noteRecovery(int number, const QString &path, const QByteArray &request, const server::Answer &answer)
{
    if (path != QLatin1String("/v1/hello") || answer.status != 200)
        return;
    const wire::HelloRequest hello = must(wire::decodeHelloRequest(request));
    if (!hello.marks.empty() && must(wire::decodeHelloAnswer(answer.body)).commonRev < hello.marks.front().rev)
        m_watched[size_t(number)].comesBack = true;
}

/// What leaves a server: nothing that its user may not see at this revision, and nothing that its head leaves out.
void World::checkAnswer(int number, const QString &path, const server::Answer &answer)
{
    if (answer.status != 200)
        return;
    Watched &watched = m_watched[size_t(number)];
    const Id user = watched.laptop->user();
    const Chronicle &chronicle = m_servers.chronicle();
    const qint64 before = m_servers.revBefore();
    const qint64 now = chronicle.rev();
    const auto check = [&](const wire::TableRows &table, qint64 from, qint64 upto) {
        const auto atAnyTime = [&](auto mayAt) {
            for (qint64 rev = from; rev <= upto; ++rev)
                if (mayAt(rev))
                    return true;
            return false;
        };
        const bool hasSecret = table.fields.contains(QLatin1String("secret"));
        require(!hasSecret || atAnyTime([&](qint64 rev) { return chronicle.seesSecrets(user, rev); }), Law::NoLeak,
                QStringLiteral("a hidden field was sent to %1").arg(watched.laptop->name()));
        for (const wire::Row &row : table.rows) {
            const Chronicle::Entry *entry = chronicle.entry(row.id);
            if (entry)
                require(atAnyTime([&](qint64 rev) { return entry->isVisible(user, rev); }), Law::NoLeak,
                        QStringLiteral("%1 %2 was sent to %3, who may not see it")
                            .arg(table.entity, row.id.toString(), watched.laptop->name()));
        }
    };
    if (path == QLatin1String("/v1/push")) {
        const wire::PushAnswer push = must(wire::decodePushAnswer(answer.body));
        for (const wire::BatchAnswer &batch : push.answers) {
            for (const wire::TableRows &table : batch.states)
                check(table, before, now);
            for (const wire::EntityIds &gone : batch.gone)
                for (const Id &id : gone.ids)
                    watched.gone[id] = batch.rev;
        }
    } else if (path == QLatin1String("/v1/state")) {
        const wire::StateAnswer states = must(wire::decodeStateAnswer(answer.body));
        for (const wire::TableRows &table : states.tables)
            check(table, before, now);
        for (const wire::EntityIds &gone : states.gone)
            for (const Id &id : gone.ids)
                watched.gone[id] = states.mark.rev;
    } else if (path == QLatin1String("/v1/pull") || path == QLatin1String("/v1/backfill")) {
        const wire::Page page = must(wire::decodePage(answer.body));
        const bool whole = !page.keys && !page.visibility && page.position == 0 && !page.more;
        // A standby that is behind answers by the rights of its own present.
        const qint64 upto = whole ? page.mark.rev : now;
        const qint64 from = whole ? page.mark.rev : before;
        const bool standby = m_agenda.nowMs() < watched.laptop->line().standbyUntilMs;
        if (whole || !standby)
            for (const wire::TableRows &table : page.tables)
                check(table, from, upto);
    }
}

/// Rows that the program says it has changed: what the server said of them is what it held, own edits stand on top, and
/// no row goes back in time.
void World::checkTouched(Watched &watched)
{
    Laptop &laptop = *watched.laptop;
    std::set<Id> touched = std::exchange(laptop.touched, {});
    if (std::exchange(laptop.allTouched, false)) {
        // What is sent again is based on other revisions now.
        noteWork(laptop);
        for (const auto &[id, rev] : watched.shown)
            touched.insert(id);
    }
    Database &database = laptop.store().database();
    if (laptop.replica().isUnconfirmed()) {
        for (const QString &name : {customer, line}) {
            const QByteArray table = laptop.store().catalog().entity(name)->table.toUtf8();
            auto select = must(database.prepare("SELECT id FROM " + table + " WHERE _rev < 0"));
            for (const Id &id : must(select.ids()))
                watched.doubted.try_emplace(id, m_servers.chronicle().lossesOf(laptop.user()));
        }
    }
    for (const Id &id : touched) {
        const Chronicle::Entry *entry = m_servers.chronicle().entry(id);
        const QString name = entry ? entry->entity : customer;
        const Entity &entity = *laptop.store().catalog().entity(name);
        const Base base = baseOf(laptop, entity, id);
        if (base.exists) {
            qint64 &shown = watched.shown[id];
            require(base.rev >= shown, Law::OwnWrites,
                    QStringLiteral("%1 of %2 went from revision %3 back to %4")
                        .arg(id.toString(), laptop.name())
                        .arg(shown)
                        .arg(base.rev));
            shown = base.rev;
        } else {
            watched.shown.erase(id);
        }
        // What was acknowledged once and is sent again may have been changed by others since.
        if (!base.isPending || laptop.replica().isUnconfirmed())
            continue;
        // The last of the own edits that wait is what its author reads.
        auto waiting = must(database.prepare("SELECT o.body FROM sync_pending p JOIN sync_outbox o ON o.no = p.no "
                                             "WHERE p.id = ?1 ORDER BY p.no"));
        waiting.bind(1, id);
        std::map<QString, Value> wanted;
        while (must(waiting.step())) {
            for (const Change &change : must(synctables::unpackedBatch(waiting.bytes(0))).changes)
                if (change.id == id && (change.kind == ChangeKind::Create || change.kind == ChangeKind::Update))
                    for (const FieldEdit &edit : change.edits)
                        wanted[edit.field] = edit.value;
        }
        const auto record = must(laptop.store().find(entity, id, true));
        for (const auto &[field, value] : wanted)
            if (value.isText() && m_written.contains(value.toText()))
                require(record && record->value(field) == value, Law::OwnWrites,
                        QStringLiteral("%1 no longer reads what it wrote into %2 of %3")
                            .arg(laptop.name(), field, id.toString()));
    }
}

/// A complete replica holds, below its own edits, exactly what its user sees at its cursor.
void World::checkCheckpoint(Watched &watched, bool all)
{
    Laptop &laptop = *watched.laptop;
    if (!laptop.replica().isComplete() || (watched.comesBack && laptop.replica().isVerifyDue()))
        return;
    const qint64 cursor = laptop.replica().cursor().rev;
    const Chronicle &chronicle = m_servers.chronicle();
    const Id user = laptop.user();
    all = all || watched.comparedRev == 0 || ++watched.comparisons % wholeEvery == 0;
    std::set<Id> ids = chronicle.changedSince(std::max<qint64>(0, watched.comparedRev - 1));
    if (all)
        for (const auto &[id, entry] : chronicle.entries())
            ids.insert(id);
    const bool secrets = chronicle.seesSecrets(user, cursor);
    for (const Id &id : ids) {
        const Chronicle::Entry &entry = *chronicle.entry(id);
        const Entity &entity = *laptop.store().catalog().entity(entry.entity);
        const Base base = baseOf(laptop, entity, id);
        const Chronicle::Version *wanted = entry.at(cursor);
        const QString what =
            QStringLiteral("%1: %2 %3 at revision %4: ").arg(laptop.name(), entry.entity, id.toString()).arg(cursor);
        // An answer to a push has told more than the page of a standby that is behind.
        if (base.exists && base.rev > cursor) {
            wanted = entry.at(base.rev);
            // That something is deleted is told with the revision of the batch that met it.
            require(wanted && (wanted->rev == base.rev || (wanted->deleted && base.version.deleted)), Law::Checkpoint,
                    what + QLatin1String("a revision that never was"));
        } else if (!wanted || !entry.isVisible(user, cursor)) {
            require(!base.exists, Law::Checkpoint, what + QLatin1String("is here and should not be"));
            continue;
        }
        // What was deleted before this replica existed need not be here at all; nor what it has been told is deleted
        // when the page is of a standby that does not know yet.
        if (!base.exists) {
            const auto gone = watched.gone.find(id);
            require(wanted->deleted || (gone != watched.gone.end() && gone->second > cursor), Law::NoSkip,
                    what + QLatin1String("is not here"));
            continue;
        }
        require(base.rev == wanted->rev || (base.version.deleted && wanted->deleted), Law::NoSkip,
                what + QStringLiteral("here is revision %1 (deleted: %2), there %3 (%4)")
                           .arg(base.rev)
                           .arg(base.version.deleted)
                           .arg(wanted->rev)
                           .arg(wanted->deleted));
        if (wanted->deleted && base.version.deleted)
            continue;
        const QString difference = differenceOf(entity, base.version, *wanted, secrets);
        require(difference.isEmpty(), Law::Checkpoint, what + difference);
    }
    watched.comparedRev = cursor;
    if (all) {
        for (const QString &name : Chronicle::entities())
            for (const Id &id : must(static_cast<const Reader &>(laptop.store()).ids(name, {})))
                if (!chronicle.entry(id))
                    require(!baseOf(laptop, *laptop.store().catalog().entity(name), id).exists, Law::Checkpoint,
                            QStringLiteral("%1: %2 was never on the server").arg(laptop.name(), id.toString()));
        checkBounds(laptop);
    }
    // What is still to be sent holds what it was based on until it is judged.
    if (watched.scannedLosses != chronicle.lossesOf(user) && !laptop.replica().needsScrub() &&
        laptop.replica().waiting().value_or(1) == 0)
        checkFiles(watched);
}

/// Bookkeeping ends with what it is for.
void World::checkBounds(Laptop &laptop) const
{
    Database &database = laptop.store().database();
    const auto none = [&](const char *sql, const char *what) {
        auto select = must(database.prepare(sql));
        require(!must(select.step()), Law::Bounded, laptop.name() + QLatin1String(": ") + QLatin1String(what));
    };
    none("SELECT 1 FROM sync_base b WHERE NOT EXISTS (SELECT 1 FROM sync_pending p WHERE p.entity = b.entity "
         "AND p.id = b.id) LIMIT 1",
         "a base is kept of a record without own edits");
    none("SELECT 1 FROM sync_pending WHERE no NOT IN (SELECT no FROM sync_outbox) LIMIT 1",
         "a record waits for a batch that is gone");
    none("SELECT 1 FROM (SELECT count(*) n FROM sync_mark) WHERE n > 16 + 48 + 3 * 366", "marks are not thinned");
    none("SELECT 1 FROM (SELECT count(*) n FROM sync_key) WHERE n > 200", "keys are not forgotten");
    auto gaps = must(database.prepare("SELECT count(*), coalesce(max(no) - min(no) + 1, 0) FROM sync_outbox"));
    must(gaps.step());
    require(gaps.integer(0) == gaps.integer(1), Law::Order, laptop.name() + QLatin1String(": gaps among its numbers"));
}

bool World::isForbidden(const QString &marker, const Id &user, qint64 rev) const
{
    const auto found = m_written.find(marker);
    if (found == m_written.end() || found->second.author == user)
        return false;
    const Written &written = found->second;
    const Chronicle::Entry *entry = m_servers.chronicle().entry(written.record);
    if (!entry)
        return false;
    return !entry->isVisible(user, rev) ||
           (written.field == QLatin1String("secret") && !m_servers.chronicle().seesSecrets(user, rev));
}

/// Nothing that others wrote and this user may not see is in the files, the write-ahead log included, or among the
/// words of the search index.
void World::checkFiles(Watched &watched)
{
    Laptop &laptop = *watched.laptop;
    const qint64 rev = laptop.replica().cursor().rev;
    watched.scannedLosses = m_servers.chronicle().lossesOf(laptop.user());
    const std::set<Id> aside = asideOf(laptop);
    const auto check = [&](const QString &marker, const QString &where) {
        // By chance, other bytes look like one: nobody wrote that.
        const auto written = m_written.find(marker);
        if (written == m_written.end())
            return;
        const auto &[author, record, field] = written->second;
        // The server said that it knows nothing of them, and is asked again with every comparison.
        if (aside.contains(record))
            return;
        require(
            !isForbidden(marker, laptop.user(), rev), Law::NoLeak,
            QStringLiteral("%1 (%2 of %3) is in %4 of %5").arg(marker, field, record.toString(), where, laptop.name()));
    };
    constexpr qsizetype markerSize = 8;
    const MemoryDisk::Files files = laptop.disk().files();
    for (auto file = files.begin(); file != files.end(); ++file) {
        const QByteArray &bytes = file.value();
        for (qsizetype at = bytes.indexOf("Mk"); at >= 0; at = bytes.indexOf("Mk", at + 1))
            check(QString::fromLatin1(bytes.mid(at, markerSize)), file.key());
    }
    Database &database = laptop.store().database();
    must(database.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.words USING fts5vocab(main, search, 'row')"));
    {
        auto words = must(database.prepare("SELECT term FROM temp.words WHERE term >= 'mk' AND term < 'ml'"));
        while (must(words.step()))
            check(QLatin1Char('M') + words.text(0).mid(1), QStringLiteral("the search index"));
    }
}

std::set<Id> World::asideOf(Laptop &laptop)
{
    auto select = must(laptop.store().database().prepare("SELECT id FROM sync_aside"));
    const auto ids = must(select.ids());
    return {ids.begin(), ids.end()};
}

/// Its author may not make it any more, and has it in the list of what was refused.
bool World::isRefused(const Id &record) const
{
    for (const Watched &watched : m_watched) {
        for (const RejectedBatch &batch : must(watched.laptop->replica().rejected())) {
            const auto makes = [&](const Change &change) {
                return change.kind == ChangeKind::Create && change.id == record;
            };
            if (std::ranges::any_of(batch.body.changes, makes))
                return true;
        }
    }
    return false;
}

/// What servers without their last history know nothing of is nowhere thrown away.
void World::checkDoubted(Watched &watched) const
{
    Laptop &laptop = *watched.laptop;
    const std::set<Id> aside = asideOf(laptop);
    for (const auto &[id, losses] : watched.doubted) {
        // It goes with the right to see it, and with a file that is ruined.
        const bool mayBeGone = watched.isRuined || m_servers.chronicle().lossesOf(laptop.user()) != losses;
        require(m_servers.chronicle().entry(id) || aside.contains(id) || mayBeGone || isRefused(id), Law::NothingLost,
                QStringLiteral("%1 had %2, nobody else knows it, and it is gone").arg(laptop.name(), id.toString()));
    }
}

/// A replica that nobody tampered with never finds that it differs; at rest, none does.
void World::checkSums(Watched &watched, bool atRest) const
{
    const auto report = watched.laptop->replica().integrity();
    require(!atRest || report, Law::Integrity, watched.laptop->name() + QLatin1String(" never compared"));
    if (!report)
        return;
    using Found = IntegrityReport::Outcome;
    const bool mayDiffer = m_forked || watched.isRuined;
    const bool holds = report->outcome == Found::Same || (mayDiffer && (!atRest || report->outcome == Found::Repaired));
    QString what;
    for (const IntegrityReport::Difference &one : report->differences)
        what +=
            QStringLiteral(" %1 (key %2: %3 here, %4 there)").arg(one.entity).arg(one.key).arg(one.here).arg(one.there);
    require(holds, Law::Integrity,
            QStringLiteral("%1 found at revision %2 that it differs:%3; %4 of %5 records by content")
                .arg(watched.laptop->name())
                .arg(report->rev)
                .arg(what)
                .arg(report->drifted)
                .arg(report->sampled));
}

} // namespace tz::sim
