// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "workbench/department/viewcontributions.h"

#include <QWidget>

namespace tz {

/// The editor of one field: the same in forms, cells, filters and small dialogs. Enter commits, Delete or the clear
/// button empties, Alt+Down opens what can be opened (calendar, choices, look-up).
class TZ_WORKBENCH_EXPORT FieldEditor : public QWidget {
    Q_OBJECT
public:
    /// The editor for the field's type. `inCell`: without frame and with the height of a row.
    static FieldEditor *make(const ViewContext &context, const Entity &entity, const Field &field, QWidget *parent,
                             bool inCell = false);
    ~FieldEditor() override;

    const Field &field() const { return *m_field; }
    const Entity &entity() const { return *m_entity; }
    /// What is entered now; an error when it cannot be read.
    virtual Result<Value> value() const = 0;
    /// `title` of a reference spares a look-up.
    virtual void setValue(const Value &value, const QString &title = {}) = 0;
    virtual void setReadOnly(bool readOnly) = 0;
    virtual void clear() { setValue(Value()); }
    /// What was typed and cannot be read stays as it is: for drafts. Empty unless the editor is a text.
    virtual QString rawText() const { return {}; }
    virtual void setRawText(const QString &) {}
    /// Text of a reference shown now.
    virtual QString title() const { return {}; }
    /// The record being edited: currency and look-ups may depend on it. Not owned; may be null.
    virtual void setRecord(const Record *record) { m_record = record; }
    /// A text that stands for the value in the search for doubles and in tests.
    /// Shown under or beside the editor by the form; here it marks the frame and the accessible description.
    virtual void setProblem(const QString &sentence);
    QString problem() const { return m_problem; }

Q_SIGNALS:
    /// The user changed something (every keystroke).
    void edited();
    /// The user finished (Enter, a choice made).
    void committed();

protected:
    FieldEditor(const ViewContext &context, const Entity &entity, const Field &field, QWidget *parent);
    /// The child that has the focus and the accessible name.
    void setMain(QWidget *main);
    void changeEvent(QEvent *event) override;
    QWidget *mainWidget() const { return m_main; }

    ViewContext m_context;
    /// Keeps entity and field alive when the catalog changes.
    CatalogPtr m_catalog;
    const Entity *m_entity;
    const Field *m_field;
    const Record *m_record = nullptr;

private:
    QWidget *m_main = nullptr;
    QString m_problem;
};

} // namespace tz
