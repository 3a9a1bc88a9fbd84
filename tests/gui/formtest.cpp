// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "tests/gui/office.h"
#include "workbench/dialogs/dialogs.h"
#include "workbench/records/fieldeditors.h"
#include "workbench/records/formbody.h"
#include "workbench/records/lineseditor.h"
#include "workbench/records/recordform.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

using namespace tz;

namespace {

void type(RecordForm &form, const char *field, const QString &text)
{
    FieldEditor *editor = form.findChild<FormBody *>()->editor(QString::fromLatin1(field));
    REQUIRE(editor);
    auto *line = editor->findChild<QLineEdit *>();
    REQUIRE(line);
    line->setFocus();
    line->selectAll();
    QTest::keyClicks(line, text);
}

void choose(RecordForm &form, const char *field, const QString &name)
{
    auto *box = form.findChild<FormBody *>()->editor(QString::fromLatin1(field))->findChild<QComboBox *>();
    REQUIRE(box);
    box->setCurrentIndex(box->findData(name));
    Q_EMIT box->activated(box->currentIndex());
}

} // namespace

TEST_CASE("a form asks for what is missing and saves what is complete", "[gui][form]")
{
    Office office;
    RecordForm form(office.context(), office.entity("shop.customer"), Draft::Values());
    form.resize(900, 700);
    form.show();
    auto *body = form.findChild<FormBody *>();
    CHECK_FALSE(form.isDirty());

    form.save();
    CHECK_FALSE(body->editor(QStringLiteral("name"))->problem().isEmpty());
    CHECK(office.navigator.errors.isEmpty());

    // Being a key customer brings a field that must then be filled.
    CHECK_FALSE(body->editor(QStringLiteral("why"))->isVisible());
    type(form, "name", QStringLiteral("Alpha"));
    choose(form, "level", QStringLiteral("a"));
    CHECK(waitFor([&] { return body->editor(QStringLiteral("why"))->isVisible(); }));
    form.save();
    CHECK_FALSE(body->editor(QStringLiteral("why"))->problem().isEmpty());
    type(form, "why", QStringLiteral("buys a lot"));
    type(form, "turnover", QStringLiteral("12,345.6"));
    type(form, "since", QStringLiteral("2024-02-29"));
    form.save();
    CAPTURE(form.findChild<QLabel *>(QStringLiteral("notice"))->text());
    REQUIRE(waitFor([&] { return !form.isNew(); }));
    CHECK(office.stored("shop.customer", form.id(), u"turnover") == Value(qint64(123'456'000)));
    CHECK(office.stored("shop.customer", form.id(), u"since").toDate() == QDate(2024, 2, 29));
    CHECK(office.stored("shop.customer", form.id(), u"active").toBool());
    CHECK_FALSE(form.isDirty());
}

TEST_CASE("what a rule refuses is said at the field and nothing is lost", "[gui][form]")
{
    Office office;
    const Id id = office.customer(QStringLiteral("Alpha"));
    RecordForm form(office.context(), office.entity("shop.customer"), id);
    form.resize(900, 700);
    form.show();
    type(form, "name", QStringLiteral("forbidden"));
    form.save();
    auto *editor = form.findChild<FormBody *>()->editor(QStringLiteral("name"));
    REQUIRE(waitFor([&] { return !editor->problem().isEmpty(); }));
    CHECK(form.isDirty());
    CHECK(editor->value()->toText() == QStringLiteral("forbidden"));
    type(form, "since", QStringLiteral("no date"));
    CHECK_FALSE(form.findChild<FormBody *>()->editor(QStringLiteral("since"))->value().has_value());
    form.revert();
    CHECK_FALSE(form.isDirty());
    CHECK(editor->value()->toText() == QStringLiteral("Alpha"));
}

TEST_CASE("a draft survives the end of the program and goes when it is saved", "[gui][form]")
{
    Office office;
    const Id id = office.customer(QStringLiteral("Alpha"));
    Id fresh;
    {
        // The forms are not destroyed in good order in the crash that this stands for: what counts is the file.
        auto *form = new RecordForm(office.context(), office.entity("shop.customer"), id);
        form->resize(900, 700);
        form->show();
        type(*form, "code", QStringLiteral("half-typ"));
        type(*form, "since", QStringLiteral("2024-0"));
        REQUIRE(waitFor([&] { return RecordForm::keptDrafts(office.workspace->profile()).size() == 1; }));
        auto *newForm = new RecordForm(office.context(), office.entity("shop.customer"), Draft::Values());
        newForm->show();
        type(*newForm, "name", QStringLiteral("Unsaved"));
        fresh = newForm->id();
        REQUIRE(waitFor([&] { return RecordForm::keptDrafts(office.workspace->profile()).size() == 2; }));
        form->hide();
        newForm->hide();
        form->disconnect();
        newForm->disconnect();
        delete form;
        delete newForm;
    }
    RecordForm again(office.context(), office.entity("shop.customer"), id);
    again.resize(900, 700);
    again.show();
    CHECK(again.isDirty());
    auto *body = again.findChild<FormBody *>();
    CHECK(body->editor(QStringLiteral("code"))->value()->toText() == QStringLiteral("half-typ"));
    CHECK(body->editor(QStringLiteral("since"))->rawText() == QStringLiteral("2024-0"));
    type(again, "since", QStringLiteral("2024-05-01"));
    again.save();
    REQUIRE(waitFor([&] { return !again.isDirty(); }));
    const auto kept = RecordForm::keptDrafts(office.workspace->profile());
    REQUIRE(kept.size() == 1);
    CHECK(kept.first().id == fresh);
    CHECK(kept.first().isNew);
    std::unique_ptr<RecordForm> reopened(RecordForm::reopen(office.context(), kept.first()));
    REQUIRE(reopened);
    CHECK(reopened->id() == fresh);
    CHECK(reopened->findChild<FormBody *>()->editor(QStringLiteral("name"))->value()->toText() ==
          QStringLiteral("Unsaved"));
}

