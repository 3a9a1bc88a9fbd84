// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/locale/normalize.h"

#include <unicode/unorm2.h>

namespace tz::normalize {

namespace {
bool isAscii(QStringView text)
{
    return std::all_of(text.begin(), text.end(), [](QChar c) { return c.unicode() < 0x80; });
}

const UNormalizer2 *casefolder()
{
    UErrorCode status = U_ZERO_ERROR;
    static const UNormalizer2 *const instance = unorm2_getNFKCCasefoldInstance(&status);
    return instance;
}

// Calls take(character, length in UTF-16 units, position) for each character of the text.
template <class Take>
void eachCharacter(QStringView text, Take take)
{
    for (qsizetype i = 0; i < text.size();) {
        char32_t c = text[i].unicode();
        qsizetype length = 1;
        if (QChar::isHighSurrogate(c) && i + 1 < text.size() && text[i + 1].isLowSurrogate()) {
            c = QChar::surrogateToUcs4(text[i].unicode(), text[i + 1].unicode());
            length = 2;
        }
        take(c, length, i);
        i += length;
    }
}
bool isAccent(char32_t c)
{
    return c >= 0x300 && c <= 0x36f;
}

bool isOfWord(char32_t c)
{
    if (c < 0x80)
        return (c >= U'a' && c <= U'z') || (c >= U'0' && c <= U'9') || (c >= U'A' && c <= U'Z');
    return QChar::isLetterOrNumber(c) || QChar::isMark(c) || QChar::category(c) == QChar::Other_PrivateUse;
}

// The letter under the accents of a Latin one; 0: it has none.
char16_t withoutAccent(char32_t c)
{
    char16_t base = 0;
    while ((c >= 0xc0 && c <= 0x24f) || (c >= 0x1e00 && c <= 0x1eff)) {
        if (QChar::decompositionTag(c) != QChar::Canonical)
            break;
        base = QChar::decomposition(c)[0].unicode();
        c = base;
    }
    return base;
}
} // namespace

bool isIdeograph(char32_t c)
{
    if (c < 0x3005)
        return false;
    return (c >= 0x4e00 && c <= 0x9fff) || (c >= 0x3400 && c <= 0x4dbf) ||
           (c >= 0x3041 && c <= 0x30ff && c != 0x30fb) || (c >= 0x20000 && c <= 0x3ffff) ||
           (c >= 0xf900 && c <= 0xfaff) || c == 0x3005 || c == 0x3007;
}

QString folded(QStringView text)
{
    if (isAscii(text))
        return text.toString().toLower();
    const UNormalizer2 *const normalizer = casefolder();
    if (!normalizer)
        return text.toString().normalized(QString::NormalizationForm_KC).toCaseFolded();
    UErrorCode status = U_ZERO_ERROR;
    const auto *const source = reinterpret_cast<const UChar *>(text.utf16());
    const int32_t length = int32_t(text.size());
    if (unorm2_spanQuickCheckYes(normalizer, source, length, &status) == length && U_SUCCESS(status))
        return text.toString();
    QString result(text.size() + 16, Qt::Uninitialized);
    for (;;) {
        status = U_ZERO_ERROR;
        const int32_t size = unorm2_normalize(normalizer, source, length, reinterpret_cast<UChar *>(result.data()),
                                              int32_t(result.size()), &status);
        result.resize(size);
        if (status != U_BUFFER_OVERFLOW_ERROR)
            break;
    }
    return U_SUCCESS(status) ? result : text.toString();
}

QString spaced(QStringView text)
{
    const QString plain = folded(text);
    QString result;
    result.reserve(plain.size() * 2);
    bool apart = false;
    eachCharacter(plain, [&](char32_t c, qsizetype length, qsizetype at) {
        if (isAccent(c))
            return;
        const bool ideograph = isIdeograph(c);
        if (!ideograph && !isOfWord(c)) {
            apart = true;
            return;
        }
        if (!result.isEmpty() && (apart || ideograph))
            result += u' ';
        if (const char16_t base = withoutAccent(c))
            result += QChar(base);
        else
            result += QStringView(plain).mid(at, length);
        apart = ideograph;
    });
    return result;
}

QStringList words(QStringView text)
{
    const QString plain = folded(text);
    QStringList result;
    QString word;
    bool useful = false;
    bool ideographs = false;
    const auto end = [&] {
        if (useful)
            result << word;
        word.clear();
        useful = false;
    };
    eachCharacter(plain, [&](char32_t c, qsizetype length, qsizetype at) {
        if (QChar::isSpace(c)) {
            end();
            return;
        }
        const bool ideograph = isIdeograph(c);
        if (!word.isEmpty() && ideograph != ideographs)
            end();
        ideographs = ideograph;
        word += QStringView(plain).mid(at, length);
        useful = useful || ideograph || QChar::isLetterOrNumber(c);
    });
    end();
    return result;
}

} // namespace tz::normalize
