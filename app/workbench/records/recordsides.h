// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "workbench/department/viewcontributions.h"

#include <QWidget>

class QLabel;
class QTabWidget;
class QPushButton;
class QTreeWidget;

namespace tz {

/// What belongs to a record below its fields: lists of the records that link to it, the departments' panels, history.
/// Each is made when it is first shown.
class RecordSides : public QWidget {
    Q_OBJECT
public:
    RecordSides(const ViewContext &context, const Entity &entity, const Id &id, const QList<PanelSpec> &panels,
                QWidget *parent);
    void step(int by);

protected:
    void changeEvent(QEvent *event) override;

private:
    struct Tab {
        QString source, context;
        const char *kind = nullptr;
        QString suffix;
        std::function<QWidget *()> make;
        QWidget *holder = nullptr;
        bool made = false;
        /// Counting question; empty entity: none.
        QString entity, filter;
        qint64 count = -1;
    };
    void ensureMade(int index);
    void retranslate();
    void countAll();
    void showFirstFilled();
    ViewContext m_context;
    CatalogPtr m_catalog;
    const Entity *m_entity;
    Id m_id;
    QTabWidget *m_tabWidget;
    QList<Tab> m_tabs;
    QString m_slot;
    /// The first counts have come.
    bool m_settled = false;
    QTimer *m_timer;
};

/// Who changed what and when, with the old value at hand.
class HistoryView : public QWidget {
    Q_OBJECT
public:
    HistoryView(const ViewContext &context, const Entity &entity, const Id &id, QWidget *parent);

public Q_SLOTS:
    void reload();
    void putBack();

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();
    ViewContext m_context;
    CatalogPtr m_catalog;
    const Entity *m_entity;
    Id m_id;
    QTreeWidget *m_tree;
    QPushButton *m_back;
};

/// "王伟 changed this too": the edits of the user that another one replaced, each with one click to bring it back.
class ConflictBanner : public QWidget {
    Q_OBJECT
public:
    ConflictBanner(const ViewContext &context, const Entity &entity, const Id &id, QWidget *parent);

public Q_SLOTS:
    void reload();

protected:
    void changeEvent(QEvent *event) override;

private:
    void settle(const Id &conflict, const QString &field, const Value &mine, bool take);
    ViewContext m_context;
    CatalogPtr m_catalog;
    const Entity *m_entity;
    Id m_id;
};

} // namespace tz
