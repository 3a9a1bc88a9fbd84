// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once
// The one place that knows whether Catch2 is version 2 (Debian 12) or 3.
#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#define TZ_CATCH_VERSION 3
#else
#define CATCH_CONFIG_ENABLE_BENCHMARKING 0
#include <catch2/catch.hpp>
#define TZ_CATCH_VERSION 2
#endif

#include "core/base/error.h"
#include "core/base/id.h"
#include "core/base/value.h"

#include <QString>

/// Fails with the error's text when a Result holds an error.
#define REQUIRE_RESULT(result)                                                                                         \
    do {                                                                                                               \
        const auto &tzResult = (result);                                                                               \
        if (!tzResult)                                                                                                 \
            FAIL(#result << ": " << tzResult.error().toString().toStdString());                                        \
    } while (false)

/// The error code that a Result must hold.
#define REQUIRE_ERROR(result, errorCode)                                                                               \
    do {                                                                                                               \
        const auto &tzResult = (result);                                                                               \
        REQUIRE_FALSE(tzResult.has_value());                                                                           \
        CHECK(tzResult.error().code.toStdString() == (errorCode));                                                     \
    } while (false)

namespace Catch {
template <>
struct StringMaker<QString> {
    static std::string convert(const QString &text) { return '"' + text.toStdString() + '"'; }
};
template <>
struct StringMaker<QByteArray> {
    static std::string convert(const QByteArray &bytes) { return '"' + bytes.toStdString() + '"'; }
};
template <>
struct StringMaker<tz::Value> {
    static std::string convert(const tz::Value &value) { return value.toDebugString().toStdString(); }
};
template <>
struct StringMaker<tz::Id> {
    static std::string convert(const tz::Id &id) { return id.toString().toStdString(); }
};
} // namespace Catch
