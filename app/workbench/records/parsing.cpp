// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors

// The typed half of formatting.h: what people write into editors.
#include "core/base/decimal.h"
#include "workbench/records/formatting.h"

#include <QJsonDocument>
#include <QJsonParseError>
#include <QRegularExpression>

#include <limits>

namespace tz::formatting {

namespace {

Result<Value> parseNumber(const Field &field, QString text)
{
    // NFKC turns full-width digits and signs into plain ones.
    text = text.normalized(QString::NormalizationForm_KC).remove(QLatin1Char(' ')).remove(QChar(0x00a0));
    qint64 unit = 1;
    for (const auto &[name, factor] :
         {std::pair{QStringLiteral("亿"), qint64(100'000'000)}, std::pair{QStringLiteral("万"), qint64(10'000)}}) {
        if (text.endsWith(name)) {
            text.chop(name.size());
            unit = factor;
        }
    }
    static const QRegularExpression signs(QStringLiteral("^(-?)(?:US|HK|JP|CN)?[¥$€£￥]"));
    text.replace(signs, QStringLiteral("\\1"));
    text.remove(QLatin1Char('%')).remove(QStringLiteral("元"));
    const QLocale locale;
    const QString point = locale.decimalPoint();
    if (const QString group = locale.groupSeparator(); !group.isEmpty())
        text.remove(group);
    if (point == QLatin1String("."))
        text.remove(QLatin1Char(','));
    else
        text.replace(point, QLatin1String("."));
    static const QRegularExpression plain(QStringLiteral("^[+-]?(\\d+(\\.\\d*)?|\\.\\d+)$"));
    if (!plain.match(text).hasMatch())
        return fail("input.not_a_number", {{QStringLiteral("text"), text}}, field.name);
    // Read with all digits that an intermediate may have, so that 1.23456万 is 12345.6 and not an error.
    const auto wide = decimal::fromText(text, decimal::maxScale);
    const auto product = wide ? decimal::multiply(*wide, unit, 0) : std::nullopt;
    if (!product) {
        // Too large for eight digits after the point, perhaps not for the field's own.
        const auto exact = decimal::fromText(text, field.scale);
        const auto whole = exact ? decimal::multiply(*exact, unit, 0) : std::nullopt;
        if (!whole)
            return fail("input.not_a_number", {{QStringLiteral("text"), text}}, field.name);
        return Value(*whole);
    }
    const auto result = decimal::rescale(*product, decimal::maxScale, field.scale);
    const auto back = result ? decimal::rescale(*result, field.scale, decimal::maxScale) : std::nullopt;
    if (!back || *back != *product)
        return fail("input.too_many_digits", {{QStringLiteral("digits"), field.scale}}, field.name);
    return Value(*result);
}

QDate parseDate(QString text, QDate today)
{
    text = text.normalized(QString::NormalizationForm_KC).trimmed().toLower();
    static const QHash<QString, int> words{{QStringLiteral("today"), 0},    {QStringLiteral("今天"), 0},
                                           {QStringLiteral("tomorrow"), 1}, {QStringLiteral("明天"), 1},
                                           {QStringLiteral("后天"), 2},     {QStringLiteral("yesterday"), -1},
                                           {QStringLiteral("昨天"), -1},    {QStringLiteral("."), 0}};
    if (const auto word = words.constFind(text); word != words.cend())
        return today.addDays(*word);
    static const QRegularExpression offset(QStringLiteral("^([+-])(\\d{1,4})([dwmy]?)$"));
    if (const auto match = offset.match(text); match.hasMatch()) {
        const int count = match.captured(2).toInt() * (match.captured(1) == QLatin1String("-") ? -1 : 1);
        const QString unit = match.captured(3);
        if (unit == QLatin1String("w"))
            return today.addDays(7 * count);
        if (unit == QLatin1String("m"))
            return today.addMonths(count);
        if (unit == QLatin1String("y"))
            return today.addYears(count);
        return today.addDays(count);
    }
    static const QRegularExpression yearFirst(QStringLiteral("^(\\d{4})[-/.年](\\d{1,2})[-/.月](\\d{1,2})日?$"));
    if (const auto match = yearFirst.match(text); match.hasMatch())
        return {match.captured(1).toInt(), match.captured(2).toInt(), match.captured(3).toInt()};
    static const QRegularExpression digits(QStringLiteral("^\\d{8}$"));
    if (digits.match(text).hasMatch())
        return QDate::fromString(text, QStringLiteral("yyyyMMdd"));
    static const QRegularExpression monthDay(QStringLiteral("^(\\d{1,2})[-/.月](\\d{1,2})日?$"));
    static const QRegularExpression yearLast(QStringLiteral("^(\\d{1,2})[-/.](\\d{1,2})[-/.](\\d{4}|\\d{2})$"));
    // Day or month first, as the locale writes them.
    const QString format = QLocale().dateFormat(QLocale::ShortFormat);
    const bool dayFirst = format.indexOf(QLatin1Char('d')) < format.indexOf(QLatin1Char('M'));
    if (const auto match = yearLast.match(text); match.hasMatch()) {
        int year = match.captured(3).toInt();
        if (year < 100)
            year += 2000;
        const int first = match.captured(1).toInt();
        const int second = match.captured(2).toInt();
        return dayFirst ? QDate(year, second, first) : QDate(year, first, second);
    }
    if (const auto match = monthDay.match(text); match.hasMatch()) {
        const int first = match.captured(1).toInt();
        const int second = match.captured(2).toInt();
        const bool chinese = text.contains(QStringLiteral("月"));
        return dayFirst && !chinese ? QDate(today.year(), second, first) : QDate(today.year(), first, second);
    }
    return {};
}

std::optional<qint64> parseDuration(QString text)
{
    text = text.normalized(QString::NormalizationForm_KC).trimmed().toLower();
    static const QRegularExpression clock(QStringLiteral("^(\\d{1,5}):(\\d{2})$"));
    if (const auto match = clock.match(text); match.hasMatch())
        return match.captured(1).toLongLong() * 3600 + match.captured(2).toLongLong() * 60;
    static const QRegularExpression parts(
        QStringLiteral("^(?:(\\d{1,5})\\s*(?:d|天|days?))?\\s*(?:(\\d{1,5})\\s*(?:h|小时|hours?))?\\s*"
                       "(?:(\\d{1,6})\\s*(?:m|min|分钟|分|minutes?)?)?$"));
    const auto match = parts.match(text);
    if (!match.hasMatch() || text.isEmpty())
        return std::nullopt;
    return match.captured(1).toLongLong() * 86400 + match.captured(2).toLongLong() * 3600 +
           match.captured(3).toLongLong() * 60;
}

} // namespace

Result<Value> parse(const Field &field, const QString &text, QDate today)
{
    const QString trimmed = field.type == FieldType::LongText ? text : text.trimmed();
    if (trimmed.isEmpty())
        return Value();
    if (field.type == FieldType::Bool) {
        return Value(trimmed == QLatin1String("1") || trimmed.compare(QLatin1String("yes"), Qt::CaseInsensitive) == 0 ||
                     trimmed.compare(QLatin1String("true"), Qt::CaseInsensitive) == 0 ||
                     trimmed == QStringLiteral("是"));
    }
    if (field.type == FieldType::Date) {
        const QDate date = parseDate(trimmed, today);
        if (!date.isValid())
            return fail("input.not_a_date", {{QStringLiteral("text"), trimmed}}, field.name);
        return Value::fromDate(date);
    }
    if (field.type == FieldType::DateTime) {
        // The time is what follows the last space; without one, the whole is a day at nine o'clock.
        const qsizetype space = trimmed.lastIndexOf(QLatin1Char(' '));
        const QString clock = trimmed.mid(space + 1).normalized(QString::NormalizationForm_KC);
        QTime time = space < 0 ? QTime() : QTime::fromString(clock, QStringLiteral("H:mm"));
        const QDate date = parseDate(time.isValid() ? trimmed.left(space) : trimmed, today);
        if (!time.isValid())
            time = QTime(9, 0);
        if (!date.isValid())
            return fail("input.not_a_date", {{QStringLiteral("text"), trimmed}}, field.name);
        return Value::fromDateTime(QDateTime(date, time));
    }
    if (field.type == FieldType::Duration) {
        const auto seconds = parseDuration(trimmed);
        if (!seconds)
            return fail("input.not_a_duration", {{QStringLiteral("text"), trimmed}}, field.name);
        return Value(*seconds);
    }
    if (field.isNumber())
        return parseNumber(field, trimmed);
    if (field.type == FieldType::Json) {
        QJsonParseError error;
        QJsonDocument::fromJson(trimmed.toUtf8(), &error);
        if (error.error != QJsonParseError::NoError)
            return fail("input.not_json", {{QStringLiteral("offset"), error.offset}}, field.name);
    }
    return Value(trimmed);
}

} // namespace tz::formatting
