// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors

// The page for administrators, over a server that really runs.
#include "desktop/administration/adminform.h"
#include "desktop/administration/adminpage.h"
#include "desktop/administration/admintable.h"
#include "desktop/administration/auditview.h"
#include "desktop/administration/devices.h"
#include "desktop/administration/people.h"
#include "desktop/administration/roles.h"
#include "desktop/frame/navigation.h"
#include "desktop/frame/tabarea.h"
#include "desktop/palette/paletteitem.h"
#include "tests/gui/desktop/realserver.h"
#include "workbench/dialogs/dialogs.h"

#include <QComboBox>
#include <QListWidget>
#include <QTabBar>
#include <QTableView>
#include <QTreeWidget>

#include <algorithm>

using namespace tz;
using namespace tz::test;
using namespace Qt::StringLiterals;

namespace {

/// The administrator at the desktop, Anna with the command line.
struct Office {
    explicit Office(const QString &user = u"admin"_s)
    {
        qputenv("TONGZHOU_TOKEN_STORE", "file");
        server.addUser(u"anna"_s, {u"sales"_s}, u"North/Berlin"_s);
        server.start();
        anna.login(server, u"anna"_s);
        anna.must({u"sync"_s});
        desktop.start(false);
        signIn(desktop, server, user);
        REQUIRE(waitFor(
            [&] {
                const SyncStatus status = desktop.shell().workspace().status();
                return status.complete && !status.busy && !desktop.shell().workspace().actor().roles.isEmpty();
            },
            longMs));
    }
    AdminPage &open(AdminPage::Part part)
    {
        auto *page = qobject_cast<AdminPage *>(desktop.window().openAddress(Address{u"administration"_s, {}, {}, {}}));
        REQUIRE(page);
        QApplication::processEvents();
        page->showPart(part);
        return *page;
    }
    template <class Section>
    Section &section(AdminPage::Part part)
    {
        auto *section = qobject_cast<Section *>(&open(part).section(part));
        REQUIRE(section);
        return *section;
    }
    AdminForm &form()
    {
        AdminForm *found = nullptr;
        REQUIRE(waitFor([&] {
            const QList<AdminForm *> forms = desktop.window().findChildren<AdminForm *>();
            for (AdminForm *form : forms) {
                if (form->isVisible())
                    found = form;
            }
            return found != nullptr;
        }));
        return *found;
    }
    bool hasForm()
    {
        const QList<AdminForm *> forms = desktop.window().findChildren<AdminForm *>();
        return std::any_of(forms.begin(), forms.end(), [](const AdminForm *form) { return form->isVisible(); });
    }
    static void type(AdminForm &form, const QString &field, const QString &text)
    {
        auto *line = form.findChild<QLineEdit *>(field);
        REQUIRE(line);
        line->setFocus();
        line->selectAll();
        QTest::keyClicks(line, text);
    }
    QString texts() { return visibleTexts(desktop.window()).join(u'\n'); }

    Server server;
    Laptop anna;
    DesktopFixture desktop{QStringList()};
};

/// The text of a cell of the row in which the title stands.
QString cell(const AdminTable &table, const QString &title, int column)
{
    const QAbstractItemModel *model = table.view().model();
    for (int row = 0; row < model->rowCount(); ++row) {
        for (int at = 0; at < model->columnCount(); ++at) {
            if (model->index(row, at).data().toString() == title)
                return model->index(row, column).data().toString();
        }
    }
    return {};
}

void choose(const AdminTable &table, const QString &title)
{
    QAbstractItemModel *model = table.view().model();
    for (int row = 0; row < model->rowCount(); ++row) {
        for (int at = 0; at < model->columnCount(); ++at) {
            if (model->index(row, at).data().toString() == title) {
                table.view().setCurrentIndex(model->index(row, 0));
                return;
            }
        }
    }
    FAIL("there is no row " << title.toStdString());
}

bool offersAdministration(const MainWindow &window)
{
    const QList<PaletteItem> items = window.paletteItems();
    return std::any_of(items.begin(), items.end(),
                       [](const PaletteItem &item) { return item.id == u"administration"_s; });
}

} // namespace

