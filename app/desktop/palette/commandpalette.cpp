// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "desktop/palette/commandpalette.h"

#include "workbench/icons.h"
#include "workbench/style.h"

#include <QAbstractListModel>
#include <QInputMethodEvent>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QPointer>
#include <QStyledItemDelegate>
#include <QTimer>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace tz {
namespace {

constexpr int widthMax = 640;
constexpr int rowsMax = 10;
constexpr int itemsMax = 60;
constexpr int searchDelayMs = 30;

} // namespace

class CommandPalette::Model final : public QAbstractListModel {
public:
    using QAbstractListModel::QAbstractListModel;

    QList<PaletteItem> items;

    void set(QList<PaletteItem> next)
    {
        beginResetModel();
        items = std::move(next);
        endResetModel();
    }
    int rowCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : int(items.size()); }
    QVariant data(const QModelIndex &index, int role) const override
    {
        const PaletteItem &item = items[index.row()];
        if (role == Qt::DisplayRole)
            return item.text;
        if (role == Qt::AccessibleTextRole)
            return item.keys.isEmpty() ? item.section + u": "_s + item.text
                                       : item.section + u": "_s + item.text + u", "_s + item.keys;
        return {};
    }
    Qt::ItemFlags flags(const QModelIndex &index) const override
    {
        return items[index.row()].enabled ? Qt::ItemIsEnabled | Qt::ItemIsSelectable : Qt::NoItemFlags;
    }
};

class CommandPalette::Delegate final : public QStyledItemDelegate {
public:
    explicit Delegate(Model *model)
        : QStyledItemDelegate(model)
        , m_model(model)
    {
    }

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const override
    {
        return {100, option.fontMetrics.height() + 14};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const PaletteItem &item = m_model->items[index.row()];
        const bool selected = option.state & QStyle::State_Selected;
        const QPalette &palette = option.palette;
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        if (selected) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(palette.color(QPalette::Highlight));
            painter->drawRoundedRect(option.rect.adjusted(6, 1, -6, -1), 4, 4);
        }
        const QPalette::ColorGroup group = item.enabled ? QPalette::Normal : QPalette::Disabled;
        const QColor text = selected ? palette.color(QPalette::HighlightedText) : palette.color(group, QPalette::Text);
        const QColor muted = selected ? palette.color(QPalette::HighlightedText) : style::color(style::Tone::Muted);
        QRect rest = option.rect.adjusted(16, 0, -16, 0);
        icon(item.icon).paint(painter, QRect(rest.left(), rest.center().y() - 7, 16, 16), Qt::AlignCenter,
                              selected       ? QIcon::Selected
                              : item.enabled ? QIcon::Normal
                                             : QIcon::Disabled);
        rest.adjust(26, 0, 0, 0);
        painter->setFont(option.font);
        const QFontMetrics metrics(option.font);
        if (!item.keys.isEmpty()) {
            const int keysWidth = metrics.horizontalAdvance(item.keys) + 12;
            const QRect keys(rest.right() - keysWidth, rest.center().y() - metrics.height() / 2 - 1, keysWidth,
                             metrics.height() + 3);
            painter->setPen(style::colors().line);
            painter->setBrush(Qt::NoBrush);
            painter->drawRoundedRect(QRectF(keys).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
            painter->setPen(muted);
            painter->drawText(keys, Qt::AlignCenter, item.keys);
            rest.setRight(keys.left() - 10);
        }
        const int sectionWidth = metrics.horizontalAdvance(item.section);
        painter->setPen(muted);
        painter->drawText(rest, Qt::AlignRight | Qt::AlignVCenter, item.section);
        rest.setRight(rest.right() - sectionWidth - 14);
        painter->setPen(text);
        painter->drawText(rest, Qt::AlignLeft | Qt::AlignVCenter,
                          metrics.elidedText(item.text, Qt::ElideRight, rest.width()));
        painter->restore();
    }

private:
    Model *m_model;
};

