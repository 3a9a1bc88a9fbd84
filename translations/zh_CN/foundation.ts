<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>foundation</name>
    <message>
        <source>A team cannot be part of itself or of a team below it.</source>
        <translation>团队不能隶属于自己或自己的下级团队。</translation>
    </message>
    <message>
        <source>“{value}” is not a currency code. It has three letters, such as CNY.</source>
        <translation>“{value}”不是货币代码。货币代码由三个字母组成，例如 CNY。</translation>
    </message>
    <message>
        <source>“{value}” cannot be the name of a field. It begins with x_ and has small letters, digits and underscores only.</source>
        <translation>“{value}”不能用作字段名。字段名以 x_ 开头，只能包含小写字母、数字和下划线。</translation>
    </message>
    <message>
        <source>The meeting cannot end before it begins.</source>
        <translation>会议的结束时间不能早于开始时间。</translation>
    </message>
    <message>
        <source>Company</source>
        <comment>department</comment>
        <extracomment>department of foundation</extracomment>
        <translation>公司</translation>
    </message>
    <message>
        <source>What every department stands on: people, teams, roles, currencies, activities and the company&apos;s own settings.</source>
        <comment>help</comment>
        <extracomment>help of foundation</extracomment>
        <translation>各部门共用的基础：人员、团队、角色、货币、活动以及公司设置。</translation>
    </message>
</context>
<context>
    <name>foundation.call</name>
    <message>
        <source>Call</source>
        <comment>label</comment>
        <extracomment>label of Call</extracomment>
        <translation>电话</translation>
    </message>
    <message>
        <source>Calls</source>
        <comment>plural</comment>
        <extracomment>plural of Call</extracomment>
        <translation>电话</translation>
    </message>
    <message>
        <source>Subject</source>
        <comment>field</comment>
        <extracomment>field of Call</extracomment>
        <translation>主题</translation>
    </message>
    <message>
        <source>Direction</source>
        <comment>field</comment>
        <extracomment>field of Call</extracomment>
        <translation>方向</translation>
    </message>
    <message>
        <source>Outgoing</source>
        <comment>choice</comment>
        <extracomment>choice of Call/Direction</extracomment>
        <translation>呼出</translation>
    </message>
    <message>
        <source>Incoming</source>
        <comment>choice</comment>
        <extracomment>choice of Call/Direction</extracomment>
        <translation>呼入</translation>
    </message>
    <message>
        <source>When</source>
        <comment>field</comment>
        <extracomment>field of Call</extracomment>
        <translation>时间</translation>
    </message>
    <message>
        <source>Duration</source>
        <comment>field</comment>
        <extracomment>field of Call</extracomment>
        <translation>时长</translation>
    </message>
    <message>
        <source>Number</source>
        <comment>field</comment>
        <extracomment>field of Call</extracomment>
        <translation>号码</translation>
    </message>
    <message>
        <source>Outcome</source>
        <comment>field</comment>
        <extracomment>field of Call</extracomment>
        <translation>结果</translation>
    </message>
    <message>
        <source>Reached</source>
        <comment>choice</comment>
        <extracomment>choice of Call/Outcome</extracomment>
        <translation>已接通</translation>
    </message>
    <message>
        <source>Not reached</source>
        <comment>choice</comment>
        <extracomment>choice of Call/Outcome</extracomment>
        <translation>未接通</translation>
    </message>
    <message>
        <source>Call back</source>
        <comment>choice</comment>
        <extracomment>choice of Call/Outcome</extracomment>
        <translation>需回拨</translation>
    </message>
    <message>
        <source>Wrong number</source>
        <comment>choice</comment>
        <extracomment>choice of Call/Outcome</extracomment>
        <translation>号码错误</translation>
    </message>
    <message>
        <source>Content</source>
        <comment>field</comment>
        <extracomment>field of Call</extracomment>
        <translation>内容</translation>
    </message>
    <message>
        <source>Owner</source>
        <comment>field</comment>
        <extracomment>field of Call</extracomment>
        <translation>负责人</translation>
    </message>
    <message>
        <source>Team</source>
        <comment>field</comment>
        <extracomment>field of Call</extracomment>
        <translation>团队</translation>
    </message>
    <message>
        <source>Files</source>
        <comment>field</comment>
        <extracomment>field of Call</extracomment>
        <translation>附件</translation>
    </message>
