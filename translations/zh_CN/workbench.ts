<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>tz::Board</name>
    <message>
        <source>Move to the stage before</source>
        <translation>移到上一阶段</translation>
    </message>
    <message>
        <source>Move to the next stage</source>
        <translation>移到下一阶段</translation>
    </message>
    <message>
        <source>no plan</source>
        <translation>无计划</translation>
    </message>
    <message>
        <source>No %1 yet. Each new one gets a card here; drag it from stage to stage.</source>
        <translation>还没有%1。每新建一个都会在此显示一张卡片，可在阶段之间拖动。</translation>
    </message>
    <message>
        <source>Nothing matches. Remove a condition or look for fewer words.</source>
        <translation>没有匹配的结果。请减少条件或关键词。</translation>
    </message>
    <message>
        <source>The record is gone.</source>
        <translation>该记录已不存在。</translation>
    </message>
    <message>
        <source>This is set by actions only.</source>
        <translation>只能通过操作修改。</translation>
    </message>
    <message>
        <source>Nothing leads from “%1” to “%2”.</source>
        <translation>不能从“%1”转到“%2”。</translation>
    </message>
    <message>
        <source>Moved to %1</source>
        <translation>已移到%1</translation>
    </message>
</context>
<context>
    <name>tz::BoardColumn</name>
    <message>
        <source>%1 (%2)</source>
        <comment>column and number of cards</comment>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>Fold or unfold %1</source>
        <translation>折叠或展开%1</translation>
    </message>
    <message>
        <source>%1: %2 cards, %3</source>
        <translation>%1：%2 张卡片，%3</translation>
    </message>
    <message numerus="yes">
        <source>idle for %Ln day(s)</source>
        <translation>
            <numerusform>停留 %Ln 天</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tz::BulkEdit</name>
    <message numerus="yes">
        <source>%Ln record(s) changed</source>
        <translation>
            <numerusform>已修改 %Ln 条记录</numerusform>
        </translation>
    </message>
    <message>
        <source>Not everything could be changed</source>
        <translation>部分记录未能修改</translation>
    </message>
    <message numerus="yes">
        <source>%Ln record(s) were left as they are:</source>
        <translation>
            <numerusform>%Ln 条记录保持不变：</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Changing %Ln record(s)…</source>
        <translation>
            <numerusform>正在修改 %Ln 条记录…</numerusform>
        </translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message numerus="yes">
        <source>Change %Ln record(s)</source>
        <translation>
            <numerusform>修改 %Ln 条记录</numerusform>
        </translation>
    </message>
    <message>
        <source>Field</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>New value</source>
        <translation>新值</translation>
    </message>
    <message>
        <source>An empty value clears the field.</source>
        <translation>留空将清除该字段。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>tz::ChartView</name>
    <message>
        <source>%1 Q%2</source>
        <comment>year and quarter</comment>
        <translation>%1 年第 %2 季度</translation>
    </message>
    <message>
        <source>Figures of %1</source>
        <translation>%1的数据</translation>
    </message>
    <message>
        <source>A chart; its figures are in the table beside it.</source>
        <translation>图表；数据见旁边的表格。</translation>
    </message>
    <message>
        <source>(empty)</source>
        <translation>（空）</translation>
    </message>
</context>
<context>
    <name>tz::ConflictBanner</name>
    <message>
        <source>Somebody else</source>
        <translation>其他人</translation>
    </message>
    <message>
        <source>%1 changed “%2” too. Yours: %3. Theirs, which stands: %4.</source>
        <translation>%1 也修改了“%2”。您的值：%3。对方的值（当前生效）：%4。</translation>
    </message>
    <message>
        <source>Take mine</source>
        <translation>采用我的</translation>
    </message>
    <message>
        <source>Keep theirs</source>
        <translation>保留对方的</translation>
    </message>
    <message>
        <source>Your value is back</source>
        <translation>已恢复您的值</translation>
    </message>
    <message>
        <source>Left as it is</source>
        <translation>已保持现状</translation>
    </message>