TEST_CASE("a colleague's change appears in an open form without touching what is being typed", "[gui][form]")
{
    Office office;
    const Id id = office.customer(QStringLiteral("Alpha"), {{QStringLiteral("code"), Value(QStringLiteral("A1"))}});
    RecordForm form(office.context(), office.entity("shop.customer"), id);
    form.resize(900, 700);
    form.show();
    type(form, "name", QStringLiteral("Mine"));
    Draft draft = office.workspace->draft();
    draft.update(QStringLiteral("shop.customer"), id, {{QStringLiteral("code"), Value(QStringLiteral("B2"))}});
    office.apply(std::move(draft));
    auto *body = form.findChild<FormBody *>();
    CHECK(waitFor([&] { return body->editor(QStringLiteral("code"))->value()->toText() == QStringLiteral("B2"); }));
    CHECK(body->editor(QStringLiteral("name"))->value()->toText() == QStringLiteral("Mine"));
}

TEST_CASE("a probable double is shown while typing and asked about before saving", "[gui][form]")
{
    Office office;
    const Id there = office.customer(QStringLiteral("Huawei"));
    RecordForm form(office.context(), office.entity("shop.customer"), Draft::Values());
    form.resize(900, 700);
    form.show();
    type(form, "name", QStringLiteral("Huawei"));
    auto *notice = form.findChild<QLabel *>(QStringLiteral("notice"));
    REQUIRE(waitFor([&] { return notice->isVisible(); }));
    CHECK(notice->text().contains(there.toString()));
    dialogs::setNextAnswer(0);
    form.save();
    REQUIRE(office.navigator.opened.size() == 1);
    CHECK(office.navigator.opened.first().second == there);
    CHECK(form.isNew());
}

TEST_CASE("lines are edited in the form and saved with it", "[gui][form]")
{
    Office office;
    const Id customer = office.customer(QStringLiteral("Alpha"));
    const Id id = office.deal(QStringLiteral("Deal"), customer);
    RecordForm form(office.context(), office.entity("shop.deal"), id);
    form.resize(1000, 800);
    form.show();
    auto *lines = form.findChild<LinesEditor *>();
    REQUIRE(lines);
    LinesModel &model = lines->model();
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.addRow();
    model.edit(model.index(0, 0), Value(QStringLiteral("Bolt")), {});
    model.edit(model.index(0, 1), Value(qint64(250)), {});
    model.edit(model.index(0, 2), Value(qint64(40'000)), {});
    CHECK(model.valueAt(0, 3) == Value(qint64(100'000)));
    CHECK(form.isDirty());
    form.save();
    REQUIRE(waitFor([&] { return !form.isDirty(); }));
    const auto count = office.workspace->reader().count(QStringLiteral("shop.deal_line"));
    REQUIRE_RESULT(count);
    CHECK(*count == 1);
    model.removeRow(0);
    form.save();
    REQUIRE(waitFor([&] {
        const auto now = office.workspace->reader().count(QStringLiteral("shop.deal_line"));
        return now && *now == 0;
    }));
}

TEST_CASE("only the actions that are possible are offered, and they ask for what they need", "[gui][form]")
{
    Office office;
    const Id id = office.deal(QStringLiteral("Deal"), office.customer(QStringLiteral("Alpha")));
    RecordForm form(office.context(), office.entity("shop.deal"), id);
    form.resize(1000, 800);
    form.show();
    const auto button = [&form](const char *label) -> QPushButton * {
        const auto all = form.findChildren<QPushButton *>();
        for (QPushButton *one : all) {
            if (one->text() == QLatin1String(label))
                return one;
        }
        return nullptr;
    };
    REQUIRE(button("Make an offer"));
    CHECK_FALSE(button("Mark as won"));
    QTest::mouseClick(button("Make an offer"), Qt::LeftButton);
    REQUIRE(waitFor([&] { return office.stored("shop.deal", id, u"stage") == Value(QStringLiteral("offer")); }));
    REQUIRE(waitFor([&] { return button("Mark as won") != nullptr; }));
    // Without the reason that it requires, losing does not happen.
    dialogs::setNextAnswer(1);
    form.act(QStringLiteral("lose"));
    QTest::qWait(50);
    CHECK(office.stored("shop.deal", id, u"stage") == Value(QStringLiteral("offer")));
    QTest::mouseClick(button("Mark as won"), Qt::LeftButton);
    REQUIRE(waitFor([&] { return office.stored("shop.deal", id, u"stage") == Value(QStringLiteral("won")); }));
}
