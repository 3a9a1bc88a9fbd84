// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "workbench/department/viewcontributions.h"

#include <QJsonObject>
#include <QWidget>

class QGridLayout;
class QLabel;

namespace tz {

class FieldEditor;
class LinesEditor;

/// The fields of a form in their sections, with live conditions and problems beside the fields.
class TZ_WORKBENCH_EXPORT FormBody : public QWidget {
    Q_OBJECT
public:
    FormBody(const ViewContext &context, const Entity &entity, QWidget *parent);
    ~FormBody() override;

    /// Shows the stored state. What the user has changed stays, unless `discard`.
    void setRecord(const Record &stored, bool isNew, bool mayWrite, bool discard);
    /// Values of a new record that are not the user's own yet count as changes.
    void setInitial(const Draft::Values &values);
    /// The record as it is on the screen; what cannot be read keeps its stored value. Formulas are computed.
    Record current() const;
    bool isDirty() const;
    /// Changed fields with their values.
    Draft::Values changes() const;
    QStringList changedFields() const { return m_changed.values(); }
    void addLinesTo(Draft &draft) const;
    void markClean();
    /// What stands in the way of saving: unreadable and missing fields. Shown at the fields; the first gets the focus.
    QList<Error> check();
    void showProblem(const Error &error);
    void clearProblems();
    QJsonObject draftState() const;
    void setDraftState(const QJsonObject &state);
    FieldEditor *editor(const QString &field) const;
    void setFieldValue(const QString &field, const Value &value);
    void focusFirst();

Q_SIGNALS:
    void edited(const QString &field);

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    struct Row {
        const Field *field = nullptr;
        QWidget *holder = nullptr;
        QLabel *label = nullptr;
        QLabel *problem = nullptr;
        FieldEditor *editor = nullptr;
        LinesEditor *lines = nullptr;
        bool wide = false;
        bool shown = true;
        bool required = false;
    };
    struct Section {
        QString label;
        QLabel *title = nullptr;
        QGridLayout *grid = nullptr;
        QList<int> rows;
    };
    void addSection(const QString &label, const QStringList &fields);
    void refresh();
    void arrange();
    void retranslate();
    void setProblemOf(Row &row, const QString &sentence);

    ViewContext m_context;
    CatalogPtr m_catalog;
    const Entity *m_entity;
    Record m_stored;
    /// Handed to the editors; follows what is typed.
    Record m_live;
    bool m_new = false;
    bool m_mayWrite = true;
    std::vector<Row> m_rows;
    QList<Section> m_sections;
    QSet<QString> m_changed;
    int m_columnsShown = 2;
};

} // namespace tz
