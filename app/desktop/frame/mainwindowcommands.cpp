// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "desktop/application/shell.h"
#include "desktop/frame/commands.h"
#include "desktop/frame/mainwindow.h"
#include "desktop/frame/navigation.h"
#include "desktop/frame/sidebar.h"
#include "desktop/frame/tabarea.h"
#include "desktop/palette/commandpalette.h"
#include "workbench/icons.h"
#include "workbench/records/labels.h"

#include <QApplication>
#include <QMenu>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace tz {
namespace {

// The sections of the list of shortcuts and of the palette.
const char *const sectionGo = QT_TRANSLATE_NOOP("tz::Commands", "Go to");
const char *const sectionCreate = QT_TRANSLATE_NOOP("tz::Commands", "Create");
const char *const sectionEdit = QT_TRANSLATE_NOOP("tz::Commands", "Edit");
const char *const sectionTabs = QT_TRANSLATE_NOOP("tz::Commands", "Tabs and windows");
const char *const sectionProgram = QT_TRANSLATE_NOOP("tz::Commands", "Program");
const char *const sectionHere = QT_TRANSLATE_NOOP("tz::Commands", "Here");
const char *const sectionReport = QT_TRANSLATE_NOOP("tz::Commands", "Report");
const char *const sectionRecent = QT_TRANSLATE_NOOP("tz::Commands", "Recent");
const char *const newThing = QT_TRANSLATE_NOOP("tz::Commands", "New %1");
const char *const importThings = QT_TRANSLATE_NOOP("tz::Commands", "Import %1");

QString withoutMnemonic(QString text)
{
    static const QChar mark = u'&';
    for (qsizetype at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + 1))
        text.remove(at, 1);
    return text;
}

// English nouns stand in lower case inside a phrase ("New customer"); abbreviations and Chinese keep theirs.
QString inPhrase(const QString &noun)
{
    if (noun.size() > 1 && noun.at(0).isUpper() && noun.at(1).isLower())
        return noun.at(0).toLower() + noun.mid(1);
    return noun;
}

} // namespace

