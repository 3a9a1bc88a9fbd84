// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/store/recordstore.h"

namespace tz {

/// Many drafts in one durable transaction, for imports: until it ends, RecordStore::apply() is part of it, and drafts
/// of independent new records are only judged by it. What is left (encoding what is sent, spelling the words of the
/// search index, writing all of it) other threads do, in order, while the next drafts are judged; whoever reads through
/// the store finds the records all the same. A fault met there is the answer to a later draft, and to all that follow.
/// On the store's thread; one at a time.
class TZ_CORE_EXPORT BulkWrite {
public:
    /// What an atomic draft that is refused means to the others. TakenBack: nothing, it alone is taken back; to be able
    /// to, the search index writes before each such draft. Spoils: nothing of them all can be committed any more, and
    /// commit() answers with the refusal.
    enum class Refused { TakenBack, Spoils };
    /// Errors: store.*.
    static Result<BulkWrite> begin(RecordStore &store, Refused refused = Refused::TakenBack);
    BulkWrite(BulkWrite &&other) noexcept;
    BulkWrite &operator=(BulkWrite &&) = delete;
    /// Takes everything back that is not committed.
    ~BulkWrite();
    /// Waits for the other threads, commits and announces. Errors: store.*; then everything is taken back.
    Result<> commit();

private:
    void takeBack();
    explicit BulkWrite(RecordStore *store)
        : m_store(store)
    {
    }
    RecordStore *m_store;
};

} // namespace tz
