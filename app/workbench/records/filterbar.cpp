// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "workbench/records/filterbar.h"

#include "workbench/dialogs/dialogs.h"
#include "workbench/icons.h"
#include "workbench/records/fieldeditors.h"
#include "workbench/records/flowlayout.h"
#include "workbench/records/formatting.h"
#include "workbench/records/labels.h"
#include "workbench/style.h"

#include <QDialog>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QKeyEvent>
#include <QRegularExpression>
#include <QToolButton>

namespace tz {

FilterBar::FilterBar(const ViewContext &context, const Entity &entity, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_catalog(context.workspace.catalog())
    , m_entity(&entity)
    , m_line(new QLineEdit(this))
    , m_add(new QToolButton(this))
    , m_problem(new QLabel(this))
    , m_chipHolder(new QWidget(this))
    , m_timer(new QTimer(this))
{
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(style::smallGap);
    auto *top = new QHBoxLayout;
    top->setSpacing(style::gap);
    rows->addLayout(top);
    m_line->setClearButtonEnabled(true);
    m_line->addAction(icon(QStringLiteral("search")), QLineEdit::LeadingPosition);
    m_line->installEventFilter(this);
    top->addWidget(m_line, 1);
    m_add->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_add->setIcon(icon(QStringLiteral("list-filter")));
    connect(m_add, &QToolButton::clicked, this, &FilterBar::addFromMenu);
    top->addWidget(m_add);
    m_chipFlow = new FlowLayout(m_chipHolder);
    m_chipHolder->hide();
    rows->addWidget(m_chipHolder);
    m_problem->setWordWrap(true);
    m_problem->hide();
    rows->addWidget(m_problem);

    m_timer->setSingleShot(true);
    m_timer->setInterval(60);
    connect(m_timer, &QTimer::timeout, this, &FilterBar::changed);
    connect(m_line, &QLineEdit::textChanged, this, [this](const QString &text) {
        showProblem(Error());
        // Conditions wait for Enter: half of one is not a question.
        if (!looksLikeCondition(text))
            m_timer->start();
    });
    connect(m_line, &QLineEdit::returnPressed, this, &FilterBar::commitText);
    retranslate();
}

FilterBar::~FilterBar() = default;

void FilterBar::retranslate()
{
    choosePlaceholder();
    m_line->setAccessibleName(tr("Filter this list"));
    m_line->setToolTip(tr("Filter this list (Ctrl+F)"));
    m_add->setText(tr("Filter"));
    m_add->setToolTip(tr("Add a condition"));
}

void FilterBar::choosePlaceholder()
{
    // The longest hint that is not cut.
    const QStringList hints{tr("Words, pinyin initials, or a condition such as %1").arg(QStringLiteral("name ~ 'x'")),
                            tr("Words, pinyin initials or a condition"), tr("Words or a condition"), tr("Filter")};
    // Frame, the picture before the text and the room for the button that clears it.
    const int room =
        m_line->width() - 2 * (m_line->style()->pixelMetric(QStyle::PM_SmallIconSize) + style::gap) - 2 * style::gap;
    const auto fits = [&](const QString &hint) { return m_line->fontMetrics().horizontalAdvance(hint) <= room; };
    const auto found = std::find_if(hints.begin(), hints.end(), fits);
    m_line->setPlaceholderText(found == hints.end() ? hints.last() : *found);
}

void FilterBar::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    // The layout gives the line its width after this event.
    layout()->activate();
    choosePlaceholder();
}

void FilterBar::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

bool FilterBar::looksLikeCondition(const QString &text) const
{
    static const QRegularExpression operators(QStringLiteral("==|!=|<=|>=|<|>|~|\\bin\\s*\\(|\\bhas\\b|\\w\\("));
    return operators.match(text).hasMatch();
}

QString FilterBar::words() const
{
    const QString text = m_line->text().trimmed();
    return looksLikeCondition(text) ? QString() : text;
}

QString FilterBar::filter() const
{
    QStringList parts;
    for (const Chip &chip : m_chips)
        parts << (m_chips.size() > 1 ? QLatin1Char('(') + chip.expression + QLatin1Char(')') : chip.expression);
    return parts.join(QStringLiteral(" and "));
}

void FilterBar::setFilter(const QString &expression)
{
    m_chips.clear();
    if (!expression.isEmpty())
        m_chips << Chip{expression, expression};
    rebuild();
    Q_EMIT changed();
}

void FilterBar::clear()
{
    const QSignalBlocker blocker(m_line);
    m_line->clear();
    m_chips.clear();
    rebuild();
    Q_EMIT changed();
}

void FilterBar::addChip(const QString &expression, const QString &caption)
{
    for (const Chip &chip : m_chips) {
        if (chip.expression == expression)
            return;
    }
    m_chips << Chip{expression, caption.isEmpty() ? expression : caption};
    rebuild();
    Q_EMIT changed();
}

void FilterBar::focusLine()
{
    m_line->setFocus(Qt::ShortcutFocusReason);
    m_line->selectAll();
}

void FilterBar::addWidget(QWidget *widget)
{
    static_cast<QHBoxLayout *>(layout()->itemAt(0)->layout())->addWidget(widget);
}

void FilterBar::showProblem(const Error &error)
{
    m_problem->setVisible(!error.code.isEmpty());
    if (error.code.isEmpty())
        return;
    m_problem->setText(labels::error(*m_entity, error));
    style::setTone(*m_problem, style::Tone::Danger);
}

void FilterBar::commitText()
{
    const QString text = m_line->text().trimmed();
    if (!looksLikeCondition(text)) {
        m_timer->stop();
        Q_EMIT changed();
        return;
    }
    expression::Scope scope;
    scope.catalog = m_catalog.get();
    scope.entity = m_entity;
    const auto compiled = expression::Expression::compile(text, scope);
    if (!compiled) {
        showProblem(compiled.error());
        return;
    }
    {
        const QSignalBlocker blocker(m_line);
        m_line->clear();
    }
    addChip(text);
}

void FilterBar::rebuild()
{
    while (QLayoutItem *item = m_chipFlow->takeAt(0)) {
        item->widget()->deleteLater();
        delete item;
    }
    for (const Chip &chip : m_chips) {
        auto *button = new QToolButton(m_chipHolder);
        button->setText(chip.caption + QStringLiteral("  ×"));
        button->setToolTip(tr("Remove this condition: %1").arg(chip.expression));
        button->setAccessibleName(tr("Remove the condition %1").arg(chip.caption));
        button->setFocusPolicy(Qt::StrongFocus);
        button->installEventFilter(this);
        const QString expression = chip.expression;
        connect(button, &QToolButton::clicked, this, [this, expression] {
            m_chips.removeIf([&expression](const Chip &one) { return one.expression == expression; });
            rebuild();
            m_line->setFocus();
            Q_EMIT changed();
        });
        m_chipFlow->addWidget(button);
    }
    m_chipHolder->setVisible(!m_chips.isEmpty());
}

bool FilterBar::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (watched == m_line) {
            if (key->key() == Qt::Key_Backspace && m_line->text().isEmpty() && !m_chips.isEmpty()) {
                m_chips.removeLast();
                rebuild();
                Q_EMIT changed();
                return true;
            }
            if (key->key() == Qt::Key_Escape && !m_line->text().isEmpty()) {
                m_line->clear();
                return true;
            }
        } else if (key->key() == Qt::Key_Delete || key->key() == Qt::Key_Backspace) {
            if (auto *button = qobject_cast<QToolButton *>(watched)) {
                button->click();
                return true;
            }
        }
    }
    return QWidget::eventFilter(watched, event);
}

