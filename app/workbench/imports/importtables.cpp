// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "workbench/imports/importtables.h"

#include "workbench/records/labels.h"
#include "workbench/style.h"

#include <QComboBox>
#include <QHeaderView>

namespace tz {

namespace {

/// Names shown; the rows of the others are in the list of problems.
constexpr int namesMax = 100;
/// Records offered to stand for a name.
constexpr int titlesMax = 500;

const QString listRows = QStringLiteral("list");
const QString leaveBlank = QStringLiteral("blank");
const QString createThem = QStringLiteral("create");
const QString take = QStringLiteral("take:");

void dress(QTableWidget *table)
{
    table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(style::rowHeight(table->font()) + style::gap);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setTabKeyNavigation(false);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
}

bool mayMake(const Workspace &workspace, const Entity &entity)
{
    const Actor actor = workspace.actor();
    return actor.isAdmin() || effectiveGrant(entity.access, actor.roles).create;
}

} // namespace

ImportMapping::ImportMapping(const ViewContext &context, const Entity &entity, QWidget *parent)
    : QTableWidget(0, 2, parent)
    , m_context(context)
    , m_catalog(context.workspace.catalog())
    , m_entity(&entity)
{
    dress(this);
    retranslate();
}

void ImportMapping::retranslate()
{
    setHorizontalHeaderLabels({tr("Column of the file"), tr("Goes to")});
    setAccessibleName(tr("Columns and the fields they go to"));
}

void ImportMapping::forget()
{
    m_chosen.clear();
    setRowCount(0);
}

void ImportMapping::choose(const QString &title, const QString &field)
{
    m_chosen.removeIf([&title](const std::pair<QString, QString> &one) { return one.first == title; });
    m_chosen.append({title, field});
    Q_EMIT changed();
}

void ImportMapping::fill(const ImportReport &report)
{
    setRowCount(int(report.columns.size()));
    for (int row = 0; row < int(report.columns.size()); ++row) {
        const ImportReport::Column &column = report.columns[row];
        setItem(row, 0, new QTableWidgetItem(column.title));
        auto *box = new QComboBox(this);
        box->setAccessibleName(tr("Field for the column %1").arg(column.title));
        box->addItem(tr("(leave out)"), QString());
        for (const Field &field : m_entity->fields) {
            if (!field.isDerived() && !field.isLines())
                box->addItem(labels::field(*m_entity, field), field.name);
        }
        int at = box->findData(column.field);
        if (at < 0) {
            // A path along a link, found by the import itself.
            box->addItem(labels::path(*m_catalog, *m_entity, column.field), column.field);
            at = box->count() - 1;
        }
        box->setCurrentIndex(at);
        connect(box, &QComboBox::activated, this,
                [this, box, title = column.title] { choose(title, box->currentData().toString()); });
        setCellWidget(row, 1, box);
    }
    if (rowCount())
        setCurrentCell(0, 0);
}

ImportMissing::ImportMissing(const ViewContext &context, const Entity &entity, QWidget *parent)
    : QTableWidget(0, 4, parent)
    , m_context(context)
    , m_catalog(context.workspace.catalog())
    , m_entity(&entity)
{
    dress(this);
    retranslate();
    hide();
}

void ImportMissing::retranslate()
{
    setHorizontalHeaderLabels({tr("Field"), tr("Not found here"), tr("Rows"), tr("What to do")});
    setAccessibleName(tr("Names that were not found, and what to do about them"));
}

void ImportMissing::forget()
{
    m_aliases.clear();
    m_created.clear();
    m_titles.clear();
    setRowCount(0);
    hide();
}

QStringList ImportMissing::titlesFor(const Entity &target)
{
    const auto known = m_titles.constFind(target.fullName);
    if (known != m_titles.constEnd())
        return *known;
    Query query;
    query.entity = target.fullName;
    query.fields = {target.title};
    query.sort = {SortKey{target.title, false}};
    query.limit = titlesMax;
    QStringList titles;
    if (const auto rows = m_context.workspace.reader().select(query)) {
        for (const auto &row : rows->rows) {
            if (const QString title = row[0].toText(); !title.isEmpty() && !titles.contains(title))
                titles << title;
        }
    }
    m_titles.insert(target.fullName, titles);
    return titles;
}

void ImportMissing::decide(const QString &field, const QString &value, const QVariant &decision)
{
    const QString what = decision.toString();
    m_aliases[field].remove(value);
    // To be made or not is said of a field as a whole.
    if (what == createThem)
        m_created.insert(field);
    else if (what == listRows)
        m_created.remove(field);
    else if (what == leaveBlank)
        m_aliases[field].insert(value, QString());
    else if (what.startsWith(take))
        m_aliases[field].insert(value, what.mid(take.size()));
    Q_EMIT changed();
}

void ImportMissing::addRow(const QString &field, const QString &value, qint64 rows)
{
    const Field *of = m_entity->field(field);
    const Entity *target = of ? m_catalog->entity(labels::targetOf(*of)) : nullptr;
    if (!target || rowCount() >= namesMax)
        return;
    const int row = rowCount();
    insertRow(row);
    setItem(row, 0, new QTableWidgetItem(labels::field(*m_entity, *of)));
    setItem(row, 1, new QTableWidgetItem(value));
    auto *count = new QTableWidgetItem(rows > 0 ? QLocale().toString(rows) : QString());
    count->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    setItem(row, 2, count);
    auto *box = new QComboBox(this);
    box->setAccessibleName(tr("What to do about %1").arg(value));
    box->addItem(tr("List the rows"), listRows);
    box->addItem(tr("Leave it blank"), leaveBlank);
    if (mayMake(m_context.workspace, *target))
        box->addItem(tr("Make the missing ones: %1").arg(labels::plural(*target)), createThem);
    const QStringList titles = titlesFor(*target);
    for (const QString &title : titles)
        box->addItem(tr("Take %1").arg(title), take + title);
    const QHash<QString, QString> decided = m_aliases.value(field);
    QString now = m_created.contains(field) ? createThem : listRows;
    if (decided.contains(value))
        now = decided.value(value).isEmpty() ? leaveBlank : take + decided.value(value);
    box->setCurrentIndex(qMax(0, box->findData(now)));
    connect(box, &QComboBox::activated, this, [this, box, field, value] { decide(field, value, box->currentData()); });
    setCellWidget(row, 3, box);
}

void ImportMissing::fill(const ImportReport &report)
{
    QHash<QString, QString> fieldOf;
    for (const ImportReport::Column &column : report.columns)
        fieldOf.insert(column.title, column.field);
    QMap<std::pair<QString, QString>, qint64> missing;
    for (const ImportReport::Problem &problem : report.refused) {
        const QString field = fieldOf.value(problem.column);
        if (problem.error.is("import.link_missing") && m_entity->field(field))
            ++missing[{field, problem.value}];
    }
    setRowCount(0);
    // What has been decided stays to be seen and changed; then the names that cost the most rows.
    for (auto field = m_aliases.constBegin(); field != m_aliases.constEnd(); ++field) {
        for (auto one = field->constBegin(); one != field->constEnd(); ++one)
            addRow(field.key(), one.key(), missing.take({field.key(), one.key()}));
    }
    for (const QString &field : std::as_const(m_created)) {
        const bool listed =
            std::any_of(missing.keyBegin(), missing.keyEnd(), [&field](const auto &key) { return key.first == field; });
        if (!listed && m_aliases.value(field).isEmpty())
            addRow(field, tr("(all)"), 0);
    }
    QList<std::pair<qint64, std::pair<QString, QString>>> order;
    for (auto one = missing.constBegin(); one != missing.constEnd(); ++one)
        order.append({one.value(), one.key()});
    std::stable_sort(order.begin(), order.end(), [](const auto &a, const auto &b) { return a.first > b.first; });
    for (const auto &[rows, name] : std::as_const(order))
        addRow(name.first, name.second, rows);
    setVisible(rowCount() > 0);
    if (rowCount())
        setCurrentCell(0, 0);
}

} // namespace tz
