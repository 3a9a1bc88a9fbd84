// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "workbench/records/recordsides.h"

#include "core/sync/valuejson.h"
#include "workbench/icons.h"
#include "workbench/records/formatting.h"
#include "workbench/records/labels.h"
#include "workbench/records/recordlist.h"
#include "workbench/style.h"

#include <QEvent>
#include <QHeaderView>
#include <QPointer>
#include <QTabWidget>
#include <QTreeWidget>

namespace tz {

namespace {

QString nextSlot()
{
    static quint64 number = 0;
    return QStringLiteral("sides-%1").arg(++number);
}

bool isTimeline(const Entity &entity)
{
    return std::any_of(entity.views.begin(), entity.views.end(),
                       [](const ViewSpec &view) { return view.kind == QLatin1String("timeline"); });
}

/// Text of a value for history and conflicts, looking up what references mean.
QString textOf(const RecordReader &reader, const Entity &entity, const Field &field, const Value &value)
{
    QString title;
    const Entity *target = reader.catalog().entity(labels::targetOf(field));
    if (value.isId() && target)
        title = reader.title(*target, value.toId());
    if (value.isList() && target) {
        QStringList titles;
        for (const Value &member : value.toList())
            titles << (member.isId() ? reader.title(*target, member.toId()) : member.toText());
        title = titles.join(QStringLiteral(", "));
    }
    const QString text = formatting::value(entity, field, value, title);
    return text.isEmpty() ? QCoreApplication::translate("tz::HistoryView", "(empty)") : text;
}

QString userName(const RecordReader &reader, const Id &user)
{
    const Entity *entity = reader.catalog().entity(u"foundation.user");
    return entity && user ? reader.title(*entity, user) : QString();
}

} // namespace

RecordSides::RecordSides(const ViewContext &context, const Entity &entity, const Id &id, const QList<PanelSpec> &panels,
                         QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_catalog(context.workspace.catalog())
    , m_entity(&entity)
    , m_id(id)
    , m_tabWidget(new QTabWidget(this))
    , m_slot(nextSlot())
    , m_timer(new QTimer(this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(style::gap, 0, style::gap, 0);
    layout->addWidget(m_tabWidget);
    m_tabWidget->setDocumentMode(true);
    const Actor actor = context.workspace.actor();
    const QList<const Field *> links = m_catalog->linksTo(entity);
    QHash<const Entity *, int> linksOf;
    for (const Field *field : links)
        ++linksOf[&m_catalog->ownerOf(*field)];
    for (const Field *field : links) {
        const Entity &other = m_catalog->ownerOf(*field);
        const bool shownAsLines = std::any_of(entity.fields.begin(), entity.fields.end(), [&other](const Field &one) {
            return one.isLines() && one.to == other.fullName;
        });
        const bool readable =
            effectiveGrant(other.access, actor.roles).read != Reach::None || actor.isAdmin() || !other.parent.isEmpty();
        // Lines are in the form, activities in the timeline.
        if (shownAsLines || !readable || isTimeline(other) || field->system ||
            (other.hidden && other.parent != field->name))
            continue;
        Tab tab;
        tab.context = other.fullName;
        tab.source = other.plural;
        tab.kind = "entity";
        if (linksOf.value(&other) > 1)
            tab.suffix = field->name;
        tab.entity = other.fullName;
        tab.filter =
            QStringLiteral("%1 %2 '%3'")
                .arg(field->name, field->isSet() ? QStringLiteral("has") : QStringLiteral("=="), id.toString());
        const QString filter = tab.filter;
        const Entity *of = &other;
        const QString name = field->name;
        const bool isSet = field->isSet();
        tab.make = [this, of, filter, name, isSet]() -> QWidget * {
            RecordList::Options options;
            options.fixedFilter = filter;
            options.embedded = true;
            options.defaults = {{name, isSet ? Value(ValueList{Value(m_id)}) : Value(m_id)}};
            return new RecordList(m_context, *of, options);
        };
        m_tabs << tab;
    }
    for (const PanelSpec &panel : panels) {
        if (panel.entity != entity.fullName)
            continue;
        Tab tab;
        tab.context = panel.name;
        tab.source = panel.label;
        tab.make = [this, make = panel.make] { return make(m_context, m_id); };
        m_tabs << tab;
    }
    Tab history;
    history.make = [this]() -> QWidget * { return new HistoryView(m_context, *m_entity, m_id, this); };
    m_tabs << history;
    for (Tab &tab : m_tabs) {
        tab.holder = new QWidget(m_tabWidget);
        auto *inner = new QVBoxLayout(tab.holder);
        inner->setContentsMargins(0, style::smallGap, 0, 0);
        m_tabWidget->addTab(tab.holder, QString());
    }
    retranslate();
    connect(m_tabWidget, &QTabWidget::currentChanged, this, &RecordSides::ensureMade);
    m_timer->setSingleShot(true);
    m_timer->setInterval(60);
    connect(m_timer, &QTimer::timeout, this, &RecordSides::countAll);
    connect(&m_context.workspace, &Workspace::changed, this, [this](const QString &name) {
        for (const Tab &tab : std::as_const(m_tabs)) {
            if (tab.entity == name)
                m_timer->start();
        }
    });
    // The form is painted first; its first list follows.
    QTimer::singleShot(0, this, [this] {
        ensureMade(m_tabWidget->currentIndex());
        countAll();
    });
}

void RecordSides::ensureMade(int index)
{
    if (index < 0 || index >= m_tabs.size() || m_tabs[index].made)
        return;
    m_tabs[index].made = true;
    if (QWidget *widget = m_tabs[index].make())
        m_tabs[index].holder->layout()->addWidget(widget);
}

void RecordSides::countAll()
{
    QList<std::pair<QString, QString>> questions;
    for (const Tab &tab : std::as_const(m_tabs))
        questions << std::pair{tab.entity, tab.filter};
    const QPointer<RecordSides> self(this);
    m_context.workspace.inBackground(
        m_slot,
        [questions](RecordReader &reader) -> std::any {
            QList<qint64> counts;
            for (const auto &[entity, filter] : questions) {
                const auto count = entity.isEmpty() ? Result<qint64>(-1) : reader.count(entity, filter);
                counts << (count ? *count : -1);
            }
            return counts;
        },
        [self](std::any answer) {
            const auto *counts = std::any_cast<QList<qint64>>(&answer);
            if (!self || !counts)
                return;
            for (int i = 0; i < self->m_tabs.size() && i < counts->size(); ++i)
                self->m_tabs[i].count = counts->at(i);
            self->retranslate();
            self->showFirstFilled();
        });
}

void RecordSides::showFirstFilled()
{
    // Once, and not when the user has looked for something: a form opens with what there is, not with an empty list.
    if (std::exchange(m_settled, true) || m_tabWidget->currentIndex() != 0 || m_tabs.first().count != 0)
        return;
    for (int i = 0; i < m_tabs.size(); ++i) {
        if (m_tabs[i].count > 0) {
            m_tabWidget->setCurrentIndex(i);
            return;
        }
    }
}

void RecordSides::retranslate()
{
    for (int i = 0; i < m_tabs.size(); ++i) {
        const Tab &tab = m_tabs[i];
        QString text = tab.source.isEmpty() ? tr("History") : labels::text(tab.context, tab.source, tab.kind);
        if (!tab.suffix.isEmpty()) {
            const Entity *other = m_catalog->entity(tab.entity);
            const Field *field = other ? other->field(tab.suffix) : nullptr;
            if (field)
                text = tr("%1 (%2)", "records and the field that links them").arg(text, labels::field(*other, *field));
        }
        if (tab.count > 0)
            text += QStringLiteral("  %1").arg(QLocale().toString(tab.count));
        m_tabWidget->setTabText(i, text);
    }
    m_tabWidget->setAccessibleName(tr("What belongs to this record"));
}

void RecordSides::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void RecordSides::step(int by)
{
    const int count = m_tabWidget->count();
    m_tabWidget->setCurrentIndex((m_tabWidget->currentIndex() + by + count) % count);
}

HistoryView::HistoryView(const ViewContext &context, const Entity &entity, const Id &id, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_catalog(context.workspace.catalog())
    , m_entity(&entity)
    , m_id(id)
    , m_tree(new QTreeWidget(this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    m_tree->setColumnCount(5);
    m_tree->setRootIsDecorated(false);
    m_tree->setUniformRowHeights(true);
    m_tree->header()->resizeSection(0, 150);
    m_tree->header()->resizeSection(1, 110);
    m_tree->header()->resizeSection(2, 160);
    m_tree->header()->resizeSection(3, 160);
    layout->addWidget(m_tree, 1);
    m_back = new QPushButton(icon(QStringLiteral("undo-2")), QString(), this);
    m_back->setEnabled(false);
    layout->addWidget(m_back, 0, Qt::AlignLeft);
    connect(m_back, &QPushButton::clicked, this, &HistoryView::putBack);
    connect(m_tree, &QTreeWidget::currentItemChanged, this, [this](QTreeWidgetItem *item) {
        const Field *field = item ? m_entity->field(item->data(0, Qt::UserRole).toString()) : nullptr;
        m_back->setEnabled(field && !field->isDerived() && !field->readonly && field->type != FieldType::State);
    });
    connect(&m_context.workspace, &Workspace::changed, this, [this](const QString &name, const QList<Id> &ids) {
        if (name == m_entity->fullName && (ids.isEmpty() || ids.contains(m_id)))
            reload();
    });
    retranslate();
    reload();
}

void HistoryView::retranslate()
{
    m_tree->setHeaderLabels({tr("When"), tr("Who"), tr("What"), tr("Before"), tr("After")});
    m_tree->setAccessibleName(tr("History"));
    m_back->setText(tr("Put the old value back"));
}

void HistoryView::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        reload();
    }
    QWidget::changeEvent(event);
}

void HistoryView::reload()
{
    const QPointer<HistoryView> self(this);
    const QString entity = m_entity->fullName;
    const Id id = m_id;
    m_context.workspace.onStore(
        [entity, id](RecordStore &store, ReplicaState &) -> std::any {
            auto entries = store.history(entity, id);
            return entries ? std::any(std::move(*entries)) : std::any();
        },
        [self](std::any answer) {
            const auto *entries = std::any_cast<std::vector<HistoryEntry>>(&answer);
            if (!self || !entries)
                return;
            self->m_tree->clear();
            const RecordReader &reader = self->m_context.workspace.reader();
            for (const HistoryEntry &entry : *entries) {
                const Field *field = self->m_entity->field(entry.field);
                if (field && (field->system || field->isDerived()))
                    continue;
                QString what;
                switch (entry.kind) {
                case ChangeKind::Create:
                    what = tr("Created");
                    break;
                case ChangeKind::Delete:
                    what = tr("Deleted");
                    break;
                case ChangeKind::Restore:
                    what = tr("Restored");
                    break;
                case ChangeKind::Action:
                    if (const Transition *action = self->m_entity->action(entry.name))
                        what = labels::action(*self->m_entity, *action);
                    break;
                case ChangeKind::Update:
                case ChangeKind::Member:
                    break;
                }
                if (field) {
                    const QString label = labels::field(*self->m_entity, *field);
                    what = what.isEmpty() ? label : tr("%1: %2").arg(what, label);
                }
                const QDateTime at = QDateTime::fromMSecsSinceEpoch(entry.atMs, Qt::UTC);
                auto *item = new QTreeWidgetItem(
                    self->m_tree, {formatting::dateTime(at), userName(reader, entry.user), what,
                                   field ? textOf(reader, *self->m_entity, *field, entry.before) : QString(),
                                   field ? textOf(reader, *self->m_entity, *field, entry.after) : QString()});
                item->setData(0, Qt::UserRole, entry.field);
                item->setData(0, Qt::UserRole + 1, valueToJson(entry.before));
                for (int column = 2; column < 5; ++column)
                    item->setToolTip(column, item->text(column));
            }
        });
}

void HistoryView::putBack()
{
    const QTreeWidgetItem *item = m_tree->currentItem();
    if (!item)
        return;
    Draft draft = m_context.workspace.draft();
    draft.label = QStringLiteral("put_back");
    draft.update(m_entity->fullName, m_id,
                 {{item->data(0, Qt::UserRole).toString(), valueFromJson(item->data(0, Qt::UserRole + 1).toString())}});
    const ViewContext context = m_context;
    m_context.workspace.apply(std::move(draft), [context](const Result<Receipt> &receipt) {
        if (receipt)
            context.navigator.toast(tr("The old value is back"), receipt->batch);
        else
            context.navigator.showError(receipt.error());
    });
}

ConflictBanner::ConflictBanner(const ViewContext &context, const Entity &entity, const Id &id, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_catalog(context.workspace.catalog())
    , m_entity(&entity)
    , m_id(id)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(style::gap, style::smallGap, style::gap, style::smallGap);
    hide();
    connect(&m_context.workspace, &Workspace::changed, this, [this](const QString &name) {
        if (name == QLatin1String("foundation.conflict"))
            reload();
    });
    reload();
}

void ConflictBanner::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        reload();
    QWidget::changeEvent(event);
}

void ConflictBanner::reload()
{
    qDeleteAll(findChildren<QWidget *>(QString(), Qt::FindDirectChildrenOnly));
    hide();
    if (!m_catalog->entity(u"foundation.conflict"))
        return;
    Query query;
    query.entity = QStringLiteral("foundation.conflict");
    query.fields = {QStringLiteral("id"), QStringLiteral("field"), QStringLiteral("kept"), QStringLiteral("lost"),
                    QStringLiteral("kept_by")};
    query.filterText = QStringLiteral("record == param('record') and state == 'open'");
    query.parameters.insert(QStringLiteral("record"), Value(m_id.toString()));
    const RecordReader &reader = m_context.workspace.reader();
    const auto rows = reader.select(query);
    if (!rows || rows->rows.empty())
        return;
    for (const auto &row : rows->rows) {
        const QString name = row[1].toText();
        const Field *field = m_entity->field(name);
        if (!field)
            continue;
        auto *line = new QFrame(this);
        line->setFrameShape(QFrame::StyledPanel);
        auto *lineLayout = new QHBoxLayout(line);
        QString who = userName(reader, row[4].toId());
        if (who.isEmpty())
            who = tr("Somebody else");
        const Value mine = valueFromJson(row[3].toText());
        const Value theirs = valueFromJson(row[2].toText());
        auto *text = new QLabel(tr("%1 changed “%2” too. Yours: %3. Theirs, which stands: %4.")
                                    .arg(who, labels::field(*m_entity, *field), textOf(reader, *m_entity, *field, mine),
                                         textOf(reader, *m_entity, *field, theirs)),
                                line);
        text->setWordWrap(true);
        style::setTone(*text, style::Tone::Warning);
        lineLayout->addWidget(text, 1);
        auto *take = new QPushButton(tr("Take mine"), line);
        auto *keep = new QPushButton(tr("Keep theirs"), line);
        lineLayout->addWidget(take);
        lineLayout->addWidget(keep);
        const Id conflict = row[0].toId();
        connect(take, &QPushButton::clicked, this,
                [this, conflict, name, mine] { settle(conflict, name, mine, true); });
        connect(keep, &QPushButton::clicked, this,
                [this, conflict, name, mine] { settle(conflict, name, mine, false); });
        layout()->addWidget(line);
    }
    show();
}

void ConflictBanner::settle(const Id &conflict, const QString &field, const Value &mine, bool take)
{
    Draft draft = m_context.workspace.draft();
    draft.label = take ? QStringLiteral("take_mine") : QStringLiteral("keep_theirs");
    if (take)
        draft.update(m_entity->fullName, m_id, {{field, mine}});
    draft.act(QStringLiteral("foundation.conflict"), conflict,
              take ? QStringLiteral("take") : QStringLiteral("dismiss"));
    const ViewContext context = m_context;
    m_context.workspace.apply(std::move(draft), [context, take](const Result<Receipt> &receipt) {
        if (receipt)
            context.navigator.toast(take ? tr("Your value is back") : tr("Left as it is"), receipt->batch);
        else
            context.navigator.showError(receipt.error());
    });
}

} // namespace tz
