<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>customers</name>
    <message>
        <source>This is not a unified social credit code: it has 18 characters, and the last one must fit the others. Check it for a slip of the finger.</source>
        <translation>这不是有效的统一社会信用代码：代码共 18 位，最后一位为校验码。请检查是否输错。</translation>
    </message>
    <message>
        <source>A customer cannot be part of itself or of what belongs to it.</source>
        <translation>客户不能隶属于自己或自己的下级单位。</translation>
    </message>
    <message>
        <source>The contact needs a name: a full name, or a family or given name.</source>
        <translation>请填写联系人姓名：全名，或者姓、名之一。</translation>
    </message>
    <message>
        <source>Say which record is to remain.</source>
        <translation>请选择要保留的记录。</translation>
    </message>
    <message>
        <source>This customer is never to go to the pool.</source>
        <translation>该客户已设置为不进入公海。</translation>
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
        <source>Customers</source>
        <comment>department</comment>
        <extracomment>department of customers</extracomment>
        <translation>客户</translation>
    </message>
    <message>
        <source>Companies and the people in them, what was said to whom and when to call again.</source>
        <comment>help</comment>
        <extracomment>help of customers</extracomment>
        <translation>公司及其联系人：跟谁谈过什么，何时再联系。</translation>
    </message>
</context>
<context>
    <name>customers.account</name>
    <message>
        <source>Customer</source>
        <comment>label</comment>
        <extracomment>label of Customer</extracomment>
        <translation>客户</translation>
    </message>
    <message>
        <source>Customers</source>
        <comment>plural</comment>
        <extracomment>plural of Customer</extracomment>
        <translation>客户</translation>
    </message>
    <message>
        <source>A company or organisation that we sell to, buy from or watch.</source>
        <comment>help</comment>
        <extracomment>help of Customer</extracomment>
        <translation>我们的销售对象、供应商或关注的公司和机构。</translation>
    </message>
    <message>
        <source>Number</source>
        <comment>field</comment>
        <extracomment>field of Customer</extracomment>
        <translation>编号</translation>
    </message>
    <message>
        <source>Name</source>
        <comment>field</comment>
        <extracomment>field of Customer</extracomment>
        <translation>名称</translation>
    </message>
    <message>
        <source>Short name</source>
        <comment>field</comment>
        <extracomment>field of Customer</extracomment>
        <translation>简称</translation>
    </message>
    <message>
        <source>Part of</source>
        <comment>field</comment>
        <extracomment>field of Customer</extracomment>
        <translation>上级</translation>
    </message>
    <message>
        <source>Kind</source>
        <comment>field</comment>
        <extracomment>field of Customer</extracomment>
        <translation>类型</translation>
    </message>
    <message>
        <source>Customer</source>
        <comment>choice</comment>
        <extracomment>choice of Customer/Kind</extracomment>
        <translation>客户</translation>
    </message>
    <message>
        <source>Partner</source>
        <comment>choice</comment>
        <extracomment>choice of Customer/Kind</extracomment>
        <translation>合作伙伴</translation>
    </message>
    <message>
        <source>Reseller</source>
        <comment>choice</comment>
        <extracomment>choice of Customer/Kind</extracomment>
        <translation>经销商</translation>
    </message>
    <message>
        <source>Distributor</source>
        <comment>choice</comment>
        <extracomment>choice of Customer/Kind</extracomment>
        <translation>分销商</translation>
    </message>
    <message>
        <source>Supplier</source>
        <comment>choice</comment>
        <extracomment>choice of Customer/Kind</extracomment>
        <translation>供应商</translation>
    </message>
    <message>
        <source>Other</source>
        <comment>choice</comment>
        <extracomment>choice of Customer/Kind</extracomment>
        <translation>其他</translation>
    </message>
    <message>
        <source>Level</source>
        <comment>field</comment>
        <extracomment>field of Customer</extracomment>
        <translation>级别</translation>
    </message>
    <message>
        <source>A</source>
        <comment>choice</comment>
        <extracomment>choice of Customer/Level</extracomment>
        <translation>A</translation>
    </message>
    <message>
        <source>B</source>
        <comment>choice</comment>
        <extracomment>choice of Customer/Level</extracomment>
        <translation>B</translation>
    </message>
    <message>
        <source>C</source>
        <comment>choice</comment>
        <extracomment>choice of Customer/Level</extracomment>
        <translation>C</translation>
    </message>
    <message>
        <source>D</source>
        <comment>choice</comment>
        <extracomment>choice of Customer/Level</extracomment>
        <translation>D</translation>
    </message>
    <message>
        <source>Relation</source>
        <comment>field</comment>
        <extracomment>field of Customer</extracomment>
        <translation>客户关系</translation>
    </message>
    <message>
        <source>Prospect</source>
        <comment>choice</comment>
        <extracomment>choice of Customer/Relation</extracomment>
        <translation>潜在客户</translation>
    </message>
    <message>
        <source>Dormant</source>
        <comment>choice</comment>
        <extracomment>choice of Customer/Relation</extracomment>
        <translation>休眠</translation>
    </message>
    <message>
        <source>Lost</source>
        <comment>choice</comment>
        <extracomment>choice of Customer/Relation</extracomment>
        <translation>已流失</translation>
    </message>
    <message>
        <source>Industry</source>
        <comment>field</comment>
        <extracomment>field of Customer</extracomment>
        <translation>行业</translation>
    </message>
    <message>
        <source>Size</source>
        <comment>field</comment>
        <extracomment>field of Customer</extracomment>
        <translation>规模</translation>
    </message>
    <message>
        <source>1–10</source>
        <comment>choice</comment>
        <extracomment>choice of Customer/Size</extracomment>
        <translation>1–10 人</translation>
    </message>
    <message>
        <source>11–50</source>
        <comment>choice</comment>
        <extracomment>choice of Customer/Size</extracomment>
        <translation>11–50 人</translation>
    </message>
    <message>
        <source>51–200</source>
        <comment>choice</comment>
        <extracomment>choice of Customer/Size</extracomment>
        <translation>51–200 人</translation>
    </message>
    <message>
        <source>201–500</source>
        <comment>choice</comment>
        <extracomment>choice of Customer/Size</extracomment>
        <translation>201–500 人</translation>
    </message>
    <message>
        <source>501–1000</source>
        <comment>choice</comment>
        <extracomment>choice of Customer/Size</extracomment>
        <translation>501–1000 人</translation>
    </message>
    <message>
        <source>Over 1000</source>
        <comment>choice</comment>
        <extracomment>choice of Customer/Size</extracomment>
        <translation>1000 人以上</translation>
    </message>
    <message>
        <source>Source</source>
        <comment>field</comment>
        <extracomment>field of Customer</extracomment>
        <translation>来源</translation>
    </message>
    <message>
        <source>Website</source>
        <comment>choice</comment>
        <extracomment>choice of Customer/Source</extracomment>
        <translation>网站</translation>
    </message>
    <message>
        <source>Trade fair</source>
        <comment>choice</comment>
        <extracomment>choice of Customer/Source</extracomment>
        <translation>展会</translation>
    </message>
    <message>
        <source>Referral</source>
        <comment>choice</comment>
        <extracomment>choice of Customer/Source</extracomment>
        <translation>转介绍</translation>
    </message>
    <message>
        <source>Cold call</source>
        <comment>choice</comment>
        <extracomment>choice of Customer/Source</extracomment>
        <translation>陌生拜访</translation>
    </message>
    <message>
        <source>Advertising</source>
        <comment>choice</comment>
        <extracomment>choice of Customer/Source</extracomment>
        <translation>广告</translation>
    </message>
    <message>
        <source>Import</source>
        <comment>choice</comment>
        <extracomment>choice of Customer/Source</extracomment>
        <translation>导入</translation>
    </message>
    <message>
        <source>Unified social credit code</source>
        <comment>field</comment>
        <extracomment>field of Customer</extracomment>
        <translation>统一社会信用代码</translation>
    </message>
    <message>
        <source>18 characters; the last one is a check character.</source>
        <comment>help</comment>
        <extracomment>help of Customer/Unified social credit code</extracomment>
        <translation>共 18 位，最后一位为校验码。</translation>
    </message>
    <message>
        <source>Phone</source>
        <comment>field</comment>
        <extracomment>field of Customer</extracomment>
        <translation>电话</translation>
    </message>
    <message>
        <source>E-mail</source>
        <comment>field</comment>
        <extracomment>field of Customer</extracomment>
        <translation>邮箱</translation>
    </message>
    <message>
        <source>Website</source>
        <comment>field</comment>
        <extracomment>field of Customer</extracomment>
        <translation>网站</translation>
    </message>
    <message>
        <source>Address</source>
        <comment>field</comment>
        <extracomment>field of Customer</extracomment>
        <translation>地址</translation>
    </message>
    <message>
        <source>Country</source>
        <comment>field</comment>
        <extracomment>field of Customer</extracomment>
        <translation>国家/地区</translation>
    </message>
    <message>
        <source>Annual revenue</source>
        <comment>field</comment>
        <extracomment>field of Customer</extracomment>
        <translation>年营业额</translation>
    </message>
    <message>
        <source>In the customer&apos;s currency; the company&apos;s own where none is given.</source>
        <comment>help</comment>
        <extracomment>help of Customer/Annual revenue</extracomment>
        <translation>以客户货币计；未填货币时为本位币。</translation>
    </message>
    <message>
        <source>Currency</source>
        <comment>field</comment>
        <extracomment>field of Customer</extracomment>
        <translation>货币</translation>
    </message>
    <message>
        <source>Employees</source>
        <comment>field</comment>
        <extracomment>field of Customer</extracomment>
        <translation>员工人数</translation>
    </message>
    <message>
        <source>Year established</source>
        <comment>field</comment>
        <extracomment>field of Customer</extracomment>
        <translation>成立年份</translation>
    </message>
    <message>
        <source>Description</source>
        <comment>field</comment>
        <extracomment>field of Customer</extracomment>
        <translation>描述</translation>
    </message>
    <message>
        <source>Tags</source>
        <comment>field</comment>
        <extracomment>field of Customer</extracomment>
        <translation>标签</translation>
    </message>
    <message>
        <source>Owner</source>
        <comment>field</comment>
        <extracomment>field of Customer</extracomment>
        <translation>负责人</translation>
    </message>
    <message>
        <source>Team</source>
        <comment>field</comment>
        <extracomment>field of Customer</extracomment>
        <translation>团队</translation>
    </message>
    <message>
        <source>Next contact</source>
        <comment>field</comment>
        <extracomment>field of Customer</extracomment>
        <translation>下次联系</translation>
    </message>
    <message>
        <source>Last follow-up</source>
        <comment>field</comment>
        <extracomment>field of Customer</extracomment>
        <translation>最近跟进</translation>
    </message>
    <message>
        <source>Contacts</source>
        <comment>field</comment>
        <extracomment>field of Customer</extracomment>
        <translation>联系人</translation>
    </message>
    <message>
        <source>Never to the pool</source>
        <comment>field</comment>
        <extracomment>field of Customer</extracomment>
        <translation>不进公海</translation>
    </message>
    <message>
        <source>Received</source>
        <comment>field</comment>
        <extracomment>field of Customer</extracomment>
        <translation>接收时间</translation>
    </message>
    <message>
        <source>Received by</source>
        <comment>field</comment>
        <extracomment>field of Customer</extracomment>
        <translation>获得方式</translation>
    </message>
    <message>
        <source>Entered</source>
        <comment>choice</comment>
        <extracomment>choice of Customer/Received by</extracomment>
        <translation>录入</translation>
    </message>
    <message>
        <source>Assigned</source>
        <comment>choice</comment>
        <extracomment>choice of Customer/Received by</extracomment>
        <translation>分配</translation>
    </message>
    <message>
        <source>Claimed</source>
        <comment>choice</comment>
        <extracomment>choice of Customer/Received by</extracomment>
        <translation>领取</translation>
    </message>
    <message>
        <source>In the pool since</source>
        <comment>field</comment>
        <extracomment>field of Customer</extracomment>
        <translation>进入公海时间</translation>
    </message>
    <message>
        <source>Previous owner</source>
        <comment>field</comment>
        <extracomment>field of Customer</extracomment>
        <translation>前负责人</translation>
    </message>
    <message>
        <source>Merged into</source>
        <comment>field</comment>
        <extracomment>field of Customer</extracomment>
        <translation>合并到</translation>
    </message>
    <message>
        <source>Name for comparison</source>
        <comment>field</comment>
        <extracomment>field of Customer</extracomment>
        <translation>查重名称</translation>
    </message>
    <message>
        <source>Phone for comparison</source>
        <comment>field</comment>
        <extracomment>field of Customer</extracomment>
        <translation>查重电话</translation>
    </message>
    <message>
        <source>Addresses</source>
        <comment>field</comment>
        <extracomment>field of Customer</extracomment>
        <translation>地址</translation>
    </message>
    <message>
        <source>Claim from the pool</source>
        <comment>action</comment>
        <extracomment>action of Customer</extracomment>
        <translation>从公海领取</translation>
    </message>
    <message>
        <source>Release to the pool</source>
        <comment>action</comment>
        <extracomment>action of Customer</extracomment>
        <translation>退回公海</translation>
    </message>
    <message>
        <source>Merge into another customer</source>
        <comment>action</comment>
        <extracomment>action of Customer</extracomment>
        <translation>合并到其他客户</translation>
    </message>
    <message>
        <source>Customer</source>
        <comment>section</comment>
        <extracomment>section of Customer</extracomment>
        <translation>客户</translation>
    </message>
    <message>
        <source>How to reach them</source>
        <comment>section</comment>
        <extracomment>section of Customer</extracomment>
        <translation>联系方式</translation>
    </message>
    <message>
        <source>Care</source>
        <comment>section</comment>
        <extracomment>section of Customer</extracomment>
        <translation>跟进与归属</translation>
    </message>
    <message>
        <source>Figures</source>
        <comment>section</comment>
        <extracomment>section of Customer</extracomment>
        <translation>经营数据</translation>
    </message>
    <message>
        <source>Description</source>
        <comment>section</comment>
        <extracomment>section of Customer</extracomment>
        <translation>描述</translation>
    </message>
    <message>
        <source>People and places</source>
        <comment>section</comment>
        <extracomment>section of Customer</extracomment>
        <translation>人员与地点</translation>
    </message>
    <message>
        <source>Files</source>
        <comment>field</comment>
        <extracomment>field of Customer</extracomment>
        <translation>附件</translation>
    </message>
