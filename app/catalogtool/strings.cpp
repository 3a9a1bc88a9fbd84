// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "catalogtool/output.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>

namespace tz::catalogtool {

namespace {
QByteArray quoted(const QString &text)
{
    QByteArray bytes = text.toUtf8();
    bytes.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
    return '"' + bytes + '"';
}

/// Writes each label once per context and kind, with a comment that tells the translator where it stands.
class Writer {
public:
    void label(const QString &context, const char *kind, const QString &text, const QString &where)
    {
        const QString key = context + u'\n' + QLatin1String(kind) + u'\n' + text;
        if (text.isEmpty() || m_written.contains(key))
            return;
        m_written.insert(key);
        code += "    //: " + QByteArray(kind) + " of " + where.toUtf8() + "\n    QT_TRANSLATE_NOOP3(" +
                quoted(context) + ", " + quoted(text) + ", \"" + kind + "\"),\n";
    }

    void labels(const QString &context, const char *kind, const QJsonArray &objects, const QString &where)
    {
        for (const QJsonValue object : objects)
            label(context, kind, object.toObject().value(QStringLiteral("label")).toString(), where);
    }

    QByteArray code;

private:
    QSet<QString> m_written;
};

QJsonObject object(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

void entityLabels(Writer &writer, const QJsonObject &json, const QString &context)
{
    const auto text = [&](const char *key) { return json.value(QLatin1String(key)).toString(); };
    const QString where = text("label").isEmpty() ? context : text("label");
    writer.label(context, "label", text("label"), where);
    writer.label(context, "plural", text("plural"), where);
    writer.label(context, "help", text("help"), where);
    const QJsonArray fields = json.value(QStringLiteral("fields")).toArray();
    for (const QJsonValue value : fields) {
        const QJsonObject field = value.toObject();
        const QString label = field.value(QStringLiteral("label")).toString();
        writer.label(context, "field", label, where);
        writer.label(context, "help", field.value(QStringLiteral("help")).toString(), where + u'/' + label);
        writer.labels(context, "choice", field.value(QStringLiteral("choices")).toArray(), where + u'/' + label);
    }
    const QJsonObject states = json.value(QStringLiteral("states")).toObject();
    writer.labels(context, "state", states.value(QStringLiteral("values")).toArray(), where);
    writer.labels(context, "action", states.value(QStringLiteral("transitions")).toArray(), where);
    writer.labels(context, "action", json.value(QStringLiteral("actions")).toArray(), where);
    writer.labels(context, "section", json.value(QStringLiteral("form")).toArray(), where);
}

void reportLabels(Writer &writer, const QJsonObject &json, const QString &context)
{
    const QString label = json.value(QStringLiteral("label")).toString();
    writer.label(context, "report", label, label);
    writer.label(context, "help", json.value(QStringLiteral("help")).toString(), label);
    writer.labels(context, "parameter", json.value(QStringLiteral("parameters")).toArray(), label);
    const QJsonObject query = json.value(QStringLiteral("query")).toObject();
    writer.labels(context, "column", query.value(QStringLiteral("aggregates")).toArray(), label);
}
} // namespace

QByteArray stringsSource(const QDir &department)
{
    const QString id = department.dirName();
    Writer writer;
    const QJsonObject module = object(department.filePath(QStringLiteral("module.json")));
    writer.label(id, "department", module.value(QStringLiteral("label")).toString(), id);
    writer.label(id, "help", module.value(QStringLiteral("help")).toString(), id);
    const QDir entities(department.filePath(QStringLiteral("entities")));
    for (const QString &file : entities.entryList({QStringLiteral("*.json")}, QDir::Files, QDir::Name)) {
        const QJsonObject json = object(entities.filePath(file));
        const QString extended = json.value(QStringLiteral("extend")).toString();
        entityLabels(writer, json,
                     extended.isEmpty() ? id + u'.' + json.value(QStringLiteral("entity")).toString() : extended);
    }
    const QDir reports(department.filePath(QStringLiteral("reports")));
    for (const QString &file : reports.entryList({QStringLiteral("*.json")}, QDir::Files, QDir::Name)) {
        const QJsonObject json = object(reports.filePath(file));
        reportLabels(writer, json, id + u'.' + json.value(QStringLiteral("report")).toString());
    }
    return "// Written by tongzhou-catalog strings for lupdate; never compiled.\n"
           "static const struct { const char *text, *kind; } labels[] = {\n" +
           writer.code + "};\n";
}

} // namespace tz::catalogtool
