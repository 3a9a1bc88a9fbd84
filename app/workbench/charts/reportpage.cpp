// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "workbench/charts/reportpage.h"

#include "core/logic/reports.h"
#include "workbench/charts/chartview.h"
#include "workbench/dialogs/dialogs.h"
#include "workbench/icons.h"
#include "workbench/records/fieldeditors.h"
#include "workbench/records/flowlayout.h"
#include "workbench/records/labels.h"
#include "workbench/style.h"

#include <QClipboard>
#include <QEvent>
#include <QPointer>
#include <QSaveFile>
#include <QScrollArea>

namespace tz {

ReportPage::ReportPage(const ViewContext &context, const ReportSpec &report, const QHash<QString, Value> &parameters,
                       QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_catalog(context.workspace.catalog())
    , m_report(report)
    , m_parameterEntity(std::make_unique<Entity>())
{
    static quint64 number = 0;
    m_slot = QStringLiteral("report-%1").arg(++number);
    // The parameters are the fields of a record that is never stored, so that the usual editors serve them.
    m_parameterEntity->fullName = m_report.fullName;
    for (const ReportSpec::Parameter &parameter : m_report.parameters) {
        Field field;
        field.name = parameter.name;
        field.label = parameter.label;
        field.type = parameter.type;
        field.to = parameter.to;
        m_parameterEntity->fields.push_back(field);
    }
    m_parameterEntity->seal();

    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(style::gap, style::gap, style::gap, style::gap);
    rows->setSpacing(style::gap);
    auto *top = new QWidget(this);
    auto *flow = new FlowLayout(top, style::gap);
    for (const Field &field : m_parameterEntity->fields) {
        auto *holder = new QWidget(top);
        auto *line = new QVBoxLayout(holder);
        line->setContentsMargins(0, 0, 0, 0);
        line->setSpacing(2);
        auto *label = new QLabel(holder);
        m_labels << label;
        style::setTone(*label, style::Tone::Muted);
        FieldEditor *editor = FieldEditor::make(m_context, *m_parameterEntity, field, holder);
        editor->setFixedWidth(180);
        editor->setValue(parameters.value(field.name));
        label->setBuddy(editor);
        line->addWidget(label);
        line->addWidget(editor);
        connect(editor, &FieldEditor::committed, this, &ReportPage::runNow);
        flow->addWidget(holder);
        m_editors << editor;
    }
    const auto button = [this, top, flow](const QString &name) {
        auto *one = new QPushButton(icon(name), QString(), top);
        flow->addWidget(one);
        m_buttons << one;
        return one;
    };
    connect(button(QStringLiteral("refresh-cw")), &QPushButton::clicked, this, &ReportPage::runNow);
    connect(button(QStringLiteral("copy")), &QPushButton::clicked, this, &ReportPage::copy);
    connect(button(QStringLiteral("download")), &QPushButton::clicked, this, &ReportPage::exportCsv);
    rows->addWidget(top);
    if (!m_report.help.isEmpty()) {
        m_help = new QLabel(this);
        m_help->setWordWrap(true);
        style::setTone(*m_help, style::Tone::Muted);
        rows->addWidget(m_help);
    }
    m_message = new QLabel(tr("Computing…"), this);
    m_message->setWordWrap(true);
    rows->addWidget(m_message);
    auto *area = new QScrollArea(this);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    m_results = new QWidget(area);
    m_resultLayout = new QVBoxLayout(m_results);
    m_resultLayout->setContentsMargins(0, 0, 0, 0);
    area->setWidget(m_results);
    rows->addWidget(area, 1);
    m_timer = new QTimer(this);
    m_timer->setSingleShot(true);
    m_timer->setInterval(300);
    connect(m_timer, &QTimer::timeout, this, &ReportPage::runNow);
    connect(&m_context.workspace, &Workspace::changed, this, [this] {
        if (isVisible())
            m_timer->start();
    });
    retranslate();
    runNow();
}

ReportPage::~ReportPage() = default;

void ReportPage::retranslate()
{
    for (qsizetype i = 0; i < m_labels.size(); ++i)
        m_labels[i]->setText(labels::text(m_report.fullName, m_editors[i]->field().label, "parameter"));
    const QStringList texts{tr("Refresh"), tr("Copy"), tr("Export as CSV…")};
    for (qsizetype i = 0; i < m_buttons.size(); ++i)
        m_buttons[i]->setText(texts[i]);
    if (m_help)
        m_help->setText(labels::text(m_report.fullName, m_report.help, "help"));
}

void ReportPage::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        // Captions and the names in the figures are made when the report runs.
        m_timer->start();
    }
    QWidget::changeEvent(event);
}

