// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "workbench/records/formheader.h"

#include "workbench/icons.h"
#include "workbench/records/actions.h"
#include "workbench/records/labels.h"
#include "workbench/style.h"

#include <QHelpEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QPainterPath>
#include <QToolTip>

namespace tz {

StageStepper::StageStepper(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void StageStepper::setStages(const QList<Stage> &stages, const QString &current, const QString &fieldLabel)
{
    m_stages = stages;
    m_current = current;
    int at = 0;
    QString label;
    for (int i = 0; i < stages.size(); ++i) {
        if (stages[i].name == current) {
            at = i + 1;
            label = stages[i].label;
        }
    }
    setAccessibleName(tr("%1: %2 (%3 of %4)").arg(fieldLabel, label).arg(at).arg(stages.size()));
    updateGeometry();
    update();
}

QSize StageStepper::sizeHint() const
{
    int width = 0;
    for (const Stage &stage : m_stages)
        width += fontMetrics().horizontalAdvance(stage.label) + 4 * style::gap;
    return {width, fontMetrics().height() + 2 * style::gap};
}

QSize StageStepper::minimumSizeHint() const
{
    return {int(m_stages.size()) * 40, sizeHint().height()};
}

QRect StageStepper::rectOf(int index) const
{
    // In proportion to the labels, so that none is cut while there is room.
    const int wanted = qMax(1, sizeHint().width());
    const int room = qMin(width(), qMax(wanted, 600));
    int x = 0;
    for (int i = 0; i < m_stages.size(); ++i) {
        const int part = (fontMetrics().horizontalAdvance(m_stages[i].label) + 4 * style::gap) * room / wanted;
        if (i == index)
            return {x, 0, part, height()};
        x += part;
    }
    return {};
}

void StageStepper::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    int current = -1;
    for (int i = 0; i < m_stages.size(); ++i) {
        if (m_stages[i].name == m_current)
            current = i;
    }
    const int tip = height() / 4;
    for (int i = 0; i < m_stages.size(); ++i) {
        const QRectF cell = QRectF(rectOf(i)).adjusted(0.5, 0.5, -1.5, -0.5);
        QPainterPath path(cell.topLeft());
        path.lineTo(cell.right() - tip, cell.top());
        path.lineTo(cell.right(), cell.center().y());
        path.lineTo(cell.right() - tip, cell.bottom());
        path.lineTo(cell.bottomLeft());
        if (i > 0)
            path.lineTo(cell.left() + tip, cell.center().y());
        path.closeSubpath();
        const bool passed = current >= 0 && i < current && !m_stages[current].final;
        const bool here = i == current;
        const style::Tone tone = here ? style::Tone::Accent : style::Tone::Muted;
        painter.setPen(here ? style::color(style::Tone::Accent) : style::colors().line);
        painter.setBrush(here     ? style::color(style::Tone::Accent)
                         : passed ? style::ground(style::Tone::Accent)
                                  : style::ground(tone));
        painter.drawPath(path);
        QFont labelFont = font();
        labelFont.setWeight(here ? QFont::DemiBold : QFont::Normal);
        painter.setFont(labelFont);
        painter.setPen(here                    ? style::colors().card
                       : m_stages[i].reachable ? palette().color(QPalette::WindowText)
                                               : style::color(style::Tone::Muted));
        const QRect inner = rectOf(i).adjusted(tip + style::smallGap, 0, -tip, 0);
        painter.drawText(inner, int(Qt::AlignCenter),
                         painter.fontMetrics().elidedText(m_stages[i].label, Qt::ElideRight, inner.width()));
    }
}

void StageStepper::mousePressEvent(QMouseEvent *event)
{
    for (int i = 0; i < m_stages.size(); ++i) {
        if (rectOf(i).contains(event->pos()) && m_stages[i].reachable)
            Q_EMIT chosen(m_stages[i].name);
    }
}

bool StageStepper::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        for (int i = 0; i < m_stages.size(); ++i) {
            if (rectOf(i).contains(help->pos()))
                QToolTip::showText(help->globalPos(), m_stages[i].label, this);
        }
        return true;
    }
    return QWidget::event(event);
}

