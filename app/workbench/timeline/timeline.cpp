// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "workbench/timeline/timeline.h"

#include "workbench/icons.h"
#include "workbench/records/formatting.h"
#include "workbench/records/labels.h"
#include "workbench/records/recordlist.h"
#include "workbench/style.h"
#include "workbench/timeline/quickadd.h"

#include <QKeyEvent>
#include <QListView>
#include <QPointer>
#include <QStandardItemModel>
#include <QTextLayout>

namespace tz {

namespace {

constexpr int itemsPerSource = 200;
enum ItemRole { EntityRole = Qt::UserRole + 1, IdRole, WhenRole, WhoRole, KindRole, IconRole, TextRole, ToneRole };

/// Two or more lines: icon, title and date; who; then the text, at most four lines of it.
class TimelineDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const int line = style::lineHeight(option.font);
        const QString text = index.data(TextRole).toString();
        int lines = 2;
        if (!text.isEmpty()) {
            const int width = qMax(120, option.rect.width() - 40);
            const QRect box =
                option.fontMetrics.boundingRect(QRect(0, 0, width, 4 * line), int(Qt::TextWordWrap), text);
            lines += qBound(1, (box.height() + line - 1) / line, 4);
        }
        return {120, lines * line + 2 * style::gap};
    }
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        QStyleOptionViewItem item = option;
        initStyleOption(&item, index);
        const QString title = item.text;
        item.text.clear();
        item.icon = QIcon();
        const QStyle *painting = item.widget ? item.widget->style() : QApplication::style();
        painting->drawControl(QStyle::CE_ItemViewItem, &item, painter, item.widget);
        const bool selected = item.state & QStyle::State_Selected;
        const int line = style::lineHeight(item.font);
        const QColor strong = item.palette.color(selected ? QPalette::HighlightedText : QPalette::Text);
        const QColor soft = selected ? strong : style::color(style::Tone::Muted);
        painter->save();
        QRect rect = item.rect.adjusted(style::gap, style::gap, -style::gap, -style::gap);
        const int symbol = 16;
        icon(index.data(IconRole).toString()).paint(painter, QRect(rect.left(), rect.top(), symbol, symbol));
        rect.setLeft(rect.left() + symbol + style::gap);
        const QString when = index.data(WhenRole).toString();
        const int dateWidth = item.fontMetrics.horizontalAdvance(when) + style::gap;
        painter->setPen(soft);
        painter->drawText(QRect(rect.left(), rect.top(), rect.width(), line), int(Qt::AlignRight | Qt::AlignVCenter),
                          when);
        QFont bold = item.font;
        bold.setWeight(QFont::DemiBold);
        painter->setFont(bold);
        painter->setPen(strong);
        painter->drawText(QRect(rect.left(), rect.top(), rect.width() - dateWidth, line),
                          int(Qt::AlignLeft | Qt::AlignVCenter),
                          QFontMetrics(bold).elidedText(title, Qt::ElideRight, rect.width() - dateWidth));
        painter->setFont(item.font);
        painter->setPen(soft);
        painter->drawText(QRect(rect.left(), rect.top() + line, rect.width(), line), int(Qt::AlignLeft),
                          item.fontMetrics.elidedText(index.data(WhoRole).toString(), Qt::ElideRight, rect.width()));
        painter->setPen(strong);
        painter->drawText(rect.adjusted(0, 2 * line, 0, 0), int(Qt::AlignLeft | Qt::TextWordWrap),
                          index.data(TextRole).toString());
        painter->setPen(style::colors().line);
        painter->drawLine(item.rect.bottomLeft(), item.rect.bottomRight());
        painter->restore();
    }
};

QString nextSlot()
{
    static quint64 number = 0;
    return QStringLiteral("timeline-%1").arg(++number);
}

} // namespace

struct Timeline::Item {
    QString entity, kind, icon, title, who, text;
    Id id;
    qint64 atMs = 0;
    bool isDay = false;
};

