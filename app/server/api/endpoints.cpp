// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "server/api/endpoints.h"

#include "core/logic/days.h"
#include "server/feed/puller.h"
#include "server/storage/series.h"

namespace tz::server::endpoints {

namespace {
constexpr qint64 historyMost = 1000;
/// Rows of a backfill that takes a thread of those for news.
constexpr qint64 backfillRowsAmongNews = 5'000;
/// So many days ahead a laptop may have numbers for, whatever its clock says.
constexpr qint64 farthestDay = 62;
/// A contact is noted when the last one noted is older.
constexpr qint64 seenEveryMs = 60'000;

Result<ScopePtr> activeScope(Service &service, Connection &connection, const Id &user)
{
    TZ_ASSIGN(ScopePtr scope, service.scopes().of(connection, user));
    if (!scope->active)
        return fail("auth.user_disabled");
    return scope;
}
} // namespace

Result<wire::SignInWays> signInWays(Service &service, const QByteArray &address)
{
    if (const qint64 wait = service.strangers().waitMs(Id::fromName(QString::fromLatin1(address))); wait > 0)
        return fail("auth.wait", {{QStringLiteral("seconds"), (wait + 999) / 1000}});
    return service.accounts().provider().ways();
}

Result<wire::HelloAnswer> hello(Service &service, const Session &session, const wire::HelloRequest &request)
{
    Storage &storage = service.storage();
    if (!request.device.isNull() && request.device != session.device)
        return fail("auth.device_of_another");
    if (const qint64 wait = service.hellos().waitMs(session.device); wait > 0)
        return fail("server.too_many_hellos", {{QStringLiteral("limit"), Hellos::perHour},
                                               {QStringLiteral("seconds"), (wait + 999) / 1000},
                                               {QStringLiteral("retry_after_ms"), wait}});
    wire::HelloAnswer answer;
    bool isNews = false;
    {
        TZ_ASSIGN(Storage::Lease connection, storage.read());
        TZ_ASSIGN(const Snapshot snapshot, Snapshot::begin(connection->db()));
        TZ_ASSIGN(const Revision now, currentRevision(connection->db()));
        TZ_ASSIGN(const ScopePtr scope, activeScope(service, *connection, session.user));
        answer.rev = now.rev;
        answer.chain = now.chain;
        for (const wire::Mark &mark : request.marks) {
            TZ_ASSIGN(const bool ours, isOfThisHistory(connection->db(), mark.rev, mark.chain));
            if (ours) {
                answer.commonRev = mark.rev;
                break;
            }
        }
        TZ_ASSIGN(
            Statement select,
            connection->db().prepare("SELECT last_no, seen_at, catalog, program, waiting FROM device WHERE no = ?1"));
        select.bind(1, session.deviceNo);
        TZ_TRY(select.step());
        answer.expectedNo = select.integer(0) + 1;
        isNews = storage.environment().clock->nowMs() - select.integer(1) >= seenEveryMs ||
                 select.text(2) != request.catalog.left(64) || select.text(3) != request.program.left(100) ||
                 select.integer(4) != request.waiting;
        answer.keys = scope->keys;
        answer.visibility = scope->visibility;
        answer.catalog = connection->catalog().hash();
        answer.roles = scope->actor.roles;
        answer.team = scope->actor.team;
        answer.leaseDays = scope->leaseDays;
    }
    answer.deviceNo = session.deviceNo;
    answer.server = storage.serverId();
    answer.user = session.user;
    TZ_ASSIGN(answer.token, service.accounts().renewed(session));
    const auto note = [&](Connection &writer) -> Result<> {
        TZ_ASSIGN(Statement update,
                  writer.db().prepare("UPDATE device SET catalog = ?2, program = ?3, seen_at = ?4, waiting = ?5 "
                                      "WHERE no = ?1"));
        return update.bind(1, session.deviceNo)
            .bind(2, request.catalog.left(64))
            .bind(3, request.program.left(100))
            .bind(4, storage.environment().clock->nowMs())
            .bind(5, std::max<qint64>(0, request.waiting))
            .run();
    };
    // A durable commit for each of a thousand greetings would hold up everybody's edits.
    if (isNews)
        TZ_TRY(service.committer().runTransaction(note));
    answer.retryAfterMs = int(service.hellos().spreadMs());
    answer.serverTimeMs = storage.environment().clock->nowMs();
    return answer;
}

Result<wire::PushAnswer> push(Service &service, const Session &session, wire::PushRequest request)
{
    Push work;
    work.user = session.user;
    work.device = session.device;
    work.request = std::move(request);
    TZ_TRY(service.committer().run(work));
    if (work.stop && work.verdicts.empty())
        return fail(*work.stop);

    // The states are read from one snapshot after the commit, with the rights of now: also for answers given again.
    wire::PushAnswer answer;
    TZ_ASSIGN(Storage::Lease connection, service.storage().read());
    TZ_ASSIGN(const Snapshot snapshot, Snapshot::begin(connection->db()));
    TZ_ASSIGN(const ScopePtr scope, activeScope(service, *connection, session.user));
    States states(*connection, *scope);
    for (Verdict &verdict : work.verdicts) {
        wire::BatchAnswer &one = answer.answers.emplace_back(std::move(verdict.answer));
        std::vector<std::pair<const Entity *, std::vector<Id>>> touched;
        for (const auto &[written, id] : verdict.touched) {
            auto place = std::ranges::find(touched, written, &decltype(touched)::value_type::first);
            if (place == touched.end())
                place = touched.emplace(touched.end(), written, std::vector<Id>());
            place->second.push_back(id);
        }
        for (const auto &[written, ids] : touched) {
            const Entity *entity = connection->catalog().entity(written->fullName);
            std::optional<States::Table> table = entity ? states.table(*entity) : std::nullopt;
            if (!table)
                continue;
            TZ_TRY(states.add(*table, std::span<const Id>(ids)));
            if (!table->rows.rows.empty())
                one.states.push_back(std::move(table->rows));
            if (!table->gone.empty())
                one.gone.push_back({entity->fullName, std::move(table->gone)});
        }
    }
    answer.keys = scope->keys;
    TZ_ASSIGN(const Revision now, currentRevision(connection->db()));
    answer.mark = {now.rev, now.chain};
    answer.serverTimeMs = service.storage().environment().clock->nowMs();
    return answer;
}

Result<wire::Page> pull(Service &service, const Session &session, wire::PullRequest request, PullKind kind)
{
    const bool isBackfill = kind == PullKind::Backfill || request.cursor.rev == 0 || !request.backfill.empty();
    if (!isBackfill) {
        TZ_ASSIGN(Storage::Lease connection, service.storage().read());
        TZ_ASSIGN(const Snapshot snapshot, Snapshot::begin(connection->db()));
        TZ_ASSIGN(const ScopePtr scope, activeScope(service, *connection, session.user));
        Result<wire::Page> page = Puller(*connection, scope, service.committer().recentKeys()).pull(request);
        if (page)
            service.presence().served(session.device, page->mark.rev);
        return page;
    }
    if (kind == PullKind::News)
        request.maxRows = std::min(request.maxRows, backfillRowsAmongNews);
    const BackfillLine::Place place = service.backfills().ask(session.device);
    if (place.position > 0) {
        wire::Page page;
        TZ_ASSIGN(Storage::Lease connection, service.storage().read());
        TZ_ASSIGN(const Revision base, historyOf(connection->db(), request));
        page.mark = {base.rev, base.chain};
        page.more = true;
        page.retryAfterMs = int(place.retryAfterMs);
        page.position = place.position;
        return page;
    }
    Result<wire::Page> page = [&]() -> Result<wire::Page> {
        TZ_ASSIGN(Storage::Lease connection, service.storage().read());
        TZ_ASSIGN(const Snapshot snapshot, Snapshot::begin(connection->db()));
        TZ_ASSIGN(const ScopePtr scope, activeScope(service, *connection, session.user));
        return Puller(*connection, scope, service.committer().recentKeys()).pull(request);
    }();
    service.backfills().finished(session.device, !page || !page->more);
    if (page)
        service.presence().served(session.device, page->mark.rev);
    return page;
}

Result<wire::NumbersAnswer> numbers(Service &service, const Session &session, const wire::NumbersRequest &request)
{
    const Environment &environment = service.storage().environment();
    const qint64 now = environment.clock->nowMs();
    const int offset = environment.utcOffsetSeconds ? environment.utcOffsetSeconds() : 0;
    const qint64 today = dayOf(now, offset).toJulianDay();
    wire::NumbersAnswer answer;
    const auto lease = [&](Connection &writer) -> Result<> {
        TZ_ASSIGN(const ScopePtr scope, activeScope(service, writer, session.user));
        const Judge judge(*writer.reader, *writer.model->contributions, scope->actor, now, offset);
        for (const wire::NumberStock &stock : request.stocks) {
            const Entity *entity = writer.catalog().entity(stock.entity);
            const bool isNear = stock.day >= today - 1 && stock.day <= today + farthestDay;
            if (!entity || entity->number.isEmpty() || !isNear || !judge.grantFor(*entity).create)
                continue;
            TZ_ASSIGN(const auto ranges, series::lease(writer.db(), session.deviceNo, *entity,
                                                       QDate::fromJulianDay(stock.day), stock.next));
            answer.ranges.insert(answer.ranges.end(), ranges.begin(), ranges.end());
        }
        return {};
    };
    TZ_TRY(service.committer().runTransaction(lease));
    return answer;
}

namespace {
/// Sorts each record of the question into the answer, until it is long enough.
class Confirmation {
public:
    Confirmation(Connection &connection, const Scope &scope)
        : m_connection(connection)
        , m_scope(scope)
        , m_states(connection, scope)
    {
    }

