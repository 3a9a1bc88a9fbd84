// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/sync/wire.h"

#include <QCborStreamWriter>
#include <QIODevice>
#include <QStringEncoder>

#include <algorithm>

namespace tz::wire {

/// Writes the wire's structures as CBOR. Shares with CborReader the function describe(archive, structure), so that
/// both directions come from one description.
class CborWriter {
public:
    explicit CborWriter(QByteArray *out)
        : m_bytes(*out)
        , m_out(&m_bytes)
    {
    }
    CborWriter(const CborWriter &) = delete;
    CborWriter &operator=(const CborWriter &) = delete;

    void begin(int elements) { m_out.startArray(quint64(elements)); }
    void end() { m_out.endArray(); }

    void operator()(const Id &id)
    {
        m_out.appendByteString(reinterpret_cast<const char *>(id.bytes.data()), qsizetype(id.bytes.size()));
    }
    void operator()(qint64 number) { m_out.append(number); }
    void operator()(int number) { m_out.append(qint64(number)); }
    void operator()(bool yes) { m_out.append(yes); }
    void operator()(const QString &text) { append(text); }
    void operator()(const QByteArray &bytes) { m_out.append(bytes); }
    void operator()(const Value &value);
    void operator()(const Error &error);
    void operator()(const QStringList &list)
    {
        m_out.startArray(quint64(list.size()));
        for (const QString &text : list)
            append(text);
        m_out.endArray();
    }
    void operator()(const QHash<QString, QString> &map);
    template <class T>
    requires std::is_enum_v<T>
    void operator()(const T &value) { m_out.append(qint64(value)); }
    template <class T>
    void operator()(const std::vector<T> &list)
    {
        m_out.startArray(quint64(list.size()));
        for (const T &item : list)
            (*this)(item);
        m_out.endArray();
    }
    template <class T>
    void operator()(const std::optional<T> &item)
    {
        if (item)
            (*this)(*item);
        else
            m_out.append(nullptr);
    }
    template <class T>
    requires(std::is_class_v<T>) void operator()(const T &structure)
    {
        // describe() takes its argument as mutable for the reader's sake; the writer only reads.
        describe(*this, const_cast<T &>(structure));
    }
    /// Rows of one table: id, rev, keys and values in one flat array each.
    void rows(const QStringList &fields, const std::vector<Row> &rows);
    template <class T>
    void limited(const std::vector<T> &list, qsizetype, const char * = nullptr)
    {
        (*this)(list);
    }

private:
    /// Appends and nothing else: the bookkeeping of QBuffer, and of QByteArray::append(), for each of a batch's
    /// thousands of small parts took longer than the encoding. The array has its length when this ends.
    class Bytes : public QIODevice {
    public:
        explicit Bytes(QByteArray &out)
            : m_all(out)
            , m_used(out.size())
        {
            open(QIODevice::WriteOnly | QIODevice::Unbuffered);
        }
        ~Bytes() override { m_all.resize(m_used); }

    protected:
        qint64 readData(char *, qint64) override { return -1; }
        qint64 writeData(const char *data, qint64 length) override
        {
            if (m_all.size() - m_used < length)
                m_all.resize(std::max<qsizetype>({m_used + qsizetype(length), 2 * m_used, 256}));
            // Of nothing there may be no address, which memcpy() must not be given.
            std::copy_n(data, length, m_all.data() + m_used);
            m_used += qsizetype(length);
            return length;
        }

    private:
        QByteArray &m_all;
        qsizetype m_used;
    };

    /// Text, without an array of its own for each.
    void append(QStringView text);

    Bytes m_bytes;
    QCborStreamWriter m_out;
    QStringEncoder m_encoder{QStringEncoder::Utf8};
    std::vector<char> m_utf8;
};

} // namespace tz::wire
