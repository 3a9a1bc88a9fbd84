// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/id.h"
#include "workbench/style.h"

#include <QVariant>
#include <QWidget>

#include <optional>

class QLabel;
class QLineEdit;
class QTableView;

namespace tz {

/// What stands in one cell of an AdminTable.
struct AdminCell {
    QString text;
    /// Drawn as a pill of this meaning.
    std::optional<style::Tone> tone;
    /// By what the column is sorted; otherwise by the text.
    QVariant order;
    bool isRight = false;
    bool isTitle = false;
    QString toolTip;
};

struct AdminRow {
    Id id;
    QList<AdminCell> cells;
};

/// Rows that the server gave, in the look and with the keys of the lists of records: a line to filter by ("/" or Ctrl+F
/// leads there), sorting by the header, Return or a double click opens. New rows keep the current one, by its id.
class AdminTable : public QWidget {
    Q_OBJECT
public:
    explicit AdminTable(QWidget *parent = nullptr);

    void setColumns(const QStringList &titles);
    void setRows(const QList<AdminRow> &rows);
    void addRows(const QList<AdminRow> &rows);
    /// Shown instead of rows when there are none.
    void setEmptyText(const QString &text);
    /// The line to filter by; hidden where the server does the finding.
    void setFilterable(bool filterable);
    /// The rows stay in the order in which they were given.
    void setSortable(bool sortable);
    void setPlaceholder(const QString &text);

    Id currentId() const;
    /// Number of the current row among those that were given; -1: none.
    int currentRow() const;
    void setCurrent(const Id &id);
    int shownRows() const;
    QTableView &view() const { return *m_view; }
    QLineEdit &filter() const { return *m_filter; }

Q_SIGNALS:
    void currentChanged();
    void opened();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    class Model;
    class Order;
    void settle(const Id &current);
    void fitColumns();
    Model *m_model;
    Order *m_order;
    QLineEdit *m_filter;
    QTableView *m_view;
    QLabel *m_empty;
    bool m_isFitted = false;
};

} // namespace tz
