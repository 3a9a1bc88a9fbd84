// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors

// What holds for every page: names for screen readers, a way by keyboard, no cut labels.
#include "tests/gui/office.h"
#include "workbench/boards/board.h"
#include "workbench/charts/chartview.h"
#include "workbench/charts/reportpage.h"
#include "workbench/imports/importpage.h"
#include "workbench/records/recordform.h"
#include "workbench/records/recordlist.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QApplication>
#include <QComboBox>
#include <QGraphicsItem>
#include <QGraphicsView>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTableView>
#include <QTranslator>

using namespace tz;

namespace {

QString where(const QWidget *widget)
{
    QStringList path;
    for (const QWidget *at = widget; at; at = at->parentWidget())
        path.prepend(QString::fromLatin1(at->metaObject()->className()) + QLatin1Char('#') + at->objectName());
    return path.join(QLatin1Char('/'));
}

/// Every control that can have the focus has a name in the language of the page.
void checkNames(QWidget &page)
{
    const auto all = page.findChildren<QWidget *>();
    for (QWidget *widget : all) {
        if (!widget->isVisible() || widget->focusPolicy() == Qt::NoFocus || qobject_cast<QScrollBar *>(widget) ||
            widget->focusProxy() || qobject_cast<QHeaderView *>(widget))
            continue;
        // Containers that only scroll what is in them.
        if (widget->inherits("QScrollArea") || widget->inherits("QTabBar") || widget->inherits("QTabWidget") ||
            widget->objectName() == QLatin1String("qt_tabwidget_tabbar"))
            continue;
        QAccessibleInterface *face = QAccessible::queryAccessibleInterface(widget);
        const QString name = face ? face->text(QAccessible::Name) : QString();
        INFO(where(widget).toStdString());
        CHECK_FALSE(name.isEmpty());
    }
}

/// No label or button is narrower than its text, unless it wraps or may shorten it (records' own titles).
void checkRoom(QWidget &page)
{
    const auto labels = page.findChildren<QLabel *>();
    for (QLabel *label : labels) {
        if (!label->isVisible() || label->wordWrap() || label->sizePolicy().horizontalPolicy() == QSizePolicy::Ignored)
            continue;
        INFO(where(label).toStdString() << " " << label->text().toStdString());
        CHECK(label->width() >= label->sizeHint().width());
    }
    const auto buttons = page.findChildren<QAbstractButton *>();
    for (QAbstractButton *button : buttons) {
        if (!button->isVisible() || button->text().isEmpty() || button->inherits("QLineEditIconButton"))
            continue;
        INFO(where(button).toStdString() << " " << button->text().toStdString());
        CHECK(button->width() >= button->minimumSizeHint().width());
    }
}

} // namespace

TEST_CASE("every control has a name and no label is cut, in both languages", "[gui][look]")
{
    const auto language = GENERATE(as<QString>{}, QStringLiteral("en"), QStringLiteral("zh_CN"));
    CAPTURE(language);
    QTranslator translator;
    const QString file = QStringLiteral(TZ_BINARY_DIR "/bin/translations/workbench_zh_CN.qm");
    if (language == QLatin1String("zh_CN") && QFile::exists(file) && translator.load(file))
        QCoreApplication::installTranslator(&translator);
    QLocale::setDefault(QLocale(language));
    Office office;
    const Id customer =
        office.customer(QStringLiteral("华为技术有限公司"), {{QStringLiteral("code"), Value(QStringLiteral("HW"))}});
    const Id deal =
        office.deal(QStringLiteral("Network"), customer, {{QStringLiteral("amount"), Value(qint64(123'450'000))}});
    const Entity &deals = office.entity("shop.deal");

    const auto inspect = [](QWidget &page, auto ready) {
        page.resize(1180, 760);
        page.show();
        REQUIRE(waitFor(ready));
        QTest::qWait(30);
        checkNames(page);
        checkRoom(page);
    };
    {
        RecordList list(office.context(), office.entity("shop.customer"));
        inspect(list, [&] { return list.model().rowCount() == 1; });
    }
    {
        RecordList empty(office.context(), office.entity("shop.shop_note"));
        inspect(empty, [&] { return !empty.model().isLoading(); });
    }
    {
        RecordForm form(office.context(), office.entity("shop.customer"), customer);
        inspect(form, [] { return true; });
    }
    {
        RecordForm form(office.context(), deals, deal);
        inspect(form, [] { return true; });
    }
    {
        Board board(office.context(), deals, deals.views.first());
        inspect(board, [] { return true; });
    }
    {
        ImportPage page(office.context(), office.entity("shop.customer"));
        inspect(page, [] { return true; });
    }
    QCoreApplication::removeTranslator(&translator);
    QLocale::setDefault(QLocale::c());
}

