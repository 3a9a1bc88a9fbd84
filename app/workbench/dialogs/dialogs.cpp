// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "workbench/dialogs/dialogs.h"

#include "workbench/records/labels.h"

#include <QCoreApplication>
#include <QFileDialog>
#include <QInputDialog>
#include <QMessageBox>
#include <QPushButton>
#include <QQueue>

namespace tz::dialogs {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(tz::dialogs)
};

QQueue<int> &answers()
{
    static QQueue<int> queue;
    return queue;
}

QQueue<QString> &texts()
{
    static QQueue<QString> queue;
    return queue;
}

QString &question()
{
    static QString text;
    return text;
}

} // namespace

void setNextAnswer(int answer)
{
    answers().enqueue(answer);
}

void setNextText(const QString &text)
{
    texts().enqueue(text);
}

void setNextFileName(const QString &path)
{
    texts().enqueue(path);
}

QString lastQuestion()
{
    return question();
}

int ask(QWidget *parent, const QString &title, const QString &asked, const QStringList &choices)
{
    question() = asked;
    if (!answers().isEmpty())
        return answers().dequeue();
    QMessageBox box(QMessageBox::Question, title, asked, QMessageBox::NoButton, parent);
    QList<QAbstractButton *> buttons;
    for (const QString &choice : choices)
        buttons << box.addButton(choice, buttons.isEmpty() ? QMessageBox::AcceptRole : QMessageBox::RejectRole);
    if (!buttons.isEmpty())
        box.setDefaultButton(qobject_cast<QPushButton *>(buttons.first()));
    if (buttons.size() > 1)
        box.setEscapeButton(buttons.last());
    box.exec();
    return int(buttons.indexOf(box.clickedButton()));
}

bool confirm(QWidget *parent, const QString &title, const QString &asked, const QString &verb)
{
    return ask(parent, title, asked, {verb, Tr::tr("Cancel")}) == 0;
}

void inform(QWidget *parent, const QString &title, const QString &text)
{
    question() = text;
    if (!answers().isEmpty()) {
        answers().dequeue();
        return;
    }
    QMessageBox::information(parent, title, text);
}

void showError(QWidget *parent, const Error &error)
{
    question() = labels::error(error);
    if (!answers().isEmpty()) {
        answers().dequeue();
        return;
    }
    QMessageBox::warning(parent, Tr::tr("That did not work"), question());
}

QString text(QWidget *parent, const QString &title, const QString &label, const QString &proposal)
{
    question() = label;
    if (!texts().isEmpty())
        return texts().dequeue();
    bool accepted = false;
    const QString typed = QInputDialog::getText(parent, title, label, QLineEdit::Normal, proposal, &accepted);
    return accepted ? typed : QString();
}

QString openFileName(QWidget *parent, const QString &title, const QString &filter)
{
    if (!texts().isEmpty())
        return texts().dequeue();
    return QFileDialog::getOpenFileName(parent, title, QString(), filter);
}

QStringList openFileNames(QWidget *parent, const QString &title, const QString &filter)
{
    if (!texts().isEmpty())
        return {texts().dequeue()};
    return QFileDialog::getOpenFileNames(parent, title, QString(), filter);
}

QString saveFileName(QWidget *parent, const QString &title, const QString &proposal, const QString &filter)
{
    if (!texts().isEmpty())
        return texts().dequeue();
    return QFileDialog::getSaveFileName(parent, title, proposal, filter);
}

int run(QDialog &dialog)
{
    if (!answers().isEmpty()) {
        const int answer = answers().dequeue();
        dialog.setResult(answer);
        return answer;
    }
    return dialog.exec();
}

} // namespace tz::dialogs