</context>
<context>
    <name>customers.account_contact</name>
    <message>
        <source>Contact at customer</source>
        <comment>label</comment>
        <extracomment>label of Contact at customer</extracomment>
        <translation>客户联系人</translation>
    </message>
    <message>
        <source>Contacts at customers</source>
        <comment>plural</comment>
        <extracomment>plural of Contact at customer</extracomment>
        <translation>客户联系人</translation>
    </message>
    <message>
        <source>Customer</source>
        <comment>field</comment>
        <extracomment>field of Contact at customer</extracomment>
        <translation>客户</translation>
    </message>
    <message>
        <source>Contact</source>
        <comment>field</comment>
        <extracomment>field of Contact at customer</extracomment>
        <translation>联系人</translation>
    </message>
    <message>
        <source>Job title</source>
        <comment>field</comment>
        <extracomment>field of Contact at customer</extracomment>
        <translation>职务</translation>
    </message>
    <message>
        <source>Main contact</source>
        <comment>field</comment>
        <extracomment>field of Contact at customer</extracomment>
        <translation>主联系人</translation>
    </message>
    <message>
        <source>Still there</source>
        <comment>field</comment>
        <extracomment>field of Contact at customer</extracomment>
        <translation>仍在职</translation>
    </message>
</context>
<context>
    <name>customers.address</name>
    <message>
        <source>Further address</source>
        <comment>label</comment>
        <extracomment>label of Further address</extracomment>
        <translation>其他地址</translation>
    </message>
    <message>
        <source>Further addresses</source>
        <comment>plural</comment>
        <extracomment>plural of Further address</extracomment>
        <translation>其他地址</translation>
    </message>
    <message>
        <source>Customer</source>
        <comment>field</comment>
        <extracomment>field of Further address</extracomment>
        <translation>客户</translation>
    </message>
    <message>
        <source>Name</source>
        <comment>field</comment>
        <extracomment>field of Further address</extracomment>
        <translation>名称</translation>
    </message>
    <message>
        <source>Kind</source>
        <comment>field</comment>
        <extracomment>field of Further address</extracomment>
        <translation>类型</translation>
    </message>
    <message>
        <source>Delivery</source>
        <comment>choice</comment>
        <extracomment>choice of Further address/Kind</extracomment>
        <translation>收货</translation>
    </message>
    <message>
        <source>Invoice</source>
        <comment>choice</comment>
        <extracomment>choice of Further address/Kind</extracomment>
        <translation>开票</translation>
    </message>
    <message>
        <source>Branch</source>
        <comment>choice</comment>
        <extracomment>choice of Further address/Kind</extracomment>
        <translation>分支机构</translation>
    </message>
    <message>
        <source>Other</source>
        <comment>choice</comment>
        <extracomment>choice of Further address/Kind</extracomment>
        <translation>其他</translation>
    </message>
    <message>
        <source>Address</source>
        <comment>field</comment>
        <extracomment>field of Further address</extracomment>
        <translation>地址</translation>
    </message>
    <message>
        <source>Phone</source>
        <comment>field</comment>
        <extracomment>field of Further address</extracomment>
        <translation>电话</translation>
    </message>
