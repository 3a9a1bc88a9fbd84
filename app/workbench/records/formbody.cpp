// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "workbench/records/formbody.h"

#include "core/logic/judge.h"
#include "core/sync/valuejson.h"
#include "workbench/records/fieldeditors.h"
#include "workbench/records/labels.h"
#include "workbench/records/lineseditor.h"
#include "workbench/style.h"

#include <QEvent>
#include <QGridLayout>

namespace tz {

FormBody::FormBody(const ViewContext &context, const Entity &entity, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_catalog(context.workspace.catalog())
    , m_entity(&entity)
    , m_stored(entity, Id())
    , m_live(entity, Id())
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(style::gap, style::gap, style::gap, style::gap);
    layout->setSpacing(style::gap);
    QSet<QString> placed;
    for (const QJsonValue &section : entity.form) {
        const QJsonObject object = section.toObject();
        QStringList names;
        const QJsonArray fields = object.value(QStringLiteral("fields")).toArray();
        for (const QJsonValue &name : fields) {
            names << name.toString();
            placed << name.toString();
        }
        addSection(object.value(QStringLiteral("label")).toString(), names);
    }
    // What the declared form does not place (extensions, the company's own fields) is not lost.
    QStringList rest;
    for (const Field &field : entity.fields) {
        if (!placed.contains(field.name) && !field.system && field.name != entity.parent)
            rest << field.name;
    }
    if (!rest.isEmpty())
        addSection(entity.form.isEmpty() ? QString() : QStringLiteral("*"), rest);
    layout->addStretch();
    retranslate();
}

FormBody::~FormBody() = default;

void FormBody::addSection(const QString &label, const QStringList &fields)
{
    Section section;
    section.label = label;
    section.title = new QLabel(this);
    QFont strong = font();
    strong.setWeight(QFont::DemiBold);
    section.title->setFont(strong);
    section.title->setVisible(!label.isEmpty());
    layout()->addWidget(section.title);
    auto *holder = new QWidget(this);
    section.grid = new QGridLayout(holder);
    section.grid->setContentsMargins(0, 0, 0, style::gap);
    section.grid->setHorizontalSpacing(style::largeGap);
    section.grid->setVerticalSpacing(style::gap);
    layout()->addWidget(holder);
    const Actor actor = m_context.workspace.actor();
    const Grant grant = effectiveGrant(m_entity->access, actor.roles);
    for (const QString &name : fields) {
        const Field *field = m_entity->field(name);
        if (!field || (grant.hidden.contains(name) && !actor.isAdmin()))
            continue;
        if (field->isLines() && !m_catalog->entity(field->to))
            continue;
        Row row;
        row.field = field;
        row.wide = field->isLines() || field->type == FieldType::LongText || field->type == FieldType::Json ||
                   field->type == FieldType::Address || field->isSet();
        row.holder = new QWidget(holder);
        auto *rows = new QVBoxLayout(row.holder);
        rows->setContentsMargins(0, 0, 0, 0);
        rows->setSpacing(2);
        row.label = new QLabel(row.holder);
        row.label->setWordWrap(true);
        style::setTone(*row.label, style::Tone::Muted);
        rows->addWidget(row.label);
        if (field->isLines()) {
            row.lines = new LinesEditor(m_context, *m_entity, *field, row.holder);
            rows->addWidget(row.lines);
            connect(row.lines, &LinesEditor::edited, this,
                    [this, fieldName = field->name] { Q_EMIT edited(fieldName); });
        } else {
            row.editor = FieldEditor::make(m_context, *m_entity, *field, row.holder);
            row.label->setBuddy(row.editor);
            rows->addWidget(row.editor);
            connect(row.editor, &FieldEditor::edited, this, [this, fieldName = field->name] {
                m_changed << fieldName;
                for (Row &one : m_rows) {
                    if (one.field->name == fieldName)
                        setProblemOf(one, {});
                }
                refresh();
                Q_EMIT edited(fieldName);
            });
        }
        row.problem = new QLabel(row.holder);
        row.problem->setWordWrap(true);
        row.problem->hide();
        rows->addWidget(row.problem);
        rows->addStretch();
        section.rows << int(m_rows.size());
        m_rows.push_back(row);
    }
    m_sections << section;
}

void FormBody::arrange()
{
    for (const Section &section : m_sections) {
        while (QLayoutItem *item = section.grid->takeAt(0))
            delete item;
        int line = 0;
        int column = 0;
        bool any = false;
        for (const int number : section.rows) {
            const Row &row = m_rows[size_t(number)];
            row.holder->setVisible(row.shown);
            if (!row.shown)
                continue;
            any = true;
            if (row.wide || m_columnsShown == 1) {
                if (column > 0)
                    ++line;
                section.grid->addWidget(row.holder, line++, 0, 1, m_columnsShown);
                column = 0;
            } else {
                section.grid->addWidget(row.holder, line, column);
                column = (column + 1) % m_columnsShown;
                if (column == 0)
                    ++line;
            }
        }
        for (int i = 0; i < 3; ++i)
            section.grid->setColumnStretch(i, i < m_columnsShown ? 1 : 0);
        section.title->setVisible(any && !section.label.isEmpty());
        section.grid->parentWidget()->setVisible(any);
    }
}

void FormBody::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    const int letter = fontMetrics().averageCharWidth();
    const int wanted = width() > 150 * letter ? 3 : width() > 70 * letter ? 2 : 1;
    if (wanted != m_columnsShown) {
        m_columnsShown = wanted;
        arrange();
    }
}

