// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "tests/support/catch.h"
#include "workbench/department/viewcontributions.h"

#include <QTemporaryDir>
#include <QtTest/QTest>

namespace tz {

/// Remembers what the widgets asked the main window to do.
class FakeNavigator : public Navigator {
public:
    void openRecord(const QString &entity, const Id &id) override { opened << std::pair{entity, id}; }
    void openList(const QString &entity, const QString &filter, const QString &) override
    {
        lists << std::pair{entity, filter};
    }
    void openPage(const QString &page) override { pages << page; }
    void createRecord(const QString &entity, const Draft::Values &) override { created << entity; }
    void toast(const QString &text, const Id &batch) override
    {
        toasts << text;
        lastBatch = batch;
    }
    void showError(const Error &error) override { errors << QString::fromUtf8(error.code); }

    QList<std::pair<QString, Id>> opened;
    QList<std::pair<QString, QString>> lists;
    QStringList pages, created, toasts, errors;
    Id lastBatch;
};

/// A stand-alone profile with the foundation and a small department of its own: shop.customer, shop.deal,
/// shop.deal_line.
class Office {
public:
    Office();
    ~Office();

    ViewContext context() { return {*workspace, navigator}; }
    const Entity &entity(const char *name) const;
    /// Applies and waits; fails the test when it is refused.
    Receipt apply(Draft draft);
    Id customer(const QString &name, const Draft::Values &more = {});
    Id deal(const QString &name, const Id &customer, const Draft::Values &more = {});
    Value stored(const char *entityName, const Id &id, QStringView field) const;
    /// Many customers in one go, named "Customer 000001" on.
    void fill(int customers);

    QTemporaryDir folder;
    FakeNavigator navigator;
    DepartmentHost host;
    std::unique_ptr<Workspace> workspace;
};

/// Runs the event loop until the condition holds; false after five seconds.
template <class Condition>
bool waitFor(Condition condition, int ms = 5000)
{
    return QTest::qWaitFor(condition, ms);
}

} // namespace tz
