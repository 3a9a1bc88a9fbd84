// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/logic/export.h"
#include "core/sync/adminwire.h"

namespace tz {

class Reader;

/// What an entry of the audit trail says happened: "create", "update", "delete", "restore" or the name of an action.
TZ_CORE_EXPORT QString auditAction(const wire::AuditEntry &entry);

/// Writes entries of the audit trail as CSV, one line each, in the form of exportRecords(): times with their offset,
/// people by sign-in name, links by title. Texts that a spreadsheet would take for formulas are guarded. Belongs to one
/// thread.
class TZ_CORE_EXPORT AuditCsv {
public:
    AuditCsv(const Reader &reader, int utcOffsetSeconds, bool byteOrderMark, QIODevice &to);
    /// Errors of both: export.cannot_write {reason}.
    Result<> begin();
    Result<> add(const wire::AuditEntry &entry);

private:
    QString userName(const Id &user);
    const Reader &m_reader;
    ExportOptions m_options;
    CsvWriter m_writer;
    QHash<Id, QString> m_users;
};

} // namespace tz
