// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "desktop/frame/navigation.h"

#include "workbench/records/labels.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tz {
namespace {

const char *const administration = QT_TRANSLATE_NOOP("tz::Navigation", "Administration");

NavigationPlace administrationPlace()
{
    NavigationPlace place;
    place.address = Address{u"administration"_s, {}, {}, {}};
    place.icon = u"shield"_s;
    place.source = QString::fromLatin1(administration);
    place.context = u"tz::Navigation"_s;
    place.department = u"foundation"_s;
    return place;
}

bool hasRole(const Workspace &workspace, const QStringList &roles)
{
    const Actor actor = workspace.actor();
    if (roles.isEmpty() || actor.isAdmin())
        return true;
    return std::any_of(roles.begin(), roles.end(), [&](const QString &role) { return actor.roles.contains(role); });
}

} // namespace

QString NavigationPlace::text() const
{
    return labels::text(context, source, kind.isEmpty() ? nullptr : kind.toUtf8().constData());
}

QString NavigationGroup::text() const
{
    return labels::text(department, source, "department");
}

bool mayAdminister(const Workspace &workspace)
{
    return workspace.isReady() && !workspace.isStandalone() && workspace.actor().isAdmin();
}

bool mayRead(const Workspace &workspace, const Entity &entity)
{
    const Actor actor = workspace.actor();
    return actor.isAdmin() || effectiveGrant(entity.access, actor.roles).read != Reach::None;
}

bool mayCreate(const Workspace &workspace, const Entity &entity)
{
    const Actor actor = workspace.actor();
    return actor.isAdmin() || effectiveGrant(entity.access, actor.roles).create;
}

QList<NavigationGroup> navigation(const Workspace &workspace, const ViewHost &views)
{
    const CatalogPtr catalog = workspace.catalog();
    QList<NavigationGroup> groups;
    QList<DepartmentHost::Status> departments = workspace.host().status();
    std::stable_sort(departments.begin(), departments.end(),
                     [](const auto &a, const auto &b) { return a.spec.order < b.spec.order; });
    for (const DepartmentHost::Status &status : departments) {
        NavigationGroup group;
        group.department = status.spec.id;
        group.icon = status.spec.icon.isEmpty() ? u"puzzle"_s : status.spec.icon;
        group.source = status.spec.label.isEmpty() ? status.spec.id : status.spec.label;
        if (!status.running) {
            group.failure = status.failure;
            groups << group;
            continue;
        }
        std::vector<std::pair<int, NavigationPlace>> places;
        for (const Entity *entity : catalog->entities()) {
            if (entity->department != group.department || entity->hidden || !entity->parent.isEmpty() ||
                !mayRead(workspace, *entity))
                continue;
            NavigationPlace place;
            place.address = Address::list(entity->fullName);
            place.icon = entity->icon.isEmpty() ? u"table"_s : entity->icon;
            place.source = entity->plural.isEmpty() ? entity->label : entity->plural;
            place.context = entity->fullName;
            place.kind = entity->plural.isEmpty() ? u"label"_s : u"plural"_s;
            place.department = group.department;
            place.canCreate = mayCreate(workspace, *entity);
            place.singular = entity->label;
            places.emplace_back(entity->order, place);
        }
        for (const PageSpec &page : views.contributions().pages()) {
            if (page.name.section(u'.', 0, 0) != group.department || !hasRole(workspace, page.roles))
                continue;
            NavigationPlace place;
            place.address = Address{u"page"_s, page.name, {}, {}};
            place.icon = page.icon.isEmpty() ? u"layout-dashboard"_s : page.icon;
            place.source = page.label;
            place.context = page.name;
            place.department = group.department;
            places.emplace_back(page.order, place);
        }
        std::stable_sort(places.begin(), places.end(), [](const auto &a, const auto &b) { return a.first < b.first; });
        if (group.department == "foundation"_L1 && mayAdminister(workspace))
            places.emplace_back(0, administrationPlace());
        for (auto &[order, place] : places)
            group.places << std::move(place);
        if (!group.places.isEmpty())
            groups << group;
    }
    return groups;
}

QList<NavigationPlace> reportPlaces(const Workspace &workspace)
{
    QList<NavigationPlace> places;
    const CatalogPtr catalog = workspace.catalog();
    for (const ReportSpec &report : catalog->reports()) {
        if (!hasRole(workspace, report.roles))
            continue;
        NavigationPlace place;
        place.address = Address{u"report"_s, report.fullName, {}, {}};
        place.icon = u"chart-column"_s;
        place.source = report.label;
        place.context = report.fullName;
        place.kind = u"report"_s;
        place.department = report.fullName.section(u'.', 0, 0);
        places << place;
    }
    return places;
}

QString captionOf(const Address &address, const Workspace &workspace, const ViewHost &views)
{
    const CatalogPtr catalog = workspace.catalog();
    const auto own = [](const char *text) { return QCoreApplication::translate("tz::Navigation", text); };
    if (address.kind == "home"_L1)
        return own(QT_TRANSLATE_NOOP("tz::Navigation", "Home"));
    if (address.kind == "settings"_L1)
        return own(QT_TRANSLATE_NOOP("tz::Navigation", "Settings"));
    if (address.kind == "administration"_L1)
        return own(administration);
    if (address.kind == "sync"_L1)
        return own(QT_TRANSLATE_NOOP("tz::Navigation", "Sync centre"));
    if (address.kind == "shortcuts"_L1)
        return own(QT_TRANSLATE_NOOP("tz::Navigation", "Keyboard shortcuts"));
    if (address.kind == "page"_L1) {
        const PageSpec *page = views.page(address.target);
        return page ? labels::text(page->name, page->label) : QString();
    }
    if (address.kind == "report"_L1) {
        const ReportSpec *report = catalog->report(address.target);
        return report ? labels::text(report->fullName, report->label, "report") : QString();
    }
    if (address.kind == "broken"_L1) {
        for (const DepartmentHost::Status &status : workspace.host().status()) {
            if (status.spec.id == address.target)
                return labels::text(status.spec.id, status.spec.label.isEmpty() ? status.spec.id : status.spec.label,
                                    "department");
        }
        return address.target;
    }
    const Entity *entity = catalog->entity(address.target);
    if (!entity)
        return {};
    if (address.kind == "list"_L1) {
        const QString caption = address.options.value(u"caption"_s);
        if (address.options.value(u"deleted"_s) == "1"_L1)
            return own(QT_TRANSLATE_NOOP("tz::Navigation", "%1: recycle bin")).arg(labels::plural(*entity));
        return caption.isEmpty() ? labels::plural(*entity) : caption;
    }
    if (address.kind == "import"_L1)
        return own(QT_TRANSLATE_NOOP("tz::Navigation", "Import %1")).arg(labels::plural(*entity));
    return {};
}

} // namespace tz
