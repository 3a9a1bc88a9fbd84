// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "desktop/pages/pagefactory.h"

class QVBoxLayout;

namespace tz {

class RecordForm;

/// The tab of one record.
class RecordPage : public TabPage {
    Q_OBJECT
public:
    RecordPage(const Address &address, const PageContext &context, const Entity &entity, const Id &id);
    RecordPage(const Address &address, const PageContext &context, const Entity &entity, const Draft::Values &values);

    QString caption() const override;
    QString iconName() const override;
    QString entity() const override { return m_entity->fullName; }
    QList<QAction *> commands() const override;
    bool isDirty() const override;
    QWidget *mainWidget() override;
    RecordForm *form() const { return m_form; }

private:
    void show(RecordForm *form);

    PageContext m_context;
    CatalogPtr m_catalog;
    const Entity *m_entity;
    QVBoxLayout *m_layout;
    RecordForm *m_form = nullptr;
};

} // namespace tz
