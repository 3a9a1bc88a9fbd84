// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "desktop/administration/roles.h"

#include "core/logic/rightstable.h"
#include "desktop/administration/adminform.h"
#include "desktop/administration/admintable.h"
#include "desktop/administration/people.h"
#include "desktop/frame/mainwindow.h"
#include "workbench/dialogs/dialogs.h"
#include "workbench/icons.h"
#include "workbench/pageparts.h"
#include "workbench/records/labels.h"
#include "workbench/style.h"

#include <QEvent>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QSplitter>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QTimer>
#include <QTreeWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace tz {
namespace {

const QString roleEntity = QStringLiteral("foundation.role");
constexpr int toneRole = Qt::UserRole + 1;
constexpr int longestLease = 60;
enum Column { What, Read, Edit, Create, Delete, Assign, Hidden, Actions, columnCount };

/// Pills for how far a right reaches.
class ReachPainter final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        QSize size = QStyledItemDelegate::sizeHint(option, index);
        if (index.data(toneRole).isValid())
            size.setWidth(style::pillWidth(option.font, index.data().toString()) + 2 * style::gap);
        size.setHeight(style::rowHeight(option.font));
        return size;
    }
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const QVariant tone = index.data(toneRole);
        QStyleOptionViewItem item = option;
        initStyleOption(&item, index);
        const QString text = item.text;
        if (!tone.isValid())
            return QStyledItemDelegate::paint(painter, option, index);
        item.text.clear();
        item.widget->style()->drawControl(QStyle::CE_ItemViewItem, &item, painter, item.widget);
        painter->save();
        painter->setFont(item.font);
        style::paintPill(*painter, item.rect.adjusted(style::gap / 2, 0, -style::gap / 2, 0), text,
                         style::Tone(tone.toInt()), item.state & QStyle::State_Selected);
        painter->restore();
    }
};

QString reachText(Reach reach)
{
    switch (reach) {
    case Reach::None:
        return u"–"_s;
    case Reach::Own:
        return RolesSection::tr("own");
    case Reach::Team:
        return RolesSection::tr("team");
    case Reach::All:
        return RolesSection::tr("all");
    }
    return {};
}

void setReach(QTreeWidgetItem &item, int column, Reach reach)
{
    item.setText(column, reachText(reach));
    if (reach == Reach::None)
        item.setForeground(column, style::color(style::Tone::Muted));
    else
        item.setData(column, toneRole,
                     int(reach == Reach::All    ? style::Tone::Success
                         : reach == Reach::Team ? style::Tone::Accent
                                                : style::Tone::Violet));
}

void setYes(QTreeWidgetItem &item, int column, bool yes)
{
    if (yes)
        item.setIcon(column, icon(u"check"_s, style::color(style::Tone::Success)));
    item.setText(column, yes ? RolesSection::tr("yes") : u"–"_s);
    if (!yes)
        item.setForeground(column, style::color(style::Tone::Muted));
}

void fillRow(QTreeWidgetItem &item, const EntityRights &rights)
{
    const Entity &entity = *rights.entity;
    item.setText(What, labels::plural(entity));
    item.setIcon(What, icon(entity.icon.isEmpty() ? u"table"_s : entity.icon));
    if (rights.like)
        item.setToolTip(What,
                        RolesSection::tr("As of the record that it belongs to: %1").arg(labels::entity(*rights.like)));
    setReach(item, Read, rights.grant.read);
    setReach(item, Edit, rights.grant.write);
    setYes(item, Create, rights.grant.create);
    setReach(item, Delete, rights.remove);
    setYes(item, Assign, rights.grant.assign);
    QStringList hidden, actions;
    for (const Field &field : entity.fields) {
        if (rights.grant.hidden.contains(field.name))
            hidden << labels::field(entity, field);
    }
    for (const EntityRights::Action &action : rights.actions) {
        if (action.reach != Reach::None)
            actions << RolesSection::tr("%1 (%2)").arg(labels::action(entity, *action.transition),
                                                       reachText(action.reach));
    }
    item.setText(Hidden, QLocale().createSeparatedList(hidden));
    item.setText(Actions, QLocale().createSeparatedList(actions));
    for (const int column : {int(Hidden), int(Actions)})
        item.setToolTip(column, item.text(column));
}

} // namespace

