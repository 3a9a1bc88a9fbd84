// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "workbench/records/fieldeditors.h"
#include "workbench/records/recordlistmodel.h"

#include <QHash>
#include <QStyledItemDelegate>

namespace tz {

/// Paints the cells of lists (pills, checkmarks, links, refused edits) and edits them in place. An editor closes only
/// on a value that the rules accept; Esc restores.
class RecordDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    RecordDelegate(const ViewContext &context, QAbstractItemView *view);

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QWidget *createEditor(QWidget *parent, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void setEditorData(QWidget *editor, const QModelIndex &index) const override;
    void setModelData(QWidget *editor, QAbstractItemModel *model, const QModelIndex &index) const override;
    void updateEditorGeometry(QWidget *editor, const QStyleOptionViewItem &option,
                              const QModelIndex &index) const override;

Q_SIGNALS:
    /// The editor closed well and the user wants to go on: columns and rows to move by.
    void goOn(const QModelIndex &from, int columns, int rows);
    /// Why a cell cannot be edited, or why what was entered cannot stay.
    void refused(const QString &sentence);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    bool finish(FieldEditor *editor);
    ViewContext m_context;
    QAbstractItemView *m_view;
    mutable QHash<QObject *, QPersistentModelIndex> m_open;
};

} // namespace tz
