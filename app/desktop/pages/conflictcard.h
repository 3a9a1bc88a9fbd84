// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "workbench/department/viewcontributions.h"

#include <QWidget>

class QHBoxLayout;
class QLabel;
class QVBoxLayout;

namespace tz {

class FieldEditor;

/// An edit of one's own that somebody else's replaced, as it is shown.
struct ConflictView {
    Id id;
    QString entity, field;
    Id record;
    Value base, mine, theirs;
    Id theirUser;
    qint64 atMs = 0;
    /// The whole record was deleted by the other; there is no field.
    bool deleted = false;

    bool operator==(const ConflictView &) const = default;
};

/// The two edits side by side with what stood there before, and the ways out: mine, theirs, or a value of its own.
class ConflictCard : public QWidget {
    Q_OBJECT
public:
    ConflictCard(const ViewContext &context, const Entity &entity, const ConflictView &conflict, QWidget *parent);

    const ConflictView &conflict() const { return m_conflict; }
    /// A value is being typed: the card must not be made anew.
    bool isEditing() const { return m_editor != nullptr; }

public Q_SLOTS:
    void edit();

Q_SIGNALS:
    void mineTaken();
    void theirsKept();
    void valueEntered(const tz::Value &value);

private:
    QString shown(const Value &value) const;
    QString shownEdits(const QString &edits) const;
    void endEdit();
    void finishEdit();

    ViewContext m_context;
    CatalogPtr m_catalog;
    const Entity *m_entity;
    const Field *m_field;
    ConflictView m_conflict;
    QVBoxLayout *m_rows;
    QWidget *m_buttons;
    QWidget *m_edit = nullptr;
    FieldEditor *m_editor = nullptr;
    QLabel *m_problem = nullptr;
};

} // namespace tz
