// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

// The editors behind FieldEditor::make(), one file per family. Not for use outside this folder.
#include "workbench/records/fieldeditors.h"

class QAction;
class QCheckBox;
class QComboBox;
class QCompleter;
class QHBoxLayout;
class QLineEdit;
class QPlainTextEdit;
class QStandardItemModel;
class QTimer;

namespace tz {
class FlowLayout;
}

namespace tz::editors {

/// Text, numbers, dates and times, durations, addresses of mail, telephone and web: whatever is typed on one line.
class LineEditor : public FieldEditor {
    Q_OBJECT
public:
    LineEditor(const ViewContext &context, const Entity &entity, const Field &field, QWidget *parent, bool inCell);
    Result<Value> value() const override;
    void setValue(const Value &value, const QString &title) override;
    void setReadOnly(bool readOnly) override;
    QString rawText() const override;
    void setRawText(const QString &text) override;
    void setRecord(const Record *record) override;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QString display(const Value &value) const;
    void openCalendar();
    void openTarget();
    QLineEdit *m_line;
    QAction *m_open = nullptr;
};

/// Long text and JSON. Tab leaves; Enter is a new line, Ctrl+Enter belongs to the form.
class TextEditor : public FieldEditor {
    Q_OBJECT
public:
    TextEditor(const ViewContext &context, const Entity &entity, const Field &field, QWidget *parent, bool inCell);
    Result<Value> value() const override;
    void setValue(const Value &value, const QString &title) override;
    void setReadOnly(bool readOnly) override;
    QString rawText() const override;
    void setRawText(const QString &text) override;

private:
    QPlainTextEdit *m_text;
};

class BoolEditor : public FieldEditor {
    Q_OBJECT
public:
    BoolEditor(const ViewContext &context, const Entity &entity, const Field &field, QWidget *parent, bool inCell);
    Result<Value> value() const override;
    void setValue(const Value &value, const QString &title) override;
    void setReadOnly(bool readOnly) override;

private:
    QCheckBox *m_box;
};

/// Enum and state: typing chooses, Delete empties.
class ChoiceEditor : public FieldEditor {
    Q_OBJECT
public:
    ChoiceEditor(const ViewContext &context, const Entity &entity, const Field &field, QWidget *parent, bool inCell);
    Result<Value> value() const override;
    void setValue(const Value &value, const QString &title) override;
    void setReadOnly(bool readOnly) override;

protected:
    void changeEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void fill();
    QComboBox *m_box;
};

/// A reference: search as one types, the newest first when nothing is typed, and a line for creating what is missing.
class LookupEditor : public FieldEditor {
    Q_OBJECT
public:
    LookupEditor(const ViewContext &context, const Entity &entity, const Field &field, QWidget *parent, bool inCell);
    Result<Value> value() const override;
    void setValue(const Value &value, const QString &title) override;
    void setReadOnly(bool readOnly) override;
    QString rawText() const override;
    void setRawText(const QString &text) override;
    QString title() const override;
    QLineEdit *line() const { return m_line; }

Q_SIGNALS:
    /// Something was chosen; for sets, which take it and empty the line.
    void chosen(const tz::Id &id, const QString &title);
    /// Text without a record, confirmed by Enter; only where free text is allowed.
    void typed(const QString &text);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void search();
    void take(const QModelIndex &index);
    const Entity *m_target;
    QLineEdit *m_line;
    QCompleter *m_completer;
    QStandardItemModel *m_hits;
    QTimer *m_timer;
    QString m_slot;
    Id m_id;
    QString m_title;
    QAction *m_go;
};

/// Links and tags: a row of members with a look-up behind them.
class SetEditor : public FieldEditor {
    Q_OBJECT
public:
    SetEditor(const ViewContext &context, const Entity &entity, const Field &field, QWidget *parent, bool inCell);
    Result<Value> value() const override;
    void setValue(const Value &value, const QString &title) override;
    void setReadOnly(bool readOnly) override;

private:
    void rebuild();
    void add(const Value &member, const QString &title);
    struct Member {
        Value value;
        QString title;
    };
    QList<Member> m_members;
    FlowLayout *m_flow;
    LookupEditor *m_lookup = nullptr;
    QLineEdit *m_line = nullptr;
    bool m_readOnly = false;
};

/// Country, province, city, district, street and postcode as one JSON object.
class AddressEditor : public FieldEditor {
    Q_OBJECT
public:
    AddressEditor(const ViewContext &context, const Entity &entity, const Field &field, QWidget *parent, bool inCell);
    Result<Value> value() const override;
    void setValue(const Value &value, const QString &title) override;
    void setReadOnly(bool readOnly) override;

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();
    QList<std::pair<QString, QLineEdit *>> m_parts;
    QJsonObject m_rest;
};

} // namespace tz::editors
