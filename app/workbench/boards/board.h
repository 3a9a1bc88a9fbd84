// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "workbench/department/viewcontributions.h"

#include <QWidget>

class QHBoxLayout;
class QScrollArea;
class QLabel;
class QTimer;

namespace tz {

class BoardColumn;
struct BoardData;
class FilterBar;

/// Records as cards in columns by a state or an enum: {"kind": "board", "by": "stage", "sum": "weighted",
/// "title": "name", "subtitle": "account", "due": "next_contact", "rots_after": 14}. Counts and sums are SQL's, over
/// everything; cards are painted, not widgets.
class TZ_WORKBENCH_EXPORT Board : public QWidget {
    Q_OBJECT
public:
    Board(const ViewContext &context, const Entity &entity, const ViewSpec &spec, QWidget *parent = nullptr);
    ~Board() override;

    QList<BoardColumn *> boardColumns() const { return m_columns; }
    BoardColumn *column(const QString &value) const;
    void setFilter(const QString &expression);
    /// Moves the card to the column: by the declared action where there is a state machine, asking for what it asks.
    void move(const Id &id, const QString &from, const QString &to);
    /// Why a card may not go there; empty: it may.
    QString obstacle(const Id &id, const QString &from, const QString &to) const;
    Id currentId() const;
    void open(const Id &id);

public Q_SLOTS:
    void reload();
    void moveCurrent(int step);

protected:
    void changeEvent(QEvent *event) override;

private:
    void makeColumns();
    void receive(const BoardData &board);

    ViewContext m_context;
    CatalogPtr m_catalog;
    const Entity *m_entity;
    ViewSpec m_spec;
    QString m_by, m_sum, m_title, m_subtitle, m_due;
    int m_rotsAfterDays = 0;
    QList<BoardColumn *> m_columns;
    FilterBar *m_filterBar = nullptr;
    QScrollArea *m_area = nullptr;
    QHBoxLayout *m_row = nullptr;
    QLabel *m_empty = nullptr;
    QTimer *m_timer = nullptr;
    QString m_slot;
    Id m_follow;
};

} // namespace tz
