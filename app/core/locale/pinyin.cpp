// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/locale/pinyin.h"

#include "core/locale/normalize.h"
#include "core/locale/pinyintable.h"
#include "core/locale/pinyinwords.h"

#include <QVarLengthArray>

#include <cstring>

namespace tz::pinyin {

namespace {

constexpr char16_t lowest = 0x3400;
constexpr char16_t highest = 0xfaff;
constexpr int mostReadings = 4;
constexpr int mostPositions = 12;
constexpr size_t mostCombinations = 4;

using Syllable = quint16; // index into Readings::syllables; 0: none

struct Character {
    std::array<Syllable, mostReadings> readings{};
    bool beginsWord = false;
    bool beginsSurname = false;
};

struct Word {
    std::u16string_view text;
    std::vector<Syllable> reading;
};

// Everything that is known about readings, unpacked once.
struct Readings {
    std::vector<std::string_view> syllables{std::string_view()};
    std::vector<Character> characters = std::vector<Character>(highest - lowest + 1);
    /// A character that is read so and in no other way.
    std::vector<char16_t> homophones{0};
    std::unordered_map<char16_t, std::vector<Word>> words, surnames;
    std::unordered_map<std::string_view, Syllable> numbers;

    Syllable number(std::string_view syllable)
    {
        const auto [found, isNew] = numbers.try_emplace(syllable, Syllable(syllables.size()));
        if (isNew) {
            syllables.push_back(syllable);
            homophones.push_back(0);
        }
        return found->second;
    }
    const Character *find(char16_t c) const
    {
        return c >= lowest && c <= highest ? &characters[size_t(c - lowest)] : nullptr;
    }

    Readings()
    {
        for (const table::Row *row = table::first; row->syllable; ++row) {
            const Syllable syllable = number(row->syllable);
            for (const char16_t *c = row->characters; *c; ++c)
                characters[size_t(*c - lowest)].readings[0] = syllable;
        }
        for (const table::Row *row = table::further; row->syllable; ++row) {
            const Syllable syllable = number(row->syllable);
            for (const char16_t *c = row->characters; *c; ++c) {
                auto &list = characters[size_t(*c - lowest)].readings;
                if (const auto free = std::find(list.begin(), list.end(), Syllable(0)); free != list.end())
                    *free = syllable;
            }
        }
        for (const table::Row *row = table::first; row->syllable; ++row) {
            char16_t &homophone = homophones[number(row->syllable)];
            for (const char16_t *c = row->characters; *c && !homophone; ++c) {
                if (*c >= 0x4e00 && characters[size_t(*c - lowest)].readings[1] == 0)
                    homophone = *c;
            }
        }
        add(table::words, words, &Character::beginsWord);
        add(table::surnames, surnames, &Character::beginsSurname);
    }

