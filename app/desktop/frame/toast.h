// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include <QFrame>

#include <functional>

class QLabel;
class QPushButton;
class QTimer;

namespace tz {

/// A quiet line over the foot of the window, with an optional undo; goes after ten seconds, not while the mouse or the
/// focus is on it.
class Toast : public QFrame {
    Q_OBJECT
public:
    explicit Toast(QWidget *window);

    void showText(const QString &text, const std::function<void()> &undo = {});
    QString text() const;
    /// Presses undo if it is offered.
    void undo();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void place();
    QLabel *m_label;
    QPushButton *m_undo;
    QTimer *m_timer;
    std::function<void()> m_onUndo;
};

} // namespace tz
