// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "workbench/records/recordlistmodel.h"

#include "core/logic/judge.h"
#include "workbench/records/formatting.h"
#include "workbench/records/labels.h"
#include "workbench/style.h"

#include <QPointer>

namespace tz {

namespace {

/// Pages kept in memory: enough for a large screen scrolled quickly.
constexpr int pagesKept = 40;
/// Rows that are there before the rest is known.
constexpr int firstRows = 200;
/// Words are looked up in the search index; more hits than this are not a useful answer to words.
constexpr int wordHits = 20'000;

using RowIds = Result<std::vector<qint64>>;

RowIds find(const RecordReader &reader, const Query &query, const QString &words)
{
    TZ_ASSIGN(const Query narrowed, RecordListModel::narrowed(reader, query, words));
    return reader.rowIds(narrowed);
}

QString nextSlot()
{
    static quint64 number = 0;
    return QStringLiteral("list-%1").arg(++number);
}

} // namespace

RecordListModel::RecordListModel(const ViewContext &context, const Entity &entity, QObject *parent)
    : QAbstractTableModel(parent)
    , m_context(context)
    , m_catalog(context.workspace.catalog())
    , m_entity(&entity)
    , m_slot(nextSlot())
    , m_refresh(new QTimer(this))
{
    m_refresh->setSingleShot(true);
    m_refresh->setInterval(25);
    connect(m_refresh, &QTimer::timeout, this, [this] { fetchIds(true); });
    connect(&m_context.workspace, &Workspace::changed, this, &RecordListModel::changed);
}

RecordListModel::~RecordListModel() = default;

void RecordListModel::setColumns(const QStringList &paths)
{
    beginResetModel();
    m_columns.clear();
    for (const QString &path : paths) {
        const Field *field = labels::fieldAt(*m_catalog, *m_entity, path);
        if (!field || field->isSet() || field->isLines())
            continue;
        m_columns << Column{path, field, &m_catalog->ownerOf(*field)};
    }
    plan();
    endResetModel();
}

void RecordListModel::plan()
{
    m_fields = {QStringLiteral("id"), QStringLiteral("_state")};
    const auto want = [this](const QString &path) {
        qsizetype at = m_fields.indexOf(path);
        if (at < 0) {
            at = m_fields.size();
            m_fields << path;
        }
        return int(at);
    };
    m_watched = {m_entity->fullName};
    for (Column &column : m_columns) {
        column.value = want(column.path);
        if (column.field->isReference()) {
            column.title = want(column.path + QStringLiteral("._title"));
            m_watched << labels::targetOf(*column.field);
        }
        if (column.field->type == FieldType::Money && !column.field->currency.isEmpty()) {
            const qsizetype dot = column.path.lastIndexOf(QLatin1Char('.'));
            QString path = (dot < 0 ? QString() : column.path.left(dot + 1)) + column.field->currency;
            if (const Field *currency = labels::fieldAt(*m_catalog, *m_entity, path)) {
                if (currency->isReference())
                    path += QStringLiteral("._title");
                column.currency = want(path);
            }
        }
        for (qsizetype dot = column.path.indexOf(QLatin1Char('.')); dot > 0;
             dot = column.path.indexOf(QLatin1Char('.'), dot + 1)) {
            if (const Field *link = labels::fieldAt(*m_catalog, *m_entity, column.path.left(dot)))
                m_watched << labels::targetOf(*link);
        }
    }
    m_pages.clear();
    m_pageOrder.clear();
    m_pending.clear();
}

QStringList RecordListModel::columns() const
{
    QStringList paths;
    for (const Column &column : m_columns)
        paths << column.path;
    return paths;
}

const Field *RecordListModel::fieldAt(int column) const
{
    return column >= 0 && column < m_columns.size() ? m_columns[column].field : nullptr;
}

QString RecordListModel::pathAt(int column) const
{
    return column >= 0 && column < m_columns.size() ? m_columns[column].path : QString();
}

void RecordListModel::setFilter(const QString &fixed, const QString &filter, const QString &words)
{
    m_fixed = fixed;
    m_filter = filter;
    m_words = words;
    reload();
}

QString RecordListModel::filterText() const
{
    if (m_fixed.isEmpty() || m_filter.isEmpty())
        return m_fixed + m_filter;
    return QStringLiteral("(%1) and (%2)").arg(m_fixed, m_filter);
}

void RecordListModel::setSort(const QList<SortKey> &keys)
{
    m_sort = keys;
    reload();
}

void RecordListModel::setDeleted(bool deleted)
{
    m_deleted = deleted;
    reload();
}

Query RecordListModel::query() const
{
    Query query;
    query.entity = m_entity->fullName;
    query.filterText = filterText();
    query.sort = m_sort;
    query.deleted = m_deleted;
    return query;
}

Result<Query> RecordListModel::narrowed(const RecordReader &reader, Query query, const QString &words)
{
    if (words.isEmpty())
        return query;
    TZ_ASSIGN(const auto hits, reader.search(words, wordHits, query.entity));
    ValueList ids;
    ids.reserve(hits.size());
    for (const SearchHit &hit : hits)
        ids.push_back(Value(hit.id));
    expression::Scope scope;
    scope.catalog = &reader.catalog();
    scope.entity = reader.catalog().entity(query.entity);
    TZ_ASSIGN(const ExpressionPtr among, expression::Expression::fieldIn(QStringLiteral("id"), ids, scope));
    query.filter = expression::Expression::both(query.filter, among);
    return query;
}

void RecordListModel::reload()
{
    fetchIds(false);
}

void RecordListModel::fetchIds(bool keepFirst)
{
    const quint64 generation = ++m_generation;
    const QPointer<RecordListModel> self(this);
    const QString words = m_words;
    m_counting = true;
    const auto arrive = [self, generation](std::any answer, bool last) {
        if (!self || self->m_generation != generation)
            return;
        auto *ids = std::any_cast<RowIds>(&answer);
        if (!ids)
            return;
        const bool first = std::exchange(self->m_loading, false);
        if (!*ids) {
            self->m_counting = false;
            Q_EMIT self->problem(ids->error());
            if (first)
                Q_EMIT self->loaded();
            return;
        }
        // Fewer than were asked for are all of them.
        if (last || int((*ids)->size()) < firstRows)
            self->m_counting = false;
        self->receiveIds(std::move(**ids));
        if (!self->m_counting) {
            Q_EMIT self->problem(Error());
            Q_EMIT self->counted(self->total());
        }
        if (first)
            Q_EMIT self->loaded();
    };
    const auto fetchAll = [this, self, generation, arrive, words] {
        if (!self || m_generation != generation)
            return;
        const Query all = query();
        m_context.workspace.inBackground(
            m_slot, [all, words](RecordReader &reader) -> std::any { return find(reader, all, words); },
            [arrive](std::any answer) { arrive(std::move(answer), true); });
    };
    if (keepFirst)
        return fetchAll();
    // One after the other: the first rows are waited for, and the second question would be asked on their time.
    Query first = query();
    first.limit = firstRows;
    m_context.workspace.inBackground(
        m_slot, [first, words](RecordReader &reader) -> std::any { return find(reader, first, words); },
        [self, arrive, fetchAll](std::any answer) {
            arrive(std::move(answer), false);
            if (self && self->m_counting)
                fetchAll();
        });
}

/// Rows that stay keep their indexes: the common head and tail are left alone, the middle is replaced.
void RecordListModel::receiveIds(std::vector<qint64> ids)
{
    // Pages go with the ids that they were read for: whoever is told of a change may read at once.
    const auto forget = [this] {
        m_pages.clear();
        m_pageOrder.clear();
    };
    forget();
    const int oldCount = int(m_rowIds.size());
    const int newCount = int(ids.size());
    int head = 0;
    while (head < oldCount && head < newCount && m_rowIds[size_t(head)] == ids[size_t(head)])
        ++head;
    int tail = 0;
    while (tail < oldCount - head && tail < newCount - head &&
           m_rowIds[size_t(oldCount - 1 - tail)] == ids[size_t(newCount - 1 - tail)])
        ++tail;
    const int gone = oldCount - head - tail;
    const int come = newCount - head - tail;
    if (gone > 0 && come > 0 && head == 0 && tail == 0) {
        beginResetModel();
        m_rowIds = std::move(ids);
        forget();
        endResetModel();
        return;
    }
    if (gone > 0) {
        beginRemoveRows({}, head, head + gone - 1);
        m_rowIds.erase(m_rowIds.begin() + head, m_rowIds.begin() + head + gone);
        forget();
        endRemoveRows();
    }
    if (come > 0) {
        beginInsertRows({}, head, head + come - 1);
        m_rowIds = std::move(ids);
        forget();
        endInsertRows();
    }
    if (!m_rowIds.empty() && !m_columns.isEmpty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

void RecordListModel::changed(const QString &entity, const QList<Id> &ids)
{
    if (!m_watched.contains(entity))
        return;
    // What is on the screen follows at once; order and membership a moment later, many changes together.
    m_pages.clear();
    m_pageOrder.clear();
    if (!m_rowIds.empty() && !m_columns.isEmpty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
    Q_UNUSED(ids)
    if (entity == m_entity->fullName && !m_refresh->isActive())
        m_refresh->start();
}

const std::vector<Value> *RecordListModel::rowAt(int row) const
{
    if (row < 0 || row >= int(m_rowIds.size()))
        return nullptr;
    const int number = row / pageRows;
    auto page = m_pages.find(number);
    if (page == m_pages.end()) {
        const size_t first = size_t(number) * pageRows;
        const size_t count = std::min(size_t(pageRows), m_rowIds.size() - first);
        auto rows = m_context.workspace.reader().rowsAt(m_entity->fullName, m_fields,
                                                        std::span(m_rowIds).subspan(first, count));
        Page loaded = rows ? std::move(rows->rows) : Page(count);
        loaded.resize(count);
        page = m_pages.emplace(number, std::move(loaded)).first;
        m_pageOrder << number;
        while (m_pageOrder.size() > pagesKept)
            m_pages.erase(m_pageOrder.takeFirst());
    }
    const std::vector<Value> &values = page->second[size_t(row % pageRows)];
    return values.size() == size_t(m_fields.size()) ? &values : nullptr;
}

Id RecordListModel::idAt(int row) const
{
    const std::vector<Value> *values = rowAt(row);
    return values ? (*values)[0].toId() : Id();
}

int RecordListModel::rowOf(const Id &id) const
{
    const auto rowId = m_context.workspace.reader().rowIdOf(*m_entity, id);
    if (!rowId)
        return -1;
    const auto found = std::find(m_rowIds.begin(), m_rowIds.end(), *rowId);
    return found == m_rowIds.end() ? -1 : int(found - m_rowIds.begin());
}

Value RecordListModel::valueAt(int row, int column) const
{
    if (column < 0 || column >= m_columns.size() || row < 0 || row >= int(m_rowIds.size()))
        return {};
    const auto pending = m_pending.find({m_rowIds[size_t(row)], column});
    if (pending != m_pending.end())
        return pending->second.value;
    const std::vector<Value> *values = rowAt(row);
    return values ? (*values)[size_t(m_columns[column].value)] : Value();
}

std::optional<Record> RecordListModel::recordAt(int row) const
{
    const Id id = idAt(row);
    if (!id)
        return std::nullopt;
    const auto found = m_context.workspace.reader().find(*m_entity, id, m_deleted);
    return found ? *found : std::nullopt;
}

bool RecordListModel::isEditable(const QModelIndex &index, QString *reason) const
{
    const auto no = [reason](const QString &text) {
        if (reason)
            *reason = text;
        return false;
    };
    const Field *field = fieldAt(index.column());
    if (!field)
        return no({});
    const QString path = pathAt(index.column());
    if (m_deleted)
        return no(tr("The record is in the recycle bin."));
    if (path.contains(QLatin1Char('.')))
        return no(tr("This comes from another record; open that one to change it."));
    if (m_entity->appendOnly)
        return no(tr("Records of this kind are never changed."));
    if (field->system)
        return no(tr("The program keeps this by itself."));
    if (field->isDerived())
        return no(tr("This is computed."));
    if (field->readonly)
        return no(tr("This is set by actions only."));
    if (field->type == FieldType::State)
        return no(tr("The state changes by an action: open the record or its menu."));
    const auto record = recordAt(index.row());
    if (!record)
        return no(tr("The record is gone."));
    const expression::Context context = labels::contextFor(m_context.workspace, &*record);
    if (field->readonlyIf && field->readonlyIf->holds(context))
        return no(tr("This cannot be changed now."));
    const Judge judge(m_context.workspace.reader(), m_context.workspace.contributions(), m_context.workspace.actor(),
                      context.nowMs, context.utcOffsetSeconds);
    if (const auto may = judge.mayUpdate(*record, *record); !may)
        return no(labels::error(*m_entity, may.error()));
    return true;
}

Result<> RecordListModel::check(const QModelIndex &index, const Value &value) const
{
    const Field *field = fieldAt(index.column());
    const auto record = recordAt(index.row());
    if (!field || !record)
        return fail("record.not_found");
    const Judge judge(m_context.workspace.reader(), m_context.workspace.contributions(), m_context.workspace.actor(),
                      m_context.workspace.clock().nowMs(), labels::utcOffsetSeconds());
    const auto after = judge.updated(*record, {FieldEdit{field->name, value, record->value(field->index)}});
    if (!after)
        return fail(after.error());
    return judge.mayUpdate(*record, *after);
}

void RecordListModel::edit(const QModelIndex &index, const Value &value, const QString &title)
{
    if (!index.isValid() || valueAt(index.row(), index.column()) == value)
        return;
    const Field *field = fieldAt(index.column());
    const Id id = idAt(index.row());
    if (!field || !id)
        return;
    const std::pair key{m_rowIds[size_t(index.row())], index.column()};
    m_pending[key] = Pending{value, title, {}};
    Q_EMIT dataChanged(index, index);
    Draft draft = m_context.workspace.draft();
    draft.label = QStringLiteral("edit");
    draft.update(m_entity->fullName, id, {{field->name, value}});
    const QPointer<RecordListModel> self(this);
    const QPersistentModelIndex where(index);
    m_context.workspace.apply(std::move(draft), [self, where, key](const Result<Receipt> &receipt) {
        if (!self)
            return;
        if (receipt) {
            self->m_pending.erase(key);
            if (where.isValid())
                Q_EMIT self->dataChanged(where, where);
            Q_EMIT self->edited(receipt->batch);
            return;
        }
        if (const auto pending = self->m_pending.find(key); pending != self->m_pending.end())
            pending->second.problem = labels::error(*self->m_entity, receipt.error());
        if (where.isValid()) {
            Q_EMIT self->dataChanged(where, where);
            Q_EMIT self->editRefused(where, receipt.error());
        }
        // The reason stays to be read; the old value is back.
        if (const auto pending = self->m_pending.find(key); pending != self->m_pending.end())
            self->m_pending.erase(pending);
    });
}

int RecordListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rowIds.size());
}

int RecordListModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_columns.size());
}

