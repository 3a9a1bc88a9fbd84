// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/result.h"

#include <QHash>
#include <QStringList>

namespace tz::server::rest {

/// A request's address, taken apart.
struct Address {
    /// Decoded parts of the path behind "/api/v1": {"records", "pipeline.lead"}.
    QStringList path;
    QHash<QString, QString> parameters;

    /// Errors: api.unknown_path, api.parameter_twice {name}, api.bad_parameter {name, expected} (it is no UTF-8).
    static Result<Address> parse(const QByteArray &target);
    /// Refuses parameters that are none of these, so that a typing error is no question about everything. Errors:
    /// api.unknown_parameter {name, suggestion}.
    Result<> allow(const QStringList &names) const;
    QString value(const char *name) const { return parameters.value(QString::fromLatin1(name)); }
    /// Parts between commas. Errors: api.bad_parameter.
    Result<QStringList> list(const char *name, int most) const;
    Result<int> number(const char *name, int usual, int most) const;
};

} // namespace tz::server::rest
