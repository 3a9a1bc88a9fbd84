// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors

// The desktop and a server that really runs, with another laptop driven by the command line.
#include "desktop/frame/tabarea.h"
#include "desktop/pages/conflictcard.h"
#include "desktop/pages/firstrunpage.h"
#include "desktop/pages/recordpage.h"
#include "desktop/pages/synccentre.h"
#include "tests/gui/desktop/realserver.h"
#include "workbench/dialogs/dialogs.h"
#include "workbench/records/fieldeditors.h"
#include "workbench/records/formbody.h"
#include "workbench/records/recordform.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>
#include <QToolButton>

using namespace tz;
using namespace tz::test;
using namespace Qt::StringLiterals;

namespace {

const QString account = QStringLiteral("customers.account");

/// Anna at the desktop and Ben with the command line, both of one team.
struct TwoPeople {
    TwoPeople()
    {
        qputenv("TONGZHOU_TOKEN_STORE", "file");
        server.addUser(u"anna"_s, {u"sales"_s}, u"North"_s);
        server.addUser(u"ben"_s, {u"sales_manager"_s}, u"North"_s);
        server.start();
        ben.login(server, u"ben"_s);
        desktop.start(false);
        signIn(u"anna"_s);
        REQUIRE(waitFor([&] { return status().complete && !status().busy && actorKnown(); }, longMs));
    }

    SyncStatus status() { return desktop.shell().workspace().status(); }
    bool actorKnown() { return !desktop.shell().workspace().actor().roles.isEmpty(); }
    bool allSent()
    {
        return status().connection == SyncStatus::Connection::Online && status().waiting == 0 && !status().busy;
    }

    void signIn(const QString &user) { test::signIn(desktop, server, user); }

    SyncCentre &centre()
    {
        auto *page = qobject_cast<SyncCentre *>(desktop.window().openAddress(Address{u"sync"_s, {}, {}, {}}));
        REQUIRE(page);
        QApplication::processEvents();
        return *page;
    }

    /// As "device list" shows it.
    QString deviceOfAnna() { return desktop.shell().workspace().actor().device.toString(); }

    void press(const QWidget &in, const QString &text) { test::press(in, text); }

    Server server;
    Laptop ben;
    DesktopFixture desktop{QStringList()};
};

ConflictCard *cardOf(SyncCentre &centre, const QString &field)
{
    for (ConflictCard *card : centre.findChildren<ConflictCard *>()) {
        if (card->isVisible() && card->conflict().field == field)
            return card;
    }
    return nullptr;
}

} // namespace

