// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "workbench/records/attachmentseditor.h"

#include "replica/workspace/attachments.h"
#include "workbench/dialogs/dialogs.h"
#include "workbench/icons.h"
#include "workbench/records/flowlayout.h"
#include "workbench/records/labels.h"
#include "workbench/style.h"

#include <QAction>
#include <QBuffer>
#include <QClipboard>
#include <QCoreApplication>
#include <QDateTime>
#include <QDesktopServices>
#include <QDropEvent>
#include <QEvent>
#include <QFileInfo>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QImage>
#include <QKeyEvent>
#include <QMimeData>
#include <QPainter>
#include <QPointer>
#include <QStandardPaths>
#include <QThreadPool>
#include <QToolButton>
#include <QTreeWidget>
#include <QUrl>

namespace tz::editors {

namespace {
enum Column { NameColumn, SizeColumn, StateColumn };
constexpr int mostRows = 8;
constexpr int emptyRows = 3;

QString iconFor(const Attachment &file)
{
    const QString &type = file.type;
    if (type.startsWith(u"image/"))
        return QStringLiteral("image");
    if (type.startsWith(u"video/"))
        return QStringLiteral("film");
    if (type.startsWith(u"audio/"))
        return QStringLiteral("music");
    if (type.contains(u"spreadsheet") || type.contains(u"excel") || type == u"text/csv")
        return QStringLiteral("file-spreadsheet");
    if (type.contains(u"presentation") || type.contains(u"powerpoint"))
        return QStringLiteral("presentation");
    if (type == u"application/pdf" || type.contains(u"word") || type.contains(u"document") || type.startsWith(u"text/"))
        return QStringLiteral("file-text");
    if (type.contains(u"zip") || type.contains(u"compressed") || type.contains(u"tar"))
        return QStringLiteral("file-archive");
    return type.startsWith(u"message/") ? QStringLiteral("mail") : QStringLiteral("file");
}

bool contains(const std::vector<Attachment> &files, const Attachment &file)
{
    return std::find(files.begin(), files.end(), file) != files.end();
}

/// Says what one can do with it while it is empty.
class FileList : public QTreeWidget {
public:
    using QTreeWidget::QTreeWidget;
    QString hint;

protected:
    void paintEvent(QPaintEvent *event) override
    {
        QTreeWidget::paintEvent(event);
        if (topLevelItemCount() > 0)
            return;
        QPainter painter(viewport());
        painter.setPen(style::color(style::Tone::Muted));
        painter.drawText(viewport()->rect().adjusted(style::gap, 0, -style::gap, 0), Qt::AlignCenter | Qt::TextWordWrap,
                         hint);
    }
};
} // namespace

AttachmentsEditor::AttachmentsEditor(const ViewContext &context, const Entity &entity, const Field &field,
                                     QWidget *parent)
    : FieldEditor(context, entity, field, parent)
    , m_list(new FileList(this))
    , m_buttons(new QWidget(this))
{
    auto *down = new QVBoxLayout;
    down->setSpacing(style::smallGap);
    static_cast<QHBoxLayout *>(layout())->addLayout(down, 1);
    down->addWidget(m_list);
    down->addWidget(m_buttons);
    m_list->setColumnCount(3);
    m_list->setHeaderHidden(true);
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setTextElideMode(Qt::ElideMiddle);
    m_list->setAllColumnsShowFocus(true);
    m_list->setTabKeyNavigation(false);
    m_list->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_list->header()->setStretchLastSection(false);
    m_list->header()->setSectionResizeMode(NameColumn, QHeaderView::Stretch);
    m_list->header()->setSectionResizeMode(SizeColumn, QHeaderView::ResizeToContents);
    m_list->header()->setSectionResizeMode(StateColumn, QHeaderView::ResizeToContents);
    setMain(m_list);
    m_list->installEventFilter(this);
    m_list->viewport()->installEventFilter(this);
    m_list->setAcceptDrops(true);
    m_list->viewport()->setAcceptDrops(true);
    makeActions();
    connect(m_list, &QTreeWidget::itemActivated, this, &AttachmentsEditor::open);
    connect(m_list, &QTreeWidget::itemSelectionChanged, this, &AttachmentsEditor::showEnabled);
    Attachments &contents = context.workspace.attachments();
    connect(&contents, &Attachments::changed, this, [this](const QByteArray &hash) {
        m_progress.remove(hash);
        if (hash.isEmpty() || m_status.contains(hash))
            refreshStatus();
    });
    connect(&contents, &Attachments::progress, this, [this](const QByteArray &hash, qint64 done, qint64 all) {
        if (!m_status.contains(hash))
            return;
        m_progress.insert(hash, all > 0 ? int(done * 100 / all) : 0);
        rebuild();
    });
    retranslate();
    rebuild();
}

AttachmentsEditor::~AttachmentsEditor() = default;

void AttachmentsEditor::makeActions()
{
    auto *flow = new FlowLayout(m_buttons);
    flow->setContentsMargins(0, 0, 0, 0);
    const auto make = [this, flow](const char *name, const QKeySequence &key, auto slot, bool button = true) {
        auto *action = new QAction(icon(QLatin1String(name)), QString(), this);
        action->setShortcut(key);
        action->setShortcutContext(Qt::WidgetShortcut);
        connect(action, &QAction::triggered, this, slot);
        m_list->addAction(action);
        if (button) {
            auto *shown = new QToolButton(m_buttons);
            shown->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
            shown->setFocusPolicy(Qt::StrongFocus);
            shown->setDefaultAction(action);
            flow->addWidget(shown);
        }
        return action;
    };
    m_add = make("paperclip", {}, [this] { choose(); });
    // Enter opens through itemActivated().
    m_open = make("external-link", {}, [this] { open(); });
    m_save = make("download", {}, [this] { saveAs(); });
    m_keep = make("pin", {}, [this](bool pinned) { keep(pinned); });
    m_keep->setCheckable(true);
    m_rename = make("pencil", QKeySequence(Qt::Key_F2), [this] { rename(); });
    m_remove = make("trash-2", QKeySequence(Qt::Key_Delete), [this] { remove(); });
    m_paste = make(
        "copy", QKeySequence::Paste, [this] { paste(); }, false);
}

void AttachmentsEditor::retranslate()
{
    m_add->setText(tr("Add files…"));
    m_paste->setText(tr("Paste"));
    m_open->setText(tr("Open"));
    m_save->setText(tr("Save as…"));
    m_rename->setText(tr("Rename…"));
    m_remove->setText(tr("Remove"));
    m_keep->setText(tr("Keep on this computer"));
    static_cast<FileList *>(m_list)->hint =
        m_readOnly ? tr("No files") : tr("Drop files here, paste them, or choose “Add files…”.");
    m_list->viewport()->update();
}

void AttachmentsEditor::changeEvent(QEvent *event)
{
    FieldEditor::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        rebuild();
    }
}

