// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "workbench/records/listparts.h"

#include "workbench/icons.h"
#include "workbench/records/filterbar.h"
#include "workbench/records/formatting.h"
#include "workbench/records/labels.h"
#include "workbench/style.h"

#include <QEvent>
#include <QHeaderView>
#include <QPointer>
#include <QScrollBar>
#include <QTreeWidget>

namespace tz {

namespace {

QString nextSlot(const char *what)
{
    static quint64 number = 0;
    return QLatin1String(what) + QString::number(++number);
}

} // namespace

TotalsBar::TotalsBar(const ViewContext &context, RecordListModel *model, QTableView *view, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_model(model)
    , m_view(view)
    , m_timer(new QTimer(this))
    , m_slot(nextSlot("totals-"))
{
    m_timer->setSingleShot(true);
    m_timer->setInterval(40);
    connect(m_timer, &QTimer::timeout, this, [this] {
        const Query base = m_model->query();
        const QString words = m_model->words();
        QStringList paths;
        QString currency;
        const QStringList columns = m_model->columns();
        for (int i = 0; i < columns.size(); ++i) {
            const Field *field = m_model->fieldAt(i);
            if (!field || !field->isNumber() || field->type == FieldType::Percent)
                continue;
            paths << columns[i];
            if (field->type == FieldType::Money && currency.isEmpty() && !columns[i].contains(QLatin1Char('.')))
                currency = field->currency;
        }
        const Entity *entity = &m_model->entity();
        const QPointer<TotalsBar> self(this);
        m_context.workspace.inBackground(
            m_slot,
            [base, words, paths, currency](RecordReader &reader) -> std::any {
                auto query = RecordListModel::narrowed(reader, base, words);
                if (!query)
                    return {};
                query->sort.clear();
                query->aggregates = {Aggregate{Aggregate::Kind::Count, {}}};
                for (const QString &path : paths)
                    query->aggregates << Aggregate{Aggregate::Kind::Sum, path};
                // Amounts of different currencies are never added up.
                if (!currency.isEmpty())
                    query->group = {currency};
                auto rows = reader.select(*query);
                return rows ? std::any(std::move(*rows)) : std::any();
            },
            [self, paths, currency, entity](std::any answer) {
                const auto *rows = std::any_cast<Rows>(&answer);
                if (!self || !rows)
                    return;
                self->m_sums.clear();
                const size_t first = currency.isEmpty() ? 0 : 1;
                qint64 count = 0;
                for (const auto &row : rows->rows)
                    count += row[first].toInteger();
                self->m_sums[QString()] = tr("%Ln record(s)", nullptr, int(count));
                for (qsizetype i = 0; i < paths.size(); ++i) {
                    const Field *field =
                        labels::fieldAt(self->m_context.workspace.reader().catalog(), *entity, paths[i]);
                    if (!field)
                        continue;
                    const size_t column = first + 1 + size_t(i);
                    QStringList parts;
                    qint64 plain = 0;
                    for (const auto &row : rows->rows) {
                        if (row[column].isNull())
                            continue;
                        plain += row[column].toInteger();
                        QString code = first ? row[0].toText() : QString();
                        if (first && row[0].isId()) {
                            const Field *link = entity->field(currency);
                            const Entity *target =
                                link ? self->m_context.workspace.reader().catalog().entity(link->to) : nullptr;
                            if (target)
                                code = self->m_context.workspace.reader().title(*target, row[0].toId());
                        }
                        parts << formatting::value(*entity, *field, row[column], {}, code);
                    }
                    if (field->type == FieldType::Money)
                        self->m_sums[paths[i]] = parts.join(QStringLiteral(" + "));
                    else
                        self->m_sums[paths[i]] = formatting::value(*entity, *field, Value(plain));
                }
                self->setToolTip(self->m_sums.value(QString()));
                self->setAccessibleDescription(self->m_sums.values().join(QStringLiteral("; ")));
                self->update();
            });
    });
    connect(model, &RecordListModel::counted, this, &TotalsBar::recompute);
    connect(model, &QAbstractItemModel::modelReset, this, &TotalsBar::recompute);
    connect(view->horizontalHeader(), &QHeaderView::sectionResized, this, qOverload<>(&QWidget::update));
    connect(view->horizontalHeader(), &QHeaderView::sectionMoved, this, qOverload<>(&QWidget::update));
    connect(view->horizontalScrollBar(), &QScrollBar::valueChanged, this, qOverload<>(&QWidget::update));
    setAccessibleName(tr("Totals"));
}

void TotalsBar::recompute()
{
    m_timer->start();
}

QSize TotalsBar::sizeHint() const
{
    return {100, style::rowHeight(font())};
}

void TotalsBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), style::colors().header);
    painter.setPen(style::colors().line);
    painter.drawLine(rect().topLeft(), rect().topRight());
    QFont strong = font();
    strong.setWeight(QFont::DemiBold);
    painter.setFont(strong);
    painter.setPen(palette().color(QPalette::WindowText));
    const QHeaderView *header = m_view->horizontalHeader();
    const int shift = header->x();
    const QStringList columns = m_model->columns();
    int taken = 0;
    const QString count = m_sums.value(QString());
    for (int i = 0; i < columns.size(); ++i) {
        const QString text = m_sums.value(columns[i]);
        if (text.isEmpty() || header->isSectionHidden(i))
            continue;
        const QRect cell(shift + header->sectionViewportPosition(i), 0, header->sectionSize(i), height());
        painter.drawText(cell.adjusted(style::gap, 0, -style::gap, 0), int(Qt::AlignRight | Qt::AlignVCenter),
                         painter.fontMetrics().elidedText(text, Qt::ElideLeft, cell.width() - 2 * style::gap));
        taken = taken ? qMin(taken, cell.left()) : cell.left();
    }
    const int room = taken > 0 ? taken : width();
    painter.drawText(QRect(style::gap, 0, qMax(room - style::gap, 60), height()), int(Qt::AlignLeft | Qt::AlignVCenter),
                     painter.fontMetrics().elidedText(count, Qt::ElideRight, qMax(room - style::gap, 60)));
}

