// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/sync/attachment.h"
#include "server/api/blobs.h"
#include "server/api/jobs.h"
#include "serverfixture.h"

#include <QCryptographicHash>

using namespace tz;
using namespace tz::test;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 dayMs = 86'400'000;

QByteArray sha256(const QByteArray &data)
{
    return QCryptographicHash::hash(data, QCryptographicHash::Sha256);
}

/// A file of `size` bytes, different for each seed.
struct File {
    QByteArray data;
    Attachment member;

    explicit File(qint64 size, char seed = 1, const QString &name = u"报价单.pdf"_s)
        : data(size, Qt::Uninitialized)
    {
        quint64 state = quint64(seed) * 0x9e3779b97f4a7c15ULL;
        for (char &byte : data) {
            state = state * 6364136223846793005ULL + 1442695040888963407ULL;
            byte = char(state >> 56);
        }
        member = {sha256(data), size, u"application/pdf"_s, name};
    }
    QByteArray piece(qint64 n) const { return data.mid(n * limits::pieceBytes, limits::pieceBytes); }
    qint64 count() const { return attachment::pieceCount(data.size()); }
    std::vector<QByteArray> hashes() const
    {
        std::vector<QByteArray> all;
        for (qint64 n = 0; n < count(); ++n)
            all.push_back(sha256(piece(n)));
        return all;
    }
};

Change withFile(const char *kind, const Id &id, qint64 basedOn, const char *field, const File &file,
                bool present = true)
{
    Change change = update(kind, id, basedOn, {});
    change.kind = ChangeKind::Member;
    change.name = QString::fromLatin1(field);
    change.member = file.member.toValue();
    change.present = present;
    return change;
}

/// A laptop that sends and fetches contents.
class Sender : public Laptop {
public:
    using Laptop::Laptop;

    static wire::BlobRef refOf(const Id &id, const File &file, const char *field = "files")
    {
        return {account, id, QString::fromLatin1(field), file.member.hash};
    }
    Result<QByteArray> ask(const char *path, const QByteArray &cbor)
    {
        const server::Answer answer = server.ask(path, token, cbor);
        everything += answer.body;
        status = answer.status;
        if (answer.status == 200)
            return answer.body;
        return fail(*wire::decodeError(answer.body));
    }
    Result<wire::BlobMissing> offer(const wire::BlobRef &ref, const File &file)
    {
        return ask("/v1/blob", wire::encode(wire::BlobOffer{ref, file.data.size(), file.hashes()}))
            .and_then([](const QByteArray &body) { return wire::decodeBlobMissing(body); });
    }
    Result<> piece(const wire::BlobRef &ref, const File &file, qint64 n)
    {
        TZ_TRY(ask("/v1/blob/piece", wire::encode(wire::BlobPiece{ref, n, file.piece(n)})));
        return {};
    }
    Result<> done(const wire::BlobRef &ref)
    {
        TZ_TRY(ask("/v1/blob/done", wire::encode(wire::BlobDone{ref})));
        return {};
    }
    Result<> send(const wire::BlobRef &ref, const File &file)
    {
        TZ_ASSIGN(const wire::BlobMissing missing, offer(ref, file));
        for (const qint64 n : missing.pieces)
            TZ_TRY(piece(ref, file, n));
        return missing.complete ? Result<>() : done(ref);
    }
    Result<wire::BlobPart> part(const wire::BlobRef &ref, qint64 n)
    {
        return ask("/v1/blob/fetch", wire::encode(wire::BlobFetch{ref, n})).and_then([](const QByteArray &body) {
            return wire::decodeBlobPart(body);
        });
    }
    Result<QByteArray> fetch(const wire::BlobRef &ref)
    {
        TZ_ASSIGN(const wire::BlobPart head, part(ref, -1));
        QByteArray all;
        for (size_t n = 0; n < head.pieces.size(); ++n) {
            TZ_ASSIGN(const wire::BlobPart next, part(ref, qint64(n)));
            if (sha256(next.data) != head.pieces[n])
                FAIL("piece " << n << " is another one");
            all += next.data;
        }
        return all;
    }
    qint64 look(const wire::BlobRef &ref)
    {
        const auto body = ask("/v1/blob/look", wire::encode(wire::BlobLook{{ref}}));
        REQUIRE_RESULT(body);
        return wire::decodeBlobSeen(*body)->states.at(0);
    }
    Id createWith(const File &file)
    {
        const Id id = server.ids.next();
        const auto answer =
            make({create("crm.account", id,
                         {edit("name", text("Harbour")), edit("files", Value::fromSet({file.member.toValue()}))})});
        REQUIRE(answer.status == wire::BatchStatus::Accepted);
        return id;
    }
    int status = 0;
};

