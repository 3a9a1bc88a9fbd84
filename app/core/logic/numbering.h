// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/export.h"

#include <QDate>
#include <QString>

#include <optional>

/// Numbers that people read, from a pattern such as "OPP-{yyyy}-{seq:5}" ({yyyy}, {yy}, {mm}, {dd}, {seq},
/// {seq:digits}). A signed-in laptop gives a provisional number, "OPP-2026-D7-3" (third of device 7); the server
/// replaces it by the next of its own when it accepts the record (docs/decisions/0007).
namespace tz::numbering {

/// What a sequence counts: the pattern with the date filled in, so that "{yyyy}" starts anew each year.
TZ_CORE_EXPORT QString series(const QString &entity, const QString &pattern, QDate today);
TZ_CORE_EXPORT QString finalNumber(const QString &pattern, QDate today, qint64 sequence);
TZ_CORE_EXPORT QString provisionalNumber(const QString &pattern, QDate today, qint64 device, qint64 sequence);
/// Whether the text is a provisional number of the pattern, of any day and device.
TZ_CORE_EXPORT bool isProvisional(const QString &pattern, const QString &number);
/// The sequence in a final number of today's series; nothing if it is of another series or no such number.
TZ_CORE_EXPORT std::optional<qint64> sequenceOf(const QString &pattern, QDate today, const QString &number);

} // namespace tz::numbering
