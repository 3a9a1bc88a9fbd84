// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "workbench/records/recorddelegate.h"

#include "workbench/records/labels.h"
#include "workbench/style.h"

#include <QAbstractItemView>
#include <QKeyEvent>
#include <QToolTip>

namespace tz {

namespace {

FieldEditor *editorOf(QObject *object)
{
    for (; object; object = object->parent()) {
        // Members of a set have a look-up inside: the outermost editor is the cell's.
        auto *editor = qobject_cast<FieldEditor *>(object);
        if (editor && !qobject_cast<FieldEditor *>(editor->parent() ? editor->parent()->parent() : nullptr))
            return editor;
    }
    return nullptr;
}

} // namespace

RecordDelegate::RecordDelegate(const ViewContext &context, QAbstractItemView *view)
    : QStyledItemDelegate(view)
    , m_context(context)
    , m_view(view)
{
}

QSize RecordDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const QString text = index.data().toString();
    int width = option.fontMetrics.horizontalAdvance(text) + 2 * style::gap;
    if (index.data(RecordListModel::ToneRole).isValid())
        width = style::pillWidth(option.font, text) + 2 * style::gap;
    return {width, style::rowHeight(option.font)};
}

void RecordDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    const QString text = item.text;
    item.text.clear();
    item.icon = QIcon();
    const QStyle *style = item.widget ? item.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &item, painter, item.widget);

    const bool selected = item.state & QStyle::State_Selected;
    const QRect inner = item.rect.adjusted(style::gap, 0, -style::gap, 0);
    const auto *model = qobject_cast<const RecordListModel *>(index.model());
    const Field *field = model ? model->fieldAt(index.column()) : nullptr;
    painter->save();
    painter->setFont(item.font);
    if (const QVariant tone = index.data(RecordListModel::ToneRole); tone.isValid()) {
        style::paintPill(*painter, inner, text, style::Tone(tone.toInt()), selected);
    } else if (field && field->type == FieldType::Bool) {
        QStyleOptionButton box;
        const int size = style->pixelMetric(QStyle::PM_IndicatorWidth);
        box.rect = QRect(inner.left(), inner.center().y() - size / 2, size, size);
        box.state = QStyle::State_Enabled;
        const Value value = index.data(RecordListModel::ValueRole).value<Value>();
        box.state |= value.toBool() ? QStyle::State_On : QStyle::State_Off;
        box.palette = item.palette;
        style->drawPrimitive(QStyle::PE_IndicatorCheckBox, &box, painter, item.widget);
    } else {
        QColor color = item.palette.color(selected ? QPalette::HighlightedText : QPalette::Text);
        if (model && !selected && index.data(RecordListModel::LinkRole).toBool())
            color = style::color(style::Tone::Accent);
        if (model && model->fieldAt(index.column()) && model->pathAt(index.column()) == model->entity().title)
            painter->setFont([font = item.font]() mutable {
                font.setWeight(QFont::DemiBold);
                return font;
            }());
        painter->setPen(color);
        painter->drawText(inner, int(item.displayAlignment | Qt::TextSingleLine),
                          painter->fontMetrics().elidedText(text, Qt::ElideRight, inner.width()));
    }
    if (!index.data(RecordListModel::ProblemRole).toString().isEmpty()) {
        painter->setPen(QPen(style::color(style::Tone::Danger), 2));
        painter->drawRect(item.rect.adjusted(1, 1, -1, -1));
    }
    painter->restore();
}

QWidget *RecordDelegate::createEditor(QWidget *parent, const QStyleOptionViewItem &, const QModelIndex &index) const
{
    const auto *model = qobject_cast<const RecordListModel *>(index.model());
    QString reason;
    if (!model || !model->isEditable(index, &reason)) {
        if (!reason.isEmpty())
            Q_EMIT const_cast<RecordDelegate *>(this)->refused(reason);
        return nullptr;
    }
    const Field *field = model->fieldAt(index.column());
    FieldEditor *editor = FieldEditor::make(m_context, model->entity(), *field, parent, true);
    editor->setAutoFillBackground(true);
    m_open.insert(editor, QPersistentModelIndex(index));
    connect(editor, &QObject::destroyed, this, [this](QObject *gone) { m_open.remove(gone); });
    // The keys go to the child that has the focus.
    const auto children = editor->findChildren<QWidget *>();
    for (QWidget *child : children)
        child->installEventFilter(const_cast<RecordDelegate *>(this));
    return editor;
}

