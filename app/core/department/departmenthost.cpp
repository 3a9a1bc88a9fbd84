// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/department/departmenthost.h"

#include "core/base/check.h"
#include "core/catalog/entityreader.h"
#include "core/catalog/needs.h"

#include <QCoreApplication>
#include <QLibrary>

namespace tz {

struct DepartmentHost::Loaded {
    DepartmentSpec spec;
    QString file;
    DepartmentFiles files;
    std::unique_ptr<QPluginLoader> loader;
    std::unique_ptr<Department> owned;
    Department *department = nullptr;
    QString failure;
    QList<CatalogFault> faults;
};

namespace {
const QLatin1String interfaceName("tongzhou.Department/1");

DepartmentSpec specFrom(const QJsonObject &json, const QString &file, QList<CatalogFault> &found, QString &failure)
{
    Faults faults;
    DepartmentSpec spec = readSpec(json, {file, {}, {}}, faults);
    found = faults.list();
    if (!found.isEmpty())
        failure = found.first().toString();
    if (spec.id.isEmpty())
        spec.id = QFileInfo(file).completeBaseName();
    return spec;
}
} // namespace

DepartmentHost::DepartmentHost() = default;

DepartmentHost::~DepartmentHost() = default;

QString DepartmentHost::defaultFolder()
{
    const QString chosen = qEnvironmentVariable("TONGZHOU_DEPARTMENTS");
    if (!chosen.isEmpty())
        return chosen;
    const QDir program(QCoreApplication::applicationDirPath());
    // Beside the programs, beside them seen from the tests' folder, and as installed.
    for (const char *candidate : {"departments", "../bin/departments", TONGZHOU_INSTALLED_DEPARTMENTS}) {
        const QString folder = QDir::cleanPath(program.filePath(QLatin1String(candidate)));
        // A folder of that name without libraries is something else.
        const QStringList files = QDir(folder).entryList(QDir::Files);
        if (std::any_of(files.cbegin(), files.cend(), [](const QString &file) { return QLibrary::isLibrary(file); }))
            return folder;
    }
    return program.filePath(QStringLiteral("departments"));
}

void DepartmentHost::scan(const QString &folder)
{
    const QDir dir(folder);
    const QStringList names = dir.entryList(QDir::Files, QDir::Name);
    for (const QString &name : names) {
        if (!QLibrary::isLibrary(name))
            continue;
        auto department = std::make_unique<Loaded>();
        department->file = dir.filePath(name);
        department->loader = std::make_unique<QPluginLoader>(department->file);
        // Functions of the library stand in the contributions: it must stay.
        department->loader->setLoadHints(QLibrary::PreventUnloadHint);
        const QJsonObject data = department->loader->metaData();
        const QString interface = data.value(QStringLiteral("IID")).toString();
        if (interface.startsWith(QLatin1String("tongzhou.DepartmentViews/")))
            continue;
        if (interface != interfaceName) {
            department->spec.id = QFileInfo(name).completeBaseName();
            department->failure = interface.isEmpty()
                                      ? QStringLiteral("The library is not a plugin")
                                      : QStringLiteral("The library is a plugin of another kind (%1)").arg(interface);
        } else {
            department->spec = specFrom(data.value(QStringLiteral("MetaData")).toObject(), department->file,
                                        department->faults, department->failure);
        }
        m_loaded.push_back(std::move(department));
    }
}

void DepartmentHost::adopt(std::unique_ptr<Department> department, DepartmentFiles files)
{
    auto loaded = std::make_unique<Loaded>();
    loaded->file = files.origin;
    loaded->spec = specFrom(QJsonDocument::fromJson(files.module).object(),
                            files.origin + QLatin1String("/module.json"), loaded->faults, loaded->failure);
    loaded->files = std::move(files);
    loaded->owned = std::move(department);
    loaded->department = loaded->owned.get();
    m_loaded.push_back(std::move(loaded));
}

DepartmentHost::Loaded *DepartmentHost::find(const QString &id)
{
    const auto found =
        std::find_if(m_loaded.begin(), m_loaded.end(), [&](const auto &one) { return one->spec.id == id; });
    return found == m_loaded.end() ? nullptr : found->get();
}

/// Interface numbers, doubles, missing needs and circles: all from the metadata, before any library is loaded.
void DepartmentHost::resolve()
{
    QHash<QString, DepartmentSpec> specs;
    for (const auto &department : m_loaded) {
        if (department->failure.isEmpty() && department->spec.api != departmentApi)
            department->failure = QStringLiteral("It was built for interface %1; this program has %2")
                                      .arg(department->spec.api)
                                      .arg(departmentApi);
        if (department->failure.isEmpty() && specs.contains(department->spec.id))
            department->failure = QStringLiteral("There are two departments “%1”").arg(department->spec.id);
        else
            specs.insert(department->spec.id, department->spec);
    }
    failThoseInNeed();
}

void DepartmentHost::failThoseInNeed()
{
    QHash<QString, DepartmentSpec> specs;
    QHash<QString, QString> broken;
    for (const auto &department : m_loaded) {
        specs.insert(department->spec.id, department->spec);
        if (!department->failure.isEmpty())
            broken.insert(department->spec.id, department->failure);
    }
    const QStringList order = orderOfNeeds(specs, broken);
    for (const auto &department : m_loaded) {
        if (department->failure.isEmpty())
            department->failure = broken.value(department->spec.id);
    }
    std::stable_sort(m_loaded.begin(), m_loaded.end(), [&](const auto &a, const auto &b) {
        const auto place = [&](const QString &id) { return order.contains(id) ? order.indexOf(id) : order.size(); };
        return place(a->spec.id) < place(b->spec.id);
    });
}

void DepartmentHost::load(Loaded &department)
{
    if (!department.loader)
        return;
    department.department = qobject_cast<Department *>(department.loader->instance());
    if (!department.department) {
        department.failure = QStringLiteral("The library cannot be loaded: %1").arg(department.loader->errorString());
        return;
    }
    QDir declarations(QLatin1String(":/departments/") + department.spec.id);
    const QString sources = qEnvironmentVariable("TONGZHOU_MODULES");
    if (!sources.isEmpty() && QDir(sources).exists(department.spec.id))
        declarations.setPath(QDir(sources).filePath(department.spec.id));
    auto files = DepartmentFiles::read(declarations);
    if (files)
        department.files = std::move(*files);
    else
        department.failure = QStringLiteral("Its declarations cannot be read: %1").arg(files.error().toString());
}

void DepartmentHost::compose(const QList<std::pair<QString, QJsonObject>> &customFields)
{
    CatalogBuilder builder;
    for (const auto &department : m_loaded) {
        if (department->failure.isEmpty())
            builder.add(department->files);
    }
    for (const auto &[entity, field] : customFields)
        builder.addField(entity, field);
    m_catalog = builder.build();
    for (const auto &department : m_loaded) {
        if (department->failure.isEmpty())
            department->failure = builder.broken().value(department->spec.id);
        for (const CatalogFault &fault : builder.faults()) {
            if (!department->files.origin.isEmpty() && fault.file.startsWith(department->files.origin + u'/'))
                department->faults << fault;
        }
    }
    m_customFieldFaults.clear();
    for (const CatalogFault &fault : builder.faults()) {
        if (fault.file.startsWith(QLatin1String("custom field ")))
            m_customFieldFaults << fault;
    }
}

/// False: a department failed, and everything has to be composed again without it.
bool DepartmentHost::contributeAll()
{
    m_contributions = {};
    for (const auto &department : m_loaded) {
        if (!department->failure.isEmpty())
            continue;
        try {
            if (const auto done = department->department->contribute(m_contributions); !done)
                department->failure = QStringLiteral("It failed to start: %1").arg(done.error().toString());
        } catch (const CheckFailed &failed) {
            department->failure = QStringLiteral("It failed to start: %1 (%2:%3)")
                                      .arg(QString::fromUtf8(failed.condition), QString::fromUtf8(failed.file))
                                      .arg(failed.line);
        } catch (const std::exception &exception) {
            department->failure = QStringLiteral("It failed to start: %1").arg(QString::fromUtf8(exception.what()));
        }
        if (!department->failure.isEmpty()) {
            failThoseInNeed();
            return false;
        }
    }
    return true;
}

void DepartmentHost::start(const QList<std::pair<QString, QJsonObject>> &customFields)
{
    resolve();
    for (const auto &department : m_loaded) {
        if (department->failure.isEmpty())
            load(*department);
    }
    do {
        failThoseInNeed();
        compose(customFields);
    } while (!contributeAll());
    m_status.clear();
    for (const auto &department : m_loaded) {
        m_status.append({department->spec, department->file, department->failure.isEmpty(), department->failure,
                         department->faults});
    }
}

void DepartmentHost::setCustomFields(const QList<std::pair<QString, QJsonObject>> &customFields)
{
    compose(customFields);
}

bool DepartmentHost::allRunning() const
{
    return std::all_of(m_status.cbegin(), m_status.cend(), [](const Status &status) { return status.running; });
}

} // namespace tz
