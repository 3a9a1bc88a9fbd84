// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/logic/numbering.h"

#include <QRegularExpression>

namespace tz::numbering {

namespace {

struct Parts {
    QString before;
    QString after;
    int digits = 0;
};

QString dated(QString text, QDate today)
{
    const auto fill = [&](QLatin1String mark, int number, int width) {
        text.replace(mark, QString::number(number).rightJustified(width, u'0'));
    };
    fill(QLatin1String("{yyyy}"), today.year(), 4);
    fill(QLatin1String("{yy}"), today.year() % 100, 2);
    fill(QLatin1String("{mm}"), today.month(), 2);
    fill(QLatin1String("{dd}"), today.day(), 2);
    return text;
}

Parts split(const QString &pattern)
{
    const qsizetype open = pattern.indexOf(QLatin1String("{seq"));
    const qsizetype close = open < 0 ? -1 : pattern.indexOf(u'}', open);
    if (close < 0)
        return {pattern, {}, 0};
    const QStringView mark = QStringView(pattern).mid(open + 1, close - open - 1);
    const qsizetype colon = mark.indexOf(u':');
    return {pattern.left(open), pattern.mid(close + 1), colon < 0 ? 0 : mark.mid(colon + 1).toInt()};
}

} // namespace

QString series(const QString &entity, const QString &pattern, QDate today)
{
    const Parts parts = split(pattern);
    return entity + u':' + dated(parts.before, today) + u'#' + dated(parts.after, today);
}

QString finalNumber(const QString &pattern, QDate today, qint64 sequence)
{
    const Parts parts = split(pattern);
    return dated(parts.before, today) + QString::number(sequence).rightJustified(parts.digits, u'0') +
           dated(parts.after, today);
}

QString provisionalNumber(const QString &pattern, QDate today, qint64 device, qint64 sequence)
{
    const Parts parts = split(pattern);
    return dated(parts.before, today) + u'D' + QString::number(device) + u'-' + QString::number(sequence) +
           dated(parts.after, today);
}

bool isProvisional(const QString &pattern, const QString &number)
{
    const auto expressionOf = [](const QString &part) {
        QString text = QRegularExpression::escape(part);
        text.replace(QLatin1String("\\{yyyy\\}"), QLatin1String("\\d{4,}"));
        for (const QLatin1String mark :
             {QLatin1String("\\{yy\\}"), QLatin1String("\\{mm\\}"), QLatin1String("\\{dd\\}")})
            text.replace(mark, QLatin1String("\\d{2}"));
        return text;
    };
    const Parts parts = split(pattern);
    const QRegularExpression whole(u'^' + expressionOf(parts.before) + QLatin1String("D\\d+-\\d+") +
                                   expressionOf(parts.after) + u'$');
    return whole.match(number).hasMatch();
}

std::optional<qint64> sequenceOf(const QString &pattern, QDate today, const QString &number)
{
    const Parts parts = split(pattern);
    const QString before = dated(parts.before, today);
    const QString after = dated(parts.after, today);
    if (number.size() <= before.size() + after.size() || !number.startsWith(before) || !number.endsWith(after))
        return std::nullopt;
    const QStringView digits = QStringView(number).mid(before.size(), number.size() - before.size() - after.size());
    if (digits.size() > 15 ||
        !std::all_of(digits.begin(), digits.end(), [](QChar c) { return c >= u'0' && c <= u'9'; }))
        return std::nullopt;
    return digits.toLongLong();
}

} // namespace tz::numbering
