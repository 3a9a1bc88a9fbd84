// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "desktop/pages/homepage.h"

#include "desktop/application/shell.h"
#include "desktop/frame/mainwindow.h"
#include "desktop/frame/navigation.h"
#include "workbench/icons.h"
#include "workbench/records/formatting.h"
#include "workbench/records/labels.h"
#include "workbench/style.h"

#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QListWidget>
#include <QScrollArea>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tz {
namespace {

constexpr int cardMinimumWidth = 340;
constexpr int cardMinimumHeight = 230;
constexpr int nextMax = 12;
constexpr int recentMax = 10;
constexpr int addressRole = Qt::UserRole + 1;

struct Due {
    QString entity, icon, title;
    Id id;
    qint64 at = 0; ///< days or milliseconds
    bool isTime = false;

    QDate date() const { return isTime ? QDateTime::fromMSecsSinceEpoch(at).date() : Value(at).toDate(); }
};

} // namespace

HomePage::HomePage(const PageContext &context)
    : TabPage(Address{u"home"_s, {}, {}, {}})
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
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    auto *scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto *page = new QWidget(scroll);
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
    scroll->setWidget(page);
    layout->addWidget(scroll);

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
    return m_next->count() > 0 ? m_next : m_recent;
}

QWidget *HomePage::makeFrame(QLabel *&title, QWidget *content)
{
    auto *frame = new QWidget(m_content);
    frame->setObjectName(u"card"_s);
    frame->setAttribute(Qt::WA_StyledBackground);
    frame->setMinimumSize(cardMinimumWidth, cardMinimumHeight);
    auto *layout = new QVBoxLayout(frame);
    layout->setContentsMargins(14, 12, 14, 12);
    layout->setSpacing(8);
    title = new QLabel(frame);
    title->setObjectName(u"sectionTitle"_s);
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
    for (int i = 0; i < frames.size(); ++i)
        m_grid->addWidget(frames[i], i / columns, i % columns);
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
            Source source{entity->fullName, date, {}, field->type == FieldType::DateTime};
            source.filter = source.isTime ? u"owner == me and %1 >= now()"_s.arg(date)
                                          : u"owner == me and %1 != null and %1 <= add_days(today(), 14)"_s.arg(date);
            if (entity->states) {
                QStringList finals;
                for (const State &state : entity->states->states) {
                    if (state.final)
                        finals << u'\'' + state.name + u'\'';
                }
                if (!finals.isEmpty())
                    source.filter += u" and not (%1 in (%2))"_s.arg(entity->states->field, finals.join(u", "_s));
            }
            sources << source;
        }
    }
    m_context.shell.workspace().inBackground(
        u"home-next"_s,
        [sources](RecordReader &reader) -> std::any {
            std::vector<Due> due;
            for (const Source &source : sources) {
                Query query;
                query.entity = source.entity;
                query.fields = {u"id"_s, source.date};
                query.filterText = source.filter;
                query.sort = {SortKey{source.date, false}};
                query.limit = nextMax;
                const Result<Rows> rows = reader.select(query);
                if (!rows)
                    continue;
                const Entity *entity = reader.catalog().entity(source.entity);
                for (const std::vector<Value> &row : rows->rows) {
                    const QString title = reader.title(*entity, row[0].toId());
                    due.push_back(
                        {source.entity, entity->icon, title, row[0].toId(), row[1].toInteger(), source.isTime});
                }
            }
            std::stable_sort(due.begin(), due.end(), [](const Due &a, const Due &b) { return a.date() < b.date(); });
            if (due.size() > nextMax)
                due.resize(nextMax);
            return due;
        },
        [self = QPointer(this)](std::any answer) {
            const auto *due = std::any_cast<std::vector<Due>>(&answer);
            if (!self || !due)
                return;
            self->m_next->clear();
            const QDate today = QDate::currentDate();
            for (const Due &one : *due) {
                const Entity *entity = self->m_context.shell.workspace().catalog()->entity(one.entity);
                const bool late = one.date() < today;
                // The date in words carries what the colour says.
                QString when = formatting::relativeDate(one.date(), today);
                if (one.isTime)
                    when += u' ' + QLocale().toString(QDateTime::fromMSecsSinceEpoch(one.at).time(), u"HH:mm"_s);
                auto *item = new QListWidgetItem(u"%1  ·  %2  ·  %3"_s.arg(when, one.title, labels::entity(*entity)),
                                                 self->m_next);
                item->setIcon(late ? icon(u"circle-alert"_s, style::color(style::Tone::Danger))
                                   : icon(one.icon.isEmpty() ? u"circle"_s : one.icon));
                if (late)
                    item->setForeground(style::color(style::Tone::Danger));
                item->setData(addressRole, Address::record(one.entity, one.id.toString()).toString());
                item->setToolTip(item->text());
            }
            if (self->m_next->count() > 0)
                self->m_next->setCurrentRow(0);
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
