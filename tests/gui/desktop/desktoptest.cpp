// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "tests/gui/desktop/desktopfixture.h"

#include "desktop/frame/commands.h"
#include "desktop/frame/sidebar.h"
#include "desktop/frame/tabarea.h"
#include "desktop/frame/toast.h"
#include "desktop/pages/entitypage.h"
#include "desktop/pages/firstrunpage.h"
#include "desktop/palette/commandpalette.h"
#include "workbench/records/recordlist.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QApplication>
#include <QComboBox>
#include <QElapsedTimer>
#include <QHeaderView>
#include <QInputMethodEvent>
#include <QLabel>
#include <QLineEdit>
#include <QScreen>
#include <QTabBar>
#include <QTableView>
#include <QTest>
#include <QTreeWidget>

using namespace tz;
using namespace tz::test;
using namespace Qt::StringLiterals;

namespace {

const QString account = QStringLiteral("customers.account");

void switchLanguage(DesktopFixture &desktop, const QString &language)
{
    desktop.settings().setLanguage(language);
    QApplication::processEvents();
    QApplication::processEvents();
}

QStringList englishWords(const QStringList &texts)
{
    // Keys, names and abbreviations stay as they are in every language.
    static const QSet<QString> allowed{u"Ctrl"_s, u"Alt"_s, u"Shift"_s, u"Tab"_s, u"CRM"_s, u"CSV"_s, u"GNU"_s,
                                       u"Lucide"_s, u"ISC"_s, u"Qt"_s, u"Esc"_s, u"Enter"_s, u"https"_s, u"http"_s,
                                       u"com"_s, u"crm"_s, u"example"_s, u"Space"_s, u"Left"_s, u"Right"_s, u"Up"_s,
                                       u"Down"_s, u"PgUp"_s, u"PgDown"_s, u"Del"_s, u"Home"_s, u"End"_s, u"Back"_s,
                                       u"Forward"_s, u"Ins"_s, u"Return"_s, u"ID"_s, u"URL"_s, u"tmp"_s,
                                       // The condition in the filter's hint: fields have one name in all languages.
                                       u"name"_s};
    static const QRegularExpression word(u"[A-Za-z]{3,}"_s);
    QStringList found;
    for (QString text : texts) {
        text.remove(QRegularExpression(u"(/[\\w.-]+)+"_s));
        auto matches = word.globalMatch(text);
        while (matches.hasNext()) {
            const QString each = matches.next().captured();
            if (!allowed.contains(each))
                found << each + u" in \""_s + text + u'"';
        }
    }
    return found;
}

} // namespace

TEST_CASE("the palette finds commands in both languages and by pinyin initials", "[desktop][palette]")
{
    DesktopFixture desktop;
    desktop.start();
    CommandPalette &palette = desktop.window().palette();
    const auto first = [&](const QString &typed) {
        desktop.window().openPalette();
        palette.edit()->clear();
        QTest::keyClicks(palette.edit(), typed);
        const QStringList shown = palette.shown();
        palette.closePalette();
        return shown.value(0);
    };

    CHECK(first(u"sync now"_s) == u"Sync now"_s);
    CHECK(first(u"ljtb"_s) == u"Sync now"_s);
    CHECK(first(u"lijitongbu"_s) == u"Sync now"_s);
    switchLanguage(desktop, u"zh_CN"_s);
    CHECK(first(u"sync now"_s) == u"立即同步"_s);
    CHECK(first(u"ljtb"_s) == u"立即同步"_s);
    CHECK(first(u"new customer"_s) == u"新建客户"_s);
    CHECK(first(u"xjkh"_s) == u"新建客户"_s);
}

TEST_CASE("the palette shows what was used last when nothing is typed", "[desktop][palette]")
{
    DesktopFixture desktop;
    desktop.start();
    CommandPalette &palette = desktop.window().palette();
    desktop.window().openPalette();
    QTest::keyClicks(palette.edit(), u"dark theme"_s);
    QTest::keyClick(palette.edit(), Qt::Key_Return);
    CHECK(desktop.settings().theme() == u"dark"_s);
    CHECK_FALSE(palette.isVisible());
    desktop.window().openPalette();
    CHECK(palette.shown().value(0) == u"Dark theme"_s);
}

TEST_CASE("the palette leaves Enter to an input method that composes", "[desktop][palette]")
{
    DesktopFixture desktop;
    desktop.start();
    CommandPalette &palette = desktop.window().palette();
    desktop.window().openPalette();
    QInputMethodEvent composing(u"ke hu"_s, {});
    QApplication::sendEvent(palette.edit(), &composing);
    QTest::keyClick(palette.edit(), Qt::Key_Return);
    CHECK(palette.isVisible());
    QInputMethodEvent committed;
    committed.setCommitString(u"客户"_s);
    QApplication::sendEvent(palette.edit(), &committed);
    CHECK(palette.edit()->text() == u"客户"_s);
    QTest::keyClick(palette.edit(), Qt::Key_Escape);
    CHECK_FALSE(palette.isVisible());
}