void AttachmentsEditor::setRecord(const Record *record)
{
    FieldEditor::setRecord(record);
    if (record && record->id != m_id) {
        m_id = record->id;
        refreshStatus();
    }
}

std::vector<Attachment> AttachmentsEditor::stored() const
{
    if (m_id) {
        const auto record = m_context.workspace.reader().find(entity(), m_id);
        if (record && *record)
            return attachment::all((*record)->value(field().index));
    }
    return {};
}

std::vector<Attachment> AttachmentsEditor::shown() const
{
    ValueList members;
    for (const Attachment &file : stored()) {
        if (!contains(m_removed, file))
            members.push_back(file.toValue());
    }
    for (const Attachment &file : m_added)
        members.push_back(file.toValue());
    return attachment::all(Value::fromSet(std::move(members)));
}

Result<Value> AttachmentsEditor::value() const
{
    if (m_copying > 0)
        return fail("attachment.still_copying", {}, field().name);
    ValueList members;
    for (const Attachment &file : shown())
        members.push_back(file.toValue());
    return Value::fromSet(std::move(members));
}

void AttachmentsEditor::setValue(const Value &value, const QString &)
{
    if (m_record && m_record->id)
        m_id = m_record->id;
    const std::vector<Attachment> wanted = attachment::all(value);
    const std::vector<Attachment> now = stored();
    m_added.clear();
    m_removed.clear();
    for (const Attachment &file : wanted) {
        if (!contains(now, file))
            m_added.push_back(file);
    }
    for (const Attachment &file : now) {
        if (!contains(wanted, file))
            m_removed.push_back(file);
    }
    rebuild();
    refreshStatus();
}

void AttachmentsEditor::setReadOnly(bool readOnly)
{
    if (readOnly == m_readOnly)
        return;
    m_readOnly = readOnly;
    for (QAction *action : {m_add, m_paste, m_rename, m_remove})
        action->setVisible(!readOnly);
    for (auto *button : m_buttons->findChildren<QToolButton *>())
        button->setVisible(button->defaultAction()->isVisible());
    retranslate();
    showEnabled();
}