std::pair<QString, QString> FilterBar::condition(const Entity &, const QString &path, const QString &label,
                                                 const Field &field, const Value &value, const QString &shown)
{
    if (value.isNull())
        return {QStringLiteral("empty(%1)").arg(path), tr("%1 is empty").arg(label)};
    if (field.type == FieldType::DateTime) {
        // A moment is never met twice: the day is meant.
        const QDateTime day = value.toDateTime().toLocalTime().date().startOfDay();
        const auto text = [](const QDateTime &time) { return time.toUTC().toString(Qt::ISODate); };
        return {QStringLiteral("%1 >= '%2' and %1 < '%3'").arg(path, text(day), text(day.addDays(1))),
                tr("%1: %2").arg(label, formatting::date(day.date()))};
    }
    return {QStringLiteral("%1 == %2").arg(path, formatting::literal(field, value)), tr("%1: %2").arg(label, shown)};
}

void FilterBar::addFromMenu()
{
    QDialog dialog(this);
    dialog.setWindowTitle(tr("Add a condition"));
    auto *form = new QFormLayout;
    auto *fields = new QComboBox(&dialog);
    auto *comparisons = new QComboBox(&dialog);
    auto *holder = new QWidget(&dialog);
    auto *holderLayout = new QVBoxLayout(holder);
    holderLayout->setContentsMargins(0, 0, 0, 0);
    for (const Field &field : m_entity->fields) {
        if (!field.isLines() && field.type != FieldType::Json && field.type != FieldType::Address &&
            field.type != FieldType::Attachments)
            fields->addItem(labels::field(*m_entity, field), field.name);
    }
    FieldEditor *editor = nullptr;
    const auto chooseComparison = [&] {
        const Field *field = m_entity->field(fields->currentData().toString());
        delete editor;
        editor = nullptr;
        if (field && comparisons->currentData().toString().contains(QStringLiteral("%2"))) {
            editor = FieldEditor::make(m_context, *m_entity, *field, holder);
            holderLayout->addWidget(editor);
        }
    };
    const auto chooseField = [&] {
        const Field *field = m_entity->field(fields->currentData().toString());
        const QSignalBlocker blocker(comparisons);
        comparisons->clear();
        if (!field)
            return;
        if (field->isSet()) {
            comparisons->addItem(tr("contains"), QStringLiteral("%1 has %2"));
        } else if (field->type == FieldType::Bool) {
            comparisons->addItem(tr("is"), QStringLiteral("%1 == %2"));
        } else {
            if (field->type == FieldType::User)
                comparisons->addItem(tr("is me"), QStringLiteral("%1 == me"));
            if (field->type == FieldType::Team)
                comparisons->addItem(tr("is one of my teams"), QStringLiteral("%1 in my_teams"));
            if (field->type == FieldType::Date) {
                comparisons->addItem(tr("is this week"), QStringLiteral("%1 >= start_of_week(today()) and "
                                                                        "%1 < add_days(start_of_week(today()), 7)"));
                comparisons->addItem(tr("is this month"),
                                     QStringLiteral("%1 >= start_of_month(today()) and "
                                                    "%1 < add_months(start_of_month(today()), 1)"));
                comparisons->addItem(tr("is this quarter"),
                                     QStringLiteral("year(%1) == year(today()) and quarter(%1) == quarter(today())"));
                comparisons->addItem(tr("is this year"), QStringLiteral("year(%1) == year(today())"));
                comparisons->addItem(tr("lies in the last 30 days"),
                                     QStringLiteral("%1 > add_days(today(), -30) and %1 <= today()"));
                comparisons->addItem(tr("lies in the next 30 days"),
                                     QStringLiteral("%1 >= today() and %1 < add_days(today(), 30)"));
                comparisons->addItem(tr("is before today"), QStringLiteral("%1 < today()"));
            }
            if (field->isText() && field->type != FieldType::Enum && field->type != FieldType::State)
                comparisons->addItem(tr("contains"), QStringLiteral("%1 ~ %2"));
            if (field->type != FieldType::LongText && field->type != FieldType::DateTime) {
                comparisons->addItem(tr("is"), QStringLiteral("%1 == %2"));
                comparisons->addItem(tr("is not"), QStringLiteral("%1 != %2"));
            }
            if (field->isNumber() || field->type == FieldType::Date || field->type == FieldType::DateTime) {
                comparisons->addItem(tr("is at least"), QStringLiteral("%1 >= %2"));
                comparisons->addItem(tr("is at most"), QStringLiteral("%1 <= %2"));
            }
            comparisons->addItem(tr("is empty"), QStringLiteral("empty(%1)"));
            comparisons->addItem(tr("is not empty"), QStringLiteral("not empty(%1)"));
        }
        chooseComparison();
    };
    connect(fields, &QComboBox::currentIndexChanged, &dialog, chooseField);
    connect(comparisons, &QComboBox::currentIndexChanged, &dialog, chooseComparison);
    fields->setAccessibleName(tr("Field"));
    comparisons->setAccessibleName(tr("Comparison"));
    form->addRow(tr("Field"), fields);
    form->addRow(tr("Comparison"), comparisons);
    form->addRow(tr("Value"), holder);
    auto *buttons = new QDialogButtonBox(&dialog);
    buttons->addButton(tr("Add"), QDialogButtonBox::AcceptRole);
    buttons->addButton(tr("Cancel"), QDialogButtonBox::RejectRole);
    connect(buttons, &QDialogButtonBox::accepted, &dialog, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, &dialog, &QDialog::reject);
    auto *rows = new QVBoxLayout(&dialog);
    rows->addLayout(form);
    rows->addWidget(buttons);
    chooseField();
    dialog.resize(420, dialog.sizeHint().height());
    if (dialogs::run(dialog) != QDialog::Accepted)
        return;
    const Field *field = m_entity->field(fields->currentData().toString());
    if (!field)
        return;
    QString expression = comparisons->currentData().toString();
    QString caption = fields->currentText() + QLatin1Char(' ') + comparisons->currentText();
    if (editor) {
        auto value = editor->value();
        if (!value) {
            showProblem(value.error());
            return;
        }
        // A set is asked for one member.
        if (value->isList())
            value = value->toList().empty() ? Value() : value->toList().front();
        if (value->isNull())
            return;
        const QString shown =
            editor->title().isEmpty() ? formatting::value(*m_entity, *field, *value) : editor->title();
        expression.replace(QStringLiteral("%2"), field->type == FieldType::DateTime
                                                     ? QLatin1Char('\'') +
                                                           value->toDateTime().toUTC().toString(Qt::ISODate) +
                                                           QLatin1Char('\'')
                                                     : formatting::literal(*field, *value));
        caption += QLatin1Char(' ') + (shown.isEmpty() ? value->toText() : shown);
    }
    expression.replace(QStringLiteral("%1"), field->name);
    addChip(expression, caption);
}

} // namespace tz