    Result<> add(const wire::EntityIds &asked)
    {
        const Entity *entity = m_connection.catalog().entity(asked.entity);
        std::optional<States::Table> table = entity ? m_states.table(*entity) : std::nullopt;
        wire::EntityIds evict{asked.entity, {}}, unknown{asked.entity, {}};
        for (const Id &id : asked.ids) {
            if (m_answered == limits::statesPerRequest || m_bytes > mostBytes)
                break;
            ++m_answered;
            const qint64 before = table ? table->bytes : 0;
            TZ_ASSIGN(const bool visible, table ? m_states.add(*table, id) : Result<bool>(false));
            m_bytes += table ? table->bytes - before : 0;
            if (visible)
                continue;
            TZ_ASSIGN(const bool known, entity ? isKnown(*entity, id) : Result<bool>(false));
            (known ? evict : unknown).ids.push_back(id);
        }
        if (table && !table->rows.rows.empty())
            answer.tables.push_back(std::move(table->rows));
        if (table && !table->gone.empty())
            answer.gone.push_back({asked.entity, std::move(table->gone)});
        if (!evict.ids.empty())
            answer.evict.push_back(std::move(evict));
        if (!unknown.ids.empty())
            answer.unknown.push_back(std::move(unknown));
        return {};
    }

    wire::StateAnswer answer;

private:
    /// Whoever asks for a record held it once: that it exists is no news to them.
    Result<bool> isKnown(const Entity &entity, const Id &id)
    {
        TZ_ASSIGN(Statement row,
                  m_connection.db().prepare("SELECT 1 FROM \"" + entity.table.toUtf8() + "\" WHERE id = ?1"));
        TZ_ASSIGN(const bool there, row.bind(1, id).step());
        if (there)
            return true;
        TZ_ASSIGN(Statement grave, m_connection.db().prepare("SELECT 1 FROM grave WHERE entity = ?1 AND id = ?2"));
        return grave.bind(1, m_connection.model->numbers.entity(entity)).bind(2, id).step();
    }

