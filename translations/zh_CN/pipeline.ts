<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>customers.account</name>
    <message>
        <source>Open opportunities</source>
        <comment>field</comment>
        <extracomment>field of customers.account</extracomment>
        <translation>进行中的商机</translation>
    </message>
    <message>
        <source>Won in total</source>
        <comment>field</comment>
        <extracomment>field of customers.account</extracomment>
        <translation>累计成交</translation>
    </message>
    <message>
        <source>Last order</source>
        <comment>field</comment>
        <extracomment>field of customers.account</extracomment>
        <translation>最近成交</translation>
    </message>
</context>
<context>
    <name>customers.follow_up</name>
    <message>
        <source>Lead</source>
        <comment>field</comment>
        <extracomment>field of customers.follow_up</extracomment>
        <translation>线索</translation>
    </message>
    <message>
        <source>Opportunity</source>
        <comment>field</comment>
        <extracomment>field of customers.follow_up</extracomment>
        <translation>商机</translation>
    </message>
</context>
<context>
    <name>foundation.call</name>
    <message>
        <source>Lead</source>
        <comment>field</comment>
        <extracomment>field of foundation.call</extracomment>
        <translation>线索</translation>
    </message>
    <message>
        <source>Opportunity</source>
        <comment>field</comment>
        <extracomment>field of foundation.call</extracomment>
        <translation>商机</translation>
    </message>
</context>
<context>
    <name>foundation.meeting</name>
    <message>
        <source>Lead</source>
        <comment>field</comment>
        <extracomment>field of foundation.meeting</extracomment>
        <translation>线索</translation>
    </message>
    <message>
        <source>Opportunity</source>
        <comment>field</comment>
        <extracomment>field of foundation.meeting</extracomment>
        <translation>商机</translation>
    </message>
</context>
<context>
    <name>foundation.note</name>
    <message>
        <source>Lead</source>
        <comment>field</comment>
        <extracomment>field of foundation.note</extracomment>
        <translation>线索</translation>
    </message>
    <message>
        <source>Opportunity</source>
        <comment>field</comment>
        <extracomment>field of foundation.note</extracomment>
        <translation>商机</translation>
    </message>
</context>
<context>
    <name>foundation.task</name>
    <message>
        <source>Lead</source>
        <comment>field</comment>
        <extracomment>field of foundation.task</extracomment>
        <translation>线索</translation>
    </message>
    <message>
        <source>Opportunity</source>
        <comment>field</comment>
        <extracomment>field of foundation.task</extracomment>
        <translation>商机</translation>
    </message>
</context>
<context>
    <name>pipeline</name>
    <message>
        <source>The opportunity needs a name. Give one, or choose a customer or a product.</source>
        <translation>商机需要名称。请填写名称，或选择客户或产品。</translation>
    </message>
    <message>
        <source>The deal cannot be closed on {closed}, before talks began on {engaged}.</source>
        <translation>关闭日期 {closed} 不能早于开始洽谈的日期 {engaged}。</translation>
    </message>
    <message>
        <source>Only sales managers open a decided deal again. Ask yours.</source>
        <translation>只有销售经理可以重新打开已有结果的商机。请联系您的销售经理。</translation>
    </message>
    <message>
        <source>You have claimed {limit} today; that is the limit. Try again tomorrow.</source>
        <translation>您今天已领取 {limit} 个，达到上限。请明天再试。</translation>
    </message>
    <message>
        <source>It was yours before: you may claim it again from {until} on.</source>
        <translation>您曾是其负责人：{until} 起才能再次领取。</translation>
    </message>
    <message>
        <source>It has only just come to the pool and can be claimed from {until} on.</source>
        <translation>它刚进入公海，{until} 起才能领取。</translation>
    </message>
    <message>
        <source>A quote that was sent is not changed any more. Make a new version.</source>
        <translation>已发出的报价不能再修改。请新建版本。</translation>
    </message>
    <message>
        <source>Pipeline</source>
        <comment>department</comment>
        <extracomment>department of pipeline</extracomment>
        <translation>销售</translation>
    </message>
    <message>
        <source>From the first lead to the signed order: leads and their pool, opportunities, quotes, targets and forecast.</source>
        <comment>help</comment>
        <extracomment>help of pipeline</extracomment>
        <translation>从第一条线索到签单：线索与公海、商机、报价、目标和预测。</translation>
    </message>
</context>
<context>
    <name>pipeline.ageing</name>
    <message>
        <source>Stage</source>
        <translation>阶段</translation>
    </message>
    <message>
        <source>To 30 days</source>
        <translation>30 天以内</translation>
    </message>
    <message>
        <source>31 to 60 days</source>
        <translation>31–60 天</translation>
    </message>
    <message>
        <source>61 to 90 days</source>
        <translation>61–90 天</translation>
    </message>
    <message>
        <source>Over 90 days</source>
        <translation>90 天以上</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>金额</translation>
    </message>
    <message>
        <source>Stale</source>
        <translation>已停滞</translation>
    </message>
    <message>
        <source>Opportunity</source>
        <translation>商机</translation>
    </message>
    <message>
        <source>Days in the stage</source>
        <translation>阶段停留天数</translation>
    </message>
    <message>
        <source>Stale after</source>
        <translation>停滞期限</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>负责人</translation>
    </message>
    <message>
        <source>Ageing of open deals</source>
        <comment>report</comment>
        <extracomment>report of Ageing of open deals</extracomment>
        <translation>商机账龄</translation>
    </message>
    <message>
        <source>How long deals have been in their stage, and which are stale.</source>
        <comment>help</comment>
        <extracomment>help of Ageing of open deals</extracomment>
        <translation>商机在当前阶段停留的时间，以及哪些已停滞。</translation>
    </message>
    <message>
        <source>Owner</source>
        <comment>parameter</comment>
        <extracomment>parameter of Ageing of open deals</extracomment>
        <translation>负责人</translation>
    </message>
    <message>
        <source>Team</source>
        <comment>parameter</comment>
        <extracomment>parameter of Ageing of open deals</extracomment>
        <translation>团队</translation>
    </message>
</context>
<context>
    <name>pipeline.competitor</name>
    <message>
        <source>Competitor</source>
        <comment>label</comment>
        <extracomment>label of Competitor</extracomment>
        <translation>竞争对手</translation>
    </message>
    <message>
        <source>Competitors</source>
        <comment>plural</comment>
        <extracomment>plural of Competitor</extracomment>
        <translation>竞争对手</translation>
    </message>
    <message>
        <source>Name</source>
        <comment>field</comment>
        <extracomment>field of Competitor</extracomment>
        <translation>名称</translation>
    </message>
    <message>
        <source>Website</source>
        <comment>field</comment>
        <extracomment>field of Competitor</extracomment>
        <translation>网站</translation>
    </message>
    <message>
        <source>Threat</source>
        <comment>field</comment>
        <extracomment>field of Competitor</extracomment>
        <translation>威胁程度</translation>
    </message>
    <message>
        <source>Low</source>
        <comment>choice</comment>
        <extracomment>choice of Competitor/Threat</extracomment>
        <translation>低</translation>
    </message>
    <message>
        <source>Middle</source>
        <comment>choice</comment>
        <extracomment>choice of Competitor/Threat</extracomment>
        <translation>中</translation>
    </message>
    <message>
        <source>High</source>
        <comment>choice</comment>
        <extracomment>choice of Competitor/Threat</extracomment>
        <translation>高</translation>
    </message>
    <message>
        <source>Strengths</source>
        <comment>field</comment>
        <extracomment>field of Competitor</extracomment>
        <translation>优势</translation>
    </message>
    <message>
        <source>Weaknesses</source>
        <comment>field</comment>
        <extracomment>field of Competitor</extracomment>
        <translation>劣势</translation>
    </message>
    <message>
        <source>Deals lost to them</source>
        <comment>field</comment>
        <extracomment>field of Competitor</extracomment>
        <translation>输给对方的商机</translation>
    </message>
</context>
<context>
    <name>pipeline.figures</name>
    <message>
        <source>Won</source>
        <translation>赢单</translation>
    </message>
    <message>
        <source>Expected</source>
        <translation>预计</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Attained</source>
        <translation>完成率</translation>
    </message>
    <message>
        <source>Win rate, twelve months</source>
        <translation>近十二个月赢单率</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>This month</source>
        <translation>本月业绩</translation>
    </message>
