// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "server/webhooks/webhooks.h"

#include <QUrl>

namespace tz::server {

namespace {

const QStringList &knownEvents()
{
    static const QStringList known{QStringLiteral("create"), QStringLiteral("update"), QStringLiteral("delete")};
    return known;
}

bool isLoopback(const QString &host)
{
    return host == QLatin1String("localhost") || host == QLatin1String("::1") || host.startsWith(QLatin1String("127."));
}

Result<> checkUrl(const QString &text, bool allowHttp)
{
    const QUrl url(text, QUrl::StrictMode);
    const bool isPlain = url.scheme() == QLatin1String("http");
    // What stands in an address shows in lists and logs: no passwords.
    if (!url.isValid() || !(isPlain || url.scheme() == QLatin1String("https")) || url.host().isEmpty() ||
        !url.userInfo().isEmpty() || url.hasFragment())
        return fail("webhook.bad_url", {{QStringLiteral("url"), url.toDisplayString(QUrl::RemoveUserInfo)}});
    if (isPlain && !allowHttp && !isLoopback(url.host()))
        return fail("webhook.plain_http", {{QStringLiteral("url"), text}});
    return {};
}

} // namespace

Webhooks::Webhooks(Storage &storage, Committer &committer, Accounts &accounts, Scopes &scopes)
    : m_storage(storage)
    , m_committer(committer)
    , m_accounts(accounts)
    , m_scopes(scopes)
{
}

Result<Webhooks::Made> Webhooks::add(const New &webhook)
{
    TZ_TRY(checkUrl(webhook.url, webhook.allowHttp));
    for (const QString &event : webhook.events) {
        if (!knownEvents().contains(event))
            return fail("webhook.bad_event", {{QStringLiteral("event"), event}});
    }
    if (webhook.events.isEmpty())
        return fail("webhook.bad_event", {{QStringLiteral("event"), QString()}});
    Id user;
    {
        TZ_ASSIGN(Storage::Lease connection, m_storage.read());
        TZ_ASSIGN(user, m_accounts.userNamed(*connection, webhook.user));
        const Entity *entity = connection->catalog().entity(webhook.entity);
        if (!entity)
            return fail("record.unknown_entity", {{QStringLiteral("entity"), webhook.entity}});
        TZ_ASSIGN(const ScopePtr scope, m_scopes.of(*connection, user));
        if (!scope->fields.contains(entity))
            return fail("webhook.not_readable",
                        {{QStringLiteral("entity"), webhook.entity}, {QStringLiteral("user"), webhook.user}});
    }
    const Environment &environment = m_storage.environment();
    const Made made{IdSource(*environment.clock, *environment.entropy).next(), newToken(*environment.entropy)};
    const auto work = [&](Connection &writer) -> Result<> {
        TZ_ASSIGN(
            Statement insert,
            writer.db().prepare("INSERT INTO webhook(id, url, entity, events, \"user\", secret, made_at, seq, rev) "
                                "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, (SELECT coalesce(max(seq), 0) FROM audit), "
                                "(SELECT rev FROM counter))"));
        return insert.bind(1, made.id)
            .bind(2, webhook.url)
            .bind(3, webhook.entity)
            .bind(4, webhook.events.join(u' '))
            .bind(5, user)
            .bind(6, made.secret)
            .bind(7, environment.clock->nowMs())
            .run();
    };
    TZ_TRY(m_committer.runTransaction(work));
    return made;
}

Result<std::vector<Webhooks::Line>> Webhooks::read(Connection &connection, const Id &only)
{
    TZ_ASSIGN(
        Statement select,
        connection.db().prepare(
            "SELECT w.id, w.url, w.entity, w.events, w.\"user\", w.secret, w.seq, w.rev, w.delivered_at, "
            "w.failures, w.failing_since, w.next_at, w.last_error, w.disabled_at, u.name FROM webhook w LEFT JOIN "
            "\"" +
            connection.model->user->table.toUtf8() +
            "\" u ON u.id = w.\"user\" WHERE w.id = ?1 OR ?1 IS NULL ORDER BY w.made_at, w.id"));
    if (only.isNull())
        select.bind(1, nullptr);
    else
        select.bind(1, only);
    std::vector<Line> lines;
    for (;;) {
        TZ_ASSIGN(const bool row, select.step());
        if (!row)
            return lines;
        Line &line = lines.emplace_back();
        Webhook &webhook = line.webhook;
        webhook.id = select.id(0);
        webhook.url = select.text(1);
        webhook.entity = select.text(2);
        webhook.events = select.text(3).split(u' ');
        webhook.user = select.id(4);
        webhook.secret = select.text(5).toLatin1();
        WebhookProgress &progress = webhook.progress;
        progress.seq = select.integer(6);
        progress.rev = select.integer(7);
        progress.deliveredAtMs = select.integer(8);
        progress.failures = select.integer(9);
        progress.failingSinceMs = select.integer(10);
        progress.nextAtMs = select.integer(11);
        if (!select.isNull(12)) {
            TZ_ASSIGN(progress.lastError, wire::decodeError(select.bytes(12)));
        }
        progress.disabledAtMs = select.integer(13);
        line.user = select.text(14);
    }
}

Result<std::vector<Webhooks::Line>> Webhooks::list()
{
    TZ_ASSIGN(Storage::Lease connection, m_storage.read());
    return read(*connection, {});
}

Result<> Webhooks::change(const QString &text, const QByteArray &sql)
{
    const Error unknown("webhook.unknown", {{QStringLiteral("id"), text}});
    const auto id = Id::fromString(text);
    if (!id)
        return fail(unknown);
    return m_committer.runTransaction([&](Connection &writer) -> Result<> {
        TZ_ASSIGN(Statement statement, writer.db().prepare(sql));
        TZ_TRY(statement.bind(1, *id).run());
        return writer.db().changedRows() > 0 ? Result<>() : fail(unknown);
    });
}

Result<> Webhooks::remove(const QString &id)
{
    return change(id, "DELETE FROM webhook WHERE id = ?1");
}

Result<> Webhooks::enable(const QString &id)
{
    return change(id, "UPDATE webhook SET disabled_at = NULL, failures = 0, failing_since = NULL, next_at = NULL "
                      "WHERE id = ?1");
}

Result<std::vector<Id>> Webhooks::active()
{
    TZ_ASSIGN(Storage::Lease connection, m_storage.read());
    TZ_ASSIGN(Statement select, connection->db().prepare("SELECT id FROM webhook WHERE disabled_at IS NULL"));
    return select.ids();
}

Result<std::optional<Webhook>> Webhooks::find(const Id &id)
{
    TZ_ASSIGN(Storage::Lease connection, m_storage.read());
    TZ_ASSIGN(std::vector<Line> lines, read(*connection, id));
    return lines.empty() ? std::optional<Webhook>() : std::optional(std::move(lines.front().webhook));
}

Result<bool> Webhooks::hold(const Id &id, const Id &holder)
{
    const qint64 now = m_storage.environment().clock->nowMs();
    bool isHeld = false;
    const auto work = [&](Connection &writer) -> Result<> {
        TZ_ASSIGN(Statement update,
                  writer.db().prepare("UPDATE webhook SET held_by = ?2, held_until = ?3 WHERE id = ?1 AND "
                                      "(held_by IS NULL OR held_by = ?2 OR held_until < ?4 OR held_until > ?3)"));
        TZ_TRY(update.bind(1, id).bind(2, holder).bind(3, now + heldMs).bind(4, now).run());
        isHeld = writer.db().changedRows() > 0;
        return {};
    };
    TZ_TRY(m_committer.runTransaction(work));
    return isHeld;
}

Result<> Webhooks::save(const Id &id, const WebhookProgress &progress, bool keep)
{
    return m_committer.runTransaction([&](Connection &writer) -> Result<> {
        TZ_ASSIGN(Statement update,
                  writer.db().prepare(
                      "UPDATE webhook SET seq = ?2, rev = ?3, delivered_at = ?4, failures = ?5, failing_since = ?6, "
                      "next_at = ?7, last_error = ?8, disabled_at = ?9, held_by = CASE WHEN ?10 = 1 THEN held_by END "
                      "WHERE id = ?1 AND seq <= ?2"));
        return update.bind(1, id)
            .bind(2, progress.seq)
            .bind(3, progress.rev)
            .bind(4, progress.deliveredAtMs)
            .bind(5, progress.failures)
            .bind(6, progress.failingSinceMs)
            .bind(7, progress.nextAtMs)
            .bind(8, progress.lastError ? wire::encode(*progress.lastError) : QByteArray())
            .bind(9, progress.disabledAtMs > 0 ? Value(progress.disabledAtMs) : Value())
            .bind(10, qint64(keep))
            .run();
    });
}

QByteArray Webhooks::metrics()
{
    const auto lines = list();
    int active = 0, failing = 0, disabled = 0;
    for (const Line &line : lines.value_or(std::vector<Line>())) {
        const WebhookProgress &progress = line.webhook.progress;
        ++(progress.disabledAtMs > 0 ? disabled : progress.failures > 0 ? failing : active);
    }
    QByteArray text = "# HELP tongzhou_webhooks Webhooks by state.\n# TYPE tongzhou_webhooks gauge\n";
    for (const auto &[state, count] :
         {std::pair("active", active), std::pair("failing", failing), std::pair("disabled", disabled)})
        text += QByteArray("tongzhou_webhooks{state=\"") + state + "\"} " + QByteArray::number(count) + '\n';
    return text;
}

} // namespace tz::server
