// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "replica/session/browsersignin.h"
#include "tests/support/catch.h"
#include "tests/unit/replica/faketransport.h"

#include <QCryptographicHash>
#include <QTcpSocket>
#include <QUrlQuery>

using namespace tz;
using namespace tz::test;
using namespace Qt::StringLiterals;

namespace {

/// A server that offers a provider, and a browser that was told to open its page.
struct Desk {
    wire::SignInWays ways{true, u"https://login.example.com"_s, u"https://login.example.com/authorize?tenant=7"_s,
                          u"c r&m"_s, u"openid profile"_s};
    FakeTransport transport{[this](const QString &path, const QByteArray &) -> Result<QByteArray> {
        CHECK(path == u"/v1/login/ways"_s);
        return wire::encode(ways);
    }};
    SystemEntropy entropy;
    BrowserSignIn signIn{entropy};
    QUrl page;
    std::optional<Result<wire::ProviderProof>> told;

    void start()
    {
        signIn.start(
            transport, [this](const QUrl &url) { page = url; },
            [this](Result<wire::ProviderProof> proof) {
                CHECK_FALSE(told);
                told = std::move(proof);
            });
        REQUIRE(waitUntil([this] { return told || !page.isEmpty(); }));
    }
    QString parameter(const char *name) const
    {
        return QUrlQuery(page).queryItemValue(QLatin1String(name), QUrl::FullyDecoded);
    }
    /// What a browser gets that is sent to this place of the redirect address.
    QByteArray visit(const QByteArray &target, const QByteArray &method = "GET") const
    {
        QTcpSocket socket;
        socket.connectToHost(u"127.0.0.1"_s, quint16(QUrl(parameter("redirect_uri")).port()));
        QByteArray answer;
        QObject::connect(&socket, &QTcpSocket::connected,
                         [&] { socket.write(method + ' ' + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"); });
        QObject::connect(&socket, &QTcpSocket::readyRead, [&] { answer += socket.readAll(); });
        REQUIRE(waitUntil([&] {
            return socket.state() == QTcpSocket::UnconnectedState && (!answer.isEmpty() || socket.error() >= 0);
        }));
        return answer;
    }
    QByteArray answerWith(const QByteArray &parameters) const
    {
        return visit("/?" + parameters + "&state=" + parameter("state").toLatin1());
    }
    QByteArray error() const { return told && !*told ? told->error().code : QByteArray(); }
};

} // namespace

TEST_CASE("the browser is sent to the provider with a challenge of its own", "[replica][oidc]")
{
    Desk desk;
    desk.start();
    CHECK(desk.page.host() == u"login.example.com"_s);
    CHECK(desk.parameter("tenant") == u"7"_s);
    CHECK(desk.parameter("response_type") == u"code"_s);
    CHECK(desk.parameter("client_id") == u"c r&m"_s);
    CHECK(desk.parameter("scope") == u"openid profile"_s);
    CHECK(desk.parameter("code_challenge_method") == u"S256"_s);
    CHECK(desk.parameter("redirect_uri").startsWith(u"http://127.0.0.1:"_s));
    CHECK(desk.parameter("state").size() == 43);
    CHECK(desk.parameter("nonce").size() == 43);

    const QByteArray answer = desk.answerWith("code=a%2Bb%20c&iss=https%3A%2F%2Flogin.example.com");
    CHECK(answer.startsWith("HTTP/1.1 200 "));
    CHECK(answer.contains("You can close this page"));
    CHECK(answer.contains("Content-Security-Policy: default-src 'none'"));
    CHECK_FALSE(answer.contains("a+b"));
    REQUIRE(desk.told);
    REQUIRE_RESULT(*desk.told);
    const wire::ProviderProof &proof = **desk.told;
    CHECK(proof.code == u"a+b c"_s);
    CHECK(proof.nonce == desk.parameter("nonce"));
    CHECK(wire::redirectUri(proof.port) == desk.parameter("redirect_uri"));
    const QByteArray hash = QCryptographicHash::hash(proof.verifier.toLatin1(), QCryptographicHash::Sha256);
    CHECK(desk.parameter("code_challenge").toLatin1() ==
          hash.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
    CHECK_FALSE(desk.page.toString().contains(proof.verifier));
    // Nobody listens any more.
    CHECK(desk.answerWith("code=another").isEmpty());

    Desk other;
    other.start();
    for (const char *name : {"state", "nonce", "code_challenge"})
        CHECK(other.parameter(name) != desk.parameter(name));
}

TEST_CASE("who does not know the state cannot end the sign-in", "[replica][oidc]")
{
    Desk desk;
    desk.start();
    const QByteArray state = desk.parameter("state").toLatin1();
    for (const QByteArray &target :
         {QByteArray("/"), QByteArray("/?code=evil"), QByteArray("/?code=evil&state="), "/?code=evil&state=x" + state,
          QByteArray("/?error=access_denied&state=guess"), "/favicon.ico?code=evil&state=" + state,
          QByteArray("/?") + QByteArray(20'000, 'x')})
        CHECK_FALSE(desk.visit(target).contains("200 OK"));
    CHECK_FALSE(desk.visit("/?code=evil&state=" + state, "POST").contains("200 OK"));
    CHECK_FALSE(desk.told);
    CHECK(desk.answerWith("code=good").contains("200 OK"));
    REQUIRE(desk.told);
    CHECK((*desk.told)->code == u"good"_s);
}

TEST_CASE("the provider says no, or it is another one", "[replica][oidc]")
{
    Desk desk;
    desk.start();
    QByteArray page;
    QString reason;
    SECTION("denied")
    {
        page = desk.answerWith("error=access_denied&error_description=%3Cb%3Eboo");
        reason = u"access_denied"_s;
    }
    SECTION("with words that nobody should read")
    {
        page = desk.answerWith("error=%3Cscript%3Ealert(1)%3C/script%3E");
    }
    SECTION("without a code")
    {
        page = desk.answerWith("session=1");
    }
    SECTION("another provider")
    {
        page = desk.answerWith("code=c&iss=https%3A%2F%2Fevil.example.com");
    }
    CHECK(page.contains("did not let you in"));
    for (const char *echoed : {"boo", "script", "access_denied", "evil"})
        CHECK_FALSE(page.contains(echoed));
    CHECK(desk.error() == "session.browser_denied");
    CHECK(desk.told->error().params.value(u"reason"_s).toString() == reason);
}

TEST_CASE("a sign-in in the browser is cancelled, runs out of time, or cannot begin", "[replica][oidc]")
{
    Desk desk;
    SECTION("cancelled")
    {
        desk.start();
        desk.signIn.cancel();
        CHECK(desk.error() == "session.cancelled");
        desk.signIn.cancel();
        CHECK(desk.answerWith("code=late").isEmpty());
    }
    SECTION("cancelled before the server has answered")
    {
        desk.signIn.start(
            desk.transport, [&](const QUrl &url) { desk.page = url; },
            [&](Result<wire::ProviderProof> proof) { desk.told = std::move(proof); });
        desk.signIn.cancel();
        CHECK(desk.error() == "session.cancelled");
        CHECK_FALSE(waitUntil([&] { return !desk.page.isEmpty(); }, 100));
    }
    SECTION("too late")
    {
        desk.signIn.setPatience(std::chrono::milliseconds(50));
        desk.start();
        REQUIRE(waitUntil([&] { return desk.told.has_value(); }));
        CHECK(desk.error() == "session.browser_timeout");
    }
    SECTION("no provider")
    {
        desk.ways = {};
        desk.start();
        CHECK(desk.error() == "auth.provider_off");
    }
    SECTION("a provider that is away")
    {
        desk.ways.page.clear();
        desk.start();
        CHECK(desk.error() == "auth.provider_unreachable");
    }
    SECTION("a page that a server must not have opened")
    {
        for (const char *page : {"file:///etc/passwd", "http://login.example.com/", "tongzhou://run", "calc.exe"}) {
            Desk bad;
            bad.ways.page = QLatin1String(page);
            bad.start();
            CHECK(bad.error() == "session.unsafe_page");
            CHECK(bad.page.isEmpty());
        }
    }
}