Timeline::Timeline(const ViewContext &context, const Entity &entity, const Id &record, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_catalog(context.workspace.catalog())
    , m_entity(&entity)
    , m_record(record)
    , m_slot(nextSlot())
{
    const Actor actor = context.workspace.actor();
    for (const Field *field : m_catalog->linksTo(entity)) {
        const Entity &other = m_catalog->ownerOf(*field);
        const bool readable = effectiveGrant(other.access, actor.roles).read != Reach::None || actor.isAdmin();
        for (const ViewSpec &view : other.views) {
            const QString date = view.options.value(QStringLiteral("date")).toString();
            const Field *dateField = other.field(date);
            if (view.kind != QLatin1String("timeline") || !dateField || !readable)
                continue;
            Source source{&other, field, date, view.options.value(QStringLiteral("text")).toString(), other.fullName};
            // Its text is what is declared, or its first long text.
            for (const Field &one : other.fields) {
                if (source.text.isEmpty() && one.type == FieldType::LongText)
                    source.text = one.name;
            }
            m_sources << source;
        }
    }
    build();
    reload();
}

Timeline::~Timeline() = default;

int Timeline::count() const
{
    return m_model->rowCount();
}

void Timeline::build()
{
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(style::gap, style::gap, style::gap, style::gap);
    rows->setSpacing(style::smallGap);
    auto *top = new QHBoxLayout;
    m_title = new QLabel(this);
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    m_title->setFont(bold);
    m_show = new QComboBox(this);
    // Its entries grow and shrink with the language.
    m_show->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_show->addItem(QString(), QString());
    for (const Source &source : std::as_const(m_sources)) {
        if (m_show->findData(source.entity->fullName) < 0)
            m_show->addItem(QString(), source.entity->fullName);
    }
    m_show->addItem(QString(), QStringLiteral("*changes"));
    top->addWidget(m_title, 1);
    top->addWidget(m_show);
    rows->addLayout(top);
    QList<QuickAdd::Target> targets;
    for (const Source &source : std::as_const(m_sources))
        targets << QuickAdd::Target{source.entity, source.link, source.text};
    if (auto *add = QuickAdd::make(m_context, targets, m_record, this))
        rows->addWidget(add);
    m_view = new QListView(this);
    m_model = new QStandardItemModel(this);
    m_view->setModel(m_model);
    m_view->setItemDelegate(new TimelineDelegate(m_view));
    m_view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setResizeMode(QListView::Adjust);
    m_view->setWordWrap(true);
    m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_view->setMinimumWidth(240);
    rows->addWidget(m_view, 1);
    m_timer = new QTimer(this);
    m_timer->setSingleShot(true);
    m_timer->setInterval(40);
    connect(m_timer, &QTimer::timeout, this, &Timeline::reload);
    connect(m_show, &QComboBox::currentIndexChanged, this, &Timeline::fill);
    connect(m_view, &QListView::activated, this, [this](const QModelIndex &index) {
        const QString entity = index.data(EntityRole).toString();
        if (!entity.isEmpty())
            m_context.navigator.openRecord(entity, index.data(IdRole).value<Id>());
    });
    connect(&m_context.workspace, &Workspace::changed, this, [this](const QString &entity) {
        const bool watched = entity == m_entity->fullName ||
                             std::any_of(m_sources.begin(), m_sources.end(),
                                         [&entity](const Source &source) { return source.entity->fullName == entity; });
        if (watched)
            m_timer->start();
    });
    retranslate();
}

void Timeline::retranslate()
{
    m_title->setText(tr("Timeline"));
    m_view->setAccessibleName(tr("Timeline"));
    m_show->setAccessibleName(tr("Show in the timeline"));
    for (int i = 0; i < m_show->count(); ++i) {
        const Entity *entity = m_catalog->entity(m_show->itemData(i).toString());
        m_show->setItemText(i, i == 0 ? tr("Everything") : entity ? labels::plural(*entity) : tr("Changes"));
    }
}

void Timeline::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        // Names of stages and fields are part of what was read.
        reload();
    }
    QWidget::changeEvent(event);
}