RolesSection::RolesSection(const AdminContext &context, QWidget *parent)
    : AdminSection(context, u"shield-check"_s, parent)
    , m_table(new AdminTable(this))
    , m_about(parts::label(u"mutedText"_s, this))
    , m_matrix(new QTreeWidget(this))
{
    addCommand(QT_TRANSLATE_NOOP("tz::AdminSection", "New role"), u"plus"_s, [this] { create(); });
    m_edit = addCommand(QT_TRANSLATE_NOOP("tz::AdminSection", "Edit role"), u"pencil"_s, [this] { edit(); });
    m_remove = addCommand(QT_TRANSLATE_NOOP("tz::AdminSection", "Delete role"), u"trash-2"_s, [this] { remove(); });
    m_table->setFilterable(false);
    m_table->view().setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_matrix->setColumnCount(columnCount);
    m_matrix->setUniformRowHeights(true);
    m_matrix->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_matrix->setItemDelegate(new ReachPainter(m_matrix));
    m_matrix->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    auto *right = new QWidget(this);
    auto *rightLayout = new QVBoxLayout(right);
    rightLayout->setContentsMargins(style::gap, 0, 0, 0);
    rightLayout->addWidget(m_about);
    rightLayout->addWidget(m_matrix, 1);
    auto *splitter = new QSplitter(this);
    splitter->addWidget(m_table);
    splitter->addWidget(right);
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({270, 930});
    splitter->setChildrenCollapsible(false);
    column().addWidget(splitter, 1);
    connect(m_table, &AdminTable::opened, this, &RolesSection::edit);
    connect(m_table, &AdminTable::currentChanged, this, [this] {
        updateCommands();
        fillMatrix();
    });
    connect(&data(), &AdminData::peopleChanged, this, &RolesSection::fill);
    translateCommands();
    retranslate();
}

QString RolesSection::title() const
{
    return tr("Roles and rights");
}

void RolesSection::refresh()
{
    data().refreshPeople();
}

QWidget *RolesSection::mainWidget()
{
    return &m_table->view();
}

void RolesSection::retranslate()
{
    m_table->view().setAccessibleName(tr("Roles"));
    m_table->setColumns({tr("Role"), tr("Users"), tr("Days")});
    m_matrix->setAccessibleName(tr("Rights of the role"));
    m_matrix->setHeaderLabels({tr("Records"), tr("Read"), tr("Edit"), tr("Create"), tr("Delete"), tr("Assign"),
                               tr("Hidden fields"), tr("Actions")});
    m_about->setText(tr("What a role may do is declared by the departments. Where somebody has several roles, the "
                        "widest right counts."));
    fill();
}

void RolesSection::fill()
{
    if (!data().people())
        return;
    QList<AdminRow> rows;
    for (const wire::AdminRole &role : data().people()->roles) {
        AdminRow row{role.id, {}};
        row.cells << AdminCell{role.label.isEmpty() ? role.name : role.label, {}, {}, false, true,
                               tr("Name in declarations: %1").arg(role.name)};
        row.cells << AdminCell{QLocale().toString(role.users), {}, QVariant(role.users), true, false, {}};
        const qint64 days = role.leaseDays > 0 ? role.leaseDays : longestLease;
        row.cells << AdminCell{QLocale().toString(days),
                               {},
                               QVariant(days),
                               true,
                               false,
                               tr("So many days may pass without contact before a copy locks itself.")};
        rows << row;
    }
    m_table->setRows(rows);
}

void RolesSection::fillMatrix()
{
    const wire::AdminRole *role = current();
    const QString kept = m_matrix->currentItem() ? m_matrix->currentItem()->text(What) : QString();
    m_matrix->clear();
    if (!role)
        return;
    const CatalogPtr catalog = workspace().catalog();
    QHash<QString, QTreeWidgetItem *> departments;
    for (const DepartmentHost::Status &status : workspace().host().status()) {
        const QString label = status.spec.label.isEmpty() ? status.spec.id : status.spec.label;
        auto *item = new QTreeWidgetItem(m_matrix, {labels::text(status.spec.id, label, "department")});
        QFont font = m_matrix->font();
        font.setWeight(QFont::DemiBold);
        item->setFont(What, font);
        item->setFirstColumnSpanned(true);
        departments.insert(status.spec.id, item);
    }
    for (const EntityRights &rights : rightsOfRole(*catalog, role->name)) {
        if (QTreeWidgetItem *department = departments.value(rights.entity->department)) {
            auto *item = new QTreeWidgetItem(department);
            fillRow(*item, rights);
            if (item->text(What) == kept)
                m_matrix->setCurrentItem(item);
        }
    }
    for (QTreeWidgetItem *department : departments)
        department->setHidden(department->childCount() == 0);
    m_matrix->expandAll();
    for (int column = 0; column < Hidden; ++column)
        m_matrix->resizeColumnToContents(column);
    constexpr int textColumn = 140;
    m_matrix->setColumnWidth(Hidden, textColumn);
    if (!m_matrix->currentItem() && m_matrix->topLevelItemCount() > 0)
        m_matrix->setCurrentItem(m_matrix->topLevelItem(0));
}

