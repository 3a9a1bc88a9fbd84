// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "workbench/timeline/quickadd.h"

#include "workbench/icons.h"
#include "workbench/records/fieldeditors.h"
#include "workbench/records/labels.h"
#include "workbench/style.h"

#include <QKeyEvent>
#include <QPlainTextEdit>
#include <QPointer>

namespace tz {

namespace {

/// The field that says when to get in touch again, by the names in use.
const Field *nextField(const Entity &entity)
{
    for (const char *name : {"next_contact", "next_contact_date", "next_date", "due"}) {
        const Field *field = entity.field(QString::fromLatin1(name));
        if (field && (field->type == FieldType::Date || field->type == FieldType::DateTime) && !field->readonly)
            return field;
    }
    return nullptr;
}

/// A kind can be written in one line when nothing but title, text and this link is required.
bool isQuick(const QuickAdd::Target &target)
{
    for (const Field &field : target.entity->fields) {
        if (field.required && !field.defaultValue && field.name != target.entity->title && field.name != target.text &&
            field.name != target.link->name && !field.isDerived() && field.type != FieldType::State)
            return false;
    }
    return true;
}

} // namespace

QuickAdd *QuickAdd::make(const ViewContext &context, const QList<Target> &targets, const Id &record, QWidget *parent)
{
    QList<Target> usable;
    const Actor actor = context.workspace.actor();
    for (const Target &target : targets) {
        const bool seen = std::any_of(usable.begin(), usable.end(),
                                      [&target](const Target &one) { return one.entity == target.entity; });
        const bool may = effectiveGrant(target.entity->access, actor.roles).create || actor.isAdmin();
        if (may && !seen && isQuick(target))
            usable << target;
    }
    return usable.isEmpty() ? nullptr : new QuickAdd(context, usable, record, parent);
}

QuickAdd::QuickAdd(const ViewContext &context, const QList<Target> &targets, const Id &record, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_catalog(context.workspace.catalog())
    , m_targets(targets)
    , m_record(record)
    , m_kind(new QComboBox(this))
    , m_text(new QPlainTextEdit(this))
    , m_nextLabel(new QLabel(this))
    , m_nextHolder(new QWidget(this))
    , m_add(new QPushButton(icon(QStringLiteral("plus")), QString(), this))
{
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(style::smallGap);
    for (const Target &target : m_targets)
        m_kind->addItem(icon(target.entity->icon), QString());
    m_text->setTabChangesFocus(true);
    m_text->setFixedHeight(3 * QFontMetrics(font()).lineSpacing() + 2 * style::gap);
    m_text->installEventFilter(this);
    auto *holderLayout = new QVBoxLayout(m_nextHolder);
    holderLayout->setContentsMargins(0, 0, 0, 0);
    rows->addWidget(m_text);
    auto *line = new QHBoxLayout;
    line->addWidget(m_kind);
    line->addWidget(m_nextLabel);
    line->addWidget(m_nextHolder, 1);
    line->addWidget(m_add);
    rows->addLayout(line);
    connect(m_kind, &QComboBox::currentIndexChanged, this, &QuickAdd::chooseKind);
    connect(m_add, &QPushButton::clicked, this, &QuickAdd::add);
    connect(m_text, &QPlainTextEdit::textChanged, this,
            [this] { m_add->setEnabled(!m_text->toPlainText().trimmed().isEmpty()); });
    m_add->setEnabled(false);
    chooseKind();
    retranslate();
}

void QuickAdd::retranslate()
{
    for (int i = 0; i < m_kind->count(); ++i)
        m_kind->setItemText(i, labels::entity(*m_targets[i].entity));
    m_kind->setAccessibleName(tr("What to write down"));
    m_text->setPlaceholderText(tr("What happened? The first line is the subject."));
    m_text->setAccessibleName(tr("Text"));
    m_add->setText(tr("Add"));
    m_add->setToolTip(tr("Add (Ctrl+Enter)"));
    if (m_next)
        m_nextLabel->setText(labels::field(m_next->entity(), m_next->field()));
}

void QuickAdd::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void QuickAdd::chooseKind()
{
    delete m_next;
    m_next = nullptr;
    const Target &target = m_targets[qMax(0, m_kind->currentIndex())];
    const Field *next = nextField(*target.entity);
    m_nextLabel->setVisible(next);
    m_nextHolder->setVisible(next);
    if (!next)
        return;
    m_next = FieldEditor::make(m_context, *target.entity, *next, m_nextHolder);
    m_nextHolder->layout()->addWidget(m_next);
    m_nextLabel->setText(labels::field(*target.entity, *next));
    m_nextLabel->setBuddy(m_next);
}

bool QuickAdd::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_text && (event->type() == QEvent::KeyPress || event->type() == QEvent::ShortcutOverride)) {
        const auto *key = static_cast<QKeyEvent *>(event);
        const bool enter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
        if (enter && key->modifiers() & Qt::ControlModifier) {
            // The form's own Ctrl+Enter must not close it while a note is being written.
            event->accept();
            if (event->type() == QEvent::KeyPress)
                add();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void QuickAdd::add()
{
    const QString text = m_text->toPlainText().trimmed();
    if (text.isEmpty())
        return;
    const Target &target = m_targets[qMax(0, m_kind->currentIndex())];
    const QString subject = text.section(QLatin1Char('\n'), 0, 0).left(200);
    const QString rest = text.section(QLatin1Char('\n'), 1).trimmed();
    Draft::Values values;
    const Field *title = target.entity->titleField();
    const bool titled = title && title->isText() && !title->isDerived() && title->name != target.text;
    if (titled)
        values.emplace_back(title->name, Value(subject));
    if (!target.text.isEmpty() && (!rest.isEmpty() || !titled || subject.size() < text.size()))
        values.emplace_back(target.text, Value(titled && !rest.isEmpty() ? rest : text));
    values.emplace_back(target.link->name, target.link->isSet() ? Value(ValueList{Value(m_record)}) : Value(m_record));
    if (m_next) {
        const auto date = m_next->value();
        if (!date) {
            m_next->setProblem(labels::error(*target.entity, date.error()));
            m_next->setFocus();
            return;
        }
        if (!date->isNull())
            values.emplace_back(m_next->field().name, *date);
    }
    Draft draft = m_context.workspace.draft();
    draft.label = QStringLiteral("create");
    draft.create(target.entity->fullName, std::move(values));
    m_add->setEnabled(false);
    const QPointer<QuickAdd> self(this);
    const ViewContext context = m_context;
    const QString name = labels::entity(*target.entity);
    const CatalogPtr keep = m_catalog;
    const Entity *of = target.entity;
    m_context.workspace.apply(std::move(draft), [self, context, name, keep, of](const Result<Receipt> &receipt) {
        if (receipt)
            context.navigator.toast(tr("%1 added").arg(name), receipt->batch);
        else
            context.navigator.toast(labels::error(*of, receipt.error()));
        if (!self)
            return;
        self->m_add->setEnabled(true);
        if (receipt) {
            self->m_text->clear();
            if (self->m_next)
                self->m_next->clear();
        }
    });
}

} // namespace tz