</context>
<context>
    <name>tz::FilterBar</name>
    <message>
        <source>Words, pinyin initials, or a condition such as %1</source>
        <translation>关键词、拼音首字母，或条件，例如 %1</translation>
    </message>
    <message>
        <source>Filter this list</source>
        <translation>筛选此列表</translation>
    </message>
    <message>
        <source>Filter this list (Ctrl+F)</source>
        <translation>筛选此列表 (Ctrl+F)</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>Add a condition</source>
        <translation>添加条件</translation>
    </message>
    <message>
        <source>Remove this condition: %1</source>
        <translation>移除此条件：%1</translation>
    </message>
    <message>
        <source>Remove the condition %1</source>
        <translation>移除条件 %1</translation>
    </message>
    <message>
        <source>%1 is empty</source>
        <translation>%1为空</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>contains</source>
        <translation>包含</translation>
    </message>
    <message>
        <source>is</source>
        <translation>等于</translation>
    </message>
    <message>
        <source>is me</source>
        <translation>是我</translation>
    </message>
    <message>
        <source>is one of my teams</source>
        <translation>属于我的团队</translation>
    </message>
    <message>
        <source>is this week</source>
        <translation>在本周</translation>
    </message>
    <message>
        <source>is this month</source>
        <translation>在本月</translation>
    </message>
    <message>
        <source>is this quarter</source>
        <translation>在本季度</translation>
    </message>
    <message>
        <source>is this year</source>
        <translation>在今年</translation>
    </message>
    <message>
        <source>lies in the last 30 days</source>
        <translation>在最近 30 天内</translation>
    </message>
    <message>
        <source>lies in the next 30 days</source>
        <translation>在未来 30 天内</translation>
    </message>
    <message>
        <source>is before today</source>
        <translation>早于今天</translation>
    </message>
    <message>
        <source>is not</source>
        <translation>不等于</translation>
    </message>
    <message>
        <source>is at least</source>
        <translation>不小于</translation>
    </message>
    <message>
        <source>is at most</source>
        <translation>不大于</translation>
    </message>
    <message>
        <source>is empty</source>
        <translation>为空</translation>
    </message>
    <message>
        <source>is not empty</source>
        <translation>不为空</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>Comparison</source>
        <translation>比较方式</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Words, pinyin initials or a condition</source>
        <translation>关键词、拼音首字母或条件</translation>
    </message>
    <message>
        <source>Words or a condition</source>
        <translation>关键词或条件</translation>
    </message>
</context>
<context>
    <name>tz::FormBody</name>
    <message>
        <source>Further fields</source>
        <translation>其他字段</translation>
    </message>
</context>
<context>
    <name>tz::FormHeader</name>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Save (Ctrl+S), save and close (Ctrl+Enter), save and new (Ctrl+Shift+Enter)</source>
        <translation>保存 (Ctrl+S)，保存并关闭 (Ctrl+Enter)，保存并新建 (Ctrl+Shift+Enter)</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>Drop what was typed since the last saving</source>
        <translation>放弃上次保存后的输入</translation>
    </message>
    <message>
        <source>Previous record</source>
        <translation>上一条记录</translation>
    </message>
    <message>
        <source>Previous record (Ctrl+Up)</source>
        <translation>上一条记录 (Ctrl+Up)</translation>
    </message>
    <message>
        <source>Next record</source>
        <translation>下一条记录</translation>
    </message>
    <message>
        <source>Next record (Ctrl+Down)</source>
        <translation>下一条记录 (Ctrl+Down)</translation>
    </message>
    <message>
        <source>not sent yet</source>
        <translation>尚未发送</translation>
    </message>
    <message>
        <source>an edit was refused</source>
        <translation>有修改被拒绝</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
</context>
<context>
    <name>tz::GroupPanel</name>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>(empty)</source>
        <translation>（空）</translation>
    </message>
    <message>
        <source>By %1</source>
        <translation>按%1</translation>
    </message>
    <message>
        <source>Group by</source>
        <translation>分组</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>分组</translation>
    </message>
</context>
<context>
    <name>tz::HistoryView</name>
    <message>
        <source>(empty)</source>
        <translation>（空）</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>操作人</translation>
    </message>
    <message>
        <source>What</source>
        <translation>内容</translation>
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
        <source>History</source>
        <translation>历史</translation>
    </message>
    <message>
        <source>Put the old value back</source>
        <translation>恢复旧值</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>新建</translation>
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
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>The old value is back</source>
        <translation>已恢复旧值</translation>
    </message>
