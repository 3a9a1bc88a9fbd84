// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "server/rest/call.h"

namespace tz::server::rest {

/// A request that changes one record, on its way to the committer's turn: the same judging, numbers, audit trail and
/// wake-ups as for a laptop's change.
class Writing {
public:
    /// Errors: record.unknown_entity {entity}, api.not_in_scope {scope}, api.unknown_parameter, api.bad_header {name,
    /// expected}.
    static Result<Writing> begin(Call &call, const QString &entity);

    /// The values in the body. Errors: api.wrong_content_type, api.not_json {offset, reason}, api.not_an_object,
    /// record.unknown_field, those of fieldjson::read(); the last two with Error::field.
    Result<> takeValues();
    /// The action and its parameters in the body, which may be missing. Also action.unknown {action}.
    Result<> takeParameters(const QString &action);

    /// Both answer the record's id. Errors: what the judge, a rule or a department's function says;
    /// record.changed_meanwhile where the request named another revision; api.key_reused; api.token_revoked; auth.*,
    /// store.*, server.*.
    Result<Id> create();
    Result<Id> change(ChangeKind kind, const QString &id);

private:
    explicit Writing(Call &call)
        : m_call(call)
    {
    }
    Result<Id> commit(Change change);
    Result<> take(const std::function<bool(const QString &)> &isTaken);

    Call &m_call;
    std::unique_ptr<UserReader> m_reader;
    /// Keeps the entity once the reader is gone.
    ModelPtr m_model;
    const Entity *m_entity = nullptr;
    std::optional<qint64> m_expectedRev;
    QString m_action;
    std::vector<FieldEdit> m_edits;
};

QByteArray etag(qint64 rev);

} // namespace tz::server::rest
