// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include <QPointer>
#include <QWidget>

namespace tz {

/// Keeps back the texts and pictures beside a page while the page is painted for the first time: made when the window
/// begins to be painted, gone right after it. Nothing moves, as every widget has its place and its ground already.
class FirstFrame final : public QObject {
public:
    FirstFrame(const QWidget &window, const QWidget *page);
    /// What was kept back is painted now.
    ~FirstFrame() override;

    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void keepBack(const QWidget &parent, const QWidget *page);

    QList<QPointer<QWidget>> m_kept;
};

} // namespace tz
