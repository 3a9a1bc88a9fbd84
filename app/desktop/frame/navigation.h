// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "desktop/application/viewhost.h"
#include "desktop/frame/address.h"
#include "replica/workspace/workspace.h"

namespace tz {

class Language;

/// One place that can be gone to, with its name in every language.
struct NavigationPlace {
    Address address;
    QString icon;
    /// English text with its translation context and disambiguation, so that it can be had in any language.
    QString source, context, kind;
    QString department;
    /// May the user create records of it.
    bool canCreate = false;
    /// English singular ("Customer"), for "New customer".
    QString singular;

    /// In the language that is shown.
    QString text() const;
};

struct NavigationGroup {
    QString department, icon;
    QString source;
    QList<NavigationPlace> places;
    /// Why the department does not run (English); empty: it runs.
    QString failure;
    QString text() const;
};

/// What stands in the navigation for this user: departments in their order, their pages, then the entities that the
/// user's roles may read. Broken departments are there with their reason.
QList<NavigationGroup> navigation(const Workspace &workspace, const ViewHost &views);
/// Reports that the user may run.
QList<NavigationPlace> reportPlaces(const Workspace &workspace);
/// The title of the window of this address, for pages that are not built yet; empty: unknown.
QString captionOf(const Address &address, const Workspace &workspace, const ViewHost &views);
/// A server is there to be asked, and the user is an administrator.
bool mayAdminister(const Workspace &workspace);
bool mayRead(const Workspace &workspace, const Entity &entity);
bool mayCreate(const Workspace &workspace, const Entity &entity);

} // namespace tz
