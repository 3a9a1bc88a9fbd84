<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>tz::CommandPalette</name>
    <message>
        <source>Search records or type a command…</source>
        <translation>搜索记录或输入命令…</translation>
    </message>
    <message>
        <source>Command palette</source>
        <translation>命令面板</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Nothing found. Try a name, a number or its pinyin initials.</source>
        <translation>没有找到。可以试试名称、编号或拼音首字母。</translation>
    </message>
</context>
<context>
    <name>tz::Commands</name>
    <message>
        <source>Go to</source>
        <translation>前往</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>新建</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>Tabs and windows</source>
        <translation>标签页与窗口</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>程序</translation>
    </message>
    <message>
        <source>Here</source>
        <translation>当前</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>报表</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>最近</translation>
    </message>
    <message>
        <source>New %1</source>
        <translation>新建%1</translation>
    </message>
    <message>
        <source>Import %1</source>
        <translation>导入%1</translation>
    </message>
    <message>
        <source>Search or run a command</source>
        <translation>搜索或执行命令</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>首页</translation>
    </message>
    <message>
        <source>Pinned place 2</source>
        <translation>固定位置 2</translation>
    </message>
    <message>
        <source>Pinned place 3</source>
        <translation>固定位置 3</translation>
    </message>
    <message>
        <source>Pinned place 4</source>
        <translation>固定位置 4</translation>
    </message>
    <message>
        <source>Pinned place 5</source>
        <translation>固定位置 5</translation>
    </message>
    <message>
        <source>Pinned place 6</source>
        <translation>固定位置 6</translation>
    </message>
    <message>
        <source>Pinned place 7</source>
        <translation>固定位置 7</translation>
    </message>
    <message>
        <source>Pinned place 8</source>
        <translation>固定位置 8</translation>
    </message>
    <message>
        <source>Pinned place 9</source>
        <translation>固定位置 9</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>后退</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>前进</translation>
    </message>
    <message>
        <source>Show or fold the navigation</source>
        <translation>展开或收起导航</translation>
    </message>
    <message>
        <source>New record of this kind</source>
        <translation>新建此类记录</translation>
    </message>
    <message>
        <source>Undo the last change</source>
        <translation>撤销上一步更改</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Next tab</source>
        <translation>下一个标签页</translation>
    </message>
    <message>
        <source>Previous tab</source>
        <translation>上一个标签页</translation>
    </message>
    <message>
        <source>Close the tab</source>
        <translation>关闭标签页</translation>
    </message>
    <message>
        <source>Reopen the closed tab</source>
        <translation>重新打开已关闭的标签页</translation>
    </message>
    <message>
        <source>New window</source>
        <translation>新建窗口</translation>
    </message>
    <message>
        <source>Sync now</source>
        <translation>立即同步</translation>
    </message>
    <message>
        <source>Sync centre</source>
        <translation>同步中心</translation>
    </message>
    <message>
        <source>Switch between Chinese and English</source>
        <translation>切换中英文</translation>
    </message>
    <message>
        <source>Light theme</source>
        <translation>浅色主题</translation>
    </message>
    <message>
        <source>Dark theme</source>
        <translation>深色主题</translation>
    </message>
    <message>
        <source>Theme of the system</source>
        <translation>跟随系统主题</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>退出登录</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
</context>
<context>
    <name>tz::CompanySignIn</name>
    <message>
        <source>The browser could not be opened. Open this address yourself: %1</source>
        <translation>无法打开浏览器。请自行打开此地址：%1</translation>
    </message>
    <message>
        <source>Sign in with your company account</source>
        <translation>用公司账号登录</translation>
    </message>
    <message>
        <source>Please sign in in your browser. This window goes on by itself.</source>
        <translation>请在浏览器中登录，本窗口会自动继续。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>tz::ConflictCard</name>
    <message>
        <source>%1 that is not here any more</source>
        <translation>已不在本机的%1</translation>
    </message>
    <message>
        <source>Open the record</source>
        <translation>打开记录</translation>
    </message>
    <message>
        <source>Somebody else</source>
        <translation>其他人</translation>
    </message>
    <message>
        <source>%1 deleted it while you changed it</source>
        <translation>您修改期间，%1 删除了它</translation>
    </message>
    <message>
        <source>%1 changed “%2” too</source>
        <translation>%1 也修改了“%2”</translation>
    </message>
    <message>
        <source>%1 changed it too</source>
        <translation>%1 也修改了它</translation>
    </message>
    <message>
        <source>Yours</source>
        <translation>您的值</translation>
    </message>
    <message>
        <source>Theirs, which stands now</source>
        <translation>对方的值（当前生效）</translation>
    </message>
    <message>
        <source>Deleted</source>
        <translation>已删除</translation>
    </message>
    <message>
        <source>Before both</source>
        <translation>修改前的值</translation>
    </message>
    <message>
        <source>Restore with my changes</source>
        <translation>恢复并保留我的修改</translation>
    </message>
    <message>
        <source>Take mine</source>
        <translation>采用我的</translation>
    </message>
    <message>
        <source>Leave it deleted</source>
        <translation>保持删除</translation>
    </message>
    <message>
        <source>Keep theirs</source>
        <translation>保留对方的</translation>
    </message>
    <message>
        <source>Another value…</source>
        <translation>改用其他值…</translation>
    </message>
    <message>
        <source>(empty)</source>
        <translation>（空）</translation>
    </message>
    <message>
        <source>Your changes</source>
        <translation>您的修改</translation>
    </message>
    <message>
        <source>Use this value</source>
        <translation>采用此值</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>tz::EntityPage</name>
    <message>
        <source>New</source>
        <translation>新建</translation>
    </message>
    <message>
        <source>New %1 (Ctrl+N)</source>
        <translation>新建%1（Ctrl+N）</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Board</source>
        <translation>看板</translation>
    </message>
    <message>
        <source>Chart</source>
        <translation>图表</translation>
    </message>
    <message>
        <source>List</source>
        <translation>列表</translation>
    </message>
    <message>
        <source>View: %1</source>
        <translation>视图：%1</translation>
    </message>
