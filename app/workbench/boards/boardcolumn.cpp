// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "workbench/boards/boardcolumn.h"

#include "workbench/boards/board.h"
#include "workbench/icons.h"

#include <QDrag>
#include <QDragEnterEvent>
#include <QKeyEvent>
#include <QListView>
#include <QMimeData>
#include <QToolButton>

namespace tz {

namespace {

class CardDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const override
    {
        // All cards are equally high, so that five hundred need no measuring.
        return {120, 4 * style::lineHeight(option.font) + 3 * style::gap};
    }
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const BoardCard &card = static_cast<const BoardModel *>(index.model())->card(index.row());
        const QRect box =
            option.rect.adjusted(style::smallGap, style::smallGap / 2, -style::smallGap, -style::smallGap / 2);
        // Every column has a current card; only that of the column with the focus is meant by the keys.
        const bool focused = option.widget && option.widget->hasFocus() &&
                             option.state & (QStyle::State_HasFocus | QStyle::State_Selected);
        const int line = style::lineHeight(option.font);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(QPen(focused ? style::color(style::Tone::Accent) : style::colors().line, focused ? 2 : 1));
        painter->setBrush(style::colors().card);
        painter->drawRoundedRect(QRectF(box).adjusted(1, 1, -1, -1), style::radius, style::radius);
        if (card.rottingDays > 0) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(style::color(style::Tone::Danger));
            painter->drawRect(box.left() + 1, box.top() + 4, 3, box.height() - 8);
        }
        const QRect inner = box.adjusted(style::gap, style::gap - 2, -style::gap, -style::smallGap);
        const auto text = [painter](const QRect &where, const QString &content, int flags) {
            painter->drawText(where, flags | int(Qt::AlignVCenter) | int(Qt::TextSingleLine),
                              painter->fontMetrics().elidedText(content, Qt::ElideRight, where.width()));
        };
        QFont bold = option.font;
        bold.setWeight(QFont::DemiBold);
        painter->setFont(bold);
        painter->setPen(option.palette.color(QPalette::Text));
        text(QRect(inner.left(), inner.top(), inner.width(), line), card.title, int(Qt::AlignLeft));
        painter->setFont(option.font);
        painter->setPen(style::color(style::Tone::Muted));
        text(QRect(inner.left(), inner.top() + line, inner.width(), line), card.subtitle, int(Qt::AlignLeft));
        const int ownerWidth = qMin(inner.width() / 2, option.fontMetrics.horizontalAdvance(card.owner));
        text(QRect(inner.right() - ownerWidth, inner.top() + 2 * line, ownerWidth + 1, line), card.owner,
             int(Qt::AlignRight));
        painter->setPen(option.palette.color(QPalette::Text));
        text(QRect(inner.left(), inner.top() + 2 * line, inner.width() - ownerWidth - style::gap, line), card.amount,
             int(Qt::AlignLeft));
        const QRect last(inner.left(), inner.top() + 3 * line + style::smallGap, inner.width(), line);
        const QColor dueColor = style::color(card.dueTone);
        icon(card.dueIcon, dueColor).paint(painter, QRect(last.left(), last.top() + (line - 14) / 2, 14, 14));
        painter->setPen(dueColor);
        const QString rotting =
            card.rottingDays > 0 ? BoardColumn::tr("idle for %Ln day(s)", nullptr, card.rottingDays) : QString();
        const int rottingWidth = option.fontMetrics.horizontalAdvance(rotting);
        text(QRect(last.left() + 18, last.top(), last.width() - 18 - rottingWidth - style::smallGap, line), card.due,
             int(Qt::AlignLeft));
        painter->setPen(style::color(style::Tone::Danger));
        text(QRect(last.right() - rottingWidth, last.top(), rottingWidth + 1, line), rotting, int(Qt::AlignRight));
        painter->restore();
    }
};

} // namespace

void BoardModel::setCards(std::vector<BoardCard> cards)
{
    beginResetModel();
    m_cards = std::move(cards);
    endResetModel();
}

int BoardModel::rowOf(const Id &id) const
{
    for (size_t i = 0; i < m_cards.size(); ++i) {
        if (m_cards[i].id == id)
            return int(i);
    }
    return -1;
}

int BoardModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_cards.size());
}

QVariant BoardModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const BoardCard &one = m_cards[size_t(index.row())];
    if (role == Qt::DisplayRole)
        return one.title;
    if (role == Qt::ToolTipRole || role == Qt::AccessibleTextRole) {
        QStringList parts{one.title, one.subtitle, one.amount, one.owner, one.due};
        if (one.rottingDays > 0)
            parts << BoardColumn::tr("idle for %Ln day(s)", nullptr, one.rottingDays);
        parts.removeAll(QString());
        return parts.join(role == Qt::ToolTipRole ? QLatin1Char('\n') : QLatin1Char(';'));
    }
    return {};
}

Qt::ItemFlags BoardModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::ItemIsDropEnabled;
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsDragEnabled | Qt::ItemNeverHasChildren;
}

QStringList BoardModel::mimeTypes() const
{
    return {QString::fromLatin1(mimeType)};
}

QMimeData *BoardModel::mimeData(const QModelIndexList &indexes) const
{
    if (indexes.isEmpty())
        return nullptr;
    const Id id = m_cards[size_t(indexes.first().row())].id;
    if (dragStarted)
        dragStarted(id);
    auto *mime = new QMimeData;
    mime->setData(QString::fromLatin1(mimeType), id.toBytes());
    return mime;
}

BoardColumn::BoardColumn(Board &board, const QString &value, const QString &label, style::Tone tone, QWidget *parent)
    : QWidget(parent)
    , m_board(board)
    , m_value(value)
    , m_label(label)
    , m_tone(tone)
    , m_head(new QToolButton(this))
    , m_figures(new QLabel(this))
    , m_reason(new QLabel(this))
    , m_view(new QListView(this))
    , m_model(new BoardModel(this))
{
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(style::smallGap, style::gap, style::smallGap, style::smallGap);
    rows->setSpacing(style::smallGap);
    m_head->setAutoRaise(true);
    m_head->setToolButtonStyle(Qt::ToolButtonTextOnly);
    m_head->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    m_head->setFont(bold);
    rows->addWidget(m_head);
    m_figures->setContentsMargins(style::smallGap, 0, style::smallGap, 0);
    rows->addWidget(m_figures);
    m_reason->setWordWrap(true);
    m_reason->hide();
    rows->addWidget(m_reason);
    m_view->setModel(m_model);
    m_view->setItemDelegate(new CardDelegate(m_view));
    m_view->setUniformItemSizes(true);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_view->setDragEnabled(true);
    m_view->setAcceptDrops(true);
    m_view->viewport()->setAutoFillBackground(false);
    m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_view->installEventFilter(this);
    m_view->viewport()->installEventFilter(this);
    rows->addWidget(m_view, 1);
    connect(m_head, &QToolButton::clicked, this, [this] {
        m_folded = !m_folded;
        m_view->setVisible(!m_folded);
        m_figures->setVisible(!m_folded);
        setFixedWidth(m_folded ? m_head->sizeHint().width() + 2 * style::gap : 264);
    });
    m_model->dragStarted = [this](const Id &id) {
        const auto others = m_board.boardColumns();
        for (BoardColumn *column : others)
            column->setBlocked(column == this ? QString() : m_board.obstacle(id, m_value, column->value()));
        // The drag runs its own event loop inside the list; when it is over this comes to its turn.
        QTimer::singleShot(0, this, [this] {
            const auto all = m_board.boardColumns();
            for (BoardColumn *column : all)
                column->clearBlocked();
        });
    };
    setFixedWidth(264);
    retitle();
}

void BoardColumn::retitle()
{
    const QString count = QLocale().toString(m_count);
    m_head->setText(tr("%1 (%2)", "column and number of cards").arg(m_label, count));
    m_head->setToolTip(tr("Fold or unfold %1").arg(m_label));
    m_head->setAccessibleName(m_head->text());
    m_figures->setText(m_sum.isEmpty() ? QStringLiteral(" ") : m_sum);
    style::setTone(*m_figures, style::Tone::Muted);
    m_view->setAccessibleName(tr("%1: %2 cards, %3").arg(m_label, count, m_sum));
}

