// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/base/clock.h"
#include "core/expression/expression.h"
#include "core/locale/collation.h"
#include "tests/unit/core/store/storefixture.h"

#include <rapidcheck/catch.h>

using namespace tz;
using namespace tz::test;

namespace {

template <class T>
T pick(std::initializer_list<T> choices)
{
    return *rc::gen::elementOf(std::vector<T>(choices));
}

/// Sixty customers with values from small ranges, so that ties and nulls abound.
struct Crowd : Store {
    std::vector<Id> ids;
    std::vector<Record> records;
    Crowd()
    {
        SeededEntropy entropy(7);
        const auto below = [&entropy](int n) { return int(entropy.next64() % quint64(n)); };
        static const char *const names[] = {"张三", "单雄信", "Bob", "alice", "长沙银行", "曾国藩", "张三"};
        static const char *const levels[] = {"vip", "normal", "cold"};
        for (int i = 0; i < 60; ++i) {
            std::vector<std::pair<const char *, Value>> values;
            if (below(8))
                values.emplace_back("name", text(names[below(7)]));
            if (below(4))
                values.emplace_back("level", text(levels[below(3)]));
            if (below(4))
                values.emplace_back("revenue", Value(qint64(below(7) - 3) * 12'345));
            if (below(4))
                values.emplace_back("employees", Value(below(5)));
            if (below(4))
                values.emplace_back("founded", Value(20'000 + below(40)));
            if (below(4))
                values.emplace_back("active", Value(below(2)));
            if (below(2) && !ids.empty())
                values.emplace_back("group", Value(ids[size_t(below(int(ids.size())))]));
            if (below(2))
                values.emplace_back("tags", Value(ValueList(1, text(below(2) ? "a" : "b"))));
            ids.push_back(put("customer", std::move(values)));
        }
        remove("customer", ids[5]);
        remove("customer", ids[17]);
        for (const Id &id : ids) {
            if (auto record = must(reader->find(entity("customer"), id)))
                records.push_back(std::move(*record));
        }
    }
};

const Crowd &crowd()
{
    static const Crowd instance;
    return instance;
}

QString condition(int depth)
{
    if (depth > 0) {
        switch (*rc::gen::inRange(0, 4)) {
        case 0:
            return u'(' + condition(depth - 1) + QStringLiteral(" and ") + condition(depth - 1) + u')';
        case 1:
            return u'(' + condition(depth - 1) + QStringLiteral(" or ") + condition(depth - 1) + u')';
        case 2:
            return QStringLiteral("not (") + condition(depth - 1) + u')';
        default:
            break;
        }
    }
    const QString compare = QString::fromLatin1(pick({"==", "!=", "<", "<=", ">", ">="}));
    const auto number = [] { return QString::fromLatin1(pick({"0", "1", "2.5", "-1.2345", "1.23456", "3", "null"})); };
    switch (*rc::gen::inRange(0, 12)) {
    case 0:
        return QStringLiteral("revenue ") + compare + u' ' + number();
    case 1:
        return QStringLiteral("employees ") + compare + u' ' + number();
    case 2:
        return QStringLiteral("per_head ") + compare + u' ' + number();
    case 3:
        return QString::fromLatin1(pick({"level == 'vip'", "level != 'cold'", "level in ('vip', 'normal')",
                                         "empty(level)", "level not in ('vip')"}));
    case 4:
        return QString::fromUtf8(pick({"name ~ '张'", "name == '张三'", "starts_with(name, 'B')", "name ~ 'BO'",
                                       "empty(name)", "length(name) > 2"}));
    case 5:
        return QString::fromLatin1(pick({"tags has 'a'", "count(tags) == 0", "not (tags has 'b')"}));
    case 6:
        return QString::fromUtf8(
            pick({"group.name == '张三'", "group.level == 'vip'", "group.group.employees > 1", "empty(group)",
                  "group.revenue > 0", "group.tags has 'a'", "count(group.tags) > 0"}));
    case 7:
        return QString::fromLatin1(pick({"founded > date'2024-10-15'", "month(founded) == 10", "age > 700",
                                         "days_between(founded, today()) < 690"}));
    case 8:
        return QString::fromLatin1(pick({"active", "not active", "active == true"}));
    case 9:
        return QStringLiteral("revenue + employees * 2 ") + compare + u' ' + number();
    case 10:
        return QStringLiteral("coalesce(revenue, 0) / employees ") + compare + u' ' + number();
    default:
        return QStringLiteral("(employees > 2 ? revenue : per_head) ") + compare + u' ' + number();
    }
}

/// By what the store sorts: sort keys of texts, order of declaration, titles of links.
Value sortValue(const Crowd &store, const Record &record, const QString &path)
{
    const Entity &customer = store.entity("customer");
    const Value &value = record.value(path);
    if (path == QLatin1String("level")) {
        const QStringList order{QStringLiteral("vip"), QStringLiteral("normal"), QStringLiteral("cold")};
        return value.isNull() ? Value() : Value(qint64(order.indexOf(value.toText())));
    }
    if (path == QLatin1String("group")) {
        const QByteArray key = collation::sortKey(store.reader->title(customer, value.toId()));
        return key.isNull() ? Value() : Value(key);
    }
    return value.isText() ? Value(collation::sortKey(value.toText())) : value;
}

} // namespace

TEST_CASE("filters, sorting and paging in SQL agree with doing it by hand", "[query][property]")
{
    const Crowd &store = crowd();
    const Entity &customer = store.entity("customer");
    rc::prop("a query equals the naive evaluation", [&] {
        Query asked = query("shop.customer", {QStringLiteral("id")});
        asked.filterText = condition(*rc::gen::inRange(0, 3));
        RC_LOG() << asked.filterText.toStdString() << '\n';
        const int keys = *rc::gen::inRange(0, 4);
        for (int i = 0; i < keys; ++i)
            asked.sort.append({QString::fromLatin1(pick(
                                   {"name", "level", "revenue", "employees", "founded", "group", "active", "age"})),
                               *rc::gen::arbitrary<bool>()});

        expression::Scope scope;
        scope.catalog = store.catalog.get();
        scope.entity = &customer;
        const auto filter = expression::Expression::compile(asked.filterText, scope);
        RC_ASSERT(filter.has_value());
        std::vector<const Record *> expected;
        for (const Record &record : store.records) {
            expression::Context context;
            context.record = &record;
            context.reader = store.reader.get();
            context.nowMs = 1'790'000'000'000;
            context.utcOffsetSeconds = 8 * 3600;
            if ((*filter)->holds(context))
                expected.push_back(&record);
        }
        const bool rowIdDescending = !asked.sort.isEmpty() && asked.sort.last().descending;
        if (rowIdDescending)
            std::reverse(expected.begin(), expected.end());
        std::stable_sort(expected.begin(), expected.end(), [&](const Record *a, const Record *b) {
            for (const SortKey &key : asked.sort) {
                const auto order = sortValue(store, *a, key.path) <=> sortValue(store, *b, key.path);
                if (order != 0)
                    return key.descending ? order > 0 : order < 0;
            }
            return false;
        });

        const Rows rows = *store.reader->select(asked);
        RC_ASSERT(rows.rows.size() == expected.size());
        for (size_t i = 0; i < expected.size(); ++i)
            RC_ASSERT(rows.rows[i][0].toId() == expected[i]->id);

        // The same list page by page.
        Query page = asked;
        page.limit = *rc::gen::inRange(1, 9);
        for (const SortKey &key : asked.sort)
            page.fields << key.path;
        std::vector<Id> paged;
        for (;;) {
            const Rows part = *store.reader->select(page);
            for (const auto &row : part.rows)
                paged.push_back(row[0].toId());
            if (part.rows.size() < size_t(page.limit))
                break;
            std::vector<Value> last(part.rows.back().begin() + 1, part.rows.back().end());
            last.push_back(part.rows.back()[0]);
            page.after = std::move(last);
            RC_ASSERT(paged.size() <= expected.size());
        }
        RC_ASSERT(paged.size() == expected.size());
        for (size_t i = 0; i < expected.size(); ++i)
            RC_ASSERT(paged[i] == expected[i]->id);

        // By offset, and as row ids.
        Query offset = asked;
        offset.offset = *rc::gen::inRange(0, 70);
        offset.limit = 5;
        const Rows some = *store.reader->select(offset);
        for (size_t i = 0; i < some.rows.size(); ++i)
            RC_ASSERT(some.rows[i][0].toId() == expected[i + size_t(offset.offset)]->id);
        RC_ASSERT(store.reader->rowIds(asked)->size() == expected.size());
        RC_ASSERT(*store.reader->count(asked.entity, asked.filterText) == qint64(expected.size()));
    });
}