</context>
<context>
    <name>tz::ImportMapping</name>
    <message>
        <source>Column of the file</source>
        <translation>文件中的列</translation>
    </message>
    <message>
        <source>Goes to</source>
        <translation>对应字段</translation>
    </message>
    <message>
        <source>Columns and the fields they go to</source>
        <translation>列与对应字段</translation>
    </message>
    <message>
        <source>Field for the column %1</source>
        <translation>列“%1”对应的字段</translation>
    </message>
    <message>
        <source>(leave out)</source>
        <translation>（不导入）</translation>
    </message>
</context>
<context>
    <name>tz::ImportMissing</name>
    <message>
        <source>Field</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>Not found here</source>
        <translation>本机没有的名称</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>行数</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>处理方式</translation>
    </message>
    <message>
        <source>Names that were not found, and what to do about them</source>
        <translation>未找到的名称及其处理方式</translation>
    </message>
    <message>
        <source>What to do about %1</source>
        <translation>如何处理“%1”</translation>
    </message>
    <message>
        <source>List the rows</source>
        <translation>列出这些行</translation>
    </message>
    <message>
        <source>Leave it blank</source>
        <translation>留空</translation>
    </message>
    <message>
        <source>Make the missing ones: %1</source>
        <translation>新建缺少的%1</translation>
    </message>
    <message>
        <source>Take %1</source>
        <translation>采用“%1”</translation>
    </message>
    <message>
        <source>(all)</source>
        <translation>（全部）</translation>
    </message>
</context>
<context>
    <name>tz::ImportPage</name>
    <message>
        <source>Import %1</source>
        <translation>导入%1</translation>
    </message>
    <message>
        <source>Drop a CSV file here or choose one. Nothing is written before you press “Import”, blank cells never overwrite anything, and the whole import can be undone.</source>
        <translation>将 CSV 文件拖到此处或选择文件。点击“导入”前不会写入任何内容，空单元格不会覆盖已有数据，整个导入可以撤销。</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>选择文件…</translation>
    </message>
    <message>
        <source>No file yet</source>
        <translation>尚未选择文件</translation>
    </message>
    <message>
        <source>Encoding</source>
        <translation>编码</translation>
    </message>
    <message>
        <source>Detected</source>
        <translation>自动识别</translation>
    </message>
    <message>
        <source>Separator</source>
        <translation>分隔符</translation>
    </message>
    <message>
        <source>Comma</source>
        <translation>逗号</translation>
    </message>
    <message>
        <source>Semicolon</source>
        <translation>分号</translation>
    </message>
    <message>
        <source>Tab</source>
        <translation>制表符</translation>
    </message>
    <message>
        <source>Dates</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Year, month, day</source>
        <translation>年月日</translation>
    </message>
    <message>
        <source>Day, month, year</source>
        <translation>日月年</translation>
    </message>
    <message>
        <source>Month, day, year</source>
        <translation>月日年</translation>
    </message>
    <message>
        <source>Records that are here already</source>
        <translation>已存在的记录</translation>
    </message>
    <message>
        <source>Leave them as they are</source>
        <translation>保持不变</translation>
    </message>
    <message>
        <source>Update them</source>
        <translation>更新</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>试运行</translation>
    </message>
    <message>
        <source>Check every row without writing anything</source>
        <translation>检查每一行，不写入任何内容</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Undo the whole import</source>
        <translation>撤销整个导入</translation>
    </message>
    <message>
        <source>Save the rows that were not taken…</source>
        <translation>保存未导入的行…</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>What is wrong</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Rows that were not taken</source>
        <translation>未导入的行</translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation>选择文件</translation>
    </message>
    <message>
        <source>CSV files (*.csv *.txt *.tsv);;All files (*)</source>
        <translation>CSV 文件 (*.csv *.txt *.tsv);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Reading and checking the file…</source>
        <translation>正在读取并检查文件…</translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s)</source>
        <translation>
            <numerusform>%Ln 行</numerusform>
        </translation>
    </message>
    <message>
        <source>separator %1</source>
        <translation>分隔符 %1</translation>
    </message>
    <message numerus="yes">
        <source>%Ln would be new</source>
        <translation>
            <numerusform>将新建 %Ln 条</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln would change</source>
        <translation>
            <numerusform>将修改 %Ln 条</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln would not be taken</source>
        <translation>
            <numerusform>%Ln 条不会导入</numerusform>
        </translation>
    </message>
    <message>
        <source>Importing…</source>
        <translation>正在导入…</translation>
    </message>
    <message numerus="yes">
        <source>%Ln new</source>
        <translation>
            <numerusform>新建 %Ln 条</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln changed</source>
        <translation>
            <numerusform>修改 %Ln 条</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln unchanged</source>
        <translation>
            <numerusform>未变 %Ln 条</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln not taken</source>
        <translation>
            <numerusform>未导入 %Ln 条</numerusform>
        </translation>
    </message>
    <message>
        <source>Stopped: %1</source>
        <translation>已停止：%1</translation>
    </message>
    <message>
        <source>Import: %1</source>
        <translation>导入：%1</translation>
    </message>
    <message numerus="yes">
        <source>Undone, except for %Ln record(s) that somebody has changed since.</source>
        <translation>
            <numerusform>已撤销，但有 %Ln 条记录此后被他人修改，予以保留。</numerusform>
        </translation>
    </message>
    <message>
        <source>The import was undone.</source>
        <translation>导入已撤销。</translation>
    </message>
    <message>
        <source>Save the rows that were not taken</source>
        <translation>保存未导入的行</translation>
    </message>
    <message>
        <source>CSV files (*.csv)</source>
        <translation>CSV 文件 (*.csv)</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Written to %1</source>
        <translation>已写入 %1</translation>
    </message>