</context>
<context>
    <name>pipeline.forecast</name>
    <message>
        <source>Month</source>
        <translation>月份</translation>
    </message>
    <message>
        <source>Won</source>
        <translation>赢单</translation>
    </message>
    <message>
        <source>Weighted open</source>
        <translation>加权进行中</translation>
    </message>
    <message>
        <source>Expected</source>
        <translation>预计</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Attained</source>
        <translation>完成率</translation>
    </message>
    <message>
        <source>Committed</source>
        <translation>已承诺</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>Coverage</source>
        <translation>覆盖率</translation>
    </message>
    <message>
        <source>Forecast</source>
        <comment>report</comment>
        <extracomment>report of Forecast</extracomment>
        <translation>销售预测</translation>
    </message>
    <message>
        <source>Won, weighted open value and target by month of expected close.</source>
        <comment>help</comment>
        <extracomment>help of Forecast</extracomment>
        <translation>按预计成交月份统计的赢单额、加权金额与目标。</translation>
    </message>
    <message>
        <source>From</source>
        <comment>parameter</comment>
        <extracomment>parameter of Forecast</extracomment>
        <translation>从</translation>
    </message>
    <message>
        <source>Months</source>
        <comment>parameter</comment>
        <extracomment>parameter of Forecast</extracomment>
        <translation>月数</translation>
    </message>
    <message>
        <source>Owner</source>
        <comment>parameter</comment>
        <extracomment>parameter of Forecast</extracomment>
        <translation>负责人</translation>
    </message>
    <message>
        <source>Team</source>
        <comment>parameter</comment>
        <extracomment>parameter of Forecast</extracomment>
        <translation>团队</translation>
    </message>
</context>
<context>
    <name>pipeline.forecast_card</name>
    <message>
        <source>Forecast and target</source>
        <translation>预测与目标</translation>
    </message>
</context>
<context>
    <name>pipeline.funnel</name>
    <message>
        <source>Stage</source>
        <translation>阶段</translation>
    </message>
    <message>
        <source>Reached</source>
        <translation>到达数</translation>
    </message>
    <message>
        <source>Go on to the next</source>
        <translation>进入下一阶段</translation>
    </message>
    <message>
        <source>Of all</source>
        <translation>占总数</translation>
    </message>
    <message>
        <source>Median days</source>
        <translation>天数中位数</translation>
    </message>
    <message>
        <source>80 % within days</source>
        <translation>80% 所用天数</translation>
    </message>
    <message>
        <source>Twelve months before</source>
        <translation>去年同期</translation>
    </message>
    <message>
        <source>Chance that it is luck</source>
        <translation>偶然概率</translation>
    </message>
    <message>
        <source>Funnel</source>
        <comment>report</comment>
        <extracomment>report of Funnel</extracomment>
        <translation>销售漏斗</translation>
    </message>
    <message>
        <source>How far the deals opened in these days came, and how long they took.</source>
        <comment>help</comment>
        <extracomment>help of Funnel</extracomment>
        <translation>这段时间新建的商机走到了哪一步、用了多久。</translation>
    </message>
    <message>
        <source>From</source>
        <comment>parameter</comment>
        <extracomment>parameter of Funnel</extracomment>
        <translation>从</translation>
    </message>
    <message>
        <source>To</source>
        <comment>parameter</comment>
        <extracomment>parameter of Funnel</extracomment>
        <translation>到</translation>
    </message>
    <message>
        <source>Owner</source>
        <comment>parameter</comment>
        <extracomment>parameter of Funnel</extracomment>
        <translation>负责人</translation>
    </message>
    <message>
        <source>Team</source>
        <comment>parameter</comment>
        <extracomment>parameter of Funnel</extracomment>
        <translation>团队</translation>
    </message>
</context>
<context>
    <name>pipeline.funnel_card</name>
    <message>
        <source>Funnel of the last twelve months</source>
        <translation>近十二个月销售漏斗</translation>
    </message>