qint64 count(ServerFixture &server, const char *sql)
{
    auto connection = server.api->service().storage().read();
    REQUIRE_RESULT(connection);
    auto select = (*connection)->db().prepare(sql);
    REQUIRE_RESULT(select);
    REQUIRE(*select->step());
    return select->integer(0);
}

/// Two who may see each other's records, one who may not, and a manager.
struct Office : ServerFixture {
    Office()
    {
        addUser("anna", {u"sales"_s}, "North");
        addUser("ben", {u"sales"_s}, "North");
        addUser("eve", {u"sales"_s}, "South");
        addUser("maria", {u"sales_manager"_s});
    }
};

} // namespace

TEST_CASE("a content arrives in pieces and comes out through its record", "[blob]")
{
    Office office;
    Sender anna(office, "anna");
    Sender ben(office, "ben");
    const File file(2 * limits::pieceBytes + 5);
    const Id id = anna.createWith(file);
    const auto ref = Sender::refOf(id, file);
    CHECK(anna.look(ref) == 2);
    CHECK(ben.fetch(ref).error().is("attachment.not_yet"));
    CHECK(ben.status == 404);
    const auto missing = anna.offer(ref, file);
    REQUIRE_RESULT(missing);
    CHECK_FALSE(missing->complete);
    CHECK(missing->pieces == std::vector<qint64>{0, 1, 2});
    REQUIRE_RESULT(anna.piece(ref, file, 1));
    // Whatever was interrupted, the next offer says what is still to come; also after a restart.
    office.reopen();
    CHECK(anna.offer(ref, file)->pieces == std::vector<qint64>{0, 2});
    REQUIRE_RESULT(anna.piece(ref, file, 1));
    REQUIRE_RESULT(anna.piece(ref, file, 0));
    CHECK(anna.done(ref).error().is("attachment.incomplete"));
    CHECK(anna.status == 409);
    CHECK(ben.fetch(ref).error().is("attachment.not_yet"));
    REQUIRE_RESULT(anna.piece(ref, file, 2));
    REQUIRE_RESULT(anna.done(ref));
    const auto fetched = ben.fetch(ref);
    REQUIRE_RESULT(fetched);
    CHECK(*fetched == file.data);
    CHECK(ben.look(ref) == 1);
    CHECK(anna.offer(ref, file)->complete);
    CHECK(count(office, "SELECT count(*) FROM blob_upload") == 0);
    CHECK(count(office, "SELECT count(*) FROM blob_piece") == 3);
    CHECK(ben.part(ref, 3).error().is("attachment.wrong_piece"));
    // Only known after all: nothing is offered any more.
    CHECK(anna.piece(ref, file, 0).error().is("attachment.not_offered"));
}

TEST_CASE("an empty file is sent without a piece", "[blob]")
{
    Office office;
    Sender anna(office, "anna");
    const File empty(0);
    const Id id = anna.createWith(empty);
    const auto ref = Sender::refOf(id, empty);
    REQUIRE_RESULT(anna.send(ref, empty));
    CHECK(anna.fetch(ref)->isEmpty());
    CHECK(anna.look(ref) == 1);
}

