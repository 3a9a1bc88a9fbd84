// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/catalog/catalog.h"
#include "core/logic/actor.h"
#include "core/store/record.h"
#include "core/store/schemaplan.h"

#include <functional>

/// Which records leave the server for whom: a record is visible to a user when one of its keys is among the user's.
///
/// A key is 64 bits: entity << 40 | kind << 38 | number. Children carry the owner and team of the record above them,
/// under their own entity's number. The meaning of own, team and all is the Judge's (core/logic/judge.h).
namespace tz::audience {

enum class Kind { All = 0, Team = 1, User = 2, Share = 3 };

TZ_CORE_EXPORT qint64 key(int entity, Kind kind, qint64 number);
TZ_CORE_EXPORT int entityOf(qint64 key);
TZ_CORE_EXPORT Kind kindOf(qint64 key);
TZ_CORE_EXPORT qint64 numberOf(qint64 key);

/// The small number of a user or team; the server assigns it at the first sight.
using PrincipalNumber = std::function<qint64(const Id &)>;

/// Keys of a record of `entity` whose ownership is judged by `root` (itself, or the record above its parents):
/// the owner's, the team's. Ascending. The all-key is implicit and not among them.
TZ_CORE_EXPORT std::vector<qint64> recordKeys(int entity, const Record &root, const PrincipalNumber &number);

/// What the user may read of the entity. Default: nothing. A child without rules of its own has its parent's.
TZ_CORE_EXPORT Grant readGrant(const Catalog &catalog, const Entity &entity, const Actor &actor);

/// Keys of a user, ascending: per entity the all-key; or the own key and the teams'; or the own key.
TZ_CORE_EXPORT std::vector<qint64> userKeys(const Catalog &catalog, const CatalogNumbers &numbers, const Actor &actor,
                                            const PrincipalNumber &number);

/// Indexes of the fields that may be sent to the user: stored, not lines, not hidden. Empty: the entity is not served.
TZ_CORE_EXPORT QList<int> visibleFields(const Catalog &catalog, const Entity &entity, const Actor &actor);

/// Per entity that the user may read, a hash of the names of the fields that may be sent, and behind blanks hashes of
/// the names of those that may not: whoever does not know a name does not learn it.
TZ_CORE_EXPORT QHash<QString, QString> visibility(const Catalog &catalog, const Actor &actor);
/// Fields of the entity that one value of it hides.
TZ_CORE_EXPORT QStringList hiddenIn(const Entity &entity, const QString &visibility);

/// A number that changes with the list; positive. Serves as KeyList::version.
TZ_CORE_EXPORT qint64 versionOf(const std::vector<qint64> &keys);

} // namespace tz::audience
