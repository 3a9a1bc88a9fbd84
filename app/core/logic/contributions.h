// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/catalog/catalog.h"
#include "core/logic/actor.h"
#include "core/store/reader.h"
#include "core/sync/change.h"

#include <functional>

namespace tz {

/// Changes in the making: what a user's action, an import or a department's function wants to happen as one batch.
/// Only a list; nothing is checked before it is applied.
class TZ_CORE_EXPORT Draft {
public:
    using Values = std::vector<std::pair<QString, Value>>;

    explicit Draft(IdSource &ids)
        : m_ids(&ids)
    {
    }
    /// What the user did, for history and the undo menu.
    QString label;
    bool independent = false;
    Id group;

    Id create(const QString &entity, Values values);
    void create(const QString &entity, const Id &id, Values values);
    /// Set fields (tags, links) are given whole; what is added and removed is worked out when it is applied.
    void update(const QString &entity, const Id &id, Values values);
    void act(const QString &entity, const Id &id, const QString &action, Values parameters = {});
    void remove(const QString &entity, const Id &id);
    void restore(const QString &entity, const Id &id);
    void member(const QString &entity, const Id &id, const QString &field, Value element, bool present);

    std::vector<Change> &changes() { return m_changes; }
    const std::vector<Change> &changes() const { return m_changes; }
    bool isEmpty() const { return m_changes.empty(); }
    IdSource &ids() const { return *m_ids; }

private:
    IdSource *m_ids;
    std::vector<Change> m_changes;
};

/// What a rule sees. It runs wherever a record is written: laptop, server (on the merged record), command line.
struct RuleContext {
    const Reader &reader;
    const Actor &actor;
    qint64 nowMs;
    int utcOffsetSeconds;
    /// Null when the record is being created.
    const Record *before;
    /// A rule may set fields of this record (and only of this one).
    Record &after;
    /// Name of the declared action that brought the change; empty for a plain edit.
    QString action;

    bool changed(QStringView field) const { return !before || before->value(field) != after.value(field); }
};
/// Refuses with an error whose code begins with the department's id ("pipeline.close_date_in_past"), or accepts.
using RuleFunction = std::function<Result<>(const RuleContext &)>;

/// What an effect or a department's action sees: it adds further changes to the same batch. Runs only where the batch
/// is made; what it adds is sent and judged like everything else.
struct EffectContext {
    const Reader &reader;
    const Actor &actor;
    qint64 nowMs;
    int utcOffsetSeconds;
    const Record *before;
    const Record &after;
    /// The declared action and its parameters; empty for a plain edit.
    QString action;
    QHash<QString, Value> parameters;
    Draft &draft;
};
using EffectFunction = std::function<Result<>(const EffectContext &)>;

/// What a report answers: tables, figures and a hint for a chart; every row may name the records behind it.
struct ReportTable {
    QString name;
    struct Column {
        QString name, label;
        FieldType type = FieldType::Text;
        int scale = 0;
        QString entity; ///< for references
    };
    QList<Column> columns;
    std::vector<std::vector<Value>> rows;
    /// Filter (expression text) that lists the records behind row i, of `drillEntity`; may be empty.
    QString drillEntity;
    QStringList drillFilters;
    /// "bar", "line", "pie", "funnel", "area", "stacked"; empty: a table only.
    QString chart;
    QString chartCategory;
    QStringList chartSeries;
    /// One of these: over the bars of a stacked chart it is a line, not a part of the sum (a target).
    QString chartLine;
};
struct ReportResult {
    QList<ReportTable> tables;
};
struct ReportContext {
    const Reader &reader;
    const Actor &actor;
    qint64 nowMs;
    int utcOffsetSeconds;
    QHash<QString, Value> parameters;
};
using ReportFunction = std::function<Result<ReportResult>(const ReportContext &)>;

/// A possible double of a record that is being entered.
struct Duplicate {
    Id id;
    QString title;
    /// 0 to 100; from 90 on saving is refused until the user confirms, from 70 on a warning.
    int score = 0;
    /// Codes of what matched ("phone", "uscc", "name").
    QStringList reasons;
};
using DuplicateFunction = std::function<Result<QList<Duplicate>>(const Reader &, const Record &)>;

/// Work that recurs: run by the server (and by a stand-alone profile), as the system.
struct Job {
    QString name;
    int everySeconds = 3600;
    std::function<Result<>(const Reader &reader, qint64 nowMs, int utcOffsetSeconds, Draft &draft)> run;
};

/// Where a department puts records that a new company begins with (roles, currencies, a pipeline) or that a
/// demonstration shows. Runs as the system, once, on an empty database; drafts are applied in the order given.
struct SeedContext {
    const Reader &reader;
    Entropy &entropy;
    IdSource &ids;
    qint64 nowMs;
    int utcOffsetSeconds;
    /// Applies one draft (at most limits::changesPerBatch changes).
    std::function<Result<>(Draft draft)> apply;

    Draft draft() const { return Draft(ids); }
};
/// Ids of records that every company has come from Id::fromName("role:sales"), so that they are the same
/// everywhere.
using SeedFunction = std::function<Result<>(const SeedContext &)>;

/// Everything departments add to the program besides their declarations. Filled once, then read from any thread.
class TZ_CORE_EXPORT Contributions {
public:
    void rule(const QString &entity, RuleFunction function);
    /// Runs after a record of the entity is created, changed or deleted by whoever makes the batch.
    void effect(const QString &entity, EffectFunction function);
    /// "pipeline.lead.convert": the function behind an action declared in the entity's file.
    void action(const QString &fullName, EffectFunction function);
    void report(const QString &fullName, ReportFunction function);
    void duplicates(const QString &entity, DuplicateFunction function);
    void job(Job job);
    /// What a new company begins with, and what a demonstration adds to it; run in the order of the departments' needs.
    void initial(SeedFunction function) { m_initial << std::move(function); }
    void demo(SeedFunction function) { m_demo << std::move(function); }

    const QList<RuleFunction> &rules(const QString &entity) const;
    const QList<EffectFunction> &effects(const QString &entity) const;
    const EffectFunction *action(const QString &fullName) const;
    const ReportFunction *report(const QString &fullName) const;
    const DuplicateFunction *duplicates(const QString &entity) const;
    const QList<Job> &jobs() const { return m_jobs; }
    const QList<SeedFunction> &initial() const { return m_initial; }
    const QList<SeedFunction> &demo() const { return m_demo; }
    QStringList actionNames() const { return m_actions.keys(); }
    QStringList reportNames() const { return m_reports.keys(); }

private:
    QHash<QString, QList<RuleFunction>> m_rules;
    QHash<QString, QList<EffectFunction>> m_effects;
    QHash<QString, EffectFunction> m_actions;
    QHash<QString, ReportFunction> m_reports;
    QHash<QString, DuplicateFunction> m_duplicates;
    QList<Job> m_jobs;
    QList<SeedFunction> m_initial;
    QList<SeedFunction> m_demo;
};

} // namespace tz
