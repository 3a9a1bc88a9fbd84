// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/logic/import.h"
#include "core/logic/export.h"
#include "tests/support/shop.h"

#include <QBuffer>
#include <QStringEncoder>
#include <rapidcheck.h>

using namespace tz;
using namespace Qt::StringLiterals;
using shop::Shop;

namespace {

ImportOptions into(const QString &entity = u"shop.customer"_s)
{
    ImportOptions options;
    options.entity = entity;
    return options;
}

Result<ImportReport> import(Shop &shop, const QByteArray &file, const ImportOptions &options = into())
{
    QBuffer buffer;
    buffer.setData(file);
    REQUIRE(buffer.open(QIODevice::ReadOnly));
    return importCsv(*shop.store, buffer, options);
}

QStringList names(Shop &shop, const QByteArray &column = "name")
{
    return shop.dump("SELECT " + column + " FROM shop_customer WHERE _state & 2 = 0 ORDER BY rowid").split(u'\n');
}

QString reasons(const ImportReport &report)
{
    QStringList lines;
    for (const ImportReport::Problem &problem : report.refused)
        lines << QString::number(problem.row) + u'@' + QString::number(problem.line) + u' ' + problem.column + u' ' +
                     QString::fromLatin1(problem.error.code);
    return lines.join(u'\n');
}

QByteArray encoded(const QString &text, const char *encoding)
{
    QStringEncoder encoder(encoding);
    return encoder(text);
}

} // namespace

TEST_CASE("a plain file becomes records", "[import]")
{
    Shop shop;
    const auto report = import(shop, "Name,City,Employees,Revenue,Founded\r\n"
                                     "Acme,Ulm,2822,\"1,100.04\",1996-05-01\r\n"
                                     "\"Müller, \"\"Sons\"\"\",\"Bonn\nBeuel\",,,\r\n");
    REQUIRE_RESULT(report);
    CHECK(report->encoding == u"utf-8"_s);
    CHECK(report->separator == u',');
    CHECK(report->rows == 2);
    CHECK(report->created == 2);
    CHECK(reasons(*report) == QString());
    CHECK(names(shop) == QStringList{u"'Acme'"_s, u"'Müller, \"Sons\"'"_s});
    CHECK(shop.number("SELECT revenue FROM shop_customer WHERE name = 'Acme'") == 11'000'400);
    CHECK(shop.dump("SELECT city FROM shop_customer WHERE name LIKE 'M%'") == u"'Bonn\nBeuel'"_s);
    CHECK(*shop->undoLabel() == u"import"_s);
}

TEST_CASE("every encoding in use is recognised", "[import][encodings]")
{
    const QString text = u"name,city\n华盛科技有限公司,深圳市\n联创贸易,杭州\n"_s;
    const auto read = [](const QByteArray &bytes, const QString &encoding, const QString &first) {
        Shop shop;
        const auto report = import(shop, bytes);
        REQUIRE_RESULT(report);
        CHECK(report->encoding == encoding);
        CHECK(names(shop).value(0) == first);
    };
    read(text.toUtf8(), u"utf-8"_s, u"'华盛科技有限公司'"_s);
    read("\xEF\xBB\xBF" + text.toUtf8(), u"utf-8"_s, u"'华盛科技有限公司'"_s);
    read(QByteArray::fromHex("6e616d652c636974790abbaacaa2bfc6bcbcd3d0cfdeb9abcbbe2cc9eedbdacad00a"), u"gb18030"_s,
         u"'华盛科技有限公司'"_s);
    read("\xFF\xFE" + encoded(text, "UTF-16LE"), u"utf-16le"_s, u"'华盛科技有限公司'"_s);
    read("name,city\nCaf\xe9 Soci\xe9t\xe9 G\xe9n\xe9rale,M\xfcnchen\n", u"latin1"_s, u"'Café Société Générale'"_s);
    // Windows-1252 holds Latin-1 and the euro.
    read("name,city\n\x80uro & \x93Sons\x94,Ulm\n", u"latin1"_s, u"'€uro & “Sons”'"_s);
}

TEST_CASE("an encoding may be forced, and then must be right", "[import][encodings]")
{
    Shop shop;
    ImportOptions options = into();
    options.encoding = u"utf-8"_s;
    const auto report = import(shop, "name\nUlm\nM\xfcnchen\n", options);
    REQUIRE_ERROR(report, "import.bad_encoding");
    CHECK(report.error().params.value(u"line"_s) == 3);
    options.encoding = u"klingon"_s;
    REQUIRE_ERROR(import(shop, "name\nUlm\n", options), "import.unknown_encoding");
    CHECK(shop.number("SELECT count(*) FROM shop_customer") == 0);
}

