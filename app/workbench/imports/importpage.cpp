// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "workbench/imports/importpage.h"

#include "core/logic/csvreader.h"
#include "core/logic/import.h"
#include "workbench/dialogs/dialogs.h"
#include "workbench/icons.h"
#include "workbench/imports/importtables.h"
#include "workbench/records/labels.h"
#include "workbench/style.h"

#include <QDragEnterEvent>
#include <QFile>
#include <QFileInfo>
#include <QFormLayout>
#include <QHeaderView>
#include <QMimeData>
#include <QPointer>
#include <QProgressBar>
#include <QSaveFile>
#include <QTableWidget>

#include <atomic>

namespace tz {

namespace {

/// Problems shown; the file of failed rows has them all.
constexpr int problemsShown = 1000;

} // namespace

struct ImportPage::Private {
    Private(const ViewContext &viewContext, const Entity &of)
        : context(viewContext)
        , catalog(viewContext.workspace.catalog())
        , entity(&of)
    {
    }
    ViewContext context;
    CatalogPtr catalog;
    const Entity *entity;
    QString path;
    ImportReport report;
    bool hasReport = false;
    bool filling = false;
    bool running = false;
    /// Something was chosen while a rehearsal ran: it is run once more.
    bool again = false;
    bool rehearsing = false;
    /// What the last step did, in the language that is shown.
    std::function<QString()> summary;
    Id group;
    std::shared_ptr<std::atomic<bool>> stop;

    QLabel *title = nullptr, *hint = nullptr, *file = nullptr, *result = nullptr;
    /// The labels above the choices, in their order.
    QList<std::pair<QLabel *, QComboBox *>> choices;
    QPushButton *choose = nullptr, *rehearse = nullptr, *start = nullptr, *cancel = nullptr, *undo = nullptr,
                *failed = nullptr;
    QComboBox *encoding = nullptr, *separator = nullptr, *existing = nullptr, *dates = nullptr;
    ImportMapping *mapping = nullptr;
    ImportMissing *missing = nullptr;
    QTableWidget *problems = nullptr;
    QProgressBar *progress = nullptr;

    ImportOptions options(bool dryRun) const
    {
        ImportOptions options;
        options.entity = entity->fullName;
        options.name = QFileInfo(path).fileName();
        options.encoding = encoding->currentData().toString();
        const QString mark = separator->currentData().toString();
        options.separator = mark.isEmpty() ? QChar() : mark.at(0);
        options.dateFormat = dates->currentData().toString();
        options.existing =
            existing->currentData().toBool() ? ImportOptions::Existing::Update : ImportOptions::Existing::Skip;
        options.dryRun = dryRun;
        options.map = mapping->chosen();
        options.aliases = missing->aliases();
        options.createMissingLinks = missing->created();
        options.fieldNames = [](const Entity &of, const Field &field) { return QStringList{labels::field(of, field)}; };
        options.choiceNames = [](const Entity &of, const Field &field, const Choice &choice) {
            return QStringList{labels::choice(of, field, choice.name)};
        };
        return options;
    }

    void say(std::function<QString()> text, style::Tone tone)
    {
        summary = std::move(text);
        result->setText(summary());
        style::setTone(*result, tone);
    }

    void enable()
    {
        const bool ready = !path.isEmpty() && !running;
        rehearse->setEnabled(ready);
        start->setEnabled(ready && hasReport && report.rows > 0);
        choose->setEnabled(!running);
        cancel->setVisible(running);
        progress->setVisible(running);
        undo->setVisible(!group.isNull() && !running);
        failed->setVisible(hasReport && !report.refused.empty() && !running);
    }
};

ImportPage::ImportPage(const ViewContext &context, const Entity &entity, QWidget *parent)
    : QWidget(parent)
    , d(std::make_unique<Private>(context, entity))
{
    setAcceptDrops(true);
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(style::largeGap, style::largeGap, style::largeGap, style::gap);
    rows->setSpacing(style::gap);
    d->title = new QLabel(this);
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.4);
    large.setWeight(QFont::DemiBold);
    d->title->setFont(large);
    rows->addWidget(d->title);
    d->hint = new QLabel(this);
    d->hint->setWordWrap(true);
    style::setTone(*d->hint, style::Tone::Muted);
    rows->addWidget(d->hint);

