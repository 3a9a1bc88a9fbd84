// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "tests/support/catch.h"
#include "tests/support/processes.h"

#include <QDir>

using namespace tz::test;
using namespace Qt::StringLiterals;

namespace {

const QString account = u"customers.account"_s;

/// A second copy of a profile folder, as an image of a disk or a copied home would be.
std::unique_ptr<QTemporaryDir> copied(const Laptop &laptop)
{
    auto copy = std::make_unique<QTemporaryDir>();
    for (const QFileInfo &file : QDir(laptop.profile()).entryInfoList(QDir::Files | QDir::Hidden)) {
        if (!file.fileName().startsWith(u"lock"_s))
            REQUIRE(QFile::copy(file.filePath(), copy->filePath(file.fileName())));
    }
    return copy;
}

QString device(const Laptop &laptop)
{
    return laptop.json({u"status"_s}).value(u"device"_s).toString();
}

QString number(const Laptop &laptop, const QString &id)
{
    return laptop.rows(account).value(id).value(u"number"_s).toString();
}

void isSettled(const Laptop &laptop)
{
    const QJsonObject status = laptop.json({u"status"_s});
    CHECK(status.value(u"waiting"_s).toInt() == 0);
    CHECK(status.value(u"rejected"_s).toInt() == 0);
}

} // namespace

TEST_CASE("two copies of one profile go on as two devices; nothing is lost, nothing is doubled", "[e2e][clone]")
{
    Server server;
    server.addUser(u"anna"_s, {u"sales_manager"_s});
    server.start();
    Laptop first;
    first.login(server, u"anna"_s);
    first.must({u"sync"_s});
    const QString common = first.create(account, {u"name=Common"_s, u"website=https://common.example.com"_s});
    first.must({u"sync"_s});
    // A stock of numbers has come, and both copies draw from it.
    CHECK(number(first, common) == u"C-000001"_s);
    // Made, but not sent, when the copy is taken: both hold it.
    const QString both = first.create(account, {u"name=In both"_s});
    const auto folder = copied(first);
    const Laptop second(folder->path());
    CHECK(device(first) == device(second));
    const QString inFirst = first.create(account, {u"name=Only in the first"_s});
    const QString inSecond = second.create(account, {u"name=Only in the second"_s});
    CHECK(number(first, inFirst) == u"C-000003"_s);
    CHECK(number(second, inSecond) == u"C-000003"_s);
    // The same field of the same record, in both: one wins, the other is a conflict, as between any two devices.
    first.must({u"update"_s, account, common, u"website=https://first.example.com"_s});
    second.must({u"update"_s, account, common, u"website=https://second.example.com"_s});

    first.must({u"sync"_s});
    second.must({u"sync"_s});
    first.must({u"sync"_s});
    second.must({u"sync"_s});
    CHECK(device(first) != device(second));
    isSettled(first);
    isSettled(second);
    Laptop witness;
    witness.login(server, u"admin"_s);
    witness.must({u"sync"_s});
    const auto truth = witness.rows(account);
    CHECK(truth.size() == 4);
    for (const QString &id : {common, both, inFirst, inSecond})
        CHECK(truth.contains(id));
    CHECK(first.rows(account) == truth);
    CHECK(second.rows(account) == truth);
    const qsizetype conflicts = first.json({u"conflicts"_s}).value(u"conflicts"_s).toArray().size();
    CHECK(conflicts == 1);
    CHECK(second.json({u"conflicts"_s}).value(u"conflicts"_s).toArray().size() == conflicts);

    // Both go on, for ever, each for itself.
    for (int round = 0; round < 3; ++round) {
        first.create(account, {u"name=First %1"_s.arg(round)});
        second.create(account, {u"name=Second %1"_s.arg(round)});
        first.must({u"sync"_s});
        second.must({u"sync"_s});
    }
    witness.must({u"sync"_s});
    CHECK(witness.rows(account).size() == 10);
    isSettled(first);
    isSettled(second);
    QSet<QString> numbers;
    QStringList given;
    for (const QJsonObject &row : witness.rows(account)) {
        numbers.insert(row.value(u"number"_s).toString());
        given << row.value(u"number"_s).toString() + u' ' + row.value(u"name"_s).toString();
    }
    INFO(given.join(u", "_s).toStdString());
    CHECK(numbers.size() == 10);
    CHECK(std::ranges::none_of(numbers, [](const QString &text) { return text.contains(u'D'); }));
    CHECK(number(first, both) == u"C-000002"_s);
    CHECK(server.output({u"device"_s, u"list"_s}).count("anna\t") == 2);
}

TEST_CASE("a laptop that is set back to an older image becomes another device before it sends anything", "[e2e][clone]")
{
    Server server;
    server.start();
    Laptop laptop;
    laptop.login(server, u"admin"_s);
    laptop.must({u"sync"_s});
    const auto folder = copied(laptop);
    const Laptop image(folder->path());
    const QString id = laptop.create(account, {u"name=After the image"_s});
    laptop.must({u"sync"_s});
    // It has nothing to send and has forgotten what it sent.
    const QString before = device(image);
    image.must({u"sync"_s});
    CHECK(device(image) != before);
    CHECK(device(laptop) == before);
    CHECK(image.rows(account).contains(id));
    image.create(account, {u"name=Of the image"_s});
    image.must({u"sync"_s});
    laptop.must({u"sync"_s});
    CHECK(laptop.rows(account).size() == 2);
    isSettled(image);
    isSettled(laptop);
}
