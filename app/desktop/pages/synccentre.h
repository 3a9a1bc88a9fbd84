// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/store/replicastate.h"
#include "desktop/pages/pagefactory.h"

class QLabel;
class QPushButton;
class QTimer;
class QVBoxLayout;

namespace tz {

/// An edit of one's own that somebody else's replaced, as it is shown.
struct ConflictView {
    Id id;
    QString entity, field;
    Id record;
    Value mine, theirs;
    Id theirUser;
    qint64 atMs = 0;
    /// The whole record was deleted by the other; there is no field.
    bool deleted = false;
};

/// What became of one's changes: those that wait, those that somebody else changed too, those that were refused; with
/// everything that can be done about them.
class SyncCentre : public TabPage {
    Q_OBJECT
public:
    explicit SyncCentre(const PageContext &context);

    QString caption() const override;
    QString iconName() const override { return QStringLiteral("cloud"); }
    QWidget *mainWidget() override;

    void takeMine(const ConflictView &conflict);
    void keepTheirs(const ConflictView &conflict);
    void discard(const RejectedBatch &batch);
    const std::vector<ConflictView> &conflicts() const { return m_conflicts; }

protected:
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void build();
    void reload();
    void retranslate();
    void showStatus();
    void fillWaiting(const std::vector<Batch> &batches);
    void fillConflicts();
    void fillRejected(const std::vector<RejectedBatch> &rejected);
    void resolve(const ConflictView &conflict, const QString &action, bool restore);
    QString describeBatch(const Batch &batch) const;
    QString titleOf(const QString &entity, const Id &id) const;
    void copyReport();

    PageContext m_context;
    QLabel *m_title, *m_statusIcon, *m_statusLine, *m_server, *m_error;
    QPushButton *m_syncNow, *m_copy;
    QLabel *m_conflictTitle, *m_rejectedTitle, *m_waitingTitle, *m_calm;
    QVBoxLayout *m_conflictLayout, *m_rejectedLayout, *m_waitingLayout;
    QTimer *m_timer;
    std::vector<ConflictView> m_conflicts;
    std::vector<RejectedBatch> m_rejected;
    std::vector<Batch> m_waiting;
};

} // namespace tz
