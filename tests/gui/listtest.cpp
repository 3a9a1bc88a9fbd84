// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "tests/gui/office.h"
#include "workbench/dialogs/dialogs.h"
#include "workbench/records/fieldeditors.h"
#include "workbench/records/recordlist.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QElapsedTimer>
#include <QHeaderView>
#include <QLineEdit>
#include <QPointer>
#include <QScrollBar>
#include <QTableView>

using namespace tz;

TEST_CASE("a list shows records, follows changes and keeps its current row", "[gui][list]")
{
    Office office;
    const Id beta = office.customer(QStringLiteral("Beta"));
    office.customer(QStringLiteral("Delta"));
    RecordList list(office.context(), office.entity("shop.customer"));
    QAbstractItemModelTester tester(&list.model(), QAbstractItemModelTester::FailureReportingMode::Fatal);
    list.resize(900, 500);
    list.show();
    list.model().setSort({SortKey{QStringLiteral("name"), false}});
    REQUIRE(waitFor([&] { return list.model().rowCount() == 2 && !list.model().isCounting(); }));
    list.setCurrent(beta);
    CHECK(list.currentId() == beta);
    CHECK(list.model().index(0, 0).data().toString() == QStringLiteral("Beta"));

    office.customer(QStringLiteral("Alpha"));
    REQUIRE(waitFor([&] { return list.model().rowCount() == 3; }));
    CHECK(list.model().index(0, 0).data().toString() == QStringLiteral("Alpha"));
    CHECK(waitFor([&] { return list.currentId() == beta; }));
    CHECK(list.view().currentIndex().row() == 1);
    CHECK(list.neighbour(beta, 1) == list.model().idAt(2));
    CHECK(list.neighbour(list.model().idAt(2), 1).isNull());
}

TEST_CASE("a renamed customer's deals are soon found by its new name, without a server too", "[gui][search]")
{
    Office office;
    const Id customer = office.customer(QStringLiteral("Northwind"));
    const Id deal = office.deal(QStringLiteral("Crane"), customer);
    const auto finds = [&](const QString &words) {
        const auto hits = office.workspace->reader().search(words, 10, QStringLiteral("shop.deal"));
        REQUIRE(hits);
        return hits->size() == 1 && hits->front().id == deal;
    };
    REQUIRE(waitFor([&] { return finds(QStringLiteral("Northwind")); }));
    Draft draft = office.workspace->draft();
    draft.update(QStringLiteral("shop.customer"), customer, {{QStringLiteral("name"), QStringLiteral("Adventure")}});
    office.apply(std::move(draft));
    CHECK(waitFor([&] { return finds(QStringLiteral("Adventure")) && !finds(QStringLiteral("Northwind")); }));
}