TEST_CASE("separators are recognised", "[import]")
{
    for (const char separator : {',', ';', '\t', '|'}) {
        Shop shop;
        QByteArray file = "name;revenue;city\nAcme;1.234,56;Ulm\nZeta;7,5;\"a;b,c\"\n";
        if (separator == ',')
            file = "name,revenue,city\nAcme,\"1.234,56\",Ulm\nZeta,\"7,5\",\"a;b,c\"\n";
        else
            file.replace("\"a;b,c\"", "#").replace(';', separator).replace("#", "\"a;b,c\"");
        const auto report = import(shop, file);
        REQUIRE_RESULT(report);
        CHECK(report->separator == QChar::fromLatin1(separator));
        CHECK(report->created == 2);
        CHECK(shop.number("SELECT revenue FROM shop_customer WHERE name = 'Acme'") == 12'345'600);
        CHECK(shop.dump("SELECT city FROM shop_customer WHERE name = 'Zeta'") == u"'a;b,c'"_s);
    }
}

TEST_CASE("titles are found by name, label, synonym and map", "[import][columns]")
{
    Shop shop;
    ImportOptions options = into();
    options.map = {{u"Wohnort"_s, u"city"_s}, {u"Junk"_s, QString()}};
    options.fieldNames = [](const Entity &, const Field &field) {
        return field.name == u"remark" ? QStringList{u"附注"_s} : QStringList();
    };
    const auto report = import(shop,
                               "公司名称,Wohnort,LAST_SEEN,E-Mail,Headcount,附注,Junk,Unknown "
                               "thing\nAcme,Ulm,2020-01-02 03:04,a@b.de,5,hello,x,y\n",
                               options);
    REQUIRE_RESULT(report);
    QStringList found;
    for (const ImportReport::Column &column : report->columns)
        found << column.field;
    CHECK(found == QStringList{u"name"_s, u"city"_s, u"seen_at"_s, u"email"_s, u"employees"_s, u"remark"_s, QString(),
                               QString()});
    CHECK(report->created == 1);

    options.map = {{u"Nowhere"_s, u"city"_s}};
    REQUIRE_ERROR(import(shop, "name\nA\n", options), "import.unknown_column");
    options.map = {{u"name"_s, u"nmae"_s}};
    const auto wrong = import(shop, "name\nA\n", options);
    REQUIRE_ERROR(wrong, "import.unknown_field");
    CHECK(wrong.error().params.value(u"suggestion"_s).toString() == u"name"_s);
    ImportOptions byNothing = into();
    byNothing.keys = {u"nmae"_s};
    const auto recognised = import(shop, "Name\nAcme\n", byNothing);
    REQUIRE_ERROR(recognised, "import.unknown_field");
    CHECK(recognised.error().params.value(u"suggestion"_s).toString() == u"name"_s);
    options.map = {{u"a"_s, u"name"_s}, {u"b"_s, u"name"_s}};
    REQUIRE_ERROR(import(shop, "a,b\nA,B\n", options), "import.column_twice");
    options.map.clear();
    REQUIRE_ERROR(import(shop, "x,y\nA,B\n", options), "import.no_columns");
}

TEST_CASE("dates that leave a choice must be asked for", "[import][dates]")
{
    Shop shop;
    const QByteArray ambiguous = "name,founded\nA,01/02/2016\nB,03/04/2016\n";
    const auto report = import(shop, ambiguous);
    REQUIRE_ERROR(report, "import.ambiguous_dates");
    CHECK(report.error().params.value(u"example"_s).toString() == u"01/02/2016"_s);
    CHECK(shop.number("SELECT count(*) FROM shop_customer") == 0);

    ImportOptions options = into();
    options.dateFormat = u"dd/MM/yyyy"_s;
    REQUIRE_RESULT(import(shop, ambiguous, options));
    CHECK(shop.find("shop.customer", shop->ids(u"shop.customer"_s, u"name == 'A'"_s)->front())
              .value(u"founded")
              .toDate() == QDate(2016, 2, 1));

    // One column shows the order for both.
    const auto both = import(shop, "name,founded,seen_at\nC,01/02/2016,13/02/2016\n");
    REQUIRE_RESULT(both);
    CHECK(both->columns[1].dateOrder == u"dmy"_s);
    REQUIRE_ERROR(import(shop, "name,founded\nD,13/02/2016\nE,02/13/2016\n"), "import.mixed_dates");
}

