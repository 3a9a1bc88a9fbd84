// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/logic/contributions.h"

namespace tz {

void Contributions::rule(const QString &entity, RuleFunction function)
{
    m_rules[entity].append(std::move(function));
}

void Contributions::effect(const QString &entity, EffectFunction function)
{
    m_effects[entity].append(std::move(function));
}

void Contributions::action(const QString &fullName, EffectFunction function)
{
    m_actions.insert(fullName, std::move(function));
}

void Contributions::report(const QString &fullName, ReportFunction function)
{
    m_reports.insert(fullName, std::move(function));
}

void Contributions::duplicates(const QString &entity, DuplicateFunction function)
{
    m_duplicates.insert(entity, std::move(function));
}

void Contributions::job(Job job)
{
    m_jobs.append(std::move(job));
}

const QList<RuleFunction> &Contributions::rules(const QString &entity) const
{
    static const QList<RuleFunction> none;
    const auto found = m_rules.constFind(entity);
    return found == m_rules.constEnd() ? none : *found;
}

const QList<EffectFunction> &Contributions::effects(const QString &entity) const
{
    static const QList<EffectFunction> none;
    const auto found = m_effects.constFind(entity);
    return found == m_effects.constEnd() ? none : *found;
}

const EffectFunction *Contributions::action(const QString &fullName) const
{
    const auto found = m_actions.constFind(fullName);
    return found == m_actions.constEnd() ? nullptr : &*found;
}

const ReportFunction *Contributions::report(const QString &fullName) const
{
    const auto found = m_reports.constFind(fullName);
    return found == m_reports.constEnd() ? nullptr : &*found;
}

const DuplicateFunction *Contributions::duplicates(const QString &entity) const
{
    const auto found = m_duplicates.constFind(entity);
    return found == m_duplicates.constEnd() ? nullptr : &*found;
}

} // namespace tz
