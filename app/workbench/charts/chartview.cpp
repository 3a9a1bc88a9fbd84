// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "workbench/charts/chartview.h"

#include "core/base/decimal.h"
#include "core/base/latelibrary.h"
#include "workbench/charts/barpainter.h"
#include "workbench/charts/chartdrawing.h"
#include "workbench/records/formatting.h"
#include "workbench/records/labels.h"
#include "workbench/style.h"

#include <QEvent>
#include <QHeaderView>
#include <QSplitter>
#include <QStandardItemModel>
#include <QTableView>

namespace tz {

namespace {

double numberOf(const ReportTable &table, int row, int column)
{
    const Value &value = table.rows[size_t(row)][size_t(column)];
    return double(value.toInteger()) / double(decimal::powerOfTen(table.columns[column].scale));
}

} // namespace

ChartView::ChartView(const ViewContext &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_splitter(new QSplitter(Qt::Horizontal, this))
    , m_figures(new QTableView(this))
    , m_model(new QStandardItemModel(this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_splitter);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(m_figures);
    m_figures->setModel(m_model);
    m_figures->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_figures->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_figures->setShowGrid(false);
    m_figures->setTabKeyNavigation(false);
    m_figures->verticalHeader()->hide();
    m_figures->horizontalHeader()->setHighlightSections(false);
    m_figures->horizontalHeader()->setStretchLastSection(true);
    m_figures->setMinimumWidth(200);
    connect(m_figures, &QTableView::activated, this, [this](const QModelIndex &index) { drill(index.row()); });
}

ChartView::~ChartView() = default;

void ChartView::setTable(const ReportTable &table, const QString &caption, const QString &translationContext)
{
    m_table = table;
    m_caption = caption;
    m_translationContext = translationContext;
    rebuild();
}

void ChartView::setTableVisible(bool visible)
{
    m_figures->setVisible(visible);
}

void ChartView::drill(int row)
{
    if (row < 0 || row >= int(m_table.rows.size()))
        return;
    Q_EMIT drilled(row);
    const QString filter = m_table.drillFilters.value(row);
    if (!m_table.drillEntity.isEmpty() && row < m_table.drillFilters.size())
        m_context.navigator.openList(m_table.drillEntity, filter,
                                     QStringLiteral("%1: %2").arg(m_caption, cellText(row, 0)));
}

QString ChartView::headerText(int column) const
{
    const ReportTable::Column &of = m_table.columns[column];
    const QString source = of.label.isEmpty() ? of.name : of.label;
    const QString text = labels::text(m_translationContext, source);
    if (text != source)
        return text;
    // A declared query takes the labels of the entity's fields.
    const CatalogPtr catalog = m_context.workspace.catalog();
    const Entity *entity = catalog->entity(m_table.drillEntity);
    const QString path = of.name.section(QLatin1Char(':'), 0, 0);
    if (entity && labels::fieldAt(*catalog, *entity, path))
        return labels::path(*catalog, *entity, path);
    return text;
}

QString ChartView::cellText(int row, int column) const
{
    const ReportTable::Column &of = m_table.columns[column];
    const Value &value = m_table.rows[size_t(row)][size_t(column)];
    const CatalogPtr catalog = m_context.workspace.catalog();
    if (value.isId()) {
        const Entity *target = catalog->entity(of.entity);
        if (!target && of.type == FieldType::User)
            target = catalog->entity(u"foundation.user");
        if (!target && of.type == FieldType::Team)
            target = catalog->entity(u"foundation.team");
        return target ? m_context.workspace.reader().title(*target, value.toId()) : QString();
    }
    // A column that names its entity says whose states it shows; others go by the records behind the table.
    const Entity *entity = catalog->entity(of.entity.isEmpty() ? m_table.drillEntity : of.entity);
    const QString path = of.name.section(QLatin1Char(':'), 0, 0);
    const Field *field = entity ? labels::fieldAt(*catalog, *entity, path) : nullptr;
    if (value.isText() && field && (field->type == FieldType::Enum || field->type == FieldType::State))
        return labels::choice(catalog->ownerOf(*field), *field, value.toText());
    const QString grain = of.name == QLatin1String("month") ? of.name : of.name.section(QLatin1Char(':'), 1);
    if (of.type == FieldType::Date && !grain.isEmpty() && !value.isNull()) {
        const QDate date = value.toDate();
        if (grain == QLatin1String("year"))
            return date.toString(QStringLiteral("yyyy"));
        if (grain == QLatin1String("quarter"))
            return tr("%1 Q%2", "year and quarter").arg(date.year()).arg((date.month() + 2) / 3);
        if (grain == QLatin1String("month"))
            return date.toString(QStringLiteral("yy-MM"));
    }
    if (value.isText() && of.type == FieldType::Text)
        return labels::text(m_translationContext, value.toText());
    Field plain;
    plain.type = of.type;
    plain.scale = of.scale;
    static const Entity none;
    return formatting::value(none, plain, value);
}

QString ChartView::asText(QChar separator) const
{
    const auto cell = [separator](QString text) {
        if (text.contains(separator) || text.contains(QLatin1Char('"')) || text.contains(QLatin1Char('\n'))) {
            text.replace(QLatin1Char('"'), QLatin1String("\"\""));
            text = QLatin1Char('"') + text + QLatin1Char('"');
        }
        return text;
    };
    QStringList lines;
    QStringList heads;
    for (int column = 0; column < m_table.columns.size(); ++column)
        heads << cell(headerText(column));
    lines << heads.join(separator);
    for (int row = 0; row < int(m_table.rows.size()); ++row) {
        QStringList cells;
        for (int column = 0; column < m_table.columns.size(); ++column) {
            const ReportTable::Column &of = m_table.columns[column];
            const Value &value = m_table.rows[size_t(row)][size_t(column)];
            const bool figure = value.isInteger() && of.type != FieldType::Date && of.type != FieldType::DateTime &&
                                of.type != FieldType::Bool && of.type != FieldType::Duration;
            cells << cell(figure ? decimal::toText(value.toInteger(), of.scale) : cellText(row, column));
        }
        lines << cells.join(separator);
    }
    return lines.join(QLatin1Char('\n')) + QLatin1Char('\n');
}

void ChartView::rebuild()
{
    m_model->clear();
    QStringList heads;
    for (int column = 0; column < m_table.columns.size(); ++column)
        heads << headerText(column);
    m_model->setHorizontalHeaderLabels(heads);
    for (int row = 0; row < int(m_table.rows.size()); ++row) {
        QList<QStandardItem *> items;
        for (int column = 0; column < m_table.columns.size(); ++column) {
            auto *item = new QStandardItem(cellText(row, column));
            const FieldType type = m_table.columns[column].type;
            const bool right = type == FieldType::Integer || type == FieldType::Decimal || type == FieldType::Money ||
                               type == FieldType::Percent || type == FieldType::Duration;
            item->setTextAlignment((right ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
            items << item;
        }
        m_model->appendRow(items);
    }
    for (int column = 0; column < m_table.columns.size(); ++column) {
        if (QStandardItem *head = m_model->horizontalHeaderItem(column); head && m_model->rowCount())
            head->setTextAlignment(m_model->item(0, column)->textAlignment());
    }
    m_figures->setAccessibleName(tr("Figures of %1").arg(m_caption));
    m_figures->verticalHeader()->setDefaultSectionSize(style::rowHeight(font()));
    m_figures->resizeColumnsToContents();
    if (m_model->rowCount())
        m_figures->setCurrentIndex(m_model->index(0, 0));
    delete m_chart;
    m_chart = m_table.chart.isEmpty() || m_table.rows.empty() ? nullptr : makeChart();
    if (m_chart) {
        // A chart tells a screen reader nothing: it gets a name, and the figures stand beside it.
        m_chart->setAccessibleName(m_caption);
        m_chart->setAccessibleDescription(tr("A chart; its figures are in the table beside it."));
        m_chart->setMinimumSize(280, 220);
        m_splitter->insertWidget(0, m_chart);
        m_splitter->setStretchFactor(0, 3);
        m_splitter->setStretchFactor(1, 2);
    }
}

QWidget *ChartView::makeChart()
{
    int category = 0;
    QList<int> series;
    for (int i = 0; i < m_table.columns.size(); ++i) {
        const ReportTable::Column &column = m_table.columns[i];
        if (column.name == m_table.chartCategory)
            category = i;
        if (m_table.chartSeries.contains(column.name))
            series << i;
    }
    // Without a hint, the first column names and the first figure counts.
    for (int i = 0; series.isEmpty() && i < m_table.columns.size(); ++i) {
        const FieldType type = m_table.columns[i].type;
        if (i != category && (type == FieldType::Integer || type == FieldType::Decimal || type == FieldType::Money ||
                              type == FieldType::Percent))
            series << i;
    }
    if (series.isEmpty())
        return nullptr;
    const QString kind = m_table.chart;
    if (kind == QLatin1String("pie"))
        return makePie(series.first(), category);
    int longest = 0;
    for (int row = 0; row < int(m_table.rows.size()); ++row)
        longest = qMax(longest, int(cellText(row, category).size()));
    // Upright labels that would be cut become rows.
    const bool crowded = kind == QLatin1String("bar") && series.size() == 1 &&
                         (longest * int(m_table.rows.size()) > 70 || m_table.rows.size() > 14);
    if (kind == QLatin1String("funnel") || crowded) {
        QList<BarPainter::Bar> bars;
        for (int row = 0; row < int(m_table.rows.size()) && row < 200; ++row)
            bars << BarPainter::Bar{cellText(row, category), cellText(row, series.first()),
                                    numberOf(m_table, row, series.first())};
        auto *painter = new BarPainter(bars, kind == QLatin1String("funnel"), this);
        connect(painter, &BarPainter::clicked, this, &ChartView::drill);
        return painter;
    }
    return makeAxes(series, category);
}

QWidget *ChartView::draw(ChartDrawing drawing)
{
    // On a card the caption stands above already, and there is less room.
    drawing.onCard = m_figures->isHidden();
    if (!drawing.onCard)
        drawing.title = m_caption;
    drawing.clicked = [this](int row) { drill(row); };
    static const auto make = reinterpret_cast<QWidget *(*)(const ChartDrawing &, QWidget *)>(
        lateFunction("tongzhou_charts", "tongzhou_make_chart"));
    return make(drawing, this);
}

QWidget *ChartView::makePie(int value, int category)
{
    ChartDrawing drawing;
    drawing.kind = QStringLiteral("pie");
    ChartDrawing::Series slices;
    for (int row = 0; row < int(m_table.rows.size()); ++row) {
        drawing.categories << cellText(row, category);
        slices.values << qMax(0.0, numberOf(m_table, row, value));
    }
    drawing.series << slices;
    return draw(std::move(drawing));
}

QWidget *ChartView::makeAxes(const QList<int> &series, int category)
{
    ChartDrawing drawing;
    drawing.kind = m_table.chart;
    const int count = int(m_table.rows.size());
    for (int row = 0; row < count; ++row) {
        QString name = cellText(row, category);
        if (name.isEmpty())
            name = tr("(empty)");
        while (drawing.categories.contains(name))
            name += QChar(0x200b);
        drawing.categories << name;
    }
    for (const int column : series) {
        ChartDrawing::Series one;
        one.name = headerText(column);
        one.line = m_table.columns[column].name == m_table.chartLine;
        for (int row = 0; row < count; ++row)
            one.values << numberOf(m_table, row, column);
        drawing.series << one;
    }
    return draw(std::move(drawing));
}

void ChartView::changeEvent(QEvent *event)
{
    if ((event->type() == QEvent::LanguageChange || event->type() == QEvent::PaletteChange) &&
        !m_table.columns.isEmpty())
        QTimer::singleShot(0, this, &ChartView::rebuild);
    QWidget::changeEvent(event);
}

} // namespace tz
