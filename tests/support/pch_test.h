// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once
#include "pch/pch_core.h"
#include "tests/support/catch.h"
#include <QTemporaryDir>