const wire::AdminRole *RolesSection::current() const
{
    const Id id = m_table->currentId();
    if (!data().people() || id.isNull())
        return nullptr;
    const auto &roles = data().people()->roles;
    const auto found = std::find_if(roles.begin(), roles.end(), [&](const auto &role) { return role.id == id; });
    return found == roles.end() ? nullptr : &*found;
}

void RolesSection::updateCommands()
{
    const wire::AdminRole *role = current();
    m_edit->setEnabled(role);
    m_remove->setEnabled(role && role->name != "admin"_L1);
}

void RolesSection::openForm(const wire::AdminRole *role)
{
    auto *form =
        new AdminForm(role ? tr("Edit %1").arg(role->label.isEmpty() ? role->name : role->label) : tr("New role"),
                      role ? tr("Save") : tr("Create"), this);
    QLineEdit *name = form->addLine(
        u"name"_s, tr("Name"), role ? role->name : QString(),
        tr("By this name the departments' declarations say what the role may do. A name that none of them knows may "
           "only what everybody may."));
    name->setReadOnly(role && role->name == "admin"_L1);
    form->addLine(u"label"_s, tr("Label"), role ? role->label : QString());
    form->addLine(u"description"_s, tr("Description"), role ? role->description : QString());
    form->addLine(u"days"_s, tr("Days without contact"),
                  role && role->leaseDays > 0 ? QString::number(role->leaseDays) : QString(),
                  tr("A copy that has not reached the server for so long locks itself: 1 to 60. Empty: 60."));
    connect(form, &AdminForm::submitted, this, [this, form, id = role ? role->id : Id(), rev = role ? role->rev : 0] {
        if (form->text(u"name"_s).isEmpty())
            return form->showError(u"name"_s, tr("A role needs a name."));
        wire::AdminChange change;
        change.kind = id.isNull() ? ChangeKind::Create : ChangeKind::Update;
        change.entity = roleEntity;
        change.id = id;
        change.expectedRev = rev;
        const QString text = form->text(u"days"_s);
        bool isNumber = false;
        const int days = text.toInt(&isNumber);
        if (!text.isEmpty() && (!isNumber || days < 1 || days > longestLease))
            return form->showError(u"days"_s, tr("A number from 1 to 60, or nothing."));
        submitForm(*form, data(), change, {{u"days"_s, u"lease_days"_s, text.isEmpty() ? Value() : Value(days)}});
    });
    form->open();
}

void RolesSection::create()
{
    if (data().people())
        openForm(nullptr);
}

void RolesSection::edit()
{
    if (const wire::AdminRole *role = current())
        openForm(role);
}

void RolesSection::remove()
{
    const wire::AdminRole *role = current();
    if (!role || role->name == "admin"_L1)
        return;
    const QString name = role->label.isEmpty() ? role->name : role->label;
    const QString question =
        role->users > 0
            ? tr("%Ln active user(s) lose what only this role gives them; their copies lose what they may not see any "
                 "more.",
                 nullptr, int(role->users))
            : tr("No active user has it.");
    if (!dialogs::confirm(this, tr("Delete %1").arg(name), question, tr("Delete")))
        return;
    wire::AdminChange change;
    change.kind = ChangeKind::Delete;
    change.entity = roleEntity;
    change.id = role->id;
    change.expectedRev = role->rev;
    data().change(change, [this](const Result<Id> &done) {
        if (!done)
            context().page.window.showError(done.error());
    });
}

void RolesSection::changeEvent(QEvent *event)
{
    // The muted texts have colours of their own. Not at once: the application is going through its widgets.
    if (event->type() == QEvent::PaletteChange)
        QTimer::singleShot(0, this, &RolesSection::fillMatrix);
    AdminSection::changeEvent(event);
}

} // namespace tz
