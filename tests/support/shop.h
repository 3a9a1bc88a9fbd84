// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/store/recordstore.h"
#include "tests/support/catch.h"

#include <QTemporaryDir>

#include <memory>

/// A small company for tests of logic and store: customers with notes, orders with lines and states, users and teams.
namespace tz::shop {

using namespace Qt::StringLiterals;

CatalogPtr catalog();
/// An actor with these roles who belongs to the team and the teams below it.
Actor actor(const QStringList &roles, const Id &user = Id::fromName(u"me"), QList<Id> teams = {});

/// A store in a file of its own, whose time stands still and whose dice are the same each time. The actor is an admin.
struct Shop {
    /// `vfs`: SQLite VFS to open the file with.
    explicit Shop(bool standalone = false, const QByteArray &vfs = {});
    RecordStore *operator->() { return store.get(); }

    const Entity &entity(const char *name) const;
    Record find(const char *entityName, const Id &id, bool withDeleted = false);
    /// Applies one change, which must be accepted.
    Id create(const char *entityName, Draft::Values values);
    Result<Receipt> update(const char *entityName, const Id &id, Draft::Values values);
    Result<Receipt> act(const char *entityName, const Id &id, const QString &action, Draft::Values parameters = {});
    Result<Receipt> remove(const char *entityName, const Id &id);
    Result<Receipt> restore(const char *entityName, const Id &id);
    /// A figure straight from the file.
    qint64 number(const QByteArray &sql);
    /// Rows of a table as text, with only the named columns.
    QString dump(const QByteArray &sql);
    /// What is stored of the shop's records, without who touched it when and without the marks of sync.
    QString content();
    void as(const QStringList &roles, const Id &user = Id::fromName(u"me"), QList<Id> teams = {});

    QTemporaryDir folder;
    ManualClock clock{1'790'000'000'000};
    SeededEntropy entropy{7};
    Contributions contributions;
    std::unique_ptr<Database> database;
    std::unique_ptr<RecordStore> store;
};

} // namespace tz::shop