TEST_CASE("an edit that somebody replaced meanwhile stands beside theirs and what was there before, and is settled",
          "[desktop][sync]")
{
    TwoPeople people;
    DesktopFixture &desktop = people.desktop;
    const Id id = desktop.create(account, {{u"name"_s, Value(u"Disputed Ltd"_s)},
                                           {u"website"_s, Value(u"https://before.example.com"_s)},
                                           {u"phone"_s, Value(u"+49 30 1000000"_s)},
                                           {u"email"_s, Value(u"before@example.com"_s)}});
    REQUIRE(waitFor([&] { return people.allSent(); }, longMs));
    people.ben.must({u"sync"_s});

    // Nobody can be reached: both go on working.
    people.server.stop();
    desktop.update(account, id, {{u"website"_s, Value(u"https://anna.example.com"_s)}});
    desktop.update(account, id, {{u"phone"_s, Value(u"+49 30 2000000"_s)}});
    desktop.update(account, id, {{u"email"_s, Value(u"anna@example.com"_s)}});
    REQUIRE(waitFor([&] { return people.status().connection == SyncStatus::Connection::Offline; }, longMs));
    REQUIRE(waitFor([&] { return people.status().waiting == 3; }, longMs));
    CHECK(visibleTexts(desktop.window()).join(u'\n').contains(u"3 changes waiting"_s));
    people.ben.must({u"update"_s, account, id.toString(), u"website=https://ben.example.com"_s,
                     u"phone=+49 30 3000000"_s, u"email=ben@example.com"_s});
    people.server.start();
    people.ben.must({u"sync"_s});

    SyncCentre &centre = people.centre();
    people.press(centre, u"Sync now"_s);
    REQUIRE(waitFor(
        [&] { return cardOf(centre, u"website"_s) && cardOf(centre, u"phone"_s) && cardOf(centre, u"email"_s); },
        longMs));
    const QString texts = visibleTexts(*cardOf(centre, u"website"_s)).join(u'\n');
    INFO(texts.toStdString());
    CHECK(texts.contains(u"https://anna.example.com"_s));
    CHECK(texts.contains(u"https://ben.example.com"_s));
    CHECK(texts.contains(u"https://before.example.com"_s));
    CHECK(texts.contains(u"ben changed “Website” too"_s));
    CHECK(people.status().attention == 3);

    // Mine, theirs, and a third value.
    people.press(*cardOf(centre, u"website"_s), u"Take mine"_s);
    REQUIRE(waitFor([&] { return !cardOf(centre, u"website"_s); }, longMs));
    CHECK(desktop.value(account, id, u"website"_s) == Value(u"https://anna.example.com"_s));
    // Cards made anew are shown by the next turn of the event loop.
    REQUIRE(waitFor([&] { return cardOf(centre, u"phone"_s) != nullptr; }, longMs));
    people.press(*cardOf(centre, u"phone"_s), u"Keep theirs"_s);
    REQUIRE(waitFor([&] { return !cardOf(centre, u"phone"_s); }, longMs));
    CHECK(desktop.value(account, id, u"phone"_s) == Value(u"+49 30 3000000"_s));
    REQUIRE(waitFor([&] { return cardOf(centre, u"email"_s) != nullptr; }, longMs));
    ConflictCard *card = cardOf(centre, u"email"_s);
    people.press(*card, u"Another value…"_s);
    REQUIRE(card->isEditing());
    auto *line = card->findChild<FieldEditor *>()->findChild<QLineEdit *>();
    REQUIRE(line);
    CHECK(line->text() == u"anna@example.com"_s);
    line->selectAll();
    QTest::keyClicks(line, u"both@example.com"_s);
    // A sync meanwhile does not take away what is being typed.
    people.desktop.shell().workspace().syncNow();
    QTest::qWait(600);
    REQUIRE(cardOf(centre, u"email"_s) == card);
    people.press(*card, u"Use this value"_s);
    REQUIRE(waitFor([&] { return !cardOf(centre, u"email"_s); }, longMs));
    CHECK(desktop.value(account, id, u"email"_s) == Value(u"both@example.com"_s));
    REQUIRE(waitFor([&] { return people.allSent() && people.status().attention == 0; }, longMs));

    people.ben.must({u"sync"_s});
    const QJsonObject row = people.ben.rows(account).value(id.toString());
    CHECK(row.value(u"website"_s) == u"https://anna.example.com"_s);
    CHECK(row.value(u"phone"_s) == u"+49 30 3000000"_s);
    CHECK(row.value(u"email"_s) == u"both@example.com"_s);
}

