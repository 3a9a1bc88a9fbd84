// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/error.h"
#include "core/base/value.h"

#include <QDialog>

#include <functional>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;
class QVBoxLayout;

namespace tz {

class Entity;

/// A dialog with labelled fields, each with the reason why it cannot stay beneath it. Opens without blocking and closes
/// when what was asked for is done; until then what was typed stays.
class AdminForm : public QDialog {
    Q_OBJECT
public:
    AdminForm(const QString &title, const QString &verb, QWidget *parent);

    QLineEdit *addLine(const QString &field, const QString &label, const QString &text, const QString &help = {});
    QLineEdit *addPassword(const QString &field, const QString &label, const QString &help = {});
    struct Choice {
        Value value;
        QString text;
    };
    QComboBox *addChoice(const QString &field, const QString &label, const QList<Choice> &choices,
                         const Value &current);
    QListWidget *addSet(const QString &field, const QString &label, const QList<Choice> &choices,
                        const ValueList &current);
    QCheckBox *addCheck(const QString &field, const QString &label, bool checked);

    /// The fields whose values are others than at the beginning.
    QList<std::pair<QString, Value>> changes() const;
    QString text(const QString &field) const;
    /// At the field that it names (also in the words of the entity), otherwise above the buttons.
    void showError(const Error &error, const Entity *entity);
    void showError(const QString &field, const QString &sentence);
    /// While the server is asked nothing can be pressed twice.
    void setBusy(bool busy);

Q_SIGNALS:
    /// The verb was pressed.
    void submitted();

private:
    struct Row {
        QString field;
        QWidget *editor;
        QLabel *error;
        std::function<Value()> value;
        Value before;
    };
    void addRow(const QString &field, const QString &label, QWidget *editor, const QString &help,
                std::function<Value()> value);
    void clearErrors();
    QVBoxLayout *m_fields;
    QLabel *m_error;
    QPushButton *m_submit;
    QList<Row> m_rows;
};

} // namespace tz
