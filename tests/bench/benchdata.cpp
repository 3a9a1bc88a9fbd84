// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "tests/bench/benchdata.h"

#include "core/store/bulkwrite.h"
#include "tests/bench/benchmark.h"

#include <sqlite3.h>

namespace tz::bench {

const char *const entityName = "bench.customer";

namespace {
const char moduleJson[] = R"({"id": "bench", "label": "Bench", "icon": "gauge", "order": 1, "api": 1})";

const char customerJson[] = R"({
  "entity": "customer", "label": "Customer", "plural": "Customers", "icon": "building",
  "title": "name", "search": ["name", "phone"],
  "fields": [
    {"name": "name", "type": "text", "label": "Name", "required": true, "max": 200},
    {"name": "short_name", "type": "text", "label": "Short name", "max": 60},
    {"name": "industry", "type": "enum", "label": "Industry", "choices": [
      {"name": "it", "label": "IT"}, {"name": "retail", "label": "Retail"}, {"name": "finance", "label": "Finance"}]},
    {"name": "city", "type": "text", "label": "City", "max": 60},
    {"name": "phone", "type": "phone", "label": "Phone"},
    {"name": "email", "type": "email", "label": "E-mail"},
    {"name": "website", "type": "url", "label": "Website"},
    {"name": "level", "type": "enum", "label": "Level", "choices": [
      {"name": "a", "label": "A"}, {"name": "b", "label": "B"}, {"name": "c", "label": "C"}]},
    {"name": "revenue", "type": "money", "label": "Revenue", "required_if": "level == 'a'"},
    {"name": "employees", "type": "integer", "label": "Employees", "min": 0},
    {"name": "founded", "type": "date", "label": "Founded"},
    {"name": "note", "type": "longtext", "label": "Note"},
    {"name": "per_head", "type": "money", "label": "Revenue per employee", "formula": "revenue / employees"}
  ],
  "columns": ["name", "city", "level", "revenue"],
  "indexes": [["level", "revenue"]],
  "access": {"*": {"read": "all", "write": "all", "create": true, "delete": true}}
})";

const char *const surnames[] = {"上海", "北京", "广州", "深圳", "杭州", "成都", "武汉", "南京", "Nordic ", "Berlin "};
const char *const trunks[] = {"华云", "联创", "金桥", "天元", "远大", "恒信", "博思", "海纳", "Alpha ", "Delta "};
const char *const branches[] = {"信息技术", "贸易", "电子", "机械", "生物科技", "物流", "食品", "咨询"};
} // namespace

CatalogPtr catalog()
{
    DepartmentFiles files;
    files.origin = QStringLiteral("bench");
    files.module = moduleJson;
    files.entities.insert(QStringLiteral("entities/customer.json"), customerJson);
    CatalogBuilder builder;
    builder.add(std::move(files));
    CatalogPtr built = builder.build();
    for (const CatalogFault &fault : builder.faults())
        qFatal("%s", qPrintable(fault.toString()));
    return built;
}

void contribute(Contributions &to)
{
    to.rule(QString::fromLatin1(entityName), [](const RuleContext &context) -> Result<> {
        const Value &founded = context.after.value(u"founded");
        if (!founded.isNull() && founded.toInteger() > context.nowMs / 86'400'000)
            return fail("bench.founded_in_future", {}, QStringLiteral("founded"));
        return {};
    });
}

const QStringList &fieldNames()
{
    static const QStringList names{
        QStringLiteral("name"),    QStringLiteral("short_name"), QStringLiteral("industry"), QStringLiteral("city"),
        QStringLiteral("phone"),   QStringLiteral("email"),      QStringLiteral("website"),  QStringLiteral("level"),
        QStringLiteral("revenue"), QStringLiteral("employees"),  QStringLiteral("founded"),  QStringLiteral("note")};
    return names;
}

