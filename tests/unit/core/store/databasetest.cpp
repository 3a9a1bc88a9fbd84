// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "tests/unit/core/store/storefixture.h"

#include <QFile>

#include <thread>

using namespace tz;
using namespace tz::test;

namespace {
QString setting(Database &database, const char *pragma)
{
    Statement statement = must(database.prepare(QByteArray("PRAGMA ") + pragma));
    REQUIRE(must(statement.step()));
    return statement.text(0);
}
} // namespace

TEST_CASE("a database is opened with the settings that SYNC asks for", "[database]")
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("a.sqlite"));
    const auto writer = must(Database::open(path));
    CHECK(setting(*writer, "journal_mode") == QLatin1String("wal"));
    CHECK(setting(*writer, "secure_delete") == QLatin1String("1"));
    CHECK(setting(*writer, "foreign_keys") == QLatin1String("0"));
    CHECK(setting(*writer, "synchronous") == QLatin1String("2"));
    must(writer->setDurable(false));
    CHECK(setting(*writer, "synchronous") == QLatin1String("1"));

    Database::Options options;
    options.mode = Database::Mode::ReadOnly;
    const auto reader = must(Database::open(path, options));
    CHECK(setting(*reader, "wal_autocheckpoint") == QLatin1String("0"));
    REQUIRE_ERROR(reader->execute("CREATE TABLE t(x)"), "store.read_only");
}

