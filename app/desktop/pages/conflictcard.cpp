// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "desktop/pages/conflictcard.h"

#include "core/sync/valuejson.h"
#include "workbench/icons.h"
#include "workbench/pageparts.h"
#include "workbench/records/fieldeditors.h"
#include "workbench/records/formatting.h"
#include "workbench/records/labels.h"

#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace tz {

ConflictCard::ConflictCard(const ViewContext &context, const Entity &entity, const ConflictView &conflict,
                           QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_catalog(context.workspace.catalog())
    , m_entity(&entity)
    , m_field(entity.field(conflict.field))
    , m_conflict(conflict)
{
    setObjectName(u"card"_s);
    setAttribute(Qt::WA_StyledBackground);
    m_rows = new QVBoxLayout(this);
    m_rows->setContentsMargins(16, 12, 16, 14);
    m_rows->setSpacing(8);

    const RecordReader &reader = context.workspace.reader();
    QString name = reader.title(entity, conflict.record);
    if (name.isEmpty())
        name = tr("%1 that is not here any more").arg(labels::entity(entity));
    auto *title = new QPushButton(u"%1: %2"_s.arg(labels::entity(entity), name), this);
    title->setProperty("flat", true);
    title->setIcon(icon(entity.icon.isEmpty() ? u"file"_s : entity.icon));
    title->setToolTip(tr("Open the record"));
    connect(title, &QPushButton::clicked, this,
            [this] { m_context.navigator.openRecord(m_conflict.entity, m_conflict.record); });
    m_rows->addWidget(title, 0, Qt::AlignLeft);

    const Entity *users = m_catalog->entity(u"foundation.user");
    QString who = users ? reader.title(*users, conflict.theirUser) : QString();
    if (who.isEmpty())
        who = tr("Somebody else");
    QString what = conflict.deleted ? tr("%1 deleted it while you changed it").arg(who)
                   : m_field        ? tr("%1 changed “%2” too").arg(who, labels::field(entity, *m_field))
                                    : tr("%1 changed it too").arg(who);
    if (conflict.atMs > 0)
        what += u"  ·  "_s + formatting::dateTime(QDateTime::fromMSecsSinceEpoch(conflict.atMs, Qt::UTC));
    m_rows->addWidget(parts::label(u"mutedText"_s, this, what));

    auto *sides = new QGridLayout;
    sides->setHorizontalSpacing(24);
    sides->setVerticalSpacing(2);
    int column = 0;
    const auto side = [&](const QString &caption, const QString &text) {
        sides->addWidget(parts::label(u"mutedText"_s, this, caption), 0, column);
        auto *value = new QLabel(text, this);
        value->setTextFormat(Qt::PlainText);
        value->setWordWrap(true);
        value->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        value->setAccessibleName(u"%1: %2"_s.arg(caption, text));
        sides->addWidget(value, 1, column, Qt::AlignTop);
        sides->setColumnStretch(column++, 1);
    };
    side(tr("Yours"), conflict.deleted ? shownEdits(conflict.mine.toText()) : shown(conflict.mine));
    side(tr("Theirs, which stands now"), conflict.deleted ? tr("Deleted") : shown(conflict.theirs));
    if (!conflict.deleted)
        side(tr("Before both"), shown(conflict.base));
    m_rows->addLayout(sides);

    m_buttons = new QWidget(this);
    auto *buttons = new QHBoxLayout(m_buttons);
    buttons->setContentsMargins(0, 4, 0, 0);
    auto *mine = new QPushButton(conflict.deleted ? tr("Restore with my changes") : tr("Take mine"), m_buttons);
    mine->setObjectName(u"takeMine"_s);
    auto *theirs = new QPushButton(conflict.deleted ? tr("Leave it deleted") : tr("Keep theirs"), m_buttons);
    theirs->setObjectName(u"keepTheirs"_s);
    connect(mine, &QPushButton::clicked, this, &ConflictCard::mineTaken);
    connect(theirs, &QPushButton::clicked, this, &ConflictCard::theirsKept);
    buttons->addWidget(mine);
    buttons->addWidget(theirs);
    if (m_field && !m_field->isSet() && !m_field->isLines() && m_field->type != FieldType::State) {
        auto *other = new QPushButton(tr("Another value…"), m_buttons);
        other->setObjectName(u"editValue"_s);
        connect(other, &QPushButton::clicked, this, &ConflictCard::edit);
        buttons->addWidget(other);
    }
    buttons->addStretch(1);
    m_rows->addWidget(m_buttons);
}

QString ConflictCard::shown(const Value &value) const
{
    if (value.isNull())
        return tr("(empty)");
    if (!m_field)
        return value.toText();
    QString title;
    if (m_field->isReference() && value.isId()) {
        if (const Entity *target = m_catalog->entity(labels::targetOf(*m_field)))
            title = m_context.workspace.reader().title(*target, value.toId());
    }
    return formatting::value(*m_entity, *m_field, value, title);
}

QString ConflictCard::shownEdits(const QString &edits) const
{
    QStringList lines;
    for (const FieldEdit &edit : editsFromJson(edits)) {
        if (const Field *field = m_entity->field(edit.field))
            lines << u"%1: %2"_s.arg(labels::field(*m_entity, *field),
                                     formatting::value(*m_entity, *field, edit.value));
    }
    return lines.isEmpty() ? tr("Your changes") : lines.join(u'\n');
}

void ConflictCard::edit()
{
    if (m_edit || !m_field)
        return;
    m_edit = new QWidget(this);
    auto *rows = new QVBoxLayout(m_edit);
    rows->setContentsMargins(0, 4, 0, 0);
    rows->setSpacing(6);
    m_editor = FieldEditor::make(m_context, *m_entity, *m_field, m_edit);
    m_editor->setValue(m_conflict.mine);
    m_editor->setMaximumWidth(420);
    rows->addWidget(m_editor);
    m_problem = parts::label(u"dangerText"_s, m_edit);
    m_problem->hide();
    rows->addWidget(m_problem);
    auto *buttons = new QHBoxLayout;
    auto *save = new QPushButton(tr("Use this value"), m_edit);
    save->setObjectName(u"useValue"_s);
    save->setProperty("primary", true);
    auto *cancel = new QPushButton(tr("Cancel"), m_edit);
    buttons->addWidget(save);
    buttons->addWidget(cancel);
    buttons->addStretch(1);
    rows->addLayout(buttons);
    connect(save, &QPushButton::clicked, this, &ConflictCard::finishEdit);
    connect(cancel, &QPushButton::clicked, this, &ConflictCard::endEdit);
    if (m_field->type != FieldType::LongText)
        connect(m_editor, &FieldEditor::committed, this, &ConflictCard::finishEdit);
    m_rows->addWidget(m_edit);
    m_buttons->hide();
    m_editor->setFocus();
}

void ConflictCard::finishEdit()
{
    if (!m_editor)
        return;
    const Result<Value> value = m_editor->value();
    if (!value) {
        m_problem->setText(labels::error(*m_entity, value.error()));
        m_problem->show();
        return;
    }
    const Value entered = *value;
    endEdit();
    Q_EMIT valueEntered(entered);
}

void ConflictCard::endEdit()
{
    if (!m_edit)
        return;
    m_editor = nullptr;
    m_problem = nullptr;
    m_edit->hide();
    std::exchange(m_edit, nullptr)->deleteLater();
    m_buttons->show();
    m_buttons->findChild<QPushButton *>()->setFocus();
}

} // namespace tz
