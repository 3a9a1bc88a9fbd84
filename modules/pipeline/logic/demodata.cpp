// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "demodata.h"

#include "core/base/decimal.h"
#include "core/logic/seeding.h"
#include "figures.h"

#include <QHash>

namespace tz::pipeline {

using namespace Qt::StringLiterals;

namespace {

constexpr int dealCount = 2000;
constexpr int leadCount = 260;
constexpr int historyDays = 3 * 365;
constexpr qint64 msPerDay = 86'400'000;
constexpr qint64 msPerHour = 3'600'000;
const qint64 one = decimal::powerOfTen(decimal::moneyScale);

struct Product {
    QString key, name, series;
    qint64 price, cost;
};

const std::vector<Product> &products()
{
    static const std::vector<Product> all{{u"yp100"_s, u"YP-100 码垛机器人"_s, u"YP"_s, 186'000, 121'000},
                                          {u"yp200"_s, u"YP-200 重载码垛机器人"_s, u"YP"_s, 298'000, 196'000},
                                          {u"ys40"_s, u"YS-40 分拣机器人"_s, u"YS"_s, 128'000, 79'000},
                                          {u"ys60"_s, u"YS-60 高速分拣机器人"_s, u"YS"_s, 176'000, 108'000},
                                          {u"yl10"_s, u"YL-10 装箱线"_s, u"YL"_s, 460'000, 318'000},
                                          {u"yl20"_s, u"YL-20 包装线"_s, u"YL"_s, 820'000, 570'000},
                                          {u"yv1"_s, u"YV-1 视觉检测系统"_s, u"YV"_s, 96'000, 52'000},
                                          {u"ya5"_s, u"YA-5 移动搬运小车"_s, u"YA"_s, 88'000, 57'000},
                                          {u"ym"_s, u"产线管理软件"_s, u"软件"_s, 60'000, 8'000},
                                          {u"service"_s, u"年度维保服务"_s, u"服务"_s, 24'000, 9'000},
                                          {u"training"_s, u"操作培训"_s, u"服务"_s, 8'000, 3'000}};
    return all;
}

Id productId(const QString &key)
{
    return Id::fromName(u"demo.product/"_s + key);
}

struct Customer {
    Id id, owner, team, currency;
    QString name, industry;
    qint64 sinceMs = 0;
    /// Worth of one unit of its currency, scale 8.
    qint64 rate = 0;
    bool customer = false;
};

class Demo {
public:
    explicit Demo(const SeedContext &context)
        : m_seeder(context, u"demo"_s)
        , m_context(context)
        , m_now(context.nowMs)
        , m_today(dayOf(context.nowMs, context.utcOffsetSeconds))
    {
    }

    Result<> run()
    {
        TZ_TRY(readCustomers());
        makeCatalogue();
        for (int n = 0; n < dealCount && !m_customers.empty(); ++n)
            makeDeal(n);
        makeTargets();
        for (int n = 0; n < leadCount; ++n)
            makeLead(n);
        return m_seeder.finish();
    }

private:
    Result<> readCustomers()
    {
        Query query;
        query.entity = u"customers.account"_s;
        query.fields = {u"id"_s,         u"owner"_s,    u"team"_s,          u"name"_s, u"industry"_s,
                        u"created_at"_s, u"currency"_s, u"currency.rate"_s, u"stage"_s};
        query.filterText = u"owner != null"_s;
        query.sort = {{u"number"_s}, {u"id"_s}};
        TZ_ASSIGN(const Rows rows, m_context.reader.select(query));
        for (const auto &row : rows.rows) {
            m_customers.push_back({row[0].toId(), row[1].toId(), row[2].toId(), row[6].toId(), row[3].toText(),
                                   row[4].toText(), row[5].toInteger(m_now), row[7].toInteger(decimal::powerOfTen(8)),
                                   row[8].toText() == "customer"_L1});
            if (!m_sellers.contains(row[1].toId())) {
                m_sellers.insert(row[1].toId(), row[2].toId());
                m_sellerOrder << row[1].toId();
            }
        }
        return {};
    }

