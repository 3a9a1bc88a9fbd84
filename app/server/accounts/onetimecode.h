// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/clock.h"

#include <QString>

#include <optional>

/// Codes that an authenticator app shows: TOTP of RFC 6238 (2011) with what all of them understand, HMAC-SHA-1, six
/// digits, thirty seconds. The HMAC is OpenSSL's.
namespace tz::server::onetimecode {

/// 160 random bits (RFC 4226 §4, R6).
QByteArray newSecret(Entropy &entropy);
/// As people type it into an app: RFC 4648 base 32.
QString base32(const QByteArray &secret);
/// "otpauth://totp/…", which apps read from a QR code. `issuer`: the company's server as the app lists it.
QString uri(const QByteArray &secret, const QString &issuer, const QString &user);
/// The six digits of one step.
QString code(const QByteArray &secret, qint64 step);
qint64 stepAt(qint64 ms);
/// The step that the code is of: of now, the one before or the one after, because clocks differ and people type slowly;
/// never one up to `lastStep`, which has been used. Blanks in the code do not matter.
std::optional<qint64> accepted(const QByteArray &secret, const QString &code, qint64 nowMs, qint64 lastStep);

} // namespace tz::server::onetimecode