CommandPalette::CommandPalette(QWidget *window, Items items, Search search)
    : QFrame(window)
    , m_source(std::move(items))
    , m_search(std::move(search))
    , m_edit(new QLineEdit(this))
    , m_view(new QListView(this))
    , m_hint(new QLabel(this))
    , m_model(new Model(this))
    , m_timer(new QTimer(this))
{
    setObjectName(u"commandPalette"_s);
    setAttribute(Qt::WA_StyledBackground);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(1, 1, 1, 6);
    layout->setSpacing(4);
    layout->addWidget(m_edit);
    layout->addWidget(m_view);
    layout->addWidget(m_hint);
    m_hint->setObjectName(u"mutedText"_s);
    m_hint->setAlignment(Qt::AlignCenter);
    m_hint->setMargin(8);
    m_view->setModel(m_model);
    m_view->setItemDelegate(new Delegate(m_model));
    m_view->setFocusPolicy(Qt::NoFocus);
    m_view->setUniformItemSizes(true);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_view->setMouseTracking(true);
    m_edit->installEventFilter(this);
    m_edit->setFrame(false);
    window->installEventFilter(this);
    m_timer->setSingleShot(true);
    m_timer->setInterval(searchDelayMs);
    connect(m_edit, &QLineEdit::textChanged, this, [this] {
        refill();
        m_timer->start();
    });
    connect(m_timer, &QTimer::timeout, this, &CommandPalette::searchRecords);
    connect(m_view, &QListView::clicked, this, [this](const QModelIndex &index) {
        m_view->setCurrentIndex(index);
        runCurrent();
    });
    connect(m_view, &QListView::entered, m_view, &QListView::setCurrentIndex);
    QEvent language(QEvent::LanguageChange);
    changeEvent(&language);
    hide();
}

void CommandPalette::open(const QString &typed)
{
    if (!isVisible())
        m_previousFocus = window()->focusWidget();
    m_items = m_source();
    m_hits.clear();
    m_hitsFor.clear();
    const QSignalBlocker blocked(m_edit);
    m_edit->setText(typed);
    refill();
    show();
    raise();
    place();
    m_edit->setFocus(Qt::PopupFocusReason);
    m_edit->selectAll();
    if (!typed.isEmpty())
        m_timer->start();
}

void CommandPalette::closePalette()
{
    if (!isVisible())
        return;
    hide();
    m_timer->stop();
    if (m_previousFocus)
        m_previousFocus->setFocus(Qt::PopupFocusReason);
    m_previousFocus = nullptr;
}

QStringList CommandPalette::shown() const
{
    QStringList texts;
    for (const PaletteItem &item : m_model->items)
        texts << item.text;
    return texts;
}

void CommandPalette::refill()
{
    const QString typed = m_edit->text().trimmed();
    QList<PaletteItem> shown;
    const QList<int> order = paletteOrder(m_items, typed, m_recent);
    for (int index : order) {
        if (shown.size() == itemsMax)
            break;
        shown << m_items[index];
    }
    if (!typed.isEmpty()) {
        // Records stay while the next ones are looked up, so that the list does not flicker; commands that begin with
        // what was typed go before them, weaker fits after.
        qsizetype at = 0;
        while (at < shown.size() && at < 4 && paletteScore(shown[at], typed) >= 60)
            ++at;
        for (const PaletteItem &hit : std::as_const(m_hits))
            shown.insert(at++, hit);
    }
    m_model->set(shown);
    int row = 0;
    while (row < shown.size() && !shown[row].enabled)
        ++row;
    m_view->setCurrentIndex(m_model->index(row < shown.size() ? row : -1));
    m_view->setVisible(!shown.isEmpty());
    m_hint->setVisible(shown.isEmpty());
    place();
}