</context>
<context>
    <name>customers.contact</name>
    <message>
        <source>Contact</source>
        <comment>label</comment>
        <extracomment>label of Contact</extracomment>
        <translation>联系人</translation>
    </message>
    <message>
        <source>Contacts</source>
        <comment>plural</comment>
        <extracomment>plural of Contact</extracomment>
        <translation>联系人</translation>
    </message>
    <message>
        <source>A person. Somebody may work for several customers; the main one stands in Customer.</source>
        <comment>help</comment>
        <extracomment>help of Contact</extracomment>
        <translation>联系人可以任职于多个客户；主要的一个填在“客户”中。</translation>
    </message>
    <message>
        <source>Full name</source>
        <comment>field</comment>
        <extracomment>field of Contact</extracomment>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Made from family and given name where it is left empty.</source>
        <comment>help</comment>
        <extracomment>help of Contact/Full name</extracomment>
        <translation>留空时由姓和名自动生成。</translation>
    </message>
    <message>
        <source>Family name</source>
        <comment>field</comment>
        <extracomment>field of Contact</extracomment>
        <translation>姓</translation>
    </message>
    <message>
        <source>Given name</source>
        <comment>field</comment>
        <extracomment>field of Contact</extracomment>
        <translation>名</translation>
    </message>
    <message>
        <source>Salutation</source>
        <comment>field</comment>
        <extracomment>field of Contact</extracomment>
        <translation>称谓</translation>
    </message>
    <message>
        <source>Customer</source>
        <comment>field</comment>
        <extracomment>field of Contact</extracomment>
        <translation>客户</translation>
    </message>
    <message>
        <source>Job title</source>
        <comment>field</comment>
        <extracomment>field of Contact</extracomment>
        <translation>职务</translation>
    </message>
    <message>
        <source>Department</source>
        <comment>field</comment>
        <extracomment>field of Contact</extracomment>
        <translation>部门</translation>
    </message>
    <message>
        <source>Part in decisions</source>
        <comment>field</comment>
        <extracomment>field of Contact</extracomment>
        <translation>决策角色</translation>
    </message>
    <message>
        <source>Decides</source>
        <comment>choice</comment>
        <extracomment>choice of Contact/Part in decisions</extracomment>
        <translation>决策者</translation>
    </message>
    <message>
        <source>Evaluates</source>
        <comment>choice</comment>
        <extracomment>choice of Contact/Part in decisions</extracomment>
        <translation>评估者</translation>
    </message>
    <message>
        <source>Influences</source>
        <comment>choice</comment>
        <extracomment>choice of Contact/Part in decisions</extracomment>
        <translation>影响者</translation>
    </message>
    <message>
        <source>Uses</source>
        <comment>choice</comment>
        <extracomment>choice of Contact/Part in decisions</extracomment>
        <translation>使用者</translation>
    </message>
    <message>
        <source>Guards the door</source>
        <comment>choice</comment>
        <extracomment>choice of Contact/Part in decisions</extracomment>
        <translation>把关者</translation>
    </message>
    <message>
        <source>Our advocate</source>
        <comment>choice</comment>
        <extracomment>choice of Contact/Part in decisions</extracomment>
        <translation>支持者</translation>
    </message>
    <message>
        <source>Mobile</source>
        <comment>field</comment>
        <extracomment>field of Contact</extracomment>
        <translation>手机</translation>
    </message>
    <message>
        <source>Phone</source>
        <comment>field</comment>
        <extracomment>field of Contact</extracomment>
        <translation>电话</translation>
    </message>
    <message>
        <source>E-mail</source>
        <comment>field</comment>
        <extracomment>field of Contact</extracomment>
        <translation>邮箱</translation>
    </message>
    <message>
        <source>WeChat</source>
        <comment>field</comment>
        <extracomment>field of Contact</extracomment>
        <translation>微信</translation>
    </message>
    <message>
        <source>Birthday</source>
        <comment>field</comment>
        <extracomment>field of Contact</extracomment>
        <translation>生日</translation>
    </message>
    <message>
        <source>Language</source>
        <comment>field</comment>
        <extracomment>field of Contact</extracomment>
        <translation>语言</translation>
    </message>
    <message>
        <source>Chinese</source>
        <comment>choice</comment>
        <extracomment>choice of Contact/Language</extracomment>
        <translation>中文</translation>
    </message>
    <message>
        <source>English</source>
        <comment>choice</comment>
        <extracomment>choice of Contact/Language</extracomment>
        <translation>英文</translation>
    </message>
    <message>
        <source>German</source>
        <comment>choice</comment>
        <extracomment>choice of Contact/Language</extracomment>
        <translation>德文</translation>
    </message>
    <message>
        <source>Other</source>
        <comment>choice</comment>
        <extracomment>choice of Contact/Language</extracomment>
        <translation>其他</translation>
    </message>
    <message>
        <source>Do not call</source>
        <comment>field</comment>
        <extracomment>field of Contact</extracomment>
        <translation>请勿致电</translation>
    </message>
    <message>
        <source>Description</source>
        <comment>field</comment>
        <extracomment>field of Contact</extracomment>
        <translation>描述</translation>
    </message>
    <message>
        <source>Tags</source>
        <comment>field</comment>
        <extracomment>field of Contact</extracomment>
        <translation>标签</translation>
    </message>
    <message>
        <source>Owner</source>
        <comment>field</comment>
        <extracomment>field of Contact</extracomment>
        <translation>负责人</translation>
    </message>
    <message>
        <source>Team</source>
        <comment>field</comment>
        <extracomment>field of Contact</extracomment>
        <translation>团队</translation>
    </message>
    <message>
        <source>Last follow-up</source>
        <comment>field</comment>
        <extracomment>field of Contact</extracomment>
        <translation>最近跟进</translation>
    </message>
    <message>
        <source>Merged into</source>
        <comment>field</comment>
        <extracomment>field of Contact</extracomment>
        <translation>合并到</translation>
    </message>
    <message>
        <source>Phone for comparison</source>
        <comment>field</comment>
        <extracomment>field of Contact</extracomment>
        <translation>查重电话</translation>
    </message>
    <message>
        <source>Ways to reach</source>
        <comment>field</comment>
        <extracomment>field of Contact</extracomment>
        <translation>联系方式</translation>
    </message>
    <message>
        <source>Merge into another contact</source>
        <comment>action</comment>
        <extracomment>action of Contact</extracomment>
        <translation>合并到其他联系人</translation>
    </message>
    <message>
        <source>Person</source>
        <comment>section</comment>
        <extracomment>section of Contact</extracomment>
        <translation>基本信息</translation>
    </message>
    <message>
        <source>How to reach them</source>
        <comment>section</comment>
        <extracomment>section of Contact</extracomment>
        <translation>联系方式</translation>
    </message>
    <message>
        <source>Care</source>
        <comment>section</comment>
        <extracomment>section of Contact</extracomment>
        <translation>跟进与归属</translation>
    </message>