</context>
<context>
    <name>tz::LinesEditor</name>
    <message>
        <source>Add a line</source>
        <translation>添加一行</translation>
    </message>
    <message>
        <source>Remove the line</source>
        <translation>移除此行</translation>
    </message>
    <message>
        <source>Remove the line (Ctrl+Del)</source>
        <translation>移除此行 (Ctrl+Del)</translation>
    </message>
</context>
<context>
    <name>tz::QuickAdd</name>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>What to write down</source>
        <translation>记录内容</translation>
    </message>
    <message>
        <source>What happened? The first line is the subject.</source>
        <translation>发生了什么？第一行为主题。</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>正文</translation>
    </message>
    <message>
        <source>Add (Ctrl+Enter)</source>
        <translation>添加 (Ctrl+Enter)</translation>
    </message>
    <message>
        <source>%1 added</source>
        <translation>已添加%1</translation>
    </message>
</context>
<context>
    <name>tz::RecordForm</name>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Save and close</source>
        <translation>保存并关闭</translation>
    </message>
    <message>
        <source>Save and new</source>
        <translation>保存并新建</translation>
    </message>
    <message>
        <source>Previous record</source>
        <translation>上一条记录</translation>
    </message>
    <message>
        <source>Next record</source>
        <translation>下一条记录</translation>
    </message>
    <message>
        <source>Next of the lists below</source>
        <translation>下方的下一个列表</translation>
    </message>
    <message>
        <source>Discard changes</source>
        <translation>放弃更改</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>“%1” was moved to the recycle bin</source>
        <translation>“%1”已移入回收站</translation>
    </message>
    <message>
        <source>New %1</source>
        <translation>新建%1</translation>
    </message>
    <message>
        <source>Already there?</source>
        <translation>是否已存在？</translation>
    </message>
    <message>
        <source>This looks like “%1”, which exists already.</source>
        <translation>这与已有的“%1”相似。</translation>
    </message>
    <message>
        <source>Open that one</source>
        <translation>打开已有记录</translation>
    </message>
    <message>
        <source>Save anyway</source>
        <translation>仍然保存</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>已保存</translation>
    </message>
    <message>
        <source>This is the first record of the list</source>
        <translation>已是列表的第一条记录</translation>
    </message>
    <message>
        <source>This is the last record of the list</source>
        <translation>已是列表的最后一条记录</translation>
    </message>
    <message>
        <source>What you typed before is back; it has not been saved yet.</source>
        <translation>已恢复您之前的输入，尚未保存。</translation>
    </message>
    <message>
        <source>There is something similar already: %1</source>
        <translation>已有相似的记录：%1</translation>
    </message>