</context>
<context>
    <name>foundation.company</name>
    <message>
        <source>Company settings</source>
        <comment>label</comment>
        <extracomment>label of Company settings</extracomment>
        <translation>公司设置</translation>
    </message>
    <message>
        <source>Company settings</source>
        <comment>plural</comment>
        <extracomment>plural of Company settings</extracomment>
        <translation>公司设置</translation>
    </message>
    <message>
        <source>One record: what holds for the whole company.</source>
        <comment>help</comment>
        <extracomment>help of Company settings</extracomment>
        <translation>仅一条记录：适用于全公司的设置。</translation>
    </message>
    <message>
        <source>Company name</source>
        <comment>field</comment>
        <extracomment>field of Company settings</extracomment>
        <translation>公司名称</translation>
    </message>
    <message>
        <source>Home currency</source>
        <comment>field</comment>
        <extracomment>field of Company settings</extracomment>
        <translation>本位币</translation>
    </message>
    <message>
        <source>Usual tax rate</source>
        <comment>field</comment>
        <extracomment>field of Company settings</extracomment>
        <translation>常用税率</translation>
    </message>
    <message>
        <source>Phone</source>
        <comment>field</comment>
        <extracomment>field of Company settings</extracomment>
        <translation>电话</translation>
    </message>
    <message>
        <source>Website</source>
        <comment>field</comment>
        <extracomment>field of Company settings</extracomment>
        <translation>网站</translation>
    </message>
    <message>
        <source>Address</source>
        <comment>field</comment>
        <extracomment>field of Company settings</extracomment>
        <translation>地址</translation>
    </message>
    <message>
        <source>First month of the financial year</source>
        <comment>field</comment>
        <extracomment>field of Company settings</extracomment>
        <translation>财年首月</translation>
    </message>
</context>
<context>
    <name>foundation.conflict</name>
    <message>
        <source>Conflict</source>
        <comment>label</comment>
        <extracomment>label of Conflict</extracomment>
        <translation>冲突</translation>
    </message>
    <message>
        <source>Conflicts</source>
        <comment>plural</comment>
        <extracomment>plural of Conflict</extracomment>
        <translation>冲突</translation>
    </message>
    <message>
        <source>Two people changed the same field; the earlier edit is kept here for its author, who can bring it back.</source>
        <comment>help</comment>
        <extracomment>help of Conflict</extracomment>
        <translation>两人修改了同一字段；较早的修改保留在这里，其作者可以将它恢复。</translation>
    </message>
    <message>
        <source>Kind of record</source>
        <comment>field</comment>
        <extracomment>field of Conflict</extracomment>
        <translation>记录类型</translation>
    </message>
    <message>
        <source>Record</source>
        <comment>field</comment>
        <extracomment>field of Conflict</extracomment>
        <translation>记录</translation>
    </message>
    <message>
        <source>Field</source>
        <comment>field</comment>
        <extracomment>field of Conflict</extracomment>
        <translation>字段</translation>
    </message>
    <message>
        <source>Value before both edits</source>
        <comment>field</comment>
        <extracomment>field of Conflict</extracomment>
        <translation>修改前的值</translation>
    </message>
    <message>
        <source>Value that stands</source>
        <comment>field</comment>
        <extracomment>field of Conflict</extracomment>
        <translation>当前生效的值</translation>
    </message>
    <message>
        <source>Value that was replaced</source>
        <comment>field</comment>
        <extracomment>field of Conflict</extracomment>
        <translation>被替换的值</translation>
    </message>
    <message>
        <source>Kept edit by</source>
        <comment>field</comment>
        <extracomment>field of Conflict</extracomment>
        <translation>生效修改人</translation>
    </message>
    <message>
        <source>Replaced edit by</source>
        <comment>field</comment>
        <extracomment>field of Conflict</extracomment>
        <translation>被替换修改人</translation>
    </message>
    <message>
        <source>For</source>
        <comment>field</comment>
        <extracomment>field of Conflict</extracomment>
        <translation>相关人</translation>
    </message>
    <message>
        <source>Replaced at</source>
        <comment>field</comment>
        <extracomment>field of Conflict</extracomment>
        <translation>替换时间</translation>
    </message>
    <message>
        <source>State</source>
        <comment>field</comment>
        <extracomment>field of Conflict</extracomment>
        <translation>状态</translation>
    </message>
    <message>
        <source>Open</source>
        <comment>state</comment>
        <extracomment>state of Conflict</extracomment>
        <translation>未处理</translation>
    </message>
    <message>
        <source>Brought back</source>
        <comment>state</comment>
        <extracomment>state of Conflict</extracomment>
        <translation>已恢复</translation>
    </message>
    <message>
        <source>Dismissed</source>
        <comment>state</comment>
        <extracomment>state of Conflict</extracomment>
        <translation>已忽略</translation>
    </message>
    <message>
        <source>Bring my value back</source>
        <comment>action</comment>
        <extracomment>action of Conflict</extracomment>
        <translation>恢复我的值</translation>
    </message>
    <message>
        <source>Leave it as it is</source>
        <comment>action</comment>
        <extracomment>action of Conflict</extracomment>
        <translation>保持现状</translation>
    </message>
