// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/base/messages.h"
#include "tests/support/catch.h"

#include <QDirIterator>
#include <QRegularExpression>

using namespace tz;
using namespace Qt::StringLiterals;

namespace {

QString contentOf(const QString &path)
{
    QFile file(path);
    REQUIRE(file.open(QIODevice::ReadOnly));
    return QString::fromUtf8(file.readAll());
}

QStringList sourcesIn(const QString &folder)
{
    QStringList paths;
    QDirIterator files(folder, {u"*.cpp"_s, u"*.h"_s}, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString path = files.next();
        if (!path.contains(u"/tests/"_s))
            paths << path;
    }
    paths.sort();
    return paths;
}

/// Codes of errors that the source makes, with the first file each stands in.
QMap<QString, QString> codesIn(const QStringList &paths)
{
    // fail("…"), Error("…"), Error{"…"}, Error name("…") and the local shorthands that pass a code on.
    static const QRegularExpression made(
        u"\\b(?:fail|Error(?:\\s+\\w+)?|atLine|denied|wrong|refuse|refused)\\s*[({]\\s*\"([a-z][a-z_0-9]*(?:\\.[a-z][a-z_0-9]*)+)\""_s);
    QMap<QString, QString> codes;
    for (const QString &path : paths) {
        auto matches = made.globalMatch(contentOf(path));
        while (matches.hasNext()) {
            const QString code = matches.next().captured(1);
            if (!codes.contains(code))
                codes.insert(code, path);
        }
    }
    return codes;
}

} // namespace

TEST_CASE("every error code of the program has a sentence", "[messages]")
{
    const auto codes = codesIn(sourcesIn(QStringLiteral(TZ_SOURCE_DIR "/app")));
    CHECK(codes.size() > 100);
    for (auto it = codes.cbegin(); it != codes.cend(); ++it) {
        INFO(it.key().toStdString() << " in " << it.value().toStdString());
        CHECK(hasSentence(it.key().toLatin1()));
    }
}

TEST_CASE("every error code of a department has a sentence", "[messages]")
{
    const QDir modules(QStringLiteral(TZ_SOURCE_DIR "/modules"));
    for (const QString &department : modules.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        const QStringList paths = sourcesIn(modules.filePath(department));
        QString all;
        for (const QString &path : paths)
            all += contentOf(path);
        const auto codes = codesIn(paths);
        for (auto it = codes.cbegin(); it != codes.cend(); ++it) {
            INFO(it.key().toStdString() << " in " << it.value().toStdString());
            CHECK((hasSentence(it.key().toLatin1()) ||
                   QRegularExpression(u"addSentence\\(\\s*\"%1\""_s.arg(QRegularExpression::escape(it.key())))
                       .match(all)
                       .hasMatch()));
        }
    }
}

TEST_CASE("a sentence holds its parameters, the field's label and the cause", "[messages]")
{
    const auto label = [](const QString &field) { return field == u"amount" ? u"Amount"_s : QString(); };
    CHECK(describe(Error("record.required", {}, u"amount"_s), label) == u"Amount must be filled in."_s);
    CHECK(describe(Error("record.required", {}, u"other"_s), label) == u"other must be filled in."_s);
    CHECK(describe(Error("record.too_long", {{u"max"_s, 40}}, u"name"_s)) ==
          u"name is too long: at most 40 characters."_s);
    const Error outer = Error("record.required", {}, u"amount"_s).within(Error("record.merged_invalid"));
    CHECK(describe(outer, label).endsWith(u" Amount must be filled in."_s));
    CHECK(describe(Error("import.no_columns", {{u"columns"_s, QStringList{u"a"_s, u"b"_s}}})).contains(u"a, b"_s));
}

TEST_CASE("an unknown code is shown as it is", "[messages]")
{
    CHECK(describe(Error("elsewhere.odd", {{u"x"_s, 5}})) == u"elsewhere.odd {x=5}"_s);
    addSentence("elsewhere.odd", "elsewhere", "Odd: {x}.");
    CHECK(describe(Error("elsewhere.odd", {{u"x"_s, 5}})) == u"Odd: 5."_s);
}

TEST_CASE("what is optional in a sentence goes when there is nothing to say", "[messages]")
{
    CHECK(describe(Error("import.unknown_field", {{u"name"_s, u"nmae"_s}, {u"suggestion"_s, u"name"_s}})) ==
          u"There is no field “nmae”. Did you mean name?"_s);
    CHECK(describe(Error("import.unknown_field", {{u"name"_s, u"zzz"_s}})) == u"There is no field “zzz”."_s);
}

TEST_CASE("the part of a sentence that needs a value is left out where there is none", "[messages]")
{
    const QVariantMap known{{QStringLiteral("name"), QStringLiteral("citty")},
                            {QStringLiteral("suggestion"), QStringLiteral("city")},
                            {QStringLiteral("entity"), QStringLiteral("shop.customer")}};
    CHECK(describe(Error("query.unknown_field", known)) ==
          QStringLiteral("There is no field “citty” in shop.customer. Did you mean city?"));
    CHECK(describe(Error("query.unknown_entity", {{QStringLiteral("name"), QStringLiteral("x")}})) ==
          QLatin1String("There is no kind of record called x."));
}
