// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "replica/workspace/attachments.h"
#include "core/sync/attachment.h"
#include "tests/gui/office.h"
#include "workbench/dialogs/dialogs.h"
#include "workbench/records/fieldeditors.h"
#include "workbench/records/formbody.h"
#include "workbench/records/recordform.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QDesktopServices>
#include <QDropEvent>
#include <QFile>
#include <QImage>
#include <QMimeData>
#include <QToolButton>
#include <QTreeWidget>
#include <QUrl>

using namespace tz;
using namespace Qt::StringLiterals;

namespace {

const QString customer = u"shop.customer"_s;

/// What would have been opened.
class Opener : public QObject {
    Q_OBJECT
public:
    Opener() { QDesktopServices::setUrlHandler(u"file"_s, this, "open"); }
    ~Opener() override { QDesktopServices::unsetUrlHandler(u"file"_s); }
    QList<QUrl> urls;
public Q_SLOTS:
    void open(const QUrl &url) { urls << url; }
};

/// A customer's form and the list of files in it.
class Desk {
public:
    Desk()
        : id(office.customer(u"Alpha"_s))
        , form(office.context(), office.entity("shop.customer"), id)
    {
        form.resize(900, 800);
        form.show();
        editor = form.findChild<FormBody *>()->editor(u"files"_s);
        REQUIRE(editor);
        list = editor->findChild<QTreeWidget *>();
        REQUIRE(list);
        list->setFocus();
    }

