// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "workbench/imports/importpage.h"

#include "core/logic/csvreader.h"
#include "core/logic/import.h"
#include "workbench/dialogs/dialogs.h"
#include "workbench/icons.h"
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
    Id group;
    std::shared_ptr<std::atomic<bool>> stop;

    QLabel *hint = nullptr, *file = nullptr, *result = nullptr;
    QPushButton *choose = nullptr, *rehearse = nullptr, *start = nullptr, *cancel = nullptr, *undo = nullptr,
                *failed = nullptr;
    QComboBox *encoding = nullptr, *separator = nullptr, *existing = nullptr, *dates = nullptr;
    QTableWidget *mapping = nullptr, *problems = nullptr;
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
        // Only what the user chose; the rest is found again, as another encoding changes the titles.
        for (int row = 0; row < mapping->rowCount(); ++row) {
            const auto *box = qobject_cast<QComboBox *>(mapping->cellWidget(row, 1));
            if (box && box->property("chosen").toBool())
                options.map.append({mapping->item(row, 0)->text(), box->currentData().toString()});
        }
        options.fieldNames = [](const Entity &of, const Field &field) { return QStringList{labels::field(of, field)}; };
        options.choiceNames = [](const Entity &of, const Field &field, const Choice &choice) {
            return QStringList{labels::choice(of, field, choice.name)};
        };
        return options;
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
    auto *title = new QLabel(tr("Import %1").arg(labels::plural(entity)), this);
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.4);
    title->setFont(large);
    rows->addWidget(title);
    d->hint =
        new QLabel(tr("Drop a CSV file here or choose one. Nothing is written before you press “Import”, blank cells "
                      "never overwrite anything, and the whole import can be undone."),
                   this);
    d->hint->setWordWrap(true);
    style::setTone(*d->hint, style::Tone::Muted);
    rows->addWidget(d->hint);

    auto *top = new QHBoxLayout;
    d->choose = new QPushButton(icon(QStringLiteral("folder-open")), tr("Choose a file…"), this);
    d->file = new QLabel(tr("No file yet"), this);
    d->file->setTextFormat(Qt::PlainText);
    top->addWidget(d->choose);
    top->addWidget(d->file, 1);
    rows->addLayout(top);

    const auto box = [this](const QString &name, std::initializer_list<std::pair<QString, QVariant>> items) {
        auto *one = new QComboBox(this);
        one->setAccessibleName(name);
        for (const auto &[text, value] : items)
            one->addItem(text, value);
        return one;
    };
    d->encoding = box(tr("Encoding"), {{tr("Detected"), QString()},
                                       {QStringLiteral("UTF-8"), QStringLiteral("utf-8")},
                                       {QStringLiteral("GB18030 / GBK"), QStringLiteral("gb18030")},
                                       {QStringLiteral("UTF-16"), QStringLiteral("utf-16")},
                                       {QStringLiteral("Latin-1"), QStringLiteral("latin1")}});
    d->separator = box(tr("Separator"), {{tr("Detected"), QString()},
                                         {tr("Comma"), QStringLiteral(",")},
                                         {tr("Semicolon"), QStringLiteral(";")},
                                         {tr("Tab"), QStringLiteral("\t")},
                                         {QStringLiteral("|"), QStringLiteral("|")}});
    d->dates = box(tr("Dates"), {{tr("Detected"), QString()},
                                 {tr("Year, month, day"), QStringLiteral("ymd")},
                                 {tr("Day, month, year"), QStringLiteral("dmy")},
                                 {tr("Month, day, year"), QStringLiteral("mdy")}});
    d->existing =
        box(tr("Records that are here already"), {{tr("Leave them as they are"), false}, {tr("Update them"), true}});
    auto *settings = new QHBoxLayout;
    for (QComboBox *one : {d->encoding, d->separator, d->dates, d->existing}) {
        auto *column = new QVBoxLayout;
        auto *label = new QLabel(one->accessibleName(), this);
        style::setTone(*label, style::Tone::Muted);
        label->setBuddy(one);
        column->addWidget(label);
        column->addWidget(one);
        settings->addLayout(column);
        connect(one, &QComboBox::activated, this, &ImportPage::rehearse);
    }
    settings->addStretch();
    rows->addLayout(settings);

    d->mapping = new QTableWidget(0, 2, this);
    d->mapping->setHorizontalHeaderLabels({tr("Column of the file"), tr("Goes to")});
    d->mapping->setAccessibleName(tr("Columns and the fields they go to"));
    d->mapping->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    d->mapping->verticalHeader()->hide();
    d->mapping->setEditTriggers(QAbstractItemView::NoEditTriggers);
    d->mapping->setTabKeyNavigation(false);
    rows->addWidget(d->mapping, 2);

    auto *buttons = new QHBoxLayout;
    d->rehearse = new QPushButton(icon(QStringLiteral("flask-conical")), tr("Try it"), this);
    d->rehearse->setToolTip(tr("Check every row without writing anything"));
    d->start = new QPushButton(icon(QStringLiteral("upload")), tr("Import"), this);
    d->cancel = new QPushButton(tr("Stop"), this);
    d->undo = new QPushButton(icon(QStringLiteral("undo-2")), tr("Undo the whole import"), this);
    d->failed = new QPushButton(icon(QStringLiteral("download")), tr("Save the rows that were not taken…"), this);
    d->progress = new QProgressBar(this);
    d->progress->setAccessibleName(tr("Progress"));
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
    d->problems->setHorizontalHeaderLabels({tr("Line"), tr("Column"), tr("Value"), tr("What is wrong")});
    d->problems->setAccessibleName(tr("Rows that were not taken"));
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
    d->enable();
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
    d->mapping->setRowCount(0);
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
    if (d->path.isEmpty() || d->running)
        return;
    d->running = true;
    d->stop = std::make_shared<std::atomic<bool>>(false);
    d->result->setText(tr("Reading and checking the file…"));
    d->enable();
    runImport(d->context, d->options(true), d->path, d->stop, this, d->progress, [this](Result<ImportReport> report) {
        d->running = false;
        d->hasReport = report.has_value();
        if (!report) {
            d->result->setText(labels::error(*d->entity, report.error()));
            style::setTone(*d->result, style::Tone::Danger);
            d->problems->hide();
            d->enable();
            Q_EMIT rehearsed();
            return;
        }
        d->report = std::move(*report);
        // What was found, each to be changed.
        QHash<QString, QString> chosen;
        for (int row = 0; row < d->mapping->rowCount(); ++row) {
            const auto *box = qobject_cast<QComboBox *>(d->mapping->cellWidget(row, 1));
            if (box && box->property("chosen").toBool())
                chosen.insert(d->mapping->item(row, 0)->text(), box->currentData().toString());
        }
        d->mapping->setRowCount(int(d->report.columns.size()));
        for (int row = 0; row < int(d->report.columns.size()); ++row) {
            const ImportReport::Column &column = d->report.columns[row];
            d->mapping->setItem(row, 0, new QTableWidgetItem(column.title));
            auto *box = new QComboBox(d->mapping);
            box->setAccessibleName(tr("Field for the column %1").arg(column.title));
            box->addItem(tr("(leave out)"), QString());
            for (const Field &field : d->entity->fields) {
                if (!field.isDerived() && !field.isLines())
                    box->addItem(labels::field(*d->entity, field), field.name);
            }
            int at = box->findData(column.field);
            if (at < 0) {
                // A path along a link, found by the import itself.
                box->addItem(labels::path(*d->catalog, *d->entity, column.field), column.field);
                at = box->count() - 1;
            }
            box->setCurrentIndex(at);
            box->setProperty("chosen", chosen.contains(column.title));
            connect(box, &QComboBox::activated, this, [this, box] {
                box->setProperty("chosen", true);
                rehearse();
            });
            d->mapping->setCellWidget(row, 1, box);
        }
        if (d->mapping->rowCount())
            d->mapping->setCurrentCell(0, 0);
        QString mark = d->report.separator == QLatin1Char('\t') ? tr("Tab") : QString(d->report.separator);
        QString text = tr("%n row(s)", nullptr, int(d->report.rows)) + QStringLiteral(" · ") +
                       d->report.encoding.toUpper() + QStringLiteral(" · ") + tr("separator %1").arg(mark) +
                       QStringLiteral(" · ") + tr("%n would be new", nullptr, int(d->report.created)) +
                       QStringLiteral(", ") + tr("%n would change", nullptr, int(d->report.updated)) +
                       QStringLiteral(", ") + tr("%n would not be taken", nullptr, int(d->report.refused.size()));
        d->result->setText(text);
        style::setTone(*d->result, d->report.refused.empty() ? style::Tone::Success : style::Tone::Warning);
        showProblems();
        d->enable();
        Q_EMIT rehearsed();
    });
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
    d->result->setText(tr("Importing…"));
    d->enable();
    runImport(d->context, d->options(false), d->path, d->stop, this, d->progress, [this](Result<ImportReport> report) {
        d->running = false;
        if (!report) {
            d->result->setText(labels::error(*d->entity, report.error()));
            style::setTone(*d->result, style::Tone::Danger);
            d->enable();
            Q_EMIT finished();
            return;
        }
        d->report = std::move(*report);
        d->group = d->report.group;
        QStringList parts{tr("%n new", nullptr, int(d->report.created)),
                          tr("%n changed", nullptr, int(d->report.updated)),
                          tr("%n unchanged", nullptr, int(d->report.unchanged)),
                          tr("%n not taken", nullptr, int(d->report.refused.size()))};
        QString text = parts.join(QStringLiteral(", "));
        if (d->report.cancelled)
            text = tr("Stopped: %1").arg(text);
        d->result->setText(text);
        style::setTone(*d->result, d->report.refused.empty() ? style::Tone::Success : style::Tone::Warning);
        showProblems();
        d->enable();
        d->context.navigator.toast(tr("Import: %1").arg(text), d->group);
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
            self->d->result->setText(labels::error(receipt.error()));
            style::setTone(*self->d->result, style::Tone::Danger);
        } else {
            self->d->group = Id();
            const int kept = int(receipt->refused.size());
            self->d->result->setText(
                kept ? tr("Undone, except for %n record(s) that somebody has changed since.", nullptr, kept)
                     : tr("The import was undone."));
            style::setTone(*self->d->result, kept ? style::Tone::Warning : style::Tone::Success);
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