TEST_CASE("only administrators find the page, in the navigation and in the palette", "[desktop][administration]")
{
    {
        Office office;
        CHECK(offersAdministration(office.desktop.window()));
        CHECK(office.open(AdminPage::Part::Users).caption() == u"Administration"_s);
    }
    Office office(u"anna"_s);
    CHECK_FALSE(offersAdministration(office.desktop.window()));
    CHECK_FALSE(
        qobject_cast<AdminPage *>(office.desktop.window().openAddress(Address{u"administration"_s, {}, {}, {}})));
}

TEST_CASE("users are made and changed with the keyboard, and what is wrong stands beside its field",
          "[desktop][administration]")
{
    Office office;
    auto &users = office.section<UsersSection>(AdminPage::Part::Users);
    REQUIRE(waitFor([&] { return users.table().shownRows() == 2; }, longMs));
    CHECK(cell(users.table(), u"anna"_s, 3) == u"North › Berlin"_s);

    press(users, u"New user"_s);
    {
        AdminForm &form = office.form();
        press(form, u"Create"_s);
        CHECK(visibleTexts(form).join(u'\n').contains(u"Without a sign-in name"_s));
        // A name that is taken: the server says so, at the field, and nothing that was typed is gone.
        Office::type(form, u"name"_s, u"Anna"_s);
        Office::type(form, u"display_name"_s, u"Wang Wei"_s);
        Office::type(form, u"password"_s, u"wang-password"_s);
        QTest::keyClick(form.findChild<QLineEdit *>(u"password"_s), Qt::Key_Return);
        REQUIRE(waitFor(
            [&] {
                return form.findChild<QLineEdit *>(u"name"_s)->hasFocus() &&
                       !form.findChild<QLineEdit *>(u"name"_s)->accessibleDescription().isEmpty();
            },
            longMs));
        CHECK(form.findChild<QLineEdit *>(u"display_name"_s)->text() == u"Wang Wei"_s);
        Office::type(form, u"name"_s, u"wang"_s);
        auto *roles = form.findChild<QListWidget *>(u"roles"_s);
        REQUIRE(roles);
        roles->setFocus();
        roles->setCurrentRow(1);
        QTest::keyClick(roles, Qt::Key_Space);
        CHECK(roles->item(1)->checkState() == Qt::Checked);
        press(form, u"Create"_s);
    }
    REQUIRE(waitFor([&] { return !office.hasForm() && users.table().shownRows() == 3; }, longMs));
    CHECK(cell(users.table(), u"wang"_s, 0) == u"Wang Wei"_s);
    CHECK(cell(users.table(), u"wang"_s, 4) == u"Active"_s);
    CHECK_FALSE(cell(users.table(), u"wang"_s, 2).isEmpty());

    choose(users.table(), u"wang"_s);
    QTest::keyClick(&users.table().view(), Qt::Key_Return);
    {
        AdminForm &form = office.form();
        Office::type(form, u"job_title"_s, u"Representative"_s);
        press(form, u"Save"_s);
    }
    REQUIRE(waitFor([&] { return !office.hasForm(); }, longMs));

    press(users, u"Set password"_s);
    {
        AdminForm &form = office.form();
        Office::type(form, u"password"_s, u"second-password"_s);
        Office::type(form, u"again"_s, u"another"_s);
        press(form, u"Set password"_s);
        CHECK(visibleTexts(form).join(u'\n').contains(u"The two passwords differ."_s));
        Office::type(form, u"again"_s, u"second-password"_s);
        press(form, u"Set password"_s);
    }
    REQUIRE(waitFor([&] { return !office.hasForm(); }, longMs));

    // Asked first, with what it means; taken back with the same button.
    dialogs::setNextAnswer(1);
    press(users, u"Switch off"_s);
    CHECK(dialogs::lastQuestion().contains(u"signed out everywhere"_s));
    CHECK(cell(users.table(), u"wang"_s, 4) == u"Active"_s);
    dialogs::setNextAnswer(0);
    press(users, u"Switch off"_s);
    REQUIRE(waitFor([&] { return cell(users.table(), u"wang"_s, 4) == u"Switched off"_s; }, longMs));
    press(users, u"Switch on"_s);
    REQUIRE(waitFor([&] { return cell(users.table(), u"wang"_s, 4) == u"Active"_s; }, longMs));

    // The last administrator stays, and the refusal says why.
    choose(users.table(), u"admin"_s);
    dialogs::setNextAnswer(0);
    dialogs::setNextAnswer(0);
    press(users, u"Switch off"_s);
    REQUIRE(waitFor(
        [&] {
            return dialogs::lastQuestion().contains(u"last active administrator"_s) ||
                   office.texts().contains(u"last active administrator"_s);
        },
        longMs));
    CHECK(cell(users.table(), u"admin"_s, 4) == u"Active"_s);

    // "/" leads to the filter, Down back to the rows.
    users.table().view().setFocus();
    QTest::keyClick(&users.table().view(), Qt::Key_Slash);
    CHECK(users.window()->focusWidget() == &users.table().filter());
    QTest::keyClicks(&users.table().filter(), u"wang"_s);
    CHECK(users.table().shownRows() == 1);
    QTest::keyClick(&users.table().filter(), Qt::Key_Down);
    CHECK(users.window()->focusWidget() == &users.table().view());
}