TEST_CASE("every kind of value comes back as it went in", "[database]")
{
    QTemporaryDir folder;
    const auto database = must(Database::open(folder.filePath(QStringLiteral("a.sqlite"))));
    must(database->execute("CREATE TABLE t(n INTEGER PRIMARY KEY, v)"));
    const Id id = Id::fromName(u"x");
    const std::vector<Value> values{Value(),
                                    Value(std::numeric_limits<qint64>::min()),
                                    text("plain"),
                                    text("张三 𠮷 é"),
                                    Value(QChar(0xFEFF) + QStringLiteral("pasted")),
                                    Value(QString(200'000, QChar(u'长'))),
                                    Value(id),
                                    Value(QByteArray("\0\1\2", 3)),
                                    Value(QByteArray(100'000, '\7'))};
    Statement insert = must(database->prepare("INSERT INTO t(n, v) VALUES (?1, ?2)"));
    for (size_t i = 0; i < values.size(); ++i)
        must(insert.bind(1, qint64(i)).bind(2, values[i]).run());
    // An empty text is no text.
    must(insert.bind(1, qint64(100)).bind(2, Value(QString())).run());
    Statement read = must(database->prepare("SELECT v FROM t ORDER BY n"));
    for (const Value &value : values) {
        REQUIRE(must(read.step()));
        CHECK(read.value(0) == value);
    }
    REQUIRE(must(read.step()));
    CHECK(read.isNull(0));
    CHECK_FALSE(must(read.step()));
}

TEST_CASE("bindings end with the run, so that nothing slips into the next one", "[database]")
{
    QTemporaryDir folder;
    const auto database = must(Database::open(folder.filePath(QStringLiteral("a.sqlite"))));
    must(database->execute("CREATE TABLE t(a, b)"));
    Statement insert = must(database->prepare("INSERT INTO t VALUES (?1, ?2)"));
    must(insert.bind(1, QStringLiteral("first")).bind(2, QStringLiteral("second")).run());
    must(insert.bind(2, QStringLiteral("third")).run());
    Statement read = must(database->prepare("SELECT a, b FROM t ORDER BY rowid DESC LIMIT 1"));
    REQUIRE(must(read.step()));
    CHECK(read.isNull(0));
    CHECK(read.text(1) == QLatin1String("third"));
}

TEST_CASE("two statements of one text can run at once, and an unknown place to bind is an error", "[database]")
{
    QTemporaryDir folder;
    const auto database = must(Database::open(folder.filePath(QStringLiteral("a.sqlite"))));
    must(database->execute("CREATE TABLE t(a); INSERT INTO t VALUES (1), (2)"));
    Statement one = must(database->prepare("SELECT a FROM t ORDER BY a"));
    REQUIRE(must(one.step()));
    Statement two = must(database->prepare("SELECT a FROM t ORDER BY a"));
    REQUIRE(must(two.step()));
    REQUIRE(must(one.step()));
    CHECK(one.integer(0) == 2);
    CHECK(two.integer(0) == 1);
    two.reset();
    two.bind(5, qint64(1));
    REQUIRE_ERROR(two.step(), "store.sql");
    REQUIRE_ERROR(database->prepare("SELEKT"), "store.sql");
}

TEST_CASE("what is not committed is not there, and an inner transaction leaves it to the outer one", "[database]")
{
    QTemporaryDir folder;
    const auto database = must(Database::open(folder.filePath(QStringLiteral("a.sqlite"))));
    must(database->execute("CREATE TABLE t(a)"));
    const auto rows = [&] {
        Statement count = must(database->prepare("SELECT count(*) FROM t"));
        REQUIRE(must(count.step()));
        return count.integer(0);
    };
    {
        Transaction outer = must(Transaction::begin(*database));
        must(database->execute("INSERT INTO t VALUES (1)"));
        {
            Transaction inner = must(Transaction::begin(*database));
            must(database->execute("INSERT INTO t VALUES (2)"));
            must(inner.commit());
        }
        CHECK(rows() == 2);
    }
    CHECK(rows() == 0);
    Transaction transaction = must(Transaction::begin(*database));
    must(database->execute("INSERT INTO t VALUES (3)"));
    must(transaction.commit());
    CHECK(rows() == 1);
}

TEST_CASE("a file that is no database, or a damaged one, is told apart", "[database]")
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("a.sqlite"));
    QFile file(path);
    REQUIRE(file.open(QIODevice::WriteOnly));
    file.write(QByteArray("This is a letter to my aunt, not a database. ").repeated(200));
    file.close();
    REQUIRE_ERROR(Database::open(path), "store.not_a_database");
    REQUIRE_ERROR(Database::open(folder.filePath(QStringLiteral("missing/a.sqlite"))), "store.cannot_open");
}

TEST_CASE("a running statement can be interrupted from another thread", "[database]")
{
    QTemporaryDir folder;
    const auto database = must(Database::open(folder.filePath(QStringLiteral("a.sqlite"))));
    Statement endless = must(
        database->prepare("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"));
    std::atomic<bool> done = false;
    std::thread other([&] {
        while (!done) {
            database->interrupt();
            std::this_thread::yield();
        }
    });
    const auto result = endless.step();
    done = true;
    other.join();
    REQUIRE_ERROR(result, "store.interrupted");
}

TEST_CASE("periods begin on their first day, also before 1970", "[database]")
{
    QTemporaryDir folder;
    const auto database = must(Database::open(folder.filePath(QStringLiteral("a.sqlite"))));
    Statement statement = must(database->prepare("SELECT tz_period(?1, ?2, NULL)"));
    for (QDate day(1899, 1, 1); day < QDate(2101, 1, 1); day = day.addDays(17)) {
        const QDate expected[] = {day, day.addDays(1 - day.dayOfWeek()), QDate(day.year(), day.month(), 1),
                                  QDate(day.year(), (day.month() - 1) / 3 * 3 + 1, 1), QDate(day.year(), 1, 1)};
        for (int grain = 0; grain < 5; ++grain) {
            statement.bind(1, Value::fromDate(day)).bind(2, grain);
            REQUIRE(must(statement.step()));
            REQUIRE(statement.value(0).toDate() == expected[grain]);
            statement.reset();
        }
    }
}

TEST_CASE("sums and averages are exact, and null where they do not fit", "[database]")
{
    QTemporaryDir folder;
    const auto database = must(Database::open(folder.filePath(QStringLiteral("a.sqlite"))));
    const auto one = [&](const char *sql) {
        Statement statement = must(database->prepare(sql));
        REQUIRE(must(statement.step()));
        return statement.value(0);
    };
    CHECK(one("SELECT tz_sum(v) FROM (SELECT 9223372036854775807 AS v UNION ALL SELECT 1)").isNull());
    CHECK(one("SELECT tz_sum(v) FROM (SELECT 9223372036854775807 AS v UNION ALL SELECT 1 UNION ALL SELECT -1)") ==
          Value(std::numeric_limits<qint64>::max()));
    CHECK(one("SELECT tz_sum(v) FROM (SELECT 1 AS v WHERE 0)").isNull());
    CHECK(one("SELECT tz_average(v, 0) FROM (SELECT 1 AS v UNION ALL SELECT 2)") == Value(2));
    CHECK(one("SELECT tz_average(v, 0) FROM (SELECT 2 AS v UNION ALL SELECT 3)") == Value(2));
    CHECK(one("SELECT tz_average(v, 4) FROM (SELECT -1 AS v UNION ALL SELECT -2)") == Value(-15000));
    CHECK(one("SELECT tz_average(v, 0) FROM (SELECT NULL AS v UNION ALL SELECT 4)") == Value(4));
}

TEST_CASE("who uses a database that is lent to another thread waits until it is back", "[database]")
{
    QTemporaryDir folder;
    const auto database = must(Database::open(folder.filePath(QStringLiteral("a.sqlite"))));
    must(database->execute("CREATE TABLE t(n INTEGER PRIMARY KEY)"));
    // A statement that is kept, too.
    Statement insert = must(database->prepare("INSERT INTO t(n) VALUES (?1)"));
    for (int round = 0; round < 50; ++round) {
        database->lend();
        std::thread other([&database, round] {
            const Database::Loan loan(*database);
            if (round % 10 == 0)
                std::this_thread::sleep_for(std::chrono::milliseconds(2));
            auto transaction = must(Transaction::begin(*database));
            Statement own = must(database->prepare("INSERT INTO t(n) VALUES (?1)"));
            for (int i = 0; i < 5; ++i)
                must(own.bind(1, round * 10 + i).run());
            must(transaction.commit());
        });
        if (round % 2 == 0)
            must(insert.bind(1, round * 10 + 9).run());
        Statement count = must(database->prepare("SELECT count(*) FROM t WHERE n >= ?1"));
        REQUIRE(must(count.bind(1, round * 10).step()));
        CHECK(count.integer(0) == (round % 2 == 0 ? 6 : 5));
        other.join();
    }
}
