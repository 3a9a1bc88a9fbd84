// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors

// The commands of RecordList: what its keys, menus and the palette do.
#include "workbench/dialogs/dialogs.h"
#include "workbench/icons.h"
#include "workbench/records/filterbar.h"
#include "workbench/records/formatting.h"
#include "workbench/records/labels.h"
#include "workbench/records/listparts.h"
#include "workbench/records/recordlist.h"
#include "workbench/style.h"

#include <QClipboard>
#include <QDialog>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QListWidget>
#include <QMenu>
#include <QMimeData>
#include <QPointer>
#include <QSaveFile>
#include <QToolButton>

namespace tz {

namespace {

QString csvCell(QString text, QChar separator)
{
    if (text.contains(separator) || text.contains(QLatin1Char('"')) || text.contains(QLatin1Char('\n')) ||
        text.contains(QLatin1Char('\r'))) {
        text.replace(QLatin1Char('"'), QLatin1String("\"\""));
        return QLatin1Char('"') + text + QLatin1Char('"');
    }
    return text;
}

} // namespace

QAction *RecordList::command(const char *text, const char *iconName, const QKeySequence &key,
                             void (RecordList::*slot)())
{
    auto *action = new QAction(icon(QLatin1String(iconName)), QString(), this);
    action->setShortcut(key);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(action, &QAction::triggered, this, slot);
    addAction(action);
    m_commands << action;
    m_commandTexts << text;
    return action;
}

void RecordList::makeCommands()
{
    const Actor actor = m_context.workspace.actor();
    const Grant grant = effectiveGrant(entity().access, actor.roles);
    const bool admin = actor.isAdmin();
    command(QT_TR_NOOP("Open"), "arrow-right", QKeySequence(), &RecordList::openCurrent);
    if (!m_options.deleted && (grant.create || admin))
        command(QT_TR_NOOP("New"), "plus", QKeySequence::New, &RecordList::createNew);
    if (!m_options.deleted && (grant.write != Reach::None || admin)) {
        command(QT_TR_NOOP("Edit cell"), "pencil", QKeySequence(Qt::Key_F2), &RecordList::editCurrent);
        command(QT_TR_NOOP("Change selected…"), "list-checks", QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_E),
                &RecordList::editSelected);
    }
    if (!m_options.deleted && (grant.remove || admin))
        command(QT_TR_NOOP("Delete"), "trash-2", QKeySequence::Delete, &RecordList::deleteSelected);
    if (m_options.deleted && (grant.remove || admin))
        command(QT_TR_NOOP("Restore"), "undo-2", QKeySequence(Qt::CTRL | Qt::Key_R), &RecordList::restoreSelected);
    command(QT_TR_NOOP("Copy"), "copy", QKeySequence::Copy, &RecordList::copySelected);
    command(QT_TR_NOOP("Filter by this cell"), "filter", QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_L),
            &RecordList::filterByCell);
    command(QT_TR_NOOP("Filter this list"), "search", QKeySequence::Find, &RecordList::focusFilter);
    command(QT_TR_NOOP("Columns…"), "columns-3", QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C),
            &RecordList::chooseColumns);
    command(QT_TR_NOOP("Export as CSV…"), "download", QKeySequence(), &RecordList::exportCsv);
    if (m_savedViews) {
        for (const int by : {-1, 1}) {
            auto *action = new QAction(this);
            action->setShortcut(by < 0 ? QKeySequence(Qt::CTRL | Qt::Key_BracketLeft)
                                       : QKeySequence(Qt::CTRL | Qt::Key_BracketRight));
            action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
            connect(action, &QAction::triggered, this, [this, by] { m_savedViews->step(by); });
            addAction(action);
            m_commands << action;
            m_commandTexts << (by < 0 ? QT_TR_NOOP("Previous view") : QT_TR_NOOP("Next view"));
        }
    }
    if (!m_options.embedded) {
        auto *action = new QAction(icon(QStringLiteral("group")), QString(), this);
        action->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_G));
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        action->setCheckable(true);
        connect(action, &QAction::triggered, this, [this](bool on) {
            if (m_groups || on)
                groups().setVisible(on);
            if (on)
                groups().recompute();
            else if (!m_groupFilter.isEmpty()) {
                m_groupFilter.clear();
                applyFilter();
            }
        });
        addAction(action);
        m_commands << action;
        m_commandTexts << QT_TR_NOOP("Groups");
    }
    // One button holds them all, so that none is for the mouse or the keyboard alone.
    auto *more = new QToolButton(this);
    more->setPopupMode(QToolButton::InstantPopup);
    more->setIcon(icon(QStringLiteral("ellipsis")));
    more->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    more->setObjectName(QStringLiteral("listMenu"));
    auto *menu = new QMenu(more);
    menu->addActions(m_commands);
    more->setMenu(menu);
    m_filterBar->addWidget(more);
    if (!m_options.deleted && (grant.create || admin)) {
        auto *create = new QPushButton(icon(QStringLiteral("plus")), QString(), this);
        create->setObjectName(QStringLiteral("listNew"));
        connect(create, &QPushButton::clicked, this, &RecordList::createNew);
        m_filterBar->addWidget(create);
    }
}

