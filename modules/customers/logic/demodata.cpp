// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "demodata.h"

#include "core/base/decimal.h"
#include "core/locale/uscc.h"
#include "core/logic/seeding.h"
#include "demowords.h"
#include "partyrules.h"

#include <QHash>
#include <QSet>

namespace tz::customers {

using namespace Qt::StringLiterals;

namespace {

constexpr int accountCount = 300;
constexpr int foreignEvery = 10;
constexpr qint64 msPerDay = 86'400'000;
constexpr int historyDays = 3 * 365;

struct Seller {
    Id user, team;
};

/// Sales people by the name of their team.
Result<QHash<QString, QList<Seller>>> sellers(const Reader &reader)
{
    Query query;
    query.entity = u"foundation.user"_s;
    query.fields = {u"id"_s, u"team"_s, u"team.name"_s, u"name"_s};
    query.filterText = u"team != null and active"_s;
    query.sort = {{u"name"_s}};
    TZ_ASSIGN(const Rows rows, reader.select(query));
    QHash<QString, QList<Seller>> found;
    for (const auto &row : rows.rows)
        found[row[2].toText()] << Seller{row[0].toId(), row[1].toId()};
    return found;
}

class Demo {
public:
    Demo(const SeedContext &context, QHash<QString, QList<Seller>> sellers)
        : m_seeder(context, u"demo"_s)
        , m_now(context.nowMs)
        , m_sellers(std::move(sellers))
    {
    }

    Result<> run()
    {
        for (int n = 0; n < accountCount; ++n)
            makeAccount(n);
        return m_seeder.finish();
    }

private:
    struct Account {
        Id id;
        QString name, domain;
        Seller owner;
        bool foreign = false;
        qint64 sinceMs = 0;
        QString areaCode;
    };

    Seller sellerOf(const QString &team)
    {
        const QList<Seller> list = m_sellers.value(team);
        return list.isEmpty() ? Seller() : m_seeder.pick(list);
    }

    QString digits(int count)
    {
        QString text;
        for (int i = 0; i < count; ++i)
            text += QChar(u'0' + char16_t(m_seeder.between(i == 0 ? 1 : 0, 9)));
        return text;
    }

    QString mobile()
    {
        static const std::vector<QString> starts{u"138"_s, u"139"_s, u"136"_s, u"158"_s,
                                                 u"186"_s, u"188"_s, u"177"_s, u"159"_s};
        return m_seeder.pick(starts) + digits(8);
    }

    QString creditCode(const QString &place)
    {
        const QString body = u"91"_s + place + digits(9);
        return body + uscc::checkCharacter(body).value_or(u'0');
    }

    /// A name that no other customer has.
    QString chineseName(const demo::Place &place, const QString &business)
    {
        for (;;) {
            const QString name = place.city + m_seeder.pick(demo::trunks()) + business +
                                 (m_seeder.chance(15) ? u"股份有限公司"_s : u"有限公司"_s);
            if (!m_names.contains(name)) {
                m_names.insert(name);
                return name;
            }
        }
    }