    auto *top = new QHBoxLayout;
    d->choose = new QPushButton(icon(QStringLiteral("folder-open")), QString(), this);
    d->file = new QLabel(this);
    d->file->setTextFormat(Qt::PlainText);
    top->addWidget(d->choose);
    top->addWidget(d->file, 1);
    rows->addLayout(top);

    const auto box = [this](std::initializer_list<QVariant> values) {
        auto *one = new QComboBox(this);
        one->setSizeAdjustPolicy(QComboBox::AdjustToContents);
        for (const QVariant &value : values)
            one->addItem(QString(), value);
        connect(one, &QComboBox::activated, this, &ImportPage::rehearse);
        return one;
    };
    d->encoding = box({QString(), QStringLiteral("utf-8"), QStringLiteral("gb18030"), QStringLiteral("utf-16"),
                       QStringLiteral("latin1")});
    d->separator =
        box({QString(), QStringLiteral(","), QStringLiteral(";"), QStringLiteral("\t"), QStringLiteral("|")});
    d->dates = box({QString(), QStringLiteral("ymd"), QStringLiteral("dmy"), QStringLiteral("mdy")});
    d->existing = box({false, true});
    auto *settings = new QHBoxLayout;
    for (QComboBox *one : {d->encoding, d->separator, d->dates, d->existing}) {
        auto *column = new QVBoxLayout;
        auto *label = new QLabel(this);
        style::setTone(*label, style::Tone::Muted);
        label->setBuddy(one);
        column->addWidget(label);
        column->addWidget(one);
        settings->addLayout(column);
        d->choices.append({label, one});
    }
    settings->addStretch();
    rows->addLayout(settings);

    d->mapping = new ImportMapping(context, entity, this);
    rows->addWidget(d->mapping, 2);
    d->missing = new ImportMissing(context, entity, this);
    rows->addWidget(d->missing, 2);
    connect(d->mapping, &ImportMapping::changed, this, &ImportPage::rehearse);
    connect(d->missing, &ImportMissing::changed, this, &ImportPage::rehearse);

    auto *buttons = new QHBoxLayout;
    d->rehearse = new QPushButton(icon(QStringLiteral("flask-conical")), QString(), this);
    d->start = new QPushButton(icon(QStringLiteral("upload")), QString(), this);
    d->cancel = new QPushButton(this);
    d->undo = new QPushButton(icon(QStringLiteral("undo-2")), QString(), this);
    d->failed = new QPushButton(icon(QStringLiteral("download")), QString(), this);
    d->progress = new QProgressBar(this);
    for (QPushButton *button : {d->rehearse, d->start, d->cancel, d->undo, d->failed})
        buttons->addWidget(button);
    buttons->addWidget(d->progress, 1);
    buttons->addStretch();
    rows->addLayout(buttons);
    d->result = new QLabel(this);
    d->result->setWordWrap(true);
    d->result->setTextFormat(Qt::PlainText);
    rows->addWidget(d->result);
    d->problems = new QTableWidget(0, 4, this);
    d->problems->horizontalHeader()->setStretchLastSection(true);
    d->problems->verticalHeader()->hide();
    d->problems->setEditTriggers(QAbstractItemView::NoEditTriggers);
    d->problems->setTabKeyNavigation(false);
    d->problems->hide();
    rows->addWidget(d->problems, 3);
    connect(d->choose, &QPushButton::clicked, this, &ImportPage::chooseFile);
    connect(d->rehearse, &QPushButton::clicked, this, &ImportPage::rehearse);
    connect(d->start, &QPushButton::clicked, this, &ImportPage::start);
    connect(d->cancel, &QPushButton::clicked, this, &ImportPage::cancel);
    connect(d->undo, &QPushButton::clicked, this, &ImportPage::undo);
    connect(d->failed, &QPushButton::clicked, this, &ImportPage::saveFailedRows);
    retranslate();
    d->enable();
}