TEST_CASE("who may not see the record learns nothing from the hash", "[blob][hostile]")
{
    Office office;
    Sender anna(office, "anna");
    Sender eve(office, "eve");
    const File file(limits::pieceBytes + 5);
    const Id id = anna.createWith(file);
    const auto ref = Sender::refOf(id, file);
    REQUIRE_RESULT(anna.send(ref, file));

    // The same answer for a record that she may not see and for one that does not exist.
    const auto nowhere = Sender::refOf(office.ids.next(), file);
    for (const auto &asked : {ref, nowhere}) {
        CHECK(eve.fetch(asked).error().is("record.unknown_record"));
        CHECK(eve.status == 404);
        CHECK(eve.offer(asked, file).error().is("record.unknown_record"));
        CHECK(eve.piece(asked, file, 0).error().is("record.unknown_record"));
        CHECK(eve.done(asked).error().is("record.unknown_record"));
        CHECK(eve.look(asked) == 0);
    }
    // A record of her own that names the hash: as if nobody had ever heard of it, until she brings the bytes.
    const Id own = eve.createWith(file);
    const auto mine = Sender::refOf(own, file);
    CHECK(eve.look(mine) == 2);
    CHECK(eve.fetch(mine).error().is("attachment.not_yet"));
    CHECK(eve.part(mine, 0).error().is("attachment.not_yet"));
    const auto missing = eve.offer(mine, file);
    REQUIRE_RESULT(missing);
    CHECK(missing->pieces == std::vector<qint64>{0, 1});
    REQUIRE_RESULT(eve.piece(mine, file, 0));
    CHECK(eve.done(mine).error().is("attachment.incomplete"));
    CHECK(eve.fetch(mine).error().is("attachment.not_yet"));
    CHECK_FALSE(eve.everything.contains(file.piece(0).left(64)));
    // With invented pieces.
    const File invented(limits::pieceBytes + 5, 7);
    File guess = invented;
    guess.member = file.member;
    REQUIRE_RESULT(eve.offer(mine, guess));
    REQUIRE_RESULT(eve.piece(mine, guess, 0));
    REQUIRE_RESULT(eve.piece(mine, guess, 1));
    CHECK(eve.done(mine).error().is("attachment.wrong_content"));
    CHECK(eve.fetch(mine).error().is("attachment.not_yet"));
    // Anna's is as it was.
    CHECK(*anna.fetch(ref) == file.data);
    // With all the bytes there is nothing left to be learnt.
    REQUIRE_RESULT(eve.send(mine, file));
    CHECK(*eve.fetch(mine) == file.data);
    CHECK(count(office, "SELECT count(*) FROM blob") == 1);
}

TEST_CASE("a file in a field or record that one may not see any more is not given out", "[blob][hostile]")
{
    Office office;
    Sender maria(office, "maria");
    Sender anna(office, "anna");
    const File secret(100, 3);
    const Id id = anna.createWith(File(10));
    REQUIRE(maria.make({withFile("crm.account", id, 1, "papers", secret)}).status == wire::BatchStatus::Accepted);
    const auto hidden = Sender::refOf(id, secret, "papers");
    REQUIRE_RESULT(maria.send(hidden, secret));
    CHECK(*maria.fetch(hidden) == secret.data);
    CHECK(anna.fetch(hidden).error().is("record.unknown_record"));
    CHECK(anna.look(hidden) == 0);
    // The hash of one field does not open through another, nor through one that holds no files, nor a short one.
    CHECK(anna.fetch(Sender::refOf(id, secret, "files")).error().is("record.unknown_record"));
    CHECK(maria.fetch(Sender::refOf(id, secret, "tags")).error().is("record.unknown_record"));
    CHECK(maria.fetch(Sender::refOf(id, secret, "no_such")).error().is("record.unknown_record"));
    auto shortened = hidden;
    shortened.hash.chop(1);
    CHECK(maria.fetch(shortened).error().is("record.unknown_record"));
    shortened.entity = u"crm.nothing"_s;
    CHECK(maria.fetch(shortened).error().is("record.unknown_record"));

    // Removed from the record, in the recycle bin.
    const File file(200, 4);
    REQUIRE(anna.make({withFile("crm.account", id, 1, "files", file)}).status == wire::BatchStatus::Accepted);
    const auto ref = Sender::refOf(id, file);
    REQUIRE_RESULT(anna.send(ref, file));
    anna.pull();
    REQUIRE(anna.make({withFile("crm.account", id, anna.revOf(account, id), "files", file, false)}).status ==
            wire::BatchStatus::Accepted);
    CHECK(anna.fetch(ref).error().is("record.unknown_record"));
    anna.pull();
    REQUIRE(anna.make({withFile("crm.account", id, anna.revOf(account, id), "files", file)}).status ==
            wire::BatchStatus::Accepted);
    // Back again (undo): the content never went.
    CHECK(*anna.fetch(ref) == file.data);
    anna.pull();
    REQUIRE(anna.make({remove("crm.account", id, anna.revOf(account, id))}).status == wire::BatchStatus::Accepted);
    CHECK(anna.fetch(ref).error().is("record.unknown_record"));
}

