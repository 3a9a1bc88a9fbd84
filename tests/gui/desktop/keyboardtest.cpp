// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors

// Everything without a mouse: what can be pressed can be reached, is seen to be reached, and its keys are written down.
#include "desktop/frame/commands.h"
#include "desktop/frame/sidebar.h"
#include "desktop/frame/tabarea.h"
#include "desktop/pages/entitypage.h"
#include "desktop/pages/firstrunpage.h"
#include "desktop/pages/recordpage.h"
#include "tests/gui/desktop/desktopfixture.h"
#include "workbench/icons.h"
#include "workbench/records/recordform.h"
#include "workbench/records/recordlist.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QApplication>
#include <QButtonGroup>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTabBar>
#include <QTableView>
#include <QTest>
#include <QTextEdit>
#include <QTreeWidget>

using namespace tz;
using namespace tz::test;
using namespace Qt::StringLiterals;

namespace {

const QString account = QStringLiteral("customers.account");
const QString deal = QStringLiteral("pipeline.opportunity");

/// What a person presses, types into or walks through; not their inner parts.
bool isControl(const QWidget *widget)
{
    if (!widget->isVisible() || !widget->isEnabled() || widget->focusProxy() ||
        widget->objectName().startsWith(u"qt_"_s) || widget->visibleRegion().isEmpty())
        return false;
    const bool known = qobject_cast<const QAbstractButton *>(widget) || qobject_cast<const QLineEdit *>(widget) ||
                       qobject_cast<const QPlainTextEdit *>(widget) || qobject_cast<const QTextEdit *>(widget) ||
                       qobject_cast<const QComboBox *>(widget) || qobject_cast<const QAbstractSpinBox *>(widget) ||
                       qobject_cast<const QAbstractItemView *>(widget) || qobject_cast<const QTabBar *>(widget);
    if (!known)
        return false;
    // The cross on a tab is there for the mouse (Ctrl+W closes); headers are sorted from the list's menu.
    if (widget->objectName() == u"tabClose"_s || widget->inherits("QHeaderView") ||
        widget->inherits("QTabBar::ScrollButton") || widget->inherits("QLineEditIconButton") ||
        widget->inherits("QTableCornerButton"))
        return false;
    for (const QWidget *parent = widget->parentWidget(); parent; parent = parent->parentWidget()) {
        if (qobject_cast<const QComboBox *>(parent) || qobject_cast<const QAbstractSpinBox *>(parent) ||
            parent->inherits("QHeaderView"))
            return false;
        // What scrolls out of the navigation's arrows is reached by them.
        if (parent->inherits("QTabBar"))
            return false;
    }
    return true;
}

QString nameOf(const QWidget *widget)
{
    QString text = QString::fromLatin1(widget->metaObject()->className()) + u' ' + widget->objectName() + u' ' +
                   widget->accessibleName();
    if (const auto *button = qobject_cast<const QAbstractButton *>(widget))
        text += u' ' + button->text();
    return text;
}

/// Of choices that exclude one another Tab reaches the one that is on, and the arrows the others.
bool isReachedByArrows(const QWidget *widget, const QSet<const QWidget *> &reached)
{
    const auto *button = qobject_cast<const QAbstractButton *>(widget);
    if (!button || !button->group() || !button->group()->exclusive())
        return false;
    const QList<QAbstractButton *> all = button->group()->buttons();
    return std::any_of(all.begin(), all.end(), [&](const QAbstractButton *one) { return reached.contains(one); });
}

/// The part of the window in which the focus of the widget is to be seen.
QImage picture(QWidget &window, const QWidget &widget)
{
    const QRect place(widget.mapTo(&window, QPoint()), widget.size());
    return window.grab(place.adjusted(-3, -3, 3, 3)).toImage();
}

struct Walk {
    QSet<const QWidget *> reached;
    QStringList unseen;
    QStringList path;
};

/// Tab until it comes round; notes controls that look the same with and without the focus.
Walk walk(QWidget &window)
{
    Walk walk;
    for (int i = 0; i < 400; ++i) {
        QWidget *focus = window.focusWidget();
        if (!focus)
            break;
        const bool again = walk.reached.contains(focus);
        if (again && i > 300)
            break;
        walk.reached.insert(focus);
        if (!again)
            walk.path << nameOf(focus);
        const QPointer<QWidget> here(focus);
        const QImage with = again ? QImage() : picture(window, *focus);
        QTest::keyClick(&window, Qt::Key_Tab);
        if (again || !here || window.focusWidget() == here || !isControl(here))
            continue;
        if (picture(window, *here) == with)
            walk.unseen << nameOf(here);
    }
    return walk;
}

} // namespace

