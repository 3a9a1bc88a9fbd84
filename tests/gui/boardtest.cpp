// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "workbench/boards/board.h"
#include "tests/gui/office.h"
#include "workbench/boards/boardcolumn.h"
#include "workbench/dialogs/dialogs.h"
#include "workbench/timeline/quickadd.h"
#include "workbench/timeline/timeline.h"

#include <QListView>
#include <QMimeData>
#include <QPlainTextEdit>

using namespace tz;

TEST_CASE("a board counts, sums and moves cards by the declared actions", "[gui][board]")
{
    Office office;
    const Id customer = office.customer(QStringLiteral("Alpha"));
    const Id first =
        office.deal(QStringLiteral("First"), customer, {{QStringLiteral("amount"), Value(qint64(1'000'000))}});
    office.deal(QStringLiteral("Second"), customer, {{QStringLiteral("amount"), Value(qint64(2'500'000))}});
    const Entity &entity = office.entity("shop.deal");
    Board board(office.context(), entity, entity.views.first());
    board.resize(1100, 600);
    board.show();
    BoardColumn *fresh = board.column(QStringLiteral("new"));
    BoardColumn *offer = board.column(QStringLiteral("offer"));
    REQUIRE(fresh);
    REQUIRE(waitFor([&] { return fresh->total() == 2; }));
    CHECK(fresh->cardCount() == 2);
    CHECK(fresh->sumText().contains(QStringLiteral("350")));
    CHECK(board.obstacle(first, QStringLiteral("new"), QStringLiteral("offer")).isEmpty());
    CHECK_FALSE(board.obstacle(first, QStringLiteral("new"), QStringLiteral("won")).isEmpty());

    // An illegal move says why and changes nothing.
    board.move(first, QStringLiteral("new"), QStringLiteral("won"));
    CHECK(office.navigator.toasts.size() == 1);
    CHECK(office.stored("shop.deal", first, u"stage") == Value(QStringLiteral("new")));

    // With the keyboard to the neighbour; the focus follows the card.
    REQUIRE(fresh->select(first));
    fresh->focusCards();
    board.activateWindow();
    board.moveCurrent(1);
    REQUIRE(waitFor([&] { return office.stored("shop.deal", first, u"stage") == Value(QStringLiteral("offer")); }));
    REQUIRE(waitFor([&] { return offer->cardCount() == 1 && fresh->total() == 1; }));
    CHECK(offer->currentId() == first);

    // A move that asks: given up, nothing happens.
    dialogs::setNextAnswer(0);
    board.move(first, QStringLiteral("offer"), QStringLiteral("lost"));
    QTest::qWait(50);
    CHECK(office.stored("shop.deal", first, u"stage") == Value(QStringLiteral("offer")));
}

TEST_CASE("columns that a card may not enter say so while it is dragged", "[gui][board]")
{
    Office office;
    office.deal(QStringLiteral("First"), office.customer(QStringLiteral("Alpha")));
    const Entity &entity = office.entity("shop.deal");
    Board board(office.context(), entity, entity.views.first());
    board.resize(1100, 600);
    board.show();
    BoardColumn *fresh = board.column(QStringLiteral("new"));
    REQUIRE(waitFor([&] { return fresh->cardCount() == 1; }));
    QAbstractItemModel *model = fresh->view().model();
    std::unique_ptr<QMimeData> dragged(model->mimeData({model->index(0, 0)}));
    REQUIRE(dragged);
    CHECK(board.column(QStringLiteral("offer"))->blocked().isEmpty());
    CHECK_FALSE(board.column(QStringLiteral("won"))->blocked().isEmpty());
    CHECK(waitFor([&] { return board.column(QStringLiteral("won"))->blocked().isEmpty(); }));
}

TEST_CASE("five hundred cards in a column are there, and painted quickly", "[gui][board]")
{
    Office office;
    const Id customer = office.customer(QStringLiteral("Alpha"));
    Draft draft = office.workspace->draft();
    for (int i = 0; i < 600; ++i)
        draft.create(QStringLiteral("shop.deal"), {{QStringLiteral("name"), Value(QStringLiteral("Deal %1").arg(i))},
                                                   {QStringLiteral("customer"), Value(customer)}});
    office.apply(std::move(draft));
    const Entity &entity = office.entity("shop.deal");
    Board board(office.context(), entity, entity.views.first());
    board.resize(1100, 600);
    board.show();
    BoardColumn *fresh = board.column(QStringLiteral("new"));
    REQUIRE(waitFor([&] { return fresh->total() == 600; }));
    CHECK(fresh->cardCount() == 500);
    CHECK_FALSE(board.grab().isNull());
}

TEST_CASE("a note is written down in the timeline with the next contact", "[gui][timeline]")
{
    Office office;
    const Id customer = office.customer(QStringLiteral("Alpha"));
    Timeline timeline(office.context(), office.entity("shop.customer"), customer);
    timeline.resize(400, 600);
    timeline.show();
    // The creation itself is history.
    REQUIRE(waitFor([&] { return timeline.count() == 1; }));
    auto *add = timeline.findChild<QuickAdd *>();
    REQUIRE(add);
    auto *text = add->findChild<QPlainTextEdit *>();
    text->setFocus();
    QTest::keyClicks(text, QStringLiteral("Called about the offer"));
    QTest::keyClick(text, Qt::Key_Return, Qt::ControlModifier);
    REQUIRE(waitFor([&] { return timeline.count() == 2; }));
    CHECK(text->toPlainText().isEmpty());
    const auto notes = office.workspace->reader().ids(QStringLiteral("shop.shop_note"), {});
    REQUIRE_RESULT(notes);
    REQUIRE(notes->size() == 1);
    CHECK(office.stored("shop.shop_note", notes->front(), u"customer") == Value(customer));
    CHECK(office.stored("shop.shop_note", notes->front(), u"subject") ==
          Value(QStringLiteral("Called about the offer")));
}
