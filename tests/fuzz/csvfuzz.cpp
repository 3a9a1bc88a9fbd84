// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/base/check.h"
#include "core/logic/csvreader.h"
#include "tests/fuzz/fuzz.h"

#include <QBuffer>

#include <array>

namespace tz::fuzz {

namespace {
std::vector<tz::csv::Cells> rowsOf(const QByteArray &file, const tz::csv::Format &format)
{
    QBuffer buffer;
    buffer.setData(file);
    buffer.open(QIODevice::ReadOnly);
    std::vector<tz::csv::Cells> rows;
    qint64 before = 1;
    const auto take = [&](qint64 line, const tz::csv::Cells &cells) -> Result<bool> {
        TZ_CHECK(line >= before);
        before = line;
        for (const QByteArray &cell : cells)
            TZ_CHECK(cell.isValidUtf8());
        rows.push_back(cells);
        return true;
    };
    // The rows before a fault count too.
    (void)tz::csv::read(buffer, format, take);
    return rows;
}
} // namespace

void csv(const QByteArray &bytes)
{
    static constexpr std::array<const char *, 6> encodings{"", "utf-8", "gb18030", "latin1", "utf-16", "utf-16be"};
    static constexpr std::array<char16_t, 5> separators{u'\0', u',', u';', u'\t', u'|'};
    if (bytes.isEmpty())
        return;
    // The first byte: what the user says of the file; '0' is nothing.
    const size_t said = (static_cast<unsigned char>(bytes.front()) + 60 - '0') % 30;
    const QString encoding = QString::fromLatin1(encodings[said % 6]);
    const QChar separator = separators[said / 6];
    QBuffer buffer;
    buffer.setData(bytes.mid(1));
    buffer.open(QIODevice::ReadOnly);
    const auto format = tz::csv::detect(buffer, encoding, separator);
    if (!format)
        return;
    std::vector<tz::csv::Cells> rows = rowsOf(buffer.data(), *format);
    // An empty line is no row.
    std::erase(rows, tz::csv::Cells{QByteArray()});

    // Written as the export writes, they are the same rows; the first line keeps a byte order mark from being one.
    QByteArray written("written");
    for (const tz::csv::Cells &cells : rows) {
        for (size_t i = 0; i < cells.size(); ++i)
            written += (i == 0 ? "\r\n" : ",") + tz::csv::quoted(cells[i], ',');
    }
    rows.insert(rows.begin(), tz::csv::Cells{QByteArray("written")});
    TZ_CHECK(rowsOf(written, {QStringLiteral("utf-8"), u','}) == rows);
}

} // namespace tz::fuzz
