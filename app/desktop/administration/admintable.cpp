// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "desktop/administration/admintable.h"

#include "workbench/pageparts.h"

#include <QAbstractTableModel>
#include <QApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QSortFilterProxyModel>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace tz {
namespace {

constexpr int toneRole = Qt::UserRole + 1;
constexpr int orderRole = Qt::UserRole + 2;
constexpr int titleRole = Qt::UserRole + 3;
constexpr int widestColumn = 220;
constexpr int rowsMeasured = 200;

/// Cells as lists of records have them: one height, pills, the title in bold.
class CellPainter final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        QFont font = option.font;
        if (index.data(titleRole).toBool())
            font.setWeight(QFont::DemiBold);
        const QString text = index.data().toString();
        const int width =
            index.data(toneRole).isValid() ? style::pillWidth(font, text) : QFontMetrics(font).horizontalAdvance(text);
        return {width + 2 * style::gap + 2, style::rowHeight(option.font)};
    }
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        QStyleOptionViewItem item = option;
        initStyleOption(&item, index);
        const QString text = std::exchange(item.text, QString());
        const QStyle *style = item.widget ? item.widget->style() : QApplication::style();
        style->drawControl(QStyle::CE_ItemViewItem, &item, painter, item.widget);
        const bool selected = item.state & QStyle::State_Selected;
        const QRect inner = item.rect.adjusted(style::gap, 0, -style::gap, 0);
        painter->save();
        QFont font = item.font;
        if (index.data(titleRole).toBool())
            font.setWeight(QFont::DemiBold);
        painter->setFont(font);
        if (const QVariant tone = index.data(toneRole); tone.isValid()) {
            style::paintPill(*painter, inner, text, style::Tone(tone.toInt()), selected);
        } else {
            painter->setPen(item.palette.color(selected ? QPalette::HighlightedText : QPalette::Text));
            painter->drawText(inner, int(item.displayAlignment | Qt::AlignVCenter) | Qt::TextSingleLine,
                              QFontMetrics(font).elidedText(text, Qt::ElideRight, inner.width()));
        }
        painter->restore();
    }
};

} // namespace

class AdminTable::Model final : public QAbstractTableModel {
public:
    using QAbstractTableModel::QAbstractTableModel;

    int rowCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : int(rows.size()); }
    int columnCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : int(titles.size()); }
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override
    {
        if (orientation == Qt::Horizontal && role == Qt::DisplayRole)
            return titles.value(section);
        if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole) {
            const bool isRight = !rows.isEmpty() && rows.front().cells.value(section).isRight;
            return int((isRight ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
        }
        return {};
    }
    QVariant data(const QModelIndex &index, int role) const override
    {
        const QList<AdminCell> &cells = rows.at(index.row()).cells;
        if (index.column() >= cells.size())
            return {};
        const AdminCell &cell = cells.at(index.column());
        switch (role) {
        case Qt::DisplayRole:
            return QString(cell.text).replace(u'\n', u' ');
        case Qt::ToolTipRole:
            return cell.toolTip.isEmpty() ? cell.text : cell.toolTip;
        case Qt::TextAlignmentRole:
            return int((cell.isRight ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
        case toneRole:
            return cell.tone ? QVariant(int(*cell.tone)) : QVariant();
        case orderRole:
            return cell.order.isValid() ? cell.order : QVariant(cell.text);
        case titleRole:
            return cell.isTitle;
        default:
            return {};
        }
    }

    void reset(const QStringList &newTitles, const QList<AdminRow> &newRows)
    {
        beginResetModel();
        titles = newTitles;
        rows = newRows;
        endResetModel();
    }

    QStringList titles;
    QList<AdminRow> rows;
};

class AdminTable::Order final : public QSortFilterProxyModel {
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

    void setWords(const QString &words)
    {
        m_words = words.split(u' ', Qt::SkipEmptyParts);
        invalidateFilter();
    }

protected:
    bool filterAcceptsRow(int row, const QModelIndex &) const override
    {
        const auto *model = static_cast<const Model *>(sourceModel());
        return std::all_of(m_words.begin(), m_words.end(), [&](const QString &word) {
            return std::any_of(model->rows.at(row).cells.begin(), model->rows.at(row).cells.end(),
                               [&](const AdminCell &cell) { return cell.text.contains(word, Qt::CaseInsensitive); });
        });
    }
    bool lessThan(const QModelIndex &a, const QModelIndex &b) const override
    {
        const QVariant left = a.data(orderRole), right = b.data(orderRole);
        if (left.typeId() == QMetaType::QString)
            return QString::localeAwareCompare(left.toString(), right.toString()) < 0;
        return left.toLongLong() < right.toLongLong();
    }

private:
    QStringList m_words;
};

AdminTable::AdminTable(QWidget *parent)
    : QWidget(parent)
    , m_model(new Model(this))
    , m_order(new Order(this))
    , m_filter(new QLineEdit(this))
    , m_view(new QTableView(this))
    , m_empty(parts::label(u"mutedText"_s, this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(style::gap);
    m_filter->setClearButtonEnabled(true);
    m_filter->setMaximumWidth(360);
    m_filter->installEventFilter(this);
    layout->addWidget(m_filter);
    m_order->setSourceModel(m_model);
    m_view->setModel(m_order);
    m_view->setItemDelegate(new CellPainter(m_view));
    m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_view->setSelectionMode(QAbstractItemView::SingleSelection);
    m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_view->setShowGrid(false);
    m_view->setWordWrap(false);
    m_view->setTabKeyNavigation(false);
    m_view->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setCornerButtonEnabled(false);
    m_view->setSortingEnabled(true);
    m_view->sortByColumn(0, Qt::AscendingOrder);
    m_view->installEventFilter(this);
    m_view->verticalHeader()->hide();
    m_view->horizontalHeader()->setHighlightSections(false);
    m_view->horizontalHeader()->setStretchLastSection(true);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->hide();
    layout->addWidget(m_view, 1);
    layout->addWidget(m_empty, 1);
    setFocusProxy(m_view);
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &words) {
        const Id current = currentId();
        m_order->setWords(words);
        settle(current);
    });
    connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &AdminTable::currentChanged);
    connect(m_view, &QTableView::doubleClicked, this, &AdminTable::opened);
}