    void makeCatalogue()
    {
        for (const Product &product : products())
            m_seeder.create(u"pipeline.product"_s, productId(product.key),
                            {{u"name"_s, Value(product.name)},
                             {u"code"_s, Value(product.key.toUpper())},
                             {u"series"_s, Value(product.series)},
                             {u"price"_s, Value(product.price * one)},
                             {u"cost"_s, Value(product.cost * one)},
                             {u"unit"_s, Value(Id::fromName(product.series == u"服务"_s ? u"foundation.unit/a"_s
                                                                                        : u"foundation.unit/set"_s))},
                             {u"tax_rate"_s, Value((product.series == u"服务"_s ? 6 : 13) * one)}});
        const std::pair<QString, QString> rivals[]{{u"海锐机器人"_s, u"high"_s},     {u"博创自动化"_s, u"high"_s},
                                                   {u"金鹏包装机械"_s, u"middle"_s}, {u"Robomax Europe"_s, u"middle"_s},
                                                   {u"华东精机"_s, u"low"_s},        {u"Nippon Pack"_s, u"low"_s}};
        for (const auto &[name, threat] : rivals)
            m_competitors.push_back(
                m_seeder.create(u"pipeline.competitor"_s, {{u"name"_s, Value(name)}, {u"threat"_s, Value(threat)}}));
    }

    struct Line {
        const Product *product;
        qint64 quantity, price, discount, net;
    };

    std::vector<Line> chooseLines(const Customer &customer)
    {
        std::vector<Line> lines;
        const qint64 count = m_seeder.between(1, 3);
        for (qint64 i = 0; i < count; ++i) {
            // Machines first, then what goes with them.
            const Product &product =
                i == 0 ? products()[size_t(m_seeder.between(0, 7))] : products()[size_t(m_seeder.between(6, 10))];
            const bool repeated =
                std::any_of(lines.begin(), lines.end(), [&](const Line &line) { return line.product == &product; });
            if (repeated)
                continue;
            Line line;
            line.product = &product;
            line.quantity = i == 0 ? (m_seeder.chance(70) ? 1 : m_seeder.between(2, 4)) : m_seeder.between(1, 2);
            line.price = decimal::divide(product.price, customer.rate, 8).value_or(product.price) * one;
            line.discount = m_seeder.chance(45) ? m_seeder.between(2, 12) : 0;
            line.net = line.quantity * line.price / 100 * (100 - line.discount);
            lines.push_back(line);
        }
        return lines;
    }

    /// How far a deal of this age has come, as stages with the days it stood in each.
    struct Way {
        std::vector<std::pair<QString, qint64>> stages;
        QString end;
    };

    Way chooseWay(qint64 ageDays, bool buys)
    {
        static const QString names[]{u"prospecting"_s, u"engaging"_s, u"proposal"_s, u"negotiation"_s};
        static const int days[]{18, 26, 22, 16};
        const int goOn[]{82, 68, 66, buys ? 78 : 40};
        Way way;
        qint64 left = ageDays;
        for (int i = 0; i < 4; ++i) {
            const qint64 stay = m_seeder.between(2, days[i] * 2);
            way.stages.emplace_back(names[i], stay);
            if (stay > left) {
                way.end = names[i];
                return way;
            }
            left -= stay;
            if (!m_seeder.chance(goOn[i])) {
                // Some are lost, and some just lie about for a while.
                if (left < 120 && m_seeder.chance(35)) {
                    way.end = names[i];
                    return way;
                }
                way.end = u"lost"_s;
                return way;
            }
        }
        way.end = u"won"_s;
        return way;
    }