void BoardColumn::setData(BoardColumnData column)
{
    m_count = column.count;
    m_sum = column.sum;
    const Id now = currentId();
    const int row = m_view->currentIndex().row();
    m_model->setCards(std::move(column.cards));
    if (!select(now) && m_model->rowCount())
        m_view->setCurrentIndex(m_model->index(qBound(0, row, m_model->rowCount() - 1), 0));
    retitle();
}

Id BoardColumn::currentId() const
{
    const QModelIndex index = m_view->currentIndex();
    return index.isValid() ? m_model->card(index.row()).id : Id();
}

bool BoardColumn::select(const Id &id)
{
    const int row = id ? m_model->rowOf(id) : -1;
    if (row < 0)
        return false;
    m_view->setCurrentIndex(m_model->index(row, 0));
    m_view->scrollTo(m_model->index(row, 0));
    return true;
}

void BoardColumn::setBlocked(const QString &reason)
{
    m_blocked = reason;
    m_reason->setText(reason);
    m_reason->setVisible(!reason.isEmpty());
    style::setTone(*m_reason, style::Tone::Muted);
    update();
}

void BoardColumn::clearBlocked()
{
    setBlocked({});
}

void BoardColumn::focusCards()
{
    m_view->setFocus();
    if (!m_view->currentIndex().isValid() && m_model->rowCount())
        m_view->setCurrentIndex(m_model->index(0, 0));
}

void BoardColumn::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_blocked.isEmpty() ? style::colors().header : style::colors().line);
    painter.drawRoundedRect(rect().adjusted(2, 2, -2, -2), style::radius, style::radius);
    painter.setBrush(style::color(m_tone));
    painter.drawRect(4, 2, width() - 8, 3);
    // An empty column has no card to show that the keys go to it.
    if (m_view->hasFocus()) {
        painter.setPen(QPen(style::color(style::Tone::Accent), 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(m_view->geometry()).adjusted(-1.5, -1.5, 1.5, 1.5), style::radius,
                                style::radius);
    }
}

bool BoardColumn::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_view && (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut))
        update();
    if (event->type() == QEvent::KeyPress && watched == m_view) {
        const auto *key = static_cast<QKeyEvent *>(event);
        const auto all = m_board.boardColumns();
        const int at = int(all.indexOf(this));
        if (key->modifiers() == Qt::NoModifier) {
            if (key->key() == Qt::Key_Left && at > 0) {
                all[at - 1]->focusCards();
                return true;
            }
            if (key->key() == Qt::Key_Right && at + 1 < all.size()) {
                all[at + 1]->focusCards();
                return true;
            }
            if ((key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) && currentId()) {
                m_board.open(currentId());
                return true;
            }
        }
    }
    if (event->type() == QEvent::MouseButtonDblClick && watched == m_view->viewport() && currentId()) {
        m_board.open(currentId());
        return true;
    }
    if (watched == m_view->viewport() && (event->type() == QEvent::DragEnter || event->type() == QEvent::DragMove)) {
        auto *drag = static_cast<QDragMoveEvent *>(event);
        if (drag->mimeData()->hasFormat(QString::fromLatin1(BoardModel::mimeType)) && m_blocked.isEmpty())
            drag->acceptProposedAction();
        else
            drag->ignore();
        return true;
    }
    if (watched == m_view->viewport() && event->type() == QEvent::Drop) {
        auto *drop = static_cast<QDropEvent *>(event);
        const auto id = Id::fromBytes(drop->mimeData()->data(QString::fromLatin1(BoardModel::mimeType)));
        const auto all = m_board.boardColumns();
        for (const BoardColumn *from : all) {
            if (id && from != this && from->m_model->rowOf(*id) >= 0) {
                drop->acceptProposedAction();
                // A dialog inside a drop would block the platform's drag and drop.
                QTimer::singleShot(
                    0, &m_board, [this, moved = *id, source = from->value()] { m_board.move(moved, source, m_value); });
            }
        }
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void BoardColumn::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retitle();
    QWidget::changeEvent(event);
}

} // namespace tz