void RecordList::retranslate()
{
    for (int i = 0; i < m_commands.size(); ++i) {
        m_commands[i]->setText(tr(m_commandTexts[i].constData()));
        const QString keys = m_commands[i]->shortcut().toString(QKeySequence::NativeText);
        m_commands[i]->setToolTip(keys.isEmpty() ? m_commands[i]->text()
                                                 : tr("%1 (%2)").arg(m_commands[i]->text(), keys));
    }
    m_view->setAccessibleName(labels::plural(entity()));
    if (auto *more = findChild<QToolButton *>(QStringLiteral("listMenu"))) {
        more->setText(tr("More"));
        more->setAccessibleName(tr("Commands of this list"));
    }
    if (auto *create = findChild<QPushButton *>(QStringLiteral("listNew"))) {
        create->setText(tr("New"));
        create->setAccessibleName(tr("New %1").arg(labels::entity(entity())));
        create->setToolTip(tr("New %1 (Ctrl+N)").arg(labels::entity(entity())));
    }
    updateEmptyState();
}

void RecordList::focusFilter()
{
    m_filterBar->focusLine();
}

void RecordList::createNew()
{
    m_context.navigator.createRecord(entity().fullName, m_options.defaults);
}

void RecordList::openCurrent()
{
    if (const Id id = currentId())
        m_context.navigator.openRecord(entity().fullName, id);
}

void RecordList::editCurrent()
{
    const QModelIndex index = m_view->currentIndex();
    if (index.isValid() && m_model->flags(index) & Qt::ItemIsEditable) {
        m_view->edit(index);
    } else if (index.isValid()) {
        QString reason;
        m_model->isEditable(index, &reason);
        m_context.navigator.toast(reason);
    }
}

void RecordList::editSelected()
{
    editMany(m_context, entity(), selectedIds(), this);
}

void RecordList::deleteSelected()
{
    const QList<Id> ids = selectedIds();
    if (ids.isEmpty())
        return;
    if (ids.size() > 20 &&
        !dialogs::confirm(this, tr("Delete"), tr("Move %Ln record(s) to the recycle bin?", nullptr, int(ids.size())),
                          tr("Delete")))
        return;
    const QString name = entity().fullName;
    if (ids.size() > 1) {
        applyToMany(
            m_context, entity(), ids, QStringLiteral("delete"),
            [name](Draft &draft, const Id &id) { draft.remove(name, id); }, this);
        return;
    }
    Draft draft = m_context.workspace.draft();
    draft.label = QStringLiteral("delete");
    draft.remove(name, ids.first());
    const QString title = m_context.workspace.reader().title(entity(), ids.first());
    const ViewContext context = m_context;
    m_context.workspace.apply(std::move(draft), [context, title](const Result<Receipt> &receipt) {
        if (receipt)
            context.navigator.toast(tr("“%1” was moved to the recycle bin").arg(title), receipt->batch);
        else
            context.navigator.showError(receipt.error());
    });
}

