// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/logic/export.h"

#include "core/base/decimal.h"
#include "core/catalog/catalog.h"
#include "core/logic/csvreader.h"
#include "core/logic/valueparser.h"
#include "core/store/reader.h"
#include "core/sync/attachment.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTimeZone>

namespace tz {

namespace {

/// Rows fetched at a time: the export of a million records must not hold them all.
constexpr int pageRows = 2000;

/// Titles of linked records, and which of them name exactly one.
class Titles {
public:
    explicit Titles(const Reader &reader)
        : m_reader(reader)
    {
    }

    Result<QString> textOf(const Entity &entity, const Id &id, bool inSet)
    {
        Names &names = m_names[&entity];
        if (!std::exchange(names.read, true) && entity.titleField() && entity.titleField()->isText()) {
            Query query;
            query.entity = entity.fullName;
            query.fields = {QStringLiteral("id"), entity.title};
            TZ_ASSIGN(const Rows rows, m_reader.select(query));
            for (const auto &row : rows.rows) {
                const QString title = row[1].toText();
                names.titles.insert(row[0].toId(), title);
                ++names.uses[valueparser::folded(title)];
            }
        }
        const QString title = names.titles.value(id);
        // A title that several records have, or that holds the separator of a set, would not find it again.
        const bool unique = !title.isEmpty() && names.uses.value(valueparser::folded(title)) == 1 &&
                            title.trimmed() == title && !title.contains(u'\n') && !(inSet && title.contains(u';'));
        return unique ? title : id.toString();
    }

private:
    struct Names {
        bool read = false;
        QHash<Id, QString> titles;
        QHash<QString, int> uses;
    };
    const Reader &m_reader;
    std::unordered_map<const Entity *, Names> m_names;
};

QString timeText(qint64 ms, int utcOffsetSeconds)
{
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(ms, Qt::OffsetFromUTC, utcOffsetSeconds);
    return time.toString(ms % 1000 ? Qt::ISODateWithMs : Qt::ISODate);
}

QByteArray cellOf(QString text, const ExportOptions &options)
{
    static const QString dangerous = QStringLiteral("=+-@\t\r");
    if (options.guardFormulas && !text.isEmpty() && dangerous.contains(text.front())) {
        // A negative number is no formula.
        if (!decimal::fromText(text, decimal::maxScale))
            text.prepend(u'\'');
    }
    return csv::quoted(text.toUtf8(), options.separator.toLatin1());
}

Result<> put(QIODevice &to, const QByteArray &bytes)
{
    if (to.write(bytes) == bytes.size())
        return {};
    return fail("export.cannot_write", {{QStringLiteral("reason"), to.errorString()}});
}

class Writer {
public:
    Writer(QIODevice &to, const ExportOptions &options)
        : m_csv(to, options)
        , m_to(to)
        , m_options(options)
    {
    }

