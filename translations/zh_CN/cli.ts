<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>cli</name>
    <message>
        <source>Folder with the replica. Otherwise TONGZHOU_PROFILE, or the user&apos;s own.</source>
        <translation>副本所在文件夹。未指定时取 TONGZHOU_PROFILE，或用户默认位置。</translation>
    </message>
    <message>
        <source>Print one JSON document.</source>
        <translation>输出一个 JSON 文档。</translation>
    </message>
    <message>
        <source>Language of messages: en or zh_CN. Otherwise as the system says.</source>
        <translation>消息语言：en 或 zh_CN。未指定时随系统。</translation>
    </message>
    <message>
        <source>Show this help.</source>
        <translation>显示此帮助。</translation>
    </message>
    <message>
        <source>Show the version.</source>
        <translation>显示版本。</translation>
    </message>
    <message>
        <source>Sign in to a server and keep this device&apos;s token.</source>
        <translation>登录服务器并保存本设备的令牌。</translation>
    </message>
    <message>
        <source>Address of the server: https://host:port.</source>
        <translation>服务器地址：https://host:port。</translation>
    </message>
    <message>
        <source>Sign-in name.</source>
        <translation>登录名。</translation>
    </message>
    <message>
        <source>File whose first line is the password; - for standard input.</source>
        <translation>首行为密码的文件；- 表示标准输入。</translation>
    </message>
    <message>
        <source>Certificate authority to trust (PEM) instead of the system&apos;s.</source>
        <translation>要信任的证书颁发机构（PEM），代替系统自带的。</translation>
    </message>
    <message>
        <source>Name of this computer for administrators.</source>
        <translation>供管理员识别的电脑名称。</translation>
    </message>
    <message>
        <source>Whether signing in also needs a code of an authenticator app; switches it on (on, then confirm) or off.</source>
        <translation>登录是否还需要身份验证器应用的验证码；用 on（再用 confirm 确认）开启，用 off 关闭。</translation>
    </message>
    <message>
        <source>What the authenticator app shows.</source>
        <translation>身份验证器应用显示的验证码。</translation>
    </message>
    <message>
        <source>Two-step sign-in is on.</source>
        <translation>两步验证已开启。</translation>
    </message>
    <message>
        <source>Two-step sign-in is off.</source>
        <translation>两步验证未开启。</translation>
    </message>
    <message>
        <source>Enter this key in your authenticator app: %1</source>
        <translation>请在身份验证器应用中输入此密钥：%1</translation>
    </message>
    <message>
        <source>It counts once you have confirmed it: two-step confirm --code CODE</source>
        <translation>确认后生效：two-step confirm --code 验证码</translation>
    </message>
    <message>
        <source>What the authenticator app shows, with two-step sign-in.</source>
        <translation>开启两步验证时，身份验证器应用显示的验证码。</translation>
    </message>
    <message>
        <source>Signed in to %1 as %2.</source>
        <translation>已以 %2 的身份登录 %1。</translation>
    </message>
    <message>
        <source>Forget this device&apos;s token; the records stay.</source>
        <translation>清除本设备的令牌；记录保留。</translation>
    </message>
    <message>
        <source>Make a profile for this computer only, without a server.</source>
        <translation>新建仅本机使用的配置，不连接服务器。</translation>
    </message>
    <message>
        <source>Fill it with an invented company to look at.</source>
        <translation>填入一家虚构公司的演示数据。</translation>
    </message>
    <message>
        <source>This profile belongs to %1 and stays on this computer.</source>
        <translation>该配置属于 %1，仅在本机使用。</translation>
    </message>
    <message>
        <source>Say whose profile this is and what waits.</source>
        <translation>显示配置的所有者和待发送内容。</translation>
    </message>
    <message>
        <source>Nobody has signed in to this profile yet.</source>
        <translation>尚未有人登录此配置。</translation>
    </message>
    <message>
        <source>%1, on this computer only</source>
        <translation>%1，仅本机</translation>
    </message>
    <message>
        <source>%1 at %2</source>
        <translation>%1，服务器 %2</translation>
    </message>
    <message>
        <source>Roles: %1</source>
        <translation>角色：%1</translation>
    </message>
    <message>
        <source>Waiting to be sent: %1; conflicts: %2; refused: %3</source>
        <translation>待发送：%1；冲突：%2；被拒绝：%3</translation>
    </message>
    <message>
        <source>Not everything has been fetched yet: run sync.</source>
        <translation>数据尚未全部获取：请运行 sync。</translation>
    </message>
    <message>
        <source>List the kinds of record.</source>
        <translation>列出记录类型。</translation>
    </message>
    <message>
        <source>Also those that are reached through others only.</source>
        <translation>包括只能通过其他记录访问的类型。</translation>
    </message>
    <message>
        <source>Entity</source>
        <translation>实体</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Show the fields, states and actions of a kind of record.</source>
        <translation>显示某类记录的字段、状态和操作。</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>From</source>
        <translation>从</translation>
    </message>
    <message>
        <source>To</source>
        <translation>到</translation>
    </message>
    <message>
        <source>Asks for</source>
        <translation>需填写</translation>
    </message>
    <message>
        <source>Write records to a CSV or JSON file that import reads again.</source>
        <translation>将记录导出为可再次导入的 CSV 或 JSON 文件。</translation>
    </message>
    <message>
        <source>Only records for which this holds.</source>
        <translation>仅限满足条件的记录。</translation>
    </message>
    <message>
        <source>Fields to write; otherwise all that can be imported again.</source>
        <translation>要导出的字段；未指定时导出所有可导入字段。</translation>
    </message>
    <message>
        <source>Order; a leading - sorts downwards.</source>
        <translation>排序；前缀 - 表示降序。</translation>
    </message>
    <message>
        <source>csv unless told.</source>
        <translation>默认为 csv。</translation>
    </message>
    <message>
        <source>File to write; otherwise standard output.</source>
        <translation>输出文件；未指定时为标准输出。</translation>
    </message>
    <message>
        <source>Keep spreadsheets from taking texts for formulas.</source>
        <translation>防止电子表格把文本当作公式。</translation>
    </message>
    <message>
        <source>%1 records written to %2</source>
        <translation>已将 %1 条记录写入 %2</translation>
    </message>
    <message>
        <source>Read records from a CSV file; every row that is not taken is listed with its reason.</source>
        <translation>从 CSV 文件导入记录；未导入的每一行都列出原因。</translation>
    </message>
    <message>
        <source>Which column goes where; &quot;account.uscc&quot; finds the link by that field; nothing after = leaves the column out.</source>
        <translation>列与字段的对应；“account.uscc”按该字段查找关联；= 后留空表示忽略该列。</translation>
    </message>
    <message>
        <source>dmy, mdy, ymd or a pattern such as dd-MM-yyyy; otherwise found out.</source>
        <translation>dmy、mdy、ymd 或如 dd-MM-yyyy 的格式；未指定时自动识别。</translation>
    </message>
    <message>
        <source>Values for fields that the file does not have.</source>
        <translation>文件中没有的字段的取值。</translation>
    </message>
    <message>
        <source>What a text in the file stands for: product:GTXPro=GTX Pro.</source>
        <translation>文件中文本所代表的值：product:GTXPro=GTX Pro。</translation>
    </message>
    <message>
        <source>Links whose missing targets are created.</source>
        <translation>自动创建缺失目标的关联字段。</translation>
    </message>
    <message>
        <source>What to do with records that are here already; skip unless told.</source>
        <translation>遇到已有记录时的处理；默认跳过。</translation>
    </message>
    <message>
        <source>Fields by which a record is recognised.</source>
        <translation>用于识别记录的字段。</translation>
    </message>
    <message>
        <source>utf-8, gb18030, latin1 or utf-16; otherwise found out.</source>
        <translation>utf-8、gb18030、latin1 或 utf-16；未指定时自动识别。</translation>
    </message>
    <message>
        <source>Character between the columns, or tab; otherwise found out.</source>
        <translation>列分隔符，或 tab；未指定时自动识别。</translation>
    </message>
    <message>
        <source>Try everything, keep nothing.</source>
        <translation>只试运行，不保存。</translation>
    </message>
    <message>
        <source>Line %1</source>
        <translation>第 %1 行</translation>
    </message>
    <message>
        <source>Tried only; nothing was kept.</source>
        <translation>仅试运行，未保存任何内容。</translation>
    </message>
    <message>
        <source>Rows: %1; created: %2; changed: %3; as before: %4; not taken: %5</source>
        <translation>行数：%1；新建：%2；修改：%3；未变：%4；未导入：%5</translation>
    </message>
    <message>
        <source>Make one record of several: the first one stays.</source>
        <translation>将多条记录合并为一条：保留第一条。</translation>
    </message>
    <message>
        <source>List records, or group and sum them.</source>
        <translation>列出记录，或分组汇总。</translation>
    </message>
    <message>
        <source>Only records for which this holds: &quot;amount &gt; 1000 and account.industry == &apos;retail&apos;&quot;.</source>
        <translation>仅限满足条件的记录：&quot;amount &gt; 1000 and account.industry == &apos;retail&apos;&quot;。</translation>
    </message>
    <message>
        <source>Fields to show; a path follows links; account._title is its title.</source>
        <translation>要显示的字段；路径可沿关联展开；account._title 为其标题。</translation>
    </message>
    <message>
        <source>Group by these; a date may carry day, week, month, quarter or year.</source>
        <translation>分组字段；日期可按 day、week、month、quarter 或 year 分组。</translation>
    </message>
    <message>
        <source>Sum of a number, of all or of each group.</source>
        <translation>数值合计（总计或按组）。</translation>
    </message>
    <message>
        <source>Least value.</source>
        <translation>最小值。</translation>
    </message>
    <message>
        <source>Greatest value.</source>
        <translation>最大值。</translation>
    </message>
    <message>
        <source>Average of a number.</source>
        <translation>数值平均值。</translation>
    </message>
    <message>
        <source>How many.</source>
        <translation>数量。</translation>
    </message>
    <message>
        <source>At most so many rows.</source>
        <translation>最多行数。</translation>
    </message>
    <message>
        <source>Leave out so many rows at the beginning.</source>
        <translation>跳过开头的行数。</translation>
    </message>
    <message>
        <source>Records in the recycle bin.</source>
        <translation>回收站中的记录。</translation>
    </message>
    <message>
        <source>Find records of every kind: Chinese, pinyin or its initials, words as one types.</source>
        <translation>搜索各类记录：支持中文、拼音、拼音首字母和边输边查。</translation>
    </message>
    <message>
        <source>Only records of this kind.</source>
        <translation>仅限此类记录。</translation>
    </message>
    <message>
        <source>At most so many; 50 unless told.</source>
        <translation>最多条数；默认 50。</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>ID</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Run a report; without a name, list them.</source>
        <translation>运行报表；不带名称则列出所有报表。</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>报表</translation>
    </message>
    <message>
        <source>Create a record and print its id.</source>
        <translation>新建记录并输出其 ID。</translation>
    </message>
    <message>
        <source>Change fields of a record; nothing after = empties one.</source>
        <translation>修改记录的字段；= 后留空表示清空。</translation>
    </message>
    <message>
        <source>Move records to the recycle bin.</source>
        <translation>将记录移入回收站。</translation>
    </message>
    <message>
        <source>Bring records back from the recycle bin.</source>
        <translation>从回收站恢复记录。</translation>
    </message>
    <message>
        <source>Do a declared action: a move to another state, or a department&apos;s own.</source>
        <translation>执行操作：转换状态，或部门自定义的操作。</translation>
    </message>
    <message>
        <source>Take back the last thing done here, or the batch that is named.</source>
        <translation>撤销本机最近一次操作，或指定的批次。</translation>
    </message>
    <message>
        <source>At most so many entries; 200 unless told.</source>
        <translation>最多条数；默认 200。</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>更改</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>之前</translation>
    </message>
    <message>
        <source>After</source>
        <translation>之后</translation>
    </message>
    <message>
        <source>Send what waits and fetch what is new, until both sides are quiet.</source>
        <translation>发送待发内容并获取新数据，直到双方一致。</translation>
    </message>
    <message>
        <source>Sent: %1 (refused: %2); received: %3; deleted: %4; removed: %5</source>
        <translation>已发送：%1（被拒绝：%2）；已接收：%3；已删除：%4；已移出：%5</translation>
    </message>
    <message>
        <source>To look at: %1 conflicts, %2 refused changes</source>
        <translation>待处理：%1 个冲突，%2 项被拒绝的更改</translation>
    </message>
    <message>
        <source>List your edits that others&apos; edits replaced.</source>
        <translation>列出被他人修改替换的您的修改。</translation>
    </message>
    <message>
        <source>Also those that have been dealt with.</source>
        <translation>包括已处理的。</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>记录</translation>
    </message>
    <message>
        <source>Mine</source>
        <translation>我的</translation>
    </message>
    <message>
        <source>Theirs</source>
        <translation>对方的</translation>
    </message>
    <message>
        <source>By</source>
        <translation>修改人</translation>
    </message>
    <message>
        <source>Bring your own value of a conflict back.</source>
        <translation>恢复冲突中您自己的值。</translation>
    </message>
    <message>
        <source>Leave conflicts as they are and stop listing them.</source>
        <translation>保持冲突现状，不再列出。</translation>
    </message>
    <message>
        <source>List changes that the server refused, with the reasons.</source>
        <translation>列出被服务器拒绝的更改及原因。</translation>
    </message>
    <message>
        <source>Remove this one from the list; &quot;all&quot; removes every one.</source>
        <translation>从列表中移除此项；“all”移除全部。</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>批次</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>tongzhou-cli: Tongzhou CRM on the command line</source>
        <translation>tongzhou-cli：同舟 CRM 命令行</translation>
    </message>
    <message>
        <source>Done; records touched: %1</source>
        <translation>完成；涉及记录：%1</translation>
    </message>
    <message>
        <source>Made ready for the server: %1 of %2 records</source>
        <translation>已为服务器准备：%1 / %2 条记录</translation>
    </message>
    <message>
        <source>Everything in this profile waits to be sent (%1 batches): run sync.</source>
        <translation>此配置中的全部内容正等待发送（%1 批）：请运行 sync。</translation>
    </message>
    <message>
        <source>Show what was changed: of one record everything that the server knows, or the last things done here.</source>
        <translation>显示更改历史：某条记录在服务器上的全部历史，或本机最近的操作。</translation>
    </message>
    <message>
        <source>Only what this computer knows, without asking the server.</source>
        <translation>仅显示本机所知的内容，不询问服务器。</translation>
    </message>
    <message>
        <source>This is what this computer knows; others&apos; changes may be missing.</source>
        <translation>以下仅为本机所知的内容，可能缺少他人的更改。</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>操作人</translation>
    </message>
    <message>
        <source>Attach files to a record; sync sends them.</source>
        <translation>为记录添加附件；同步时上传。</translation>
    </message>
    <message>
        <source>Remove attached files from a record.</source>
        <translation>从记录中移除附件。</translation>
    </message>
    <message>
        <source>on this computer</source>
        <translation>在本机</translation>
    </message>
    <message>
        <source>to be sent</source>
        <translation>待上传</translation>
    </message>
    <message>
        <source>on the server</source>
        <translation>在服务器</translation>
    </message>
    <message>
        <source>not yet on the server</source>
        <translation>尚未上传到服务器</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>缺失</translation>
    </message>
    <message>
        <source>List the files of a record and where they are.</source>
        <translation>列出记录的附件及其所在位置。</translation>
    </message>
    <message>
        <source>%1, kept</source>
        <translation>%1，保留</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Write an attached file to a file, from the server if it is not here.</source>
        <translation>将附件写入文件；本机没有时从服务器下载。</translation>
    </message>
    <message>
        <source>Where to write it; without it the file is only fetched.</source>
        <translation>写入的位置；不指定则仅下载。</translation>
    </message>
    <message>
        <source>Keep it on this computer from now on.</source>
        <translation>从现在起保留在本机。</translation>
    </message>
    <message>
        <source>Files sent: %1; still to be sent: %2</source>
        <translation>已上传附件：%1；待上传：%2</translation>
    </message>
    <message>
        <source>%1 entries written to %2</source>
        <translation>已将 %1 条记录写入 %2</translation>
    </message>
    <message>
        <source>the server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>There is no password yet: nobody can sign in before admin user set … --password-file F.</source>
        <translation>尚未设置密码：请先执行 admin user set … --password-file F，该用户才能登录。</translation>
    </message>
    <message>
        <source>It erases its copy at its next contact; admin devices says when it has.</source>
        <translation>该设备下次联系服务器时会清除本机副本；用 admin devices 查看是否完成。</translation>
    </message>
    <message>
        <source>Look after users, teams, roles, devices and the server (administrators only).</source>
        <translation>管理用户、团队、角色、设备和服务器（仅限管理员）。</translation>
    </message>
    <message>
        <source>Erase a copy although it has changes that it has not sent.</source>
        <translation>即使有未上传的更改，也清除该副本。</translation>
    </message>
    <message>
        <source>Yes, the computer that I am working on.</source>
        <translation>确认就是我正在使用的这台电脑。</translation>
    </message>
    <message>
        <source>Audit trail: from this day or time on.</source>
        <translation>审计日志：从这一天或这一时刻起。</translation>
    </message>
    <message>
        <source>Audit trail: until the end of this day, or until this time.</source>
        <translation>审计日志：到这一天结束，或到这一时刻为止。</translation>
    </message>
    <message>
        <source>Audit trail: what this user did; server for the server itself.</source>
        <translation>审计日志：该用户所做的操作；server 表示服务器自身。</translation>
    </message>
    <message>
        <source>Audit trail: records of this kind.</source>
        <translation>审计日志：此类记录。</translation>
    </message>
    <message>
        <source>Audit trail: this record.</source>
        <translation>审计日志：此条记录。</translation>
    </message>
    <message>
        <source>Audit trail: changes of this field.</source>
        <translation>审计日志：此字段的更改。</translation>
    </message>
    <message>
        <source>Audit trail: create, update, delete, restore or an action by its name.</source>
        <translation>审计日志：create、update、delete、restore 或某个动作的名称。</translation>
    </message>
    <message>
        <source>Audit trail: write all of it to this file, as CSV; - for standard output.</source>
        <translation>审计日志：全部写入此 CSV 文件；- 表示标准输出。</translation>
    </message>
    <message>
        <source>own</source>
        <translation>本人</translation>
    </message>
    <message>
        <source>team</source>
        <translation>团队</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>erased %1, %2 unsent changes lost</source>
        <translation>已于 %1 清除，丢失 %2 项未上传的更改</translation>
    </message>
    <message>
        <source>erasing asked %1, not confirmed</source>
        <translation>已于 %1 要求清除，尚未确认</translation>
    </message>
    <message>
        <source>shut out %1</source>
        <translation>已于 %1 停用</translation>
    </message>
    <message>
        <source>connected</source>
        <translation>在线</translation>
    </message>
    <message>
        <source>signed in</source>
        <translation>已登录</translation>
    </message>
    <message>
        <source>signed out</source>
        <translation>已退出</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>switched off</source>
        <translation>已停用</translation>
    </message>
    <message>
        <source>active</source>
        <translation>启用</translation>
    </message>
    <message>
        <source>no password yet</source>
        <translation>尚无密码</translation>
    </message>
    <message>
        <source>Sign-in name</source>
        <translation>登录名</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Roles</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>Team</source>
        <translation>团队</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Last contact</source>
        <translation>最近联系</translation>
    </message>
    <message>
        <source>Manager</source>
        <translation>负责人</translation>
    </message>
    <message>
        <source>Members</source>
        <translation>成员</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>Users</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>Days without contact</source>
        <translation>离线天数上限</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>新建</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Hidden fields</source>
        <translation>隐藏字段</translation>
    </message>
    <message>
        <source>Actions</source>
        <translation>动作</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>User</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>程序</translation>
    </message>
    <message>
        <source>Behind</source>
        <translation>落后</translation>
    </message>
    <message>
        <source>Unsent</source>
        <translation>未上传</translation>
    </message>
    <message>
        <source>Database</source>
        <translation>数据库</translation>
    </message>
    <message>
        <source>Revision</source>
        <translation>版本号</translation>
    </message>
    <message>
        <source>Running since</source>
        <translation>启动时间</translation>
    </message>
    <message>
        <source>Active users</source>
        <translation>启用的用户</translation>
    </message>
    <message>
        <source>%1 signed in, %2 connected</source>
        <translation>已登录 %1 台，在线 %2 台</translation>
    </message>
    <message>
        <source>Process</source>
        <translation>进程</translation>
    </message>
    <message>
        <source>%1, pid %2, since %3, %4 connected</source>
        <translation>%1，进程号 %2，自 %3 起，在线 %4 台</translation>
    </message>
    <message>
        <source>Requests under way</source>
        <translation>处理中的请求</translation>
    </message>
    <message>
        <source>Free on the disk</source>
        <translation>磁盘剩余空间</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1，共 %2</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>证书</translation>
    </message>
    <message>
        <source>valid until %1</source>
        <translation>有效期至 %1</translation>
    </message>
    <message>
        <source>none: without TLS</source>
        <translation>无（未启用 TLS）</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>Compare what is here with the server; what differs is fetched again.</source>
        <translation>与服务器核对本机数据；不一致的会重新获取。</translation>
    </message>
    <message>
        <source>Agree that records which the server, restored from a backup, knows nothing of are set aside, however many they are (see held).</source>
        <translation>同意将服务器（从备份恢复后）不认识的记录另行保存，不论数量多少（见 held）。</translation>
    </message>
    <message>
        <source>Set aside, because the server knows nothing of them: %1 records (see held)</source>
        <translation>因服务器不认识而另行保存的记录：%1 条（见 held）</translation>
    </message>
    <message>
        <source>Compared with the server: %1 records in %2 groups, differing groups: %3; by content: %4, differing: %5</source>
        <translation>与服务器核对：%2 组共 %1 条记录，不一致的组：%3；按内容核对：%4 条，不一致：%5 条</translation>
    </message>
    <message>
        <source>%1 (key %2): %3 here, %4 on the server</source>
        <translation>%1（键 %2）：本机 %3 条，服务器 %4 条</translation>
    </message>
    <message>
        <source>List records that were set aside because the server, restored from a backup, knows nothing of them.</source>
        <translation>列出因服务器从备份恢复后不认识而另行保存的记录。</translation>
    </message>
    <message>
        <source>Make this record on the server again; &quot;all&quot; takes every one.</source>
        <translation>在服务器上重新创建此记录；“all”表示全部。</translation>
    </message>
    <message>
        <source>Made again: %1; refused: %2. They go to the server with the next sync.</source>
        <translation>已重新创建：%1；被拒绝：%2。将随下次同步发送到服务器。</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Instead of name and password: sign in with your company account, in the browser.</source>
        <translation>不用用户名和密码：在浏览器中用公司账号登录。</translation>
    </message>
    <message>
        <source>Program that opens the sign-in page; it gets the address as its last argument. Otherwise BROWSER.</source>
        <translation>打开登录页面的程序，地址是它的最后一个参数；不给出时用环境变量 BROWSER。</translation>
    </message>
    <message>
        <source>Sign in here: %1</source>
        <translation>请在这里登录：%1</translation>
    </message>
</context>
</TS>