</context>
<context>
    <name>customers.contact_point</name>
    <message>
        <source>Way to reach</source>
        <comment>label</comment>
        <extracomment>label of Way to reach</extracomment>
        <translation>联系方式</translation>
    </message>
    <message>
        <source>Ways to reach</source>
        <comment>plural</comment>
        <extracomment>plural of Way to reach</extracomment>
        <translation>联系方式</translation>
    </message>
    <message>
        <source>Contact</source>
        <comment>field</comment>
        <extracomment>field of Way to reach</extracomment>
        <translation>联系人</translation>
    </message>
    <message>
        <source>Kind</source>
        <comment>field</comment>
        <extracomment>field of Way to reach</extracomment>
        <translation>类型</translation>
    </message>
    <message>
        <source>Mobile</source>
        <comment>choice</comment>
        <extracomment>choice of Way to reach/Kind</extracomment>
        <translation>手机</translation>
    </message>
    <message>
        <source>Phone</source>
        <comment>choice</comment>
        <extracomment>choice of Way to reach/Kind</extracomment>
        <translation>电话</translation>
    </message>
    <message>
        <source>E-mail</source>
        <comment>choice</comment>
        <extracomment>choice of Way to reach/Kind</extracomment>
        <translation>邮箱</translation>
    </message>
    <message>
        <source>WeChat</source>
        <comment>choice</comment>
        <extracomment>choice of Way to reach/Kind</extracomment>
        <translation>微信</translation>
    </message>
    <message>
        <source>WeCom</source>
        <comment>choice</comment>
        <extracomment>choice of Way to reach/Kind</extracomment>
        <translation>企业微信</translation>
    </message>
    <message>
        <source>QQ</source>
        <comment>choice</comment>
        <extracomment>choice of Way to reach/Kind</extracomment>
        <translation>QQ</translation>
    </message>
    <message>
        <source>Weibo</source>
        <comment>choice</comment>
        <extracomment>choice of Way to reach/Kind</extracomment>
        <translation>微博</translation>
    </message>
    <message>
        <source>Other</source>
        <comment>choice</comment>
        <extracomment>choice of Way to reach/Kind</extracomment>
        <translation>其他</translation>
    </message>
    <message>
        <source>Number or address</source>
        <comment>field</comment>
        <extracomment>field of Way to reach</extracomment>
        <translation>号码或地址</translation>
    </message>
    <message>
        <source>First choice</source>
        <comment>field</comment>
        <extracomment>field of Way to reach</extracomment>
        <translation>首选</translation>
    </message>
    <message>
        <source>No longer works</source>
        <comment>field</comment>
        <extracomment>field of Way to reach</extracomment>
        <translation>已失效</translation>
    </message>
    <message>
        <source>For comparison</source>
        <comment>field</comment>
        <extracomment>field of Way to reach</extracomment>
        <translation>查重值</translation>
    </message>
