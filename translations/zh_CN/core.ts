<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>errors</name>
    <message>
        <source>The request carries no token. Send one as “Authorization: Bearer …”.</source>
        <translation>请求未携带令牌。请以“Authorization: Bearer …”的形式发送。</translation>
    </message>
    <message>
        <source>The token is not known here.</source>
        <translation>无法识别该令牌。</translation>
    </message>
    <message>
        <source>The token was revoked. Ask an administrator for another one.</source>
        <translation>该令牌已被吊销，请向管理员申请新的令牌。</translation>
    </message>
    <message>
        <source>The token has expired. Ask an administrator for another one.</source>
        <translation>该令牌已过期，请向管理员申请新的令牌。</translation>
    </message>
    <message>
        <source>The token is not meant for this: it needs the scope {scope}.</source>
        <translation>该令牌不允许此操作：需要权限范围 {scope}。</translation>
    </message>
    <message>
        <source>There is nothing at this address.</source>
        <translation>此地址不存在。</translation>
    </message>
    <message>
        <source>There is no parameter “{name}”.[ Did you mean {suggestion}?]</source>
        <translation>没有名为“{name}”的参数。[您要找的是 {suggestion} 吗？]</translation>
    </message>
    <message>
        <source>The parameter “{name}” does not fit (expected: {expected}).</source>
        <translation>参数“{name}”的值不合要求（应为 {expected}）。</translation>
    </message>
    <message>
        <source>The parameter “{name}” is given twice.</source>
        <translation>参数“{name}”重复出现。</translation>
    </message>
    <message>
        <source>The list cannot go on from here: take “next” of an answer to the same question.</source>
        <translation>无法从此处继续列出：请使用同一查询返回的“next”值。</translation>
    </message>
    <message>
        <source>The list cannot be sorted by {name}.</source>
        <translation>列表不能按 {name} 排序。</translation>
    </message>
    <message>
        <source>The header {name} does not fit (expected: {expected}).</source>
        <translation>请求头 {name} 的值不合要求（应为 {expected}）。</translation>
    </message>
    <message>
        <source>A record that is being made has no revision yet: leave out If-Match.</source>
        <translation>正在创建的记录还没有修订号：请去掉 If-Match。</translation>
    </message>
    <message>
        <source>The body must be JSON (Content-Type: application/json).</source>
        <translation>请求正文必须是 JSON（Content-Type: application/json）。</translation>
    </message>
    <message>
        <source>The body is not valid JSON (at byte {offset}).</source>
        <translation>请求正文不是有效的 JSON（第 {offset} 字节处）。</translation>
    </message>
    <message>
        <source>The body must be one JSON object, with the fields as its members.</source>
        <translation>请求正文必须是一个 JSON 对象，以字段为其成员。</translation>
    </message>
    <message>
        <source>This Idempotency-Key was used for another request.</source>
        <translation>此 Idempotency-Key 已用于另一个请求。</translation>
    </message>
    <message>
        <source>The token is used too often: {limit} requests a second are the most for long. Try again in {seconds} seconds.</source>
        <translation>该令牌的请求过于频繁：持续速率最多为每秒 {limit} 次。请在 {seconds} 秒后重试。</translation>
    </message>
    <message>
        <source>“{scope}” is not a scope. It looks like read:*, read:pipeline.* or write:pipeline.lead.</source>
        <translation>“{scope}”不是有效的权限范围。正确的形式如 read:*、read:pipeline.* 或 write:pipeline.lead。</translation>
    </message>
    <message>
        <source>“{name}” cannot be the name of a token: 1 to 60 visible characters.</source>
        <translation>“{name}”不能用作令牌名称：应为 1 至 60 个可见字符。</translation>
    </message>
    <message>
        <source>“{text}” is not a day to come. Write it as 2027-12-31.</source>
        <translation>“{text}”不是将来的日期。正确的形式如 2027-12-31。</translation>
    </message>
    <message>
        <source>There is a token “{name}” already. Revoke it first, or choose another name.</source>
        <translation>已存在名为“{name}”的令牌。请先将其吊销，或另取名称。</translation>
    </message>
    <message>
        <source>There is no token “{name}” in force.</source>
        <translation>没有名为“{name}”的有效令牌。</translation>
    </message>
    <message>
        <source>“{url}” is not an address to deliver to. It looks like https://erp.example.com/hook.</source>
        <translation>“{url}”不是可投递的地址。正确的形式如 https://erp.example.com/hook。</translation>
    </message>
    <message>
        <source>Without TLS others could read what is delivered to {url}. Use https, or give --allow-http too.</source>
        <translation>没有 TLS，他人可能读到投递至 {url} 的内容。请使用 https，或另加 --allow-http。</translation>
    </message>
    <message>
        <source>There is no event “{event}”. There are create, update and delete.</source>
        <translation>没有名为“{event}”的事件。可用的有 create、update 和 delete。</translation>
    </message>
    <message>
        <source>{user} may not see any records of the kind {entity}.</source>
        <translation>{user} 无权查看 {entity} 类型的任何记录。</translation>
    </message>
    <message>
        <source>There is no webhook {id}.</source>
        <translation>没有编号为 {id} 的 Webhook。</translation>
    </message>
    <message>
        <source>The receiver answered with the status {status}.</source>
        <translation>接收方返回了状态码 {status}。</translation>
    </message>
    <message>
        <source>What the receiver answered is not HTTP.</source>
        <translation>接收方返回的内容不是 HTTP。</translation>
    </message>
    <message>
        <source>There is no kind of record called {name}.[ Did you mean {suggestion}?]</source>
        <translation>没有名为 {name} 的记录类型。[您要找的是 {suggestion} 吗？]</translation>
    </message>
    <message>
        <source>The disk reports a fault with {path}: {detail}. Nothing was changed.</source>
        <translation>磁盘读写 {path} 时出错：{detail}。未做任何更改。</translation>
    </message>
    <message>
        <source>There is not enough memory for this.</source>
        <translation>内存不足，无法完成此操作。</translation>
    </message>
    <message>
        <source>This is too large for the database.</source>
        <translation>内容过大，数据库无法保存。</translation>
    </message>
    <message>
        <source>The list cannot go on from there: {expected} values are needed, not {found}.</source>
        <translation>列表无法从此处继续：需要 {expected} 个值，实际为 {found} 个。</translation>
    </message>
    <message>
        <source>Another program has this profile open: {program} (process {pid}). Close it and try again.</source>
        <translation>该配置已被另一个程序打开：{program}（进程 {pid}）。请关闭后重试。</translation>
    </message>
    <message>
        <source>The profile {path} cannot be written. Check the rights of the folder.</source>
        <translation>无法写入配置目录 {path}。请检查文件夹权限。</translation>
    </message>
    <message>
        <source>The folder {path} cannot be created.</source>
        <translation>无法创建文件夹 {path}。</translation>
    </message>
    <message>
        <source>There is no space left for the profile {path}. Free some space and try again.</source>
        <translation>配置目录 {path} 所在磁盘空间不足。请释放空间后重试。</translation>
    </message>
    <message>
        <source>The database {path} cannot be opened.</source>
        <translation>无法打开数据库 {path}。</translation>
    </message>
    <message>
        <source>{path} is not a database of this program.</source>
        <translation>{path} 不是本程序的数据库。</translation>
    </message>
    <message>
        <source>The database {path} is damaged.</source>
        <translation>数据库 {path} 已损坏。</translation>
    </message>
    <message>
        <source>{path} cannot be written. Check the rights of the file and its folder.</source>
        <translation>无法写入 {path}。请检查文件及其所在文件夹的权限。</translation>
    </message>
    <message>
        <source>The disk is full: nothing was changed. Free some space and try again.</source>
        <translation>磁盘已满：没有做任何更改。请释放空间后重试。</translation>
    </message>
    <message>
        <source>The database is in use by another program. Try again in a moment.</source>
        <translation>数据库正被其他程序使用。请稍后重试。</translation>
    </message>
    <message>
        <source>This was cancelled.</source>
        <translation>操作已取消。</translation>
    </message>
    <message>
        <source>The server cannot reach its database at the moment. Nothing is lost; it is tried again.</source>
        <translation>服务器暂时无法连接其数据库。数据没有丢失，系统会自动重试。</translation>
    </message>
    <message>
        <source>The damaged database {path} cannot be moved out of the way.</source>
        <translation>无法移走已损坏的数据库 {path}。</translation>
    </message>
    <message>
        <source>The database reports a fault: {detail}.</source>
        <translation>数据库报告错误：{detail}。</translation>
    </message>
    <message>
        <source>The database was damaged. It was set aside as {path} and a new one was made; changes not yet sent that could be saved: {waiting}, records: {records}. The rest comes from the server.</source>
        <translation>数据库已损坏，已另存为 {path} 并新建。抢救出的未发送更改：{waiting}，记录：{records}。其余数据将从服务器重新获取。</translation>
    </message>
    <message>
        <source>“{url}” is not the address of a server. It looks like https://crm.example.com.</source>
        <translation>“{url}”不是服务器地址。地址形如 https://crm.example.com。</translation>
    </message>
    <message>
        <source>There is no certificate in {path}.</source>
        <translation>{path} 中没有证书。</translation>
    </message>
    <message>
        <source>The server {host} cannot be reached.</source>
        <translation>无法连接服务器 {host}。</translation>
    </message>
    <message>
        <source>The server {host} does not answer.</source>
        <translation>服务器 {host} 没有响应。</translation>
    </message>
    <message>
        <source>The connection to {host} is not safe: {reason}</source>
        <translation>与 {host} 的连接不安全：{reason}</translation>
    </message>
    <message>
        <source>What answered is not a server of this program (status {status}). Check the address.</source>
        <translation>应答方不是本程序的服务器（状态 {status}）。请检查地址。</translation>
    </message>
    <message>
        <source>The message cannot be read.</source>
        <translation>无法读取消息。</translation>
    </message>
    <message>
        <source>The message is too large.</source>
        <translation>消息过大。</translation>
    </message>
    <message>
        <source>The message cannot be unpacked.</source>
        <translation>无法解压消息。</translation>
    </message>
    <message>
        <source>The name or the password is wrong.</source>
        <translation>用户名或密码错误。</translation>
    </message>
    <message>
        <source>Please enter the code that your authenticator app shows.</source>
        <translation>请输入身份验证器应用显示的验证码。</translation>
    </message>
    <message>
        <source>This code is wrong, or it was used already. Wait for the next one in your app.</source>
        <translation>验证码错误或已使用过。请等待应用显示下一个验证码。</translation>
    </message>
    <message>
        <source>Two-step sign-in is on already.</source>
        <translation>两步验证已经开启。</translation>
    </message>
    <message>
        <source>Two-step sign-in is off.</source>
        <translation>两步验证未开启。</translation>
    </message>
    <message>
        <source>There is no new secret to confirm. Begin setting up two-step sign-in anew.</source>
        <translation>没有待确认的密钥，请重新设置两步验证。</translation>
    </message>
    <message>
        <source>Too many attempts. Try again in {seconds} seconds.</source>
        <translation>尝试次数过多。请在 {seconds} 秒后重试。</translation>
    </message>
    <message>
        <source>Please sign in.</source>
        <translation>请登录。</translation>
    </message>
    <message>
        <source>The server does not know this computer any more. Please sign in again; unsent changes are kept.</source>
        <translation>服务器已不认识这台电脑。请重新登录；未发送的更改会保留。</translation>
    </message>
    <message>
        <source>The sign-in has expired. Please sign in again; unsent changes are kept.</source>
        <translation>登录已过期。请重新登录；未发送的更改会保留。</translation>
    </message>
    <message>
        <source>An administrator has shut this computer out.</source>
        <translation>管理员已停用这台电脑。</translation>
    </message>
    <message>
        <source>This computer is registered for somebody else.</source>
        <translation>这台电脑已登记给其他人。</translation>
    </message>
    <message>
        <source>You have signed in on too many computers. Ask an administrator to remove one.</source>
        <translation>您登录的电脑过多。请联系管理员移除一台。</translation>
    </message>
    <message>
        <source>This account is switched off. Ask an administrator.</source>
        <translation>该账号已停用。请联系管理员。</translation>
    </message>
    <message>
        <source>This account does not exist any more.</source>
        <translation>该账号已不存在。</translation>
    </message>
    <message>
        <source>Nobody has signed in to the profile {path} yet. Use login, or standalone to work on this computer only.</source>
        <translation>尚未有人登录配置 {path}。请使用 login 登录，或用 standalone 仅在本机使用。</translation>
    </message>
    <message>
        <source>This computer is not signed in to the server. Use login; unsent changes are kept.</source>
        <translation>这台电脑尚未登录服务器。请使用 login；未发送的更改会保留。</translation>
    </message>
    <message>
        <source>This profile stays on this computer; there is no server to sync with.</source>
        <translation>该配置仅在本机使用，没有可同步的服务器。</translation>
    </message>
    <message>
        <source>This is only possible in a profile for this computer only.</source>
        <translation>仅本机使用的配置才能执行此操作。</translation>
    </message>
    <message>
        <source>This profile belongs to {user}. Use another profile for another account.</source>
        <translation>该配置属于 {user}。其他账号请使用其他配置。</translation>
    </message>
    <message>
        <source>There is no keychain on this computer: the sign-in is kept in the file {path}, which only you can read.</source>
        <translation>这台电脑没有密钥环：登录信息保存在文件 {path} 中，仅您本人可读。</translation>
    </message>
    <message>
        <source>The sign-in cannot be kept in {path}.</source>
        <translation>无法将登录信息保存到 {path}。</translation>
    </message>
    <message>
        <source>The server&apos;s history is not the one that this computer knows.</source>
        <translation>服务器的历史与这台电脑所知的不一致。</translation>
    </message>
    <message>
        <source>This is another server than the one that this profile belongs to.</source>
        <translation>这不是该配置所属的服务器。</translation>
    </message>
    <message>
        <source>The server&apos;s answer settles nothing; it will be asked again.</source>
        <translation>服务器的应答没有结果，稍后会再次询问。</translation>
    </message>
    <message>
        <source>The server does not know this kind of record or field yet; the change waits until it has been updated.</source>
        <translation>服务器尚不认识该类记录或字段；更改将等到服务器更新后再发送。</translation>
    </message>
    <message>
        <source>The server expects another change first.</source>
        <translation>服务器正在等待另一项更改。</translation>
    </message>
    <message>
        <source>This computer was restored from an older state; its changes are numbered anew.</source>
        <translation>这台电脑恢复到了较早的状态；其更改将重新编号。</translation>
    </message>
    <message>
        <source>This refused change is not in the list any more.</source>
        <translation>这项被拒绝的更改已不在列表中。</translation>
    </message>
    <message>
        <source>The server is busy. Try again in a moment.</source>
        <translation>服务器繁忙。请稍后重试。</translation>
    </message>
    <message>
        <source>The server has a fault; its administrator finds it in the log.</source>
        <translation>服务器出错；管理员可在日志中查看。</translation>
    </message>
    <message>
        <source>The server does not know this request. It may be older than this program.</source>
        <translation>服务器不认识此请求，可能版本比本程序旧。</translation>
    </message>
    <message>
        <source>There is no report {name}.</source>
        <translation>没有报表 {name}。</translation>
    </message>
    <message>
        <source>You may not run the report {name}.</source>
        <translation>您无权运行报表 {name}。</translation>
    </message>
    <message>
        <source>The report needs a value for {parameter}.</source>
        <translation>报表需要参数 {parameter} 的值。</translation>
    </message>
    <message>
        <source>The department {department} does not run: {reason}</source>
        <translation>部门 {department} 未能运行：{reason}</translation>
    </message>
    <message>
        <source>There are no departments in {path}.</source>
        <translation>{path} 中没有部门。</translation>
    </message>
    <message>
        <source>{path} cannot be written.</source>
        <translation>无法写入 {path}。</translation>
    </message>
    <message>
        <source>There is nothing to take back.</source>
        <translation>没有可撤销的操作。</translation>
    </message>
    <message>
        <source>There is no command {command}. {suggestion}</source>
        <translation>没有命令 {command}。{suggestion}</translation>
    </message>
    <message>
        <source>There is no option {option}. {suggestion}</source>
        <translation>没有选项 {option}。{suggestion}</translation>
    </message>
    <message>
        <source>There is no kind of record {entity}. {suggestion}</source>
        <translation>没有记录类型 {entity}。{suggestion}</translation>
    </message>
    <message>
        <source>There is no report {name}. {suggestion}</source>
        <translation>没有报表 {name}。{suggestion}</translation>
    </message>
    <message>
        <source>The report {report} has no parameter {name}.</source>
        <translation>报表 {report} 没有参数 {name}。</translation>
    </message>
    <message>
        <source>{entity} has no action {action}. There are: {actions}.</source>
        <translation>{entity} 没有操作 {action}。可用操作：{actions}。</translation>
    </message>
    <message>
        <source>The option {option} needs a value.</source>
        <translation>选项 {option} 需要一个值。</translation>
    </message>
    <message>
        <source>The option {option} is needed.</source>
        <translation>必须提供选项 {option}。</translation>
    </message>
    <message>
        <source>The option {option} takes no value.</source>
        <translation>选项 {option} 不接受值。</translation>
    </message>
    <message>
        <source>The option {option} takes one of: {choices}.</source>
        <translation>选项 {option} 可取值：{choices}。</translation>
    </message>
    <message>
        <source>Use it so: tongzhou-cli {command} {arguments}</source>
        <translation>用法：tongzhou-cli {command} {arguments}</translation>
    </message>
    <message>
        <source>“{text}” is not of the form field=value.</source>
        <translation>“{text}”不是“字段=值”的形式。</translation>
    </message>
    <message>
        <source>“{text}” in {option} is not of the form left=right.</source>
        <translation>{option} 中的“{text}”不是“左=右”的形式。</translation>
    </message>
    <message>
        <source>“{text}” is not the id of a record.</source>
        <translation>“{text}”不是记录 ID。</translation>
    </message>
    <message>
        <source>The file {path} cannot be read.</source>
        <translation>无法读取文件 {path}。</translation>
    </message>
    <message>
        <source>There is no “{value}” in {entity}.</source>
        <translation>{entity} 中没有“{value}”。</translation>
    </message>
    <message>
        <source>There are several “{value}” in {entity}; name it by its id.</source>
        <translation>{entity} 中有多个“{value}”；请用 ID 指定。</translation>
    </message>
    <message>
        <source>There is no kind of record called {entity}.</source>
        <translation>没有名为 {entity} 的记录类型。</translation>
    </message>
    <message>
        <source>There is no field “{name}” in {entity}.[ Did you mean {suggestion}?]</source>
        <translation>{entity} 中没有字段“{name}”。[您要找的是 {suggestion} 吗？]</translation>
    </message>
    <message>
        <source>The path or formula “{name}” leads too far.</source>
        <translation>路径或公式“{name}”层级过深。</translation>
    </message>
    <message>
        <source>The condition cannot be read: “{found}” is not expected at character {position}.</source>
        <translation>无法识别条件：第 {position} 个字符处不应出现“{found}”。</translation>
    </message>
    <message>
        <source>There is no field “{name}” (character {position} of the condition).[ Did you mean {suggestion}?]</source>
        <translation>没有字段“{name}”（条件第 {position} 个字符）。[您要找的是 {suggestion} 吗？]</translation>
    </message>
    <message>
        <source>There is no function “{name}” (character {position} of the condition).[ Did you mean {suggestion}?]</source>
        <translation>没有函数“{name}”（条件第 {position} 个字符）。[您要找的是 {suggestion} 吗？]</translation>
    </message>
    <message>
        <source>There is no parameter “{name}” (character {position} of the condition).[ Did you mean {suggestion}?]</source>
        <translation>没有参数“{name}”（条件第 {position} 个字符）。[您要找的是 {suggestion} 吗？]</translation>
    </message>
    <message>
        <source>“{name}” is not one of the field&apos;s values (character {position} of the condition).[ Did you mean {suggestion}?]</source>
        <translation>“{name}”不是该字段的可选值（条件第 {position} 个字符）。[您要找的是 {suggestion} 吗？]</translation>
    </message>
    <message>
        <source>The records that “{name}” leads to are not there.</source>
        <translation>“{name}”所指向的记录不存在。</translation>
    </message>
    <message>
        <source>The condition does not fit together at character {position}: {expected} is expected, not {found}.</source>
        <translation>条件第 {position} 个字符处类型不符：应为 {expected}，而不是 {found}。</translation>
    </message>
    <message>
        <source>The condition is nested too deeply.</source>
        <translation>条件嵌套过深。</translation>
    </message>
    <message>
        <source>The condition is too long: at most {max} characters.</source>
        <translation>条件过长：最多 {max} 个字符。</translation>
    </message>
    <message>
        <source>{field} must be filled in.</source>
        <translation>必须填写{field}。</translation>
    </message>
    <message>
        <source>{field} is too long: at most {max} characters.</source>
        <translation>{field}过长：最多 {max} 个字符。</translation>
    </message>
    <message>
        <source>{field} is out of range: it must lie between {min} and {max}.</source>
        <translation>{field}超出范围：必须在 {min} 和 {max} 之间。</translation>
    </message>
    <message>
        <source>“{value}” is not one of the choices of {field}.</source>
        <translation>“{value}”不是{field}的可选值。</translation>
    </message>
    <message>
        <source>{field} does not hold a value of the right kind ({expected}).</source>
        <translation>{field}的值类型不正确（应为 {expected}）。</translation>
    </message>
    <message>
        <source>“{value}” is not an e-mail address.</source>
        <translation>“{value}”不是邮箱地址。</translation>
    </message>
    <message>
        <source>There is no field {field}.</source>
        <translation>没有字段 {field}。</translation>
    </message>
    <message>
        <source>{field} cannot be changed here.</source>
        <translation>{field}不能在此修改。</translation>
    </message>
    <message>
        <source>{field} is computed and cannot be set.</source>
        <translation>{field}由程序计算，不能填写。</translation>
    </message>
    <message>
        <source>Records of this kind are never changed; add a correcting one instead.</source>
        <translation>此类记录不能修改；请新增一条更正记录。</translation>
    </message>
    <message>
        <source>{field} is not set directly: use the action that leads to “{state}”.</source>
        <translation>{field}不能直接修改：请使用转到“{state}”的操作。</translation>
    </message>
    <message>
        <source>Together with what others changed meanwhile the record would not be valid.</source>
        <translation>与他人同时所做的更改合并后，记录将无效。</translation>
    </message>
    <message>
        <source>This record does not exist here (any more).</source>
        <translation>该记录在此不存在（或已删除）。</translation>
    </message>
    <message>
        <source>This record exists already.</source>
        <translation>该记录已存在。</translation>
    </message>
    <message>
        <source>This record is in the recycle bin.</source>
        <translation>该记录在回收站中。</translation>
    </message>
    <message>
        <source>This record is not in the recycle bin.</source>
        <translation>该记录不在回收站中。</translation>
    </message>
    <message>
        <source>The record that this one belongs to is not here.</source>
        <translation>所属的记录不在此处。</translation>
    </message>
    <message>
        <source>A record cannot belong to itself.</source>
        <translation>记录不能隶属于自己。</translation>
    </message>
    <message>
        <source>{field} does not hold several values.</source>
        <translation>{field}不能有多个值。</translation>
    </message>
    <message>
        <source>Too many changes at once: at most {max}.</source>
        <translation>一次更改过多：最多 {max} 项。</translation>
    </message>
    <message>
        <source>Somebody changed this since; it was kept.</source>
        <translation>此后有人修改过，已保留他人的修改。</translation>
    </message>
    <message>
        <source>“{text}” is not a number.</source>
        <translation>“{text}”不是数字。</translation>
    </message>
    <message>
        <source>“{text}” is not a date. Year-month-day is always understood.</source>
        <translation>“{text}”不是日期。“年-月-日”的写法总能识别。</translation>
    </message>
    <message>
        <source>“{text}” is not a duration. Write 1:30 or 90 min.</source>
        <translation>“{text}”不是时长。请写成 1:30 或 90 min。</translation>
    </message>
    <message>
        <source>At most {digits} digits after the point.</source>
        <translation>小数点后最多 {digits} 位。</translation>
    </message>
    <message>
        <source>This is not valid JSON (at character {offset}).</source>
        <translation>不是有效的 JSON（第 {offset} 个字符处）。</translation>
    </message>
    <message>
        <source>There is no “{text}”: choose one from the list.</source>
        <translation>没有“{text}”：请从列表中选择。</translation>
    </message>
    <message>
        <source>There is no action “{action}”.</source>
        <translation>没有操作“{action}”。</translation>
    </message>
    <message>
        <source>“{action}” is not possible in the state “{state}”.</source>
        <translation>在“{state}”状态下不能执行“{action}”。</translation>
    </message>
    <message>
        <source>“{action}” is not possible at present.</source>
        <translation>目前不能执行“{action}”。</translation>
    </message>
    <message>
        <source>{field} must be filled in before “{action}”.</source>
        <translation>执行“{action}”前必须填写{field}。</translation>
    </message>
    <message>
        <source>You may not see this record.</source>
        <translation>您无权查看该记录。</translation>
    </message>
    <message>
        <source>You may not change this record.</source>
        <translation>您无权修改该记录。</translation>
    </message>
    <message>
        <source>You may not create records of this kind.</source>
        <translation>您无权新建此类记录。</translation>
    </message>
    <message>
        <source>You may not delete this record.</source>
        <translation>您无权删除该记录。</translation>
    </message>
    <message>
        <source>You may not give this record to someone else ({field}).</source>
        <translation>您无权将该记录转交他人（{field}）。</translation>
    </message>
    <message>
        <source>You may not set {field}.</source>
        <translation>您无权填写{field}。</translation>
    </message>
    <message>
        <source>You may not do “{action}” with this record.</source>
        <translation>您无权对该记录执行“{action}”。</translation>
    </message>
    <message>
        <source>These changes are too large to be sent together (more than {max} bytes).</source>
        <translation>这些更改合在一起过大（超过 {max} 字节），无法一起发送。</translation>
    </message>
    <message>
        <source>“{value}” exists already.</source>
        <translation>“{value}”已存在。</translation>
    </message>
    <message>
        <source>{field} is taken already[: “{title}”].</source>
        <translation>{field}已被占用[：“{title}”]。</translation>
    </message>
    <message>
        <source>{field} is taken at that time[: “{title}”].[ Free from {free}.]</source>
        <translation>{field}在该时段已被占用[：“{title}”]。[最早可用时间：{free}。]</translation>
    </message>
    <message>
        <source>{field}: only {free} of {limit} are left.</source>
        <translation>{field}：总数 {limit}，仅剩 {free}。</translation>
    </message>
    <message>
        <source>This record was deleted by somebody else.</source>
        <translation>该记录已被他人删除。</translation>
    </message>
    <message>
        <source>This record does not exist, or you may not see it.</source>
        <translation>该记录不存在，或您无权查看。</translation>
    </message>
    <message>
        <source>The notes on when fields were changed cannot be read.</source>
        <translation>字段修改时间的记录无法读取。</translation>
    </message>
    <message>
        <source>The file {path} cannot be read.[ {reason}]</source>
        <translation>无法读取文件 {path}。[{reason}]</translation>
    </message>
    <message>
        <source>The file holds no rows.</source>
        <translation>文件中没有数据行。</translation>
    </message>
    <message>
        <source>The file is not text (line {line}). Save it as CSV and try again.</source>
        <translation>该文件不是文本文件（第 {line} 行）。请另存为 CSV 后重试。</translation>
    </message>
    <message>
        <source>Line {line} is not valid {encoding}. Choose another encoding.</source>
        <translation>第 {line} 行不符合 {encoding} 编码，请选择其他编码。</translation>
    </message>
    <message>
        <source>There is no encoding “{encoding}”. Use utf-8, gb18030, latin1 or utf-16.</source>
        <translation>没有名为“{encoding}”的编码。可用 utf-8、gb18030、latin1 或 utf-16。</translation>
    </message>
    <message>
        <source>In line {line} something stands behind a closing quote. Quotes inside a field must be doubled.</source>
        <translation>第 {line} 行的结束引号后还有内容。字段内的引号必须写成两个。</translation>
    </message>
    <message>
        <source>The field that begins in line {line} is never closed by a quote.</source>
        <translation>从第 {line} 行开始的字段缺少结束引号。</translation>
    </message>
    <message>
        <source>A field that begins in line {line} is larger than {max} bytes: probably a quote is missing there.</source>
        <translation>从第 {line} 行开始的字段超过 {max} 字节，可能缺少引号。</translation>
    </message>
    <message>
        <source>The file has no column “{column}”. Its columns are: {columns}.</source>
        <translation>文件中没有“{column}”列。现有的列：{columns}。</translation>
    </message>
    <message>
        <source>There is no field “{name}”.[ Did you mean {suggestion}?]</source>
        <translation>没有字段“{name}”。[您要找的是 {suggestion} 吗？]</translation>
    </message>
    <message>
        <source>Two columns are meant for the field “{name}”.</source>
        <translation>有两列对应同一字段“{name}”。</translation>
    </message>
    <message>
        <source>None of the columns is known: {columns}. Say which column is which field (--map &quot;Column=field&quot;).</source>
        <translation>没有可识别的列：{columns}。请指明各列对应的字段（--map &quot;列=字段&quot;）。</translation>
    </message>
    <message>
        <source>The dates in “{column}” can be read in several ways ({example}). Say how they are written (--date-format dd-MM-yyyy).</source>
        <translation>“{column}”列中的日期有多种读法（{example}）。请指明日期格式（--date-format dd-MM-yyyy）。</translation>
    </message>
    <message>
        <source>The dates in “{column}” are not all written the same way. Say which way counts (--date-format); rows that differ are then listed.</source>
        <translation>“{column}”列中的日期写法不一致。请指明以哪种为准（--date-format），不符合的行会另行列出。</translation>
    </message>
    <message>
        <source>“{format}” is no order of day, month and year.</source>
        <translation>“{format}”不是有效的日期格式。</translation>
    </message>
    <message>
        <source>The value given for “{name}” does not fit.</source>
        <translation>为“{name}”指定的值不合适。</translation>
    </message>
    <message>
        <source>“{value}” is not a date.</source>
        <translation>“{value}”不是日期。</translation>
    </message>
    <message>
        <source>“{value}” is not a number.</source>
        <translation>“{value}”不是数字。</translation>
    </message>
    <message>
        <source>“{value}” has more than {digits} digits after the point and is not rounded in silence.</source>
        <translation>“{value}”的小数位数超过 {digits} 位，不会自动舍入。</translation>
    </message>
    <message>
        <source>“{value}” is neither yes nor no.</source>
        <translation>“{value}”既不是“是”也不是“否”。</translation>
    </message>
    <message>
        <source>“{value}” is not valid JSON.</source>
        <translation>“{value}”不是有效的 JSON。</translation>
    </message>
    <message>
        <source>There is no “{value}” here to link to.</source>
        <translation>找不到可关联的“{value}”。</translation>
    </message>
    <message>
        <source>Several records are called “{value}”.</source>
        <translation>有多条记录名为“{value}”。</translation>
    </message>
    <message>
        <source>This record is here already: {title}.</source>
        <translation>该记录已存在：{title}。</translation>
    </message>
    <message>
        <source>The missing record for {field} could not be created.</source>
        <translation>无法为{field}创建缺少的记录。</translation>
    </message>
    <message>
        <source>The row has more cells than the file has columns ({columns}).</source>
        <translation>该行的单元格数多于文件的列数（{columns}）。</translation>
    </message>
    <message>
        <source>Choose at least one record to merge.</source>
        <translation>请至少选择一条要合并的记录。</translation>
    </message>
    <message>
        <source>A record to be merged does not exist here (any more).</source>
        <translation>要合并的记录已不存在。</translation>
    </message>
    <message>
        <source>A record cannot be merged with itself.</source>
        <translation>记录不能与自身合并。</translation>
    </message>
    <message>
        <source>More than {max} records point to those to be merged: merge fewer at a time.</source>
        <translation>有超过 {max} 条记录指向要合并的记录，请分批合并。</translation>
    </message>
    <message>
        <source>The password is too short: at least {min} characters.</source>
        <translation>密码过短：至少 {min} 个字符。</translation>
    </message>
    <message>
        <source>The password is too long: at most {max} characters.</source>
        <translation>密码过长：最多 {max} 个字符。</translation>
    </message>
    <message>
        <source>There is no such device.</source>
        <translation>没有该设备。</translation>
    </message>
    <message>
        <source>That device had {count} unsent changes when it was here last; they would be lost with its copy.</source>
        <translation>该设备上次连接时还有 {count} 项更改未发送；清除其副本会丢失这些更改。</translation>
    </message>
    <message>
        <source>There is no role “{name}”.</source>
        <translation>没有名为“{name}”的角色。</translation>
    </message>
    <message>
        <source>There is no user “{name}”.</source>
        <translation>没有用户“{name}”。</translation>
    </message>
    <message>
        <source>There is a user “{name}” already.</source>
        <translation>已有名为“{name}”的用户。</translation>
    </message>
    <message>
        <source>The address of the database cannot be used: {reason}.</source>
        <translation>数据库地址无法使用：{reason}。</translation>
    </message>
    <message>
        <source>There is no server in {path}.</source>
        <translation>{path} 中没有服务器。</translation>
    </message>
    <message>
        <source>There are tables of others in {path}. Choose a schema that is empty or new.</source>
        <translation>{path} 中已有其他数据表。请选择空的或新的模式（schema）。</translation>
    </message>
    <message>
        <source>The database cannot be used: {reason}.</source>
        <translation>数据库无法使用：{reason}。</translation>
    </message>
    <message>
        <source>There is a server in the file {path}. Move it into the database first.</source>
        <translation>文件 {path} 中已有服务器。请先将其迁移到数据库。</translation>
    </message>
    <message>
        <source>What arrived in table {table} is not what was sent. Nothing was changed.</source>
        <translation>表 {table} 迁移后的内容与原内容不一致。未做任何更改。</translation>
    </message>
    <message>
        <source>There is a server in this folder already.</source>
        <translation>该文件夹中已有服务器数据。</translation>
    </message>
    <message>
        <source>{path} cannot be read.[ {reason}]</source>
        <translation>无法读取 {path}。[{reason}]</translation>
    </message>
    <message>
        <source>Another server uses {path} (process {pid}).</source>
        <translation>另一个服务器正在使用 {path}（进程 {pid}）。</translation>
    </message>
    <message>
        <source>{option} is missing.</source>
        <translation>缺少 {option}。</translation>
    </message>
    <message>
        <source>The cryptographic library does not start.</source>
        <translation>加密库无法启动。</translation>
    </message>
    <message>
        <source>No departments were found in {path}.</source>
        <translation>在 {path} 中未找到部门模块。</translation>
    </message>
    <message>
        <source>The foundation department is missing ({entity}).</source>
        <translation>缺少基础模块（{entity}）。</translation>
    </message>
    <message>
        <source>The server has not enough memory for this.</source>
        <translation>服务器内存不足。</translation>
    </message>
    <message>
        <source>There is no server in this folder yet. Run “tongzhou-server init” first.</source>
        <translation>该文件夹中还没有服务器数据。请先运行“tongzhou-server init”。</translation>
    </message>
    <message>
        <source>“{address}” is not an address to listen at. It looks like 127.0.0.1:8443.</source>
        <translation>“{address}”不是有效的监听地址，应类似 127.0.0.1:8443。</translation>
    </message>
    <message>
        <source>This address is asked in another way.</source>
        <translation>该地址不支持此请求方式。</translation>
    </message>
    <message>
        <source>The request cannot be read.</source>
        <translation>无法解析该请求。</translation>
    </message>
    <message>
        <source>The request does not say how long it is.</source>
        <translation>请求没有注明长度。</translation>
    </message>
    <message>
        <source>{address} cannot be listened at.[ {reason}]</source>
        <translation>无法监听 {address}。[{reason}]</translation>
    </message>
    <message>
        <source>The certificate or key {path} cannot be used.[ {reason}]</source>
        <translation>无法使用证书或密钥 {path}。[{reason}]</translation>
    </message>
    <message>
        <source>A server that others can reach ({address}) needs a certificate.</source>
        <translation>可从外部访问的服务器（{address}）必须配置证书。</translation>
    </message>
    <message>
        <source>The header of the request is larger than {limit} bytes.</source>
        <translation>请求头超过 {limit} 字节。</translation>
    </message>
    <message>
        <source>The message unpacks to more than {limit} times its size; it is not opened.</source>
        <translation>消息解压后超过其大小的 {limit} 倍，已拒绝打开。</translation>
    </message>
    <message>
        <source>The message is nested more than {limit} levels deep.</source>
        <translation>消息嵌套超过 {limit} 层。</translation>
    </message>
    <message>
        <source>One value is too large: {limit} bytes are the most.</source>
        <translation>有一个值过大：最多 {limit} 字节。</translation>
    </message>
    <message>
        <source>One batch holds too many changes: {limit} are the most.</source>
        <translation>一批中的更改过多：最多 {limit} 项。</translation>
    </message>
    <message>
        <source>Too many batches were sent at once: {limit} are the most.</source>
        <translation>一次发送的批次过多：最多 {limit} 批。</translation>
    </message>
    <message>
        <source>The server did not get to this in time. Try again in a moment.</source>
        <translation>服务器未能及时处理，请稍后重试。</translation>
    </message>
    <message>
        <source>This computer calls the server too often: {limit} times an hour are the most. Try again in {seconds} seconds.</source>
        <translation>本机联系服务器过于频繁：每小时最多 {limit} 次。请在 {seconds} 秒后重试。</translation>
    </message>
    <message>
        <source>This computer has too many connections to the server open at once: {limit} are the most. Close other programs that use this profile.</source>
        <translation>本机与服务器同时打开的连接过多：最多 {limit} 个。请关闭使用此配置文件夹的其他程序。</translation>
    </message>
    <message>
        <source>The server is busy with the first copies of others: you are number {position} in the line. It goes on by itself.</source>
        <translation>服务器正在为其他人传送首次副本：您排在第 {position} 位，轮到后会自动继续。</translation>
    </message>
    <message>
        <source>This profile has fields of its own ({count}), which only an administrator can bring to the server. Sign in with an administrator&apos;s account once; nothing was changed.</source>
        <translation>此配置中有自定义字段（{count} 个），只有管理员才能将其带到服务器。请先用管理员账号登录一次；尚未做任何更改。</translation>
    </message>
    <message>
        <source>An administrator had the copy on this computer erased. Its records, drafts, settings and the sign-in are gone from here; unsent changes that went with them: {unsent}.</source>
        <translation>管理员已要求清除本机上的副本。其中的记录、草稿、设置和登录信息均已删除；一并丢弃的未发送更改：{unsent} 项。</translation>
    </message>
    <message>
        <source>This copy had no contact with the server for {days} days and has locked itself. Connect to the network and sync to go on; unsent changes are kept.</source>
        <translation>本机的副本已有 {days} 天未与服务器联系，已自动锁定。请连接网络并同步后继续使用；未发送的更改均已保留。</translation>
    </message>
    <message>
        <source>The file {path} cannot be read: {reason}</source>
        <translation>无法读取文件 {path}：{reason}</translation>
    </message>
    <message>
        <source>{path} is a folder. Pack it into one file first, or attach the files in it.</source>
        <translation>{path} 是文件夹。请先将其压缩成一个文件，或添加其中的文件。</translation>
    </message>
    <message>
        <source>The file is too large: {max} MB are the most.</source>
        <translation>文件过大：最大允许 {max} MB。</translation>
    </message>
    <message>
        <source>The copy of the file on this computer was damaged and has been removed. It will be fetched again when it is opened, if the server has it.</source>
        <translation>本机上的文件副本已损坏，已将其删除。如果服务器上有此文件，下次打开时会重新下载。</translation>
    </message>
    <message>
        <source>The file is not on this computer.</source>
        <translation>此文件不在本机上。</translation>
    </message>
    <message>
        <source>The file has not reached the server yet: it is still on the computer where it was attached.</source>
        <translation>此文件尚未上传到服务器，仍在添加它的那台电脑上。</translation>
    </message>
    <message>
        <source>No file called “{name}” is attached here.</source>
        <translation>此处没有名为“{name}”的附件。</translation>
    </message>
    <message>
        <source>Several files called “{name}” are attached here. Give the beginning of the hash.</source>
        <translation>此处有多个名为“{name}”的附件。请给出哈希值的开头部分。</translation>
    </message>
    <message>
        <source>{field} does not hold files.</source>
        <translation>{field} 不是附件字段。</translation>
    </message>
    <message>
        <source>The server does not know of this upload any more; it begins again.</source>
        <translation>服务器已没有这次上传的记录，将重新上传。</translation>
    </message>
    <message>
        <source>A part of the file arrived damaged at the server.</source>
        <translation>文件的一部分在传到服务器时已损坏。</translation>
    </message>
    <message>
        <source>What arrived at the server is not the file that was attached.</source>
        <translation>服务器收到的内容与添加的附件不一致。</translation>
    </message>
    <message>
        <source>Parts of the file have not arrived at the server yet.</source>
        <translation>文件尚未全部上传到服务器。</translation>
    </message>
    <message>
        <source>More than {limit} files are being sent from this computer at once.</source>
        <translation>本机同时上传的文件超过 {limit} 个。</translation>
    </message>
    <message>
        <source>A file is still being copied. Save again in a moment.</source>
        <translation>仍有文件正在复制，请稍后再保存。</translation>
    </message>
    <message>
        <source>There is a file {path} already. Choose another name; it was not touched.</source>
        <translation>文件 {path} 已存在，未作任何改动。请换一个文件名。</translation>
    </message>
    <message>
        <source>The backup {path} cannot be read: {reason}</source>
        <translation>无法读取备份 {path}：{reason}</translation>
    </message>
    <message>
        <source>{path} cannot be written: {reason}</source>
        <translation>无法写入 {path}：{reason}</translation>
    </message>
    <message>
        <source>{path} is not a backup of this program. Nothing was changed.</source>
        <translation>{path} 不是本程序的备份。未作任何改动。</translation>
    </message>
    <message>
        <source>The backup {path} is damaged or was cut off. Nothing was changed; take another one.</source>
        <translation>备份 {path} 已损坏或不完整。未作任何改动，请改用其他备份。</translation>
    </message>
    <message>
        <source>The backup {path} was made by a newer version of this program. Update the program first; nothing was changed.</source>
        <translation>备份 {path} 由更新版本的程序创建，请先升级程序。未作任何改动。</translation>
    </message>
    <message>
        <source>There is a server in {path} already. Give --over to put the backup in its place; what is there now is kept aside.</source>
        <translation>{path} 中已有服务器数据。如要用备份取代，请加上 --over；现有数据会另行保留。</translation>
    </message>
    <message>
        <source>The backup {path} is of a server on {kind}. Restore it to the same kind of database (--database), or into another folder.</source>
        <translation>备份 {path} 来自使用 {kind} 的服务器。请恢复到同类数据库（--database），或恢复到另一个文件夹。</translation>
    </message>
    <message>
        <source>The backup {path} is of the schema {schema}: restore it to an address that ends in ?schema={schema}.</source>
        <translation>备份 {path} 属于模式 {schema}：请恢复到以 ?schema={schema} 结尾的地址。</translation>
    </message>
    <message>
        <source>The program {tool} is needed for this and was not found. It comes with PostgreSQL&apos;s client programs (package postgresql-client).</source>
        <translation>此操作需要程序 {tool}，但未能找到。它随 PostgreSQL 客户端程序（软件包 postgresql-client）提供。</translation>
    </message>
    <message>
        <source>{tool} did not succeed: {detail}</source>
        <translation>{tool} 执行失败：{detail}</translation>
    </message>
    <message>
        <source>Only administrators may do this.</source>
        <translation>只有管理员可以执行此操作。</translation>
    </message>
    <message>
        <source>This is the computer that you are working on: it would be shut out itself.</source>
        <translation>这是您正在使用的电脑，操作后它自己也会被拒之门外。</translation>
    </message>
    <message>
        <source>Records of the kind {entity} are not administered this way.</source>
        <translation>{entity} 类记录不在此处管理。</translation>
    </message>
    <message>
        <source>This is the last active administrator. Give somebody else the role “admin” first.</source>
        <translation>这是最后一位启用中的管理员，请先把“admin”角色授予其他人。</translation>
    </message>
    <message>
        <source>Administrators are known by the role “admin”: it cannot be renamed or deleted.</source>
        <translation>系统凭“admin”角色识别管理员，不能改名或删除。</translation>
    </message>
    <message>
        <source>The server was restored from a backup and knows nothing of {count} records that are on this computer. They stay until you agree to set them aside, or until the computers of their authors have brought them back.</source>
        <translation>服务器已从备份恢复，不认识这台电脑上的 {count} 条记录。在您同意将其另行保存之前，或在其作者的电脑把它们补回服务器之前，这些记录会一直保留。</translation>
    </message>
    <message>
        <source>What is on this computer is not what the server has, in {count} groups of records, though it was fetched again. Tell your administrator.</source>
        <translation>这台电脑上有 {count} 组记录与服务器不一致，重新获取后仍未恢复一致。请告知管理员。</translation>
    </message>
    <message>
        <source>There is no record {id} among those that were set aside.</source>
        <translation>另行保存的记录中没有 {id}。</translation>
    </message>
    <message>
        <source>This server does not take company accounts. Sign in with a password.</source>
        <translation>此服务器不支持用公司账号登录。请用密码登录。</translation>
    </message>
    <message>
        <source>The server cannot reach your company&apos;s sign-in service at the moment. Try again later, or sign in with a password.</source>
        <translation>服务器暂时无法连接公司的登录服务。请稍后重试，或用密码登录。</translation>
    </message>
    <message>
        <source>Your company&apos;s sign-in service does not fit the way it was set up on the server ({reason}). Ask an administrator.</source>
        <translation>公司的登录服务与服务器上的设置不符（{reason}）。请联系管理员。</translation>
    </message>
    <message>
        <source>Your company&apos;s sign-in service did not confirm the sign-in[ ({reason})]. Try again.</source>
        <translation>公司的登录服务没有确认这次登录[（{reason}）]。请重试。</translation>
    </message>
    <message>
        <source>What your company&apos;s sign-in service says cannot be trusted ({reason}). Try again; if it stays so, ask an administrator.</source>
        <translation>公司登录服务的答复不可信（{reason}）。请重试；如果仍然如此，请联系管理员。</translation>
    </message>
    <message>
        <source>Your company&apos;s sign-in service does not say who you are ({claim}). Ask an administrator.</source>
        <translation>公司的登录服务没有说明您是谁（{claim}）。请联系管理员。</translation>
    </message>
    <message>
        <source>Your company&apos;s sign-in service knows you as “{name}”; here there is no such user. Ask an administrator.</source>
        <translation>您在公司登录服务中的名称是“{name}”，而这里没有这个用户。请联系管理员。</translation>
    </message>
    <message>
        <source>Thank you. You can close this page and go back to Tongzhou.</source>
        <translation>谢谢。您可以关闭此页面，回到同舟。</translation>
    </message>
    <message>
        <source>Your company&apos;s sign-in service did not let you in[ ({reason})]. Go back to Tongzhou and try again.</source>
        <translation>公司的登录服务没有让您登录[（{reason}）]。请回到同舟重试。</translation>
    </message>
    <message>
        <source>Nobody signed in in the browser within {minutes} minutes. Try again.</source>
        <translation>{minutes} 分钟内没有人在浏览器中登录。请重试。</translation>
    </message>
    <message>
        <source>The sign-in was cancelled.</source>
        <translation>登录已取消。</translation>
    </message>
    <message>
        <source>The browser could not come back to this program: {reason}</source>
        <translation>浏览器无法返回本程序：{reason}</translation>
    </message>
    <message>
        <source>The server names a sign-in page that is not safe ({url}). Ask an administrator.</source>
        <translation>服务器给出的登录页面不安全（{url}）。请联系管理员。</translation>
    </message>
    <message>
        <source>The program {program} cannot be started.</source>
        <translation>无法启动程序 {program}。</translation>
    </message>
</context>
<context>
    <name>tz::Field</name>
    <message>
        <source>Created</source>
        <translation>创建时间</translation>
    </message>
    <message>
        <source>Created by</source>
        <translation>创建人</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>修改时间</translation>
    </message>
    <message>
        <source>Changed by</source>
        <translation>修改人</translation>
    </message>
</context>
</TS>
