// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/sync/accountwire.h"
#include "server/accounts/onetimecode.h"
#include "serverfixture.h"

using namespace tz;
using namespace tz::test;
using wire::TwoStepDeed;
namespace onetimecode = tz::server::onetimecode;

namespace {

/// Anna with a laptop that is signed in.
struct Person {
    ServerFixture server;
    Id id = server.addUser("anna", {QStringLiteral("sales")});
    Laptop laptop{server, "anna"};

    std::string signIn(const QString &code, const char *password = "secret-anna")
    {
        wire::LoginRequest login;
        login.user = QStringLiteral("anna");
        login.password = QString::fromUtf8(password);
        login.code = code;
        login.device = laptop.device;
        const server::Answer answer = server.ask("/v1/login", {}, wire::encode(login));
        if (answer.status != 200)
            return wire::decodeError(answer.body)->code.toStdString();
        laptop.token = wire::decodeLoginAnswer(answer.body)->token.toLatin1();
        return "signed in";
    }
    Result<wire::TwoStepAnswer> ask(TwoStepDeed deed, const QString &code = {}, const char *password = "secret-anna")
    {
        const wire::TwoStepRequest request{deed, QString::fromUtf8(password), code};
        const server::Answer answer = server.ask("/v1/two-step", laptop.token, wire::encode(request));
        if (answer.status != 200)
            return fail(*wire::decodeError(answer.body));
        return wire::decodeTwoStepAnswer(answer.body);
    }
    QString code(int stepsOn = 0) const
    {
        return onetimecode::code(secret, onetimecode::stepAt(server.clock.nowMs()) + stepsOn);
    }
    /// Switches it on, as the app and its user do.
    void switchOn()
    {
        const auto begun = ask(TwoStepDeed::Begin);
        REQUIRE_RESULT(begun);
        CHECK_FALSE(begun->isOn);
        // What the app would keep is what the server holds.
        auto connection = server.api->service().storage().read();
        REQUIRE_RESULT(connection);
        auto select = (*connection)->db().prepare("SELECT totp_new FROM account WHERE \"user\" = ?1");
        REQUIRE_RESULT(select);
        REQUIRE(select->bind(1, id).step().value());
        secret = select->bytes(0);
        CHECK(onetimecode::base32(secret) == begun->secret);
        CHECK(begun->uri.contains(QStringLiteral("secret=") + begun->secret));
        CHECK(begun->uri.startsWith(QStringLiteral("otpauth://totp/Tongzhou%20CRM:anna?")));
        const auto confirmed = ask(TwoStepDeed::Confirm, code(-1));
        REQUIRE_RESULT(confirmed);
        CHECK(confirmed->isOn);
    }

    QByteArray secret;
};

} // namespace

