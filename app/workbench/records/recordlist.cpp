// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "workbench/records/recordlist.h"

#include "workbench/icons.h"
#include "workbench/records/filterbar.h"
#include "workbench/records/labels.h"
#include "workbench/records/listparts.h"
#include "workbench/records/recorddelegate.h"
#include "workbench/style.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QSettings>
#include <QSplitter>
#include <QStackedLayout>
#include <QToolButton>

namespace tz {

namespace {

/// Qt lays all titles out for the height at every change of a column. They have one line: it is that of any title.
class ListHeader final : public QHeaderView {
public:
    explicit ListHeader(QWidget *parent)
        : QHeaderView(Qt::Horizontal, parent)
    {
    }

    QSize sizeHint() const override
    {
        if (!m_hint.isValid() && count() > 0)
            m_hint = QHeaderView::sizeHint();
        return m_hint.isValid() ? m_hint : QHeaderView::sizeHint();
    }

    void reset() override
    {
        // Other columns, and a title in Chinese may be higher.
        m_hint = {};
        QHeaderView::reset();
    }

protected:
    /// As QHeaderView does it, but in the font that is painted: it measures in a bold one, for sections that are
    /// highlighted, and ours never are.
    QSize sectionSizeFromContents(int section) const override
    {
        ensurePolished();
        QStyleOptionHeader option;
        initStyleOption(&option);
        option.section = section;
        option.text = model()->headerData(section, Qt::Horizontal).toString();
        QSize size = style()->sizeFromContents(QStyle::CT_HeaderSection, &option, QSize(), this);
        if (isSortIndicatorShown())
            size.rwidth() += size.height() + style()->pixelMetric(QStyle::PM_HeaderMargin, &option, this);
        return size;
    }

    bool event(QEvent *event) override
    {
        const QEvent::Type type = event->type();
        if (type == QEvent::FontChange || type == QEvent::StyleChange || type == QEvent::LanguageChange)
            m_hint = {};
        return QHeaderView::event(event);
    }

private:
    mutable QSize m_hint;
};

} // namespace

RecordList::RecordList(const ViewContext &context, const Entity &entity, QWidget *parent)
    : RecordList(context, entity, Options(), parent)
{
}

RecordList::RecordList(const ViewContext &context, const Entity &entity, const Options &options, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_options(options)
    , m_model(new RecordListModel(context, entity, this))
{
    build(options);
}

RecordList::~RecordList() = default;

QString RecordList::settingsKey() const
{
    return entity().fullName + (m_options.bare       ? QStringLiteral(".card")
                                : m_options.embedded ? QStringLiteral(".embedded")
                                                     : QString());
}

QStringList RecordList::defaultColumns() const
{
    const Entity &of = entity();
    QStringList paths = m_options.columns.isEmpty() ? of.columns : m_options.columns;
    if (paths.isEmpty()) {
        paths << of.title;
        if (const Field *state = of.stateField())
            paths << state->name;
        for (const Field &field : of.fields) {
            if (paths.size() < 7 && !paths.contains(field.name) && !field.system && !field.isSet() &&
                !field.isLines() && field.type != FieldType::LongText && field.type != FieldType::Json)
                paths << field.name;
        }
    }
    return paths;
}

void RecordList::build(const Options &options)
{
    auto *rows = new QVBoxLayout(this);
    const int margin = options.embedded ? 0 : style::gap;
    rows->setContentsMargins(margin, margin, margin, 0);
    rows->setSpacing(style::gap);

    // Every widget is made into what holds it: moved there later, it would be styled a second time. The rows come
    // first, as the focus goes to them before it goes to the filter.
    m_splitter = new QSplitter(this);
    m_splitter->setChildrenCollapsible(false);
    auto *table = new QWidget(m_splitter);
    m_view = new QTableView(table);
    m_filterBar = new FilterBar(m_context, entity(), this);
    rows->addWidget(m_filterBar);
    m_filterBar->setVisible(!options.bare);
    if (!options.filter.isEmpty())
        m_filterBar->setFilter(options.filter);

    auto *header = new ListHeader(m_view);
    m_view->setHorizontalHeader(header);
    m_view->setModel(m_model);
    m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_view->setEditTriggers(QAbstractItemView::EditKeyPressed);
    m_view->setShowGrid(false);
    m_view->setWordWrap(false);
    m_view->setAlternatingRowColors(false);
    m_view->setTabKeyNavigation(false);
    m_view->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setCornerButtonEnabled(false);
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    auto *delegate = new RecordDelegate(m_context, m_view);
    m_view->setItemDelegate(delegate);
    QHeaderView *vertical = m_view->verticalHeader();
    vertical->setMinimumSectionSize(8);
    vertical->setDefaultSectionSize(style::rowHeight(font()));
    vertical->setSectionResizeMode(QHeaderView::Fixed);
    vertical->hide();
    header->setSectionsMovable(true);
    header->setSectionsClickable(true);
    header->setHighlightSections(false);
    header->setSortIndicatorShown(true);
    header->setSortIndicatorClearable(true);
    header->setStretchLastSection(true);
    header->setDefaultSectionSize(140);
    header->setMinimumSectionSize(40);
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);

    auto *tableLayout = new QVBoxLayout(table);
    tableLayout->setContentsMargins(0, 0, 0, 0);
    tableLayout->setSpacing(0);
    tableLayout->addWidget(m_view, 1);
    m_totals = new TotalsBar(m_context, m_model, m_view, table);
    tableLayout->addWidget(m_totals);

    m_empty = new QWidget(table);
    auto *emptyLayout = new QVBoxLayout(m_empty);
    emptyLayout->addStretch();
    m_emptyTitle = new QLabel(m_empty);
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.3);
    m_emptyTitle->setFont(large);
    m_emptyTitle->setAlignment(Qt::AlignCenter);
    m_emptyText = new QLabel(m_empty);
    m_emptyText->setWordWrap(true);
    m_emptyText->setAlignment(Qt::AlignCenter);
    m_emptyButton = new QPushButton(m_empty);
    emptyLayout->addWidget(m_emptyTitle);
    emptyLayout->addWidget(m_emptyText);
    emptyLayout->addWidget(m_emptyButton, 0, Qt::AlignCenter);
    emptyLayout->addStretch();
    m_empty->hide();
    tableLayout->addWidget(m_empty, 3);
    connect(m_emptyButton, &QPushButton::clicked, this, [this] {
        if (m_filterBar->filter().isEmpty() && m_filterBar->words().isEmpty())
            createNew();
        else
            m_filterBar->clear();
    });

