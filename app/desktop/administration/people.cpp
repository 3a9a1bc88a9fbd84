// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "desktop/administration/people.h"

#include "desktop/administration/adminform.h"
#include "desktop/administration/admintable.h"
#include "desktop/frame/mainwindow.h"
#include "workbench/dialogs/dialogs.h"
#include "workbench/icons.h"
#include "workbench/records/formatting.h"
#include "workbench/records/labels.h"

#include <QComboBox>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPointer>
#include <QTreeWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace tz {
namespace {

const QString userEntity = QStringLiteral("foundation.user");
const QString teamEntity = QStringLiteral("foundation.team");
constexpr int idRole = Qt::UserRole + 1;

QString roleNames(const wire::AdminPeople &people, const wire::AdminUser &user)
{
    QStringList names;
    for (const wire::AdminRole &role : people.roles) {
        if (std::find(user.roles.begin(), user.roles.end(), role.id) != user.roles.end())
            names << (role.label.isEmpty() ? role.name : role.label);
    }
    return QLocale().createSeparatedList(names);
}

QString when(const Workspace &workspace, qint64 ms)
{
    return ms > 0 ? formatting::relativeTime(QDateTime::fromMSecsSinceEpoch(ms),
                                             QDateTime::fromMSecsSinceEpoch(workspace.clock().nowMs()))
                  : QString();
}

QList<AdminForm::Choice> teamChoices(const wire::AdminPeople &people, const QString &none, const Id &without = {})
{
    QList<AdminForm::Choice> choices;
    for (const wire::AdminTeam &team : people.teams) {
        // Nothing is part of itself, nor of what is part of it.
        bool isBelow = false;
        Id at = team.id;
        for (size_t depth = 0; !without.isNull() && !at.isNull() && depth <= people.teams.size(); ++depth) {
            isBelow = isBelow || at == without;
            const auto found = std::find_if(people.teams.begin(), people.teams.end(),
                                            [&](const wire::AdminTeam &other) { return other.id == at; });
            at = found == people.teams.end() ? Id() : found->parent;
        }
        if (!isBelow)
            choices.append({Value(team.id), wire::teamPath(people, team.id).replace(u'/', u" › "_s)});
    }
    std::sort(choices.begin(), choices.end(),
              [](const auto &a, const auto &b) { return QString::localeAwareCompare(a.text, b.text) < 0; });
    choices.prepend({Value(), none});
    return choices;
}

Value idValue(const Id &id)
{
    return id.isNull() ? Value() : Value(id);
}

} // namespace

void submitForm(AdminForm &form, AdminData &data, wire::AdminChange change, const QList<SentAs> &sentAs)
{
    const QList<std::pair<QString, Value>> changes = form.changes();
    for (const auto &[field, value] : changes) {
        if (field == "password"_L1) {
            change.password = value.toText();
            continue;
        }
        const auto other =
            std::find_if(sentAs.begin(), sentAs.end(), [&](const SentAs &one) { return one.formField == field; });
        change.fields << (other == sentAs.end() ? field : other->field);
        change.values.push_back(other == sentAs.end() ? value : other->value);
    }
    if (change.kind == ChangeKind::Update && changes.isEmpty()) {
        form.accept();
        return;
    }
    form.setBusy(true);
    const QString entity = change.entity;
    data.change(change, [form = QPointer(&form), &data, entity](const Result<Id> &done) {
        if (!form)
            return;
        form->setBusy(false);
        if (done)
            form->accept();
        else
            form->showError(done.error(), data.workspace().catalog()->entity(entity));
    });
}

UsersSection::UsersSection(const AdminContext &context, QWidget *parent)
    : AdminSection(context, u"users"_s, parent)
    , m_table(new AdminTable(this))
{
    addCommand(QT_TRANSLATE_NOOP("tz::AdminSection", "New user"), u"user-plus"_s, [this] { create(); });
    m_edit = addCommand(QT_TRANSLATE_NOOP("tz::AdminSection", "Edit user"), u"pencil"_s, [this] { edit(); });
    m_password = addCommand(QT_TRANSLATE_NOOP("tz::AdminSection", "Set password"), u"key"_s, [this] { setPassword(); });
    m_switch = addCommand(QT_TRANSLATE_NOOP("tz::AdminSection", "Switch off"), u"power"_s, [this] { switchOffOrOn(); });
    column().addWidget(m_table, 1);
    connect(m_table, &AdminTable::opened, this, &UsersSection::edit);
    connect(m_table, &AdminTable::currentChanged, this, &UsersSection::updateCommands);
    connect(&data(), &AdminData::peopleChanged, this, &UsersSection::fill);
    translateCommands();
    retranslate();
}

QString UsersSection::title() const
{
    return tr("Users");
}

void UsersSection::refresh()
{
    data().refreshPeople();
}