void RecordList::restoreSelected()
{
    const QString name = entity().fullName;
    applyToMany(
        m_context, entity(), selectedIds(), QStringLiteral("restore"),
        [name](Draft &draft, const Id &id) { draft.restore(name, id); }, this);
}

void RecordList::copySelected()
{
    const QHeaderView *header = m_view->horizontalHeader();
    QList<int> order;
    QStringList heads;
    for (int visual = 0; visual < m_model->columnCount(); ++visual) {
        order << header->logicalIndex(visual);
        heads << m_model->headerData(order.last(), Qt::Horizontal).toString();
    }
    QStringList lines{heads.join(QLatin1Char('\t'))};
    QString html = QStringLiteral("<table><tr>");
    for (const QString &head : heads)
        html += QStringLiteral("<th>%1</th>").arg(head.toHtmlEscaped());
    html += QStringLiteral("</tr>");
    QModelIndexList rows = m_view->selectionModel()->selectedRows();
    if (rows.isEmpty() && m_view->currentIndex().isValid())
        rows << m_view->currentIndex();
    std::sort(rows.begin(), rows.end());
    for (const QModelIndex &row : rows) {
        QStringList cells;
        html += QStringLiteral("<tr>");
        for (const int column : order) {
            const QString text = m_model->index(row.row(), column).data().toString();
            cells << csvCell(text, QLatin1Char('\t'));
            html += QStringLiteral("<td>%1</td>").arg(text.toHtmlEscaped());
        }
        html += QStringLiteral("</tr>");
        lines << cells.join(QLatin1Char('\t'));
    }
    auto *copied = new QMimeData;
    copied->setText(lines.join(QLatin1Char('\n')) + QLatin1Char('\n'));
    copied->setHtml(html + QStringLiteral("</table>"));
    QApplication::clipboard()->setMimeData(copied);
    m_context.navigator.toast(tr("%Ln row(s) copied", nullptr, int(rows.size())));
}

void RecordList::filterByCell()
{
    const QModelIndex index = m_view->currentIndex();
    const Field *field = m_model->fieldAt(index.column());
    if (!index.isValid() || !field || field->type == FieldType::Address || field->type == FieldType::Json)
        return;
    const auto [expression, caption] = FilterBar::condition(
        entity(), m_model->pathAt(index.column()), m_model->headerData(index.column(), Qt::Horizontal).toString(),
        *field, m_model->valueAt(index.row(), index.column()), index.data().toString());
    m_filterBar->addChip(expression, caption);
}