    void makeAccount(int n)
    {
        Account account;
        account.id = Id::fromName(u"demo.account/%1"_s.arg(n));
        account.foreign = n % foreignEvery == foreignEvery - 1;
        account.domain = u"c%1.example"_s.arg(n + 1, 3, 10, QLatin1Char('0'));
        const qint64 ageDays = m_seeder.between(5, historyDays + 200);
        account.sinceMs = m_now - ageDays * msPerDay - m_seeder.between(0, msPerDay);
        static const std::vector<QString> levels{u"A"_s, u"B"_s, u"B"_s, u"C"_s, u"C"_s, u"C"_s, u"D"_s};
        static const std::vector<QString> sources{u"website"_s,   u"fair"_s,        u"referral"_s,
                                                  u"cold_call"_s, u"advertising"_s, u"partner"_s};
        static const std::vector<QString> sizes{u"11"_s, u"51"_s, u"51"_s, u"201"_s, u"201"_s, u"501"_s, u"1001"_s};
        static const std::vector<QString> tags{u"重点客户"_s, u"老客户"_s, u"扩产"_s, u"价格敏感"_s, u"有样机"_s};
        Draft::Values values{{u"level"_s, Value(m_seeder.pick(levels))},
                             {u"source"_s, Value(m_seeder.pick(sources))},
                             {u"size"_s, Value(m_seeder.pick(sizes))},
                             {u"founded"_s, Value(m_seeder.between(1985, 2022))},
                             {u"employees"_s, Value(m_seeder.between(12, 4000))},
                             {u"website"_s, Value(u"https://www."_s + account.domain)},
                             {u"email"_s, Value(u"info@"_s + account.domain)},
                             {u"stage"_s, Value(m_seeder.chance(60) ? u"customer"_s : u"prospect"_s)},
                             {u"created_at"_s, Value(account.sinceMs)},
                             {u"received_at"_s, Value(account.sinceMs)}};
        const auto give = [&](const QString &field, Value value) { values.emplace_back(field, std::move(value)); };
        if (m_seeder.chance(25))
            give(u"tags"_s, Value::fromSet({Value(m_seeder.pick(tags))}));
        if (account.foreign) {
            const demo::Foreign &of = demo::foreigners()[size_t(n / foreignEvery) % demo::foreigners().size()];
            account.name = of.name;
            account.owner = sellerOf(u"海外部"_s);
            give(u"industry"_s, Value(of.industry));
            give(u"country"_s, Value(of.country));
            give(u"currency"_s, Value(Id::fromName(u"foundation.currency/"_s + of.currency)));
            give(u"address"_s, Value(u"{\"city\":\"%1\",\"country\":\"%2\"}"_s.arg(of.city, of.country)));
        } else {
            const demo::Place &place = m_seeder.pick(demo::places());
            const auto &[business, industry] = m_seeder.pick(demo::businesses());
            account.name = chineseName(place, business);
            account.owner = sellerOf(place.team);
            account.areaCode = place.areaCode;
            give(u"industry"_s, Value(industry));
            give(u"country"_s, Value(u"中国"_s));
            give(u"uscc"_s, Value(creditCode(place.code)));
            give(u"phone"_s, Value(place.areaCode + u'-' + digits(8)));
            give(u"address"_s, Value(u"{\"city\":\"%1\",\"province\":\"%2\",\"street\":\"工业路%3号\"}"_s.arg(
                                   place.city, place.province, QString::number(m_seeder.between(1, 980)))));
        }
        give(u"name"_s, Value(account.name));
        give(u"revenue"_s, Value(m_seeder.between(300, 90'000) * 10'000 * decimal::powerOfTen(decimal::moneyScale)));
        if (n > 20 && m_seeder.chance(6))
            give(u"parent"_s, Value(Id::fromName(u"demo.account/%1"_s.arg(m_seeder.between(0, n - 1)))));
        // Some wait in the pool: nobody cares for them, their last team still sees them.
        const bool pooled = m_seeder.chance(7);
        if (pooled) {
            give(u"owner"_s, Value());
            give(u"previous_owner"_s, Value(account.owner.user));
            give(u"pooled_at"_s, Value(m_now - m_seeder.between(1, 60) * msPerDay));
        } else if (!account.owner.user.isNull()) {
            give(u"owner"_s, Value(account.owner.user));
            if (m_seeder.chance(55))
                give(u"next_contact"_s,
                     Value::fromDate(
                         QDateTime::fromMSecsSinceEpoch(m_now, Qt::UTC).date().addDays(m_seeder.between(-12, 30))));
        }
        give(u"team"_s, account.owner.team.isNull() ? Value() : Value(account.owner.team));
        m_seeder.create(u"customers.account"_s, account.id, std::move(values));
        makePeople(account, n);
    }

    void makePeople(const Account &account, int n)
    {
        const int count = int(m_seeder.between(1, 4)) + (m_seeder.chance(20) ? 1 : 0);
        QList<Id> contacts;
        for (int k = 0; k < count; ++k) {
            const Id id = Id::fromName(u"demo.contact/%1/%2"_s.arg(n).arg(k));
            QString family = m_seeder.pick(demo::familyNames());
            QString given = m_seeder.pick(demo::givenNames());
            auto job = m_seeder.pick(demo::jobs());
            if (account.foreign) {
                std::tie(family, given) = m_seeder.pick(demo::foreignPeople());
                job = m_seeder.pick(demo::foreignJobs());
            }
            Draft::Values values{{u"family_name"_s, Value(family)},
                                 {u"given_name"_s, Value(given)},
                                 {u"account"_s, Value(account.id)},
                                 {u"job_title"_s, Value(job.first)},
                                 {u"role"_s, Value(job.second)},
                                 {u"language"_s, Value(account.foreign ? u"en"_s : u"zh"_s)},
                                 {u"email"_s, Value(u"p%1@%2"_s.arg(k + 1).arg(account.domain))},
                                 {u"created_at"_s, Value(account.sinceMs)},
                                 {u"owner"_s, account.owner.user.isNull() ? Value() : Value(account.owner.user)},
                                 {u"team"_s, account.owner.team.isNull() ? Value() : Value(account.owner.team)}};
            if (!account.foreign) {
                values.emplace_back(u"mobile"_s, Value(mobile()));
                values.emplace_back(u"wechat"_s, Value(u"wx_%1"_s.arg(digits(6))));
            }
            m_seeder.create(u"customers.contact"_s, id, std::move(values));
            m_seeder.create(u"customers.account_contact"_s, Id::fromName(u"demo.account_contact/%1/%2"_s.arg(n).arg(k)),
                            {{u"account"_s, Value(account.id)},
                             {u"contact"_s, Value(id)},
                             {u"job_title"_s, Value(job.first)},
                             {u"main"_s, Value(k == 0)}});
            contacts << id;
        }
        // Somebody from the customer before also works here now and then.
        if (n > 0 && m_seeder.chance(8))
            m_seeder.create(u"customers.account_contact"_s, Id::fromName(u"demo.account_contact/%1/x"_s.arg(n)),
                            {{u"account"_s, Value(account.id)},
                             {u"contact"_s, Value(Id::fromName(u"demo.contact/%1/0"_s.arg(n - 1)))}});
        makeFollowUps(account, contacts);
    }

    void makeFollowUps(const Account &account, const QList<Id> &contacts)
    {
        if (account.owner.user.isNull())
            return;
        const qint64 ageDays = std::min<qint64>(historyDays, (m_now - account.sinceMs) / msPerDay);
        const qint64 count = 1 + ageDays / 110 + m_seeder.between(0, 4);
        for (qint64 i = 0; i < count; ++i) {
            const qint64 at = m_now - m_seeder.between(0, ageDays) * msPerDay - m_seeder.between(1, 10) * 3'600'000;
            const demo::Said &said = m_seeder.pick(account.foreign ? demo::foreignTalks() : demo::talks());
            m_seeder.create(u"customers.follow_up"_s, {{u"subject"_s, Value(said.subject)},
                                                       {u"method"_s, Value(said.method)},
                                                       {u"content"_s, Value(said.content)},
                                                       {u"account"_s, Value(account.id)},
                                                       {u"contact"_s, Value(m_seeder.pick(contacts))},
                                                       {u"happened_at"_s, Value(at)},
                                                       {u"created_at"_s, Value(at)},
                                                       {u"created_by"_s, Value(account.owner.user)},
                                                       {u"owner"_s, Value(account.owner.user)}});
        }
        makeActivities(account, contacts.front());
    }

    void makeActivities(const Account &account, const Id &contact)
    {
        const Value owner(account.owner.user);
        const QDate today = QDateTime::fromMSecsSinceEpoch(m_now, Qt::UTC).date();
        if (m_seeder.chance(45)) {
            static const std::vector<QString> subjects{u"准备技术方案"_s, u"寄送样品"_s, u"跟进合同审批"_s,
                                                       u"更新客户资料"_s, u"安排试机"_s};
            static const std::vector<QString> foreign{u"Prepare the technical proposal"_s, u"Send samples"_s,
                                                      u"Chase the contract"_s};
            const bool done = m_seeder.chance(50);
            m_seeder.create(u"foundation.task"_s,
                            {{u"subject"_s, Value(m_seeder.pick(account.foreign ? foreign : subjects))},
                             {u"account"_s, Value(account.id)},
                             {u"status"_s, Value(done ? u"completed"_s : u"not_started"_s)},
                             {u"priority"_s, Value(m_seeder.chance(20) ? u"high"_s : u"normal"_s)},
                             {u"due"_s, Value::fromDate(today.addDays(done ? -m_seeder.between(1, 200)
                                                                           : m_seeder.between(-6, 25)))},
                             {u"owner"_s, owner}});
        }
        if (m_seeder.chance(30)) {
            const qint64 begin =
                m_now - m_now % msPerDay + m_seeder.between(-90, 14) * msPerDay + m_seeder.between(1, 9) * 3'600'000;
            m_seeder.create(u"foundation.meeting"_s,
                            {{u"subject"_s, Value(account.foreign ? u"Technical review"_s : u"技术方案评审"_s)},
                             {u"account"_s, Value(account.id)},
                             {u"contact"_s, Value(contact)},
                             {u"starts_at"_s, Value(begin)},
                             {u"ends_at"_s, Value(begin + 5'400'000)},
                             {u"place"_s, Value(account.foreign ? u"Online"_s : u"客户会议室"_s)},
                             {u"status"_s, Value(begin < m_now ? u"held"_s : u"planned"_s)},
                             {u"owner"_s, owner}});
        }
        if (m_seeder.chance(40))
            m_seeder.create(u"foundation.call"_s,
                            {{u"subject"_s, Value(account.foreign ? u"Call about the order"_s : u"电话确认订单"_s)},
                             {u"account"_s, Value(account.id)},
                             {u"contact"_s, Value(contact)},
                             {u"called_at"_s, Value(m_now - m_seeder.between(1, 400) * msPerDay)},
                             {u"duration"_s, Value(m_seeder.between(40, 1500))},
                             {u"outcome"_s, Value(m_seeder.chance(75) ? u"reached"_s : u"call_back"_s)},
                             {u"owner"_s, owner}});
        if (m_seeder.chance(30))
            m_seeder.create(u"foundation.note"_s,
                            {{u"subject"_s, Value(account.foreign ? u"Decision makers"_s : u"决策链"_s)},
                             {u"text"_s, Value(account.foreign ? u"Purchasing prepares, the plant manager decides."_s
                                                               : u"采购部初审，技术部评分，最终由总经理拍板。"_s)},
                             {u"account"_s, Value(account.id)},
                             {u"written_at"_s, Value(m_now - m_seeder.between(1, 500) * msPerDay)},
                             {u"owner"_s, owner}});
    }

    Seeder m_seeder;
    qint64 m_now;
    QHash<QString, QList<Seller>> m_sellers;
    QSet<QString> m_names;
};

} // namespace

Result<> demoData(const SeedContext &context)
{
    TZ_ASSIGN(auto people, sellers(context.reader));
    return Demo(context, std::move(people)).run();
}

} // namespace tz::customers
