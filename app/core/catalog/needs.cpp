// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/catalog/needs.h"

namespace tz {

namespace {
/// Departments in the order of their needs; those that cannot stand are left out and `broken` says why.
class Resolver {
public:
    Resolver(const QHash<QString, DepartmentSpec> &all, QHash<QString, QString> &broken)
        : m_all(all)
        , m_broken(broken)
    {
    }

    QStringList order()
    {
        QStringList ids = m_all.keys();
        std::sort(ids.begin(), ids.end(), [&](const QString &a, const QString &b) {
            return std::pair(m_all[a].order, a) < std::pair(m_all[b].order, b);
        });
        for (const QString &id : ids)
            visit(id, {});
        return m_order;
    }

private:
    bool visit(const QString &id, QStringList way)
    {
        if (m_order.contains(id))
            return true;
        if (m_broken.contains(id))
            return false;
        if (way.contains(id)) {
            m_broken.insert(id, QStringLiteral("%1 needs itself: %2 → %1").arg(id, way.join(QLatin1String(" → "))));
            return false;
        }
        way << id;
        for (const QString &need : m_all[id].needs) {
            if (!m_all.contains(need))
                m_broken.insert(id, QStringLiteral("The department “%1” is missing").arg(need));
            else if (!visit(need, way) && !m_broken.contains(id))
                m_broken.insert(id, QStringLiteral("It needs “%1”, which does not run").arg(need));
            if (m_broken.contains(id))
                return false;
        }
        if (!m_order.contains(id))
            m_order << id;
        return true;
    }

    const QHash<QString, DepartmentSpec> &m_all;
    QHash<QString, QString> &m_broken;
    QStringList m_order;
};
} // namespace

QStringList orderOfNeeds(const QHash<QString, DepartmentSpec> &all, QHash<QString, QString> &broken)
{
    return Resolver(all, broken).order();
}

} // namespace tz
