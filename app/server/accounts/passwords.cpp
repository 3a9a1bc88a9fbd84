// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "server/accounts/passwords.h"

#include <sodium.h>

#include <QCryptographicHash>

#include <thread>

namespace tz::server {

namespace {
constexpr int shortestPassword = 1;
constexpr qsizetype longestPassword = 1000;
constexpr int mostWaiting = 64;
/// A user mistypes now and then; an address may be a whole office behind one router.
constexpr int freeFailuresUser = 3;
constexpr int freeFailuresAddress = 20;
constexpr qint64 mostUserMs = 30'000;
constexpr qint64 mostAddressMs = 300'000;
constexpr qint64 forgetAfterMs = 3'600'000;
constexpr qsizetype entriesRemembered = 100'000;
} // namespace

/// One computation's turn.
class Passwords::Place {
public:
    explicit Place(Passwords &passwords)
        : m_passwords(passwords)
    {
        std::unique_lock lock(m_passwords.m_mutex);
        if (m_passwords.m_waiting >= mostWaiting)
            return;
        ++m_passwords.m_waiting;
        m_passwords.m_free.wait(lock, [this] { return m_passwords.m_running < m_passwords.m_cores; });
        --m_passwords.m_waiting;
        ++m_passwords.m_running;
        m_taken = true;
    }
    ~Place()
    {
        if (!m_taken)
            return;
        std::lock_guard lock(m_passwords.m_mutex);
        --m_passwords.m_running;
        m_passwords.m_free.notify_one();
    }
    Place(const Place &) = delete;
    Place &operator=(const Place &) = delete;
    bool isTaken() const { return m_taken; }

private:
    Passwords &m_passwords;
    bool m_taken = false;
};

Passwords::Passwords(const Environment &environment)
    : m_memory(environment.passwordMemory)
    , m_passes(environment.passwordPasses)
    , m_cores(int(std::max(1u, std::thread::hardware_concurrency())))
{
    // Checked where there is no such user, so that both answers take the same time.
    if (auto hashed = hash(newToken(*environment.entropy)))
        m_nobody = std::move(*hashed);
}

Result<QByteArray> Passwords::hash(const QString &password)
{
    const QByteArray utf8 = password.toUtf8();
    if (password.size() < shortestPassword)
        return fail("account.password_short", {{QStringLiteral("min"), shortestPassword}});
    if (utf8.size() > longestPassword)
        return fail("account.password_long", {{QStringLiteral("max"), longestPassword}});
    const Place place(*this);
    if (!place.isTaken())
        return fail("server.busy");
    QByteArray text(crypto_pwhash_STRBYTES, '\0');
    if (crypto_pwhash_str(text.data(), utf8.constData(), static_cast<unsigned long long>(utf8.size()), m_passes,
                          m_memory) != 0)
        return fail("server.no_memory");
    text.truncate(text.indexOf('\0'));
    return text;
}

Result<bool> Passwords::matches(const QByteArray &hash, const QString &password)
{
    const QByteArray utf8 = password.toUtf8();
    const Place place(*this);
    if (!place.isTaken())
        return fail("server.busy");
    const QByteArray &against = hash.isEmpty() ? m_nobody : hash;
    const bool equal =
        utf8.size() <= longestPassword && crypto_pwhash_str_verify(against.constData(), utf8.constData(),
                                                                   static_cast<unsigned long long>(utf8.size())) == 0;
    return equal && !hash.isEmpty();
}

void Backoff::add(const QByteArray &key, int free, qint64 most)
{
    const qint64 now = m_clock.monotonicMs();
    Entry &entry = m_entries[key];
    if (now - entry.lastMs > forgetAfterMs)
        entry.failures = 0;
    ++entry.failures;
    entry.lastMs = now;
    if (entry.failures > free)
        entry.notBeforeMs = now + std::min(most, qint64(1000) << std::min(entry.failures - free - 1, 20));
}

qint64 Backoff::waitMs(const QByteArray &user, const QByteArray &address)
{
    std::lock_guard lock(m_mutex);
    const qint64 now = m_clock.monotonicMs();
    qint64 until = now;
    for (const QByteArray &key : {"u" + user, "a" + address}) {
        if (const auto entry = m_entries.constFind(key); entry != m_entries.constEnd())
            until = std::max(until, entry->notBeforeMs);
    }
    return until - now;
}

Result<> Backoff::mayTry(const QByteArray &user, const QByteArray &address)
{
    if (const qint64 wait = waitMs(user, address); wait > 0)
        return fail("auth.wait", {{QStringLiteral("seconds"), (wait + 999) / 1000}});
    return {};
}

void Backoff::failed(const QByteArray &user, const QByteArray &address)
{
    std::lock_guard lock(m_mutex);
    if (m_entries.size() > entriesRemembered)
        m_entries.clear();
    if (!user.isEmpty())
        add("u" + user, freeFailuresUser, mostUserMs);
    if (!address.isEmpty())
        add("a" + address, freeFailuresAddress, mostAddressMs);
}

void Backoff::succeeded(const QByteArray &user, const QByteArray &)
{
    std::lock_guard lock(m_mutex);
    // The address stays noted: one valid account must not buy guesses at others.
    m_entries.remove("u" + user);
}

QString newToken(Entropy &entropy)
{
    std::array<unsigned char, 32> bytes{};
    entropy.fill(bytes);
    return QString::fromLatin1(QByteArray(reinterpret_cast<const char *>(bytes.data()), 32)
                                   .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
}

QByteArray tokenHash(QByteArrayView token)
{
    return QCryptographicHash::hash(token.toByteArray(), QCryptographicHash::Sha256);
}

} // namespace tz::server