    m_splitter->setStretchFactor(0, 1);
    rows->addWidget(m_splitter, 1);

    if (!options.embedded && !options.deleted) {
        m_savedViews = new SavedViews(m_context, entity(), m_filterBar);
        m_filterBar->addWidget(m_savedViews);
        connect(m_savedViews, &SavedViews::chosen, this, [this](const QJsonObject &state) { setLayoutState(state); });
    }
    makeCommands();

    m_keep = new QTimer(this);
    m_keep->setSingleShot(true);
    m_keep->setInterval(400);
    connect(m_keep, &QTimer::timeout, this, &RecordList::keepSettings);
    QSettings settings(m_context.workspace.profile().filePath(QStringLiteral("lists.ini")), QSettings::IniFormat);
    const QString key = settingsKey();
    const auto kept = QJsonDocument::fromJson(settings.value(key).toByteArray()).object();
    QJsonObject layout;
    layout.insert(QStringLiteral("columns"), kept.value(QStringLiteral("columns")));
    layout.insert(QStringLiteral("widths"), kept.value(QStringLiteral("widths")));
    layout.insert(QStringLiteral("sort"), kept.value(QStringLiteral("sort")));
    layout.insert(QStringLiteral("filter"), options.filter);
    m_model->setDeleted(options.deleted);
    setLayoutState(layout);

