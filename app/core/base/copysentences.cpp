// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/base/sentences.h"

#include <QtCore/qglobal.h>

namespace tz {

namespace {

constexpr Sentence all[] = {
    {"copies.exists",
     QT_TRANSLATE_NOOP("errors", "There is a file {path} already. Choose another name; it was not touched.")},
    {"copies.cannot_read", QT_TRANSLATE_NOOP("errors", "The backup {path} cannot be read: {reason}")},
    {"copies.cannot_write", QT_TRANSLATE_NOOP("errors", "{path} cannot be written: {reason}")},
    {"copies.foreign", QT_TRANSLATE_NOOP("errors", "{path} is not a backup of this program. Nothing was changed.")},
    {"copies.damaged",
     QT_TRANSLATE_NOOP("errors",
                       "The backup {path} is damaged or was cut off. Nothing was changed; take another one.")},
    {"copies.newer",
     QT_TRANSLATE_NOOP("errors", "The backup {path} was made by a newer version of this program. Update the program "
                                 "first; nothing was changed.")},
    {"copies.living",
     QT_TRANSLATE_NOOP("errors", "There is a server in {path} already. Give --over to put the backup in "
                                 "its place; what is there now is kept aside.")},
    {"copies.other_kind",
     QT_TRANSLATE_NOOP("errors", "The backup {path} is of a server on {kind}. Restore it to the same kind of database "
                                 "(--database), or into another folder.")},
    {"copies.other_schema",
     QT_TRANSLATE_NOOP("errors", "The backup {path} is of the schema {schema}: restore it to an address that ends in "
                                 "?schema={schema}.")},
    {"copies.no_tool",
     QT_TRANSLATE_NOOP("errors", "The program {tool} is needed for this and was not found. It comes with PostgreSQL's "
                                 "client programs (package postgresql-client).")},
    {"copies.tool_failed", QT_TRANSLATE_NOOP("errors", "{tool} did not succeed: {detail}")},
};

} // namespace

std::span<const Sentence> copySentences()
{
    return all;
}

} // namespace tz
