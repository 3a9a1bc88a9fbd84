// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/base/clock.h"
#include "core/locale/companyname.h"
#include "core/locale/idcard.h"
#include "core/locale/phone.h"
#include "core/locale/uscc.h"

#include <unicode/translit.h>

using namespace tz;

TEST_CASE("the worked example of GB 32100-2015 has check character 3", "[locale][uscc]")
{
    CHECK(uscc::checkCharacter(u"91350100M000100Y4") == QChar(u'3'));
    CHECK(uscc::isValid(u"91350100M000100Y43"));
    CHECK_FALSE(uscc::isValid(u"91350100M000100Y44"));
    CHECK_FALSE(uscc::isValid(u"91350100M000100Y4"));
}

TEST_CASE("every single wrong character of a credit code is noticed", "[locale][uscc]")
{
    const QString code = QStringLiteral("91350100M000100Y43");
    const QString alphabet = QStringLiteral("0123456789ABCDEFGHJKLMNPQRTUWXY");
    for (int at = 0; at < code.size(); ++at) {
        for (const QChar c : alphabet) {
            QString other = code;
            other[at] = c;
            CHECK(uscc::isValid(other) == (other == code));
        }
    }
    // I, O, S, V and Z are not in the alphabet.
    CHECK_FALSE(uscc::checkCharacter(u"9135010OM000100Y4").has_value());
}

TEST_CASE("a credit code is brought into one form", "[locale][uscc]")
{
    CHECK(uscc::normalised(u" 91350100-m000100y43 ") == QStringLiteral("91350100M000100Y43"));
    CHECK(uscc::normalised(u"９１３５０１００M000100Y43") == QStringLiteral("91350100M000100Y43"));
}

TEST_CASE("the example of GB 11643 is a valid resident number", "[locale][idcard]")
{
    CHECK(idcard::isValid(u"11010519491231002X"));
    CHECK(idcard::isValid(u"440524188001010014"));
    CHECK(idcard::birthDate(u"11010519491231002X") == QDate(1949, 12, 31));
    CHECK_FALSE(idcard::isValid(u"110105194912310021"));
    // 31 February does not exist, whatever the check character.
    const QString wrongDay = QStringLiteral("11010519490231002");
    CHECK_FALSE(idcard::isValid(wrongDay + *idcard::checkCharacter(wrongDay)));
    CHECK(idcard::normalised(u"11010519491231002x") == QStringLiteral("11010519491231002X"));
}

TEST_CASE("telephone numbers are read however they are written", "[locale][phone]")
{
    const auto key = [](QStringView text) { return phone::matchKey(text); };
    CHECK(key(u"138 0013 8000") == QStringLiteral("+8613800138000"));
    CHECK(key(u"+86-138-0013-8000") == QStringLiteral("+8613800138000"));
    CHECK(key(u"0086 13800138000") == QStringLiteral("+8613800138000"));
    CHECK(key(u"１３８００１３８０００") == QStringLiteral("+8613800138000"));
    CHECK(key(u"010-62345678") == QStringLiteral("+861062345678"));
    CHECK(key(u"(010) 6234 5678") == QStringLiteral("+861062345678"));
    CHECK(key(u"+1 650-253-0000") == QStringLiteral("+16502530000"));
    CHECK_FALSE(phone::parse(u"call me").has_value());
    CHECK_FALSE(phone::parse(u"").has_value());
    CHECK_FALSE(phone::parse(u"12").has_value());
}

TEST_CASE("an extension is not part of the number", "[locale][phone]")
{
    for (const QStringView text : {u"010-62345678 转 123", u"010-62345678转123", u"010-62345678-123",
                                   u"010-62345678 ext. 123", u"010-62345678#123", u"010-62345678 分机：123"}) {
        const auto number = phone::parse(text);
        INFO(text.toString().toStdString());
        REQUIRE(number);
        CHECK(number->e164 == QStringLiteral("+861062345678"));
        CHECK(number->extension == QStringLiteral("123"));
    }
    // The last group of an American number is no extension.
    CHECK(phone::matchKey(u"650-253-0000", QStringLiteral("US")) == QStringLiteral("+16502530000"));
    CHECK(phone::display(u"01062345678转9") == QStringLiteral("010 6234 5678 ext. 9"));
    CHECK(phone::display(u"nobody") == QStringLiteral("nobody"));
}