TEST_CASE("teams stand as a tree, and roles with their rights", "[desktop][administration]")
{
    Office office;
    auto &teams = office.section<TeamsSection>(AdminPage::Part::Teams);
    REQUIRE(waitFor([&] { return teams.tree().topLevelItemCount() == 1; }, longMs));
    CHECK(teams.tree().topLevelItem(0)->child(0)->text(0) == u"Berlin"_s);
    teams.tree().setCurrentItem(teams.tree().topLevelItem(0));
    press(teams, u"New team"_s);
    Office::type(office.form(), u"name"_s, u"Hamburg"_s);
    press(office.form(), u"Create"_s);
    // Below the team that was chosen.
    REQUIRE(waitFor([&] { return teams.tree().topLevelItem(0)->childCount() == 2; }, longMs));
    dialogs::setNextAnswer(0);
    teams.tree().setCurrentItem(teams.tree().topLevelItem(0)->child(1));
    teams.tree().setFocus();
    QTest::keyClick(&teams.tree(), Qt::Key_Delete);
    REQUIRE(waitFor([&] { return teams.tree().topLevelItem(0)->childCount() == 1; }, longMs));

    auto &roles = office.section<RolesSection>(AdminPage::Part::Roles);
    REQUIRE(waitFor([&] { return roles.table().shownRows() >= 4; }, longMs));
    const auto rightsOn = [&](const QString &records, int column) {
        QTreeWidgetItemIterator at(&roles.matrix());
        for (; *at; ++at) {
            // The department is called the same.
            if ((*at)->parent() && (*at)->text(0) == records)
                return (*at)->text(column);
        }
        return QString();
    };
    const QAbstractItemModel *model = roles.table().view().model();
    for (int row = 0; row < model->rowCount(); ++row) {
        roles.table().view().setCurrentIndex(model->index(row, 0));
        const QString tip = model->index(row, 0).data(Qt::ToolTipRole).toString();
        INFO(tip.toStdString());
        if (tip.endsWith(u": admin"_s))
            CHECK(rightsOn(u"Customers"_s, 2) == u"all"_s);
        if (tip.endsWith(u": viewer"_s))
            CHECK(rightsOn(u"Customers"_s, 2) == u"–"_s);
    }
}

TEST_CASE("a device is signed out and erased, after a question that says what is lost", "[desktop][administration]")
{
    Office office;
    auto &devices = office.section<DevicesSection>(AdminPage::Part::Devices);
    REQUIRE(waitFor([&] { return devices.table().shownRows() == 2; }, longMs));
    choose(devices.table(), u"anna"_s);
    dialogs::setNextAnswer(0);
    press(devices, u"Sign out"_s);
    REQUIRE(waitFor([&] { return cell(devices.table(), u"anna"_s, 6) == u"Signed out"_s; }, longMs));
    office.anna.login(office.server, u"anna"_s);
    office.anna.create(u"customers.account"_s, {u"name=Unsent"_s});
    office.server.stop();
    office.server.start();
    // It says how much waits when it greets, and loses its connection before it has sent it.
    dialogs::setNextAnswer(0);
    press(devices, u"Erase its copy"_s);
    CHECK(dialogs::lastQuestion().contains(u"cannot be taken back"_s));
    REQUIRE(waitFor([&] { return cell(devices.table(), u"anna"_s, 6) == u"Erasing, not confirmed"_s; }, longMs));
    CHECK(office.anna.run({u"sync"_s}).exitCode == 1);
    devices.refresh();
    REQUIRE(waitFor([&] { return cell(devices.table(), u"anna"_s, 6) == u"Erased"_s; }, longMs));

    // This computer: told first, and nothing happens without a yes.
    choose(devices.table(), u"admin"_s);
    dialogs::setNextAnswer(1);
    press(devices, u"Shut out"_s);
    CHECK(dialogs::lastQuestion().contains(u"the computer that you are working on"_s));
    CHECK(cell(devices.table(), u"admin"_s, 6) != u"Shut out"_s);
}

