// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/logic/contributions.h"

#include <memory>

namespace tz {

/// Writes first records and demonstrations in batches of a size that the protocol likes, and throws the dice for them.
/// The first error stops everything; finish() answers it.
class TZ_CORE_EXPORT Seeder {
public:
    Seeder(const SeedContext &context, QString label);

    Id create(const QString &entity, Draft::Values values);
    void create(const QString &entity, const Id &id, Draft::Values values);
    /// Writes what waits. Errors: of the store and the judge, with the entity in the parameters.
    Result<> finish();

    /// From low to high, both included.
    qint64 between(qint64 low, qint64 high);
    bool chance(int percent) { return between(1, 100) <= percent; }
    template <class List>
    const auto &pick(const List &list)
    {
        return list[decltype(std::size(list))(between(0, qint64(std::size(list)) - 1))];
    }
    const SeedContext &context() const { return m_context; }

private:
    void flushWhenFull();
    const SeedContext &m_context;
    QString m_label;
    std::unique_ptr<Draft> m_draft;
    Result<> m_result;
};

} // namespace tz
