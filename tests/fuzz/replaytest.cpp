// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "tests/fuzz/fuzz.h"
#include "tests/support/catch.h"
#include "tests/support/messages.h"

#include "core/base/clock.h"

#include <QDir>

namespace {
/// Every file of the corpus, and small damages to each; all in all about as many, however large the corpus is.
int replay(const char *name, void (*function)(const QByteArray &), int damages = 2000)
{
    const QDir folder(QStringLiteral(TZ_SOURCE_DIR "/tests/fuzz/corpus/") + QLatin1String(name));
    const QStringList files = folder.entryList(QDir::Files, QDir::Name);
    REQUIRE_FALSE(files.isEmpty());
    tz::SeededEntropy entropy(1);
    int runs = 0;
    for (const QString &file : files) {
        INFO(file.toStdString());
        QFile source(folder.filePath(file));
        REQUIRE(source.open(QIODevice::ReadOnly));
        const QByteArray whole = source.readAll();
        function(whole);
        for (int i = 0; i <= damages / files.size() && !whole.isEmpty(); ++i, ++runs) {
            QByteArray damaged = whole;
            const auto at = qsizetype(entropy.next64() % quint64(damaged.size()));
            switch (entropy.next64() % 3) {
            case 0:
                damaged.truncate(at);
                break;
            case 1:
                damaged[at] = char(entropy.next64());
                break;
            default:
                damaged.insert(at, damaged.mid(qsizetype(entropy.next64() % quint64(damaged.size())), 20));
            }
            function(damaged);
        }
    }
    return runs;
}

QString seed(const char *corpus, const char *name)
{
    return QStringLiteral(TZ_SOURCE_DIR "/tests/fuzz/corpus/") + QLatin1String(corpus) + u'/' + QLatin1String(name);
}

void write(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    REQUIRE(QDir().mkpath(QFileInfo(path).path()));
    REQUIRE(file.open(QFile::WriteOnly));
    REQUIRE(file.write(bytes) == bytes.size());
}
} // namespace

TEST_CASE("damaged declarations neither crash nor hang", "[fuzz]")
{
    CHECK(replay("catalog", tz::fuzz::catalog) > 0);
}

TEST_CASE("damaged expressions neither crash nor hang", "[fuzz]")
{
    CHECK(replay("expression", tz::fuzz::expression) > 0);
}

TEST_CASE("damaged messages are refused or read alike twice", "[fuzz]")
{
    CHECK(replay("wire", tz::fuzz::wire) > 0);
}

TEST_CASE("damaged answers of a sign-in service let nobody in", "[fuzz]")
{
    CHECK(replay("openid", tz::fuzz::openid) > 0);
}

TEST_CASE("damaged compressed bodies open up only within limits", "[fuzz]")
{
    CHECK(replay("compressed", tz::fuzz::compressed) > 0);
}

TEST_CASE("damaged CSV is refused, or reads the same when it is written again", "[fuzz]")
{
    CHECK(replay("csv", tz::fuzz::csv) > 0);
}

TEST_CASE("an import of a damaged file that is only tried keeps nothing", "[fuzz]")
{
    CHECK(replay("import", tz::fuzz::import) > 0);
}

TEST_CASE("a damaged value of another program is refused, or is the same when it is sent back", "[fuzz]")
{
    CHECK(replay("fieldvalue", tz::fuzz::fieldvalue) > 0);
}

TEST_CASE("whatever a laptop or a program asks is answered, and leaves a server that is sound", "[fuzz]")
{
    CHECK(replay("requests", tz::fuzz::requests, 500) > 0);
}

TEST_CASE("whatever comes on a connection is answered or ends it", "[fuzz]")
{
    CHECK(replay("http", tz::fuzz::http, 500) > 0);
}

TEST_CASE("whatever comes on a wake-up channel is ignored or ends it", "[fuzz]")
{
    CHECK(replay("websocket", tz::fuzz::websocket, 500) > 0);
}

TEST_CASE("there is a seed of each message, and it is one", "[fuzz]")
{
    std::vector<tz::test::Message> messages = tz::test::questions({});
    for (tz::test::Message &answer : tz::test::answers({}))
        messages.push_back(std::move(answer));
    for (const tz::test::Message &message : messages) {
        if (!message.name)
            continue;
        // Where elements are missing since the message got new ones: fuzz_replay_test "[.seeds]" writes them anew.
        INFO(message.name);
        QFile file(seed("wire", message.name));
        REQUIRE(file.open(QFile::ReadOnly));
        CHECK(tz::fuzz::isMessage(file.readAll()));
    }
}

TEST_CASE("the seeds of messages are written", "[.seeds]")
{
    for (const tz::test::Message &message : tz::test::answers({}))
        write(seed("wire", message.name), message.kind + message.cbor);
    for (const tz::test::Message &message : tz::test::questions({})) {
        if (message.name)
            write(seed("wire", message.name), message.kind + message.cbor);
        write(seed("requests", message.path.mid(4).replace('/', '-').constData()),
              'a' + message.path + '\n' + message.cbor);
    }
}