QWidget *UsersSection::mainWidget()
{
    return &m_table->view();
}

void UsersSection::retranslate()
{
    m_table->setPlaceholder(tr("Filter users"));
    m_table->view().setAccessibleName(title());
    m_table->setColumns(
        {tr("Name"), tr("Sign-in name"), tr("Roles"), tr("Team"), tr("State"), tr("Devices"), tr("Last contact")});
    fill();
}

void UsersSection::fill()
{
    if (!data().people())
        return;
    const wire::AdminPeople &people = *data().people();
    QList<AdminRow> rows;
    for (const wire::AdminUser &user : people.users) {
        const QString state = !user.active       ? tr("Switched off")
                              : user.hasPassword ? tr("Active")
                                                 : tr("No password yet");
        const style::Tone tone = !user.active       ? style::Tone::Muted
                                 : user.hasPassword ? style::Tone::Success
                                                    : style::Tone::Warning;
        AdminRow row{user.id, {}};
        row.cells << AdminCell{user.displayName.isEmpty() ? user.name : user.displayName, {}, {}, false, true, {}};
        row.cells << AdminCell{user.name, {}, {}, false, false, {}};
        row.cells << AdminCell{roleNames(people, user), {}, {}, false, false, {}};
        row.cells << AdminCell{wire::teamPath(people, user.team).replace(u'/', u" › "_s), {}, {}, false, false, {}};
        row.cells << AdminCell{state, tone, {}, false, false, {}};
        row.cells << AdminCell{QLocale().toString(user.devices), {}, QVariant(user.devices), true, false, {}};
        row.cells << AdminCell{when(workspace(), user.seenAtMs), {}, QVariant(user.seenAtMs), false, false, {}};
        rows << row;
    }
    m_table->setEmptyText(tr("No user fits the filter."));
    m_table->setRows(rows);
}

const wire::AdminUser *UsersSection::current() const
{
    const Id id = m_table->currentId();
    if (!data().people() || id.isNull())
        return nullptr;
    const auto &users = data().people()->users;
    const auto found = std::find_if(users.begin(), users.end(), [&](const auto &user) { return user.id == id; });
    return found == users.end() ? nullptr : &*found;
}

void UsersSection::updateCommands()
{
    const wire::AdminUser *user = current();
    for (QAction *action : {m_edit, m_password, m_switch})
        action->setEnabled(user);
    m_switch->setText(user && !user->active ? tr("Switch on") : tr("Switch off"));
}

AdminForm *UsersSection::openForm(const wire::AdminUser *user)
{
    const wire::AdminPeople &people = *data().people();
    auto *form = new AdminForm(user ? tr("Edit %1").arg(user->displayName.isEmpty() ? user->name : user->displayName)
                                    : tr("New user"),
                               user ? tr("Save") : tr("Create"), this);
    form->addLine(u"name"_s, tr("Sign-in name"), user ? user->name : QString());
    form->addLine(u"display_name"_s, tr("Name"), user ? user->displayName : QString());
    form->addLine(u"email"_s, tr("E-mail"), user ? user->email : QString());
    form->addLine(u"phone"_s, tr("Phone"), user ? user->phone : QString());
    form->addLine(u"job_title"_s, tr("Job title"), user ? user->jobTitle : QString());
    form->addChoice(u"team"_s, tr("Team"), teamChoices(people, tr("No team")), user ? idValue(user->team) : Value());
    QList<AdminForm::Choice> roles;
    for (const wire::AdminRole &role : people.roles)
        roles.append({Value(role.id), role.label.isEmpty() ? role.name : role.label});
    ValueList held;
    if (user) {
        for (const Id &role : user->roles)
            held.emplace_back(role);
    }
    form->addSet(u"roles"_s, tr("Roles"), roles, held);
    if (!user)
        form->addPassword(u"password"_s, tr("Password"),
                          tr("It can also be set later. Tell it to the user in person; it is not shown again."));
    form->open();
    return form;
}

void UsersSection::create()
{
    if (!data().people())
        return;
    AdminForm *form = openForm(nullptr);
    connect(form, &AdminForm::submitted, this, [this, form] {
        if (form->text(u"name"_s).isEmpty()) {
            form->showError(u"name"_s, tr("Without a sign-in name nobody can sign in."));
            return;
        }
        wire::AdminChange change;
        change.kind = ChangeKind::Create;
        change.entity = userEntity;
        submitForm(*form, data(), change);
    });
}

void UsersSection::edit()
{
    const wire::AdminUser *user = current();
    if (!user)
        return;
    AdminForm *form = openForm(user);
    connect(form, &AdminForm::submitted, this, [this, form, id = user->id, rev = user->rev] {
        wire::AdminChange change;
        change.entity = userEntity;
        change.id = id;
        change.expectedRev = rev;
        submitForm(*form, data(), change);
    });
}