    connect(m_filterBar, &FilterBar::changed, this, &RecordList::applyFilter);
    connect(m_model, &RecordListModel::problem, m_filterBar, &FilterBar::showProblem);
    connect(m_model, &RecordListModel::counted, this, &RecordList::updateEmptyState);
    connect(m_model, &RecordListModel::edited, this, [this](const Id &batch) { offerUndo(tr("Changed"), batch); });
    connect(m_model, &RecordListModel::editRefused, this,
            [this](const QModelIndex &, const Error &error) { m_context.navigator.showError(error); });
    connect(delegate, &RecordDelegate::refused, this, [this](const QString &text) { m_context.navigator.toast(text); });
    connect(delegate, &RecordDelegate::goOn, this, [this](const QModelIndex &from, int columns, int downRows) {
        m_view->setFocus();
        if (downRows) {
            const QModelIndex next = from.siblingAtRow(from.row() + downRows);
            if (next.isValid())
                m_view->setCurrentIndex(next);
            return;
        }
        const QHeaderView *order = m_view->horizontalHeader();
        for (int visual = order->visualIndex(from.column()) + columns; visual >= 0 && visual < m_model->columnCount();
             visual += columns) {
            const QModelIndex next = from.siblingAtColumn(order->logicalIndex(visual));
            if (m_model->isEditable(next)) {
                m_view->setCurrentIndex(next);
                m_view->edit(next);
                return;
            }
        }
    });
    connect(m_view, &QTableView::doubleClicked, this, [this] { openCurrent(); });
    connect(m_view, &QTableView::customContextMenuRequested, this, &RecordList::showContextMenu);
    connect(header, &QHeaderView::customContextMenuRequested, this, &RecordList::showHeaderMenu);
    connect(header, &QHeaderView::sectionClicked, this,
            [this](int section) { headerClicked(section, QApplication::keyboardModifiers()); });
    connect(header, &QHeaderView::sectionResized, this, [this] { m_keep->start(); });
    connect(header, &QHeaderView::sectionMoved, this, [this] { m_keep->start(); });
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex &index) {
        // Single letters are commands here; an input method must not swallow them.
        m_view->setAttribute(Qt::WA_InputMethodEnabled, false);
        if (!index.isValid() || m_settling)
            return;
        m_currentId = m_model->idAt(index.row());
        Q_EMIT currentChanged(m_currentId);
    });
    // The current record stays current when rows come and go around it.
    const auto settle = [this] {
        m_settling = false;
        const int row = m_currentId ? m_model->rowOf(m_currentId) : -1;
        if (row >= 0 && m_view->currentIndex().row() != row)
            m_view->setCurrentIndex(m_model->index(row, qMax(0, m_view->currentIndex().column())));
        // Screen readers and keys want a current cell from the start.
        if (!m_view->currentIndex().isValid() && m_model->rowCount() > 0) {
            m_view->selectionModel()->setCurrentIndex(m_model->index(0, 0), QItemSelectionModel::NoUpdate);
        }
        updateEmptyState();
    };
    connect(m_model, &QAbstractItemModel::modelAboutToBeReset, this, [this] { m_settling = true; });
    connect(m_model, &QAbstractItemModel::modelReset, this, settle);
    connect(m_model, &QAbstractItemModel::rowsAboutToBeRemoved, this, [this] { m_settling = true; });
    connect(m_model, &QAbstractItemModel::rowsInserted, this, settle);
    connect(m_model, &QAbstractItemModel::rowsRemoved, this, [this] { m_settling = false; });
    connect(&m_context.workspace, &Workspace::actorChanged, this, &RecordList::updateEmptyState);
    m_view->installEventFilter(this);
    setFocusProxy(m_view);
    retranslate();
}

GroupPanel &RecordList::groups()
{
    // Few lists are ever grouped: the panel is made when it is wanted.
    if (!m_groups) {
        m_groups = new GroupPanel(m_context, m_model, m_splitter);
        m_splitter->insertWidget(0, m_groups);
        m_splitter->setStretchFactor(0, 0);
        m_splitter->setStretchFactor(1, 1);
        connect(m_groups, &GroupPanel::chosen, this, [this](const QString &filter) {
            m_groupFilter = filter;
            applyFilter();
        });
    }
    return *m_groups;
}

void RecordList::offerUndo(const QString &text, const Id &batch)
{
    m_context.navigator.toast(text, batch);
}

void RecordList::applyFilter()
{
    QString filter = m_filterBar->filter();
    if (!m_groupFilter.isEmpty())
        filter = filter.isEmpty() ? m_groupFilter : QStringLiteral("(%1) and (%2)").arg(filter, m_groupFilter);
    m_model->setFilter(m_options.fixedFilter, filter, m_filterBar->words());
    if (m_savedViews)
        m_savedViews->setCurrent(layoutState());
    updateEmptyState();
}

