// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/locale/collation.h"
#include "tests/support/catch.h"

#include <rapidcheck/catch.h>

using namespace tz;

namespace {
QStringList sorted(QStringList texts)
{
    std::sort(texts.begin(), texts.end(),
              [](const QString &a, const QString &b) { return collation::compare(a, b) < 0; });
    return texts;
}
} // namespace

TEST_CASE("texts sort Latin before Han, Han by pinyin, and surnames as they are read", "[collation]")
{
    const QStringList expected{QStringLiteral("3M"),     QStringLiteral("Alice"),    QStringLiteral("bob"),
                               QStringLiteral("Zoe"),    QStringLiteral("长沙银行"), QStringLiteral("李四"),
                               QStringLiteral("仇英"),   QStringLiteral("单雄信"),   QStringLiteral("王五"),
                               QStringLiteral("尉迟恭"), QStringLiteral("曾国藩"),   QStringLiteral("翟志刚"),
                               QStringLiteral("张三")};
    QStringList shuffled = expected;
    std::reverse(shuffled.begin(), shuffled.end());
    CHECK(sorted(shuffled).join(u' ') == expected.join(u' '));
}

TEST_CASE("different texts never share a sort key, however alike they sound", "[collation]")
{
    CHECK(collation::sortKey(u"曾三") != collation::sortKey(u"增三"));
    CHECK(collation::sortKey(u"").isNull());
    CHECK_FALSE(collation::version().isEmpty());
}

TEST_CASE("keys of arbitrary texts order them totally", "[collation]")
{
    rc::prop("antisymmetric and transitive through the keys", [] {
        const auto units = *rc::gen::container<std::vector<char16_t>>(
            rc::gen::oneOf(rc::gen::inRange<char16_t>(0x20, 0x7f), rc::gen::inRange<char16_t>(0x4e00, 0x9fa5),
                           rc::gen::element<char16_t>(u'长', u'沙', u'单', u'曾', u'行')));
        const QString text = QString::fromUtf16(units.data(), qsizetype(units.size()));
        const QByteArray key = collation::sortKey(text);
        RC_ASSERT(key.isNull() == text.isEmpty());
        RC_ASSERT(collation::compare(text, text) == 0);
        RC_ASSERT(collation::sortKey(text) == key);
    });
}
