// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "tests/support/catch.h"
#include "tests/support/injections.h"
#include "tests/support/processes.h"

using namespace tz::test;
using namespace Qt::StringLiterals;

namespace {
const QString account = u"customers.account"_s;
} // namespace

TEST_CASE("SQL on the command line is data as a value, and refused as a name", "[e2e][hostile][injection]")
{
    Laptop laptop;
    laptop.must({u"standalone"_s, u"Wang"_s});
    QHash<QString, QString> names;
    for (const QString &text : injections()) {
        // No argument of a program holds a character 0, blanks at the ends are none of the name, and the JSON that is
        // read here loses a U+FEFF at the beginning.
        if (text.contains(QChar(0)) || text.trimmed() != text || text.startsWith(QChar(0xFEFF)))
            continue;
        INFO(text.toStdString());
        names.insert(laptop.create(account, {u"name="_s + text, u"description="_s + text}), text);
        // As an entity, as a field, as a path to sort by and as a filter.
        for (const QStringList &words :
             {QStringList{u"query"_s, text}, QStringList{u"create"_s, account, text + u"=1"_s},
              QStringList{u"query"_s, account, u"--sort"_s, text},
              QStringList{u"query"_s, account, u"--fields"_s, text}}) {
            const Outcome outcome = laptop.run(words);
            INFO(words.join(u' ').toStdString());
            CHECK((outcome.exitCode == 1 || outcome.exitCode == 2));
            CHECK_FALSE(outcome.errors.isEmpty());
        }
        const QString quoted = QString(text).replace(u'\'', u"''"_s);
        const auto found = laptop.rows(account, {u"--filter"_s, u"name == '"_s + quoted + u'\''});
        CHECK(found.size() == 1);
    }
    CHECK(names.size() > 25);
    const auto rows = laptop.rows(account, {u"--fields"_s, u"name,description"_s});
    CHECK(rows.size() == names.size());
    for (auto it = names.cbegin(); it != names.cend(); ++it) {
        CHECK(rows.value(it.key()).value(u"name"_s).toString() == *it);
        CHECK(rows.value(it.key()).value(u"description"_s).toString() == *it);
    }
}