TEST_CASE("a company's trunk is without place and legal form", "[locale][companyname]")
{
    using companyname::trunk;
    CHECK(trunk(u"深圳市华盛科技有限公司") == QStringLiteral("华盛科技"));
    CHECK(trunk(u"华为技术（深圳）有限公司") == QStringLiteral("华为技术"));
    CHECK(trunk(u"華盛科技股份有限公司") == QStringLiteral("华盛科技"));
    CHECK(trunk(u"Acme Co., Ltd.") == QStringLiteral("acme"));
    CHECK(trunk(u"ACME Corporation") == QStringLiteral("acme"));
    CHECK(trunk(u"广西壮族自治区桂糖集团有限责任公司") == QStringLiteral("桂糖"));
    CHECK(trunk(u"江阴市长江实业集团") == QStringLiteral("长江实业"));
    // A place with a general word is the name.
    CHECK(trunk(u"北京银行") == QStringLiteral("北京银行"));
    CHECK(trunk(u"中国移动") == QStringLiteral("中国移动"));
    CHECK(trunk(u"Group Ltd") == QStringLiteral("group"));
    CHECK(companyname::split(u"深圳市华盛科技有限公司").region == QStringLiteral("深圳市"));
    CHECK(companyname::split(u"深圳市华盛科技有限公司").form == QStringLiteral("有限公司"));
}

TEST_CASE("names are simplified as ICU simplifies them", "[locale][companyname][property]")
{
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::Transliterator> transliterator(
        icu::Transliterator::createInstance("Traditional-Simplified", UTRANS_FORWARD, status));
    REQUIRE(transliterator);
    const auto expected = [&](const QString &text) {
        const QString folded = text.normalized(QString::NormalizationForm_KC).toCaseFolded();
        icu::UnicodeString characters(reinterpret_cast<const char16_t *>(folded.utf16()), int32_t(folded.size()));
        transliterator->transliterate(characters);
        QString simple = QString::fromUtf16(characters.getBuffer(), characters.length());
        simple.removeIf([](QChar c) { return !c.isLetterOrNumber() && !c.isSurrogate() && !c.isMark(); });
        return simple;
    };
    icu::UnicodeString written;
    transliterator->toRules(written, false);
    const QString rules = QString::fromUtf16(written.getBuffer(), written.length());
    QStringList words;
    for (const QString &rule : rules.split(u'\n')) {
        for (const QString &word : rule.chopped(1).split(QLatin1String(" > ")))
            words << word;
    }
    REQUIRE(words.size() > 5000);
    int wrong = 0;
    for (const QString &word : words)
        wrong += companyname::normalised(word) == expected(word) ? 0 : 1;
    CHECK(wrong == 0);
    // Every character alone, and names in which words meet.
    for (char16_t c = 0x2000; c < 0xd800; ++c)
        wrong += companyname::normalised(QString(QChar(c))) == expected(QString(QChar(c))) ? 0 : 1;
    CHECK(wrong == 0);
    SeededEntropy dice(5);
    const auto any = [&dice](qsizetype count) { return qsizetype(dice.next64() % quint64(count)); };
    for (int i = 0; i < 20'000; ++i) {
        QString name = QStringLiteral("北京");
        for (qsizetype part = any(4); part >= 0; --part) {
            const QString &word = words[any(words.size())];
            name += any(2) == 0 ? word : word.left(1);
        }
        wrong += companyname::normalised(name) == expected(name) ? 0 : 1;
    }
    CHECK(wrong == 0);
}

TEST_CASE("similarity gives the published values", "[locale][companyname]")
{
    using companyname::dice;
    using companyname::jaroWinkler;
    CHECK(dice(u"night", u"nacht") == Approx(0.25));
    CHECK(dice(u"华盛科技", u"华盛科技发展") == Approx(0.75));
    CHECK(jaroWinkler(u"华盛科技", u"华盛科技发展") == Approx(0.9333).margin(0.0001));
    CHECK(jaroWinkler(u"MARTHA", u"MARHTA") == Approx(0.9611).margin(0.0001));
    CHECK(jaroWinkler(u"DIXON", u"DICKSONX") == Approx(0.8133).margin(0.0001));
    CHECK(jaroWinkler(u"DWAYNE", u"DUANE") == Approx(0.84).margin(0.0001));
    CHECK(dice(u"", u"") == 0.0);
    CHECK(dice(u"a", u"a") == 1.0);
    CHECK(jaroWinkler(u"", u"") == 1.0);
    CHECK(jaroWinkler(u"a", u"") == 0.0);
}
