// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors

// Words of which the demonstration is made. Companies and people are invented; telephone numbers are of a form
// that exists, e-mail addresses end in ".example" and reach nobody.
#include "demowords.h"

namespace tz::customers::demo {

using namespace Qt::StringLiterals;

const std::vector<Place> &places()
{
    static const std::vector<Place> all{{u"北京"_s, u"北京市"_s, u"010"_s, u"北区"_s, u"110108"_s},
                                        {u"天津"_s, u"天津市"_s, u"022"_s, u"北区"_s, u"120116"_s},
                                        {u"青岛"_s, u"山东省"_s, u"0532"_s, u"北区"_s, u"370212"_s},
                                        {u"济南"_s, u"山东省"_s, u"0531"_s, u"北区"_s, u"370102"_s},
                                        {u"沈阳"_s, u"辽宁省"_s, u"024"_s, u"北区"_s, u"210102"_s},
                                        {u"大连"_s, u"辽宁省"_s, u"0411"_s, u"北区"_s, u"210202"_s},
                                        {u"上海"_s, u"上海市"_s, u"021"_s, u"东区"_s, u"310115"_s},
                                        {u"杭州"_s, u"浙江省"_s, u"0571"_s, u"东区"_s, u"330106"_s},
                                        {u"宁波"_s, u"浙江省"_s, u"0574"_s, u"东区"_s, u"330206"_s},
                                        {u"苏州"_s, u"江苏省"_s, u"0512"_s, u"东区"_s, u"320505"_s},
                                        {u"南京"_s, u"江苏省"_s, u"025"_s, u"东区"_s, u"320102"_s},
                                        {u"合肥"_s, u"安徽省"_s, u"0551"_s, u"东区"_s, u"340104"_s},
                                        {u"深圳"_s, u"广东省"_s, u"0755"_s, u"南区"_s, u"440305"_s},
                                        {u"广州"_s, u"广东省"_s, u"020"_s, u"南区"_s, u"440106"_s},
                                        {u"东莞"_s, u"广东省"_s, u"0769"_s, u"南区"_s, u"441900"_s},
                                        {u"佛山"_s, u"广东省"_s, u"0757"_s, u"南区"_s, u"440604"_s},
                                        {u"厦门"_s, u"福建省"_s, u"0592"_s, u"南区"_s, u"350203"_s},
                                        {u"长沙"_s, u"湖南省"_s, u"0731"_s, u"南区"_s, u"430102"_s},
                                        {u"成都"_s, u"四川省"_s, u"028"_s, u"西区"_s, u"510107"_s},
                                        {u"重庆"_s, u"重庆市"_s, u"023"_s, u"西区"_s, u"500112"_s},
                                        {u"西安"_s, u"陕西省"_s, u"029"_s, u"西区"_s, u"610113"_s},
                                        {u"昆明"_s, u"云南省"_s, u"0871"_s, u"西区"_s, u"530102"_s},
                                        {u"武汉"_s, u"湖北省"_s, u"027"_s, u"西区"_s, u"420106"_s},
                                        {u"贵阳"_s, u"贵州省"_s, u"0851"_s, u"西区"_s, u"520102"_s}};
    return all;
}

const std::vector<QString> &trunks()
{
    static const std::vector<QString> all{
        u"华盛"_s, u"远大"_s, u"恒泰"_s, u"宏图"_s, u"嘉禾"_s, u"鼎新"_s, u"瑞丰"_s, u"金石"_s, u"海川"_s, u"中科信"_s,
        u"天翼"_s, u"博远"_s, u"明德"_s, u"万象"_s, u"同辉"_s, u"凯盛"_s, u"德润"_s, u"盛世"_s, u"百川"_s, u"立方"_s,
        u"新元"_s, u"晨光"_s, u"安邦"_s, u"众诚"_s, u"永信"_s, u"亿达"_s, u"佳和"_s, u"泰格"_s, u"航宇"_s, u"蓝海"_s,
        u"启明"_s, u"华锐"_s, u"银河"_s, u"正大"_s, u"东升"_s, u"联创"_s, u"智联"_s, u"方舟"_s, u"长青"_s, u"星火"_s,
        u"国泰"_s, u"康宁"_s, u"宝利"_s, u"汇通"_s, u"振兴"_s, u"精工"_s, u"凌云"_s, u"三友"_s, u"大成"_s, u"福源"_s,
        u"思源"_s, u"建安"_s, u"卓越"_s, u"龙腾"_s, u"江海"_s, u"南方"_s, u"北辰"_s, u"松鹤"_s, u"祥云"_s, u"金桥"_s};
    return all;
}

const std::vector<std::pair<QString, QString>> &businesses()
{
    static const std::vector<std::pair<QString, QString>> all{
        {u"科技"_s, u"信息技术"_s},     {u"智能装备"_s, u"机械制造"_s}, {u"电子"_s, u"电子"_s},
        {u"医疗器械"_s, u"医疗"_s},     {u"汽车零部件"_s, u"汽车"_s},   {u"新能源"_s, u"能源"_s},
        {u"食品"_s, u"食品"_s},         {u"物流"_s, u"物流"_s},         {u"包装"_s, u"包装"_s},
        {u"精密机械"_s, u"机械制造"_s}, {u"生物医药"_s, u"医疗"_s},     {u"化工"_s, u"化工"_s},
        {u"建材"_s, u"建筑"_s},         {u"纺织"_s, u"纺织"_s},         {u"软件"_s, u"信息技术"_s},
        {u"自动化"_s, u"机械制造"_s}};
    return all;
}

const std::vector<Foreign> &foreigners()
{
    static const std::vector<Foreign> all{
        {u"Brandt Maschinenbau GmbH"_s, u"Germany"_s, u"Stuttgart"_s, u"机械制造"_s, u"EUR"_s},
        {u"Hofmann Verpackung GmbH"_s, u"Germany"_s, u"Hamburg"_s, u"包装"_s, u"EUR"_s},
        {u"Keller & Sohn KG"_s, u"Germany"_s, u"Nürnberg"_s, u"汽车"_s, u"EUR"_s},
        {u"Nordlicht Energie AG"_s, u"Germany"_s, u"Bremen"_s, u"能源"_s, u"EUR"_s},
        {u"Rheintal Automotive GmbH"_s, u"Germany"_s, u"Köln"_s, u"汽车"_s, u"EUR"_s},
        {u"Ateliers Moreau SA"_s, u"France"_s, u"Lyon"_s, u"机械制造"_s, u"EUR"_s},
        {u"Laboratoires Delmas"_s, u"France"_s, u"Toulouse"_s, u"医疗"_s, u"EUR"_s},
        {u"Fromagerie du Jura SARL"_s, u"France"_s, u"Dole"_s, u"食品"_s, u"EUR"_s},
        {u"Costa & Ferrari S.p.A."_s, u"Italy"_s, u"Torino"_s, u"汽车"_s, u"EUR"_s},
        {u"Officine Valdarno S.r.l."_s, u"Italy"_s, u"Arezzo"_s, u"机械制造"_s, u"EUR"_s},
        {u"Van Dijk Logistics B.V."_s, u"Netherlands"_s, u"Rotterdam"_s, u"物流"_s, u"EUR"_s},
        {u"Svensson Pack AB"_s, u"Sweden"_s, u"Malmö"_s, u"包装"_s, u"EUR"_s},
        {u"Harper & Lowe Ltd"_s, u"United Kingdom"_s, u"Leeds"_s, u"机械制造"_s, u"GBP"_s},
        {u"Pennine Foods Ltd"_s, u"United Kingdom"_s, u"Sheffield"_s, u"食品"_s, u"GBP"_s},
        {u"Clyde Medical Systems plc"_s, u"United Kingdom"_s, u"Glasgow"_s, u"医疗"_s, u"GBP"_s},
        {u"Granite State Machining Inc."_s, u"United States"_s, u"Manchester"_s, u"机械制造"_s, u"USD"_s},
        {u"Lakeshore Packaging LLC"_s, u"United States"_s, u"Milwaukee"_s, u"包装"_s, u"USD"_s},
        {u"Redwood Biotech Corp."_s, u"United States"_s, u"San Diego"_s, u"医疗"_s, u"USD"_s},
        {u"Summit Freight Systems"_s, u"United States"_s, u"Denver"_s, u"物流"_s, u"USD"_s},
        {u"Prairie Harvest Foods"_s, u"United States"_s, u"Omaha"_s, u"食品"_s, u"USD"_s},
        {u"Maple Ridge Energy Ltd."_s, u"Canada"_s, u"Calgary"_s, u"能源"_s, u"USD"_s},
        {u"Southern Cross Mining Pty"_s, u"Australia"_s, u"Perth"_s, u"能源"_s, u"USD"_s},
        {u"Straits Electronics Pte Ltd"_s, u"Singapore"_s, u"Singapore"_s, u"电子"_s, u"USD"_s},
        {u"Harbour Point Trading Ltd"_s, u"Hong Kong"_s, u"Hong Kong"_s, u"物流"_s, u"HKD"_s},
        {u"東和精機株式会社"_s, u"Japan"_s, u"名古屋"_s, u"机械制造"_s, u"JPY"_s},
        {u"北星食品株式会社"_s, u"Japan"_s, u"札幌"_s, u"食品"_s, u"JPY"_s},
        {u"株式会社山口電子"_s, u"Japan"_s, u"大阪"_s, u"电子"_s, u"JPY"_s},
        {u"Andes Packaging SpA"_s, u"Chile"_s, u"Santiago"_s, u"包装"_s, u"USD"_s},
        {u"Bharat Auto Components"_s, u"India"_s, u"Pune"_s, u"汽车"_s, u"USD"_s},
        {u"Gulf Process Engineering"_s, u"United Arab Emirates"_s, u"Dubai"_s, u"化工"_s, u"USD"_s}};
    return all;
}

const std::vector<QString> &familyNames()
{
    static const std::vector<QString> all{u"王"_s, u"李"_s, u"张"_s, u"刘"_s, u"陈"_s, u"杨"_s,   u"黄"_s,   u"赵"_s,
                                          u"吴"_s, u"周"_s, u"徐"_s, u"孙"_s, u"马"_s, u"朱"_s,   u"胡"_s,   u"郭"_s,
                                          u"何"_s, u"高"_s, u"林"_s, u"罗"_s, u"郑"_s, u"梁"_s,   u"谢"_s,   u"宋"_s,
                                          u"唐"_s, u"许"_s, u"韩"_s, u"冯"_s, u"邓"_s, u"曹"_s,   u"彭"_s,   u"曾"_s,
                                          u"肖"_s, u"田"_s, u"董"_s, u"袁"_s, u"潘"_s, u"欧阳"_s, u"上官"_s, u"司马"_s};
    return all;
}

const std::vector<QString> &givenNames()
{
    static const std::vector<QString> all{
        u"伟"_s,   u"芳"_s,   u"娜"_s,   u"敏"_s,   u"静"_s,   u"丽"_s,   u"强"_s,   u"磊"_s,   u"军"_s,   u"洋"_s,
        u"勇"_s,   u"艳"_s,   u"杰"_s,   u"娟"_s,   u"涛"_s,   u"明"_s,   u"超"_s,   u"秀英"_s, u"霞"_s,   u"平"_s,
        u"刚"_s,   u"桂英"_s, u"文博"_s, u"子轩"_s, u"雨桐"_s, u"思远"_s, u"嘉怡"_s, u"浩然"_s, u"晓东"_s, u"建国"_s,
        u"志强"_s, u"海燕"_s, u"晨曦"_s, u"俊杰"_s, u"雪梅"_s, u"永康"_s, u"婷婷"_s, u"国华"_s, u"春生"_s, u"立新"_s};
    return all;
}

const std::vector<std::pair<QString, QString>> &foreignPeople()
{
    static const std::vector<std::pair<QString, QString>> all{
        {u"Becker"_s, u"Thomas"_s},   {u"Wagner"_s, u"Julia"_s},   {u"Hoffmann"_s, u"Stefan"_s},
        {u"Schäfer"_s, u"Petra"_s},   {u"Moreau"_s, u"Claire"_s},  {u"Lefèvre"_s, u"Antoine"_s},
        {u"Ferrari"_s, u"Giulia"_s},  {u"Conti"_s, u"Marco"_s},    {u"van Dijk"_s, u"Pieter"_s},
        {u"Svensson"_s, u"Ingrid"_s}, {u"Harper"_s, u"Oliver"_s},  {u"Walsh"_s, u"Siobhán"_s},
        {u"Miller"_s, u"Karen"_s},    {u"Johnson"_s, u"Robert"_s}, {u"Nguyen"_s, u"Linda"_s},
        {u"O’Brien"_s, u"Patrick"_s}, {u"Garcia"_s, u"Elena"_s},   {u"Tan"_s, u"Wei Ling"_s},
        {u"Sharma"_s, u"Priya"_s},    {u"Al-Farsi"_s, u"Omar"_s},  {u"山本"_s, u"美咲"_s},
        {u"佐藤"_s, u"健一"_s},       {u"Silva"_s, u"Camila"_s},   {u"Novak"_s, u"Tomáš"_s}};
    return all;
}

const std::vector<std::pair<QString, QString>> &jobs()
{
    static const std::vector<std::pair<QString, QString>> all{
        {u"总经理"_s, u"decision_maker"_s}, {u"采购经理"_s, u"gatekeeper"_s}, {u"技术总监"_s, u"evaluator"_s},
        {u"生产厂长"_s, u"influencer"_s},   {u"设备工程师"_s, u"user"_s},     {u"财务总监"_s, u"decision_maker"_s},
        {u"项目经理"_s, u"champion"_s},     {u"采购专员"_s, u"gatekeeper"_s}, {u"副总经理"_s, u"decision_maker"_s},
        {u"质量经理"_s, u"influencer"_s}};
    return all;
}

const std::vector<std::pair<QString, QString>> &foreignJobs()
{
    static const std::vector<std::pair<QString, QString>> all{
        {u"Managing Director"_s, u"decision_maker"_s},   {u"Head of Purchasing"_s, u"gatekeeper"_s},
        {u"Plant Manager"_s, u"influencer"_s},           {u"Process Engineer"_s, u"user"_s},
        {u"Chief Technology Officer"_s, u"evaluator"_s}, {u"Project Manager"_s, u"champion"_s}};
    return all;
}

const std::vector<Said> &talks()
{
    static const std::vector<Said> all{
        {u"phone"_s, u"电话了解需求"_s, u"客户计划明年扩建一条产线，预算还在审批，关心交货期和售后响应时间。"_s},
        {u"phone"_s, u"电话确认进度"_s, u"采购部已收到资料，等技术部评审，预计两周内有结论。"_s},
        {u"visit"_s, u"上门拜访"_s, u"参观了车间，现有设备已用八年，故障多。客户希望先做一台样机试用。"_s},
        {u"visit"_s, u"现场勘察"_s, u"量了安装位置，电源和气源都够，地面需要加固。已拍照留档。"_s},
        {u"wecom"_s, u"发送方案资料"_s, u"通过企业微信发了产品样册和两个同行业案例，对方表示会转给总经理。"_s},
        {u"email"_s, u"发送报价"_s, u"报价已发送，客户认为略高，需要我们说明与上一代产品的差别。"_s},
        {u"meeting"_s, u"技术交流会"_s, u"与技术总监和生产厂长开会，对方提出三点改动，我们答应一周内给方案。"_s},
        {u"phone"_s, u"价格沟通"_s, u"客户希望再优惠三个点，可以接受预付百分之三十。"_s},
        {u"wecom"_s, u"节日问候"_s, u"节日问候，顺便问到年底前还有一笔设备预算没有用完。"_s},
        {u"phone"_s, u"售后回访"_s, u"设备运行稳定，操作工反映界面好用，客户愿意作为参观案例。"_s},
        {u"visit"_s, u"合同条款沟通"_s, u"法务对违约金条款有意见，其余条款没有问题。"_s},
        {u"meeting"_s, u"年度复盘"_s, u"一起回顾了今年的合作，明年计划在另外两个工厂推广。"_s}};
    return all;
}

const std::vector<Said> &foreignTalks()
{
    static const std::vector<Said> all{
        {u"phone"_s, u"Introductory call"_s,
         u"They run three lines and want to replace the oldest one next year. Delivery time matters most."_s},
        {u"email"_s, u"Sent product overview"_s,
         u"Sent the brochure and two reference cases; they will share them with the plant."_s},
        {u"meeting"_s, u"Video conference"_s,
         u"Went through the technical questions. They need CE papers and a German manual."_s},
        {u"visit"_s, u"Visit to the plant"_s,
         u"Measured the site. Compressed air is sufficient, the floor has to be levelled."_s},
        {u"phone"_s, u"Talked about the price"_s,
         u"They have a cheaper offer but like our service. Asked for five per cent."_s},
        {u"email"_s, u"Contract draft"_s,
         u"Legal comments came back: payment terms and liability cap to be settled."_s}};
    return all;
}

} // namespace tz::customers::demo
