// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/error.h"
#include "workbench/export.h"

#include <QStringList>

class QDialog;
class QWidget;

/// Every modal question goes through here, so that a test can answer in advance. GUI thread only.
namespace tz::dialogs {

/// Shows the question with buttons for `answers`, the first being what is proposed; gives the index of the answer,
/// -1 when the dialog was closed. An answer given in advance is taken instead of showing anything.
TZ_WORKBENCH_EXPORT int ask(QWidget *parent, const QString &title, const QString &question, const QStringList &answers);
/// Yes and cancel, with the verb on the button ("Delete").
TZ_WORKBENCH_EXPORT bool confirm(QWidget *parent, const QString &title, const QString &question, const QString &verb);
TZ_WORKBENCH_EXPORT void inform(QWidget *parent, const QString &title, const QString &text);
TZ_WORKBENCH_EXPORT void showError(QWidget *parent, const Error &error);
/// Null when the user gave up.
TZ_WORKBENCH_EXPORT QString text(QWidget *parent, const QString &title, const QString &label,
                                 const QString &proposal = {});
TZ_WORKBENCH_EXPORT QString openFileName(QWidget *parent, const QString &title, const QString &filter);
/// Several; an answer in advance is one of them.
TZ_WORKBENCH_EXPORT QStringList openFileNames(QWidget *parent, const QString &title, const QString &filter);
TZ_WORKBENCH_EXPORT QString saveFileName(QWidget *parent, const QString &title, const QString &proposal,
                                         const QString &filter);
/// Runs a dialog of our own; gives its result. An answer in advance: 1 accepts, 0 rejects.
TZ_WORKBENCH_EXPORT int run(QDialog &dialog);

/// Answers for the next questions, in order; texts answer text() and the file names.
TZ_WORKBENCH_EXPORT void setNextAnswer(int answer);
TZ_WORKBENCH_EXPORT void setNextText(const QString &text);
TZ_WORKBENCH_EXPORT void setNextFileName(const QString &path);
/// The last question or message that was answered in advance, for tests.
TZ_WORKBENCH_EXPORT QString lastQuestion();

} // namespace tz::dialogs