void RecordList::updateEmptyState()
{
    const bool empty = m_model->rowCount() == 0 && !m_model->isCounting();
    const bool filtered =
        !m_filterBar->filter().isEmpty() || !m_filterBar->words().isEmpty() || !m_groupFilter.isEmpty();
    m_empty->setVisible(empty);
    m_totals->setVisible(!empty && !m_options.embedded);
    // A list inside a form is low: what there is to say about no rows takes the place of the rows.
    const bool instead = empty && m_options.embedded;
    m_view->setVisible(!instead);
    if (!instead)
        setFocusProxy(m_view);
    m_filterBar->setVisible(!m_options.bare && (!instead || filtered));
    m_emptyText->setVisible(!m_options.embedded);
    if (!empty)
        return;
    const Actor actor = m_context.workspace.actor();
    const bool mayCreate = effectiveGrant(entity().access, actor.roles).create || actor.isAdmin();
    if (m_options.deleted) {
        m_emptyTitle->setText(tr("The recycle bin is empty"));
        m_emptyText->setText(tr("Deleted records stay here for a while and can be restored."));
    } else if (filtered) {
        m_emptyTitle->setText(tr("Nothing matches"));
        m_emptyText->setText(tr("Remove a condition or look for fewer words."));
    } else {
        m_emptyTitle->setText(tr("No %1 yet").arg(labels::plural(entity())));
        const QString help = labels::text(entity().fullName, entity().help, "help");
        m_emptyText->setText(mayCreate ? tr("%1 Press Ctrl+N for the first one, or import a file.").arg(help).trimmed()
                                       : help);
    }
    m_emptyButton->setText(filtered ? tr("Show everything") : tr("New %1").arg(labels::entity(entity())));
    const bool offered = filtered || (mayCreate && !m_options.deleted && !m_options.bare);
    m_emptyButton->setVisible(offered);
    // Tab stops for good before a proxy that is hidden.
    if (instead)
        setFocusProxy(offered ? m_emptyButton : nullptr);
}

void RecordList::setFilter(const QString &expression)
{
    m_filterBar->setFilter(expression);
}

QJsonObject RecordList::layoutState() const
{
    const QHeaderView *header = m_view->horizontalHeader();
    QJsonArray columns;
    QJsonObject widths;
    for (int visual = 0; visual < m_model->columnCount(); ++visual) {
        const int logical = header->logicalIndex(visual);
        const QString path = m_model->pathAt(logical);
        columns << path;
        widths.insert(path, header->sectionSize(logical));
    }
    QJsonArray sort;
    for (const SortKey &key : m_model->sortKeys())
        sort << QJsonObject{{QStringLiteral("path"), key.path}, {QStringLiteral("descending"), key.descending}};
    QJsonObject state{{QStringLiteral("columns"), columns},
                      {QStringLiteral("widths"), widths},
                      {QStringLiteral("sort"), sort},
                      {QStringLiteral("filter"), m_filterBar->filter()}};
    if (m_groups && m_groups->isVisibleTo(this))
        state.insert(QStringLiteral("group"), m_groups->path());
    return state;
}

void RecordList::setLayoutState(const QJsonObject &state)
{
    QStringList columns;
    const QJsonArray listed = state.value(QStringLiteral("columns")).toArray();
    for (const QJsonValue &path : listed)
        columns << path.toString();
    m_model->setColumns(columns.isEmpty() ? defaultColumns() : columns);
    if (m_model->columnCount() == 0)
        m_model->setColumns(defaultColumns());
    QHeaderView *header = m_view->horizontalHeader();
    const QJsonObject widths = state.value(QStringLiteral("widths")).toObject();
    for (int i = 0; i < m_model->columnCount(); ++i) {
        const Field *field = m_model->fieldAt(i);
        int width = widths.value(m_model->pathAt(i)).toInt();
        if (width < 40) {
            const int letters = fontMetrics().horizontalAdvance(QLatin1Char('0'));
            width = m_model->pathAt(i) == entity().title ? 28 * letters
                    : field->isReference()               ? 20 * letters
                    : field->type == FieldType::DateTime ? 19 * letters
                                                         : 15 * letters;
            const int headed = fontMetrics().horizontalAdvance(m_model->headerData(i, Qt::Horizontal).toString());
            width = qMax(width, headed + 5 * style::gap);
        }
        header->resizeSection(i, width);
    }
    QList<SortKey> sort;
    const QJsonArray keys = state.value(QStringLiteral("sort")).toArray();
    for (const QJsonValue &key : keys)
        sort << SortKey{key.toObject().value(QStringLiteral("path")).toString(),
                        key.toObject().value(QStringLiteral("descending")).toBool()};
    m_model->setSort(sort);
    header->setSortIndicator(sort.isEmpty() ? -1 : int(m_model->columns().indexOf(sort.first().path)),
                             !sort.isEmpty() && sort.first().descending ? Qt::DescendingOrder : Qt::AscendingOrder);
    if (!m_options.embedded) {
        const QString group = state.value(QStringLiteral("group")).toString();
        if (!group.isEmpty())
            groups().setPath(group);
        if (m_groups)
            m_groups->setVisible(!group.isEmpty());
        m_groupFilter.clear();
    }
    {
        const QSignalBlocker blocker(m_filterBar);
        m_filterBar->setFilter(state.value(QStringLiteral("filter")).toString());
    }
    applyFilter();
}

