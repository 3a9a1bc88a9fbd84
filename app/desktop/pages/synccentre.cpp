// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "desktop/pages/synccentre.h"

#include "core/sync/valuejson.h"
#include "desktop/application/shell.h"
#include "desktop/frame/mainwindow.h"
#include "desktop/frame/navigation.h"
#include "desktop/frame/synctext.h"
#include "workbench/dialogs/dialogs.h"
#include "workbench/icons.h"
#include "workbench/records/formatting.h"
#include "workbench/records/labels.h"
#include "workbench/style.h"

#include <QClipboard>
#include <QEvent>
#include <QGridLayout>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace tz {
namespace {

constexpr int contentWidth = 860;
constexpr int linesMax = 200;
const QString conflictEntity = QStringLiteral("foundation.conflict");

void clear(QVBoxLayout *layout)
{
    while (QLayoutItem *item = layout->takeAt(0)) {
        if (QWidget *widget = item->widget()) {
            widget->hide();
            widget->deleteLater();
        }
        delete item;
    }
}

QWidget *makeCard(QVBoxLayout *into)
{
    auto *card = new QWidget(into->parentWidget());
    card->setObjectName(u"card"_s);
    card->setAttribute(Qt::WA_StyledBackground);
    into->addWidget(card);
    return card;
}

} // namespace

SyncCentre::SyncCentre(const PageContext &context)
    : TabPage(Address{u"sync"_s, {}, {}, {}})
    , m_context(context)
    , m_timer(new QTimer(this))
{
    build();
    Workspace &workspace = context.shell.workspace();
    m_timer->setSingleShot(true);
    m_timer->setInterval(200);
    connect(m_timer, &QTimer::timeout, this, &SyncCentre::reload);
    connect(&workspace, &Workspace::statusChanged, this, [this] {
        showStatus();
        m_timer->start();
    });
    connect(&workspace, &Workspace::changed, this, [this](const QString &entity) {
        if (entity == conflictEntity)
            m_timer->start();
    });
    retranslate();
}

QString SyncCentre::caption() const
{
    return captionOf(address(), m_context.shell.workspace(), m_context.shell.views());
}

QWidget *SyncCentre::mainWidget()
{
    return m_syncNow;
}

void SyncCentre::build()
{
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    auto *scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    outer->addWidget(scroll);
    auto *page = new QWidget(scroll);
    scroll->setWidget(page);
    auto *centre = new QHBoxLayout(page);
    centre->setContentsMargins(24, 18, 24, 24);
    auto *column = new QWidget(page);
    column->setMaximumWidth(contentWidth);
    centre->addWidget(column, 1);
    centre->addStretch(0);
    auto *layout = new QVBoxLayout(column);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);

    m_title = new QLabel(column);
    m_title->setObjectName(u"pageTitle"_s);
    layout->addWidget(m_title);
    auto *card = new QWidget(column);
    card->setObjectName(u"card"_s);
    card->setAttribute(Qt::WA_StyledBackground);
    layout->addWidget(card);
    auto *grid = new QGridLayout(card);
    grid->setContentsMargins(16, 14, 16, 14);
    grid->setHorizontalSpacing(12);
    m_statusIcon = new QLabel(card);
    m_statusLine = new QLabel(card);
    m_statusLine->setObjectName(u"sectionTitle"_s);
    m_statusLine->setWordWrap(true);
    m_server = new QLabel(card);
    m_server->setObjectName(u"mutedText"_s);
    m_server->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_error = new QLabel(card);
    m_error->setObjectName(u"dangerText"_s);
    m_error->setWordWrap(true);
    m_error->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_syncNow = new QPushButton(card);
    m_syncNow->setIcon(icon(u"refresh-cw"_s));
    m_copy = new QPushButton(card);
    m_copy->setIcon(icon(u"copy"_s));
    grid->addWidget(m_statusIcon, 0, 0, 2, 1, Qt::AlignTop);
    grid->addWidget(m_statusLine, 0, 1);
    grid->addWidget(m_server, 1, 1);
    grid->addWidget(m_error, 2, 1, 1, 3);
    grid->addWidget(m_copy, 0, 2, 2, 1, Qt::AlignVCenter);
    grid->addWidget(m_syncNow, 0, 3, 2, 1, Qt::AlignVCenter);
    grid->setColumnStretch(1, 1);
    connect(m_syncNow, &QPushButton::clicked, this, [this] { m_context.shell.workspace().syncNow(); });
    connect(m_copy, &QPushButton::clicked, this, &SyncCentre::copyReport);

    m_calm = new QLabel(column);
    m_calm->setObjectName(u"mutedText"_s);
    m_calm->setWordWrap(true);
    layout->addSpacing(8);
    layout->addWidget(m_calm);
    const auto section = [&](QLabel *&title, QVBoxLayout *&into) {
        title = new QLabel(column);
        title->setObjectName(u"sectionTitle"_s);
        layout->addSpacing(8);
        layout->addWidget(title);
        auto *holder = new QWidget(column);
        into = new QVBoxLayout(holder);
        into->setContentsMargins(0, 0, 0, 0);
        into->setSpacing(8);
        layout->addWidget(holder);
    };
    section(m_conflictTitle, m_conflictLayout);
    section(m_rejectedTitle, m_rejectedLayout);
    section(m_waitingTitle, m_waitingLayout);
    layout->addStretch(1);
}