TEST_CASE("a target is a line over the bars of a stacked chart and no part of their sum", "[gui][chart]")
{
    Office office;
    ReportTable table;
    for (const char *name : {"month", "won", "target"}) {
        ReportTable::Column column;
        column.name = column.label = QString::fromLatin1(name);
        column.type = table.columns.isEmpty() ? FieldType::Text : FieldType::Integer;
        table.columns << column;
    }
    table.rows.push_back({Value(QStringLiteral("26-11")), Value(100), Value(1000)});
    table.rows.push_back({Value(QStringLiteral("26-12")), Value(90), Value(1000)});
    table.chart = QStringLiteral("stacked");
    table.chartCategory = QStringLiteral("month");
    table.chartSeries = {QStringLiteral("won"), QStringLiteral("target")};
    const auto shown = [&](const char *className) {
        ChartView view(office.context());
        view.setTable(table, QStringLiteral("Forecast"), {});
        int count = 0;
        for (QGraphicsItem *item : view.findChild<QGraphicsView *>()->scene()->items()) {
            if (const QGraphicsObject *object = item->toGraphicsObject()) {
                for (const QObject *child : object->findChildren<QObject *>())
                    count += child->inherits(className) ? 1 : 0;
            }
        }
        return count;
    };
    CHECK(shown("QLineSeries") == 0);
    CHECK(shown("QBarSet") == 2);
    table.chartLine = QStringLiteral("target");
    CHECK(shown("QLineSeries") == 1);
    CHECK(shown("QBarSet") == 1);
}

TEST_CASE("a chart drills down to the records behind a bar and has its figures beside it", "[gui][chart]")
{
    Office office;
    const Id customer = office.customer(QStringLiteral("Alpha"));
    for (int i = 0; i < 3; ++i)
        office.deal(QStringLiteral("Deal %1").arg(i), customer, {{QStringLiteral("amount"), Value(qint64(1'000'000))}});
    ReportSpec spec;
    spec.fullName = QStringLiteral("shop.by_stage");
    spec.label = QStringLiteral("Deals by stage");
    spec.query = QJsonObject{
        {QStringLiteral("entity"), QStringLiteral("shop.deal")},
        {QStringLiteral("group"), QJsonArray{QStringLiteral("stage")}},
        {QStringLiteral("aggregates"), QJsonArray{QJsonObject{{QStringLiteral("kind"), QStringLiteral("count")}},
                                                  QJsonObject{{QStringLiteral("kind"), QStringLiteral("sum")},
                                                              {QStringLiteral("path"), QStringLiteral("amount")}}}}};
    for (const char *kind : {"bar", "line", "area", "stacked", "pie", "funnel"}) {
        CAPTURE(kind);
        spec.chart = QJsonObject{{QStringLiteral("kind"), QString::fromLatin1(kind)}};
        ReportPage page(office.context(), spec);
        page.resize(900, 500);
        page.show();
        QSignalSpy finished(&page, &ReportPage::finished);
        REQUIRE(waitFor([&] { return finished.count() > 0; }));
        REQUIRE(page.result().tables.size() == 1);
        auto *chart = page.findChild<ChartView *>();
        REQUIRE(chart);
        CHECK(chart->cellText(0, 0) == QStringLiteral("New"));
        CHECK(chart->table().rows[0][1] == Value(3));
        office.navigator.lists.clear();
        chart->drill(0);
        REQUIRE(office.navigator.lists.size() == 1);
        const auto count =
            office.workspace->reader().count(QStringLiteral("shop.deal"), office.navigator.lists.first().second);
        REQUIRE_RESULT(count);
        CHECK(*count == 3);
        CHECK_FALSE(page.grab().isNull());
        const auto table = chart->findChild<QTableView *>();
        REQUIRE(table);
        CHECK_FALSE(table->accessibleName().isEmpty());
    }
}

TEST_CASE("a file is tried, imported, its failed rows saved, and the whole undone", "[gui][import]")
{
    Office office;
    const QString path = office.folder.filePath(QStringLiteral("customers.csv"));
    {
        QFile file(path);
        REQUIRE(file.open(QIODevice::WriteOnly));
        file.write("Name,Code,Turnover\nAlpha,A1,100.50\nBeta,B2,not a number\nGamma,,7\n");
    }
    ImportPage page(office.context(), office.entity("shop.customer"));
    page.resize(900, 700);
    page.show();
    QSignalSpy rehearsed(&page, &ImportPage::rehearsed);
    QSignalSpy finished(&page, &ImportPage::finished);
    page.openFile(path);
    REQUIRE(waitFor([&] { return rehearsed.count() == 1; }));
    auto count = office.workspace->reader().count(QStringLiteral("shop.customer"));
    REQUIRE_RESULT(count);
    CHECK(*count == 0);
    page.start();
    REQUIRE(waitFor([&] { return finished.count() == 1; }));
    count = office.workspace->reader().count(QStringLiteral("shop.customer"));
    REQUIRE_RESULT(count);
    CHECK(*count >= 2);
    page.undo();
    REQUIRE(waitFor([&] { return finished.count() == 2; }));
    count = office.workspace->reader().count(QStringLiteral("shop.customer"));
    REQUIRE_RESULT(count);
    CHECK(*count == 0);
}
