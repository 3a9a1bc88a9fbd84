// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "replica/session/lease.h"
#include "replica/session/erasure.h"
#include "tests/unit/replica/faketransport.h"
#include "tests/unit/replica/replicafixture.h"

#include <QDir>

using namespace tz;
using namespace tz::test;
using namespace Qt::StringLiterals;

namespace {
constexpr qint64 dayMs = 86'400'000;

void write(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    REQUIRE(file.open(QFile::WriteOnly));
    file.write(bytes);
}
} // namespace

TEST_CASE("a copy without contact for too long is over until there is contact again", "[replica][lease]")
{
    Replica r;
    Lease lease(*r.database, r.clock);
    // Never signed in: no lease, no end.
    r.clock.advanceMs(1000 * dayMs);
    CHECK_FALSE(need(lease.isOver()));

    need(lease.renew(r.clock.nowMs(), 14));
    CHECK(lease.days() == 14);
    CHECK_FALSE(need(lease.isOver()));
    r.clock.advanceMs(14 * dayMs);
    CHECK_FALSE(need(lease.isOver()));
    CHECK(lease.daysWithoutContact() == 14);
    r.clock.advanceMs(1);
    CHECK(need(lease.isOver()));
    r.clock.advanceMs(6 * dayMs);
    CHECK(lease.daysWithoutContact() == 20);
    need(lease.renew(r.clock.nowMs(), 60));
    CHECK_FALSE(need(lease.isOver()));
    CHECK(lease.daysWithoutContact() == 0);
}

TEST_CASE("turning the clock back wins no time, and a clock that was ahead costs none after contact",
          "[replica][lease]")
{
    Replica r;
    Lease lease(*r.database, r.clock);
    const qint64 contact = r.clock.nowMs();
    need(lease.renew(contact, 14));
    SECTION("the program looked at the clock before")
    {
        r.clock.setNowMs(contact + 15 * dayMs);
        CHECK(need(lease.isOver()));
        r.clock.setNowMs(contact);
        CHECK(need(lease.isOver()));
    }
    SECTION("something was edited before")
    {
        r.clock.setNowMs(contact + 15 * dayMs);
        r.createOrder(u"Tea"_s);
        r.clock.setNowMs(contact);
        CHECK(need(lease.isOver()));
    }
    SECTION("the clock went years ahead; the server knows the time")
    {
        r.clock.setNowMs(contact + 4000 * dayMs);
        CHECK(need(lease.isOver()));
        r.clock.setNowMs(contact);
        need(lease.renew(contact + 1000, 14));
        CHECK_FALSE(need(lease.isOver()));
    }
}

TEST_CASE("contact of any kind extends a lease, with few writes", "[replica][lease]")
{
    Replica r;
    Lease lease(*r.database, r.clock);
    need(lease.extend());
    CHECK(lease.untilMs() == 0);
    need(lease.renew(r.clock.nowMs(), 14));
    const qint64 until = lease.untilMs();
    r.clock.advanceMs(60'000);
    need(lease.extend());
    CHECK(lease.untilMs() == until);
    r.clock.advanceMs(2 * 3'600'000);
    need(lease.extend());
    CHECK(lease.untilMs() == until + 60'000 + 2 * 3'600'000);
}

TEST_CASE("erasing takes what the program keeps in a profile, and nothing else", "[replica][wipe]")
{
    QTemporaryDir folder;
    for (const char *name :
         {"replica.sqlite", "replica.sqlite-wal", "replica.sqlite-shm", "replica.sqlite.damaged-20260101-000000",
          "account.json", "token", "closed", "desktop.ini", "lists.ini", "notes.txt", "lock"})
        write(folder.filePath(QLatin1String(name)), "secret");
    for (const char *name : {"drafts", "logs", "exports", "attachments", "letters"}) {
        QDir(folder.path()).mkpath(QLatin1String(name) + u"/below"_s);
        write(folder.filePath(QLatin1String(name) + u"/below/one"_s), "secret");
    }
    Erasure erasure(folder.path());
    CHECK_FALSE(erasure.order());
    Erasure::Order order;
    order.server = QUrl(u"http://127.0.0.1:1"_s);
    order.nonce = u"nonce"_s;
    order.unsent = 2;
    need(erasure.begin(order));
    // Killed here, the next start finds the order and goes on.
    Erasure next(folder.path());
    REQUIRE(next.order());
    CHECK(next.order()->nonce == u"nonce"_s);
    CHECK(next.order()->unsent == 2);
    next.run();
    QStringList left = QDir(folder.path()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot);
    left.sort();
    CHECK(left == QStringList{u"erase.json"_s, u"letters"_s, u"lock"_s, u"notes.txt"_s});

    // Nobody answers: the order stays, so that it is confirmed another time.
    std::optional<bool> known;
    next.confirm([&](bool done) { known = done; });
    REQUIRE(waitUntil([&] { return known.has_value(); }));
    CHECK_FALSE(*known);
    REQUIRE(next.order());
    CHECK_FALSE(next.order()->confirmed);
    next.finish();
    CHECK_FALSE(next.order());
}