void RecordDelegate::setEditorData(QWidget *widget, const QModelIndex &index) const
{
    auto *editor = qobject_cast<FieldEditor *>(widget);
    // A refresh of the list must not overwrite what is being typed.
    if (!editor || editor->property("filled").toBool())
        return;
    editor->setProperty("filled", true);
    editor->setValue(index.data(RecordListModel::ValueRole).value<Value>(), index.data().toString());
}

void RecordDelegate::setModelData(QWidget *widget, QAbstractItemModel *model, const QModelIndex &index) const
{
    auto *editor = qobject_cast<FieldEditor *>(widget);
    auto *list = qobject_cast<RecordListModel *>(model);
    if (!editor || !list)
        return;
    if (const auto value = editor->value())
        list->edit(index, *value, editor->title());
}

void RecordDelegate::updateEditorGeometry(QWidget *editor, const QStyleOptionViewItem &option,
                                          const QModelIndex &) const
{
    QRect where = option.rect;
    // Long texts and sets get room over the rows below.
    const QSize wanted = editor->minimumSizeHint();
    where.setHeight(qMax(where.height(), wanted.height()));
    where.setWidth(qMax(where.width(), qMin(wanted.width(), 320)));
    if (where.bottom() > m_view->viewport()->height())
        where.moveBottom(qMax(where.height(), m_view->viewport()->height()) - 1);
    editor->setGeometry(where);
}

bool RecordDelegate::finish(FieldEditor *editor)
{
    const QPersistentModelIndex index = m_open.value(editor);
    const auto *model = qobject_cast<const RecordListModel *>(m_view->model());
    if (!model || !index.isValid())
        return true;
    const auto value = editor->value();
    Result<> fine = value ? Result<>() : fail(value.error());
    if (value && *value != model->valueAt(index.row(), index.column()))
        fine = model->check(index, *value);
    if (fine) {
        editor->setProblem({});
        return true;
    }
    const QString sentence = labels::error(model->entity(), fine.error());
    editor->setProblem(sentence);
    Q_EMIT refused(sentence);
    QToolTip::showText(editor->mapToGlobal(QPoint(0, editor->height())), sentence, editor);
    return false;
}

bool RecordDelegate::eventFilter(QObject *watched, QEvent *event)
{
    FieldEditor *editor = editorOf(watched);
    // An editor that is being closed loses the focus once more.
    if (!editor || !m_open.contains(editor) || editor->property("closing").toBool())
        return false;
    if (event->type() == QEvent::KeyPress || event->type() == QEvent::ShortcutOverride) {
        const auto *key = static_cast<QKeyEvent *>(event);
        const bool enter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
        const bool tab = key->key() == Qt::Key_Tab || key->key() == Qt::Key_Backtab;
        if (event->type() == QEvent::ShortcutOverride) {
            if (key->key() == Qt::Key_Escape || enter || tab) {
                event->accept();
                return true;
            }
            return false;
        }
        if (key->key() == Qt::Key_Escape) {
            editor->setProperty("closing", true);
            Q_EMIT closeEditor(editor, RevertModelCache);
            return true;
        }
        // In a long text Enter is a new line; Ctrl+Enter and Tab finish.
        const bool multiline = editor->field().type == FieldType::LongText || editor->field().type == FieldType::Json;
        const bool finishes = tab || (enter && (!multiline || key->modifiers() & Qt::ControlModifier));
        if (finishes) {
            const QModelIndex from = m_open.value(editor);
            if (!finish(editor))
                return true;
            editor->setProperty("closing", true);
            Q_EMIT commitData(editor);
            Q_EMIT closeEditor(editor, NoHint);
            const bool back = key->key() == Qt::Key_Backtab || key->modifiers() & Qt::ShiftModifier;
            Q_EMIT goOn(from, tab ? (back ? -1 : 1) : 0, enter ? (back ? -1 : 1) : 0);
            return true;
        }
        return false;
    }
    if (event->type() == QEvent::FocusOut) {
        const QWidget *focus = QApplication::focusWidget();
        if (QApplication::activePopupWidget() || (focus && editor->isAncestorOf(focus)) || focus == editor)
            return false;
        // Leaving with something invalid keeps the editor open with the reason.
        if (finish(editor)) {
            editor->setProperty("closing", true);
            Q_EMIT commitData(editor);
            Q_EMIT closeEditor(editor, NoHint);
        }
        return false;
    }
    return false;
}

} // namespace tz