TEST_CASE("Tab reaches every control of every page, and shows where it is", "[desktop][keyboard]")
{
    DesktopFixture desktop{QStringList()};
    desktop.start();
    const Id customer = desktop.create(account, {{u"name"_s, Value(u"键盘科技有限公司"_s)}});
    const Id chance = desktop.create(deal, {{u"name"_s, Value(u"键盘改造"_s)}, {u"account"_s, Value(customer)}});
    MainWindow &window = desktop.window();
    const std::vector<std::pair<const char *, std::function<void()>>> pages{
        {"home",
         [&] {
             window.openAddress(Address{u"home"_s, {}, {}, {}});
         }},
        {"list", [&] { window.openList(account); }},
        {"board",
         [&] {
             auto *page = qobject_cast<EntityPage *>(window.openAddress(Address::list(deal)));
             REQUIRE(page);
             page->showView(u"board"_s);
         }},
        {"chart",
         [&] {
             auto *page = qobject_cast<EntityPage *>(window.openAddress(Address::list(deal)));
             REQUIRE(page);
             page->showView(u"chart"_s);
         }},
        {"record", [&] { window.openRecord(deal, chance); }},
        {"new record", [&] { window.createRecord(account); }},
        {"import",
         [&] {
             window.openAddress(Address{u"import"_s, account, {}, {}});
         }},
        {"report",
         [&] {
             window.openAddress(Address{u"report"_s, u"pipeline.funnel"_s, {}, {}});
         }},
        {"sync",
         [&] {
             window.openAddress(Address{u"sync"_s, {}, {}, {}});
         }},
        {"settings",
         [&] {
             window.openAddress(Address{u"settings"_s, {}, {}, {}});
         }},
        {"shortcuts",
         [&] {
             window.openAddress(Address{u"shortcuts"_s, {}, {}, {}});
         }},
    };
    for (const auto &[name, open] : pages) {
        open();
        QTest::qWait(150);
        REQUIRE(window.tabs().current());
        window.tabs().current()->mainWidget()->setFocus();
        const Walk found = walk(window);
        QStringList missed;
        for (const QWidget *widget : window.findChildren<QWidget *>()) {
            if (isControl(widget) && !found.reached.contains(widget) && !isReachedByArrows(widget, found.reached))
                missed << nameOf(widget);
        }
        INFO(name << "\nnot reached:\n"
                  << missed.join(u'\n').toStdString() << "\nlooks the same with the focus:\n"
                  << found.unseen.join(u'\n').toStdString() << "\nwalked:\n"
                  << found.path.join(u'\n').toStdString());
        CHECK(missed.isEmpty());
        CHECK(found.unseen.isEmpty());
        CHECK(found.reached.size() > 5);
    }
}

TEST_CASE("the first page is walked by Tab", "[desktop][keyboard]")
{
    DesktopFixture desktop;
    desktop.start(false);
    FirstRunPage &page = desktop.window().firstRun();
    REQUIRE(page.isVisible());
    const Walk found = walk(desktop.window());
    QStringList missed;
    for (const QWidget *widget : page.findChildren<QWidget *>()) {
        if (isControl(widget) && !found.reached.contains(widget) && !isReachedByArrows(widget, found.reached))
            missed << nameOf(widget);
    }
    INFO(missed.join(u'\n').toStdString() << "\n" << found.unseen.join(u'\n').toStdString());
    CHECK(missed.isEmpty());
    CHECK(found.unseen.isEmpty());
}

TEST_CASE("Ctrl+Down and Ctrl+Up go to the next and the previous record of the list", "[desktop][keyboard]")
{
    DesktopFixture desktop{QStringList()};
    desktop.start();
    for (const QString &name : {u"甲公司"_s, u"乙公司"_s, u"丙公司"_s})
        desktop.create(account, {{u"name"_s, Value(name)}});
    auto *page = qobject_cast<EntityPage *>(desktop.window().openAddress(Address::list(account)));
    REQUIRE(page);
    page->showView(u"list"_s);
    REQUIRE(waitFor([&] { return page->list() && page->list()->model().rowCount() == 3; }));
    QTableView &view = page->list()->view();
    view.setCurrentIndex(view.model()->index(0, 0));
    const Id first = page->list()->model().idAt(0);
    const Id second = page->list()->model().idAt(1);
    view.setFocus();
    QTest::keyClick(&view, Qt::Key_Return);
    auto *record = qobject_cast<RecordPage *>(desktop.window().tabs().current());
    REQUIRE(record);
    CHECK(record->form()->id() == first);
    QTest::keyClick(desktop.window().focusWidget(), Qt::Key_Down, Qt::ControlModifier);
    CHECK(record->form()->id() == second);
    QTest::keyClick(desktop.window().focusWidget(), Qt::Key_Up, Qt::ControlModifier);
    CHECK(record->form()->id() == first);
    // At the end it says so and stays.
    QTest::keyClick(desktop.window().focusWidget(), Qt::Key_Up, Qt::ControlModifier);
    CHECK(record->form()->id() == first);
}