QVariant RecordListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Column &column = m_columns[index.column()];
    const Field &field = *column.field;
    if (role == Qt::TextAlignmentRole)
        return int((formatting::isRightAligned(field) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    const auto pending = m_pending.find({m_rowIds[size_t(index.row())], index.column()});
    const bool isPending = pending != m_pending.end();
    if (role == ProblemRole)
        return isPending ? pending->second.problem : QString();
    if (role == LinkRole)
        return column.path == m_entity->title || field.isReference();
    const std::vector<Value> *values = rowAt(index.row());
    if (!values)
        return {};
    const Value &value = isPending ? pending->second.value : (*values)[size_t(column.value)];
    switch (role) {
    case ValueRole:
        return QVariant::fromValue(value);
    case ToneRole:
        if ((field.type == FieldType::State || field.type == FieldType::Enum) && !value.isNull()) {
            for (const labels::Option &option : labels::options(*column.of, field)) {
                if (option.name == value.toText() && (field.type == FieldType::State || !option.color.isEmpty()))
                    return int(style::toneOf(option.color));
            }
        }
        return {};
    case Qt::CheckStateRole:
        return {};
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
    case Qt::EditRole: {
        QString title;
        if (column.title >= 0)
            title = isPending && !pending->second.title.isEmpty() ? pending->second.title
                                                                  : (*values)[size_t(column.title)].toText();
        const QString currency = column.currency >= 0 ? (*values)[size_t(column.currency)].toText() : QString();
        return formatting::value(*column.of, field, value, title, currency);
    }
    case Qt::ToolTipRole:
        if (isPending && !pending->second.problem.isEmpty())
            return pending->second.problem;
        if (field.type == FieldType::LongText)
            return value.toText().left(1000);
        return {};
    default:
        return {};
    }
}

QVariant RecordListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Vertical)
        return role == Qt::DisplayRole ? QVariant(section + 1) : QVariant();
    if (section < 0 || section >= m_columns.size())
        return {};
    if (role == Qt::DisplayRole || role == Qt::AccessibleTextRole)
        return labels::path(*m_catalog, *m_entity, m_columns[section].path);
    if (role == Qt::TextAlignmentRole)
        return int((formatting::isRightAligned(*m_columns[section].field) ? Qt::AlignRight : Qt::AlignLeft) |
                   Qt::AlignVCenter);
    if (role == Qt::ToolTipRole)
        return labels::help(*m_columns[section].of, *m_columns[section].field);
    return {};
}

Qt::ItemFlags RecordListModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    // Whether the cell may really be edited is asked when an editor is about to open: it needs the whole record.
    Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
    const Field *field = fieldAt(index.column());
    if (field && !field->isDerived() && !field->system && !field->readonly && field->type != FieldType::State &&
        !pathAt(index.column()).contains(QLatin1Char('.')) && !m_deleted && !m_entity->appendOnly)
        flags |= Qt::ItemIsEditable;
    return flags;
}

bool RecordListModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role != ValueRole || !isEditable(index))
        return false;
    edit(index, value.value<Value>());
    return true;
}

} // namespace tz