</context>
<context>
    <name>tz::RecordList</name>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>New</source>
        <translation>新建</translation>
    </message>
    <message>
        <source>Edit cell</source>
        <translation>编辑单元格</translation>
    </message>
    <message>
        <source>Change selected…</source>
        <translation>批量修改…</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Filter by this cell</source>
        <translation>按此单元格筛选</translation>
    </message>
    <message>
        <source>Filter this list</source>
        <translation>筛选此列表</translation>
    </message>
    <message>
        <source>Columns…</source>
        <translation>列设置…</translation>
    </message>
    <message>
        <source>Export as CSV…</source>
        <translation>导出为 CSV…</translation>
    </message>
    <message>
        <source>Previous view</source>
        <translation>上一个视图</translation>
    </message>
    <message>
        <source>Next view</source>
        <translation>下一个视图</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>分组</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Commands of this list</source>
        <translation>此列表的命令</translation>
    </message>
    <message>
        <source>New %1</source>
        <translation>新建%1</translation>
    </message>
    <message>
        <source>New %1 (Ctrl+N)</source>
        <translation>新建%1 (Ctrl+N)</translation>
    </message>
    <message numerus="yes">
        <source>Move %Ln record(s) to the recycle bin?</source>
        <translation>
            <numerusform>将 %Ln 条记录移入回收站？</numerusform>
        </translation>
    </message>
    <message>
        <source>“%1” was moved to the recycle bin</source>
        <translation>“%1”已移入回收站</translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) copied</source>
        <translation>
            <numerusform>已复制 %Ln 行</numerusform>
        </translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Space shows or hides a column; drag, or Alt with the arrows, puts it elsewhere.</source>
        <translation>空格键显示或隐藏列；拖动或 Alt+方向键调整位置。</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>应用</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Default columns</source>
        <translation>默认列</translation>
    </message>
    <message>
        <source>Export as CSV</source>
        <translation>导出为 CSV</translation>
    </message>
    <message>
        <source>CSV files (*.csv)</source>
        <translation>CSV 文件 (*.csv)</translation>
    </message>
    <message numerus="yes">
        <source>%Ln record(s) written to %1</source>
        <translation>
            <numerusform>已将 %Ln 条记录写入 %1</numerusform>
        </translation>
    </message>
    <message>
        <source>Actions</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Sort ascending</source>
        <translation>升序</translation>
    </message>
    <message>
        <source>Sort descending</source>
        <translation>降序</translation>
    </message>
    <message>
        <source>Only where empty</source>
        <translation>仅显示为空的</translation>
    </message>
    <message>
        <source>%1 is empty</source>
        <translation>%1为空</translation>
    </message>
    <message>
        <source>Hide this column</source>
        <translation>隐藏此列</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>修改</translation>
    </message>
    <message>
        <source>The recycle bin is empty</source>
        <translation>回收站为空</translation>
    </message>
    <message>
        <source>Deleted records stay here for a while and can be restored.</source>
        <translation>删除的记录会在此保留一段时间，可以恢复。</translation>
    </message>
    <message>
        <source>Nothing matches</source>
        <translation>没有匹配的结果</translation>
    </message>
    <message>
        <source>Remove a condition or look for fewer words.</source>
        <translation>请减少条件或关键词。</translation>
    </message>
    <message>
        <source>No %1 yet</source>
        <translation>还没有%1</translation>
    </message>
    <message>
        <source>%1 Press Ctrl+N for the first one, or import a file.</source>
        <translation>%1 按 Ctrl+N 新建第一条，或导入文件。</translation>
    </message>
    <message>
        <source>Show everything</source>
        <translation>显示全部</translation>
    </message>
</context>
<context>
    <name>tz::RecordListModel</name>
    <message>
        <source>The record is in the recycle bin.</source>
        <translation>该记录在回收站中。</translation>
    </message>
    <message>
        <source>This comes from another record; open that one to change it.</source>
        <translation>此值来自另一条记录；请打开那条记录修改。</translation>
    </message>
    <message>
        <source>Records of this kind are never changed.</source>
        <translation>此类记录不能修改。</translation>
    </message>
    <message>
        <source>The program keeps this by itself.</source>
        <translation>由程序自动维护。</translation>
    </message>
    <message>
        <source>This is computed.</source>
        <translation>由程序计算。</translation>
    </message>
    <message>
        <source>This is set by actions only.</source>
        <translation>只能通过操作修改。</translation>
    </message>
    <message>
        <source>The state changes by an action: open the record or its menu.</source>
        <translation>状态通过操作改变：请打开记录或其菜单。</translation>
    </message>
    <message>
        <source>The record is gone.</source>
        <translation>该记录已不存在。</translation>
    </message>
    <message>
        <source>This cannot be changed now.</source>
        <translation>目前不能修改。</translation>
    </message>