void UsersSection::setPassword()
{
    const wire::AdminUser *user = current();
    if (!user)
        return;
    const QString name = user->displayName.isEmpty() ? user->name : user->displayName;
    auto *form = new AdminForm(tr("Password of %1").arg(name), tr("Set password"), this);
    form->addPassword(u"password"_s, tr("New password"),
                      tr("%1 is signed out everywhere and signs in again with the new password. What has not been sent "
                         "from their computers stays there.")
                          .arg(name));
    form->addPassword(u"again"_s, tr("The same again"));
    connect(form, &AdminForm::submitted, this, [this, form, id = user->id] {
        const QString password = form->text(u"password"_s);
        if (password.isEmpty())
            return form->showError(u"password"_s, tr("Type the new password."));
        if (password != form->text(u"again"_s))
            return form->showError(u"again"_s, tr("The two passwords differ."));
        wire::AdminChange change;
        change.entity = userEntity;
        change.id = id;
        change.password = password;
        form->setBusy(true);
        data().change(change, [this, form = QPointer(form)](const Result<Id> &done) {
            if (!form)
                return;
            form->setBusy(false);
            if (!done)
                return form->showError(done.error(), nullptr);
            form->accept();
            context().page.window.toast(tr("The password is set."), {});
        });
    });
    form->open();
}

void UsersSection::switchOffOrOn()
{
    const wire::AdminUser *user = current();
    if (!user)
        return;
    const QString name = user->displayName.isEmpty() ? user->name : user->displayName;
    const bool isOwn = user->id == workspace().actor().user;
    QString question = tr("%1 is signed out everywhere at once and cannot sign in. What has not been sent from their "
                          "computers stays there. Their records stay as they are.")
                           .arg(name);
    if (isOwn)
        question.prepend(tr("This is your own account: you shut yourself out.") + u"\n\n"_s);
    if (user->active && !dialogs::confirm(this, tr("Switch off %1").arg(name), question, tr("Switch off")))
        return;
    wire::AdminChange change;
    change.entity = userEntity;
    change.id = user->id;
    change.fields = {u"active"_s};
    change.values = {Value(!user->active)};
    data().change(change, [this](const Result<Id> &done) {
        if (!done)
            context().page.window.showError(done.error());
    });
}

TeamsSection::TeamsSection(const AdminContext &context, QWidget *parent)
    : AdminSection(context, u"network"_s, parent)
    , m_tree(new QTreeWidget(this))
{
    addCommand(QT_TRANSLATE_NOOP("tz::AdminSection", "New team"), u"plus"_s, [this] { create(); });
    m_edit = addCommand(QT_TRANSLATE_NOOP("tz::AdminSection", "Edit team"), u"pencil"_s, [this] { edit(); });
    m_remove = addCommand(QT_TRANSLATE_NOOP("tz::AdminSection", "Delete team"), u"trash-2"_s, [this] { remove(); });
    m_tree->setColumnCount(3);
    m_tree->setUniformRowHeights(true);
    m_tree->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_tree->installEventFilter(this);
    column().addWidget(m_tree, 1);
    connect(m_tree, &QTreeWidget::itemDoubleClicked, this, &TeamsSection::edit);
    connect(m_tree, &QTreeWidget::currentItemChanged, this, &TeamsSection::updateCommands);
    connect(&data(), &AdminData::peopleChanged, this, &TeamsSection::fill);
    translateCommands();
    retranslate();
}

QString TeamsSection::title() const
{
    return tr("Teams");
}

void TeamsSection::refresh()
{
    data().refreshPeople();
}

QWidget *TeamsSection::mainWidget()
{
    return m_tree;
}

void TeamsSection::retranslate()
{
    m_tree->setHeaderLabels({tr("Team"), tr("Manager"), tr("Members")});
    m_tree->setAccessibleName(title());
    fill();
}

