// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/base/clock.h"
#include "core/expression/expression.h"
#include "core/store/recordreader.h"
#include "core/store/rowwriter.h"
#include "tests/unit/core/expression/lab.h"

#include <rapidcheck.h>

#include <QTemporaryDir>

using namespace tz;
using expression::Expression;

namespace {
/// Makes random expressions as text and random records; the same for the same seed.
class Maker {
public:
    explicit Maker(quint64 seed)
        : m_entropy(seed)
    {
    }

    int below(int count) { return int(m_entropy.next64() % quint64(count)); }
    template <size_t N>
    QString one(const char *const (&list)[N])
    {
        return QString::fromUtf8(list[below(int(N))]);
    }

    QString number(int depth)
    {
        if (depth <= 0 || below(4) == 0) {
            static const char *const leaves[] = {"amount",
                                                 "rate",
                                                 "quantity",
                                                 "pieces",
                                                 "0",
                                                 "1",
                                                 "2.5",
                                                 "-3",
                                                 "0.00000001",
                                                 "100",
                                                 "weighted",
                                                 "null",
                                                 "state.probability",
                                                 "other.amount",
                                                 "9223372036854775807"};
            return one(leaves);
        }
        const QString a = number(depth - 1);
        const QString b = number(depth - 1);
        switch (below(12)) {
        case 0:
            return u'(' + a + QLatin1String(" + ") + b + u')';
        case 1:
            return u'(' + a + QLatin1String(" - ") + b + u')';
        case 2:
            return u'(' + a + QLatin1String(" * ") + b + u')';
        case 3:
            return u'(' + a + QLatin1String(" / ") + b + u')';
        case 4:
            return u'(' + a + QLatin1String(" % ") + b + u')';
        case 5:
            return QStringLiteral("(%1 * %2 / %3)").arg(a, b, number(0));
        case 6:
            return QStringLiteral("round(%1, %2)").arg(a).arg(below(9));
        case 7:
            return QStringLiteral("%1(%2)").arg(below(2) ? QStringLiteral("floor") : QStringLiteral("ceil"), a);
        case 8:
            return QStringLiteral("%1(%2, %3)").arg(below(2) ? QStringLiteral("min") : QStringLiteral("max"), a, b);
        case 9:
            return QStringLiteral("(%1 ? %2 : %3)").arg(condition(depth - 1), a, b);
        case 10:
            return QStringLiteral("length(%1)").arg(text(depth - 1));
        default:
            return below(2) ? QStringLiteral("coalesce(%1, %2)").arg(a, b)
                            : QStringLiteral("days_between(%1, %2)").arg(date(depth - 1), date(depth - 1));
        }
    }

    QString text(int depth)
    {
        if (depth <= 0 || below(3) == 0) {
            static const char *const leaves[] = {"name",       "note",       "kind",    "stage",  "'a'",
                                                 "'ÄÖ'",       "'ß'",        "''",      "'华为'", "null",
                                                 "place.city", "other.name", "caption", "'%_'"};
            return one(leaves);
        }
        switch (below(5)) {
        case 0:
            return QStringLiteral("lower(%1)").arg(text(depth - 1));
        case 1:
            return QStringLiteral("upper(%1)").arg(text(depth - 1));
        case 2:
            return QStringLiteral("concat(%1, %2, %3)").arg(text(depth - 1), number(depth - 1), text(depth - 1));
        case 3:
            return QStringLiteral("trim(%1)").arg(text(depth - 1));
        default:
            return QStringLiteral("coalesce(%1, %2)").arg(text(depth - 1), text(depth - 1));
        }
    }

    QString date(int depth)
    {
        if (depth <= 0 || below(3) == 0) {
            static const char *const leaves[] = {"due", "today()", "date'2024-02-29'", "other.due", "null"};
            return one(leaves);
        }
        switch (below(4)) {
        case 0:
            return QStringLiteral("add_days(%1, %2)").arg(date(depth - 1), number(0));
        case 1:
            return QStringLiteral("add_months(%1, %2)").arg(date(depth - 1)).arg(below(40) - 20);
        case 2:
            return QStringLiteral("start_of_week(%1)").arg(below(2) ? date(depth - 1) : QStringLiteral("happened"));
        default:
            return QStringLiteral("start_of_month(%1)").arg(date(depth - 1));
        }
    }

