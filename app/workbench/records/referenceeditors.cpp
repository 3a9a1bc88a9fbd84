// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "workbench/icons.h"
#include "workbench/records/editorparts.h"
#include "workbench/records/flowlayout.h"
#include "workbench/records/formatting.h"
#include "workbench/records/labels.h"
#include "workbench/style.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QJsonDocument>
#include <QKeyEvent>
#include <QPointer>
#include <QStandardItemModel>
#include <QToolButton>

namespace tz::editors {

namespace {

enum HitRole { IdRole = Qt::UserRole + 1, CreateRole };

QString nextSlot()
{
    static quint64 number = 0;
    return QStringLiteral("lookup-%1").arg(++number);
}

} // namespace

LookupEditor::LookupEditor(const ViewContext &context, const Entity &entity, const Field &field, QWidget *parent,
                           bool inCell)
    : FieldEditor(context, entity, field, parent)
    , m_target(m_catalog->entity(labels::targetOf(field)))
    , m_line(new QLineEdit(this))
    , m_completer(new QCompleter(this))
    , m_hits(new QStandardItemModel(this))
    , m_timer(new QTimer(this))
    , m_slot(nextSlot())
{
    m_line->setFrame(!inCell);
    m_line->setClearButtonEnabled(!inCell);
    layout()->addWidget(m_line);
    setMain(m_line);
    m_go = m_line->addAction(icon(QStringLiteral("arrow-right")), QLineEdit::TrailingPosition);
    m_go->setText(tr("Open the record"));
    m_go->setToolTip(tr("Open the record"));
    m_go->setVisible(false);
    connect(m_go, &QAction::triggered, this, [this] {
        if (m_target && m_id)
            m_context.navigator.openRecord(m_target->fullName, m_id);
    });
    m_completer->setModel(m_hits);
    m_completer->setWidget(m_line);
    m_completer->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    m_completer->setMaxVisibleItems(12);
    m_completer->popup()->setAccessibleName(labels::field(entity, field));
    connect(m_completer, qOverload<const QModelIndex &>(&QCompleter::activated), this, &LookupEditor::take);
    m_timer->setSingleShot(true);
    m_timer->setInterval(30);
    connect(m_timer, &QTimer::timeout, this, &LookupEditor::search);
    connect(m_line, &QLineEdit::textEdited, this, [this] {
        m_id = Id();
        m_go->setVisible(false);
        m_timer->start();
        Q_EMIT edited();
    });
    m_line->installEventFilter(this);
}

Result<Value> LookupEditor::value() const
{
    if (m_id)
        return Value(m_id);
    if (m_line->text().trimmed().isEmpty())
        return Value();
    return fail("input.not_chosen", {{QStringLiteral("text"), m_line->text()}}, field().name);
}

void LookupEditor::setValue(const Value &value, const QString &title)
{
    m_id = value.toId();
    m_title = title;
    if (m_id && title.isEmpty() && m_target)
        m_title = m_context.workspace.reader().title(*m_target, m_id);
    if (m_id && m_title.isEmpty())
        m_title = tr("(not visible)");
    m_line->setText(m_id ? m_title : QString());
    m_line->setCursorPosition(0);
    m_go->setVisible(bool(m_id));
}

void LookupEditor::setReadOnly(bool readOnly)
{
    m_line->setReadOnly(readOnly);
    m_line->setClearButtonEnabled(!readOnly && m_line->hasFrame());
}

QString LookupEditor::rawText() const
{
    return m_line->text();
}

void LookupEditor::setRawText(const QString &text)
{
    m_line->setText(text);
}

QString LookupEditor::title() const
{
    return m_id ? m_title : QString();
}

void LookupEditor::search()
{
    if (!m_target || m_line->isReadOnly())
        return;
    const QString words = m_line->text().trimmed();
    const QString target = m_target->fullName;
    const QString titleField = m_target->title;
    const QPointer<LookupEditor> self(this);
    m_context.workspace.inBackground(
        m_slot,
        [words, target, titleField](RecordReader &reader) -> std::any {
            std::vector<std::pair<Id, QString>> hits;
            if (words.isEmpty()) {
                Query query;
                query.entity = target;
                query.fields = {QStringLiteral("id"), titleField};
                query.sort = {{QStringLiteral("modified_at"), true}};
                query.limit = 12;
                if (const auto rows = reader.select(query)) {
                    for (const auto &row : rows->rows)
                        hits.emplace_back(row[0].toId(), row[1].toText());
                }
            } else if (const auto found = reader.search(words, 12, target)) {
                for (const SearchHit &hit : *found)
                    hits.emplace_back(hit.id, hit.title);
            }
            return hits;
        },
        [self, words](std::any answer) {
            if (!self || self->m_line->text().trimmed() != words || !self->m_line->hasFocus())
                return;
            const auto *hits = std::any_cast<std::vector<std::pair<Id, QString>>>(&answer);
            if (!hits)
                return;
            self->m_hits->clear();
            for (const auto &[id, title] : *hits) {
                auto *item = new QStandardItem(title);
                item->setData(QVariant::fromValue(id), IdRole);
                self->m_hits->appendRow(item);
            }
            const Actor actor = self->m_context.workspace.actor();
            const Grant grant = effectiveGrant(self->m_target->access, actor.roles);
            if (!words.isEmpty() && (grant.create || actor.isAdmin())) {
                auto *item = new QStandardItem(tr("Create %1 “%2”…").arg(labels::entity(*self->m_target), words));
                item->setData(words, CreateRole);
                self->m_hits->appendRow(item);
            }
            if (self->m_hits->rowCount())
                self->m_completer->complete();
            else
                self->m_completer->popup()->hide();
        });
}

void LookupEditor::take(const QModelIndex &index)
{
    if (const QString words = index.data(CreateRole).toString(); !words.isEmpty()) {
        m_context.navigator.createRecord(m_target->fullName, {{m_target->title, Value(words)}});
        return;
    }
    const Id id = index.data(IdRole).value<Id>();
    if (!id)
        return;
    setValue(Value(id), index.data().toString());
    Q_EMIT edited();
    Q_EMIT chosen(id, m_title);
    Q_EMIT committed();
}

bool LookupEditor::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_line && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_Down && !m_completer->popup()->isVisible()) {
            search();
            return true;
        }
        const bool enter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
        if (enter && key->modifiers() == Qt::NoModifier && !m_completer->popup()->isVisible()) {
            // Typed and confirmed without choosing: the only hit is meant.
            if (!m_id && m_hits->rowCount() > 0 && !m_line->text().trimmed().isEmpty() &&
                m_hits->item(0)->data(IdRole).isValid() &&
                m_hits->item(0)->text().compare(m_line->text().trimmed(), Qt::CaseInsensitive) == 0) {
                take(m_hits->index(0, 0));
                return true;
            }
            if (!m_line->text().trimmed().isEmpty() && !m_id)
                Q_EMIT typed(m_line->text().trimmed());
            Q_EMIT committed();
        }
    }
    return FieldEditor::eventFilter(watched, event);
}

