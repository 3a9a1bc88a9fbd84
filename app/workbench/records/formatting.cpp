// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "workbench/records/formatting.h"

#include "core/base/decimal.h"
#include "core/sync/attachment.h"
#include "workbench/records/labels.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTimeZone>

#include <cmath>

namespace tz::formatting {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(tz::formatting)
};

QString &currencyCode()
{
    static QString code = QStringLiteral("CNY");
    return code;
}

bool isChinese()
{
    return QLocale().language() == QLocale::Chinese;
}

QString sign(const QString &currency)
{
    const bool chinese = isChinese();
    if (currency == QLatin1String("CNY"))
        return QStringLiteral("¥");
    if (currency == QLatin1String("USD"))
        return chinese ? QStringLiteral("US$") : QStringLiteral("$");
    if (currency == QLatin1String("EUR"))
        return QStringLiteral("€");
    if (currency == QLatin1String("GBP"))
        return QStringLiteral("£");
    if (currency == QLatin1String("HKD"))
        return QStringLiteral("HK$");
    if (currency == QLatin1String("JPY"))
        return QStringLiteral("JP¥");
    return currency + QChar(0x00a0);
}

/// Digits after the point that people expect of a currency.
int digitsOf(const QString &currency)
{
    return currency == QLatin1String("JPY") || currency == QLatin1String("KRW") ? 0 : 2;
}

QString scaled(double value, double unit, const QString &name)
{
    const double part = value / unit;
    const int digits = std::abs(part) < 10 ? 2 : std::abs(part) < 100 ? 1 : 0;
    QLocale locale;
    if (unit > 1)
        locale.setNumberOptions(QLocale::OmitGroupSeparator);
    QString text = locale.toString(part, 'f', digits);
    const QString point = QLocale().decimalPoint();
    if (text.contains(point)) {
        while (text.endsWith(QLatin1Char('0')))
            text.chop(1);
        if (text.endsWith(point))
            text.chop(point.size());
    }
    return text + name;
}

} // namespace

QString companyCurrency()
{
    return currencyCode();
}

void setCompanyCurrency(const QString &code)
{
    currencyCode() = code;
}

QString number(qint64 value, int scale, int minimumDigits)
{
    QString text = decimal::toText(value, scale);
    const bool negative = text.startsWith(QLatin1Char('-'));
    if (negative)
        text.remove(0, 1);
    const qsizetype point = text.indexOf(QLatin1Char('.'));
    QString whole = point < 0 ? text : text.left(point);
    QString part = point < 0 ? QString() : text.mid(point + 1);
    while (part.size() < minimumDigits)
        part += QLatin1Char('0');
    const QLocale locale;
    const QString group = locale.groupSeparator();
    if (!(locale.numberOptions() & QLocale::OmitGroupSeparator) && !group.isEmpty()) {
        for (qsizetype at = whole.size() - 3; at > 0; at -= 3)
            whole.insert(at, group);
    }
    QString result = negative ? locale.negativeSign() + whole : whole;
    if (!part.isEmpty())
        result += locale.decimalPoint() + part;
    return result;
}

QString money(qint64 value, const QString &currency, int scale)
{
    const QString code = currency.isEmpty() ? currencyCode() : currency;
    const QString text = number(value < 0 ? -value : value, scale, digitsOf(code));
    return (value < 0 ? QLocale().negativeSign() : QString()) + sign(code) + text;
}

QString percent(qint64 value, int scale)
{
    // More than two digits say nothing to people; the exact value stands in the editor.
    constexpr int shown = 2;
    if (scale > shown) {
        value = decimal::rescale(value, scale, shown).value_or(value);
        scale = shown;
    }
    return number(value, scale) + QLocale().percent();
}

QString date(QDate date)
{
    if (!date.isValid())
        return {};
    const QLocale locale;
    if (locale.language() == QLocale::C)
        return date.toString(Qt::ISODate);
    QString format = locale.dateFormat(QLocale::ShortFormat);
    if (!format.contains(QLatin1String("yyyy")))
        format.replace(QLatin1String("yy"), QLatin1String("yyyy"));
    return locale.toString(date, format);
}

QString dateTime(const QDateTime &time)
{
    if (!time.isValid())
        return {};
    const QDateTime local = time.toLocalTime();
    return date(local.date()) + QLatin1Char(' ') + local.time().toString(QStringLiteral("HH:mm"));
}

QString relativeDate(QDate day, QDate today)
{
    const qint64 days = today.daysTo(day);
    if (days == 0)
        return Tr::tr("today");
    if (days == 1)
        return Tr::tr("tomorrow");
    if (days == -1)
        return Tr::tr("yesterday");
    if (days > 1 && days < 7)
        return Tr::tr("in %Ln day(s)", nullptr, int(days));
    if (days < -1 && days > -7)
        return Tr::tr("%Ln day(s) ago", nullptr, int(-days));
    return date(day);
}

QString relativeTime(const QDateTime &time, const QDateTime &now)
{
    const qint64 seconds = time.secsTo(now);
    if (seconds >= 0 && seconds < 60)
        return Tr::tr("just now");
    if (seconds >= 0 && seconds < 3600)
        return Tr::tr("%Ln minute(s) ago", nullptr, int(seconds / 60));
    if (seconds >= 0 && seconds < 86400)
        return Tr::tr("%Ln hour(s) ago", nullptr, int(seconds / 3600));
    return dateTime(time);
}

