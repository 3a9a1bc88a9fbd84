// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/sync/accountwire.h"
#include "core/sync/wire.h"

#include <QCborStreamReader>

#include <functional>

namespace tz::wire {

/// Reads the wire's structures from bytes that nobody vouches for. After the first fault every call does nothing;
/// `error()` says what and where. Only definite lengths; every length is checked against what is really there.
class CborReader {
public:
    /// `items` bounds the number of values and list members altogether, so that a body of single bytes cannot grow
    /// into gigabytes of objects.
    explicit CborReader(QByteArrayView cbor, qint64 items = 16'000'000);

    bool ok() const { return !m_failed; }
    const Error &error() const { return m_error; }
    /// To be called last: nothing may follow.
    void finish();

    void begin(int elements);
    /// Skips what a newer program added.
    void end();

    void operator()(Id &id);
    void operator()(qint64 &number);
    void operator()(int &number);
    void operator()(bool &yes);
    void operator()(QString &text);
    void operator()(QByteArray &bytes);
    void operator()(Value &value);
    void operator()(Error &error);
    void operator()(QStringList &list);
    void operator()(QHash<QString, QString> &map);
    template <class T>
    requires std::is_enum_v<T>
    void operator()(T &value)
    {
        qint64 number = 0;
        (*this)(number);
        if (ok() && !isKnown(number, T{}))
            malformed("unknown kind");
        value = T(number);
    }
    template <class T>
    void operator()(std::vector<T> &list)
    {
        limited(list, -1);
    }
    template <class T>
    void limited(std::vector<T> &list, qsizetype most, const char *code = "wire.too_large")
    {
        const qsizetype length = enter();
        if (ok() && most >= 0 && length > most)
            return tooLarge(most, code);
        list.clear();
        list.reserve(size_t(std::min<qsizetype>(length, 4096)));
        for (qsizetype i = 0; i < length && ok(); ++i)
            (*this)(list.emplace_back());
        leave();
    }
    template <class T>
    void operator()(std::optional<T> &item)
    {
        if (!ok())
            return;
        if (m_in.isNull()) {
            item.reset();
            next();
        } else {
            (*this)(item.emplace());
        }
    }
    template <class T>
    requires(std::is_class_v<T>) void operator()(T &structure)
    {
        if (ok())
            describe(*this, structure);
    }
    void rows(const QStringList &fields, std::vector<Row> &rows);
    /// The tables that a page ends with, in blocks of at most `blockRows`; ends early when `block` answers false.
    void tables(qsizetype blockRows, const std::function<bool(TableRows &&)> &block);

private:
    static bool isKnown(qint64 number, ChangeKind) { return number >= 0 && number <= qint64(ChangeKind::Member); }
    static bool isKnown(qint64 number, BatchStatus) { return number >= 0 && number <= qint64(BatchStatus::Partly); }
    static bool isKnown(qint64 number, TwoStepDeed) { return number >= 0 && number <= qint64(TwoStepDeed::End); }
    qsizetype enter(bool map = false);
    qsizetype enterRows();
    void row(qsizetype fields, Row &row);
    void leave();
    void next();
    bool spend();
    void malformed(const char *reason);
    void tooLarge(qint64 limit, const char *code = "wire.too_large");
    /// Length of the string that comes; -1: it is none that may be read.
    qsizetype lengthOf(qsizetype limit);
    bool read(char *into, qsizetype length);
    QByteArray bytesOf(qsizetype limit);

    qsizetype m_size;
    QCborStreamReader m_in;
    qint64 m_items;
    bool m_failed = false;
    Error m_error;
};

/// A page is all but its tables, then these: readers of long pages want to know what comes before they take the rows.
void readPageHead(CborReader &in, Page &page);
void readPageTables(CborReader &in, qsizetype blockRows, const std::function<bool(TableRows &&)> &block);

} // namespace tz::wire