void MainWindow::makeCommands()
{
    const auto address = [](const QString &kind) { return Address{kind, {}, {}, {}}; };
    const auto ready = [this] { return m_shell.workspace().isReady(); };
    Commands &c = *m_commands;
    c.add({u"palette"_s,
           QT_TRANSLATE_NOOP("tz::Commands", "Search or run a command"),
           sectionGo,
           u"search"_s,
           {QKeySequence(u"Ctrl+K"_s)},
           [this] {
               if (m_palette && m_palette->isVisible())
                   m_palette->closePalette();
               else
                   openPalette();
           },
           ready});
    c.add({u"home"_s,
           QT_TRANSLATE_NOOP("tz::Commands", "Home"),
           sectionGo,
           u"house"_s,
           {QKeySequence(u"Ctrl+1"_s)},
           [this] { openPinned(1); },
           ready});
    for (int number = 2; number <= 9; ++number) {
        static const char *const texts[] = {
            QT_TRANSLATE_NOOP("tz::Commands", "Pinned place 2"), QT_TRANSLATE_NOOP("tz::Commands", "Pinned place 3"),
            QT_TRANSLATE_NOOP("tz::Commands", "Pinned place 4"), QT_TRANSLATE_NOOP("tz::Commands", "Pinned place 5"),
            QT_TRANSLATE_NOOP("tz::Commands", "Pinned place 6"), QT_TRANSLATE_NOOP("tz::Commands", "Pinned place 7"),
            QT_TRANSLATE_NOOP("tz::Commands", "Pinned place 8"), QT_TRANSLATE_NOOP("tz::Commands", "Pinned place 9")};
        c.add({u"pinned%1"_s.arg(number),
               texts[number - 2],
               sectionGo,
               u"pin"_s,
               {QKeySequence(u"Ctrl+%1"_s.arg(number))},
               [this, number] { openPinned(number); },
               ready});
    }
    c.add({u"back"_s,
           QT_TRANSLATE_NOOP("tz::Commands", "Back"),
           sectionGo,
           u"arrow-left"_s,
           {QKeySequence(u"Alt+Left"_s), QKeySequence(Qt::Key_Back)},
           [this] { go(-1); },
           [this] { return m_historyAt > 0; }});
    c.add({u"forward"_s,
           QT_TRANSLATE_NOOP("tz::Commands", "Forward"),
           sectionGo,
           u"arrow-right"_s,
           {QKeySequence(u"Alt+Right"_s), QKeySequence(Qt::Key_Forward)},
           [this] { go(1); },
           [this] { return m_historyAt + 1 < m_history.size(); }});
    c.add({u"navigation"_s,
           QT_TRANSLATE_NOOP("tz::Commands", "Show or fold the navigation"),
           sectionGo,
           u"panel-left"_s,
           {QKeySequence(u"Ctrl+B"_s)},
           [this] { m_sidebar->setFolded(!m_sidebar->isFolded()); },
           ready});
    c.add({u"new"_s,
           QT_TRANSLATE_NOOP("tz::Commands", "New record of this kind"),
           sectionCreate,
           u"plus"_s,
           {QKeySequence(u"Ctrl+N"_s)},
           [this] { createHere(); },
           ready,
           true});
    c.add({u"undo"_s,
           QT_TRANSLATE_NOOP("tz::Commands", "Undo the last change"),
           sectionEdit,
           u"undo-2"_s,
           {QKeySequence(u"Ctrl+Z"_s)},
           [this] { m_shell.undo(*this); },
           ready});
    c.add({u"redo"_s,
           QT_TRANSLATE_NOOP("tz::Commands", "Redo"),
           sectionEdit,
           u"redo-2"_s,
           {QKeySequence(u"Ctrl+Y"_s), QKeySequence(u"Ctrl+Shift+Z"_s)},
           [this] { m_shell.redo(*this); },
           ready});
    c.add({u"tab.next"_s,
           QT_TRANSLATE_NOOP("tz::Commands", "Next tab"),
           sectionTabs,
           u"chevron-right"_s,
           {QKeySequence(u"Ctrl+Tab"_s), QKeySequence(u"Ctrl+PgDown"_s)},
           [this] { m_tabs->step(1); },
           ready});
    c.add({u"tab.previous"_s,
           QT_TRANSLATE_NOOP("tz::Commands", "Previous tab"),
           sectionTabs,
           u"chevron-left"_s,
           {QKeySequence(u"Ctrl+Shift+Tab"_s), QKeySequence(u"Ctrl+PgUp"_s)},
           [this] { m_tabs->step(-1); },
           ready});
    c.add({u"tab.close"_s,
           QT_TRANSLATE_NOOP("tz::Commands", "Close the tab"),
           sectionTabs,
           u"x"_s,
           {QKeySequence(u"Ctrl+W"_s)},
           [this] { m_tabs->closeCurrent(); },
           ready});
    c.add({u"tab.reopen"_s,
           QT_TRANSLATE_NOOP("tz::Commands", "Reopen the closed tab"),
           sectionTabs,
           u"rotate-ccw"_s,
           {QKeySequence(u"Ctrl+Shift+T"_s)},
           [this] { m_tabs->reopenClosed(); },
           ready});
    c.add({u"window.new"_s,
           QT_TRANSLATE_NOOP("tz::Commands", "New window"),
           sectionTabs,
           u"external-link"_s,
           {QKeySequence(u"Ctrl+Shift+N"_s)},
           [this] { m_shell.newWindow()->show(); },
           ready});
    c.add({u"sync"_s,
           QT_TRANSLATE_NOOP("tz::Commands", "Sync now"),
           sectionProgram,
           u"refresh-cw"_s,
           {QKeySequence(u"F5"_s)},
           [this] {
               if (m_shell.workspace().isStandalone())
                   toast(tr("You work on this computer only; there is nothing to sync."), {});
               else
                   m_shell.workspace().syncNow();
           },
           ready});
    c.add({u"sync.centre"_s,
           QT_TRANSLATE_NOOP("tz::Commands", "Sync centre"),
           sectionProgram,
           u"cloud"_s,
           {},
           [this, address] { openAddress(address(u"sync"_s)); },
           ready});
    c.add({u"language"_s,
           QT_TRANSLATE_NOOP("tz::Commands", "Switch between Chinese and English"),
           sectionProgram,
           u"languages"_s,
           {},
           [this] {
               Settings &settings = m_shell.settings();
               settings.setLanguage(settings.language() == "zh_CN"_L1 ? u"en"_s : u"zh_CN"_s);
           },
           {}});
    c.add({u"theme.light"_s,
           QT_TRANSLATE_NOOP("tz::Commands", "Light theme"),
           sectionProgram,
           u"sun"_s,
           {},
           [this] { m_shell.settings().setTheme(u"light"_s); },
           {}});
    c.add({u"theme.dark"_s,
           QT_TRANSLATE_NOOP("tz::Commands", "Dark theme"),
           sectionProgram,
           u"moon"_s,
           {},
           [this] { m_shell.settings().setTheme(u"dark"_s); },
           {}});
    c.add({u"theme.system"_s,
           QT_TRANSLATE_NOOP("tz::Commands", "Theme of the system"),
           sectionProgram,
           u"sun-moon"_s,
           {},
           [this] { m_shell.settings().setTheme(u"system"_s); },
           {}});
    c.add({u"settings"_s,
           QT_TRANSLATE_NOOP("tz::Commands", "Settings"),
           sectionProgram,
           u"settings"_s,
           {QKeySequence(u"Ctrl+,"_s)},
           [this, address] { openAddress(address(u"settings"_s)); },
           ready});
    c.add({u"shortcuts"_s,
           QT_TRANSLATE_NOOP("tz::Commands", "Keyboard shortcuts"),
           sectionProgram,
           u"keyboard"_s,
           {QKeySequence(u"Ctrl+/"_s), QKeySequence(u"F1"_s), QKeySequence(u"Ctrl+?"_s)},
           [this, address] { openAddress(address(u"shortcuts"_s)); },
           ready});
    c.add({u"signin"_s,
           QT_TRANSLATE_NOOP("tz::Commands", "Sign in"),
           sectionProgram,
           u"log-in"_s,
           {},
           [this] { showSignIn(); },
           [this] {
               return m_shell.workspace().isStandalone() ||
                      m_shell.workspace().status().connection == SyncStatus::Connection::SignedOut;
           }});
    c.add({u"signout"_s,
           QT_TRANSLATE_NOOP("tz::Commands", "Sign out"),
           sectionProgram,
           u"log-out"_s,
           {},
           [this] { signOut(); },
           [this] {
               const Workspace &workspace = m_shell.workspace();
               return workspace.isReady() && !workspace.isStandalone() &&
                      workspace.status().connection != SyncStatus::Connection::SignedOut;
           }});
    c.add({u"quit"_s,
           QT_TRANSLATE_NOOP("tz::Commands", "Quit"),
           sectionProgram,
           u"power"_s,
           {QKeySequence(u"Ctrl+Q"_s)},
           [this] {
               m_shell.saveSession();
               QApplication::closeAllWindows();
           },
           {}});
}