void SyncCentre::showEvent(QShowEvent *event)
{
    reload();
    TabPage::showEvent(event);
}

void SyncCentre::reload()
{
    if (!isVisible())
        return;
    Workspace &workspace = m_context.shell.workspace();
    m_conflicts.clear();
    if (workspace.catalog()->entity(conflictEntity)) {
        Query query;
        query.entity = conflictEntity;
        query.fields = {u"id"_s,   u"entity"_s, u"record"_s,  u"field"_s,
                        u"kept"_s, u"lost"_s,   u"kept_by"_s, u"lost_at"_s};
        query.filterText = u"state == 'open' and owner == me"_s;
        query.sort = {SortKey{u"lost_at"_s, true}};
        query.limit = linesMax;
        if (const Result<Rows> rows = workspace.reader().select(query)) {
            for (const std::vector<Value> &row : rows->rows) {
                ConflictView conflict;
                conflict.id = row[0].toId();
                conflict.entity = row[1].toText();
                conflict.record = Id::fromString(row[2].toText()).value_or(Id());
                conflict.field = row[3].toText();
                conflict.theirs = valueFromJson(row[4].toText());
                conflict.mine = valueFromJson(row[5].toText());
                conflict.theirUser = row[6].toId();
                conflict.atMs = row[7].toInteger();
                conflict.deleted = conflict.field.isEmpty();
                m_conflicts.push_back(conflict);
            }
        }
    }
    struct Lists {
        std::vector<Batch> waiting;
        std::vector<RejectedBatch> rejected;
    };
    workspace.onStore(
        [](RecordStore &, ReplicaState &state) -> std::any {
            return Lists{state.pending(linesMax).value_or(std::vector<Batch>()),
                         state.rejected().value_or(std::vector<RejectedBatch>())};
        },
        [self = QPointer(this)](std::any answer) {
            auto *lists = std::any_cast<Lists>(&answer);
            if (!self || !lists)
                return;
            self->fillWaiting(lists->waiting);
            self->fillRejected(lists->rejected);
            self->fillConflicts();
            self->m_calm->setVisible(lists->waiting.empty() && lists->rejected.empty() && self->m_conflicts.empty());
        });
}

void SyncCentre::showStatus()
{
    const Workspace &workspace = m_context.shell.workspace();
    const SyncStatus status = workspace.status();
    const SyncText text = SyncText::of(status, workspace.clock().nowMs());
    m_statusIcon->setPixmap(icon(text.icon, style::color(text.tone)).pixmap(28, 28));
    m_statusLine->setText(text.line);
    m_server->setText(workspace.isStandalone() ? tr("Nothing is sent anywhere.") : workspace.serverUrl().toString());
    m_syncNow->setVisible(!workspace.isStandalone());
    m_error->setVisible(!status.error.code.isEmpty());
    if (!status.error.code.isEmpty())
        m_error->setText(labels::error(status.error));
}