TEST_CASE("the audit trail is searched, read further and written to a file", "[desktop][administration]")
{
    Office office;
    office.anna.create(u"customers.account"_s, {u"name=Audited Ltd"_s});
    office.anna.must({u"sync"_s});
    auto &audit = office.section<AuditSection>(AdminPage::Part::Audit);
    REQUIRE(waitFor([&] { return audit.table().shownRows() > 10; }, longMs));
    auto *who = audit.findChild<QComboBox *>(u"who"_s);
    REQUIRE(who);
    REQUIRE(waitFor([&] { return who->findText(u"anna"_s) >= 0; }, longMs));
    who->setCurrentIndex(who->findText(u"anna"_s));
    QTest::keyClick(audit.findChild<QLineEdit *>(u"from"_s), Qt::Key_Return);
    REQUIRE(waitFor(
        [&] {
            return !audit.entries().empty() &&
                   std::all_of(audit.entries().begin(), audit.entries().end(),
                               [&](const auto &entry) { return entry.title == u"Audited Ltd"_s; });
        },
        longMs));
    CHECK(cell(audit.table(), u"Audited Ltd"_s, 1) == u"anna"_s);
    CHECK(cell(audit.table(), u"Audited Ltd"_s, 4) == u"Created"_s);

    QTemporaryDir folder;
    const QString path = folder.filePath(u"audit.csv"_s);
    dialogs::setNextFileName(path);
    press(audit, u"Export as CSV"_s);
    REQUIRE(waitFor([&] { return QFile::exists(path); }, longMs));
    QFile file(path);
    REQUIRE(file.open(QFile::ReadOnly));
    CHECK(file.readAll().contains("Audited Ltd"));

    // What is no day is said to be none, and what was found stays.
    const size_t before = audit.entries().size();
    QLineEdit *from = audit.findChild<QLineEdit *>(u"from"_s);
    from->setText(u"yesterweek"_s);
    QTest::keyClick(from, Qt::Key_Return);
    CHECK(office.texts().contains(u"is not a date"_s));
    CHECK(audit.entries().size() == before);
}

TEST_CASE("without the server what was seen last stays, and the page says since when", "[desktop][administration]")
{
    Office office;
    AdminPage &page = office.open(AdminPage::Part::Users);
    auto &users = office.section<UsersSection>(AdminPage::Part::Users);
    REQUIRE(waitFor([&] { return users.table().shownRows() == 2; }, longMs));
    office.server.stop();
    users.refresh();
    REQUIRE(waitFor([&] { return page.data().error().has_value(); }, longMs));
    CHECK(users.table().shownRows() == 2);
    CHECK(visibleTexts(page).join(u'\n').contains(u"What you see is from"_s));
    office.server.start();
    press(page, u"Try again"_s);
    REQUIRE(waitFor([&] { return !page.data().error().has_value(); }, longMs));

    // The other language, at once and without asking again.
    office.desktop.settings().setLanguage(u"zh_CN"_s);
    QApplication::processEvents();
    const QString texts = visibleTexts(page).join(u'\n');
    CHECK(texts.contains(u"系统管理"_s));
    CHECK(texts.contains(u"新建用户"_s));
    CHECK(cell(users.table(), u"anna"_s, 4) == u"启用"_s);
    office.desktop.settings().setLanguage(u"en"_s);
}

TEST_CASE("the theme changes under the administration page", "[desktop][administration]")
{
    Office office;
    // Each of them draws itself with the colours of the theme.
    for (const AdminPage::Part part : {AdminPage::Part::Roles, AdminPage::Part::Server, AdminPage::Part::Users}) {
        const AdminPage &page = office.open(part);
        for (const QString &theme : {u"dark"_s, u"light"_s}) {
            office.desktop.settings().setTheme(theme);
            QTest::qWait(50);
            CHECK(page.isVisible());
        }
    }
}
