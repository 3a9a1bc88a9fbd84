// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/expression/expression.h"
#include "server/postgres/dialect.h"
#include "serverfixture.h"
#include "tests/support/postgres.h"

using namespace tz;
using namespace tz::test;

namespace {

/// What the SQL functions get: numbers as they occur and at the ends, days, texts of many scripts.
class Dice {
public:
    explicit Dice(quint64 seed)
        : m_entropy(seed)
    {
    }
    qint64 below(qint64 end) { return qint64(m_entropy.next64() % quint64(end)); }
    qint64 number()
    {
        static constexpr qint64 ends[] = {0,
                                          1,
                                          -1,
                                          5,
                                          -5,
                                          std::numeric_limits<qint64>::max(),
                                          std::numeric_limits<qint64>::min(),
                                          std::numeric_limits<qint64>::max() / 10,
                                          1'000'000'007};
        switch (below(4)) {
        case 0:
            return ends[below(std::size(ends))];
        case 1:
            return qint64(m_entropy.next64());
        default:
            return below(2'000'000) - 1'000'000;
        }
    }
    QString text()
    {
        static const QStringList words{QString(),
                                       QStringLiteral("Müller"),
                                       QStringLiteral("华为技术有限公司"),
                                       QStringLiteral("  two words\t"),
                                       QStringLiteral("ABC"),
                                       QStringLiteral("abc"),
                                       QStringLiteral("𝒳 beyond"),
                                       QStringLiteral("\u3000全角\u00a0"),
                                       QStringLiteral("ЖУК жук"),
                                       QStringLiteral("'quoted' \"twice\" \\x00"),
                                       QStringLiteral("b")};
        return words.at(below(words.size()));
    }

private:
    SeededEntropy m_entropy;
};

/// What the kernels take by their names; -: a scale from 0 to 8, d: a day, n: a number, t: a text, b: a bool,
/// o: an offset, j: an object.
const std::map<QByteArray, const char *> signatures{{"tz_negate", "n"},
                                                    {"tz_add", "nn"},
                                                    {"tz_subtract", "nn"},
                                                    {"tz_multiply", "nn-"},
                                                    {"tz_divide", "nn-"},
                                                    {"tz_multiply_divide", "nnn-"},
                                                    {"tz_modulo", "nn"},
                                                    {"tz_rescale", "n--"},
                                                    {"tz_round", "n--"},
                                                    {"tz_truncate", "n-"},
                                                    {"tz_floor", "n-"},
                                                    {"tz_ceil", "n-"},
                                                    {"tz_abs", "n"},
                                                    {"tz_min", "nnn"},
                                                    {"tz_max", "nnn"},
                                                    {"tz_compare", "n-n-"},
                                                    {"tz_length", "t"},
                                                    {"tz_lower", "t"},
                                                    {"tz_upper", "t"},
                                                    {"tz_trim", "t"},
                                                    {"tz_concat", "ttt"},
                                                    {"tz_contains", "tt"},
                                                    {"tz_like", "tt"},
                                                    {"tz_starts_with", "tt"},
                                                    {"tz_number_text", "n-"},
                                                    {"tz_bool_text", "b"},
                                                    {"tz_date_text", "d"},
                                                    {"tz_member", "jt"},
                                                    {"tz_local_date", "no"},
                                                    {"tz_day_start", "do"},
                                                    {"tz_year", "d"},
                                                    {"tz_month", "d"},
                                                    {"tz_day", "d"},
                                                    {"tz_quarter", "d"},
                                                    {"tz_add_days", "dn"},
                                                    {"tz_add_months", "dm"},
                                                    {"tz_days_between", "dd"},
                                                    {"tz_start_of_week", "d"},
                                                    {"tz_start_of_month", "d"},
                                                    {"tz_start_of_quarter", "d"},
                                                    {"tz_start_of_year", "d"}};

Value valueFor(char kind, Dice &dice)
{
    if (dice.below(12) == 0)
        return {};
    const auto text = [](const QString &word) { return word.isEmpty() ? Value() : Value(word); };
    switch (kind) {
    case 'n':
        return dice.number();
    case '-':
        return dice.below(9);
    case 'd':
        return dice.below(120'000) - 40'000;
    case 'm':
        return dice.below(600) - 300;
    case 'o':
        return dice.below(100'000) - 50'000;
    case 'b':
        return dice.below(2);
    case 'j': {
        static const QStringList objects{QStringLiteral("{\"b\": \"Haus\", \"abc\": 12.50, \"ABC\": true}"),
                                         QStringLiteral("{\"b\": null, \"abc\": [1], \"ABC\": {\"b\": 1}}"),
                                         QStringLiteral("{\"abc\": -3, \"b\": \"\"}"), QStringLiteral("no JSON")};
        return objects.at(dice.below(objects.size()));
    }
    default:
        return text(dice.text());
    }
}

const char *typeOf(char kind)
{
    return kind == 't' || kind == 'j' ? "text" : kind == 'b' ? "boolean" : "bigint";
}

} // namespace

TEST_CASE("PostgreSQL's functions give what the kernels of expressions give", "[postgres]")
{
    ServerFixture server = ServerFixture::onPostgres();
    auto connection = server.api->service().storage().read();
    REQUIRE_RESULT(connection);
    Dice dice(1);
    for (const expression::SqlFunction &kernel : expression::sqlFunctions()) {
        // A kernel that this test does not know is one that nobody has written for PostgreSQL.
        REQUIRE(signatures.count(kernel.name) == 1);
        const QByteArray signature = signatures.at(kernel.name);
        QByteArrayList places;
        for (qsizetype i = 0; i < signature.size(); ++i)
            places << "CAST(?" + QByteArray::number(i + 1) + " AS " + typeOf(signature[i]) + ')';
        auto select = (*connection)->db().prepare(QByteArray("SELECT ") + kernel.name + '(' + places.join(", ") + ')');
        REQUIRE_RESULT(select);
        for (int round = 0; round < 150; ++round) {
            ValueList arguments;
            std::string said = kernel.name;
            for (qsizetype i = 0; i < signature.size(); ++i) {
                arguments.push_back(valueFor(signature[i], dice));
                select->bind(int(i) + 1, arguments.back());
                said += ' ' + (arguments.back().isText()   ? arguments.back().toText().toStdString()
                               : arguments.back().isNull() ? "null"
                                                           : std::to_string(arguments.back().toInteger()));
            }
            const auto row = select->step();
            INFO(said);
            REQUIRE_RESULT(row);
            const Value expected = kernel.call(arguments);
            const Value given = select->value(0);
            INFO(given.toText().toStdString() << given.toInteger());
            INFO(expected.toText().toStdString() << expected.toInteger());
            CHECK(given == expected);
            select->reset();
        }
    }
}

TEST_CASE("periods, sums and averages are those of SQLite", "[postgres]")
{
    ServerFixture server = ServerFixture::onPostgres();
    auto connection = server.api->service().storage().read();
    REQUIRE_RESULT(connection);
    const auto lite = Database::open(QStringLiteral(":memory:"));
    REQUIRE_RESULT(lite);
    const auto both = [&](const QByteArray &sql) {
        Value values[2];
        Database *const databases[] = {&(*connection)->db(), lite->get()};
        for (size_t i = 0; i < 2; ++i) {
            auto select = databases[i]->prepare(sql);
            REQUIRE_RESULT(select);
            REQUIRE_RESULT(select->step());
            values[i] = select->value(0);
        }
        INFO(sql.toStdString());
        CHECK(values[0] == values[1]);
    };
    for (int grain = 0; grain < 5; ++grain) {
        for (const qint64 day : {-40'000, -1, 0, 1, 59, 60, 11'016, 19'782, 20'000, 30'000})
            both("SELECT tz_period(" + QByteArray::number(day) + ", " + QByteArray::number(grain) + ", NULL)");
        for (const qint64 ms : {-86'400'001LL, -1LL, 0LL, 1'700'000'000'000LL, 1'709'251'199'999LL})
            both("SELECT tz_period(" + QByteArray::number(ms) + ", " + QByteArray::number(grain) + ", 28800)");
    }
    for (const char *rows :
         {"SELECT 1 AS v UNION ALL SELECT 2 UNION ALL SELECT NULL", "SELECT NULL AS v",
          "SELECT 9223372036854775807 AS v UNION ALL SELECT 1", "SELECT -7 AS v UNION ALL SELECT 2 UNION ALL SELECT 2",
          "SELECT 1 AS v UNION ALL SELECT 2"}) {
        both(QByteArray("SELECT tz_sum(CAST(v AS BIGINT)) FROM (") + rows + ") AS r");
        for (const char *raise : {"0", "4"})
            both(QByteArray("SELECT tz_average(CAST(v AS BIGINT), ") + raise + ") FROM (" + rows + ") AS r");
    }
}

TEST_CASE("statements of the store in PostgreSQL's words", "[postgres]")
{
    CHECK(server::translated("SELECT '?1', \"a?2\" FROM t WHERE id = ?1 AND x = x'00ff' AND n > ?12") ==
          "SELECT '?1', \"a?2\" FROM t WHERE id = $1 AND x = '\\x00ff'::bytea AND n > $12");
    CHECK(
        server::translated("CREATE TABLE t(rowid INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, \"BLOB\" TEXT, value, "
                           "PRIMARY KEY(id, value)) WITHOUT ROWID") ==
        "CREATE TABLE t(rowid BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, id BYTEA NOT NULL UNIQUE, \"BLOB\" "
        "TEXT COLLATE \"C\", value TEXT COLLATE \"C\", PRIMARY KEY(id, value))  ");
    // Data of the catalog stays as it is, also where it reads like SQL.
    CHECK(server::translated("INSERT INTO _field VALUES ('BLOB; it''s ?1 INTEGER')") ==
          "INSERT INTO _field VALUES ('BLOB; it''s ?1 INTEGER')");
    CHECK(server::translatedScript("CREATE INDEX \"a__b\" ON \"a\"(\"b\"); SELECT ';'") ==
          "CREATE INDEX \"a__b\" ON \"a\"(\"b\");\nCOMMENT ON INDEX \"a__b\" IS 'CREATE INDEX \"a__b\" ON "
          "\"a\"(\"b\")';\nSELECT ';';\n");
    const QByteArray longName(80, 'a');
    CHECK(server::shortName(longName).size() == 63);
    CHECK(server::shortName(longName) != server::shortName(longName + 'b'));
}
