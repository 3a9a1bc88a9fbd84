// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "desktop/pages/pagefactory.h"

#include "desktop/administration/adminpage.h"
#include "desktop/application/shell.h"
#include "desktop/frame/mainwindow.h"
#include "desktop/frame/navigation.h"
#include "desktop/pages/entitypage.h"
#include "desktop/pages/homepage.h"
#include "desktop/pages/messagepage.h"
#include "desktop/pages/recordpage.h"
#include "desktop/pages/settingspage.h"
#include "desktop/pages/shortcutspage.h"
#include "desktop/pages/synccentre.h"
#include "desktop/pages/widgetpage.h"
#include "workbench/charts/reportpage.h"
#include "workbench/imports/importpage.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace tz {
namespace {

QHash<QString, Draft::Values> &newValues()
{
    static QHash<QString, Draft::Values> values;
    return values;
}

TabPage *missing(const Address &address)
{
    return new MessagePage(address, MessagePage::Kind::Missing, {});
}

} // namespace

void setNewValues(const Address &address, const Draft::Values &values)
{
    newValues().insert(address.toString(), values);
}

TabPage *makePage(const Address &address, const PageContext &context)
{
    Shell &shell = context.shell;
    Workspace &workspace = shell.workspace();
    const ViewContext view{workspace, context.window};
    if (address.kind == "home"_L1)
        return new HomePage(context);
    if (address.kind == "settings"_L1)
        return new SettingsPage(context);
    if (address.kind == "administration"_L1)
        return mayAdminister(workspace) ? static_cast<TabPage *>(new AdminPage(context)) : missing(address);
    if (address.kind == "sync"_L1)
        return new SyncCentre(context);
    if (address.kind == "shortcuts"_L1)
        return new ShortcutsPage(context);
    if (address.kind == "broken"_L1) {
        for (const DepartmentHost::Status &status : workspace.host().status()) {
            if (status.spec.id == address.target)
                return new MessagePage(address, MessagePage::Kind::Broken, status.failure);
        }
        return missing(address);
    }
    const auto caption = [address, &shell] { return captionOf(address, shell.workspace(), shell.views()); };
    if (address.kind == "page"_L1) {
        const PageSpec *page = shell.views().page(address.target);
        if (!page)
            return missing(address);
        const QString icon = page->icon.isEmpty() ? u"layout-dashboard"_s : page->icon;
        return new WidgetPage(address, page->make(view), icon, caption);
    }
    const CatalogPtr catalog = workspace.catalog();
    if (address.kind == "report"_L1) {
        const ReportSpec *report = catalog->report(address.target);
        return report ? new WidgetPage(address, new ReportPage(view, *report), u"chart-column"_s, caption)
                      : missing(address);
    }
    const Entity *entity = catalog->entity(address.target);
    if (!entity || !mayRead(workspace, *entity))
        return missing(address);
    if (address.kind == "list"_L1)
        return new EntityPage(address, context, *entity);
    if (address.kind == "import"_L1) {
        auto *page = new WidgetPage(address, new ImportPage(view, *entity), u"upload"_s, caption);
        page->setEntity(entity->fullName);
        return page;
    }
    if (address.kind == "record"_L1) {
        const std::optional<Id> id = Id::fromString(address.id);
        return id ? new RecordPage(address, context, *entity, *id) : missing(address);
    }
    if (address.kind == "new"_L1)
        return new RecordPage(address, context, *entity, newValues().take(address.toString()));
    return missing(address);
}

} // namespace tz
