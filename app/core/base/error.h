// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/export.h"

#include <QByteArray>
#include <QString>
#include <QVariantMap>

#include <memory>

namespace tz {

/// What went wrong, as a code that programs compare and a sentence is made from where somebody reads it.
///
/// `code` is dotted and constant ("access.write_denied", "store.disk_full"); `params` fill the sentence;
/// `field` names the field of a record that it concerns, if any. The sentence is made by
/// `describe()` (core/base/messages.h) in the reader's language: on the server only for readers without a program of
/// ours (the HTTP API).
struct TZ_CORE_EXPORT Error {
    QByteArray code;
    QVariantMap params;
    QString field;
    std::shared_ptr<const Error> cause;

    Error() = default;
    explicit Error(QByteArray errorCode, QVariantMap errorParams = {}, QString errorField = {})
        : code(std::move(errorCode))
        , params(std::move(errorParams))
        , field(std::move(errorField))
    {
    }

    bool is(const char *other) const { return code == other; }
    /// The same error with what was being done when it happened.
    Error within(Error outer) const;
    /// For logs and tests: "code {param=value} at field", without any translation.
    QString toString() const;
};

} // namespace tz
