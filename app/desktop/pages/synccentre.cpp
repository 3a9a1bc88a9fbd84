// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "desktop/pages/synccentre.h"

#include "core/sync/valuejson.h"
#include "desktop/application/shell.h"
#include "desktop/frame/mainwindow.h"
#include "desktop/frame/navigation.h"
#include "desktop/frame/synctext.h"
#include "desktop/frame/tabarea.h"
#include "desktop/pages/integritycard.h"
#include "desktop/pages/recordpage.h"
#include "workbench/dialogs/dialogs.h"
#include "workbench/icons.h"
#include "workbench/pageparts.h"
#include "workbench/records/labels.h"
#include "workbench/records/recordform.h"
#include "workbench/style.h"

#include <QClipboard>
#include <QEvent>
#include <QGridLayout>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
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

} // namespace

SyncCentre::SyncCentre(const PageContext &context)
    : TabPage(Address{u"sync"_s, {}, {}, {}}, context.parent)
    , m_context(context)
    , m_timer(new QTimer(this))
    , m_secondTimer(new QTimer(this))
{
    build();
    Workspace &workspace = context.shell.workspace();
    m_timer->setSingleShot(true);
    m_timer->setInterval(200);
    connect(m_timer, &QTimer::timeout, this, &SyncCentre::reload);
    m_secondTimer->setInterval(1000);
    connect(m_secondTimer, &QTimer::timeout, this, &SyncCentre::showNextAttempt);
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
    QVBoxLayout *layout = parts::scrollingColumn(this, contentWidth);
    QWidget *column = layout->parentWidget();
    m_title = parts::label(u"pageTitle"_s, column);
    layout->addWidget(m_title);
    QWidget *card = parts::card(column);
    layout->addWidget(card);
    auto *grid = new QGridLayout(card);
    grid->setContentsMargins(16, 14, 16, 14);
    grid->setHorizontalSpacing(12);
    m_statusIcon = new QLabel(card);
    m_statusLine = parts::label(u"sectionTitle"_s, card);
    m_statusLine->setWordWrap(true);
    m_server = parts::label(u"mutedText"_s, card);
    m_server->setWordWrap(false);
    m_error = parts::label(u"dangerText"_s, card);
    m_nextAttempt = parts::label(u"mutedText"_s, card);
    m_syncNow = new QPushButton(card);
    m_syncNow->setIcon(icon(u"refresh-cw"_s));
    m_copy = new QPushButton(card);
    m_copy->setIcon(icon(u"copy"_s));
    grid->addWidget(m_statusIcon, 0, 0, 2, 1, Qt::AlignTop);
    grid->addWidget(m_statusLine, 0, 1);
    grid->addWidget(m_server, 1, 1);
    grid->addWidget(m_error, 2, 1, 1, 3);
    grid->addWidget(m_nextAttempt, 3, 1, 1, 3);
    grid->addWidget(m_copy, 0, 2, 2, 1, Qt::AlignVCenter);
    grid->addWidget(m_syncNow, 0, 3, 2, 1, Qt::AlignVCenter);
    grid->setColumnStretch(1, 1);
    connect(m_syncNow, &QPushButton::clicked, this, [this] {
        if (m_context.shell.workspace().status().connection == SyncStatus::Connection::SignedOut)
            m_context.window.showSignIn();
        else
            m_context.shell.workspace().syncNow();
    });
    connect(m_copy, &QPushButton::clicked, this, &SyncCentre::copyReport);

    m_integrity = new IntegrityCard(m_context, column);
    layout->addSpacing(8);
    layout->addWidget(m_integrity);

    m_calm = parts::label(u"mutedText"_s, column);
    layout->addSpacing(8);
    layout->addWidget(m_calm);
    const auto section = [&](QLabel *&title, QVBoxLayout *&into) {
        title = parts::label(u"sectionTitle"_s, column);
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

void SyncCentre::readConflicts()
{
    const Workspace &workspace = m_context.shell.workspace();
    m_conflicts.clear();
    if (!workspace.catalog()->entity(conflictEntity))
        return;
    Query query;
    query.entity = conflictEntity;
    query.fields = {u"id"_s,   u"entity"_s, u"record"_s,  u"field"_s,  u"base"_s,
                    u"kept"_s, u"lost"_s,   u"kept_by"_s, u"lost_at"_s};
    query.filterText = u"state == 'open' and owner == me"_s;
    query.sort = {SortKey{u"lost_at"_s, true}};
    query.limit = linesMax;
    const Result<Rows> rows = workspace.reader().select(query);
    if (!rows)
        return;
    for (const std::vector<Value> &row : rows->rows) {
        ConflictView conflict;
        conflict.id = row[0].toId();
        conflict.entity = row[1].toText();
        conflict.record = Id::fromString(row[2].toText()).value_or(Id());
        conflict.field = row[3].toText();
        conflict.base = valueFromJson(row[4].toText());
        conflict.theirs = valueFromJson(row[5].toText());
        conflict.mine = valueFromJson(row[6].toText());
        conflict.theirUser = row[7].toId();
        conflict.atMs = row[8].toInteger();
        conflict.deleted = conflict.field.isEmpty();
        m_conflicts.push_back(conflict);
    }
}

void SyncCentre::reload()
{
    if (!isVisible())
        return;
    Workspace &workspace = m_context.shell.workspace();
    readConflicts();
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
    const bool signedOut = status.connection == SyncStatus::Connection::SignedOut;
    m_syncNow->setVisible(!workspace.isStandalone());
    m_syncNow->setText(signedOut ? tr("Sign in") : tr("Sync now"));
    m_syncNow->setIcon(icon(signedOut ? u"log-in"_s : u"refresh-cw"_s));
    m_syncNow->setToolTip(signedOut ? QString() : u"F5"_s);
    m_error->setVisible(!status.error.code.isEmpty());
    if (!status.error.code.isEmpty())
        m_error->setText(labels::error(status.error));
    m_integrity->setVisible(!workspace.isStandalone());
    m_integrity->showStatus(status);
    showNextAttempt();
}

void SyncCentre::showNextAttempt()
{
    const Workspace &workspace = m_context.shell.workspace();
    const SyncStatus status = workspace.status();
    const bool waits = status.connection == SyncStatus::Connection::Offline && status.nextAttemptMs > 0;
    const qint64 left = qMax<qint64>(0, status.nextAttemptMs - workspace.clock().nowMs());
    m_nextAttempt->setVisible(waits);
    if (waits)
        m_nextAttempt->setText(tr("Everything that you do is kept here. Next attempt in %Ln second(s).", nullptr,
                                  int((left + 999) / 1000)));
    if (waits && isVisible())
        m_secondTimer->start();
    else
        m_secondTimer->stop();
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
    return others > 0 ? tr("%1, and %Ln more change(s)", nullptr, others).arg(text) : text;
}

void SyncCentre::fillWaiting(const std::vector<Batch> &batches)
{
    m_waiting = batches;
    m_waitingTitle->setVisible(!batches.empty());
    m_waitingTitle->setText(tr("Waiting for the server (%Ln)", nullptr, int(batches.size())));
    QStringList shown;
    for (const Batch &batch : batches)
        shown << batch.id.toString() + describeBatch(batch);
    if (shown == m_waitingShown)
        return;
    m_waitingShown = shown;
    clear(m_waitingLayout);
    if (batches.empty())
        return;
    QWidget *card = parts::card(m_waitingLayout->parentWidget());
    m_waitingLayout->addWidget(card);
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
    m_conflictTitle->setVisible(!m_conflicts.empty());
    m_conflictTitle->setText(tr("Somebody else changed this too (%Ln)", nullptr, int(m_conflicts.size())));
    const QList<ConflictCard *> cards = m_conflictLayout->parentWidget()->findChildren<ConflictCard *>();
    // What is being typed is not taken away; the next change brings the rest.
    if (m_conflicts == m_conflictsShown ||
        std::any_of(cards.begin(), cards.end(), [](const ConflictCard *card) { return card->isEditing(); }))
        return;
    m_conflictsShown = m_conflicts;
    clear(m_conflictLayout);
    const CatalogPtr catalog = m_context.shell.workspace().catalog();
    const ViewContext view{m_context.shell.workspace(), m_context.window};
    for (const ConflictView &conflict : m_conflicts) {
        const Entity *entity = catalog->entity(conflict.entity);
        if (!entity)
            continue;
        auto *card = new ConflictCard(view, *entity, conflict, m_conflictLayout->parentWidget());
        m_conflictLayout->addWidget(card);
        connect(card, &ConflictCard::mineTaken, this, [this, conflict] { takeMine(conflict); });
        connect(card, &ConflictCard::theirsKept, this, [this, conflict] { keepTheirs(conflict); });
        connect(card, &ConflictCard::valueEntered, this,
                [this, conflict](const Value &value) { takeValue(conflict, value); });
    }
}

void SyncCentre::takeMine(const ConflictView &conflict)
{
    resolve(conflict, conflict.mine);
}

void SyncCentre::takeValue(const ConflictView &conflict, const Value &value)
{
    resolve(conflict, value);
}

void SyncCentre::keepTheirs(const ConflictView &conflict)
{
    resolve(conflict, std::nullopt);
}

void SyncCentre::resolve(const ConflictView &conflict, const std::optional<Value> &value)
{
    Workspace &workspace = m_context.shell.workspace();
    Draft draft = workspace.draft();
    draft.label = value ? u"conflict.take"_s : u"conflict.dismiss"_s;
    if (value) {
        if (conflict.deleted) {
            draft.restore(conflict.entity, conflict.record);
            Draft::Values values;
            if (value->isText()) {
                for (const FieldEdit &edit : editsFromJson(value->toText()))
                    values.emplace_back(edit.field, edit.value);
            }
            if (!values.empty())
                draft.update(conflict.entity, conflict.record, values);
        } else {
            // A new edit, based on what stands now: it wins because it is later.
            draft.update(conflict.entity, conflict.record, {{conflict.field, *value}});
        }
    }
    draft.act(conflictEntity, conflict.id, value ? u"take"_s : u"dismiss"_s);
    const bool mine = value && *value == conflict.mine;
    workspace.apply(std::move(draft),
                    [self = QPointer(this), mine, taken = value.has_value()](const Result<Receipt> &receipt) {
                        if (!self)
                            return;
                        if (!receipt)
                            self->m_context.window.showError(receipt.error());
                        else
                            self->m_context.window.toast(mine    ? tr("Your value stands again")
                                                         : taken ? tr("Your new value stands")
                                                                 : tr("Left as it is"),
                                                         receipt->batch);
                        self->reload();
                    });
}

void SyncCentre::fillRejected(const std::vector<RejectedBatch> &rejected)
{
    m_rejected = rejected;
    m_rejectedTitle->setVisible(!rejected.empty());
    m_rejectedTitle->setText(tr("Not accepted by the server (%Ln)", nullptr, int(rejected.size())));
    QStringList shown;
    for (const RejectedBatch &batch : rejected)
        shown << batch.batch.toString() + describeBatch(batch.body);
    if (shown == m_rejectedShown)
        return;
    m_rejectedShown = shown;
    clear(m_rejectedLayout);
    for (const RejectedBatch &batch : rejected)
        m_rejectedLayout->addWidget(rejectedCard(batch));
}

QWidget *SyncCentre::rejectedCard(const RejectedBatch &batch)
{
    const CatalogPtr catalog = m_context.shell.workspace().catalog();
    QWidget *card = parts::card(m_rejectedLayout->parentWidget());
    auto *layout = new QVBoxLayout(card);
    layout->setContentsMargins(16, 12, 16, 14);
    layout->setSpacing(6);
    QLabel *title = parts::label(u"sectionTitle"_s, card, describeBatch(batch.body));
    title->setWordWrap(true);
    layout->addWidget(title);
    QStringList sentences;
    for (const wire::Reason &reason : batch.reasons) {
        const Change *change = reason.change >= 0 && size_t(reason.change) < batch.body.changes.size()
                                   ? &batch.body.changes[size_t(reason.change)]
                                   : nullptr;
        const Entity *entity = change ? catalog->entity(change->entity) : nullptr;
        const QString sentence = entity ? labels::error(*entity, reason.error) : labels::error(reason.error);
        if (!sentences.contains(sentence))
            sentences << sentence;
    }
    QLabel *why = parts::label(u"dangerText"_s, card, sentences.join(u'\n'));
    why->setTextFormat(Qt::PlainText);
    layout->addWidget(why);
    const Change *first = batch.body.changes.empty() ? nullptr : &batch.body.changes.front();
    const bool canEdit = first && (first->kind == ChangeKind::Create || first->kind == ChangeKind::Update);
    layout->addWidget(parts::label(
        u"mutedText"_s, card,
        canEdit ? tr("The record is as the server has it. Change what was refused and save it again, or discard it.")
                : tr("The record is as the server has it. Look at it, or discard what was refused.")));
    auto *buttons = new QHBoxLayout;
    buttons->setContentsMargins(0, 4, 0, 0);
    if (canEdit) {
        auto *edit = new QPushButton(tr("Edit again"), card);
        edit->setObjectName(u"editAgain"_s);
        connect(edit, &QPushButton::clicked, this, [this, batch] { editAgain(batch); });
        buttons->addWidget(edit);
    }
    if (first && first->kind != ChangeKind::Create) {
        auto *open = new QPushButton(tr("Open the record"), card);
        connect(open, &QPushButton::clicked, this,
                [this, entity = first->entity, id = first->id] { m_context.window.openRecord(entity, id); });
        buttons->addWidget(open);
    }
    auto *drop = new QPushButton(tr("Discard"), card);
    drop->setObjectName(u"discard"_s);
    connect(drop, &QPushButton::clicked, this, [this, batch] { discard(batch); });
    buttons->addWidget(drop);
    buttons->addStretch(1);
    layout->addLayout(buttons);
    return card;
}

void SyncCentre::editAgain(const RejectedBatch &batch)
{
    if (batch.body.changes.empty())
        return;
    const Change &first = batch.body.changes.front();
    Draft::Values values;
    for (const FieldEdit &edit : first.edits)
        values.emplace_back(edit.field, edit.value);
    if (first.kind == ChangeKind::Create)
        m_context.window.createRecord(first.entity, values);
    else
        m_context.window.openRecord(first.entity, first.id);
    const auto *page = qobject_cast<RecordPage *>(m_context.tabs.current());
    if (!page)
        return;
    RecordForm *form = page->form();
    if (first.kind != ChangeKind::Create)
        form->propose(values);
    // Once the mended change is saved the refused one has done its duty.
    connect(
        form, &RecordForm::saved, this, [this, id = batch.batch] { forget(id); }, Qt::SingleShotConnection);
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
    forget(batch.batch);
}

void SyncCentre::forget(const Id &batch)
{
    m_context.shell.workspace().onStore(
        [batch](RecordStore &, ReplicaState &state) -> std::any { return state.forgetRejected(batch); },
        [self = QPointer(this)](std::any answer) {
            if (!self)
                return;
            if (const auto *result = std::any_cast<Result<>>(&answer); result && !*result)
                self->m_context.window.showError(result->error());
            self->reload();
            self->m_context.shell.workspace().refreshStatus();
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
    if (status.integrity) {
        lines << u"compared at revision %1: %2 records, %3 groups, outcome %4"_s.arg(status.integrity->rev)
                     .arg(status.integrity->records)
                     .arg(status.integrity->keys)
                     .arg(int(status.integrity->outcome));
        for (const IntegrityReport::Difference &one : status.integrity->differences)
            lines << u"different %1 %2: %3 here, %4 there"_s.arg(one.entity).arg(one.key).arg(one.here).arg(one.there);
    }
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
    m_copy->setText(tr("Copy report"));
    m_calm->setText(tr("Everything that you changed has arrived. Changes made offline appear here until the server has "
                       "them, and so does everything that somebody else changed at the same time."));
    m_conflictTitle->hide();
    m_rejectedTitle->hide();
    m_waitingTitle->hide();
    // The cards are made in the language that is shown.
    m_waitingShown = m_rejectedShown = {u"*"_s};
    m_conflictsShown.clear();
    clear(m_conflictLayout);
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
