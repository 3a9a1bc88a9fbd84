// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/result.h"

#include <QHash>
#include <QStringList>

#include <vector>

namespace tz::cli {

/// An option as data. Help texts are translated in the context "cli" when they are printed.
struct OptionSpec {
    const char *name;
    /// Placeholder of its value ("FILE"); null: a switch.
    const char *value;
    const char *help;
};

struct CommandSpec {
    const char *name;
    /// "ENTITY ID ACTION [param=value …]".
    const char *arguments;
    const char *help;
    std::vector<OptionSpec> options;
    int leastArguments = 0;
    /// -1: any number.
    int mostArguments = 0;
    /// What must exist before it runs: nothing, the catalog, an open profile, a profile that belongs to somebody.
    enum class Needs { Nothing, Catalog, Profile, Account };
    Needs needs = Needs::Account;
    /// Also when the copy has locked itself: what brings it back into contact.
    bool whileLocked = false;
};

/// What was typed.
struct Arguments {
    QStringList positional;
    QHash<QString, QStringList> options;

    bool has(const char *option) const { return options.contains(QLatin1String(option)); }
    QString value(const char *option, const QString &fallback = {}) const
    {
        const QStringList values = options.value(QLatin1String(option));
        return values.isEmpty() ? fallback : values.last();
    }
    /// Values of a repeated or comma-separated option.
    QStringList list(const char *option) const;
    QString at(qsizetype index) const { return positional.value(index); }
};

/// Options of every command.
const std::vector<OptionSpec> &commonOptions();

/// Splits words into positional arguments and the named options. A value may begin with "-". Errors:
/// cli.unknown_option {option, suggestion}, cli.missing_value {option}, cli.no_value {option}.
Result<Arguments> parseArguments(const QStringList &words, const std::vector<const OptionSpec *> &known);

/// The known name that is nearest to a mistyped one; empty: none is near.
QString suggestion(const QString &typed, const QStringList &known);
/// The same as a question to the reader.
QString didYouMean(const QString &typed, const QStringList &known);

} // namespace tz::cli
