// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "workbench/records/fieldeditors.h"

#include "workbench/icons.h"
#include "workbench/records/attachmentseditor.h"
#include "workbench/records/editorparts.h"
#include "workbench/records/formatting.h"
#include "workbench/records/labels.h"
#include "workbench/style.h"

#include <QCalendarWidget>
#include <QCheckBox>
#include <QDesktopServices>
#include <QEvent>
#include <QKeyEvent>
#include <QPlainTextEdit>
#include <QTextDocument>
#include <QUrl>

namespace tz {

FieldEditor::FieldEditor(const ViewContext &context, const Entity &entity, const Field &field, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_catalog(context.workspace.catalog())
    , m_entity(&entity)
    , m_field(&field)
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(style::smallGap);
}

FieldEditor::~FieldEditor() = default;

void FieldEditor::setMain(QWidget *main)
{
    m_main = main;
    setFocusProxy(main);
    main->setAccessibleName(labels::field(*m_entity, *m_field));
    main->setAccessibleDescription(labels::help(*m_entity, *m_field));
    setFocusPolicy(Qt::StrongFocus);
}

void FieldEditor::setProblem(const QString &sentence)
{
    if (sentence == m_problem)
        return;
    m_problem = sentence;
    setProperty("problem", !sentence.isEmpty());
    if (m_main) {
        m_main->setToolTip(sentence);
        m_main->setAccessibleDescription(sentence.isEmpty() ? labels::help(*m_entity, *m_field) : sentence);
        QPalette palette = m_main->palette();
        if (sentence.isEmpty())
            palette = QPalette();
        else
            palette.setColor(QPalette::Base, style::ground(style::Tone::Danger));
        m_main->setPalette(palette);
    }
}

void FieldEditor::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange && m_main)
        m_main->setAccessibleName(labels::field(*m_entity, *m_field));
    QWidget::changeEvent(event);
}

namespace editors {

LineEditor::LineEditor(const ViewContext &context, const Entity &entity, const Field &field, QWidget *parent,
                       bool inCell)
    : FieldEditor(context, entity, field, parent)
    , m_line(new QLineEdit(this))
{
    m_line->setFrame(!inCell);
    m_line->setClearButtonEnabled(!inCell);
    if (field.maxLength > 0)
        m_line->setMaxLength(field.maxLength);
    if (inCell && formatting::isRightAligned(field))
        m_line->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    layout()->addWidget(m_line);
    setMain(m_line);
    m_line->installEventFilter(this);
    connect(m_line, &QLineEdit::textEdited, this, &FieldEditor::edited);
    connect(m_line, &QLineEdit::returnPressed, this, &FieldEditor::committed);

    const FieldType type = field.type;
    if (type == FieldType::Date || type == FieldType::DateTime) {
        m_open = m_line->addAction(icon(QStringLiteral("calendar")), QLineEdit::TrailingPosition);
        m_open->setText(tr("Open the calendar"));
        m_open->setToolTip(tr("Open the calendar (Alt+Down)"));
        connect(m_open, &QAction::triggered, this, &LineEditor::openCalendar);
    } else if (!inCell && (type == FieldType::Email || type == FieldType::Phone || type == FieldType::Url)) {
        const char *name = type == FieldType::Email ? "mail" : type == FieldType::Phone ? "phone" : "external-link";
        m_open = m_line->addAction(icon(QLatin1String(name)), QLineEdit::TrailingPosition);
        m_open->setText(type == FieldType::Email   ? tr("Write an e-mail")
                        : type == FieldType::Phone ? tr("Call")
                                                   : tr("Open in the browser"));
        m_open->setToolTip(m_open->text());
        connect(m_open, &QAction::triggered, this, &LineEditor::openTarget);
    }
    if (type == FieldType::Date)
        m_line->setPlaceholderText(inCell ? QString() : formatting::date(QDate(2026, 11, 23)));
}

Result<Value> LineEditor::value() const
{
    return formatting::parse(field(), m_line->text());
}

QString LineEditor::display(const Value &value) const
{
    QString currency;
    if (field().type == FieldType::Money && m_record && !field().currency.isEmpty()) {
        const Value code = m_record->value(field().currency);
        currency = code.toText();
    }
    if (field().isNumber() || field().type == FieldType::Date || field().type == FieldType::DateTime)
        return formatting::value(entity(), field(), value, QString(), currency);
    return value.toText();
}

void LineEditor::setValue(const Value &value, const QString &)
{
    m_line->setText(m_line->hasFocus() ? formatting::editText(field(), value) : display(value));
    m_line->setCursorPosition(0);
}

void LineEditor::setRecord(const Record *record)
{
    FieldEditor::setRecord(record);
    // The currency may have changed; what is just being typed is left alone.
    if (field().type == FieldType::Money && !m_line->hasFocus() && !m_line->isModified()) {
        if (const auto typed = value())
            setValue(*typed, QString());
    }
}

void LineEditor::setReadOnly(bool readOnly)
{
    m_line->setReadOnly(readOnly);
    m_line->setClearButtonEnabled(!readOnly && m_line->hasFrame());
    if (m_open && (field().type == FieldType::Date || field().type == FieldType::DateTime))
        m_open->setEnabled(!readOnly);
}

QString LineEditor::rawText() const
{
    return m_line->text();
}

void LineEditor::setRawText(const QString &text)
{
    m_line->setText(text);
}

bool LineEditor::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_line && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (m_open && m_open->isEnabled() && key->key() == Qt::Key_Down && key->modifiers() == Qt::AltModifier) {
            m_open->trigger();
            return true;
        }
    }
    // Figures are shown with signs and grouping, and edited without.
    if (watched == m_line && field().isNumber() && !m_line->isReadOnly()) {
        if (event->type() == QEvent::FocusIn) {
            if (const auto now = value()) {
                m_line->setText(formatting::editText(field(), *now));
                QTimer::singleShot(0, m_line, &QLineEdit::selectAll);
            }
        } else if (event->type() == QEvent::FocusOut) {
            if (const auto now = value(); now && !now->isNull())
                m_line->setText(display(*now));
        }
    }
    return FieldEditor::eventFilter(watched, event);
}

