// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/expression/expression.h"
#include "core/store/attachmentstate.h"
#include "core/store/replicastate_p.h"
#include "core/sync/audience.h"

namespace tz {

using namespace replicanames;

namespace {

QByteArray packed(const wire::KeyList &keys)
{
    QByteArray text = QByteArray::number(keys.version);
    for (const qint64 key : keys.keys)
        text += ' ' + QByteArray::number(key);
    return text;
}

QByteArray packed(const QHash<QString, QString> &map)
{
    QJsonObject object;
    for (auto it = map.begin(); it != map.end(); ++it)
        object.insert(it.key(), it.value());
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

} // namespace

std::set<qint64> unpackedNumbers(QByteArrayView bytes)
{
    std::set<qint64> numbers;
    qint64 number = 0;
    int shift = 0;
    for (const char byte : bytes) {
        number |= qint64(byte & 0x7f) << shift;
        shift += 7;
        if (!(byte & 0x80)) {
            numbers.insert(number);
            number = 0;
            shift = 0;
        }
    }
    return numbers;
}

wire::KeyList unpackedKeys(const QByteArray &text)
{
    wire::KeyList keys;
    const QList<QByteArray> words = text.split(' ');
    keys.version = words.value(0).toLongLong();
    for (const QByteArray &word : words.mid(1))
        keys.keys.push_back(word.toLongLong());
    return keys;
}

QHash<QString, QString> unpackedMap(const QByteArray &json)
{
    QHash<QString, QString> map;
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    for (auto it = object.begin(); it != object.end(); ++it)
        map.insert(it.key(), it.value().toString());
    return map;
}

std::vector<wire::Backfill> ReplicaState::backfills() const
{
    std::vector<wire::Backfill> backfills;
    auto select = d->database().prepare("SELECT key, from_rev FROM sync_key WHERE from_rev IS NOT NULL ORDER BY n");
    if (!select)
        return backfills;
    while (select->step().value_or(false))
        backfills.push_back({select->integer(0), select->integer(1)});
    return backfills;
}

Result<> ReplicaState::Private::keepUnread(const std::set<QString> &names)
{
    if (names.empty())
        return {};
    std::set<QString> all = names;
    for (const QString &name : QString::fromUtf8(state(unreadName)).split(u'\n', Qt::SkipEmptyParts))
        all.insert(name);
    return synctables::setState(database(), unreadName, QStringList(all.begin(), all.end()).join(u'\n').toUtf8());
}

Result<> ReplicaState::refetchUnread()
{
    const QStringList names = QString::fromUtf8(d->state(unreadName)).split(u'\n', Qt::SkipEmptyParts);
    QStringList unknown;
    for (const QString &name : names) {
        const Entity *entity = d->store.catalog().entity(name.section(u' ', 0, 0));
        const QString field = name.section(u' ', 1);
        if (!entity || (!field.isEmpty() && !entity->field(field)))
            unknown << name;
    }
    if (unknown.size() == names.size())
        return {};
    TZ_ASSIGN(auto transaction, Transaction::begin(d->database()));
    TZ_TRY(d->database().execute("UPDATE sync_key SET from_rev = 0"));
    TZ_TRY(synctables::setState(d->database(), unreadName, unknown.join(u'\n').toUtf8()));
    TZ_TRY(synctables::setNumber(d->database(), completeName, 0));
    return transaction.commit();
}

Result<> ReplicaState::receiveScope(const wire::KeyList &keys, const QHash<QString, QString> &visibility)
{
    const NotDurable relaxed(d->database());
    Leftovers leftovers(d->hasLeftovers);
    TZ_ASSIGN(auto transaction, Transaction::begin(d->database()));
    RowApplier applier(d->store, true, {});
    TZ_TRY(applier.begin());
    TZ_TRY(d->applyKeys(applier, keys));
    TZ_TRY(applier.finish());
    TZ_TRY(d->applyVisibility(visibility));
    if (!backfills().empty())
        TZ_TRY(synctables::setNumber(d->database(), completeName, 0));
    TZ_TRY(transaction.commit());
    leftovers.none();
    applier.announce();
    return {};
}

Result<> ReplicaState::Private::gainKeys(const std::vector<qint64> &keys)
{
    TZ_ASSIGN(const bool empty, isEmpty());
    // A first sync follows the common cursor; later keys have their own until their past has been fetched.
    TZ_ASSIGN(auto gain, database().prepare("INSERT OR IGNORE INTO sync_key(n, key, from_rev) VALUES "
                                            "((SELECT coalesce(max(n), 0) + 1 FROM sync_key), ?1, ?2)"));
    bool gained = false;
    for (const qint64 key : keys) {
        gain.bind(1, key);
        if (empty)
            gain.bind(2, nullptr);
        else
            gain.bind(2, 0);
        TZ_TRY(gain.run());
        gained = gained || database().changedRows() > 0;
    }
    // The list that is held is no longer what this replica follows. Were it the server's again before the next page,
    // no page would say so: asked for without a version, it comes.
    return gained ? synctables::setState(database(), keysName, packed({0, this->keys().keys})) : Result<>();
}

Result<> ReplicaState::Private::applyKeys(RowApplier &applier, const wire::KeyList &keys)
{
    const std::set<qint64> wanted(keys.keys.begin(), keys.keys.end());
    std::set<qint64> lostNumbers;
    bool hadPast = true;
    {
        TZ_ASSIGN(auto select, database().prepare("SELECT n, key, from_rev FROM sync_key"));
        for (;;) {
            TZ_ASSIGN(const bool row, select.step());
            if (!row)
                break;
            if (wanted.contains(select.integer(1)))
                continue;
            lostNumbers.insert(select.integer(0));
            hadPast = hadPast && select.isNull(2);
        }
    }
    TZ_TRY(gainKeys(keys.keys));
    if (!lostNumbers.empty()) {
        TZ_TRY(evictUngranted(applier, lostNumbers));
        TZ_ASSIGN(auto lose, database().prepare("DELETE FROM sync_key WHERE n = ?1"));
        for (const qint64 number : lostNumbers)
            TZ_TRY(lose.bind(1, number).run());
        // A key that came with an answer and is gone before its past was here: what the answer wrote is noted under
        // that key alone, and went with it, though a key that stays may grant it too.
        if (!hadPast)
            TZ_TRY(database().execute("UPDATE sync_key SET from_rev = 0"));
    }
    return synctables::setState(database(), keysName, packed(keys));
}

Result<> ReplicaState::Private::evictUngranted(RowApplier &applier, const std::set<qint64> &lost)
{
    std::set<qint64> ofAll;
    {
        TZ_ASSIGN(auto select, database().prepare("SELECT n, key FROM sync_key"));
        for (;;) {
            TZ_ASSIGN(const bool row, select.step());
            if (!row)
                break;
            if (!lost.contains(select.integer(0)) && audience::kindOf(select.integer(1)) == audience::Kind::All)
                ofAll.insert(select.integer(0));
        }
    }
    for (const Entity *entity : store.catalog().entities()) {
        const QByteArray table = entity->table.toUtf8();
        // A deletion comes without keys: the record may have changed hands before, and the keys here be those of then.
        // The recycle bin is fetched by nobody who comes new either; what hangs under it may still be in sight.
        std::vector<Id> deleted;
        {
            TZ_ASSIGN(auto select, database().prepare("SELECT id, _keys FROM " + table +
                                                      " WHERE _state & 2 AND _state & 1 = 0 AND _rev <> 0"));
            for (;;) {
                TZ_ASSIGN(const bool row, select.step());
                if (!row)
                    break;
                const std::set<qint64> numbers = unpackedNumbers(select.bytes(1));
                if (std::ranges::none_of(numbers, [&](qint64 number) { return ofAll.contains(number); }))
                    deleted.push_back(select.id(0));
            }
        }
        for (const Id &id : deleted)
            TZ_TRY(applier.evict(*entity, id, std::numeric_limits<qint64>::max()));
        // Rows share few combinations of keys: those that only lost keys grant are looked for first.
        std::vector<QByteArray> dead;
        {
            TZ_ASSIGN(auto select, database().prepare("SELECT DISTINCT _keys FROM " + table +
                                                      " WHERE _rev <> 0 AND length(_keys) > 0"));
            for (;;) {
                TZ_ASSIGN(const bool row, select.step());
                if (!row)
                    break;
                const std::set<qint64> numbers = unpackedNumbers(select.bytes(0));
                if (std::ranges::includes(lost, numbers))
                    dead.push_back(select.bytes(0));
            }
        }
        for (const QByteArray &keys : dead) {
            std::vector<Id> ids;
            {
                TZ_ASSIGN(auto select,
                          database().prepare("SELECT id FROM " + table + " WHERE _keys = ?1 AND _rev <> 0"));
                TZ_ASSIGN(ids, select.bind(1, keys).ids());
            }
            for (const Id &id : ids)
                TZ_TRY(applier.evict(*entity, id, std::numeric_limits<qint64>::max()));
        }
    }
    TZ_TRY(forgetUngrantedAside(lost));
    if (applier.hasEvicted())
        TZ_TRY(synctables::setNumber(database(), scrubName, 1));
    return {};
}

Result<> ReplicaState::Private::forgetUngrantedAside(const std::set<qint64> &lost)
{
    std::set<qint64> left;
    {
        TZ_ASSIGN(auto select, database().prepare("SELECT n FROM sync_key"));
        for (;;) {
            TZ_ASSIGN(const bool row, select.step());
            if (!row)
                break;
            if (!lost.contains(select.integer(0)))
                left.insert(select.integer(0));
        }
    }
    std::vector<QByteArray> dead;
    {
        TZ_ASSIGN(auto select, database().prepare("SELECT DISTINCT keys FROM sync_aside WHERE length(keys) > 0"));
        for (;;) {
            TZ_ASSIGN(const bool row, select.step());
            if (!row)
                break;
            // No server says that they leave: what no key grants any more goes, also when it lost one before.
            const std::set<qint64> numbers = unpackedNumbers(select.bytes(0));
            if (std::ranges::none_of(numbers, [&](qint64 number) { return left.contains(number); }))
                dead.push_back(select.bytes(0));
        }
    }
    TZ_ASSIGN(auto drop, database().prepare("DELETE FROM sync_aside WHERE keys = ?1"));
    for (const QByteArray &keys : dead)
        TZ_TRY(drop.bind(1, keys).run());
    return dead.empty() ? Result<>() : synctables::setNumber(database(), scrubName, 1);
}

Result<> ReplicaState::Private::applyVisibility(const QHash<QString, QString> &visibility)
{
    const QByteArray before = state(visibilityName);
    if (before == packed(visibility))
        return {};
    const QHash<QString, QString> hiddenBefore = unpackedMap(state(hiddenName));
    QHash<QString, QString> hiddenNow;
    bool wider = false;
    for (const Entity *entity : store.catalog().entities()) {
        const QList<int> visible = audience::visibleFields(store.catalog(), *entity, store.actor());
        QStringList names;
        for (const Field &field : entity->fields) {
            if (!visible.isEmpty() && !visible.contains(field.index) && !field.isDerived() && !field.isLines())
                names << field.name;
        }
        // The server's rules may be newer than ours.
        for (const QString &name : audience::hiddenIn(*entity, visibility.value(entity->fullName))) {
            if (!names.contains(name))
                names << name;
        }
        names.sort();
        if (!names.isEmpty())
            hiddenNow.insert(entity->fullName, names.join(QLatin1Char(' ')));
    }
    const QHash<QString, QString> seenBefore = unpackedMap(before);
    TZ_ASSIGN(const bool empty, isEmpty());
    for (const Entity *entity : store.catalog().entities()) {
        const QStringList was = hiddenBefore.value(entity->fullName).split(QLatin1Char(' '), Qt::SkipEmptyParts);
        const QStringList is = hiddenNow.value(entity->fullName).split(QLatin1Char(' '), Qt::SkipEmptyParts);
        const bool changed = seenBefore.value(entity->fullName) != visibility.value(entity->fullName);
        // What was hidden by our rules may be here all the same: a server that is ahead of them sent it.
        const QStringList sent = sentFields(*entity);
        QStringList gone;
        bool onlyNarrower = std::ranges::all_of(was, [&](const QString &field) { return is.contains(field); });
        for (const QString &field : is) {
            if (!was.contains(field)) {
                gone << field;
            } else if (changed && sent.contains(field)) {
                gone << field;
                onlyNarrower = false;
            }
        }
        onlyNarrower = onlyNarrower && !gone.isEmpty();
        if (!gone.isEmpty() && !empty)
            TZ_TRY(hideColumns(*entity, gone));
        wider = wider || (changed && !onlyNarrower && visibility.contains(entity->fullName));
    }
    // Fields that came into sight are fetched with the rows; which keys grant them only the server knows.
    if (wider && !empty)
        TZ_TRY(database().execute("UPDATE sync_key SET from_rev = 0"));
    TZ_TRY(synctables::setState(database(), hiddenName, packed(hiddenNow)));
    return synctables::setState(database(), visibilityName, packed(visibility));
}

Result<> ReplicaState::Private::hideKept(const char *table, const Value &of, const Entity &entity,
                                         const QStringList &fields)
{
    std::vector<std::pair<Id, QByteArray>> rows;
    {
        TZ_ASSIGN(auto select, database().prepare("SELECT id, row FROM " + QByteArray(table) +
                                                  " WHERE entity = ?1 AND row IS NOT NULL"));
        select.bind(1, of);
        for (;;) {
            TZ_ASSIGN(const bool row, select.step());
            if (!row)
                break;
            rows.emplace_back(select.id(0), select.bytes(1));
        }
    }
    TZ_ASSIGN(auto update,
              database().prepare("UPDATE " + QByteArray(table) + " SET row = ?3 WHERE entity = ?1 AND id = ?2"));
    for (const auto &[id, row] : rows) {
        TZ_ASSIGN(Record kept, synctables::unpackedRow(entity, id, row));
        for (const QString &name : fields)
            kept.set(name, {});
        TZ_TRY(update.bind(1, of).bind(2, id).bind(3, synctables::packedRow(kept)).run());
    }
    return {};
}

Result<> ReplicaState::Private::hideColumns(const Entity &entity, const QStringList &fields)
{
    const int entityNumber = store.numbers().entity(entity);
    const QByteArray table = entity.table.toUtf8();
    TZ_ASSIGN(auto history, database().prepare("DELETE FROM _history WHERE entity = ?1 AND field = ?2"));
    for (const QString &name : fields) {
        const Field *field = entity.field(name);
        if (!field)
            continue;
        const int fieldNumber = store.numbers().field(entity, field->index);
        TZ_TRY(history.bind(1, entityNumber).bind(2, fieldNumber).run());
        if (field->isSet()) {
            // Also of what lies in the recycle bin.
            TZ_ASSIGN(auto select,
                      database().prepare("SELECT DISTINCT owner FROM _member WHERE entity = ?1 AND field = ?2"));
            TZ_ASSIGN(const auto owners, select.bind(1, entityNumber).bind(2, fieldNumber).ids());
            for (const Id &owner : owners) {
                if (field->type == FieldType::Attachments)
                    TZ_TRY(attachmenttables::noteLeaving(database(), store.numbers(), entity, owner));
                TZ_TRY(store.rows().setMembers(entity, owner, *field, {}));
            }
        } else if (field->hasColumn() && !field->isDerived()) {
            TZ_TRY(database().execute("UPDATE " + table + " SET \"" + name.toUtf8() + "\" = NULL WHERE \"" +
                                      name.toUtf8() + "\" IS NOT NULL AND _rev <> 0"));
        }
        if (name == entity.title)
            TZ_TRY(database().execute("UPDATE " + table + " SET _sort = NULL WHERE _rev <> 0"));
    }
    TZ_TRY(hideDerived(entity, QSet<QString>(fields.begin(), fields.end())));
    TZ_TRY(hideKept("sync_base", Value(entityNumber), entity, fields));
    TZ_TRY(hideKept("sync_aside", Value(entity.fullName), entity, fields));
    TZ_TRY(synctables::forgetOthers(database(), entity.fullName, fields));
    TZ_ASSIGN(auto all, database().prepare("SELECT rowid FROM " + table));
    std::vector<qint64> indexed;
    for (;;) {
        TZ_ASSIGN(const bool row, all.step());
        if (!row)
            break;
        indexed.push_back(all.integer(0));
    }
    for (const qint64 rowId : entity.search.isEmpty() ? std::vector<qint64>() : indexed) {
        // The words go now, before the index is merged; what may still be found is found again a little later.
        TZ_TRY(store.searchIndex().remove(entity, rowId));
        TZ_TRY(store.searchIndex().defer(entity, rowId));
    }
    return synctables::setNumber(database(), scrubName, 1);
}

Result<> ReplicaState::Private::followSent(const wire::TableRows &table)
{
    const Entity *entity = store.catalog().entity(table.entity);
    if (!entity)
        return {};
    // Nearly always as it was a moment ago, and asked for each edit of many.
    const QByteArray name = sentPrefix + table.entity.toUtf8();
    const QByteArray known = state(name.constData());
    if (known == followed.text && table.fields == followed.fields)
        return {};
    const QStringList before = sentFields(*entity);
    QStringList now = table.fields;
    now.sort();
    if (now == before) {
        followed = {known, table.fields};
        return {};
    }
    QStringList gone;
    for (const QString &field : before) {
        if (!now.contains(field))
            gone << field;
    }
    if (!gone.isEmpty())
        TZ_TRY(hideColumns(*entity, gone));
    return synctables::setState(database(), name.constData(), now.join(QLatin1Char(' ')).toUtf8());
}

QStringList ReplicaState::Private::sentFields(const Entity &entity) const
{
    const QByteArray name = sentPrefix + entity.fullName.toUtf8();
    return QString::fromUtf8(state(name.constData())).split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

Result<> ReplicaState::Private::hideDerived(const Entity &entity, QSet<QString> hidden)
{
    const auto readsHidden = [&](const QStringList &paths) {
        return std::ranges::any_of(paths,
                                   [&](const QString &path) { return hidden.contains(path.section(u'.', 0, 0)); });
    };
    // A formula may read another one that is declared after it.
    for (qsizetype before = 0; before != hidden.size();) {
        before = hidden.size();
        for (const Field &field : entity.fields) {
            if (!field.formula || hidden.contains(field.name) || !readsHidden(field.formula->paths()))
                continue;
            hidden.insert(field.name);
            if (field.hasColumn())
                TZ_TRY(database().execute("UPDATE " + entity.table.toUtf8() + " SET \"" + field.name.toUtf8() +
                                          "\" = NULL WHERE _rev <> 0"));
        }
    }
    for (const Entity *other : store.catalog().entities()) {
        const bool sums = std::ranges::any_of(other->fields, [&](const Field &field) {
            return field.rollup && field.rollup->entity == entity.fullName &&
                   (hidden.contains(field.rollup->value) ||
                    (field.rollup->filter && readsHidden(field.rollup->filter->paths())));
        });
        if (!sums)
            continue;
        TZ_ASSIGN(auto select, database().prepare("SELECT id FROM " + other->table.toUtf8()));
        TZ_ASSIGN(const auto ids, select.ids());
        TZ_TRY(store.refreshDerived(*other, ids));
    }
    return {};
}

bool ReplicaState::Private::forgetHidden(Batch &batch) const
{
    bool forgot = false;
    const QHash<QString, QString> hidden = unpackedMap(state(hiddenName));
    for (auto it = hidden.begin(); it != hidden.end(); ++it)
        forgot = synctables::forgetOthers(batch, it.key(), it->split(u' ', Qt::SkipEmptyParts)) || forgot;
    // Also by the server's rules, where they are others than ours.
    std::set<QString> entities;
    for (const Change &change : batch.changes)
        entities.insert(change.entity);
    for (const QString &name : entities) {
        const Entity *entity = store.catalog().entity(name);
        const QStringList shown = entity ? sentFields(*entity) : QStringList();
        if (shown.isEmpty())
            continue;
        QStringList fields;
        for (const Field &field : entity->fields) {
            if (!shown.contains(field.name))
                fields << field.name;
        }
        forgot = synctables::forgetOthers(batch, name, fields) || forgot;
    }
    return forgot;
}

} // namespace tz
