// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/locale/companyname.h"

#include <QHash>
#include <QStringList>

#include <algorithm>
#include <memory>
#include <vector>

#include <unicode/translit.h>
#include <unicode/uniset.h>

namespace tz::companyname {

namespace {

using Characters = std::vector<char32_t>;

Characters charactersOf(QStringView text)
{
    const QList<uint> ucs4 = text.toUcs4();
    return {ucs4.begin(), ucs4.end()};
}

/// Characters of which a text must hold one so that the transliterator changes it: one of each rule's key, and not of
/// the rules that leave a word as it is ("北京 > 北京"), which most names hold.
icu::UnicodeSet changedBy(const icu::Transliterator &transliterator)
{
    icu::UnicodeString written;
    transliterator.toRules(written, false);
    const QString rules = QString::fromUtf16(written.getBuffer(), written.length());
    icu::UnicodeSet changed;
    for (const QStringView line : QStringView(rules).split(u'\n', Qt::SkipEmptyParts)) {
        const qsizetype arrow = line.indexOf(QLatin1String(" > "));
        const QStringView key = line.left(arrow);
        const QStringView value = line.mid(arrow + 3).chopped(1);
        const auto isPlain = [](QStringView part) {
            return std::ranges::none_of(part, [](QChar c) { return c.unicode() < 0x80 || c.isSurrogate(); });
        };
        if (arrow < 1 || !line.endsWith(u';') || !isPlain(key) || !isPlain(value)) {
            // Of another ICU, with rules that are not words: whatever one of them might begin at.
            transliterator.getSourceSet(changed);
            break;
        }
        if (key == value)
            continue;
        const auto other = std::ranges::find_if(key, [&](QChar c) { return !value.contains(c); });
        changed.add((other == key.end() ? key.front() : *other).unicode());
    }
    changed.freeze();
    return changed;
}

QString simplified(const QString &text)
{
    // Making a transliterator takes milliseconds, and one must not be shared between threads.
    thread_local const std::unique_ptr<icu::Transliterator> transliterator = [] {
        UErrorCode status = U_ZERO_ERROR;
        return std::unique_ptr<icu::Transliterator>(
            icu::Transliterator::createInstance("Traditional-Simplified", UTRANS_FORWARD, status));
    }();
    if (!transliterator)
        return text;
    // It tries dozens of rules at every character; most names have none that would be changed.
    static const icu::UnicodeSet changed = changedBy(*transliterator);
    icu::UnicodeString characters(reinterpret_cast<const char16_t *>(text.utf16()), int32_t(text.size()));
    if (changed.containsNone(characters))
        return text;
    transliterator->transliterate(characters);
    return QString::fromUtf16(characters.getBuffer(), characters.length());
}

const QStringList &hanForms()
{
    // Longest first: 股份有限公司 ends in 有限公司.
    static const QStringList forms{
        QStringLiteral("集团股份有限公司"),
        QStringLiteral("集团有限责任公司"),
        QStringLiteral("有限责任公司"),
        QStringLiteral("股份有限公司"),
        QStringLiteral("集团有限公司"),
        QStringLiteral("有限合伙企业"),
        QStringLiteral("个体工商户"),
        QStringLiteral("股份公司"),
        QStringLiteral("有限公司"),
        QStringLiteral("集团公司"),
        QStringLiteral("有限合伙"),
        QStringLiteral("分公司"),
        QStringLiteral("总公司"),
        QStringLiteral("责任公司"),
        QStringLiteral("公司"),
        QStringLiteral("集团"),
    };
    return forms;
}

bool isLatinForm(const QString &word)
{
    static const QStringList forms{
        QStringLiteral("co"),          QStringLiteral("company"), QStringLiteral("ltd"),
        QStringLiteral("limited"),     QStringLiteral("inc"),     QStringLiteral("llc"),
        QStringLiteral("llp"),         QStringLiteral("lp"),      QStringLiteral("gmbh"),
        QStringLiteral("ag"),          QStringLiteral("kg"),      QStringLiteral("corp"),
        QStringLiteral("corporation"), QStringLiteral("plc"),     QStringLiteral("sa"),
        QStringLiteral("sarl"),        QStringLiteral("sas"),     QStringLiteral("srl"),
        QStringLiteral("spa"),         QStringLiteral("bv"),      QStringLiteral("nv"),
        QStringLiteral("oy"),          QStringLiteral("ab"),      QStringLiteral("pty"),
        QStringLiteral("pte"),         QStringLiteral("kk"),      QStringLiteral("group"),
        QStringLiteral("holdings"),    QStringLiteral("holding"), QStringLiteral("incorporated"),
    };
    return forms.contains(word);
}

/// Provinces and the cities that companies like to carry in front; without 省 and 市.
const QStringList &places()
{
    static const QStringList all =
        QStringLiteral(
            "内蒙古 黑龙江 呼和浩特 乌鲁木齐 石家庄 哈尔滨 中国 北京 天津 上海 重庆 河北 山西 辽宁 吉林 江苏 浙江 "
            "安徽 福建 江西 山东 河南 湖北 湖南 广东 广西 海南 四川 贵州 云南 西藏 陕西 甘肃 青海 宁夏 新疆 香港 "
            "澳门 台湾 深圳 广州 杭州 南京 苏州 成都 武汉 西安 长沙 郑州 青岛 济南 大连 沈阳 宁波 厦门 福州 泉州 "
            "合肥 无锡 常州 南通 东莞 佛山 珠海 中山 惠州 温州 嘉兴 绍兴 金华 台州 昆明 贵阳 南宁 南昌 太原 长春 "
            "兰州 银川 西宁 拉萨 海口 烟台 潍坊 唐山 保定 洛阳 徐州 扬州 昆山 义乌")
            .split(u' ');
    return all;
}

/// What is not a name of its own: a region before it stays.
bool isGeneric(const QString &rest)
{
    static const QStringList generic =
        QStringLiteral(
            "银行 大学 医院 移动 电信 联通 石油 石化 铁路 航空 电力 电网 邮政 保险 证券 科技 贸易 实业 投资 建筑 物流 "
            "人寿 中铁 烟草 电视台 日报")
            .split(u' ');
    return rest.size() < 2 || generic.contains(rest);
}

QString leadingPlace(const QString &name)
{
    for (const QString &place : places()) {
        if (!name.startsWith(place))
            continue;
        for (const QString &kind :
             {QStringLiteral("壮族自治区"), QStringLiteral("维吾尔自治区"), QStringLiteral("回族自治区"),
              QStringLiteral("自治区"), QStringLiteral("省"), QStringLiteral("市")}) {
            if (QStringView(name).mid(place.size()).startsWith(kind))
                return place + kind;
        }
        return place;
    }
    // Any other place says itself what it is: 义县…, 余杭区…, 江阴市….
    for (qsizetype at = 2; at <= 3 && at < name.size(); ++at) {
        if (name[at] == u'省' || name[at] == u'市' || name[at] == u'县')
            return name.left(at + 1);
    }
    return {};
}

} // namespace

QString normalised(QStringView name)
{
    QString text = simplified(name.toString().normalized(QString::NormalizationForm_KC).toCaseFolded());
    text.removeIf([](QChar c) { return !c.isLetterOrNumber() && !c.isSurrogate() && !c.isMark(); });
    return text;
}

Parts split(QStringView name)
{
    Parts parts;
    QString text = simplified(name.toString().normalized(QString::NormalizationForm_KC).toCaseFolded());

    // 华为技术(深圳)有限公司: the place may stand in brackets anywhere.
    const qsizetype open = text.indexOf(u'(');
    const qsizetype close = open < 0 ? -1 : text.indexOf(u')', open);
    if (close > open) {
        const QString inside = text.mid(open + 1, close - open - 1).trimmed();
        if (!inside.isEmpty() && leadingPlace(inside) == inside && inside != QStringLiteral("中国"))
            parts.region = inside;
        if (!parts.region.isEmpty() || inside == QStringLiteral("中国") || inside == QLatin1String("china"))
            text.remove(open, close - open + 1);
    }

    // Latin legal forms are words, Chinese ones are ends.
    QStringList words;
    QString word;
    for (const QChar c : text) {
        if (c.isLetterOrNumber() || c.isSurrogate() || c.isMark()) {
            word += c;
        } else if (c != u'.' && c != u'\'' && !word.isEmpty()) {
            words << std::exchange(word, {});
        }
    }
    if (!word.isEmpty())
        words << word;
    QStringList form;
    while (words.size() > 1 && isLatinForm(words.last()))
        form.prepend(words.takeLast());
    text = words.join(QString());
    parts.form = form.join(u' ');

    for (bool again = true; again;) {
        again = false;
        for (const QString &end : hanForms()) {
            if (text.size() > end.size() + 1 && text.endsWith(end)) {
                text.chop(end.size());
                parts.form.prepend(end);
                again = true;
                break;
            }
        }
    }
    const QString place = leadingPlace(text);
    if (!place.isEmpty() && !isGeneric(text.mid(place.size()))) {
        if (parts.region.isEmpty())
            parts.region = place;
        text.remove(0, place.size());
    }
    parts.trunk = text;
    return parts;
}

double dice(QStringView a, QStringView b)
{
    const Characters left = charactersOf(a);
    const Characters right = charactersOf(b);
    if (left.size() < 2 || right.size() < 2)
        return left == right && !left.empty() ? 1.0 : 0.0;
    QHash<quint64, int> bigrams;
    for (size_t i = 0; i + 1 < left.size(); ++i)
        ++bigrams[quint64(left[i]) << 32 | left[i + 1]];
    int common = 0;
    for (size_t i = 0; i + 1 < right.size(); ++i) {
        auto found = bigrams.find(quint64(right[i]) << 32 | right[i + 1]);
        if (found != bigrams.end() && *found > 0) {
            --*found;
            ++common;
        }
    }
    return 2.0 * common / double(left.size() + right.size() - 2);
}

double jaroWinkler(QStringView a, QStringView b)
{
    const Characters left = charactersOf(a);
    const Characters right = charactersOf(b);
    if (left.empty() || right.empty())
        return left.empty() && right.empty() ? 1.0 : 0.0;
    const size_t longest = std::max(left.size(), right.size());
    const size_t window = longest / 2 > 0 ? longest / 2 - 1 : 0;
    std::vector<bool> leftMatched(left.size());
    std::vector<bool> rightMatched(right.size());
    size_t matches = 0;
    for (size_t i = 0; i < left.size(); ++i) {
        const size_t from = i > window ? i - window : 0;
        const size_t to = std::min(i + window + 1, right.size());
        for (size_t j = from; j < to; ++j) {
            if (rightMatched[j] || left[i] != right[j])
                continue;
            leftMatched[i] = rightMatched[j] = true;
            ++matches;
            break;
        }
    }
    if (matches == 0)
        return 0.0;
    size_t outOfOrder = 0;
    for (size_t i = 0, j = 0; i < left.size(); ++i) {
        if (!leftMatched[i])
            continue;
        while (!rightMatched[j])
            ++j;
        outOfOrder += left[i] != right[j] ? 1 : 0;
        ++j;
    }
    const double m = double(matches);
    const double jaro = (m / double(left.size()) + m / double(right.size()) + (m - double(outOfOrder / 2)) / m) / 3.0;
    size_t prefix = 0;
    while (prefix < 4 && prefix < left.size() && prefix < right.size() && left[prefix] == right[prefix])
        ++prefix;
    return jaro + double(prefix) * 0.1 * (1.0 - jaro);
}

} // namespace tz::companyname
