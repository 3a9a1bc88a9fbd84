// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/locale/pinyin.h"
#include "tests/support/catch.h"

using namespace tz;

namespace {
bool finds(const char *typed, const char16_t *title)
{
    return pinyin::matches(QStringView(title), QString::fromLatin1(typed));
}
} // namespace

TEST_CASE("words and surnames are read as people read them", "[pinyin]")
{
    CHECK(pinyin::spelled(u"长沙银行") == QLatin1String("chang sha yin hang"));
    CHECK(pinyin::spelled(u"厦门音乐学院") == QLatin1String("xia men yin yue xue yuan"));
    CHECK(pinyin::spelled(u"重庆长安") == QLatin1String("chong qing chang an"));
    CHECK(pinyin::spelled(u"绿地集团") == QLatin1String("lv di ji tuan"));
    CHECK(pinyin::spelled(u"单雄信") == QLatin1String("shan xiong xin"));
    CHECK(pinyin::spelled(u"曾国藩") == QLatin1String("zeng guo fan"));
    CHECK(pinyin::spelled(u"尉迟恭") == QLatin1String("yu chi gong"));
    CHECK(pinyin::spelled(u"万俟卨").startsWith(QLatin1String("mo qi ")));
    CHECK(pinyin::spelled(u"欧阳修") == QLatin1String("ou yang xiu"));
    CHECK(pinyin::spelled(u"解放碑商圈管理") == QLatin1String("jie fang bei shang quan guan li"));
    CHECK(pinyin::spelled(u"华为 Technologies 2012") == QLatin1String("hua wei Technologies 2012"));
    CHECK(pinyin::spelled(u"") == QString());
}

TEST_CASE("a character has its usual reading first and its others after it", "[pinyin]")
{
    CHECK(pinyin::readings(U'行').value(0) == QLatin1String("xing"));
    CHECK(pinyin::readings(U'行').contains(QLatin1String("hang")));
    CHECK(pinyin::readings(U'厦').contains(QLatin1String("xia")));
    CHECK(pinyin::readings(U'a').isEmpty());
    CHECK(pinyin::readings(U'\U00020BB7').isEmpty());
}

TEST_CASE("names are found by full pinyin from any syllable and by initials", "[pinyin]")
{
    CHECK(finds("huawei", u"上海华为技术有限公司"));
    CHECK(finds("weijish", u"上海华为技术有限公司"));
    CHECK(finds("shhw", u"上海华为技术有限公司"));
    CHECK(finds("hwjs", u"上海华为技术有限公司"));
    CHECK(finds("zs", u"张三"));
    CHECK(finds("zhangs", u"张三"));
    CHECK(finds("Zhang San", u"张三"));
    CHECK(finds("xian", u"西安"));
    CHECK(finds("xian", u"先锋"));
    CHECK_FALSE(finds("zl", u"张三"));
    CHECK_FALSE(finds("", u"张三"));
}

TEST_CASE("u and v both find the umlaut, and every reading of a character finds it", "[pinyin]")
{
    CHECK(finds("lvbu", u"吕布"));
    CHECK(finds("lubu", u"吕布"));
    CHECK(finds("nvwa", u"女娲"));
    CHECK(finds("changsha", u"长沙"));
    CHECK(finds("xiamen", u"厦门"));
    CHECK(finds("danxiongxin", u"单雄信"));
    CHECK(finds("shanxiongxin", u"单雄信"));
    CHECK(finds("dxx", u"单雄信"));
    CHECK(finds("sxx", u"单雄信"));
    CHECK(finds("leyun", u"乐云科技发展"));
    CHECK(finds("yueyun", u"乐云科技发展"));
}

TEST_CASE("search words stay few however long the name", "[pinyin]")
{
    const QString longName = QStringLiteral("中国行长重乐单曾").repeated(40);
    const pinyin::SearchKeys keys = pinyin::searchKeys(longName);
    CHECK(keys.full.count(' ') < 12 * 4 * 2);
    CHECK(keys.initials.count(' ') < 12 * 4 + 4);
    CHECK(pinyin::searchKeys(u"").full.isEmpty());
    CHECK(pinyin::searchKeys(u"!?。").initials.isEmpty());
    // Half of a character outside the Basic Multilingual Plane is no reason to fall over.
    CHECK(pinyin::searchKeys(QString(QChar(0xd842))).full.isEmpty());
}

TEST_CASE("a name stands in the index under the letter it is read by", "[pinyin]")
{
    CHECK(pinyin::indexLetter(u"单雄信") == u'S');
    CHECK(pinyin::indexLetter(u"长沙银行") == u'C');
    CHECK(pinyin::indexLetter(u"apple") == u'A');
    CHECK(pinyin::indexLetter(u"Ｂob") == u'B');
    CHECK(pinyin::indexLetter(u"(张三)") == u'Z');
    CHECK(pinyin::indexLetter(u"3M") == u'#');
    CHECK(pinyin::indexLetter(u"") == u'#');
}
