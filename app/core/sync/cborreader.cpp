// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/sync/cborreader.h"

#include "core/base/utf8.h"

namespace tz::wire {

CborReader::CborReader(QByteArrayView cbor, qint64 items)
    : m_size(cbor.size())
    , m_in(cbor.data(), cbor.size())
    , m_items(items)
{
}

void CborReader::malformed(const char *reason)
{
    if (m_failed)
        return;
    m_failed = true;
    m_error = Error("wire.malformed", {{QStringLiteral("offset"), qint64(m_in.currentOffset())},
                                       {QStringLiteral("reason"), QString::fromLatin1(reason)}});
}

void CborReader::tooLarge(qint64 limit, const char *code)
{
    if (m_failed)
        return;
    m_failed = true;
    m_error = Error(code, {{QStringLiteral("limit"), limit}});
}

bool CborReader::spend()
{
    if (--m_items < 0)
        tooLarge(m_size);
    return !m_failed;
}

void CborReader::next()
{
    if (m_in.next(limits::cborDepth) && m_in.lastError() == QCborError::NoError)
        return;
    if (m_in.lastError() == QCborError::NestingTooDeep)
        tooLarge(limits::cborDepth, "wire.too_deep");
    else
        malformed("unreadable element");
}

qsizetype CborReader::enter(bool map)
{
    if (m_failed)
        return 0;
    if (map ? !m_in.isMap() : !m_in.isArray()) {
        malformed(map ? "map expected" : "array expected");
        return 0;
    }
    if (!m_in.isLengthKnown()) {
        malformed("length missing");
        return 0;
    }
    const quint64 length = m_in.length();
    // Every element takes at least one byte.
    if (length > quint64(m_size - m_in.currentOffset())) {
        malformed("longer than the message");
        return 0;
    }
    if (!m_in.enterContainer()) {
        malformed("unreadable container");
        return 0;
    }
    return qsizetype(length);
}

void CborReader::leave()
{
    if (!m_failed && !m_in.leaveContainer())
        malformed("container not at its end");
}

void CborReader::begin(int elements)
{
    const qsizetype length = enter();
    if (!m_failed && length < elements)
        malformed("elements missing");
}

void CborReader::end()
{
    while (!m_failed && m_in.hasNext())
        next();
    leave();
}

void CborReader::finish()
{
    if (!m_failed && m_in.currentOffset() != m_size)
        malformed("something follows");
}

qsizetype CborReader::lengthOf(qsizetype limit)
{
    if (m_failed)
        return -1;
    if (!m_in.isLengthKnown()) {
        malformed("length missing");
        return -1;
    }
    const quint64 length = m_in.length();
    if (length > quint64(m_size - m_in.currentOffset())) {
        malformed("longer than the message");
        return -1;
    }
    if (length > quint64(limit)) {
        tooLarge(limit, "wire.field_too_large");
        return -1;
    }
    return qsizetype(length);
}

bool CborReader::read(char *into, qsizetype length)
{
    qsizetype filled = 0;
    for (;;) {
        const auto chunk = m_in.readStringChunk(into + filled, length - filled);
        if (chunk.status == QCborStreamReader::Error) {
            malformed("unreadable string");
            return false;
        }
        if (chunk.status == QCborStreamReader::EndOfString)
            break;
        filled += chunk.data;
    }
    if (filled != length)
        malformed("string cut off");
    return filled == length;
}

QByteArray CborReader::bytesOf(qsizetype limit)
{
    const qsizetype length = lengthOf(limit);
    if (length < 0)
        return {};
    QByteArray bytes(length, Qt::Uninitialized);
    return read(bytes.data(), length) ? bytes : QByteArray();
}

void CborReader::operator()(Id &id)
{
    if (m_failed)
        return;
    if (!m_in.isByteArray() || !m_in.isLengthKnown() || m_in.length() != 16)
        return malformed("id expected");
    if (const qsizetype length = lengthOf(qsizetype(id.bytes.size())); length >= 0)
        read(reinterpret_cast<char *>(id.bytes.data()), length);
}

void CborReader::operator()(qint64 &number)
{
    if (m_failed)
        return;
    if (m_in.isUnsignedInteger()) {
        const quint64 value = m_in.toUnsignedInteger();
        if (value > quint64(std::numeric_limits<qint64>::max()))
            return malformed("integer too large");
        number = qint64(value);
    } else if (m_in.isNegativeInteger()) {
        // The value n stands for -n, and 2^64 is held as 0.
        const quint64 value = quint64(m_in.toNegativeInteger());
        if (value == 0 || value > quint64(std::numeric_limits<qint64>::max()) + 1)
            return malformed("integer too small");
        number = qint64(quint64(0) - value);
    } else {
        return malformed("integer expected");
    }
    next();
}

void CborReader::operator()(int &number)
{
    qint64 wide = 0;
    (*this)(wide);
    if (ok() && (wide < std::numeric_limits<int>::min() || wide > std::numeric_limits<int>::max()))
        malformed("integer too large");
    number = int(wide);
}

void CborReader::operator()(bool &yes)
{
    if (m_failed)
        return;
    if (!m_in.isBool())
        return malformed("bool expected");
    yes = m_in.toBool();
    next();
}

void CborReader::operator()(QString &text)
{
    if (m_failed)
        return;
    if (!m_in.isString())
        return malformed("text expected");
    const qsizetype length = lengthOf(limits::fieldBytes);
    if (length < 0)
        return;
    // Most texts are short: they need no memory of their own before they are a QString.
    QVarLengthArray<char, 1024> utf8(length);
    if (!read(utf8.data(), length))
        return;
    const QByteArrayView view(utf8.data(), length);
    if (!view.isValidUtf8())
        return malformed("text is not UTF-8");
    text = textOfUtf8(view);
}

void CborReader::operator()(QByteArray &bytes)
{
    if (m_failed)
        return;
    if (!m_in.isByteArray())
        return malformed("bytes expected");
    bytes = bytesOf(limits::fieldBytes);
}

void CborReader::operator()(Value &value)
{
    if (m_failed || !spend())
        return;
    if (m_in.isNull()) {
        value = Value();
        next();
    } else if (m_in.isInteger()) {
        qint64 number = 0;
        (*this)(number);
        value = Value(number);
    } else if (m_in.isString()) {
        QString text;
        (*this)(text);
        value = Value(std::move(text));
    } else if (m_in.isByteArray()) {
        QByteArray bytes = bytesOf(limits::fieldBytes);
        if (const auto id = Id::fromBytes(bytes))
            value = Value(*id);
        else
            value = Value(std::move(bytes));
    } else if (m_in.isArray()) {
        const qsizetype length = enter();
        ValueList members;
        for (qsizetype i = 0; i < length && ok(); ++i) {
            if (m_in.isArray())
                return malformed("set within a set");
            (*this)(members.emplace_back());
        }
        leave();
        value = Value(std::move(members));
    } else {
        malformed("value expected");
    }
}

void CborReader::operator()(Error &error)
{
    const qsizetype length = enter();
    if (ok() && (length < 1 || length > 8))
        return malformed("error without code");
    std::vector<Error> chain;
    for (qsizetype i = 0; i < length && ok(); ++i) {
        Error &e = chain.emplace_back();
        begin(3);
        QString code;
        (*this)(code);
        e.code = code.toLatin1();
        const qsizetype params = enter(true);
        for (qsizetype k = 0; k < params && ok(); ++k) {
            QString name;
            (*this)(name);
            if (!ok() || !spend())
                break;
            if (m_in.isBool()) {
                bool yes = false;
                (*this)(yes);
                e.params.insert(name, yes);
            } else if (m_in.isInteger()) {
                qint64 number = 0;
                (*this)(number);
                e.params.insert(name, number);
            } else if (m_in.isArray()) {
                QStringList list;
                (*this)(list);
                e.params.insert(name, list);
            } else {
                QString text;
                (*this)(text);
                e.params.insert(name, text);
            }
        }
        leave();
        (*this)(e.field);
        end();
    }
    leave();
    if (!ok())
        return;
    for (size_t i = chain.size() - 1; i > 0; --i)
        chain[i - 1].cause = std::make_shared<const Error>(chain[i]);
    error = chain.front();
}

void CborReader::operator()(QStringList &list)
{
    const qsizetype length = enter();
    list.clear();
    for (qsizetype i = 0; i < length && ok() && spend(); ++i) {
        QString text;
        (*this)(text);
        list << text;
    }
    leave();
}

void CborReader::operator()(QHash<QString, QString> &map)
{
    const qsizetype length = enter(true);
    map.clear();
    for (qsizetype i = 0; i < length && ok() && spend(); ++i) {
        QString key, value;
        (*this)(key);
        (*this)(value);
        map.insert(key, value);
    }
    leave();
}

qsizetype CborReader::enterRows()
{
    const qsizetype length = enter();
    if (ok() && length > limits::pageRows * 2)
        tooLarge(limits::pageRows);
    return ok() ? length : 0;
}

void CborReader::row(qsizetype fields, Row &row)
{
    const qsizetype width = enter();
    if (ok() && width != 3 + fields)
        return malformed("row of another width");
    (*this)(row.id);
    (*this)(row.rev);
    (*this)(row.keys);
    row.values.reserve(size_t(fields));
    for (qsizetype k = 0; k < fields && ok(); ++k)
        (*this)(row.values.emplace_back());
    leave();
}

void CborReader::rows(const QStringList &fields, std::vector<Row> &rows)
{
    const qsizetype length = enterRows();
    rows.clear();
    rows.reserve(size_t(length));
    for (qsizetype i = 0; i < length && ok(); ++i)
        row(fields.size(), rows.emplace_back());
    leave();
}

void CborReader::tables(qsizetype blockRows, const std::function<bool(TableRows &&)> &block)
{
    const qsizetype count = enter();
    for (qsizetype t = 0; t < count && ok(); ++t) {
        begin(3);
        TableRows table;
        (*this)(table.entity);
        (*this)(table.fields);
        const qsizetype length = enterRows();
        for (qsizetype from = 0; from < length && ok(); from += blockRows) {
            TableRows rows{table.entity, table.fields, {}};
            const qsizetype to = std::min(length, from + blockRows);
            rows.rows.reserve(size_t(to - from));
            for (qsizetype i = from; i < to && ok(); ++i)
                row(table.fields.size(), rows.rows.emplace_back());
            if (ok() && !block(std::move(rows)))
                return;
        }
        leave();
        end();
    }
    leave();
}

} // namespace tz::wire
