// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "workbench/department/viewcontributions.h"

#include <QAbstractTableModel>
#include <QSet>

#include <map>

class QTimer;

namespace tz {

/// The records of one entity that match a filter, in an order, over any number of rows: holds eight bytes a row and
/// reads only what is looked at. Ids are found on a worker thread; the first rows are there before all are known.
class TZ_WORKBENCH_EXPORT RecordListModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Role {
        /// The Value itself.
        ValueRole = Qt::UserRole + 1,
        /// Why the last edit of this cell was refused; empty: fine.
        ProblemRole,
        /// style::Tone (int) of a state or choice shown as a pill; invalid: no pill.
        ToneRole,
        /// The cell opens a record when it is clicked.
        LinkRole,
    };

    RecordListModel(const ViewContext &context, const Entity &entity, QObject *parent = nullptr);
    ~RecordListModel() override;

    const Entity &entity() const { return *m_entity; }
    /// Paths shown, in order; unknown ones are left out.
    void setColumns(const QStringList &paths);
    QStringList columns() const;
    const Field *fieldAt(int column) const;
    QString pathAt(int column) const;

    /// Condition that is always there (a related list's owner), the user's filter and the words typed; each may be
    /// empty. A filter that does not compile leaves the list as it is and is told by problem().
    void setFilter(const QString &fixed, const QString &filter, const QString &words);
    QString filterText() const;
    void setSort(const QList<SortKey> &keys);
    const QList<SortKey> &sortKeys() const { return m_sort; }
    /// Records in the recycle bin instead.
    void setDeleted(bool deleted);
    /// The question that the list answers, without limit: for totals, export and drill-down.
    Query query() const;
    QString words() const { return m_words; }
    /// The query with words made into a condition by the search index. Any thread.
    static Result<Query> narrowed(const RecordReader &reader, Query query, const QString &words);
    void reload();

    /// Rows known; isCounting(): more may come.
    bool isCounting() const { return m_counting; }
    /// Nothing asked has been answered yet.
    bool isLoading() const { return m_loading; }
    qint64 total() const { return qint64(m_rowIds.size()); }

    Id idAt(int row) const;
    /// -1: not among the rows read so far.
    int rowOf(const Id &id) const;
    qint64 rowIdAt(int row) const { return m_rowIds[size_t(row)]; }
    Value valueAt(int row, int column) const;
    /// The record's whole state, for editors and conditions.
    std::optional<Record> recordAt(int row) const;
    /// May the cell be edited by the signed-in user, and if not, the reason.
    bool isEditable(const QModelIndex &index, QString *reason = nullptr) const;
    /// Checks without writing: what the editor asks before it closes.
    Result<> check(const QModelIndex &index, const Value &value) const;
    /// Writes one cell. Shown at once; taken back with a ProblemRole when the store refuses.
    void edit(const QModelIndex &index, const Value &value, const QString &title = {});

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role = Qt::EditRole) override;

Q_SIGNALS:
    /// The first rows, if there are any, have arrived.
    void loaded();
    /// The filter could not be understood; a null code: it can again.
    void problem(const tz::Error &error);
    void counted(qint64 rows);
    /// An edit went through: the batch, for undo.
    void edited(const tz::Id &batch);
    void editRefused(const QModelIndex &index, const tz::Error &error);

private:
    struct Column {
        QString path;
        const Field *field = nullptr;
        const Entity *of = nullptr;
        int value = -1, title = -1, currency = -1;
    };
    using Page = std::vector<std::vector<Value>>;
    static constexpr int pageRows = 128;

    void plan();
    void fetchIds(bool keepFirst);
    void receiveIds(std::vector<qint64> ids);
    const std::vector<Value> *rowAt(int row) const;
    void changed(const QString &entity, const QList<Id> &ids);

    ViewContext m_context;
    CatalogPtr m_catalog;
    const Entity *m_entity;
    QList<Column> m_columns;
    QStringList m_fields;
    QString m_fixed, m_filter, m_words;
    QList<SortKey> m_sort;
    bool m_deleted = false;
    std::vector<qint64> m_rowIds;
    mutable std::map<int, Page> m_pages;
    mutable QList<int> m_pageOrder;
    quint64 m_generation = 0;
    bool m_counting = false;
    bool m_loading = true;
    QString m_slot;
    QSet<QString> m_watched;
    struct Pending {
        Value value;
        QString title;
        QString problem;
    };
    std::map<std::pair<qint64, int>, Pending> m_pending;
    QTimer *m_refresh;
};

} // namespace tz
