// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "workbench/department/viewcontributions.h"

#include <QWidget>

namespace tz {

/// Import without a wizard: file, what was recognised, mapping, rehearsal, import and report are on one page, and each
/// can be changed at any time. The whole import is one undo.
class TZ_WORKBENCH_EXPORT ImportPage : public QWidget {
    Q_OBJECT
public:
    ImportPage(const ViewContext &context, const Entity &entity, QWidget *parent = nullptr);
    ~ImportPage() override;

public Q_SLOTS:
    void chooseFile();
    void openFile(const QString &path);
    void rehearse();
    void start();
    void cancel();
    void undo();
    void saveFailedRows();

Q_SIGNALS:
    void rehearsed();
    void finished();

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void retranslate();
    void showProblems();
    QString rehearsalText() const;
    QString importText() const;
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace tz
