// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/sync/signinwire.h"

#include "core/sync/cborcoding.h"

#include <QUrl>

namespace tz::wire {

namespace {
constexpr qint64 signInItems = 100;
} // namespace

template <class A>
void describe(A &a, SignInWays &m)
{
    a.begin(5);
    a(m.throughProvider);
    a(m.issuer);
    a(m.page);
    a(m.clientId);
    a(m.scope);
    a.end();
}

template <class A>
void describe(A &a, ProviderLogin &m)
{
    a.begin(6);
    a(m.proof.code);
    a(m.proof.verifier);
    a(m.proof.nonce);
    a(m.proof.port);
    a(m.device);
    a(m.deviceName);
    a.end();
}

template <class A>
void describe(A &a, ProviderLoginAnswer &m)
{
    a.begin(5);
    a(m.login.token);
    a(m.login.user);
    a(m.login.device);
    a(m.login.server);
    a(m.userName);
    a.end();
}

QString redirectUri(int port)
{
    return QStringLiteral("http://127.0.0.1:%1/").arg(port);
}

bool isPrivateUrl(const QString &text)
{
    const QUrl url(text, QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty() || !url.userInfo().isEmpty() || url.hasFragment())
        return false;
    if (url.scheme() == QLatin1String("https"))
        return true;
    const QString host = url.host();
    return url.scheme() == QLatin1String("http") &&
           (host == QLatin1String("127.0.0.1") || host == QLatin1String("::1") || host == QLatin1String("localhost"));
}

QByteArray encode(const SignInWays &m)
{
    return encoded(m);
}
QByteArray encode(const ProviderLogin &m)
{
    return encoded(m);
}
QByteArray encode(const ProviderLoginAnswer &m)
{
    return encoded(m);
}
Result<SignInWays> decodeSignInWays(QByteArrayView cbor)
{
    return decoded<SignInWays>(cbor, signInItems);
}
Result<ProviderLogin> decodeProviderLogin(QByteArrayView cbor)
{
    return decoded<ProviderLogin>(cbor, signInItems);
}
Result<ProviderLoginAnswer> decodeProviderLoginAnswer(QByteArrayView cbor)
{
    return decoded<ProviderLoginAnswer>(cbor, signInItems);
}

} // namespace tz::wire
