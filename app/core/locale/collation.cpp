// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/locale/collation.h"

#include "core/base/check.h"
#include "core/locale/pinyin.h"

#include <unicode/coll.h>

#include <memory>

namespace tz::collation {

namespace {
constexpr qsizetype longestKeyText = 200;
// To be raised with every change of the tables of readings.
constexpr char tableVersion[] = "1";

const icu::Collator &collator()
{
    static const std::unique_ptr<const icu::Collator> instance = [] {
        UErrorCode status = U_ZERO_ERROR;
        std::unique_ptr<icu::Collator> made(
            // "zh-u-kr-latn-hani" in ICU's own words: to read a language tag takes 10 ms at the start of a program.
            icu::Collator::createInstance(icu::Locale("zh", nullptr, nullptr, "colreorder=latn-hani"), status));
        TZ_CHECK(U_SUCCESS(status) && made);
        return made;
    }();
    return *instance;
}

qsizetype appendKey(QStringView text, QByteArray &buffer, qsizetype at)
{
    const auto *const source = reinterpret_cast<const UChar *>(text.utf16());
    for (;;) {
        const int32_t room = int32_t(buffer.size() - at);
        const int32_t needed =
            collator().getSortKey(source, int32_t(text.size()), reinterpret_cast<uint8_t *>(buffer.data() + at), room);
        if (needed <= room)
            return at + needed;
        buffer.resize(at + needed + 64);
    }
}
} // namespace

qsizetype sortKey(QStringView text, QByteArray &buffer)
{
    if (text.isEmpty())
        return 0;
    text = text.left(longestKeyText);
    if (buffer.size() < 256)
        buffer.resize(256);
    const QString respelled = pinyin::respelled(text);
    qsizetype length = appendKey(respelled, buffer, 0);
    // Homophones are told apart by the text itself.
    if (respelled != text)
        length = appendKey(text, buffer, length);
    return length;
}

QByteArray sortKey(QStringView text)
{
    QByteArray buffer;
    const qsizetype length = sortKey(text, buffer);
    if (length == 0)
        return {};
    buffer.resize(length);
    return buffer;
}

int compare(QStringView a, QStringView b)
{
    QByteArray left, right;
    const qsizetype leftSize = sortKey(a, left);
    const qsizetype rightSize = sortKey(b, right);
    return QByteArrayView(left.constData(), leftSize).compare(QByteArrayView(right.constData(), rightSize));
}

int compareUtf8(const char *a, int aSize, const char *b, int bSize)
{
    UErrorCode status = U_ZERO_ERROR;
    return collator().compareUTF8(icu::StringPiece(a, aSize), icu::StringPiece(b, bSize), status);
}

QByteArray version()
{
    UVersionInfo info;
    collator().getVersion(info);
    return QByteArray(reinterpret_cast<const char *>(info), sizeof info).toHex() + '.' + tableVersion;
}

} // namespace tz::collation