    static constexpr qint64 mostBytes = limits::unpackedBytes / 8;
    Connection &m_connection;
    const Scope &m_scope;
    States m_states;
    qsizetype m_answered = 0;
    qint64 m_bytes = 0;
};
} // namespace

Result<wire::StateAnswer> state(Service &service, const Session &session, const wire::StateRequest &request)
{
    TZ_ASSIGN(Storage::Lease connection, service.storage().read());
    TZ_ASSIGN(const Snapshot snapshot, Snapshot::begin(connection->db()));
    TZ_ASSIGN(const ScopePtr scope, activeScope(service, *connection, session.user));
    TZ_ASSIGN(const bool ours, isOfThisHistory(connection->db(), request.newest.rev, request.newest.chain));
    if (!ours)
        return fail("sync.history", {{QStringLiteral("rev"), request.newest.rev}});
    Confirmation confirmation(*connection, *scope);
    for (const wire::EntityIds &asked : request.records)
        TZ_TRY(confirmation.add(asked));
    TZ_ASSIGN(const Revision now, currentRevision(connection->db()));
    confirmation.answer.mark = {now.rev, now.chain};
    confirmation.answer.keys = scope->keys;
    confirmation.answer.serverTimeMs = service.storage().environment().clock->nowMs();
    return std::move(confirmation.answer);
}

Result<wire::HistoryAnswer> history(Service &service, const Session &session, const wire::HistoryRequest &request)
{
    TZ_ASSIGN(Storage::Lease connection, service.storage().read());
    TZ_ASSIGN(const Snapshot snapshot, Snapshot::begin(connection->db()));
    TZ_ASSIGN(const ScopePtr scope, activeScope(service, *connection, session.user));
    const Entity *entity = connection->catalog().entity(request.entity);
    const Error unknown("record.unknown_record", {{QStringLiteral("entity"), request.entity}});
    if (!entity)
        return fail(unknown);
    States states(*connection, *scope);
    std::optional<States::Table> table = states.table(*entity);
    if (!table)
        return fail(unknown);
    TZ_ASSIGN(const bool visible, states.add(*table, request.id));
    if (!visible)
        return fail(unknown);

    const QList<int> &fields = *scope->fields.constFind(entity);
    wire::HistoryAnswer answer;
    TZ_ASSIGN(Statement select,
              connection->db().prepare("SELECT rev, at, \"user\", device, batch, kind, name, edits, label FROM audit "
                                       "WHERE id = ?1 AND entity = ?2 ORDER BY seq DESC LIMIT ?3"));
    select.bind(1, request.id)
        .bind(2, connection->model->numbers.entity(*entity))
        .bind(3, std::clamp<qint64>(request.limit, 1, historyMost));
    for (;;) {
        TZ_ASSIGN(const bool row, select.step());
        if (!row)
            return answer;
        wire::HistoryItem item;
        item.rev = select.integer(0);
        item.atMs = select.integer(1);
        item.user = select.isNull(2) ? Id() : select.id(2);
        item.device = select.isNull(3) ? Id() : select.id(3);
        item.batch = select.id(4);
        item.kind = ChangeKind(select.integer(5));
        item.name = select.text(6);
        item.label = select.text(8);
        std::vector<FieldEdit> edits;
        if (!select.isNull(7)) {
            TZ_ASSIGN(edits, wire::decodeEdits(select.bytes(7)));
        }
        if (edits.empty())
            answer.items.push_back(item);
        for (const FieldEdit &edit : edits) {
            if (!fields.contains(entity->indexOf(edit.field)))
                continue;
            item.field = edit.field;
            item.before = edit.was;
            item.after = edit.value;
            answer.items.push_back(item);
        }
    }
}

} // namespace tz::server::endpoints
