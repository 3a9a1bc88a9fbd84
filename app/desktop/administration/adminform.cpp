// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "desktop/administration/adminform.h"

#include "core/catalog/entity.h"
#include "workbench/pageparts.h"
#include "workbench/records/labels.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace tz {
namespace {

constexpr int formWidth = 440;
constexpr int rowsOfSet = 6;

Value textValue(const QString &text)
{
    return text.isEmpty() ? Value() : Value(text);
}

} // namespace

AdminForm::AdminForm(const QString &title, const QString &verb, QWidget *parent)
    : QDialog(parent)
{
    setWindowTitle(title);
    setAttribute(Qt::WA_DeleteOnClose);
    setMinimumWidth(formWidth);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 16, 20, 16);
    m_fields = new QVBoxLayout;
    m_fields->setSpacing(4);
    layout->addLayout(m_fields);
    m_error = parts::label(u"dangerText"_s, this);
    m_error->hide();
    layout->addWidget(m_error);
    layout->addSpacing(8);
    auto *buttons = new QDialogButtonBox(this);
    m_submit = buttons->addButton(verb, QDialogButtonBox::AcceptRole);
    m_submit->setDefault(true);
    buttons->addButton(tr("Cancel"), QDialogButtonBox::RejectRole);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        clearErrors();
        Q_EMIT submitted();
    });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

void AdminForm::addRow(const QString &field, const QString &label, QWidget *editor, const QString &help,
                       std::function<Value()> value)
{
    if (!label.isEmpty())
        parts::fieldAbove(editor, m_fields)->setText(label);
    else
        m_fields->addWidget(editor);
    editor->setObjectName(field);
    if (editor->accessibleName().isEmpty())
        editor->setAccessibleName(label);
    if (!help.isEmpty())
        m_fields->addWidget(parts::label(u"mutedText"_s, this, help));
    QLabel *error = parts::label(u"dangerText"_s, this);
    error->hide();
    m_fields->addWidget(error);
    const Value before = value();
    m_rows.append({field, editor, error, std::move(value), before});
}

QLineEdit *AdminForm::addLine(const QString &field, const QString &label, const QString &text, const QString &help)
{
    auto *line = new QLineEdit(text, this);
    addRow(field, label, line, help, [line] { return textValue(line->text().trimmed()); });
    return line;
}

QLineEdit *AdminForm::addPassword(const QString &field, const QString &label, const QString &help)
{
    auto *line = new QLineEdit(this);
    line->setEchoMode(QLineEdit::Password);
    // Blanks are part of a password.
    addRow(field, label, line, help, [line] { return textValue(line->text()); });
    return line;
}

QComboBox *AdminForm::addChoice(const QString &field, const QString &label, const QList<Choice> &choices,
                                const Value &current)
{
    auto *box = new QComboBox(this);
    int at = 0;
    for (const Choice &choice : choices) {
        if (choice.value == current)
            at = box->count();
        box->addItem(choice.text);
    }
    box->setCurrentIndex(at);
    addRow(field, label, box, {}, [box, choices] { return choices.value(box->currentIndex()).value; });
    return box;
}

QListWidget *AdminForm::addSet(const QString &field, const QString &label, const QList<Choice> &choices,
                               const ValueList &current)
{
    auto *list = new QListWidget(this);
    for (const Choice &choice : choices) {
        auto *item = new QListWidgetItem(choice.text, list);
        item->setFlags(Qt::ItemIsUserCheckable | Qt::ItemIsEnabled | Qt::ItemIsSelectable);
        const bool is = std::find(current.begin(), current.end(), choice.value) != current.end();
        item->setCheckState(is ? Qt::Checked : Qt::Unchecked);
    }
    if (list->count() > 0)
        list->setCurrentRow(0);
    const int row = list->count() > 0 ? list->sizeHintForRow(0) : list->fontMetrics().height();
    list->setFixedHeight(std::min(rowsOfSet, std::max(2, list->count())) * row + 6);
    addRow(field, label, list, {}, [list, choices] {
        ValueList chosen;
        for (int i = 0; i < list->count(); ++i) {
            if (list->item(i)->checkState() == Qt::Checked)
                chosen.push_back(choices.at(i).value);
        }
        return Value::fromSet(std::move(chosen));
    });
    return list;
}

QCheckBox *AdminForm::addCheck(const QString &field, const QString &label, bool checked)
{
    auto *box = new QCheckBox(label, this);
    box->setChecked(checked);
    box->setAccessibleName(label);
    addRow(field, {}, box, {}, [box] { return Value(box->isChecked()); });
    return box;
}

QList<std::pair<QString, Value>> AdminForm::changes() const
{
    QList<std::pair<QString, Value>> changed;
    for (const Row &row : m_rows) {
        if (Value now = row.value(); now != row.before)
            changed.append({row.field, std::move(now)});
    }
    return changed;
}

QString AdminForm::text(const QString &field) const
{
    for (const Row &row : m_rows) {
        if (row.field == field)
            return row.value().toText();
    }
    return {};
}

void AdminForm::clearErrors()
{
    m_error->hide();
    for (const Row &row : m_rows)
        row.error->hide();
}

void AdminForm::showError(const Error &error, const Entity *entity)
{
    const QString sentence = entity ? labels::error(*entity, error) : labels::error(error);
    showError(error.code.startsWith("account.password") ? u"password"_s : error.field, sentence);
}

void AdminForm::showError(const QString &field, const QString &sentence)
{
    for (const Row &row : m_rows) {
        if (row.field != field || field.isEmpty())
            continue;
        row.error->setText(sentence);
        row.error->show();
        row.editor->setAccessibleDescription(sentence);
        row.editor->setFocus(Qt::OtherFocusReason);
        return;
    }
    m_error->setText(sentence);
    m_error->show();
}

void AdminForm::setBusy(bool busy)
{
    m_submit->setEnabled(!busy);
}

} // namespace tz