void Timeline::reload()
{
    const QPointer<Timeline> self(this);
    const QList<Source> sources = m_sources;
    const Id record = m_record;
    const CatalogPtr catalog = m_catalog;
    m_context.workspace.inBackground(
        m_slot,
        [sources, record, catalog](RecordReader &reader) -> std::any {
            auto items = std::make_shared<std::vector<Item>>();
            for (const Source &source : sources) {
                Query query;
                query.entity = source.entity->fullName;
                query.fields = {QStringLiteral("id"), source.entity->title, source.date};
                if (!source.text.isEmpty())
                    query.fields << source.text;
                const bool owned = source.entity->ownerField() != nullptr;
                if (owned)
                    query.fields << QStringLiteral("owner._title");
                query.filterText =
                    QStringLiteral("%1 %2 param('record')")
                        .arg(source.link->name, source.link->isSet() ? QStringLiteral("has") : QStringLiteral("=="));
                query.parameters.insert(QStringLiteral("record"), Value(record));
                query.sort = {{source.date, true}};
                query.limit = itemsPerSource;
                const auto rows = reader.select(query);
                if (!rows)
                    continue;
                const Field *dateField = source.entity->field(source.date);
                for (const auto &row : rows->rows) {
                    Item item;
                    item.entity = item.kind = source.entity->fullName;
                    item.icon = source.entity->icon;
                    item.id = row[0].toId();
                    // A title that is a choice or a date is shown as in lists, not as it is stored.
                    const Field *titleField = source.entity->titleField();
                    item.title = titleField ? formatting::value(*source.entity, *titleField, row[1]) : row[1].toText();
                    item.isDay = dateField->type == FieldType::Date;
                    item.atMs =
                        item.isDay ? QDateTime(row[2].toDate(), QTime(0, 0)).toMSecsSinceEpoch() : row[2].toInteger();
                    if (!source.text.isEmpty())
                        item.text = row[3].toText();
                    if (owned)
                        item.who = row.back().toText();
                    items->push_back(std::move(item));
                }
            }
            return items;
        },
        [self](std::any answer) {
            const auto *items = std::any_cast<std::shared_ptr<std::vector<Item>>>(&answer);
            if (!self || !items)
                return;
            std::erase_if(self->m_items, [](const Item &item) { return item.kind != QLatin1String("*changes"); });
            self->m_items.insert(self->m_items.end(), (*items)->begin(), (*items)->end());
            self->fill();
        });
    const QString name = m_entity->fullName;
    m_context.workspace.onStore(
        [name, record](RecordStore &store, ReplicaState &) -> std::any {
            auto entries = store.history(name, record, itemsPerSource);
            return entries ? std::any(std::move(*entries)) : std::any();
        },
        [self](std::any answer) {
            const auto *entries = std::any_cast<std::vector<HistoryEntry>>(&answer);
            if (!self || !entries)
                return;
            std::erase_if(self->m_items, [](const Item &item) { return item.kind == QLatin1String("*changes"); });
            const RecordReader &reader = self->m_context.workspace.reader();
            const Entity *users = reader.catalog().entity(u"foundation.user");
            // The fields of one batch are one item.
            Id batch;
            for (const HistoryEntry &entry : *entries) {
                const Field *field = self->m_entity->field(entry.field);
                if (field && (field->system || field->isDerived()))
                    continue;
                if (self->m_items.empty() || self->m_items.back().kind != QLatin1String("*changes") ||
                    entry.batch != batch) {
                    Item item;
                    item.kind = QStringLiteral("*changes");
                    item.icon = QStringLiteral("history");
                    item.atMs = entry.atMs;
                    item.who = users && entry.user ? reader.title(*users, entry.user) : QString();
                    item.title = entry.kind == ChangeKind::Create ? tr("Created") : tr("Changed");
                    if (entry.kind == ChangeKind::Action) {
                        if (const Transition *action = self->m_entity->action(entry.name))
                            item.title = labels::action(*self->m_entity, *action);
                    }
                    self->m_items.push_back(item);
                    batch = entry.batch;
                }
                if (field && entry.kind != ChangeKind::Create) {
                    QString title;
                    const Entity *target = reader.catalog().entity(labels::targetOf(*field));
                    if (target && entry.after.isId())
                        title = reader.title(*target, entry.after.toId());
                    QString after = formatting::value(*self->m_entity, *field, entry.after, title);
                    if (after.isEmpty())
                        after = tr("(empty)");
                    QString &text = self->m_items.back().text;
                    text += (text.isEmpty() ? QString() : QStringLiteral("\n")) +
                            QStringLiteral("%1 → %2").arg(labels::field(*self->m_entity, *field), after.left(80));
                }
            }
            self->fill();
        });
}

void Timeline::fill()
{
    std::stable_sort(m_items.begin(), m_items.end(), [](const Item &a, const Item &b) { return a.atMs > b.atMs; });
    const QString wanted = m_show->currentData().toString();
    const int row = m_view->currentIndex().row();
    m_model->clear();
    const QDateTime now = QDateTime::fromMSecsSinceEpoch(m_context.workspace.clock().nowMs());
    for (const Item &item : m_items) {
        if (!wanted.isEmpty() && item.kind != wanted)
            continue;
        auto *entry = new QStandardItem(item.title);
        const QDateTime at = QDateTime::fromMSecsSinceEpoch(item.atMs);
        const QString when =
            item.isDay ? formatting::relativeDate(at.date(), now.date()) : formatting::relativeTime(at, now);
        entry->setData(item.entity, EntityRole);
        entry->setData(QVariant::fromValue(item.id), IdRole);
        entry->setData(when, WhenRole);
        entry->setData(item.icon, IconRole);
        entry->setData(item.text, TextRole);
        QString who = item.who;
        if (const Entity *entity = m_catalog->entity(item.entity))
            who = who.isEmpty() ? labels::entity(*entity) : tr("%1 · %2").arg(labels::entity(*entity), who);
        entry->setData(who, WhoRole);
        entry->setToolTip(item.isDay ? formatting::date(at.date()) : formatting::dateTime(at));
        entry->setAccessibleText(QStringList{item.title, when, who, item.text}.join(QStringLiteral("; ")));
        m_model->appendRow(entry);
    }
    if (m_model->rowCount())
        m_view->setCurrentIndex(m_model->index(qBound(0, row, m_model->rowCount() - 1), 0));
}

} // namespace tz
