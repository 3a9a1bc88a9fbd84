// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/locale/uscc.h"

namespace tz::uscc {

namespace {
constexpr QLatin1String alphabet("0123456789ABCDEFGHJKLMNPQRTUWXY");
constexpr qsizetype length = 18;
} // namespace

QString normalised(QStringView text)
{
    QString plain = text.toString().normalized(QString::NormalizationForm_KC).toUpper();
    plain.removeIf([](QChar c) { return c.isSpace() || c == u'-'; });
    return plain;
}

std::optional<QChar> checkCharacter(QStringView first17)
{
    if (first17.size() != length - 1)
        return std::nullopt;
    qsizetype sum = 0;
    qsizetype weight = 1;
    for (const QChar c : first17) {
        const qsizetype value = alphabet.indexOf(c);
        if (value < 0)
            return std::nullopt;
        sum += value * weight;
        weight = weight * 3 % alphabet.size();
    }
    return QChar(alphabet[(alphabet.size() - sum % alphabet.size()) % alphabet.size()]);
}

bool isValid(QStringView code)
{
    if (code.size() != length)
        return false;
    const auto check = checkCharacter(code.first(length - 1));
    return check && *check == code.last();
}

} // namespace tz::uscc
