// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/sync/attachment.h"

#include <QFileInfo>
#include <QSet>

#include <algorithm>

namespace tz {

namespace {
constexpr qsizetype hashBytes = 32;
constexpr qsizetype longestType = 127;
constexpr qsizetype longestFileName = 180;

/// Characters that hide what a name is, or that mean something in a path.
bool isUnfit(QChar c)
{
    const char16_t u = c.unicode();
    return u < 0x20 || (u >= 0x7f && u < 0xa0) || u == u'/' || u == u'\\' || (u >= 0x200b && u <= 0x200f) ||
           (u >= 0x2028 && u <= 0x202e) || (u >= 0x2060 && u <= 0x206f) || u == 0xfeff || u == 0xfffe || u == 0xffff;
}

bool isName(QStringView name)
{
    return !name.isEmpty() && name.size() <= limits::fileNameLength && name.trimmed().size() == name.size() &&
           name != u"." && name != u".." && name.isValidUtf16() && std::none_of(name.begin(), name.end(), isUnfit);
}

bool isType(QStringView type)
{
    const auto isTypeCharacter = [](QChar c) {
        return (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9') || QStringView(u"!#$&^_.+-/").contains(c);
    };
    return type.size() >= 3 && type.size() <= longestType && type.count(u'/') == 1 && !type.startsWith(u'/') &&
           !type.endsWith(u'/') && std::all_of(type.begin(), type.end(), isTypeCharacter);
}
} // namespace

Value Attachment::toValue() const
{
    return Value(QString::fromLatin1(hash.toHex()) + u' ' + QString::number(size) + u' ' + type + u' ' + name);
}

std::optional<Attachment> Attachment::fromValue(const Value &value)
{
    const QString text = value.toText();
    const qsizetype afterHash = text.indexOf(u' ');
    const qsizetype afterSize = text.indexOf(u' ', afterHash + 1);
    const qsizetype afterType = text.indexOf(u' ', afterSize + 1);
    if (afterHash != 2 * hashBytes || afterSize < 0 || afterType < 0)
        return std::nullopt;
    Attachment one;
    const QByteArray digits = text.left(afterHash).toLatin1();
    one.hash = QByteArray::fromHex(digits);
    bool isNumber = false;
    one.size = QStringView(text).mid(afterHash + 1, afterSize - afterHash - 1).toLongLong(&isNumber);
    one.type = text.mid(afterSize + 1, afterType - afterSize - 1);
    one.name = text.mid(afterType + 1);
    if (!isNumber || one.hash.size() != hashBytes || one.size < 0 || one.size > limits::blobBytes ||
        !isType(one.type) || !isName(one.name))
        return std::nullopt;
    // One text for one file: "05" and "+5", capital digits and the like would make two members of it.
    if (one.toValue().toText() != text)
        return std::nullopt;
    return one;
}

namespace attachment {

std::vector<Attachment> all(const Value &set)
{
    std::vector<Attachment> files;
    for (const Value &member : set.toList()) {
        if (auto one = Attachment::fromValue(member))
            files.push_back(std::move(*one));
    }
    std::stable_sort(files.begin(), files.end(), [](const Attachment &a, const Attachment &b) {
        return QString::localeAwareCompare(a.name, b.name) < 0;
    });
    return files;
}

QString first(const QByteArray &hash)
{
    return QString::fromLatin1(hash.toHex()) + u' ';
}

QString last(const QByteArray &hash)
{
    return QString::fromLatin1(hash.toHex()) + u'!';
}

QString cleanName(const QString &name)
{
    QString last = name;
    last.replace(u'\\', u'/');
    last = last.section(u'/', -1, -1, QString::SectionSkipEmpty);
    last.removeIf([](QChar c) { return isUnfit(c); });
    if (!last.isValidUtf16())
        last.removeIf([](QChar c) { return c.isSurrogate(); });
    last = last.trimmed();
    if (last.size() > limits::fileNameLength) {
        QString suffix = QFileInfo(last).suffix();
        suffix = suffix.isEmpty() || suffix.size() > 20 ? QString() : u'.' + suffix;
        last.truncate(limits::fileNameLength - suffix.size());
        if (last.back().isHighSurrogate())
            last.chop(1);
        last = last.trimmed() + suffix;
    }
    return isName(last) ? last : QStringLiteral("file");
}

QString freeName(const QString &name, const std::vector<Attachment> &taken)
{
    const auto isTaken = [&taken](const QString &wanted) {
        return std::any_of(taken.begin(), taken.end(), [&wanted](const Attachment &one) { return one.name == wanted; });
    };
    const QString clean = cleanName(name);
    QString free = clean;
    const qsizetype dot = clean.lastIndexOf(u'.');
    const QString stem = dot > 0 ? clean.left(dot) : clean;
    const QString suffix = dot > 0 ? clean.mid(dot) : QString();
    for (int number = 2; isTaken(free); ++number) {
        const QString mark = QStringLiteral(" (%1)").arg(number);
        free = stem.left(limits::fileNameLength - mark.size() - suffix.size()).trimmed() + mark + suffix;
    }
    return free;
}

QString fileName(const QString &name)
{
    QString safe = cleanName(name);
    for (QChar &c : safe) {
        if (QStringView(u"<>:\"|?*").contains(c))
            c = u'_';
    }
    while (safe.startsWith(u'.') || safe.startsWith(u'-'))
        safe.remove(0, 1);
    while (safe.endsWith(u'.') || safe.endsWith(u' '))
        safe.chop(1);
    static const QSet<QString> reserved{
        QStringLiteral("con"),  QStringLiteral("prn"),  QStringLiteral("aux"),  QStringLiteral("nul"),
        QStringLiteral("com1"), QStringLiteral("com2"), QStringLiteral("com3"), QStringLiteral("com4"),
        QStringLiteral("com5"), QStringLiteral("com6"), QStringLiteral("com7"), QStringLiteral("com8"),
        QStringLiteral("com9"), QStringLiteral("lpt1"), QStringLiteral("lpt2"), QStringLiteral("lpt3"),
        QStringLiteral("lpt4"), QStringLiteral("lpt5"), QStringLiteral("lpt6"), QStringLiteral("lpt7"),
        QStringLiteral("lpt8"), QStringLiteral("lpt9")};
    if (reserved.contains(safe.section(u'.', 0, 0).trimmed().toLower()))
        safe.prepend(u'_');
    const QString suffix = QFileInfo(safe).suffix().isEmpty() ? QString() : u'.' + QFileInfo(safe).suffix();
    QString stem = safe.left(safe.size() - suffix.size());
    while (!stem.isEmpty() && stem.toUtf8().size() + suffix.toUtf8().size() > longestFileName)
        stem.chop(stem.size() > 1 && stem.back().isLowSurrogate() ? 2 : 1);
    safe = stem + suffix;
    return safe.isEmpty() || safe.toUtf8().size() > longestFileName ? QStringLiteral("file") : safe;
}

bool isProgram(const QString &name)
{
    static const QSet<QString> suffixes{QStringLiteral("exe"),      QStringLiteral("com"),
                                        QStringLiteral("bat"),      QStringLiteral("cmd"),
                                        QStringLiteral("msi"),      QStringLiteral("msix"),
                                        QStringLiteral("msp"),      QStringLiteral("ps1"),
                                        QStringLiteral("psm1"),     QStringLiteral("vbs"),
                                        QStringLiteral("vbe"),      QStringLiteral("js"),
                                        QStringLiteral("jse"),      QStringLiteral("wsf"),
                                        QStringLiteral("wsh"),      QStringLiteral("hta"),
                                        QStringLiteral("scr"),      QStringLiteral("pif"),
                                        QStringLiteral("lnk"),      QStringLiteral("url"),
                                        QStringLiteral("reg"),      QStringLiteral("jar"),
                                        QStringLiteral("app"),      QStringLiteral("command"),
                                        QStringLiteral("desktop"),  QStringLiteral("sh"),
                                        QStringLiteral("bash"),     QStringLiteral("run"),
                                        QStringLiteral("appimage"), QStringLiteral("py"),
                                        QStringLiteral("pl"),       QStringLiteral("rb"),
                                        QStringLiteral("cpl"),      QStringLiteral("chm"),
                                        QStringLiteral("dll"),      QStringLiteral("so"),
                                        QStringLiteral("dylib"),    QStringLiteral("deb"),
                                        QStringLiteral("rpm"),      QStringLiteral("pkg"),
                                        QStringLiteral("dmg"),      QStringLiteral("iso"),
                                        QStringLiteral("img"),      QStringLiteral("vhd"),
                                        QStringLiteral("gadget"),   QStringLiteral("settingcontent-ms")};
    return suffixes.contains(QFileInfo(fileName(name)).suffix().toLower());
}

qint64 pieceCount(qint64 size)
{
    return (size + limits::pieceBytes - 1) / limits::pieceBytes;
}

qint64 pieceSize(qint64 size, qint64 number)
{
    return std::clamp<qint64>(size - number * limits::pieceBytes, 0, limits::pieceBytes);
}

} // namespace attachment

} // namespace tz