QString SyncCentre::titleOf(const QString &entity, const Id &id) const
{
    const Entity *found = m_context.shell.workspace().catalog()->entity(entity);
    if (!found)
        return entity;
    const QString title = m_context.shell.workspace().reader().title(*found, id);
    return title.isEmpty() ? tr("%1 that is not here any more").arg(labels::entity(*found)) : title;
}

QString SyncCentre::describeBatch(const Batch &batch) const
{
    if (batch.changes.empty())
        return tr("Change");
    const Change &first = batch.changes.front();
    const Entity *entity = m_context.shell.workspace().catalog()->entity(first.entity);
    const QString name =
        u"%1 %2"_s.arg(entity ? labels::entity(*entity) : first.entity, titleOf(first.entity, first.id));
    QString text;
    switch (first.kind) {
    case ChangeKind::Create:
        text = tr("Created: %1").arg(name);
        break;
    case ChangeKind::Delete:
        text = tr("Deleted: %1").arg(name);
        break;
    case ChangeKind::Restore:
        text = tr("Restored: %1").arg(name);
        break;
    case ChangeKind::Action: {
        const Transition *action = entity ? entity->action(first.name) : nullptr;
        text = u"%1: %2"_s.arg(action ? labels::action(*entity, *action) : first.name, name);
        break;
    }
    case ChangeKind::Update:
    case ChangeKind::Member: {
        QStringList fields;
        for (const FieldEdit &edit : first.edits) {
            const Field *field = entity ? entity->field(edit.field) : nullptr;
            if (field && fields.size() < 3)
                fields << labels::field(*entity, *field);
        }
        text = fields.isEmpty() ? tr("Changed: %1").arg(name)
                                : tr("Changed: %1 (%2)").arg(name, QLocale().createSeparatedList(fields));
        break;
    }
    }
    const int others = int(batch.changes.size()) - 1;
    return others > 0 ? tr("%1, and %n more change(s)", nullptr, others).arg(text) : text;
}

void SyncCentre::fillWaiting(const std::vector<Batch> &batches)
{
    m_waiting = batches;
    clear(m_waitingLayout);
    m_waitingTitle->setVisible(!batches.empty());
    m_waitingTitle->setText(tr("Waiting for the server (%n)", nullptr, int(batches.size())));
    if (batches.empty())
        return;
    QWidget *card = makeCard(m_waitingLayout);
    auto *layout = new QVBoxLayout(card);
    layout->setContentsMargins(8, 6, 8, 6);
    layout->setSpacing(0);
    for (const Batch &batch : batches) {
        auto *line = new QToolButton(card);
        line->setIcon(icon(u"clock"_s));
        line->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        line->setText(describeBatch(batch));
        line->setFocusPolicy(Qt::StrongFocus);
        line->setToolTip(tr("Open the record"));
        layout->addWidget(line, 0, Qt::AlignLeft);
        if (!batch.changes.empty()) {
            connect(line, &QToolButton::clicked, this,
                    [this, change = batch.changes.front()] { m_context.window.openRecord(change.entity, change.id); });
        }
    }
}

