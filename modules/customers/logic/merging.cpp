// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "merging.h"

#include "core/logic/mergerecords.h"

namespace tz::customers {

using namespace Qt::StringLiterals;

Result<> mergeParties(const EffectContext &context)
{
    const Id winner = context.after.value(u"merged_into").toId();
    if (winner.isNull())
        return fail("customers.merge_target_missing", {}, u"merged_into"_s);
    TZ_TRY(mergeRecords(context.reader, context.draft, context.after.entity->fullName, winner, {context.after.id}));
    // Where the loser went to, is the loser's own story: the winner was not merged into anything.
    for (Change &change : context.draft.changes()) {
        if (change.kind == ChangeKind::Update && change.id == winner)
            std::erase_if(change.edits, [](const FieldEdit &edit) { return edit.field == "merged_into"_L1; });
    }
    return {};
}

} // namespace tz::customers
