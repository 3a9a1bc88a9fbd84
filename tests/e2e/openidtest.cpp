// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "tests/support/catch.h"
#include "tests/support/openidprovider.h"
#include "tests/support/processes.h"

using namespace tz::test;
using namespace Qt::StringLiterals;

namespace {

/// A company whose people have accounts at a provider, and a server that trusts it.
struct Company {
    OpenIdProvider provider;
    Server server;

    Company()
    {
        server.addUser(u"anna"_s, {u"sales"_s});
        server.start();
    }
    void trust(const QStringList &options = {u"--client-id"_s, u"crm"_s}) const
    {
        (void)server.output(QStringList{u"openid"_s, u"set"_s, u"--issuer"_s, provider.issuer()} + options);
    }
    QStringList login(const QString &name) const
    {
        return {u"login"_s, u"--server"_s, server.url(), u"--sso"_s, u"--browser"_s, provider.browser(name)};
    }
};

} // namespace

TEST_CASE("a company account opens a new computer, without a password", "[e2e][accounts][oidc]")
{
    const Company company;
    const Laptop laptop;
    CHECK(laptop.run(company.login(u"anna"_s)).errors.contains("does not take company accounts"));
    company.trust();
    CHECK(company.server.output({u"openid"_s, u"show"_s}).contains(company.provider.issuer().toUtf8()));
    const QJsonObject answer = laptop.json(company.login(u"anna"_s));
    const QByteArray page = company.provider.lastPage();
    CHECK(page.contains("Thank you. You can close this page"));
    CHECK_FALSE(page.contains("code"));
    laptop.must({u"sync"_s});
    const QString lead = laptop.create(u"pipeline.lead"_s, {u"name=Acme"_s});
    laptop.must({u"sync"_s});
    CHECK(laptop.json({u"status"_s}).value(u"user_name"_s) == u"anna"_s);

    // Signing in again keeps the device; and with the password it is the same person.
    const QString device = answer.value(u"device"_s).toString();
    CHECK(laptop.json(company.login(u"anna"_s)).value(u"device"_s) == device);
    laptop.login(company.server, u"anna"_s);
    laptop.must({u"sync"_s});
    CHECK(laptop.json({u"status"_s}).value(u"device"_s) == device);
    // Another person does not get in there.
    company.server.addUser(u"ben"_s, {u"sales"_s});
    CHECK(laptop.run(company.login(u"ben"_s)).errors.contains("This profile belongs to anna"));
    Laptop().must(company.login(u"ben"_s));

    (void)company.server.output({u"openid"_s, u"off"_s});
    CHECK(laptop.run(company.login(u"anna"_s)).errors.contains("does not take company accounts"));
    laptop.must({u"sync"_s});
}

TEST_CASE("a profile that was for one computer joins with a company account", "[e2e][accounts][oidc]")
{
    const Company company;
    company.trust();
    const Laptop laptop;
    laptop.must({u"standalone"_s, u"Anna"_s});
    const QString lead = laptop.create(u"pipeline.lead"_s, {u"name=Acme"_s});
    CHECK(laptop.json(company.login(u"anna"_s)).value(u"joined"_s).toBool());
    laptop.must({u"sync"_s});
    Laptop other;
    other.login(company.server, u"anna"_s);
    other.must({u"sync"_s});
    CHECK(other.rows(u"pipeline.lead"_s).contains(lead));
}

TEST_CASE("whom the provider does not let in, or the server does not know, stays out", "[e2e][accounts][oidc]")
{
    const Company company;
    company.trust();
    const Laptop laptop;
    const Outcome unknown = laptop.run(company.login(u"eve"_s));
    CHECK(unknown.exitCode != 0);
    CHECK(unknown.errors.contains("knows you as “eve”"));
    const Outcome denied = laptop.run(company.login(u"-"_s) + QStringList{u"--lang"_s, u"zh_CN"_s});
    CHECK(denied.exitCode != 0);
    CHECK(denied.errors.contains("access_denied"));
    CHECK(company.provider.lastPage().contains("公司的登录服务没有让您登录"));
    // The address is not verified there: anybody could have typed it.
    company.trust({u"--client-id"_s, u"crm"_s, u"--claim"_s, u"email"_s});
    CHECK(laptop.run(company.login(u"anna"_s)).errors.contains("does not say who you are"));
    const Outcome wrong =
        company.server.attempt({u"openid"_s, u"set"_s, u"--issuer"_s, QString(company.provider.issuer() + u"/other"_s),
                                u"--client-id"_s, u"crm"_s});
    CHECK(wrong.exitCode == 1);
    CHECK(wrong.errors.contains("auth.provider_unfit"));
    company.trust();
    laptop.must(company.login(u"anna"_s) + QStringList{u"--lang"_s, u"zh_CN"_s});
    CHECK(company.provider.lastPage().contains("谢谢"));
}

TEST_CASE("a client with a secret proves itself, and says the secret to nobody else", "[e2e][accounts][oidc]")
{
    const Company company;
    const auto trust = [&](const QByteArray &secret) {
        QFile file(company.server.passwordFile(u"client"_s));
        REQUIRE(file.open(QFile::WriteOnly));
        file.write(secret + '\n');
        file.close();
        company.trust({u"--client-id"_s, u"crm-secret"_s, u"--client-secret-file"_s, file.fileName()});
    };
    trust("not-the-secret");
    const Laptop laptop;
    CHECK(laptop.run(company.login(u"anna"_s)).errors.contains("invalid_client"));
    CHECK(company.server.log().contains("invalid_client"));
    const QByteArray secret = company.provider.secret().toUtf8();
    trust(secret);
    const Outcome done = laptop.run(company.login(u"anna"_s));
    REQUIRE(done.exitCode == 0);
    laptop.must({u"sync"_s});
    for (const QByteArray &told : {done.out, done.errors, company.server.log(), bytesOf(laptop.profile()),
                                   company.server.output({u"openid"_s, u"show"_s})}) {
        CHECK_FALSE(told.contains(secret));
        CHECK_FALSE(told.contains("not-the-secret"));
    }
}