GroupPanel::GroupPanel(const ViewContext &context, RecordListModel *model, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_model(model)
    , m_paths(new QComboBox(this))
    , m_tree(new QTreeWidget(this))
    , m_slot(nextSlot("groups-"))
    , m_timer(new QTimer(this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, style::gap, 0);
    layout->setSpacing(style::smallGap);
    layout->addWidget(m_paths);
    layout->addWidget(m_tree, 1);
    m_tree->setRootIsDecorated(false);
    m_tree->setUniformRowHeights(true);
    m_tree->setColumnCount(2);
    m_tree->setHeaderHidden(true);
    m_tree->header()->setStretchLastSection(false);
    m_tree->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_tree->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    m_timer->setSingleShot(true);
    m_timer->setInterval(40);
    fillPaths();
    connect(m_paths, &QComboBox::currentIndexChanged, this, [this] {
        if (!m_filter.isEmpty()) {
            m_filter.clear();
            Q_EMIT chosen(m_filter);
        }
        recompute();
    });
    connect(m_tree, &QTreeWidget::currentItemChanged, this, [this](QTreeWidgetItem *item) {
        if (!item)
            return;
        const QString filter = item->data(0, Qt::UserRole).toString();
        if (filter != m_filter) {
            m_filter = filter;
            Q_EMIT chosen(m_filter);
        }
    });
    connect(m_model, &RecordListModel::counted, this, &GroupPanel::recompute);
    connect(m_timer, &QTimer::timeout, this, [this] {
        const QString field = path();
        if (field.isEmpty() || !isVisibleTo(parentWidget()))
            return;
        Query base = m_model->query();
        // Counts are those of the list without the chosen group.
        const QString own = m_filter.isEmpty() ? QString() : QStringLiteral("(%1)").arg(m_filter);
        if (!own.isEmpty() && base.filterText.endsWith(QStringLiteral(" and ") + own))
            base.filterText.chop(own.size() + 5);
        else if (base.filterText == m_filter)
            base.filterText.clear();
        const QString words = m_model->words();
        const QPointer<GroupPanel> self(this);
        m_context.workspace.inBackground(
            m_slot,
            [base, words, field](RecordReader &reader) -> std::any {
                auto query = RecordListModel::narrowed(reader, base, words);
                if (!query)
                    return {};
                query->sort.clear();
                query->group = {field};
                query->aggregates = {Aggregate{Aggregate::Kind::Count, {}}};
                auto rows = reader.select(*query);
                return rows ? std::any(std::move(*rows)) : std::any();
            },
            [self, field](std::any answer) {
                const auto *rows = std::any_cast<Rows>(&answer);
                if (!self || !rows || self->path() != field)
                    return;
                const Entity &entity = self->m_model->entity();
                const Field *of = entity.field(field);
                if (!of)
                    return;
                const QSignalBlocker blocker(self->m_tree);
                self->m_tree->clear();
                auto *all = new QTreeWidgetItem(self->m_tree, {tr("All")});
                qint64 total = 0;
                QTreeWidgetItem *current = all;
                const Entity *target = self->m_context.workspace.reader().catalog().entity(labels::targetOf(*of));
                for (const auto &row : rows->rows) {
                    QString title;
                    if (row[0].isId() && target)
                        title = self->m_context.workspace.reader().title(*target, row[0].toId());
                    QString text = formatting::value(entity, *of, row[0], title);
                    if (text.isEmpty())
                        text = tr("(empty)");
                    total += row[1].toInteger();
                    auto *item = new QTreeWidgetItem(self->m_tree, {text, QLocale().toString(row[1].toInteger())});
                    item->setTextAlignment(1, Qt::AlignRight | Qt::AlignVCenter);
                    const QString filter = FilterBar::condition(entity, field, text, *of, row[0], text).first;
                    item->setData(0, Qt::UserRole, filter);
                    if (filter == self->m_filter)
                        current = item;
                }
                all->setText(1, QLocale().toString(total));
                all->setTextAlignment(1, Qt::AlignRight | Qt::AlignVCenter);
                self->m_tree->setCurrentItem(current);
            });
    });
    hide();
}

void GroupPanel::fillPaths()
{
    const QString now = path();
    const QSignalBlocker blocker(m_paths);
    m_paths->clear();
    const Entity &entity = m_model->entity();
    for (const Field &field : entity.fields) {
        if (field.isReference() || field.type == FieldType::Enum || field.type == FieldType::State ||
            field.type == FieldType::Bool || field.type == FieldType::Date)
            m_paths->addItem(tr("By %1").arg(labels::field(entity, field)), field.name);
    }
    m_paths->setCurrentIndex(qMax(0, m_paths->findData(now)));
    m_paths->setAccessibleName(tr("Group by"));
    m_tree->setAccessibleName(tr("Groups"));
}

QString GroupPanel::path() const
{
    return m_paths->currentData().toString();
}

void GroupPanel::setPath(const QString &path)
{
    m_paths->setCurrentIndex(qMax(0, m_paths->findData(path)));
}

void GroupPanel::recompute()
{
    m_timer->start();
}

void GroupPanel::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange) {
        fillPaths();
        recompute();
    }
    QWidget::changeEvent(event);
}

} // namespace tz
