// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/sync/wire.h"

#include <QCborStreamWriter>
#include <QIODevice>

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

    void begin(int elements) { m_out.startArray(quint64(elements)); }
    void end() { m_out.endArray(); }

    void operator()(const Id &id)
    {
        m_out.appendByteString(reinterpret_cast<const char *>(id.bytes.data()), qsizetype(id.bytes.size()));
    }
    void operator()(qint64 number) { m_out.append(number); }
    void operator()(int number) { m_out.append(qint64(number)); }
    void operator()(bool yes) { m_out.append(yes); }
    void operator()(const QString &text) { m_out.append(QStringView(text)); }
    void operator()(const QByteArray &bytes) { m_out.append(bytes); }
    void operator()(const Value &value);
    void operator()(const Error &error);
    void operator()(const QStringList &list)
    {
        m_out.startArray(quint64(list.size()));
        for (const QString &text : list)
            m_out.append(QStringView(text));
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
    /// Appends and nothing else: QBuffer's bookkeeping for each of a batch's thousands of small parts took longer than
    /// the encoding.
    class Bytes : public QIODevice {
    public:
        explicit Bytes(QByteArray &out)
            : m_all(out)
        {
            open(QIODevice::WriteOnly | QIODevice::Unbuffered);
        }

    protected:
        qint64 readData(char *, qint64) override { return -1; }
        qint64 writeData(const char *data, qint64 length) override
        {
            m_all.append(data, qsizetype(length));
            return length;
        }

    private:
        QByteArray &m_all;
    };

    Bytes m_bytes;
    QCborStreamWriter m_out;
};

} // namespace tz::wire
