// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "replica/workspace/administration.h"

namespace tz {

template <class T>
void Administration::ask(const char *what, const QByteArray &body, Result<T> (*decode)(QByteArrayView),
                         Done<T> done) const
{
    m_ask(QStringLiteral("/v1/admin/") + QLatin1String(what), body,
          [decode, done = std::move(done)](const Result<QByteArray> &answer) {
              done(answer ? decode(*answer) : fail(answer.error()));
          });
}

void Administration::people(Done<wire::AdminPeople> done) const
{
    ask("people", {}, wire::decodeAdminPeople, std::move(done));
}

void Administration::change(const wire::AdminChange &change, Done<Id> done) const
{
    ask<wire::AdminChanged>("change", wire::encode(change), wire::decodeAdminChanged,
                            [done = std::move(done)](const Result<wire::AdminChanged> &changed) {
                                done(changed ? Result<Id>(changed->id) : fail(changed.error()));
                            });
}

void Administration::devices(Done<wire::AdminDevices> done) const
{
    ask("devices", {}, wire::decodeAdminDevices, std::move(done));
}

void Administration::order(const wire::AdminDeviceOrder &order, Done<void> done) const
{
    m_ask(QStringLiteral("/v1/admin/device"), wire::encode(order),
          [done = std::move(done)](const Result<QByteArray> &answer) {
              done(answer ? Result<>() : fail(answer.error()));
          });
}

void Administration::status(Done<wire::AdminStatus> done) const
{
    ask("status", {}, wire::decodeAdminStatus, std::move(done));
}

void Administration::audit(const wire::AuditQuestion &question, Done<wire::AuditPage> done) const
{
    ask("audit", wire::encode(question), wire::decodeAuditPage, std::move(done));
}

} // namespace tz
