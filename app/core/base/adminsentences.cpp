// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/base/sentences.h"

#include <QtCore/qglobal.h>

namespace tz {

namespace {

constexpr Sentence all[] = {
    {"admin.denied", QT_TRANSLATE_NOOP("errors", "Only administrators may do this.")},
    {"admin.own_device",
     QT_TRANSLATE_NOOP("errors", "This is the computer that you are working on: it would be shut out itself.")},
    {"admin.not_administered",
     QT_TRANSLATE_NOOP("errors", "Records of the kind {entity} are not administered this way.")},
    {"account.last_admin",
     QT_TRANSLATE_NOOP("errors", "This is the last active administrator. Give somebody else the role “admin” first.")},
    {"account.admin_role",
     QT_TRANSLATE_NOOP("errors", "Administrators are known by the role “admin”: it cannot be renamed or deleted.")},
};

} // namespace

std::span<const Sentence> adminSentences()
{
    return all;
}

} // namespace tz
