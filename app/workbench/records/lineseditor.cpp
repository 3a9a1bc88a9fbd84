// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "workbench/records/lineseditor.h"

#include "core/sync/valuejson.h"
#include "workbench/icons.h"
#include "workbench/records/fieldeditors.h"
#include "workbench/records/formatting.h"
#include "workbench/records/labels.h"
#include "workbench/style.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QTableView>

namespace tz {

namespace {

/// Opens the field's editor in a cell; Enter and Tab go on, Esc restores.
class LinesDelegate : public QStyledItemDelegate {
public:
    LinesDelegate(const ViewContext &context, QTableView *view, std::function<void(const QModelIndex &, int)> goOn)
        : QStyledItemDelegate(view)
        , m_context(context)
        , m_goOn(std::move(goOn))
    {
    }
    QWidget *createEditor(QWidget *parent, const QStyleOptionViewItem &, const QModelIndex &index) const override
    {
        const auto *model = qobject_cast<const LinesModel *>(index.model());
        FieldEditor *editor =
            FieldEditor::make(m_context, model->child(), *model->fieldAt(index.column()), parent, true);
        editor->setAutoFillBackground(true);
        editor->setProperty("row", index.row());
        editor->setProperty("column", index.column());
        const auto children = editor->findChildren<QWidget *>();
        for (QWidget *child : children)
            child->installEventFilter(const_cast<LinesDelegate *>(this));
        return editor;
    }
    void setEditorData(QWidget *widget, const QModelIndex &index) const override
    {
        const auto *model = qobject_cast<const LinesModel *>(index.model());
        if (auto *editor = qobject_cast<FieldEditor *>(widget); editor && !editor->property("filled").toBool()) {
            editor->setProperty("filled", true);
            editor->setValue(model->valueAt(index.row(), index.column()), index.data().toString());
        }
    }
    void setModelData(QWidget *widget, QAbstractItemModel *model, const QModelIndex &index) const override
    {
        auto *editor = qobject_cast<FieldEditor *>(widget);
        const auto value = editor ? editor->value() : Result<Value>(Value());
        if (editor && value)
            static_cast<LinesModel *>(model)->edit(index, *value, editor->title());
    }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        QObject *at = watched;
        FieldEditor *editor = nullptr;
        for (; at; at = at->parent()) {
            if (auto *found = qobject_cast<FieldEditor *>(at))
                editor = found;
        }
        // An editor that is being closed loses the focus once more.
        if (!editor || editor->property("closing").toBool())
            return false;
        const auto close = [this, editor](bool keep) {
            if (keep) {
                const auto value = editor->value();
                if (!value) {
                    editor->setProblem(labels::error(editor->entity(), value.error()));
                    return false;
                }
                editor->setProperty("closing", true);
                Q_EMIT commitData(editor);
            }
            editor->setProperty("closing", true);
            Q_EMIT closeEditor(editor, NoHint);
            return true;
        };
        if (event->type() == QEvent::KeyPress) {
            const auto *key = static_cast<QKeyEvent *>(event);
            const bool enter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
            const bool tab = key->key() == Qt::Key_Tab || key->key() == Qt::Key_Backtab;
            if (key->key() == Qt::Key_Escape)
                return close(false);
            if (tab || (enter && key->modifiers() == Qt::NoModifier)) {
                auto *view = qobject_cast<QTableView *>(parent());
                const QModelIndex from =
                    view->model()->index(editor->property("row").toInt(), editor->property("column").toInt());
                if (close(true))
                    m_goOn(from, key->key() == Qt::Key_Backtab ? -1 : 1);
                return true;
            }
        } else if (event->type() == QEvent::ShortcutOverride) {
            const int key = static_cast<QKeyEvent *>(event)->key();
            if (key == Qt::Key_Escape || key == Qt::Key_Tab || key == Qt::Key_Backtab) {
                event->accept();
                return true;
            }
        } else if (event->type() == QEvent::FocusOut) {
            const QWidget *focus = QApplication::focusWidget();
            if (!QApplication::activePopupWidget() && !(focus && editor->isAncestorOf(focus)))
                close(true);
        }
        return false;
    }

private:
    ViewContext m_context;
    std::function<void(const QModelIndex &, int)> m_goOn;
};

} // namespace