TEST_CASE("a refused change says why, and is mended or discarded", "[desktop][sync]")
{
    TwoPeople people;
    DesktopFixture &desktop = people.desktop;
    const Id id = desktop.create(account, {{u"name"_s, Value(u"Handed Over Ltd"_s)}});
    REQUIRE(waitFor([&] { return people.allSent(); }, longMs));

    // Ben gives the customer to himself while Anna is away; she goes on with it offline.
    desktop.stop();
    people.ben.must({u"sync"_s});
    const auto owner = [&](const QString &name) {
        const auto users = people.ben.rows(u"foundation.user"_s);
        for (auto row = users.begin(); row != users.end(); ++row) {
            if (row->value(u"name"_s) == name)
                return row.key();
        }
        return QString();
    };
    const QString anna = owner(u"anna"_s);
    REQUIRE_FALSE(anna.isEmpty());
    people.ben.must({u"update"_s, account, id.toString(), u"owner="_s + owner(u"ben"_s)});
    people.ben.must({u"sync"_s});
    people.server.stop();
    desktop.start(false);
    desktop.update(account, id, {{u"phone"_s, Value(u"+49 30 4000000"_s)}});
    desktop.update(account, id, {{u"website"_s, Value(u"https://anna.example.com"_s)}});
    people.server.start();

    SyncCentre &centre = people.centre();
    desktop.shell().workspace().syncNow();
    REQUIRE(waitFor([&] { return centre.rejected().size() == 2; }, longMs));
    const QString texts = visibleTexts(centre).join(u'\n');
    INFO(texts.toStdString());
    CHECK(texts.contains(u"Handed Over Ltd"_s));
    CHECK(texts.contains(u"You may not change this record."_s));
    CHECK(texts.contains(u"save it again, or discard it"_s));
    CHECK(people.status().attention == 2);
    CHECK(desktop.value(account, id, u"phone"_s).isNull());

    // Ben gives it back; now the same values can be saved.
    people.ben.must({u"update"_s, account, id.toString(), u"owner="_s + anna});
    people.ben.must({u"sync"_s});
    const Value me(desktop.shell().workspace().actor().user);
    REQUIRE(waitFor([&] { return desktop.value(account, id, u"owner"_s) == me; }, longMs));
    const auto about = [&](const QString &field) {
        for (const RejectedBatch &batch : centre.rejected()) {
            if (batch.body.changes.front().edits.front().field == field)
                return batch;
        }
        FAIL("nothing refused about " << field.toStdString());
        return RejectedBatch();
    };
    centre.editAgain(about(u"phone"_s));
    auto *page = qobject_cast<RecordPage *>(desktop.window().tabs().current());
    REQUIRE(page);
    CHECK(page->isDirty());
    page->form()->save();
    REQUIRE(waitFor([&] { return desktop.value(account, id, u"phone"_s) == Value(u"+49 30 4000000"_s); }, longMs));
    people.centre();
    REQUIRE(waitFor([&] { return centre.rejected().size() == 1; }, longMs));

    dialogs::setNextAnswer(0);
    people.press(centre, u"Discard"_s);
    REQUIRE(waitFor([&] { return centre.rejected().empty(); }, longMs));
    REQUIRE(waitFor([&] { return people.allSent() && people.status().attention == 0; }, longMs));
    people.ben.must({u"sync"_s});
    CHECK(people.ben.rows(account).value(id.toString()).value(u"phone"_s) == u"+49 30 4000000"_s);
    CHECK(desktop.value(account, id, u"website"_s).isNull());
}

TEST_CASE("when the sign-in has ended the desktop says so, keeps what is unsent and sends it after signing in again",
          "[desktop][sync]")
{
    TwoPeople people;
    DesktopFixture &desktop = people.desktop;
    const Id id = desktop.create(account, {{u"name"_s, Value(u"Kept Ltd"_s)}});
    REQUIRE(waitFor([&] { return people.allSent(); }, longMs));
    desktop.stop();
    people.server.stop();
    // The server will not know this token.
    QFile token(QDir(desktop.profileFolder()).filePath(u"token"_s));
    REQUIRE(token.open(QFile::ReadWrite));
    QByteArray bytes = token.readAll();
    bytes[10] = bytes[10] == 'a' ? 'b' : 'a';
    token.seek(0);
    token.write(bytes);
    token.close();
    desktop.start(false);
    desktop.update(account, id, {{u"phone"_s, Value(u"+49 30 5000000"_s)}});
    people.server.start();
    desktop.shell().workspace().syncNow();
    REQUIRE(waitFor([&] { return people.status().connection == SyncStatus::Connection::SignedOut; }, longMs));
    QApplication::processEvents();
    const QString texts = visibleTexts(desktop.window()).join(u'\n');
    INFO(texts.toStdString());
    CHECK(texts.contains(u"The server does not know this computer any more."_s));
    CHECK(texts.contains(u"1 change waits on this computer"_s));

    // Work goes on, and is counted.
    desktop.update(account, id, {{u"website"_s, Value(u"https://kept.example.com"_s)}});
    REQUIRE(waitFor([&] { return people.status().waiting == 2; }));
    QApplication::processEvents();
    CHECK(visibleTexts(desktop.window()).join(u'\n').contains(u"2 changes wait on this computer"_s));

    SyncCentre &centre = people.centre();
    people.press(centre, u"Sign in"_s);
    REQUIRE(desktop.window().firstRun().isVisible());
    CHECK(visibleTexts(desktop.window().firstRun()).join(u'\n').contains(u"2 changes wait on this computer"_s));
    people.signIn(u"anna"_s);
    REQUIRE(waitFor([&] { return people.allSent(); }, longMs));
    people.ben.must({u"sync"_s});
    const QJsonObject row = people.ben.rows(account).value(id.toString());
    CHECK(row.value(u"phone"_s) == u"+49 30 5000000"_s);
    CHECK(row.value(u"website"_s) == u"https://kept.example.com"_s);
}