</context>
<context>
    <name>tz::FirstRunPage</name>
    <message>
        <source>Certificate authority</source>
        <translation>证书颁发机构</translation>
    </message>
    <message>
        <source>Certificates (*.pem *.crt *.cer);;All files (*)</source>
        <translation>证书 (*.pem *.crt *.cer);;所有文件 (*)</translation>
    </message>
    <message numerus="yes">
        <source>%Ln change(s) wait on this computer. They are kept and sent once you are signed in.</source>
        <translation>
            <numerusform>本机有 %Ln 项更改尚未发送，已妥善保存，登录后自动发送。</numerusform>
        </translation>
    </message>
    <message>
        <source>Sign in again</source>
        <translation>重新登录</translation>
    </message>
    <message>
        <source>Welcome to Tongzhou</source>
        <translation>欢迎使用同舟</translation>
    </message>
    <message>
        <source>Customers and everything around them, at full speed with or without a network.</source>
        <translation>客户与相关的一切，有没有网络都一样快。</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>正在连接…</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Please enter the address of the server, for example https://crm.example.com</source>
        <translation>请输入服务器地址，例如 https://crm.example.com</translation>
    </message>
    <message>
        <source>Please enter your user name and password.</source>
        <translation>请输入用户名和密码。</translation>
    </message>
    <message>
        <source>Please enter your name; it stands beside what you do.</source>
        <translation>请输入姓名，它会显示在您所做的操作旁。</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Connect to a server</source>
        <translation>连接服务器</translation>
    </message>
    <message>
        <source>This computer only</source>
        <translation>仅在本机使用</translation>
    </message>
    <message>
        <source>Server address</source>
        <translation>服务器地址</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>用户名</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Code of your authenticator app</source>
        <translation>身份验证器应用的验证码</translation>
    </message>
    <message>
        <source>Name of this computer</source>
        <translation>本机名称</translation>
    </message>
    <message>
        <source>Certificate authority (only for a company&apos;s own)</source>
        <translation>证书颁发机构（仅在使用企业自有证书时填写）</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>More options</source>
        <translation>更多选项</translation>
    </message>
    <message>
        <source>Go on without signing in</source>
        <translation>暂不登录，继续使用</translation>
    </message>
    <message>
        <source>Everything is kept in one file on this computer and nothing is sent anywhere. You can import your customers from a CSV file.</source>
        <translation>所有数据保存在本机的一个文件中，不会发送到任何地方。可以从 CSV 文件导入客户。</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>您的姓名</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>开始使用</translation>
    </message>
    <message>
        <source>Everything on this computer goes to the server with the first sync. Records that every company begins with are not doubled.</source>
        <translation>首次同步时，本机上的全部内容都会发送到服务器。每家公司初始自带的记录不会重复。</translation>
    </message>
    <message>
        <source>You are signed out.</source>
        <translation>您已退出登录。</translation>
    </message>
    <message>
        <source>Your records are all here; sign in to go on syncing.</source>
        <translation>您的记录都还在本机；登录后继续同步。</translation>
    </message>
</context>
<context>
    <name>tz::HomePage</name>
    <message>
        <source>Good evening, %1</source>
        <translation>晚上好，%1</translation>
    </message>
    <message>
        <source>Good morning, %1</source>
        <translation>早上好，%1</translation>
    </message>
    <message>
        <source>Good afternoon, %1</source>
        <translation>下午好，%1</translation>
    </message>
    <message>
        <source>What is next</source>
        <translation>接下来</translation>
    </message>
    <message>
        <source>Nothing is due in the next two weeks. Tasks, meetings and the next contact of your customers appear here.</source>
        <translation>未来两周没有待办。任务、会议和客户的下次联系会显示在这里。</translation>
    </message>
    <message>
        <source>Opened last</source>
        <translation>最近打开</translation>
    </message>
    <message>
        <source>Overdue (%1)</source>
        <translation>已逾期（%1）</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>The next two weeks</source>
        <translation>未来两周</translation>
    </message>