LinesModel::LinesModel(const ViewContext &context, const Entity &child, const Field &lines, QObject *parent)
    : QAbstractTableModel(parent)
    , m_context(context)
    , m_catalog(context.workspace.catalog())
    , m_child(&child)
    , m_lines(&lines)
{
    QStringList names = child.columns;
    if (names.isEmpty()) {
        for (const Field &field : child.fields) {
            if (!field.system && names.size() < 8)
                names << field.name;
        }
    }
    for (const QString &name : names) {
        const Field *field = child.field(name);
        if (field && field->name != lines.by && !field->isSet() && !field->isLines())
            m_columns << field;
    }
}

void LinesModel::load(const Id &owner)
{
    Query query;
    query.entity = m_child->fullName;
    query.fields = {QStringLiteral("id")};
    query.filterText = QStringLiteral("%1 == param('owner')").arg(m_lines->by);
    query.parameters.insert(QStringLiteral("owner"), Value(owner));
    if (m_child->field(u"position"))
        query.sort = {{QStringLiteral("position")}};
    else
        query.sort = {{QStringLiteral("id")}};
    beginResetModel();
    std::vector<Line> kept = std::move(m_rows);
    m_rows.clear();
    QSet<Id> present;
    if (const auto rows = m_context.workspace.reader().select(query)) {
        for (const auto &row : rows->rows) {
            const Id id = row[0].toId();
            if (m_removed.contains(id))
                continue;
            const auto found = m_context.workspace.reader().find(*m_child, id);
            if (!found || !*found)
                continue;
            Line line{**found, false, {}, {}};
            for (const Line &old : kept) {
                if (old.record.id != id)
                    continue;
                for (const int index : old.changed) {
                    line.record.values[size_t(index)] = old.record.value(index);
                    line.changed << index;
                }
                line.titles = old.titles;
            }
            present << id;
            derive(line);
            m_rows.push_back(std::move(line));
        }
    }
    for (Line &old : kept) {
        if (old.isNew && !present.contains(old.record.id))
            m_rows.push_back(std::move(old));
    }
    endResetModel();
}

void LinesModel::derive(Line &line) const
{
    // In the order of declaration, as a formula may use an earlier one; rollups wait for the store.
    for (const Field &field : m_child->fields) {
        if (!field.formula)
            continue;
        const Value raw = field.formula->evaluate(labels::contextFor(m_context.workspace, &line.record));
        line.record.values[size_t(field.index)] =
            fittedValue(field, field.formula->type(), raw, labels::utcOffsetSeconds());
    }
}

bool LinesModel::isDirty() const
{
    if (!m_removed.isEmpty())
        return true;
    return std::any_of(m_rows.begin(), m_rows.end(),
                       [](const Line &line) { return line.isNew || !line.changed.isEmpty(); });
}

void LinesModel::addTo(Draft &draft, const Id &owner) const
{
    for (const Id &id : m_removed)
        draft.remove(m_child->fullName, id);
    for (const Line &line : m_rows) {
        Draft::Values values;
        for (const int index : line.changed)
            values.emplace_back(m_child->fieldAt(index).name, line.record.value(index));
        if (line.isNew) {
            if (values.empty())
                continue;
            values.emplace_back(m_lines->by, Value(owner));
            draft.create(m_child->fullName, line.record.id, std::move(values));
        } else if (!values.empty()) {
            draft.update(m_child->fullName, line.record.id, std::move(values));
        }
    }
}

void LinesModel::markClean()
{
    m_removed.clear();
    std::erase_if(m_rows, [](const Line &line) { return line.isNew && line.changed.isEmpty(); });
    for (Line &line : m_rows) {
        line.isNew = false;
        line.changed.clear();
    }
}

Id LinesModel::addRow()
{
    Line line{Record(*m_child, m_context.workspace.ids().next()), true, {}, {}};
    // Defaults are shown at once; the store sets them again for what the user leaves alone.
    for (const Field &field : m_child->fields) {
        if (field.defaultValue) {
            const Value raw = field.defaultValue->evaluate(labels::contextFor(m_context.workspace, &line.record));
            line.record.values[size_t(field.index)] =
                fittedValue(field, field.defaultValue->type(), raw, labels::utcOffsetSeconds());
        }
    }
    const Field *position = m_child->field(u"position");
    if (position && !position->isDerived()) {
        qint64 last = 0;
        for (const Line &one : m_rows)
            last = qMax(last, one.record.value(position->index).toInteger());
        line.record.values[size_t(position->index)] = Value(last + 1);
        line.changed << position->index;
    }
    derive(line);
    const Id id = line.record.id;
    beginInsertRows({}, int(m_rows.size()), int(m_rows.size()));
    m_rows.push_back(std::move(line));
    endInsertRows();
    Q_EMIT changedByUser();
    return id;
}

