// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "replica/replicator/replicator.h"
#include "core/sync/digest.h"
#include "tests/unit/replica/faketransport.h"
#include "tests/unit/replica/replicafixture.h"

#include <numeric>

using namespace tz;
using namespace tz::test;
using namespace Qt::StringLiterals;
using wire::BatchStatus;

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
    answer.commonRev = replica.replica->cursor().rev;
    answer.retryAfterMs = retryAfterMs;
    return wire::encode(answer);
}

/// Whatever is asked about, the server does not know.
QByteArray unknown(const QByteArray &body)
{
    const auto asked = wire::decodeStateRequest(body);
    REQUIRE_RESULT(asked);
    wire::StateAnswer answer;
    answer.unknown = asked->records;
    return wire::encode(answer);
}

/// Takes every edit as it is, and notes the numbers of their batches.
FakeTransport::Server accepting(const Replica &replica, std::vector<qint64> &sent)
{
    return
        [&replica, &sent, rev = qint64(1)](const QString &path, const QByteArray &body) mutable -> Result<QByteArray> {
            if (path == u"/v1/hello")
                return helloFrom(replica);
            if (path == u"/v1/state")
                return unknown(body);
            if (path != u"/v1/push")
                return wire::encode(Replica::page(rev));
            wire::PushAnswer answer;
            const auto pushed = wire::decodePushRequest(body);
            for (const Batch &batch : pushed->batches) {
                sent.push_back(batch.no);
                ++rev;
                wire::PushAnswer one =
                    replica.answerTo(batch, BatchStatus::Accepted, rev,
                                     {Replica::orders({Replica::orderRow(batch.changes[0].id, rev, u"Tea"_s)})});
                answer.keys = one.keys;
                answer.answers.push_back(std::move(one.answers[0]));
            }
            return wire::encode(answer);
        };
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
    FakeTransport transport([&](const QString &path, const QByteArray &body) -> Result<QByteArray> {
        if (path == u"/v1/hello")
            return helloFrom(replica);
        if (path == u"/v1/state")
            return unknown(body);
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
    CHECK(transport.asked.mid(0, 5) ==
          QStringList{u"/v1/hello"_s, u"/v1/backfill"_s, u"/v1/backfill"_s, u"/v1/backfill"_s, u"/v1/backfill"_s});
    quiet = false;
    replicator.syncNow();
    REQUIRE(waitUntil([&] { return quiet; }));
    CHECK(transport.asked.last() == u"/v1/pull"_s);
}

TEST_CASE("a role that is taken away while the program runs takes its columns along at once", "[replica][replicator]")
{
    Replica replica;
    SeededEntropy dice(1);
    const Id id = Id::fromName(u"order");
    bool demoted = false;
    bool told = false;
    FakeTransport transport([&](const QString &path, const QByteArray &body) -> Result<QByteArray> {
        if (path == u"/v1/hello") {
            wire::HelloAnswer answer = *wire::decodeHelloAnswer(helloFrom(replica));
            if (demoted)
                answer.roles = {u"clerk"_s};
            return wire::encode(answer);
        }
        if (path == u"/v1/state")
            return unknown(body);
        const auto asked = wire::decodePullRequest(body);
        REQUIRE_RESULT(asked);
        if (demoted && asked->keysVersion != 2) {
            wire::Page page;
            page.mark = {1, Replica::page(1).mark.chain};
            page.more = true;
            page.keys = wire::KeyList{2, {100}};
            page.visibility = {{u"shop.order"_s, u"without the secret"_s}};
            told = true;
            return wire::encode(page);
        }
        return wire::encode(demoted ? Replica::page(1)
                                    : Replica::page(1, {Replica::orders({Replica::orderRow(id, 1, u"Tea"_s)})}));
    });
    Replicator replicator(*replica.store, *replica.replica, transport, dice, u"test"_s);
    bool quiet = false;
    QObject::connect(&replicator, &Replicator::quiet, &replicator, [&] { quiet = true; });
    replicator.start(false);
    REQUIRE(waitUntil([&] { return quiet; }));
    CHECK(replica.find(replica.order(), id)->value(u"secret") == Value(u"hush"_s));

    demoted = true;
    quiet = false;
    transport.asked.clear();
    replicator.syncNow();
    REQUIRE(waitUntil([&] { return quiet; }));
    CHECK(told);
    CHECK(transport.asked.mid(0, 3) == QStringList{u"/v1/pull"_s, u"/v1/hello"_s, u"/v1/pull"_s});
    CHECK(replica.store->actor().roles == QStringList{u"clerk"_s});
    CHECK(replica.find(replica.order(), id)->value(u"secret").isNull());
}

TEST_CASE("a second copy of a device takes another one before it sends anything more", "[replica][replicator]")
{
    Replica replica;
    SeededEntropy dice(1);
    const Id other = Id::fromName(u"another device");
    const Id before = replica.store->actor().device;
    const bool hasUnsent = GENERATE(true, false);
    const Id id = replica.createOrder(u"Mine"_s);
    if (!hasUnsent) {
        const auto sent = need(replica.replica->pending());
        replica.receive(replica.answerTo(sent.at(0), BatchStatus::Accepted, 1,
                                         {Replica::orders({Replica::orderRow(id, 1, u"Mine"_s)})}));
    }
    std::vector<Batch> pushed;
    bool replaced = false;
    FakeTransport transport([&](const QString &path, const QByteArray &body) -> Result<QByteArray> {
        if (path == u"/v1/hello") {
            const auto hello = wire::decodeHelloRequest(body);
            REQUIRE_RESULT(hello);
            CHECK(hello->device == (replaced ? other : before));
            wire::HelloAnswer answer = *wire::decodeHelloAnswer(helloFrom(replica));
            // The other copy has sent five batches.
            answer.expectedNo = replaced ? 1 : 6;
            return wire::encode(answer);
        }
        if (path == u"/v1/device") {
            wire::LoginAnswer answer;
            answer.device = other;
            answer.token = u"token of another"_s;
            return wire::encode(answer);
        }
        if (path == u"/v1/push") {
            auto push = wire::decodePushRequest(body);
            REQUIRE_RESULT(push);
            if (!replaced)
                return refusal(409, Error("sync.device_rolled_back", {{u"expected"_s, 6}}));
            pushed = push->batches;
            return wire::encode(replica.answerTo(pushed.at(0), BatchStatus::Accepted, 2,
                                                 {Replica::orders({Replica::orderRow(id, 2, u"Mine"_s)})}));
        }
        return wire::encode(Replica::page(3));
    });
    Replicator replicator(*replica.store, *replica.replica, transport, dice, u"test"_s);
    QObject::connect(&replicator, &Replicator::deviceReplaced, &replicator,
                     [&](const Id &device, const QString &token) {
                         CHECK(device == other);
                         CHECK(token == u"token of another"_s);
                         replaced = true;
                     });
    bool quiet = false;
    QObject::connect(&replicator, &Replicator::quiet, &replicator, [&] { quiet = true; });
    replicator.start(false);
    REQUIRE(waitUntil([&] { return quiet; }));
    CHECK(replaced);
    CHECK(transport.token == u"token of another"_s);
    CHECK(replica.store->actor().device == other);
    CHECK(need(replica.replica->waiting()) == 0);
    REQUIRE(pushed.size() == (hasUnsent ? 1 : 0));
    if (hasUnsent)
        CHECK(pushed[0].no == 1);
    // The next one follows on.
    (void)replica.createOrder(u"Next"_s);
    CHECK(need(replica.replica->pending()).at(0).no == (hasUnsent ? 2 : 1));
    replicator.stop();
}

TEST_CASE("a replica whose server was set back gives back, fetches, asks and compares, and says what it sets aside",
          "[replica][replicator][history]")
{
    Replica replica;
    SeededEntropy dice(1);
    constexpr qint64 anew = (qint64(1) << 32) + 20;
    const Id there = Id::fromName(u"there"), lost = Id::fromName(u"lost");
    replica.scope({100});
    replica.receive(Replica::page(10, {Replica::orders({Replica::orderRow(there, 10, u"There"_s)})}));
    replica.receive(Replica::page(11, {Replica::orders({Replica::orderRow(lost, 11, u"Lost"_s)})}));
    const Id made = replica.createOrder(u"Made"_s);
    wire::PushAnswer acknowledged = replica.answerTo(need(replica.replica->pending()).front(), BatchStatus::Accepted,
                                                     12, {Replica::orders({Replica::orderRow(made, 12, u"Made"_s)})});
    acknowledged.mark = {12, QByteArray(16, 'z')};
    replica.receive(acknowledged);

    std::vector<Batch> pushed;
    bool isBack = false;
    qint64 sumsAsked = 0;
    FakeTransport transport([&](const QString &path, const QByteArray &body) -> Result<QByteArray> {
        if (path == u"/v1/hello") {
            const auto hello = wire::decodeHelloRequest(body);
            REQUIRE_RESULT(hello);
            CHECK(hello->marks.front().rev == 12);
            wire::HelloAnswer answer = *wire::decodeHelloAnswer(helloFrom(replica));
            answer.commonRev = 10;
            answer.expectedNo = 1;
            return wire::encode(answer);
        }
        if (path == u"/v1/push") {
            auto push = wire::decodePushRequest(body);
            REQUIRE_RESULT(push);
            CHECK(push->base.rev == 10);
            pushed = push->batches;
            isBack = true;
            wire::PushAnswer answer = replica.answerTo(pushed.at(0), BatchStatus::Accepted, anew,
                                                       {Replica::orders({Replica::orderRow(made, anew, u"Made"_s)})});
            answer.mark = Replica::page(anew).mark;
            return wire::encode(answer);
        }
        if (path == u"/v1/state")
            return unknown(body);
        const auto pull = wire::decodePullRequest(body);
        REQUIRE_RESULT(pull);
        // Nothing is fetched before everything is given back.
        CHECK(isBack);
        wire::Page page = Replica::page(anew);
        if (pull->cursor.rev < anew) {
            CHECK(pull->cursor.rev == 10);
            CHECK(pull->newest.rev == anew);
            page.tables = {Replica::orders({Replica::orderRow(made, anew, u"Made"_s)})};
        }
        if (pull->sums) {
            ++sumsAsked;
            Digest digest;
            digest.add(there, 10);
            digest.add(made, anew);
            page.sums.push_back({u"shop.order"_s, 100, digest.n, digest.stored()});
        }
        return wire::encode(page);
    });
    Replicator replicator(*replica.store, *replica.replica, transport, dice, u"test"_s);
    bool quiet = false;
    QObject::connect(&replicator, &Replicator::quiet, &replicator, [&] { quiet = true; });
    replicator.start(false);
    REQUIRE(waitUntil([&] { return quiet; }));
    INFO(transport.asked.join(u' ').toStdString());
    CHECK(transport.asked.mid(0, 5) ==
          QStringList{u"/v1/hello"_s, u"/v1/push"_s, u"/v1/pull"_s, u"/v1/state"_s, u"/v1/pull"_s});
    REQUIRE(pushed.size() == 1);
    CHECK(pushed[0].no == 1);
    CHECK(pushed[0].changes.front().id == made);
    CHECK(sumsAsked == 1);
    CHECK(replicator.status().complete);
    CHECK(replicator.status().toSetAside == 0);
    REQUIRE(replicator.status().integrity);
    CHECK(replicator.status().integrity->outcome == IntegrityReport::Outcome::Same);
    CHECK(replica.name(made) == u"Made"_s);
    CHECK(replica.name(there) == u"There"_s);
    CHECK_FALSE(replica.find(replica.order(), lost));
    const auto aside = need(replica.replica->setAside());
    REQUIRE(aside.size() == 1);
    CHECK(aside[0].record.id == lost);

    // Once a day, by the clock that nobody can set; and whenever somebody wants to know.
    const auto syncAgain = [&] {
        quiet = false;
        replicator.syncNow();
        REQUIRE(waitUntil([&] { return quiet; }));
    };
    replica.clock.setNowMs(replica.clock.nowMs() + 400LL * 24 * 3600 * 1000);
    syncAgain();
    CHECK(sumsAsked == 1);
    replica.clock.advanceMs(25LL * 3600 * 1000);
    syncAgain();
    CHECK(sumsAsked == 2);
    need(replica.replica->askForVerify());
    syncAgain();
    CHECK(sumsAsked == 3);
}

TEST_CASE("numbers are fetched when few are left and nothing waits", "[replica][replicator]")
{
    Replica replica;
    SeededEntropy dice(1);
    const bool isOldServer = GENERATE(false, true);
    std::vector<wire::NumberStock> wanted;
    std::vector<Batch> pushed;
    bool isBroken = false;
    qint64 rev = 1;
    FakeTransport transport([&](const QString &path, const QByteArray &body) -> Result<QByteArray> {
        if (path == u"/v1/hello")
            return helloFrom(replica);
        if (path == u"/v1/push") {
            pushed = wire::decodePushRequest(body)->batches;
            wire::PushAnswer answer;
            for (const Batch &batch : pushed) {
                answer.answers.emplace_back();
                answer.answers.back().no = batch.no;
                answer.answers.back().batch = batch.id;
                answer.answers.back().rev = ++rev;
            }
            return wire::encode(answer);
        }
        if (path != u"/v1/numbers")
            return wire::encode(Replica::page(rev));
        if (isOldServer)
            return refusal(404, Error("server.unknown_path"));
        if (isBroken)
            return refusal(503, Error("server.busy"));
        CHECK(need(replica.replica->waiting()) == 0);
        wanted = wire::decodeNumbersRequest(body)->stocks;
        const qint64 next = std::max<qint64>(1, wanted.at(0).next);
        return wire::encode(wire::NumbersAnswer{{{u"shop.invoice:I-#"_s, next, next + 11}}});
    });
    transport.leasesNumbers = true;
    Replicator replicator(*replica.store, *replica.replica, transport, dice, u"test"_s);
    bool quiet = false;
    QObject::connect(&replicator, &Replicator::quiet, &replicator, [&] { quiet = true; });
    replicator.start(false);
    REQUIRE(waitUntil([&] { return quiet; }));
    CHECK(replicator.status().complete);
    const auto make = [&](int times) {
        Draft draft = replica.store->draft();
        for (int i = 0; i < times; ++i)
            draft.create(u"shop.invoice"_s, {});
        quiet = false;
        need(replica.store->apply(std::move(draft)));
    };
    make(1);
    REQUIRE(waitUntil([&] { return quiet; }));
    REQUIRE(pushed.size() == 1);
    if (isOldServer) {
        // It goes without; one asks again after the next push or hello only.
        CHECK(pushed[0].changes[0].name == u"I-D1-1"_s);
        CHECK(transport.asked.count(u"/v1/numbers"_s) == 2);
        return;
    }
    CHECK(pushed[0].changes[0].name == u"I-0001"_s);
    REQUIRE(wanted.size() == 1);
    CHECK(wanted[0].entity == u"shop.invoice"_s);
    // 11 are left, which is enough; then 9, which is not.
    CHECK(transport.asked.count(u"/v1/numbers"_s) == 1);
    make(2);
    REQUIRE(waitUntil([&] { return quiet; }));
    CHECK(wanted.at(0).next == 4);
    CHECK(transport.asked.count(u"/v1/numbers"_s) == 2);
    // A server that cannot just now is asked again later, like with everything else.
    isBroken = true;
    make(10);
    REQUIRE(waitUntil([&] { return replicator.status().error.is("server.busy"); }));
    isBroken = false;
    wanted.clear();
    quiet = false;
    replicator.syncNow();
    REQUIRE(waitUntil([&] { return quiet; }));
    REQUIRE(wanted.size() == 1);
    CHECK(wanted[0].next == 14);
    replicator.stop();
}

TEST_CASE("whoever is woken fetches at leisure after a push whose answer said all", "[replica][replicator]")
{
    Replica replica;
    SeededEntropy dice(1);
    const bool isContested = GENERATE(false, true);
    const Id id = Id::fromName(u"order");
    qint64 rev = 1;
    FakeTransport transport([&](const QString &path, const QByteArray &body) -> Result<QByteArray> {
        if (path == u"/v1/hello")
            return helloFrom(replica);
        if (path == u"/v1/state")
            return unknown(body);
        if (path == u"/v1/push") {
            const Batch batch = wire::decodePushRequest(body)->batches.at(0);
            wire::PushAnswer answer = replica.answerTo(batch, BatchStatus::Accepted, ++rev,
                                                       {Replica::orders({Replica::orderRow(id, rev, u"Mine"_s)})});
            if (isContested)
                answer.answers[0].conflicts.emplace_back(Id::fromName(u"conflict"));
            return wire::encode(answer);
        }
        return wire::encode(
            Replica::page(rev, {Replica::orders({Replica::orderRow(id, rev, rev == 1 ? u"Tea"_s : u"Mine"_s)})}));
    });
    transport.live = true;
    Replicator replicator(*replica.store, *replica.replica, transport, dice, u"test"_s);
    int quiet = 0;
    QObject::connect(&replicator, &Replicator::quiet, &replicator, [&] { ++quiet; });
    replicator.start(true);
    REQUIRE(waitUntil([&] { return quiet == 1; }));
    transport.asked.clear();
    replica.updateOrder(id, u"name"_s, Value(u"Mine"_s));
    REQUIRE(waitUntil([&] { return quiet == 2; }));
    // What was lost to somebody else comes with a page, and is waited for.
    CHECK(transport.asked == (isContested ? QStringList{u"/v1/push"_s, u"/v1/pull"_s} : QStringList{u"/v1/push"_s}));
    CHECK(replica.replica->cursor().rev == (isContested ? 2 : 1));
    if (isContested)
        return;
    REQUIRE(waitUntil([&] { return quiet == 3; }));
    CHECK(transport.asked.last() == u"/v1/pull"_s);
    CHECK(replica.replica->cursor().rev == 2);
    // Somebody else's news do not wait.
    replica.updateOrder(id, u"name"_s, Value(u"Mine again"_s));
    REQUIRE(waitUntil([&] { return quiet == 4; }));
    QElapsedTimer clock;
    clock.start();
    ++rev;
    Q_EMIT transport.wake(rev);
    REQUIRE(waitUntil([&] { return quiet == 5; }));
    CHECK(replica.replica->cursor().rev == rev);
    CHECK(clock.elapsed() < 900);
}

TEST_CASE("the next edits are on their way before the answer to those before them is written down",
          "[replica][replicator]")
{
    Replica replica;
    SeededEntropy dice(1);
    const bool isContested = GENERATE(false, true);
    std::vector<qint64> sent;
    const auto server = accepting(replica, sent);
    FakeTransport transport([&](const QString &path, const QByteArray &body) -> Result<QByteArray> {
        if (path != u"/v1/push" || !isContested)
            return server(path, body);
        auto answer = wire::decodePushAnswer(*server(path, body));
        answer->answers[0].conflicts.emplace_back(Id::fromName(u"conflict"));
        return wire::encode(*answer);
    });
    Replicator replicator(*replica.store, *replica.replica, transport, dice, u"test"_s);
    constexpr int edits = int(limits::batchesPerPush) * 5 / 2;
    for (int i = 0; i < edits; ++i)
        replica.createOrder(u"Tea"_s);
    qsizetype pushesAtFirstAnswer = 0;
    QObject::connect(replica.store.get(), &RecordStore::changed, &replicator, [&] {
        if (pushesAtFirstAnswer == 0)
            pushesAtFirstAnswer = transport.asked.count(u"/v1/push"_s);
    });
    bool quiet = false;
    QObject::connect(&replicator, &Replicator::quiet, &replicator, [&] { quiet = true; });
    replicator.start(false);
    REQUIRE(waitUntil([&] { return quiet; }));
    // Unless it said more than that all was taken.
    CHECK(pushesAtFirstAnswer == (isContested ? 1 : 2));
    CHECK(transport.asked.count(u"/v1/push"_s) == 3);
    std::vector<qint64> all(edits);
    std::iota(all.begin(), all.end(), 1);
    CHECK(sent == all);
    CHECK(need(replica.replica->waiting()) == 0);
    CHECK(replicator.counts().pushed == edits);
    CHECK(replicator.status().waiting == 0);
    replicator.stop();
}

TEST_CASE("what was sent before an answer could not be written down is forgotten and sent again",
          "[replica][replicator]")
{
    Replica replica;
    SeededEntropy dice(1);
    std::vector<qint64> sent;
    const auto cannotWrite = [&](bool cannot) {
        need(replica.database->execute(cannot ? "CREATE TEMP TRIGGER full BEFORE DELETE ON sync_outbox "
                                                "BEGIN SELECT RAISE(FAIL, 'full'); END"
                                              : "DROP TRIGGER full"));
    };
    FakeTransport transport(accepting(replica, sent));
    Replicator replicator(*replica.store, *replica.replica, transport, dice, u"test"_s);
    constexpr int edits = int(limits::batchesPerPush) + 1;
    for (int i = 0; i < edits; ++i)
        replica.createOrder(u"Tea"_s);
    cannotWrite(true);
    bool failed = false;
    bool quiet = false;
    QObject::connect(&replicator, &Replicator::failed, &replicator, [&] { failed = true; });
    QObject::connect(&replicator, &Replicator::quiet, &replicator, [&] { quiet = true; });
    replicator.start(false);
    REQUIRE(waitUntil([&] { return failed; }));
    cannotWrite(false);
    CHECK(need(replica.replica->waiting()) == edits);
    // The second push was under way, and its answer may not be taken before the first one's.
    CHECK_FALSE(waitUntil([&] { return sent.size() > size_t(limits::batchesPerPush); }, 50));
    replicator.syncNow();
    REQUIRE(waitUntil([&] { return quiet; }));
    CHECK(need(replica.replica->waiting()) == 0);
    CHECK(sent.size() == size_t(limits::batchesPerPush + edits));
    replicator.stop();
}
