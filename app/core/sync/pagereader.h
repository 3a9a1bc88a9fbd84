// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/sync/wire.h"

#include <memory>

namespace tz::wire {

/// Reads an encoded page with its rows in blocks. Of a long page the next blocks are decoded on a thread of their own
/// while the caller applies what it has: a first copy takes as long as the longer of the two, not as both together.
/// Used by one thread at a time.
class TZ_CORE_EXPORT PageReader {
public:
    /// Reads all but the rows. Keeps (shares) the bytes as long as it lives. A fault is answered by the first next().
    explicit PageReader(QByteArray cbor);
    ~PageReader();
    PageReader(const PageReader &) = delete;
    PageReader &operator=(const PageReader &) = delete;

    /// The page without its tables. Holds nothing when fault() says that it is unreadable.
    const Page &head() const;
    /// What the head could not be read for.
    const std::optional<Error> &fault() const;
    /// More rows than are worth handling one by one.
    bool isLong() const;
    /// The next rows of a table, at most blockRows; null after the last. Errors: as decodePage's; rows that were
    /// handed out before are then to be undone.
    Result<std::optional<TableRows>> next();

    static constexpr qsizetype blockRows = 1000;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace tz::wire
