// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/base/latelibrary.h"
#include "core/locale/phonereader.h"

#include <QRegularExpression>

namespace tz::phone {

namespace {

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

const Reader &reader()
{
    static const Reader *const loaded =
        reinterpret_cast<const Reader *(*)()>(lateFunction("tongzhou_phone", "tongzhou_phone_reader"))();
    return *loaded;
}

} // namespace

std::optional<Number> parse(QStringView text, const QString &region)
{
    const Split parts = split(text);
    if (parts.number.isEmpty())
        return std::nullopt;
    std::optional<Number> number = reader().parse(parts.number, region);
    if (number && !parts.extension.isEmpty())
        number->extension = parts.extension;
    return number;
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
    if (parts.number.isEmpty())
        return text.toString();
    const std::optional<QString> plain = reader().display(parts.number, region);
    if (!plain)
        return text.toString();
    return parts.extension.isEmpty() ? *plain : *plain + QLatin1String(" ext. ") + parts.extension;
}

} // namespace tz::phone
