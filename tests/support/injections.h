// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <vector>

namespace tz::test {

/// Texts that mean something to one of those that a text passes on its way: SQL of both databases, LIKE, FTS5, JSON
/// paths, the filter language, HTTP, printf, a shell. The last one has a character 0, which no field takes.
const QStringList &injections();

/// A text, name or byte string somewhere in a message.
struct Place {
    QString text;
    bool isBytes = false;
    /// On the way from the outermost element: numbers in arrays; in maps 2n is the n-th key and 2n + 1 its value.
    std::vector<qsizetype> path;
};
/// All of them in CBOR, as it was encoded by us.
std::vector<Place> placesIn(const QByteArray &cbor);
/// The same message with another text there.
QByteArray replaced(const QByteArray &cbor, const Place &place, const QString &text);

/// The same for JSON.
std::vector<Place> placesInJson(const QByteArray &json);
QByteArray replacedInJson(const QByteArray &json, const Place &place, const QString &text);

} // namespace tz::test