TEST_CASE("every row that is not taken is listed with row, line, column and reason", "[import][report]")
{
    Shop shop;
    const auto report = import(shop, "name,level,employees,founded,email\n"
                                     "Good,a,1,2016-01-31,\n"
                                     ",a,1,,\n"
                                     "\"Two\nlines\",z,1,,\n"
                                     "Bad number,b,many,,\n"
                                     "\n"
                                     "Bad date,b,1,2016-02-31,\n"
                                     "Too many,b,1,,,surplus\n"
                                     "Negative,b,-5,,\n"
                                     ",,,,\n"
                                     "Bad mail,b,,,nobody\n"
                                     "Also good,Key account,,,\n");
    REQUIRE_RESULT(report);
    CHECK(report->created == 2);
    CHECK(reasons(*report).toStdString() == "2@3 name record.required\n"
                                            "3@4 level record.bad_choice\n"
                                            "4@6 employees import.bad_number\n"
                                            "5@8 founded import.bad_date\n"
                                            "6@9  import.too_many_columns\n"
                                            "7@10 employees record.out_of_range\n"
                                            "9@12 email record.bad_email");
    CHECK(names(shop).size() == 2);
}

TEST_CASE("files that are broken as a whole change nothing", "[import][nasty]")
{
    Shop shop;
    const auto refused = [&](const QByteArray &file, const char *code, qint64 line) {
        const auto report = import(shop, file);
        REQUIRE_ERROR(report, code);
        if (line > 0)
            CHECK(report.error().params.value(u"line"_s) == line);
        CHECK(shop.number("SELECT count(*) FROM shop_customer") == 0);
    };
    refused("", "import.empty", 0);
    refused("name\nA\n\"B\" and more\n", "import.broken_quotes", 3);
    refused("name\nA\n\"B\nC\nD\n", "import.open_quote", 3);
    refused(QByteArray("name\nA\n\0B\n", 10), "import.not_text", 3);
    REQUIRE_ERROR(importCsv(*shop.store, u"/nowhere/file.csv"_s, into()), "import.cannot_read");
    // A quote inside an unquoted field is only a sign.
    const auto inches = import(shop, "name,city\n6\" pipe,Ulm\n");
    REQUIRE_RESULT(inches);
    CHECK(names(shop) == QStringList{u"'6\" pipe'"_s});
}

TEST_CASE("a field of 100 MB is refused with its line", "[import][nasty]")
{
    Shop shop;
    QTemporaryDir folder;
    QFile file(folder.filePath(u"huge.csv"_s));
    REQUIRE(file.open(QIODevice::WriteOnly));
    file.write("name,remark\nA,b\nB,\"");
    const QByteArray piece(1 << 20, 'x');
    for (int i = 0; i < 100; ++i)
        file.write(piece);
    file.write("\"\n");
    file.close();
    const auto report = importCsv(*shop.store, file.fileName(), into());
    REQUIRE_ERROR(report, "import.field_too_large");
    CHECK(report.error().params.value(u"line"_s) == 3);
    CHECK(shop.number("SELECT count(*) FROM shop_customer") == 0);
}

TEST_CASE("links are found by key, title and id, and missing ones are listed or made", "[import][links]")
{
    Shop shop;
    const Id acme = shop.create("shop.customer", {{u"name"_s, u"Acme"_s}, {u"email"_s, u"info@acme.com"_s}});
    shop.create("shop.customer", {{u"name"_s, u"Twin"_s}});
    shop.create("shop.customer", {{u"name"_s, u"TWIN"_s}});
    const QByteArray file =
        "Title,Customer\none, acme \ntwo," + acme.toString().toLatin1() + "\nthree,Nobody\nfour,Twin\nfive,\n";
    const auto report = import(shop, file, into(u"shop.order"_s));
    REQUIRE_RESULT(report);
    CHECK(report->created == 3);
    CHECK(reasons(*report).toStdString() == "3@4 Customer import.link_missing\n4@5 Customer import.link_ambiguous");
    CHECK(shop.number("SELECT count(*) FROM shop_order WHERE customer IS NOT NULL") == 2);
    // The rollup followed.
    CHECK(shop.find("shop.customer", acme).value(u"orders") == Value(2));

    ImportOptions options = into(u"shop.order"_s);
    options.createMissingLinks = {u"customer"_s};
    const auto made = import(shop, "Title,Customer\nsix,Nobody\nseven,nobody\n", options);
    REQUIRE_RESULT(made);
    CHECK(made->created == 2);
    CHECK(made->linksCreated == 1);
    CHECK(shop->ids(u"shop.order"_s, u"customer.name == 'Nobody'"_s)->size() == 2);
    // Targets and rows are one group.
    REQUIRE_RESULT(shop->undo());
    CHECK(shop->ids(u"shop.customer"_s, u"name == 'Nobody'"_s)->empty());
    CHECK(shop->ids(u"shop.order"_s, u"title == 'six'"_s)->empty());

    options = into(u"shop.order"_s);
    options.map = {{u"Mail"_s, u"customer.email"_s}};
    const auto byKey = import(shop, "Title,Mail\neight,INFO@acme.com\n", options);
    REQUIRE_RESULT(byKey);
    CHECK(byKey->created == 1);
    CHECK(shop->ids(u"shop.order"_s, u"title == 'eight' and customer.name == 'Acme'"_s)->size() == 1);
}

