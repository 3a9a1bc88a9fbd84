// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/sync/cborwriter.h"

namespace tz::wire {

void CborWriter::append(QStringView text)
{
    const auto most = size_t(text.size()) * 3;
    if (m_utf8.size() < most)
        m_utf8.resize(most);
    const char *const end = m_encoder.appendToBuffer(m_utf8.data(), text);
    m_out.appendTextString(m_utf8.data(), end - m_utf8.data());
}

void CborWriter::operator()(const Value &value)
{
    struct Visitor {
        CborWriter &self;
        void operator()(std::monostate) const { self.m_out.append(nullptr); }
        void operator()(qint64 number) const { self.m_out.append(number); }
        void operator()(const QString &text) const { self.append(text); }
        void operator()(const Id &id) const { self(id); }
        void operator()(const QByteArray &bytes) const { self.m_out.append(bytes); }
        void operator()(const ValueList &list) const
        {
            self.m_out.startArray(quint64(list.size()));
            for (const Value &member : list)
                self(member);
            self.m_out.endArray();
        }
    };
    std::visit(Visitor{*this}, value.data());
}

void CborWriter::operator()(const Error &error)
{
    // The chain of causes lies flat, so that its length adds no depth.
    std::vector<const Error *> chain;
    for (const Error *e = &error; e && chain.size() < 8; e = e->cause.get())
        chain.push_back(e);
    m_out.startArray(chain.size());
    for (const Error *e : chain) {
        m_out.startArray(3);
        m_out.append(QLatin1String(e->code));
        m_out.startMap(quint64(e->params.size()));
        for (auto it = e->params.cbegin(); it != e->params.cend(); ++it) {
            append(it.key());
            switch (it->typeId()) {
            case QMetaType::Bool:
                m_out.append(it->toBool());
                break;
            case QMetaType::Int:
            case QMetaType::UInt:
            case QMetaType::LongLong:
            case QMetaType::ULongLong:
                m_out.append(it->toLongLong());
                break;
            case QMetaType::QStringList: {
                const QStringList list = it->toStringList();
                m_out.startArray(quint64(list.size()));
                for (const QString &text : list)
                    append(text);
                m_out.endArray();
                break;
            }
            default:
                append(it->toString());
            }
        }
        m_out.endMap();
        append(e->field);
        m_out.endArray();
    }
    m_out.endArray();
}

void CborWriter::operator()(const QHash<QString, QString> &map)
{
    // Sorted: the same content gives the same bytes.
    QStringList keys = map.keys();
    keys.sort();
    m_out.startMap(quint64(keys.size()));
    for (const QString &key : keys) {
        append(key);
        append(map.value(key));
    }
    m_out.endMap();
}

void CborWriter::rows(const QStringList &fields, const std::vector<Row> &rows)
{
    m_out.startArray(quint64(rows.size()));
    for (const Row &row : rows) {
        m_out.startArray(quint64(3 + fields.size()));
        (*this)(row.id);
        (*this)(row.rev);
        (*this)(row.keys);
        for (qsizetype i = 0; i < fields.size(); ++i) {
            if (size_t(i) < row.values.size())
                (*this)(row.values[size_t(i)]);
            else
                m_out.append(nullptr);
        }
        m_out.endArray();
    }
    m_out.endArray();
}

} // namespace tz::wire