TEST_CASE("a computer that an administrator has shut out says so and keeps what is unsent", "[desktop][sync]")
{
    TwoPeople people;
    DesktopFixture &desktop = people.desktop;
    const Id id = desktop.create(account, {{u"name"_s, Value(u"Shut Out Ltd"_s)}});
    REQUIRE(waitFor([&] { return people.allSent(); }, longMs));
    people.server.command({u"device"_s, u"revoke"_s, people.deviceOfAnna(), u"--data"_s, people.server.dataFolder()});
    desktop.update(account, id, {{u"phone"_s, Value(u"+49 30 6000000"_s)}});
    REQUIRE(waitFor([&] { return people.status().connection == SyncStatus::Connection::SignedOut; }, longMs));
    QApplication::processEvents();
    const QString texts = visibleTexts(desktop.window()).join(u'\n');
    INFO(texts.toStdString());
    CHECK(texts.contains(u"An administrator has shut this computer out."_s));
    CHECK(texts.contains(u"1 change waits on this computer"_s));
    CHECK_FALSE(texts.contains(u"expired"_s));
    CHECK(desktop.value(account, id, u"phone"_s) == Value(u"+49 30 6000000"_s));
}

TEST_CASE("a computer whose copy is to be erased shows nothing of it any more and says so", "[desktop][sync]")
{
    TwoPeople people;
    DesktopFixture &desktop = people.desktop;
    const Id id = desktop.create(account, {{u"name"_s, Value(u"EraseMarker Ltd"_s)}});
    REQUIRE(waitFor([&] { return people.allSent(); }, longMs));
    REQUIRE(desktop.window().openAddress(Address::record(account, id.toString())));
    REQUIRE(waitFor([&] { return visibleTexts(desktop.window()).join(u'\n').contains(u"EraseMarker"_s); }));

    dialogs::setNextAnswer(0);
    people.server.command(
        {u"device"_s, u"revoke"_s, people.deviceOfAnna(), u"--wipe"_s, u"--data"_s, people.server.dataFolder()});
    REQUIRE(waitFor([&] { return !desktop.window().isEnabled(); }, longMs));
    INFO(dialogs::lastQuestion().toStdString());
    INFO(visibleTexts(desktop.window()).join(u" | "_s).toStdString());
    CHECK(dialogs::lastQuestion().contains(u"erased"_s));
    CHECK_FALSE(visibleTexts(desktop.window()).join(u'\n').contains(u"EraseMarker"_s));
    CHECK_FALSE(desktop.window().windowTitle().contains(u"EraseMarker"_s));
    const QString profile = desktop.profileFolder();
    desktop.stop();
    CHECK_FALSE(bytesOf(profile).contains("EraseMarker"));
}