void ImportPage::retranslate()
{
    d->title->setText(tr("Import %1").arg(labels::plural(*d->entity)));
    d->hint->setText(tr("Drop a CSV file here or choose one. Nothing is written before you press “Import”, blank cells "
                        "never overwrite anything, and the whole import can be undone."));
    d->choose->setText(tr("Choose a file…"));
    d->file->setText(d->path.isEmpty() ? tr("No file yet") : QFileInfo(d->path).fileName());
    const QStringList names{tr("Encoding"), tr("Separator"), tr("Dates"), tr("Records that are here already")};
    const QList<QStringList> texts{
        {tr("Detected"), QStringLiteral("UTF-8"), QStringLiteral("GB18030 / GBK"), QStringLiteral("UTF-16"),
         QStringLiteral("Latin-1")},
        {tr("Detected"), tr("Comma"), tr("Semicolon"), tr("Tab"), QStringLiteral("|")},
        {tr("Detected"), tr("Year, month, day"), tr("Day, month, year"), tr("Month, day, year")},
        {tr("Leave them as they are"), tr("Update them")}};
    for (int i = 0; i < d->choices.size(); ++i) {
        const auto &[label, box] = d->choices[i];
        label->setText(names[i]);
        box->setAccessibleName(names[i]);
        for (int item = 0; item < box->count(); ++item)
            box->setItemText(item, texts[i][item]);
    }
    d->rehearse->setText(tr("Try it"));
    d->rehearse->setToolTip(tr("Check every row without writing anything"));
    d->start->setText(tr("Import"));
    d->cancel->setText(tr("Stop"));
    d->undo->setText(tr("Undo the whole import"));
    d->failed->setText(tr("Save the rows that were not taken…"));
    d->progress->setAccessibleName(tr("Progress"));
    d->problems->setHorizontalHeaderLabels({tr("Line"), tr("Column"), tr("Value"), tr("What is wrong")});
    d->problems->setAccessibleName(tr("Rows that were not taken"));
    d->mapping->retranslate();
    d->missing->retranslate();
    if (d->summary)
        d->result->setText(d->summary());
    if (d->hasReport && !d->running) {
        d->mapping->fill(d->report);
        d->missing->fill(d->report);
        showProblems();
    }
}

void ImportPage::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

ImportPage::~ImportPage()
{
    if (d->stop)
        *d->stop = true;
}

void ImportPage::dragEnterEvent(QDragEnterEvent *event)
{
    if (event->mimeData()->hasUrls() && event->mimeData()->urls().size() == 1 &&
        event->mimeData()->urls().first().isLocalFile())
        event->acceptProposedAction();
}

void ImportPage::dropEvent(QDropEvent *event)
{
    openFile(event->mimeData()->urls().first().toLocalFile());
}

void ImportPage::chooseFile()
{
    const QString path =
        dialogs::openFileName(this, tr("Choose a file"), tr("CSV files (*.csv *.txt *.tsv);;All files (*)"));
    if (!path.isEmpty())
        openFile(path);
}

void ImportPage::openFile(const QString &path)
{
    if (d->running)
        return;
    d->path = path;
    d->group = Id();
    d->hasReport = false;
    d->file->setText(QFileInfo(path).fileName());
    d->file->setToolTip(path);
    d->mapping->forget();
    d->missing->forget();
    rehearse();
}