SetEditor::SetEditor(const ViewContext &context, const Entity &entity, const Field &field, QWidget *parent, bool inCell)
    : FieldEditor(context, entity, field, parent)
    , m_flow(nullptr)
{
    auto *holder = new QWidget(this);
    m_flow = new FlowLayout(holder);
    layout()->addWidget(holder);
    if (labels::targetOf(field).isEmpty()) {
        m_line = new QLineEdit(holder);
        m_line->setFrame(!inCell);
        m_line->setPlaceholderText(tr("Add…"));
        m_line->setMinimumWidth(100);
        connect(m_line, &QLineEdit::returnPressed, this, [this] {
            const QString text = m_line->text().trimmed();
            if (!text.isEmpty()) {
                m_line->clear();
                add(Value(text), text);
            } else {
                Q_EMIT committed();
            }
        });
        m_flow->addWidget(m_line);
        setMain(m_line);
    } else {
        m_lookup = new LookupEditor(context, entity, field, holder, inCell);
        m_lookup->line()->setPlaceholderText(tr("Add…"));
        m_lookup->setMinimumWidth(140);
        connect(m_lookup, &LookupEditor::chosen, this, [this](const Id &id, const QString &title) {
            m_lookup->setValue(Value(), QString());
            add(Value(id), title);
        });
        connect(m_lookup, &LookupEditor::committed, this, [this] {
            if (m_lookup->line()->text().isEmpty())
                Q_EMIT committed();
        });
        m_flow->addWidget(m_lookup);
        setMain(m_lookup->line());
    }
}

void SetEditor::add(const Value &member, const QString &title)
{
    for (const Member &one : m_members) {
        if (one.value == member)
            return;
    }
    m_members << Member{member, title};
    rebuild();
    Q_EMIT edited();
}