void LineEditor::openCalendar()
{
    auto *popup = new QFrame(this, Qt::Popup);
    popup->setAttribute(Qt::WA_DeleteOnClose);
    popup->setFrameShape(QFrame::StyledPanel);
    auto *box = new QVBoxLayout(popup);
    box->setContentsMargins(1, 1, 1, 1);
    auto *calendar = new QCalendarWidget(popup);
    calendar->setLocale(QLocale());
    calendar->setAccessibleName(tr("Calendar"));
    calendar->setGridVisible(false);
    calendar->setVerticalHeaderFormat(QCalendarWidget::ISOWeekNumbers);
    const auto now = value();
    const bool withTime = field().type == FieldType::DateTime;
    if (now && !now->isNull())
        calendar->setSelectedDate(withTime ? now->toDateTime().toLocalTime().date() : now->toDate());
    box->addWidget(calendar);
    const auto choose = [this, popup, withTime, now](QDate date) {
        Value chosen = Value::fromDate(date);
        if (withTime) {
            const QTime time = now && !now->isNull() ? now->toDateTime().toLocalTime().time() : QTime(9, 0);
            chosen = Value::fromDateTime(QDateTime(date, time));
        }
        setValue(chosen, QString());
        popup->close();
        m_line->setFocus();
        Q_EMIT edited();
        Q_EMIT committed();
    };
    connect(calendar, &QCalendarWidget::activated, this, choose);
    connect(calendar, &QCalendarWidget::clicked, this, choose);
    popup->move(m_line->mapToGlobal(QPoint(0, m_line->height())));
    popup->show();
    calendar->setFocus();
}

void LineEditor::openTarget()
{
    const QString text = m_line->text().trimmed();
    if (text.isEmpty())
        return;
    QUrl url;
    if (field().type == FieldType::Email) {
        url.setScheme(QStringLiteral("mailto"));
        url.setPath(text);
    } else if (field().type == FieldType::Phone) {
        url.setScheme(QStringLiteral("tel"));
        url.setPath(QString(text).remove(QLatin1Char(' ')));
    } else {
        url = QUrl::fromUserInput(text);
        // A record may come from anybody: nothing but the web is opened from here.
        if (url.scheme() != QLatin1String("http") && url.scheme() != QLatin1String("https"))
            return;
    }
    QDesktopServices::openUrl(url);
}

TextEditor::TextEditor(const ViewContext &context, const Entity &entity, const Field &field, QWidget *parent, bool)
    : FieldEditor(context, entity, field, parent)
    , m_text(new QPlainTextEdit(this))
{
    m_text->setTabChangesFocus(true);
    const int line = QFontMetrics(m_text->font()).lineSpacing();
    m_text->setMinimumHeight(4 * line + 2 * style::gap);
    m_text->setMaximumHeight(9 * line);
    if (field.type == FieldType::Json)
        m_text->setFont(QFont(QStringLiteral("monospace")));
    layout()->addWidget(m_text);
    setMain(m_text);
    connect(m_text, &QPlainTextEdit::textChanged, this, [this] {
        if (m_text->hasFocus())
            Q_EMIT edited();
    });
}

Result<Value> TextEditor::value() const
{
    const QString text = m_text->toPlainText();
    if (field().maxLength > 0 && text.size() > field().maxLength)
        return fail("record.too_long", {{QStringLiteral("max"), field().maxLength}}, field().name);
    return formatting::parse(field(), text);
}

void TextEditor::setValue(const Value &value, const QString &)
{
    if (m_text->toPlainText() != value.toText())
        m_text->setPlainText(value.toText());
}