void RecordList::keepSettings()
{
    QSettings settings(m_context.workspace.profile().filePath(QStringLiteral("lists.ini")), QSettings::IniFormat);
    const QString key = settingsKey();
    settings.setValue(key, QJsonDocument(layoutState()).toJson(QJsonDocument::Compact));
    if (m_savedViews)
        m_savedViews->setCurrent(layoutState());
}

void RecordList::headerClicked(int section, Qt::KeyboardModifiers modifiers)
{
    const QString path = m_model->pathAt(section);
    QList<SortKey> keys = m_model->sortKeys();
    const auto found = std::find_if(keys.begin(), keys.end(), [&path](const SortKey &key) { return key.path == path; });
    // Shift adds a further key; a third click takes the order away.
    if (found != keys.end() && found->descending) {
        keys.erase(found);
    } else if (found != keys.end()) {
        found->descending = true;
    } else {
        if (!(modifiers & Qt::ShiftModifier))
            keys.clear();
        keys << SortKey{path, false};
    }
    m_model->setSort(keys);
    QHeaderView *header = m_view->horizontalHeader();
    header->setSortIndicator(keys.isEmpty() ? -1 : int(m_model->columns().indexOf(keys.first().path)),
                             !keys.isEmpty() && keys.first().descending ? Qt::DescendingOrder : Qt::AscendingOrder);
    m_keep->start();
}

QList<Id> RecordList::selectedIds() const
{
    QList<Id> ids;
    QList<std::pair<int, int>> ranges;
    const QItemSelection selection = m_view->selectionModel()->selection();
    for (const QItemSelectionRange &range : selection)
        ranges << std::pair{range.top(), range.bottom()};
    std::sort(ranges.begin(), ranges.end());
    int next = 0;
    for (const auto &[top, bottom] : ranges) {
        for (int row = qMax(next, top); row <= bottom; ++row) {
            if (const Id id = m_model->idAt(row))
                ids << id;
        }
        next = qMax(next, bottom + 1);
    }
    if (ids.isEmpty() && currentId())
        ids << currentId();
    return ids;
}

Id RecordList::currentId() const
{
    const QModelIndex index = m_view->currentIndex();
    return index.isValid() ? m_model->idAt(index.row()) : Id();
}

void RecordList::setCurrent(const Id &id)
{
    m_currentId = id;
    const int row = m_model->rowOf(id);
    if (row < 0)
        return;
    const QModelIndex index = m_model->index(row, qMax(0, m_view->currentIndex().column()));
    m_view->setCurrentIndex(index);
    m_view->scrollTo(index);
}

Id RecordList::neighbour(const Id &id, int step) const
{
    const int row = m_model->rowOf(id);
    if (row < 0) {
        // The record has left the filter meanwhile: go on from where the list stands.
        const int at = m_view->currentIndex().row();
        return at >= 0 ? m_model->idAt(at) : Id();
    }
    const int next = row + step;
    return next >= 0 && next < m_model->rowCount() ? m_model->idAt(next) : Id();
}

void RecordList::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Slash && event->modifiers() == Qt::NoModifier) {
        focusFilter();
        return;
    }
    QWidget::keyPressEvent(event);
}

bool RecordList::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_view && event->type() == QEvent::KeyPress && m_view->hasFocus()) {
        const auto *key = static_cast<QKeyEvent *>(event);
        const bool plain = key->modifiers() == Qt::NoModifier || key->modifiers() == Qt::KeypadModifier;
        if (plain && (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter)) {
            openCurrent();
            return true;
        }
        if (plain && key->key() == Qt::Key_Slash) {
            focusFilter();
            return true;
        }
        if (plain && key->key() == Qt::Key_Space) {
            if (const Id id = currentId())
                Q_EMIT peekRequested(id);
            return true;
        }
        // Typing letters must not jump through a million rows: the item view would read every one.
        if (plain && !key->text().isEmpty() && key->text().at(0).isPrint()) {
            event->ignore();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void RecordList::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        m_view->viewport()->update();
        Q_EMIT m_model->headerDataChanged(Qt::Horizontal, 0, m_model->columnCount() - 1);
        m_totals->recompute();
    } else if (event->type() == QEvent::FontChange) {
        m_view->verticalHeader()->setDefaultSectionSize(style::rowHeight(font()));
    }
    QWidget::changeEvent(event);
}

} // namespace tz
