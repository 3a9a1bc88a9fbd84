// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/result.h"

#include <QHash>
#include <QSet>
#include <QStringList>

namespace tz::server {

/// What was typed behind the program's name.
struct Options {
    QStringList words;
    QSet<QString> switches;
    QMultiHash<QString, QString> values;

    QString value(const char *name) const { return values.value(QString::fromLatin1(name)); }
    /// In the order given.
    QStringList all(const char *name) const
    {
        QStringList list = values.values(QString::fromLatin1(name));
        std::reverse(list.begin(), list.end());
        return list;
    }
    QString word(qsizetype index) const { return words.value(index); }
};

/// The first line of a file with a secret; "-": of the standard input. Errors: server.cannot_read {path, reason}.
Result<QString> firstLineOf(const QString &path);
/// One line of a list, its cells between tabs.
void printRow(const QStringList &cells);
/// A time, as it stands in lists.
QString day(qint64 ms);

} // namespace tz::server
