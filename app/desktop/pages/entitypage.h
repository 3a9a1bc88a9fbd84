// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "desktop/pages/pagefactory.h"
#include "workbench/department/viewcontributions.h"

class QButtonGroup;
class QHBoxLayout;
class QLabel;
class QPushButton;
class QStackedWidget;

namespace tz {

class RecordList;

/// The tab of one kind of record: its list and whatever other views it declares, one of them shown.
class EntityPage : public TabPage {
    Q_OBJECT
public:
    EntityPage(const Address &address, const PageContext &context, const Entity &entity);

    QString caption() const override;
    QString iconName() const override;
    QString entity() const override { return m_entity->fullName; }
    QList<QAction *> commands() const override;
    QWidget *mainWidget() override;
    const QWidget *firstPainted() const override;
    bool isFilled() const override;

    RecordList *list() const { return m_list; }
    /// Kinds of the views that can be chosen, the list first.
    QStringList viewKinds() const;
    QString currentView() const;
    void showView(const QString &kind);

protected:
    void changeEvent(QEvent *event) override;

private:
    struct View {
        ViewSpec spec;
        QWidget *widget = nullptr;
    };
    void retranslate();
    void activate(int index);
    QWidget *makeView(const View &view);

    PageContext m_context;
    CatalogPtr m_catalog;
    const Entity *m_entity;
    std::vector<View> m_views;
    QLabel *m_title;
    QButtonGroup *m_switch;
    QPushButton *m_new;
    QPushButton *m_import;
    QStackedWidget *m_stack;
    RecordList *m_list = nullptr;
    bool m_canCreate = false;
};

} // namespace tz