</context>
<context>
    <name>tz::IntegrityCard</name>
    <message>
        <source>Comparison with the server</source>
        <translation>与服务器核对</translation>
    </message>
    <message>
        <source>Compare now</source>
        <translation>立即核对</translation>
    </message>
    <message>
        <source>Set aside…</source>
        <translation>另行保存…</translation>
    </message>
    <message>
        <source>Set aside</source>
        <translation>另行保存</translation>
    </message>
    <message>
        <source>Nothing has been compared yet; it happens once a day by itself.</source>
        <translation>尚未核对；每天会自动核对一次。</translation>
    </message>
    <message>
        <source>%1: something was different; it was fetched again and is the same now.</source>
        <translation>%1：曾有不一致，已重新获取，现在一致。</translation>
    </message>
    <message>
        <source>%1: something is different though it was fetched again. Please copy the report and send it to your administrator.</source>
        <translation>%1：重新获取后仍有不一致。请复制报告并发送给管理员。</translation>
    </message>
    <message numerus="yes">
        <source>%1: the same %Ln record(s) here and there.</source>
        <translation>
            <numerusform>%1：本机与服务器的 %Ln 条记录一致。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The server was restored from a backup and knows nothing of %Ln record(s) here. They stay until you set them aside, or until the computers of their authors bring them back.</source>
        <translation>
            <numerusform>服务器已从备份恢复，不认识本机的 %Ln 条记录。在您将其另行保存之前，或在其作者的电脑把它们补回之前，这些记录会一直保留。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln record(s) are taken out of sight here and kept for 45 days. Whatever an author&apos;s computer brings back comes back here too; your administrator can bring back the rest. Wait instead if not everybody has synced since the server was restored.</source>
        <translation>
            <numerusform>%Ln 条记录将不再显示，并保存 45 天。作者的电脑补回的记录也会重新出现在这里，其余的可由管理员补回。如果服务器恢复后还有人没有同步，请先等待。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tz::MainWindow</name>
    <message>
        <source>Ctrl+2 opens %1</source>
        <translation>按 Ctrl+2 打开%1</translation>
    </message>
    <message>
        <source>Tongzhou CRM</source>
        <translation>同舟 CRM</translation>
    </message>
    <message>
        <source>Tongzhou</source>
        <translation>同舟</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>菜单</translation>
    </message>
    <message>
        <source>Search or type a command…</source>
        <translation>搜索或输入命令…</translation>
    </message>
    <message>
        <source>Search or type a command</source>
        <translation>搜索或输入命令</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>You, settings and language</source>
        <translation>账户、设置与语言</translation>
    </message>
    <message>
        <source>User</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>User: %1</source>
        <translation>用户：%1</translation>
    </message>
    <message>
        <source>Open the sync centre</source>
        <translation>打开同步中心</translation>
    </message>
    <message>
        <source>Sync: %1</source>
        <translation>同步：%1</translation>
    </message>
    <message>
        <source>%1 – Tongzhou CRM</source>
        <translation>%1 – 同舟 CRM</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>已撤销</translation>
    </message>
    <message numerus="yes">
        <source>Taken back, except for %Ln change(s) that somebody has worked on since</source>
        <translation>
            <numerusform>已撤销，其中 %Ln 项此后被他人修改，予以保留</numerusform>
        </translation>
    </message>
    <message>
        <source>new </source>
        <translation>新建</translation>
    </message>
    <message numerus="yes">
        <source>%Ln change(s) have not reached the server yet. They stay on this computer and are sent when you sign in again.</source>
        <translation>
            <numerusform>有 %Ln 项更改尚未到达服务器，会保留在本机，待您重新登录后发送。</numerusform>
        </translation>
    </message>
    <message>
        <source>The records stay on this computer; you can go on when you sign in again.</source>
        <translation>记录保留在本机，重新登录后可继续使用。</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>退出登录</translation>
    </message>
    <message>
        <source>You work on this computer only; there is nothing to sync.</source>
        <translation>当前仅在本机使用，无需同步。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln draft(s) of the last time are open again</source>
        <translation>
            <numerusform>已重新打开上次的 %Ln 份草稿</numerusform>
        </translation>
    </message>
    <message>
        <source>You are signed out.</source>
        <translation>您已退出登录。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln change(s) wait on this computer and are sent as soon as you sign in again; nothing is lost.</source>
        <translation>
            <numerusform>本机有 %Ln 项更改等待发送，重新登录后立即发送，不会丢失。</numerusform>
        </translation>
    </message>
    <message>
        <source>You can go on working; sign in again to go on syncing.</source>
        <translation>您可以继续工作；重新登录后恢复同步。</translation>
    </message>
    <message>
        <source>This copy was erased</source>
        <translation>本机副本已清除</translation>
    </message>
</context>
<context>
    <name>tz::MessagePage</name>
    <message>
        <source>Not here</source>
        <translation>不可用</translation>
    </message>
    <message>
        <source>This department could not be started</source>
        <translation>该部门模块未能启动</translation>
    </message>
    <message>
        <source>Everything else goes on working, and its records are kept. Please show the reason to your administrator.</source>
        <translation>其他功能照常使用，该模块的记录也都保留。请将原因告知管理员。</translation>
    </message>
    <message>
        <source>This is not here</source>
        <translation>内容不可用</translation>
    </message>
    <message>
        <source>It was removed, or your roles do not let you see it.</source>
        <translation>它已被删除，或您的角色无权查看。</translation>
    </message>
</context>
<context>
    <name>tz::Navigation</name>
    <message>
        <source>Home</source>
        <translation>首页</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Sync centre</source>
        <translation>同步中心</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>%1: recycle bin</source>
        <translation>%1：回收站</translation>
    </message>
    <message>
        <source>Import %1</source>
        <translation>导入%1</translation>
    </message>
    <message>
        <source>Administration</source>
        <translation>系统管理</translation>
    </message>
</context>
<context>
    <name>tz::Program</name>
    <message>
        <source>Tongzhou cannot open your records</source>
        <translation>同舟无法打开您的记录</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
