// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "figurescard.h"

#include "core/logic/reports.h"
#include "workbench/records/formatting.h"
#include "workbench/records/labels.h"

#include <QCoreApplication>
#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QPointer>

namespace tz::pipeline {

using namespace Qt::StringLiterals;

namespace {

constexpr int restMs = 400;
constexpr int tilesPerRow = 3;
constexpr double figureScale = 1.6;

Value cell(const ReportResult &result, const QString &name)
{
    if (result.tables.isEmpty() || result.tables.front().rows.empty())
        return {};
    const ReportTable &table = result.tables.front();
    for (qsizetype i = 0; i < table.columns.size(); ++i) {
        if (table.columns[i].name == name)
            return table.rows.front()[size_t(i)];
    }
    return {};
}

/// "¥7.31M": what a nought shows before its first digit is the sign of the company's currency.
QString compactMoney(qint64 value)
{
    const QString nought = formatting::money(0);
    return nought.left(nought.indexOf(QLocale().zeroDigit())) + formatting::compact(value, 4);
}

QString shown(const Value &value, bool percent)
{
    if (value.isNull())
        return u"–"_s;
    return percent ? formatting::percent(value.toInteger()) : compactMoney(value.toInteger());
}

} // namespace

FiguresCard::FiguresCard(const ViewContext &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
{
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    for (const char *caption :
         {QT_TRANSLATE_NOOP("pipeline.figures", "Won"), QT_TRANSLATE_NOOP("pipeline.figures", "Expected"),
          QT_TRANSLATE_NOOP("pipeline.figures", "Target"), QT_TRANSLATE_NOOP("pipeline.figures", "Attained"),
          QT_TRANSLATE_NOOP("pipeline.figures", "Win rate, twelve months"),
          QT_TRANSLATE_NOOP("pipeline.figures", "Open")}) {
        auto *figure = new QLabel(this);
        QFont font = figure->font();
        font.setPointSizeF(font.pointSizeF() * figureScale);
        font.setWeight(QFont::DemiBold);
        figure->setFont(font);
        auto *label = new QLabel(this);
        label->setObjectName(u"mutedText"_s);
        const int at = int(m_tiles.size());
        grid->addWidget(figure, at / tilesPerRow * 2, at % tilesPerRow);
        grid->addWidget(label, at / tilesPerRow * 2 + 1, at % tilesPerRow);
        m_tiles.append({caption, figure, label});
    }
    grid->setRowStretch(grid->rowCount(), 1);
    m_timer.setSingleShot(true);
    m_timer.setInterval(restMs);
    connect(&m_timer, &QTimer::timeout, this, &FiguresCard::run);
    connect(&context.workspace, &Workspace::changed, this, [this](const QString &entity) {
        if (entity.startsWith(QLatin1String("pipeline.")))
            m_timer.start();
    });
    retranslate();
    run();
}

void FiguresCard::run()
{
    const Workspace &workspace = m_context.workspace;
    const Contributions *contributions = &workspace.contributions();
    const QPointer<FiguresCard> self(this);
    m_context.workspace.inBackground(
        u"card.pipeline.figures"_s,
        [contributions, actor = workspace.actor(), nowMs = workspace.clock().nowMs(),
         offset = labels::utcOffsetSeconds()](RecordReader &reader) -> std::any {
            Figures figures;
            const auto month = runReport(u"pipeline.forecast"_s, *contributions,
                                         ReportContext{reader, actor, nowMs, offset, {{u"months"_s, Value(1)}}});
            if (month) {
                figures.won = cell(*month, u"won"_s);
                figures.expected = cell(*month, u"expected"_s);
                figures.target = cell(*month, u"target"_s);
                figures.attainment = cell(*month, u"attainment"_s);
            }
            const QDate day = QDateTime::fromMSecsSinceEpoch(nowMs + qint64(offset) * 1000, Qt::UTC).date();
            const auto year = runReport(
                u"pipeline.summary"_s, *contributions,
                ReportContext{reader, actor, nowMs, offset, {{u"from"_s, Value::fromDate(day.addMonths(-12))}}});
            if (year) {
                figures.winRate = cell(*year, u"win_rate"_s);
                figures.open = cell(*year, u"open_amount"_s);
            }
            return figures;
        },
        [self](std::any answer) {
            const auto *figures = std::any_cast<Figures>(&answer);
            if (self && figures)
                self->show(*figures);
        });
}

void FiguresCard::show(const Figures &figures)
{
    m_figures = figures;
    const std::pair<Value, bool> cells[]{{figures.won, false},       {figures.expected, false}, {figures.target, false},
                                         {figures.attainment, true}, {figures.winRate, true},   {figures.open, false}};
    for (qsizetype i = 0; i < m_tiles.size(); ++i) {
        m_tiles[i].figure->setText(shown(cells[i].first, cells[i].second));
        m_tiles[i].figure->setAccessibleName(m_tiles[i].label->text());
    }
}

void FiguresCard::retranslate()
{
    for (const Tile &tile : std::as_const(m_tiles))
        tile.label->setText(QCoreApplication::translate("pipeline.figures", tile.caption));
    show(m_figures);
}

void FiguresCard::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

} // namespace tz::pipeline