void AttachmentsEditor::rebuild()
{
    const std::vector<Attachment> files = shown();
    // What is selected stays so, and the row under the cursor.
    const std::vector<Attachment> before = selected();
    const std::optional<Attachment> at = current();
    const QSignalBlocker quiet(m_list);
    while (m_list->topLevelItemCount() > int(files.size()))
        delete m_list->takeTopLevelItem(m_list->topLevelItemCount() - 1);
    while (m_list->topLevelItemCount() < int(files.size()))
        m_list->addTopLevelItem(new QTreeWidgetItem);
    m_list->clearSelection();
    for (int i = 0; i < int(files.size()); ++i) {
        const Attachment &file = files[size_t(i)];
        QTreeWidgetItem &item = *m_list->topLevelItem(i);
        item.setData(NameColumn, Qt::UserRole, file.toValue().toText());
        item.setText(NameColumn, file.name);
        item.setToolTip(NameColumn, file.name);
        item.setIcon(NameColumn, icon(iconFor(file)));
        item.setText(SizeColumn, locale().formattedDataSize(file.size, 1, QLocale::DataSizeTraditionalFormat));
        item.setTextAlignment(SizeColumn, Qt::AlignRight | Qt::AlignVCenter);
        showState(item, file);
        item.setSelected(contains(before, file));
        if (at && *at == file)
            m_list->setCurrentItem(&item, NameColumn, QItemSelectionModel::NoUpdate);
    }
    const int rows = files.empty() ? emptyRows : std::min(int(files.size()), mostRows);
    const int row = files.empty() ? style::rowHeight(font()) : std::max(m_list->sizeHintForRow(0), 1);
    m_list->setFixedHeight(rows * row + 2 * m_list->frameWidth() + 2);
    m_list->viewport()->update();
    showEnabled();
}

void AttachmentsEditor::showState(QTreeWidgetItem &item, const Attachment &file)
{
    using Place = AttachmentStatus::Place;
    QString text;
    QString sign;
    QString more;
    const auto known = m_status.constFind(file.hash);
    const auto progress = m_progress.constFind(file.hash);
    if (known != m_status.constEnd()) {
        const AttachmentStatus &status = *known;
        const bool failed = !status.fault.code.isEmpty();
        switch (status.place) {
        case Place::Here:
            text = status.pinned ? tr("Kept on this computer") : tr("On this computer");
            sign = status.pinned ? QStringLiteral("pin") : QStringLiteral("laptop");
            break;
        case Place::Waiting:
            text = failed ? tr("Not sent yet: it is tried again") : tr("Waiting to be sent");
            if (progress != m_progress.constEnd())
                text = tr("Sending, %1 %").arg(*progress);
            sign = QStringLiteral("cloud-upload");
            break;
        case Place::Server:
            text = failed ? tr("Could not be fetched") : tr("On the server");
            if (progress != m_progress.constEnd())
                text = tr("Fetching, %1 %").arg(*progress);
            sign = QStringLiteral("cloud");
            break;
        case Place::Elsewhere:
            text = tr("Not sent yet by who attached it");
            sign = QStringLiteral("hourglass");
            break;
        case Place::Missing:
            text = tr("Missing");
            sign = QStringLiteral("circle-alert");
            break;
        }
        if (contains(m_added, file) && status.place != Place::Missing) {
            text = tr("Attached when you save");
            sign = QStringLiteral("clock");
        }
        if (failed) {
            more = labels::error(entity(), status.fault);
            sign = QStringLiteral("circle-alert");
        }
    }
    item.setText(StateColumn, text);
    item.setIcon(StateColumn, sign.isEmpty() ? QIcon() : icon(sign));
    item.setToolTip(StateColumn, more.isEmpty() ? text : more);
    item.setData(NameColumn, Qt::AccessibleDescriptionRole, more.isEmpty() ? text : text + QStringLiteral(": ") + more);
}

void AttachmentsEditor::refreshStatus()
{
    const std::vector<Attachment> files = shown();
    if (files.empty())
        return;
    const QPointer<AttachmentsEditor> self(this);
    m_context.workspace.attachments().status(entity().fullName, m_id, files,
                                             [self, files](const std::vector<AttachmentStatus> &all) {
                                                 if (self)
                                                     self->showStatus(files, all);
                                             });
}

void AttachmentsEditor::showStatus(const std::vector<Attachment> &files, const std::vector<AttachmentStatus> &all)
{
    std::vector<wire::BlobRef> unknown;
    for (size_t i = 0; i < files.size() && i < all.size(); ++i) {
        const bool isNew = !m_status.contains(files[i].hash);
        m_status.insert(files[i].hash, all[i]);
        const bool isAway =
            all[i].place == AttachmentStatus::Place::Server || all[i].place == AttachmentStatus::Place::Elsewhere;
        // Asked once for each look at the record: what the server had not when it was shown last.
        if (isNew && isAway)
            unknown.push_back(refOf(files[i]));
    }
    rebuild();
    m_context.workspace.attachments().look(std::move(unknown));
}

