// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/store/replicastate.h"
#include "desktop/pages/conflictcard.h"
#include "desktop/pages/pagefactory.h"

class QLabel;
class QPushButton;
class QTimer;
class QVBoxLayout;

namespace tz {

class IntegrityCard;

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
    /// Neither: a value of its own stands from now on.
    void takeValue(const ConflictView &conflict, const Value &value);
    /// Opens the record with the refused values filled in, to be mended and saved again.
    void editAgain(const RejectedBatch &batch);
    void discard(const RejectedBatch &batch);
    const std::vector<ConflictView> &conflicts() const { return m_conflicts; }
    const std::vector<RejectedBatch> &rejected() const { return m_rejected; }

protected:
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void build();
    void reload();
    void retranslate();
    void readConflicts();
    void showStatus();
    void showNextAttempt();
    void fillWaiting(const std::vector<Batch> &batches);
    void fillConflicts();
    void fillRejected(const std::vector<RejectedBatch> &rejected);
    QWidget *rejectedCard(const RejectedBatch &batch);
    void resolve(const ConflictView &conflict, const std::optional<Value> &value);
    void forget(const Id &batch);
    QString describeBatch(const Batch &batch) const;
    QString titleOf(const QString &entity, const Id &id) const;
    void copyReport();

    PageContext m_context;
    QLabel *m_title, *m_statusIcon, *m_statusLine, *m_server, *m_error;
    QPushButton *m_syncNow, *m_copy;
    QLabel *m_conflictTitle, *m_rejectedTitle, *m_waitingTitle, *m_calm;
    QVBoxLayout *m_conflictLayout, *m_rejectedLayout, *m_waitingLayout;
    QLabel *m_nextAttempt;
    IntegrityCard *m_integrity;
    QTimer *m_timer, *m_secondTimer;
    /// What the cards show now: they are made anew only when that changes, so that the focus stays where it is.
    QStringList m_waitingShown, m_rejectedShown;
    std::vector<ConflictView> m_conflictsShown;
    std::vector<ConflictView> m_conflicts;
    std::vector<RejectedBatch> m_rejected;
    std::vector<Batch> m_waiting;
};

} // namespace tz