</context>
<context>
    <name>tz::SettingsPage</name>
    <message>
        <source>Two-step sign-in…</source>
        <translation>两步验证…</translation>
    </message>
    <message>
        <source>The list of what was opened last is empty now.</source>
        <translation>最近打开列表已清空。</translation>
    </message>
    <message>
        <source>Department</source>
        <translation>部门</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>Not started</source>
        <translation>未启动</translation>
    </message>
    <message>
        <source>Without its own pages</source>
        <translation>缺少专用页面</translation>
    </message>
    <message>
        <source>Language and appearance</source>
        <translation>语言与外观</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Density</source>
        <translation>疏密</translation>
    </message>
    <message>
        <source>Font size</source>
        <translation>字号</translation>
    </message>
    <message>
        <source> pt</source>
        <translation> 磅</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Compact</source>
        <translation>紧凑</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>标准</translation>
    </message>
    <message>
        <source>Comfortable</source>
        <translation>宽松</translation>
    </message>
    <message>
        <source>Departments</source>
        <translation>部门模块</translation>
    </message>
    <message>
        <source>Account and this computer</source>
        <translation>账户与本机</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Forget what was opened last</source>
        <translation>清除最近打开</translation>
    </message>
    <message>
        <source>%1 works on this computer only.
The records are kept in %2</source>
        <translation>%1，仅在本机使用。
记录保存在 %2</translation>
    </message>
    <message>
        <source>%1 is signed in at %2.
The records are kept in %3</source>
        <translation>%1，已登录 %2。
记录保存在 %3</translation>
    </message>
    <message>
        <source>About</source>
        <translation>关于</translation>
    </message>
    <message>
        <source>Tongzhou CRM %1 (Qt %2). Free software under the GNU General Public License, version 3 or later. Icons: Lucide (ISC).</source>
        <translation>同舟 CRM %1（Qt %2）。自由软件，遵循 GNU 通用公共许可证第 3 版或更高版本。图标：Lucide（ISC）。</translation>
    </message>
</context>
<context>
    <name>tz::Shell</name>
    <message>
        <source>Taken back</source>
        <translation>已撤销</translation>
    </message>
    <message numerus="yes">
        <source>Taken back, except for %Ln change(s) that somebody has worked on since</source>
        <translation>
            <numerusform>已撤销，其中 %Ln 项此后被他人修改，予以保留</numerusform>
        </translation>
    </message>
    <message>
        <source>Done again</source>
        <translation>已重做</translation>
    </message>
</context>
<context>
    <name>tz::ShortcutsPage</name>
    <message>
        <source>Filter</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>In lists and forms</source>
        <translation>列表与表单中</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>Open the current record</source>
        <translation>打开当前记录</translation>
    </message>
    <message>
        <source>Look for words in this list</source>
        <translation>在列表中查找</translation>
    </message>
    <message>
        <source>Edit the current cell</source>
        <translation>编辑当前单元格</translation>
    </message>
    <message>
        <source>Move the card to the stage beside it</source>
        <translation>将卡片移到相邻阶段</translation>
    </message>
</context>
<context>
    <name>tz::Sidebar</name>
    <message>
        <source>%1 could not be started: %2</source>
        <translation>%1未能启动：%2</translation>
    </message>
    <message>
        <source>Navigation</source>
        <translation>导航</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>首页</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>New record</source>
        <translation>新建记录</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>导入…</translation>
    </message>
    <message>
        <source>Recycle bin</source>
        <translation>回收站</translation>
    </message>
    <message>
        <source>Pin to Ctrl+number</source>
        <translation>固定到 Ctrl+数字键</translation>
    </message>
</context>
<context>
    <name>tz::SyncCentre</name>
    <message>
        <source>Nothing is sent anywhere.</source>
        <translation>不会向任何地方发送数据。</translation>
    </message>
    <message>
        <source>%1 that is not here any more</source>
        <translation>%1（已不在本机）</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>更改</translation>
    </message>
    <message>
        <source>Created: %1</source>
        <translation>新建：%1</translation>
    </message>
    <message>
        <source>Deleted: %1</source>
        <translation>删除：%1</translation>
    </message>
    <message>
        <source>Restored: %1</source>
        <translation>恢复：%1</translation>
    </message>
    <message>
        <source>Changed: %1</source>
        <translation>修改：%1</translation>
    </message>
    <message>
        <source>Changed: %1 (%2)</source>
        <translation>修改：%1（%2）</translation>
    </message>
    <message numerus="yes">
        <source>%1, and %Ln more change(s)</source>
        <translation>
            <numerusform>%1，另有 %Ln 项更改</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Waiting for the server (%Ln)</source>
        <translation>
            <numerusform>等待发送（%Ln）</numerusform>
        </translation>
    </message>
    <message>
        <source>Open the record</source>
        <translation>打开记录</translation>
    </message>
    <message numerus="yes">
        <source>Somebody else changed this too (%Ln)</source>
        <translation>
            <numerusform>他人也改了这里（%Ln）</numerusform>
        </translation>
    </message>
    <message>
        <source>Your value stands again</source>
        <translation>已恢复为您的值</translation>
    </message>
    <message>
        <source>Left as it is</source>
        <translation>已保持不变</translation>
    </message>
    <message numerus="yes">
        <source>Not accepted by the server (%Ln)</source>
        <translation>
            <numerusform>服务器未接受（%Ln）</numerusform>
        </translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>The change is forgotten; a copy of it goes to the clipboard. The record stays as the server has it.</source>
        <translation>该更改将被放弃，副本会复制到剪贴板；记录以服务器上的为准。</translation>
    </message>
    <message>
        <source>The report is on the clipboard; you can send it to your administrator.</source>
        <translation>报告已复制到剪贴板，可发送给管理员。</translation>
    </message>
    <message>
        <source>Sync now</source>
        <translation>立即同步</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>复制报告</translation>
    </message>
    <message>
        <source>Everything that you changed has arrived. Changes made offline appear here until the server has them, and so does everything that somebody else changed at the same time.</source>
        <translation>您的更改均已送达。离线时所做的更改在送达前会显示在这里，他人同时修改的内容也会在此列出。</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>登录</translation>
    </message>
    <message numerus="yes">
        <source>Everything that you do is kept here. Next attempt in %Ln second(s).</source>
        <translation>
            <numerusform>您的操作都已保存在本机。%Ln 秒后重试。</numerusform>
        </translation>
    </message>
    <message>
        <source>Your new value stands</source>
        <translation>新值已生效</translation>
    </message>
    <message>
        <source>The record is as the server has it. Change what was refused and save it again, or discard it.</source>
        <translation>记录目前与服务器一致。您可以修改被拒绝的内容后重新保存，也可以放弃。</translation>
    </message>
    <message>
        <source>The record is as the server has it. Look at it, or discard what was refused.</source>
        <translation>记录目前与服务器一致。您可以查看记录，或放弃被拒绝的更改。</translation>
    </message>
    <message>
        <source>Edit again</source>
        <translation>重新编辑</translation>
    </message>
