// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/result.h"
#include "core/catalog/entity.h"

#include <QDir>
#include <QHash>
#include <QJsonDocument>
#include <QVersionNumber>

#include <memory>
#include <mutex>

namespace tz {

/// What module.json says of a department.
struct DepartmentSpec {
    QString id, label, icon;
    int order = 0;
    /// Departments that must be present, and departments that may be.
    QStringList needs, uses;
    /// Number of the plugin interface this department was built for.
    int api = 0;
    QString help;
};

/// A report declared in reports/<name>.json: one query, or a function of the department (no "query").
struct ReportSpec {
    QString fullName; ///< "pipeline.won_by_agent"
    QString label, help;
    struct Parameter {
        QString name, label;
        FieldType type = FieldType::Text;
        QString to; ///< link target
        bool required = false;
        QString defaultText;
    };
    QList<Parameter> parameters;
    /// Entity, fields, filter, group, aggregates, sort, chart, as in core/store/query.h; empty for functions.
    QJsonObject query;
    QJsonObject chart;
    /// Roles that may run it; empty: everyone who may read the entity.
    QStringList roles;
};

/// One fault in a declaration: where it stands, what is wrong and what would be right.
struct TZ_CORE_EXPORT CatalogFault {
    QString file;
    /// JSON pointer (RFC 6901) into the file; line and column (from 1) where the file does not parse.
    QString pointer;
    QByteArray code;
    QVariantMap params;
    /// English sentence and remedy: for developers and administrators, at build and start.
    QString text, remedy;

    QString toString() const;
};

/// Everything that exists: departments, entities, fields, states, rights. An immutable snapshot, shared by
/// std::shared_ptr across threads; a change of custom fields makes a new one.
class TZ_CORE_EXPORT Catalog {
public:
    const Entity *entity(QStringView fullName) const;
    const QList<const Entity *> &entities() const { return m_order; }
    const QList<DepartmentSpec> &departments() const { return m_departments; }
    const DepartmentSpec *department(QStringView id) const;
    const QList<ReportSpec> &reports() const { return m_reports; }
    const ReportSpec *report(QStringView fullName) const;
    /// Same declarations, same hash (hex, 32 characters): client and server compare it. Computed when first asked for.
    QString hash() const;
    /// Of the texts as they stand: other declarations, another mark; yet other blanks too. Costs next to nothing, and
    /// is for what one computer keeps of a catalog.
    QString mark() const { return m_mark; }
    /// Fields of other entities that link to `entity`: what "related lists" shows.
    QList<const Field *> linksTo(const Entity &entity) const;
    const Entity &ownerOf(const Field &field) const;

private:
    friend class CatalogBuilder;
    std::vector<std::unique_ptr<Entity>> m_entities;
    QList<const Entity *> m_order;
    // By views of the entities' own names, so that a look-up allocates nothing.
    QHash<QStringView, const Entity *> m_byName;
    QList<DepartmentSpec> m_departments;
    QList<ReportSpec> m_reports;
    /// The declarations as they stand, with what names each; in the order in which they are hashed.
    QList<std::pair<QString, QByteArray>> m_texts;
    QString m_mark;
    mutable std::once_flag m_hashed;
    mutable QString m_hash;
};

using CatalogPtr = std::shared_ptr<const Catalog>;

/// The files of one department as text: from its embedded resources or from the source tree.
struct TZ_CORE_EXPORT DepartmentFiles {
    QString origin; ///< for messages: "modules/pipeline" or ":/departments/pipeline"
    QByteArray module;
    /// File name relative to the department's folder ("entities/opportunity.json") and content.
    QMap<QString, QByteArray> entities;   ///< entities/*.json except *.extend.json
    QMap<QString, QByteArray> extensions; ///< entities/*.extend.json
    QMap<QString, QByteArray> reports;

    static Result<DepartmentFiles> read(const QDir &folder);
};

/// Composes layers into a Catalog: shipped entities < extensions by other departments < the company's own fields.
class TZ_CORE_EXPORT CatalogBuilder {
public:
    /// Departments whose needs are missing or whose files have faults are left out, with those that need them;
    /// the faults say why.
    void add(DepartmentFiles files);
    /// One custom field: a field object as in the entity files; the name begins with "x_".
    void addField(const QString &entity, const QJsonObject &field);
    /// Always gives a catalog (perhaps smaller); check faults().
    CatalogPtr build();
    const QList<CatalogFault> &faults() const { return m_faults; }
    /// Departments left out, with the first reason.
    const QHash<QString, QString> &broken() const { return m_broken; }

private:
    std::vector<DepartmentFiles> m_files;
    QList<std::pair<QString, QJsonObject>> m_customFields;
    QList<CatalogFault> m_faults;
    QHash<QString, QString> m_broken;
};

} // namespace tz
