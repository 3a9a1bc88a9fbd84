// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/locale/idcard.h"

namespace tz::idcard {

namespace {
constexpr qsizetype length = 18;
constexpr int weights[] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
constexpr QLatin1String checks("10X98765432");
} // namespace

QString normalised(QStringView text)
{
    QString plain = text.toString().normalized(QString::NormalizationForm_KC).toUpper();
    plain.removeIf([](QChar c) { return c.isSpace(); });
    return plain;
}

std::optional<QChar> checkCharacter(QStringView first17)
{
    if (first17.size() != length - 1)
        return std::nullopt;
    int sum = 0;
    for (qsizetype i = 0; i < first17.size(); ++i) {
        const QChar c = first17[i];
        if (c < u'0' || c > u'9')
            return std::nullopt;
        sum += (c.unicode() - u'0') * weights[i];
    }
    return QChar(checks[sum % checks.size()]);
}

QDate birthDate(QStringView number)
{
    return number.size() == length ? QDate::fromString(number.mid(6, 8).toString(), QStringLiteral("yyyyMMdd"))
                                   : QDate();
}

bool isValid(QStringView number)
{
    if (number.size() != length || !birthDate(number).isValid())
        return false;
    const auto check = checkCharacter(number.first(length - 1));
    return check && *check == number.last();
}

} // namespace tz::idcard
