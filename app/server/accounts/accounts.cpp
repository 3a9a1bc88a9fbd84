// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "server/accounts/accounts.h"

#include "server/accounts/onetimecode.h"

namespace tz::server {

namespace {
constexpr int devicesPerUser = 10;
constexpr qint64 tokenRenewedAfterMs = qint64(7) * 86'400'000;
constexpr qint64 oldTokenValidMs = 3'600'000;
/// Without any contact for so long a token ends.
constexpr qint64 tokenEndsAfterMs = qint64(180) * 86'400'000;
constexpr qsizetype longestName = 200;

/// Whether the user may have another device besides those that are signed in.
Result<> checkRoom(Database &database, const Id &user, const Id &device)
{
    TZ_ASSIGN(Statement count, database.prepare("SELECT count(*) FROM device WHERE \"user\" = ?1 AND id <> ?2 "
                                                "AND revoked_at IS NULL AND token IS NOT NULL"));
    count.bind(1, user).bind(2, device);
    TZ_TRY(count.step());
    if (count.integer(0) >= devicesPerUser)
        return fail("auth.too_many_devices", {{QStringLiteral("max"), devicesPerUser}});
    return {};
}
} // namespace

Accounts::Accounts(Storage &storage, Committer &committer, Scopes &scopes)
    : m_storage(storage)
    , m_committer(committer)
    , m_scopes(scopes)
    , m_backoff(*storage.environment().clock)
    , m_password(storage, scopes, m_backoff)
    , m_provider(storage, committer, scopes)
{
}

Result<wire::LoginAnswer> Accounts::signIn(const wire::LoginRequest &request, const QByteArray &address)
{
    TZ_ASSIGN(const Identity identity,
              m_password.identify({address, request.user, request.password, request.code, {}}));
    return admit(identity, request.device, request.deviceName);
}

Result<wire::ProviderLoginAnswer> Accounts::signIn(const wire::ProviderLogin &request, const QByteArray &address)
{
    TZ_ASSIGN(const Identity identity, m_provider.identify({address, {}, {}, {}, request.proof}));
    TZ_ASSIGN(const wire::LoginAnswer answer, admit(identity, request.device, request.deviceName));
    return wire::ProviderLoginAnswer{answer, identity.name};
}

Result<wire::LoginAnswer> Accounts::admit(const Identity &identity, const Id &device, const QString &deviceName)
{
    const qint64 now = m_storage.environment().clock->nowMs();
    wire::LoginAnswer answer;
    answer.user = identity.user;
    answer.server = m_storage.serverId();
    answer.device = device;
    answer.token = newToken(*m_storage.environment().entropy);
    if (answer.device.isNull())
        answer.device = IdSource(*m_storage.environment().clock, *m_storage.environment().entropy).next();
    const auto work = [&](Connection &writer) -> Result<> {
        Database &database = writer.db();
        if (identity.take)
            TZ_TRY(identity.take(database));
        TZ_ASSIGN(Statement select,
                  database.prepare("SELECT \"user\", revoked_at, wipe_nonce FROM device WHERE id = ?1"));
        select.bind(1, answer.device);
        TZ_ASSIGN(const bool known, select.step());
        if (known && select.id(0) != identity.user)
            return fail("auth.device_of_another");
        if (known && !select.isNull(1))
            return fail(deviceRevoked(select.text(2)));
        select.reset();
        TZ_TRY(checkRoom(database, identity.user, answer.device));
        if (!known) {
            TZ_ASSIGN(Statement insert,
                      database.prepare("INSERT INTO device(id, \"user\", made_at) VALUES(?1, ?2, ?3)"));
            TZ_TRY(insert.bind(1, answer.device).bind(2, identity.user).bind(3, now).run());
        }
        TZ_ASSIGN(Statement update,
                  database.prepare("UPDATE device SET name = ?2, token = ?3, token_at = ?4, old_token = NULL, "
                                   "old_until = NULL, seen_at = ?4 WHERE id = ?1"));
        return update.bind(1, answer.device)
            .bind(2, deviceName.left(longestName))
            .bind(3, tokenHash(answer.token.toLatin1()))
            .bind(4, now)
            .run();
    };
    TZ_TRY(m_committer.runTransaction(work));
    return answer;
}

Result<Session> Accounts::session(Connection &connection, const QByteArray &token)
{
    if (token.isEmpty())
        return fail("auth.no_token");
    // Looked up by its hash: the comparison's time tells nothing about the token.
    const QByteArray hash = tokenHash(token);
    const qint64 now = m_storage.environment().clock->nowMs();
    TZ_ASSIGN(Statement select,
              connection.db().prepare(
                  "SELECT \"user\", id, no, token_at, revoked_at, seen_at, token = ?1, old_until, wipe_nonce "
                  "FROM device WHERE token = ?1 OR old_token = ?1"));
    select.bind(1, hash);
    TZ_ASSIGN(const bool found, select.step());
    if (!found)
        return fail("auth.bad_token");
    if (!select.isNull(4))
        return fail(deviceRevoked(select.text(8)));
    const bool current = select.integer(6) != 0;
    if ((!current && select.integer(7) < now) || now - select.integer(5) > tokenEndsAfterMs)
        return fail("auth.token_expired");
    Session session;
    session.user = select.id(0);
    session.device = select.id(1);
    session.deviceNo = select.integer(2);
    session.tokenAtMs = select.integer(3);
    session.isOldToken = !current;
    select.reset();
    TZ_ASSIGN(Statement account, connection.db().prepare("SELECT disabled FROM account WHERE \"user\" = ?1"));
    account.bind(1, session.user);
    TZ_ASSIGN(const bool known, account.step());
    if (!known || account.integer(0) != 0)
        return fail("auth.user_disabled");
    return session;
}

Result<QString> Accounts::renewed(const Session &session)
{
    const qint64 now = m_storage.environment().clock->nowMs();
    if (now - session.tokenAtMs < tokenRenewedAfterMs && !session.isOldToken)
        return QString();
    const QString token = newToken(*m_storage.environment().entropy);
    bool done = false;
    const auto work = [&](Connection &writer) -> Result<> {
        // Only once for each token: of two hellos at once one gets the new one. The old one's hour is never prolonged.
        TZ_ASSIGN(Statement update,
                  writer.db().prepare(
                      "UPDATE device SET old_token = CASE WHEN ?2 = 1 THEN old_token ELSE token "
                      "END, old_until = CASE WHEN ?2 = 1 THEN old_until ELSE ?6 END, token = ?3, token_at = ?4 "
                      "WHERE id = ?1 AND token_at = ?5"));
        TZ_TRY(update.bind(1, session.device)
                   .bind(2, qint64(session.isOldToken))
                   .bind(3, tokenHash(token.toLatin1()))
                   .bind(6, now + oldTokenValidMs)
                   .bind(4, now)
                   .bind(5, session.tokenAtMs)
                   .run());
        done = writer.db().changedRows() > 0;
        return {};
    };
    TZ_TRY(m_committer.runTransaction(work));
    return done ? token : QString();
}

Result<> Accounts::signOut(const Session &session)
{
    return m_committer.runTransaction([&](Connection &writer) -> Result<> {
        TZ_ASSIGN(
            Statement update,
            writer.db().prepare("UPDATE device SET token = NULL, old_token = NULL, old_until = NULL WHERE id = ?1"));
        return update.bind(1, session.device).run();
    });
}

Result<wire::LoginAnswer> Accounts::anotherDevice(const Session &session)
{
    const qint64 now = m_storage.environment().clock->nowMs();
    wire::LoginAnswer answer;
    answer.user = session.user;
    answer.server = m_storage.serverId();
    answer.device = IdSource(*m_storage.environment().clock, *m_storage.environment().entropy).next();
    answer.token = newToken(*m_storage.environment().entropy);
    const auto work = [&](Connection &writer) -> Result<> {
        TZ_TRY(checkRoom(writer.db(), session.user, answer.device));
        TZ_ASSIGN(
            Statement insert,
            writer.db().prepare("INSERT INTO device(id, \"user\", name, made_at, token, token_at, seen_at, program, "
                                "catalog) SELECT ?1, \"user\", name, ?3, ?4, ?3, ?3, program, catalog FROM device "
                                "WHERE no = ?2"));
        return insert.bind(1, answer.device)
            .bind(2, session.deviceNo)
            .bind(3, now)
            .bind(4, tokenHash(answer.token.toLatin1()))
            .run();
    };
    TZ_TRY(m_committer.runTransaction(work));
    return answer;
}

Result<> Accounts::wiped(const wire::WipedRequest &request)
{
    if (request.nonce.isEmpty())
        return fail("auth.bad_token");
    const qint64 now = m_storage.environment().clock->nowMs();
    return m_committer.runTransaction([&](Connection &writer) -> Result<> {
        TZ_ASSIGN(Statement update,
                  writer.db().prepare("UPDATE device SET wiped_at = coalesce(wiped_at, ?2), "
                                      "wiped_unsent = coalesce(wiped_unsent, ?3), waiting = 0, token = NULL, "
                                      "old_token = NULL WHERE wipe_nonce = ?1"));
        TZ_TRY(update.bind(1, request.nonce).bind(2, now).bind(3, std::max<qint64>(0, request.unsent)).run());
        if (writer.db().changedRows() == 0)
            return fail("auth.bad_token");
        return {};
    });
}

Result<wire::TwoStepAnswer> Accounts::twoStep(const Session &session, const wire::TwoStepRequest &request,
                                              const QByteArray &address)
{
    using wire::TwoStepDeed;
    TZ_ASSIGN(PasswordWay::Credential credential, m_password.credentialOf(session.user));
    wire::TwoStepAnswer answer;
    answer.isOn = !credential.secret.isEmpty();
    if (request.deed == TwoStepDeed::Look)
        return answer;
    // Whoever sits at an open laptop must not be able to change who can sign in.
    const QByteArray name = session.user.toString().toLatin1();
    if (request.deed != TwoStepDeed::Confirm)
        TZ_TRY(m_password.checkPassword(credential, request.password, name, address));
    if (request.deed == TwoStepDeed::End) {
        if (!answer.isOn)
            return fail("auth.two_step_off");
        TZ_TRY(m_password.checkCode(credential, request.code, name, address));
        TZ_TRY(m_committer.runTransaction([&](Connection &writer) { return endTwoStep(writer, session.user); }));
        answer.isOn = false;
        return answer;
    }
    if (answer.isOn)
        return fail("auth.two_step_on");
    if (request.deed == TwoStepDeed::Begin)
        return beginTwoStep(session.user);
    if (credential.newSecret.isEmpty())
        return fail("auth.two_step_not_begun");
    credential.secret = credential.newSecret;
    TZ_ASSIGN(const qint64 step, m_password.checkCode(credential, request.code, name, address));
    const auto confirm = [&](Connection &writer) -> Result<> {
        TZ_ASSIGN(Statement update, writer.db().prepare("UPDATE account SET totp = totp_new, totp_new = NULL "
                                                        "WHERE \"user\" = ?1 AND totp_new = ?2"));
        TZ_TRY(update.bind(1, session.user).bind(2, credential.newSecret).run());
        // Another one was begun meanwhile.
        if (writer.db().changedRows() == 0)
            return fail("auth.wrong_code");
        return PasswordWay::takeStep(writer.db(), session.user, step);
    };
    TZ_TRY(m_committer.runTransaction(confirm));
    answer.isOn = true;
    return answer;
}

Result<wire::TwoStepAnswer> Accounts::beginTwoStep(const Id &user)
{
    const QByteArray secret = onetimecode::newSecret(*m_storage.environment().entropy);
    QString userName;
    {
        TZ_ASSIGN(Storage::Lease connection, m_storage.read());
        TZ_ASSIGN(const ScopePtr scope, m_scopes.of(*connection, user));
        userName = scope->name;
    }
    const auto keep = [&](Connection &writer) -> Result<> {
        TZ_ASSIGN(Statement update, writer.db().prepare("UPDATE account SET totp_new = ?2 WHERE \"user\" = ?1"));
        return update.bind(1, user).bind(2, secret).run();
    };
    TZ_TRY(m_committer.runTransaction(keep));
    wire::TwoStepAnswer answer;
    answer.secret = onetimecode::base32(secret);
    answer.uri = onetimecode::uri(secret, QStringLiteral("Tongzhou CRM"), userName);
    return answer;
}

Result<> Accounts::endTwoStep(Connection &writer, const Id &user)
{
    TZ_ASSIGN(Statement update, writer.db().prepare("UPDATE account SET totp = NULL, totp_new = NULL, totp_step = 0 "
                                                    "WHERE \"user\" = ?1"));
    return update.bind(1, user).run();
}

Result<> Accounts::setPassword(const Id &user, const QString &password)
{
    TZ_ASSIGN(const QByteArray hash, hashOf(password));
    return m_committer.runTransaction([&](Connection &writer) { return keepHash(writer, user, hash); });
}

Result<> Accounts::keepHash(Connection &writer, const Id &user, const QByteArray &hash)
{
    TZ_ASSIGN(Statement insert,
              writer.db().prepare("INSERT INTO account(\"user\", hash, changed_at) VALUES(?1, ?2, ?3) "
                                  "ON CONFLICT(\"user\") DO UPDATE SET hash = ?2, changed_at = ?3"));
    return insert.bind(1, user).bind(2, hash).bind(3, m_storage.environment().clock->nowMs()).run();
}

Result<> Accounts::endSessions(Connection &writer, const Id &user, const Id &but)
{
    // The tokens of revoked ones stay, so that they hear that they are, and that they are to erase their copies.
    TZ_ASSIGN(Statement devices,
              writer.db().prepare("UPDATE device SET token = NULL, old_token = NULL, "
                                  "old_until = NULL WHERE \"user\" = ?1 AND (id <> ?2 OR ?2 IS NULL) "
                                  "AND revoked_at IS NULL"));
    TZ_TRY(devices.bind(1, user).bind(2, but).run());
    return noteShutOut(writer.db());
}

} // namespace tz::server
