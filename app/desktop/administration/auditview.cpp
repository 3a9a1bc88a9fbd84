// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "desktop/administration/auditview.h"

#include "core/logic/auditexport.h"
#include "desktop/administration/admintable.h"
#include "desktop/frame/mainwindow.h"
#include "workbench/dialogs/dialogs.h"
#include "workbench/icons.h"
#include "workbench/pageparts.h"
#include "workbench/records/formatting.h"
#include "workbench/records/labels.h"

#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QSaveFile>
#include <QSignalBlocker>
#include <QTableView>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace tz {
namespace {

constexpr qint64 pageEntries = 200;
constexpr qint64 exportEntries = 1000;
const QString byServer = QStringLiteral("server");

/// What the server notes that is no change of a record.
QString serverAction(const QString &name)
{
    if (name == "set_password"_L1)
        return AuditSection::tr("Password set");
    if (name == "sign_out"_L1)
        return AuditSection::tr("Signed out");
    if (name == "revoke"_L1)
        return AuditSection::tr("Shut out");
    if (name == "wipe"_L1)
        return AuditSection::tr("Erasing asked for");
    return {};
}

} // namespace

struct AuditSection::Export {
    Export(const Reader &reader, const QString &path)
        : file(path)
        , csv(reader, labels::utcOffsetSeconds(), true, file)
    {
    }
    QSaveFile file;
    AuditCsv csv;
    wire::AuditQuestion question;
    qint64 count = 0;
};

AuditSection::AuditSection(const AdminContext &context, QWidget *parent)
    : AdminSection(context, u"history"_s, parent)
    , m_table(new AdminTable(this))
{
    m_open = addCommand(QT_TRANSLATE_NOOP("tz::AdminSection", "Open the record"), u"external-link"_s,
                        [this] { openRecord(); });
    m_only = addCommand(QT_TRANSLATE_NOOP("tz::AdminSection", "Only this record"), u"list-filter"_s,
                        [this] { onlyThisRecord(); });
    m_only->setCheckable(true);
    m_export =
        addCommand(QT_TRANSLATE_NOOP("tz::AdminSection", "Export as CSV"), u"download"_s, [this] { exportCsv(); });
    buildFilters();
    m_table->setFilterable(false);
    m_table->setSortable(false);
    column().addWidget(m_table, 1);
    auto *below = new QHBoxLayout;
    m_state = parts::label(u"mutedText"_s, this);
    m_more = new QPushButton(this);
    m_more->hide();
    below->addWidget(m_state, 1);
    below->addWidget(m_more);
    column().addLayout(below);
    connect(m_more, &QPushButton::clicked, this, &AuditSection::more);
    connect(m_table, &AdminTable::opened, this, &AuditSection::openRecord);
    connect(m_table, &AdminTable::currentChanged, this, &AuditSection::updateCommands);
    connect(&data(), &AdminData::peopleChanged, this, &AuditSection::fillUsers);
    translateCommands();
    retranslate();
}

AuditSection::~AuditSection() = default;

void AuditSection::buildFilters()
{
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(style::gap);
    grid->setVerticalSpacing(2);
    m_from = new QLineEdit(this);
    m_until = new QLineEdit(this);
    m_user = new QComboBox(this);
    m_entity = new QComboBox(this);
    m_field = new QComboBox(this);
    m_action = new QComboBox(this);
    QWidget *const editors[] = {m_from, m_until, m_user, m_entity, m_field, m_action};
    static const char *const names[] = {"from", "until", "who", "entity", "field", "action"};
    for (int i = 0; i < 6; ++i) {
        m_labels[i] = new QLabel(this);
        m_labels[i]->setBuddy(editors[i]);
        editors[i]->setObjectName(QString::fromLatin1(names[i]));
        grid->addWidget(m_labels[i], 0, i);
        grid->addWidget(editors[i], 1, i);
        grid->setColumnStretch(i, i < 2 ? 2 : 3);
        if (auto *box = qobject_cast<QComboBox *>(editors[i]))
            box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    }
    m_search = new QPushButton(this);
    m_search->setIcon(icon(u"search"_s));
    grid->addWidget(m_search, 1, 6);
    column().addLayout(grid);
    connect(m_search, &QPushButton::clicked, this, &AuditSection::search);
    for (QLineEdit *line : {m_from, m_until})
        connect(line, &QLineEdit::returnPressed, this, &AuditSection::search);
    for (QComboBox *box : {m_user, m_field, m_action})
        connect(box, &QComboBox::activated, this, &AuditSection::search);
    connect(m_entity, &QComboBox::activated, this, [this] {
        fillFields();
        fillActions();
        search();
    });
}