void FormBody::setRecord(const Record &stored, bool isNew, bool mayWrite, bool discard)
{
    m_stored = stored;
    m_new = isNew;
    m_mayWrite = mayWrite;
    if (discard)
        m_changed.clear();
    for (Row &row : m_rows) {
        if (row.lines) {
            if (!isNew)
                row.lines->model().load(stored.id);
        } else if (!m_changed.contains(row.field->name)) {
            row.editor->setValue(stored.value(row.field->index));
        }
    }
    refresh();
    arrange();
}

void FormBody::setInitial(const Draft::Values &values)
{
    for (const auto &[name, value] : values)
        setFieldValue(name, value);
}

void FormBody::setFieldValue(const QString &field, const Value &value)
{
    if (FieldEditor *found = editor(field)) {
        found->setValue(value);
    }
    const int index = m_entity->indexOf(field);
    if (index < 0)
        return;
    // A value for a field that the form does not show is still part of the record.
    m_live.values[size_t(index)] = value;
    if (!editor(field))
        m_stored.values[size_t(index)] = value;
    m_changed << field;
    refresh();
}

Record FormBody::current() const
{
    Record record = m_stored;
    for (const Row &row : m_rows) {
        if (!row.editor || row.field->isDerived() || !m_changed.contains(row.field->name))
            continue;
        if (const auto value = row.editor->value())
            record.values[size_t(row.field->index)] = *value;
    }
    for (const Field &field : m_entity->fields) {
        if (field.formula) {
            const Value raw = field.formula->evaluate(labels::contextFor(m_context.workspace, &record));
            record.values[size_t(field.index)] =
                fittedValue(field, field.formula->type(), raw, labels::utcOffsetSeconds());
        }
    }
    return record;
}

void FormBody::refresh()
{
    m_live = current();
    const expression::Context context = labels::contextFor(m_context.workspace, &m_live);
    bool moved = false;
    for (Row &row : m_rows) {
        const Field &field = *row.field;
        bool shown = !field.showIf || field.showIf->holds(context);
        // A computed field says nothing about a record that does not exist yet.
        if (m_new && field.rollup)
            shown = false;
        moved = moved || shown != row.shown;
        row.shown = shown;
        row.required = field.required || (field.requiredIf && field.requiredIf->holds(context));
        const QString label = labels::field(*m_entity, field);
        row.label->setText(row.required && !field.isDerived() ? label + QStringLiteral(" *") : label);
        const bool readOnly = !m_mayWrite || field.isDerived() || field.readonly || field.system ||
                              field.type == FieldType::State || (m_entity->appendOnly && !m_new) ||
                              (field.readonlyIf && field.readonlyIf->holds(context));
        if (row.lines) {
            row.lines->setReadOnly(!m_mayWrite);
            continue;
        }
        row.editor->setRecord(&m_live);
        row.editor->setReadOnly(readOnly);
        if (field.isDerived() && !m_changed.contains(field.name))
            row.editor->setValue(m_live.value(field.index));
    }
    if (moved)
        arrange();
}

bool FormBody::isDirty() const
{
    if (!m_changed.isEmpty())
        return true;
    return std::any_of(m_rows.begin(), m_rows.end(),
                       [](const Row &row) { return row.lines && row.lines->model().isDirty(); });
}

Draft::Values FormBody::changes() const
{
    const Record now = current();
    Draft::Values values;
    for (const Field &field : m_entity->fields) {
        if (!m_changed.contains(field.name) || field.isDerived() || field.isLines())
            continue;
        const FieldEditor *shown = editor(field.name);
        const Value &value = now.value(field.index);
        if (m_new ? !value.isNull() || shown : true)
            values.emplace_back(field.name, value);
    }
    return values;
}

void FormBody::addLinesTo(Draft &draft) const
{
    for (const Row &row : m_rows) {
        if (row.lines)
            row.lines->model().addTo(draft, m_stored.id);
    }
}

void FormBody::markClean()
{
    m_changed.clear();
    m_new = false;
    for (Row &row : m_rows) {
        if (row.lines)
            row.lines->model().markClean();
    }
}