TEST_CASE("the palette finds records", "[desktop][palette]")
{
    DesktopFixture desktop;
    desktop.start();
    desktop.create(account, {{u"name"_s, Value(u"华为技术有限公司"_s)}});
    CommandPalette &palette = desktop.window().palette();
    desktop.window().openPalette();
    QTest::keyClicks(palette.edit(), u"huawei"_s);
    CHECK(waitFor([&] { return palette.shown().contains(u"华为技术有限公司"_s); }));
}

TEST_CASE("in Chinese no English word is left on the screen", "[desktop][language]")
{
    DesktopFixture desktop;
    desktop.start();
    const auto check = [&] {
        const QStringList left = englishWords(visibleTexts(desktop.window()));
        INFO(left.join(u'\n').toStdString());
        CHECK(left.isEmpty());
    };
    for (const QString &kind : {u"home"_s, u"settings"_s, u"sync"_s, u"shortcuts"_s})
        desktop.window().openAddress(Address{kind, {}, {}, {}});
    desktop.window().openList(account);
    switchLanguage(desktop, u"zh_CN"_s);
    for (const QString &kind : {u"home"_s, u"settings"_s, u"sync"_s, u"shortcuts"_s}) {
        desktop.window().openAddress(Address{kind, {}, {}, {}});
        QApplication::processEvents();
        check();
    }
    desktop.window().openList(account);
    QApplication::processEvents();
    check();
}

TEST_CASE("the first page is whole in both languages", "[desktop][language]")
{
    DesktopFixture desktop;
    desktop.start(false);
    REQUIRE(desktop.window().firstRun().isVisible());
    CHECK(visibleTexts(desktop.window()).contains(u"Connect to a server"_s));
    switchLanguage(desktop, u"zh_CN"_s);
    const QStringList left = englishWords(visibleTexts(desktop.window()));
    INFO(left.join(u'\n').toStdString());
    CHECK(left == QStringList());
    CHECK(visibleTexts(desktop.window()).contains(u"连接服务器"_s));
}

TEST_CASE("a new profile for working alone never shows the first page", "[desktop][tabs]")
{
    DesktopFixture desktop;
    desktop.start();
    QApplication::processEvents();
    CHECK_FALSE(desktop.window().findChild<FirstRunPage *>());
}

TEST_CASE("tabs come back at the next start, in their order", "[desktop][tabs]")
{
    DesktopFixture desktop;
    desktop.start();
    desktop.window().openList(account);
    desktop.window().openList(u"customers.contact"_s, u"name ~ 'x'"_s, u"Some"_s);
    desktop.window().openAddress(Address{u"settings"_s, {}, {}, {}});
    desktop.window().tabs().step(-1);
    const QStringList before = desktop.window().tabs().save();
    REQUIRE(before.size() == 4);
    desktop.window().saveSession();
    desktop.stop();
    desktop.start();
    CHECK(desktop.window().tabs().save() == before);
    // Only the tab that is looked at is built.
    CHECK(desktop.window().tabs().pages().size() == 1);
}

TEST_CASE("the list is painted first, then all around it, and nothing moves", "[desktop][start]")
{
    DesktopFixture desktop;
    desktop.start();
    for (int i = 0; i < 3; ++i)
        desktop.create(account, {{u"name"_s, u"远航 %1"_s.arg(i)}});
    desktop.window().openList(account);
    desktop.window().saveSession();
    desktop.stop();

    // Notes when what is painted for the first time, and where the list stands then.
    class Painted final : public QObject {
    public:
        QElapsedTimer clock;
        qint64 rowsMs = -1;
        qint64 navigationMs = -1;
        bool whole = true;
        QRect list;
        bool eventFilter(QObject *watched, QEvent *event) override
        {
            const auto *area = qobject_cast<QAbstractScrollArea *>(watched->parent());
            if (event->type() != QEvent::Paint || !area || area->viewport() != watched)
                return false;
            if (!clock.isValid())
                clock.start();
            const auto *window = qobject_cast<MainWindow *>(area->window());
            const auto *tree = qobject_cast<const QTreeWidget *>(area);
            const auto *table = qobject_cast<const QTableView *>(area);
            if (rowsMs < 0 && table && table->model()->rowCount() > 0) {
                rowsMs = clock.elapsed();
                whole = window->isWhole();
                list = QRect(table->mapTo(window, QPoint()), table->size());
            }
            if (navigationMs < 0 && tree && tree->topLevelItemCount() > 0)
                navigationMs = clock.elapsed();
            return false;
        }
    } painted;
    qApp->installEventFilter(&painted);
    desktop.start();
    REQUIRE(waitFor([&] { return painted.rowsMs >= 0 && painted.navigationMs >= 0; }));
    qApp->removeEventFilter(&painted);
    // The frame waits for the records, but not long: a machine that is busy with other things may miss it.
    if (painted.rowsMs < 80) {
        CHECK_FALSE(painted.whole);
        CHECK(painted.navigationMs >= painted.rowsMs);
    }
    CHECK(desktop.window().isWhole());
    auto *page = qobject_cast<EntityPage *>(desktop.window().tabs().current());
    REQUIRE(page);
    const QTableView &view = page->list()->view();
    CHECK(QRect(view.mapTo(&desktop.window(), QPoint()), view.size()) == painted.list);
    // What is on the screen is the whole window, with everything that was kept back.
    const auto screen = [&] {
        return desktop.window()
            .screen()
            ->grabWindow(desktop.window().winId())
            .toImage()
            .convertToFormat(QImage::Format_RGB32);
    };
    const auto window = [&] { return desktop.window().grab().toImage().convertToFormat(QImage::Format_RGB32); };
    CHECK(waitFor([&] { return screen() == window(); }));
}

