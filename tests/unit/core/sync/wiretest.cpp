// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/sync/wire.h"
#include "generators.h"
#include "tests/support/catch.h"

#include <rapidcheck/catch.h>

#include <zstd.h>

using namespace tz;

namespace {
wire::Page somePage()
{
    wire::Page page;
    page.mark = {42, QByteArray(16, 'c')};
    page.more = true;
    wire::TableRows table;
    table.entity = QStringLiteral("customers.account");
    table.fields = {QStringLiteral("name"), QStringLiteral("tags"), QStringLiteral("amount")};
    table.rows.push_back(
        {Id::fromName(u"a"),
         41,
         {0, 3},
         {Value(QStringLiteral("华为技术有限公司")),
          Value::fromSet({Value(QStringLiteral("key")), Value(QStringLiteral("大客户"))}), Value(qint64(-12345))}});
    table.rows.push_back({Id::fromName(u"b"), 42, {}, {Value(), Value(), Value(std::numeric_limits<qint64>::min())}});
    page.tables.push_back(table);
    page.gone.push_back({QStringLiteral("customers.contact"), {Id::fromName(u"c")}});
    page.evict.push_back({QStringLiteral("customers.contact"), {Id::fromName(u"d"), Id::fromName(u"e")}});
    page.backfilled = {{77, 40}};
    page.keys = wire::KeyList{5, {1, 2, std::numeric_limits<qint64>::max()}};
    page.visibility = QHash<QString, QString>{{QStringLiteral("x"), QStringLiteral("y")}};
    page.remaining = 12;
    page.retryAfterMs = 300;
    return page;
}
} // namespace

TEST_CASE("a batch survives the wire, whatever it holds", "[sync][wire]")
{
    rc::prop("round trip", [] {
        const Batch batch = *generators::batch();
        const auto back = wire::decodeBatch(wire::encode(batch));
        RC_ASSERT(back.has_value());
        RC_ASSERT(*back == batch);
    });
}

TEST_CASE("a text that begins with U+FEFF keeps it on the wire", "[sync][wire]")
{
    const QString pasted = QChar(0xFEFF) + QStringLiteral("华为");
    const auto back = wire::decodeEdits(wire::encode(std::vector<FieldEdit>{{pasted, Value(pasted), {}}}));
    REQUIRE_RESULT(back);
    CHECK(back->front().value == Value(pasted));
    CHECK(back->front().field == pasted);
}

TEST_CASE("a page survives the wire", "[sync][wire]")
{
    const wire::Page page = somePage();
    const QByteArray bytes = wire::encode(page);
    const auto back = wire::decodePage(bytes);
    REQUIRE_RESULT(back);
    CHECK(wire::encode(*back) == bytes);
    REQUIRE(back->tables.size() == 1);
    CHECK(back->tables[0].rows[0].values == page.tables[0].rows[0].values);
    CHECK(back->tables[0].rows[1].values == page.tables[0].rows[1].values);
    CHECK(back->keys->keys == page.keys->keys);
    CHECK(back->visibility == page.visibility);
}

TEST_CASE("an error travels with its parameters and its causes", "[sync][wire]")
{
    const Error error =
        Error("record.required", {{QStringLiteral("n"), 5}, {QStringLiteral("yes"), true}}, QStringLiteral("name"))
            .within(Error("record.merged_invalid", {{QStringLiteral("list"), QStringList{QStringLiteral("a")}}}));
    const auto back = wire::decodeError(wire::encode(error));
    REQUIRE_RESULT(back);
    CHECK(back->toString() == error.toString());
    REQUIRE(back->cause);
    CHECK(back->cause->field == QStringLiteral("name"));
    CHECK(back->params.value(QStringLiteral("list")).toStringList() == QStringList{QStringLiteral("a")});
}

