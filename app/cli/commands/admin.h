// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "cli/context.h"
#include "replica/workspace/administration.h"

/// The parts of the command "admin".
namespace tz::cli::admin {

Administration administration(Context &context);
/// Asks and waits for the answer: `begin` gets what is to be called with it.
template <class T>
Result<T> wait(Context &context, const std::function<void(Administration::Done<T>)> &begin)
{
    std::optional<Result<T>> answer;
    context.wait([&](std::function<void()> finish) {
        begin([&answer, finish](Result<T> result) {
            answer = std::move(result);
            finish();
        });
    });
    return std::move(*answer);
}
Result<wire::AdminPeople> everybody(Context &context);

Result<> printUsers(Context &context);
Result<> printTeams(Context &context);
Result<> printRoles(Context &context);
/// What each role, or the one that is named, may do with each kind of record.
Result<> printRights(Context &context);
Result<> printDevices(Context &context);
Result<> printStatus(Context &context);
/// Lists entries of the audit trail, or writes all that were asked for to a file.
Result<> printAudit(Context &context);

} // namespace tz::cli::admin
