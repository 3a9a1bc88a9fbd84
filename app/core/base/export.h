// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include <QtCore/qglobal.h>

#if defined(TONGZHOU_CORE_BUILD)
#define TZ_CORE_EXPORT Q_DECL_EXPORT
#else
#define TZ_CORE_EXPORT Q_DECL_IMPORT
#endif