</context>
<context>
    <name>pipeline.lead</name>
    <message>
        <source>Lead</source>
        <comment>label</comment>
        <extracomment>label of Lead</extracomment>
        <translation>线索</translation>
    </message>
    <message>
        <source>Leads</source>
        <comment>plural</comment>
        <extracomment>plural of Lead</extracomment>
        <translation>线索</translation>
    </message>
    <message>
        <source>Somebody who may become a customer. A lead without an owner waits in the pool until somebody claims it.</source>
        <comment>help</comment>
        <extracomment>help of Lead</extracomment>
        <translation>可能成为客户的人或公司。没有负责人的线索在公海中等待领取。</translation>
    </message>
    <message>
        <source>Number</source>
        <comment>field</comment>
        <extracomment>field of Lead</extracomment>
        <translation>编号</translation>
    </message>
    <message>
        <source>Person</source>
        <comment>field</comment>
        <extracomment>field of Lead</extracomment>
        <translation>人员</translation>
    </message>
    <message>
        <source>Company</source>
        <comment>field</comment>
        <extracomment>field of Lead</extracomment>
        <translation>公司</translation>
    </message>
    <message>
        <source>Job title</source>
        <comment>field</comment>
        <extracomment>field of Lead</extracomment>
        <translation>职务</translation>
    </message>
    <message>
        <source>Mobile</source>
        <comment>field</comment>
        <extracomment>field of Lead</extracomment>
        <translation>手机</translation>
    </message>
    <message>
        <source>E-mail</source>
        <comment>field</comment>
        <extracomment>field of Lead</extracomment>
        <translation>邮箱</translation>
    </message>
    <message>
        <source>City</source>
        <comment>field</comment>
        <extracomment>field of Lead</extracomment>
        <translation>城市</translation>
    </message>
    <message>
        <source>Status</source>
        <comment>field</comment>
        <extracomment>field of Lead</extracomment>
        <translation>状态</translation>
    </message>
    <message>
        <source>Rating</source>
        <comment>field</comment>
        <extracomment>field of Lead</extracomment>
        <translation>热度</translation>
    </message>
    <message>
        <source>Hot</source>
        <comment>choice</comment>
        <extracomment>choice of Lead/Rating</extracomment>
        <translation>高</translation>
    </message>
    <message>
        <source>Warm</source>
        <comment>choice</comment>
        <extracomment>choice of Lead/Rating</extracomment>
        <translation>中</translation>
    </message>
    <message>
        <source>Cold</source>
        <comment>choice</comment>
        <extracomment>choice of Lead/Rating</extracomment>
        <translation>低</translation>
    </message>
    <message>
        <source>Level</source>
        <comment>field</comment>
        <extracomment>field of Lead</extracomment>
        <translation>级别</translation>
    </message>
    <message>
        <source>A</source>
        <comment>choice</comment>
        <extracomment>choice of Lead/Level</extracomment>
        <translation>A</translation>
    </message>
    <message>
        <source>B</source>
        <comment>choice</comment>
        <extracomment>choice of Lead/Level</extracomment>
        <translation>B</translation>
    </message>
    <message>
        <source>C</source>
        <comment>choice</comment>
        <extracomment>choice of Lead/Level</extracomment>
        <translation>C</translation>
    </message>
    <message>
        <source>D</source>
        <comment>choice</comment>
        <extracomment>choice of Lead/Level</extracomment>
        <translation>D</translation>
    </message>
    <message>
        <source>Source</source>
        <comment>field</comment>
        <extracomment>field of Lead</extracomment>
        <translation>来源</translation>
    </message>
    <message>
        <source>Website</source>
        <comment>choice</comment>
        <extracomment>choice of Lead/Source</extracomment>
        <translation>网站</translation>
    </message>
    <message>
        <source>Trade fair</source>
        <comment>choice</comment>
        <extracomment>choice of Lead/Source</extracomment>
        <translation>展会</translation>
    </message>
    <message>
        <source>Referral</source>
        <comment>choice</comment>
        <extracomment>choice of Lead/Source</extracomment>
        <translation>转介绍</translation>
    </message>
    <message>
        <source>Cold call</source>
        <comment>choice</comment>
        <extracomment>choice of Lead/Source</extracomment>
        <translation>陌生拜访</translation>
    </message>
    <message>
        <source>Advertising</source>
        <comment>choice</comment>
        <extracomment>choice of Lead/Source</extracomment>
        <translation>广告</translation>
    </message>
    <message>
        <source>Partner</source>
        <comment>choice</comment>
        <extracomment>choice of Lead/Source</extracomment>
        <translation>合作伙伴</translation>
    </message>
    <message>
        <source>Import</source>
        <comment>choice</comment>
        <extracomment>choice of Lead/Source</extracomment>
        <translation>导入</translation>
    </message>
    <message>
        <source>Other</source>
        <comment>choice</comment>
        <extracomment>choice of Lead/Source</extracomment>
        <translation>其他</translation>
    </message>
    <message>
        <source>Interested in</source>
        <comment>field</comment>
        <extracomment>field of Lead</extracomment>
        <translation>意向产品</translation>
    </message>
    <message>
        <source>What they need</source>
        <comment>field</comment>
        <extracomment>field of Lead</extracomment>
        <translation>客户需求</translation>
    </message>
    <message>
        <source>Tags</source>
        <comment>field</comment>
        <extracomment>field of Lead</extracomment>
        <translation>标签</translation>
    </message>
    <message>
        <source>Owner</source>
        <comment>field</comment>
        <extracomment>field of Lead</extracomment>
        <translation>负责人</translation>
    </message>
    <message>
        <source>Team</source>
        <comment>field</comment>
        <extracomment>field of Lead</extracomment>
        <translation>团队</translation>
    </message>
    <message>
        <source>Pool</source>
        <comment>field</comment>
        <extracomment>field of Lead</extracomment>
        <translation>公海</translation>
    </message>
    <message>
        <source>Next contact</source>
        <comment>field</comment>
        <extracomment>field of Lead</extracomment>
        <translation>下次联系</translation>
    </message>
    <message>
        <source>Last follow-up</source>
        <comment>field</comment>
        <extracomment>field of Lead</extracomment>
        <translation>最近跟进</translation>
    </message>
    <message>
        <source>Received</source>
        <comment>field</comment>
        <extracomment>field of Lead</extracomment>
        <translation>接收时间</translation>
    </message>
    <message>
        <source>Received by</source>
        <comment>field</comment>
        <extracomment>field of Lead</extracomment>
        <translation>获得方式</translation>
    </message>
    <message>
        <source>Entered</source>
        <comment>choice</comment>
        <extracomment>choice of Lead/Received by</extracomment>
        <translation>录入</translation>
    </message>
    <message>
        <source>Assigned</source>
        <comment>choice</comment>
        <extracomment>choice of Lead/Received by</extracomment>
        <translation>分配</translation>
    </message>
    <message>
        <source>Claimed</source>
        <comment>choice</comment>
        <extracomment>choice of Lead/Received by</extracomment>
        <translation>领取</translation>
    </message>
    <message>
        <source>In the pool since</source>
        <comment>field</comment>
        <extracomment>field of Lead</extracomment>
        <translation>进入公海时间</translation>
    </message>
    <message>
        <source>Previous owner</source>
        <comment>field</comment>
        <extracomment>field of Lead</extracomment>
        <translation>前负责人</translation>
    </message>
    <message>
        <source>Why it came to nothing</source>
        <comment>field</comment>
        <extracomment>field of Lead</extracomment>
        <translation>无效原因</translation>
    </message>
    <message>
        <source>Customer</source>
        <comment>field</comment>
        <extracomment>field of Lead</extracomment>
        <translation>客户</translation>
    </message>
    <message>
        <source>The customer that the lead became; choose one that exists, or leave it empty to make a new one.</source>
        <comment>help</comment>
        <extracomment>help of Lead/Customer</extracomment>
        <translation>线索转化成的客户；可选择已有客户，留空则新建。</translation>
    </message>
    <message>
        <source>Contact</source>
        <comment>field</comment>
        <extracomment>field of Lead</extracomment>
        <translation>联系人</translation>
    </message>
    <message>
        <source>Opportunity</source>
        <comment>field</comment>
        <extracomment>field of Lead</extracomment>
        <translation>商机</translation>
    </message>
    <message>
        <source>Name of the opportunity</source>
        <comment>field</comment>
        <extracomment>field of Lead</extracomment>
        <translation>商机名称</translation>
    </message>
    <message>
        <source>Left empty, no opportunity is made.</source>
        <comment>help</comment>
        <extracomment>help of Lead/Name of the opportunity</extracomment>
        <translation>留空则不创建商机。</translation>
    </message>
    <message>
        <source>Expected amount</source>
        <comment>field</comment>
        <extracomment>field of Lead</extracomment>
        <translation>预计金额</translation>
    </message>
    <message>
        <source>Converted at</source>
        <comment>field</comment>
        <extracomment>field of Lead</extracomment>
        <translation>转化时间</translation>
    </message>
    <message>
        <source>Phone for comparison</source>
        <comment>field</comment>
        <extracomment>field of Lead</extracomment>
        <translation>查重电话</translation>
    </message>
    <message>
        <source>Company for comparison</source>
        <comment>field</comment>
        <extracomment>field of Lead</extracomment>
        <translation>查重公司名</translation>
    </message>
    <message>
        <source>New</source>
        <comment>state</comment>
        <extracomment>state of Lead</extracomment>
        <translation>新线索</translation>
    </message>
    <message>
        <source>In progress</source>
        <comment>state</comment>
        <extracomment>state of Lead</extracomment>
        <translation>跟进中</translation>
    </message>
    <message>
        <source>Qualified</source>
        <comment>state</comment>
        <extracomment>state of Lead</extracomment>
        <translation>已确认</translation>
    </message>
    <message>
        <source>Converted</source>
        <comment>state</comment>
        <extracomment>state of Lead</extracomment>
        <translation>已转化</translation>
    </message>
    <message>
        <source>Dead</source>
        <comment>state</comment>
        <extracomment>state of Lead</extracomment>
        <translation>已无效</translation>
    </message>
    <message>
        <source>Begin work</source>
        <comment>action</comment>
        <extracomment>action of Lead</extracomment>
        <translation>开始跟进</translation>
    </message>
    <message>
        <source>Qualify</source>
        <comment>action</comment>
        <extracomment>action of Lead</extracomment>
        <translation>确认有效</translation>
    </message>
    <message>
        <source>Convert</source>
        <comment>action</comment>
        <extracomment>action of Lead</extracomment>
        <translation>转化</translation>
    </message>
    <message>
        <source>Mark as dead</source>
        <comment>action</comment>
        <extracomment>action of Lead</extracomment>
        <translation>标记为无效</translation>
    </message>
    <message>
        <source>Take up again</source>
        <comment>action</comment>
        <extracomment>action of Lead</extracomment>
        <translation>重新跟进</translation>
    </message>
    <message>
        <source>Claim from the pool</source>
        <comment>action</comment>
        <extracomment>action of Lead</extracomment>
        <translation>从公海领取</translation>
    </message>
    <message>
        <source>Release to the pool</source>
        <comment>action</comment>
        <extracomment>action of Lead</extracomment>
        <translation>退回公海</translation>
    </message>
    <message>
        <source>Lead</source>
        <comment>section</comment>
        <extracomment>section of Lead</extracomment>
        <translation>线索</translation>
    </message>
    <message>
        <source>How to reach them</source>
        <comment>section</comment>
        <extracomment>section of Lead</extracomment>
        <translation>联系方式</translation>
    </message>
    <message>
        <source>What they need</source>
        <comment>section</comment>
        <extracomment>section of Lead</extracomment>
        <translation>客户需求</translation>
    </message>
    <message>
        <source>Care</source>
        <comment>section</comment>
        <extracomment>section of Lead</extracomment>
        <translation>跟进与归属</translation>
    </message>
    <message>
        <source>What it became</source>
        <comment>section</comment>
        <extracomment>section of Lead</extracomment>
        <translation>转化结果</translation>
    </message>
</context>
<context>
    <name>pipeline.lead_pool</name>
    <message>
        <source>Where leads wait that nobody owns, and the rules by which they come and go.</source>
        <comment>help</comment>
        <extracomment>help of Lead pool rule</extracomment>
        <translation>无人负责的线索在此等待，以及它们流入流出的规则。</translation>
    </message>
    <message>
        <source>Name</source>
        <comment>field</comment>
        <extracomment>field of Lead pool rule</extracomment>
        <translation>名称</translation>
    </message>
    <message>
        <source>Team</source>
        <comment>field</comment>
        <extracomment>field of Lead pool rule</extracomment>
        <translation>团队</translation>
    </message>
    <message>
        <source>Empty: the pool of the whole company.</source>
        <comment>help</comment>
        <extracomment>help of Lead pool rule/Team</extracomment>
        <translation>留空表示全公司公海。</translation>
    </message>
    <message>
        <source>Take back what nobody works on</source>
        <comment>field</comment>
        <extracomment>field of Lead pool rule</extracomment>
        <translation>自动收回无人跟进的线索</translation>
    </message>
    <message>
        <source>Days, level A</source>
        <comment>field</comment>
        <extracomment>field of Lead pool rule</extracomment>
        <translation>A 级天数</translation>
    </message>
    <message>
        <source>Days, level B</source>
        <comment>field</comment>
        <extracomment>field of Lead pool rule</extracomment>
        <translation>B 级天数</translation>
    </message>
    <message>
        <source>Days, level C</source>
        <comment>field</comment>
        <extracomment>field of Lead pool rule</extracomment>
        <translation>C 级天数</translation>
    </message>
    <message>
        <source>Days, level D</source>
        <comment>field</comment>
        <extracomment>field of Lead pool rule</extracomment>
        <translation>D 级天数</translation>
    </message>
    <message>
        <source>Days, no level</source>
        <comment>field</comment>
        <extracomment>field of Lead pool rule</extracomment>
        <translation>未分级天数</translation>
    </message>
    <message>
        <source>Remind so many days before</source>
        <comment>field</comment>
        <extracomment>field of Lead pool rule</extracomment>
        <translation>提前几天提醒</translation>
    </message>
    <message>
        <source>Claims per person and day</source>
        <comment>field</comment>
        <extracomment>field of Lead pool rule</extracomment>
        <translation>每人每天领取上限</translation>
    </message>
    <message>
        <source>0: as many as one likes.</source>
        <comment>help</comment>
        <extracomment>help of Lead pool rule/Claims per person and day</extracomment>
        <translation>0 表示不限。</translation>
    </message>
    <message>
        <source>Days before the previous owner may claim again</source>
        <comment>field</comment>
        <extracomment>field of Lead pool rule</extracomment>
        <translation>前负责人再次领取的间隔天数</translation>
    </message>
    <message>
        <source>Days that a fresh lead is locked</source>
        <comment>field</comment>
        <extracomment>field of Lead pool rule</extracomment>
        <translation>新线索保护天数</translation>
    </message>
    <message>
        <source>Waiting</source>
        <comment>field</comment>
        <extracomment>field of Lead pool rule</extracomment>
        <translation>等待中</translation>
    </message>
    <message>
        <source>Lead pool rule</source>
        <comment>label</comment>
        <extracomment>label of Lead pool rule</extracomment>
        <translation>线索公海规则</translation>
    </message>
    <message>
        <source>Lead pool rules</source>
        <comment>plural</comment>
        <extracomment>plural of Lead pool rule</extracomment>
        <translation>线索公海规则</translation>
    </message>