void TeamsSection::fill()
{
    if (!data().people())
        return;
    const wire::AdminPeople &people = *data().people();
    const wire::AdminTeam *before = current();
    const Id kept = before ? before->id : Id();
    m_tree->clear();
    QHash<Id, QTreeWidgetItem *> items;
    for (const wire::AdminTeam &team : people.teams) {
        const auto manager = std::find_if(people.users.begin(), people.users.end(),
                                          [&](const wire::AdminUser &user) { return user.id == team.manager; });
        auto *item = new QTreeWidgetItem({team.name, manager == people.users.end() ? QString() : manager->displayName,
                                          QLocale().toString(team.members)});
        item->setIcon(0, icon(u"users"_s));
        item->setData(0, idRole, QVariant::fromValue(team.id));
        items.insert(team.id, item);
    }
    for (const wire::AdminTeam &team : people.teams) {
        QTreeWidgetItem *item = items.value(team.id);
        // One whose parent is gone, and those of a circle, stand at the top: nothing is hidden.
        QTreeWidgetItem *above = team.parent == team.id ? nullptr : items.value(team.parent);
        for (QTreeWidgetItem *at = above; at; at = at->parent()) {
            if (at == item) {
                above = nullptr;
                break;
            }
        }
        above ? above->addChild(item) : m_tree->addTopLevelItem(item);
    }
    m_tree->sortItems(0, Qt::AscendingOrder);
    m_tree->expandAll();
    constexpr int narrowest[] = {280, 180, 80};
    for (int column = 0; column < m_tree->columnCount(); ++column) {
        m_tree->resizeColumnToContents(column);
        m_tree->setColumnWidth(column, std::max(narrowest[column], m_tree->columnWidth(column) + style::largeGap));
    }
    m_tree->setCurrentItem(items.value(kept, m_tree->topLevelItem(0)));
    updateCommands();
}

const wire::AdminTeam *TeamsSection::current() const
{
    const QTreeWidgetItem *item = m_tree->currentItem();
    if (!item || !data().people())
        return nullptr;
    const Id id = item->data(0, idRole).value<Id>();
    const auto &teams = data().people()->teams;
    const auto found = std::find_if(teams.begin(), teams.end(), [&](const auto &team) { return team.id == id; });
    return found == teams.end() ? nullptr : &*found;
}

void TeamsSection::updateCommands()
{
    const bool isOne = current() != nullptr;
    m_edit->setEnabled(isOne);
    m_remove->setEnabled(isOne);
}

void TeamsSection::openForm(const wire::AdminTeam *team, const Id &parent)
{
    const wire::AdminPeople &people = *data().people();
    auto *form =
        new AdminForm(team ? tr("Edit %1").arg(team->name) : tr("New team"), team ? tr("Save") : tr("Create"), this);
    form->addLine(u"name"_s, tr("Name"), team ? team->name : QString());
    form->addChoice(u"parent"_s, tr("Part of"),
                    teamChoices(people, tr("Nothing: it is at the top"), team ? team->id : Id()),
                    team ? idValue(team->parent) : Value());
    QList<AdminForm::Choice> managers{{Value(), tr("Nobody")}};
    for (const wire::AdminUser &user : people.users) {
        if (user.active || (team && team->manager == user.id))
            managers.append({Value(user.id), user.displayName.isEmpty() ? user.name : user.displayName});
    }
    form->addChoice(u"manager"_s, tr("Manager"), managers, team ? idValue(team->manager) : Value());
    wire::AdminChange change;
    change.kind = team ? ChangeKind::Update : ChangeKind::Create;
    change.entity = teamEntity;
    if (team) {
        change.id = team->id;
        change.expectedRev = team->rev;
    } else if (auto *above = form->findChild<QComboBox *>(u"parent"_s)) {
        // Proposed after the form knows what it began with, so that it counts as chosen.
        const QList<AdminForm::Choice> choices = teamChoices(people, {});
        for (qsizetype i = 0; i < choices.size(); ++i) {
            if (choices[i].value == idValue(parent))
                above->setCurrentIndex(int(i));
        }
    }
    connect(form, &AdminForm::submitted, this, [this, form, change] {
        if (form->text(u"name"_s).isEmpty())
            return form->showError(u"name"_s, tr("A team needs a name."));
        submitForm(*form, data(), change);
    });
    form->open();
}

void TeamsSection::create()
{
    if (!data().people())
        return;
    const wire::AdminTeam *above = current();
    openForm(nullptr, above ? above->id : Id());
}

void TeamsSection::edit()
{
    if (const wire::AdminTeam *team = current())
        openForm(team, {});
}

void TeamsSection::remove()
{
    const wire::AdminTeam *team = current();
    if (!team)
        return;
    const qint64 members = team->members;
    const QString question =
        members > 0 ? tr("%Ln member(s) are then in no team, and see only their own records where their roles say "
                         "“team”. Records of the team stay, without it.",
                         nullptr, int(members))
                    : tr("Records of the team stay, without it.");
    if (!dialogs::confirm(this, tr("Delete %1").arg(team->name), question, tr("Delete")))
        return;
    wire::AdminChange change;
    change.kind = ChangeKind::Delete;
    change.entity = teamEntity;
    change.id = team->id;
    change.expectedRev = team->rev;
    data().change(change, [this](const Result<Id> &done) {
        if (!done)
            context().page.window.showError(done.error());
    });
}

bool TeamsSection::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_tree && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Return || key == Qt::Key_Enter) {
            edit();
            return true;
        }
        if (key == Qt::Key_Delete) {
            remove();
            return true;
        }
    }
    return AdminSection::eventFilter(watched, event);
}

} // namespace tz