TEST_CASE("a file that one can read in one record need not be sent again for another", "[blob]")
{
    Office office;
    Sender anna(office, "anna");
    Sender ben(office, "ben");
    const File file(limits::pieceBytes + 1);
    const auto first = Sender::refOf(anna.createWith(file), file);
    REQUIRE_RESULT(anna.send(first, file));
    // Ben sees Anna's record: a copy of it, a merge of two.
    const auto second = Sender::refOf(ben.createWith(file), file);
    const auto missing = ben.offer(second, file);
    REQUIRE_RESULT(missing);
    CHECK(missing->complete);
    CHECK(*ben.fetch(second) == file.data);
    CHECK(count(office, "SELECT count(*) FROM blob_piece") == 2);
}

TEST_CASE("what does not fit is refused", "[blob][hostile]")
{
    Office office;
    Sender anna(office, "anna");
    const File file(limits::pieceBytes + 9);
    const auto ref = Sender::refOf(anna.createWith(file), file);
    // Another size than the record says, too few pieces, hashes that are none.
    CHECK(anna.offer(ref, File(limits::pieceBytes + 8)).error().is("attachment.wrong_content"));
    CHECK(anna.status == 400);
    auto hashes = file.hashes();
    hashes.pop_back();
    CHECK(anna.ask("/v1/blob", wire::encode(wire::BlobOffer{ref, file.data.size(), hashes}))
              .error()
              .is("attachment.wrong_content"));
    hashes.push_back("short");
    CHECK(anna.ask("/v1/blob", wire::encode(wire::BlobOffer{ref, file.data.size(), hashes}))
              .error()
              .is("attachment.wrong_content"));
    REQUIRE_RESULT(anna.offer(ref, file));
    for (const wire::BlobPiece &piece :
         {wire::BlobPiece{ref, 0, file.piece(1)}, wire::BlobPiece{ref, 0, {}}, wire::BlobPiece{ref, 2, file.piece(1)},
          wire::BlobPiece{ref, -1, file.piece(1)}, wire::BlobPiece{ref, 1, file.piece(1) + 'x'}})
        CHECK(anna.ask("/v1/blob/piece", wire::encode(piece)).error().is("attachment.wrong_piece"));
    CHECK(count(office, "SELECT count(*) FROM blob_piece") == 0);
    CHECK(anna.ask("/v1/blob/piece", "rubbish").error().is("wire.malformed"));
    CHECK(office.ask("/v1/blob", {}, wire::encode(wire::BlobOffer{ref, 1, {}})).status == 401);

    // Of one device so many at once.
    std::vector<wire::BlobRef> refs{ref};
    std::vector<File> files;
    for (int i = 0; i < server::blobs::uploadsPerDevice; ++i) {
        files.emplace_back(10, char(10 + i));
        const auto another = Sender::refOf(anna.createWith(files.back()), files.back());
        const auto answer = anna.offer(another, files.back());
        CHECK(answer.has_value() == (i + 1 < server::blobs::uploadsPerDevice));
        refs.push_back(another);
    }
    CHECK(anna.status == 429);
    REQUIRE_RESULT(anna.send(refs[0], file));
    CHECK(anna.offer(refs.back(), files.back()).has_value());
}

