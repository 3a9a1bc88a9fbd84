// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/locale/phone.h"

#include <QRegularExpression>

#if defined(__GNUC__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wall"
#pragma GCC diagnostic ignored "-Wextra"
#pragma GCC diagnostic ignored "-Wpedantic"
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wsign-conversion"
#pragma GCC diagnostic ignored "-Wshadow"
#pragma GCC diagnostic ignored "-Wold-style-cast"
#pragma GCC diagnostic ignored "-Woverloaded-virtual"
#pragma GCC diagnostic ignored "-Wsuggest-override"
#pragma GCC diagnostic ignored "-Wunused-parameter"
#endif
#include <phonenumbers/phonenumberutil.h>
#if defined(__GNUC__)
#pragma GCC diagnostic pop
#endif

namespace tz::phone {

namespace {

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

struct Split {
    QString number;
    QString extension;
};

/// libphonenumber 8.12 does not know 转 and glues "-123" to a Chinese landline.
Split split(QStringView text)
{
    static const QRegularExpression marked(
        QStringLiteral(
            "^(.*?\\d.*?)[\\s,;，；]*(?:转|轉|分机|分機|ext(?:ension)?\\.?|x|#)\\s*[:：]?\\s*(\\d{1,7})\\s*$"),
        QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression chinese(
        QStringLiteral("^((?:\\+?86[-\\s]?|0086[-\\s]?)?\\(?0?\\d{2,3}\\)?[-\\s]?\\d{7,8})-(\\d{1,6})$"));
    const QString plain = text.toString().normalized(QString::NormalizationForm_KC).trimmed();
    if (const auto match = marked.match(plain); match.hasMatch())
        return {match.captured(1).trimmed(), match.captured(2)};
    if (const auto match = chinese.match(plain); match.hasMatch())
        return {match.captured(1), match.captured(2)};
    return {plain, {}};
}

bool read(const QString &text, const QString &region, PhoneNumber &number)
{
    const PhoneNumberUtil &util = *PhoneNumberUtil::GetInstance();
    return util.Parse(text.toStdString(), region.toStdString(), &number) == PhoneNumberUtil::NO_PARSING_ERROR &&
           util.IsPossibleNumber(number);
}

} // namespace

std::optional<Number> parse(QStringView text, const QString &region)
{
    const Split parts = split(text);
    PhoneNumber number;
    if (parts.number.isEmpty() || !read(parts.number, region, number))
        return std::nullopt;
    const PhoneNumberUtil &util = *PhoneNumberUtil::GetInstance();
    std::string e164;
    util.Format(number, PhoneNumberUtil::E164, &e164);
    const auto type = util.GetNumberType(number);
    Number result;
    result.e164 = QString::fromStdString(e164);
    result.extension = parts.extension.isEmpty() && number.has_extension() ? QString::fromStdString(number.extension())
                                                                           : parts.extension;
    result.mobile = type == PhoneNumberUtil::MOBILE || type == PhoneNumberUtil::FIXED_LINE_OR_MOBILE;
    return result;
}

QString matchKey(QStringView text, const QString &region)
{
    if (const auto number = parse(text, region))
        return number->extension.isEmpty() ? number->e164 : number->e164 + u'x' + number->extension;
    QString digits = text.toString().normalized(QString::NormalizationForm_KC);
    digits.removeIf([](QChar c) { return c < u'0' || c > u'9'; });
    return digits;
}

QString display(QStringView text, const QString &region)
{
    const Split parts = split(text);
    PhoneNumber number;
    if (parts.number.isEmpty() || !read(parts.number, region, number))
        return text.toString();
    const PhoneNumberUtil &util = *PhoneNumberUtil::GetInstance();
    const bool here = util.GetCountryCodeForRegion(region.toStdString()) == number.country_code();
    std::string shown;
    util.Format(number, here ? PhoneNumberUtil::NATIONAL : PhoneNumberUtil::INTERNATIONAL, &shown);
    const QString plain = QString::fromStdString(shown);
    return parts.extension.isEmpty() ? plain : plain + QLatin1String(" ext. ") + parts.extension;
}

} // namespace tz::phone
