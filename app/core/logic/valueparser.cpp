// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/logic/valueparser.h"

#include "core/base/decimal.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

namespace tz::valueparser {

namespace {

constexpr qint64 dayMs = 86'400'000;
/// Two-digit years from here on are of the last century.
constexpr int centuryTurn = 70;

struct DateParts {
    int a = 0;
    int b = 0;
    int c = 0;
    bool yearFirst = false;
    /// The month stood there by name: at this place (0 or 1), so that there is nothing to guess.
    int namedMonth = -1;
};

int monthOf(const QString &word)
{
    static const QStringList months = QStringLiteral("jan feb mar apr may jun jul aug sep oct nov dec").split(u' ');
    return word.size() < 3 ? 0 : int(months.indexOf(word.left(3).toLower())) + 1;
}

/// 2016-10-20, 20.10.2016, 2016年10月20日, 20161020, 20 Oct 2016, Oct 20, 2016.
std::optional<DateParts> partsOf(QStringView text)
{
    static const QRegularExpression numeric(
        QStringLiteral("^(\\d{1,4})\\s*[-/.年 ]\\s*(\\d{1,2})\\s*[-/.月 ]\\s*(\\d{1,4})日?$"));
    static const QRegularExpression compact(QStringLiteral("^((?:19|20)\\d{2})(\\d{2})(\\d{2})$"));
    static const QRegularExpression dayNamed(QStringLiteral("^(\\d{1,2})[-. ]+([A-Za-z]{3,9})\\.?[-, ]+(\\d{2,4})$"));
    static const QRegularExpression monthNamed(QStringLiteral("^([A-Za-z]{3,9})\\.?[- ]+(\\d{1,2})[-, ]+(\\d{2,4})$"));
    const QString plain = text.trimmed().toString();
    const auto numbers = [](const QRegularExpressionMatch &match) {
        DateParts parts;
        parts.a = match.capturedView(1).toInt();
        parts.b = match.capturedView(2).toInt();
        parts.c = match.capturedView(3).toInt();
        return parts;
    };
    if (const auto match = numeric.match(plain); match.hasMatch()) {
        DateParts parts = numbers(match);
        parts.yearFirst = match.capturedLength(1) > 2;
        if (parts.yearFirst && (match.capturedLength(1) != 4 || match.capturedLength(3) > 2))
            return std::nullopt;
        if (match.capturedLength(3) == 3)
            return std::nullopt;
        return parts;
    }
    if (const auto match = compact.match(plain); match.hasMatch()) {
        DateParts parts = numbers(match);
        parts.yearFirst = true;
        return parts;
    }
    if (const auto match = dayNamed.match(plain); match.hasMatch()) {
        DateParts parts = numbers(match);
        parts.b = monthOf(match.captured(2));
        parts.namedMonth = 1;
        return parts.b ? std::optional(parts) : std::nullopt;
    }
    if (const auto match = monthNamed.match(plain); match.hasMatch()) {
        DateParts parts = numbers(match);
        parts.a = monthOf(match.captured(1));
        parts.namedMonth = 0;
        return parts.a ? std::optional(parts) : std::nullopt;
    }
    return std::nullopt;
}

int fullYear(int year)
{
    if (year >= 100)
        return year;
    return year >= centuryTurn ? 1900 + year : 2000 + year;
}

QDate dateOf(const DateParts &parts, DateOrder order)
{
    if (parts.yearFirst)
        return QDate(parts.a, parts.b, parts.c);
    if (parts.namedMonth == 0)
        return QDate(fullYear(parts.c), parts.a, parts.b);
    if (parts.namedMonth == 1)
        return QDate(fullYear(parts.c), parts.b, parts.a);
    switch (order) {
    case DateOrder::YearMonthDay:
        // 16-10-20: two digits of the year in front; four digits at the end cannot be a day.
        return parts.c > 31 ? QDate() : QDate(fullYear(parts.a), parts.b, parts.c);
    case DateOrder::DayMonthYear:
        return QDate(fullYear(parts.c), parts.b, parts.a);
    case DateOrder::MonthDayYear:
        return QDate(fullYear(parts.c), parts.a, parts.b);
    }
    return {};
}

struct Split {
    QString date;
    QString time;
};

Split splitTime(QStringView text)
{
    static const QRegularExpression form(QStringLiteral(
        "^(.*?)(?:[T "
        ",]\\s*(\\d{1,2}:\\d{2}(?::\\d{2}(?:\\.\\d+)?)?\\s*(?:[AaPp][Mm])?\\s*(?:Z|[+-]\\d{2}:?\\d{2})?))?$"));
    const auto match = form.match(text.trimmed().toString());
    return {match.captured(1).trimmed(), match.captured(2).trimmed()};
}

/// Digits with at most one point; anything else is no number.
std::optional<QString> plainNumber(QStringView text, bool decimalComma)
{
    const QChar point = decimalComma ? u',' : u'.';
    const QChar group = decimalComma ? u'.' : u',';
    QString plain;
    qsizetype sinceGroup = -1;
    bool inFraction = false;
    for (const QChar c : text) {
        if (c >= u'0' && c <= u'9') {
            plain += c;
            if (sinceGroup >= 0 && !inFraction)
                ++sinceGroup;
            continue;
        }
        const bool closed = sinceGroup < 0 || sinceGroup == 3;
        if (c == point && !inFraction && closed) {
            plain += u'.';
            inFraction = true;
        } else if ((c == group || c == u'\'' || c == u'’' || c == u'_') && !inFraction && closed && !plain.isEmpty()) {
            sinceGroup = 0;
        } else {
            return std::nullopt;
        }
    }
    // 1,23 is not 123.
    if (sinceGroup >= 0 && sinceGroup != 3)
        return std::nullopt;
    if (plain.isEmpty() || plain == QLatin1String("."))
        return std::nullopt;
    return plain;
}

std::optional<bool> truth(const QString &text)
{
    static const QStringList yes = QStringLiteral("1 true yes y t on x ja oui si 是 对 有 真 √ ✓").split(u' ');
    static const QStringList no = QStringLiteral("0 false no n f off - nein non 否 不 无 假 ×").split(u' ');
    if (yes.contains(text))
        return true;
    if (no.contains(text))
        return false;
    return std::nullopt;
}

std::optional<qint64> duration(QStringView text)
{
    static const QRegularExpression clock(QStringLiteral("^(\\d{1,5}):(\\d{2})(?::(\\d{2}))?$"));
    static const QRegularExpression units(
        QStringLiteral("^(?:(\\d+)\\s*(?:d|天|日))?\\s*(?:(\\d+)\\s*(?:h|小时|时))?\\s*(?:(\\d+)\\s*(?:min|m|分钟|分))?"
                       "\\s*(?:(\\d+)\\s*(?:s|秒)?)?$"),
        QRegularExpression::CaseInsensitiveOption);
    const QString plain = text.trimmed().toString();
    if (const auto match = clock.match(plain); match.hasMatch())
        return match.capturedView(1).toLongLong() * 3600 + match.capturedView(2).toInt() * 60 +
               match.capturedView(3).toInt();
    const auto match = units.match(plain);
    if (plain.isEmpty() || !match.hasMatch())
        return std::nullopt;
    return match.capturedView(1).toLongLong() * 86400 + match.capturedView(2).toLongLong() * 3600 +
           match.capturedView(3).toLongLong() * 60 + match.capturedView(4).toLongLong();
}

tl::unexpected<Error> wrong(const char *code, QStringView text, const Field &field, QVariantMap params = {})
{
    // A message needs to show what it is about, not a megabyte of it.
    params.insert(QStringLiteral("value"), text.left(100).toString());
    return fail(code, std::move(params), field.name);
}

Result<Value> choice(const Entity &entity, const Field &field, const QString &text, const Style &style)
{
    QList<Choice> choices = field.choices;
    if (field.type == FieldType::State && entity.states && entity.states->field == field.name) {
        choices.clear();
        for (const State &state : entity.states->states)
            choices << Choice{state.name, state.label, state.color};
    }
    const QString wanted = folded(text);
    for (const Choice &candidate : choices) {
        if (folded(candidate.name) == wanted)
            return Value(candidate.name);
    }
    for (const Choice &candidate : choices) {
        if (folded(candidate.label) == wanted)
            return Value(candidate.name);
        if (!style.choiceNames)
            continue;
        for (const QString &name : style.choiceNames(entity, field, candidate)) {
            if (folded(name) == wanted)
                return Value(candidate.name);
        }
    }
    return wrong("record.bad_choice", text, field);
}

} // namespace

QString folded(QStringView text)
{
    return text.toString().normalized(QString::NormalizationForm_KC).toCaseFolded().simplified();
}

QStringList members(const Field &field, QStringView text)
{
    static const QRegularExpression semicolons(QStringLiteral("[;；\\n]"));
    static const QRegularExpression anything(QStringLiteral("[;；\\n,，、|]"));
    // Names of companies hold commas, tags do not.
    QStringList parts = text.toString().split(field.type == FieldType::Tags ? anything : semicolons);
    for (QString &part : parts)
        part = part.trimmed();
    parts.removeAll(QString());
    return parts;
}

void StyleFinder::seeDate(QStringView text)
{
    const auto parts = partsOf(splitTime(text).date);
    if (!parts || parts->yearFirst || parts->namedMonth >= 0)
        return;
    const bool day = dateOf(*parts, DateOrder::DayMonthYear).isValid();
    const bool month = dateOf(*parts, DateOrder::MonthDayYear).isValid();
    const bool year = dateOf(*parts, DateOrder::YearMonthDay).isValid();
    // What is a date in no order says nothing about the others.
    if (!day && !month && !year)
        return;
    m_dayFirst = m_dayFirst && day;
    m_monthFirst = m_monthFirst && month;
    m_yearFirst = m_yearFirst && year;
    const bool differs = (day && month && parts->a != parts->b) || (year && (day || month));
    if (m_example.isEmpty() && differs)
        m_example = text.trimmed().toString();
}

QList<DateOrder> StyleFinder::orders() const
{
    QList<DateOrder> found;
    if (m_dayFirst)
        found << DateOrder::DayMonthYear;
    if (m_monthFirst)
        found << DateOrder::MonthDayYear;
    if (m_yearFirst)
        found << DateOrder::YearMonthDay;
    return found;
}

void StyleFinder::seeNumber(QStringView text)
{
    const qsizetype comma = text.lastIndexOf(u',');
    const qsizetype point = text.lastIndexOf(u'.');
    if (comma < 0 && point < 0)
        return;
    const auto digitsBehind = [&](qsizetype at) {
        qsizetype digits = 0;
        while (at + 1 + digits < text.size() && text[at + 1 + digits].isDigit())
            ++digits;
        return digits;
    };
    if (comma >= 0 && point >= 0) {
        (comma > point ? m_comma : m_point) = true;
    } else if (comma >= 0) {
        // 1,5 or 1,2345 can only be a fraction; 1,234 may be both; two commas group.
        if (text.count(u',') == 1 && digitsBehind(comma) != 3)
            m_comma = true;
        else if (text.count(u',') > 1)
            m_point = true;
    } else if (text.count(u'.') > 1) {
        m_comma = true;
    } else if (digitsBehind(point) != 3) {
        m_point = true;
    }
}

std::optional<DateOrder> orderFromText(QStringView text)
{
    const QString plain = text.toString();
    // In a pattern the first d, M and y (%d, %m, %Y, %y, %b) say the order; mm for minutes cannot stand before them.
    const qsizetype day = plain.indexOf(u'd', 0, Qt::CaseInsensitive);
    const qsizetype year = plain.indexOf(u'y', 0, Qt::CaseInsensitive);
    qsizetype month = plain.indexOf(u'm', 0, Qt::CaseInsensitive);
    if (month < 0)
        month = plain.indexOf(QLatin1String("%b"), 0, Qt::CaseInsensitive);
    if (day < 0 || month < 0 || year < 0)
        return std::nullopt;
    if (year < month && month < day)
        return DateOrder::YearMonthDay;
    if (day < month && month < year)
        return DateOrder::DayMonthYear;
    if (month < day && day < year)
        return DateOrder::MonthDayYear;
    return std::nullopt;
}

QString orderName(DateOrder order)
{
    switch (order) {
    case DateOrder::YearMonthDay:
        return QStringLiteral("ymd");
    case DateOrder::DayMonthYear:
        return QStringLiteral("dmy");
    case DateOrder::MonthDayYear:
        return QStringLiteral("mdy");
    }
    return {};
}

std::optional<QDate> date(QStringView text, DateOrder order)
{
    const Split split = splitTime(text);
    const auto parts = partsOf(split.date);
    if (!parts)
        return std::nullopt;
    const QDate found = dateOf(*parts, order);
    return found.isValid() ? std::optional(found) : std::nullopt;
}

std::optional<qint64> dateTime(QStringView text, const Style &style)
{
    const Split split = splitTime(text);
    const auto day = date(split.date, style.order);
    if (!day)
        return std::nullopt;
    qint64 ms = Value::fromDate(*day).toInteger() * dayMs;
    qint64 offsetMs = qint64(style.utcOffsetSeconds) * 1000;
    if (!split.time.isEmpty()) {
        static const QRegularExpression form(QStringLiteral(
            "^(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:\\.(\\d+))?)?\\s*([AaPp][Mm])?\\s*(Z|[+-]\\d{2}:?\\d{2})?$"));
        const auto match = form.match(split.time);
        if (!match.hasMatch())
            return std::nullopt;
        int hour = match.capturedView(1).toInt();
        const int minute = match.capturedView(2).toInt();
        const int second = match.capturedView(3).toInt();
        const QString half = match.captured(5).toLower();
        if (!half.isEmpty()) {
            if (hour < 1 || hour > 12)
                return std::nullopt;
            hour = hour % 12 + (half == QLatin1String("pm") ? 12 : 0);
        }
        if (hour > 23 || minute > 59 || second > 59)
            return std::nullopt;
        const int fraction = match.captured(4).leftJustified(3, u'0', true).toInt();
        ms += ((qint64(hour) * 60 + minute) * 60 + second) * 1000 + fraction;
        QString zone = match.captured(6);
        if (zone == QLatin1String("Z")) {
            offsetMs = 0;
        } else if (!zone.isEmpty()) {
            zone.remove(u':');
            offsetMs = (zone.mid(1, 2).toInt() * 60 + zone.mid(3, 2).toInt()) * 60'000LL;
            if (zone.startsWith(u'-'))
                offsetMs = -offsetMs;
        }
    }
    return ms - offsetMs;
}

Result<qint64> number(QStringView text, int scale, bool decimalComma)
{
    static const QRegularExpression signs(
        QStringLiteral("^(?:[¥￥$€£₩₹]|CNY|RMB|USD|EUR|GBP|JPY|HKD|人民币|US\\$|HK\\$)|(?:[¥￥$€£₩₹%％元]|CNY|RMB|USD|"
                       "EUR|GBP|JPY|HKD|人民币|美元|欧元)$"),
        QRegularExpression::CaseInsensitiveOption);
    const auto bad = [&] { return fail("import.bad_number", {{QStringLiteral("value"), text.left(100).toString()}}); };
    if (text.size() > 100)
        return bad();
    QString plain = text.toString().normalized(QString::NormalizationForm_KC);
    plain.removeIf([](QChar c) { return c.isSpace(); });
    plain.replace(u'−', u'-');
    bool negative = false;
    if (plain.startsWith(u'(') && plain.endsWith(u')')) {
        negative = true;
        plain = plain.mid(1, plain.size() - 2);
    }
    // In front of or behind the currency, but once.
    bool isSigned = negative;
    const auto takeSign = [&] {
        if (isSigned || !(plain.startsWith(u'-') || plain.startsWith(u'+')))
            return;
        isSigned = true;
        negative = plain.startsWith(u'-');
        plain.remove(0, 1);
    };
    takeSign();
    for (int side = 0; side < 2; ++side)
        plain.remove(signs);
    takeSign();
    if (!isSigned && plain.endsWith(u'-')) {
        negative = true;
        plain.chop(1);
    }
    int raise = 0;
    if (plain.endsWith(u'万'))
        raise = 4;
    else if (plain.endsWith(u'亿'))
        raise = 8;
    if (raise > 0)
        plain.chop(1);
    const auto digits = plainNumber(plain, decimalComma);
    if (!digits)
        return bad();
    QString exact = *digits;
    qsizetype point = exact.indexOf(u'.');
    if (raise > 0) {
        const qsizetype fraction = point < 0 ? 0 : exact.size() - point - 1;
        exact.remove(u'.');
        if (fraction > raise)
            exact.insert(exact.size() - (fraction - raise), u'.');
        else
            exact += QString(raise - fraction, u'0');
        point = exact.indexOf(u'.');
    }
    if (point >= 0) {
        while (exact.endsWith(u'0'))
            exact.chop(1);
        if (exact.endsWith(u'.'))
            exact.chop(1);
        if (exact.isEmpty() || exact.startsWith(u'.'))
            exact.prepend(u'0');
        const qsizetype still = exact.indexOf(u'.');
        // Rounding in silence would alter what the file says.
        if (still >= 0 && exact.size() - still - 1 > scale)
            return fail("import.too_precise",
                        {{QStringLiteral("value"), text.toString()}, {QStringLiteral("digits"), scale}});
    }
    const auto found = decimal::fromText(exact, scale);
    if (!found)
        return bad();
    return negative ? -*found : *found;
}

Result<Value> value(const Entity &entity, const Field &field, QStringView given, const Style &style)
{
    const QStringView text = given.trimmed();
    if (text.isEmpty())
        return Value();
    switch (field.type) {
    case FieldType::LongText:
    case FieldType::Text:
    case FieldType::Phone:
    case FieldType::Url:
    case FieldType::Email: {
        QString plain = (field.type == FieldType::LongText ? given : text).toString();
        plain.replace(QLatin1String("\r\n"), QLatin1String("\n"));
        return Value(std::move(plain));
    }
    case FieldType::Enum:
    case FieldType::State:
        return choice(entity, field, text.toString(), style);
    case FieldType::Bool:
        if (const auto yes = truth(folded(text)))
            return Value(*yes);
        return wrong("import.bad_bool", text, field);
    case FieldType::Date:
        if (const auto day = date(text, style.order))
            return Value::fromDate(*day);
        return wrong("import.bad_date", text, field, {{QStringLiteral("order"), orderName(style.order)}});
    case FieldType::DateTime:
        if (const auto ms = dateTime(text, style))
            return Value(*ms);
        return wrong("import.bad_date", text, field, {{QStringLiteral("order"), orderName(style.order)}});
    case FieldType::Duration:
        if (const auto seconds = duration(text))
            return Value(*seconds);
        return wrong("import.bad_number", text, field);
    case FieldType::Integer:
    case FieldType::Decimal:
    case FieldType::Money:
    case FieldType::Percent: {
        auto found = number(text, field.scale, style.decimalComma);
        if (!found) {
            found.error().field = field.name;
            return fail(std::move(found.error()));
        }
        return Value(*found);
    }
    case FieldType::Address: {
        if (QJsonDocument::fromJson(text.toUtf8()).isObject())
            return Value(text.toString());
        const QJsonObject plain{{QStringLiteral("street"), text.toString()}};
        return Value(QString::fromUtf8(QJsonDocument(plain).toJson(QJsonDocument::Compact)));
    }
    case FieldType::Json: {
        const QJsonDocument document = QJsonDocument::fromJson(text.toUtf8());
        if (document.isNull())
            return wrong("import.bad_address", text, field);
        return Value(text.toString());
    }
    case FieldType::Tags: {
        ValueList tags;
        for (QString &tag : members(field, text))
            tags.emplace_back(std::move(tag));
        return Value::fromSet(std::move(tags));
    }
    case FieldType::Link:
    case FieldType::User:
    case FieldType::Team:
    case FieldType::Links:
    case FieldType::Attachments:
    case FieldType::Lines:
        break;
    }
    return wrong("record.wrong_type", text, field, {{QStringLiteral("expected"), typeName(field.type)}});
}

} // namespace tz::valueparser
