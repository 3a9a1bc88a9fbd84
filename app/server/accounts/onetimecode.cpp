// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "server/accounts/onetimecode.h"

#include "core/base/check.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sodium.h>

#include <QUrl>
#include <QUrlQuery>
#include <QtEndian>

namespace tz::server::onetimecode {

namespace {
constexpr int secretBytes = 20;
constexpr qint64 stepMs = 30'000;
constexpr int digits = 6;
constexpr quint32 modulus = 1'000'000;
} // namespace

QByteArray newSecret(Entropy &entropy)
{
    QByteArray secret(secretBytes, '\0');
    entropy.fill({reinterpret_cast<unsigned char *>(secret.data()), size_t(secret.size())});
    return secret;
}

QString base32(const QByteArray &secret)
{
    constexpr char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    QString text;
    quint32 bits = 0;
    int held = 0;
    for (const char byte : secret) {
        bits = (bits << 8) | static_cast<unsigned char>(byte);
        for (held += 8; held >= 5; held -= 5)
            text += QLatin1Char(letters[(bits >> (held - 5)) & 31]);
    }
    if (held > 0)
        text += QLatin1Char(letters[(bits << (5 - held)) & 31]);
    return text;
}

QString uri(const QByteArray &secret, const QString &issuer, const QString &user)
{
    QUrl url;
    url.setScheme(QStringLiteral("otpauth"));
    url.setHost(QStringLiteral("totp"));
    url.setPath(u'/' + issuer + u':' + user);
    QUrlQuery query;
    query.addQueryItem(QStringLiteral("secret"), base32(secret));
    query.addQueryItem(QStringLiteral("issuer"), QString::fromLatin1(QUrl::toPercentEncoding(issuer)));
    url.setQuery(query);
    return url.toString(QUrl::FullyEncoded);
}

QString code(const QByteArray &secret, qint64 step)
{
    const quint64 counter = qToBigEndian(quint64(step));
    unsigned char hash[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    TZ_CHECK(HMAC(EVP_sha1(), secret.constData(), int(secret.size()), reinterpret_cast<const unsigned char *>(&counter),
                  sizeof counter, hash, &size));
    // RFC 4226 §5.3: the last four bits say where the number stands.
    const quint32 number = qFromBigEndian<quint32>(hash + (hash[size - 1] & 15)) & 0x7fffffff;
    return QString::number(number % modulus).rightJustified(digits, u'0');
}

qint64 stepAt(qint64 ms)
{
    return ms / stepMs;
}

std::optional<qint64> accepted(const QByteArray &secret, const QString &typed, qint64 nowMs, qint64 lastStep)
{
    const QByteArray given = QString(typed).remove(u' ').toLatin1();
    if (given.size() != digits)
        return std::nullopt;
    const qint64 now = stepAt(nowMs);
    for (const qint64 step : {now, now - 1, now + 1}) {
        const QByteArray right = code(secret, step).toLatin1();
        if (step > lastStep && sodium_memcmp(given.constData(), right.constData(), digits) == 0)
            return step;
    }
    return std::nullopt;
}

} // namespace tz::server::onetimecode
