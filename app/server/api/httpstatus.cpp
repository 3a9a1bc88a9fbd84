// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "server/api/httpstatus.h"

#include <QHash>

namespace tz::server {

int httpStatusOf(const Error &error)
{
    static const QHash<QByteArray, int> exact{
        {"auth.wrong_password", 401},
        {"auth.code_needed", 401},
        {"auth.wrong_code", 401},
        {"auth.no_token", 401},
        {"auth.bad_token", 401},
        {"auth.token_expired", 401},
        {"auth.device_revoked", 401},
        {"auth.user_disabled", 403},
        {"auth.wait", 429},
        {"auth.provider_off", 404},
        {"auth.provider_unreachable", 503},
        {"auth.provider_unfit", 503},
        {"auth.unknown_user", 401},
        {"admin.denied", 403},
        {"admin.own_device", 409},
        {"account.unsent_work", 409},
        {"account.unknown_device", 404},
        {"server.busy", 503},
        {"server.too_slow", 503},
        {"server.too_many_hellos", 429},
        {"net.too_many_connections", 429},
        {"server.unknown_path", 404},
        {"record.unknown_record", 404},
        {"store.disk_full", 507},
        {"attachment.not_yet", 404},
        {"attachment.not_offered", 409},
        {"attachment.incomplete", 409},
        {"attachment.too_many_uploads", 429},
        {"store.busy", 503},
        {"store.unreachable", 503},
        {"server.internal", 500},
    };
    if (const auto known = exact.constFind(error.code); known != exact.constEnd())
        return *known;
    // What is too much, by whichever limit.
    if (error.code.startsWith("wire.") && error.params.contains(QStringLiteral("limit")))
        return 413;
    if (error.code.startsWith("auth."))
        return 403;
    if (error.code.startsWith("sync."))
        return 409;
    if (error.code.startsWith("wire."))
        return 400;
    return error.code.startsWith("store.") || error.code.startsWith("server.") ? 500 : 400;
}

Error forOutside(Error error)
{
    if (error.is("store.unreachable")) {
        for (const char *name : {"path", "detail"})
            error.params.remove(QString::fromLatin1(name));
    }
    return error;
}

} // namespace tz::server
