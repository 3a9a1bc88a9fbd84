// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "workbench/department/viewcontributions.h"

#include <QWidget>

#include <functional>

class QAction;
class QTimer;

namespace tz {

class FormBody;
class FormHeader;
class RecordSides;

/// The page of one record: header with stages and actions, grouped fields, duplicates and conflicts, related lists,
/// timeline, history and the departments' panels. What is typed is kept as a draft until it is saved.
class TZ_WORKBENCH_EXPORT RecordForm : public QWidget {
    Q_OBJECT
public:
    /// An existing record. `panels`: those of the departments' view halves.
    RecordForm(const ViewContext &context, const Entity &entity, const Id &id, const QList<PanelSpec> &panels = {},
               QWidget *parent = nullptr);
    /// A new record with these values; its id is made here.
    RecordForm(const ViewContext &context, const Entity &entity, const Draft::Values &values,
               const QList<PanelSpec> &panels = {}, QWidget *parent = nullptr);
    ~RecordForm() override;

    const Entity &entity() const { return *m_entity; }
    Id id() const { return m_id; }
    bool isNew() const { return m_new; }
    bool isDirty() const;
    /// For the tab: title of the record or "New customer", with a mark when dirty.
    QString caption() const;
    /// Where Ctrl+Up and Ctrl+Down lead; set by who opened the record from a list.
    void setNeighbours(std::function<Id(const Id &, int step)> neighbours);
    /// Drafts of new records that were never saved: entity and id, for the start of the program.
    struct KeptDraft {
        QString entity;
        Id id;
        bool isNew = false;
        qint64 atMs = 0;
    };
    static QList<KeptDraft> keptDrafts(const Profile &profile);
    /// Opens a kept draft of a new record.
    static RecordForm *reopen(const ViewContext &context, const KeptDraft &draft, const QList<PanelSpec> &panels = {},
                              QWidget *parent = nullptr);
    const QList<QAction *> &commands() const { return m_commands; }
    /// Fills these values in as if they had been typed; they wait to be saved.
    void propose(const Draft::Values &values);

    enum class Then { Stay, Close, New };

public Q_SLOTS:
    void save(tz::RecordForm::Then then = tz::RecordForm::Then::Stay);
    /// Drops what was typed.
    void revert();
    void act(const QString &action);
    void go(int step);

Q_SIGNALS:
    void captionChanged(const QString &caption);
    void dirtyChanged(bool dirty);
    void saved(const tz::Id &id, tz::RecordForm::Then then);
    /// The tab should close (saved and closed, or deleted).
    void closeRequested();
    /// The tab should show another record of the same entity.
    void openRequested(const tz::Id &id);

protected:
    void showEvent(QShowEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void build(const QList<PanelSpec> &panels);
    void load();
    void makeCommands();
    void edited(const QString &field);
    void keepDraft();
    void restoreDraft();
    void dropDraft();
    void findDuplicates();
    void changed(const QString &entity, const QList<Id> &ids);
    void showProblem(const Error &error);
    void updateCaption();
    QString draftPath() const;

    ViewContext m_context;
    CatalogPtr m_catalog;
    const Entity *m_entity;
    Id m_id;
    bool m_new = false;
    bool m_saving = false;
    bool m_wasDirty = false;
    bool m_confirmedDuplicates = false;
    std::function<Id(const Id &, int)> m_neighbours;
    FormHeader *m_header = nullptr;
    FormBody *m_body = nullptr;
    RecordSides *m_sides = nullptr;
    QTimer *m_draftTimer = nullptr;
    QTimer *m_duplicateTimer = nullptr;
    QList<QAction *> m_commands;
};

} // namespace tz
