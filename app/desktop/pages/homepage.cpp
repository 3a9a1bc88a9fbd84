// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "desktop/pages/homepage.h"

#include "desktop/application/shell.h"
#include "desktop/frame/mainwindow.h"
#include "desktop/frame/navigation.h"
#include "workbench/icons.h"
#include "workbench/pageparts.h"
#include "workbench/records/formatting.h"
#include "workbench/records/labels.h"
#include "workbench/style.h"

#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QListWidget>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tz {
namespace {

constexpr int cardMinimumWidth = 340;
constexpr int cardMinimumHeight = 230;
constexpr int nextMax = 14;
constexpr int overdueMax = 6;
constexpr int daysAhead = 14;
constexpr int recentMax = 10;
constexpr int addressRole = Qt::UserRole + 1;

struct Due {
    QString entity, field, icon, title;
    Id id;
    qint64 at = 0; ///< days or milliseconds
    bool isTime = false;
    bool plan = false;

    QDate date() const { return isTime ? QDateTime::fromMSecsSinceEpoch(at).date() : Value(at).toDate(); }
};

struct Agenda {
    std::vector<Due> overdue, coming;
    qint64 overdueCount = 0;
};

bool hasTimeline(const Entity &entity)
{
    return std::any_of(entity.views.begin(), entity.views.end(),
                       [](const ViewSpec &view) { return view.kind == "timeline"_L1; });
}

// Somebody means to do something on that day; the other dates of a record merely pass.
bool isPlan(const Entity &entity, const QString &date)
{
    static const QStringList plans{u"due"_s, u"next_contact"_s, u"next_activity"_s};
    return plans.contains(date) || hasTimeline(entity);
}

} // namespace

HomePage::HomePage(const PageContext &context)
    : TabPage(Address{u"home"_s, {}, {}, {}}, context.parent)
    , m_context(context)
    , m_greeting(new QLabel(this))
    , m_today(new QLabel(this))
    , m_content(new QWidget(this))
    , m_grid(new QGridLayout(m_content))
    , m_next(new QListWidget(this))
    , m_recent(new QListWidget(this))
    , m_nextEmpty(new QLabel(this))
    , m_timer(new QTimer(this))
{
    QWidget *page = parts::scrollingGround(this);
    auto *pageLayout = new QVBoxLayout(page);
    pageLayout->setContentsMargins(20, 16, 20, 20);
    pageLayout->setSpacing(4);
    m_greeting->setObjectName(u"pageTitle"_s);
    m_today->setObjectName(u"mutedText"_s);
    pageLayout->addWidget(m_greeting);
    pageLayout->addWidget(m_today);
    pageLayout->addSpacing(10);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setSpacing(14);
    pageLayout->addWidget(m_content);
    pageLayout->addStretch(1);

    for (QListWidget *list : {m_next, m_recent}) {
        list->setFrameShape(QFrame::NoFrame);
        list->setStyleSheet(u"border: 0;"_s);
        list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        list->setIconSize({16, 16});
        list->setSpacing(1);
        list->setTextElideMode(Qt::ElideRight);
        const auto open = [this](const QListWidgetItem *item) {
            m_context.window.openAddress(Address::fromString(item->data(addressRole).toString()));
        };
        connect(list, &QListWidget::itemActivated, this, open);
        connect(list, &QListWidget::itemClicked, this, open);
    }
    m_nextEmpty->setObjectName(u"mutedText"_s);
    m_nextEmpty->setWordWrap(true);
    m_nextEmpty->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    auto *nextContent = new QWidget(this);
    auto *nextLayout = new QVBoxLayout(nextContent);
    nextLayout->setContentsMargins(0, 0, 0, 0);
    nextLayout->addWidget(m_nextEmpty);
    nextLayout->addWidget(m_next, 1);
    m_nextFrame = makeFrame(m_nextTitle, nextContent);
    m_recentFrame = makeFrame(m_recentTitle, m_recent);

    const Workspace &workspace = context.shell.workspace();
    const ViewContext view{context.shell.workspace(), context.window};
    QList<CardSpec> cards = context.shell.views().contributions().cards();
    std::stable_sort(cards.begin(), cards.end(),
                     [](const CardSpec &a, const CardSpec &b) { return a.order < b.order; });
    const Actor actor = workspace.actor();
    for (const CardSpec &spec : cards) {
        const bool mine = spec.roles.isEmpty() || actor.isAdmin() ||
                          std::any_of(spec.roles.begin(), spec.roles.end(),
                                      [&](const QString &role) { return actor.roles.contains(role); });
        if (!mine)
            continue;
        Card card;
        card.name = spec.name;
        card.label = spec.label;
        card.frame = makeFrame(card.title, spec.make(view));
        m_cards.push_back(card);
    }

    m_timer->setSingleShot(true);
    m_timer->setInterval(150);
    connect(m_timer, &QTimer::timeout, this, &HomePage::loadNext);
    connect(&context.shell.workspace(), &Workspace::changed, m_timer, qOverload<>(&QTimer::start));
    connect(&context.shell.settings(), &Settings::recentChanged, this, &HomePage::fillRecent);
    // With the first copy comes who one is by name.
    connect(&context.shell.workspace(), &Workspace::actorChanged, this, &HomePage::retranslate);
    retranslate();
    place();
    loadNext();
}