void MainWindow::makeMenus()
{
    if (!m_mainMenu) {
        m_mainMenu = new QMenu(this);
        m_userMenu = new QMenu(this);
        m_menuButton->setMenu(m_mainMenu);
        m_userButton->setMenu(m_userMenu);
        connect(m_mainMenu, &QMenu::aboutToShow, this, [this] { m_commands->update(); });
        connect(m_userMenu, &QMenu::aboutToShow, this, [this] { m_commands->update(); });
        // The actions translate themselves; only their order is made here, once.
        for (const char *id : {"new", "", "undo", "redo", "", "back", "forward", "navigation", "", "tab.reopen",
                               "window.new", "", "sync", "sync.centre", "", "settings", "shortcuts", "", "quit"}) {
            const QString name = QString::fromLatin1(id);
            if (name.isEmpty())
                m_mainMenu->addSeparator();
            else if (QAction *action = m_commands->action(name))
                m_mainMenu->addAction(action);
        }
        for (const char *id :
             {"language", "theme.light", "theme.dark", "theme.system", "", "settings", "", "signin", "signout"}) {
            const QString name = QString::fromLatin1(id);
            if (name.isEmpty())
                m_userMenu->addSeparator();
            else if (QAction *action = m_commands->action(name))
                m_userMenu->addAction(action);
        }
    }
}