void LinesModel::removeRow(int row)
{
    if (row < 0 || row >= int(m_rows.size()))
        return;
    beginRemoveRows({}, row, row);
    if (!m_rows[size_t(row)].isNew)
        m_removed << m_rows[size_t(row)].record.id;
    m_rows.erase(m_rows.begin() + row);
    endRemoveRows();
    Q_EMIT changedByUser();
}

QJsonObject LinesModel::state() const
{
    QJsonArray rows;
    for (const Line &line : m_rows) {
        if (!line.isNew && line.changed.isEmpty())
            continue;
        QJsonObject values;
        for (const int index : line.changed)
            values.insert(m_child->fieldAt(index).name, valueToJson(line.record.value(index)));
        rows << QJsonObject{{QStringLiteral("id"), line.record.id.toString()},
                            {QStringLiteral("new"), line.isNew},
                            {QStringLiteral("values"), values}};
    }
    QJsonArray removed;
    for (const Id &id : m_removed)
        removed << id.toString();
    return {{QStringLiteral("rows"), rows}, {QStringLiteral("removed"), removed}};
}

void LinesModel::setState(const QJsonObject &state)
{
    beginResetModel();
    const QJsonArray removed = state.value(QStringLiteral("removed")).toArray();
    for (const QJsonValue &text : removed) {
        if (const auto id = Id::fromString(text.toString())) {
            m_removed << *id;
            std::erase_if(m_rows, [&id](const Line &line) { return line.record.id == *id; });
        }
    }
    const QJsonArray rows = state.value(QStringLiteral("rows")).toArray();
    for (const QJsonValue &row : rows) {
        const QJsonObject object = row.toObject();
        const auto id = Id::fromString(object.value(QStringLiteral("id")).toString());
        if (!id)
            continue;
        auto found =
            std::find_if(m_rows.begin(), m_rows.end(), [&id](const Line &line) { return line.record.id == *id; });
        if (found == m_rows.end()) {
            if (!object.value(QStringLiteral("new")).toBool())
                continue;
            m_rows.push_back(Line{Record(*m_child, *id), true, {}, {}});
            found = m_rows.end() - 1;
        }
        const QJsonObject values = object.value(QStringLiteral("values")).toObject();
        for (auto it = values.begin(); it != values.end(); ++it) {
            if (const int index = m_child->indexOf(it.key()); index >= 0) {
                found->record.values[size_t(index)] = valueFromJson(it.value().toString());
                found->changed << index;
            }
        }
        derive(*found);
    }
    endResetModel();
}

Value LinesModel::valueAt(int row, int column) const
{
    return m_rows[size_t(row)].record.value(m_columns[column]->index);
}

bool LinesModel::isEditable(const QModelIndex &index) const
{
    const Field &field = *m_columns[index.column()];
    return !field.isDerived() && !field.readonly && !field.system && field.type != FieldType::State;
}

void LinesModel::edit(const QModelIndex &index, const Value &value, const QString &title)
{
    Line &line = m_rows[size_t(index.row())];
    const Field &field = *m_columns[index.column()];
    if (line.record.value(field.index) == value)
        return;
    line.record.values[size_t(field.index)] = value;
    line.changed << field.index;
    if (field.isReference())
        line.titles.insert(field.index, title);
    derive(line);
    Q_EMIT dataChanged(this->index(index.row(), 0), this->index(index.row(), columnCount() - 1));
    Q_EMIT changedByUser();
}

int LinesModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int LinesModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_columns.size());
}

QVariant LinesModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Line &line = m_rows[size_t(index.row())];
    const Field &field = *m_columns[index.column()];
    if (role == Qt::TextAlignmentRole)
        return int((formatting::isRightAligned(field) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole && role != Qt::EditRole && role != Qt::AccessibleTextRole)
        return {};
    const Value &value = line.record.value(field.index);
    QString title = line.titles.value(field.index);
    const Entity *target = value.isId() ? m_catalog->entity(labels::targetOf(field)) : nullptr;
    if (target && title.isEmpty())
        title = m_context.workspace.reader().title(*target, value.toId());
    return formatting::value(*m_child, field, value, title);
}

QVariant LinesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && (role == Qt::DisplayRole || role == Qt::AccessibleTextRole) && section >= 0 &&
        section < m_columns.size()) {
        const QString label = labels::field(*m_child, *m_columns[section]);
        return m_columns[section]->required ? label + QStringLiteral(" *") : label;
    }
    return orientation == Qt::Vertical && role == Qt::DisplayRole ? QVariant(section + 1) : QVariant();
}