TEST_CASE("a window that nobody sees has its navigation when it is asked for", "[desktop][start]")
{
    DesktopFixture desktop;
    desktop.start();
    std::unique_ptr<MainWindow> hidden(desktop.shell().newWindow());
    CHECK_FALSE(hidden->isWhole());
    CHECK(hidden->sidebar().tree()->topLevelItemCount() > 1);
    CHECK(hidden->isWhole());
}

TEST_CASE("a closed tab is reopened, and the last one leaves the home page", "[desktop][tabs]")
{
    DesktopFixture desktop;
    desktop.start();
    TabArea &tabs = desktop.window().tabs();
    desktop.window().openList(account);
    REQUIRE(tabs.count() == 2);
    QTest::keyClick(&desktop.window(), Qt::Key_W, Qt::ControlModifier);
    CHECK(tabs.count() == 1);
    QTest::keyClick(&desktop.window(), Qt::Key_T, Qt::ControlModifier | Qt::ShiftModifier);
    REQUIRE(tabs.current());
    CHECK(tabs.current()->entity() == account);
    tabs.closeCurrent();
    tabs.closeCurrent();
    REQUIRE(tabs.current());
    CHECK(tabs.current()->address().kind == u"home"_s);
}

TEST_CASE("back and forward walk through what was looked at", "[desktop][tabs]")
{
    DesktopFixture desktop;
    desktop.start();
    desktop.window().openList(account);
    desktop.window().openAddress(Address{u"settings"_s, {}, {}, {}});
    const auto kind = [&] { return desktop.window().tabs().current()->address().kind; };
    QTest::keyClick(&desktop.window(), Qt::Key_Left, Qt::AltModifier);
    CHECK(kind() == u"list"_s);
    QTest::keyClick(&desktop.window(), Qt::Key_Left, Qt::AltModifier);
    CHECK(kind() == u"home"_s);
    QTest::keyClick(&desktop.window(), Qt::Key_Right, Qt::AltModifier);
    CHECK(kind() == u"list"_s);
}

TEST_CASE("a broken department is greyed with its reason and the rest runs", "[desktop][departments]")
{
    DesktopFixture desktop({u"foundation"_s, u"customers"_s, u"no_such_department"_s});
    desktop.start();
    const QTreeWidget *tree = desktop.window().sidebar().tree();
    const QTreeWidgetItem *broken = nullptr;
    bool customers = false;
    for (int i = 0; i < tree->topLevelItemCount(); ++i) {
        const QTreeWidgetItem *item = tree->topLevelItem(i);
        if (item->text(0) == u"no_such_department"_s)
            broken = item;
        customers = customers || item->childCount() > 0;
    }
    CHECK(customers);
    REQUIRE(broken);
    CHECK(broken->childCount() == 0);
    CHECK(broken->toolTip(0).contains(u"nowhere"_s));
    CHECK(broken->foreground(0).color() ==
          Theme::palette(desktop.shell().theme().isDark()).color(QPalette::Disabled, QPalette::WindowText));
    desktop.window().openAddress(Address{u"broken"_s, u"no_such_department"_s, {}, {}});
    CHECK(visibleTexts(desktop.window()).contains(u"This department could not be started"_s));
}

