// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "desktop/appearance/theme.h"
#include "desktop/application/singleinstance.h"
#include "desktop/frame/address.h"
#include "desktop/frame/synctext.h"
#include "desktop/palette/paletteitem.h"
#include "tests/support/catch.h"
#include "workbench/icons.h"

#include <QApplication>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QThread>

#include <cmath>

using namespace tz;
using namespace Qt::StringLiterals;

namespace {

double luminance(const QColor &color)
{
    const auto linear = [](double c) { return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

// WCAG 2.1, 1.4.3.
double contrast(const QColor &a, const QColor &b)
{
    const double one = luminance(a) + 0.05;
    const double two = luminance(b) + 0.05;
    return one > two ? one / two : two / one;
}

PaletteItem item(const QString &english, const QString &chinese)
{
    PaletteItem made;
    made.text = english;
    made.id = english;
    made.terms = paletteTerms({english, chinese});
    return made;
}

} // namespace

TEST_CASE("addresses survive their text", "[desktop][address]")
{
    Address address = Address::list(u"pipeline.opportunity"_s);
    address.options.insert(u"filter"_s, u"stage == 'won' and name ~ 'a&b=c/d?'"_s);
    address.options.insert(u"caption"_s, u"赢单 100%"_s);
    CHECK(Address::fromString(address.toString()) == address);
    CHECK(Address::fromString(u"tongzhou://customers.account/0190"_s) ==
          Address::record(u"customers.account"_s, u"0190"_s));
    CHECK(Address::fromString(u"tongzhou://nonsense"_s).isNull());
}

TEST_CASE("texts keep a contrast of 4.5 in both themes", "[desktop][theme]")
{
    for (const bool dark : {false, true}) {
        const QPalette palette = Theme::palette(dark);
        INFO((dark ? "dark" : "light"));
        CHECK(contrast(palette.color(QPalette::WindowText), palette.color(QPalette::Window)) >= 4.5);
        CHECK(contrast(palette.color(QPalette::Text), palette.color(QPalette::Base)) >= 4.5);
        CHECK(contrast(palette.color(QPalette::Text), palette.color(QPalette::AlternateBase)) >= 4.5);
        CHECK(contrast(palette.color(QPalette::PlaceholderText), palette.color(QPalette::Base)) >= 4.5);
        CHECK(contrast(palette.color(QPalette::PlaceholderText), palette.color(QPalette::Window)) >= 4.5);
        CHECK(contrast(palette.color(QPalette::HighlightedText), palette.color(QPalette::Highlight)) >= 4.5);
        CHECK(contrast(palette.color(QPalette::ButtonText), palette.color(QPalette::Button)) >= 4.5);
        CHECK(contrast(palette.color(QPalette::Link), palette.color(QPalette::Window)) >= 4.5);
        CHECK(contrast(palette.color(QPalette::BrightText), palette.color(QPalette::Base)) >= 4.5);
        CHECK(contrast(palette.color(QPalette::ToolTipText), palette.color(QPalette::ToolTipBase)) >= 4.5);
    }
}

TEST_CASE("icons follow the theme without being fetched again", "[desktop][icons]")
{
    const QIcon house = icon(u"house"_s);
    const auto inked = [&] {
        const QImage image = house.pixmap(32, 32).toImage();
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                if (image.pixelColor(x, y).alpha() == 255)
                    return image.pixelColor(x, y);
            }
        }
        return QColor();
    };
    QApplication::setPalette(Theme::palette(false));
    CHECK(inked().lightness() < 100);
    QApplication::setPalette(Theme::palette(true));
    CHECK(inked().lightness() > 150);
    CHECK(icon(QString()).isNull());
    CHECK_FALSE(icon(u"no-such-icon"_s).pixmap(16, 16).isNull());
}

TEST_CASE("the palette finds by name, pinyin and initials, beginnings first", "[desktop][palette]")
{
    const QList<PaletteItem> items{item(u"Import customers"_s, u"导入客户"_s), item(u"New customer"_s, u"新建客户"_s),
                                   item(u"Customers"_s, u"客户"_s), item(u"Sync now"_s, u"立即同步"_s)};
    const auto best = [&](const QString &typed, const QStringList &recent = {}) {
        const QList<int> order = paletteOrder(items, typed, recent);
        return order.isEmpty() ? QString() : items[order.first()].text;
    };
    CHECK(best(u"xjkh"_s) == u"New customer"_s);
    CHECK(best(u"new customer"_s) == u"New customer"_s);
    CHECK(best(u"cust new"_s) == u"New customer"_s);
    CHECK(best(u"客户"_s) == u"Customers"_s);
    CHECK(best(u"kehu"_s) == u"Customers"_s);
    CHECK(best(u"SYNC"_s) == u"Sync now"_s);
    CHECK(best(u"zzz"_s).isEmpty());
    CHECK(best({}, {u"Sync now"_s}) == u"Sync now"_s);
    // Two letters inside a word are an accident.
    CHECK(paletteScore(items[3], u"yn"_s) == 0);
}

TEST_CASE("the status keeps connection and unsent work apart", "[desktop][sync]")
{
    QLocale::setDefault(QLocale::c());
    SyncStatus status;
    const qint64 now = QDateTime(QDate(2026, 11, 23), QTime(12, 0)).toMSecsSinceEpoch();
    status.connection = SyncStatus::Connection::Offline;
    status.offlineSinceMs = QDateTime(QDate(2026, 11, 23), QTime(10, 42)).toMSecsSinceEpoch();
    status.waiting = 3;
    SyncText text = SyncText::of(status, now);
    CHECK(text.line.startsWith(u"Offline since 10:42 · 3"_s));
    CHECK(text.tone == style::Tone::Warning);
    // After a day the hour would mean the wrong day.
    text = SyncText::of(status, now + 2 * 86'400'000LL);
    CHECK_FALSE(text.line.contains(u"10:42"_s));
    status.connection = SyncStatus::Connection::Online;
    status.waiting = 0;
    status.lastContactMs = now;
    text = SyncText::of(status, now);
    CHECK(text.shortText == u"Synced"_s);
    CHECK(text.tone == style::Tone::Success);
    status.attention = 2;
    text = SyncText::of(status, now);
    CHECK(text.icon == u"triangle-alert"_s);
    status.connection = SyncStatus::Connection::Standalone;
    CHECK(SyncText::of(status, now).line == u"Working on this computer only"_s);
}

TEST_CASE("a second start hands its addresses to the first", "[desktop][instance]")
{
    const QTemporaryDir folder;
    SingleInstance first(folder.path());
    const SingleInstance alone(folder.path());
    CHECK_FALSE(alone.handOver({}));
    REQUIRE(first.listen());
    QSignalSpy opened(&first, &SingleInstance::openRequested);
    bool taken = false;
    // The second program is another process; a thread stands for it, because both sides wait for each other.
    QThread *second = QThread::create([&] {
        const SingleInstance other(folder.path());
        taken = other.handOver({u"tongzhou://customers.account/1"_s});
    });
    second->start();
    CHECK(opened.wait(5000));
    while (!second->wait(10))
        QApplication::processEvents();
    delete second;
    CHECK(taken);
    CHECK(opened.first().first().toStringList() == QStringList{u"tongzhou://customers.account/1"_s});
    const SingleInstance elsewhere(folder.filePath(u"other"_s));
    CHECK_FALSE(elsewhere.handOver({}));
}