void FormBody::setProblemOf(Row &row, const QString &sentence)
{
    row.problem->setText(sentence);
    row.problem->setVisible(!sentence.isEmpty());
    style::setTone(*row.problem, style::Tone::Danger);
    if (row.editor)
        row.editor->setProblem(sentence);
}

void FormBody::clearProblems()
{
    for (Row &row : m_rows)
        setProblemOf(row, {});
}

QList<Error> FormBody::check()
{
    QList<Error> problems;
    FieldEditor *first = nullptr;
    for (Row &row : m_rows) {
        if (!row.editor || !row.shown)
            continue;
        QString sentence;
        // A default of the store may still fill an untouched field of a new record.
        const bool willBeFilled = m_new && row.field->defaultValue && !m_changed.contains(row.field->name);
        const auto value = row.editor->value();
        if (!value) {
            problems << value.error();
            sentence = labels::error(*m_entity, value.error());
        } else if (row.required && value->isNull() && !row.field->isDerived() && !row.field->readonly &&
                   !willBeFilled && row.field->type != FieldType::State) {
            const Error error("record.required", {}, row.field->name);
            problems << error;
            sentence = labels::error(*m_entity, error);
        }
        setProblemOf(row, sentence);
        if (!sentence.isEmpty() && !first)
            first = row.editor;
    }
    if (first)
        first->setFocus();
    return problems;
}

void FormBody::showProblem(const Error &error)
{
    for (Row &row : m_rows) {
        if (row.field->name == error.field) {
            setProblemOf(row, labels::error(*m_entity, error));
            if (row.editor)
                row.editor->setFocus();
        }
    }
}

QJsonObject FormBody::draftState() const
{
    QJsonObject fields;
    for (const QString &name : m_changed) {
        const FieldEditor *one = editor(name);
        const auto value = one ? one->value() : Result<Value>(m_stored.value(name));
        QJsonObject entry;
        if (value)
            entry.insert(QStringLiteral("value"), valueToJson(*value));
        else
            entry.insert(QStringLiteral("raw"), one->rawText());
        fields.insert(name, entry);
    }
    QJsonObject lines;
    for (const Row &row : m_rows) {
        if (row.lines && row.lines->model().isDirty())
            lines.insert(row.field->name, row.lines->model().state());
    }
    QJsonObject state{{QStringLiteral("fields"), fields}, {QStringLiteral("lines"), lines}};
    for (const Row &row : m_rows) {
        if (row.editor && row.editor->isAncestorOf(QApplication::focusWidget()))
            state.insert(QStringLiteral("focus"), row.field->name);
    }
    return state;
}

void FormBody::setDraftState(const QJsonObject &state)
{
    const QJsonObject fields = state.value(QStringLiteral("fields")).toObject();
    for (auto it = fields.begin(); it != fields.end(); ++it) {
        const QJsonObject entry = it.value().toObject();
        FieldEditor *one = editor(it.key());
        if (entry.contains(QStringLiteral("raw")) && one)
            one->setRawText(entry.value(QStringLiteral("raw")).toString());
        else
            setFieldValue(it.key(), valueFromJson(entry.value(QStringLiteral("value")).toString()));
        m_changed << it.key();
    }
    const QJsonObject lines = state.value(QStringLiteral("lines")).toObject();
    for (Row &row : m_rows) {
        if (row.lines && lines.contains(row.field->name))
            row.lines->model().setState(lines.value(row.field->name).toObject());
    }
    refresh();
    if (FieldEditor *focus = editor(state.value(QStringLiteral("focus")).toString()))
        focus->setFocus();
}

FieldEditor *FormBody::editor(const QString &field) const
{
    for (const Row &row : m_rows) {
        if (row.field->name == field)
            return row.editor;
    }
    return nullptr;
}

void FormBody::focusFirst()
{
    for (const Row &row : m_rows) {
        if (row.editor && row.shown && !row.field->isDerived() && !row.field->readonly) {
            row.editor->setFocus();
            return;
        }
    }
}

void FormBody::retranslate()
{
    for (const Section &section : m_sections)
        section.title->setText(section.label == QLatin1String("*")
                                   ? tr("Further fields")
                                   : labels::text(m_entity->fullName, section.label, "section"));
    for (const Row &row : m_rows) {
        const QString label = labels::field(*m_entity, *row.field);
        row.label->setText(row.required ? label + QStringLiteral(" *") : label);
        row.label->setToolTip(labels::help(*m_entity, *row.field));
    }
}

void FormBody::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        for (Row &row : m_rows) {
            if (row.editor && !m_changed.contains(row.field->name))
                row.editor->setValue(m_stored.value(row.field->index));
        }
        refresh();
    }
    QWidget::changeEvent(event);
}

} // namespace tz
