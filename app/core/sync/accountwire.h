// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/result.h"

#include <QString>

/// What users ask of their own account. Decoders: wire.*.
namespace tz::wire {

enum class TwoStepDeed : quint8 {
    Look,
    Begin,   ///< with the password: answers a new secret, which does not count yet
    Confirm, ///< with a code of the new secret: from now on it counts
    End      ///< with the password and a code
};
/// /v1/two-step: whether a code of an authenticator app is needed besides the password, and how that changes.
struct TwoStepRequest {
    TwoStepDeed deed = TwoStepDeed::Look;
    QString password;
    QString code;
};
struct TwoStepAnswer {
    bool isOn = false;
    /// After Begin alone: for people to type, and for a QR code.
    QString secret;
    QString uri;
};

TZ_CORE_EXPORT QByteArray encode(const TwoStepRequest &m);
TZ_CORE_EXPORT QByteArray encode(const TwoStepAnswer &m);
TZ_CORE_EXPORT Result<TwoStepRequest> decodeTwoStepRequest(QByteArrayView cbor);
TZ_CORE_EXPORT Result<TwoStepAnswer> decodeTwoStepAnswer(QByteArrayView cbor);

} // namespace tz::wire
