// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/result.h"
#include "core/base/value.h"

#include <optional>

namespace tz {

namespace limits {
/// The largest file, and the pieces in which contents are kept apart, sent and resumed. Bytes.
inline constexpr qint64 blobBytes = qint64(2) << 30;
inline constexpr qint64 pieceBytes = 1 << 20;
/// Characters of a file's name.
inline constexpr int fileNameLength = 200;
} // namespace limits

/// One file attached to a record: a member of a set field of the type attachments. The content itself travels apart
/// and is known by its hash. What stands here was typed by somebody: a name is never a path, a type only a hint.
struct TZ_CORE_EXPORT Attachment {
    QByteArray hash; ///< SHA-256 of the content, 32 bytes
    qint64 size = 0; ///< bytes
    QString type;    ///< media type ("application/pdf")
    QString name;
    bool operator==(const Attachment &) const = default;

    /// As a member of the set: "HASH SIZE TYPE NAME", the hash in lower-case hexadecimal digits.
    Value toValue() const;
    /// Nothing when the value is none that toValue() makes: wrong digits, a size beyond the limit, a name with control
    /// or direction characters or slashes, or too long.
    static std::optional<Attachment> fromValue(const Value &value);
};

namespace attachment {

/// The files in a set, by name.
TZ_CORE_EXPORT std::vector<Attachment> all(const Value &set);
/// Members with this content are the texts from first() up to, but without, last().
TZ_CORE_EXPORT QString first(const QByteArray &hash);
TZ_CORE_EXPORT QString last(const QByteArray &hash);

/// A name as it may stand in a record: of a path only the last part, without what fromValue() refuses; "file" when
/// nothing is left.
TZ_CORE_EXPORT QString cleanName(const QString &name);
/// `name`, or the same with a number before its suffix, so that none of `taken` is called so.
TZ_CORE_EXPORT QString freeName(const QString &name, const std::vector<Attachment> &taken);
/// A name under which a file can be written in a folder on any system: no reserved names and characters, no leading
/// dots, at most 180 bytes.
TZ_CORE_EXPORT QString fileName(const QString &name);
/// Whether opening such a file could run a program.
TZ_CORE_EXPORT bool isProgram(const QString &name);

/// How many pieces a content of this size has, and the bytes of one of them.
TZ_CORE_EXPORT qint64 pieceCount(qint64 size);
TZ_CORE_EXPORT qint64 pieceSize(qint64 size, qint64 number);

} // namespace attachment

} // namespace tz
