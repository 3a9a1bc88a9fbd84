// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "server/accounts/tokens.h"

namespace tz::server {

namespace {
constexpr qsizetype longestName = 60;
/// So that programs which look for secrets in files recognise one.
constexpr char prefix[] = "tongzhou_";
/// A use is noted when the last one noted is older.
constexpr qint64 usedEveryMs = 3'600'000;
constexpr char keyName[] = "api_key";

bool isName(const QString &name)
{
    return !name.isEmpty() && name.size() <= longestName && name == name.trimmed() &&
           std::ranges::all_of(name, [](QChar c) { return c.isPrint(); });
}
} // namespace

Result<TokenScope> TokenScope::parse(const QStringList &words, const Catalog &catalog)
{
    QStringList known;
    for (const QString &word : words) {
        const QString of = word.section(u':', 1);
        const bool isDepartment = of.endsWith(QLatin1String(".*")) && catalog.department(of.chopped(2));
        const bool isRight = word.startsWith(QLatin1String("read:")) || word.startsWith(QLatin1String("write:"));
        if (!isRight || !(of == QLatin1String("*") || isDepartment || catalog.entity(of)))
            return fail("api.bad_scope", {{QStringLiteral("scope"), word}});
        if (!known.contains(word))
            known << word;
    }
    if (known.isEmpty())
        return fail("api.bad_scope", {{QStringLiteral("scope"), QString()}});
    return TokenScope(known);
}

bool TokenScope::names(QLatin1String what, const Entity &entity) const
{
    return m_words.contains(what + u'*') || m_words.contains(what + entity.fullName) ||
           m_words.contains(what + entity.department + QLatin1String(".*"));
}

ScopePtr TokenScope::narrowed(const ScopePtr &scope) const
{
    if (m_words.contains(QLatin1String("read:*")))
        return scope;
    auto narrow = std::make_shared<Scope>(*scope);
    narrow->fields.removeIf([this](const auto &entry) { return !mayRead(*entry.key()); });
    return narrow;
}

Tokens::Tokens(Storage &storage, Committer &committer, Accounts &accounts)
    : m_storage(storage)
    , m_committer(committer)
    , m_accounts(accounts)
{
}

Result<QString> Tokens::add(const New &token)
{
    if (!isName(token.name))
        return fail("api.bad_name", {{QStringLiteral("name"), token.name}});
    Id user;
    QString scopes;
    {
        TZ_ASSIGN(Storage::Lease connection, m_storage.read());
        TZ_ASSIGN(user, m_accounts.userNamed(*connection, token.user));
        TZ_ASSIGN(const TokenScope scope, TokenScope::parse(token.scopes, connection->catalog()));
        scopes = scope.text();
    }
    Entropy &entropy = *m_storage.environment().entropy;
    const qint64 now = m_storage.environment().clock->nowMs();
    const QString secret = QLatin1String(prefix) + newToken(entropy);
    const Id device = IdSource(*m_storage.environment().clock, entropy).next();
    const QByteArray key = newToken(entropy).toLatin1();
    const auto work = [&](Connection &writer) -> Result<> {
        Database &database = writer.db();
        TZ_ASSIGN(Statement select, database.prepare("SELECT 1 FROM api_token WHERE name = ?1 AND revoked_at IS NULL"));
        select.bind(1, token.name);
        TZ_ASSIGN(const bool taken, select.step());
        if (taken)
            return fail("api.token_exists", {{QStringLiteral("name"), token.name}});
        select.reset();
        TZ_ASSIGN(const QByteArray held, setting(database, keyName));
        if (held.isEmpty())
            TZ_TRY(setSetting(database, keyName, key));
        // Without a token of its own: with this one nobody syncs.
        TZ_ASSIGN(Statement made, database.prepare("INSERT INTO device(id, \"user\", name, program, made_at, seen_at) "
                                                   "VALUES(?1, ?2, ?3, 'api', ?4, ?4)"));
        TZ_TRY(made.bind(1, device).bind(2, user).bind(3, token.name).bind(4, now).run());
        TZ_ASSIGN(Statement insert, database.prepare("INSERT INTO api_token(device, name, hash, scopes, made_at, "
                                                     "expires_at) VALUES(?1, ?2, ?3, ?4, ?5, ?6)"));
        insert.bind(1, device).bind(2, token.name).bind(3, tokenHash(secret.toLatin1())).bind(4, scopes).bind(5, now);
        token.expiresAtMs ? insert.bind(6, *token.expiresAtMs) : insert.bind(6, nullptr);
        return insert.run();
    };
    TZ_TRY(m_committer.runTransaction(work));
    return secret;
}

Result<std::vector<Tokens::Line>> Tokens::list()
{
    TZ_ASSIGN(Storage::Lease connection, m_storage.read());
    TZ_ASSIGN(Statement select,
              connection->db().prepare(
                  "SELECT t.name, u.name, t.scopes, t.made_at, t.expires_at, t.used_at, t.revoked_at FROM api_token t "
                  "JOIN device d ON d.id = t.device LEFT JOIN \"" +
                  connection->model->user->table.toUtf8() + "\" u ON u.id = d.\"user\" ORDER BY t.made_at, t.name"));
    const qint64 now = m_storage.environment().clock->nowMs();
    std::vector<Line> lines;
    for (;;) {
        TZ_ASSIGN(const bool row, select.step());
        if (!row)
            return lines;
        Line &line = lines.emplace_back();
        line.name = select.text(0);
        line.user = select.text(1);
        line.scopes = select.text(2);
        line.madeAtMs = select.integer(3);
        line.expiresAtMs = select.integer(4);
        line.usedAtMs = select.integer(5);
        line.revokedAtMs = select.integer(6);
        line.isExpired = line.expiresAtMs > 0 && line.expiresAtMs <= now;
    }
}

Result<> Tokens::revoke(const QString &name)
{
    const qint64 now = m_storage.environment().clock->nowMs();
    return m_committer.runTransaction([&](Connection &writer) -> Result<> {
        TZ_ASSIGN(Statement device, writer.db().prepare("UPDATE device SET revoked_at = ?2 WHERE id IN (SELECT device "
                                                        "FROM api_token WHERE name = ?1 AND revoked_at IS NULL)"));
        TZ_TRY(device.bind(1, name).bind(2, now).run());
        if (writer.db().changedRows() == 0)
            return fail("api.unknown_token", {{QStringLiteral("name"), name}});
        TZ_ASSIGN(Statement update, writer.db().prepare("UPDATE api_token SET revoked_at = ?2 WHERE name = ?1 "
                                                        "AND revoked_at IS NULL"));
        return update.bind(1, name).bind(2, now).run();
    });
}

Result<ApiSession> Tokens::session(Connection &connection, const QByteArray &token)
{
    if (token.isEmpty())
        return fail("api.no_token");
    TZ_ASSIGN(Statement select, connection.db().prepare(
                                    "SELECT t.device, t.name, t.scopes, t.expires_at, t.used_at, "
                                    "coalesce(t.revoked_at, d.revoked_at), "
                                    "d.\"user\", a.disabled, s.value FROM api_token t JOIN device d ON d.id = t.device "
                                    "LEFT JOIN account a ON a.\"user\" = d.\"user\" "
                                    "LEFT JOIN setting s ON s.name = 'api_key' WHERE t.hash = ?1"));
    // By its hash: the comparison's time tells nothing about the token.
    select.bind(1, tokenHash(token));
    TZ_ASSIGN(const bool found, select.step());
    if (!found)
        return fail("api.bad_token");
    const qint64 now = m_storage.environment().clock->nowMs();
    if (!select.isNull(5))
        return fail("api.token_revoked");
    if (!select.isNull(3) && select.integer(3) <= now)
        return fail("api.token_expired");
    if (select.integer(7) != 0)
        return fail("auth.user_disabled");
    ApiSession session;
    session.device = select.id(0);
    session.token = select.text(1);
    session.scope = TokenScope::fromText(select.text(2));
    session.user = select.id(6);
    session.key = select.bytes(8);
    const qint64 usedAt = select.integer(4);
    select.reset();
    if (now - usedAt >= usedEveryMs)
        noteUse(session.device, now);
    return session;
}

void Tokens::noteUse(const Id &device, qint64 usedAtMs)
{
    const auto noted = m_committer.runTransaction([&](Connection &writer) -> Result<> {
        TZ_ASSIGN(Statement update, writer.db().prepare("UPDATE api_token SET used_at = ?2 WHERE device = ?1"));
        return update.bind(1, device).bind(2, usedAtMs).run();
    });
    if (!noted)
        qWarning("the use of a token was not noted: %s", qPrintable(noted.error().toString()));
}

} // namespace tz::server