TEST_CASE("a file may link to rows of its own that come later", "[import][links]")
{
    Shop shop;
    const auto report = import(shop, "name,Part of\nChild,Mother\nMother,\nOrphan,Gone\n");
    REQUIRE_RESULT(report);
    CHECK(report->created == 2);
    CHECK(reasons(*report).toStdString() == "3@4 Part of import.link_missing");
    const Id child = shop->ids(u"shop.customer"_s, u"name == 'Child'"_s)->front();
    CHECK(shop->ids(u"shop.customer"_s, u"mother.name == 'Mother'"_s) == std::vector<Id>{child});
    REQUIRE_RESULT(shop->undo(report->group));
    CHECK(shop.number("SELECT count(*) FROM shop_customer WHERE _state & 2 = 0") == 0);
}

TEST_CASE("aliases and values for what the file lacks", "[import]")
{
    Shop shop;
    shop.create("shop.customer", {{u"name"_s, u"GTX Pro"_s}});
    ImportOptions options = into(u"shop.order"_s);
    options.aliases[u"customer"_s].insert(u"GTXPro"_s, u"GTX Pro"_s);
    options.set = {{u"due"_s, u"2026-12-31"_s}, {u"owner"_s, u"me"_s}};
    const auto report = import(shop, "title,customer,due\na,GTXPro,\nb,GTX Pro,2025-01-01\n", options);
    REQUIRE_RESULT(report);
    CHECK(report->created == 2);
    CHECK(shop->ids(u"shop.order"_s, u"due == date'2026-12-31'"_s)->size() == 1);
    CHECK(shop->ids(u"shop.order"_s, u"due == date'2025-01-01'"_s)->size() == 1);
    options.set = {{u"due"_s, u"some day"_s}};
    REQUIRE_ERROR(import(shop, "title\nc\n", options), "import.bad_default");
}

TEST_CASE("rows of records that are here are skipped or update them, and blanks never overwrite", "[import][existing]")
{
    Shop shop;
    const Id acme = shop.create("shop.customer", {{u"name"_s, u"Acme"_s}, {u"city"_s, u"Ulm"_s}, {u"employees"_s, 5}});
    const QByteArray file = "name,city,employees\nACME,,7\nNew,Bonn,1\nnew,Kiel,2\n";
    const auto skipped = import(shop, file);
    REQUIRE_RESULT(skipped);
    CHECK(skipped->created == 1);
    CHECK(reasons(*skipped).toStdString() == "1@2  import.exists\n3@4  import.exists");

    ImportOptions options = into();
    options.existing = ImportOptions::Existing::Update;
    const auto updated = import(shop, file, options);
    REQUIRE_RESULT(updated);
    CHECK(updated->created == 0);
    // Within one file the later row wins.
    CHECK(updated->updated + updated->unchanged == 3);
    CHECK(shop.find("shop.customer", acme).value(u"city") == Value(u"Ulm"_s));
    CHECK(shop.find("shop.customer", acme).value(u"employees") == Value(7));
    const auto again = import(shop, "name,employees\nAcme,7\n", options);
    REQUIRE_RESULT(again);
    CHECK(again->unchanged == 1);
    CHECK(again->group.isNull());
}

