// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/logic/importcolumns.h"

#include "core/catalog/suggest.h"
#include "core/logic/alllabels.h"

#include <QRegularExpression>

namespace tz {

namespace {

/// What other programs and people call common fields; the first of each list is the field's name here.
const QList<QStringList> &synonyms()
{
    static const QList<QStringList> all = [] {
        QList<QStringList> lists;
        for (const char16_t *line : {
                 u"name|title|fullname|名称|姓名|客户名称|公司名称|account|accountname|company|companyname|"
                 u"organization|product|"
                 u"productname",
                 u"account|customer|company|client|accountname|customername|客户|客户名称|公司|单位",
                 u"contact|contactname|联系人",
                 u"email|mail|emailaddress|电子邮件|邮箱|电子邮箱",
                 u"phone|tel|telephone|phonenumber|电话|座机|固定电话",
                 u"mobile|cell|cellphone|mobilephone|手机|手机号|移动电话",
                 u"website|url|web|homepage|site|网址|网站|官网",
                 u"uscc|creditcode|统一社会信用代码|信用代码|税号",
                 u"industry|sector|branch|行业|所属行业",
                 u"amount|value|closevalue|dealvalue|price|sum|金额|商机金额|成交金额",
                 u"price|salesprice|unitprice|listprice|单价|价格",
                 u"close_date|closedate|closingdate|expectedclose|预计成交日期|成交日期",
                 u"engage_date|engagedate|startdate|开始日期",
                 u"stage|dealstage|salesstage|阶段|销售阶段",
                 u"status|state|状态",
                 u"owner|salesagent|salesrep|assignedto|accountowner|负责人|销售|业务员",
                 u"number|no|id|code|编号|编码",
                 u"source|leadsource|来源|线索来源",
                 u"employees|employeecount|headcount|staff|员工数|员工人数|人数",
                 u"annual_revenue|revenue|turnover|sales|年营业额|营业额|年收入",
                 u"address|street|地址|联系地址",
                 u"description|notes|note|remark|remarks|comment|备注|说明|描述",
                 u"job_title|title|position|jobtitle|role|职务|职位",
                 u"department|division|部门",
                 u"birthday|dateofbirth|dob|生日|出生日期",
                 u"tags|labels|keywords|标签",
                 u"parent|parentaccount|subsidiaryof|上级客户|母公司|上级",
                 u"founded|yearestablished|established|成立年份|成立时间",
             })
            lists << QString::fromUtf16(line).split(u'|');
        return lists;
    }();
    return all;
}

/// Letters and digits alone, folded: "Close Date", "close_date" and "CLOSE-DATE" are one.
QString bare(const QString &text)
{
    QString plain = valueparser::folded(text);
    plain.removeIf([](QChar c) { return !c.isLetterOrNumber() && !c.isSurrogate(); });
    return plain;
}

bool mayImport(const Field &field)
{
    return !field.isDerived() && !field.isLines();
}

Result<> bind(ImportColumn &column, const Catalog &catalog, const Entity &entity, const QString &path)
{
    const qsizetype point = path.indexOf(u'.');
    const QString name = point < 0 ? path : path.left(point);
    column.field = entity.field(name);
    column.rest = point < 0 ? QString() : path.mid(point + 1);
    QStringList names;
    for (const Field &field : entity.fields)
        names << field.name;
    const auto unknown = [&](const QString &wrong, const QStringList &candidates) {
        return fail("import.unknown_field",
                    {{QStringLiteral("name"), wrong}, {QStringLiteral("suggestion"), closestName(wrong, candidates)}});
    };
    if (!column.field)
        return unknown(name, names);
    if (!mayImport(*column.field))
        return fail("record.derived", {}, name);
    if (column.field->isReference() || column.field->type == FieldType::Links) {
        column.to = catalog.entity(column.field->to);
        if (!column.to)
            return unknown(path, names);
        if (!column.rest.isEmpty() && !column.to->field(column.rest)) {
            QStringList others;
            for (const Field &field : column.to->fields)
                others << field.name;
            return unknown(column.rest, others);
        }
    } else if (!column.rest.isEmpty() && column.field->type != FieldType::Address) {
        return unknown(path, names);
    }
    return {};
}

QStringList titlesOf(const std::vector<ImportColumn> &columns)
{
    QStringList titles;
    for (const ImportColumn &column : columns)
        titles << column.title;
    return titles;
}

/// The field that a title means, by ever looser comparison; not one that another column has already.
const Field *meant(const Entity &entity, const QString &title, int looseness, const ImportOptions &options)
{
    static const QRegularExpression bracket(QStringLiteral("[(（\\[].*$"));
    QString withoutUnit = title;
    withoutUnit.remove(bracket);
    const QStringList wanted{bare(title), bare(withoutUnit)};
    for (const Field &field : entity.fields) {
        if (!mayImport(field))
            continue;
        QStringList names;
        if (looseness == 0)
            names << field.name;
        else if (looseness == 1) {
            names << labelsInAllLanguages(entity, field);
            if (options.fieldNames)
                names << options.fieldNames(entity, field);
        } else {
            for (const QStringList &list : synonyms()) {
                if (list.front() == field.name)
                    names << list;
            }
        }
        for (const QString &name : names) {
            const QString plain = bare(name);
            if (!plain.isEmpty() && wanted.contains(plain))
                return &field;
        }
    }
    return nullptr;
}

} // namespace

Result<std::vector<ImportColumn>> importColumns(const Catalog &catalog, const Entity &entity, const csv::Cells &header,
                                                const ImportOptions &options)
{
    std::vector<ImportColumn> columns(header.size());
    for (size_t at = 0; at < header.size(); ++at)
        columns[at].title = QString::fromUtf8(header[at]).trimmed();

    QSet<QString> taken;
    std::vector<bool> done(columns.size(), false);
    for (const auto &[title, path] : options.map) {
        const QString wanted = bare(title);
        const auto found = std::ranges::find_if(columns, [&wanted, &said = title](const ImportColumn &column) {
            return column.title == said || bare(column.title) == wanted;
        });
        if (found == columns.end())
            return fail("import.unknown_column",
                        {{QStringLiteral("column"), title},
                         {QStringLiteral("columns"), titlesOf(columns)},
                         {QStringLiteral("suggestion"), closestName(title, titlesOf(columns))}});
        done[size_t(found - columns.begin())] = true;
        if (path.isEmpty())
            continue;
        TZ_TRY(bind(*found, catalog, entity, path));
        // Several columns may fill one address or one set.
        const bool shared = found->field->type == FieldType::Address || found->field->isSet();
        if (taken.contains(path) || (!shared && taken.contains(found->field->name)))
            return fail("import.column_twice", {{QStringLiteral("name"), path}});
        taken << path << found->field->name;
    }
    for (int looseness = 0; looseness < 3; ++looseness) {
        for (size_t at = 0; at < columns.size(); ++at) {
            if (done[at] || columns[at].title.isEmpty())
                continue;
            if (looseness == 0 && columns[at].title.compare(QLatin1String("id"), Qt::CaseInsensitive) == 0 &&
                !entity.field(u"id")) {
                columns[at].isId = done[at] = true;
                continue;
            }
            // "address.city" as a title means itself, as the export writes it.
            if (looseness == 0 && columns[at].title.contains(u'.')) {
                ImportColumn copy = columns[at];
                if (bind(copy, catalog, entity, copy.title) && !taken.contains(copy.title)) {
                    taken << copy.title << copy.field->name;
                    columns[at] = copy;
                    done[at] = true;
                    continue;
                }
            }
            const Field *field = meant(entity, columns[at].title, looseness, options);
            if (!field || taken.contains(field->name))
                continue;
            if (!bind(columns[at], catalog, entity, field->name)) {
                columns[at].field = nullptr;
                continue;
            }
            taken << field->name;
            done[at] = true;
        }
    }
    if (std::ranges::none_of(columns, [](const ImportColumn &column) { return column.field != nullptr; }))
        return fail("import.no_columns", {{QStringLiteral("columns"), titlesOf(columns)}});
    for (ImportColumn &column : columns) {
        if (!column.field)
            continue;
        const auto aliases = options.aliases.constFind(column.field->name);
        if (aliases == options.aliases.constEnd())
            continue;
        for (auto it = aliases->cbegin(); it != aliases->cend(); ++it)
            column.aliases.insert(valueparser::folded(it.key()), it.value());
    }
    return columns;
}

std::function<QStringList(const Entity &, const Field &, const Choice &)>
importChoiceNames(const ImportOptions &options)
{
    return [more = options.choiceNames](const Entity &entity, const Field &field, const Choice &choice) {
        QStringList names = labelsInAllLanguages(entity, field, choice);
        if (more)
            names << more(entity, field, choice);
        return names;
    };
}

Result<> settleStyles(std::vector<ImportColumn> &columns, const ImportOptions &options, int utcOffsetSeconds)
{
    using valueparser::DateOrder;
    std::optional<DateOrder> given;
    if (!options.dateFormat.isEmpty()) {
        given = valueparser::orderFromText(options.dateFormat);
        if (!given)
            return fail("import.bad_date_format", {{QStringLiteral("format"), options.dateFormat}});
    }
    // What one column shows beyond doubt holds for the others of the same file where they leave a choice.
    std::optional<DateOrder> shown;
    for (const ImportColumn &column : columns) {
        if (column.isDate() && column.finder.orders().size() == 1 && !shown)
            shown = column.finder.orders().front();
    }
    for (ImportColumn &column : columns) {
        column.style.decimalComma = column.finder.decimalComma();
        column.style.utcOffsetSeconds = utcOffsetSeconds;
        column.style.choiceNames = importChoiceNames(options);
        if (!column.isDate())
            continue;
        const QList<DateOrder> orders = column.finder.orders();
        if (given) {
            column.style.order = *given;
        } else if (orders.isEmpty()) {
            return fail("import.mixed_dates", {{QStringLiteral("column"), column.title}});
        } else if (orders.size() == 1 || column.finder.ambiguousExample().isEmpty()) {
            column.style.order = orders.front();
        } else if (shown && orders.contains(*shown)) {
            column.style.order = *shown;
        } else {
            return fail("import.ambiguous_dates", {{QStringLiteral("column"), column.title},
                                                   {QStringLiteral("example"), column.finder.ambiguousExample()}});
        }
    }
    return {};
}

} // namespace tz
