// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/store/recordstore.h"
#include "replica/export.h"

namespace tz {

/// Makes a profile that was for this computer only a replica of a server: every record becomes a create in the outbox,
/// parents and what is linked to first, in independent batches of 500; ordinary sync does the rest. All of it is one
/// transaction: the profile is stand-alone, or it is a replica with everything waiting to be sent.
/// What a new company begins with (roles, currencies) has the same ids everywhere; the server says that it has them,
/// and its own stand. Works on the store's thread.
class TZ_REPLICA_EXPORT Joining {
public:
    struct Taken {
        qint64 records = 0;
        qint64 batches = 0;
    };
    /// Called now and then with the records that are done, of all.
    using Progress = std::function<void(qint64 done, qint64 all)>;

    /// `actor`: the user of the server with the rights that they have there; takes the place of the local user in every
    /// record.
    Joining(RecordStore &store, Actor actor);
    /// Errors: session.fields_need_admin when there are fields of the company's own, which only an administrator may
    /// bring to the server; the records that use them could never be sent.
    Result<> check() const;
    /// `account`: kept in sync_state under "joined" with the rest, for a program that is killed before it has written
    /// the profile's account. Errors: store.*; then the profile is stand-alone as before.
    Result<Taken> run(const QByteArray &account, const Progress &progress);

private:
    struct Packer;
    Result<Taken> takeOver(const QByteArray &account, const Progress &progress);
    Result<> replaceUser(const Id &local);
    std::vector<const Entity *> entities() const;
    Result<std::vector<Id>> ids(const Entity &entity) const;

    RecordStore &m_store;
    Actor m_actor;
};

} // namespace tz
