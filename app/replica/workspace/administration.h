// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/sync/adminwire.h"
#include "replica/export.h"

#include <functional>

namespace tz {

/// What administrators ask the server; it decides who is one. Each answer comes later, or at once when there is none to
/// wait for. Errors of all: admin.denied, session.standalone, session.not_signed_in, net.*, and those in adminwire.h.
/// Lives on the thread on which `ask` calls back.
class TZ_REPLICA_EXPORT Administration {
public:
    template <class T>
    using Done = std::function<void(Result<T>)>;
    /// A question to the server: path, body, what becomes of the answer.
    using Ask = std::function<void(const QString &, const QByteArray &, Done<QByteArray>)>;

    explicit Administration(Ask ask)
        : m_ask(std::move(ask))
    {
    }
    void people(Done<wire::AdminPeople> done) const;
    /// Answers the record's id.
    void change(const wire::AdminChange &change, Done<Id> done) const;
    void devices(Done<wire::AdminDevices> done) const;
    void order(const wire::AdminDeviceOrder &order, Done<void> done) const;
    void status(Done<wire::AdminStatus> done) const;
    void audit(const wire::AuditQuestion &question, Done<wire::AuditPage> done) const;

private:
    template <class T>
    void ask(const char *what, const QByteArray &body, Result<T> (*decode)(QByteArrayView), Done<T> done) const;
    Ask m_ask;
};

} // namespace tz