</context>
<context>
    <name>pipeline.leaderboard</name>
    <message>
        <source>Rank</source>
        <translation>排名</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>销售</translation>
    </message>
    <message>
        <source>Won total</source>
        <translation>赢单总额</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Attained</source>
        <translation>完成率</translation>
    </message>
    <message>
        <source>Won</source>
        <translation>赢单</translation>
    </message>
    <message>
        <source>Win rate</source>
        <translation>赢单率</translation>
    </message>
    <message>
        <source>Leaderboard</source>
        <comment>report</comment>
        <extracomment>report of Leaderboard</extracomment>
        <translation>销售排行榜</translation>
    </message>
    <message>
        <source>Agents by what they have won, with their targets.</source>
        <comment>help</comment>
        <extracomment>help of Leaderboard</extracomment>
        <translation>按赢单额排列的销售人员及其目标。</translation>
    </message>
    <message>
        <source>From</source>
        <comment>parameter</comment>
        <extracomment>parameter of Leaderboard</extracomment>
        <translation>从</translation>
    </message>
    <message>
        <source>To</source>
        <comment>parameter</comment>
        <extracomment>parameter of Leaderboard</extracomment>
        <translation>到</translation>
    </message>
    <message>
        <source>Team</source>
        <comment>parameter</comment>
        <extracomment>parameter of Leaderboard</extracomment>
        <translation>团队</translation>
    </message>
</context>
<context>
    <name>pipeline.leaderboard_card</name>
    <message>
        <source>Leaderboard of the month</source>
        <translation>本月销售排行</translation>
    </message>
</context>
<context>
    <name>pipeline.loss_reason</name>
    <message>
        <source>Reason for losses</source>
        <comment>label</comment>
        <extracomment>label of Reason for losses</extracomment>
        <translation>输单原因</translation>
    </message>
    <message>
        <source>Reasons for losses</source>
        <comment>plural</comment>
        <extracomment>plural of Reason for losses</extracomment>
        <translation>输单原因</translation>
    </message>
    <message>
        <source>Name</source>
        <comment>field</comment>
        <extracomment>field of Reason for losses</extracomment>
        <translation>名称</translation>
    </message>
    <message>
        <source>Belongs to</source>
        <comment>field</comment>
        <extracomment>field of Reason for losses</extracomment>
        <translation>所属分类</translation>
    </message>
    <message>
        <source>Active</source>
        <comment>field</comment>
        <extracomment>field of Reason for losses</extracomment>
        <translation>启用</translation>
    </message>
    <message>
        <source>Losses</source>
        <comment>field</comment>
        <extracomment>field of Reason for losses</extracomment>
        <translation>输单数</translation>
    </message>
</context>
<context>
    <name>pipeline.loss_reasons</name>
    <message>
        <source>Lost</source>
        <translation>输单</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>占比</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>金额</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Lost to</source>
        <translation>输给</translation>
    </message>
    <message>
        <source>Reasons for losses</source>
        <comment>report</comment>
        <extracomment>report of Reasons for losses</extracomment>
        <translation>输单原因</translation>
    </message>
    <message>
        <source>Why deals were lost, and to whom.</source>
        <comment>help</comment>
        <extracomment>help of Reasons for losses</extracomment>
        <translation>商机为何输单、输给了谁。</translation>
    </message>
    <message>
        <source>From</source>
        <comment>parameter</comment>
        <extracomment>parameter of Reasons for losses</extracomment>
        <translation>从</translation>
    </message>
    <message>
        <source>To</source>
        <comment>parameter</comment>
        <extracomment>parameter of Reasons for losses</extracomment>
        <translation>到</translation>
    </message>
    <message>
        <source>Owner</source>
        <comment>parameter</comment>
        <extracomment>parameter of Reasons for losses</extracomment>
        <translation>负责人</translation>
    </message>
    <message>
        <source>Team</source>
        <comment>parameter</comment>
        <extracomment>parameter of Reasons for losses</extracomment>
        <translation>团队</translation>
    </message>
