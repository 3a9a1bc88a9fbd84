// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "workbench/records/recordform.h"

#include "core/logic/judge.h"
#include "core/sync/valuejson.h"
#include "workbench/dialogs/dialogs.h"
#include "workbench/icons.h"
#include "workbench/records/actions.h"
#include "workbench/records/formbody.h"
#include "workbench/records/formheader.h"
#include "workbench/records/labels.h"
#include "workbench/records/recordsides.h"
#include "workbench/style.h"
#include "workbench/timeline/timeline.h"

#include <QDir>
#include <QEvent>
#include <QJsonDocument>
#include <QPointer>
#include <QSaveFile>
#include <QScrollArea>
#include <QSplitter>

namespace tz {

RecordForm::RecordForm(const ViewContext &context, const Entity &entity, const Id &id, const QList<PanelSpec> &panels,
                       QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_catalog(context.workspace.catalog())
    , m_entity(&entity)
    , m_id(id)
{
    build(panels);
    load();
    restoreDraft();
}

RecordForm::RecordForm(const ViewContext &context, const Entity &entity, const Draft::Values &values,
                       const QList<PanelSpec> &panels, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_catalog(context.workspace.catalog())
    , m_entity(&entity)
    , m_id(context.workspace.ids().next())
    , m_new(true)
{
    build(panels);
    load();
    m_body->setInitial(values);
    m_wasDirty = false;
    updateCaption();
}

RecordForm *RecordForm::reopen(const ViewContext &context, const KeptDraft &draft, const QList<PanelSpec> &panels,
                               QWidget *parent)
{
    const Entity *entity = context.workspace.catalog()->entity(draft.entity);
    if (!entity)
        return nullptr;
    if (!draft.isNew)
        return new RecordForm(context, *entity, draft.id, panels, parent);
    auto *form = new RecordForm(context, *entity, Draft::Values(), panels, parent);
    form->m_id = draft.id;
    form->load();
    form->restoreDraft();
    return form;
}

RecordForm::~RecordForm()
{
    // What waits for the timer is written before the form goes.
    if (m_draftTimer->isActive())
        keepDraft();
}

void RecordForm::build(const QList<PanelSpec> &panels)
{
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(0);
    m_header = new FormHeader(m_context, *m_entity, this);
    outer->addWidget(m_header);
    if (!m_new)
        outer->addWidget(new ConflictBanner(m_context, *m_entity, m_id, this));
    auto *notice = new QLabel(this);
    notice->setObjectName(QStringLiteral("notice"));
    notice->setWordWrap(true);
    notice->setContentsMargins(style::gap, style::smallGap, style::gap, style::smallGap);
    notice->setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
    notice->hide();
    connect(notice, &QLabel::linkActivated, this, [this](const QString &link) {
        if (const auto id = Id::fromString(link))
            m_context.navigator.openRecord(m_entity->fullName, *id);
    });
    outer->addWidget(notice);

    auto *across = new QSplitter(Qt::Horizontal, this);
    across->setChildrenCollapsible(false);
    auto *down = new QSplitter(Qt::Vertical, across);
    auto *area = new QScrollArea(down);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setFocusPolicy(Qt::NoFocus);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_body = new FormBody(m_context, *m_entity, area);
    area->setWidget(m_body);
    area->setMinimumWidth(320);
    down->addWidget(area);
    down->setStretchFactor(0, 3);
    across->addWidget(down);
    across->setStretchFactor(0, 3);
    if (!m_new) {
        m_sides = new RecordSides(m_context, *m_entity, m_id, panels, down);
        down->addWidget(m_sides);
        down->setStretchFactor(1, 2);
        auto *timeline = new Timeline(m_context, *m_entity, m_id, across);
        across->addWidget(timeline);
        across->setStretchFactor(1, 2);
    }
    outer->addWidget(across, 1);

    m_draftTimer = new QTimer(this);
    m_draftTimer->setSingleShot(true);
    m_draftTimer->setInterval(300);
    connect(m_draftTimer, &QTimer::timeout, this, &RecordForm::keepDraft);
    m_duplicateTimer = new QTimer(this);
    m_duplicateTimer->setSingleShot(true);
    m_duplicateTimer->setInterval(250);
    connect(m_duplicateTimer, &QTimer::timeout, this, &RecordForm::findDuplicates);
    connect(m_body, &FormBody::edited, this, &RecordForm::edited);
    connect(m_header, &FormHeader::saveRequested, this, [this] { save(Then::Stay); });
    connect(m_header, &FormHeader::revertRequested, this, &RecordForm::revert);
    connect(m_header, &FormHeader::actionRequested, this, &RecordForm::act);
    connect(m_header, &FormHeader::stepRequested, this, &RecordForm::go);
    connect(&m_context.workspace, &Workspace::changed, this, &RecordForm::changed);
    makeCommands();
}

void RecordForm::makeCommands()
{
    const auto add = [this](const char *text, const QKeySequence &key, auto slot) {
        auto *action = new QAction(tr(text), this);
        action->setData(QByteArray(text));
        action->setShortcut(key);
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        connect(action, &QAction::triggered, this, slot);
        addAction(action);
        m_commands << action;
        return action;
    };
    add(QT_TR_NOOP("Save"), QKeySequence::Save, [this] { save(Then::Stay); });
    add(QT_TR_NOOP("Save and close"), QKeySequence(Qt::CTRL | Qt::Key_Return), [this] { save(Then::Close); });
    add(QT_TR_NOOP("Save and new"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Return), [this] { save(Then::New); });
    add(QT_TR_NOOP("Previous record"), QKeySequence(Qt::CTRL | Qt::Key_Up), [this] { go(-1); });
    add(QT_TR_NOOP("Next record"), QKeySequence(Qt::CTRL | Qt::Key_Down), [this] { go(1); });
    add(QT_TR_NOOP("Next of the lists below"), QKeySequence(Qt::CTRL | Qt::Key_Backslash), [this] {
        if (m_sides)
            m_sides->step(1);
    });
    add(QT_TR_NOOP("Discard changes"), QKeySequence(), [this] { revert(); });
    const Actor actor = m_context.workspace.actor();
    if (!m_new && (effectiveGrant(m_entity->access, actor.roles).remove || actor.isAdmin())) {
        add(QT_TR_NOOP("Delete"), QKeySequence(), [this] {
            Draft draft = m_context.workspace.draft();
            draft.label = QStringLiteral("delete");
            draft.remove(m_entity->fullName, m_id);
            const QPointer<RecordForm> self(this);
            const ViewContext context = m_context;
            const QString title = m_context.workspace.reader().title(*m_entity, m_id);
            m_context.workspace.apply(std::move(draft), [self, context, title](const Result<Receipt> &receipt) {
                if (!receipt) {
                    context.navigator.showError(receipt.error());
                    return;
                }
                context.navigator.toast(tr("“%1” was moved to the recycle bin").arg(title), receipt->batch);
                if (self) {
                    self->dropDraft();
                    Q_EMIT self->closeRequested();
                }
            });
        });
    }
}

void RecordForm::load()
{
    if (m_new) {
        const Judge judge(m_context.workspace.reader(), m_context.workspace.contributions(),
                          m_context.workspace.actor(), m_context.workspace.clock().nowMs(), labels::utcOffsetSeconds());
        // The defaults as the store will set them; what is still required is no reason to show none.
        Record record(*m_entity, m_id);
        if (auto made = judge.created(*m_entity, m_id, {})) {
            record = std::move(*made);
        } else {
            for (const Field &field : m_entity->fields) {
                if (!field.defaultValue)
                    continue;
                const Value raw = field.defaultValue->evaluate(labels::contextFor(m_context.workspace, &record));
                record.values[size_t(field.index)] =
                    fittedValue(field, field.defaultValue->type(), raw, labels::utcOffsetSeconds());
            }
            if (m_entity->states)
                record.set(m_entity->states->field, Value(m_entity->states->initial));
        }
        m_body->setRecord(record, true, true, false);
        updateCaption();
        return;
    }
    const auto found = m_context.workspace.reader().find(*m_entity, m_id);
    if (!found || !*found) {
        if (!m_saving && !isDirty())
            QTimer::singleShot(0, this, &RecordForm::closeRequested);
        return;
    }
    const Judge judge(m_context.workspace.reader(), m_context.workspace.contributions(), m_context.workspace.actor(),
                      m_context.workspace.clock().nowMs(), labels::utcOffsetSeconds());
    m_body->setRecord(**found, false, judge.mayUpdate(**found, **found).has_value(), false);
    updateCaption();
}

bool RecordForm::isDirty() const
{
    return m_body->isDirty();
}

QString RecordForm::caption() const
{
    const Record record = m_body->current();
    QString title = record.value(m_entity->title).toText();
    if (const Field *field = m_entity->titleField(); field && record.value(field->index).isId()) {
        if (const Entity *target = m_catalog->entity(labels::targetOf(*field)))
            title = m_context.workspace.reader().title(*target, record.value(field->index).toId());
    }
    if (title.isEmpty() && !m_new)
        title = m_context.workspace.reader().title(*m_entity, m_id);
    if (title.isEmpty())
        title = m_new ? tr("New %1").arg(labels::entity(*m_entity)) : labels::entity(*m_entity);
    return title;
}

void RecordForm::propose(const Draft::Values &values)
{
    QJsonObject fields;
    for (const auto &[name, value] : values)
        fields.insert(name, QJsonObject{{QStringLiteral("value"), valueToJson(value)}});
    m_body->setDraftState({{QStringLiteral("fields"), fields}});
    edited({});
}

void RecordForm::updateCaption()
{
    const bool dirty = isDirty();
    const QString title = caption();
    m_header->setRecord(m_body->current(), m_new, dirty, title);
    if (windowTitle() != title) {
        setWindowTitle(title);
        Q_EMIT captionChanged(title);
    }
    if (dirty != m_wasDirty) {
        m_wasDirty = dirty;
        Q_EMIT dirtyChanged(dirty);
    }
}

void RecordForm::setNeighbours(std::function<Id(const Id &, int)> neighbours)
{
    m_neighbours = std::move(neighbours);
}

void RecordForm::edited(const QString &)
{
    m_draftTimer->start();
    if (m_context.workspace.contributions().duplicates(m_entity->fullName))
        m_duplicateTimer->start();
    m_confirmedDuplicates = false;
    updateCaption();
}

void RecordForm::changed(const QString &entity, const QList<Id> &ids)
{
    const bool mine = entity == m_entity->fullName && (ids.isEmpty() || ids.contains(m_id));
    const bool lines = std::any_of(m_entity->fields.begin(), m_entity->fields.end(),
                                   [&entity](const Field &field) { return field.isLines() && field.to == entity; });
    if (!m_new && !m_saving && (mine || lines))
        load();
}

void RecordForm::save(Then then)
{
    if (m_saving)
        return;
    if (!m_new && !isDirty()) {
        if (then != Then::Stay)
            Q_EMIT saved(m_id, then);
        if (then == Then::Close)
            Q_EMIT closeRequested();
        return;
    }
    if (const QList<Error> problems = m_body->check(); !problems.isEmpty()) {
        showProblem(problems.first());
        return;
    }
    // A double that is as good as certain is asked about once.
    if (!m_confirmedDuplicates && property("sureDouble").toBool() && m_new) {
        const int answer =
            dialogs::ask(this, tr("Already there?"),
                         tr("This looks like “%1”, which exists already.").arg(property("doubleTitle").toString()),
                         {tr("Open that one"), tr("Save anyway"), tr("Cancel")});
        if (answer == 0) {
            if (const auto id = Id::fromString(property("doubleId").toString()))
                m_context.navigator.openRecord(m_entity->fullName, *id);
            return;
        }
        if (answer != 1)
            return;
        m_confirmedDuplicates = true;
    }
    Draft draft = m_context.workspace.draft();
    draft.label = m_new ? QStringLiteral("create") : QStringLiteral("edit");
    if (m_new)
        draft.create(m_entity->fullName, m_id, m_body->changes());
    else if (auto values = m_body->changes(); !values.empty())
        draft.update(m_entity->fullName, m_id, std::move(values));
    m_body->addLinesTo(draft);
    m_saving = true;
    const bool wasNew = m_new;
    const QPointer<RecordForm> self(this);
    const ViewContext context = m_context;
    m_context.workspace.apply(std::move(draft), [self, context, then, wasNew](const Result<Receipt> &receipt) {
        if (!self) {
            if (!receipt)
                context.navigator.showError(receipt.error());
            return;
        }
        self->m_saving = false;
        if (!receipt) {
            self->showProblem(receipt.error());
            return;
        }
        // Only now, with the write on the disk, may the draft go.
        self->m_body->markClean();
        self->m_new = false;
        self->dropDraft();
        self->findChild<QLabel *>(QStringLiteral("notice"))->hide();
        self->load();
        context.navigator.toast(tr("Saved"), receipt->batch);
        const Id id = self->m_id;
        Q_EMIT self->saved(id, then);
        if (!self)
            return;
        if (then == Then::Close)
            Q_EMIT self->closeRequested();
        else if (wasNew && then == Then::Stay)
            Q_EMIT self->openRequested(id);
    });
}

void RecordForm::showProblem(const Error &error)
{
    auto *notice = findChild<QLabel *>(QStringLiteral("notice"));
    notice->setTextFormat(Qt::PlainText);
    notice->setText(labels::error(*m_entity, error));
    style::setTone(*notice, style::Tone::Danger);
    notice->show();
    if (!error.field.isEmpty())
        m_body->showProblem(error);
}

void RecordForm::revert()
{
    if (m_new) {
        dropDraft();
        Q_EMIT closeRequested();
        return;
    }
    const auto found = m_context.workspace.reader().find(*m_entity, m_id);
    m_body->markClean();
    if (found && *found)
        m_body->setRecord(**found, false, true, true);
    m_body->clearProblems();
    findChild<QLabel *>(QStringLiteral("notice"))->hide();
    dropDraft();
    load();
}

void RecordForm::act(const QString &action)
{
    const auto perform = [this, action] { actions::perform(m_context, *m_entity, m_id, action, this); };
    if (!isDirty()) {
        perform();
        return;
    }
    // What was typed is saved first, so that the action sees it.
    auto once = std::make_shared<QMetaObject::Connection>();
    *once = connect(this, &RecordForm::saved, this, [once, perform] {
        disconnect(*once);
        perform();
    });
    save(Then::Stay);
}

void RecordForm::go(int step)
{
    if (!m_neighbours || m_new)
        return;
    const Id next = m_neighbours(m_id, step);
    if (next.isNull() || next == m_id) {
        m_context.navigator.toast(step < 0 ? tr("This is the first record of the list")
                                           : tr("This is the last record of the list"));
        return;
    }
    Q_EMIT openRequested(next);
}

QString RecordForm::draftPath() const
{
    return m_context.workspace.profile().filePath(
        QStringLiteral("drafts/%1-%2.json").arg(m_entity->fullName, m_id.toString()));
}

void RecordForm::keepDraft()
{
    m_draftTimer->stop();
    if (!isDirty()) {
        dropDraft();
        return;
    }
    QDir().mkpath(QFileInfo(draftPath()).path());
    const QJsonObject draft{{QStringLiteral("entity"), m_entity->fullName},
                            {QStringLiteral("id"), m_id.toString()},
                            {QStringLiteral("new"), m_new},
                            {QStringLiteral("at"), m_context.workspace.clock().nowMs()},
                            {QStringLiteral("state"), m_body->draftState()}};
    QSaveFile file(draftPath());
    if (file.open(QIODevice::WriteOnly)) {
        file.write(QJsonDocument(draft).toJson(QJsonDocument::Compact));
        file.commit();
    }
}

void RecordForm::restoreDraft()
{
    QFile file(draftPath());
    if (!file.open(QIODevice::ReadOnly))
        return;
    const QJsonObject draft = QJsonDocument::fromJson(file.readAll()).object();
    m_body->setDraftState(draft.value(QStringLiteral("state")).toObject());
    if (isDirty()) {
        auto *notice = findChild<QLabel *>(QStringLiteral("notice"));
        notice->setTextFormat(Qt::PlainText);
        notice->setText(tr("What you typed before is back; it has not been saved yet."));
        style::setTone(*notice, style::Tone::Accent);
        notice->show();
    }
    updateCaption();
}

void RecordForm::dropDraft()
{
    m_draftTimer->stop();
    QFile::remove(draftPath());
}

QList<RecordForm::KeptDraft> RecordForm::keptDrafts(const Profile &profile)
{
    QList<KeptDraft> drafts;
    const QDir folder(profile.filePath(QStringLiteral("drafts")));
    const QStringList names = folder.entryList({QStringLiteral("*.json")}, QDir::Files, QDir::Time);
    for (const QString &name : names) {
        QFile file(folder.filePath(name));
        if (!file.open(QIODevice::ReadOnly))
            continue;
        const QJsonObject draft = QJsonDocument::fromJson(file.readAll()).object();
        const auto id = Id::fromString(draft.value(QStringLiteral("id")).toString());
        if (id)
            drafts << KeptDraft{draft.value(QStringLiteral("entity")).toString(), *id,
                                draft.value(QStringLiteral("new")).toBool(),
                                qint64(draft.value(QStringLiteral("at")).toDouble())};
    }
    return drafts;
}

void RecordForm::findDuplicates()
{
    const DuplicateFunction *function = m_context.workspace.contributions().duplicates(m_entity->fullName);
    if (!function)
        return;
    const Record record = m_body->current();
    const DuplicateFunction find = *function;
    const QPointer<RecordForm> self(this);
    const Id me = m_id;
    m_context.workspace.inBackground(
        QStringLiteral("duplicates-") + m_id.toString(),
        [find, record](RecordReader &reader) -> std::any {
            auto found = find(reader, record);
            return found ? std::any(std::move(*found)) : std::any();
        },
        [self, me](std::any answer) {
            const auto *found = std::any_cast<QList<Duplicate>>(&answer);
            if (!self || !found)
                return;
            QStringList links;
            const Duplicate *best = nullptr;
            for (const Duplicate &one : *found) {
                if (one.score < 70 || one.id == me)
                    continue;
                if (!best || one.score > best->score)
                    best = &one;
                if (links.size() < 5)
                    links << QStringLiteral("<a href=\"%1\">%2</a>").arg(one.id.toString(), one.title.toHtmlEscaped());
            }
            self->setProperty("sureDouble", best && best->score >= 90);
            self->setProperty("doubleTitle", best ? best->title : QString());
            self->setProperty("doubleId", best ? best->id.toString() : QString());
            auto *notice = self->findChild<QLabel *>(QStringLiteral("notice"));
            if (links.isEmpty()) {
                if (notice->textFormat() == Qt::RichText)
                    notice->hide();
                return;
            }
            notice->setTextFormat(Qt::RichText);
            notice->setText(tr("There is something similar already: %1").arg(links.join(QStringLiteral(", "))));
            style::setTone(*notice, style::Tone::Warning);
            notice->show();
        });
}

void RecordForm::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_new && !isAncestorOf(QApplication::focusWidget()))
        m_body->focusFirst();
}

void RecordForm::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange) {
        for (QAction *action : std::as_const(m_commands))
            action->setText(tr(action->data().toByteArray().constData()));
        updateCaption();
    }
    QWidget::changeEvent(event);
}

} // namespace tz
