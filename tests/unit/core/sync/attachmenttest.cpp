// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/sync/attachment.h"
#include "core/sync/blobwire.h"
#include "tests/support/catch.h"

#include <rapidcheck.h>

using namespace tz;
using namespace Qt::StringLiterals;

namespace {

Attachment file(const QString &name, char fill = 'a')
{
    return {QByteArray(32, fill), 1234, u"application/pdf"_s, name};
}

Value member(const QString &text)
{
    return Value(text);
}

const QString hash = QString(64, u'6');

} // namespace

TEST_CASE("an attached file is one text and comes back from it", "[attachment]")
{
    const Attachment quote = file(u"报价单 2026 v2.pdf"_s);
    const Value value = quote.toValue();
    CHECK(value.toText() == QString(u"61"_s).repeated(32) + u" 1234 application/pdf 报价单 2026 v2.pdf"_s);
    REQUIRE(Attachment::fromValue(value));
    CHECK(*Attachment::fromValue(value) == quote);
    // All members with this content lie between these two, and no others.
    CHECK(attachment::first(quote.hash) < value.toText());
    CHECK(value.toText() < attachment::last(quote.hash));
    CHECK(file(u"x"_s, 'b').toValue().toText() > attachment::last(quote.hash));
}

TEST_CASE("a text that says a file in another way, or none, is no attached file", "[attachment]")
{
    CHECK(Attachment::fromValue(member(hash + u" 0 text/plain a.txt"_s)));
    const QString longName(limits::fileNameLength + 1, u'n');
    for (const QString &text : {QString(),
                                u"a.txt"_s,
                                hash,
                                hash + u" 1 text/plain "_s,
                                hash + u" 1 text/plain"_s,
                                hash.left(63) + u"G 1 text/plain a"_s,
                                hash.left(63) + u"A 1 text/plain a"_s,
                                hash.left(62) + u" 1 text/plain a"_s,
                                hash + u" -1 text/plain a"_s,
                                hash + u" 01 text/plain a"_s,
                                hash + u" +1 text/plain a"_s,
                                hash + u" 2147483649 text/plain a"_s,
                                hash + u" x text/plain a"_s,
                                hash + u" 1 text a"_s,
                                hash + u" 1 Text/Plain a"_s,
                                hash + u" 1 text/plain/x a"_s,
                                hash + u" 1 text/ a"_s,
                                hash + u" 1 text/plain ../../etc/passwd"_s,
                                hash + u" 1 text/plain C:\\a"_s,
                                hash + u" 1 text/plain .."_s,
                                hash + u" 1 text/plain a\nb"_s,
                                hash + u" 1 text/plain fdp\u202Eexe.txt"_s,
                                hash + u" 1 text/plain  a"_s,
                                hash + u" 1 text/plain a\u200B"_s,
                                hash + u" 1 text/plain "_s + longName}) {
        INFO(text.toStdString());
        CHECK_FALSE(Attachment::fromValue(member(text)));
    }
    CHECK_FALSE(Attachment::fromValue(Value(qint64(5))));
    CHECK_FALSE(Attachment::fromValue(Value()));
}

TEST_CASE("any name becomes one that may stand in a record and in a folder", "[attachment]")
{
    CHECK(attachment::cleanName(u"/home/li/报价单.pdf"_s) == u"报价单.pdf");
    CHECK(attachment::cleanName(u"C:\\Users\\Li\\a.pdf"_s) == u"a.pdf");
    CHECK(attachment::cleanName(u"a\tb\u202E.txt "_s) == u"ab.txt");
    CHECK(attachment::cleanName(u"..//.."_s) == u"file");
    CHECK(attachment::cleanName({}) == u"file");
    CHECK(attachment::cleanName(QString(300, u'x') + u".pdf"_s).size() == limits::fileNameLength);
    CHECK(attachment::cleanName(QString(300, u'x') + u".pdf"_s).endsWith(u"x.pdf"));
    CHECK(attachment::fileName(u"a<b>:\"|?*.txt"_s) == u"a_b______.txt");
    CHECK(attachment::fileName(u".bashrc"_s) == u"bashrc");
    CHECK(attachment::fileName(u"-rf"_s) == u"rf");
    CHECK(attachment::fileName(u"NUL.txt"_s) == u"_NUL.txt");
    CHECK(attachment::fileName(u"a. . ."_s) == u"a");
    CHECK(attachment::fileName(QString(150, u'同') + u".pdf"_s).toUtf8().size() <= 180);
    CHECK(attachment::fileName(QString(150, u'同') + u".pdf"_s).endsWith(u"同.pdf"));
    CHECK(attachment::isProgram(u"invoice.pdf.exe"_s));
    CHECK(attachment::isProgram(u"Invoice.EXE. "_s));
    CHECK_FALSE(attachment::isProgram(u"exe.pdf"_s));
    rc::check("whatever the name", [] {
        const auto letters = *rc::gen::arbitrary<std::vector<char16_t>>();
        const QString name(reinterpret_cast<const QChar *>(letters.data()), qsizetype(letters.size()));
        const Attachment one{QByteArray(32, 'h'), 1, u"text/plain"_s, attachment::cleanName(name)};
        RC_ASSERT(Attachment::fromValue(one.toValue()) == one);
        const QString safe = attachment::fileName(name);
        RC_ASSERT(!safe.isEmpty() && !safe.startsWith(u'.') && !safe.contains(u'/') && safe.toUtf8().size() <= 180);
        RC_ASSERT(attachment::cleanName(attachment::freeName(name, {one})) != one.name);
    });
}

