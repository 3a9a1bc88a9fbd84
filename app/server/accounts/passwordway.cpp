// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "server/accounts/passwordway.h"

#include "server/accounts/onetimecode.h"

namespace tz::server {

namespace {
constexpr qsizetype longestName = 200;
} // namespace

PasswordWay::PasswordWay(Storage &storage, Scopes &scopes, Backoff &backoff)
    : m_storage(storage)
    , m_scopes(scopes)
    , m_backoff(backoff)
    , m_passwords(storage.environment())
{
}

Result<PasswordWay::Credential> PasswordWay::credentialOf(const Id &user)
{
    TZ_ASSIGN(Storage::Lease connection, m_storage.read());
    TZ_ASSIGN(Statement select, connection->db().prepare("SELECT hash, totp, totp_new, totp_step "
                                                         "FROM account WHERE \"user\" = ?1"));
    TZ_ASSIGN(const bool known, select.bind(1, user).step());
    if (!known)
        return Credential();
    return Credential{select.bytes(0), select.bytes(1), select.bytes(2), select.integer(3)};
}

Result<> PasswordWay::checkPassword(const Credential &credential, const QString &password, const QByteArray &name,
                                    const QByteArray &address)
{
    TZ_TRY(m_backoff.mayTry(name, address));
    TZ_ASSIGN(const bool right, m_passwords.matches(credential.hash, password));
    if (right)
        return {};
    m_backoff.failed(name, address);
    return fail("auth.wrong_password");
}

Result<qint64> PasswordWay::checkCode(const Credential &credential, const QString &code, const QByteArray &name,
                                      const QByteArray &address)
{
    TZ_TRY(m_backoff.mayTry(name, address));
    const qint64 now = m_storage.environment().clock->nowMs();
    if (const auto step = onetimecode::accepted(credential.secret, code, now, credential.lastStep))
        return *step;
    m_backoff.failed(name, address);
    return fail("auth.wrong_code");
}

Result<> PasswordWay::takeStep(Database &writer, const Id &user, qint64 step)
{
    TZ_ASSIGN(Statement update,
              writer.prepare("UPDATE account SET totp_step = ?2 WHERE \"user\" = ?1 AND totp_step < ?2"));
    TZ_TRY(update.bind(1, user).bind(2, step).run());
    return writer.changedRows() > 0 ? Result<>() : fail("auth.wrong_code");
}

Result<Identity> PasswordWay::identify(const Attempt &attempt)
{
    if (attempt.name.size() > longestName)
        return fail("auth.wrong_password");
    const QByteArray name = attempt.name.trimmed().toCaseFolded().toUtf8();
    Id user;
    {
        TZ_ASSIGN(Storage::Lease connection, m_storage.read());
        if (const auto found = userNamed(*connection, attempt.name))
            user = *found;
    }
    TZ_ASSIGN(const Credential credential, credentialOf(user));
    TZ_TRY(checkPassword(credential, attempt.password, name, attempt.address));
    // Said only to who knows the password.
    TZ_ASSIGN(Identity identity, activeUser(m_storage, m_scopes, user));
    if (!credential.secret.isEmpty()) {
        if (attempt.code.isEmpty())
            return fail("auth.code_needed");
        TZ_ASSIGN(const qint64 step, checkCode(credential, attempt.code, name, attempt.address));
        identity.take = [user, step](Database &writer) { return takeStep(writer, user, step); };
    }
    m_backoff.succeeded(name, attempt.address);
    return identity;
}

} // namespace tz::server