TEST_CASE("a member that is no file is refused whoever sends it", "[blob][hostile]")
{
    Office office;
    Sender anna(office, "anna");
    const Id id = anna.createWith(File(10));
    Change change = withFile("crm.account", id, 1, "files", File(20));
    change.member = text("../../etc/passwd");
    CHECK(anna.make({change}).status == wire::BatchStatus::Refused);
    change.member = Value(File(20).member.toValue().toText() + u"\u202Etxt.exe"_s);
    CHECK(anna.make({change}).status == wire::BatchStatus::Refused);
}

TEST_CASE("a content that no record names goes after thirty days, and no other", "[blob]")
{
    Office office;
    Sender anna(office, "anna");
    const File kept(100, 1);
    const File removed(limits::pieceBytes + 100, 2);
    const Id id = anna.createWith(kept);
    REQUIRE(anna.make({withFile("crm.account", id, 1, "files", removed)}).status == wire::BatchStatus::Accepted);
    REQUIRE_RESULT(anna.send(Sender::refOf(id, kept), kept));
    REQUIRE_RESULT(anna.send(Sender::refOf(id, removed), removed));
    const auto setRemoved = [&](bool present) {
        anna.pull();
        REQUIRE(anna.make({withFile("crm.account", id, anna.revOf(account, id), "files", removed, present)}).status ==
                wire::BatchStatus::Accepted);
    };
    server::Service &service = office.api->service();
    const auto daysLater = [&](int days) {
        office.clock.advanceMs(days * dayMs);
        REQUIRE_RESULT(server::blobs::retain(service));
        for (bool more = true; more;) {
            const auto swept = server::blobs::sweep(service);
            REQUIRE_RESULT(swept);
            more = *swept;
        }
    };
    daysLater(100);
    CHECK(count(office, "SELECT count(*) FROM blob") == 2);
    setRemoved(false);
    daysLater(1);
    daysLater(29);
    CHECK(count(office, "SELECT count(*) FROM blob") == 2);
    // Undone in time: the thirty days begin anew.
    setRemoved(true);
    daysLater(1);
    setRemoved(false);
    daysLater(1);
    daysLater(29);
    CHECK(count(office, "SELECT count(*) FROM blob") == 2);
    daysLater(1);
    CHECK(count(office, "SELECT count(*) FROM blob") == 1);
    CHECK(count(office, "SELECT count(*) FROM blob_piece") == 1);
    CHECK(count(office, "SELECT count(*) FROM blob_proof") == 1);
    CHECK(count(office, "SELECT count(*) FROM blob_gone") == 0);
    CHECK(*anna.fetch(Sender::refOf(id, kept)) == kept.data);
    // Who brings it back brings all of it.
    setRemoved(true);
    CHECK(anna.offer(Sender::refOf(id, removed), removed)->pieces.size() == 2);
    REQUIRE_RESULT(anna.send(Sender::refOf(id, removed), removed));
    CHECK(*anna.fetch(Sender::refOf(id, removed)) == removed.data);
}

TEST_CASE("an upload that nobody goes on with is given up after a week", "[blob]")
{
    Office office;
    Sender anna(office, "anna");
    const File file(limits::pieceBytes + 100);
    const auto ref = Sender::refOf(anna.createWith(file), file);
    REQUIRE_RESULT(anna.offer(ref, file));
    REQUIRE_RESULT(anna.piece(ref, file, 0));
    office.clock.advanceMs(6 * dayMs);
    // The server's own rounds do it.
    REQUIRE_RESULT(office.api->runJobs());
    CHECK(count(office, "SELECT count(*) FROM blob_upload") == 1);
    office.clock.advanceMs(2 * dayMs);
    REQUIRE_RESULT(office.api->runJobs());
    REQUIRE_RESULT(office.api->runJobs());
    CHECK(count(office, "SELECT count(*) FROM blob_upload") == 0);
    CHECK(count(office, "SELECT count(*) FROM blob_piece") == 0);
    CHECK(anna.piece(ref, file, 1).error().is("attachment.not_offered"));
    CHECK(anna.offer(ref, file)->pieces == std::vector<qint64>{0, 1});
}