TEST_CASE("two files of one name get different ones", "[attachment]")
{
    const std::vector<Attachment> taken{file(u"a.pdf"_s), file(u"a (2).pdf"_s), file(u"LICENSE"_s)};
    CHECK(attachment::freeName(u"b.pdf"_s, taken) == u"b.pdf");
    CHECK(attachment::freeName(u"a.pdf"_s, taken) == u"a (3).pdf");
    CHECK(attachment::freeName(u"LICENSE"_s, taken) == u"LICENSE (2)");
}

TEST_CASE("a content is as many pieces as it takes", "[attachment]")
{
    CHECK(attachment::pieceCount(0) == 0);
    CHECK(attachment::pieceCount(1) == 1);
    CHECK(attachment::pieceCount(limits::pieceBytes) == 1);
    CHECK(attachment::pieceCount(limits::pieceBytes + 1) == 2);
    CHECK(attachment::pieceSize(limits::pieceBytes + 1, 0) == limits::pieceBytes);
    CHECK(attachment::pieceSize(limits::pieceBytes + 1, 1) == 1);
    CHECK(attachment::pieceSize(limits::pieceBytes + 1, 2) == 0);
    CHECK(attachment::pieceCount(limits::blobBytes) == 2048);
}

TEST_CASE("the messages about contents come back from their bytes", "[attachment][wire]")
{
    const wire::BlobRef ref{u"crm.account"_s, Id::fromName(u"one"_s), u"files"_s, QByteArray(32, '\x7f')};
    wire::BlobOffer offer{ref, limits::blobBytes, std::vector<QByteArray>(2048, QByteArray(32, 'p'))};
    const auto sameOffer = wire::decodeBlobOffer(wire::encode(offer));
    REQUIRE(sameOffer);
    CHECK(sameOffer->ref == ref);
    CHECK(sameOffer->size == offer.size);
    CHECK(sameOffer->pieces == offer.pieces);
    offer.pieces.push_back(QByteArray(32, 'p'));
    CHECK(wire::decodeBlobOffer(wire::encode(offer)).error().is("wire.too_large"));

    const wire::BlobPiece piece{ref, 7, QByteArray(limits::pieceBytes, 'x')};
    const auto samePiece = wire::decodeBlobPiece(wire::encode(piece));
    REQUIRE(samePiece);
    CHECK(samePiece->number == 7);
    CHECK(samePiece->data == piece.data);
    CHECK_FALSE(wire::decodeBlobPiece(wire::encode(wire::BlobPiece{ref, 7, QByteArray(limits::pieceBytes + 1, 'x')})));

    const auto missing = wire::decodeBlobMissing(wire::encode(wire::BlobMissing{false, {0, 5}}));
    REQUIRE(missing);
    CHECK(missing->pieces == std::vector<qint64>{0, 5});
    const auto part = wire::decodeBlobPart(wire::encode(wire::BlobPart{12, {QByteArray(32, 'p')}, "data"}));
    REQUIRE(part);
    CHECK(part->data == "data");
    CHECK(wire::decodeBlobDone(wire::encode(wire::BlobDone{ref}))->ref == ref);
    CHECK(wire::decodeBlobFetch(wire::encode(wire::BlobFetch{ref, 3}))->number == 3);
    CHECK(wire::decodeBlobLook(wire::encode(wire::BlobLook{{ref, ref}}))->refs.size() == 2);
    CHECK(wire::decodeBlobLook(wire::encode(wire::BlobLook{std::vector<wire::BlobRef>(1001, ref)}))
              .error()
              .is("wire.too_large"));
    CHECK(wire::decodeBlobSeen(wire::encode(wire::BlobSeen{{1, 2}}))->states == std::vector<qint64>{1, 2});
    CHECK_FALSE(wire::decodeBlobOffer("\x83"));
}
