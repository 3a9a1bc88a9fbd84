// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "workbench/records/recordlistmodel.h"

#include <QJsonObject>
#include <QWidget>

class QAction;
class QLabel;
class QLineEdit;
class QPushButton;
class QSplitter;
class QTableView;
class QToolButton;

namespace tz {

class FilterBar;
class GroupPanel;
class SavedViews;
class TotalsBar;

/// A list of records with all that goes with it: filter, chips, sorting, columns, totals, groups, saved views, editing
/// in place and of many, deleting with undo, copying. Every command has a key.
class TZ_WORKBENCH_EXPORT RecordList : public QWidget {
    Q_OBJECT
public:
    struct Options {
        /// Always applied and not shown as a chip (a related list's owner).
        QString fixedFilter;
        /// Shown as chips at the start (drilling down).
        QString filter;
        /// Values of a record that is created from here.
        Draft::Values defaults;
        /// A list inside a form: no saved views, no groups, lower.
        bool embedded = false;
        /// Rows alone, without the line to filter by: a list on a card.
        bool bare = false;
        /// Shown at first instead of the entity's own.
        QStringList columns;
        /// The recycle bin.
        bool deleted = false;
    };

    RecordList(const ViewContext &context, const Entity &entity, const Options &options, QWidget *parent = nullptr);
    RecordList(const ViewContext &context, const Entity &entity, QWidget *parent = nullptr);
    ~RecordList() override;

    const Entity &entity() const { return m_model->entity(); }
    RecordListModel &model() const { return *m_model; }
    QTableView &view() const { return *m_view; }
    /// Ids of the selected rows, in their order; the current row when nothing else is selected.
    QList<Id> selectedIds() const;
    Id currentId() const;
    void setCurrent(const Id &id);
    void setFilter(const QString &expression);
    /// Columns, widths, filter, sort, group: what a saved view holds, and back.
    QJsonObject layoutState() const;
    void setLayoutState(const QJsonObject &state);
    /// The record before or after this one in the list's order, for Ctrl+Up and Ctrl+Down; null at the ends.
    Id neighbour(const Id &id, int step) const;
    /// Commands of this list, for the palette and menus: text, shortcut and enabled state are kept up to date.
    const QList<QAction *> &commands() const { return m_commands; }

public Q_SLOTS:
    void focusFilter();
    void createNew();
    void openCurrent();
    void editCurrent();
    void deleteSelected();
    void restoreSelected();
    void copySelected();
    void editSelected();
    void exportCsv();
    void filterByCell();
    void chooseColumns();

Q_SIGNALS:
    void currentChanged(const tz::Id &id);
    /// Space: a quick look at the record without leaving the list.
    void peekRequested(const tz::Id &id);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void build(const Options &options);
    GroupPanel &groups();
    void makeCommands();
    void applyFilter();
    void updateEmptyState();
    void showContextMenu(const QPoint &at);
    void headerClicked(int section, Qt::KeyboardModifiers modifiers);
    void showHeaderMenu(const QPoint &at);
    void keepSettings();
    void retranslate();
    void offerUndo(const QString &text, const Id &batch);
    QAction *command(const char *text, const char *iconName, const QKeySequence &key, void (RecordList::*slot)());
    QStringList defaultColumns() const;
    QString settingsKey() const;

    ViewContext m_context;
    Options m_options;
    RecordListModel *m_model;
    QTableView *m_view = nullptr;
    FilterBar *m_filterBar = nullptr;
    SavedViews *m_savedViews = nullptr;
    QSplitter *m_splitter = nullptr;
    /// Null until it is wanted: groups().
    GroupPanel *m_groups = nullptr;
    TotalsBar *m_totals = nullptr;
    QWidget *m_empty = nullptr;
    QLabel *m_emptyTitle = nullptr;
    QLabel *m_emptyText = nullptr;
    QPushButton *m_emptyButton = nullptr;
    QString m_groupFilter;
    QList<QAction *> m_commands;
    /// Source text of each command, for the change of language.
    QList<QByteArray> m_commandTexts;
    QTimer *m_keep = nullptr;
    /// Follows the current record over a refresh.
    Id m_currentId;
    bool m_settling = false;
};

} // namespace tz