void CommandPalette::searchRecords()
{
    const QString typed = m_edit->text().trimmed();
    if (typed.isEmpty() || !isVisible()) {
        m_hits.clear();
        return;
    }
    m_search(typed, [self = QPointer(this), typed](const QList<PaletteItem> &hits) {
        if (!self || !self->isVisible() || self->m_edit->text().trimmed() != typed)
            return;
        const QModelIndex current = self->m_view->currentIndex();
        const QString kept =
            current.isValid() && current.row() > 0 ? self->m_model->items[current.row()].id : QString();
        self->m_hits = hits;
        self->m_hitsFor = typed;
        self->refill();
        // The line that the user has moved to stays under the cursor.
        for (int row = 0; !kept.isEmpty() && row < self->m_model->items.size(); ++row) {
            if (self->m_model->items[row].id == kept)
                self->m_view->setCurrentIndex(self->m_model->index(row));
        }
    });
}

void CommandPalette::runCurrent()
{
    const QModelIndex current = m_view->currentIndex();
    if (!current.isValid())
        return;
    const PaletteItem item = m_model->items[current.row()];
    if (!item.enabled)
        return;
    closePalette();
    Q_EMIT ran(item.id);
    item.run();
}

void CommandPalette::place()
{
    const QWidget *window = parentWidget();
    const int width = qMin(widthMax, window->width() - 40);
    const int rowHeight = m_view->sizeHintForRow(0);
    const int rows = qMin<int>(rowsMax, int(m_model->items.size()));
    m_view->setFixedHeight(qMax(0, rows * rowHeight + 4));
    setFixedWidth(width);
    layout()->activate();
    resize(width, layout()->totalSizeHint().height());
    move((window->width() - width) / 2, qMin(64, window->height() / 10));
}

bool CommandPalette::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == parentWidget() && event->type() == QEvent::Resize && isVisible())
        place();
    if (watched != m_edit)
        return QFrame::eventFilter(watched, event);
    if (event->type() == QEvent::InputMethod) {
        m_composing = !static_cast<QInputMethodEvent *>(event)->preeditString().isEmpty();
        return false;
    }
    if (event->type() == QEvent::FocusOut) {
        const auto reason = static_cast<QFocusEvent *>(event)->reason();
        if (reason == Qt::MouseFocusReason || reason == Qt::TabFocusReason) {
            m_previousFocus = nullptr;
            closePalette();
        }
        return false;
    }
    if (event->type() == QEvent::ShortcutOverride && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
        event->accept();
        return true;
    }
    if (event->type() != QEvent::KeyPress || m_composing)
        return false;
    auto *key = static_cast<QKeyEvent *>(event);
    const int rows = m_model->rowCount();
    const int row = m_view->currentIndex().row();
    const auto go = [&](int by) {
        int next = row;
        for (int tried = 0; tried < rows; ++tried) {
            next = (next + by + rows) % rows;
            if (m_model->items[next].enabled)
                break;
        }
        if (rows > 0)
            m_view->setCurrentIndex(m_model->index(next));
    };
    switch (key->key()) {
    case Qt::Key_Escape:
        closePalette();
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        runCurrent();
        return true;
    case Qt::Key_Down:
    case Qt::Key_Tab:
        go(1);
        return true;
    case Qt::Key_Up:
    case Qt::Key_Backtab:
        go(-1);
        return true;
    case Qt::Key_PageDown:
        if (rows > 0)
            m_view->setCurrentIndex(m_model->index(qMin(rows - 1, row + rowsMax)));
        return true;
    case Qt::Key_PageUp:
        if (rows > 0)
            m_view->setCurrentIndex(m_model->index(qMax(0, row - rowsMax)));
        return true;
    default:
        return false;
    }
}

void CommandPalette::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange) {
        m_edit->setPlaceholderText(tr("Search records or type a command…"));
        m_edit->setAccessibleName(tr("Command palette"));
        m_view->setAccessibleName(tr("Results"));
        m_hint->setText(tr("Nothing found. Try a name, a number or its pinyin initials."));
        setAccessibleName(tr("Command palette"));
    }
    QFrame::changeEvent(event);
}

} // namespace tz