namespace {

/// Runs on the data thread; progress comes back to the page while it lives.
void runImport(const ViewContext &context, ImportOptions options, const QString &path,
               const std::shared_ptr<std::atomic<bool>> &stop, QObject *page, QProgressBar *bar,
               std::function<void(Result<ImportReport>)> done)
{
    const QPointer<QProgressBar> progress(bar);
    options.progress = [stop, progress](qint64 rowsDone, qint64 total) {
        // The bar belongs to the GUI thread: it is only touched there.
        QMetaObject::invokeMethod(
            QCoreApplication::instance(),
            [progress, rowsDone, total] {
                if (progress) {
                    progress->setRange(0, int(qMax<qint64>(total, 1)));
                    progress->setValue(int(rowsDone));
                }
            },
            Qt::QueuedConnection);
        return !*stop;
    };
    const QPointer<QObject> self(page);
    context.workspace.onStore(
        [options, path](RecordStore &store, ReplicaState &) -> std::any { return importCsv(store, path, options); },
        [self, done](std::any answer) {
            auto *report = std::any_cast<Result<ImportReport>>(&answer);
            if (self && report)
                done(std::move(*report));
        });
}

} // namespace

void ImportPage::rehearse()
{
    if (d->path.isEmpty())
        return;
    if (d->running) {
        // A choice made meanwhile: this rehearsal says nothing any more. An import that runs is not touched.
        if (d->rehearsing) {
            d->again = true;
            *d->stop = true;
        }
        return;
    }
    d->running = true;
    d->rehearsing = true;
    d->stop = std::make_shared<std::atomic<bool>>(false);
    d->say([] { return tr("Reading and checking the file…"); }, style::Tone::Muted);
    d->enable();
    runImport(d->context, d->options(true), d->path, d->stop, this, d->progress, [this](Result<ImportReport> report) {
        d->running = false;
        d->rehearsing = false;
        if (std::exchange(d->again, false)) {
            rehearse();
            return;
        }
        d->hasReport = report.has_value();
        if (!report) {
            d->say([this, error = report.error()] { return labels::error(*d->entity, error); }, style::Tone::Danger);
            d->problems->hide();
            d->enable();
            Q_EMIT rehearsed();
            return;
        }
        d->report = std::move(*report);
        d->mapping->fill(d->report);
        d->missing->fill(d->report);
        d->say([this] { return rehearsalText(); },
               d->report.refused.empty() ? style::Tone::Success : style::Tone::Warning);
        showProblems();
        d->enable();
        Q_EMIT rehearsed();
    });
}

QString ImportPage::rehearsalText() const
{
    const ImportReport &report = d->report;
    const QString mark = report.separator == QLatin1Char('\t') ? tr("Tab") : QString(report.separator);
    const QStringList found{tr("%Ln row(s)", nullptr, int(report.rows)), report.encoding.toUpper(),
                            tr("separator %1").arg(mark)};
    const QStringList outcome{tr("%Ln would be new", nullptr, int(report.created)),
                              tr("%Ln would change", nullptr, int(report.updated)),
                              tr("%Ln would not be taken", nullptr, int(report.refused.size()))};
    QString text = found.join(QStringLiteral(" · ")) + QStringLiteral(" · ") + outcome.join(QStringLiteral(", "));
    return report.cancelled ? tr("Stopped: %1").arg(text) : text;
}

QString ImportPage::importText() const
{
    const ImportReport &report = d->report;
    const QString text =
        QStringList{tr("%Ln new", nullptr, int(report.created)), tr("%Ln changed", nullptr, int(report.updated)),
                    tr("%Ln unchanged", nullptr, int(report.unchanged)),
                    tr("%Ln not taken", nullptr, int(report.refused.size()))}
            .join(QStringLiteral(", "));
    return report.cancelled ? tr("Stopped: %1").arg(text) : text;
}

void ImportPage::showProblems()
{
    const int count = int(qMin<size_t>(d->report.refused.size(), problemsShown));
    d->problems->setRowCount(count);
    for (int row = 0; row < count; ++row) {
        const ImportReport::Problem &problem = d->report.refused[size_t(row)];
        const QString cells[] = {QLocale().toString(problem.line), problem.column, problem.value,
                                 labels::error(*d->entity, problem.error)};
        for (int column = 0; column < 4; ++column) {
            auto *item = new QTableWidgetItem(cells[column]);
            item->setToolTip(cells[column]);
            d->problems->setItem(row, column, item);
        }
    }
    d->problems->setVisible(count > 0);
    if (count)
        d->problems->setCurrentCell(0, 0);
}

