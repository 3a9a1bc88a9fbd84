// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "workbench/department/viewcontributions.h"

#include <QAbstractTableModel>
#include <QJsonObject>
#include <QWidget>

class QPushButton;
class QTableView;

namespace tz {

/// Child records of one record while they are being edited: nothing is written before the form is saved.
class TZ_WORKBENCH_EXPORT LinesModel : public QAbstractTableModel {
    Q_OBJECT
public:
    LinesModel(const ViewContext &context, const Entity &child, const Field &lines, QObject *parent);
    /// Reads the stored lines again; lines with changes of the user are kept.
    void load(const Id &owner);
    bool isDirty() const;
    /// Adds what has to be written for the owner to the draft.
    void addTo(Draft &draft, const Id &owner) const;
    void markClean();
    Id addRow();
    void removeRow(int row);
    QJsonObject state() const;
    void setState(const QJsonObject &state);
    const Field *fieldAt(int column) const { return m_columns[column]; }
    const Entity &child() const { return *m_child; }
    Value valueAt(int row, int column) const;
    const Record &recordAt(int row) const { return m_rows[size_t(row)].record; }
    bool isEditable(const QModelIndex &index) const;
    void edit(const QModelIndex &index, const Value &value, const QString &title);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

Q_SIGNALS:
    void changedByUser();

private:
    struct Line {
        Record record;
        bool isNew = false;
        QSet<int> changed;
        QHash<int, QString> titles;
    };
    void derive(Line &line) const;
    ViewContext m_context;
    CatalogPtr m_catalog;
    const Entity *m_child;
    const Field *m_lines;
    QList<const Field *> m_columns;
    std::vector<Line> m_rows;
    QList<Id> m_removed;
};

/// A table of lines inside a form: Tab goes from cell to cell and adds a line at the end.
class TZ_WORKBENCH_EXPORT LinesEditor : public QWidget {
    Q_OBJECT
public:
    LinesEditor(const ViewContext &context, const Entity &entity, const Field &field, QWidget *parent);
    LinesModel &model() const { return *m_model; }
    void setReadOnly(bool readOnly);

Q_SIGNALS:
    void edited();

protected:
    void changeEvent(QEvent *event) override;

private:
    void addLine();
    void goOn(const QModelIndex &from, int step);
    void fit();
    void retranslate();
    const Entity *m_entity;
    const Field *m_field;
    LinesModel *m_model;
    QTableView *m_view;
    QPushButton *m_add, *m_remove;
    bool m_readOnly = false;
};

} // namespace tz