TEST_CASE("a list over a hundred thousand rows opens, sorts, filters and scrolls quickly", "[gui][list]")
{
    Office office;
    office.fill(100'000);
    RecordList list(office.context(), office.entity("shop.customer"));
    list.resize(900, 600);
    QElapsedTimer timer;
    timer.start();
    list.show();
    REQUIRE(waitFor([&] { return list.model().rowCount() > 0; }));
    list.view().grab();
    const qint64 firstPaintMs = timer.elapsed();
    REQUIRE(waitFor([&] { return list.model().total() == 100'000; }, 20'000));
    CHECK(firstPaintMs < 3000);

    // Going to the end reads a page or two and no more.
    timer.restart();
    list.view().scrollToBottom();
    list.view().grab();
    CHECK(timer.elapsed() < 500);
    CHECK(list.model().index(99'999, 0).data().toString().startsWith(QStringLiteral("Customer ")));

    list.model().setSort({SortKey{QStringLiteral("turnover"), true}});
    REQUIRE(waitFor([&] { return !list.model().isCounting() && list.model().rowCount() == 100'000; }, 20'000));
    CHECK(list.model().index(0, 0).data().toString() == QStringLiteral("Customer 100000"));
    list.setFilter(QStringLiteral("turnover <= 5"));
    REQUIRE(waitFor([&] { return list.model().rowCount() == 5; }, 20'000));
}

TEST_CASE("a cell is edited with the keyboard: F2, Enter, Tab and Esc", "[gui][list]")
{
    Office office;
    const Id id = office.customer(QStringLiteral("Alpha"), {{QStringLiteral("code"), Value(QStringLiteral("A1"))}});
    RecordList list(office.context(), office.entity("shop.customer"));
    list.resize(900, 500);
    list.show();
    REQUIRE(waitFor([&] { return list.model().rowCount() == 1; }));
    list.view().setFocus();
    list.view().setCurrentIndex(list.model().index(0, 0));

    const auto openEditor = [&] {
        QTest::keyClick(&list.view(), Qt::Key_F2);
        REQUIRE(waitFor([&] { return list.view().viewport()->findChild<FieldEditor *>(); }));
        return list.view().viewport()->findChild<FieldEditor *>()->findChild<QLineEdit *>();
    };
    QLineEdit *line = openEditor();
    REQUIRE(line);
    const QPointer<FieldEditor> first = list.view().viewport()->findChild<FieldEditor *>();
    line->selectAll();
    QTest::keyClicks(line, QStringLiteral("Alpha Two"));
    QTest::keyClick(line, Qt::Key_Tab);
    REQUIRE(waitFor([&] { return office.stored("shop.customer", id, u"name") == Value(QStringLiteral("Alpha Two")); }));

    // Tab has opened the next cell; Esc leaves it as it was.
    REQUIRE(waitFor([&] { return !first && list.view().viewport()->findChild<FieldEditor *>(); }));
    line = list.view().viewport()->findChild<FieldEditor *>()->findChild<QLineEdit *>();
    CHECK(line->text() == QStringLiteral("A1"));
    QTest::keyClicks(line, QStringLiteral("zzz"));
    QTest::keyClick(line, Qt::Key_Escape);
    REQUIRE(waitFor([&] { return !list.view().viewport()->findChild<FieldEditor *>(); }));
    CHECK(office.stored("shop.customer", id, u"code") == Value(QStringLiteral("A1")));

    // What a rule refuses stays open with the reason.
    list.view().setCurrentIndex(list.model().index(0, 0));
    line = openEditor();
    line->selectAll();
    QTest::keyClicks(line, QStringLiteral("forbidden"));
    QTest::keyClick(line, Qt::Key_Return);
    auto *editor = list.view().viewport()->findChild<FieldEditor *>();
    REQUIRE(editor);
    CHECK_FALSE(editor->problem().isEmpty());
    QTest::keyClick(line, Qt::Key_Escape);
    CHECK(office.stored("shop.customer", id, u"name") == Value(QStringLiteral("Alpha Two")));
}

TEST_CASE("numbers and dates are read as people write them", "[gui][list]")
{
    Office office;
    const Id id = office.customer(QStringLiteral("Alpha"));
    RecordList list(office.context(), office.entity("shop.customer"));
    list.resize(900, 500);
    list.show();
    REQUIRE(waitFor([&] { return list.model().rowCount() == 1; }));
    const int turnover = int(list.model().columns().indexOf(QStringLiteral("turnover")));
    list.view().setFocus();
    list.view().setCurrentIndex(list.model().index(0, turnover));
    QTest::keyClick(&list.view(), Qt::Key_F2);
    REQUIRE(waitFor([&] { return list.view().viewport()->findChild<FieldEditor *>(); }));
    auto *line = list.view().viewport()->findChild<FieldEditor *>()->findChild<QLineEdit *>();
    line->setText(QStringLiteral("1.5万"));
    QTest::keyClick(line, Qt::Key_Return);
    REQUIRE(waitFor([&] { return office.stored("shop.customer", id, u"turnover") == Value(qint64(150'000'000)); }));
}

TEST_CASE("delete moves to the recycle bin and can be undone; copying gives a table", "[gui][list]")
{
    Office office;
    office.customer(QStringLiteral("Alpha"));
    const Id beta = office.customer(QStringLiteral("Beta"));
    RecordList list(office.context(), office.entity("shop.customer"));
    list.resize(900, 500);
    list.show();
    REQUIRE(waitFor([&] { return list.model().rowCount() == 2 && !list.model().isCounting(); }));
    list.setCurrent(beta);
    list.view().selectRow(list.model().rowOf(beta));
    list.copySelected();
    CHECK(QApplication::clipboard()->text().contains(QStringLiteral("Beta\t")));
    list.deleteSelected();
    REQUIRE(waitFor([&] { return list.model().rowCount() == 1; }));
    REQUIRE(office.navigator.lastBatch);
    bool undone = false;
    office.workspace->undo(office.navigator.lastBatch,
                           [&undone](const Result<Receipt> &receipt) { undone = receipt.has_value(); });
    REQUIRE(waitFor([&] { return undone && list.model().rowCount() == 2; }));

    RecordList::Options options;
    options.deleted = true;
    RecordList bin(office.context(), office.entity("shop.customer"), options);
    REQUIRE(waitFor([&] { return !bin.model().isLoading(); }));
    CHECK(bin.model().rowCount() == 0);
}

TEST_CASE("many records are changed at once and one undo takes it back", "[gui][list]")
{
    Office office;
    office.fill(40);
    RecordList list(office.context(), office.entity("shop.customer"));
    list.resize(900, 500);
    list.show();
    REQUIRE(waitFor([&] { return list.model().rowCount() == 40 && !list.model().isCounting(); }));
    list.view().selectAll();
    CHECK(list.selectedIds().size() == 40);
    dialogs::setNextAnswer(0);
    list.deleteSelected();
    REQUIRE(waitFor([&] { return list.model().rowCount() == 0 && !office.navigator.toasts.isEmpty(); }));
    bool undone = false;
    office.workspace->undo(office.navigator.lastBatch,
                           [&undone](const Result<Receipt> &receipt) { undone = receipt.has_value(); });
    REQUIRE(waitFor([&] { return undone && list.model().rowCount() == 40; }));
}

TEST_CASE("columns, widths and order come back the next time", "[gui][list]")
{
    Office office;
    office.customer(QStringLiteral("Alpha"));
    {
        RecordList list(office.context(), office.entity("shop.customer"));
        list.resize(900, 500);
        QJsonObject state = list.layoutState();
        state.insert(QStringLiteral("columns"), QJsonArray{QStringLiteral("code"), QStringLiteral("name")});
        list.setLayoutState(state);
        list.view().horizontalHeader()->resizeSection(0, 222);
        QTest::qWait(600);
    }
    RecordList again(office.context(), office.entity("shop.customer"));
    CHECK(again.model().columns() == QStringList{QStringLiteral("code"), QStringLiteral("name")});
    CHECK(again.view().horizontalHeader()->sectionSize(0) == 222);
}