    Result<> begin(const QStringList &titles)
    {
        m_titles = titles;
        if (m_options.format == ExportOptions::Format::Json)
            return put(m_to, "[");
        TZ_TRY(m_csv.begin());
        return m_csv.line(titles);
    }
    Result<> row(const QStringList &cells, const QList<bool> &empty)
    {
        if (m_options.format == ExportOptions::Format::Csv)
            return m_csv.line(cells);
        QJsonObject object;
        for (qsizetype at = 0; at < cells.size(); ++at)
            object.insert(m_titles[at], empty[at] ? QJsonValue(QJsonValue::Null) : QJsonValue(cells[at]));
        TZ_TRY(put(m_to, std::exchange(m_first, false) ? "\n" : ",\n"));
        return put(m_to, QJsonDocument(object).toJson(QJsonDocument::Compact));
    }
    Result<> end() { return m_options.format == ExportOptions::Format::Json ? put(m_to, "\n]\n") : Result<>(); }

private:
    CsvWriter m_csv;
    QIODevice &m_to;
    const ExportOptions &m_options;
    QStringList m_titles;
    bool m_first = true;
};

} // namespace

Result<QString> exportText(const Catalog &catalog, const Column &column, const Value &value, int utcOffsetSeconds,
                           const LinkText &linkText, bool inSet)
{
    if (value.isNull())
        return QString();
    const Field *field = column.field;
    if (value.isId()) {
        const Entity *to =
            field && (field->isReference() || field->type == FieldType::Links) ? catalog.entity(field->to) : nullptr;
        return to ? linkText(*to, value.toId(), inSet) : Result<QString>(value.toId().toString());
    }
    if (value.isList()) {
        QStringList parts;
        for (const Value &member : value.toList()) {
            TZ_ASSIGN(const QString part, exportText(catalog, column, member, utcOffsetSeconds, linkText, true));
            parts << part;
        }
        return parts.join(QLatin1String("; "));
    }
    if (value.isInteger()) {
        const FieldType type = field ? field->type : FieldType::Integer;
        if (type == FieldType::Date)
            return value.toDate().toString(Qt::ISODate);
        if (type == FieldType::DateTime)
            return timeText(value.toInteger(), utcOffsetSeconds);
        if (type == FieldType::Bool)
            return value.toBool() ? QStringLiteral("true") : QStringLiteral("false");
        return decimal::toText(value.toInteger(), column.scale);
    }
    if (field && field->type == FieldType::Attachments) {
        // What the file is called; its content is not in the table.
        if (const auto file = Attachment::fromValue(value))
            return file->name;
    }
    return value.isBytes() ? QString::fromLatin1(value.toBytes().toHex()) : value.toText();
}

Result<> CsvWriter::begin()
{
    return m_options.byteOrderMark ? put(m_to, "\xEF\xBB\xBF") : Result<>();
}

Result<> CsvWriter::line(const QStringList &cells)
{
    QByteArray out;
    for (qsizetype at = 0; at < cells.size(); ++at) {
        if (at > 0)
            out += m_options.separator.toLatin1();
        out += cellOf(cells[at], m_options);
    }
    // A line without anything would be left out when it is read.
    if (out.isEmpty())
        out = "\"\"";
    return put(m_to, out + "\r\n");
}

Result<qint64> exportRecords(const Reader &reader, const ExportOptions &options, QIODevice &to)
{
    const Entity *entity = reader.catalog().entity(options.entity);
    if (!entity)
        return fail("query.unknown_entity", {{QStringLiteral("entity"), options.entity}});
    Query query;
    query.entity = options.entity;
    query.fields = options.fields;
    if (query.fields.isEmpty()) {
        query.fields << QStringLiteral("id");
        for (const Field &field : entity->fields) {
            if (!field.isDerived() && !field.isLines() && !field.system)
                query.fields << field.name;
        }
    }
    query.filterText = options.filter;
    query.parameters = options.parameters;
    query.sort = options.sort;
    query.limit = pageRows;

    Titles titles(reader);
    const LinkText linkText = [&](const Entity &target, const Id &id, bool inSet) {
        return titles.textOf(target, id, inSet);
    };
    Writer writer(to, options);
    TZ_TRY(writer.begin(query.fields));
    qint64 written = 0;
    for (;;) {
        query.offset = int(written);
        TZ_ASSIGN(const Rows rows, reader.select(query));
        for (const auto &row : rows.rows) {
            QStringList cells;
            QList<bool> empty;
            for (size_t at = 0; at < row.size(); ++at) {
                TZ_ASSIGN(QString text, exportText(reader.catalog(), rows.columns[qsizetype(at)], row[at],
                                                   options.utcOffsetSeconds, linkText));
                cells << std::move(text);
                empty << row[at].isNull();
            }
            TZ_TRY(writer.row(cells, empty));
            ++written;
        }
        if (rows.rows.size() < size_t(pageRows))
            break;
    }
    TZ_TRY(writer.end());
    return written;
}

} // namespace tz
