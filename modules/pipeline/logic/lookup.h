// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/store/reader.h"

namespace tz::pipeline {

/// A question for the records of `entity` whose field (or path) holds the value, with the fields to fetch.
Result<Query> queryWhere(const Reader &reader, const QString &entity, const QString &field, const Value &value,
                         QStringList fields);

/// A state of opportunities by name; null for an unknown one.
const State *stageNamed(const Entity &opportunity, QStringView stage);

} // namespace tz::pipeline
