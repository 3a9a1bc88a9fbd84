// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/locale/phonereader.h"

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

bool read(const QString &text, const QString &region, PhoneNumber &number)
{
    const PhoneNumberUtil &util = *PhoneNumberUtil::GetInstance();
    return util.Parse(text.toStdString(), region.toStdString(), &number) == PhoneNumberUtil::NO_PARSING_ERROR &&
           util.IsPossibleNumber(number);
}

class LibraryReader final : public Reader {
public:
    std::optional<Number> parse(const QString &text, const QString &region) const override
    {
        PhoneNumber number;
        if (!read(text, region, number))
            return std::nullopt;
        const PhoneNumberUtil &util = *PhoneNumberUtil::GetInstance();
        std::string e164;
        util.Format(number, PhoneNumberUtil::E164, &e164);
        Number result;
        result.e164 = QString::fromStdString(e164);
        result.extension = number.has_extension() ? QString::fromStdString(number.extension()) : QString();
        return result;
    }

    std::optional<QString> display(const QString &text, const QString &region) const override
    {
        PhoneNumber number;
        if (!read(text, region, number))
            return std::nullopt;
        const PhoneNumberUtil &util = *PhoneNumberUtil::GetInstance();
        const bool here = util.GetCountryCodeForRegion(region.toStdString()) == number.country_code();
        std::string shown;
        util.Format(number, here ? PhoneNumberUtil::NATIONAL : PhoneNumberUtil::INTERNATIONAL, &shown);
        return QString::fromStdString(shown);
    }
};

} // namespace

} // namespace tz::phone

extern "C" Q_DECL_EXPORT const tz::phone::Reader *tongzhou_phone_reader()
{
    static const tz::phone::LibraryReader reader;
    return &reader;
}