    QString write(const QString &name, const QByteArray &bytes) const
    {
        QFile file(outside.filePath(name));
        REQUIRE(file.open(QIODevice::WriteOnly));
        file.write(bytes);
        return file.fileName();
    }
    QToolButton *button(const QString &text) const
    {
        for (auto *one : editor->findChildren<QToolButton *>()) {
            if (one->text() == text)
                return one;
        }
        FAIL("no button " << text.toStdString());
        return nullptr;
    }
    QStringList names() const
    {
        QStringList all;
        for (int i = 0; i < list->topLevelItemCount(); ++i)
            all << list->topLevelItem(i)->text(0);
        return all;
    }
    bool shows(const QStringList &expected)
    {
        return waitFor([&] { return names() == expected; });
    }
    QString stateOf(int row) const { return list->topLevelItem(row)->text(2); }
    void add(const QString &name, const QByteArray &bytes)
    {
        dialogs::setNextFileName(write(name, bytes));
        const QStringList before = names();
        button(u"Add files…"_s)->click();
        REQUIRE(waitFor([&] { return names().size() > before.size(); }));
    }
    void select(int row)
    {
        list->clearSelection();
        list->setCurrentItem(list->topLevelItem(row));
    }
    std::vector<Attachment> stored() const { return attachment::all(office.stored("shop.customer", id, u"files")); }
    QStringList storedNames() const
    {
        QStringList all;
        for (const Attachment &file : stored())
            all << file.name;
        return all;
    }
    void save()
    {
        form.save();
        REQUIRE(waitFor([this] { return !form.isDirty(); }));
    }
    void drop(const QMimeData &data)
    {
        QDragEnterEvent enter(QPoint(5, 5), Qt::CopyAction | Qt::MoveAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(list->viewport(), &enter);
        accepted = enter.isAccepted();
        QDropEvent event(QPointF(5, 5), Qt::CopyAction | Qt::MoveAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(list->viewport(), &event);
    }

    Office office;
    QTemporaryDir outside;
    Id id;
    RecordForm form;
    FieldEditor *editor = nullptr;
    QTreeWidget *list = nullptr;
    bool accepted = false;
};

} // namespace

TEST_CASE("a file is chosen, shown, and attached when the form is saved", "[gui][attachment]")
{
    Desk desk;
    CHECK(desk.list->accessibleName() == u"Files");
    CHECK(desk.names().isEmpty());
    CHECK_FALSE(desk.button(u"Open"_s)->isEnabled());
    desk.add(u"报价单 2026.pdf"_s, "%PDF-1.4 quote");
    CHECK(desk.names() == QStringList{u"报价单 2026.pdf"_s});
    CHECK(desk.list->topLevelItem(0)->text(1) == u"14 bytes");
    CHECK(waitFor([&] { return desk.stateOf(0) == u"Attached when you save"; }));
    CHECK(desk.form.isDirty());
    CHECK(desk.stored().empty());
    desk.save();
    REQUIRE(desk.stored().size() == 1);
    const Attachment file = desk.stored().front();
    CHECK(file.type == u"application/pdf");
    CHECK(file.size == 14);
    CHECK(waitFor([&] { return desk.stateOf(0) == u"On this computer"; }));
    CHECK(ContentFolder(desk.office.workspace->profile().filePath(u"attachments"_s)).has(file.hash));
    // The same file once more, and another one of its name.
    dialogs::setNextFileName(desk.outside.filePath(u"报价单 2026.pdf"_s));
    desk.button(u"Add files…"_s)->click();
    CHECK(waitFor([&] { return desk.office.navigator.toasts.last().contains(u"attached already"); }));
    desk.add(u"报价单 2026.pdf"_s, "%PDF-1.4 another");
    CHECK(desk.names().contains(u"报价单 2026 (2).pdf"_s));
}

TEST_CASE("files are dropped and pasted, pictures too", "[gui][attachment]")
{
    Desk desk;
    QMimeData files;
    files.setUrls({QUrl::fromLocalFile(desk.write(u"a.txt"_s, "a")), QUrl::fromLocalFile(desk.write(u"b.txt"_s, "b")),
                   QUrl(u"https://example.com/c.txt"_s)});
    desk.drop(files);
    CHECK(desk.accepted);
    CHECK(desk.shows({u"a.txt"_s, u"b.txt"_s}));
    QMimeData text;
    text.setText(u"only words"_s);
    desk.drop(text);
    CHECK_FALSE(desk.accepted);

    auto *pasted = new QMimeData;
    pasted->setUrls({QUrl::fromLocalFile(desk.write(u"c.txt"_s, "c"))});
    QApplication::clipboard()->setMimeData(pasted);
    QTest::keyClick(desk.list, Qt::Key_V, Qt::ControlModifier);
    CHECK(desk.shows({u"a.txt"_s, u"b.txt"_s, u"c.txt"_s}));

    QImage picture(40, 30, QImage::Format_RGB32);
    picture.fill(Qt::red);
    QApplication::clipboard()->setImage(picture);
    QTest::keyClick(desk.list, Qt::Key_V, Qt::ControlModifier);
    REQUIRE(waitFor([&] { return desk.names().size() == 4; }));
    desk.save();
    const std::vector<Attachment> stored = desk.stored();
    REQUIRE(stored.size() == 4);
    CHECK(std::count_if(stored.begin(), stored.end(), [](const Attachment &one) {
              return one.type == u"image/png" && one.name.startsWith(u"Picture ") && one.name.endsWith(u".png");
          }) == 1);

    QApplication::clipboard()->setText(u"words"_s);
    QTest::keyClick(desk.list, Qt::Key_V, Qt::ControlModifier);
    CHECK(waitFor([&] { return desk.office.navigator.toasts.last().contains(u"no file"); }));
    // A folder is refused in words.
    QMimeData folder;
    folder.setUrls({QUrl::fromLocalFile(desk.outside.path())});
    desk.drop(folder);
    CHECK(waitFor([&] { return desk.office.navigator.errors.contains(u"attachment.is_folder"_s); }));
}

TEST_CASE("files are renamed and removed by key, and both can be taken back", "[gui][attachment]")
{
    Desk desk;
    desk.add(u"a.txt"_s, "a");
    desk.add(u"b.txt"_s, "b");
    desk.save();
    desk.select(0);
    dialogs::setNextText(u"../b.txt"_s);
    QTest::keyClick(desk.list, Qt::Key_F2);
    CHECK(desk.names() == QStringList{u"b (2).txt"_s, u"b.txt"_s});
    desk.select(1);
    QTest::keyClick(desk.list, Qt::Key_Delete);
    CHECK(desk.names() == QStringList{u"b (2).txt"_s});
    CHECK(desk.storedNames() == QStringList{u"a.txt"_s, u"b.txt"_s});
    desk.form.revert();
    CHECK(desk.shows({u"a.txt"_s, u"b.txt"_s}));
    CHECK_FALSE(desk.form.isDirty());
    desk.select(1);
    desk.button(u"Remove"_s)->click();
    desk.save();
    CHECK(desk.storedNames() == QStringList{u"a.txt"_s});
    bool undone = false;
    desk.office.workspace->undo([&undone](const Result<Receipt> &receipt) { undone = receipt.has_value(); });
    REQUIRE(waitFor([&] { return undone; }));
    CHECK(desk.storedNames() == QStringList{u"a.txt"_s, u"b.txt"_s});
    CHECK(desk.shows({u"a.txt"_s, u"b.txt"_s}));
}

TEST_CASE("what others do with the files meanwhile stays", "[gui][attachment]")
{
    Desk desk;
    desk.add(u"a.txt"_s, "a");
    desk.save();
    desk.add(u"mine.txt"_s, "mine");
    const Attachment theirs{QByteArray(32, 't'), 5, u"text/plain"_s, u"theirs.txt"_s};
    Draft draft = desk.office.workspace->draft();
    draft.member(customer, desk.id, u"files"_s, theirs.toValue(), true);
    draft.member(customer, desk.id, u"files"_s, desk.stored().front().toValue(), false);
    desk.office.apply(std::move(draft));
    desk.save();
    CHECK(desk.storedNames() == QStringList{u"mine.txt"_s, u"theirs.txt"_s});
    CHECK(desk.shows({u"mine.txt"_s, u"theirs.txt"_s}));
    CHECK(waitFor([&] { return desk.stateOf(1) == u"Missing"; }));
}

TEST_CASE("a file is opened under its name and saved elsewhere, and a program is not started", "[gui][attachment]")
{
    Desk desk;
    Opener opener;
    desk.add(u"note.txt"_s, "what it says");
    desk.add(u"setup.pdf.exe"_s, "MZ");
    desk.select(0);
    // Also before it is saved.
    QTest::keyClick(desk.list, Qt::Key_Return);
    REQUIRE(waitFor([&] { return opener.urls.size() == 1; }));
    CHECK(opener.urls.first().fileName() == u"note.txt");
    QFile copy(opener.urls.first().toLocalFile());
    REQUIRE(copy.open(QIODevice::ReadOnly));
    CHECK(copy.readAll() == "what it says");

    dialogs::setNextFileName(desk.outside.filePath(u"out.txt"_s));
    desk.button(u"Save as…"_s)->click();
    QFile out(desk.outside.filePath(u"out.txt"_s));
    REQUIRE(waitFor([&] { return out.exists(); }));
    REQUIRE(out.open(QIODevice::ReadOnly));
    CHECK(out.readAll() == "what it says");

    desk.select(1);
    dialogs::setNextAnswer(0);
    desk.button(u"Open"_s)->click();
    CHECK(dialogs::lastQuestion().contains(u"could run as a program"));
    QTest::qWait(50);
    CHECK(opener.urls.size() == 1);
}

TEST_CASE("a form waits for a file that is still being copied", "[gui][attachment]")
{
    Desk desk;
    dialogs::setNextFileName(desk.write(u"large.bin"_s, QByteArray(8 << 20, 'x')));
    desk.button(u"Add files…"_s)->click();
    const auto now = desk.editor->value();
    REQUIRE_FALSE(now);
    CHECK(now.error().is("attachment.still_copying"));
    CHECK(desk.shows({u"large.bin"_s}));
    CHECK(desk.editor->value().has_value());
}

TEST_CASE("what was attached and not saved comes back with the draft", "[gui][attachment]")
{
    Desk desk;
    desk.add(u"a.txt"_s, "a");
    desk.save();
    desk.select(0);
    QTest::keyClick(desk.list, Qt::Key_Delete);
    desk.add(u"b.txt"_s, "b");
    const QJsonObject draft = desk.form.findChild<FormBody *>()->draftState();
    RecordForm again(desk.office.context(), desk.office.entity("shop.customer"), desk.id);
    again.show();
    again.findChild<FormBody *>()->setDraftState(draft);
    auto *list = again.findChild<FormBody *>()->editor(u"files"_s)->findChild<QTreeWidget *>();
    REQUIRE(list->topLevelItemCount() == 1);
    CHECK(list->topLevelItem(0)->text(0) == u"b.txt");
    again.save();
    CHECK(waitFor([&] { return desk.storedNames() == QStringList{u"b.txt"_s}; }));
}

TEST_CASE("a list of files that may not be changed only shows them", "[gui][attachment]")
{
    Desk desk;
    desk.add(u"a.txt"_s, "a");
    desk.save();
    desk.editor->setReadOnly(true);
    CHECK_FALSE(desk.button(u"Add files…"_s)->isVisible());
    CHECK_FALSE(desk.button(u"Remove"_s)->isVisible());
    desk.select(0);
    CHECK(desk.button(u"Open"_s)->isEnabled());
    QTest::keyClick(desk.list, Qt::Key_Delete);
    CHECK(desk.names() == QStringList{u"a.txt"_s});
    QMimeData files;
    files.setUrls({QUrl::fromLocalFile(desk.write(u"b.txt"_s, "b"))});
    desk.drop(files);
    CHECK_FALSE(desk.accepted);
    QTest::qWait(50);
    CHECK(desk.names() == QStringList{u"a.txt"_s});
}

#include "attachmentstest.moc"