</context>
<context>
    <name>tz::SyncText</name>
    <message>
        <source>This computer only</source>
        <translation>仅在本机使用</translation>
    </message>
    <message>
        <source>Working on this computer only</source>
        <translation>仅在本机使用</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>Signed out: sign in to go on syncing</source>
        <translation>未登录：登录后继续同步</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>离线</translation>
    </message>
    <message>
        <source>Offline since %1</source>
        <translation>%1 起离线</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>连接中</translation>
    </message>
    <message>
        <source>Connecting to the server…</source>
        <translation>正在连接服务器…</translation>
    </message>
    <message>
        <source>Receiving</source>
        <translation>接收中</translation>
    </message>
    <message>
        <source>Receiving records: %1 of %2</source>
        <translation>正在接收记录：%1 / %2</translation>
    </message>
    <message>
        <source>Receiving records: %1</source>
        <translation>正在接收记录：%1</translation>
    </message>
    <message>
        <source>Syncing</source>
        <translation>同步中</translation>
    </message>
    <message>
        <source>Synced</source>
        <translation>已同步</translation>
    </message>
    <message>
        <source>Synced at %1</source>
        <translation>%1 已同步</translation>
    </message>
    <message numerus="yes">
        <source>%Ln change(s) waiting</source>
        <translation>
            <numerusform>%Ln 项更改待发送</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln need(s) your attention</source>
        <translation>
            <numerusform>%Ln 项需要您处理</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tz::TabArea</name>
    <message>
        <source>Open tabs</source>
        <translation>打开的标签页</translation>
    </message>
    <message>
        <source>Close %1</source>
        <translation>关闭%1</translation>
    </message>
    <message>
        <source>This tab holds changes that are not saved. They are kept as a draft until you open the record again.</source>
        <translation>此标签页有未保存的更改，将保留为草稿，下次打开该记录时恢复。</translation>
    </message>
    <message>
        <source>Keep the draft and close</source>
        <translation>保留草稿并关闭</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Close the others</source>
        <translation>关闭其他标签页</translation>
    </message>
    <message>
        <source>Reopen the closed tab</source>
        <translation>重新打开已关闭的标签页</translation>
    </message>
    <message>
        <source>Close (Ctrl+W)</source>
        <translation>关闭（Ctrl+W）</translation>
    </message>
</context>
<context>
    <name>tz::Toast</name>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
</context>
<context>
    <name>tz::TwoStepDialog</name>
    <message>
        <source>Two-step sign-in</source>
        <translation>两步验证</translation>
    </message>
    <message>
        <source>QR code for the authenticator app</source>
        <translation>供身份验证器应用扫描的二维码</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Code of your authenticator app</source>
        <translation>身份验证器应用的验证码</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Asking the server…</source>
        <translation>正在询问服务器…</translation>
    </message>
    <message>
        <source>With two-step sign-in, a new computer needs a code of an authenticator app besides your password. You need such an app on your phone.</source>
        <translation>开启两步验证后，在新电脑上登录时，除密码外还需要身份验证器应用的验证码。您需要在手机上安装这类应用。</translation>
    </message>
    <message>
        <source>Set up</source>
        <translation>开始设置</translation>
    </message>
    <message>
        <source>Scan this picture with your authenticator app, or type the key under it. Then enter the code that the app shows.</source>
        <translation>请用身份验证器应用扫描此二维码，或输入下方的密钥，然后填写应用显示的验证码。</translation>
    </message>
    <message>
        <source>Switch on</source>
        <translation>开启</translation>
    </message>
    <message>
        <source>Two-step sign-in is on. To end it, enter your password and a code of your app.</source>
        <translation>两步验证已开启。如要关闭，请输入密码和应用的验证码。</translation>
    </message>
    <message>
        <source>Switch off</source>
        <translation>关闭两步验证</translation>
    </message>
    <message>
        <source>Two-step sign-in is on. The next time you sign in on a computer, you will be asked for a code. If you lose your phone, an administrator can help.</source>
        <translation>两步验证已开启。下次在电脑上登录时，会要求输入验证码。如果手机丢失，管理员可以帮助您。</translation>
    </message>
    <message>
        <source>Two-step sign-in is off.</source>
        <translation>两步验证已关闭。</translation>
    </message>
</context>
<context>
    <name>tz::AdminForm</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>tz::AdminPage</name>
    <message>
        <source>%1 What you see is from %2.</source>
        <translation>%1 当前显示的是 %2 的数据。</translation>
    </message>
    <message>
        <source>Sections of the administration</source>
        <translation>系统管理的各个部分</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