    void makeDeal(int n)
    {
        const Customer &customer = m_seeder.pick(m_customers);
        // More every year: of two days thrown the later one.
        const qint64 oldest = std::clamp<qint64>((m_now - customer.sinceMs) / msPerDay, 1, historyDays);
        const qint64 ageDays = std::min(m_seeder.between(0, oldest), m_seeder.between(0, oldest + oldest / 2));
        const std::vector<Line> lines = chooseLines(customer);
        const Way way = chooseWay(ageDays, customer.customer);
        const Id id = Id::fromName(u"demo.opportunity/%1"_s.arg(n));
        const qint64 openedMs = m_now - ageDays * msPerDay - m_seeder.between(1, 9) * msPerHour;

        struct Move {
            QString from, to;
            qint64 atMs, seconds;
        };
        std::vector<Move> moves{{{}, way.stages.front().first, openedMs, 0}};
        qint64 at = openedMs;
        for (size_t i = 0; i < way.stages.size(); ++i) {
            const bool last = i + 1 == way.stages.size();
            const QString next = last ? way.end : way.stages[i + 1].first;
            if (next == way.stages[i].first)
                break;
            const qint64 stay = way.stages[i].second * msPerDay + m_seeder.between(0, 7) * msPerHour;
            at = std::min(at + stay, m_now - msPerHour);
            moves.push_back({way.stages[i].first, next, at, (at - moves.back().atMs) / 1000});
        }
        const QString stage = moves.back().to;
        const bool decided = stage == "won"_L1 || stage == "lost"_L1;
        qint64 amount = 0, cost = 0;
        for (const Line &line : lines) {
            amount += line.net;
            cost += line.quantity * decimal::divide(line.product->cost, customer.rate, 8).value_or(0) * one;
        }
        const int utc = m_context.utcOffsetSeconds;
        const QDate closeDay =
            decided ? dayOf(at, utc)
                    : m_today.addDays(m_seeder.chance(15) ? -m_seeder.between(1, 25) : m_seeder.between(3, 160));
        static const std::vector<QString> purposes{u"产线改造"_s, u"新厂设备"_s, u"扩产项目"_s,
                                                   u"旧线替换"_s, u"样机试用"_s, u"年度采购"_s};
        static const std::vector<QString> foreignPurposes{u"line upgrade"_s, u"new plant"_s, u"expansion"_s,
                                                          u"replacement"_s, u"pilot"_s};
        const bool foreign = !customer.currency.isNull();
        const QString purpose = foreign ? m_seeder.pick(foreignPurposes) : m_seeder.pick(purposes);
        Draft::Values values{
            {u"name"_s, Value(foreign ? u"%1 – %2"_s.arg(customer.name, purpose) : customer.name.left(6) + purpose)},
            {u"account"_s, Value(customer.id)},
            {u"product"_s, Value(productId(lines.front().product->key))},
            {u"pipeline"_s, Value(Id::fromName(u"pipeline.pipeline/standard"))},
            {u"stage"_s, Value(stage)},
            {u"amount"_s, Value(amount)},
            {u"cost"_s, Value(cost)},
            {u"opened_on"_s, Value::fromDate(dayOf(openedMs, utc))},
            {u"stage_since"_s, Value(moves.back().atMs)},
            {u"created_at"_s, Value(openedMs)},
            {u"created_by"_s, Value(customer.owner)},
            {u"owner"_s, Value(customer.owner)},
            {u"team"_s, Value(customer.team)}};
        const auto give = [&](const QString &field, Value value) { values.emplace_back(field, std::move(value)); };
        if (foreign)
            give(u"currency"_s, Value(customer.currency));
        if (moves.size() > 1)
            give(u"engage_date"_s, Value::fromDate(dayOf(moves[1].atMs, utc)));
        give(u"close_date"_s, Value::fromDate(closeDay));
        if (m_seeder.chance(20))
            give(u"first_close_date"_s, Value::fromDate(closeDay.addDays(-m_seeder.between(20, 70))));
        if (decided)
            give(u"closed_on"_s, Value::fromDate(dayOf(at, utc)));
        static const std::vector<QString> sources{u"website"_s,     u"fair"_s,     u"referral"_s, u"cold_call"_s,
                                                  u"advertising"_s, u"existing"_s, u"existing"_s};
        give(u"source"_s, Value(m_seeder.pick(sources)));
        if (stage == "lost"_L1) {
            static const std::vector<QString> reasons{u"price"_s,  u"price"_s, u"competitor"_s, u"product"_s,
                                                      u"budget"_s, u"time"_s,  u"silence"_s};
            const QString reason = m_seeder.pick(reasons);
            give(u"loss_reason"_s, Value(Id::fromName(u"pipeline.loss_reason/"_s + reason)));
            if (reason == "competitor"_L1 || (reason == "price"_L1 && m_seeder.chance(60)))
                give(u"lost_to"_s, Value(m_seeder.pick(m_competitors)));
        }
        if (!decided) {
            static const std::vector<QString> steps{u"约技术交流"_s, u"等待客户评审"_s, u"修改方案后再报价"_s,
                                                    u"安排参观样板工厂"_s, u"催合同盖章"_s};
            static const std::vector<QString> foreignSteps{u"Send revised offer"_s, u"Arrange a plant visit"_s,
                                                           u"Wait for their review"_s};
            if (m_seeder.chance(80))
                give(u"next_step"_s, Value(m_seeder.pick(foreign ? foreignSteps : steps)));
            if (m_seeder.chance(60))
                give(u"next_contact"_s, Value::fromDate(m_today.addDays(m_seeder.between(-8, 21))));
            if (stage == "negotiation"_L1)
                give(u"forecast"_s, Value(m_seeder.chance(60) ? u"commit"_s : u"best_case"_s));
            if (m_seeder.chance(40))
                give(u"competitors"_s, Value::fromSet({Value(m_seeder.pick(m_competitors))}));
        }
        m_seeder.create(u"pipeline.opportunity"_s, id, std::move(values));
        for (const Line &line : lines)
            m_seeder.create(u"pipeline.opportunity_line"_s, {{u"opportunity"_s, Value(id)},
                                                             {u"product"_s, Value(productId(line.product->key))},
                                                             {u"quantity"_s, Value(line.quantity * one)},
                                                             {u"price"_s, Value(line.price)},
                                                             {u"discount"_s, Value(line.discount * one)}});
        for (const Move &move : moves)
            m_seeder.create(u"pipeline.stage_change"_s,
                            {{u"opportunity"_s, Value(id)},
                             {u"from_stage"_s, move.from.isEmpty() ? Value() : Value(move.from)},
                             {u"to_stage"_s, Value(move.to)},
                             {u"changed_at"_s, Value(move.atMs)},
                             {u"changed_by"_s, Value(customer.owner)},
                             {u"duration"_s, move.from.isEmpty() ? Value() : Value(move.seconds)}});
        const bool offered = way.stages.size() > 2;
        if (offered && m_seeder.chance(40))
            makeQuote(n, id, customer, lines, stage, moves[2].atMs, purpose);
    }