Result<Value> SetEditor::value() const
{
    if (m_members.isEmpty())
        return Value();
    ValueList members;
    for (const Member &member : m_members)
        members.push_back(member.value);
    return Value::fromSet(std::move(members));
}

void SetEditor::setValue(const Value &value, const QString &)
{
    m_members.clear();
    const Entity *target = m_catalog->entity(labels::targetOf(field()));
    for (const Value &member : value.toList()) {
        QString title = member.toText();
        if (member.isId() && target)
            title = m_context.workspace.reader().title(*target, member.toId());
        m_members << Member{member, title.isEmpty() ? tr("(not visible)") : title};
    }
    rebuild();
}

void SetEditor::rebuild()
{
    while (m_flow->count() > 1) {
        QLayoutItem *item = m_flow->takeAt(0);
        item->widget()->deleteLater();
        delete item;
    }
    for (int i = 0; i < m_members.size(); ++i) {
        auto *chip = new QToolButton(m_flow->parentWidget());
        chip->setText(m_members[i].title + QStringLiteral("  ×"));
        chip->setAutoRaise(false);
        chip->setEnabled(!m_readOnly);
        chip->setAccessibleName(tr("Remove %1").arg(m_members[i].title));
        chip->setToolTip(chip->accessibleName());
        connect(chip, &QToolButton::clicked, this, [this, i] {
            if (i < m_members.size()) {
                m_members.removeAt(i);
                rebuild();
                mainWidget()->setFocus();
                Q_EMIT edited();
            }
        });
        m_flow->insertWidget(i, chip);
        chip->show();
    }
    m_flow->invalidate();
    updateGeometry();
}

void SetEditor::setReadOnly(bool readOnly)
{
    m_readOnly = readOnly;
    mainWidget()->setEnabled(!readOnly);
    rebuild();
}

AddressEditor::AddressEditor(const ViewContext &context, const Entity &entity, const Field &field, QWidget *parent,
                             bool inCell)
    : FieldEditor(context, entity, field, parent)
{
    auto *holder = new QWidget(this);
    auto *grid = new QGridLayout(holder);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(style::smallGap);
    layout()->addWidget(holder);
    const char *names[] = {"country", "province", "city", "district", "street", "postcode"};
    for (int i = 0; i < 6; ++i) {
        auto *line = new QLineEdit(holder);
        line->setFrame(!inCell);
        line->setMinimumWidth(60);
        m_parts << std::pair{QString::fromLatin1(names[i]), line};
        connect(line, &QLineEdit::textEdited, this, &FieldEditor::edited);
        connect(line, &QLineEdit::returnPressed, this, &FieldEditor::committed);
    }
    // Country to district on one row, the street with the postcode below it.
    for (int i = 0; i < 4; ++i)
        grid->addWidget(m_parts[i].second, 0, i);
    grid->addWidget(m_parts[4].second, 1, 0, 1, 3);
    grid->addWidget(m_parts[5].second, 1, 3);
    setMain(m_parts[4].second);
    setFocusProxy(m_parts[0].second);
    retranslate();
}

void AddressEditor::retranslate()
{
    const QString names[] = {tr("Country"), tr("Province"), tr("City"), tr("District"), tr("Street"), tr("Postcode")};
    for (int i = 0; i < 6; ++i) {
        m_parts[i].second->setPlaceholderText(names[i]);
        m_parts[i].second->setToolTip(names[i]);
        m_parts[i].second->setAccessibleName(labels::field(entity(), field()) + QStringLiteral(": ") + names[i]);
    }
}

void AddressEditor::changeEvent(QEvent *event)
{
    FieldEditor::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

Result<Value> AddressEditor::value() const
{
    QJsonObject object = m_rest;
    for (const auto &[name, line] : m_parts) {
        const QString text = line->text().trimmed();
        if (!text.isEmpty())
            object.insert(name, text);
    }
    if (object.isEmpty())
        return Value();
    return Value(QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact)));
}

void AddressEditor::setValue(const Value &value, const QString &)
{
    // Members that this editor does not show are kept.
    m_rest = QJsonDocument::fromJson(value.toText().toUtf8()).object();
    for (const auto &[name, line] : m_parts) {
        line->setText(m_rest.take(name).toString());
        line->setCursorPosition(0);
    }
}

void AddressEditor::setReadOnly(bool readOnly)
{
    for (const auto &[name, line] : m_parts)
        line->setReadOnly(readOnly);
}

} // namespace tz::editors
