// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "catalogtool/output.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>

namespace tz::catalogtool {

namespace {
QString identifier(const QString &name)
{
    static const QSet<QString> keywords{
        QStringLiteral("auto"),      QStringLiteral("bool"),     QStringLiteral("break"),
        QStringLiteral("case"),      QStringLiteral("catch"),    QStringLiteral("char"),
        QStringLiteral("class"),     QStringLiteral("concept"),  QStringLiteral("const"),
        QStringLiteral("continue"),  QStringLiteral("default"),  QStringLiteral("delete"),
        QStringLiteral("do"),        QStringLiteral("double"),   QStringLiteral("else"),
        QStringLiteral("enum"),      QStringLiteral("explicit"), QStringLiteral("export"),
        QStringLiteral("extern"),    QStringLiteral("false"),    QStringLiteral("final"),
        QStringLiteral("float"),     QStringLiteral("for"),      QStringLiteral("friend"),
        QStringLiteral("goto"),      QStringLiteral("if"),       QStringLiteral("import"),
        QStringLiteral("inline"),    QStringLiteral("int"),      QStringLiteral("long"),
        QStringLiteral("module"),    QStringLiteral("mutable"),  QStringLiteral("namespace"),
        QStringLiteral("new"),       QStringLiteral("not"),      QStringLiteral("operator"),
        QStringLiteral("or"),        QStringLiteral("and"),      QStringLiteral("private"),
        QStringLiteral("protected"), QStringLiteral("public"),   QStringLiteral("register"),
        QStringLiteral("requires"),  QStringLiteral("return"),   QStringLiteral("short"),
        QStringLiteral("signed"),    QStringLiteral("sizeof"),   QStringLiteral("static"),
        QStringLiteral("struct"),    QStringLiteral("switch"),   QStringLiteral("template"),
        QStringLiteral("this"),      QStringLiteral("throw"),    QStringLiteral("true"),
        QStringLiteral("try"),       QStringLiteral("typedef"),  QStringLiteral("union"),
        QStringLiteral("unsigned"),  QStringLiteral("using"),    QStringLiteral("virtual"),
        QStringLiteral("void"),      QStringLiteral("volatile"), QStringLiteral("while"),
        QStringLiteral("xor"),       QStringLiteral("asm"),      QStringLiteral("errno"),
        QStringLiteral("unix"),      QStringLiteral("linux"),    QStringLiteral("signals"),
        QStringLiteral("slots"),     QStringLiteral("emit"),     QStringLiteral("compl")};
    QString safe = name;
    for (QChar &c : safe) {
        if (!c.isLetterOrNumber() && c != u'_')
            c = u'_';
    }
    if (safe.isEmpty() || safe.front().isDigit())
        safe.prepend(u'_');
    return keywords.contains(safe) ? safe + u'_' : safe;
}

void constant(QByteArray &code, const QString &name, const QString &value)
{
    code += "inline constexpr Name " + identifier(name).toUtf8() + "{u\"" + value.toUtf8() + "\"};\n";
}

void group(QByteArray &code, const char *space, const QJsonArray &objects, const char *key)
{
    if (objects.isEmpty())
        return;
    code += "namespace " + QByteArray(space) + " {\n";
    for (const QJsonValue object : objects) {
        const QString name = object.toObject().value(QLatin1String(key)).toString();
        constant(code, name, name);
    }
    code += "} // namespace " + QByteArray(space) + "\n";
}

QJsonArray together(const QJsonArray &a, const QJsonArray &b)
{
    QJsonArray both = a;
    for (const QJsonValue value : b)
        both.append(value);
    return both;
}
} // namespace

QByteArray namesHeader(const QDir &department)
{
    const QString id = department.dirName();
    QByteArray code =
        "// Written by tongzhou-catalog names from " + id.toUtf8() +
        ". Do not edit.\n#pragma once\n\n#include \"core/catalog/name.h\"\n\nnamespace tz::" + identifier(id).toUtf8() +
        " {\n";
    const QDir entities(department.filePath(QStringLiteral("entities")));
    for (const QString &file : entities.entryList({QStringLiteral("*.json")}, QDir::Files, QDir::Name)) {
        QFile source(entities.filePath(file));
        if (!source.open(QIODevice::ReadOnly))
            continue;
        const QJsonObject json = QJsonDocument::fromJson(source.readAll()).object();
        const QString extended = json.value(QStringLiteral("extend")).toString();
        const QString name = json.value(QStringLiteral("entity")).toString();
        // What this department adds to another one's entity stands under both names.
        const QString space = identifier(extended.isEmpty() ? name : QString(extended).replace(u'.', u'_'));
        code += "\n/// " + (extended.isEmpty() ? id + u'.' + name : extended).toUtf8() + "\nnamespace " +
                space.toUtf8() + " {\n";
        constant(code, QStringLiteral("fullName"), extended.isEmpty() ? id + u'.' + name : extended);
        for (const QJsonValue field : json.value(QStringLiteral("fields")).toArray()) {
            const QString fieldName = field.toObject().value(QStringLiteral("name")).toString();
            constant(code, fieldName, fieldName);
        }
        const QJsonObject states = json.value(QStringLiteral("states")).toObject();
        group(code, "states", states.value(QStringLiteral("values")).toArray(), "name");
        group(code, "actions",
              together(states.value(QStringLiteral("transitions")).toArray(),
                       json.value(QStringLiteral("actions")).toArray()),
              "action");
        code += "} // namespace " + space.toUtf8() + "\n";
    }
    return code + "\n} // namespace tz::" + identifier(id).toUtf8() + "\n";
}

} // namespace tz::catalogtool