TEST_CASE("without a server the sync centre tells since when, what waits and when it tries again", "[desktop][sync]")
{
    TwoPeople people;
    DesktopFixture &desktop = people.desktop;
    people.server.stop();
    desktop.create(account, {{u"name"_s, Value(u"Offline Ltd"_s)}});
    SyncCentre &centre = people.centre();
    REQUIRE(waitFor([&] { return people.status().connection == SyncStatus::Connection::Offline; }, longMs));
    const auto says = [&](const QString &text) {
        return waitFor([&] { return visibleTexts(centre).join(u'\n').contains(text); }, longMs);
    };
    CHECK(says(u"Offline since"_s));
    CHECK(says(u"1 change waiting"_s));
    CHECK(says(u"cannot be reached."_s));
    CHECK(says(u"Next attempt in"_s));
    CHECK(says(u"Offline Ltd"_s));
    // The pauses grow, and each is announced.
    qint64 longest = 0;
    for (int i = 0; i < 5; ++i) {
        desktop.shell().workspace().syncNow();
        REQUIRE(waitFor([&] { return people.status().nextAttemptMs > 0; }, longMs));
        longest = qMax(longest, people.status().nextAttemptMs - desktop.shell().workspace().clock().nowMs());
        QTest::qWait(20);
    }
    CHECK(longest > 0);
    CHECK(longest <= 60'000);
    people.server.start();
    REQUIRE(waitFor([&] { return people.allSent(); }, 2 * longMs));
    CHECK(says(u"Everything that you changed has arrived."_s));
}

TEST_CASE("the sync centre compares with the server, and asks before it sets aside what a restored server has not",
          "[desktop][sync]")
{
    TwoPeople people;
    SyncCentre &centre = people.centre();
    const auto says = [&](const QString &text) {
        return waitFor([&] { return visibleTexts(centre).join(u'\n').contains(text); }, longMs);
    };
    // A first copy is compared by itself.
    REQUIRE(waitFor([&] { return people.status().integrity.has_value(); }, longMs));
    CHECK(says(u"records here and there"_s));
    const qint64 before = people.status().integrity->records;

    QTemporaryDir shelf;
    const QString backup = shelf.filePath(u"a.backup"_s);
    people.server.output({u"backup"_s, u"--output"_s, backup});
    for (int i = 0; i < 12; ++i)
        people.ben.create(account, {u"name=Unknown %1"_s.arg(i)});
    people.ben.must({u"sync"_s});
    Workspace &workspace = people.desktop.shell().workspace();
    const auto accounts = [&] { return workspace.reader().count(account, QString()).value_or(-1); };
    REQUIRE(waitFor([&] { return accounts() == 12; }, longMs));
    REQUIRE(waitFor([&] { return people.allSent(); }, longMs));
    people.press(centre, u"Compare now"_s);
    REQUIRE(waitFor([&] { return people.status().integrity->records > before; }, longMs));
    CHECK(people.status().integrity->outcome == IntegrityReport::Outcome::Same);

    people.server.stop();
    people.server.output({u"restore"_s, u"--input"_s, backup, u"--over"_s});
    people.server.start();
    workspace.syncNow();
    REQUIRE(waitFor([&] { return people.status().toSetAside == 12; }, longMs));
    CHECK(says(u"knows nothing of 12 records"_s));
    CHECK(accounts() == 12);
    // Not agreed to: they stay.
    dialogs::setNextAnswer(1);
    people.press(centre, u"Set aside…"_s);
    CHECK(dialogs::lastQuestion().contains(u"kept for 45 days"_s));
    CHECK(accounts() == 12);
    dialogs::setNextAnswer(0);
    people.press(centre, u"Set aside…"_s);
    REQUIRE(waitFor([&] { return accounts() == 0; }, longMs));
    REQUIRE(waitFor([&] { return people.status().toSetAside == 0 && people.status().complete; }, longMs));
    // Their author comes, and they are back.
    people.ben.must({u"sync"_s});
    REQUIRE(waitFor([&] { return accounts() == 12; }, longMs));
}
