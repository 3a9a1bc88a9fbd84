// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/error.h"

#include <tl/expected.hpp>

namespace tz {

/// A value or the reason why there is none. Exceptions are kept for what ends a whole task.
template <class T = void>
using Result = tl::expected<T, Error>;

/// Shorthand for returning an error from a function with a Result.
inline tl::unexpected<Error> fail(Error error)
{
    return tl::unexpected<Error>(std::move(error));
}

inline tl::unexpected<Error> fail(const char *code, QVariantMap params = {}, QString field = {})
{
    return tl::unexpected<Error>(Error{code, std::move(params), std::move(field)});
}

} // namespace tz

#define TZ_CONCAT_(a, b) a##b
#define TZ_CONCAT(a, b) TZ_CONCAT_(a, b)

/// Returns the error of `expression` from the enclosing function, if it has one.
#define TZ_TRY(expression)                                                                                             \
    do {                                                                                                               \
        if (auto tzResult = (expression); !tzResult)                                                                   \
            return ::tz::fail(std::move(tzResult.error()));                                                            \
    } while (false)

/// Assigns the value of `expression` to `declaration`, or returns its error from the enclosing function.
#define TZ_ASSIGN(declaration, expression)                                                                             \
    auto TZ_CONCAT(tzResult, __LINE__) = (expression);                                                                 \
    if (!TZ_CONCAT(tzResult, __LINE__))                                                                                \
        return ::tz::fail(std::move(TZ_CONCAT(tzResult, __LINE__).error()));                                           \
    declaration = std::move(*TZ_CONCAT(tzResult, __LINE__))
