// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

// The parts around the table of a RecordList. Not for use outside this folder.
#include "workbench/records/recordlistmodel.h"

#include <QJsonObject>
#include <QWidget>

class QComboBox;
class QHeaderView;
class QLabel;
class QTableView;
class QToolButton;
class QTreeWidget;

namespace tz {

/// Count and sums over everything that the filter lets through, under the columns that they belong to.
class TotalsBar : public QWidget {
    Q_OBJECT
public:
    TotalsBar(const ViewContext &context, RecordListModel *model, QTableView *view, QWidget *parent);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }
    /// Text under a column; empty while it is being computed. For tests and copying.
    QString textFor(const QString &path) const { return m_sums.value(path); }

public Q_SLOTS:
    void recompute();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    ViewContext m_context;
    RecordListModel *m_model;
    QTableView *m_view;
    QHash<QString, QString> m_sums;
    QTimer *m_timer;
    QString m_slot;
};

/// Groups of the list by one field with their counts; choosing one narrows the list to it.
class GroupPanel : public QWidget {
    Q_OBJECT
public:
    GroupPanel(const ViewContext &context, RecordListModel *model, QWidget *parent);
    QString path() const;
    void setPath(const QString &path);
    QString filter() const { return m_filter; }

public Q_SLOTS:
    void recompute();

Q_SIGNALS:
    /// The chosen group's condition; empty: all.
    void chosen(const QString &filter);

protected:
    void changeEvent(QEvent *event) override;

private:
    void fillPaths();
    ViewContext m_context;
    RecordListModel *m_model;
    QComboBox *m_paths;
    QTreeWidget *m_tree;
    QString m_filter;
    /// The list's question without the group's own condition.
    QString m_slot;
    QTimer *m_timer;
};

/// The views of a list that were kept under a name: one's own, and those shared with one's teams.
class SavedViews : public QWidget {
    Q_OBJECT
public:
    SavedViews(const ViewContext &context, const Entity &entity, QWidget *parent);
    /// How the list looks now; the list calls it when something changed.
    void setCurrent(const QJsonObject &state);
    QString currentName() const;
    void step(int by);

public Q_SLOTS:
    void reload();
    void save();
    void saveAs();
    void reset();
    void remove();

Q_SIGNALS:
    /// The list should look like this; an empty object is the declared default.
    void chosen(const QJsonObject &state);

protected:
    void changeEvent(QEvent *event) override;

private:
    struct View {
        Id id;
        QString name;
        QJsonObject state;
        bool shared = false;
        bool own = true;
    };
    void choose(int index);
    void updateButton();
    ViewContext m_context;
    const Entity *m_entity;
    QToolButton *m_button;
    QList<View> m_views;
    Id m_current;
    QJsonObject m_state;
};

/// Asks for a field and a value for all of these records and writes them, in batches that one undo takes back.
void editMany(const ViewContext &context, const Entity &entity, const QList<Id> &ids, QWidget *parent);
/// Applies one change to each record, as one group of independent changes; refusals are listed.
void applyToMany(const ViewContext &context, const Entity &entity, const QList<Id> &ids, const QString &label,
                 const std::function<void(Draft &, const Id &)> &change, QWidget *parent,
                 std::function<void(int done, int refused)> finished = {});

} // namespace tz