QList<PaletteItem> MainWindow::paletteItems() const
{
    QList<PaletteItem> items;
    const Language &language = m_shell.language();
    m_commands->update();
    const auto bothLanguages = [&](const QString &context, const QString &source, const QString &kind) {
        return QStringList{source, language.in(u"zh_CN"_s, context, source, kind)};
    };
    auto *self = const_cast<MainWindow *>(this);
    const QString commandContext = u"tz::Commands"_s;
    const auto phrase = [&](const char *pattern, const QString &english, const QString &chinese) {
        const QString source = QString::fromLatin1(pattern);
        return QStringList{source.arg(inPhrase(english)), language.in(u"zh_CN"_s, commandContext, source).arg(chinese)};
    };

    // What can be done with what is on the screen comes first.
    for (QAction *action : tabCommands()) {
        if (action->isSeparator() || !action->isVisible() || action->text().isEmpty())
            continue;
        // The frame offers "New customer" with the same key, and says of what.
        if (action->shortcut() == QKeySequence(u"Ctrl+N"_s))
            continue;
        PaletteItem item;
        item.id = u"here/"_s + (action->objectName().isEmpty() ? action->text() : action->objectName());
        item.text = withoutMnemonic(action->text());
        item.section = Commands::translated(sectionHere);
        item.icon = u"zap"_s;
        item.keys = action->shortcut().toString(QKeySequence::NativeText);
        item.enabled = action->isEnabled();
        item.terms = paletteTerms({item.text, action->property("source").toString()});
        item.run = [action = QPointer(action)] {
            if (action)
                action->trigger();
        };
        items << item;
    }

    const QList<NavigationGroup> groups = navigation(m_shell.workspace(), m_shell.views());
    for (const NavigationGroup &group : groups) {
        for (const NavigationPlace &place : group.places) {
            const QStringList names = bothLanguages(place.context, place.source, place.kind);
            PaletteItem item;
            item.id = place.address.toString();
            item.text = place.text();
            item.section = Commands::translated(sectionGo);
            item.icon = place.icon;
            item.terms = paletteTerms(names);
            item.run = [self, address = place.address] { self->openAddress(address); };
            items << item;
            if (!place.canCreate || place.address.kind != "list"_L1)
                continue;
            const QString entity = place.address.target;
            const QString shownName = labels::text(place.context, place.singular, "label");
            const QStringList singular = bothLanguages(place.context, place.singular, u"label"_s);
            PaletteItem create;
            create.id = u"new/"_s + entity;
            create.text = Commands::translated(newThing).arg(inPhrase(shownName));
            create.section = Commands::translated(sectionCreate);
            create.icon = u"plus"_s;
            const TabPage *page = m_tabs->current();
            if (page && page->entity() == entity)
                create.keys = QKeySequence(u"Ctrl+N"_s).toString(QKeySequence::NativeText);
            create.terms = paletteTerms(phrase(newThing, singular[0], singular[1]));
            create.run = [self, entity] { self->createRecord(entity); };
            items << create;
            PaletteItem bringIn;
            bringIn.id = u"import/"_s + entity;
            bringIn.text = Commands::translated(importThings).arg(inPhrase(place.text()));
            bringIn.section = Commands::translated(sectionCreate);
            bringIn.icon = u"upload"_s;
            bringIn.terms = paletteTerms(phrase(importThings, names[0], names[1]));
            bringIn.run = [self, entity] { self->openAddress(Address{u"import"_s, entity, {}, {}}); };
            items << bringIn;
        }
    }
    for (const NavigationPlace &place : reportPlaces(m_shell.workspace())) {
        PaletteItem item;
        item.id = place.address.toString();
        item.text = place.text();
        item.section = Commands::translated(sectionReport);
        item.icon = place.icon;
        item.terms = paletteTerms(bothLanguages(place.context, place.source, place.kind));
        item.run = [self, address = place.address] { self->openAddress(address); };
        items << item;
    }
    for (const Command &command : m_commands->all()) {
        QAction *action = m_commands->action(command.id);
        if (command.id == "palette"_L1 || command.id.startsWith(u"pinned"_s) || !action->isEnabled())
            continue;
        PaletteItem item;
        item.id = u"command/"_s + command.id;
        item.text = action->text();
        item.section = Commands::translated(command.section);
        item.icon = command.icon;
        item.keys = command.keys.value(0).toString(QKeySequence::NativeText);
        item.terms = paletteTerms(bothLanguages(commandContext, QString::fromLatin1(command.text), {}));
        item.run = [action] { action->trigger(); };
        items << item;
    }
    for (const QString &recent : m_shell.settings().recent()) {
        const Address address = Address::fromString(recent);
        if (address.kind != "record"_L1)
            continue;
        PaletteItem item;
        item.id = recent;
        item.text = m_shell.settings().recentTitle(recent);
        item.section = Commands::translated(sectionRecent);
        const Entity *entity = m_shell.workspace().catalog()->entity(address.target);
        item.icon = entity && !entity->icon.isEmpty() ? entity->icon : u"history"_s;
        item.terms = paletteTerms({item.text});
        item.run = [self, address] { self->openAddress(address); };
        if (entity && !item.text.isEmpty())
            items << item;
    }
    return items;
} // namespace tz

QList<PaletteItem> MainWindow::recordItems(const std::vector<SearchHit> &hits)
{
    QList<PaletteItem> items;
    for (const SearchHit &hit : hits) {
        PaletteItem item;
        item.id = Address::record(hit.entity->fullName, hit.id.toString()).toString();
        item.text = hit.title;
        item.section = labels::entity(*hit.entity);
        item.icon = hit.entity->icon.isEmpty() ? u"file"_s : hit.entity->icon;
        item.isHit = true;
        item.run = [self = QPointer(this), entity = hit.entity->fullName, id = hit.id] {
            if (self)
                self->openRecord(entity, id);
        };
        items << item;
    }
    return items;
}

} // namespace tz
