// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "desktop/application/viewhost.h"

#include <QDir>
#include <QLibrary>
#include <QPluginLoader>

using namespace Qt::StringLiterals;

namespace tz {

void ViewHost::load(const QString &folder, const QList<DepartmentHost::Status> &departments)
{
    static const QString interfaceId = QString::fromLatin1(qobject_interface_iid<DepartmentViews *>());
    for (const DepartmentHost::Status &department : departments) {
        if (!department.running)
            continue;
        const QString pattern = u"*"_s + department.spec.id + u"_views.*"_s;
        for (const QFileInfo &file : QDir(folder).entryInfoList({pattern}, QDir::Files)) {
            QString base = file.completeBaseName();
            if (base.startsWith(u"lib"_s))
                base.remove(0, 3);
            if (base != department.spec.id + u"_views"_s || !QLibrary::isLibrary(file.fileName()))
                continue;
            Status status;
            status.department = department.spec.id;
            status.file = file.absoluteFilePath();
            // Never unloaded: widgets of an unloaded library would crash.
            QPluginLoader loader(status.file);
            const QJsonObject metaData = loader.metaData();
            const QJsonObject module = metaData.value("MetaData"_L1).toObject();
            const QString found = metaData.value("IID"_L1).toString();
            if (found != interfaceId) {
                status.failure = found.isEmpty()
                                     ? u"Not a plugin of this program."_s
                                     : u"Its interface is %1; this program has %2."_s.arg(found, interfaceId);
            } else if (module.contains("api"_L1) && module.value("api"_L1).toInt() != departmentApi) {
                status.failure =
                    u"It was built for interface number %1; this program has %2."_s.arg(module.value("api"_L1).toInt())
                        .arg(departmentApi);
            } else if (auto *views = qobject_cast<DepartmentViews *>(loader.instance())) {
                views->contribute(m_contributions);
                status.running = true;
            } else {
                status.failure = loader.errorString();
            }
            m_status << status;
        }
    }
}

void ViewHost::adopt(const QString &department, DepartmentViews &views)
{
    views.contribute(m_contributions);
    m_status << Status{department, {}, true, {}};
}

const PageSpec *ViewHost::page(const QString &name) const
{
    for (const PageSpec &page : m_contributions.pages()) {
        if (page.name == name)
            return &page;
    }
    return nullptr;
}

QList<PanelSpec> ViewHost::panelsOf(const QString &entity) const
{
    QList<PanelSpec> panels;
    for (const PanelSpec &panel : m_contributions.panels()) {
        if (panel.entity == entity)
            panels << panel;
    }
    return panels;
}

} // namespace tz