</context>
<context>
    <name>tz::AdminSection</name>
    <message>
        <source>Open the record</source>
        <translation>打开记录</translation>
    </message>
    <message>
        <source>Only this record</source>
        <translation>只看此记录</translation>
    </message>
    <message>
        <source>Export as CSV</source>
        <translation>导出 CSV</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>退出登录</translation>
    </message>
    <message>
        <source>Shut out</source>
        <translation>停用设备</translation>
    </message>
    <message>
        <source>Erase its copy</source>
        <translation>清除其副本</translation>
    </message>
    <message>
        <source>New user</source>
        <translation>新建用户</translation>
    </message>
    <message>
        <source>Edit user</source>
        <translation>编辑用户</translation>
    </message>
    <message>
        <source>Set password</source>
        <translation>设置密码</translation>
    </message>
    <message>
        <source>Switch off</source>
        <translation>停用</translation>
    </message>
    <message>
        <source>New team</source>
        <translation>新建团队</translation>
    </message>
    <message>
        <source>Edit team</source>
        <translation>编辑团队</translation>
    </message>
    <message>
        <source>Delete team</source>
        <translation>删除团队</translation>
    </message>
    <message>
        <source>New role</source>
        <translation>新建角色</translation>
    </message>
    <message>
        <source>Edit role</source>
        <translation>编辑角色</translation>
    </message>
    <message>
        <source>Delete role</source>
        <translation>删除角色</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>刷新</translation>
    </message>
</context>
<context>
    <name>tz::AuditSection</name>
    <message>
        <source>Password set</source>
        <translation>设置密码</translation>
    </message>
    <message>
        <source>Signed out</source>
        <translation>退出登录</translation>
    </message>
    <message>
        <source>Shut out</source>
        <translation>停用设备</translation>
    </message>
    <message>
        <source>Erasing asked for</source>
        <translation>要求清除副本</translation>
    </message>
    <message>
        <source>Audit trail</source>
        <translation>审计日志</translation>
    </message>
    <message>
        <source>From</source>
        <translation>从</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>到</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>操作人</translation>
    </message>
    <message>
        <source>Kind of record</source>
        <translation>记录类型</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>any day</source>
        <translation>不限日期</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>查询</translation>
    </message>
    <message>
        <source>Show more</source>
        <translation>显示更多</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>记录</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>更改前</translation>
    </message>
    <message>
        <source>After</source>
        <translation>更改后</translation>
    </message>
    <message>
        <source>Nothing that was done fits what is asked for.</source>
        <translation>没有符合条件的操作。</translation>
    </message>
    <message>
        <source>Everybody</source>
        <translation>所有人</translation>
    </message>
    <message>
        <source>The server itself</source>
        <translation>服务器自身</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Anything</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>新建</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>修改</translation>
    </message>
    <message>
        <source>Deleted</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Restored</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Asking the server…</source>
        <translation>正在查询服务器…</translation>
    </message>
    <message numerus="yes">
        <source>%Ln entry(ies)</source>
        <translation>
            <numerusform>共 %Ln 条</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The newest %Ln entry(ies)</source>
        <translation>
            <numerusform>最新的 %Ln 条</numerusform>
        </translation>
    </message>
    <message>
        <source>Export the audit trail</source>
        <translation>导出审计日志</translation>
    </message>
    <message>
        <source>CSV (*.csv)</source>
        <translation>CSV (*.csv)</translation>
    </message>
    <message numerus="yes">
        <source>%Ln entry(ies) written…</source>
        <translation>
            <numerusform>已写入 %Ln 条…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln entry(ies) written to %1</source>
        <translation>
            <numerusform>已将 %Ln 条写入 %1</numerusform>
        </translation>
    </message>
    <message>
        <source>The server</source>
        <translation>服务器</translation>
    </message>