</context>
<context>
    <name>pipeline.opportunity</name>
    <message>
        <source>Opportunity</source>
        <comment>label</comment>
        <extracomment>label of Opportunity</extracomment>
        <translation>商机</translation>
    </message>
    <message>
        <source>Opportunities</source>
        <comment>plural</comment>
        <extracomment>plural of Opportunity</extracomment>
        <translation>商机</translation>
    </message>
    <message>
        <source>A deal that may be won, from the first idea to won or lost.</source>
        <comment>help</comment>
        <extracomment>help of Opportunity</extracomment>
        <translation>可能成交的生意，从最初接触到赢单或输单。</translation>
    </message>
    <message>
        <source>Number</source>
        <comment>field</comment>
        <extracomment>field of Opportunity</extracomment>
        <translation>编号</translation>
    </message>
    <message>
        <source>Name</source>
        <comment>field</comment>
        <extracomment>field of Opportunity</extracomment>
        <translation>名称</translation>
    </message>
    <message>
        <source>Made from customer and product where it is left empty.</source>
        <comment>help</comment>
        <extracomment>help of Opportunity/Name</extracomment>
        <translation>留空时由客户和产品自动生成。</translation>
    </message>
    <message>
        <source>Customer</source>
        <comment>field</comment>
        <extracomment>field of Opportunity</extracomment>
        <translation>客户</translation>
    </message>
    <message>
        <source>May wait until there is something to offer.</source>
        <comment>help</comment>
        <extracomment>help of Opportunity/Customer</extracomment>
        <translation>可以等到有方案时再填。</translation>
    </message>
    <message>
        <source>People involved</source>
        <comment>field</comment>
        <extracomment>field of Opportunity</extracomment>
        <translation>相关联系人</translation>
    </message>
    <message>
        <source>Main product</source>
        <comment>field</comment>
        <extracomment>field of Opportunity</extracomment>
        <translation>主要产品</translation>
    </message>
    <message>
        <source>Pipeline</source>
        <comment>field</comment>
        <extracomment>field of Opportunity</extracomment>
        <translation>销售管道</translation>
    </message>
    <message>
        <source>Stage</source>
        <comment>field</comment>
        <extracomment>field of Opportunity</extracomment>
        <translation>阶段</translation>
    </message>
    <message>
        <source>Amount</source>
        <comment>field</comment>
        <extracomment>field of Opportunity</extracomment>
        <translation>金额</translation>
    </message>
    <message>
        <source>Currency</source>
        <comment>field</comment>
        <extracomment>field of Opportunity</extracomment>
        <translation>货币</translation>
    </message>
    <message>
        <source>Probability</source>
        <comment>field</comment>
        <extracomment>field of Opportunity</extracomment>
        <translation>赢率</translation>
    </message>
    <message>
        <source>Own estimate</source>
        <comment>field</comment>
        <extracomment>field of Opportunity</extracomment>
        <translation>自行估计</translation>
    </message>
    <message>
        <source>The probability stays as it is when the stage changes.</source>
        <comment>help</comment>
        <extracomment>help of Opportunity/Own estimate</extracomment>
        <translation>阶段变化时赢率保持不变。</translation>
    </message>
    <message>
        <source>Weighted amount</source>
        <comment>field</comment>
        <extracomment>field of Opportunity</extracomment>
        <translation>加权金额</translation>
    </message>
    <message>
        <source>In talks since</source>
        <comment>field</comment>
        <extracomment>field of Opportunity</extracomment>
        <translation>洽谈开始日期</translation>
    </message>
    <message>
        <source>Expected close</source>
        <comment>field</comment>
        <extracomment>field of Opportunity</extracomment>
        <translation>预计成交日期</translation>
    </message>
    <message>
        <source>First promised close</source>
        <comment>field</comment>
        <extracomment>field of Opportunity</extracomment>
        <translation>最初承诺成交日期</translation>
    </message>
    <message>
        <source>Closed on</source>
        <comment>field</comment>
        <extracomment>field of Opportunity</extracomment>
        <translation>关闭日期</translation>
    </message>
    <message>
        <source>Opened on</source>
        <comment>field</comment>
        <extracomment>field of Opportunity</extracomment>
        <translation>创建日期</translation>
    </message>
    <message>
        <source>Days from talks to close</source>
        <comment>field</comment>
        <extracomment>field of Opportunity</extracomment>
        <translation>成交周期（天）</translation>
    </message>
    <message>
        <source>Forecast category</source>
        <comment>field</comment>
        <extracomment>field of Opportunity</extracomment>
        <translation>预测类别</translation>
    </message>
    <message>
        <source>Pipeline</source>
        <comment>choice</comment>
        <extracomment>choice of Opportunity/Forecast category</extracomment>
        <translation>进行中</translation>
    </message>
    <message>
        <source>Best case</source>
        <comment>choice</comment>
        <extracomment>choice of Opportunity/Forecast category</extracomment>
        <translation>乐观</translation>
    </message>
    <message>
        <source>Commit</source>
        <comment>choice</comment>
        <extracomment>choice of Opportunity/Forecast category</extracomment>
        <translation>承诺</translation>
    </message>
    <message>
        <source>Left out</source>
        <comment>choice</comment>
        <extracomment>choice of Opportunity/Forecast category</extracomment>
        <translation>不计入</translation>
    </message>
    <message>
        <source>Reason for the loss</source>
        <comment>field</comment>
        <extracomment>field of Opportunity</extracomment>
        <translation>输单原因</translation>
    </message>
    <message>
        <source>About the loss</source>
        <comment>field</comment>
        <extracomment>field of Opportunity</extracomment>
        <translation>输单说明</translation>
    </message>
    <message>
        <source>Lost to</source>
        <comment>field</comment>
        <extracomment>field of Opportunity</extracomment>
        <translation>输给</translation>
    </message>
    <message>
        <source>Competitors</source>
        <comment>field</comment>
        <extracomment>field of Opportunity</extracomment>
        <translation>竞争对手</translation>
    </message>
    <message>
        <source>Source</source>
        <comment>field</comment>
        <extracomment>field of Opportunity</extracomment>
        <translation>来源</translation>
    </message>
    <message>
        <source>Website</source>
        <comment>choice</comment>
        <extracomment>choice of Opportunity/Source</extracomment>
        <translation>网站</translation>
    </message>
    <message>
        <source>Trade fair</source>
        <comment>choice</comment>
        <extracomment>choice of Opportunity/Source</extracomment>
        <translation>展会</translation>
    </message>
    <message>
        <source>Referral</source>
        <comment>choice</comment>
        <extracomment>choice of Opportunity/Source</extracomment>
        <translation>转介绍</translation>
    </message>
    <message>
        <source>Cold call</source>
        <comment>choice</comment>
        <extracomment>choice of Opportunity/Source</extracomment>
        <translation>陌生拜访</translation>
    </message>
    <message>
        <source>Advertising</source>
        <comment>choice</comment>
        <extracomment>choice of Opportunity/Source</extracomment>
        <translation>广告</translation>
    </message>
    <message>
        <source>Partner</source>
        <comment>choice</comment>
        <extracomment>choice of Opportunity/Source</extracomment>
        <translation>合作伙伴</translation>
    </message>
    <message>
        <source>Existing customer</source>
        <comment>choice</comment>
        <extracomment>choice of Opportunity/Source</extracomment>
        <translation>老客户</translation>
    </message>
    <message>
        <source>Other</source>
        <comment>choice</comment>
        <extracomment>choice of Opportunity/Source</extracomment>
        <translation>其他</translation>
    </message>
    <message>
        <source>What they need</source>
        <comment>field</comment>
        <extracomment>field of Opportunity</extracomment>
        <translation>客户需求</translation>
    </message>
    <message>
        <source>Next step</source>
        <comment>field</comment>
        <extracomment>field of Opportunity</extracomment>
        <translation>下一步</translation>
    </message>
    <message>
        <source>Next contact</source>
        <comment>field</comment>
        <extracomment>field of Opportunity</extracomment>
        <translation>下次联系</translation>
    </message>
    <message>
        <source>Owner</source>
        <comment>field</comment>
        <extracomment>field of Opportunity</extracomment>
        <translation>负责人</translation>
    </message>
    <message>
        <source>Team</source>
        <comment>field</comment>
        <extracomment>field of Opportunity</extracomment>
        <translation>团队</translation>
    </message>
    <message>
        <source>Cost</source>
        <comment>field</comment>
        <extracomment>field of Opportunity</extracomment>
        <translation>成本</translation>
    </message>
    <message>
        <source>Only for sales managers: sales people never receive it.</source>
        <comment>help</comment>
        <extracomment>help of Opportunity/Cost</extracomment>
        <translation>仅销售经理可见：销售人员不会收到此数据。</translation>
    </message>
    <message>
        <source>Margin</source>
        <comment>field</comment>
        <extracomment>field of Opportunity</extracomment>
        <translation>毛利</translation>
    </message>
    <message>
        <source>In this stage since</source>
        <comment>field</comment>
        <extracomment>field of Opportunity</extracomment>
        <translation>进入本阶段时间</translation>
    </message>
    <message>
        <source>Amount follows the products</source>
        <comment>field</comment>
        <extracomment>field of Opportunity</extracomment>
        <translation>金额随产品明细</translation>
    </message>
    <message>
        <source>Total of products</source>
        <comment>field</comment>
        <extracomment>field of Opportunity</extracomment>
        <translation>产品合计</translation>
    </message>
    <message>
        <source>Last follow-up</source>
        <comment>field</comment>
        <extracomment>field of Opportunity</extracomment>
        <translation>最近跟进</translation>
    </message>
    <message>
        <source>Tags</source>
        <comment>field</comment>
        <extracomment>field of Opportunity</extracomment>
        <translation>标签</translation>
    </message>
    <message>
        <source>Products</source>
        <comment>field</comment>
        <extracomment>field of Opportunity</extracomment>
        <translation>产品</translation>
    </message>
    <message>
        <source>Prospecting</source>
        <comment>state</comment>
        <extracomment>state of Opportunity</extracomment>
        <translation>初步接触</translation>
    </message>
    <message>
        <source>Engaging</source>
        <comment>state</comment>
        <extracomment>state of Opportunity</extracomment>
        <translation>洽谈中</translation>
    </message>
    <message>
        <source>Proposal</source>
        <comment>state</comment>
        <extracomment>state of Opportunity</extracomment>
        <translation>方案报价</translation>
    </message>
    <message>
        <source>Negotiation</source>
        <comment>state</comment>
        <extracomment>state of Opportunity</extracomment>
        <translation>商务谈判</translation>
    </message>
    <message>
        <source>Won</source>
        <comment>state</comment>
        <extracomment>state of Opportunity</extracomment>
        <translation>赢单</translation>
    </message>
    <message>
        <source>Lost</source>
        <comment>state</comment>
        <extracomment>state of Opportunity</extracomment>
        <translation>输单</translation>
    </message>
    <message>
        <source>Begin talks</source>
        <comment>action</comment>
        <extracomment>action of Opportunity</extracomment>
        <translation>开始洽谈</translation>
    </message>
    <message>
        <source>Make a proposal</source>
        <comment>action</comment>
        <extracomment>action of Opportunity</extracomment>
        <translation>提交方案</translation>
    </message>
    <message>
        <source>Negotiate</source>
        <comment>action</comment>
        <extracomment>action of Opportunity</extracomment>
        <translation>进入谈判</translation>
    </message>
    <message>
        <source>Back to talks</source>
        <comment>action</comment>
        <extracomment>action of Opportunity</extracomment>
        <translation>退回洽谈</translation>
    </message>
    <message>
        <source>Mark as won</source>
        <comment>action</comment>
        <extracomment>action of Opportunity</extracomment>
        <translation>标记为赢单</translation>
    </message>
    <message>
        <source>Mark as lost</source>
        <comment>action</comment>
        <extracomment>action of Opportunity</extracomment>
        <translation>标记为输单</translation>
    </message>
    <message>
        <source>Open again</source>
        <comment>action</comment>
        <extracomment>action of Opportunity</extracomment>
        <translation>重新打开</translation>
    </message>
    <message>
        <source>Deal</source>
        <comment>section</comment>
        <extracomment>section of Opportunity</extracomment>
        <translation>商机信息</translation>
    </message>
    <message>
        <source>The way to it</source>
        <comment>section</comment>
        <extracomment>section of Opportunity</extracomment>
        <translation>推进情况</translation>
    </message>
    <message>
        <source>Products</source>
        <comment>section</comment>
        <extracomment>section of Opportunity</extracomment>
        <translation>产品</translation>
    </message>
    <message>
        <source>Loss</source>
        <comment>section</comment>
        <extracomment>section of Opportunity</extracomment>
        <translation>输单信息</translation>
    </message>
    <message>
        <source>Care</source>
        <comment>section</comment>
        <extracomment>section of Opportunity</extracomment>
        <translation>跟进与归属</translation>
    </message>
    <message>
        <source>Calculation</source>
        <comment>section</comment>
        <extracomment>section of Opportunity</extracomment>
        <translation>测算</translation>
    </message>
    <message>
        <source>Files</source>
        <comment>field</comment>
        <extracomment>field of Opportunity</extracomment>
        <translation>附件</translation>
    </message>
