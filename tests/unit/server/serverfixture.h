// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/department/departmenthost.h"
#include "core/sync/hybridclock.h"
#include "server/api/api.h"
#include "server/api/service.h"
#include "tests/support/catch.h"

#include <QTemporaryDir>

namespace tz::test {

/// A department for the server's tests: accounts with a hidden field, a merge group, tags, a state and a number;
/// contacts that hang below them; notes without owner and team; secrets that nobody may read.
DepartmentFiles crmDepartment();

/// A server in a temporary folder, spoken to in bytes as over the network.
class ServerFixture {
public:
    /// On the database that the run is for: a SQLite file, or PostgreSQL (tests/support/postgres.h).
    ServerFixture();
    /// `isNew`: makes the server; otherwise this is another process on a database where there is one.
    explicit ServerFixture(const QString &database, bool isNew = true);
    /// On PostgreSQL, whatever the run is for.
    static ServerFixture onPostgres();
    void reopen();

    /// Makes a user; answers their id.
    Id addUser(const char *name, QStringList roles, const char *team = "");
    server::Answer ask(const char *path, const QByteArray &token, const QByteArray &cbor, bool packed = true);

    ManualClock clock;
    SeededEntropy entropy{seed()};
    IdSource ids{clock, entropy};
    QTemporaryDir folder;
    DepartmentHost host;
    server::Environment environment;
    std::unique_ptr<server::Api> api;

private:
    /// Another one for each: several may be processes on one database, or copies of one.
    static quint64 seed();
};

/// One laptop as the server sees it.
class Laptop {
public:
    Laptop(ServerFixture &server, const char *user);

    /// Builds a batch with the next number.
    Batch batch(std::vector<Change> changes);
    Result<wire::PushAnswer> push(std::vector<Batch> batches);
    /// Pushes one batch of these changes and answers its verdict.
    wire::BatchAnswer make(std::vector<Change> changes);
    Result<wire::HelloAnswer> hello();
    Result<wire::Page> pullOnce(qint64 maxRows = limits::pageRows);
    /// Pulls to the end and keeps what came, as a replica would.
    void pull(qint64 maxRows = limits::pageRows);
    /// The value that the laptop holds; null when it holds no such record.
    Value held(const QString &entity, const Id &id, const char *field) const;
    bool has(const QString &entity, const Id &id) const { return records.value(entity).contains(id); }
    qint64 revOf(const QString &entity, const Id &id) const { return records.value(entity).value(id).rev; }

    struct Copy {
        qint64 rev = 0;
        QHash<QString, Value> values;
        std::vector<qint64> keys;
    };
    ServerFixture &server;
    QByteArray token;
    Id device, user;
    qint64 lastNo = 0;
    wire::Mark cursor;
    wire::KeyList keys;
    QHash<QString, QString> visibility;
    QHash<QString, QHash<Id, Copy>> records;
    /// Every byte that the server ever sent to this laptop.
    QByteArray everything;
    int pages = 0;
};

inline Value text(const char *utf8)
{
    return Value(QString::fromUtf8(utf8));
}
Change create(const char *entity, const Id &id, std::vector<FieldEdit> values);
Change update(const char *entity, const Id &id, qint64 basedOn, std::vector<FieldEdit> edits);
Change act(const char *entity, const Id &id, qint64 basedOn, const char *action);
Change remove(const char *entity, const Id &id, qint64 basedOn);
Change restore(const char *entity, const Id &id, qint64 basedOn);
inline FieldEdit edit(const char *field, Value value, Value was = {})
{
    return {QString::fromLatin1(field), std::move(value), std::move(was)};
}

extern const QString account, contact, note, secret, conflict;

} // namespace tz::test
