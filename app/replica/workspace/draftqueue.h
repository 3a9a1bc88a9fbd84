// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/store/recordstore.h"
#include "replica/export.h"

#include <deque>
#include <functional>
#include <mutex>
#include <span>

namespace tz {

/// Drafts on their way to the data thread. One that waits for nobody is applied at once; those that come while another
/// is being written share the next durable transaction, each still being a batch of its own that is refused or taken
/// by itself. add() and added() from any thread, the rest on the data thread.
class TZ_REPLICA_EXPORT DraftQueue {
public:
    struct Entry {
        Draft draft;
        /// Called on the data thread when the draft is on the disk, or refused.
        std::function<void(Result<Receipt>)> done;
    };

    /// Answers whether somebody has to call applySome(): nobody is about to.
    bool add(Entry entry);
    /// How many there were ever.
    quint64 added() const;
    /// Applies the next few. Answers whether more wait: applySome() is to be called again, when others had their turn.
    bool applySome(RecordStore &store);
    /// Applies what is not applied yet of the first `count` that were ever added, for who comes behind them.
    void applyFirst(RecordStore &store, quint64 count);
    /// The draft with ids that this thread makes: what effects add gets its ids there.
    static Draft rebound(RecordStore &store, const Draft &draft);

private:
    std::vector<Entry> takeSome(quint64 until);
    static void apply(RecordStore &store, std::span<Entry> entries);
    /// Nothing: one of them was refused or failed, and all are taken back.
    static std::optional<std::vector<Receipt>> applyTogether(RecordStore &store, std::span<Entry> entries);

    mutable std::mutex m_mutex;
    std::deque<Entry> m_waiting;
    quint64 m_added = 0;
    bool m_isExpected = false;
};

} // namespace tz