</context>
<context>
    <name>tz::DevicesSection</name>
    <message>
        <source>Erased</source>
        <translation>已清除</translation>
    </message>
    <message numerus="yes">
        <source>Erased %1; %Ln unsent change(s) were lost.</source>
        <translation>
            <numerusform>已于 %1 清除，丢失 %Ln 项未上传的更改。</numerusform>
        </translation>
    </message>
    <message>
        <source>Erasing, not confirmed</source>
        <translation>待清除，未确认</translation>
    </message>
    <message>
        <source>Asked for %1. It erases its copy at its next contact; until then it has not been reached.</source>
        <translation>已于 %1 提出。该设备下次联系服务器时清除副本，目前尚未联系上。</translation>
    </message>
    <message>
        <source>Shut out</source>
        <translation>停用</translation>
    </message>
    <message>
        <source>Shut out %1. Its copy is still there.</source>
        <translation>已于 %1 停用，其副本仍在该设备上。</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>在线</translation>
    </message>
    <message>
        <source>Signed in</source>
        <translation>已登录</translation>
    </message>
    <message>
        <source>Signed out</source>
        <translation>已退出</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Filter devices</source>
        <translation>筛选设备</translation>
    </message>
    <message>
        <source>User</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>程序</translation>
    </message>
    <message>
        <source>Last contact</source>
        <translation>最近联系</translation>
    </message>
    <message>
        <source>Behind by</source>
        <translation>落后版本</translation>
    </message>
    <message>
        <source>Unsent</source>
        <translation>未上传</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>%1 (this computer)</source>
        <translation>%1（本机）</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Revisions of the company that it has not asked for yet.</source>
        <translation>公司数据中该设备尚未取得的版本数。</translation>
    </message>
    <message>
        <source>Changes that it had not sent when it said so last.</source>
        <translation>该设备上次报告时尚未上传的更改数。</translation>
    </message>
    <message>
        <source>No device fits the filter.</source>
        <translation>没有符合条件的设备。</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%2 的 %1</translation>
    </message>
    <message>
        <source>This is the computer that you are working on.</source>
        <translation>这是您正在使用的电脑。</translation>
    </message>
    <message>
        <source>Sign out %1</source>
        <translation>让 %1 退出登录</translation>
    </message>
    <message>
        <source>Its copy and what it has not sent stay. It goes on once somebody signs in on it again.</source>
        <translation>该设备上的副本和未上传的更改都会保留，再次登录后继续同步。</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>退出登录</translation>
    </message>
    <message>
        <source>It is refused from now on and cannot sign in again. Its copy stays on it.</source>
        <translation>该设备从现在起被拒绝访问，不能再登录；其副本仍保留在设备上。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln change(s) that it had not sent will not arrive any more.</source>
        <translation>
            <numerusform>它尚未上传的 %Ln 项更改将不再上传。</numerusform>
        </translation>
    </message>
    <message>
        <source>Shut out %1</source>
        <translation>停用 %1</translation>
    </message>
    <message>
        <source>It is shut out, and at its next contact it erases its copy: records, drafts, settings and the sign-in. This cannot be taken back. Without contact nothing is erased.</source>
        <translation>该设备将被停用，并在下次联系服务器时清除副本：记录、草稿、设置和登录信息。此操作不可撤销；若该设备不再联网，则不会清除。</translation>
    </message>
    <message>
        <source>Erase the copy on %1</source>
        <translation>清除 %1 上的副本</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>Discard unsent changes</source>
        <translation>放弃未上传的更改</translation>
    </message>
    <message numerus="yes">
        <source>%1 had %Ln change(s) that it had not sent when it was here last. They are lost with its copy.</source>
        <translation>
            <numerusform>%1 上次联系时还有 %Ln 项未上传的更改，将随副本一起丢失。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Discard %Ln change(s) and erase</source>
        <translation>
            <numerusform>放弃 %Ln 项更改并清除</numerusform>
        </translation>
    </message>
    <message>
        <source>Shut out</source>
        <comment>state</comment>
        <translation>已停用</translation>
    </message>
</context>
<context>
    <name>tz::RolesSection</name>
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
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>As of the record that it belongs to: %1</source>
        <translation>与所属记录相同：%1</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>Roles and rights</source>
        <translation>角色与权限</translation>
    </message>
    <message>
        <source>Roles</source>
        <translation>角色</translation>
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
        <source>Days</source>
        <translation>离线天数</translation>
    </message>
    <message>
        <source>Rights of the role</source>
        <translation>该角色的权限</translation>
    </message>
    <message>
        <source>Records</source>
        <translation>记录</translation>
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
        <source>Assign</source>
        <translation>分配</translation>
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
        <source>What a role may do is declared by the departments. Where somebody has several roles, the widest right counts.</source>
        <translation>角色的权限由各部门模块声明；一人有多个角色时，以最大的权限为准。</translation>
    </message>
    <message>
        <source>Name in declarations: %1</source>
        <translation>声明中的名称：%1</translation>
    </message>
    <message>
        <source>So many days may pass without contact before a copy locks itself.</source>
        <translation>副本超过这么多天未联系服务器，就会自动锁定。</translation>
    </message>
    <message>
        <source>Edit %1</source>
        <translation>编辑 %1</translation>
    </message>
    <message>
        <source>New role</source>
        <translation>新建角色</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>By this name the departments&apos; declarations say what the role may do. A name that none of them knows may only what everybody may.</source>
        <translation>各部门模块的声明按此名称规定角色的权限；声明中没有的名称只有人人都有的权限。</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>显示名称</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>Days without contact</source>
        <translation>离线天数上限</translation>
    </message>
    <message>
        <source>A copy that has not reached the server for so long locks itself: 1 to 60. Empty: 60.</source>
        <translation>副本超过这么多天未联系服务器就自动锁定：1 至 60 天，留空为 60 天。</translation>
    </message>
    <message>
        <source>A role needs a name.</source>
        <translation>请填写角色名称。</translation>
    </message>
    <message>
        <source>A number from 1 to 60, or nothing.</source>
        <translation>请填写 1 至 60 的数字，或留空。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln active user(s) lose what only this role gives them; their copies lose what they may not see any more.</source>
        <translation>
            <numerusform>%Ln 位启用中的用户将失去仅由此角色授予的权限，其副本中不再可见的内容会被移除。</numerusform>
        </translation>
    </message>
    <message>
        <source>No active user has it.</source>
        <translation>没有启用中的用户拥有此角色。</translation>
    </message>
    <message>
        <source>Delete %1</source>
        <translation>删除 %1</translation>
    </message>