</context>
<context>
    <name>pipeline.opportunity_line</name>
    <message>
        <source>Product of an opportunity</source>
        <comment>label</comment>
        <extracomment>label of Product of an opportunity</extracomment>
        <translation>商机产品</translation>
    </message>
    <message>
        <source>Products of opportunities</source>
        <comment>plural</comment>
        <extracomment>plural of Product of an opportunity</extracomment>
        <translation>商机产品</translation>
    </message>
    <message>
        <source>Opportunity</source>
        <comment>field</comment>
        <extracomment>field of Product of an opportunity</extracomment>
        <translation>商机</translation>
    </message>
    <message>
        <source>Product</source>
        <comment>field</comment>
        <extracomment>field of Product of an opportunity</extracomment>
        <translation>产品</translation>
    </message>
    <message>
        <source>Quantity</source>
        <comment>field</comment>
        <extracomment>field of Product of an opportunity</extracomment>
        <translation>数量</translation>
    </message>
    <message>
        <source>Price</source>
        <comment>field</comment>
        <extracomment>field of Product of an opportunity</extracomment>
        <translation>单价</translation>
    </message>
    <message>
        <source>Discount</source>
        <comment>field</comment>
        <extracomment>field of Product of an opportunity</extracomment>
        <translation>折扣</translation>
    </message>
    <message>
        <source>Net</source>
        <comment>field</comment>
        <extracomment>field of Product of an opportunity</extracomment>
        <translation>净额</translation>
    </message>
    <message>
        <source>Note</source>
        <comment>field</comment>
        <extracomment>field of Product of an opportunity</extracomment>
        <translation>备注</translation>
    </message>
</context>
<context>
    <name>pipeline.pipeline</name>
    <message>
        <source>Pipeline</source>
        <comment>label</comment>
        <extracomment>label of Pipeline</extracomment>
        <translation>销售管道</translation>
    </message>
    <message>
        <source>Pipelines</source>
        <comment>plural</comment>
        <extracomment>plural of Pipeline</extracomment>
        <translation>销售管道</translation>
    </message>
    <message>
        <source>The stages are the same everywhere; a pipeline says how likely and how long each of them is in one line of business.</source>
        <comment>help</comment>
        <extracomment>help of Pipeline</extracomment>
        <translation>各处阶段相同；销售管道规定某类业务中每个阶段的赢率和时限。</translation>
    </message>
    <message>
        <source>Name</source>
        <comment>field</comment>
        <extracomment>field of Pipeline</extracomment>
        <translation>名称</translation>
    </message>
    <message>
        <source>Team</source>
        <comment>field</comment>
        <extracomment>field of Pipeline</extracomment>
        <translation>团队</translation>
    </message>
    <message>
        <source>Used where none is chosen</source>
        <comment>field</comment>
        <extracomment>field of Pipeline</extracomment>
        <translation>默认管道</translation>
    </message>
    <message>
        <source>Description</source>
        <comment>field</comment>
        <extracomment>field of Pipeline</extracomment>
        <translation>描述</translation>
    </message>
    <message>
        <source>Stages</source>
        <comment>field</comment>
        <extracomment>field of Pipeline</extracomment>
        <translation>阶段</translation>
    </message>
</context>
<context>
    <name>pipeline.pipeline_stage</name>
    <message>
        <source>Stage of a pipeline</source>
        <comment>label</comment>
        <extracomment>label of Stage of a pipeline</extracomment>
        <translation>管道阶段</translation>
    </message>
    <message>
        <source>Stages of pipelines</source>
        <comment>plural</comment>
        <extracomment>plural of Stage of a pipeline</extracomment>
        <translation>管道阶段</translation>
    </message>
    <message>
        <source>Pipeline</source>
        <comment>field</comment>
        <extracomment>field of Stage of a pipeline</extracomment>
        <translation>销售管道</translation>
    </message>
    <message>
        <source>Stage</source>
        <comment>field</comment>
        <extracomment>field of Stage of a pipeline</extracomment>
        <translation>阶段</translation>
    </message>
    <message>
        <source>Prospecting</source>
        <comment>choice</comment>
        <extracomment>choice of Stage of a pipeline/Stage</extracomment>
        <translation>初步接触</translation>
    </message>
    <message>
        <source>Engaging</source>
        <comment>choice</comment>
        <extracomment>choice of Stage of a pipeline/Stage</extracomment>
        <translation>洽谈中</translation>
    </message>
    <message>
        <source>Proposal</source>
        <comment>choice</comment>
        <extracomment>choice of Stage of a pipeline/Stage</extracomment>
        <translation>方案报价</translation>
    </message>
    <message>
        <source>Negotiation</source>
        <comment>choice</comment>
        <extracomment>choice of Stage of a pipeline/Stage</extracomment>
        <translation>商务谈判</translation>
    </message>
    <message>
        <source>Probability</source>
        <comment>field</comment>
        <extracomment>field of Stage of a pipeline</extracomment>
        <translation>赢率</translation>
    </message>
    <message>
        <source>Days until it goes stale</source>
        <comment>field</comment>
        <extracomment>field of Stage of a pipeline</extracomment>
        <translation>停滞天数</translation>
    </message>
    <message>
        <source>Before going on</source>
        <comment>field</comment>
        <extracomment>field of Stage of a pipeline</extracomment>
        <translation>推进条件</translation>
    </message>
</context>
<context>
    <name>pipeline.pool</name>
    <message>
        <source>Lead pool</source>
        <translation>线索公海</translation>
    </message>
</context>
<context>
    <name>pipeline.product</name>
    <message>
        <source>Product</source>
        <comment>label</comment>
        <extracomment>label of Product</extracomment>
        <translation>产品</translation>
    </message>
    <message>
        <source>Products</source>
        <comment>plural</comment>
        <extracomment>plural of Product</extracomment>
        <translation>产品</translation>
    </message>
    <message>
        <source>Name</source>
        <comment>field</comment>
        <extracomment>field of Product</extracomment>
        <translation>名称</translation>
    </message>
    <message>
        <source>Code</source>
        <comment>field</comment>
        <extracomment>field of Product</extracomment>
        <translation>代码</translation>
    </message>
    <message>
        <source>Also written as</source>
        <comment>field</comment>
        <extracomment>field of Product</extracomment>
        <translation>别名</translation>
    </message>
    <message>
        <source>Imports find the product by this spelling too.</source>
        <comment>help</comment>
        <extracomment>help of Product/Also written as</extracomment>
        <translation>导入时也按此写法匹配产品。</translation>
    </message>
    <message>
        <source>Series</source>
        <comment>field</comment>
        <extracomment>field of Product</extracomment>
        <translation>系列</translation>
    </message>
    <message>
        <source>List price</source>
        <comment>field</comment>
        <extracomment>field of Product</extracomment>
        <translation>标准价</translation>
    </message>
    <message>
        <source>Cost</source>
        <comment>field</comment>
        <extracomment>field of Product</extracomment>
        <translation>成本</translation>
    </message>
    <message>
        <source>Only for sales managers: sales people never receive it.</source>
        <comment>help</comment>
        <extracomment>help of Product/Cost</extracomment>
        <translation>仅销售经理可见：销售人员不会收到此数据。</translation>
    </message>
    <message>
        <source>Unit</source>
        <comment>field</comment>
        <extracomment>field of Product</extracomment>
        <translation>单位</translation>
    </message>
    <message>
        <source>Tax rate</source>
        <comment>field</comment>
        <extracomment>field of Product</extracomment>
        <translation>税率</translation>
    </message>
    <message>
        <source>Active</source>
        <comment>field</comment>
        <extracomment>field of Product</extracomment>
        <translation>启用</translation>
    </message>
    <message>
        <source>Description</source>
        <comment>field</comment>
        <extracomment>field of Product</extracomment>
        <translation>描述</translation>
    </message>