FormHeader::FormHeader(const ViewContext &context, const Entity &entity, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_entity(&entity)
    , m_kind(new QLabel(this))
    , m_title(new QLabel(this))
    , m_marks(new QLabel(this))
    , m_stepper(new StageStepper(this))
    , m_buttonHolder(new QWidget(this))
    , m_buttons(new QHBoxLayout(m_buttonHolder))
    , m_save(new QPushButton(this))
    , m_revert(new QPushButton(this))
    , m_previous(new QPushButton(this))
    , m_next(new QPushButton(this))
{
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(style::gap, style::gap, style::gap, 0);
    rows->setSpacing(style::smallGap);
    auto *top = new QHBoxLayout;
    top->setSpacing(style::gap);
    auto *names = new QVBoxLayout;
    names->setSpacing(0);
    style::setTone(*m_kind, style::Tone::Muted);
    names->addWidget(m_kind);
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.4);
    large.setWeight(QFont::DemiBold);
    m_title->setFont(large);
    m_title->setTextFormat(Qt::PlainText);
    m_title->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    names->addWidget(m_title);
    top->addLayout(names, 1);
    top->addWidget(m_marks);
    m_previous->setIcon(icon(QStringLiteral("chevron-up")));
    m_next->setIcon(icon(QStringLiteral("chevron-down")));
    for (QPushButton *button : {m_previous, m_next})
        button->setFlat(true);
    top->addWidget(m_previous);
    top->addWidget(m_next);
    top->addWidget(m_revert);
    m_save->setDefault(true);
    m_save->setIcon(icon(QStringLiteral("check")));
    top->addWidget(m_save);
    rows->addLayout(top);
    auto *second = new QHBoxLayout;
    second->addWidget(m_stepper, 1);
    m_buttons->setContentsMargins(0, 0, 0, 0);
    m_buttons->setSpacing(style::smallGap);
    second->addWidget(m_buttonHolder);
    rows->addLayout(second);
    connect(m_save, &QPushButton::clicked, this, &FormHeader::saveRequested);
    connect(m_revert, &QPushButton::clicked, this, &FormHeader::revertRequested);
    connect(m_previous, &QPushButton::clicked, this, [this] { Q_EMIT stepRequested(-1); });
    connect(m_next, &QPushButton::clicked, this, [this] { Q_EMIT stepRequested(1); });
    connect(m_stepper, &StageStepper::chosen, this, [this](const QString &state) {
        for (QAction *action : std::as_const(m_actions)) {
            const Transition *one = m_entity->action(action->data().toString());
            if (one && one->to == state) {
                Q_EMIT actionRequested(one->action);
                return;
            }
        }
    });
    m_stepper->setVisible(entity.states.has_value());
    retranslate();
}

void FormHeader::retranslate()
{
    m_kind->setText(labels::entity(*m_entity));
    m_save->setText(tr("Save"));
    m_save->setToolTip(tr("Save (Ctrl+S), save and close (Ctrl+Enter), save and new (Ctrl+Shift+Enter)"));
    m_revert->setText(tr("Discard"));
    m_revert->setToolTip(tr("Drop what was typed since the last saving"));
    m_previous->setAccessibleName(tr("Previous record"));
    m_previous->setToolTip(tr("Previous record (Ctrl+Up)"));
    m_next->setAccessibleName(tr("Next record"));
    m_next->setToolTip(tr("Next record (Ctrl+Down)"));
}

void FormHeader::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void FormHeader::setRecord(const Record &record, bool isNew, bool dirty, const QString &title)
{
    m_title->setText(title);
    m_title->setToolTip(title);
    m_save->setEnabled(dirty || isNew);
    m_revert->setVisible(dirty);
    m_previous->setVisible(!isNew);
    m_next->setVisible(!isNew);
    QStringList marks;
    if (record.state & recordstate::pendingEdits)
        marks << tr("not sent yet");
    if (record.state & recordstate::refusedEdit)
        marks << tr("an edit was refused");
    m_marks->setText(marks.join(QStringLiteral(" · ")));
    m_marks->setVisible(!marks.isEmpty());
    style::setTone(*m_marks, style::Tone::Warning);

    QString wanted;
    const auto possible = isNew ? QList<const Transition *>() : actions::possible(m_context.workspace, record);
    QStringList names;
    for (const Transition *one : possible)
        names << one->action + labels::action(*m_entity, *one);
    wanted = names.join(QLatin1Char('|'));
    if (m_entity->states) {
        const Field *field = m_entity->stateField();
        const QString current = record.value(m_entity->states->field).toText();
        QList<StageStepper::Stage> stages;
        for (const State &state : m_entity->states->states) {
            const bool reachable = std::any_of(possible.begin(), possible.end(),
                                               [&state](const Transition *one) { return one->to == state.name; });
            stages << StageStepper::Stage{state.name,
                                          field ? labels::choice(*m_entity, *field, state.name) : state.label,
                                          reachable, state.final};
        }
        m_stepper->setStages(stages, current.isEmpty() && isNew ? m_entity->states->initial : current,
                             field ? labels::field(*m_entity, *field) : QString());
    }
    if (m_buttonHolder->property("shown").toString() == wanted)
        return;
    m_buttonHolder->setProperty("shown", wanted);
    while (QLayoutItem *item = m_buttons->takeAt(0)) {
        item->widget()->deleteLater();
        delete item;
    }
    qDeleteAll(m_actions);
    m_actions.clear();
    QMenu *menu = nullptr;
    for (const Transition *one : possible) {
        const QString label = labels::action(*m_entity, *one);
        auto *action = new QAction(label, this);
        action->setData(one->action);
        const int number = int(m_actions.size()) + 1;
        if (number <= 9) {
            action->setShortcut(QKeySequence(Qt::ALT | Qt::Key(Qt::Key_0 + number)));
            action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        }
        connect(action, &QAction::triggered, this, [this, name = one->action] { Q_EMIT actionRequested(name); });
        if (parentWidget())
            parentWidget()->addAction(action);
        m_actions << action;
        if (number <= 3) {
            auto *button = new QPushButton(label, m_buttonHolder);
            button->setToolTip(
                QStringLiteral("%1 (%2)").arg(label, action->shortcut().toString(QKeySequence::NativeText)));
            connect(button, &QPushButton::clicked, action, &QAction::trigger);
            m_buttons->addWidget(button);
        } else {
            if (!menu) {
                auto *more = new QPushButton(tr("More"), m_buttonHolder);
                menu = new QMenu(more);
                more->setMenu(menu);
                m_buttons->addWidget(more);
            }
            menu->addAction(action);
        }
    }
}

} // namespace tz