TEST_CASE("codes are those of RFC 6238", "[server][accounts]")
{
    const QByteArray secret = "12345678901234567890";
    const std::pair<qint64, const char *> known[] = {{59, "287082"},
                                                     {1'111'111'109, "081804"},
                                                     {1'111'111'111, "050471"},
                                                     {1'234'567'890, "005924"},
                                                     {2'000'000'000, "279037"},
                                                     {20'000'000'000, "353130"}};
    for (const auto &[seconds, digits] : known)
        CHECK(onetimecode::code(secret, onetimecode::stepAt(seconds * 1000)) == QString::fromLatin1(digits));
    // RFC 4648 §10.
    for (const auto &[plain, text] :
         {std::pair("", ""), std::pair("f", "MY"), std::pair("fo", "MZXQ"), std::pair("foo", "MZXW6"),
          std::pair("foob", "MZXW6YQ"), std::pair("fooba", "MZXW6YTB"), std::pair("foobar", "MZXW6YTBOI")})
        CHECK(onetimecode::base32(plain) == QString::fromLatin1(text));
}

TEST_CASE("with two steps a password alone does not sign in", "[server][accounts]")
{
    Person anna;
    CHECK(anna.signIn({}) == "signed in");
    anna.switchOn();
    // Who is signed in stays so; who does not know the password hears nothing of a code.
    REQUIRE_RESULT(anna.laptop.hello());
    CHECK(anna.signIn({}, "wrong") == "auth.wrong_password");
    CHECK(anna.signIn({}) == "auth.code_needed");
    CHECK(anna.signIn(QStringLiteral("000000")) == "auth.wrong_code");
    CHECK(anna.signIn(QStringLiteral("12345")) == "auth.wrong_code");
    CHECK(anna.signIn(QStringLiteral("１２３４５６")) == "auth.wrong_code");
    anna.server.clock.advanceMs(60'000);
    const QString code = anna.code();
    CHECK(anna.signIn(code.left(3) + u' ' + code.mid(3)) == "signed in");
    // Whoever looked over the shoulder is too late.
    CHECK(anna.signIn(code) == "auth.wrong_code");
    anna.server.clock.advanceMs(30'000);
    CHECK(anna.signIn(anna.code()) == "signed in");
    anna.server.reopen();
    CHECK(anna.signIn(anna.code()) == "auth.wrong_code");
    // A clock that is half a minute ahead, and one that is a minute behind.
    CHECK(anna.signIn(anna.code(1)) == "signed in");
    anna.server.clock.advanceMs(300'000);
    CHECK(anna.signIn(anna.code(-2)) == "auth.wrong_code");
}

TEST_CASE("guessing codes is slowed down", "[server][accounts]")
{
    Person anna;
    anna.switchOn();
    int tries = 0;
    while (anna.signIn(QStringLiteral("%1").arg(tries, 6, 10, QLatin1Char('0'))) == "auth.wrong_code")
        REQUIRE(++tries < 10);
    CHECK(anna.signIn(anna.code()) == "auth.wait");
    anna.server.clock.advanceMs(60'000);
    CHECK(anna.signIn(anna.code()) == "signed in");
}

TEST_CASE("two steps are switched on and off by who knows password and code", "[server][accounts]")
{
    Person anna;
    CHECK_FALSE(anna.ask(TwoStepDeed::Look)->isOn);
    REQUIRE_ERROR(anna.ask(TwoStepDeed::Confirm, QStringLiteral("123456")), "auth.two_step_not_begun");
    REQUIRE_ERROR(anna.ask(TwoStepDeed::End), "auth.two_step_off");
    REQUIRE_ERROR(anna.ask(TwoStepDeed::Begin, {}, "wrong"), "auth.wrong_password");
    // A mistyped confirmation locks nobody out.
    REQUIRE_RESULT(anna.ask(TwoStepDeed::Begin));
    REQUIRE_ERROR(anna.ask(TwoStepDeed::Confirm, QStringLiteral("000000")), "auth.wrong_code");
    CHECK(anna.signIn({}) == "signed in");
    anna.switchOn();
    CHECK(anna.ask(TwoStepDeed::Look)->isOn);
    CHECK(anna.ask(TwoStepDeed::Look)->secret.isEmpty());
    REQUIRE_ERROR(anna.ask(TwoStepDeed::Begin), "auth.two_step_on");
    REQUIRE_ERROR(anna.ask(TwoStepDeed::Confirm, anna.code()), "auth.two_step_on");
    REQUIRE_ERROR(anna.ask(TwoStepDeed::End, anna.code(), "wrong"), "auth.wrong_password");
    REQUIRE_ERROR(anna.ask(TwoStepDeed::End, QStringLiteral("000000")), "auth.wrong_code");
    anna.server.clock.advanceMs(60'000);
    const auto ended = anna.ask(TwoStepDeed::End, anna.code());
    REQUIRE_RESULT(ended);
    CHECK_FALSE(ended->isOn);
    CHECK(anna.signIn({}) == "signed in");
    // An administrator helps who has lost the app.
    anna.switchOn();
    CHECK(anna.signIn({}) == "auth.code_needed");
    REQUIRE_RESULT(anna.server.api->service().people().endTwoStep(QStringLiteral("Anna")));
    CHECK(anna.signIn({}) == "signed in");
    REQUIRE_ERROR(anna.server.api->service().people().endTwoStep(QStringLiteral("nobody")), "account.unknown_user");
}