    QString condition(int depth)
    {
        static const char *const comparisons[] = {"==", "!=", "<", "<=", ">", ">="};
        if (depth <= 0) {
            static const char *const leaves[] = {"active",
                                                 "true",
                                                 "state.final",
                                                 "owner == me",
                                                 "tags has 'vip'",
                                                 "empty(friends)",
                                                 "count(tags) > 1",
                                                 "other.tags has 'vip'",
                                                 "other == null",
                                                 "kind in ('a', 'c')",
                                                 "stage not in ('won')",
                                                 "friends has id",
                                                 "name in ('华为', 'a', '')",
                                                 "pieces in (1, 2.5, -3)",
                                                 "amount in [1, 1.00001]",
                                                 "other.other.name != null",
                                                 "happened >= today()",
                                                 "happened < date'2024-02-29'",
                                                 "id != other",
                                                 "owner in my_teams",
                                                 "place.city == '深圳'",
                                                 "amount > 1.00005",
                                                 "amount <= 9223372036854775807",
                                                 "amount == 0.123456",
                                                 "pieces < 2.5",
                                                 "2.5 <= pieces"};
            return one(leaves);
        }
        switch (below(8)) {
        case 0:
            return u'(' + condition(depth - 1) + QLatin1String(" and ") + condition(depth - 1) + u')';
        case 1:
            return u'(' + condition(depth - 1) + QLatin1String(" or ") + condition(depth - 1) + u')';
        case 2:
            return QLatin1String("not ") + condition(depth - 1);
        case 3:
            return u'(' + number(depth - 1) + u' ' + one(comparisons) + u' ' + number(depth - 1) + u')';
        case 4:
            return u'(' + text(depth - 1) + u' ' + one(comparisons) + u' ' + text(depth - 1) + u')';
        case 5:
            return u'(' + date(depth - 1) + u' ' + one(comparisons) + u' ' + date(depth - 1) + u')';
        case 6: {
            static const char *const tests[] = {"contains(%1, %2)", "starts_with(%1, %2)", "(%1 ~ %2)",
                                                "empty(concat(%1, %2))"};
            return one(tests).arg(text(depth - 1), text(depth - 1));
        }
        default:
            return QStringLiteral("(%1 in (%2, 1))").arg(number(depth - 1)).arg(below(5));
        }
    }

    Value pick(const ValueList &list) { return list[size_t(below(int(list.size())))]; }