QString HomePage::caption() const
{
    return captionOf(address(), m_context.shell.workspace(), m_context.shell.views());
}

QWidget *HomePage::mainWidget()
{
    // What is hidden would take the focus and never give it back.
    if (m_next->count() > 0)
        return m_next;
    return m_recent->count() > 0 ? static_cast<QWidget *>(m_recent) : this;
}

QWidget *HomePage::makeFrame(QLabel *&title, QWidget *content)
{
    QWidget *frame = parts::card(m_content);
    // Only the width: a height of its own would cut contents that need more.
    frame->setMinimumWidth(cardMinimumWidth);
    auto *layout = new QVBoxLayout(frame);
    layout->setContentsMargins(14, 12, 14, 12);
    layout->setSpacing(8);
    title = parts::label(u"sectionTitle"_s, frame);
    layout->addWidget(title);
    layout->addWidget(content, 1);
    return frame;
}

void HomePage::place()
{
    const int columns = qBound(1, (width() - 40) / (cardMinimumWidth + 14), 3);
    if (columns == m_columns)
        return;
    m_columns = columns;
    QList<QWidget *> frames{m_nextFrame};
    for (const Card &card : m_cards)
        frames << card.frame;
    frames << m_recentFrame;
    for (QWidget *frame : frames)
        m_grid->removeWidget(frame);
    for (int column = 0; column < 3; ++column)
        m_grid->setColumnStretch(column, column < columns ? 1 : 0);
    for (int i = 0; i < frames.size(); ++i) {
        m_grid->setRowMinimumHeight(i / columns, cardMinimumHeight);
        m_grid->addWidget(frames[i], i / columns, i % columns);
    }
}