TEST_CASE("the list of shortcuts is made from the commands", "[desktop][keyboard]")
{
    DesktopFixture desktop{QStringList()};
    desktop.start();
    const Id id = desktop.create(account, {{u"name"_s, Value(u"同舟科技有限公司"_s)}});
    desktop.window().openList(account);
    desktop.window().openRecord(account, id);
    const QList<std::pair<Qt::Key, Qt::KeyboardModifiers>> keys{
        {Qt::Key_F1, Qt::NoModifier}, {Qt::Key_Slash, Qt::ControlModifier}, {Qt::Key_Question, Qt::ControlModifier}};
    for (const auto &[key, modifiers] : keys) {
        CAPTURE(int(key));
        desktop.window().openList(account);
        QTest::keyClick(&desktop.window(), key, modifiers);
        CHECK(desktop.window().tabs().current()->address().kind == u"shortcuts"_s);
    }
    QStringList listed;
    for (QTreeWidgetItemIterator item(desktop.window().tabs().current()->findChild<QTreeWidget *>()); *item; ++item)
        listed << (*item)->text(0) + u'|' + (*item)->text(1);
    INFO(listed.join(u'\n').toStdString());
    int checked = 0;
    const auto expect = [&](const QAction *action) {
        if (action->shortcuts().isEmpty())
            return;
        const QString text = QString(action->text()).remove(u'&');
        const QString key = action->shortcuts().first().toString(QKeySequence::NativeText);
        CAPTURE(text.toStdString());
        CHECK(std::any_of(listed.begin(), listed.end(),
                          [&](const QString &line) { return line.startsWith(text + u'|') && line.contains(key); }));
        ++checked;
    };
    for (const Command &command : desktop.window().commands().all()) {
        if (!command.fallback)
            expect(desktop.window().commands().action(command.id));
    }
    for (const TabPage *page : desktop.window().tabs().pages()) {
        for (const QAction *action : page->commands())
            expect(action);
    }
    CHECK(checked > 30);
    // Keys that widgets handle themselves are no actions, and still have their lines.
    for (const QString &key : {u"Enter"_s, u"/"_s, u"F2"_s, u"Ctrl+Shift+Left"_s})
        CHECK(
            std::any_of(listed.begin(), listed.end(), [&](const QString &line) { return line.contains(u'|' + key); }));
}

TEST_CASE("no two places of the navigation have one name, and every icon exists", "[desktop][navigation]")
{
    DesktopFixture desktop{QStringList()};
    desktop.start();
    desktop.window().openList(account);
    for (const QString &language : {u"en"_s, u"zh_CN"_s}) {
        desktop.settings().setLanguage(language);
        QApplication::processEvents();
        QStringList names;
        for (QTreeWidgetItemIterator item(desktop.window().sidebar().tree()); *item; ++item) {
            if ((*item)->childCount() > 0)
                continue;
            CAPTURE((*item)->text(0).toStdString());
            CHECK_FALSE(names.contains((*item)->text(0)));
            names << (*item)->text(0);
            CHECK(hasIcon((*item)->icon(0).name()));
        }
        CHECK(names.size() > 15);
    }
    for (const QAbstractButton *button : desktop.window().findChildren<QAbstractButton *>()) {
        if (button->icon().isNull() || button->icon().name().isEmpty())
            continue;
        CAPTURE(button->text().toStdString(), button->icon().name().toStdString());
        CHECK(hasIcon(button->icon().name()));
    }
    for (const QAction *action : desktop.window().findChildren<QAction *>()) {
        if (action->icon().isNull() || action->icon().name().isEmpty())
            continue;
        CAPTURE(action->text().toStdString(), action->icon().name().toStdString());
        CHECK(hasIcon(action->icon().name()));
    }
}