TEST_CASE("random and mangled bytes are refused or read, never more", "[sync][wire]")
{
    rc::prop("random bytes", [](const std::vector<char> &bytes) {
        const QByteArrayView view(bytes.data(), qsizetype(bytes.size()));
        (void)wire::decodePage(view);
        (void)wire::decodePushRequest(view);
        (void)wire::decodeBatch(view);
        (void)wire::decodeError(view);
        (void)wire::decompress(view);
    });
    rc::prop("one byte changed, cut anywhere", [] {
        QByteArray bytes = wire::encode(somePage());
        bytes.truncate(*rc::gen::inRange(0, int(bytes.size()) + 1));
        if (!bytes.isEmpty())
            bytes[*rc::gen::inRange(0, int(bytes.size()))] = *rc::gen::arbitrary<char>();
        (void)wire::decodePage(bytes);
    });
    const QByteArray whole = wire::encode(somePage());
    for (qsizetype size = 0; size < whole.size(); ++size)
        REQUIRE_ERROR(wire::decodePage(whole.first(size)), "wire.malformed");
}

TEST_CASE("lengths that promise more than there is are refused before anything is reserved", "[sync][wire]")
{
    // A push whose list of batches claims 2^40 elements.
    const QByteArray claim = QByteArray::fromHex("8282004180"
                                                 "9b0000010000000000");
    REQUIRE_ERROR(wire::decodePushRequest(claim), "wire.malformed");
    // Indefinite lengths are not spoken here.
    REQUIRE_ERROR(wire::decodePushRequest(QByteArray::fromHex("9f")), "wire.malformed");
    // Arrays within arrays, deeper than anything of ours.
    REQUIRE_ERROR(wire::decodePushRequest(QByteArray(5000, char(0x81))), "wire.malformed");
    // Too many batches in one push.
    wire::PushRequest push;
    push.batches.resize(size_t(limits::batchesPerPush) + 1);
    REQUIRE_ERROR(wire::decodePushRequest(wire::encode(push)), "wire.too_many_batches");
    // A field of more than 1 MiB.
    Batch batch;
    batch.changes.push_back({});
    batch.changes[0].edits.push_back({QStringLiteral("notes"), Value(QString(limits::fieldBytes + 1, u'x')), {}});
    REQUIRE_ERROR(wire::decodeBatch(wire::encode(batch)), "wire.field_too_large");
    // More changes in a batch than 1,000.
    batch.changes.assign(size_t(limits::changesPerBatch) + 1, Change{});
    REQUIRE_ERROR(wire::decodeBatch(wire::encode(batch)), "wire.too_many_changes");
    batch.changes.resize(size_t(limits::changesPerBatch));
    REQUIRE_RESULT(wire::decodeBatch(wire::encode(batch)));
    // Something that a newer program might have added, were it not nested so deeply.
    const QByteArray nested = QByteArray(20, char(0x81)) + char(0x01);
    REQUIRE_ERROR(wire::decodePushRequest(QByteArray::fromHex("8382004080") + nested), "wire.too_deep");
}

TEST_CASE("what a newer program adds at the end is skipped", "[sync][wire]")
{
    // [rev, chain, something new] within a pull request's cursor.
    const auto pull = wire::decodePullRequest(QByteArray::fromHex("89"
                                                                  "8307418063616263"
                                                                  "05"
                                                                  "a0"
                                                                  "60"
                                                                  "80"
                                                                  "1903e8"
                                                                  "820040"
                                                                  "f4"
                                                                  "8101"));
    REQUIRE_RESULT(pull);
    CHECK(pull->cursor.rev == 7);
    CHECK(pull->keysVersion == 5);
    CHECK(pull->maxRows == 1000);
}

TEST_CASE("compressed bodies open up only within limits", "[sync][wire]")
{
    const QByteArray plain = wire::encode(somePage());
    CHECK(wire::decompress(wire::compress(plain)).value() == plain);
    // A bomb: 60 MiB of zeros in some kilobytes.
    REQUIRE_ERROR(wire::decompress(wire::compress(QByteArray(60 << 20, '\0'))), "wire.ratio_too_high");
    REQUIRE_ERROR(wire::decompress(wire::compress(QByteArray(100'000, 'x')), 50'000), "wire.too_large");
    REQUIRE_ERROR(wire::decompress("not zstd at all"), "wire.bad_compression");
    REQUIRE_ERROR(wire::decompress(wire::compress(plain).chopped(3)), "wire.bad_compression");
}
