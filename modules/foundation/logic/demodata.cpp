// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "demodata.h"

#include "core/base/decimal.h"
#include "core/logic/seeding.h"

namespace tz::foundation {

using namespace Qt::StringLiterals;

namespace {

struct Person {
    QString login, name, team, role, title, language;
};

const std::vector<Person> &people()
{
    static const std::vector<Person> all{
        {u"zhaoming"_s, u"赵明"_s, u"sales"_s, u"sales_manager"_s, u"销售总监"_s, u"zh"_s},
        {u"liuyang"_s, u"刘洋"_s, u"north"_s, u"sales_manager"_s, u"北区经理"_s, u"zh"_s},
        {u"lina"_s, u"李娜"_s, u"north"_s, u"sales"_s, u"高级销售"_s, u"zh"_s},
        {u"wangwei"_s, u"王伟"_s, u"north"_s, u"sales"_s, u"销售代表"_s, u"zh"_s},
        {u"sunpeng"_s, u"孙鹏"_s, u"north"_s, u"sales"_s, u"销售代表"_s, u"zh"_s},
        {u"chenjing"_s, u"陈静"_s, u"south"_s, u"sales_manager"_s, u"南区经理"_s, u"zh"_s},
        {u"huanglei"_s, u"黄磊"_s, u"south"_s, u"sales"_s, u"高级销售"_s, u"zh"_s},
        {u"linxiaoyu"_s, u"林晓雨"_s, u"south"_s, u"sales"_s, u"销售代表"_s, u"zh"_s},
        {u"wuhao"_s, u"吴昊"_s, u"south"_s, u"sales"_s, u"销售代表"_s, u"zh"_s},
        {u"xuli"_s, u"徐莉"_s, u"east"_s, u"sales_manager"_s, u"东区经理"_s, u"zh"_s},
        {u"zhangmin"_s, u"张敏"_s, u"east"_s, u"sales"_s, u"高级销售"_s, u"zh"_s},
        {u"yangfan"_s, u"杨帆"_s, u"east"_s, u"sales"_s, u"销售代表"_s, u"zh"_s},
        {u"zhujie"_s, u"朱洁"_s, u"east"_s, u"sales"_s, u"销售代表"_s, u"zh"_s},
        {u"guofeng"_s, u"郭峰"_s, u"west"_s, u"sales_manager"_s, u"西区经理"_s, u"zh"_s},
        {u"hemei"_s, u"何梅"_s, u"west"_s, u"sales"_s, u"销售代表"_s, u"zh"_s},
        {u"luoqiang"_s, u"罗强"_s, u"west"_s, u"sales"_s, u"销售代表"_s, u"zh"_s},
        {u"anna"_s, u"Anna Schmidt"_s, u"overseas"_s, u"sales_manager"_s, u"Head of International Sales"_s, u"en"_s},
        {u"james"_s, u"James Carter"_s, u"overseas"_s, u"sales"_s, u"Account Executive"_s, u"en"_s},
        {u"marie"_s, u"Marie Dubois"_s, u"overseas"_s, u"sales"_s, u"Account Executive"_s, u"en"_s},
        {u"kenji"_s, u"田中健二"_s, u"overseas"_s, u"sales"_s, u"销售代表"_s, u"zh"_s},
        {u"fangyuan"_s, u"方圆"_s, u"company"_s, u"viewer"_s, u"财务分析"_s, u"zh"_s}};
    return all;
}

Id teamId(const QString &key)
{
    return Id::fromName(u"demo.team/"_s + key);
}

Id userId(const QString &login)
{
    return Id::fromName(u"demo.user/"_s + login);
}

} // namespace

Result<> demoData(const SeedContext &context)
{
    Seeder seeder(context, u"demo"_s);
    seeder.create(u"foundation.company"_s, Id::fromName(u"demo.company"),
                  {{u"name"_s, Value(u"远航智能装备有限公司"_s)},
                   {u"currency"_s, Value(Id::fromName(u"foundation.currency/CNY"))},
                   {u"tax_rate"_s, Value(13 * decimal::powerOfTen(decimal::percentScale))},
                   {u"phone"_s, Value(u"+86 571 8888 0000"_s)},
                   {u"website"_s, Value(u"https://www.yuanhang.example"_s)}});
    struct Team {
        QString key, name, above;
    };
    const Team teams[]{{u"company"_s, u"远航智能装备"_s, {}},   {u"sales"_s, u"销售中心"_s, u"company"_s},
                       {u"north"_s, u"北区"_s, u"sales"_s},     {u"south"_s, u"南区"_s, u"sales"_s},
                       {u"east"_s, u"东区"_s, u"sales"_s},      {u"west"_s, u"西区"_s, u"sales"_s},
                       {u"overseas"_s, u"海外部"_s, u"sales"_s}};
    for (const Team &team : teams)
        seeder.create(
            u"foundation.team"_s, teamId(team.key),
            {{u"name"_s, Value(team.name)}, {u"parent"_s, team.above.isEmpty() ? Value() : Value(teamId(team.above))}});
    QHash<QString, Id> managers;
    for (const Person &person : people()) {
        if (person.role == "sales_manager"_L1)
            managers.insert(person.team, userId(person.login));
        const bool isHead = managers.value(person.team) == userId(person.login);
        const Id above = isHead ? managers.value(u"sales"_s) : managers.value(person.team);
        seeder.create(u"foundation.user"_s, userId(person.login),
                      {{u"name"_s, Value(person.login)},
                       {u"display_name"_s, Value(person.name)},
                       {u"job_title"_s, Value(person.title)},
                       {u"email"_s, Value(person.login + u"@yuanhang.example"_s)},
                       {u"phone"_s, Value(u"1380000%1"_s.arg(seeder.between(1000, 9999)))},
                       {u"team"_s, Value(teamId(person.team))},
                       {u"manager"_s, above.isNull() || above == userId(person.login) ? Value() : Value(above)},
                       {u"roles"_s, Value(ValueList{Value(Id::fromName(u"role:"_s + person.role))})},
                       {u"language"_s, Value(person.language)}});
    }
    return seeder.finish();
}

} // namespace tz::foundation
