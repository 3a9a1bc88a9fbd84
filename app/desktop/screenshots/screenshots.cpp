// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "desktop/screenshots/screenshots.h"

#include "desktop/administration/adminpage.h"
#include "desktop/administration/admintable.h"
#include "desktop/administration/roles.h"
#include "desktop/application/shell.h"
#include "desktop/frame/mainwindow.h"
#include "desktop/frame/navigation.h"
#include "desktop/frame/tabarea.h"
#include "desktop/frame/toast.h"
#include "desktop/pages/entitypage.h"
#include "desktop/pages/firstrunpage.h"
#include "desktop/palette/commandpalette.h"

#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QPixmap>
#include <QThread>

#include <algorithm>
#include <cstdio>
#include <functional>
#include <limits>
#include <memory>

using namespace Qt::StringLiterals;

namespace tz {
namespace {

constexpr int settleMs = 900;
constexpr int readyMs = 60'000;

void settle(int ms = settleMs)
{
    QElapsedTimer timer;
    timer.start();
    while (timer.elapsed() < ms) {
        QApplication::processEvents(QEventLoop::AllEvents, 20);
        QThread::msleep(5);
    }
}

// A palette of the 256 commonest shades: the pictures are mostly flat, and a third of the size. Qt's own conversion
// takes a fixed cube of colours and dithers, which spoils small text.
QImage reduced(const QImage &picture)
{
    const QImage source = picture.convertToFormat(QImage::Format_RGB32);
    const auto binOf = [](QRgb c) { return (qRed(c) >> 3) << 10 | (qGreen(c) >> 3) << 5 | qBlue(c) >> 3; };
    struct Bin {
        qint64 count = 0, red = 0, green = 0, blue = 0;
        int index = -1;
    };
    std::vector<Bin> bins(1 << 15);
    for (int y = 0; y < source.height(); ++y) {
        const auto *line = reinterpret_cast<const QRgb *>(source.constScanLine(y));
        for (int x = 0; x < source.width(); ++x) {
            Bin &bin = bins[size_t(binOf(line[x]))];
            ++bin.count;
            bin.red += qRed(line[x]);
            bin.green += qGreen(line[x]);
            bin.blue += qBlue(line[x]);
        }
    }
    std::vector<int> used;
    for (int i = 0; i < int(bins.size()); ++i) {
        if (bins[size_t(i)].count > 0)
            used.push_back(i);
    }
    std::sort(used.begin(), used.end(), [&](int a, int b) { return bins[size_t(a)].count > bins[size_t(b)].count; });
    QList<QRgb> colors;
    for (const int i : used) {
        Bin &bin = bins[size_t(i)];
        const QRgb mean = qRgb(int(bin.red / bin.count), int(bin.green / bin.count), int(bin.blue / bin.count));
        if (colors.size() < 256) {
            bin.index = int(colors.size());
            colors << mean;
            continue;
        }
        qint64 nearest = std::numeric_limits<qint64>::max();
        for (int c = 0; c < colors.size(); ++c) {
            const qint64 red = qRed(mean) - qRed(colors[c]);
            const qint64 green = qGreen(mean) - qGreen(colors[c]);
            const qint64 blue = qBlue(mean) - qBlue(colors[c]);
            const qint64 distance = red * red * 3 + green * green * 6 + blue * blue;
            if (distance < nearest) {
                nearest = distance;
                bin.index = c;
            }
        }
    }
    QImage result(source.size(), QImage::Format_Indexed8);
    result.setColorTable(colors);
    for (int y = 0; y < source.height(); ++y) {
        const auto *line = reinterpret_cast<const QRgb *>(source.constScanLine(y));
        uchar *target = result.scanLine(y);
        for (int x = 0; x < source.width(); ++x)
            target[x] = uchar(bins[size_t(binOf(line[x]))].index);
    }
    return result;
}

Id firstOf(const Shell &shell, const QString &entity, const QString &filter, const QString &sort)
{
    Query query;
    query.entity = entity;
    query.fields = {u"id"_s};
    query.filterText = filter;
    query.sort = {SortKey{sort, true}};
    query.limit = 1;
    const Result<Rows> rows = shell.workspace().reader().select(query);
    return rows && !rows->rows.empty() ? rows->rows.front().front().toId() : Id();
}

// The page of a new profile, which this one is not any more.
std::unique_ptr<QWidget> welcome(Shell &shell, const QSize &size)
{
    auto page = std::make_unique<FirstRunPage>(shell);
    for (QLineEdit *line : page->findChildren<QLineEdit *>())
        line->clear();
    page->resize(size);
    page->show();
    return page;
}

} // namespace

bool makeScreenshots(Shell &shell, MainWindow &window, const QString &folder, int scale)
{
    if (!QDir().mkpath(folder))
        return false;
    QElapsedTimer waited;
    waited.start();
    const auto arrived = [&] {
        const SyncStatus status = shell.workspace().status();
        return shell.workspace().isReady() &&
               (shell.workspace().isStandalone() || (status.connection == SyncStatus::Connection::Online &&
                                                     status.complete && !status.busy && status.waiting == 0));
    };
    while (!arrived() && waited.elapsed() < readyMs)
        settle(100);
    if (!arrived()) {
        std::fputs("The profile is not ready: no stand-alone profile, and the first sync did not end.\n", stderr);
        return false;
    }

    window.resize(1280, 800);
    const auto entityScene = [&](const QString &entity, const QString &view) {
        auto *page = qobject_cast<EntityPage *>(window.openAddress(Address::list(entity)));
        if (page)
            page->showView(view);
    };
    struct Scene {
        QString name;
        std::function<void()> prepare;
        std::function<void()> finish;
    };
    const auto address = [&](const QString &kind) { window.openAddress(Address{kind, {}, {}, {}}); };
    const Id opportunity = firstOf(shell, u"pipeline.opportunity"_s,
                                   u"owner == me and not (stage in ('won', 'lost'))"_s, u"last_follow_up"_s);
    const Id account = firstOf(shell, u"customers.account"_s, {}, u"modified_at"_s);
    const std::vector<Scene> calm{{u"dashboard"_s, [&] { address(u"home"_s); }, {}},
                                  {u"list"_s, [&] { entityScene(u"customers.account"_s, u"list"_s); }, {}},
                                  {u"form"_s,
                                   [&] {
                                       if (opportunity)
                                           window.openRecord(u"pipeline.opportunity"_s, opportunity);
                                       else
                                           window.openRecord(u"customers.account"_s, account);
                                   },
                                   {}},
                                  {u"board"_s, [&] { entityScene(u"pipeline.opportunity"_s, u"board"_s); },
                                   [&] { entityScene(u"pipeline.opportunity"_s, u"list"_s); }},
                                  {u"palette"_s,
                                   [&] {
                                       entityScene(u"customers.account"_s, u"list"_s);
                                       window.openPalette(shell.language().current() == "zh_CN"_L1 ? u"jn"_s
                                                                                                   : u"new"_s);
                                       window.palette().edit()->deselect();
                                   },
                                   [&] { window.palette().closePalette(); }},
                                  {u"sync"_s, [&] { address(u"sync"_s); }, {}},
                                  {u"settings"_s, [&] { address(u"settings"_s); }, {}},
                                  {u"welcome"_s, {}, {}}};
    // A profile with something to settle is there for the one picture of it.
    const std::vector<Scene> troubled{{u"conflict"_s, [&] { address(u"sync"_s); }, {}}};
    const auto administration = [&](AdminPage::Part part) {
        auto *page = qobject_cast<AdminPage *>(window.openAddress(Address{u"administration"_s, {}, {}, {}}));
        if (page)
            page->showPart(part);
    };
    const std::vector<Scene> administrators{{u"users"_s, [&] { administration(AdminPage::Part::Users); }, {}},
                                            {u"teams"_s, [&] { administration(AdminPage::Part::Teams); }, {}},
                                            {u"rights"_s,
                                             [&] {
                                                 administration(AdminPage::Part::Roles);
                                                 settle();
                                                 if (auto *roles = window.findChild<RolesSection *>())
                                                     roles->table().setCurrent(Id::fromName(u"role:sales"_s));
                                             },
                                             {}},
                                            {u"devices"_s, [&] { administration(AdminPage::Part::Devices); }, {}},
                                            {u"server"_s, [&] { administration(AdminPage::Part::Server); }, {}},
                                            {u"audit"_s, [&] { administration(AdminPage::Part::Audit); }, {}}};
    const std::vector<Scene> &scenes = shell.workspace().status().attention > 0 ? troubled
                                       : mayAdminister(shell.workspace())       ? administrators
                                                                                : calm;
    // Large pictures are large files: two of the four ways to look at a page, and of the pages those that differ most.
    const auto wanted = [&](const QString &scene, const QString &language, const QString &theme) {
        static const QStringList large{u"dashboard"_s, u"list"_s, u"form"_s, u"conflict"_s, u"rights"_s, u"devices"_s};
        return scale == 1 || (large.contains(scene) && (theme == "light"_L1) == (language == "zh_CN"_L1));
    };
    shell.setShownFolder(u"~/.local/share/Tongzhou/profile"_s);

    bool fine = true;
    const QString suffix = scale > 1 ? u"@%1x"_s.arg(scale) : QString();
    for (const QString &theme : {u"light"_s, u"dark"_s}) {
        shell.settings().setTheme(theme);
        for (const QString &language : Language::available()) {
            shell.settings().setLanguage(language);
            settle(200);
            for (const Scene &scene : scenes) {
                if (!wanted(scene.name, language, theme))
                    continue;
                std::unique_ptr<QWidget> alone;
                if (scene.prepare)
                    scene.prepare();
                else
                    alone = welcome(shell, window.size());
                settle();
                window.toastLine().hide();
                const QString name = u"%1-%2-%3%4.png"_s.arg(scene.name, language.left(2), theme, suffix);
                fine = reduced((alone ? alone.get() : &window)->grab().toImage())
                           .save(QDir(folder).filePath(name), "PNG", 0) &&
                       fine;
                if (scene.finish)
                    scene.finish();
            }
        }
    }
    return fine;
}

} // namespace tz
