// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/sync/pagereader.h"
#include "tests/support/catch.h"

using namespace tz;

namespace {

wire::Page pageOf(int rows)
{
    wire::Page page;
    page.mark = {42, QByteArray(16, 'c')};
    page.more = true;
    page.gone.push_back({QStringLiteral("customers.contact"), {Id::fromName(u"gone")}});
    page.remaining = 12;
    for (const char *entity : {"customers.account", "customers.contact"}) {
        wire::TableRows table;
        table.entity = QString::fromLatin1(entity);
        table.fields = {QStringLiteral("name"), QStringLiteral("note")};
        for (int i = 0; i < rows; ++i) {
            const QString name = QStringLiteral("%1 %2 有限公司").arg(table.entity).arg(i);
            table.rows.push_back({Id::fromName(name), i, {0, i % 7}, {Value(name), i % 3 ? Value(name) : Value()}});
        }
        page.tables.push_back(std::move(table));
    }
    return page;
}

// What a reader hands out, put together again.
Result<wire::Page> assembled(wire::PageReader &reader)
{
    wire::Page page = reader.head();
    for (;;) {
        auto block = reader.next();
        if (!block)
            return fail(block.error());
        if (!*block)
            return page;
        CHECK((*block)->rows.size() <= size_t(wire::PageReader::blockRows));
        if (page.tables.empty() || page.tables.back().entity != (*block)->entity)
            page.tables.push_back({(*block)->entity, (*block)->fields, {}});
        std::ranges::move((*block)->rows, std::back_inserter(page.tables.back().rows));
    }
}

} // namespace

TEST_CASE("a page read in blocks is the page read at once", "[sync][wire]")
{
    const int rows = GENERATE(1, 999, 1000, 1001, 12'345);
    const QByteArray bytes = wire::encode(pageOf(rows));
    wire::PageReader reader(bytes);
    REQUIRE(!reader.fault());
    CHECK(reader.head().mark.rev == 42);
    CHECK(reader.head().tables.empty());
    CHECK(reader.isLong() == (rows > 2000));
    const auto page = assembled(reader);
    REQUIRE_RESULT(page);
    CHECK(wire::encode(*page) == bytes);
}

TEST_CASE("a page that breaks off after thousands of rows says so in the end", "[sync][wire]")
{
    const QByteArray bytes = wire::encode(pageOf(12'345));
    wire::PageReader cut(bytes.first(bytes.size() - 100));
    REQUIRE(!cut.fault());
    REQUIRE_ERROR(assembled(cut), "wire.malformed");

    wire::PageReader longer(bytes + 'x');
    REQUIRE_ERROR(assembled(longer), "wire.malformed");

    wire::PageReader headless(bytes.first(20));
    REQUIRE(headless.fault());
    CHECK(headless.fault()->is("wire.malformed"));
    REQUIRE_ERROR(headless.next(), "wire.malformed");
}

TEST_CASE("a long page that nobody reads to its end is given up", "[sync][wire]")
{
    for (const int blocks : {0, 1, 3}) {
        wire::PageReader reader(wire::encode(pageOf(20'000)));
        for (int i = 0; i < blocks; ++i)
            REQUIRE_RESULT(reader.next());
    }
}