QString AuditSection::title() const
{
    return tr("Audit trail");
}

void AuditSection::refresh()
{
    data().refreshPeople();
    search();
}

QWidget *AuditSection::mainWidget()
{
    return &m_table->view();
}

void AuditSection::retranslate()
{
    const QString names[] = {tr("From"),           tr("Until"), tr("Who"),
                             tr("Kind of record"), tr("Field"), tr("What happened")};
    for (int i = 0; i < 6; ++i) {
        m_labels[i]->setText(names[i]);
        m_labels[i]->buddy()->setAccessibleName(names[i]);
    }
    for (QLineEdit *line : {m_from, m_until})
        line->setPlaceholderText(tr("any day"));
    m_search->setText(tr("Search"));
    m_more->setText(tr("Show more"));
    m_table->view().setAccessibleName(title());
    m_table->setColumns(
        {tr("When"), tr("Who"), tr("Kind"), tr("Record"), tr("What happened"), tr("Field"), tr("Before"), tr("After")});
    m_table->setEmptyText(tr("Nothing that was done fits what is asked for."));
    fillUsers();
    fillEntities();
    fillFields();
    fillActions();
    QList<AdminRow> rows;
    for (const wire::AuditEntry &entry : m_entries)
        rows << rowOf(entry);
    m_table->setRows(rows);
}

void AuditSection::fillUsers()
{
    const QVariant kept = m_user->currentData();
    m_user->clear();
    m_user->addItem(tr("Everybody"), QString());
    m_user->addItem(tr("The server itself"), byServer);
    if (data().people()) {
        for (const wire::AdminUser &user : data().people()->users)
            m_user->addItem(user.displayName.isEmpty() ? user.name : user.displayName, user.id.toString());
    }
    m_user->setCurrentIndex(std::max(0, m_user->findData(kept)));
}

void AuditSection::fillEntities()
{
    const QVariant kept = m_entity->currentData();
    m_entity->clear();
    for (const Entity *entity : workspace().catalog()->entities())
        m_entity->addItem(labels::plural(*entity), entity->fullName);
    m_entity->model()->sort(0);
    m_entity->insertItem(0, tr("All"), QString());
    m_entity->setCurrentIndex(std::max(0, m_entity->findData(kept)));
}

void AuditSection::fillFields()
{
    const QVariant kept = m_field->currentData();
    m_field->clear();
    if (const Entity *entity = workspace().catalog()->entity(m_entity->currentData().toString())) {
        for (const Field &field : entity->fields) {
            if (!field.isDerived() && !field.isLines())
                m_field->addItem(labels::field(*entity, field), field.name);
        }
        m_field->model()->sort(0);
    }
    m_field->insertItem(0, tr("All"), QString());
    m_field->setCurrentIndex(std::max(0, m_field->findData(kept)));
    m_field->setEnabled(m_field->count() > 1);
}

void AuditSection::fillActions()
{
    const QVariant kept = m_action->currentData();
    m_action->clear();
    m_action->addItem(tr("Anything"), QString());
    m_action->addItem(tr("Created"), u"create"_s);
    m_action->addItem(tr("Changed"), u"update"_s);
    m_action->addItem(tr("Deleted"), u"delete"_s);
    m_action->addItem(tr("Restored"), u"restore"_s);
    if (const Entity *entity = workspace().catalog()->entity(m_entity->currentData().toString())) {
        for (const Transition &action : entity->actions)
            m_action->addItem(labels::action(*entity, action), action.action);
    }
    for (const QString &name : {u"set_password"_s, u"sign_out"_s, u"revoke"_s, u"wipe"_s})
        m_action->addItem(serverAction(name), name);
    m_action->setCurrentIndex(std::max(0, m_action->findData(kept)));
}

std::optional<qint64> AuditSection::dayIn(QLineEdit &line, int daysLater)
{
    Field day;
    day.type = FieldType::Date;
    const Result<Value> value = formatting::parse(day, line.text().trimmed());
    if (!value) {
        m_state->setText(labels::error(value.error()));
        style::setTone(*m_state, style::Tone::Danger);
        line.setFocus(Qt::OtherFocusReason);
        line.selectAll();
        return std::nullopt;
    }
    if (value->isNull())
        return 0;
    return value->toDate().addDays(daysLater).startOfDay().toMSecsSinceEpoch();
}

