// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "replica/workspace/draftqueue.h"

#include "core/store/bulkwrite.h"

namespace tz {

namespace {
/// Changes of one transaction: a few milliseconds, so that the network's answers do not wait for long, and as many as a
/// push carries.
constexpr size_t changesTogether = 64;
} // namespace

bool DraftQueue::add(Entry entry)
{
    const std::lock_guard lock(m_mutex);
    m_waiting.push_back(std::move(entry));
    ++m_added;
    return !std::exchange(m_isExpected, true);
}

quint64 DraftQueue::added() const
{
    const std::lock_guard lock(m_mutex);
    return m_added;
}

std::vector<DraftQueue::Entry> DraftQueue::takeSome(quint64 until)
{
    const std::lock_guard lock(m_mutex);
    std::vector<Entry> taken;
    size_t changes = 0;
    for (quint64 at = m_added - m_waiting.size(); at < until && !m_waiting.empty(); ++at) {
        changes += m_waiting.front().draft.changes().size();
        if (!taken.empty() && changes > changesTogether)
            break;
        taken.push_back(std::move(m_waiting.front()));
        m_waiting.pop_front();
    }
    return taken;
}

bool DraftQueue::applySome(RecordStore &store)
{
    std::vector<Entry> entries = takeSome(added());
    apply(store, entries);
    const std::lock_guard lock(m_mutex);
    m_isExpected = !m_waiting.empty();
    return m_isExpected;
}

void DraftQueue::applyFirst(RecordStore &store, quint64 count)
{
    for (;;) {
        std::vector<Entry> entries = takeSome(count);
        if (entries.empty())
            return;
        apply(store, entries);
    }
}

Draft DraftQueue::rebound(RecordStore &store, const Draft &draft)
{
    Draft own = store.draft();
    own.label = draft.label;
    own.independent = draft.independent;
    own.group = draft.group;
    own.changes() = draft.changes();
    return own;
}

void DraftQueue::apply(RecordStore &store, std::span<Entry> entries)
{
    if (entries.size() > 1) {
        if (auto receipts = applyTogether(store, entries)) {
            for (size_t n = 0; n < entries.size(); ++n)
                entries[n].done(std::move((*receipts)[n]));
            return;
        }
    }
    // Also after one of them was refused, or could not be written: only that one is.
    for (Entry &entry : entries)
        entry.done(store.apply(rebound(store, entry.draft)));
}

std::optional<std::vector<Receipt>> DraftQueue::applyTogether(RecordStore &store, std::span<Entry> entries)
{
    auto together = BulkWrite::begin(store, BulkWrite::Refused::Spoils);
    if (!together)
        return std::nullopt;
    std::vector<Receipt> receipts;
    for (const Entry &entry : entries) {
        auto receipt = store.apply(rebound(store, entry.draft));
        if (!receipt)
            return std::nullopt;
        receipts.push_back(std::move(*receipt));
    }
    if (!together->commit())
        return std::nullopt;
    return receipts;
}

} // namespace tz
