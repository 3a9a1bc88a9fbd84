// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "desktop/frame/tabpage.h"
#include "workbench/department/viewcontributions.h"

namespace tz {

class MainWindow;
class Shell;
class TabArea;

struct PageContext {
    Shell &shell;
    MainWindow &window;
    TabArea &tabs;
    /// What a page is made into: with another parent every widget in it would be styled a second time.
    QWidget *parent = nullptr;
};

/// The page of an address; one that says what is missing when there is no such thing (any more).
TabPage *makePage(const Address &address, const PageContext &context);
/// What a form that is about to be opened for a new record starts with; taken once.
void setNewValues(const Address &address, const Draft::Values &values);

} // namespace tz