std::vector<Value> valuesOf(int i)
{
    const QString trunk = QString::fromUtf8(trunks[(i / 10) % 10]);
    const QString city = QString::fromUtf8(surnames[i % 10]);
    const QString branch = QString::fromUtf8(branches[(i / 100) % 8]);
    static const QString industries[] = {QStringLiteral("it"), QStringLiteral("retail"), QStringLiteral("finance")};
    static const QString levels[] = {QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")};
    const QString number = QString::number(i);
    return {
        city + trunk + branch + number + QStringLiteral("有限公司"),
        QString(trunk + number),
        industries[i % 3],
        city,
        QString(QStringLiteral("+861380") + number.rightJustified(7, u'0')),
        QString(QStringLiteral("contact") + number + QStringLiteral("@example.com")),
        QString(QStringLiteral("https://www.example") + number + QStringLiteral(".com")),
        levels[i % 3],
        qint64(i % 100'000) * 1'234'500,
        qint64(1 + i % 5'000),
        qint64(3'650 + i % 14'000),
        QStringLiteral("Asked for an offer at the spring fair; wants delivery by autumn. 对价格比较敏感，需要跟进。")};
}

Id idOf(int i)
{
    // Version 7 ids as one laptop would make them: growing, with random tails.
    Id id;
    const qint64 ms = 1'790'000'000'000 + i;
    for (size_t k = 0; k < 6; ++k)
        id.bytes[k] = static_cast<unsigned char>(ms >> (8 * (5 - k)));
    id.bytes[6] = 0x70;
    id.bytes[8] = 0x80;
    quint64 tail = quint64(i) * 0x9e3779b97f4a7c15ULL;
    for (size_t k = 9; k < 16; ++k, tail >>= 8)
        id.bytes[k] = static_cast<unsigned char>(tail);
    return id;
}

wire::Page page(int from, int to, qint64 rev, bool more)
{
    wire::Page page;
    page.mark = {rev, QByteArray(16, 'm')};
    page.more = more;
    wire::TableRows table;
    table.entity = QString::fromLatin1(entityName);
    table.fields = fieldNames() + QStringList{QStringLiteral("created_at"), QStringLiteral("created_by"),
                                              QStringLiteral("modified_at"), QStringLiteral("modified_by")};
    const Id author = Id::fromName(u"author");
    for (int i = from; i < to; ++i) {
        wire::Row row;
        row.id = idOf(i);
        row.rev = rev;
        row.keys = {0};
        row.values = valuesOf(i);
        for (const Value &system :
             {Value(qint64(1'790'000'000'000 + i)), Value(author), Value(qint64(1'790'000'000'000 + i)), Value(author)})
            row.values.push_back(system);
        table.rows.push_back(std::move(row));
    }
    page.tables.push_back(std::move(table));
    return page;
}

double bareInsertRate(const QString &path, int records, int perTransaction, bool durable)
{
    // The rows are made beforehand: only SQLite is timed.
    struct Prepared {
        Id id;
        std::vector<QByteArray> texts;
        qint64 numbers[3];
    };
    std::vector<Prepared> rows;
    rows.reserve(size_t(records));
    for (int i = 0; i < records; ++i) {
        const std::vector<Value> values = valuesOf(i);
        Prepared row{idOf(i), {}, {values[8].toInteger(), values[9].toInteger(), values[10].toInteger()}};
        for (const size_t k : {0, 1, 2, 3, 4, 5, 6, 7, 11})
            row.texts.push_back(values[k].toText().toUtf8());
        rows.push_back(std::move(row));
    }
    sqlite3 *db = nullptr;
    const auto check = [&db](int code) {
        if (code != SQLITE_OK && code != SQLITE_DONE)
            qFatal("bare SQLite: %s", sqlite3_errmsg(db));
    };
    check(sqlite3_open(path.toUtf8().constData(), &db));
    check(sqlite3_exec(db, "PRAGMA journal_mode=WAL", nullptr, nullptr, nullptr));
    check(
        sqlite3_exec(db, durable ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=NORMAL", nullptr, nullptr, nullptr));
    check(sqlite3_exec(db,
                       "CREATE TABLE customer(id BLOB NOT NULL UNIQUE, name, short_name, industry, city, phone, email,"
                       " website, level, revenue, employees, founded, note)",
                       nullptr, nullptr, nullptr));
    sqlite3_stmt *insert = nullptr;
    check(sqlite3_prepare_v2(db, "INSERT INTO customer VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?)", -1, &insert, nullptr));
    const double time = seconds([&] {
        for (int i = 0; i < records; ++i) {
            if (i % perTransaction == 0)
                check(sqlite3_exec(db, "BEGIN", nullptr, nullptr, nullptr));
            const Prepared &row = rows[size_t(i)];
            sqlite3_bind_blob(insert, 1, row.id.bytes.data(), 16, SQLITE_STATIC);
            int column = 2;
            for (size_t k = 0; k < 8; ++k)
                sqlite3_bind_text(insert, column++, row.texts[k].constData(), int(row.texts[k].size()), SQLITE_STATIC);
            for (const qint64 number : row.numbers)
                sqlite3_bind_int64(insert, column++, number);
            sqlite3_bind_text(insert, column, row.texts[8].constData(), int(row.texts[8].size()), SQLITE_STATIC);
            check(sqlite3_step(insert));
            sqlite3_reset(insert);
            if ((i + 1) % perTransaction == 0 || i + 1 == records)
                check(sqlite3_exec(db, "COMMIT", nullptr, nullptr, nullptr));
        }
    });
    sqlite3_finalize(insert);
    sqlite3_close(db);
    return records / time;
}

void importDrafts(RecordStore &store, std::vector<Draft> drafts)
{
    std::optional<BulkWrite> bulk;
    int inIt = 0;
    for (Draft &draft : drafts) {
        if (!bulk)
            bulk.emplace(std::move(*must(BulkWrite::begin(store))));
        const auto receipt = must(store.apply(std::move(draft)));
        if (!receipt->refused.empty())
            qFatal("refused: %s", qPrintable(receipt->refused.front().second.toString()));
        if (++inIt % limits::importBatchesPerCommit == 0) {
            must(bulk->commit());
            bulk.reset();
        }
    }
    if (bulk)
        must(bulk->commit());
}

double mebibytesWithoutSearch(const QString &path)
{
    sqlite3 *db = nullptr;
    sqlite3_stmt *select = nullptr;
    constexpr char sql[] = "SELECT sum(pgsize) FROM dbstat WHERE name NOT LIKE 'search%' AND name NOT LIKE '_search%'";
    if (sqlite3_open_v2(path.toUtf8().constData(), &db, SQLITE_OPEN_READONLY, nullptr) != SQLITE_OK ||
        sqlite3_prepare_v2(db, sql, -1, &select, nullptr) != SQLITE_OK || sqlite3_step(select) != SQLITE_ROW)
        qFatal("size of %s: %s", qPrintable(path), sqlite3_errmsg(db));
    const double bytes = double(sqlite3_column_int64(select, 0));
    sqlite3_finalize(select);
    sqlite3_close(db);
    return bytes / 1'048'576;
}

} // namespace tz::bench
