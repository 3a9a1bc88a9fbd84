// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/store/recordstore.h"

namespace tz {

/// Many drafts in one durable transaction, for imports: until it ends, RecordStore::apply() is part of it, and for
/// drafts of independent new records what needs no database (encoding what is sent, spelling the words of the search
/// index) is worked out on a second thread while the next draft is applied. On the store's thread; one at a time.
class TZ_CORE_EXPORT BulkWrite {
public:
    /// Errors: store.*.
    static Result<BulkWrite> begin(RecordStore &store);
    BulkWrite(BulkWrite &&other) noexcept;
    BulkWrite &operator=(BulkWrite &&) = delete;
    /// Takes everything back that is not committed.
    ~BulkWrite();
    /// Waits for the second thread, commits and announces. Errors: store.*; then everything is taken back.
    Result<> commit();

private:
    explicit BulkWrite(RecordStore *store)
        : m_store(store)
    {
    }
    RecordStore *m_store;
};

} // namespace tz