std::optional<wire::AuditQuestion> AuditSection::question()
{
    wire::AuditQuestion question;
    const auto from = dayIn(*m_from, 0);
    const auto until = from ? dayIn(*m_until, 1) : std::nullopt;
    if (!from || !until)
        return std::nullopt;
    question.fromMs = *from;
    question.untilMs = *until;
    const QString user = m_user->currentData().toString();
    question.byServer = user == byServer;
    if (!question.byServer)
        question.user = Id::fromString(user).value_or(Id());
    question.entity = m_entity->currentData().toString();
    question.field = m_field->currentData().toString();
    question.action = m_action->currentData().toString();
    question.record = m_record;
    question.limit = pageEntries;
    return question;
}

void AuditSection::search()
{
    const auto wanted = question();
    if (!wanted)
        return;
    m_asked = *wanted;
    m_isBusy = true;
    style::setTone(*m_state, style::Tone::Muted);
    m_state->setText(tr("Asking the server…"));
    workspace().administration().audit(m_asked,
                                       [self = QPointer(this), round = ++m_round](const Result<wire::AuditPage> &page) {
                                           if (self && self->m_round == round)
                                               self->arrived(page, true);
                                       });
}

void AuditSection::more()
{
    if (m_isBusy || m_asked.afterSeq == 0)
        return;
    m_isBusy = true;
    workspace().administration().audit(m_asked,
                                       [self = QPointer(this), round = ++m_round](const Result<wire::AuditPage> &page) {
                                           if (self && self->m_round == round)
                                               self->arrived(page, false);
                                       });
}

void AuditSection::arrived(const Result<wire::AuditPage> &page, bool isFirst)
{
    m_isBusy = false;
    if (!page) {
        // What was found before stays in sight.
        style::setTone(*m_state, style::Tone::Danger);
        m_state->setText(labels::error(page.error()));
        return;
    }
    if (isFirst)
        m_entries.clear();
    // Who changed a record last, and when, stands in each row already.
    std::vector<wire::AuditEntry> entries = page->entries;
    std::erase_if(entries, [this](const wire::AuditEntry &entry) {
        const Entity *entity = workspace().catalog()->entity(entry.entity);
        const Field *field = entity ? entity->field(entry.field) : nullptr;
        return field && field->system && m_asked.field.isEmpty();
    });
    m_entries.insert(m_entries.end(), entries.begin(), entries.end());
    m_asked.afterMs = page->afterMs;
    m_asked.afterSeq = page->afterSeq;
    QList<AdminRow> rows;
    for (const wire::AuditEntry &entry : entries)
        rows << rowOf(entry);
    isFirst ? m_table->setRows(rows) : m_table->addRows(rows);
    style::setTone(*m_state, style::Tone::Muted);
    const bool isAll = page->afterSeq == 0;
    m_state->setText(isAll ? tr("%Ln entry(ies)", nullptr, int(m_entries.size()))
                           : tr("The newest %Ln entry(ies)", nullptr, int(m_entries.size())));
    m_more->setVisible(!isAll);
    updateCommands();
}

void AuditSection::updateCommands()
{
    const int row = m_table->currentRow();
    const bool isOne = row >= 0 && size_t(row) < m_entries.size();
    const Entity *entity = isOne ? workspace().catalog()->entity(m_entries[size_t(row)].entity) : nullptr;
    m_only->setEnabled(isOne || !m_record.isNull());
    m_open->setEnabled(entity &&
                       workspace().reader().find(*entity, m_entries[size_t(row)].record).value_or(std::nullopt));
    m_export->setEnabled(!m_running);
}

void AuditSection::onlyThisRecord()
{
    const int row = m_table->currentRow();
    if (!m_record.isNull())
        m_record = {};
    else if (row >= 0 && size_t(row) < m_entries.size())
        m_record = m_entries[size_t(row)].record;
    m_only->setChecked(!m_record.isNull());
    search();
}

void AuditSection::openRecord()
{
    const int row = m_table->currentRow();
    if (row >= 0 && size_t(row) < m_entries.size() && m_open->isEnabled())
        context().page.window.openRecord(m_entries[size_t(row)].entity, m_entries[size_t(row)].record);
}

void AuditSection::exportCsv()
{
    const auto wanted = question();
    if (!wanted || m_running)
        return;
    const QString path =
        dialogs::saveFileName(this, tr("Export the audit trail"),
                              u"audit-%1.csv"_s.arg(QDate::currentDate().toString(Qt::ISODate)), tr("CSV (*.csv)"));
    if (path.isEmpty())
        return;
    m_running = std::make_unique<Export>(workspace().reader(), path);
    m_running->question = *wanted;
    m_running->question.limit = exportEntries;
    updateCommands();
    if (!m_running->file.open(QIODevice::WriteOnly))
        return finishExport(
            fail("export.cannot_write", {{u"path"_s, path}, {u"reason"_s, m_running->file.errorString()}}));
    if (const auto begun = m_running->csv.begin(); !begun)
        return finishExport(begun);
    exportNext();
}