void AttachmentsEditor::showEnabled()
{
    const auto one = current();
    const bool any = !selected().empty();
    const bool isSaved = one && !contains(m_added, *one);
    m_open->setEnabled(one.has_value());
    m_save->setEnabled(one.has_value());
    m_rename->setEnabled(one.has_value() && !m_readOnly);
    m_remove->setEnabled(any && !m_readOnly);
    m_keep->setVisible(!m_context.workspace.isStandalone());
    m_keep->setEnabled(isSaved);
    m_keep->setChecked(isSaved && m_status.value(one->hash).pinned);
    for (auto *button : m_buttons->findChildren<QToolButton *>())
        button->setVisible(button->defaultAction()->isVisible());
    // Nothing to do with nothing: only the way to add something stays.
    m_buttons->setVisible(!m_readOnly || m_list->topLevelItemCount() > 0);
}

std::optional<Attachment> AttachmentsEditor::current() const
{
    const QTreeWidgetItem *item = m_list->currentItem();
    if (!item || (!item->isSelected() && !m_list->selectedItems().isEmpty()))
        item = m_list->selectedItems().value(0);
    if (!item || !item->isSelected())
        return std::nullopt;
    return Attachment::fromValue(Value(item->data(NameColumn, Qt::UserRole).toString()));
}

std::vector<Attachment> AttachmentsEditor::selected() const
{
    std::vector<Attachment> files;
    for (const QTreeWidgetItem *item : m_list->selectedItems()) {
        if (auto file = Attachment::fromValue(Value(item->data(NameColumn, Qt::UserRole).toString())))
            files.push_back(std::move(*file));
    }
    return files;
}

wire::BlobRef AttachmentsEditor::refOf(const Attachment &file) const
{
    return {entity().fullName, m_id, field().name, file.hash};
}

bool AttachmentsEditor::eventFilter(QObject *watched, QEvent *event)
{
    const bool isDrag = event->type() == QEvent::DragEnter || event->type() == QEvent::DragMove;
    if (isDrag || event->type() == QEvent::Drop) {
        auto *drop = static_cast<QDropEvent *>(event);
        const bool fits = !m_readOnly && drop->source() != m_list && drop->mimeData()->hasUrls();
        if (fits) {
            // Whoever drags keeps the file.
            drop->setDropAction(Qt::CopyAction);
            drop->accept();
            if (!isDrag)
                take(*drop->mimeData());
        } else {
            drop->ignore();
        }
        return true;
    }
    return FieldEditor::eventFilter(watched, event);
}

void AttachmentsEditor::choose()
{
    for (const QString &path : dialogs::openFileNames(this, tr("Attach files"), QString()))
        add(path);
}

void AttachmentsEditor::add(const QString &path)
{
    ++m_copying;
    const QPointer<AttachmentsEditor> self(this);
    const ViewContext context = m_context;
    m_context.workspace.attachments().add(path, [self, context](const Result<Attachment> &file) {
        if (self)
            self->added(file);
        else if (!file)
            context.navigator.showError(file.error());
    });
}

void AttachmentsEditor::added(const Result<Attachment> &file)
{
    --m_copying;
    if (!file)
        return m_context.navigator.showError(file.error());
    const std::vector<Attachment> there = shown();
    const bool isThere = std::any_of(there.begin(), there.end(), [&file](const Attachment &one) {
        return one.hash == file->hash && one.name == file->name;
    });
    if (isThere) {
        m_context.navigator.toast(tr("“%1” is attached already").arg(file->name));
        return;
    }
    Attachment member = *file;
    member.name = attachment::freeName(member.name, there);
    // Taken out and put back: as if nothing had been done.
    if (std::erase(m_removed, member) == 0)
        m_added.push_back(member);
    m_status.remove(member.hash);
    m_list->clearSelection();
    rebuild();
    refreshStatus();
    Q_EMIT edited();
}

void AttachmentsEditor::paste()
{
    if (const QMimeData *what = QGuiApplication::clipboard()->mimeData(); what && !take(*what))
        m_context.navigator.toast(tr("There is no file and no picture to paste"));
}

