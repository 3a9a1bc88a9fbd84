// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/catalog/catalog.h"
#include "tests/support/catch.h"

namespace tz::test {

/// A department from JSON texts, as if its files had been read.
inline DepartmentFiles department(const QString &id, const QMap<QString, QByteArray> &entities,
                                  const QStringList &needs = {}, const QStringList &uses = {}, int api = 1)
{
    DepartmentFiles files;
    files.origin = QLatin1String("modules/") + id;
    files.module = QJsonDocument(QJsonObject{{QStringLiteral("id"), id},
                                             {QStringLiteral("label"), id},
                                             {QStringLiteral("api"), api},
                                             {QStringLiteral("needs"), QJsonArray::fromStringList(needs)},
                                             {QStringLiteral("uses"), QJsonArray::fromStringList(uses)}})
                       .toJson();
    for (auto entity = entities.cbegin(); entity != entities.cend(); ++entity) {
        const QString path = QLatin1String("entities/") + entity.key() + QLatin1String(".json");
        (path.endsWith(QLatin1String(".extend.json")) ? files.extensions : files.entities).insert(path, *entity);
    }
    return files;
}

/// The catalog of these departments; the test fails when they have faults.
inline CatalogPtr catalogOf(std::vector<DepartmentFiles> departments)
{
    CatalogBuilder builder;
    for (DepartmentFiles &files : departments)
        builder.add(std::move(files));
    CatalogPtr catalog = builder.build();
    for (const CatalogFault &fault : builder.faults())
        FAIL_CHECK(fault.toString().toStdString());
    for (auto broken = builder.broken().cbegin(); broken != builder.broken().cend(); ++broken)
        FAIL_CHECK(broken.key().toStdString() + ": " + broken->toStdString());
    return catalog;
}

/// The departments of the source tree, whole.
inline std::vector<DepartmentFiles> shippedDepartments()
{
    std::vector<DepartmentFiles> all;
    const QDir modules(QStringLiteral(TZ_SOURCE_DIR "/modules"));
    for (const QString &id : modules.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name)) {
        auto files = DepartmentFiles::read(QDir(modules.filePath(id)));
        REQUIRE_RESULT(files);
        all.push_back(std::move(*files));
    }
    return all;
}

} // namespace tz::test
