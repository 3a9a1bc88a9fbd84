// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/store/recovery.h"
#include "tests/support/failingvfs.h"
#include "tests/unit/core/store/storefixture.h"

#include <QFile>

using namespace tz;
using namespace tz::test;

namespace {

Database::Options through(const FailingVfs &vfs)
{
    Database::Options options;
    options.vfs = vfs.name();
    return options;
}

/// A batch of the size of a user's action: two records with sets, their search entries, an update.
Result<> work(Database &database, const CatalogPtr &catalog)
{
    TZ_ASSIGN(const CatalogNumbers numbers, CatalogNumbers::load(database, *catalog));
    RowWriter writer(database, catalog, SchemaKind::Replica);
    SearchWriter search(database, catalog, numbers);
    const Entity &customer = *catalog->entity(u"shop.customer");
    TZ_ASSIGN(Transaction transaction, Transaction::begin(database));
    for (const char16_t *name : {u"新一", u"新二", u"旧"}) {
        Record record(customer, Id::fromName(QStringView(name)));
        record.set(u"name", Value(QString::fromUtf16(name) + QStringLiteral(" after")));
        record.set(u"tags", Value(ValueList{text("tag")}));
        record.set(u"note", Value(QString(6000, QChar(u'长'))));
        TZ_ASSIGN(const qint64 rowId, writer.put(record, {}));
        TZ_TRY(search.put(record, rowId));
    }
    return transaction.commit();
}

qint64 countOf(Database &database, const CatalogPtr &catalog, const char *filter)
{
    RecordReader reader(database, catalog);
    return must(reader.count(QStringLiteral("shop.customer"), QString::fromUtf8(filter)));
}

} // namespace

TEST_CASE("whichever call to the disk fails, a batch is there whole or not at all", "[store][failure]")
{
    Store original;
    original.put("customer", {{"name", text("旧 before")}}, Id::fromName(u"旧"));
    must(original.database->execute("PRAGMA wal_checkpoint(TRUNCATE)"));
    FailingVfs vfs("failing");
    const QString path = original.folder.filePath(QStringLiteral("copy.sqlite"));

    for (const bool forGood : {false, true}) {
        int failures = 0;
        for (int call = 1;; ++call) {
            for (const char *suffix : {"", "-wal", "-shm"})
                QFile::remove(path + QLatin1String(suffix));
            REQUIRE(QFile::copy(original.path(), path));
            bool done = false;
            vfs.failAt(call, forGood);
            {
                auto database = Database::open(path, through(vfs));
                if (database) {
                    const auto result = work(**database, original.catalog);
                    done = result.has_value();
                    if (!done)
                        CHECK(result.error().code.startsWith("store."));
                }
            }
            const bool failed = vfs.hasFailed();
            vfs.heal();
            {
                const auto database = must(Database::open(path, through(vfs)));
                must(checkIntegrity(*database, false));
                const qint64 fresh = countOf(*database, original.catalog, "name ~ '新'");
                const qint64 changed = countOf(*database, original.catalog, "name == '旧 after'");
                INFO("call " << call << (forGood ? " and all later ones" : ""));
                // A commit that reported failure may stand all the same (its last sync failed), but never in part.
                if (done) {
                    CHECK(fresh == 2);
                    CHECK(changed == 1);
                } else {
                    CHECK(fresh == 2 * changed);
                }
                RecordReader reader(*database, original.catalog);
                CHECK(qint64(must(reader.search(QStringLiteral("新"))).size()) == fresh);
            }
            if (!failed)
                break;
            ++failures;
            REQUIRE(call < 2000);
        }
        CHECK(failures > 20);
    }
}

TEST_CASE("a full disk refuses the batch with its name and loses nothing", "[store][failure]")
{
    Store original;
    must(original.database->execute("PRAGMA wal_checkpoint(TRUNCATE)"));
    FailingVfs vfs("full");
    const QString path = original.folder.filePath(QStringLiteral("copy.sqlite"));
    REQUIRE(QFile::copy(original.path(), path));
    const auto database = must(Database::open(path, through(vfs)));
    vfs.setDiskFull(true);
    REQUIRE_ERROR(work(*database, original.catalog), "store.disk_full");
    CHECK(countOf(*database, original.catalog, "") == 0);
    vfs.heal();
    must(work(*database, original.catalog));
    CHECK(countOf(*database, original.catalog, "") == 3);
}

TEST_CASE("a file that may not be written is refused at once, and can be read", "[store][failure]")
{
    Store original;
    original.put("customer", {{"name", text("A")}});
    must(original.database->execute("PRAGMA wal_checkpoint(TRUNCATE)"));
    FailingVfs vfs("readonly");
    vfs.setReadOnly(true);
    REQUIRE_ERROR(Database::open(original.path(), through(vfs)), "store.read_only");
    Database::Options options = through(vfs);
    options.mode = Database::Mode::ReadOnly;
    const auto reading = must(Database::open(original.path(), options));
    CHECK(countOf(*reading, original.catalog, "") == 1);
}