</context>
<context>
    <name>pipeline.quote</name>
    <message>
        <source>Quote</source>
        <comment>label</comment>
        <extracomment>label of Quote</extracomment>
        <translation>报价</translation>
    </message>
    <message>
        <source>Quotes</source>
        <comment>plural</comment>
        <extracomment>plural of Quote</extracomment>
        <translation>报价</translation>
    </message>
    <message>
        <source>An offer with a price. A sent quote is not changed any more: a new version takes its place.</source>
        <comment>help</comment>
        <extracomment>help of Quote</extracomment>
        <translation>带价格的方案。已发出的报价不再修改，由新版本取代。</translation>
    </message>
    <message>
        <source>Number</source>
        <comment>field</comment>
        <extracomment>field of Quote</extracomment>
        <translation>编号</translation>
    </message>
    <message>
        <source>Subject</source>
        <comment>field</comment>
        <extracomment>field of Quote</extracomment>
        <translation>主题</translation>
    </message>
    <message>
        <source>Version</source>
        <comment>field</comment>
        <extracomment>field of Quote</extracomment>
        <translation>版本</translation>
    </message>
    <message>
        <source>Takes the place of</source>
        <comment>field</comment>
        <extracomment>field of Quote</extracomment>
        <translation>取代的报价</translation>
    </message>
    <message>
        <source>Opportunity</source>
        <comment>field</comment>
        <extracomment>field of Quote</extracomment>
        <translation>商机</translation>
    </message>
    <message>
        <source>Customer</source>
        <comment>field</comment>
        <extracomment>field of Quote</extracomment>
        <translation>客户</translation>
    </message>
    <message>
        <source>Contact</source>
        <comment>field</comment>
        <extracomment>field of Quote</extracomment>
        <translation>联系人</translation>
    </message>
    <message>
        <source>Status</source>
        <comment>field</comment>
        <extracomment>field of Quote</extracomment>
        <translation>状态</translation>
    </message>
    <message>
        <source>Currency</source>
        <comment>field</comment>
        <extracomment>field of Quote</extracomment>
        <translation>货币</translation>
    </message>
    <message>
        <source>Valid until</source>
        <comment>field</comment>
        <extracomment>field of Quote</extracomment>
        <translation>有效期至</translation>
    </message>
    <message>
        <source>Introduction</source>
        <comment>field</comment>
        <extracomment>field of Quote</extracomment>
        <translation>前言</translation>
    </message>
    <message>
        <source>Solution</source>
        <comment>field</comment>
        <extracomment>field of Quote</extracomment>
        <translation>解决方案</translation>
    </message>
    <message>
        <source>Terms</source>
        <comment>field</comment>
        <extracomment>field of Quote</extracomment>
        <translation>条款</translation>
    </message>
    <message>
        <source>Discount on everything</source>
        <comment>field</comment>
        <extracomment>field of Quote</extracomment>
        <translation>整单折扣</translation>
    </message>
    <message>
        <source>Total of lines</source>
        <comment>field</comment>
        <extracomment>field of Quote</extracomment>
        <translation>明细合计</translation>
    </message>
    <message>
        <source>Tax of lines</source>
        <comment>field</comment>
        <extracomment>field of Quote</extracomment>
        <translation>明细税额</translation>
    </message>
    <message>
        <source>Cost</source>
        <comment>field</comment>
        <extracomment>field of Quote</extracomment>
        <translation>成本</translation>
    </message>
    <message>
        <source>Net</source>
        <comment>field</comment>
        <extracomment>field of Quote</extracomment>
        <translation>净额</translation>
    </message>
    <message>
        <source>Tax</source>
        <comment>field</comment>
        <extracomment>field of Quote</extracomment>
        <translation>税额</translation>
    </message>
    <message>
        <source>Total</source>
        <comment>field</comment>
        <extracomment>field of Quote</extracomment>
        <translation>总额</translation>
    </message>
    <message>
        <source>Margin</source>
        <comment>field</comment>
        <extracomment>field of Quote</extracomment>
        <translation>毛利</translation>
    </message>
    <message>
        <source>Sent</source>
        <comment>field</comment>
        <extracomment>field of Quote</extracomment>
        <translation>发出日期</translation>
    </message>
    <message>
        <source>Decided</source>
        <comment>field</comment>
        <extracomment>field of Quote</extracomment>
        <translation>决定日期</translation>
    </message>
    <message>
        <source>Owner</source>
        <comment>field</comment>
        <extracomment>field of Quote</extracomment>
        <translation>负责人</translation>
    </message>
    <message>
        <source>Team</source>
        <comment>field</comment>
        <extracomment>field of Quote</extracomment>
        <translation>团队</translation>
    </message>
    <message>
        <source>Lines</source>
        <comment>field</comment>
        <extracomment>field of Quote</extracomment>
        <translation>明细</translation>
    </message>
    <message>
        <source>Draft</source>
        <comment>state</comment>
        <extracomment>state of Quote</extracomment>
        <translation>草稿</translation>
    </message>
    <message>
        <source>Sent</source>
        <comment>state</comment>
        <extracomment>state of Quote</extracomment>
        <translation>已发出</translation>
    </message>
    <message>
        <source>Accepted</source>
        <comment>state</comment>
        <extracomment>state of Quote</extracomment>
        <translation>已接受</translation>
    </message>
    <message>
        <source>Rejected</source>
        <comment>state</comment>
        <extracomment>state of Quote</extracomment>
        <translation>已拒绝</translation>
    </message>
    <message>
        <source>Replaced</source>
        <comment>state</comment>
        <extracomment>state of Quote</extracomment>
        <translation>已被取代</translation>
    </message>
    <message>
        <source>Mark as sent</source>
        <comment>action</comment>
        <extracomment>action of Quote</extracomment>
        <translation>标记为已发出</translation>
    </message>
    <message>
        <source>Accepted</source>
        <comment>action</comment>
        <extracomment>action of Quote</extracomment>
        <translation>标记为已接受</translation>
    </message>
    <message>
        <source>Rejected</source>
        <comment>action</comment>
        <extracomment>action of Quote</extracomment>
        <translation>标记为已拒绝</translation>
    </message>
    <message>
        <source>New version</source>
        <comment>action</comment>
        <extracomment>action of Quote</extracomment>
        <translation>新建版本</translation>
    </message>
    <message>
        <source>Quote</source>
        <comment>section</comment>
        <extracomment>section of Quote</extracomment>
        <translation>报价</translation>
    </message>
    <message>
        <source>Lines</source>
        <comment>section</comment>
        <extracomment>section of Quote</extracomment>
        <translation>明细</translation>
    </message>
    <message>
        <source>Text</source>
        <comment>section</comment>
        <extracomment>section of Quote</extracomment>
        <translation>正文</translation>
    </message>
    <message>
        <source>Care</source>
        <comment>section</comment>
        <extracomment>section of Quote</extracomment>
        <translation>跟进与归属</translation>
    </message>
    <message>
        <source>Calculation</source>
        <comment>section</comment>
        <extracomment>section of Quote</extracomment>
        <translation>测算</translation>
    </message>
    <message>
        <source>Files</source>
        <comment>field</comment>
        <extracomment>field of Quote</extracomment>
        <translation>附件</translation>
    </message>
</context>
<context>
    <name>pipeline.quote_line</name>
    <message>
        <source>Line of a quote</source>
        <comment>label</comment>
        <extracomment>label of Line of a quote</extracomment>
        <translation>报价明细</translation>
    </message>
    <message>
        <source>Lines of quotes</source>
        <comment>plural</comment>
        <extracomment>plural of Line of a quote</extracomment>
        <translation>报价明细</translation>
    </message>
    <message>
        <source>Quote</source>
        <comment>field</comment>
        <extracomment>field of Line of a quote</extracomment>
        <translation>报价</translation>
    </message>
    <message>
        <source>No.</source>
        <comment>field</comment>
        <extracomment>field of Line of a quote</extracomment>
        <translation>序号</translation>
    </message>
    <message>
        <source>Product</source>
        <comment>field</comment>
        <extracomment>field of Line of a quote</extracomment>
        <translation>产品</translation>
    </message>
    <message>
        <source>Text</source>
        <comment>field</comment>
        <extracomment>field of Line of a quote</extracomment>
        <translation>内容</translation>
    </message>
    <message>
        <source>Quantity</source>
        <comment>field</comment>
        <extracomment>field of Line of a quote</extracomment>
        <translation>数量</translation>
    </message>
    <message>
        <source>Price</source>
        <comment>field</comment>
        <extracomment>field of Line of a quote</extracomment>
        <translation>单价</translation>
    </message>
    <message>
        <source>Discount</source>
        <comment>field</comment>
        <extracomment>field of Line of a quote</extracomment>
        <translation>折扣</translation>
    </message>
    <message>
        <source>Tax rate</source>
        <comment>field</comment>
        <extracomment>field of Line of a quote</extracomment>
        <translation>税率</translation>
    </message>
    <message>
        <source>Price includes tax</source>
        <comment>field</comment>
        <extracomment>field of Line of a quote</extracomment>
        <translation>含税价</translation>
    </message>
    <message>
        <source>Optional</source>
        <comment>field</comment>
        <extracomment>field of Line of a quote</extracomment>
        <translation>可选</translation>
    </message>
    <message>
        <source>Net</source>
        <comment>field</comment>
        <extracomment>field of Line of a quote</extracomment>
        <translation>净额</translation>
    </message>
    <message>
        <source>Tax</source>
        <comment>field</comment>
        <extracomment>field of Line of a quote</extracomment>
        <translation>税额</translation>
    </message>
    <message>
        <source>Total</source>
        <comment>field</comment>
        <extracomment>field of Line of a quote</extracomment>
        <translation>总额</translation>
    </message>
    <message>
        <source>Cost</source>
        <comment>field</comment>
        <extracomment>field of Line of a quote</extracomment>
        <translation>成本</translation>
    </message>
    <message>
        <source>Cost of the line</source>
        <comment>field</comment>
        <extracomment>field of Line of a quote</extracomment>
        <translation>明细成本</translation>
    </message>