void SyncCentre::fillConflicts()
{
    clear(m_conflictLayout);
    m_conflictTitle->setVisible(!m_conflicts.empty());
    m_conflictTitle->setText(tr("Somebody else changed this too (%n)", nullptr, int(m_conflicts.size())));
    const CatalogPtr catalog = m_context.shell.workspace().catalog();
    const RecordReader &reader = m_context.shell.workspace().reader();
    for (const ConflictView &conflict : m_conflicts) {
        const Entity *entity = catalog->entity(conflict.entity);
        if (!entity)
            continue;
        const Field *field = entity->field(conflict.field);
        const Entity *users = catalog->entity(u"foundation.user"_s);
        QString who = users ? reader.title(*users, conflict.theirUser) : QString();
        if (who.isEmpty())
            who = tr("Somebody else");
        const auto shown = [&](const Value &value) {
            if (!field)
                return value.toText();
            if (value.isNull())
                return tr("(empty)");
            QString title;
            if (field->isReference()) {
                if (const Entity *target = catalog->entity(labels::targetOf(*field)))
                    title = reader.title(*target, value.toId());
            }
            return formatting::value(*entity, *field, value, title);
        };
        QWidget *card = makeCard(m_conflictLayout);
        auto *grid = new QGridLayout(card);
        grid->setContentsMargins(16, 12, 16, 12);
        grid->setHorizontalSpacing(20);
        grid->setVerticalSpacing(6);
        auto *title =
            new QPushButton(u"%1: %2"_s.arg(labels::entity(*entity), titleOf(conflict.entity, conflict.record)), card);
        title->setProperty("flat", true);
        title->setIcon(icon(entity->icon.isEmpty() ? u"file"_s : entity->icon));
        connect(title, &QPushButton::clicked, this,
                [this, conflict] { m_context.window.openRecord(conflict.entity, conflict.record); });
        grid->addWidget(title, 0, 0, 1, 2, Qt::AlignLeft);
        auto *when = new QLabel(conflict.deleted ? tr("%1 deleted it while you changed it").arg(who)
                                : field ? tr("%1 changed “%2” too").arg(who, labels::field(*entity, *field))
                                        : tr("%1 changed it too").arg(who),
                                card);
        when->setObjectName(u"mutedText"_s);
        when->setWordWrap(true);
        grid->addWidget(when, 1, 0, 1, 2);
        const auto side = [&](int column, const QString &caption, const QString &text, const QString &button,
                              const std::function<void()> &run) {
            auto *captionLabel = new QLabel(caption, card);
            captionLabel->setObjectName(u"mutedText"_s);
            auto *textLabel = new QLabel(text, card);
            textLabel->setWordWrap(true);
            textLabel->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
            auto *press = new QPushButton(button, card);
            connect(press, &QPushButton::clicked, this, run);
            grid->addWidget(captionLabel, 2, column);
            grid->addWidget(textLabel, 3, column);
            grid->addWidget(press, 4, column, Qt::AlignLeft);
            grid->setColumnStretch(column, 1);
        };
        side(0, tr("Yours"), conflict.deleted ? tr("Your changes") : shown(conflict.mine),
             conflict.deleted ? tr("Restore with my changes") : tr("Take mine"),
             [this, conflict] { takeMine(conflict); });
        side(1, tr("Theirs, which stands now"), conflict.deleted ? tr("Deleted") : shown(conflict.theirs),
             tr("Keep theirs"), [this, conflict] { keepTheirs(conflict); });
    }
}

void SyncCentre::takeMine(const ConflictView &conflict)
{
    resolve(conflict, u"take"_s, true);
}

void SyncCentre::keepTheirs(const ConflictView &conflict)
{
    resolve(conflict, u"dismiss"_s, false);
}

void SyncCentre::resolve(const ConflictView &conflict, const QString &action, bool restore)
{
    Workspace &workspace = m_context.shell.workspace();
    Draft draft = workspace.draft();
    draft.label = restore ? u"conflict.take"_s : u"conflict.dismiss"_s;
    if (restore) {
        if (conflict.deleted) {
            draft.restore(conflict.entity, conflict.record);
            Draft::Values values;
            if (conflict.mine.isText()) {
                for (const FieldEdit &edit : editsFromJson(conflict.mine.toText()))
                    values.emplace_back(edit.field, edit.value);
            }
            if (!values.empty())
                draft.update(conflict.entity, conflict.record, values);
        } else {
            // A new edit, based on what stands now: it wins because it is later.
            draft.update(conflict.entity, conflict.record, {{conflict.field, conflict.mine}});
        }
    }
    draft.act(conflictEntity, conflict.id, action);
    workspace.apply(std::move(draft), [self = QPointer(this), restore](const Result<Receipt> &receipt) {
        if (!self)
            return;
        if (!receipt)
            self->m_context.window.showError(receipt.error());
        else
            self->m_context.window.toast(restore ? tr("Your value stands again") : tr("Left as it is"), receipt->batch);
        self->reload();
    });
}

