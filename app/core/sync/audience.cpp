// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/sync/audience.h"

#include <QCryptographicHash>
#include <QtEndian>

#include <algorithm>

namespace tz::audience {

namespace {
constexpr int kindShift = 38;
constexpr int entityShift = 40;
constexpr int deepestParents = 16;
constexpr qint64 numberMask = (qint64(1) << kindShift) - 1;
} // namespace

qint64 key(int entity, Kind kind, qint64 number)
{
    return qint64(entity) << entityShift | qint64(kind) << kindShift | (number & numberMask);
}

int entityOf(qint64 key)
{
    return int(key >> entityShift);
}

Kind kindOf(qint64 key)
{
    return Kind((key >> kindShift) & 3);
}

qint64 numberOf(qint64 key)
{
    return key & numberMask;
}

std::vector<qint64> recordKeys(int entity, const Record &root, const PrincipalNumber &number)
{
    std::vector<qint64> keys;
    // An entity without owner belongs to whoever created the record, as for the Judge.
    const Field *owner = root.entity->ownerField();
    const Value &by = owner ? root.value(owner->index) : root.value(u"created_by");
    if (by.isId())
        keys.push_back(key(entity, Kind::User, number(by.toId())));
    if (const Field *team = root.entity->teamField(); team && root.value(team->index).isId())
        keys.push_back(key(entity, Kind::Team, number(root.value(team->index).toId())));
    std::sort(keys.begin(), keys.end());
    return keys;
}

Grant readGrant(const Catalog &catalog, const Entity &entity, const Actor &actor)
{
    const Entity *of = &entity;
    for (int depth = 0; of->access.isEmpty() && of->parentField() && depth < deepestParents; ++depth) {
        const Entity *above = catalog.entity(of->parentField()->to);
        if (!above || above == of)
            break;
        of = above;
    }
    if (actor.system || (actor.isAdmin() && !of->access.contains(QStringLiteral("admin")))) {
        Grant all;
        all.read = all.write = Reach::All;
        all.create = all.remove = all.assign = true;
        return all;
    }
    Grant grant = effectiveGrant(of->access, actor.roles);
    // The parent's hidden fields are not this entity's.
    if (of != &entity)
        grant.hidden.clear();
    return grant;
}

std::vector<qint64> userKeys(const Catalog &catalog, const CatalogNumbers &numbers, const Actor &actor,
                             const PrincipalNumber &number)
{
    std::vector<qint64> keys;
    for (const Entity *entity : catalog.entities()) {
        const int n = numbers.entity(*entity);
        if (n < 0)
            continue;
        switch (readGrant(catalog, *entity, actor).read) {
        case Reach::None:
            break;
        case Reach::All:
            keys.push_back(key(n, Kind::All, 0));
            break;
        case Reach::Team:
            for (const Id &team : actor.teams)
                keys.push_back(key(n, Kind::Team, number(team)));
            [[fallthrough]];
        case Reach::Own:
            keys.push_back(key(n, Kind::User, number(actor.user)));
            break;
        }
    }
    std::sort(keys.begin(), keys.end());
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
    return keys;
}

QList<int> visibleFields(const Catalog &catalog, const Entity &entity, const Actor &actor)
{
    const Grant grant = readGrant(catalog, entity, actor);
    QList<int> fields;
    if (grant.read == Reach::None)
        return fields;
    for (const Field &field : entity.fields) {
        if (!field.isDerived() && !field.isLines() && !grant.hidden.contains(field.name))
            fields << field.index;
    }
    return fields;
}

namespace {
QString hashOf(const QString &text)
{
    return QString::fromLatin1(QCryptographicHash::hash(text.toUtf8(), QCryptographicHash::Sha256).first(8).toHex());
}
} // namespace

QHash<QString, QString> visibility(const Catalog &catalog, const Actor &actor)
{
    QHash<QString, QString> all;
    for (const Entity *entity : catalog.entities()) {
        if (readGrant(catalog, *entity, actor).read == Reach::None)
            continue;
        const QList<int> visible = visibleFields(catalog, *entity, actor);
        QStringList names, hidden;
        for (const Field &field : entity->fields) {
            if (visible.contains(field.index))
                names << field.name;
            else if (!field.isDerived() && !field.isLines())
                hidden << hashOf(field.name);
        }
        names.sort();
        hidden.sort();
        hidden.prepend(hashOf(names.join(u'\n')));
        all.insert(entity->fullName, hidden.join(u' '));
    }
    return all;
}

QStringList hiddenIn(const Entity &entity, const QString &visibility)
{
    const QStringList hashes = visibility.split(u' ', Qt::SkipEmptyParts).mid(1);
    QStringList names;
    for (const Field &field : entity.fields) {
        if (!hashes.isEmpty() && hashes.contains(hashOf(field.name)))
            names << field.name;
    }
    return names;
}

qint64 versionOf(const std::vector<qint64> &keys)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const qint64 key : keys) {
        const qint64 ordered = qToBigEndian(key);
        hash.addData(QByteArrayView(reinterpret_cast<const char *>(&ordered), sizeof ordered));
    }
    const qint64 version = qFromBigEndian<qint64>(hash.result().constData()) & std::numeric_limits<qint64>::max();
    return version == 0 ? 1 : version;
}

} // namespace tz::audience
