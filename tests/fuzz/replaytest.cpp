// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "tests/fuzz/fuzz.h"
#include "tests/support/catch.h"

#include "core/base/clock.h"

#include <QDir>

namespace {
/// Every file of the corpus, and many small damages to each.
int replay(const char *name, void (*function)(const QByteArray &))
{
    const QDir folder(QStringLiteral(TZ_SOURCE_DIR "/tests/fuzz/corpus/") + QLatin1String(name));
    tz::SeededEntropy entropy(1);
    int runs = 0;
    for (const QString &file : folder.entryList(QDir::Files)) {
        QFile source(folder.filePath(file));
        REQUIRE(source.open(QIODevice::ReadOnly));
        const QByteArray whole = source.readAll();
        function(whole);
        for (int i = 0; i < 200; ++i, ++runs) {
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
} // namespace

TEST_CASE("damaged declarations neither crash nor hang", "[fuzz]")
{
    CHECK(replay("catalog", tz::fuzz::catalog) > 0);
}

TEST_CASE("damaged expressions neither crash nor hang", "[fuzz]")
{
    CHECK(replay("expression", tz::fuzz::expression) > 0);
}