void HomePage::loadNext()
{
    const Workspace &workspace = m_context.shell.workspace();
    const CatalogPtr catalog = workspace.catalog();
    QList<Source> sources;
    for (const Entity *entity : catalog->entities()) {
        // What belongs to somebody and has a date in a calendar can be due.
        if (!entity->ownerField() || !mayRead(workspace, *entity))
            continue;
        for (const ViewSpec &view : entity->views) {
            const QString date = view.options.value("date"_L1).toString();
            const Field *field = entity->field(date);
            if (view.kind != "calendar"_L1 || !field)
                continue;
            Source source{entity->fullName, date, u"owner == me"_s, field->type == FieldType::DateTime,
                          isPlan(*entity, date)};
            // The next contact noted in a follow-up is that of its customer, who stands here already.
            if (entity->appendOnly || (source.plan && hasTimeline(*entity) && date == "next_contact"_L1))
                continue;
            if (entity->states) {
                QStringList finals;
                for (const State &state : entity->states->states) {
                    if (state.final)
                        finals << u'\'' + state.name + u'\'';
                }
                if (!finals.isEmpty())
                    source.filter += u" and not (%1 in (%2))"_s.arg(entity->states->field, finals.join(u", "_s));
            } else if (source.isTime) {
                // What has no state to say that it is done is over when its time is.
                source.plan = false;
            }
            sources << source;
        }
    }
    m_context.shell.workspace().inBackground(
        u"home-next"_s,
        [sources](RecordReader &reader) -> std::any {
            Agenda agenda;
            const auto read = [&reader](const Source &source, const QString &condition, bool latestFirst, int limit) {
                std::vector<Due> due;
                Query query;
                query.entity = source.entity;
                query.fields = {u"id"_s, source.date};
                query.filterText = source.filter + u" and "_s + condition;
                query.sort = {SortKey{source.date, latestFirst}};
                query.limit = limit;
                const Result<Rows> rows = reader.select(query);
                if (!rows)
                    return due;
                const Entity *entity = reader.catalog().entity(source.entity);
                for (const std::vector<Value> &row : rows->rows)
                    due.push_back({source.entity, source.date, entity->icon, reader.title(*entity, row[0].toId()),
                                   row[0].toId(), row[1].toInteger(), source.isTime, source.plan});
                return due;
            };
            const auto earlier = [](const Due &a, const Due &b) {
                return a.date() != b.date() ? a.date() < b.date() : a.plan && !b.plan;
            };
            const QDate last = QDate::currentDate().addDays(daysAhead);
            for (const Source &source : sources) {
                const QString now = source.isTime ? u"now()"_s : u"today()"_s;
                if (source.plan) {
                    const QString past = u"%1 < %2"_s.arg(source.date, now);
                    const std::vector<Due> late = read(source, past, true, overdueMax);
                    agenda.overdue.insert(agenda.overdue.end(), late.begin(), late.end());
                    agenda.overdueCount += reader.count(source.entity, source.filter + u" and "_s + past).value_or(0);
                }
                for (Due &one : read(source, u"%1 >= %2"_s.arg(source.date, now), false, nextMax)) {
                    if (one.date() <= last)
                        agenda.coming.push_back(std::move(one));
                }
            }
            // Of what is long overdue the latest: the rest is behind the number.
            std::stable_sort(agenda.overdue.begin(), agenda.overdue.end(), earlier);
            if (agenda.overdue.size() > overdueMax)
                agenda.overdue.erase(agenda.overdue.begin(), agenda.overdue.end() - overdueMax);
            std::stable_sort(agenda.coming.begin(), agenda.coming.end(), earlier);
            if (agenda.coming.size() > nextMax)
                agenda.coming.resize(nextMax);
            return agenda;
        },
        [self = QPointer(this)](std::any answer) {
            const auto *agenda = std::any_cast<Agenda>(&answer);
            if (!self || !agenda)
                return;
            self->m_next->clear();
            const QDate today = QDate::currentDate();
            const auto heading = [&](const QString &text) {
                auto *item = new QListWidgetItem(text, self->m_next);
                item->setFlags(Qt::ItemNeverHasChildren);
                item->setForeground(style::color(style::Tone::Muted));
            };
            const auto add = [&](const Due &one, bool late) {
                const Entity *entity = self->m_context.shell.workspace().catalog()->entity(one.entity);
                if (!entity)
                    return;
                // The date in words carries what the colour says.
                QString when = formatting::relativeDate(one.date(), today);
                if (one.isTime)
                    when += u' ' + QLocale().toString(QDateTime::fromMSecsSinceEpoch(one.at).time(), u"HH:mm"_s);
                // What is to be done: a task, a meeting; or what the date is of a customer or a deal.
                const Field *field = entity->field(one.field);
                const QString what =
                    hasTimeline(*entity) || !field ? labels::entity(*entity) : labels::field(*entity, *field);
                auto *item = new QListWidgetItem(u"%1  ·  %2  ·  %3"_s.arg(when, one.title, what), self->m_next);
                item->setIcon(late ? icon(u"circle-alert"_s, style::color(style::Tone::Danger))
                                   : icon(one.icon.isEmpty() ? u"circle"_s : one.icon));
                if (late)
                    item->setForeground(style::color(style::Tone::Danger));
                item->setData(addressRole, Address::record(one.entity, one.id.toString()).toString());
                item->setToolTip(item->text());
            };
            if (!agenda->overdue.empty()) {
                heading(tr("Overdue (%1)").arg(QLocale().toString(agenda->overdueCount)));
                for (const Due &one : agenda->overdue)
                    add(one, true);
            }
            const auto soon = std::find_if(agenda->coming.begin(), agenda->coming.end(),
                                           [&](const Due &one) { return one.date() > today; });
            if (soon != agenda->coming.begin()) {
                heading(tr("Today"));
                std::for_each(agenda->coming.begin(), soon, [&](const Due &one) { add(one, false); });
            }
            if (soon != agenda->coming.end()) {
                heading(tr("The next two weeks"));
                std::for_each(soon, agenda->coming.end(), [&](const Due &one) { add(one, false); });
            }
            if (self->m_next->count() > 0)
                self->m_next->setCurrentRow(1);
            self->m_next->setVisible(self->m_next->count() > 0);
            self->m_nextEmpty->setVisible(self->m_next->count() == 0);
        });
}