TEST_CASE("Tab reaches every control of the frame", "[desktop][accessibility]")
{
    DesktopFixture desktop;
    desktop.start();
    for (const QString &kind : {u"home"_s, u"settings"_s, u"sync"_s}) {
        desktop.window().openAddress(Address{kind, {}, {}, {}});
        QApplication::processEvents();
        QSet<const QWidget *> reached;
        for (int i = 0; i < 400; ++i) {
            if (const QWidget *focus = desktop.window().focusWidget())
                reached.insert(focus);
            QTest::keyClick(&desktop.window(), Qt::Key_Tab);
        }
        for (const QWidget *widget : desktop.window().findChildren<QWidget *>()) {
            const auto *button = qobject_cast<const QAbstractButton *>(widget);
            if (!button || !button->isVisible() || !button->isEnabled() || !(button->focusPolicy() & Qt::TabFocus))
                continue;
            INFO(kind.toStdString() << ": " << button->metaObject()->className() << " " << button->text().toStdString()
                                    << button->accessibleName().toStdString());
            CHECK(reached.contains(widget));
        }
        CHECK(reached.size() > 5);
    }
}

TEST_CASE("everything that takes the focus has a name for screen readers", "[desktop][accessibility]")
{
    DesktopFixture desktop;
    desktop.start();
    for (const QString &kind : {u"home"_s, u"settings"_s, u"sync"_s, u"shortcuts"_s}) {
        desktop.window().openAddress(Address{kind, {}, {}, {}});
        QApplication::processEvents();
        for (QWidget *widget : desktop.window().findChildren<QWidget *>()) {
            if (!widget->isVisible() || widget->focusPolicy() == Qt::NoFocus || widget->focusProxy())
                continue;
            // The line edit inside a spin box speaks through its owner.
            if (widget->objectName().startsWith(u"qt_"_s))
                continue;
            QAccessibleInterface *accessible = QAccessible::queryAccessibleInterface(widget);
            REQUIRE(accessible);
            INFO(kind.toStdString() << ": " << widget->metaObject()->className() << " "
                                    << widget->objectName().toStdString());
            CHECK_FALSE(accessible->text(QAccessible::Name).isEmpty());
        }
    }
}

TEST_CASE("no shortcut takes a key from Chinese input methods", "[desktop][shortcuts]")
{
    DesktopFixture desktop;
    desktop.start();
    QSet<QString> seen;
    for (const Command &command : desktop.window().commands().all()) {
        for (const QKeySequence &key : command.keys) {
            const QString text = key.toString(QKeySequence::PortableText);
            INFO(text.toStdString());
            CHECK_FALSE(seen.contains(text));
            seen.insert(text);
            CHECK_FALSE(
                QSet<QString>{u"Ctrl+Space"_s, u"Ctrl+."_s, u"Ctrl+Shift+F"_s, u"Ctrl+;"_s, u"Shift+Space"_s}.contains(
                    text));
            CHECK_FALSE(text.startsWith(u"Ctrl+Alt+"_s));
        }
    }
    CHECK(seen.contains(u"Ctrl+K"_s));
}

TEST_CASE("a toast offers undo and takes the batch back", "[desktop][undo]")
{
    DesktopFixture desktop;
    desktop.start();
    desktop.create(account, {{u"name"_s, Value(u"同舟科技"_s)}});
    const auto count = [&] { return desktop.shell().workspace().reader().count(account).value_or(-1); };
    REQUIRE(count() == 1);
    QTest::keyClick(&desktop.window(), Qt::Key_Z, Qt::ControlModifier);
    CHECK(waitFor([&] { return count() == 0; }));
    CHECK(waitFor([&] { return desktop.window().toastLine().text() == u"Taken back"_s; }));
    QTest::keyClick(&desktop.window(), Qt::Key_Y, Qt::ControlModifier);
    CHECK(waitFor([&] { return count() == 1; }));
    CHECK(waitFor([&] { return desktop.window().toastLine().text() == u"Done again"_s; }));
    desktop.window().toastLine().undo();
    CHECK(waitFor([&] { return count() == 0; }));
}

TEST_CASE("Ctrl+N makes a record of the kind that is shown", "[desktop]")
{
    DesktopFixture desktop;
    desktop.start();
    desktop.window().openList(account);
    QTest::keyClick(&desktop.window(), Qt::Key_N, Qt::ControlModifier);
    REQUIRE(desktop.window().tabs().current());
    CHECK(desktop.window().tabs().current()->address().kind == u"new"_s);
    CHECK(desktop.window().tabs().current()->entity() == account);
}

TEST_CASE("a second window has tabs of its own", "[desktop]")
{
    DesktopFixture desktop;
    desktop.start();
    desktop.window().openList(account);
    QTest::keyClick(&desktop.window(), Qt::Key_N, Qt::ControlModifier | Qt::ShiftModifier);
    REQUIRE(desktop.shell().windows().size() == 2);
    CHECK(desktop.shell().windows().at(1)->tabs().count() == 1);
    CHECK(desktop.window().tabs().count() == 2);
}