</context>
<context>
    <name>foundation.currency</name>
    <message>
        <source>Currency</source>
        <comment>label</comment>
        <extracomment>label of Currency</extracomment>
        <translation>货币</translation>
    </message>
    <message>
        <source>Currencies</source>
        <comment>plural</comment>
        <extracomment>plural of Currency</extracomment>
        <translation>货币</translation>
    </message>
    <message>
        <source>The rate is the worth of one unit in the company&apos;s own currency; older rates stand in the list of rates.</source>
        <comment>help</comment>
        <extracomment>help of Currency</extracomment>
        <translation>汇率为一个单位折合本位币的金额；历史汇率见汇率列表。</translation>
    </message>
    <message>
        <source>Code</source>
        <comment>field</comment>
        <extracomment>field of Currency</extracomment>
        <translation>代码</translation>
    </message>
    <message>
        <source>Name</source>
        <comment>field</comment>
        <extracomment>field of Currency</extracomment>
        <translation>名称</translation>
    </message>
    <message>
        <source>Symbol</source>
        <comment>field</comment>
        <extracomment>field of Currency</extracomment>
        <translation>符号</translation>
    </message>
    <message>
        <source>Digits after the point</source>
        <comment>field</comment>
        <extracomment>field of Currency</extracomment>
        <translation>小数位数</translation>
    </message>
    <message>
        <source>Rate</source>
        <comment>field</comment>
        <extracomment>field of Currency</extracomment>
        <translation>汇率</translation>
    </message>
    <message>
        <source>Active</source>
        <comment>field</comment>
        <extracomment>field of Currency</extracomment>
        <translation>启用</translation>
    </message>
</context>
<context>
    <name>foundation.custom_field</name>
    <message>
        <source>Custom field</source>
        <comment>label</comment>
        <extracomment>label of Custom field</extracomment>
        <translation>自定义字段</translation>
    </message>
    <message>
        <source>Custom fields</source>
        <comment>plural</comment>
        <extracomment>plural of Custom field</extracomment>
        <translation>自定义字段</translation>
    </message>
    <message>
        <source>A field that the company added to a kind of record. The definition is a field as in the entity files.</source>
        <comment>help</comment>
        <extracomment>help of Custom field</extracomment>
        <translation>公司为某类记录增加的字段。定义的写法与实体文件中的字段相同。</translation>
    </message>
    <message>
        <source>Kind of record</source>
        <comment>field</comment>
        <extracomment>field of Custom field</extracomment>
        <translation>记录类型</translation>
    </message>
    <message>
        <source>Field name</source>
        <comment>field</comment>
        <extracomment>field of Custom field</extracomment>
        <translation>字段名</translation>
    </message>
    <message>
        <source>Begins with x_ and has small letters, digits and underscores only.</source>
        <comment>help</comment>
        <extracomment>help of Custom field/Field name</extracomment>
        <translation>以 x_ 开头，只能包含小写字母、数字和下划线。</translation>
    </message>
    <message>
        <source>Definition</source>
        <comment>field</comment>
        <extracomment>field of Custom field</extracomment>
        <translation>定义</translation>
    </message>
    <message>
        <source>Active</source>
        <comment>field</comment>
        <extracomment>field of Custom field</extracomment>
        <translation>启用</translation>
    </message>
