// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "workbench/export.h"

#include <QLayout>

namespace tz {

/// Lays widgets out in a row and goes on below when there is no room: chips, members of a set.
class TZ_WORKBENCH_EXPORT FlowLayout : public QLayout {
    Q_OBJECT
public:
    explicit FlowLayout(QWidget *parent = nullptr, int spacing = 4);
    ~FlowLayout() override;
    void addItem(QLayoutItem *item) override;
    /// Puts a widget before position `index`.
    void insertWidget(int index, QWidget *widget);
    int count() const override;
    QLayoutItem *itemAt(int index) const override;
    QLayoutItem *takeAt(int index) override;
    Qt::Orientations expandingDirections() const override { return {}; }
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSize() const override;
    void setGeometry(const QRect &where) override;

private:
    int arrange(const QRect &where, bool apply) const;
    QList<QLayoutItem *> m_items;
};

} // namespace tz
