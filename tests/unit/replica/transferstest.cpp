// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "replica/transfers/transfers.h"
#include "tests/unit/replica/faketransport.h"
#include "tests/unit/replica/filesfixture.h"

#include <QCryptographicHash>
#include <QFile>

using namespace tz;
using namespace tz::test;
using namespace Qt::StringLiterals;

namespace {

QByteArray sha256(const QByteArray &data)
{
    return QCryptographicHash::hash(data, QCryptographicHash::Sha256);
}

QByteArray bytes(qint64 size)
{
    QByteArray all(size, Qt::Uninitialized);
    SeededEntropy(11).fill(std::span(reinterpret_cast<unsigned char *>(all.data()), size_t(size)));
    return all;
}

/// A laptop and a server that keeps what it is given; `fault` may answer in its place.
class Line : public Files {
public:
    Line()
    {
        QObject::connect(&transfers, &Transfers::signedOut, [this](const Error &error) { signedOut = error; });
    }

    Result<QByteArray> answer(const QString &path, const QByteArray &body)
    {
        if (fault) {
            if (auto refused = fault(path); !refused)
                return refused;
        }
        if (path == u"/v1/blob") {
            const auto offer = need(wire::decodeBlobOffer(body));
            if (whole.contains(offer.ref.hash))
                return wire::encode(wire::BlobMissing{true, {}});
            wire::BlobMissing missing;
            for (qint64 n = 0; n < qint64(offer.pieces.size()); ++n) {
                if (!pieces[offer.ref.hash].contains(n))
                    missing.pieces.push_back(n);
            }
            hashes[offer.ref.hash] = offer.pieces;
            return wire::encode(missing);
        }
        if (path == u"/v1/blob/piece") {
            const auto piece = need(wire::decodeBlobPiece(body));
            if (sha256(piece.data) != hashes[piece.ref.hash].at(size_t(piece.number)))
                return refusal(400, Error("attachment.wrong_piece"));
            ++received[piece.number];
            pieces[piece.ref.hash][piece.number] = piece.data;
            return QByteArray();
        }
        if (path == u"/v1/blob/done") {
            const auto done = need(wire::decodeBlobDone(body));
            QByteArray all;
            for (const QByteArray &one : pieces[done.ref.hash])
                all += one;
            whole[done.ref.hash] = all;
            return QByteArray();
        }
        if (path == u"/v1/blob/look") {
            const auto look = need(wire::decodeBlobLook(body));
            wire::BlobSeen seen;
            for (const wire::BlobRef &one : look.refs)
                seen.states.push_back(whole.contains(one.hash) ? 1 : 2);
            return wire::encode(seen);
        }
        const auto fetch = need(wire::decodeBlobFetch(body));
        if (!whole.contains(fetch.ref.hash))
            return refusal(404, Error("attachment.not_yet"));
        const QByteArray data = whole.value(fetch.ref.hash);
        wire::BlobPart part;
        part.size = data.size();
        if (fetch.number < 0) {
            for (qint64 n = 0; n < attachment::pieceCount(data.size()); ++n)
                part.pieces.push_back(sha256(data.mid(n * limits::pieceBytes, limits::pieceBytes)));
        } else {
            ++given[fetch.number];
            part.data = data.mid(fetch.number * limits::pieceBytes, limits::pieceBytes);
            if (spoil)
                part.data[0] = char(~part.data.at(0));
        }
        return wire::encode(part);
    }

    /// An accepted record with a file of three pieces.
    void attached(const QByteArray &data = bytes(2 * limits::pieceBytes + 3))
    {
        order = createOrder(u"Order"_s);
        file = add(data, u"a.bin"_s);
        attach(order, file);
        accept(5);
        ref = {orderName, order, u"files"_s, file.hash};
    }
    bool run(bool now = true)
    {
        transfers.start(now);
        return waitUntil([this] { return transfers.isIdle(); });
    }
    /// Fetches; the error's code, or nothing.
    QByteArray fetched()
    {
        std::optional<Result<>> result;
        transfers.fetch(ref, [&result](const Result<> &done) { result = done; });
        REQUIRE(waitUntil([&result] { return result.has_value(); }));
        return *result ? QByteArray() : result->error().code;
    }
    Error faultOf() const { return state.status(*find(Replica::order(), order), std::span(&file, 1)).front().fault; }

    std::function<Result<QByteArray>(const QString &path)> fault;
    bool spoil = false;
    QHash<QByteArray, QByteArray> whole;
    QHash<QByteArray, std::vector<QByteArray>> hashes;
    QMap<QByteArray, QMap<qint64, QByteArray>> pieces;
    QMap<qint64, int> received, given;
    std::optional<Error> signedOut;
    FakeTransport transport{[this](const QString &path, const QByteArray &body) { return answer(path, body); }};
    SeededEntropy dice{5};
    Transfers transfers{*store, state, transport, dice};
    Id order;
    Attachment file;
    wire::BlobRef ref;
};

QString storedPath(const Line &line)
{
    const QString name = QString::fromLatin1(line.file.hash.toHex());
    return line.contents.path() + u'/' + name.left(2) + u'/' + name;
}

} // namespace