</context>
<context>
    <name>tz::RecordSides</name>
    <message>
        <source>History</source>
        <translation>历史</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>records and the field that links them</comment>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>What belongs to this record</source>
        <translation>与此记录相关的内容</translation>
    </message>
</context>
<context>
    <name>tz::ReportPage</name>
    <message>
        <source>Refresh</source>
        <translation>刷新</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Export as CSV…</source>
        <translation>导出为 CSV…</translation>
    </message>
    <message>
        <source>Computing…</source>
        <translation>正在计算…</translation>
    </message>
    <message>
        <source>There is nothing to show for this choice yet.</source>
        <translation>所选条件下暂无数据。</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>Export as CSV</source>
        <translation>导出为 CSV</translation>
    </message>
    <message>
        <source>CSV files (*.csv)</source>
        <translation>CSV 文件 (*.csv)</translation>
    </message>
    <message>
        <source>Written to %1</source>
        <translation>已写入 %1</translation>
    </message>
</context>
<context>
    <name>tz::SavedViews</name>
    <message>
        <source>All %1</source>
        <translation>全部%1</translation>
    </message>
    <message>
        <source>%1 (team)</source>
        <translation>%1（团队）</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>另存为…</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>重置</translation>
    </message>
    <message>
        <source>Delete this view</source>
        <translation>删除此视图</translation>
    </message>
    <message>
        <source>%1 (changed)</source>
        <translation>%1（已更改）</translation>
    </message>
    <message>
        <source>Saved views (Ctrl+[ and Ctrl+])</source>
        <translation>已保存的视图 (Ctrl+[ 和 Ctrl+])</translation>
    </message>
    <message>
        <source>View: %1</source>
        <translation>视图：%1</translation>
    </message>
    <message>
        <source>Save the view</source>
        <translation>保存视图</translation>
    </message>
    <message>
        <source>Name of the view</source>
        <translation>视图名称</translation>
    </message>
    <message>
        <source>The view was deleted</source>
        <translation>视图已删除</translation>
    </message>
</context>
<context>
    <name>tz::StageStepper</name>
    <message>
        <source>%1: %2 (%3 of %4)</source>
        <translation>%1：%2（%3/%4）</translation>
    </message>
</context>
<context>
    <name>tz::Timeline</name>
    <message>
        <source>Timeline</source>
        <translation>时间线</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>更改</translation>
    </message>
    <message>
        <source>Show in the timeline</source>
        <translation>在时间线中显示</translation>
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
        <source>(empty)</source>
        <translation>（空）</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
</context>
<context>
    <name>tz::TotalsBar</name>
    <message numerus="yes">
        <source>%Ln record(s)</source>
        <translation>
            <numerusform>%Ln 条记录</numerusform>
        </translation>
    </message>
    <message>
        <source>Totals</source>
        <translation>合计</translation>
    </message>
</context>
<context>
    <name>tz::actions</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>tz::dialogs</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>That did not work</source>
        <translation>操作未成功</translation>
    </message>
</context>
<context>
    <name>tz::editors::AddressEditor</name>
    <message>
        <source>Country</source>
        <translation>国家/地区</translation>
    </message>
    <message>
        <source>Province</source>
        <translation>省份</translation>
    </message>
    <message>
        <source>City</source>
        <translation>城市</translation>
    </message>
    <message>
        <source>District</source>
        <translation>区县</translation>
    </message>
    <message>
        <source>Street</source>
        <translation>街道</translation>
    </message>
    <message>
        <source>Postcode</source>
        <translation>邮编</translation>
    </message>