QString duration(qint64 seconds)
{
    const qint64 minutes = seconds / 60;
    const qint64 days = minutes / 1440;
    QStringList parts;
    if (days)
        parts << Tr::tr("%1 d").arg(QLocale().toString(days));
    if (minutes / 60 % 24)
        parts << Tr::tr("%1 h").arg(minutes / 60 % 24);
    if (minutes % 60 || parts.isEmpty())
        parts << Tr::tr("%1 min").arg(minutes % 60);
    return parts.join(QLatin1Char(' '));
}

QString compact(double value)
{
    const double size = std::abs(value);
    if (isChinese()) {
        if (size >= 1e8)
            return scaled(value, 1e8, QStringLiteral("亿"));
        if (size >= 1e4)
            return scaled(value, 1e4, QStringLiteral("万"));
    } else {
        if (size >= 1e9)
            return scaled(value, 1e9, QStringLiteral("B"));
        if (size >= 1e6)
            return scaled(value, 1e6, QStringLiteral("M"));
        if (size >= 1e4)
            return scaled(value, 1e3, QStringLiteral("K"));
    }
    return scaled(value, 1, QString());
}

QString compact(qint64 value, int scale)
{
    return compact(double(value) / double(decimal::powerOfTen(scale)));
}

QString address(const QString &json)
{
    const QJsonObject object = QJsonDocument::fromJson(json.toUtf8()).object();
    const auto part = [&object](const char *name) { return object.value(QLatin1String(name)).toString(); };
    QStringList parts;
    // Chinese addresses run from the large to the small without separators, foreign ones the other way round.
    const QString country = part("country");
    const bool chineseAddress =
        country.isEmpty() || country == QLatin1String("CN") || country == QStringLiteral("中国");
    if (chineseAddress) {
        QString line = part("province");
        if (part("city") != part("province"))
            line += part("city");
        line += part("district") + part("street");
        return part("postcode").isEmpty() ? line : line + QLatin1Char(' ') + part("postcode");
    }
    for (const char *name : {"street", "district", "city", "province", "postcode", "country"}) {
        if (!part(name).isEmpty())
            parts << part(name);
    }
    return parts.join(QStringLiteral(", "));
}

QString value(const Entity &entity, const Field &field, const Value &value, const QString &title,
              const QString &currency)
{
    if (value.isNull())
        return {};
    switch (field.type) {
    case FieldType::Integer:
        return number(value.toInteger(), 0);
    case FieldType::Decimal:
        return number(value.toInteger(), field.scale);
    case FieldType::Money:
        return money(value.toInteger(), currency, field.scale);
    case FieldType::Percent:
        return percent(value.toInteger(), field.scale);
    case FieldType::Bool:
        return value.toBool() ? Tr::tr("Yes") : Tr::tr("No");
    case FieldType::Date:
        return date(value.toDate());
    case FieldType::DateTime:
        return dateTime(value.toDateTime());
    case FieldType::Duration:
        return duration(value.toInteger());
    case FieldType::Enum:
    case FieldType::State:
        return labels::choice(entity, field, value.toText());
    case FieldType::Link:
    case FieldType::User:
    case FieldType::Team:
        return title.isEmpty() && value.isId() ? Tr::tr("(not visible)") : title;
    case FieldType::Links:
    case FieldType::Tags: {
        if (!title.isEmpty())
            return title;
        QStringList texts;
        for (const Value &member : value.toList()) {
            if (member.isText())
                texts << member.toText();
        }
        return texts.join(QStringLiteral(", "));
    }
    case FieldType::Attachments: {
        QStringList names;
        for (const Attachment &file : attachment::all(value.isText() ? Value(ValueList{value}) : value))
            names << file.name;
        return names.join(QStringLiteral(", "));
    }
    case FieldType::Address:
        return address(value.toText());
    case FieldType::LongText:
        return value.toText().simplified();
    case FieldType::Text:
    case FieldType::Email:
    case FieldType::Phone:
    case FieldType::Url:
    case FieldType::Json:
    case FieldType::Lines:
        break;
    }
    return value.toText();
}

bool isRightAligned(const Field &field)
{
    return field.isNumber();
}

QString literal(const Field &field, const Value &value)
{
    if (value.isNull())
        return QStringLiteral("null");
    if (field.type == FieldType::Bool)
        return value.toBool() ? QStringLiteral("true") : QStringLiteral("false");
    if (field.type == FieldType::Date)
        return QStringLiteral("date'%1'").arg(value.toDate().toString(Qt::ISODate));
    if (field.isNumber())
        return decimal::toText(value.toInteger(), field.scale);
    QString text = value.isId() ? value.toId().toString() : value.toText();
    text.replace(QLatin1Char('\''), QLatin1String("''"));
    return QLatin1Char('\'') + text + QLatin1Char('\'');
}

QString exact(const Field &field, const Value &value)
{
    return value.isNull() ? QString() : decimal::toText(value.toInteger(), field.scale);
}

QString editText(const Field &field, const Value &value)
{
    if (value.isNull())
        return {};
    if (field.type == FieldType::Date)
        return date(value.toDate());
    if (field.type == FieldType::DateTime)
        return dateTime(value.toDateTime());
    if (field.type == FieldType::Duration)
        return QStringLiteral("%1:%2")
            .arg(value.toInteger() / 3600)
            .arg(value.toInteger() / 60 % 60, 2, 10, QLatin1Char('0'));
    if (field.isNumber()) {
        QString text = decimal::toText(value.toInteger(), field.scale);
        if (const QString point = QLocale().decimalPoint(); point != QLatin1String("."))
            text.replace(QLatin1Char('.'), point);
        return text;
    }
    return value.toText();
}

} // namespace tz::formatting