TEST_CASE("a trial answers the same and keeps nothing", "[import]")
{
    Shop shop;
    ImportOptions options = into();
    options.dryRun = true;
    const QByteArray file = "name,Part of\nChild,Mother\nMother,\nBad,Gone\n";
    const QString before = shop.content();
    const auto trial = import(shop, file, options);
    REQUIRE_RESULT(trial);
    CHECK(trial->created == 2);
    CHECK(trial->refused.size() == 1);
    CHECK(trial->dryRun);
    CHECK(trial->group.isNull());
    CHECK(shop.content() == before);
    CHECK(shop.number("SELECT count(*) FROM sync_outbox") == 0);
    options.dryRun = false;
    const auto real = import(shop, file, options);
    REQUIRE_RESULT(real);
    CHECK(reasons(*real) == reasons(*trial));
    CHECK(real->created == trial->created);
}

TEST_CASE("an import brings history along for who may write everything", "[import][states]")
{
    Shop shop;
    const QByteArray file = "title,stage,closed,created_at\nold,Won,2017-03-01,2016-10-20T00:00:00Z\n";
    shop.as({u"manager"_s});
    const auto report = import(shop, file, into(u"shop.order"_s));
    REQUIRE_RESULT(report);
    CHECK(report->created == 1);
    CHECK(shop->ids(u"shop.order"_s, u"stage == 'won' and closed == date'2017-03-01'"_s)->size() == 1);
    CHECK(shop.dump("SELECT created_at FROM shop_order") == u"1476921600000"_s);
    shop.as({u"sales"_s});
    const auto refused = import(shop, file, into(u"shop.order"_s));
    REQUIRE_RESULT(refused);
    CHECK(refused->created == 0);
    CHECK(refused->refused.size() == 1);
}

TEST_CASE("a long file goes in batches that are undone as one, tells its progress and can be stopped", "[import]")
{
    Shop shop;
    QByteArray file = "name,city\n";
    for (int i = 0; i < 1700; ++i)
        file += "Customer " + QByteArray::number(i) + ",Ulm\n";
    ImportOptions options = into();
    qint64 told = 0;
    options.progress = [&](qint64 done, qint64 total) {
        CHECK(total == 1700);
        CHECK(done >= told);
        told = done;
        return true;
    };
    const auto report = import(shop, file, options);
    REQUIRE_RESULT(report);
    CHECK(report->created == 1700);
    CHECK(told == 1700);
    CHECK(shop.number("SELECT count(*) FROM sync_outbox") == 4);
    const auto undone = shop->undo();
    REQUIRE_RESULT(undone);
    CHECK(undone->refused.empty());
    CHECK(shop.number("SELECT count(*) FROM shop_customer WHERE _state & 2 = 0") == 0);

    Shop second;
    options.progress = [](qint64 done, qint64) { return done < 900; };
    const auto stopped = import(second, file, options);
    REQUIRE_RESULT(stopped);
    CHECK(stopped->cancelled);
    CHECK(stopped->created == 1000);
    CHECK(second.number("SELECT count(*) FROM shop_customer") == 1000);
}

TEST_CASE("a batch of which every row is refused leaves nothing in the history", "[import]")
{
    Shop shop;
    // The first 500 rows have no name, the others do.
    QByteArray file = "name,city\n";
    for (int i = 0; i < 1000; ++i)
        file += (i < 500 ? QByteArray() : "Customer " + QByteArray::number(i)) + ",Ulm\n";
    const qint64 before = shop.number("SELECT count(*) FROM _batch");
    const auto report = import(shop, file);
    REQUIRE_RESULT(report);
    CHECK(report->created == 500);
    CHECK(report->refused.size() == 500);
    CHECK(shop.number("SELECT count(*) FROM _batch") == before + 1);
    CHECK(shop.number("SELECT count(*) FROM sync_outbox") == 1);
    REQUIRE_RESULT(shop->undo());
    CHECK(shop.number("SELECT count(*) FROM shop_customer WHERE _state & 2 = 0") == 0);
}

TEST_CASE("addresses and sets are put together from cells", "[import]")
{
    Shop shop;
    shop.create("shop.customer", {{u"name"_s, u"Acme, Inc."_s}});
    ImportOptions options = into();
    options.map = {{u"Town"_s, u"address.city"_s}, {u"Road"_s, u"address.street"_s}};
    const auto report =
        import(shop, "name,Town,Road,Tags,Friends\nZ,Ulm,Main 1,\"vip, new\",\"Acme, Inc.\"\n", options);
    REQUIRE_RESULT(report);
    CHECK(reasons(*report) == QString());
    const Record record = shop.find("shop.customer", shop->ids(u"shop.customer"_s, u"name == 'Z'"_s)->front());
    CHECK(record.value(u"address") == Value(u"{\"city\":\"Ulm\",\"street\":\"Main 1\"}"_s));
    CHECK(record.value(u"tags") == Value(ValueList{u"new"_s, u"vip"_s}));
    CHECK(record.value(u"friends").toList().size() == 1);
}