</context>
<context>
    <name>foundation.device</name>
    <message>
        <source>Device</source>
        <comment>label</comment>
        <extracomment>label of Device</extracomment>
        <translation>设备</translation>
    </message>
    <message>
        <source>Devices</source>
        <comment>plural</comment>
        <extracomment>plural of Device</extracomment>
        <translation>设备</translation>
    </message>
    <message>
        <source>A computer on which somebody has signed in.</source>
        <comment>help</comment>
        <extracomment>help of Device</extracomment>
        <translation>有人登录过的电脑。</translation>
    </message>
    <message>
        <source>Name</source>
        <comment>field</comment>
        <extracomment>field of Device</extracomment>
        <translation>名称</translation>
    </message>
    <message>
        <source>User</source>
        <comment>field</comment>
        <extracomment>field of Device</extracomment>
        <translation>用户</translation>
    </message>
    <message>
        <source>Program</source>
        <comment>field</comment>
        <extracomment>field of Device</extracomment>
        <translation>程序</translation>
    </message>
    <message>
        <source>Last contact</source>
        <comment>field</comment>
        <extracomment>field of Device</extracomment>
        <translation>最近连接</translation>
    </message>
    <message>
        <source>Revoked</source>
        <comment>field</comment>
        <extracomment>field of Device</extracomment>
        <translation>已吊销</translation>
    </message>
</context>
<context>
    <name>foundation.exchange_rate</name>
    <message>
        <source>Exchange rate</source>
        <comment>label</comment>
        <extracomment>label of Exchange rate</extracomment>
        <translation>汇率</translation>
    </message>
    <message>
        <source>Exchange rates</source>
        <comment>plural</comment>
        <extracomment>plural of Exchange rate</extracomment>
        <translation>汇率</translation>
    </message>
    <message>
        <source>Currency</source>
        <comment>field</comment>
        <extracomment>field of Exchange rate</extracomment>
        <translation>货币</translation>
    </message>
    <message>
        <source>Valid from</source>
        <comment>field</comment>
        <extracomment>field of Exchange rate</extracomment>
        <translation>生效日期</translation>
    </message>
    <message>
        <source>Rate</source>
        <comment>field</comment>
        <extracomment>field of Exchange rate</extracomment>
        <translation>汇率</translation>
    </message>
</context>
<context>
    <name>foundation.meeting</name>
    <message>
        <source>Meeting</source>
        <comment>label</comment>
        <extracomment>label of Meeting</extracomment>
        <translation>会议</translation>
    </message>
    <message>
        <source>Meetings</source>
        <comment>plural</comment>
        <extracomment>plural of Meeting</extracomment>
        <translation>会议</translation>
    </message>
    <message>
        <source>Subject</source>
        <comment>field</comment>
        <extracomment>field of Meeting</extracomment>
        <translation>主题</translation>
    </message>
    <message>
        <source>Begins</source>
        <comment>field</comment>
        <extracomment>field of Meeting</extracomment>
        <translation>开始</translation>
    </message>
    <message>
        <source>Ends</source>
        <comment>field</comment>
        <extracomment>field of Meeting</extracomment>
        <translation>结束</translation>
    </message>
    <message>
        <source>Place</source>
        <comment>field</comment>
        <extracomment>field of Meeting</extracomment>
        <translation>地点</translation>
    </message>
    <message>
        <source>Agenda</source>
        <comment>field</comment>
        <extracomment>field of Meeting</extracomment>
        <translation>议程</translation>
    </message>
    <message>
        <source>Result</source>
        <comment>field</comment>
        <extracomment>field of Meeting</extracomment>
        <translation>结果</translation>
    </message>
    <message>
        <source>Status</source>
        <comment>field</comment>
        <extracomment>field of Meeting</extracomment>
        <translation>状态</translation>
    </message>
    <message>
        <source>Colleagues</source>
        <comment>field</comment>
        <extracomment>field of Meeting</extracomment>
        <translation>参与同事</translation>
    </message>
    <message>
        <source>Organiser</source>
        <comment>field</comment>
        <extracomment>field of Meeting</extracomment>
        <translation>组织者</translation>
    </message>
    <message>
        <source>Team</source>
        <comment>field</comment>
        <extracomment>field of Meeting</extracomment>
        <translation>团队</translation>
    </message>
    <message>
        <source>Planned</source>
        <comment>state</comment>
        <extracomment>state of Meeting</extracomment>
        <translation>已计划</translation>
    </message>
    <message>
        <source>Held</source>
        <comment>state</comment>
        <extracomment>state of Meeting</extracomment>
        <translation>已召开</translation>
    </message>
    <message>
        <source>Not held</source>
        <comment>state</comment>
        <extracomment>state of Meeting</extracomment>
        <translation>未召开</translation>
    </message>
    <message>
        <source>Held</source>
        <comment>action</comment>
        <extracomment>action of Meeting</extracomment>
        <translation>标记为已召开</translation>
    </message>
    <message>
        <source>Not held</source>
        <comment>action</comment>
        <extracomment>action of Meeting</extracomment>
        <translation>标记为未召开</translation>
    </message>
    <message>
        <source>Files</source>
        <comment>field</comment>
        <extracomment>field of Meeting</extracomment>
        <translation>附件</translation>
    </message>