void TextEditor::setReadOnly(bool readOnly)
{
    m_text->setReadOnly(readOnly);
}

QString TextEditor::rawText() const
{
    return m_text->toPlainText();
}

void TextEditor::setRawText(const QString &text)
{
    m_text->setPlainText(text);
}

BoolEditor::BoolEditor(const ViewContext &context, const Entity &entity, const Field &field, QWidget *parent, bool)
    : FieldEditor(context, entity, field, parent)
    , m_box(new QCheckBox(this))
{
    layout()->addWidget(m_box);
    static_cast<QHBoxLayout *>(layout())->addStretch();
    setMain(m_box);
    connect(m_box, &QCheckBox::clicked, this, [this] {
        Q_EMIT edited();
        Q_EMIT committed();
    });
}

Result<Value> BoolEditor::value() const
{
    return Value(m_box->isChecked());
}

void BoolEditor::setValue(const Value &value, const QString &)
{
    m_box->setChecked(value.toBool());
}

void BoolEditor::setReadOnly(bool readOnly)
{
    m_box->setEnabled(!readOnly);
}

ChoiceEditor::ChoiceEditor(const ViewContext &context, const Entity &entity, const Field &field, QWidget *parent,
                           bool inCell)
    : FieldEditor(context, entity, field, parent)
    , m_box(new QComboBox(this))
{
    m_box->setFrame(!inCell);
    m_box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_box->setMinimumContentsLength(8);
    layout()->addWidget(m_box);
    setMain(m_box);
    m_box->installEventFilter(this);
    fill();
    connect(m_box, &QComboBox::activated, this, [this] {
        Q_EMIT edited();
        Q_EMIT committed();
    });
}

void ChoiceEditor::fill()
{
    const QVariant now = m_box->currentData();
    const QSignalBlocker blocker(m_box);
    m_box->clear();
    if (field().type != FieldType::State)
        m_box->addItem(QString(), QString());
    for (const labels::Option &option : labels::options(entity(), field()))
        m_box->addItem(option.label, option.name);
    m_box->setCurrentIndex(m_box->findData(now));
}

Result<Value> ChoiceEditor::value() const
{
    const QString name = m_box->currentData().toString();
    return name.isEmpty() ? Value() : Value(name);
}

void ChoiceEditor::setValue(const Value &value, const QString &)
{
    int index = m_box->findData(value.toText());
    // A value that the declaration no longer names is kept and shown as it is.
    if (index < 0 && !value.isNull()) {
        m_box->addItem(value.toText(), value.toText());
        index = m_box->count() - 1;
    }
    m_box->setCurrentIndex(index);
}

void ChoiceEditor::setReadOnly(bool readOnly)
{
    m_box->setEnabled(!readOnly);
}

void ChoiceEditor::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        fill();
    FieldEditor::changeEvent(event);
}

bool ChoiceEditor::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_box && event->type() == QEvent::Wheel && !m_box->hasFocus()) {
        // Scrolling a form must not change what it passes.
        event->ignore();
        return true;
    }
    if (watched == m_box && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if ((key == Qt::Key_Delete || key == Qt::Key_Backspace) && m_box->isEnabled() &&
            m_box->findData(QString()) >= 0) {
            m_box->setCurrentIndex(m_box->findData(QString()));
            Q_EMIT edited();
            return true;
        }
    }
    return FieldEditor::eventFilter(watched, event);
}

} // namespace editors

FieldEditor *FieldEditor::make(const ViewContext &context, const Entity &entity, const Field &field, QWidget *parent,
                               bool inCell)
{
    switch (field.type) {
    case FieldType::LongText:
    case FieldType::Json:
        return new editors::TextEditor(context, entity, field, parent, inCell);
    case FieldType::Bool:
        return new editors::BoolEditor(context, entity, field, parent, inCell);
    case FieldType::Enum:
    case FieldType::State:
        return new editors::ChoiceEditor(context, entity, field, parent, inCell);
    case FieldType::Link:
    case FieldType::User:
    case FieldType::Team:
        return new editors::LookupEditor(context, entity, field, parent, inCell);
    case FieldType::Links:
    case FieldType::Tags:
        return new editors::SetEditor(context, entity, field, parent, inCell);
    case FieldType::Attachments:
        return new editors::AttachmentsEditor(context, entity, field, parent);
    case FieldType::Address:
        return new editors::AddressEditor(context, entity, field, parent, inCell);
    case FieldType::Text:
    case FieldType::Integer:
    case FieldType::Decimal:
    case FieldType::Money:
    case FieldType::Percent:
    case FieldType::Date:
    case FieldType::DateTime:
    case FieldType::Duration:
    case FieldType::Lines:
    case FieldType::Email:
    case FieldType::Phone:
    case FieldType::Url:
        break;
    }
    return new editors::LineEditor(context, entity, field, parent, inCell);
}

} // namespace tz
