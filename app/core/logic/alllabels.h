// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/catalog/entity.h"

#include <QStringList>

namespace tz {

/// What a field is called in every language that lies beside the program, whichever is shown now: files come from
/// people who see another one. Thread-safe.
QStringList labelsInAllLanguages(const Entity &entity, const Field &field);
/// The same for a choice or state.
QStringList labelsInAllLanguages(const Entity &entity, const Field &field, const Choice &choice);

} // namespace tz
