// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "replica/session/session.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

namespace tz {

namespace {

// Argon2id on a busy server takes its turn.
constexpr int signInMs = 60'000;

QString fileIn(const QString &folder)
{
    return QDir(folder).filePath(QStringLiteral("account.json"));
}

Id idOf(const QJsonValue &value)
{
    return Id::fromString(value.toString()).value_or(Id());
}

} // namespace

Account Account::read(const QString &profileFolder)
{
    QFile file(fileIn(profileFolder));
    return file.open(QIODevice::ReadOnly) ? fromJson(file.readAll()) : Account();
}

Account Account::fromJson(const QByteArray &json)
{
    Account account;
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    const QString kind = object.value(QLatin1String("kind")).toString();
    account.kind = kind == QLatin1String("server")       ? Kind::Server
                   : kind == QLatin1String("standalone") ? Kind::Standalone
                                                         : Kind::None;
    account.server = QUrl(object.value(QLatin1String("server")).toString(), QUrl::StrictMode);
    account.userName = object.value(QLatin1String("user_name")).toString();
    account.deviceName = object.value(QLatin1String("device_name")).toString();
    account.caFile = object.value(QLatin1String("ca_file")).toString();
    account.user = idOf(object.value(QLatin1String("user")));
    account.device = idOf(object.value(QLatin1String("device")));
    account.serverId = idOf(object.value(QLatin1String("server_id")));
    return account;
}

QByteArray Account::toJson() const
{
    const QJsonObject object{
        {QStringLiteral("kind"), kind == Kind::Server       ? QStringLiteral("server")
                                 : kind == Kind::Standalone ? QStringLiteral("standalone")
                                                            : QString()},
        {QStringLiteral("server"), server.toString()},
        {QStringLiteral("user_name"), userName},
        {QStringLiteral("device_name"), deviceName},
        {QStringLiteral("ca_file"), caFile},
        {QStringLiteral("user"), user.toString()},
        {QStringLiteral("device"), device.toString()},
        {QStringLiteral("server_id"), serverId.toString()},
    };
    return QJsonDocument(object).toJson();
}

Result<> Account::write(const QString &profileFolder) const
{
    QSaveFile file(fileIn(profileFolder));
    if (!file.open(QIODevice::WriteOnly) || file.write(toJson()) < 0 || !file.commit())
        return fail("store.read_only", {{QStringLiteral("path"), fileIn(profileFolder)}});
    return {};
}

void Account::take(const wire::ProviderLoginAnswer &answer)
{
    kind = Kind::Server;
    userName = answer.userName;
    user = answer.login.user;
    device = answer.login.device;
    serverId = answer.login.server;
}

Result<> Account::remove(const QString &profileFolder)
{
    const QString path = fileIn(profileFolder);
    if (QFile::exists(path) && !QFile::remove(path))
        return fail("store.read_only", {{QStringLiteral("path"), path}});
    return {};
}

Session::Session(const QString &profileFolder, QObject *parent)
    : QObject(parent)
    , m_folder(profileFolder)
    , m_account(Account::read(profileFolder))
    , m_tokens(profileFolder)
{
}

void askForToken(Transport &transport, const SignInOffer &offer, const Id &device, const QString &deviceName,
                 std::function<void(Result<wire::ProviderLoginAnswer>)> done)
{
    transport.setToken({});
    if (offer.proof) {
        const wire::ProviderLogin request{*offer.proof, device, deviceName};
        return transport.post(QStringLiteral("/v1/login/provider"), wire::encode(request), signInMs,
                              [done = std::move(done)](const Result<QByteArray> &body) {
                                  done(body ? wire::decodeProviderLoginAnswer(*body) : fail(body.error()));
                              });
    }
    const wire::LoginRequest request{offer.user, offer.password, device, deviceName, offer.code};
    transport.post(QStringLiteral("/v1/login"), wire::encode(request), signInMs,
                   [done = std::move(done), user = offer.user](const Result<QByteArray> &body) {
                       const auto answer = body ? wire::decodeLoginAnswer(*body) : fail(body.error());
                       if (!answer)
                           return done(fail(answer.error()));
                       done(wire::ProviderLoginAnswer{*answer, user});
                   });
}

void Session::signIn(Transport &transport, Account account, const SignInOffer &offer,
                     std::function<void(Result<Opened>)> done)
{
    const bool known = m_account.kind == Account::Kind::Server;
    // Whom the provider named shows only in the answer; a profile is one person's.
    const bool same = known && (offer.proof || m_account.userName == offer.user);
    const auto answered = [this, known, account,
                           done = std::move(done)](const Result<wire::ProviderLoginAnswer> &answer) mutable {
        const bool isOther = answer ? m_account.user != answer->login.user || m_account.serverId != answer->login.server
                                    : answer.error().is("auth.device_of_another");
        if (known && isOther)
            return done(fail("session.other_account", {{QStringLiteral("user"), m_account.userName}}));
        if (!answer)
            return done(fail(answer.error()));
        account.take(*answer);
        keep(account, answer->login.token, std::move(done));
    };
    askForToken(transport, offer, same ? m_account.device : Id(), account.deviceName, answered);
}

void Session::keep(const Account &account, const QString &token, std::function<void(Result<Opened>)> done)
{
    m_tokens.write(token, [this, account, token, done = std::move(done)](Result<TokenStore::Place> place) {
        if (!place)
            return done(fail(place.error()));
        if (const auto written = account.write(m_folder); !written)
            return done(fail(written.error()));
        m_account = account;
        done(Opened{account, token, *place});
    });
}

Result<> Session::setAccount(const Account &account)
{
    TZ_TRY(account.write(m_folder));
    m_account = account;
    return {};
}

Result<> Session::setDevice(const Id &device)
{
    Account account = m_account;
    account.device = device;
    return setAccount(account);
}

Result<> Session::startStandalone(const QString &name, const Id &user, const Id &device)
{
    Account account;
    account.kind = Account::Kind::Standalone;
    account.userName = name;
    account.user = user;
    account.device = device;
    TZ_TRY(account.write(m_folder));
    m_account = account;
    return {};
}

void Session::signOut(std::function<void()> done)
{
    m_tokens.forget(std::move(done));
}

} // namespace tz
