// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/logic/contributions.h"

namespace tz {

/// Makes one record of several of the same entity: the winner gets the chosen fields and, where it has nothing, what
/// the losers have (in their order); sets are united; every link and set in the company that points to a loser, points
/// to the winner; children move; the losers go to the recycle bin. One batch with the label "merge", undone as one.
/// `choices`: field to the record whose value it shall have.
/// Errors: merge.nothing, merge.not_found {id}, merge.same_record, merge.too_many_links {max}, record.unknown_field.
TZ_CORE_EXPORT Result<> mergeRecords(const Reader &reader, Draft &draft, const QString &entity, const Id &winner,
                                     const std::vector<Id> &losers, const QHash<QString, Id> &choices = {});

} // namespace tz