</context>
<context>
    <name>tz::editors::AttachmentsEditor</name>
    <message>
        <source>Add files…</source>
        <translation>添加附件…</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>另存为…</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>重命名…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Keep on this computer</source>
        <translation>保留在本机</translation>
    </message>
    <message>
        <source>No files</source>
        <translation>暂无附件</translation>
    </message>
    <message>
        <source>Drop files here, paste them, or choose “Add files…”.</source>
        <translation>将文件拖放到此处、粘贴，或点击“添加附件…”。</translation>
    </message>
    <message>
        <source>Kept on this computer</source>
        <translation>已保留在本机</translation>
    </message>
    <message>
        <source>On this computer</source>
        <translation>在本机</translation>
    </message>
    <message>
        <source>Not sent yet: it is tried again</source>
        <translation>尚未上传，将自动重试</translation>
    </message>
    <message>
        <source>Waiting to be sent</source>
        <translation>等待上传</translation>
    </message>
    <message>
        <source>Sending, %1 %</source>
        <translation>正在上传，%1%</translation>
    </message>
    <message>
        <source>Could not be fetched</source>
        <translation>下载失败</translation>
    </message>
    <message>
        <source>On the server</source>
        <translation>在服务器</translation>
    </message>
    <message>
        <source>Fetching, %1 %</source>
        <translation>正在下载，%1%</translation>
    </message>
    <message>
        <source>Not sent yet by who attached it</source>
        <translation>添加者尚未上传</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>缺失</translation>
    </message>
    <message>
        <source>Attached when you save</source>
        <translation>保存后添加</translation>
    </message>
    <message>
        <source>Attach files</source>
        <translation>添加附件</translation>
    </message>
    <message>
        <source>“%1” is attached already</source>
        <translation>“%1”已经添加过</translation>
    </message>
    <message>
        <source>There is no file and no picture to paste</source>
        <translation>剪贴板中没有文件或图片</translation>
    </message>
    <message>
        <source>Picture %1</source>
        <translation>图片 %1</translation>
    </message>
    <message>
        <source>Not opened here</source>
        <translation>不能直接打开</translation>
    </message>
    <message>
        <source>“%1” could run as a program on this computer. Save it only if you know where it comes from and what it does.</source>
        <translation>“%1”可能会在本机上作为程序运行。请仅在清楚其来源和用途时另存。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Save as</source>
        <translation>另存为</translation>
    </message>
    <message>
        <source>Saved as %1</source>
        <translation>已另存为 %1</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Name of the file</source>
        <translation>文件名称</translation>
    </message>
</context>
<context>
    <name>tz::editors::LineEditor</name>
    <message>
        <source>Open the calendar</source>
        <translation>打开日历</translation>
    </message>
    <message>
        <source>Open the calendar (Alt+Down)</source>
        <translation>打开日历 (Alt+Down)</translation>
    </message>
    <message>
        <source>Write an e-mail</source>
        <translation>写邮件</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>拨打电话</translation>
    </message>
    <message>
        <source>Open in the browser</source>
        <translation>在浏览器中打开</translation>
    </message>
    <message>
        <source>Calendar</source>
        <translation>日历</translation>
    </message>
</context>
<context>
    <name>tz::editors::LookupEditor</name>
    <message>
        <source>Open the record</source>
        <translation>打开记录</translation>
    </message>
    <message>
        <source>(not visible)</source>
        <translation>（不可见）</translation>
    </message>
    <message>
        <source>Create %1 “%2”…</source>
        <translation>新建%1“%2”…</translation>
    </message>
</context>
<context>
    <name>tz::editors::SetEditor</name>
    <message>
        <source>Add…</source>
        <translation>添加…</translation>
    </message>
    <message>
        <source>(not visible)</source>
        <translation>（不可见）</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>移除%1</translation>
    </message>
</context>
<context>
    <name>tz::formatting</name>
    <message>
        <source>today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>tomorrow</source>
        <translation>明天</translation>
    </message>
    <message>
        <source>yesterday</source>
        <translation>昨天</translation>
    </message>
    <message numerus="yes">
        <source>in %Ln day(s)</source>
        <translation>
            <numerusform>%Ln 天后</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln day(s) ago</source>
        <translation>
            <numerusform>%Ln 天前</numerusform>
        </translation>
    </message>
    <message>
        <source>just now</source>
        <translation>刚刚</translation>
    </message>
    <message numerus="yes">
        <source>%Ln minute(s) ago</source>
        <translation>
            <numerusform>%Ln 分钟前</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln hour(s) ago</source>
        <translation>
            <numerusform>%Ln 小时前</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 d</source>
        <translation>%1 天</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1 小时</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 分钟</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>No</source>
        <translation>否</translation>
    </message>
    <message>
        <source>(not visible)</source>
        <translation>（不可见）</translation>
    </message>
</context>
<context>
    <name>tz::labels</name>
    <message>
        <source>Created</source>
        <translation>新建</translation>
    </message>
    <message>
        <source>Created by</source>
        <translation>创建人</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>修改</translation>
    </message>
    <message>
        <source>Changed by</source>
        <translation>修改人</translation>
    </message>
</context>
</TS>
