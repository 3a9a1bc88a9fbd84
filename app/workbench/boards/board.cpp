// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "workbench/boards/board.h"

#include "workbench/boards/boardcolumn.h"
#include "workbench/records/actions.h"
#include "workbench/records/filterbar.h"
#include "workbench/records/formatting.h"
#include "workbench/records/labels.h"
#include "workbench/records/recordlistmodel.h"

#include <QEvent>
#include <QListView>
#include <QPointer>
#include <QScrollArea>

namespace tz {

namespace {

/// Cards read per column; the count above them is of all.
constexpr int cardsPerColumn = 500;

QString nextSlot()
{
    static quint64 number = 0;
    return QStringLiteral("board-%1").arg(++number);
}

QString option(const ViewSpec &spec, const char *name)
{
    return spec.options.value(QLatin1String(name)).toString();
}

} // namespace

Board::Board(const ViewContext &context, const Entity &entity, const ViewSpec &spec, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_catalog(context.workspace.catalog())
    , m_entity(&entity)
    , m_spec(spec)
    , m_slot(nextSlot())
{
    m_by = option(spec, "by");
    if (m_by.isEmpty() && entity.states)
        m_by = entity.states->field;
    m_sum = option(spec, "sum");
    m_title = option(spec, "title").isEmpty() ? entity.title : option(spec, "title");
    m_subtitle = option(spec, "subtitle");
    for (const Field &field : entity.fields) {
        if (m_subtitle.isEmpty() && field.type == FieldType::Link && field.name != entity.parent)
            m_subtitle = field.name;
    }
    m_due = option(spec, "due");
    for (const char *name : {"next_contact", "next_activity", "due", "close_date"}) {
        const Field *field = entity.field(QString::fromLatin1(name));
        if (m_due.isEmpty() && field && field->type == FieldType::Date)
            m_due = field->name;
    }
    m_rotsAfterDays = spec.options.value(QLatin1String("rots_after")).toInt();

    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(style::gap, style::gap, style::gap, 0);
    rows->setSpacing(style::gap);
    m_filterBar = new FilterBar(context, entity, this);
    rows->addWidget(m_filterBar);
    m_empty = new QLabel(this);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_empty->hide();
    rows->addWidget(m_empty);
    m_area = new QScrollArea(this);
    m_area->setWidgetResizable(true);
    m_area->setFrameShape(QFrame::NoFrame);
    auto *holder = new QWidget(m_area);
    m_row = new QHBoxLayout(holder);
    m_row->setContentsMargins(0, 0, 0, 0);
    m_row->setSpacing(style::smallGap);
    m_area->setWidget(holder);
    rows->addWidget(m_area, 1);
    makeColumns();
    for (const int step : {-1, 1}) {
        auto *action = new QAction(step < 0 ? tr("Move to the stage before") : tr("Move to the next stage"), this);
        action->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | (step < 0 ? Qt::Key_Left : Qt::Key_Right)));
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        connect(action, &QAction::triggered, this, [this, step] { moveCurrent(step); });
        addAction(action);
    }
    m_timer = new QTimer(this);
    m_timer->setSingleShot(true);
    m_timer->setInterval(25);
    connect(m_timer, &QTimer::timeout, this, &Board::reload);
    connect(m_filterBar, &FilterBar::changed, this, &Board::reload);
    connect(&m_context.workspace, &Workspace::changed, this, [this](const QString &name) {
        if (name == m_entity->fullName)
            m_timer->start();
    });
    reload();
}

Board::~Board() = default;

void Board::makeColumns()
{
    const Field *by = m_entity->field(m_by);
    if (!by)
        return;
    const auto options = labels::options(*m_entity, *by);
    for (const labels::Option &one : options) {
        auto *column = new BoardColumn(*this, one.name, one.label, style::toneOf(one.color), m_row->parentWidget());
        m_row->addWidget(column);
        m_columns << column;
    }
    m_row->addStretch();
}

BoardColumn *Board::column(const QString &value) const
{
    for (BoardColumn *one : m_columns) {
        if (one->value() == value)
            return one;
    }
    return nullptr;
}

void Board::setFilter(const QString &expression)
{
    m_filterBar->setFilter(expression);
}

void Board::open(const Id &id)
{
    m_context.navigator.openRecord(m_entity->fullName, id);
}

Id Board::currentId() const
{
    for (const BoardColumn *one : m_columns) {
        if (one->view().hasFocus())
            return one->currentId();
    }
    return {};
}

