// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/sync/adminwire.h"
#include "server/scopes/scopes.h"

namespace tz::server {

/// One entry of the audit trail, as it is written.
struct AuditRow {
    qint64 rev = 0;
    Id batch;
    /// Number of the entity (CatalogNumbers).
    int entity = 0;
    Id record;
    ChangeKind kind = ChangeKind::Update;
    /// Of the action; otherwise empty.
    QString name;
    std::vector<FieldEdit> edits;
    /// Null: the server itself.
    Id user, device;
    qint64 atMs = 0;
    QString label;
};
/// In the committer's turn.
Result<> addToAudit(Database &database, const AuditRow &row);

/// The entries for which everything in the question holds, as far as somebody with this scope may see them now: no
/// record, field or kind of record that is hidden from them. Looks at a bounded number of entries, so that a page may
/// be short, or empty, although more is to come. In one snapshot. Errors: record.unknown_entity {entity},
/// record.unknown_field {entity}.
Result<wire::AuditPage> searchAudit(Connection &connection, const Scope &scope, const wire::AuditQuestion &question);

} // namespace tz::server
