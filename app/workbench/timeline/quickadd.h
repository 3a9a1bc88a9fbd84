// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "workbench/department/viewcontributions.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace tz {

class FieldEditor;

/// Writes down a note, call or follow-up of a record in a few keystrokes, with the date of the next contact where the
/// kind has one. Ctrl+Enter adds it.
class TZ_WORKBENCH_EXPORT QuickAdd : public QWidget {
    Q_OBJECT
public:
    struct Target {
        const Entity *entity = nullptr;
        const Field *link = nullptr;
        QString text;
    };
    /// Null when the user may create none of these.
    static QuickAdd *make(const ViewContext &context, const QList<Target> &targets, const Id &record, QWidget *parent);

public Q_SLOTS:
    void add();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    QuickAdd(const ViewContext &context, const QList<Target> &targets, const Id &record, QWidget *parent);
    void chooseKind();
    void retranslate();
    ViewContext m_context;
    CatalogPtr m_catalog;
    QList<Target> m_targets;
    Id m_record;
    QComboBox *m_kind;
    QPlainTextEdit *m_text;
    QLabel *m_nextLabel;
    QWidget *m_nextHolder;
    FieldEditor *m_next = nullptr;
    QPushButton *m_add;
};

} // namespace tz