    void makeQuote(int n, const Id &deal, const Customer &customer, const std::vector<Line> &lines,
                   const QString &stage, qint64 sentMs, const QString &purpose)
    {
        const bool revised = m_seeder.chance(25);
        Id previous;
        for (int version = 1; version <= (revised ? 2 : 1); ++version) {
            const Id id = Id::fromName(u"demo.quote/%1/%2"_s.arg(n).arg(version));
            const bool last = version == (revised ? 2 : 1);
            const QString status = !last                 ? u"superseded"_s
                                   : stage == "won"_L1   ? u"accepted"_s
                                   : stage == "lost"_L1  ? u"rejected"_s
                                   : m_seeder.chance(75) ? u"sent"_s
                                                         : u"draft"_s;
            Draft::Values values{
                {u"name"_s, Value(customer.currency.isNull() ? purpose + u"报价"_s : u"Offer: "_s + purpose)},
                {u"version"_s, Value(version)},
                {u"opportunity"_s, Value(deal)},
                {u"account"_s, Value(customer.id)},
                {u"status"_s, Value(status)},
                {u"valid_until"_s, Value::fromDate(dayOf(sentMs, m_context.utcOffsetSeconds).addDays(45))},
                {u"created_at"_s, Value(sentMs)},
                {u"owner"_s, Value(customer.owner)},
                {u"team"_s, Value(customer.team)}};
            if (!customer.currency.isNull())
                values.emplace_back(u"currency"_s, Value(customer.currency));
            if (status != "draft"_L1)
                values.emplace_back(u"sent_at"_s, Value(sentMs));
            if (!previous.isNull())
                values.emplace_back(u"previous"_s, Value(previous));
            m_seeder.create(u"pipeline.quote"_s, id, std::move(values));
            int position = 0;
            for (const Line &line : lines) {
                const qint64 cost = decimal::divide(line.product->cost, customer.rate, 8).value_or(0) * one;
                m_seeder.create(u"pipeline.quote_line"_s,
                                {{u"quote"_s, Value(id)},
                                 {u"position"_s, Value(++position)},
                                 {u"product"_s, Value(productId(line.product->key))},
                                 {u"text"_s, Value(line.product->name)},
                                 {u"quantity"_s, Value(line.quantity * one)},
                                 {u"price"_s, Value(line.price)},
                                 {u"discount"_s, Value((last ? line.discount : line.discount / 2) * one)},
                                 {u"tax_rate"_s, Value((line.product->series == u"服务"_s ? 6 : 13) * one)},
                                 {u"cost"_s, Value(cost)}});
            }
            previous = id;
        }
    }

