// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "tests/support/catch.h"
#include "tests/support/processes.h"

#include <QStandardPaths>

#include <cmath>

using namespace tz::test;
using namespace Qt::StringLiterals;

namespace {

const QString data = QStringLiteral(TZ_SOURCE_DIR "/tests/data/crm-sales/");
const QString deals = u"pipeline.opportunity"_s;

/// What SQLite's own program makes of the file, as rows of a JSON array.
QJsonArray bySqlite(const QString &select)
{
    QProcess sqlite;
    // The last two lines take the two spellings of one product together and turn day-month-year around.
    sqlite.start(
        u"sqlite3"_s,
        {u"-json"_s, u"-cmd"_s, u".import --csv \"%1sales_pipeline.csv\" p"_s.arg(data), u":memory:"_s,
         u"CREATE VIEW d AS SELECT sales_agent AS agent, replace(product, 'GTXPro', 'GTX Pro') AS product, "
         "lower(deal_stage) AS stage, CAST(close_value AS INTEGER) AS amount, "
         "julianday(substr(close_date,7)||'-'||substr(close_date,4,2)||'-'||substr(close_date,1,2)) - "
         "julianday(substr(engage_date,7)||'-'||substr(engage_date,4,2)||'-'||substr(engage_date,1,2)) AS days FROM p; "_s +
             select});
    REQUIRE(sqlite.waitForFinished(60'000));
    CHECK(sqlite.readAllStandardError().toStdString() == "");
    return QJsonDocument::fromJson(sqlite.readAllStandardOutput()).array();
}

QMap<QString, double> figures(const QJsonArray &rows, const QStringList &keys, const QString &value)
{
    QMap<QString, double> map;
    for (const QJsonValue &row : rows) {
        QStringList key;
        for (const QString &name : keys)
            key << row.toObject().value(name).toString();
        map.insert(key.join(u'|'), row.toObject().value(value).toDouble());
    }
    return map;
}

} // namespace

TEST_CASE("a real sales department arrives whole and its figures are those of the files", "[e2e]")
{
    if (QStandardPaths::findExecutable(u"sqlite3"_s).isEmpty()) {
        WARN("the program sqlite3 is not installed: nothing to compare with");
        return;
    }
    Laptop laptop;
    laptop.must({u"standalone"_s, u"Boss"_s});
    // The four commands of docs/users/import.md.
    const auto import = [&](const QString &entity, const QString &file, const QStringList &options) {
        const QJsonObject report = laptop.json(QStringList{u"import"_s, entity, data + file} + options);
        CHECK(report.value(u"refused"_s).toArray().isEmpty());
        CHECK(report.value(u"created"_s) == report.value(u"rows"_s));
        return report.value(u"created"_s).toInt();
    };
    CHECK(import(u"foundation.user"_s, u"sales_teams.csv"_s,
                 {u"--map"_s, u"sales_agent=display_name,manager=manager,regional_office=team"_s, u"--create-missing"_s,
                  u"manager,team"_s}) == 35);
    CHECK(import(u"pipeline.product"_s, u"products.csv"_s, {u"--map"_s, u"product=name,sales_price=price"_s}) == 7);
    CHECK(
        import(
            u"customers.account"_s, u"accounts.csv"_s,
            {u"--map"_s,
             u"account=name,sector=industry,year_established=founded,office_location=country,subsidiary_of=parent"_s}) ==
        85);
    CHECK(import(deals, u"sales_pipeline.csv"_s,
                 {u"--map"_s,
                  u"opportunity_id=number,sales_agent=owner,deal_stage=stage,close_date=closed_on,close_value=amount"_s,
                  u"--date-format"_s, u"dmy"_s, u"--alias"_s, u"product:GTXPro=GTX Pro,account:null="_s}) == 8800);

    const auto query = [&](const QStringList &options) {
        return laptop.json(QStringList{u"query"_s, deals} + options).value(u"rows"_s).toArray();
    };
    // Won total.
    const QJsonArray won = bySqlite(u"SELECT sum(amount) AS total FROM d WHERE stage = 'won'"_s);
    CHECK(
        query({u"--filter"_s, u"stage == 'won'"_s, u"--sum"_s, u"amount"_s}).at(0).toObject().value(u"sum(amount)"_s) ==
        won.at(0).toObject().value(u"total"_s));
    // Won and lost by agent and by product; the funnel is the same by stage alone.
    const QList<std::pair<QString, QString>> groups{{u"owner.display_name"_s, u"agent"_s},
                                                    {u"product.name"_s, u"product"_s}};
    for (const auto &[path, column] : groups) {
        const QJsonArray ours = query({u"--group"_s, path + u",stage"_s, u"--count"_s, u"--sum"_s, u"amount"_s});
        const QJsonArray theirs = bySqlite(
            u"SELECT %1 AS key, stage, count(*) AS n, sum(amount) AS total FROM d GROUP BY 1, 2"_s.arg(column));
        CHECK(figures(ours, {path, u"stage"_s}, u"count"_s) == figures(theirs, {u"key"_s, u"stage"_s}, u"n"_s));
        CHECK(figures(ours, {path, u"stage"_s}, u"sum(amount)"_s) ==
              figures(theirs, {u"key"_s, u"stage"_s}, u"total"_s));
    }
    const QJsonArray stages = query({u"--group"_s, u"stage"_s, u"--count"_s, u"--sum"_s, u"cycle_days"_s});
    const QJsonArray theirs = bySqlite(u"SELECT stage, count(*) AS n, sum(days) AS days FROM d GROUP BY 1"_s);
    CHECK(figures(stages, {u"stage"_s}, u"count"_s) == figures(theirs, {u"stage"_s}, u"n"_s));
    for (const QString &stage : {u"won"_s, u"lost"_s})
        CHECK(figures(stages, {u"stage"_s}, u"sum(cycle_days)"_s).value(stage) ==
              figures(theirs, {u"stage"_s}, u"days"_s).value(stage));

    // The reports say the same: mean cycle days, and the win rates of everybody.
    const auto table = [&](const QStringList &words, int at) {
        return laptop.json(QStringList{u"report"_s} + words)
            .value(u"tables"_s)
            .toArray()
            .at(at)
            .toObject()
            .value(u"rows"_s)
            .toArray();
    };
    const QJsonObject summary = table({u"pipeline.summary"_s}, 0).at(0).toObject();
    const QJsonObject means = bySqlite(u"SELECT avg(days) AS mean FROM d WHERE stage = 'won'"_s).at(0).toObject();
    CHECK(std::abs(summary.value(u"cycle_days_won"_s).toDouble() - means.value(u"mean"_s).toDouble()) < 0.006);
    CHECK(summary.value(u"won_amount"_s) == won.at(0).toObject().value(u"total"_s));
    QHash<QString, QString> people;
    for (const QJsonObject &row : laptop.rows(u"foundation.user"_s))
        people.insert(row.value(u"id"_s).toString(), row.value(u"display_name"_s).toString());
    const auto rates = figures(
        bySqlite(
            u"SELECT agent, 100.0 * sum(stage = 'won') / sum(stage IN ('won', 'lost')) AS rate FROM d GROUP BY 1"_s),
        {u"agent"_s}, u"rate"_s);
    int compared = 0;
    for (const QJsonValue &row : table({u"pipeline.win_rates"_s, u"from=2016-01-01"_s}, 0)) {
        const QString agent = people.value(row.toObject().value(u"owner"_s).toString());
        CAPTURE(agent.toStdString());
        REQUIRE(rates.contains(agent));
        CHECK(std::abs(row.toObject().value(u"win_rate"_s).toDouble() - rates.value(agent)) < 0.0001);
        ++compared;
    }
    CHECK(compared == rates.size());
}
