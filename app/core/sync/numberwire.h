// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/result.h"

#include <QDate>
#include <QString>

#include <vector>

/// How a laptop comes by numbers that it may give away from the network (docs/decisions/0029). Decoders: wire.*.
namespace tz::wire {

/// How far a laptop is in one series.
struct NumberStock {
    QString entity;
    /// Julian day of the records that are to be numbered: patterns with a date have a series for each year, month or
    /// day.
    qint64 day = 0;
    /// All below have been given away or never will be.
    qint64 next = 0;
};
/// /v1/numbers
struct NumbersRequest {
    std::vector<NumberStock> stocks; ///< at most stocksPerRequest
};

/// Numbers from first to last that nobody but this device gives away.
struct NumberRange {
    /// See numbering::series().
    QString series;
    qint64 first = 0;
    qint64 last = 0;
    bool operator==(const NumberRange &) const = default;
};
struct NumbersAnswer {
    /// Everything the device has of the series asked for, not only what is new: an answer may have been lost. Ascending
    /// within a series.
    std::vector<NumberRange> ranges;
};
inline constexpr qsizetype stocksPerRequest = 500;

TZ_CORE_EXPORT QByteArray encode(const NumbersRequest &m);
TZ_CORE_EXPORT QByteArray encode(const NumbersAnswer &m);
TZ_CORE_EXPORT Result<NumbersRequest> decodeNumbersRequest(QByteArrayView cbor);
TZ_CORE_EXPORT Result<NumbersAnswer> decodeNumbersAnswer(QByteArrayView cbor);

} // namespace tz::wire
