// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/department/departmenthost.h"
#include "core/store/recordstore.h"

#include <QTemporaryDir>

namespace tz::test {

/// The departments as the programs load them; loaded once for all tests.
const DepartmentHost &departments();

/// A company of one computer in a temporary folder.
class Company {
public:
    Company();
    /// What a new company begins with.
    void begin();
    /// The demonstration on top of it.
    void demonstrate();

    const Catalog &catalog() const { return *departments().catalog(); }
    RecordStore &store() { return *m_store; }
    const ManualClock &clock() const { return m_clock; }
    expression::Context context() const;

private:
    void run(const QList<SeedFunction> &functions);

    QTemporaryDir m_folder;
    ManualClock m_clock;
    SeededEntropy m_entropy{20'240'229};
    std::unique_ptr<Database> m_database;
    std::unique_ptr<RecordStore> m_store;
};

} // namespace tz::test
