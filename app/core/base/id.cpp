// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/base/id.h"

#include "core/base/clock.h"

#include <QCryptographicHash>

#include <cstring>

namespace tz {

namespace {
constexpr char hexDigits[] = "0123456789abcdef";

int hexValue(QChar c)
{
    const char16_t u = c.unicode();
    if (u >= u'0' && u <= u'9')
        return u - u'0';
    if (u >= u'a' && u <= u'f')
        return u - u'a' + 10;
    if (u >= u'A' && u <= u'F')
        return u - u'A' + 10;
    return -1;
}
} // namespace

QString Id::toString() const
{
    QString text(36, Qt::Uninitialized);
    QChar *out = text.data();
    for (size_t i = 0; i < 16; ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            *out++ = u'-';
        *out++ = QLatin1Char(hexDigits[bytes[i] >> 4]);
        *out++ = QLatin1Char(hexDigits[bytes[i] & 15]);
    }
    return text;
}

std::optional<Id> Id::fromString(QStringView text)
{
    Id id;
    size_t digits = 0;
    for (const QChar c : text) {
        if (c == u'-' || c == u'{' || c == u'}')
            continue;
        const int value = hexValue(c);
        if (value < 0 || digits == 32)
            return std::nullopt;
        auto &byte = id.bytes[digits / 2];
        byte = static_cast<unsigned char>(digits % 2 ? byte | value : value << 4);
        ++digits;
    }
    if (digits != 32)
        return std::nullopt;
    return id;
}

std::optional<Id> Id::fromBytes(QByteArrayView bytes)
{
    if (bytes.size() != 16)
        return std::nullopt;
    Id id;
    std::memcpy(id.bytes.data(), bytes.data(), 16);
    return id;
}

Id Id::fromName(QStringView name)
{
    const QByteArray hash = QCryptographicHash::hash("tongzhou:" + name.toUtf8(), QCryptographicHash::Sha256);
    Id id;
    std::memcpy(id.bytes.data(), hash.constData(), 16);
    id.bytes[6] = static_cast<unsigned char>((id.bytes[6] & 0x0f) | 0x80);
    id.bytes[8] = static_cast<unsigned char>((id.bytes[8] & 0x3f) | 0x80);
    return id;
}

Id IdSource::next()
{
    const qint64 now = m_clock.nowMs();
    if (now > m_lastMs) {
        m_lastMs = now;
        m_counter = static_cast<quint32>(m_entropy.next64() & 0x1ff);
    } else if (++m_counter > 0xfff) {
        // More than 4,096 ids in a millisecond, or a clock that was set back: borrow from the future.
        ++m_lastMs;
        m_counter = 0;
    }
    Id id;
    m_entropy.fill({id.bytes.data() + 8, 8});
    for (size_t i = 0; i < 6; ++i)
        id.bytes[i] = static_cast<unsigned char>(m_lastMs >> (8 * (5 - i)));
    id.bytes[6] = static_cast<unsigned char>(0x70 | (m_counter >> 8));
    id.bytes[7] = static_cast<unsigned char>(m_counter & 0xff);
    id.bytes[8] = static_cast<unsigned char>((id.bytes[8] & 0x3f) | 0x80);
    return id;
}

} // namespace tz