void AdminTable::setColumns(const QStringList &titles)
{
    const Id current = currentId();
    m_model->reset(titles, m_model->rows);
    // Of another language: other widths.
    m_isFitted = false;
    settle(current);
}

void AdminTable::setRows(const QList<AdminRow> &rows)
{
    const Id current = currentId();
    m_model->reset(m_model->titles, rows);
    m_view->verticalHeader()->setDefaultSectionSize(style::rowHeight(m_view->font()));
    if (!m_isFitted && !rows.isEmpty())
        fitColumns();
    settle(current);
}

void AdminTable::addRows(const QList<AdminRow> &rows)
{
    setRows(m_model->rows + rows);
}

void AdminTable::fitColumns()
{
    m_isFitted = true;
    const QHeaderView *header = m_view->horizontalHeader();
    for (int column = 0; column < m_model->columnCount(); ++column) {
        int width = header->sectionSizeHint(column) + 2 * style::gap;
        for (int row = 0; row < std::min(rowsMeasured, m_order->rowCount()); ++row) {
            QStyleOptionViewItem option;
            option.initFrom(m_view);
            option.font = m_view->font();
            width = std::max(width, m_view->itemDelegate()->sizeHint(option, m_order->index(row, column)).width());
        }
        m_view->setColumnWidth(column, std::min(width + style::gap, widestColumn));
    }
}

void AdminTable::settle(const Id &current)
{
    const bool isEmpty = m_order->rowCount() == 0;
    m_empty->setVisible(isEmpty && !m_empty->text().isEmpty());
    m_view->setVisible(!m_empty->isVisibleTo(this));
    setCurrent(current);
    if (!m_view->currentIndex().isValid() && !isEmpty)
        m_view->setCurrentIndex(m_order->index(0, 0));
    Q_EMIT currentChanged();
}

void AdminTable::setEmptyText(const QString &text)
{
    m_empty->setText(text);
}

void AdminTable::setFilterable(bool filterable)
{
    m_filter->setVisible(filterable);
}

void AdminTable::setSortable(bool sortable)
{
    m_view->setSortingEnabled(sortable);
    m_view->horizontalHeader()->setSectionsClickable(sortable);
    if (!sortable)
        m_order->sort(-1);
}

void AdminTable::setPlaceholder(const QString &text)
{
    m_filter->setPlaceholderText(text);
    m_filter->setAccessibleName(text);
}

int AdminTable::currentRow() const
{
    const QModelIndex index = m_view->currentIndex();
    return index.isValid() ? m_order->mapToSource(index).row() : -1;
}

Id AdminTable::currentId() const
{
    const int row = currentRow();
    return row >= 0 && row < m_model->rows.size() ? m_model->rows.at(row).id : Id();
}

void AdminTable::setCurrent(const Id &id)
{
    for (int row = 0; !id.isNull() && row < m_order->rowCount(); ++row) {
        if (m_model->rows.at(m_order->mapToSource(m_order->index(row, 0)).row()).id == id) {
            m_view->setCurrentIndex(m_order->index(row, 0));
            return;
        }
    }
}

int AdminTable::shownRows() const
{
    return m_order->rowCount();
}

bool AdminTable::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    if (watched == m_view) {
        if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
            if (m_view->currentIndex().isValid())
                Q_EMIT opened();
            return true;
        }
        const bool wantsFilter = key->text() == "/"_L1 || key->matches(QKeySequence::Find);
        if (wantsFilter && m_filter->isVisible()) {
            m_filter->setFocus(Qt::ShortcutFocusReason);
            m_filter->selectAll();
            return true;
        }
    } else if (watched == m_filter) {
        if (key->key() == Qt::Key_Down || key->key() == Qt::Key_Return) {
            m_view->setFocus(Qt::TabFocusReason);
            return true;
        }
        if (key->key() == Qt::Key_Escape && !m_filter->text().isEmpty()) {
            m_filter->clear();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace tz