void Board::reload()
{
    const Field *by = m_entity->field(m_by);
    if (!by)
        return;
    // Columns of the query, and where they are in its rows.
    Query base;
    base.entity = m_entity->fullName;
    base.filterText = m_filterBar->filter();
    QStringList fields{QStringLiteral("id"), m_title};
    const auto want = [&fields](const QString &path) {
        if (path.isEmpty())
            return -1;
        fields << path;
        return int(fields.size()) - 1;
    };
    const Field *titleField = m_entity->field(m_title);
    if (titleField && titleField->isReference())
        fields[1] += QStringLiteral("._title");
    const Field *subtitleField = labels::fieldAt(*m_catalog, *m_entity, m_subtitle);
    const int subtitle =
        want(subtitleField && subtitleField->isReference() ? m_subtitle + QStringLiteral("._title") : m_subtitle);
    const Field *sumField = m_entity->field(m_sum);
    const int amount = sumField ? want(m_sum) : -1;
    QString currencyPath = sumField && sumField->type == FieldType::Money ? sumField->currency : QString();
    if (const Field *currencyField = labels::fieldAt(*m_catalog, *m_entity, currencyPath);
        currencyField && currencyField->isReference())
        currencyPath += QStringLiteral("._title");
    const int currency = want(currencyPath);
    const int due = want(m_due);
    const int owner = m_entity->ownerField() ? want(QStringLiteral("owner._title")) : -1;
    // When the record came into its stage; without such a field, when it was last touched.
    const bool hasSince = m_entity->field(u"stage_since") != nullptr;
    const int since = want(hasSince ? QStringLiteral("stage_since") : QStringLiteral("modified_at"));
    const bool sinceIsDay = hasSince && m_entity->field(u"stage_since")->type == FieldType::Date;
    base.fields = fields;
    const QString words = m_filterBar->words();
    const CatalogPtr catalog = m_catalog;
    const Entity *entity = m_entity;
    const QString byName = m_by;
    const QString sumName = sumField ? m_sum : QString();
    const QString dueName = m_due;
    const int rotsAfter = m_rotsAfterDays;
    const QDate today = QDateTime::fromMSecsSinceEpoch(m_context.workspace.clock().nowMs()).date();
    QStringList values;
    for (const BoardColumn *one : std::as_const(m_columns))
        values << one->value();
    const QPointer<Board> self(this);
    m_context.workspace.inBackground(
        m_slot,
        [=](RecordReader &reader) -> std::any {
            auto found = std::make_shared<BoardData>();
            const Field *byField = entity->field(byName);
            const auto narrowed = RecordListModel::narrowed(reader, base, words);
            if (!narrowed) {
                found->error = narrowed.error();
                return found;
            }
            Query sums = *narrowed;
            sums.fields.clear();
            sums.group = {byName};
            // Amounts of different currencies are not added up.
            if (!currencyPath.isEmpty() && !sumName.isEmpty())
                sums.group << currencyPath;
            sums.aggregates = {Aggregate{Aggregate::Kind::Count, {}}};
            if (!sumName.isEmpty())
                sums.aggregates << Aggregate{Aggregate::Kind::Sum, sumName};
            const auto figures = reader.select(sums);
            if (!figures) {
                found->error = figures.error();
                return found;
            }
            const size_t count = size_t(sums.group.size());
            expression::Scope scope;
            scope.catalog = &reader.catalog();
            scope.entity = entity;
            for (const QString &value : values) {
                BoardColumnData column;
                column.value = value;
                QStringList parts;
                for (const auto &row : figures->rows) {
                    if (row[0].toText() != value)
                        continue;
                    column.count += row[count].toInteger();
                    if (!sumName.isEmpty() && !row[count + 1].isNull())
                        parts << formatting::value(*entity, *entity->field(sumName), row[count + 1], {},
                                                   count > 1 ? row[1].toText() : QString());
                }
                column.sum = parts.join(QStringLiteral(" + "));
                Query cards = *narrowed;
                const auto in = expression::Expression::fieldIn(byName, {Value(value)}, scope);
                if (!in)
                    continue;
                cards.filter = expression::Expression::both(cards.filter, *in);
                // The most urgent first.
                if (!dueName.isEmpty())
                    cards.sort = {{dueName, false}};
                cards.limit = cardsPerColumn;
                const State *state =
                    byField->type == FieldType::State && entity->states ? entity->states->state(value) : nullptr;
                const bool isFinal = state && state->final;
                const int rotting = state && state->properties.contains(QStringLiteral("rot_days"))
                                        ? int(state->properties.value(QStringLiteral("rot_days")))
                                        : rotsAfter;
                const auto rows = reader.select(cards);
                if (!rows)
                    continue;
                for (const auto &row : rows->rows) {
                    BoardCard card;
                    card.id = row[0].toId();
                    card.title = row[1].toText();
                    if (subtitle >= 0)
                        card.subtitle = row[size_t(subtitle)].toText();
                    if (amount >= 0)
                        card.amount = formatting::value(*entity, *entity->field(sumName), row[size_t(amount)], {},
                                                        currency >= 0 ? row[size_t(currency)].toText() : QString());
                    if (owner >= 0)
                        card.owner = row[size_t(owner)].toText();
                    if (due >= 0 && !isFinal) {
                        const Value &when = row[size_t(due)];
                        if (when.isNull()) {
                            card.due = tr("no plan");
                            card.dueIcon = QStringLiteral("circle-alert");
                            card.dueTone = style::Tone::Warning;
                        } else {
                            const QDate day = when.toDate();
                            card.due = formatting::relativeDate(day, today);
                            card.dueTone = day < today    ? style::Tone::Danger
                                           : day == today ? style::Tone::Success
                                                          : style::Tone::Muted;
                            card.dueIcon = day < today    ? QStringLiteral("clock-alert")
                                           : day == today ? QStringLiteral("clock")
                                                          : QStringLiteral("calendar");
                        }
                    }
                    if (rotting > 0 && !isFinal && since >= 0 && !row[size_t(since)].isNull()) {
                        const QDate from = sinceIsDay ? row[size_t(since)].toDate()
                                                      : row[size_t(since)].toDateTime().toLocalTime().date();
                        const int days = int(from.daysTo(today));
                        card.rottingDays = days > rotting ? days : 0;
                    }
                    column.cards.push_back(std::move(card));
                }
                found->columns.push_back(std::move(column));
            }
            return found;
        },
        [self](std::any answer) {
            const auto *found = std::any_cast<std::shared_ptr<BoardData>>(&answer);
            if (self && found)
                self->receive(**found);
        });
}