void SyncCentre::fillRejected(const std::vector<RejectedBatch> &rejected)
{
    m_rejected = rejected;
    clear(m_rejectedLayout);
    m_rejectedTitle->setVisible(!rejected.empty());
    m_rejectedTitle->setText(tr("Not accepted by the server (%n)", nullptr, int(rejected.size())));
    for (const RejectedBatch &batch : rejected) {
        QWidget *card = makeCard(m_rejectedLayout);
        auto *layout = new QVBoxLayout(card);
        layout->setContentsMargins(16, 12, 16, 12);
        auto *title = new QLabel(describeBatch(batch.body), card);
        title->setWordWrap(true);
        layout->addWidget(title);
        QStringList sentences;
        for (const wire::Reason &reason : batch.reasons) {
            const Change *change = reason.change >= 0 && size_t(reason.change) < batch.body.changes.size()
                                       ? &batch.body.changes[size_t(reason.change)]
                                       : nullptr;
            const Entity *entity = change ? m_context.shell.workspace().catalog()->entity(change->entity) : nullptr;
            const QString sentence = entity ? labels::error(*entity, reason.error) : labels::error(reason.error);
            if (!sentences.contains(sentence))
                sentences << sentence;
        }
        auto *why = new QLabel(sentences.join(u'\n'), card);
        why->setObjectName(u"dangerText"_s);
        why->setWordWrap(true);
        why->setTextInteractionFlags(Qt::TextSelectableByMouse);
        layout->addWidget(why);
        auto *buttons = new QHBoxLayout;
        if (!batch.body.changes.empty()) {
            auto *open = new QPushButton(tr("Open the record"), card);
            connect(open, &QPushButton::clicked, this, [this, change = batch.body.changes.front()] {
                m_context.window.openRecord(change.entity, change.id);
            });
            buttons->addWidget(open);
        }
        auto *drop = new QPushButton(tr("Discard"), card);
        connect(drop, &QPushButton::clicked, this, [this, batch] { discard(batch); });
        buttons->addWidget(drop);
        buttons->addStretch(1);
        layout->addLayout(buttons);
    }
}

void SyncCentre::discard(const RejectedBatch &batch)
{
    if (!dialogs::confirm(
            this, tr("Discard"),
            tr("The change is forgotten; a copy of it goes to the clipboard. The record stays as the server "
               "has it."),
            tr("Discard")))
        return;
    QString copy = describeBatch(batch.body);
    for (const Change &change : batch.body.changes)
        copy += u'\n' + change.entity + u' ' + change.id.toString() + u' ' + editsToJson(change.edits);
    QGuiApplication::clipboard()->setText(copy);
    m_context.shell.workspace().onStore(
        [id = batch.batch](RecordStore &, ReplicaState &state) -> std::any { return state.forgetRejected(id); },
        [self = QPointer(this)](std::any answer) {
            if (!self)
                return;
            if (const auto *result = std::any_cast<Result<>>(&answer); result && !*result)
                self->m_context.window.showError(result->error());
            self->reload();
        });
}

void SyncCentre::copyReport()
{
    const Workspace &workspace = m_context.shell.workspace();
    const SyncStatus status = workspace.status();
    QStringList lines;
    lines << m_statusLine->text() << workspace.serverUrl().toString();
    if (!status.error.code.isEmpty())
        lines << status.error.toString();
    for (const Batch &batch : m_waiting)
        lines << u"waiting %1 %2"_s.arg(batch.id.toString(), describeBatch(batch));
    for (const RejectedBatch &batch : m_rejected) {
        for (const wire::Reason &reason : batch.reasons)
            lines << u"rejected %1 %2"_s.arg(batch.batch.toString(), reason.error.toString());
    }
    QGuiApplication::clipboard()->setText(lines.join(u'\n'));
    m_context.window.toast(tr("The report is on the clipboard; you can send it to your administrator."), {});
}

void SyncCentre::retranslate()
{
    m_title->setText(caption());
    m_syncNow->setText(tr("Sync now"));
    m_syncNow->setToolTip(u"F5"_s);
    m_copy->setText(tr("Copy report"));
    m_calm->setText(tr("Everything that you changed has arrived. Changes made offline appear here until the server has "
                       "them, and so does everything that somebody else changed at the same time."));
    m_conflictTitle->hide();
    m_rejectedTitle->hide();
    m_waitingTitle->hide();
    showStatus();
}

void SyncCentre::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        reload();
        Q_EMIT captionChanged();
    }
    TabPage::changeEvent(event);
}

} // namespace tz