</context>
<context>
    <name>foundation.note</name>
    <message>
        <source>Note</source>
        <comment>label</comment>
        <extracomment>label of Note</extracomment>
        <translation>笔记</translation>
    </message>
    <message>
        <source>Notes</source>
        <comment>plural</comment>
        <extracomment>plural of Note</extracomment>
        <translation>笔记</translation>
    </message>
    <message>
        <source>Subject</source>
        <comment>field</comment>
        <extracomment>field of Note</extracomment>
        <translation>主题</translation>
    </message>
    <message>
        <source>Text</source>
        <comment>field</comment>
        <extracomment>field of Note</extracomment>
        <translation>内容</translation>
    </message>
    <message>
        <source>Written</source>
        <comment>field</comment>
        <extracomment>field of Note</extracomment>
        <translation>撰写时间</translation>
    </message>
    <message>
        <source>Author</source>
        <comment>field</comment>
        <extracomment>field of Note</extracomment>
        <translation>作者</translation>
    </message>
    <message>
        <source>Team</source>
        <comment>field</comment>
        <extracomment>field of Note</extracomment>
        <translation>团队</translation>
    </message>
    <message>
        <source>Tags</source>
        <comment>field</comment>
        <extracomment>field of Note</extracomment>
        <translation>标签</translation>
    </message>
    <message>
        <source>Files</source>
        <comment>field</comment>
        <extracomment>field of Note</extracomment>
        <translation>附件</translation>
    </message>
</context>
<context>
    <name>foundation.reminder</name>
    <message>
        <source>Reminder</source>
        <comment>label</comment>
        <extracomment>label of Reminder</extracomment>
        <translation>提醒</translation>
    </message>
    <message>
        <source>Reminders</source>
        <comment>plural</comment>
        <extracomment>plural of Reminder</extracomment>
        <translation>提醒</translation>
    </message>
    <message>
        <source>Text</source>
        <comment>field</comment>
        <extracomment>field of Reminder</extracomment>
        <translation>内容</translation>
    </message>
    <message>
        <source>Due</source>
        <comment>field</comment>
        <extracomment>field of Reminder</extracomment>
        <translation>到期</translation>
    </message>
    <message>
        <source>For</source>
        <comment>field</comment>
        <extracomment>field of Reminder</extracomment>
        <translation>相关人</translation>
    </message>
    <message>
        <source>Kind of record</source>
        <comment>field</comment>
        <extracomment>field of Reminder</extracomment>
        <translation>记录类型</translation>
    </message>
    <message>
        <source>Record</source>
        <comment>field</comment>
        <extracomment>field of Reminder</extracomment>
        <translation>记录</translation>
    </message>
    <message>
        <source>State</source>
        <comment>field</comment>
        <extracomment>field of Reminder</extracomment>
        <translation>状态</translation>
    </message>
    <message>
        <source>Waiting</source>
        <comment>state</comment>
        <extracomment>state of Reminder</extracomment>
        <translation>等待中</translation>
    </message>
    <message>
        <source>Done</source>
        <comment>state</comment>
        <extracomment>state of Reminder</extracomment>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Dropped</source>
        <comment>state</comment>
        <extracomment>state of Reminder</extracomment>
        <translation>已放弃</translation>
    </message>
    <message>
        <source>Done</source>
        <comment>action</comment>
        <extracomment>action of Reminder</extracomment>
        <translation>完成</translation>
    </message>
    <message>
        <source>Drop</source>
        <comment>action</comment>
        <extracomment>action of Reminder</extracomment>
        <translation>放弃</translation>
    </message>