    void add(const table::Word *list, std::unordered_map<char16_t, std::vector<Word>> &to, bool Character::*mark)
    {
        for (; list->text; ++list) {
            Word word{list->text, {}};
            std::string_view rest = list->reading;
            while (!rest.empty()) {
                const size_t blank = std::min(rest.find(' '), rest.size());
                word.reading.push_back(number(rest.substr(0, blank)));
                rest.remove_prefix(std::min(blank + 1, rest.size()));
            }
            characters[size_t(word.text[0] - lowest)].*mark = true;
            to[word.text[0]].push_back(std::move(word));
        }
    }
};

const Readings &known()
{
    static const Readings instance;
    return instance;
}

const Word *longestMatch(const std::unordered_map<char16_t, std::vector<Word>> &in, std::u16string_view text)
{
    const auto found = in.find(text[0]);
    if (found == in.end())
        return nullptr;
    const Word *best = nullptr;
    for (const Word &word : found->second) {
        if (text.starts_with(word.text) && (!best || best->text.size() < word.text.size()))
            best = &word;
    }
    return best;
}

std::u16string_view view(QStringView text)
{
    return {text.utf16(), size_t(text.size())};
}

bool isHan(char16_t c)
{
    const Character *const character = known().find(c);
    return character && character->readings[0] != 0;
}

// One unit of a name: a Han character with its possible readings, or a word in other letters (no readings).
struct Unit {
    QVarLengthArray<Syllable, mostReadings> readings;
    qsizetype at = 0;
    qsizetype length = 1;
    /// A word or surname decided the reading.
    bool decided = false;
};
using Units = QVarLengthArray<Unit, 32>;

// `alternatives`: also what a surname or character may be read as otherwise.
Units unitsOf(QStringView text, bool alternatives)
{
    const Readings &table = known();
    const std::u16string_view all = view(text);
    Units units;
    qsizetype hanOnly = 0;
    while (hanOnly < text.size() && isHan(all[size_t(hanOnly)]))
        ++hanOnly;
    const bool maybePerson = hanOnly == text.size() && hanOnly >= 2 && hanOnly <= 4;

    for (qsizetype i = 0; i < text.size();) {
        const char16_t c = all[size_t(i)];
        const Character *const character = table.find(c);
        if (!character || character->readings[0] == 0) {
            if (!QChar::isLetterOrNumber(c) && !QChar::isSurrogate(c)) {
                ++i;
                continue;
            }
            Unit unit;
            unit.at = i;
            while (i < text.size() && !isHan(all[size_t(i)]) &&
                   (QChar::isLetterOrNumber(all[size_t(i)]) || QChar::isSurrogate(all[size_t(i)])))
                ++i;
            unit.length = i - unit.at;
            units.append(unit);
            continue;
        }
        const Word *word = character->beginsWord ? longestMatch(table.words, all.substr(size_t(i))) : nullptr;
        bool surname = false;
        if (!word && i == 0 && maybePerson && character->beginsSurname) {
            word = longestMatch(table.surnames, all);
            // A surname alone is not a whole name.
            if (word && qsizetype(word->text.size()) == text.size())
                word = nullptr;
            surname = word != nullptr;
        }
        const qsizetype length = word ? qsizetype(word->text.size()) : 1;
        for (qsizetype k = 0; k < length; ++k) {
            Unit unit;
            unit.at = i + k;
            if (word) {
                unit.readings.append(word->reading[size_t(k)]);
                unit.decided = true;
            }
            if (!word || (surname && alternatives)) {
                for (const Syllable syllable : table.characters[size_t(all[size_t(i + k)] - lowest)].readings) {
                    if (syllable && !unit.readings.contains(syllable) && (alternatives || unit.readings.isEmpty()))
                        unit.readings.append(syllable);
                }
            }
            units.append(unit);
        }
        i += length;
    }
    return units;
}

// Writes words separated by blanks, each once.
class WordList {
public:
    void begin() { m_start = m_bytes.size(); }
    void append(std::string_view part, bool vAsU)
    {
        for (const char c : part)
            m_bytes.append(c == 'v' && vAsU ? 'u' : c);
    }
    void append(char c) { m_bytes.append(c); }
    void end()
    {
        const std::string_view word(m_bytes.constData() + m_start, size_t(m_bytes.size() - m_start));
        if (word.empty())
            return;
        // Few and short: a linear look is faster than any table.
        for (const auto &[start, length] : m_words) {
            if (std::string_view(m_bytes.constData() + start, size_t(length)) == word) {
                m_bytes.resize(m_start);
                return;
            }
        }
        m_words.append({m_start, m_bytes.size() - m_start});
        m_bytes.append(' ');
    }
    QByteArray take() const { return QByteArray(m_bytes.constData(), std::max<qsizetype>(m_bytes.size() - 1, 0)); }

private:
    QVarLengthArray<char, 1024> m_bytes;
    QVarLengthArray<std::pair<qsizetype, qsizetype>, 64> m_words;
    qsizetype m_start = 0;
};

// Which reading each unit has in each of at most four combinations; the first is the usual one.
using Combination = QVarLengthArray<quint8, 32>;

QVarLengthArray<Combination, mostCombinations> combinationsOf(std::span<const Unit> units)
{
    QVarLengthArray<Combination, mostCombinations> result;
    Combination usual;
    usual.resize(qsizetype(units.size()));
    std::fill(usual.begin(), usual.end(), quint8(0));
    result.append(usual);
    for (qsizetype i = 0; i < qsizetype(units.size()); ++i) {
        const qsizetype before = result.size();
        for (quint8 reading = 1; reading < units[size_t(i)].readings.size(); ++reading) {
            for (qsizetype k = 0; k < before; ++k) {
                if (result.size() >= qsizetype(mostCombinations))
                    return result;
                Combination other = result[k];
                other[i] = reading;
                result.append(other);
            }
        }
    }
    return result;
}

char initialOf(const Unit &unit, QStringView text, quint8 reading)
{
    if (!unit.readings.isEmpty())
        return known().syllables[unit.readings[reading]][0];
    const char32_t c = QChar::toLower(char32_t(text[unit.at].unicode()));
    return c < 0x80 ? char(c) : '\0';
}

} // namespace

QStringList readings(char32_t character)
{
    QStringList result;
    const Character *const found = character <= 0xffff ? known().find(char16_t(character)) : nullptr;
    if (!found)
        return result;
    for (const Syllable syllable : found->readings) {
        if (syllable)
            result << QString::fromLatin1(known().syllables[syllable].data(),
                                          qsizetype(known().syllables[syllable].size()));
    }
    return result;
}

QString spelled(QStringView text)
{
    QStringList parts;
    for (const Unit &unit : unitsOf(text, false)) {
        if (unit.readings.isEmpty()) {
            parts << text.mid(unit.at, unit.length).toString();
        } else {
            const std::string_view syllable = known().syllables[unit.readings[0]];
            parts << QString::fromLatin1(syllable.data(), qsizetype(syllable.size()));
        }
    }
    return parts.join(u' ');
}

SearchKeys searchKeys(QStringView title)
{
    const Readings &table = known();
    // Long texts are found by their characters; a name is short.
    const Units units = unitsOf(title.left(64), true);
    // Nobody looks for a company by its legal form, which half of all names end with.
    qsizetype named = units.size();
    for (const QStringView form :
         {QStringView(u"有限责任公司"), QStringView(u"股份有限公司"), QStringView(u"有限公司")}) {
        if (title.endsWith(form) && units.size() > form.size() && title.size() <= 64) {
            named -= form.size();
            break;
        }
    }
    WordList full, initials;
    int position = 0;
    for (qsizetype run = 0; run < units.size();) {
        if (units[run].readings.isEmpty()) {
            ++run;
            continue;
        }
        qsizetype end = run;
        while (end < units.size() && !units[end].readings.isEmpty())
            ++end;
        const std::span<const Unit> han(units.constData() + run, size_t(end - run));
        const auto combinations = combinationsOf(han);
        for (size_t from = 0; from < han.size() && position < mostPositions && run + qsizetype(from) < named;
             ++from, ++position) {
            for (const Combination &combination : combinations) {
                bool umlaut = false;
                for (const bool vAsU : {false, true}) {
                    if (vAsU && !umlaut)
                        break;
                    full.begin();
                    for (size_t k = from; k < han.size(); ++k) {
                        const std::string_view syllable = table.syllables[han[k].readings[combination[qsizetype(k)]]];
                        umlaut = umlaut || syllable.find('v') != std::string_view::npos;
                        full.append(syllable, vAsU);
                    }
                    full.end();
                }
            }
        }
        run = end;
    }

    if (!units.isEmpty()) {
        const auto combinations = combinationsOf(std::span<const Unit>(units.constData(), size_t(units.size())));
        for (qsizetype from = 0; from < std::min<qsizetype>(named, mostPositions); ++from) {
            // A word in Latin letters is found by itself; alone at the end it needs no initial.
            if (from > 0 && from == units.size() - 1 && units[from].readings.isEmpty())
                break;
            for (const Combination &combination : combinations) {
                initials.begin();
                for (qsizetype k = from; k < units.size(); ++k) {
                    if (const char c = initialOf(units[k], title, combination[k]))
                        initials.append(c);
                }
                initials.end();
            }
        }
        // One typed letter is looked up as a whole word: a prefix of one letter would read half of the index.
        for (const Combination &combination : combinations) {
            initials.begin();
            if (const char c = initialOf(units[0], title, combination[0]))
                initials.append(c);
            initials.end();
        }
    }
    return {full.take(), initials.take()};
}

bool matches(QStringView title, QStringView typed)
{
    const QByteArray wanted = normalize::folded(typed).remove(u' ').toLatin1();
    if (wanted.isEmpty())
        return false;
    const SearchKeys keys = searchKeys(title);
    for (const QByteArray &list : {keys.full, keys.initials}) {
        for (const QByteArray &word : list.split(' ')) {
            if (word.startsWith(wanted))
                return true;
        }
    }
    return false;
}

QString respelled(QStringView text)
{
    const Readings &table = known();
    const bool special = std::any_of(text.begin(), text.end(), [&table](QChar c) {
        const Character *const character = table.find(c.unicode());
        return character && (character->beginsWord || character->beginsSurname);
    });
    QString result = text.toString();
    if (!special)
        return result;
    for (const Unit &unit : unitsOf(text, false)) {
        if (!unit.decided)
            continue;
        const Character *const character = table.find(text[unit.at].unicode());
        const Syllable wanted = unit.readings[0];
        if (character->readings[0] != wanted && table.homophones[wanted])
            result[unit.at] = QChar(table.homophones[wanted]);
    }
    return result;
}

QChar indexLetter(QStringView text)
{
    const QString plain = normalize::folded(text.left(8));
    const Units units = unitsOf(plain, false);
    if (units.isEmpty())
        return u'#';
    const char c = initialOf(units[0], plain, 0);
    return c >= 'a' && c <= 'z' ? QChar(ushort(c - 'a' + 'A')) : QChar(u'#');
}

} // namespace tz::pinyin
