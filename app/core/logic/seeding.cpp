// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/logic/seeding.h"

namespace tz {

Seeder::Seeder(const SeedContext &context, QString label)
    : m_context(context)
    , m_label(std::move(label))
    , m_draft(std::make_unique<Draft>(context.draft()))
{
}

Id Seeder::create(const QString &entity, Draft::Values values)
{
    const Id id = m_draft->create(entity, std::move(values));
    flushWhenFull();
    return id;
}

void Seeder::create(const QString &entity, const Id &id, Draft::Values values)
{
    m_draft->create(entity, id, std::move(values));
    flushWhenFull();
}

void Seeder::flushWhenFull()
{
    // Effects add their own changes to the batch: half of what an import takes leaves them room.
    if (qsizetype(m_draft->changes().size()) >= limits::importBatch / 2 && m_result)
        m_result = finish();
}

Result<> Seeder::finish()
{
    if (!m_result || m_draft->isEmpty())
        return m_result;
    m_draft->label = m_label;
    m_result = m_context.apply(std::move(*m_draft));
    m_draft = std::make_unique<Draft>(m_context.draft());
    return m_result;
}

qint64 Seeder::between(qint64 low, qint64 high)
{
    return low + qint64(m_context.entropy.next64() % quint64(high - low + 1));
}

} // namespace tz
