// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "cli/commandline.h"

#include <QCoreApplication>

namespace tz::cli {

namespace {

qsizetype distance(const QString &a, const QString &b)
{
    std::vector<qsizetype> row(size_t(b.size()) + 1);
    for (size_t j = 0; j < row.size(); ++j)
        row[j] = qsizetype(j);
    for (qsizetype i = 1; i <= a.size(); ++i) {
        qsizetype diagonal = std::exchange(row[0], i);
        for (qsizetype j = 1; j <= b.size(); ++j) {
            const qsizetype replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = row[size_t(j)];
            row[size_t(j)] = std::min({replaced, row[size_t(j)] + 1, row[size_t(j) - 1] + 1});
        }
    }
    return row.back();
}

} // namespace

QStringList Arguments::list(const char *option) const
{
    QStringList values;
    for (const QString &value : options.value(QLatin1String(option)))
        values += value.split(QLatin1Char(','), Qt::SkipEmptyParts);
    for (QString &value : values)
        value = value.trimmed();
    return values;
}

const std::vector<OptionSpec> &commonOptions()
{
    static const std::vector<OptionSpec> options{
        {"profile", "DIR",
         QT_TRANSLATE_NOOP("cli", "Folder with the replica. Otherwise TONGZHOU_PROFILE, or the user's own.")},
        {"json", nullptr, QT_TRANSLATE_NOOP("cli", "Print one JSON document.")},
        {"lang", "LANGUAGE",
         QT_TRANSLATE_NOOP("cli", "Language of messages: en or zh_CN. Otherwise as the system says.")},
        {"help", nullptr, QT_TRANSLATE_NOOP("cli", "Show this help.")},
        {"version", nullptr, QT_TRANSLATE_NOOP("cli", "Show the version.")},
    };
    return options;
}

QString suggestion(const QString &typed, const QStringList &known)
{
    QString best;
    qsizetype least = std::max<qsizetype>(2, typed.size() / 3) + 1;
    for (const QString &name : known) {
        const qsizetype d = distance(typed, name);
        if (d < least) {
            least = d;
            best = name;
        }
    }
    return best;
}

QString didYouMean(const QString &typed, const QStringList &known)
{
    const QString near = suggestion(typed, known);
    return near.isEmpty() ? QString()
                          : QCoreApplication::translate("cli", QT_TRANSLATE_NOOP("cli", "Did you mean %1?")).arg(near);
}

Result<Arguments> parseArguments(const QStringList &words, const std::vector<const OptionSpec *> &known)
{
    Arguments arguments;
    for (qsizetype i = 0; i < words.size(); ++i) {
        const QString &word = words[i];
        if (word == QLatin1String("--")) {
            arguments.positional += words.mid(i + 1);
            break;
        }
        if (!word.startsWith(QLatin1String("--"))) {
            arguments.positional.append(word);
            continue;
        }
        const qsizetype equals = word.indexOf(QLatin1Char('='));
        const QString name = equals < 0 ? word.mid(2) : word.mid(2, equals - 2);
        const auto found =
            std::ranges::find_if(known, [&](const OptionSpec *option) { return name == QLatin1String(option->name); });
        if (found == known.end()) {
            QStringList names;
            for (const OptionSpec *option : known)
                names << QLatin1String("--") + QLatin1String(option->name);
            const QString typed = QLatin1String("--") + name;
            return fail("cli.unknown_option",
                        {{QStringLiteral("option"), typed}, {QStringLiteral("suggestion"), didYouMean(typed, names)}});
        }
        const QVariantMap about{{QStringLiteral("option"), QString(QLatin1String("--") + name)}};
        if (!(*found)->value) {
            if (equals >= 0)
                return fail("cli.no_value", about);
            arguments.options[name];
        } else if (equals >= 0) {
            arguments.options[name].append(word.mid(equals + 1));
        } else if (i + 1 < words.size()) {
            arguments.options[name].append(words[++i]);
        } else {
            return fail("cli.missing_value", about);
        }
    }
    return arguments;
}

} // namespace tz::cli