Qt::ItemFlags LinesModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
    return isEditable(index) ? flags | Qt::ItemIsEditable : flags;
}

LinesEditor::LinesEditor(const ViewContext &context, const Entity &entity, const Field &field, QWidget *parent)
    : QWidget(parent)
    , m_entity(&entity)
    , m_field(&field)
    , m_model(new LinesModel(context, *context.workspace.catalog()->entity(field.to), field, this))
    , m_view(new QTableView(this))
    , m_add(new QPushButton(this))
    , m_remove(new QPushButton(this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(style::smallGap);
    m_view->setModel(m_model);
    m_view->setItemDelegate(
        new LinesDelegate(context, m_view, [this](const QModelIndex &from, int step) { goOn(from, step); }));
    m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_view->setEditTriggers(QAbstractItemView::EditKeyPressed | QAbstractItemView::DoubleClicked |
                            QAbstractItemView::SelectedClicked);
    m_view->setTabKeyNavigation(false);
    m_view->verticalHeader()->setDefaultSectionSize(style::rowHeight(font()));
    m_view->verticalHeader()->hide();
    m_view->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_view->setVerticalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    layout->addWidget(m_view);
    auto *buttons = new QHBoxLayout;
    m_add->setIcon(icon(QStringLiteral("plus")));
    m_remove->setIcon(icon(QStringLiteral("trash-2")));
    buttons->addWidget(m_add);
    buttons->addWidget(m_remove);
    buttons->addStretch();
    layout->addLayout(buttons);
    connect(m_add, &QPushButton::clicked, this, &LinesEditor::addLine);
    connect(m_remove, &QPushButton::clicked, this, [this] { m_model->removeRow(m_view->currentIndex().row()); });
    connect(m_model, &LinesModel::changedByUser, this, &LinesEditor::edited);
    connect(m_model, &QAbstractItemModel::rowsInserted, this, &LinesEditor::fit);
    connect(m_model, &QAbstractItemModel::rowsRemoved, this, &LinesEditor::fit);
    connect(m_model, &QAbstractItemModel::modelReset, this, &LinesEditor::fit);
    auto *removeKey = new QAction(this);
    removeKey->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Delete));
    removeKey->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(removeKey, &QAction::triggered, m_remove, &QPushButton::click);
    addAction(removeKey);
    retranslate();
    fit();
}

void LinesEditor::fit()
{
    // As high as its lines up to a screenful, so that the form scrolls and not two things at once.
    const int rows = qBound(2, m_model->rowCount(), 12);
    m_view->setFixedHeight(m_view->horizontalHeader()->sizeHint().height() + rows * style::rowHeight(font()) +
                           2 * m_view->frameWidth() + 2);
}

void LinesEditor::retranslate()
{
    m_view->setAccessibleName(labels::field(*m_entity, *m_field));
    m_add->setText(tr("Add a line"));
    m_remove->setText(tr("Remove the line"));
    m_remove->setToolTip(tr("Remove the line (Ctrl+Del)"));
}

void LinesEditor::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        Q_EMIT m_model->headerDataChanged(Qt::Horizontal, 0, m_model->columnCount() - 1);
    }
    QWidget::changeEvent(event);
}

void LinesEditor::setReadOnly(bool readOnly)
{
    m_readOnly = readOnly;
    m_view->setEditTriggers(readOnly ? QAbstractItemView::NoEditTriggers
                                     : QAbstractItemView::EditKeyPressed | QAbstractItemView::DoubleClicked |
                                           QAbstractItemView::SelectedClicked);
    m_add->setVisible(!readOnly);
    m_remove->setVisible(!readOnly);
}

void LinesEditor::addLine()
{
    m_model->addRow();
    goOn(m_model->index(m_model->rowCount() - 2, m_model->columnCount() - 1), 1);
}

void LinesEditor::goOn(const QModelIndex &from, int step)
{
    m_view->setFocus();
    int row = from.isValid() ? from.row() : -1;
    int column = from.isValid() ? from.column() : m_model->columnCount() - 1;
    for (;;) {
        column += step;
        if (column >= m_model->columnCount()) {
            column = 0;
            ++row;
        } else if (column < 0) {
            column = m_model->columnCount() - 1;
            --row;
        }
        if (row < 0)
            return;
        if (row >= m_model->rowCount()) {
            if (m_readOnly)
                return;
            m_model->addRow();
        }
        const QModelIndex next = m_model->index(row, column);
        if (m_model->isEditable(next)) {
            m_view->setCurrentIndex(next);
            m_view->edit(next);
            return;
        }
    }
}

} // namespace tz
