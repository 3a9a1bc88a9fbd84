// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/error.h"

#include <functional>

namespace tz {

/// Gives the label that people know a field by, for the name that an error carries.
using FieldNamer = std::function<QString(const QString &field)>;

/// One or two sentences in the reader's language: what happened and, where it helps, what to do; then the cause.
/// Sentences are translated in the context "errors" (core/base/language.h); parameters stand in them as {name}, the
/// field as {field}. A code without a sentence gives the code itself with its parameters.
TZ_CORE_EXPORT QString describe(const Error &error, const FieldNamer &namer = {});
/// Whether the code has a sentence of its own.
TZ_CORE_EXPORT bool hasSentence(QByteArrayView code);
/// Adds a department's sentences: code and English sentence, translated in `context`. Before any thread starts; the
/// texts must live for ever.
TZ_CORE_EXPORT void addSentence(const char *code, const char *context, const char *sentence);

} // namespace tz