void ImportPage::start()
{
    if (d->path.isEmpty() || d->running || !d->hasReport)
        return;
    d->running = true;
    d->stop = std::make_shared<std::atomic<bool>>(false);
    d->say([] { return tr("Importing…"); }, style::Tone::Muted);
    d->enable();
    runImport(d->context, d->options(false), d->path, d->stop, this, d->progress, [this](Result<ImportReport> report) {
        d->running = false;
        if (!report) {
            d->say([this, error = report.error()] { return labels::error(*d->entity, error); }, style::Tone::Danger);
            d->enable();
            Q_EMIT finished();
            return;
        }
        d->report = std::move(*report);
        d->group = d->report.group;
        d->say([this] { return importText(); },
               d->report.refused.empty() && !d->report.cancelled ? style::Tone::Success : style::Tone::Warning);
        showProblems();
        d->enable();
        d->context.navigator.toast(tr("Import: %1").arg(importText()), d->group);
        Q_EMIT finished();
    });
}

void ImportPage::cancel()
{
    if (d->stop)
        *d->stop = true;
}

void ImportPage::undo()
{
    if (d->group.isNull() || d->running)
        return;
    const Id group = d->group;
    d->running = true;
    d->progress->setRange(0, 0);
    d->enable();
    const QPointer<ImportPage> self(this);
    d->context.workspace.undo(group, [self](const Result<Receipt> &receipt) {
        if (!self)
            return;
        self->d->running = false;
        if (!receipt) {
            self->d->say([error = receipt.error()] { return labels::error(error); }, style::Tone::Danger);
        } else {
            self->d->group = Id();
            const int kept = int(receipt->refused.size());
            self->d->say(
                [kept] {
                    return kept ? tr("Undone, except for %Ln record(s) that somebody has changed since.", nullptr, kept)
                                : tr("The import was undone.");
                },
                kept ? style::Tone::Warning : style::Tone::Success);
        }
        self->d->enable();
        Q_EMIT self->finished();
    });
}

void ImportPage::saveFailedRows()
{
    const QString path = dialogs::saveFileName(this, tr("Save the rows that were not taken"),
                                               QFileInfo(d->path).completeBaseName() + QStringLiteral("-failed.csv"),
                                               tr("CSV files (*.csv)"));
    if (path.isEmpty())
        return;
    // The rows as they stand in the file, with the reason behind them: to be mended and imported again.
    QHash<qint64, QByteArray> reasons;
    for (const ImportReport::Problem &problem : d->report.refused) {
        QByteArray &reason = reasons[problem.line];
        reason += (reason.isEmpty() ? "" : "; ") + labels::error(*d->entity, problem.error).toUtf8();
    }
    QFile source(d->path);
    QSaveFile target(path);
    const auto write = [&]() -> Result<> {
        if (!source.open(QIODevice::ReadOnly))
            return fail("import.cannot_read", {{QStringLiteral("path"), d->path}});
        if (!target.open(QIODevice::WriteOnly))
            return fail("file.cannot_write", {{QStringLiteral("path"), path}});
        target.write("\xef\xbb\xbf");
        bool first = true;
        const QByteArray head = tr("Reason").toUtf8();
        TZ_TRY(csv::read(source, csv::Format{d->report.encoding, d->report.separator},
                         [&](qint64 line, const csv::Cells &cells) -> Result<bool> {
                             if (first || reasons.contains(line)) {
                                 QByteArrayList written;
                                 for (const QByteArray &cell : cells)
                                     written << csv::quoted(cell, ',');
                                 written << csv::quoted(first ? head : reasons.value(line), ',');
                                 target.write(written.join(',') + "\r\n");
                             }
                             first = false;
                             return true;
                         }));
        if (!target.commit())
            return fail("file.cannot_write", {{QStringLiteral("path"), path}});
        return {};
    };
    if (const auto written = write(); !written)
        d->context.navigator.showError(written.error());
    else
        d->context.navigator.toast(tr("Written to %1").arg(path));
}

} // namespace tz
