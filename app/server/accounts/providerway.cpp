// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "server/accounts/providerway.h"

#include "server/storage/committer.h"

#include <QJsonDocument>

#include <algorithm>

namespace tz::server {

namespace {
constexpr char settingName[] = "openid";
constexpr quint64 answerBytes = 256 * 1024;
constexpr qint64 documentKeptMs = 3'600'000;
/// A provider that does not answer is not asked again by each of those who would like to sign in.
constexpr qint64 failureKeptMs = 10'000;
constexpr qsizetype longestCode = 4096;
constexpr qsizetype longestAccessToken = 16 * 1024;

/// A word of the protocol, and nothing that somebody else could have a reader or a log believe.
QString word(const QString &text)
{
    const bool isWord = !text.isEmpty() && text.size() <= 40 &&
                        std::ranges::all_of(text, [](QChar c) { return (c >= u'a' && c <= u'z') || c == u'_'; });
    return isWord ? text : QString();
}

/// Fits into a header.
bool isPlain(const QString &text)
{
    return !text.isEmpty() && text.size() <= longestAccessToken &&
           std::ranges::all_of(text, [](QChar c) { return c > u' ' && c < QChar(0x7f); });
}

Result<HttpReply> ask(const HttpQuestion &question)
{
    auto reply = askOverHttp(question, answerBytes);
    if (!reply)
        return fail(reply.error().within(Error("auth.provider_unreachable")));
    if (reply->status >= 500 || !reply->isWhole)
        return fail("auth.provider_unreachable");
    return reply;
}

QJsonObject objectIn(const HttpReply &reply)
{
    return QJsonDocument::fromJson(reply.body).object();
}

bool isWellFormed(const wire::ProviderProof &proof)
{
    // RFC 7636 §4.1.
    constexpr qsizetype shortestVerifier = 43;
    constexpr qsizetype longestVerifier = 128;
    return !proof.code.isEmpty() && proof.code.size() <= longestCode && proof.verifier.size() >= shortestVerifier &&
           proof.verifier.size() <= longestVerifier && !proof.nonce.isEmpty() && proof.nonce.size() <= longestCode &&
           proof.port > 0 && proof.port <= 0xffff;
}
} // namespace

ProviderWay::ProviderWay(Storage &storage, Committer &committer, Scopes &scopes)
    : m_storage(storage)
    , m_committer(committer)
    , m_scopes(scopes)
    , m_backoff(*storage.environment().clock)
{
}

Result<openid::Settings> ProviderWay::settings()
{
    TZ_ASSIGN(Storage::Lease connection, m_storage.read());
    TZ_ASSIGN(const QByteArray json, setting(connection->db(), settingName));
    return openid::Settings::fromJson(json);
}

Result<> ProviderWay::set(const openid::Settings &settings)
{
    if (settings.isOn()) {
        if (!wire::isPrivateUrl(settings.issuer))
            return fail("auth.provider_unfit", {{QStringLiteral("reason"), QStringLiteral("https")}});
        TZ_TRY(provider(settings));
    }
    return m_committer.runTransaction(
        [&](Connection &writer) { return setSetting(writer.db(), settingName, settings.toJson()); });
}

Result<openid::Provider> ProviderWay::provider(const openid::Settings &settings)
{
    const Clock &clock = *m_storage.environment().clock;
    {
        std::lock_guard lock(m_mutex);
        if (m_known.issuer == settings.issuer && clock.monotonicMs() < m_known.untilMs)
            return m_known.provider;
    }
    const auto asked = [&]() -> Result<openid::Provider> {
        TZ_ASSIGN(const HttpReply reply, ask({openid::documentUrl(settings.issuer), {}, {}}));
        if (reply.status != 200)
            return fail("auth.provider_unfit", {{QStringLiteral("reason"), QString::number(reply.status)}});
        return openid::readProvider(reply.body, settings.issuer);
    };
    const Result<openid::Provider> answer = asked();
    if (!answer)
        qWarning("the sign-in service %s: %s", qPrintable(settings.issuer), qPrintable(answer.error().toString()));
    std::lock_guard lock(m_mutex);
    m_known = {settings.issuer, clock.monotonicMs() + (answer ? documentKeptMs : failureKeptMs), answer};
    return answer;
}

Result<wire::SignInWays> ProviderWay::ways()
{
    wire::SignInWays ways;
    TZ_ASSIGN(const openid::Settings settings, this->settings());
    if (!settings.isOn())
        return ways;
    ways.throughProvider = true;
    ways.issuer = settings.issuer;
    ways.clientId = settings.clientId;
    ways.scope = settings.scope;
    if (const auto known = provider(settings))
        ways.page = known->authorizationEndpoint;
    return ways;
}

Result<QString> ProviderWay::nameFrom(const openid::Settings &settings, const wire::ProviderProof &proof)
{
    TZ_ASSIGN(const openid::Provider known, provider(settings));
    const openid::TokenRequest request =
        openid::tokenRequest(settings, known, proof.code, proof.verifier, wire::redirectUri(proof.port));
    HttpQuestion question{known.tokenEndpoint,
                          request.body,
                          {{"Content-Type", "application/x-www-form-urlencoded"}, {"Accept", "application/json"}}};
    if (!request.authorization.isEmpty())
        question.headers.emplace_back("Authorization", request.authorization);
    TZ_ASSIGN(const HttpReply reply, ask(question));
    const QJsonObject answer = objectIn(reply);
    if (reply.status != 200) {
        const QString reason = word(answer.value(u"error").toString());
        return fail("auth.provider_refused",
                    {{QStringLiteral("reason"), reason.isEmpty() ? QString::number(reply.status) : reason}});
    }
    const openid::Expected expected{settings.issuer, settings.clientId, proof.nonce,
                                    m_storage.environment().clock->nowMs()};
    TZ_ASSIGN(QJsonObject claims, openid::readIdToken(answer.value(u"id_token").toString().toLatin1(), expected));
    const QString accessToken = answer.value(u"access_token").toString();
    QString name = openid::nameIn(claims, settings.claim);
    // Many providers tell little in the token and the rest on request (Core §5.4).
    if (name.isEmpty() && !known.userinfoEndpoint.isEmpty() && isPlain(accessToken)) {
        TZ_ASSIGN(const HttpReply more,
                  ask({known.userinfoEndpoint,
                       {},
                       {{"Accept", "application/json"}, {"Authorization", "Bearer " + accessToken.toLatin1()}}}));
        const QJsonObject rest = objectIn(more);
        // Of the same person (Core §5.3.2).
        if (more.status == 200 && rest.value(u"sub") == claims.value(u"sub"))
            name = openid::nameIn(rest, settings.claim);
    }
    if (name.isEmpty())
        return fail("auth.no_name", {{QStringLiteral("claim"), settings.claim}});
    return name;
}

Result<Identity> ProviderWay::identify(const Attempt &attempt)
{
    TZ_ASSIGN(const openid::Settings settings, this->settings());
    if (!settings.isOn())
        return fail("auth.provider_off");
    // Whose attempt it is shows only at the end: guesses are counted for the address alone.
    TZ_TRY(m_backoff.mayTry({}, attempt.address));
    const Result<QString> name = isWellFormed(attempt.proof) ? nameFrom(settings, attempt.proof)
                                                             : Result<QString>(fail("auth.provider_refused"));
    if (!name) {
        const Error &error = name.error();
        if (error.is("auth.provider_unreachable") || error.is("auth.provider_unfit"))
            return fail(error);
        m_backoff.failed({}, attempt.address);
        // A code that is no good is its bringer's matter; everything else is for whoever has set this up.
        const QString reason = error.params.value(QStringLiteral("reason")).toString();
        const bool isCode = error.is("auth.provider_refused") && (reason.isEmpty() || reason == u"invalid_grant");
        if (!isCode)
            qWarning("signing in through %s: %s", qPrintable(settings.issuer), qPrintable(error.toString()));
        return fail(error);
    }
    Id user;
    {
        TZ_ASSIGN(Storage::Lease connection, m_storage.read());
        const auto found = userNamed(*connection, *name);
        if (!found && found.error().is("account.unknown_user"))
            return fail("auth.not_a_user", {{QStringLiteral("name"), *name}});
        if (!found)
            return fail(found.error());
        user = *found;
    }
    TZ_ASSIGN(Identity identity, activeUser(m_storage, m_scopes, user));
    // Who never had a password has no account yet, and without one no token counts.
    identity.take = [user](Database &writer) -> Result<> {
        TZ_ASSIGN(Statement insert,
                  writer.prepare("INSERT INTO account(\"user\") VALUES(?1) ON CONFLICT(\"user\") DO NOTHING"));
        return insert.bind(1, user).run();
    };
    return identity;
}

} // namespace tz::server