</context>
<context>
    <name>customers.due</name>
    <message>
        <source>Customers to contact</source>
        <translation>待联系客户</translation>
    </message>
</context>
<context>
    <name>customers.follow_up</name>
    <message>
        <source>Follow-up</source>
        <comment>label</comment>
        <extracomment>label of Follow-up</extracomment>
        <translation>跟进记录</translation>
    </message>
    <message>
        <source>Follow-ups</source>
        <comment>plural</comment>
        <extracomment>plural of Follow-up</extracomment>
        <translation>跟进记录</translation>
    </message>
    <message>
        <source>What was said or done with a customer, and when to be in touch again.</source>
        <comment>help</comment>
        <extracomment>help of Follow-up</extracomment>
        <translation>与客户沟通的内容，以及下次联系的时间。</translation>
    </message>
    <message>
        <source>Subject</source>
        <comment>field</comment>
        <extracomment>field of Follow-up</extracomment>
        <translation>主题</translation>
    </message>
    <message>
        <source>By</source>
        <comment>field</comment>
        <extracomment>field of Follow-up</extracomment>
        <translation>修改人</translation>
    </message>
    <message>
        <source>Phone</source>
        <comment>choice</comment>
        <extracomment>choice of Follow-up/By</extracomment>
        <translation>电话</translation>
    </message>
    <message>
        <source>Visit</source>
        <comment>choice</comment>
        <extracomment>choice of Follow-up/By</extracomment>
        <translation>拜访</translation>
    </message>
    <message>
        <source>WeCom</source>
        <comment>choice</comment>
        <extracomment>choice of Follow-up/By</extracomment>
        <translation>企业微信</translation>
    </message>
    <message>
        <source>E-mail</source>
        <comment>choice</comment>
        <extracomment>choice of Follow-up/By</extracomment>
        <translation>邮箱</translation>
    </message>
    <message>
        <source>Meeting</source>
        <comment>choice</comment>
        <extracomment>choice of Follow-up/By</extracomment>
        <translation>会议</translation>
    </message>
    <message>
        <source>Other</source>
        <comment>choice</comment>
        <extracomment>choice of Follow-up/By</extracomment>
        <translation>其他</translation>
    </message>
    <message>
        <source>Customer</source>
        <comment>field</comment>
        <extracomment>field of Follow-up</extracomment>
        <translation>客户</translation>
    </message>
    <message>
        <source>Contact</source>
        <comment>field</comment>
        <extracomment>field of Follow-up</extracomment>
        <translation>联系人</translation>
    </message>
    <message>
        <source>When</source>
        <comment>field</comment>
        <extracomment>field of Follow-up</extracomment>
        <translation>时间</translation>
    </message>
    <message>
        <source>Content</source>
        <comment>field</comment>
        <extracomment>field of Follow-up</extracomment>
        <translation>内容</translation>
    </message>
    <message>
        <source>Next contact</source>
        <comment>field</comment>
        <extracomment>field of Follow-up</extracomment>
        <translation>下次联系</translation>
    </message>
    <message>
        <source>What to talk about next</source>
        <comment>field</comment>
        <extracomment>field of Follow-up</extracomment>
        <translation>下次沟通内容</translation>
    </message>
    <message>
        <source>Place</source>
        <comment>field</comment>
        <extracomment>field of Follow-up</extracomment>
        <translation>地点</translation>
    </message>
    <message>
        <source>Author</source>
        <comment>field</comment>
        <extracomment>field of Follow-up</extracomment>
        <translation>作者</translation>
    </message>
    <message>
        <source>Team</source>
        <comment>field</comment>
        <extracomment>field of Follow-up</extracomment>
        <translation>团队</translation>
    </message>
    <message>
        <source>Files</source>
        <comment>field</comment>
        <extracomment>field of Follow-up</extracomment>
        <translation>附件</translation>
    </message>
