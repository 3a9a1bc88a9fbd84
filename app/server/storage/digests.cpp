// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "server/storage/digests.h"

#include "core/sync/audience.h"
#include "core/sync/digest.h"
#include "server/storage/tables.h"

#include <map>

namespace tz::server {

namespace {
const char settingName[] = "digests";
const char counting[] = "of living records";

Result<> add(Statement &select, std::map<qint64, Digest> &digests)
{
    for (;;) {
        TZ_ASSIGN(const bool row, select.step());
        if (!row)
            return {};
        digests[select.integer(0)].add(select.id(1), select.integer(2));
    }
}

Result<std::map<qint64, Digest>> counted(Database &database, const Model &model)
{
    std::map<qint64, Digest> digests;
    for (const Entity *entity : model.catalog->entities()) {
        const QByteArray table = '"' + entity->table.toUtf8() + '"';
        const int number = model.numbers.entity(*entity);
        const qint64 first = audience::key(number, audience::Kind::All, 0);
        TZ_ASSIGN(Statement all, database.prepare("SELECT " + QByteArray::number(first) + ", id, _rev FROM " + table +
                                                  " WHERE _deleted_rev = 0"));
        TZ_TRY(add(all, digests));
        TZ_ASSIGN(Statement keys,
                  database.prepare("SELECT a.key, t.id, t._rev FROM audience a JOIN " + table +
                                   " t ON t.id = a.id WHERE a.key >= ?1 AND a.key < ?2 AND t._deleted_rev = 0"));
        keys.bind(1, first).bind(2, audience::key(number + 1, audience::Kind::All, 0));
        TZ_TRY(add(keys, digests));
    }
    return digests;
}
} // namespace

Result<> ensureDigests(Database &writer, const Model &model)
{
    TZ_ASSIGN(const QByteArray known, setting(writer, settingName));
    if (known == counting)
        return {};
    TZ_ASSIGN(Transaction transaction, Transaction::begin(writer));
    TZ_ASSIGN(const auto digests, counted(writer, model));
    TZ_TRY(writer.execute("DELETE FROM digest"));
    TZ_ASSIGN(Statement insert, writer.prepare("INSERT INTO digest(key, n, sum) VALUES(?1, ?2, ?3)"));
    for (const auto &[key, digest] : digests)
        TZ_TRY(insert.bind(1, key).bind(2, digest.n).bind(3, digest.stored()).run());
    TZ_TRY(setSetting(writer, settingName, counting));
    return transaction.commit();
}

} // namespace tz::server