</context>
<context>
    <name>pipeline.sales_target</name>
    <message>
        <source>Sales target</source>
        <comment>label</comment>
        <extracomment>label of Sales target</extracomment>
        <translation>销售目标</translation>
    </message>
    <message>
        <source>Sales targets</source>
        <comment>plural</comment>
        <extracomment>plural of Sales target</extracomment>
        <translation>销售目标</translation>
    </message>
    <message>
        <source>What a person, a team or the whole company means to sell in a month.</source>
        <comment>help</comment>
        <extracomment>help of Sales target</extracomment>
        <translation>个人、团队或全公司一个月的销售目标。</translation>
    </message>
    <message>
        <source>For</source>
        <comment>field</comment>
        <extracomment>field of Sales target</extracomment>
        <translation>相关人</translation>
    </message>
    <message>
        <source>Company</source>
        <comment>choice</comment>
        <extracomment>choice of Sales target/For</extracomment>
        <translation>公司</translation>
    </message>
    <message>
        <source>Team</source>
        <comment>choice</comment>
        <extracomment>choice of Sales target/For</extracomment>
        <translation>团队</translation>
    </message>
    <message>
        <source>Person</source>
        <comment>choice</comment>
        <extracomment>choice of Sales target/For</extracomment>
        <translation>人员</translation>
    </message>
    <message>
        <source>Person</source>
        <comment>field</comment>
        <extracomment>field of Sales target</extracomment>
        <translation>人员</translation>
    </message>
    <message>
        <source>Team</source>
        <comment>field</comment>
        <extracomment>field of Sales target</extracomment>
        <translation>团队</translation>
    </message>
    <message>
        <source>Month</source>
        <comment>field</comment>
        <extracomment>field of Sales target</extracomment>
        <translation>月份</translation>
    </message>
    <message>
        <source>Any day of the month; kept as its first.</source>
        <comment>help</comment>
        <extracomment>help of Sales target/Month</extracomment>
        <translation>填当月任意一天，保存为当月第一天。</translation>
    </message>
    <message>
        <source>Goal</source>
        <comment>field</comment>
        <extracomment>field of Sales target</extracomment>
        <translation>目标</translation>
    </message>
    <message>
        <source>Stretch goal</source>
        <comment>field</comment>
        <extracomment>field of Sales target</extracomment>
        <translation>进取目标</translation>
    </message>
    <message>
        <source>Challenge</source>
        <comment>field</comment>
        <extracomment>field of Sales target</extracomment>
        <translation>挑战目标</translation>
    </message>
    <message>
        <source>Note</source>
        <comment>field</comment>
        <extracomment>field of Sales target</extracomment>
        <translation>备注</translation>
    </message>
</context>
<context>
    <name>pipeline.stage_change</name>
    <message>
        <source>Stage change</source>
        <comment>label</comment>
        <extracomment>label of Stage change</extracomment>
        <translation>阶段变更</translation>
    </message>
    <message>
        <source>Stage changes</source>
        <comment>plural</comment>
        <extracomment>plural of Stage change</extracomment>
        <translation>阶段变更</translation>
    </message>
    <message>
        <source>Written by the program whenever an opportunity changes its stage; the funnel is computed from it.</source>
        <comment>help</comment>
        <extracomment>help of Stage change</extracomment>
        <translation>商机阶段变化时由程序自动写入；销售漏斗据此计算。</translation>
    </message>
    <message>
        <source>Opportunity</source>
        <comment>field</comment>
        <extracomment>field of Stage change</extracomment>
        <translation>商机</translation>
    </message>
    <message>
        <source>From</source>
        <comment>field</comment>
        <extracomment>field of Stage change</extracomment>
        <translation>从</translation>
    </message>
    <message>
        <source>Prospecting</source>
        <comment>choice</comment>
        <extracomment>choice of Stage change/From</extracomment>
        <translation>初步接触</translation>
    </message>
    <message>
        <source>Engaging</source>
        <comment>choice</comment>
        <extracomment>choice of Stage change/From</extracomment>
        <translation>洽谈中</translation>
    </message>
    <message>
        <source>Proposal</source>
        <comment>choice</comment>
        <extracomment>choice of Stage change/From</extracomment>
        <translation>方案报价</translation>
    </message>
    <message>
        <source>Negotiation</source>
        <comment>choice</comment>
        <extracomment>choice of Stage change/From</extracomment>
        <translation>商务谈判</translation>
    </message>
    <message>
        <source>Won</source>
        <comment>choice</comment>
        <extracomment>choice of Stage change/From</extracomment>
        <translation>赢单</translation>
    </message>
    <message>
        <source>Lost</source>
        <comment>choice</comment>
        <extracomment>choice of Stage change/From</extracomment>
        <translation>输单</translation>
    </message>
    <message>
        <source>To</source>
        <comment>field</comment>
        <extracomment>field of Stage change</extracomment>
        <translation>到</translation>
    </message>
    <message>
        <source>When</source>
        <comment>field</comment>
        <extracomment>field of Stage change</extracomment>
        <translation>时间</translation>
    </message>
    <message>
        <source>By</source>
        <comment>field</comment>
        <extracomment>field of Stage change</extracomment>
        <translation>修改人</translation>
    </message>
    <message>
        <source>Time in the stage before</source>
        <comment>field</comment>
        <extracomment>field of Stage change</extracomment>
        <translation>上一阶段停留时间</translation>
    </message>
</context>
<context>
    <name>pipeline.summary</name>
    <message>
        <source>Opportunities</source>
        <translation>商机</translation>
    </message>
    <message>
        <source>Won</source>
        <translation>赢单</translation>
    </message>
    <message>
        <source>Lost</source>
        <translation>输单</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>Won total</source>
        <translation>赢单总额</translation>
    </message>
    <message>
        <source>Open total</source>
        <translation>进行中总额</translation>
    </message>
    <message>
        <source>Average won deal</source>
        <translation>平均赢单额</translation>
    </message>
    <message>
        <source>Win rate</source>
        <translation>赢单率</translation>
    </message>
    <message>
        <source>Mean days to win</source>
        <translation>平均赢单天数</translation>
    </message>
    <message>
        <source>Mean days to a decision</source>
        <translation>平均决策天数</translation>
    </message>
    <message>
        <source>Velocity per day</source>
        <translation>每日成交速度</translation>
    </message>
    <message>
        <source>Slipped to a later month</source>
        <translation>推迟到后续月份</translation>
    </message>
    <message>
        <source>Deals in figures</source>
        <comment>report</comment>
        <extracomment>report of Deals in figures</extracomment>
        <translation>商机数据总览</translation>
    </message>
    <message>
        <source>How much was won, how often and how fast; open deals count whatever the dates.</source>
        <comment>help</comment>
        <extracomment>help of Deals in figures</extracomment>
        <translation>赢了多少、多频繁、多快；进行中的商机不受日期限制。</translation>
    </message>
    <message>
        <source>From</source>
        <comment>parameter</comment>
        <extracomment>parameter of Deals in figures</extracomment>
        <translation>从</translation>
    </message>
    <message>
        <source>To</source>
        <comment>parameter</comment>
        <extracomment>parameter of Deals in figures</extracomment>
        <translation>到</translation>
    </message>
    <message>
        <source>Owner</source>
        <comment>parameter</comment>
        <extracomment>parameter of Deals in figures</extracomment>
        <translation>负责人</translation>
    </message>
    <message>
        <source>Team</source>
        <comment>parameter</comment>
        <extracomment>parameter of Deals in figures</extracomment>
        <translation>团队</translation>
    </message>
</context>
<context>
    <name>pipeline.win_rates</name>
    <message>
        <source>Won</source>
        <translation>赢单</translation>
    </message>
    <message>
        <source>Lost</source>
        <translation>输单</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>Win rate</source>
        <translation>赢单率</translation>
    </message>
    <message>
        <source>Won total</source>
        <translation>赢单总额</translation>
    </message>
    <message>
        <source>Open total</source>
        <translation>进行中总额</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>销售</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>产品</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Win rates</source>
        <comment>report</comment>
        <extracomment>report of Win rates</extracomment>
        <translation>赢单率</translation>
    </message>
    <message>
        <source>Won of all decided deals, by agent, product and source.</source>
        <comment>help</comment>
        <extracomment>help of Win rates</extracomment>
        <translation>按销售、产品和来源统计的赢单占比。</translation>
    </message>
    <message>
        <source>From</source>
        <comment>parameter</comment>
        <extracomment>parameter of Win rates</extracomment>
        <translation>从</translation>
    </message>
    <message>
        <source>To</source>
        <comment>parameter</comment>
        <extracomment>parameter of Win rates</extracomment>
        <translation>到</translation>
    </message>
    <message>
        <source>Owner</source>
        <comment>parameter</comment>
        <extracomment>parameter of Win rates</extracomment>
        <translation>负责人</translation>
    </message>
    <message>
        <source>Team</source>
        <comment>parameter</comment>
        <extracomment>parameter of Win rates</extracomment>
        <translation>团队</translation>
    </message>
</context>
</TS>
