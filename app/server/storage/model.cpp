// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "server/storage/model.h"

namespace tz::server {

Result<ModelPtr> makeModel(CatalogPtr catalog, const Contributions &contributions, CatalogNumbers numbers)
{
    auto model = std::make_shared<Model>();
    model->contributions = &contributions;
    model->numbers = std::move(numbers);
    const std::pair<const char *, const Entity **> needed[] = {{"foundation.user", &model->user},
                                                               {"foundation.team", &model->team},
                                                               {"foundation.role", &model->role},
                                                               {"foundation.conflict", &model->conflict}};
    for (const auto &[name, place] : needed) {
        *place = catalog->entity(QString::fromLatin1(name));
        if (!*place)
            return fail("server.no_foundation", {{QStringLiteral("entity"), QString::fromLatin1(name)}});
    }
    for (const Entity *entity : catalog->entities()) {
        const Field *parent = entity->parentField();
        if (const Entity *above = parent ? catalog->entity(parent->to) : nullptr)
            model->children[above] << entity;
        for (const Field &field : entity->fields) {
            const Entity *of = field.rollup ? catalog->entity(field.rollup->entity) : nullptr;
            const std::pair<int, const Entity *> link{of ? of->indexOf(field.rollup->by) : -1, entity};
            if (link.first >= 0 && !model->counted[of].contains(link))
                model->counted[of] << link;
        }
    }
    for (const Entity *entity : catalog->entities()) {
        QList<const Entity *> &all = model->descendants[entity];
        QList<const Entity *> open = model->children.value(entity);
        while (!open.isEmpty()) {
            const Entity *next = open.takeFirst();
            if (all.contains(next))
                continue;
            all << next;
            open << model->children.value(next);
        }
    }
    model->catalog = std::move(catalog);
    return ModelPtr(std::move(model));
}

} // namespace tz::server
