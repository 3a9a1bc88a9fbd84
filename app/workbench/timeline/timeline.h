// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "workbench/department/viewcontributions.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QListView;
class QStandardItemModel;
class QTimer;

namespace tz {

/// What happened around a record, newest first: activities of every entity that declares a view
/// {"kind": "timeline", "date": "…"} and links here, and the changes of fields. With a line for adding one quickly.
class TZ_WORKBENCH_EXPORT Timeline : public QWidget {
    Q_OBJECT
public:
    Timeline(const ViewContext &context, const Entity &entity, const Id &record, QWidget *parent = nullptr);
    ~Timeline() override;
    int count() const;

public Q_SLOTS:
    void reload();

protected:
    void changeEvent(QEvent *event) override;

private:
    struct Source {
        const Entity *entity = nullptr;
        const Field *link = nullptr;
        QString date, text, kind;
    };
    void build();
    void fill();
    void retranslate();

    ViewContext m_context;
    CatalogPtr m_catalog;
    const Entity *m_entity;
    Id m_record;
    QList<Source> m_sources;
    struct Item;
    std::vector<Item> m_items;
    QLabel *m_title = nullptr;
    QListView *m_view = nullptr;
    QStandardItemModel *m_model = nullptr;
    QComboBox *m_show = nullptr;
    QTimer *m_timer = nullptr;
    QString m_slot;
};

} // namespace tz
