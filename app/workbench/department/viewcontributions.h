// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "replica/workspace/workspace.h"
#include "workbench/export.h"

#include <QWidget>

#include <functional>

namespace tz {

/// Opens things in the main window; handed to everything that shows records.
class TZ_WORKBENCH_EXPORT Navigator {
public:
    virtual ~Navigator() = default;
    virtual void openRecord(const QString &entity, const Id &id) = 0;
    /// A list with this filter (expression text) as a tab of its own: drilling down.
    virtual void openList(const QString &entity, const QString &filter = {}, const QString &caption = {}) = 0;
    virtual void openPage(const QString &pageName) = 0;
    /// An empty form with these values filled in.
    virtual void createRecord(const QString &entity, const Draft::Values &values = {}) = 0;
    /// A quiet line at the foot with an optional undo of the batch.
    virtual void toast(const QString &text, const Id &undoBatch = {}) = 0;
    virtual void showError(const Error &error) = 0;
};

/// What widgets get to work with.
struct ViewContext {
    Workspace &workspace;
    Navigator &navigator;
};

/// A page of a department in the navigation ("pipeline.forecast").
struct PageSpec {
    QString name;
    /// Source text of the caption and its translation context (the page's name).
    QString label;
    QString icon;
    int order = 100;
    /// Roles that see it; empty: all.
    QStringList roles;
    std::function<QWidget *(const ViewContext &)> make;
};

/// A panel beside or below the form of an entity.
struct PanelSpec {
    QString entity;
    QString name, label;
    std::function<QWidget *(const ViewContext &, const Id &record)> make;
};

/// A card on the home page.
struct CardSpec {
    QString name, label;
    int order = 100;
    QStringList roles;
    std::function<QWidget *(const ViewContext &)> make;
};

class TZ_WORKBENCH_EXPORT ViewContributions {
public:
    void page(PageSpec page) { m_pages << std::move(page); }
    void panel(PanelSpec panel) { m_panels << std::move(panel); }
    void card(CardSpec card) { m_cards << std::move(card); }
    const QList<PageSpec> &pages() const { return m_pages; }
    const QList<PanelSpec> &panels() const { return m_panels; }
    const QList<CardSpec> &cards() const { return m_cards; }

private:
    QList<PageSpec> m_pages;
    QList<PanelSpec> m_panels;
    QList<CardSpec> m_cards;
};

} // namespace tz