TEST_CASE("what was accepted is sent, piece by piece, once", "[transfers]")
{
    Line line;
    line.attached();
    qint64 last = -1;
    QObject::connect(&line.transfers, &Transfers::progress, [&last](const QByteArray &, qint64 done, qint64 all) {
        CHECK(done > last);
        CHECK(all == 2 * limits::pieceBytes + 3);
        last = done;
    });
    REQUIRE(line.run());
    CHECK(line.transfers.sent() == 1);
    CHECK(line.whole.value(line.file.hash) == bytes(2 * limits::pieceBytes + 3));
    CHECK(line.uploads().empty());
    CHECK(last > limits::pieceBytes);
    const qsizetype asked = line.transport.asked.size();
    REQUIRE(line.run());
    CHECK(line.transport.asked.size() == asked);
}

TEST_CASE("an interrupted upload waits its time and then sends what is missing", "[transfers]")
{
    Line line;
    line.attached();
    int calls = 0;
    line.fault = [&calls](const QString &path) -> Result<QByteArray> {
        if (path == u"/v1/blob/piece" && ++calls == 2)
            return fail("net.timeout", {{u"host"_s, u"h"_s}});
        return QByteArray();
    };
    REQUIRE(line.run());
    CHECK(line.received.size() == 1);
    CHECK(line.faultOf().is("net.timeout"));
    CHECK(line.place(line.order, line.file) == AttachmentStatus::Place::Waiting);
    // Not before its time, unless somebody asks for it.
    REQUIRE(line.run(false));
    CHECK(line.received.size() == 1);
    line.clock.advanceMs(61'000);
    REQUIRE(line.run(false));
    CHECK(line.whole.contains(line.file.hash));
    for (const int times : line.received)
        CHECK(times == 1);
    CHECK(line.faultOf().code.isEmpty());
}

TEST_CASE("the next attempt comes by itself", "[transfers]")
{
    Line line;
    line.attached("small");
    bool first = true;
    line.fault = [&first](const QString &) -> Result<QByteArray> {
        if (std::exchange(first, false))
            return refusal(503, Error("server.busy"));
        return QByteArray();
    };
    REQUIRE(line.run());
    CHECK(line.whole.isEmpty());
    // The store's clock stands still: the timer alone comes again, and by then it is time.
    line.clock.advanceMs(3'600'000);
    CHECK(waitUntil([&line] { return !line.whole.isEmpty(); }));
}

TEST_CASE("an upload that the server has forgotten is offered again, but not for ever", "[transfers]")
{
    Line line;
    line.attached();
    int refused = 0;
    line.fault = [&refused](const QString &path) -> Result<QByteArray> {
        if (path == u"/v1/blob/piece" && refused < 2) {
            ++refused;
            return refusal(409, Error("attachment.not_offered"));
        }
        return QByteArray();
    };
    REQUIRE(line.run());
    CHECK(line.whole.contains(line.file.hash));
    line.whole.clear();
    line.pieces.clear();
    line.attach(line.order, line.file, false);
    line.attach(line.order, line.file);
    line.accept(6);
    line.fault = [](const QString &path) -> Result<QByteArray> {
        return path == u"/v1/blob/piece" ? refusal(409, Error("attachment.not_offered")) : QByteArray();
    };
    REQUIRE(line.run());
    CHECK(line.uploads().size() == 1);
    CHECK(line.faultOf().is("attachment.not_offered"));
}

TEST_CASE("a file that nobody waits for, or that is spoilt, is not tried again", "[transfers]")
{
    Line line;
    line.attached();
    SECTION("it was taken out of the record")
    {
        line.fault = [](const QString &) { return refusal(404, Error("record.unknown_record")); };
        REQUIRE(line.run());
        CHECK(line.uploads().empty());
        CHECK(line.faultOf().code.isEmpty());
    }
    SECTION("its bytes are others now")
    {
        QFile stored(storedPath(line));
        REQUIRE(stored.open(QIODevice::ReadWrite));
        stored.write("!");
        stored.close();
        REQUIRE(line.run());
        CHECK(line.uploads().empty());
        CHECK(line.faultOf().is("attachment.damaged"));
        CHECK(line.place(line.order, line.file) == AttachmentStatus::Place::Server);
    }
    SECTION("it is gone")
    {
        line.contents.remove(line.file.hash);
        line.fault = [](const QString &) { return refusal(400, Error("attachment.wrong_content")); };
        REQUIRE(line.run());
        CHECK(line.uploads().empty());
        CHECK(line.faultOf().is("attachment.not_here"));
    }
    CHECK(line.whole.isEmpty());
}

TEST_CASE("the server knows the token no more", "[transfers]")
{
    Line line;
    line.attached();
    line.fault = [](const QString &) { return refusal(401, Error("auth.token_expired")); };
    line.transfers.start(true);
    REQUIRE(waitUntil([&line] { return line.signedOut.has_value(); }));
    CHECK(line.transfers.isIdle());
    CHECK(line.uploads().size() == 1);
}

TEST_CASE("a content is fetched once for all who want it, checked, and here then", "[transfers]")
{
    Line line;
    line.attached();
    REQUIRE(line.run());
    line.contents.remove(line.file.hash);
    int done = 0;
    for (int i = 0; i < 3; ++i)
        line.transfers.fetch(line.ref, [&done](const Result<> &result) { done += result.has_value(); });
    REQUIRE(waitUntil([&done] { return done == 3; }));
    CHECK(line.given == QMap<qint64, int>{{0, 1}, {1, 1}, {2, 1}});
    CHECK(line.place(line.order, line.file) == AttachmentStatus::Place::Here);
    CHECK(need(line.contents.check(line.file.hash)).size == line.file.size);
    // Again: without a question.
    const qsizetype asked = line.transport.asked.size();
    CHECK(line.fetched().isEmpty());
    CHECK(line.transport.asked.size() == asked);
}

TEST_CASE("a download that was interrupted goes on, and a spoilt one begins anew", "[transfers]")
{
    Line line;
    line.attached();
    REQUIRE(line.run());
    line.contents.remove(line.file.hash);
    int calls = 0;
    line.fault = [&calls](const QString &path) -> Result<QByteArray> {
        if (path == u"/v1/blob/fetch" && ++calls == 3)
            return fail("net.unreachable", {{u"host"_s, u"h"_s}});
        return QByteArray();
    };
    CHECK(line.fetched() == "net.unreachable");
    CHECK(line.faultOf().is("net.unreachable"));
    CHECK_FALSE(line.contents.has(line.file.hash));
    SECTION("where it stopped")
    {
        CHECK(line.fetched().isEmpty());
        CHECK(line.given == QMap<qint64, int>{{0, 1}, {1, 1}, {2, 1}});
    }
    SECTION("what had come was changed on the disk meanwhile")
    {
        QFile arrived(line.contents.path() + u"/arriving/"_s + QString::fromLatin1(line.file.hash.toHex()));
        REQUIRE(arrived.open(QIODevice::ReadWrite));
        arrived.write("!");
        arrived.close();
        CHECK(line.fetched().isEmpty());
        CHECK(line.given == QMap<qint64, int>{{0, 2}, {1, 2}, {2, 2}});
    }
    CHECK(line.faultOf().code.isEmpty());
    CHECK(need(line.contents.check(line.file.hash)).size == line.file.size);
}

TEST_CASE("what is not what it should be is not kept", "[transfers]")
{
    Line line;
    line.attached();
    REQUIRE(line.run());
    line.contents.remove(line.file.hash);
    line.spoil = true;
    CHECK(line.fetched() == "attachment.damaged");
    CHECK_FALSE(line.contents.has(line.file.hash));
    // A server that gives another content altogether, piece by piece in order.
    line.spoil = false;
    line.whole[line.file.hash] = bytes(limits::pieceBytes + 9);
    CHECK(line.fetched() == "attachment.damaged");
    CHECK_FALSE(line.contents.has(line.file.hash));
    CHECK(line.contents.arrived(line.file.hash) == 0);
}

TEST_CASE("one hears that a file has not been sent yet, and looks again", "[transfers]")
{
    Line line;
    line.attached();
    line.contents.remove(line.file.hash);
    need(line.state.dropUpload(line.ref, Error()));
    CHECK(line.place(line.order, line.file) == AttachmentStatus::Place::Server);
    CHECK(line.fetched() == "attachment.not_yet");
    CHECK(line.place(line.order, line.file) == AttachmentStatus::Place::Elsewhere);
    line.whole[line.file.hash] = bytes(2 * limits::pieceBytes + 3);
    bool looked = false;
    line.transfers.look({line.ref}, [&looked](const Result<> &result) { looked = result.has_value(); });
    REQUIRE(waitUntil([&looked] { return looked; }));
    CHECK(line.place(line.order, line.file) == AttachmentStatus::Place::Server);
}

TEST_CASE("what is to be kept here is fetched without being asked for", "[transfers]")
{
    Line line;
    line.attached();
    REQUIRE(line.run());
    line.contents.remove(line.file.hash);
    REQUIRE(line.run());
    CHECK_FALSE(line.contents.has(line.file.hash));
    need(line.state.setPinned(line.file.hash, true));
    REQUIRE(line.run());
    CHECK(line.contents.has(line.file.hash));
}

TEST_CASE("who waits for a file hears when nothing goes on", "[transfers]")
{
    Line line;
    line.attached();
    REQUIRE(line.run());
    line.contents.remove(line.file.hash);
    QByteArray code;
    line.transfers.fetch(line.ref, [&code](const Result<> &result) { code = result ? "" : result.error().code; });
    line.transfers.stop();
    CHECK(code == "store.interrupted");
    CHECK(line.transfers.isIdle());
}