</context>
<context>
    <name>foundation.role</name>
    <message>
        <source>Role</source>
        <comment>label</comment>
        <extracomment>label of Role</extracomment>
        <translation>角色</translation>
    </message>
    <message>
        <source>Roles</source>
        <comment>plural</comment>
        <extracomment>plural of Role</extracomment>
        <translation>角色</translation>
    </message>
    <message>
        <source>What somebody may see and do. The rights of a role are part of each department&apos;s declarations.</source>
        <comment>help</comment>
        <extracomment>help of Role</extracomment>
        <translation>规定可以查看和操作的内容。角色的权限由各部门的声明给出。</translation>
    </message>
    <message>
        <source>Name</source>
        <comment>field</comment>
        <extracomment>field of Role</extracomment>
        <translation>名称</translation>
    </message>
    <message>
        <source>Label</source>
        <comment>field</comment>
        <extracomment>field of Role</extracomment>
        <translation>名称</translation>
    </message>
    <message>
        <source>Description</source>
        <comment>field</comment>
        <extracomment>field of Role</extracomment>
        <translation>描述</translation>
    </message>
    <message>
        <source>Days without contact</source>
        <comment>field</comment>
        <extracomment>field of Role</extracomment>
        <translation>离线期限（天）</translation>
    </message>
    <message>
        <source>A copy that has not reached the server for so long locks itself until it does. The least of somebody&apos;s roles counts; 60 where none is given.</source>
        <comment>help</comment>
        <extracomment>help of Role/Days without contact</extracomment>
        <translation>副本超过此天数未与服务器联系即自动锁定，直到重新联系为止。一人有多个角色时取最短的期限；都未填写时为 60 天。</translation>
    </message>
</context>
<context>
    <name>foundation.saved_view</name>
    <message>
        <source>Saved view</source>
        <comment>label</comment>
        <extracomment>label of Saved view</extracomment>
        <translation>视图</translation>
    </message>
    <message>
        <source>Saved views</source>
        <comment>plural</comment>
        <extracomment>plural of Saved view</extracomment>
        <translation>视图</translation>
    </message>
    <message>
        <source>A list as somebody wants to see it: filter, columns, sorting, grouping.</source>
        <comment>help</comment>
        <extracomment>help of Saved view</extracomment>
        <translation>按个人需要保存的列表：筛选、列、排序、分组。</translation>
    </message>
    <message>
        <source>Name</source>
        <comment>field</comment>
        <extracomment>field of Saved view</extracomment>
        <translation>名称</translation>
    </message>
    <message>
        <source>Kind of record</source>
        <comment>field</comment>
        <extracomment>field of Saved view</extracomment>
        <translation>记录类型</translation>
    </message>
    <message>
        <source>Definition</source>
        <comment>field</comment>
        <extracomment>field of Saved view</extracomment>
        <translation>定义</translation>
    </message>
    <message>
        <source>Owner</source>
        <comment>field</comment>
        <extracomment>field of Saved view</extracomment>
        <translation>负责人</translation>
    </message>
    <message>
        <source>Shared with team</source>
        <comment>field</comment>
        <extracomment>field of Saved view</extracomment>
        <translation>与团队共享</translation>
    </message>
    <message>
        <source>Position</source>
        <comment>field</comment>
        <extracomment>field of Saved view</extracomment>
        <translation>位置</translation>
    </message>