bool AttachmentsEditor::take(const QMimeData &what)
{
    if (m_readOnly)
        return true;
    bool any = false;
    for (const QUrl &url : what.urls()) {
        if (url.isLocalFile()) {
            add(url.toLocalFile());
            any = true;
        }
    }
    if (any || !what.hasImage())
        return any;
    const auto image = qvariant_cast<QImage>(what.imageData());
    if (image.isNull())
        return false;
    ++m_copying;
    const QString name =
        tr("Picture %1").arg(QDateTime::currentDateTime().toString(QStringLiteral("yyyy-MM-dd HHmmss"))) +
        QStringLiteral(".png");
    // A picture of a large screen takes a while to be written as PNG.
    const QPointer<AttachmentsEditor> self(this);
    const QPointer<Attachments> contents = &m_context.workspace.attachments();
    QThreadPool::globalInstance()->start([self, contents, image, name] {
        QByteArray png;
        QBuffer buffer(&png);
        buffer.open(QIODevice::WriteOnly);
        image.save(&buffer, "PNG");
        QMetaObject::invokeMethod(
            QCoreApplication::instance(),
            [self, contents, png, name] {
                if (!contents)
                    return;
                contents->add(png, name, [self](const Result<Attachment> &file) {
                    if (self)
                        self->added(file);
                });
            },
            Qt::QueuedConnection);
    });
    return true;
}

void AttachmentsEditor::finished(const QByteArray &hash, const Error &error)
{
    m_progress.remove(hash);
    refreshStatus();
    if (!error.code.isEmpty())
        m_context.navigator.showError(error);
}

void AttachmentsEditor::open()
{
    const auto file = current();
    if (!file)
        return;
    // A file comes from anybody: none that could run as a program is started from here.
    if (attachment::isProgram(file->name)) {
        const int answer = dialogs::ask(
            this, tr("Not opened here"),
            tr("“%1” could run as a program on this computer. Save it only if you know where it comes from "
               "and what it does.")
                .arg(file->name),
            {tr("Cancel"), tr("Save as…")});
        if (answer == 1)
            saveAs();
        return;
    }
    const QPointer<AttachmentsEditor> self(this);
    const ViewContext context = m_context;
    m_context.workspace.attachments().openCopy(refOf(*file), file->name,
                                               [self, context, hash = file->hash](const Result<QString> &path) {
                                                   if (path)
                                                       QDesktopServices::openUrl(QUrl::fromLocalFile(*path));
                                                   if (self)
                                                       self->finished(hash, path ? Error() : path.error());
                                                   else if (!path)
                                                       context.navigator.showError(path.error());
                                               });
}

void AttachmentsEditor::saveAs()
{
    const auto file = current();
    if (!file)
        return;
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::DownloadLocation);
    const QString path =
        dialogs::saveFileName(this, tr("Save as"), folder + u'/' + attachment::fileName(file->name), {});
    if (path.isEmpty())
        return;
    const QPointer<AttachmentsEditor> self(this);
    const ViewContext context = m_context;
    m_context.workspace.attachments().exportTo(
        refOf(*file), path, [self, context, hash = file->hash, path](const Result<> &done) {
            if (done)
                context.navigator.toast(tr("Saved as %1").arg(QFileInfo(path).fileName()));
            if (self)
                self->finished(hash, done ? Error() : done.error());
            else if (!done)
                context.navigator.showError(done.error());
        });
}

void AttachmentsEditor::rename()
{
    const auto file = current();
    if (!file || m_readOnly)
        return;
    const QString typed = dialogs::text(this, tr("Rename"), tr("Name of the file"), file->name);
    if (typed.trimmed().isEmpty() || typed == file->name)
        return;
    std::vector<Attachment> others = shown();
    std::erase(others, *file);
    Attachment renamed = *file;
    renamed.name = attachment::freeName(typed, others);
    if (std::erase(m_added, *file) == 0)
        m_removed.push_back(*file);
    if (std::erase(m_removed, renamed) == 0)
        m_added.push_back(renamed);
    rebuild();
    Q_EMIT edited();
}

void AttachmentsEditor::remove()
{
    if (m_readOnly)
        return;
    const std::vector<Attachment> files = selected();
    if (files.empty())
        return;
    for (const Attachment &file : files) {
        if (std::erase(m_added, file) == 0)
            m_removed.push_back(file);
    }
    rebuild();
    m_list->setFocus();
    Q_EMIT edited();
}

void AttachmentsEditor::keep(bool pinned)
{
    const auto file = current();
    if (!file)
        return;
    m_status[file->hash].pinned = pinned;
    rebuild();
    m_context.workspace.attachments().setPinned(refOf(*file), pinned);
}

} // namespace tz::editors
