// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/catalog/catalog.h"

#include "core/base/check.h"

#include <QCryptographicHash>

namespace tz {

QString Catalog::hash() const
{
    std::call_once(m_hashed, [this] {
        QCryptographicHash hash(QCryptographicHash::Sha256);
        // Keys sorted and blanks left out, so that only what is said counts; the number of the format goes first.
        hash.addData("catalog 1");
        for (const auto &[name, text] : m_texts) {
            hash.addData(name.toUtf8());
            hash.addData(QByteArrayView("\0", 1));
            hash.addData(QJsonDocument::fromJson(text).toJson(QJsonDocument::Compact));
            hash.addData(QByteArrayView("\0", 1));
        }
        m_hash = QString::fromLatin1(hash.result().toHex().left(32));
    });
    return m_hash;
}

const Entity *Catalog::entity(QStringView fullName) const
{
    return m_byName.value(fullName, nullptr);
}

const DepartmentSpec *Catalog::department(QStringView id) const
{
    const auto found = std::find_if(m_departments.cbegin(), m_departments.cend(),
                                    [&](const DepartmentSpec &spec) { return spec.id == id; });
    return found == m_departments.cend() ? nullptr : &*found;
}

const ReportSpec *Catalog::report(QStringView fullName) const
{
    const auto found = std::find_if(m_reports.cbegin(), m_reports.cend(),
                                    [&](const ReportSpec &spec) { return spec.fullName == fullName; });
    return found == m_reports.cend() ? nullptr : &*found;
}

QList<const Field *> Catalog::linksTo(const Entity &entity) const
{
    QList<const Field *> links;
    for (const Entity *other : m_order) {
        for (const Field &field : other->fields) {
            const bool isLink = field.type == FieldType::Link || field.type == FieldType::Links ||
                                field.type == FieldType::User || field.type == FieldType::Team;
            if (isLink && !field.system && field.to == entity.fullName)
                links << &field;
        }
    }
    return links;
}

const Entity &Catalog::ownerOf(const Field &field) const
{
    for (const Entity *entity : m_order) {
        const Field *first = entity->fields.data();
        if (!std::less<>()(&field, first) && std::less<>()(&field, first + entity->fields.size()))
            return *entity;
    }
    TZ_CHECK(!"the field belongs to this catalog");
    return *m_order.first();
}

} // namespace tz