</context>
<context>
    <name>foundation.task</name>
    <message>
        <source>Task</source>
        <comment>label</comment>
        <extracomment>label of Task</extracomment>
        <translation>任务</translation>
    </message>
    <message>
        <source>Tasks</source>
        <comment>plural</comment>
        <extracomment>plural of Task</extracomment>
        <translation>任务</translation>
    </message>
    <message>
        <source>Subject</source>
        <comment>field</comment>
        <extracomment>field of Task</extracomment>
        <translation>主题</translation>
    </message>
    <message>
        <source>Description</source>
        <comment>field</comment>
        <extracomment>field of Task</extracomment>
        <translation>描述</translation>
    </message>
    <message>
        <source>Status</source>
        <comment>field</comment>
        <extracomment>field of Task</extracomment>
        <translation>状态</translation>
    </message>
    <message>
        <source>Priority</source>
        <comment>field</comment>
        <extracomment>field of Task</extracomment>
        <translation>优先级</translation>
    </message>
    <message>
        <source>Low</source>
        <comment>choice</comment>
        <extracomment>choice of Task/Priority</extracomment>
        <translation>低</translation>
    </message>
    <message>
        <source>Normal</source>
        <comment>choice</comment>
        <extracomment>choice of Task/Priority</extracomment>
        <translation>普通</translation>
    </message>
    <message>
        <source>High</source>
        <comment>choice</comment>
        <extracomment>choice of Task/Priority</extracomment>
        <translation>高</translation>
    </message>
    <message>
        <source>Urgent</source>
        <comment>choice</comment>
        <extracomment>choice of Task/Priority</extracomment>
        <translation>紧急</translation>
    </message>
    <message>
        <source>Due</source>
        <comment>field</comment>
        <extracomment>field of Task</extracomment>
        <translation>到期</translation>
    </message>
    <message>
        <source>Done at</source>
        <comment>field</comment>
        <extracomment>field of Task</extracomment>
        <translation>完成时间</translation>
    </message>
    <message>
        <source>Assigned to</source>
        <comment>field</comment>
        <extracomment>field of Task</extracomment>
        <translation>执行人</translation>
    </message>
    <message>
        <source>Team</source>
        <comment>field</comment>
        <extracomment>field of Task</extracomment>
        <translation>团队</translation>
    </message>
    <message>
        <source>Overdue</source>
        <comment>field</comment>
        <extracomment>field of Task</extracomment>
        <translation>已逾期</translation>
    </message>
    <message>
        <source>Not started</source>
        <comment>state</comment>
        <extracomment>state of Task</extracomment>
        <translation>未开始</translation>
    </message>
    <message>
        <source>Started</source>
        <comment>state</comment>
        <extracomment>state of Task</extracomment>
        <translation>进行中</translation>
    </message>
    <message>
        <source>Deferred</source>
        <comment>state</comment>
        <extracomment>state of Task</extracomment>
        <translation>已推迟</translation>
    </message>
    <message>
        <source>Completed</source>
        <comment>state</comment>
        <extracomment>state of Task</extracomment>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <comment>state</comment>
        <extracomment>state of Task</extracomment>
        <translation>已取消</translation>
    </message>
    <message>
        <source>Start</source>
        <comment>action</comment>
        <extracomment>action of Task</extracomment>
        <translation>开始</translation>
    </message>
    <message>
        <source>Defer</source>
        <comment>action</comment>
        <extracomment>action of Task</extracomment>
        <translation>推迟</translation>
    </message>
    <message>
        <source>Complete</source>
        <comment>action</comment>
        <extracomment>action of Task</extracomment>
        <translation>完成</translation>
    </message>
    <message>
        <source>Cancel</source>
        <comment>action</comment>
        <extracomment>action of Task</extracomment>
        <translation>取消</translation>
    </message>
    <message>
        <source>Reopen</source>
        <comment>action</comment>
        <extracomment>action of Task</extracomment>
        <translation>重新打开</translation>
    </message>
    <message>
        <source>Files</source>
        <comment>field</comment>
        <extracomment>field of Task</extracomment>
        <translation>附件</translation>
    </message>
</context>
<context>
    <name>foundation.team</name>
    <message>
        <source>Team</source>
        <comment>label</comment>
        <extracomment>label of Team</extracomment>
        <translation>团队</translation>
    </message>
    <message>
        <source>Teams</source>
        <comment>plural</comment>
        <extracomment>plural of Team</extracomment>
        <translation>团队</translation>
    </message>
    <message>
        <source>Teams form a tree: who may see a team&apos;s records also sees those of the teams below it.</source>
        <comment>help</comment>
        <extracomment>help of Team</extracomment>
        <translation>团队呈树形：能查看某团队记录的人，也能查看其下级团队的记录。</translation>
    </message>
    <message>
        <source>Name</source>
        <comment>field</comment>
        <extracomment>field of Team</extracomment>
        <translation>名称</translation>
    </message>
    <message>
        <source>Part of</source>
        <comment>field</comment>
        <extracomment>field of Team</extracomment>
        <translation>上级</translation>
    </message>
    <message>
        <source>Manager</source>
        <comment>field</comment>
        <extracomment>field of Team</extracomment>
        <translation>主管</translation>
    </message>
    <message>
        <source>Description</source>
        <comment>field</comment>
        <extracomment>field of Team</extracomment>
        <translation>描述</translation>
    </message>
    <message>
        <source>Members</source>
        <comment>field</comment>
        <extracomment>field of Team</extracomment>
        <translation>成员</translation>
    </message>
