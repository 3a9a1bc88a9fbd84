// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/catalog/faults.h"

namespace tz {

/// Where the parts of an entity were declared: an extension's fields stand in another file.
struct EntityOrigin {
    Place place;
    /// By field name, and by action name.
    QHash<QString, Place> fields, actions, claims;
    QHash<QString, Place> states;
    /// Of the sections of the form, in order.
    QList<Place> sections;
    /// Lists of names that can only be checked when all layers are there: where, and what they say.
    struct Names {
        Place place;
        QStringList names;
        /// Each must have a column (an index).
        bool columnsOnly = false;
        /// May go along links.
        bool paths = false;
    };
    QList<Names> names;
};

/// One field object, from an entity file, an extension or the company's own fields.
Field readField(ObjectReader &json);
/// An entity file, without what needs other entities.
std::unique_ptr<Entity> readEntity(const QJsonObject &json, const Place &place, const QString &department,
                                   EntityOrigin &origin, Faults &faults);
/// Adds what an extension file says to an entity.
void extendEntity(Entity &entity, const QJsonObject &json, const Place &place, EntityOrigin &origin, Faults &faults);
void addField(Entity &entity, Field field, const Place &place, EntityOrigin &origin, Faults &faults);
/// Lists, keys and title that were not declared; system fields; seals.
void completeEntity(Entity &entity, EntityOrigin &origin, Faults &faults);
ReportSpec readReport(const QJsonObject &json, const Place &place, const QString &department, Faults &faults);
DepartmentSpec readSpec(const QJsonObject &json, const Place &place, Faults &faults);

} // namespace tz