TEST_CASE("what is exported is imported unchanged", "[import][export]")
{
    CHECK(rc::check("round trip", [] {
        Shop from(true);
        const auto text = [](int most) {
            static const QString letters = u"aé华,;\"'\n=\t-€ß0 .%"_s;
            QString made = u"x"_s;
            const int length = *rc::gen::inRange(0, most);
            for (int i = 0; i < length; ++i)
                made += letters[*rc::gen::inRange(0, int(letters.size()))];
            return QString(made + u'x');
        };
        const auto addUser = [](Shop &shop) {
            Draft user = shop->draft();
            user.create(u"foundation.user"_s, Id::fromName(u"me"), {{u"name"_s, u"Me"_s}});
            RC_ASSERT(shop->apply(std::move(user)).has_value());
        };
        addUser(from);
        Draft draft = from->draft();
        std::vector<Id> ids;
        const int count = *rc::gen::inRange(1, 6);
        for (int i = 0; i < count; ++i) {
            Draft::Values values{{u"name"_s, QString::number(i) + text(20).simplified()}, {u"remark"_s, text(40)}};
            if (*rc::gen::arbitrary<bool>())
                values.emplace_back(u"revenue"_s, *rc::gen::inRange<qint64>(-1'000'000'000, 1'000'000'000));
            if (*rc::gen::arbitrary<bool>())
                values.emplace_back(u"founded"_s, *rc::gen::inRange<qint64>(-100'000, 100'000));
            if (*rc::gen::arbitrary<bool>())
                values.emplace_back(u"seen_at"_s, *rc::gen::inRange<qint64>(0, 2'000'000'000'000));
            values.emplace_back(u"active"_s, Value(*rc::gen::arbitrary<bool>()));
            values.emplace_back(u"tags"_s, ValueList{u"one"_s, QString::number(i)});
            if (!ids.empty())
                values.emplace_back(u"mother"_s, *rc::gen::elementOf(ids));
            ids.push_back(draft.create(u"shop.customer"_s, std::move(values)));
        }
        const auto applied = from->apply(std::move(draft));
        RC_ASSERT(applied.has_value());

        ExportOptions options;
        options.entity = u"shop.customer"_s;
        options.utcOffsetSeconds = 8 * 3600;
        QBuffer file;
        file.open(QIODevice::ReadWrite);
        const auto written = exportRecords(*from.store, options, file);
        RC_ASSERT(written.has_value());
        RC_ASSERT(*written == count);

        Shop to(true);
        addUser(to);
        ImportOptions reading = into();
        reading.dateFormat = u"ymd"_s;
        file.seek(0);
        const auto report = importCsv(*to.store, file, reading);
        RC_ASSERT(report.has_value());
        if (report->created != count)
            RC_LOG() << reasons(*report).toStdString() << file.data().toStdString();
        RC_ASSERT(report->created == count);
        RC_ASSERT(to.content().toStdString() == from.content().toStdString());
    }));
}

TEST_CASE("formulas in an export are made harmless when asked", "[export]")
{
    Shop shop(true);
    shop.create("shop.customer", {{u"name"_s, u"=cmd|' /C calc'!A0"_s}, {u"employees"_s, 5}, {u"revenue"_s, -5'0000}});
    ExportOptions options;
    options.entity = u"shop.customer"_s;
    options.fields = {u"name"_s, u"revenue"_s};
    options.guardFormulas = true;
    options.byteOrderMark = false;
    QBuffer file;
    file.open(QIODevice::ReadWrite);
    REQUIRE_RESULT(exportRecords(*shop.store, options, file));
    CHECK(file.data() == "name,revenue\r\n'=cmd|' /C calc'!A0,-5\r\n");

    options.format = ExportOptions::Format::Json;
    QBuffer json;
    json.open(QIODevice::ReadWrite);
    REQUIRE_RESULT(exportRecords(*shop.store, options, json));
    const QJsonArray rows = QJsonDocument::fromJson(json.data()).array();
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].toObject().value(u"revenue"_s).toString() == u"-5"_s);
}