</context>
<context>
    <name>customers.overview</name>
    <message>
        <source>At a glance</source>
        <translation>客户概览</translation>
    </message>
</context>
<context>
    <name>customers.pool</name>
    <message>
        <source>Customer pool</source>
        <translation>客户公海</translation>
    </message>
</context>
<context>
    <name>customers.pool_rule</name>
    <message>
        <source>Customer pool rule</source>
        <comment>label</comment>
        <extracomment>label of Customer pool rule</extracomment>
        <translation>客户公海规则</translation>
    </message>
    <message>
        <source>Customer pool rules</source>
        <comment>plural</comment>
        <extracomment>plural of Customer pool rule</extracomment>
        <translation>客户公海规则</translation>
    </message>
    <message>
        <source>When a customer that nobody cares for returns to the pool, and who may claim how many. The rule without a team holds for all others.</source>
        <comment>help</comment>
        <extracomment>help of Customer pool rule</extracomment>
        <translation>无人跟进的客户何时退回公海，以及每人可领取多少。未指定团队的规则适用于其余所有团队。</translation>
    </message>
    <message>
        <source>Name</source>
        <comment>field</comment>
        <extracomment>field of Customer pool rule</extracomment>
        <translation>名称</translation>
    </message>
    <message>
        <source>Team</source>
        <comment>field</comment>
        <extracomment>field of Customer pool rule</extracomment>
        <translation>团队</translation>
    </message>
    <message>
        <source>Days, level A</source>
        <comment>field</comment>
        <extracomment>field of Customer pool rule</extracomment>
        <translation>A 级天数</translation>
    </message>
    <message>
        <source>Days, level B</source>
        <comment>field</comment>
        <extracomment>field of Customer pool rule</extracomment>
        <translation>B 级天数</translation>
    </message>
    <message>
        <source>Days, level C</source>
        <comment>field</comment>
        <extracomment>field of Customer pool rule</extracomment>
        <translation>C 级天数</translation>
    </message>
    <message>
        <source>Days, level D</source>
        <comment>field</comment>
        <extracomment>field of Customer pool rule</extracomment>
        <translation>D 级天数</translation>
    </message>
    <message>
        <source>Days, no level</source>
        <comment>field</comment>
        <extracomment>field of Customer pool rule</extracomment>
        <translation>未分级天数</translation>
    </message>
    <message>
        <source>Remind so many days before</source>
        <comment>field</comment>
        <extracomment>field of Customer pool rule</extracomment>
        <translation>提前几天提醒</translation>
    </message>
    <message>
        <source>Keep those who have bought</source>
        <comment>field</comment>
        <extracomment>field of Customer pool rule</extracomment>
        <translation>保留已成交客户</translation>
    </message>
    <message>
        <source>Claims per person and day</source>
        <comment>field</comment>
        <extracomment>field of Customer pool rule</extracomment>
        <translation>每人每天领取上限</translation>
    </message>
    <message>
        <source>0: as many as one likes.</source>
        <comment>help</comment>
        <extracomment>help of Customer pool rule/Claims per person and day</extracomment>
        <translation>0 表示不限。</translation>
    </message>
    <message>
        <source>Days before the previous owner may claim again</source>
        <comment>field</comment>
        <extracomment>field of Customer pool rule</extracomment>
        <translation>前负责人再次领取的间隔天数</translation>
    </message>
    <message>
        <source>Active</source>
        <comment>field</comment>
        <extracomment>field of Customer pool rule</extracomment>
        <translation>启用</translation>
    </message>