void HomePage::fillRecent()
{
    m_recent->clear();
    const Settings &settings = m_context.shell.settings();
    const CatalogPtr catalog = m_context.shell.workspace().catalog();
    for (const QString &text : settings.recent()) {
        const Address address = Address::fromString(text);
        QString caption = captionOf(address, m_context.shell.workspace(), m_context.shell.views());
        if (caption.isEmpty())
            caption = settings.recentTitle(text);
        if (caption.isEmpty() || m_recent->count() == recentMax)
            continue;
        const Entity *entity = catalog->entity(address.target);
        auto *item = new QListWidgetItem(caption, m_recent);
        item->setIcon(icon(entity && !entity->icon.isEmpty() ? entity->icon : u"history"_s));
        item->setData(addressRole, text);
        item->setToolTip(caption);
    }
    if (m_recent->count() > 0)
        m_recent->setCurrentRow(0);
    m_recentFrame->setVisible(m_recent->count() > 0);
}

void HomePage::retranslate()
{
    const int hour = QTime::currentTime().hour();
    const QString name = m_context.shell.workspace().userTitle();
    const QString greeting = hour < 5    ? tr("Good evening, %1")
                             : hour < 12 ? tr("Good morning, %1")
                             : hour < 18 ? tr("Good afternoon, %1")
                                         : tr("Good evening, %1");
    m_greeting->setText(greeting.arg(name));
    m_today->setText(QLocale().toString(QDate::currentDate(), QLocale::LongFormat));
    m_nextTitle->setText(tr("What is next"));
    m_next->setAccessibleName(m_nextTitle->text());
    m_nextEmpty->setText(
        tr("Nothing is due in the next two weeks. Tasks, meetings and the next contact of your customers "
           "appear here."));
    m_recentTitle->setText(tr("Opened last"));
    m_recent->setAccessibleName(m_recentTitle->text());
    for (const Card &card : m_cards) {
        card.title->setText(labels::text(card.name, card.label));
        card.frame->setAccessibleName(card.title->text());
    }
    fillRecent();
}

void HomePage::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        loadNext();
        Q_EMIT captionChanged();
    }
    TabPage::changeEvent(event);
}

void HomePage::resizeEvent(QResizeEvent *event)
{
    place();
    TabPage::resizeEvent(event);
}

} // namespace tz
