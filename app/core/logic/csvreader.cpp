// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/logic/csvreader.h"

#include <QBuffer>

#include <memory>

#include <csv.h>
#include <unicode/ucnv.h>

namespace tz::csv {

namespace {

constexpr qint64 chunkBytes = 64 * 1024;
constexpr qint64 sampleBytes = 256 * 1024;
constexpr int sampleRows = 60;
/// libcsv's state between two rows (its own name is private).
constexpr int rowNotBegun = 0;

const char *icuName(const QString &encoding)
{
    if (encoding == QLatin1String("gb18030"))
        return "gb18030";
    if (encoding == QLatin1String("utf-16le"))
        return "UTF-16LE";
    if (encoding == QLatin1String("utf-16be"))
        return "UTF-16BE";
    if (encoding == QLatin1String("latin1"))
        return "windows-1252";
    return "UTF-8";
}

QString encodingName(const QString &given)
{
    const QString plain = given.toLower().remove(u'_').remove(u'-').remove(u' ');
    if (plain == QLatin1String("gb18030") || plain == QLatin1String("gbk") || plain == QLatin1String("gb2312") ||
        plain == QLatin1String("cp936"))
        return QStringLiteral("gb18030");
    if (plain == QLatin1String("latin1") || plain == QLatin1String("iso88591") ||
        plain == QLatin1String("windows1252") || plain == QLatin1String("cp1252"))
        return QStringLiteral("latin1");
    if (plain == QLatin1String("utf16") || plain == QLatin1String("utf16le"))
        return QStringLiteral("utf-16le");
    if (plain == QLatin1String("utf16be"))
        return QStringLiteral("utf-16be");
    if (plain == QLatin1String("utf8"))
        return QStringLiteral("utf-8");
    return {};
}

/// Strict: no overlong forms, no surrogates, nothing above U+10FFFF.
class Utf8Check {
public:
    void feed(unsigned char c)
    {
        if (!m_valid)
            return;
        if (m_more > 0) {
            m_valid = c >= m_low && c <= m_high;
            m_low = 0x80;
            m_high = 0xBF;
            --m_more;
        } else if (c >= 0xC2 && c <= 0xDF) {
            m_more = 1;
        } else if (c >= 0xE0 && c <= 0xEF) {
            m_more = 2;
            m_low = c == 0xE0 ? 0xA0 : 0x80;
            m_high = c == 0xED ? 0x9F : 0xBF;
        } else if (c >= 0xF0 && c <= 0xF4) {
            m_more = 3;
            m_low = c == 0xF0 ? 0x90 : 0x80;
            m_high = c == 0xF4 ? 0x8F : 0xBF;
        } else {
            m_valid = c < 0x80;
        }
    }
    bool valid() const { return m_valid && m_more == 0; }

private:
    bool m_valid = true;
    int m_more = 0;
    unsigned char m_low = 0x80;
    unsigned char m_high = 0xBF;
};

/// Valid sequences alone do not tell GB18030 from Latin-1 ("ét" is a valid pair): Chinese text consists of pairs in
/// the range of GB 2312, accented Latin hardly ever does.
class Gb18030Check {
public:
    void feed(unsigned char c)
    {
        if (!m_valid)
            return;
        switch (m_at) {
        case 0:
            if (c >= 0x81 && c <= 0xFE) {
                m_lead = c;
                m_at = 1;
            } else {
                m_valid = c <= 0x80;
            }
            break;
        case 1:
            if (c >= 0x30 && c <= 0x39) {
                m_at = 2;
                break;
            }
            m_valid = c >= 0x40 && c <= 0xFE && c != 0x7F;
            ++m_pairs;
            m_common += m_lead >= 0xA1 && m_lead <= 0xF7 && c >= 0xA1 ? 1 : 0;
            m_at = 0;
            break;
        case 2:
            m_valid = c >= 0x81 && c <= 0xFE;
            m_at = 3;
            break;
        default:
            m_valid = c >= 0x30 && c <= 0x39;
            m_at = 0;
        }
    }
    bool likely() const { return m_valid && m_at == 0 && m_common * 10 >= m_pairs * 6; }

private:
    bool m_valid = true;
    int m_at = 0;
    unsigned char m_lead = 0;
    qint64 m_pairs = 0;
    qint64 m_common = 0;
};

struct CloseConverter {
    void operator()(UConverter *converter) const { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, CloseConverter>;

/// Turns chunks of bytes into UTF-8, strictly.
class Decoder {
public:
    explicit Decoder(const QString &encoding)
    {
        UErrorCode status = U_ZERO_ERROR;
        m_from.reset(ucnv_open(icuName(encoding), &status));
        m_to.reset(ucnv_open("UTF-8", &status));
        if (U_FAILURE(status)) {
            m_from.reset();
            return;
        }
        ucnv_setToUCallBack(m_from.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
    }

    /// False: there are bytes that the encoding does not allow. What was before them is in `out`.
    bool decode(const QByteArray &bytes, bool last, QByteArray &out)
    {
        out.clear();
        if (!m_from)
            return false;
        const char *source = bytes.constData();
        const char *const sourceEnd = source + bytes.size();
        for (;;) {
            char buffer[chunkBytes];
            char *target = buffer;
            UErrorCode status = U_ZERO_ERROR;
            ucnv_convertEx(m_to.get(), m_from.get(), &target, buffer + sizeof(buffer), &source, sourceEnd, m_pivot,
                           &m_pivotSource, &m_pivotTarget, m_pivot + std::size(m_pivot), m_first, last, &status);
            m_first = false;
            out.append(buffer, target - buffer);
            if (status == U_BUFFER_OVERFLOW_ERROR)
                continue;
            return U_SUCCESS(status);
        }
    }

private:
    Converter m_from;
    Converter m_to;
    UChar m_pivot[4096];
    UChar *m_pivotSource = m_pivot;
    UChar *m_pivotTarget = m_pivot;
    bool m_first = true;
};

struct Parsing {
    const RowFunction &row;
    Cells cells;
    qint64 line = 1;
    qint64 rowLine = 1;
    bool more = true;
    Result<> failure;
};

extern "C" {
void tzCsvCell(void *bytes, size_t length, void *data)
{
    auto &parsing = *static_cast<Parsing *>(data);
    parsing.cells.emplace_back(static_cast<const char *>(bytes), qsizetype(length));
}

void tzCsvRow(int, void *data)
{
    auto &parsing = *static_cast<Parsing *>(data);
    if (!parsing.more || !parsing.failure)
        return;
    auto answer = parsing.row(parsing.rowLine, parsing.cells);
    parsing.cells.clear();
    if (!answer)
        parsing.failure = fail(std::move(answer.error()));
    else
        parsing.more = *answer;
}
}

struct Parser {
    csv_parser state{};
    explicit Parser(char separator)
    {
        csv_init(&state, CSV_STRICT | CSV_STRICT_FINI);
        csv_set_delim(&state, static_cast<unsigned char>(separator));
        csv_set_blk_size(&state, size_t(chunkBytes));
    }
    ~Parser() { csv_free(&state); }
    Parser(const Parser &) = delete;
    Parser &operator=(const Parser &) = delete;
};

tl::unexpected<Error> atLine(const char *code, qint64 line, QVariantMap params = {})
{
    params.insert(QStringLiteral("line"), line);
    return fail(code, std::move(params));
}

/// At most one line of the file, or part of one.
Result<> parsePiece(Parser &parser, Parsing &parsing, QByteArrayView piece)
{
    csv_parser &state = parser.state;
    while (!piece.isEmpty()) {
        if (state.pstate == rowNotBegun && parsing.cells.empty())
            parsing.rowLine = parsing.line;
        const qsizetype taken =
            qsizetype(csv_parse(&state, piece.data(), size_t(piece.size()), tzCsvCell, tzCsvRow, &parsing));
        if (!parsing.failure)
            return fail(parsing.failure.error());
        if (!parsing.more)
            return {};
        piece = piece.sliced(taken);
        if (piece.isEmpty())
            break;
        if (csv_error(&state) != CSV_EPARSE || state.quoted)
            return atLine("import.broken_quotes", parsing.line);
        // 6" in an unquoted field: let this one byte pass.
        csv_set_opts(&state, CSV_STRICT_FINI);
        csv_parse(&state, piece.data(), 1, tzCsvCell, tzCsvRow, &parsing);
        csv_set_opts(&state, CSV_STRICT | CSV_STRICT_FINI);
        piece = piece.sliced(1);
    }
    if (qsizetype(state.entry_pos) > largestField)
        return atLine("import.field_too_large", parsing.rowLine, {{QStringLiteral("max"), qint64(largestField)}});
    return {};
}

Result<> parseChunk(Parser &parser, Parsing &parsing, const QByteArray &utf8)
{
    qsizetype at = 0;
    while (at < utf8.size() && parsing.more) {
        const qsizetype newline = utf8.indexOf('\n', at);
        const qsizetype end = newline < 0 ? utf8.size() : newline + 1;
        TZ_TRY(parsePiece(parser, parsing, QByteArrayView(utf8).sliced(at, end - at)));
        if (newline >= 0)
            ++parsing.line;
        at = end;
    }
    return {};
}

qsizetype markLength(const QByteArray &head, const QString &encoding)
{
    if (encoding == QLatin1String("utf-8") && head.startsWith("\xEF\xBB\xBF"))
        return 3;
    if (encoding == QLatin1String("gb18030") && head.startsWith("\x84\x31\x95\x33"))
        return 4;
    if ((encoding == QLatin1String("utf-16le") && head.startsWith("\xFF\xFE")) ||
        (encoding == QLatin1String("utf-16be") && head.startsWith("\xFE\xFF")))
        return 2;
    return 0;
}

QString markedEncoding(const QByteArray &head)
{
    for (const QLatin1String encoding :
         {QLatin1String("utf-8"), QLatin1String("gb18030"), QLatin1String("utf-16le"), QLatin1String("utf-16be")}) {
        if (markLength(head, encoding) > 0)
            return encoding;
    }
    return {};
}

Result<QString> detectEncoding(QIODevice &device)
{
    Utf8Check utf8;
    Gb18030Check gb;
    bool first = true;
    qint64 line = 1;
    for (;;) {
        const QByteArray chunk = device.read(chunkBytes);
        if (chunk.isEmpty())
            break;
        if (std::exchange(first, false)) {
            if (const QString marked = markedEncoding(chunk); !marked.isEmpty())
                return marked;
        }
        for (const char byte : chunk) {
            const auto c = static_cast<unsigned char>(byte);
            if (c == 0)
                return atLine("import.not_text", line);
            line += c == '\n' ? 1 : 0;
            utf8.feed(c);
            gb.feed(c);
        }
    }
    if (utf8.valid())
        return QStringLiteral("utf-8");
    return gb.likely() ? QStringLiteral("gb18030") : QStringLiteral("latin1");
}

QChar detectSeparator(const QByteArray &sample, const QString &encoding)
{
    QChar best = u',';
    std::pair<int, qsizetype> bestScore{0, 1};
    for (const QChar candidate : {QChar(u','), QChar(u';'), QChar(u'\t'), QChar(u'|')}) {
        QBuffer buffer;
        buffer.setData(sample);
        buffer.open(QIODevice::ReadOnly);
        qsizetype columns = 0;
        int rows = 0;
        int even = 0;
        // What is wrong with the sample under this separator, or cut at its end, does not matter here.
        (void)read(buffer, {encoding, candidate}, [&](qint64, const Cells &cells) -> Result<bool> {
            if (rows == 0)
                columns = qsizetype(cells.size());
            even += qsizetype(cells.size()) == columns ? 1 : 0;
            return ++rows < sampleRows;
        });
        if (columns < 2 || rows == 0)
            continue;
        const std::pair<int, qsizetype> score{even * 10 / rows, columns};
        if (score > bestScore) {
            bestScore = score;
            best = candidate;
        }
    }
    return best;
}

} // namespace

Result<Format> detect(QIODevice &device, const QString &encoding, QChar separator)
{
    Format format;
    format.separator = separator;
    if (!device.seek(0))
        return fail("import.cannot_read");
    const QByteArray sample = device.read(sampleBytes);
    if (sample.isEmpty())
        return fail("import.empty");
    if (encoding.isEmpty()) {
        device.seek(0);
        TZ_ASSIGN(format.encoding, detectEncoding(device));
    } else {
        format.encoding = encodingName(encoding);
        if (format.encoding.isEmpty())
            return fail("import.unknown_encoding", {{QStringLiteral("encoding"), encoding}});
    }
    if (separator.isNull())
        format.separator = detectSeparator(sample, format.encoding);
    return format;
}

Result<> read(QIODevice &device, const Format &format, const RowFunction &row)
{
    if (!device.seek(0))
        return fail("import.cannot_read");
    Parser parser(format.separator.toLatin1());
    Parsing parsing{row, {}, 1, 1, true, {}};
    Decoder decoder(format.encoding);
    bool first = true;
    QByteArray utf8;
    while (parsing.more) {
        QByteArray chunk = device.read(chunkBytes);
        const bool last = chunk.isEmpty() || device.atEnd();
        if (std::exchange(first, false))
            chunk.remove(0, markLength(chunk, format.encoding));
        const bool valid = decoder.decode(chunk, last, utf8);
        TZ_TRY(parseChunk(parser, parsing, utf8));
        if (!valid)
            return atLine("import.bad_encoding", parsing.line, {{QStringLiteral("encoding"), format.encoding}});
        if (last)
            break;
    }
    if (!parsing.more)
        return {};
    if (csv_fini(&parser.state, tzCsvCell, tzCsvRow, &parsing) != 0)
        return atLine("import.open_quote", parsing.rowLine);
    return parsing.failure ? Result<>() : fail(parsing.failure.error());
}

QByteArray quoted(const QByteArray &utf8, char separator)
{
    const bool spaced =
        !utf8.isEmpty() && (utf8.front() == ' ' || utf8.back() == ' ' || utf8.front() == '\t' || utf8.back() == '\t');
    if (!spaced && !utf8.contains(separator) && !utf8.contains('"') && !utf8.contains('\n') && !utf8.contains('\r'))
        return utf8;
    QByteArray out = utf8;
    out.replace('"', "\"\"");
    return '"' + out + '"';
}

} // namespace tz::csv
