// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "workbench/department/viewcontributions.h"
#include "workbench/style.h"

#include <QAbstractListModel>
#include <QWidget>

class QLabel;
class QListView;
class QToolButton;

namespace tz {

class Board;

/// What a card shows.
struct BoardCard {
    Id id;
    QString title, subtitle, amount, owner;
    /// Next activity: text with its meaning as tone and icon, never the colour alone.
    QString due, dueIcon;
    style::Tone dueTone = style::Tone::Muted;
    /// Days without movement beyond what the stage allows; 0: fine.
    int rottingDays = 0;
};

/// Everything of one column, as read in the background.
struct BoardColumnData {
    QString value;
    qint64 count = 0;
    QString sum;
    std::vector<BoardCard> cards;
};
struct BoardData {
    std::vector<BoardColumnData> columns;
    Error error;
};

class BoardModel : public QAbstractListModel {
    Q_OBJECT
public:
    using QAbstractListModel::QAbstractListModel;
    static constexpr auto mimeType = "application/x-tongzhou-card";
    void setCards(std::vector<BoardCard> cards);
    const BoardCard &card(int row) const { return m_cards[size_t(row)]; }
    int rowOf(const Id &id) const;
    /// Called when a drag of a card begins.
    std::function<void(const Id &)> dragStarted;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    QStringList mimeTypes() const override;
    QMimeData *mimeData(const QModelIndexList &indexes) const override;
    Qt::DropActions supportedDragActions() const override { return Qt::MoveAction; }

private:
    std::vector<BoardCard> m_cards;
};

/// One column: its name, count and sum, and the cards. Can be folded to its header.
class TZ_WORKBENCH_EXPORT BoardColumn : public QWidget {
    Q_OBJECT
public:
    BoardColumn(Board &board, const QString &value, const QString &label, style::Tone tone, QWidget *parent);
    QString value() const { return m_value; }
    QString label() const { return m_label; }
    qint64 total() const { return m_count; }
    QString sumText() const { return m_sum; }
    int cardCount() const { return m_model->rowCount(); }
    Id currentId() const;
    bool select(const Id &id);
    void setData(BoardColumnData column);
    /// While a card is dragged: why it may not come here; empty: it may.
    void setBlocked(const QString &reason);
    QString blocked() const { return m_blocked; }
    void clearBlocked();
    QListView &view() const { return *m_view; }
    void focusCards();

protected:
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void retitle();
    Board &m_board;
    QString m_value, m_label, m_sum, m_blocked;
    style::Tone m_tone;
    qint64 m_count = 0;
    bool m_folded = false;
    QToolButton *m_head;
    QLabel *m_figures;
    QLabel *m_reason;
    QListView *m_view;
    BoardModel *m_model;
};

} // namespace tz