    Record record(const Entity &entity, const Id &id, const std::vector<Id> &ids)
    {
        Record made(entity, id);
        const auto anyId = [&]() -> Value { return below(3) ? Value(ids[size_t(below(int(ids.size())))]) : Value(); };
        const ValueList texts{Value(),
                              QStringLiteral("a"),
                              QStringLiteral("B"),
                              QStringLiteral("äö"),
                              QStringLiteral("STRASSE"),
                              QStringLiteral("Straße"),
                              QStringLiteral("华为"),
                              QStringLiteral("𠀀"),
                              QStringLiteral(" x ")};
        const ValueList numbers{Value(), 0, 1, -30000, 25000, qint64(12345678901), qint64(922337203685477580)};
        made.set(u"name", pick(texts));
        made.set(u"note", pick(texts));
        made.set(u"amount", pick(numbers));
        made.set(u"rate", pick({Value(), 0, 333333, 1000000}));
        made.set(u"quantity", pick({Value(), 150, -1, 250}));
        made.set(u"pieces", pick({Value(), 0, 1, 2, 3, -3}));
        made.set(u"active", pick({Value(), true, false}));
        made.set(u"due", pick({Value(), 0, 19782, 19753, -1}));
        made.set(u"happened", pick({Value(), qint64(1709164800000), qint64(1709222400001), qint64(-1)}));
        made.set(u"kind", pick({Value(), QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")}));
        made.set(u"stage", pick({QStringLiteral("open"), QStringLiteral("offer"), QStringLiteral("won")}));
        made.set(u"other", anyId());
        made.set(u"owner", anyId());
        made.set(u"tags", below(2) ? Value::fromSet({QStringLiteral("vip"), QStringLiteral("x")}) : Value());
        made.set(u"friends", Value::fromSet(below(2) ? ValueList{ids[0], id} : ValueList{}));
        made.set(u"place", pick({Value(), QStringLiteral("{\"city\":\"深圳\"}"), QStringLiteral("{\"city\":1.5}")}));
        return made;
    }

private:
    SeededEntropy m_entropy;
};

struct Laboratory {
    CatalogPtr catalog = test::labCatalog();
    const Entity &thing = *catalog->entity(u"lab.thing");
    QTemporaryDir folder;
    std::unique_ptr<Database> database;
    std::unique_ptr<RecordReader> reader;
    std::vector<Record> records;
    std::vector<Id> ids;
    expression::Context context;

    explicit Laboratory(quint64 seed)
    {
        auto opened = Database::open(folder.filePath(QStringLiteral("lab.sqlite")));
        REQUIRE_RESULT(opened);
        database = std::move(*opened);
        const auto plan = SchemaPlan::make(*database, *catalog, SchemaKind::Replica);
        REQUIRE_RESULT(plan);
        REQUIRE_RESULT(plan->execute(*database));
        for (int i = 0; i < 24; ++i)
            ids.push_back(Id::fromName(QString::number(i)));
        Maker maker(seed);
        context.me = ids[1];
        context.myTeams = {ids[2], ids[3]};
        context.nowMs = 1709222400000;
        context.utcOffsetSeconds = 8 * 3600;
        auto transaction = Transaction::begin(*database);
        REQUIRE_RESULT(transaction);
        RowWriter writer(*database, catalog, SchemaKind::Replica);
        for (const Id &id : ids) {
            Record record = maker.record(thing, id, ids);
            expression::Context own = context;
            own.record = &record;
            for (const Field &field : thing.fields) {
                if (field.formula && field.hasColumn())
                    record.values[size_t(field.index)] = field.formula->evaluate(own);
            }
            REQUIRE_RESULT(writer.put(record, {}));
            records.push_back(std::move(record));
        }
        REQUIRE_RESULT(transaction->commit());
        reader = std::make_unique<RecordReader>(*database, catalog);
        reader->setContext(context.me, context.myTeams, context.utcOffsetSeconds, [] { return qint64(1709222400000); });
        context.reader = reader.get();
    }

    QSet<Id> inMemory(const Expression &condition)
    {
        QSet<Id> found;
        for (const Record &record : records) {
            context.record = &record;
            if (condition.holds(context))
                found.insert(record.id);
        }
        return found;
    }

    Result<QSet<Id>> inSql(const QString &text) const
    {
        TZ_ASSIGN(const std::vector<Id> found, reader->ids(thing.fullName, text));
        return QSet<Id>(found.begin(), found.end());
    }
};
} // namespace

TEST_CASE("SQL and memory agree on random conditions over random records", "[expression][store]")
{
    Laboratory lab(7);
    int compared = 0;
    int telling = 0;
    const bool agreed = rc::check("memory == SQL", [&](quint64 seed) {
        Maker maker(seed);
        const QString text = maker.condition(1 + maker.below(3));
        const auto compiled = Expression::compile(text, {lab.catalog.get(), &lab.thing, {}, {}});
        if (!compiled)
            RC_DISCARD("types that do not fit");
        const auto found = lab.inSql(text);
        if (!found)
            RC_FAIL(text.toStdString() + ": " + found.error().toString().toStdString());
        if (*found != lab.inMemory(**compiled))
            RC_FAIL(text.toStdString());
        ++compared;
        telling += !found->isEmpty() && found->size() < qsizetype(lab.records.size());
    });
    CHECK(agreed);
    CHECK(compared >= 100);
    // Conditions that hold for all or for none would agree by chance.
    CHECK(telling >= 20);
}

TEST_CASE("a comparison of a field with a literal is plain SQL, so that an index serves", "[expression][store]")
{
    Laboratory lab(1);
    Query query;
    query.entity = lab.thing.fullName;
    for (const char *filter : {"amount >= 1.5", "1 < amount", "amount == 1.00001 or amount < 2", "due >= today()",
                               "name == 'a'", "stage in ('open', 'won')", "other == me"}) {
        query.filterText = QString::fromUtf8(filter);
        const auto sql = lab.reader->explain(query);
        REQUIRE_RESULT(sql);
        INFO(sql->toStdString());
        CHECK_FALSE(sql->contains(QLatin1String("tz_compare")));
        CHECK_FALSE(sql->contains(QLatin1String("tz_rescale")));
    }
}