void AuditSection::exportNext()
{
    workspace().administration().audit(
        m_running->question, [self = QPointer(this)](const Result<wire::AuditPage> &page) {
            if (!self || !self->m_running)
                return;
            Export &running = *self->m_running;
            if (!page)
                return self->finishExport(fail(page.error()));
            for (const wire::AuditEntry &entry : page->entries) {
                if (const auto written = running.csv.add(entry); !written)
                    return self->finishExport(written);
                ++running.count;
            }
            if (page->afterSeq == 0)
                return self->finishExport({});
            running.question.afterMs = page->afterMs;
            running.question.afterSeq = page->afterSeq;
            style::setTone(*self->m_state, style::Tone::Muted);
            self->m_state->setText(tr("%Ln entry(ies) written…", nullptr, int(running.count)));
            self->exportNext();
        });
}

void AuditSection::finishExport(const Result<> &done)
{
    const std::unique_ptr<Export> finished = std::move(m_running);
    updateCommands();
    const QString path = finished->file.fileName();
    if (!done)
        return context().page.window.showError(done.error());
    if (!finished->file.commit())
        return context().page.window.showError(
            Error("export.cannot_write", {{u"path"_s, path}, {u"reason"_s, finished->file.errorString()}}));
    const QString text = tr("%Ln entry(ies) written to %1", nullptr, int(finished->count)).arg(path);
    style::setTone(*m_state, style::Tone::Muted);
    m_state->setText(text);
    context().page.window.toast(text, {});
}

QString AuditSection::userText(const Id &user) const
{
    if (user.isNull())
        return tr("The server");
    if (data().people()) {
        for (const wire::AdminUser &one : data().people()->users) {
            if (one.id == user)
                return one.displayName.isEmpty() ? one.name : one.displayName;
        }
    }
    const Entity *entity = workspace().catalog()->entity(u"foundation.user");
    const QString title = entity ? workspace().reader().title(*entity, user) : QString();
    return title.isEmpty() ? user.toString() : title;
}

QString AuditSection::actionText(const wire::AuditEntry &entry) const
{
    switch (entry.kind) {
    case ChangeKind::Create:
        return tr("Created");
    case ChangeKind::Update:
    case ChangeKind::Member:
        return tr("Changed");
    case ChangeKind::Delete:
        return tr("Deleted");
    case ChangeKind::Restore:
        return tr("Restored");
    case ChangeKind::Action:
        break;
    }
    if (const QString own = serverAction(entry.action); !own.isEmpty())
        return own;
    const Entity *entity = workspace().catalog()->entity(entry.entity);
    const Transition *action = entity ? entity->action(entry.action) : nullptr;
    return action ? labels::action(*entity, *action) : entry.action;
}

QString AuditSection::valueText(const wire::AuditEntry &entry, const Value &value) const
{
    const Entity *entity = workspace().catalog()->entity(entry.entity);
    const Field *field = entity ? entity->field(entry.field) : nullptr;
    if (value.isNull())
        return {};
    if (value.isList()) {
        QStringList members;
        for (const Value &member : value.toList())
            members << valueText(entry, member);
        return QLocale().createSeparatedList(members);
    }
    if (!field)
        return value.toText();
    QString title;
    if (value.isId()) {
        const Entity *target = workspace().catalog()->entity(labels::targetOf(*field));
        title = target ? workspace().reader().title(*target, value.toId()) : QString();
        if (title.isEmpty())
            return value.toId().toString();
    }
    return title.isEmpty() ? formatting::value(*entity, *field, value) : title;
}

AdminRow AuditSection::rowOf(const wire::AuditEntry &entry) const
{
    const Entity *entity = workspace().catalog()->entity(entry.entity);
    const Field *field = entity ? entity->field(entry.field) : nullptr;
    const auto cell = [](const QString &text, bool isTitle = false) {
        return AdminCell{text, {}, {}, false, isTitle, {}};
    };
    AdminRow row;
    row.cells << cell(formatting::dateTime(QDateTime::fromMSecsSinceEpoch(entry.atMs))) << cell(userText(entry.user))
              << cell(entity ? labels::entity(*entity) : entry.entity)
              << cell(entry.title.isEmpty() ? entry.record.toString() : entry.title, true) << cell(actionText(entry))
              << cell(field ? labels::field(*entity, *field) : entry.field) << cell(valueText(entry, entry.before))
              << cell(valueText(entry, entry.after));
    return row;
}

} // namespace tz
