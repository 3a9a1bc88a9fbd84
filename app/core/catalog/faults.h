// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/catalog/catalog.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QVarLengthArray>

namespace tz {

/// Where something is declared, for messages.
struct Place {
    QString file;
    QString pointer;
    /// The department whose file it is; empty for the company's own fields.
    QString department;

    Place at(const QString &key) const;
    Place at(qsizetype index) const;
};

/// Collects what is wrong with declarations.
class Faults {
public:
    void add(const Place &place, const char *code, const QString &text, const QString &remedy = {},
             QVariantMap params = {});
    /// A name that is none of the known ones, with "did you mean".
    void unknown(const Place &place, const char *code, const QString &what, const QString &name,
                 const QStringList &known);
    /// What the expression compiler found wrong.
    void expression(const Place &place, const Error &error, const QString &text);

    const QList<CatalogFault> &list() const { return m_list; }
    const QHash<QString, QString> &departments() const { return m_departments; }

private:
    QList<CatalogFault> m_list;
    /// Departments with faults, and the first one.
    QHash<QString, QString> m_departments;
};

/// Reads one JSON object whose keys are known; says what is missing, unknown or of the wrong type.
class ObjectReader {
public:
    ObjectReader(QJsonObject object, Place place, Faults &faults);

    bool has(const char *key) const { return m_object.contains(QLatin1String(key)); }
    Place place(const char *key) const { return m_place.at(QLatin1String(key)); }
    const Place &place() const { return m_place; }
    Faults &faults() const { return m_faults; }

    QString text(const char *key, bool required = false);
    bool flag(const char *key);
    std::optional<int> integer(const char *key, int least, int most);
    QJsonArray array(const char *key);
    QJsonObject object(const char *key);
    QStringList texts(const char *key);
    QJsonValue any(const char *key);
    /// One of further().
    QJsonValue any(const QString &key);
    /// Calls `each` with a reader of every object of the list.
    void objects(const char *key, const std::function<void(ObjectReader &)> &each);
    /// To be called last: keys that nobody asked for are faults.
    void finish();
    /// For objects whose further keys are open (states' properties): the keys that nobody asked for.
    QStringList further() const;

private:
    void wrongType(const char *key, const QString &expected);
    QJsonObject m_object;
    Place m_place;
    Faults &m_faults;
    /// What was asked for: names in the code, and names from further().
    QVarLengthArray<const char *, 32> m_known;
    QStringList m_others;
};

/// Parses a file; a syntax error is a fault with line and column.
std::optional<QJsonObject> parseObject(const QByteArray &content, const Place &place, Faults &faults);

/// snake_case, begins with a letter, at most 60 characters.
bool isProperName(QStringView name);

} // namespace tz
