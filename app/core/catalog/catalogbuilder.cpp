// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/catalog/catalogcheck.h"
#include "core/catalog/needs.h"

#include <QCryptographicHash>

namespace tz {

namespace {
struct Parsed {
    DepartmentSpec spec;
    const DepartmentFiles *files = nullptr;
};

Place placeOf(const DepartmentFiles &files, const QString &name, const QString &department)
{
    return {files.origin + u'/' + name, {}, department};
}

void readFiles(const DepartmentFiles &files, const QString &department, Draughts &draughts, Faults &faults)
{
    for (auto file = files.entities.cbegin(); file != files.entities.cend(); ++file) {
        const Place place = placeOf(files, file.key(), department);
        const auto json = parseObject(*file, place, faults);
        if (!json)
            continue;
        EntityOrigin origin;
        auto entity = readEntity(*json, place, department, origin, faults);
        if (draughts.byName.contains(entity->fullName)) {
            faults.add(place, "catalog.duplicate_name", QStringLiteral("%1 is declared twice").arg(entity->fullName));
            continue;
        }
        draughts.byName.insert(entity->fullName, entity.get());
        draughts.origins.insert(entity->fullName, std::move(origin));
        draughts.entities.push_back(std::move(entity));
    }
    for (auto file = files.reports.cbegin(); file != files.reports.cend(); ++file) {
        const Place place = placeOf(files, file.key(), department);
        if (const auto json = parseObject(*file, place, faults)) {
            draughts.reports << readReport(*json, place, department, faults);
            draughts.reportPlaces.insert(draughts.reports.last().fullName, place);
        }
    }
}

void readExtensions(const DepartmentFiles &files, const DepartmentSpec &spec, Draughts &draughts, Faults &faults)
{
    for (auto file = files.extensions.cbegin(); file != files.extensions.cend(); ++file) {
        const Place place = placeOf(files, file.key(), spec.id);
        const auto json = parseObject(*file, place, faults);
        if (!json)
            continue;
        const QString name = json->value(QStringLiteral("extend")).toString();
        const QString department = name.section(u'.', 0, 0);
        const Place at = place.at(QStringLiteral("extend"));
        if (!spec.needs.contains(department) && !spec.uses.contains(department)) {
            faults.add(at, "catalog.link_outside_needs",
                       QStringLiteral("“%1” is not of a department that this one needs or uses").arg(name),
                       QStringLiteral("Add \"%1\" to “needs” or “uses” of module.json").arg(department));
            continue;
        }
        if (Entity *entity = draughts.byName.value(name, nullptr))
            extendEntity(*entity, *json, place, draughts.origins[name], faults);
        else if (draughts.specs.contains(department))
            faults.unknown(at, "catalog.unknown_entity", QStringLiteral("entity"), name, draughts.byName.keys());
    }
}

/// Stands for the file in messages about a field that the company added.
QString customFile(const QString &entity, const QJsonObject &field)
{
    return QStringLiteral("custom field %1.%2").arg(entity, field.value(QStringLiteral("name")).toString());
}

void readCustomField(const QString &entityName, const QJsonObject &object, Draughts &draughts, Faults &faults)
{
    const Place place{customFile(entityName, object), {}, {}};
    Entity *entity = draughts.byName.value(entityName, nullptr);
    if (!entity) {
        faults.unknown(place, "catalog.unknown_entity", QStringLiteral("entity"), entityName, draughts.byName.keys());
        return;
    }
    ObjectReader json(object, place, faults);
    const auto before = faults.list().size();
    Field field = readField(json);
    field.custom = true;
    if (field.type == FieldType::State || field.isLines() || field.rollup)
        faults.add(json.place("type"), "catalog.unknown_type",
                   QStringLiteral("Fields of this type cannot be added at run time"));
    if (faults.list().size() == before)
        addField(*entity, std::move(field), place, draughts.origins[entityName], faults);
}

QList<std::pair<QString, QByteArray>> textsOf(const QStringList &order, const QHash<QString, Parsed> &parsed,
                                              const QList<std::pair<QString, QJsonObject>> &customFields)
{
    QList<std::pair<QString, QByteArray>> texts;
    QStringList sorted = order;
    sorted.sort();
    for (const QString &id : sorted) {
        const DepartmentFiles &files = *parsed[id].files;
        for (const auto *part : {&files.entities, &files.extensions}) {
            for (auto file = part->cbegin(); file != part->cend(); ++file)
                texts.append({id + u'/' + file.key(), *file});
        }
    }
    QMap<QString, QByteArray> custom;
    for (const auto &[entity, field] : customFields)
        custom.insert(entity + u'/' + field.value(QStringLiteral("name")).toString(),
                      QJsonDocument(field).toJson(QJsonDocument::Compact));
    for (auto field = custom.cbegin(); field != custom.cend(); ++field)
        texts.append({field.key(), *field});
    return texts;
}

QString markOf(const QList<std::pair<QString, QByteArray>> &texts)
{
    QCryptographicHash hash(QCryptographicHash::Blake2b_256);
    for (const auto &[name, text] : texts) {
        hash.addData(name.toUtf8());
        hash.addData(QByteArray::number(text.size()));
        hash.addData(text);
    }
    return QString::fromLatin1(hash.result().toHex().left(32));
}
} // namespace

void CatalogBuilder::add(DepartmentFiles files)
{
    m_files.push_back(std::move(files));
}

void CatalogBuilder::addField(const QString &entity, const QJsonObject &field)
{
    m_customFields.append({entity, field});
}

CatalogPtr CatalogBuilder::build()
{
    m_faults.clear();
    m_broken.clear();
    Faults specFaults;
    QHash<QString, Parsed> parsed;
    QHash<QString, DepartmentSpec> specs;
    for (const DepartmentFiles &files : m_files) {
        const QString folder = QDir(files.origin).dirName();
        const Place place = placeOf(files, QStringLiteral("module.json"), folder);
        const auto before = specFaults.list().size();
        const auto json = parseObject(files.module, place, specFaults);
        DepartmentSpec spec = json ? readSpec(*json, place, specFaults) : DepartmentSpec{};
        if (spec.id.isEmpty())
            spec.id = folder;
        if (parsed.contains(spec.id))
            specFaults.add(place.at(QStringLiteral("id")), "catalog.duplicate_name",
                           QStringLiteral("There are two departments “%1”").arg(spec.id));
        if (specFaults.list().size() != before)
            m_broken.insert(spec.id, specFaults.list().at(before).toString());
        parsed.insert(spec.id, {spec, &files});
        specs.insert(spec.id, spec);
    }
    m_faults = specFaults.list();

    // A department with faults is taken out and everything is composed again without it, until nothing is wrong.
    auto customFields = m_customFields;
    while (true) {
        const QStringList order = orderOfNeeds(specs, m_broken);
        auto catalog = std::make_shared<Catalog>();
        Faults faults;
        Draughts draughts;
        draughts.catalog = catalog.get();
        for (const QString &id : order)
            draughts.specs.insert(id, parsed[id].spec);
        for (const QString &id : order)
            readFiles(*parsed[id].files, id, draughts, faults);
        for (const QString &id : order)
            readExtensions(*parsed[id].files, parsed[id].spec, draughts, faults);
        for (const auto &[entity, field] : customFields)
            readCustomField(entity, field, draughts, faults);
        for (const auto &entity : draughts.entities)
            completeEntity(*entity, draughts.origins[entity->fullName], faults);
        for (const auto &entity : draughts.entities) {
            catalog->m_order << entity.get();
            catalog->m_byName.insert(entity->fullName, entity.get());
        }
        checkCatalog(draughts, faults);
        m_faults << faults.list();
        if (!faults.list().isEmpty()) {
            QSet<QString> files;
            for (const CatalogFault &fault : faults.list())
                files.insert(fault.file);
            customFields.removeIf(
                [&](const auto &field) { return files.contains(customFile(field.first, field.second)); });
            const QHash<QString, QString> found = faults.departments();
            for (auto department = found.cbegin(); department != found.cend(); ++department) {
                if (!department.key().isEmpty())
                    m_broken.insert(department.key(), *department);
            }
            continue;
        }
        std::stable_sort(catalog->m_order.begin(), catalog->m_order.end(), [&](const Entity *a, const Entity *b) {
            return std::pair(order.indexOf(a->department), a->order) <
                   std::pair(order.indexOf(b->department), b->order);
        });
        catalog->m_entities = std::move(draughts.entities);
        catalog->m_reports = std::move(draughts.reports);
        for (const QString &id : order)
            catalog->m_departments << parsed[id].spec;
        catalog->m_texts = textsOf(order, parsed, customFields);
        catalog->m_mark = markOf(catalog->m_texts);
        return catalog;
    }
}

} // namespace tz