void Board::receive(const BoardData &board)
{
    m_filterBar->showProblem(board.error);
    if (!board.error.code.isEmpty())
        return;
    qint64 total = 0;
    for (const BoardColumnData &one : board.columns) {
        total += one.count;
        if (BoardColumn *found = column(one.value))
            found->setData(one);
    }
    m_empty->setVisible(total == 0);
    if (total == 0)
        m_empty->setText(m_filterBar->filter().isEmpty() && m_filterBar->words().isEmpty()
                             ? tr("No %1 yet. Each new one gets a card here; drag it from stage to stage.")
                                   .arg(labels::plural(*m_entity))
                             : tr("Nothing matches. Remove a condition or look for fewer words."));
    if (m_follow) {
        for (BoardColumn *one : std::as_const(m_columns)) {
            if (one->select(m_follow)) {
                one->focusCards();
                m_area->ensureWidgetVisible(one);
                m_follow = Id();
                break;
            }
        }
    }
}

QString Board::obstacle(const Id &id, const QString &from, const QString &to) const
{
    if (from == to)
        return {};
    const Field *by = m_entity->field(m_by);
    const auto found = m_context.workspace.reader().find(*m_entity, id);
    if (!by || !found || !*found)
        return tr("The record is gone.");
    const Record &record = **found;
    if (by->type != FieldType::State) {
        if (by->readonly || by->isDerived())
            return tr("This is set by actions only.");
        return {};
    }
    QString reason;
    for (const Transition &action : m_entity->actions) {
        if (action.to != to)
            continue;
        const auto may = actions::obstacle(m_context.workspace, record, action);
        if (may)
            return {};
        reason = labels::error(*m_entity, may.error());
    }
    return reason.isEmpty() ? tr("Nothing leads from “%1” to “%2”.")
                                  .arg(labels::choice(*m_entity, *by, from), labels::choice(*m_entity, *by, to))
                            : reason;
}

void Board::move(const Id &id, const QString &from, const QString &to)
{
    if (from == to)
        return;
    if (const QString reason = obstacle(id, from, to); !reason.isEmpty()) {
        m_context.navigator.toast(reason);
        return;
    }
    m_follow = id;
    const Field *by = m_entity->field(m_by);
    if (by->type == FieldType::State) {
        const auto found = m_context.workspace.reader().find(*m_entity, id);
        for (const Transition &action : m_entity->actions) {
            if (action.to == to && found && *found && actions::obstacle(m_context.workspace, **found, action)) {
                actions::perform(m_context, *m_entity, id, action.action, this);
                return;
            }
        }
        return;
    }
    Draft draft = m_context.workspace.draft();
    draft.label = QStringLiteral("edit");
    draft.update(m_entity->fullName, id, {{m_by, Value(to)}});
    const ViewContext context = m_context;
    const QString text = tr("Moved to %1").arg(labels::choice(*m_entity, *by, to));
    m_context.workspace.apply(std::move(draft), [context, text](const Result<Receipt> &receipt) {
        if (receipt)
            context.navigator.toast(text, receipt->batch);
        else
            context.navigator.showError(receipt.error());
    });
}

void Board::moveCurrent(int step)
{
    for (int i = 0; i < m_columns.size(); ++i) {
        if (!m_columns[i]->view().hasFocus() || m_columns[i]->currentId().isNull())
            continue;
        const int target = i + step;
        if (target >= 0 && target < m_columns.size())
            move(m_columns[i]->currentId(), m_columns[i]->value(), m_columns[target]->value());
        return;
    }
}

void Board::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange) {
        while (QLayoutItem *item = m_row->takeAt(0)) {
            delete item->widget();
            delete item;
        }
        m_columns.clear();
        makeColumns();
        reload();
    }
    QWidget::changeEvent(event);
}

} // namespace tz