</context>
<context>
    <name>foundation.unit</name>
    <message>
        <source>Unit</source>
        <comment>label</comment>
        <extracomment>label of Unit</extracomment>
        <translation>单位</translation>
    </message>
    <message>
        <source>Units</source>
        <comment>plural</comment>
        <extracomment>plural of Unit</extracomment>
        <translation>单位</translation>
    </message>
    <message>
        <source>Name</source>
        <comment>field</comment>
        <extracomment>field of Unit</extracomment>
        <translation>名称</translation>
    </message>
    <message>
        <source>Code</source>
        <comment>field</comment>
        <extracomment>field of Unit</extracomment>
        <translation>代码</translation>
    </message>
    <message>
        <source>Digits after the point</source>
        <comment>field</comment>
        <extracomment>field of Unit</extracomment>
        <translation>小数位数</translation>
    </message>
</context>
<context>
    <name>foundation.user</name>
    <message>
        <source>User</source>
        <comment>label</comment>
        <extracomment>label of User</extracomment>
        <translation>用户</translation>
    </message>
    <message>
        <source>Users</source>
        <comment>plural</comment>
        <extracomment>plural of User</extracomment>
        <translation>用户</translation>
    </message>
    <message>
        <source>A person who signs in. Records that belong to somebody name a user.</source>
        <comment>help</comment>
        <extracomment>help of User</extracomment>
        <translation>可登录的人员。有归属的记录都指向一个用户。</translation>
    </message>
    <message>
        <source>Sign-in name</source>
        <comment>field</comment>
        <extracomment>field of User</extracomment>
        <translation>登录名</translation>
    </message>
    <message>
        <source>Name</source>
        <comment>field</comment>
        <extracomment>field of User</extracomment>
        <translation>名称</translation>
    </message>
    <message>
        <source>E-mail</source>
        <comment>field</comment>
        <extracomment>field of User</extracomment>
        <translation>邮箱</translation>
    </message>
    <message>
        <source>Phone</source>
        <comment>field</comment>
        <extracomment>field of User</extracomment>
        <translation>电话</translation>
    </message>
    <message>
        <source>Job title</source>
        <comment>field</comment>
        <extracomment>field of User</extracomment>
        <translation>职务</translation>
    </message>
    <message>
        <source>Team</source>
        <comment>field</comment>
        <extracomment>field of User</extracomment>
        <translation>团队</translation>
    </message>
    <message>
        <source>Reports to</source>
        <comment>field</comment>
        <extracomment>field of User</extracomment>
        <translation>汇报给</translation>
    </message>
    <message>
        <source>Roles</source>
        <comment>field</comment>
        <extracomment>field of User</extracomment>
        <translation>角色</translation>
    </message>
    <message>
        <source>Language</source>
        <comment>field</comment>
        <extracomment>field of User</extracomment>
        <translation>语言</translation>
    </message>
    <message>
        <source>Chinese</source>
        <comment>choice</comment>
        <extracomment>choice of User/Language</extracomment>
        <translation>中文</translation>
    </message>
    <message>
        <source>English</source>
        <comment>choice</comment>
        <extracomment>choice of User/Language</extracomment>
        <translation>英文</translation>
    </message>
    <message>
        <source>Active</source>
        <comment>field</comment>
        <extracomment>field of User</extracomment>
        <translation>启用</translation>
    </message>
    <message>
        <source>Person</source>
        <comment>section</comment>
        <extracomment>section of User</extracomment>
        <translation>基本信息</translation>
    </message>
    <message>
        <source>Place in the company</source>
        <comment>section</comment>
        <extracomment>section of User</extracomment>
        <translation>公司内职位</translation>
    </message>
</context>
</TS>