    /// Every month of the past three years and of the next half: what each person sells in a good average month.
    void makeTargets()
    {
        const QDate first = firstOfMonth(m_today).addMonths(-36);
        for (int month = 0; month < 42; ++month) {
            const QDate day = first.addMonths(month);
            qint64 whole = 0;
            for (const Id &seller : std::as_const(m_sellerOrder)) {
                const qint64 goal = (40'000 + 12'500 * month + m_seeder.between(-2, 2) * 10'000) * one;
                whole += goal;
                m_seeder.create(u"pipeline.sales_target"_s, {{u"level"_s, Value(u"person"_s)},
                                                             {u"owner"_s, Value(seller)},
                                                             {u"team"_s, Value(m_sellers.value(seller))},
                                                             {u"month"_s, Value::fromDate(day)},
                                                             {u"amount"_s, Value(goal)},
                                                             {u"stretch"_s, Value(goal / 10 * 12)}});
            }
            m_seeder.create(u"pipeline.sales_target"_s, {{u"level"_s, Value(u"company"_s)},
                                                         {u"team"_s, Value(Id::fromName(u"demo.team/company"))},
                                                         {u"month"_s, Value::fromDate(day)},
                                                         {u"amount"_s, Value(whole)}});
        }
    }

    void makeLead(int n)
    {
        static const std::vector<QString> people{
            u"周海涛"_s, u"钱敏"_s,   u"冯丽"_s,   u"沈国强"_s,      u"魏然"_s,        u"蒋雪"_s,        u"韩磊"_s,
            u"秦晓峰"_s, u"许文静"_s, u"吕志刚"_s, u"David Brown"_s, u"Sofia Rossi"_s, u"Peter Novák"_s, u"Mei Tan"_s};
        static const std::vector<QString> companies{u"合力食品"_s, u"星海电器"_s, u"瑞康药业"_s, u"绿源饮料"_s,
                                                    u"三江纸业"_s, u"天成日化"_s, u"金穗粮油"_s, u"鸿运陶瓷"_s,
                                                    u"东方家居"_s, u"捷达冷链"_s};
        static const std::vector<QString> cities{u"无锡"_s, u"烟台"_s, u"中山"_s, u"洛阳"_s,
                                                 u"泉州"_s, u"长春"_s, u"南昌"_s, u"温州"_s};
        static const std::vector<QString> needs{
            u"想了解装箱线的产能和价格。"_s, u"现有人工码垛，计划明年改成机器人。"_s,
            u"展会上看过演示，要一份同行业案例。"_s, u"需要视觉检测替代人工质检。"_s};
        static const std::vector<QString> sources{u"website"_s, u"fair"_s, u"fair"_s, u"advertising"_s, u"referral"_s};
        static const std::vector<QString> levels{u"A"_s, u"B"_s, u"C"_s, u"C"_s, u"D"_s};
        static const std::vector<QString> ratings{u"hot"_s, u"warm"_s, u"warm"_s, u"cold"_s};
        if (m_sellerOrder.isEmpty())
            return;
        const Id owner = m_seeder.pick(m_sellerOrder);
        const QString city = m_seeder.pick(cities);
        const qint64 days = m_seeder.between(0, 45);
        const qint64 at = m_now - days * msPerDay - m_seeder.between(1, 8) * msPerHour;
        const bool pooled = m_seeder.chance(20);
        static const std::vector<QString> states{u"new"_s,     u"new"_s,       u"working"_s,
                                                 u"working"_s, u"qualified"_s, u"dead"_s};
        const QString status = pooled ? u"new"_s : m_seeder.pick(states);
        const qint64 number = m_seeder.between(10'000'000, 99'999'999);
        Draft::Values values{{u"name"_s, Value(m_seeder.pick(people))},
                             {u"company"_s, Value(city + m_seeder.pick(companies) + u"有限公司"_s)},
                             {u"city"_s, Value(city)},
                             {u"mobile"_s, Value(u"137%1"_s.arg(number))},
                             {u"email"_s, Value(u"lead%1@example.com"_s.arg(n + 1))},
                             {u"status"_s, Value(status)},
                             {u"source"_s, Value(m_seeder.pick(sources))},
                             {u"level"_s, Value(m_seeder.pick(levels))},
                             {u"rating"_s, Value(m_seeder.pick(ratings))},
                             {u"need"_s, Value(m_seeder.pick(needs))},
                             {u"products"_s, Value::fromSet({Value(productId(m_seeder.pick(products()).key))})},
                             {u"received_at"_s, Value(at)},
                             {u"created_at"_s, Value(at)},
                             {u"team"_s, Value(m_sellers.value(owner))}};
        if (pooled) {
            values.emplace_back(u"owner"_s, Value());
            values.emplace_back(u"pool"_s, Value(Id::fromName(u"pipeline.lead_pool/standard")));
            values.emplace_back(u"pooled_at"_s, Value(m_now - m_seeder.between(1, 20) * msPerDay));
        } else {
            values.emplace_back(u"owner"_s, Value(owner));
        }
        if (status == "dead"_L1)
            values.emplace_back(u"dead_reason"_s, Value(u"号码无人接听"_s));
        else if (!pooled && m_seeder.chance(60))
            values.emplace_back(u"next_contact"_s, Value::fromDate(m_today.addDays(m_seeder.between(-3, 14))));
        const Id id = m_seeder.create(u"pipeline.lead"_s, std::move(values));
        if (!pooled && status != "new"_L1)
            m_seeder.create(
                u"customers.follow_up"_s,
                {{u"subject"_s, Value(u"首次电话沟通"_s)},
                 {u"method"_s, Value(u"phone"_s)},
                 {u"lead"_s, Value(id)},
                 {u"content"_s, Value(u"介绍了公司和产品，对方同意先看资料。"_s)},
                 {u"happened_at"_s, Value(std::min(m_now - msPerHour, at + m_seeder.between(1, 5) * msPerDay))},
                 {u"owner"_s, Value(owner)}});
    }

    Seeder m_seeder;
    const SeedContext &m_context;
    qint64 m_now;
    QDate m_today;
    std::vector<Customer> m_customers;
    QHash<Id, Id> m_sellers;
    QList<Id> m_sellerOrder;
    std::vector<Id> m_competitors;
};

} // namespace

Result<> demoData(const SeedContext &context)
{
    return Demo(context).run();
}

} // namespace tz::pipeline