void RecordList::chooseColumns()
{
    QDialog dialog(this);
    dialog.setWindowTitle(tr("Columns"));
    auto *list = new QListWidget(&dialog);
    list->setAccessibleName(tr("Columns"));
    list->setDragDropMode(QAbstractItemView::InternalMove);
    const auto add = [list](const QString &path, const QString &label, bool on) {
        auto *item = new QListWidgetItem(label, list);
        item->setData(Qt::UserRole, path);
        item->setFlags(item->flags() | Qt::ItemIsUserCheckable);
        item->setCheckState(on ? Qt::Checked : Qt::Unchecked);
    };
    const CatalogPtr catalog = m_context.workspace.catalog();
    QStringList shown;
    for (int visual = 0; visual < m_model->columnCount(); ++visual)
        shown << m_model->pathAt(m_view->horizontalHeader()->logicalIndex(visual));
    for (const QString &path : shown)
        add(path, labels::path(*catalog, entity(), path), true);
    const auto offer = [&](const Entity &of, const QString &prefix) {
        for (const Field &field : of.fields) {
            const QString path = prefix + field.name;
            if (!shown.contains(path) && !field.isSet() && !field.isLines())
                add(path, labels::path(*catalog, entity(), path), false);
        }
    };
    offer(entity(), {});
    for (const Field &field : entity().fields) {
        const Entity *target = field.type == FieldType::Link ? catalog->entity(field.to) : nullptr;
        if (target)
            offer(*target, field.name + QLatin1Char('.'));
    }
    auto *hint =
        new QLabel(tr("Space shows or hides a column; drag, or Alt with the arrows, puts it elsewhere."), &dialog);
    hint->setWordWrap(true);
    for (const int by : {-1, 1}) {
        auto *move = new QAction(list);
        move->setShortcut(by < 0 ? QKeySequence(Qt::ALT | Qt::Key_Up) : QKeySequence(Qt::ALT | Qt::Key_Down));
        move->setShortcutContext(Qt::WidgetShortcut);
        connect(move, &QAction::triggered, list, [list, by] {
            const int row = list->currentRow();
            if (row + by < 0 || row + by >= list->count())
                return;
            QListWidgetItem *item = list->takeItem(row);
            list->insertItem(row + by, item);
            list->setCurrentItem(item);
        });
        list->addAction(move);
    }
    auto *buttons = new QDialogButtonBox(&dialog);
    buttons->addButton(tr("Apply"), QDialogButtonBox::AcceptRole);
    buttons->addButton(tr("Cancel"), QDialogButtonBox::RejectRole);
    auto *standard = buttons->addButton(tr("Default columns"), QDialogButtonBox::ResetRole);
    connect(buttons, &QDialogButtonBox::accepted, &dialog, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, &dialog, &QDialog::reject);
    connect(standard, &QPushButton::clicked, &dialog, [&] { dialog.done(2); });
    auto *rows = new QVBoxLayout(&dialog);
    rows->addWidget(hint);
    rows->addWidget(list, 1);
    rows->addWidget(buttons);
    dialog.resize(420, 520);
    const int answer = dialogs::run(dialog);
    if (answer == QDialog::Rejected)
        return;
    QJsonArray columns;
    if (answer == QDialog::Accepted) {
        for (int i = 0; i < list->count(); ++i) {
            if (list->item(i)->checkState() == Qt::Checked)
                columns << list->item(i)->data(Qt::UserRole).toString();
        }
    }
    QJsonObject state = layoutState();
    state.insert(QStringLiteral("columns"), columns);
    setLayoutState(state);
    keepSettings();
}

void RecordList::exportCsv()
{
    const QString path = dialogs::saveFileName(
        this, tr("Export as CSV"), labels::plural(entity()) + QStringLiteral(".csv"), tr("CSV files (*.csv)"));
    if (path.isEmpty())
        return;
    const QHeaderView *header = m_view->horizontalHeader();
    QStringList heads;
    QStringList fields;
    struct Shown {
        const Field *field;
        const Entity *of;
        qsizetype value, title;
    };
    QList<Shown> shown;
    const CatalogPtr catalog = m_context.workspace.catalog();
    for (int visual = 0; visual < m_model->columnCount(); ++visual) {
        const int logical = header->logicalIndex(visual);
        const Field *field = m_model->fieldAt(logical);
        heads << csvCell(m_model->headerData(logical, Qt::Horizontal).toString(), QLatin1Char(','));
        const QString fieldPath = m_model->pathAt(logical);
        Shown one{field, &catalog->ownerOf(*field), fields.size(), -1};
        fields << fieldPath;
        if (field->isReference()) {
            one.title = fields.size();
            fields << fieldPath + QStringLiteral("._title");
        }
        shown << one;
    }
    Query query = m_model->query();
    query.fields = fields;
    const QString words = m_model->words();
    const ViewContext context = m_context;
    m_context.workspace.inBackground(
        QString(),
        [query, words, heads, shown, path, catalog](RecordReader &reader) -> std::any {
            const auto narrowed = RecordListModel::narrowed(reader, query, words);
            const auto rows = narrowed ? reader.select(*narrowed) : Result<Rows>(fail(narrowed.error()));
            if (!rows)
                return std::any(Result<int>(fail(rows.error())));
            QSaveFile file(path);
            if (!file.open(QIODevice::WriteOnly))
                return std::any(Result<int>(fail("file.cannot_write", {{QStringLiteral("path"), path}})));
            // Excel takes a file for UTF-8 only when it begins with this mark.
            file.write("\xef\xbb\xbf");
            file.write(heads.join(QLatin1Char(',')).toUtf8() + "\r\n");
            for (const auto &row : rows->rows) {
                QStringList cells;
                for (const Shown &one : shown) {
                    const Value &value = row[size_t(one.value)];
                    QString text = one.title >= 0          ? row[size_t(one.title)].toText()
                                   : one.field->isNumber() ? formatting::exact(*one.field, value)
                                                           : formatting::value(*one.of, *one.field, value);
                    // A text that a spreadsheet would run as a formula is marked as text.
                    if (!one.field->isNumber() && !text.isEmpty() && QStringLiteral("=+-@").contains(text.at(0)))
                        text.prepend(QLatin1Char('\''));
                    cells << csvCell(text, QLatin1Char(','));
                }
                file.write(cells.join(QLatin1Char(',')).toUtf8() + "\r\n");
            }
            if (!file.commit())
                return std::any(Result<int>(fail("file.cannot_write", {{QStringLiteral("path"), path}})));
            return std::any(Result<int>(int(rows->rows.size())));
        },
        [context, path](std::any answer) {
            const auto *count = std::any_cast<Result<int>>(&answer);
            if (count && *count)
                context.navigator.toast(tr("%Ln record(s) written to %1", nullptr, **count).arg(path));
            else if (count)
                context.navigator.showError(count->error());
        });
}

