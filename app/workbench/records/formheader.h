// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "workbench/department/viewcontributions.h"

#include <QWidget>

class QHBoxLayout;
class QLabel;
class QPushButton;

namespace tz {

/// The states of a record in a row, the present one marked: "where do we stand". A click does the action that leads to
/// the state; the buttons beside it are the way for the keyboard.
class StageStepper : public QWidget {
    Q_OBJECT
public:
    explicit StageStepper(QWidget *parent);
    struct Stage {
        QString name, label;
        bool reachable = false;
        bool final = false;
    };
    void setStages(const QList<Stage> &stages, const QString &current, const QString &fieldLabel);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void chosen(const QString &state);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    bool event(QEvent *event) override;

private:
    QRect rectOf(int index) const;
    QList<Stage> m_stages;
    QString m_current;
};

/// Title, stages and the actions that are possible now, with the buttons that save.
class FormHeader : public QWidget {
    Q_OBJECT
public:
    FormHeader(const ViewContext &context, const Entity &entity, QWidget *parent);
    void setRecord(const Record &record, bool isNew, bool dirty, const QString &title);
    QList<QAction *> actionCommands() const { return m_actions; }

Q_SIGNALS:
    void actionRequested(const QString &action);
    void saveRequested();
    void revertRequested();
    void stepRequested(int step);

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();
    ViewContext m_context;
    const Entity *m_entity;
    QLabel *m_kind, *m_title, *m_marks;
    StageStepper *m_stepper;
    QWidget *m_buttonHolder;
    QHBoxLayout *m_buttons;
    QPushButton *m_save, *m_revert, *m_previous, *m_next;
    QList<QAction *> m_actions;
};

} // namespace tz
