// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/sync/signinwire.h"
#include "server/scopes/scopes.h"
#include "server/storage/storage.h"

#include <functional>

namespace tz::server {

/// What somebody offers to prove who they are; each way looks at its own part of it.
struct Attempt {
    /// Where it comes from, for slowing down guesses; empty: unknown.
    QByteArray address;
    /// Typed.
    QString name, password, code;
    /// Brought from the company's provider.
    wire::ProviderProof proof;
};

/// Who that is.
struct Identity {
    Id user;
    QString name;
    /// In the committer's turn, before the device gets its token: what makes the proof good only once, say. Null:
    /// nothing.
    std::function<Result<>(Database &writer)> take;
};

/// A way to prove who one is: a password, or the company's OpenID provider; a directory (LDAP) would be a third. What
/// follows, a token for the device, is the same for all of them (Accounts). Thread-safe; may take its time.
class SignInWay {
public:
    virtual ~SignInWay() = default;
    /// An active user, or why not: auth.*, server.busy. Slows down whoever guesses.
    virtual Result<Identity> identify(const Attempt &attempt) = 0;
};

/// The user, if they may sign in at all. Errors: auth.user_disabled.
Result<Identity> activeUser(Storage &storage, Scopes &scopes, const Id &user);
/// By sign-in name, whatever the case. Errors: account.unknown_user {name}.
Result<Id> userNamed(Connection &connection, const QString &name);

} // namespace tz::server