void RecordList::showContextMenu(const QPoint &at)
{
    QMenu menu(this);
    menu.addActions(m_commands);
    // The actions of the current record that its state and the role allow.
    const QModelIndex index = m_view->indexAt(at);
    const auto record = index.isValid() ? m_model->recordAt(index.row()) : std::nullopt;
    if (record && !m_options.deleted && !entity().actions.isEmpty()) {
        QMenu *actions = menu.addMenu(tr("Actions"));
        const QString state = entity().states ? record->value(entity().states->field).toText() : QString();
        for (const Transition &one : entity().actions) {
            if (!one.from.isEmpty() && !one.from.contains(state))
                continue;
            if (!one.ask.isEmpty())
                continue;
            QAction *action = actions->addAction(labels::action(entity(), one));
            connect(action, &QAction::triggered, this, [this, name = one.action] {
                const QString entityName = entity().fullName;
                applyToMany(
                    m_context, entity(), selectedIds(), name,
                    [entityName, name](Draft &draft, const Id &id) { draft.act(entityName, id, name); }, this);
            });
        }
        actions->setEnabled(!actions->isEmpty());
    }
    menu.exec(m_view->viewport()->mapToGlobal(at));
}

void RecordList::showHeaderMenu(const QPoint &at)
{
    const int section = m_view->horizontalHeader()->logicalIndexAt(at);
    QMenu menu(this);
    if (section >= 0) {
        const QString path = m_model->pathAt(section);
        const auto sort = [this, path](bool descending) {
            m_model->setSort({SortKey{path, descending}});
            m_view->horizontalHeader()->setSortIndicator(int(m_model->columns().indexOf(path)),
                                                         descending ? Qt::DescendingOrder : Qt::AscendingOrder);
        };
        menu.addAction(tr("Sort ascending"), this, [sort] { sort(false); });
        menu.addAction(tr("Sort descending"), this, [sort] { sort(true); });
        menu.addAction(tr("Only where empty"), this, [this, path, section] {
            m_filterBar->addChip(QStringLiteral("empty(%1)").arg(path),
                                 tr("%1 is empty").arg(m_model->headerData(section, Qt::Horizontal).toString()));
        });
        menu.addAction(tr("Hide this column"), this, [this, path] {
            QJsonObject state = layoutState();
            QJsonArray columns;
            const QJsonArray old = state.value(QStringLiteral("columns")).toArray();
            for (const QJsonValue &one : old) {
                if (one.toString() != path)
                    columns << one;
            }
            state.insert(QStringLiteral("columns"), columns);
            setLayoutState(state);
            keepSettings();
        });
        menu.addSeparator();
    }
    menu.addAction(tr("Columns…"), this, &RecordList::chooseColumns);
    menu.exec(m_view->horizontalHeader()->mapToGlobal(at));
}

} // namespace tz
