// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "tests/support/catch.h"
#include "tests/support/processes.h"

#include <QDateTime>
#include <QMessageAuthenticationCode>
#include <QtEndian>

using namespace tz::test;
using namespace Qt::StringLiterals;

namespace {

/// What the authenticator app does with the key that was typed into it.
QString codeOf(const QString &key, int stepsOn = 0)
{
    const QByteArray letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    QByteArray secret;
    quint32 bits = 0;
    int held = 0;
    for (const QChar letter : key) {
        bits = (bits << 5) | quint32(letters.indexOf(letter.toLatin1()));
        if ((held += 5) >= 8)
            secret += char(bits >> (held -= 8));
    }
    const quint64 step = qToBigEndian(quint64(QDateTime::currentSecsSinceEpoch() / 30 + stepsOn));
    const QByteArray hash = QMessageAuthenticationCode::hash(
        QByteArray(reinterpret_cast<const char *>(&step), sizeof step), secret, QCryptographicHash::Sha1);
    const quint32 number = qFromBigEndian<quint32>(hash.constData() + (hash.back() & 15)) & 0x7fffffff;
    return u"%1"_s.arg(number % 1'000'000, 6, 10, QLatin1Char('0'));
}

} // namespace

TEST_CASE("a second step is set up, asked for on a new computer, and ended", "[e2e][accounts]")
{
    Server server;
    server.addUser(u"anna"_s, {u"sales"_s});
    server.start();
    const QString password = server.passwordFile(u"anna"_s);
    Laptop first;
    first.login(server, u"anna"_s);
    CHECK(first.run({u"two-step"_s}).out.contains("off"));
    CHECK(first.run({u"two-step"_s, u"on"_s}).errors.contains("--password-file"));
    CHECK(first.run({u"two-step"_s, u"sideways"_s}).exitCode != 0);
    const QJsonObject begun = first.json({u"two-step"_s, u"on"_s, u"--password-file"_s, password});
    CHECK_FALSE(begun.value(u"on"_s).toBool());
    const QString key = begun.value(u"secret"_s).toString();
    CHECK(key.size() == 32);
    const Outcome wrong = first.run({u"two-step"_s, u"confirm"_s, u"--code"_s, u"12345"_s});
    CHECK(wrong.exitCode != 0);
    CHECK(wrong.errors.contains("code is wrong"));
    // Of half a minute ago, so that the present one is still good.
    CHECK(first.json({u"two-step"_s, u"confirm"_s, u"--code"_s, codeOf(key, -1)}).value(u"on"_s).toBool());

    const Laptop second;
    const QStringList login{u"login"_s, u"--server"_s,        server.url(), u"--user"_s,
                            u"anna"_s,  u"--password-file"_s, password};
    const Outcome asked = second.run(login);
    CHECK(asked.exitCode != 0);
    CHECK(asked.errors.contains("authenticator app"));
    second.must(login + QStringList{u"--code"_s, codeOf(key)});
    second.must({u"sync"_s});
    first.must({u"sync"_s});
    CHECK(second.json({u"two-step"_s}).value(u"on"_s).toBool());
    second.must({u"two-step"_s, u"off"_s, u"--password-file"_s, password, u"--code"_s, codeOf(key, 1)});
    const Laptop third;
    third.must(login);

    // Who has lost the app is helped on the server.
    const QString other =
        first.json({u"two-step"_s, u"on"_s, u"--password-file"_s, password}).value(u"secret"_s).toString();
    CHECK(other != key);
    first.must({u"two-step"_s, u"confirm"_s, u"--code"_s, codeOf(other)});
    CHECK(Laptop().run(login).exitCode != 0);
    (void)server.output({u"user"_s, u"end-two-step"_s, u"anna"_s});
    Laptop().must(login);
    CHECK_FALSE(server.log().contains(key.toLatin1()));
    CHECK_FALSE(server.log().contains(other.toLatin1()));
}
