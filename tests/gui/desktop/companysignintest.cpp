// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "tests/gui/desktop/realserver.h"
#include "tests/support/openidprovider.h"

#include <QDesktopServices>
#include <QProcess>

using namespace tz;
using namespace tz::test;
using namespace Qt::StringLiterals;

namespace tz::test {

/// The browser of this computer, for as long as it lives.
class Browser : public QObject {
    Q_OBJECT
public:
    Browser() { QDesktopServices::setUrlHandler(u"http"_s, this, "open"); }
    ~Browser() override { QDesktopServices::unsetUrlHandler(u"http"_s); }

    /// What is done with the page; empty: nothing.
    QString command;
    int opened = 0;

public Q_SLOTS:
    void open(const QUrl &page)
    {
        ++opened;
        QStringList words = QProcess::splitCommand(command);
        if (!words.isEmpty())
            QProcess::startDetached(words.takeFirst(), words << QString::fromLatin1(page.toEncoded()));
    }
};

} // namespace tz::test

namespace {

const QString offer = u"Sign in with your company account"_s;

/// Nothing of it is cut off.
bool isWhole(const QPushButton &button)
{
    return button.height() >= button.sizeHint().height() && button.visibleRegion().boundingRect() == button.rect();
}

/// The first page of a new computer, whose user has typed the server's address.
struct Newcomer {
    OpenIdProvider provider;
    Server server;
    DesktopFixture desktop{QStringList()};
    Browser browser;

    explicit Newcomer(bool trusts = true)
    {
        server.addUser(u"anna"_s, {u"sales"_s});
        if (trusts)
            trust();
        server.start();
        desktop.start(false);
        typeAddress();
    }
    void trust() const
    {
        (void)server.output({u"openid"_s, u"set"_s, u"--issuer"_s, provider.issuer(), u"--client-id"_s, u"crm"_s});
    }
    FirstRunPage &page() const { return desktop.window().firstRun(); }
    void typeAddress() const
    {
        for (QLineEdit *line : page().findChildren<QLineEdit *>()) {
            if (!line->placeholderText().startsWith(u"https"_s))
                continue;
            line->setFocus();
            line->selectAll();
            QTest::keyClicks(line, server.url());
            QTest::keyClick(line, Qt::Key_Tab);
        }
    }
    QPushButton *button(const QString &text) const
    {
        for (QPushButton *one : page().findChildren<QPushButton *>()) {
            if (one->isVisible() && one->text() == text)
                return one;
        }
        return nullptr;
    }
    bool shows(const QString &text) const { return !visibleTexts(page()).filter(text).isEmpty(); }
};

} // namespace

TEST_CASE("the company account is offered where the server takes it, and opens the desktop", "[desktop][oidc]")
{
    Newcomer anna;
    REQUIRE(waitFor([&] { return anna.button(offer); }, longMs));
    CHECK(waitFor([&] { return isWhole(*anna.button(offer)); }));
    anna.desktop.settings().setLanguage(u"zh_CN"_s);
    CHECK(waitFor([&] { return anna.button(u"用公司账号登录"_s); }));
    anna.desktop.settings().setLanguage(u"en"_s);
    REQUIRE(waitFor([&] { return anna.button(offer); }));
    anna.browser.command = anna.provider.browser(u"anna"_s);
    press(anna.page(), offer);
    REQUIRE(waitFor([&] { return !anna.page().isVisible(); }, longMs));
    CHECK(anna.browser.opened == 1);
    CHECK(anna.desktop.shell().workspace().isReady());
    CHECK(anna.provider.lastPage().contains("close this page"));
}

TEST_CASE("the company account is not offered where the server does not take it", "[desktop][oidc]")
{
    const Newcomer anna(false);
    CHECK_FALSE(waitFor([&] { return anna.button(offer); }, 1000));
    // The password is there all the same.
    signIn(anna.desktop, anna.server, u"anna"_s);
}

TEST_CASE("who comes back without having signed in can try again", "[desktop][oidc]")
{
    Newcomer anna;
    REQUIRE(waitFor([&] { return anna.button(offer); }, longMs));
    press(anna.page(), offer);
    REQUIRE(waitFor([&] { return anna.browser.opened == 1; }, longMs));
    CHECK(anna.shows(u"Please sign in in your browser"_s));
    CHECK_FALSE(anna.button(offer));
    REQUIRE(anna.button(u"Cancel"_s));
    CHECK(anna.button(u"Cancel"_s)->hasFocus());
    CHECK(waitFor([&] { return isWhole(*anna.button(u"Cancel"_s)); }));
    press(anna.page(), u"Cancel"_s);
    REQUIRE(waitFor([&] { return anna.button(offer); }));
    CHECK_FALSE(anna.shows(u"cancelled"_s));
    CHECK(anna.button(offer)->hasFocus());

    anna.browser.command = anna.provider.browser(u"eve"_s);
    press(anna.page(), offer);
    REQUIRE(waitFor([&] { return anna.shows(u"knows you as “eve”"_s); }, longMs));
    anna.browser.command = anna.provider.browser(u"-"_s);
    press(anna.page(), offer);
    REQUIRE(waitFor([&] { return anna.shows(u"did not let you in"_s); }, longMs));
    anna.browser.command = anna.provider.browser(u"anna"_s);
    press(anna.page(), offer);
    REQUIRE(waitFor([&] { return !anna.page().isVisible(); }, longMs));
}

TEST_CASE("the first page may go while a server's address is being typed", "[desktop][oidc]")
{
    DesktopFixture desktop{QStringList()};
    desktop.start(false);
    auto page = std::make_unique<FirstRunPage>(desktop.shell());
    page->show();
    QLineEdit *address = nullptr;
    for (QLineEdit *line : page->findChildren<QLineEdit *>()) {
        if (line->placeholderText().startsWith(u"https"_s))
            address = line;
    }
    REQUIRE(address);
    page->activateWindow();
    address->setFocus();
    REQUIRE(waitFor([&] { return address->hasFocus(); }));
    QTest::keyClicks(address, u"crm.example.com"_s);
    // It loses the focus on the way, and the line says that it was edited.
    page.reset();
    SUCCEED();
}

#include "companysignintest.moc"