void ReportPage::runNow()
{
    ReportSpec spec = m_report;
    QHash<QString, Value> parameters;
    for (const FieldEditor *editor : std::as_const(m_editors)) {
        if (const auto value = editor->value(); value && !value->isNull())
            parameters.insert(editor->field().name, *value);
    }
    const Actor actor = m_context.workspace.actor();
    const Contributions *contributions = &m_context.workspace.contributions();
    const qint64 nowMs = m_context.workspace.clock().nowMs();
    const int offset = labels::utcOffsetSeconds();
    const QPointer<ReportPage> self(this);
    m_context.workspace.inBackground(
        m_slot,
        [spec, parameters, actor, contributions, nowMs, offset](RecordReader &reader) -> std::any {
            return runReport(spec, *contributions, ReportContext{reader, actor, nowMs, offset, parameters});
        },
        [self](std::any answer) {
            const auto *result = std::any_cast<Result<ReportResult>>(&answer);
            if (self && result)
                self->receive(*result);
        });
}

void ReportPage::receive(const Result<ReportResult> &result)
{
    m_message->setVisible(!result);
    if (!result) {
        m_message->setText(labels::error(result.error()));
        Q_EMIT finished(false);
        return;
    }
    m_result = *result;
    // Charts are kept when the tables are the same, so that a refresh does not flicker.
    while (m_charts.size() > m_result.tables.size())
        delete m_charts.takeLast();
    bool any = false;
    for (qsizetype i = 0; i < m_result.tables.size(); ++i) {
        if (i >= m_charts.size()) {
            auto *chart = new ChartView(m_context, m_results);
            m_resultLayout->addWidget(chart, 1);
            m_charts << chart;
        }
        QString caption = labels::text(m_report.fullName, m_report.label, "report");
        if (caption == m_report.label)
            caption = labels::text(m_report.fullName, m_report.label, "entity");
        m_charts[i]->setTable(m_result.tables[i], caption, m_report.fullName);
        any = any || !m_result.tables[i].rows.empty();
    }
    if (!any) {
        m_message->setText(tr("There is nothing to show for this choice yet."));
        m_message->show();
    }
    Q_EMIT finished(true);
}

QString ReportPage::text(QChar separator) const
{
    QStringList parts;
    for (const ChartView *chart : m_charts)
        parts << chart->asText(separator);
    return parts.join(QLatin1Char('\n'));
}

void ReportPage::copy()
{
    QApplication::clipboard()->setText(text(QLatin1Char('\t')));
    m_context.navigator.toast(tr("Copied"));
}

void ReportPage::exportCsv()
{
    const QString path = dialogs::saveFileName(this, tr("Export as CSV"),
                                               labels::text(m_report.fullName, m_report.label) + QStringLiteral(".csv"),
                                               tr("CSV files (*.csv)"));
    if (path.isEmpty())
        return;
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write("\xef\xbb\xbf" + text(QLatin1Char(',')).toUtf8()) < 0 ||
        !file.commit()) {
        m_context.navigator.showError(Error("file.cannot_write", {{QStringLiteral("path"), path}}));
        return;
    }
    m_context.navigator.toast(tr("Written to %1").arg(path));
}

} // namespace tz