</context>
<context>
    <name>foundation.call</name>
    <message>
        <source>Customer</source>
        <comment>field</comment>
        <extracomment>field of foundation.call</extracomment>
        <translation>客户</translation>
    </message>
    <message>
        <source>Contact</source>
        <comment>field</comment>
        <extracomment>field of foundation.call</extracomment>
        <translation>联系人</translation>
    </message>
</context>
<context>
    <name>foundation.meeting</name>
    <message>
        <source>Customer</source>
        <comment>field</comment>
        <extracomment>field of foundation.meeting</extracomment>
        <translation>客户</translation>
    </message>
    <message>
        <source>Contact</source>
        <comment>field</comment>
        <extracomment>field of foundation.meeting</extracomment>
        <translation>联系人</translation>
    </message>
</context>
<context>
    <name>foundation.note</name>
    <message>
        <source>Customer</source>
        <comment>field</comment>
        <extracomment>field of foundation.note</extracomment>
        <translation>客户</translation>
    </message>
    <message>
        <source>Contact</source>
        <comment>field</comment>
        <extracomment>field of foundation.note</extracomment>
        <translation>联系人</translation>
    </message>
</context>
<context>
    <name>foundation.task</name>
    <message>
        <source>Customer</source>
        <comment>field</comment>
        <extracomment>field of foundation.task</extracomment>
        <translation>客户</translation>
    </message>
    <message>
        <source>Contact</source>
        <comment>field</comment>
        <extracomment>field of foundation.task</extracomment>
        <translation>联系人</translation>
    </message>
</context>
</TS>