</context>
<context>
    <name>tz::ServerSection</name>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>Program and database</source>
        <translation>程序与数据库</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>程序</translation>
    </message>
    <message>
        <source>Running since</source>
        <translation>启动时间</translation>
    </message>
    <message>
        <source>Database</source>
        <translation>数据库</translation>
    </message>
    <message>
        <source>%1 %2, %3</source>
        <translation>%1 %2，%3</translation>
    </message>
    <message>
        <source>Newest revision</source>
        <translation>最新版本号</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>Active users</source>
        <translation>启用的用户</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>%1 signed in, %2 connected</source>
        <translation>已登录 %1 台，在线 %2 台</translation>
    </message>
    <message>
        <source>Processes</source>
        <translation>进程</translation>
    </message>
    <message>
        <source>Process %1, since %2, %3 connected</source>
        <translation>进程 %1，自 %2 起，在线 %3 台</translation>
    </message>
    <message>
        <source>Requests under way</source>
        <translation>处理中的请求</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Disk and certificate</source>
        <translation>磁盘与证书</translation>
    </message>
    <message>
        <source>Free on the disk</source>
        <translation>磁盘剩余空间</translation>
    </message>
    <message>
        <source>%1 of %2: little is left</source>
        <translation>剩余 %1，共 %2：空间不足</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>剩余 %1，共 %2</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>证书</translation>
    </message>
    <message>
        <source>none: this process serves without TLS, on its own computer only</source>
        <translation>无：此进程未启用 TLS，仅供本机访问</translation>
    </message>
    <message>
        <source>expired %1</source>
        <translation>已于 %1 过期</translation>
    </message>
    <message numerus="yes">
        <source>valid until %1 (%Ln day(s))</source>
        <translation>
            <numerusform>有效期至 %1（还有 %Ln 天）</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tz::TeamsSection</name>
    <message>
        <source>Teams</source>
        <translation>团队</translation>
    </message>
    <message>
        <source>Team</source>
        <translation>团队</translation>
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
        <source>Edit %1</source>
        <translation>编辑 %1</translation>
    </message>
    <message>
        <source>New team</source>
        <translation>新建团队</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>创建</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Part of</source>
        <translation>上级团队</translation>
    </message>
    <message>
        <source>Nothing: it is at the top</source>
        <translation>无（最上级）</translation>
    </message>
    <message>
        <source>Nobody</source>
        <translation>无</translation>
    </message>
    <message>
        <source>A team needs a name.</source>
        <translation>请填写团队名称。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln member(s) are then in no team, and see only their own records where their roles say “team”. Records of the team stay, without it.</source>
        <translation>
            <numerusform>将有 %Ln 位成员不属于任何团队；角色权限为“团队”时，他们只能看到自己的记录。该团队的记录会保留，但不再属于任何团队。</numerusform>
        </translation>
    </message>
    <message>
        <source>Records of the team stay, without it.</source>
        <translation>该团队的记录会保留，但不再属于任何团队。</translation>
    </message>
    <message>
        <source>Delete %1</source>
        <translation>删除 %1</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
</context>
<context>
    <name>tz::UsersSection</name>
    <message>
        <source>Users</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>Filter users</source>
        <translation>筛选用户</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Sign-in name</source>
        <translation>登录名</translation>
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
        <source>Switched off</source>
        <translation>已停用</translation>
    </message>
    <message>
        <source>Active</source>
        <translation>启用</translation>
    </message>
    <message>
        <source>No password yet</source>
        <translation>尚无密码</translation>
    </message>
    <message>
        <source>No user fits the filter.</source>
        <translation>没有符合条件的用户。</translation>
    </message>
    <message>
        <source>Switch on</source>
        <translation>启用</translation>
    </message>
    <message>
        <source>Switch off</source>
        <translation>停用</translation>
    </message>
    <message>
        <source>Edit %1</source>
        <translation>编辑 %1</translation>
    </message>
    <message>
        <source>New user</source>
        <translation>新建用户</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>创建</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>电子邮箱</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>电话</translation>
    </message>
    <message>
        <source>Job title</source>
        <translation>职务</translation>
    </message>
    <message>
        <source>No team</source>
        <translation>无团队</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>It can also be set later. Tell it to the user in person; it is not shown again.</source>
        <translation>也可以以后再设置。请当面告知用户，密码不会再次显示。</translation>
    </message>
    <message>
        <source>Without a sign-in name nobody can sign in.</source>
        <translation>没有登录名就无法登录，请填写。</translation>
    </message>
    <message>
        <source>Password of %1</source>
        <translation>%1 的密码</translation>
    </message>
    <message>
        <source>Set password</source>
        <translation>设置密码</translation>
    </message>
    <message>
        <source>New password</source>
        <translation>新密码</translation>
    </message>
    <message>
        <source>%1 is signed out everywhere and signs in again with the new password. What has not been sent from their computers stays there.</source>
        <translation>%1 将在所有设备上退出登录，之后用新密码重新登录；尚未上传的更改仍保留在其电脑上。</translation>
    </message>
    <message>
        <source>The same again</source>
        <translation>再次输入</translation>
    </message>
    <message>
        <source>Type the new password.</source>
        <translation>请输入新密码。</translation>
    </message>
    <message>
        <source>The two passwords differ.</source>
        <translation>两次输入的密码不一致。</translation>
    </message>
    <message>
        <source>The password is set.</source>
        <translation>密码已设置。</translation>
    </message>
    <message>
        <source>%1 is signed out everywhere at once and cannot sign in. What has not been sent from their computers stays there. Their records stay as they are.</source>
        <translation>%1 将立即在所有设备上退出登录，且不能再登录；尚未上传的更改仍保留在其电脑上，其名下的记录保持不变。</translation>
    </message>
    <message>
        <source>This is your own account: you shut yourself out.</source>
        <translation>这是您自己的账号，停用后您将无法登录。</translation>
    </message>
    <message>
        <source>Switch off %1</source>
        <translation>停用 %1</translation>
    </message>
</context>
</TS>
