// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "server/api/jobs.h"

#include "core/logic/days.h"
#include "server/api/blobs.h"
#include "server/storage/series.h"

namespace tz::server::jobs {

namespace {
constexpr qint64 keptMs = qint64(180) * 86'400'000;
const QString upkeepName = QStringLiteral("upkeep");
constexpr int upkeepEverySeconds = 86'400;
constexpr int sweepsAtOnce = 16;

/// Whether the job is due; if so it is noted as run, before it runs: a job that fails must not run again at once.
Result<bool> takeIfDue(Service &service, const QString &name, int everySeconds)
{
    const qint64 now = service.storage().environment().clock->nowMs();
    const qint64 every = qint64(everySeconds) * 1000;
    {
        TZ_ASSIGN(Storage::Lease connection, service.storage().read());
        TZ_ASSIGN(Statement select, connection->db().prepare("SELECT last_at FROM job WHERE name = ?1"));
        select.bind(1, name);
        TZ_ASSIGN(const bool known, select.step());
        // A clock that was set back must not keep jobs away for ever.
        if (known && select.integer(0) <= now && now - select.integer(0) < every)
            return false;
    }
    bool taken = false;
    const auto work = [&](Connection &writer) -> Result<> {
        // Asked again in the turn: another process may have taken it meanwhile.
        TZ_ASSIGN(Statement insert,
                  writer.db().prepare("INSERT INTO job(name, last_at) VALUES(?1, ?2) ON CONFLICT(name) "
                                      "DO UPDATE SET last_at = excluded.last_at "
                                      "WHERE job.last_at > ?2 OR job.last_at <= ?2 - ?3"));
        TZ_TRY(insert.bind(1, name).bind(2, now).bind(3, every).run());
        taken = writer.db().changedRows() > 0;
        return {};
    };
    TZ_TRY(service.committer().runTransaction(work));
    return taken;
}
} // namespace

Result<> runDue(Service &service)
{
    const Environment &environment = service.storage().environment();
    const ModelPtr model = service.storage().model();
    for (const Job &job : model->contributions->jobs()) {
        TZ_ASSIGN(const bool due, takeIfDue(service, job.name, job.everySeconds));
        if (!due)
            continue;
        IdSource ids(*environment.clock, *environment.entropy);
        Draft draft(ids);
        draft.label = QStringLiteral("job:") + job.name;
        {
            TZ_ASSIGN(Storage::Lease connection, service.storage().read());
            if (auto done = job.run(*connection->reader, environment.clock->nowMs(),
                                    environment.utcOffsetSeconds ? environment.utcOffsetSeconds() : 0, draft);
                !done) {
                qWarning("job %s failed: %s", qPrintable(job.name), qPrintable(done.error().toString()));
                continue;
            }
        }
        Batch batch;
        batch.label = draft.label;
        batch.independent = draft.independent;
        batch.changes = std::move(draft.changes());
        if (auto done = service.committer().runAsSystem(std::move(batch)); !done)
            qWarning("job %s was refused: %s", qPrintable(job.name), qPrintable(done.error().toString()));
    }
    TZ_TRY(service.presence().note());
    // Each turn is short: somebody's push may wait behind it.
    for (int turn = 0; turn < sweepsAtOnce; ++turn) {
        TZ_ASSIGN(const bool more, blobs::sweep(service));
        if (!more)
            break;
    }
    TZ_ASSIGN(const bool due, takeIfDue(service, upkeepName, upkeepEverySeconds));
    if (!due)
        return {};
    TZ_TRY(upkeep(service));
    return blobs::retain(service);
}

Result<> upkeep(Service &service)
{
    const qint64 before = service.storage().environment().clock->nowMs() - keptMs;
    const QDate oldestSeries = dayOf(before, 0).addYears(-1);
    return service.committer().runTransaction([&](Connection &writer) -> Result<> {
        Database &database = writer.db();
        TZ_TRY(series::forget(database, oldestSeries));
        TZ_ASSIGN(Statement oldest, database.prepare("SELECT coalesce(max(rev), 0) FROM revision WHERE at < ?1"));
        oldest.bind(1, before);
        TZ_TRY(oldest.step());
        const qint64 rev = oldest.integer(0);
        oldest.reset();
        if (rev == 0)
            return {};
        TZ_ASSIGN(Statement departures, database.prepare("DELETE FROM departure WHERE rev <= ?1"));
        TZ_TRY(departures.bind(1, rev).run());
        for (const Entity *entity : writer.catalog().entities()) {
            const QByteArray table = '"' + entity->table.toUtf8() + '"';
            std::vector<Id> ids;
            {
                TZ_ASSIGN(Statement select,
                          database.prepare("SELECT id FROM " + table +
                                           " WHERE _rev <= ?1 AND _deleted_rev > 0 AND _deleted_rev <= ?1"));
                TZ_ASSIGN(ids, select.bind(1, rev).ids());
            }
            const int number = writer.model->numbers.entity(*entity);
            for (const Id &id : ids) {
                TZ_ASSIGN(Statement grave,
                          database.prepare("INSERT INTO grave(entity, id, rev) VALUES(?1, ?2, ?3) "
                                           "ON CONFLICT(entity, id) DO UPDATE SET rev = excluded.rev"));
                TZ_TRY(grave.bind(1, number).bind(2, id).bind(3, rev).run());
                TZ_ASSIGN(Statement audience,
                          database.prepare("DELETE FROM audience WHERE id = ?1 AND key >= ?2 AND key < ?3"));
                TZ_TRY(audience.bind(1, id)
                           .bind(2, audience::key(number, audience::Kind::All, 0))
                           .bind(3, audience::key(number + 1, audience::Kind::All, 0))
                           .run());
                TZ_ASSIGN(Statement members, database.prepare("DELETE FROM member WHERE entity = ?1 AND owner = ?2"));
                TZ_TRY(members.bind(1, number).bind(2, id).run());
                TZ_TRY(writer.rows->erase(*entity, id));
            }
        }
        return {};
    });
}

} // namespace tz::server::jobs
