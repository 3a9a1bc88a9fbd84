// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "replica/replicator/replicator.h"
#include "tests/unit/replica/faketransport.h"
#include "tests/unit/replica/replicafixture.h"

using namespace tz;
using namespace tz::test;
using namespace Qt::StringLiterals;

namespace {

/// Dice that always show the same.
class Loaded final : public Entropy {
public:
    explicit Loaded(unsigned char byte)
        : m_byte(byte)
    {
    }
    void fill(std::span<unsigned char> bytes) override { std::ranges::fill(bytes, m_byte); }

private:
    unsigned char m_byte;
};

QByteArray helloFrom(const Replica &replica, int retryAfterMs = 0)
{
    wire::HelloAnswer answer;
    answer.serverTimeMs = replica.clock.nowMs();
    answer.server = Id::fromName(u"server");
    answer.user = replica.me;
    answer.roles = {u"boss"_s};
    answer.deviceNo = 1;
    answer.retryAfterMs = retryAfterMs;
    return wire::encode(answer);
}

} // namespace

TEST_CASE("a replica that is sent away comes back after the time it was told, not all of them together",
          "[replica][replicator]")
{
    // With all dice at their lowest, and higher ones: once the time and more.
    const auto [byte, least] = GENERATE(std::pair(0, 295), std::pair(255, 455));
    Replica replica;
    Loaded dice{static_cast<unsigned char>(byte)};
    QElapsedTimer clock;
    qint64 secondAt = 0;
    int hellos = 0;
    const bool viaAnswer = GENERATE(true, false);
    FakeTransport transport([&](const QString &path, const QByteArray &) -> Result<QByteArray> {
        if (path == u"/v1/hello") {
            if (++hellos == 1) {
                clock.start();
                if (viaAnswer)
                    return helloFrom(replica, 300);
                return refusal(429, Error("server.too_many_hellos", {{u"retry_after_ms"_s, 300}, {u"seconds"_s, 1}}));
            }
        }
        if (secondAt == 0)
            secondAt = clock.elapsed();
        return path == u"/v1/hello" ? Result<QByteArray>(helloFrom(replica)) : refusal(503, Error("server.busy"));
    });
    // The pause after a refusal is also the ordinary back-off's, up to a second at first.
    Replicator replicator(*replica.store, *replica.replica, transport, dice, u"test"_s);
    replicator.start(false);
    REQUIRE(waitUntil([&] { return secondAt > 0; }));
    CHECK(secondAt >= least);
    replicator.stop();
}

TEST_CASE("a first copy stands in the server's line, says its place and goes on by itself", "[replica][replicator]")
{
    Replica replica;
    SeededEntropy dice(1);
    const Id id = Id::fromName(u"order");
    int pulls = 0;
    FakeTransport transport([&](const QString &path, const QByteArray &) -> Result<QByteArray> {
        if (path == u"/v1/hello")
            return helloFrom(replica);
        ++pulls;
        if (pulls <= 2) {
            wire::Page waiting;
            waiting.mark = {0, QByteArray(16, '\0')};
            waiting.more = true;
            waiting.position = 3 - pulls;
            waiting.retryAfterMs = 20;
            return wire::encode(waiting);
        }
        wire::Page page = Replica::page(pulls, {Replica::orders({Replica::orderRow(id, pulls, u"Tea"_s)})});
        page.more = pulls == 3;
        return wire::encode(page);
    });
    Replicator replicator(*replica.store, *replica.replica, transport, dice, u"test"_s);
    QList<int> places;
    QObject::connect(&replicator, &Replicator::statusChanged, &replicator, [&](const SyncStatus &status) {
        if (status.position > 0) {
            CHECK(status.connection == SyncStatus::Connection::Online);
            CHECK(status.error.is("sync.in_line"));
            CHECK_FALSE(status.complete);
            if (places.isEmpty() || places.last() != status.position)
                places << status.position;
        }
    });
    bool quiet = false;
    QObject::connect(&replicator, &Replicator::quiet, &replicator, [&] { quiet = true; });
    replicator.start(false);
    REQUIRE(waitUntil([&] { return quiet; }));
    CHECK(places == QList<int>{2, 1});
    CHECK(replicator.status().position == 0);
    CHECK(replicator.status().error.code.isEmpty());
    CHECK(replicator.status().complete);
    CHECK(replica.name(id) == u"Tea"_s);
    // Long work goes where it does not stand in anybody's way, until it is done.
    CHECK(transport.asked ==
          QStringList{u"/v1/hello"_s, u"/v1/backfill"_s, u"/v1/backfill"_s, u"/v1/backfill"_s, u"/v1/backfill"_s});
    quiet = false;
    replicator.syncNow();
    REQUIRE(waitUntil([&] { return quiet; }));
    CHECK(transport.asked.last() == u"/v1/pull"_s);
}
