// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/locale/normalize.h"
#include "core/store/recordreader_p.h"

namespace tz {

namespace {
constexpr int rowBits = 40;
constexpr qint64 rowMask = (qint64(1) << rowBits) - 1;
// Of one kind of record, when there are others to show.
constexpr int fewestPerEntity = 5;

// The user's words as FTS5 query: always quoted, so that nothing a user types is an operator. A word in ideographs is a
// phrase of characters; another word is a prefix, a single letter only an initial (its prefix would be half the index).
QString matchText(const QString &text)
{
    QStringList terms;
    for (const QString &word : normalize::words(text)) {
        QString plain = word;
        plain.replace(u'"', QStringLiteral("\"\""));
        if (normalize::isIdeograph(word.toUcs4().value(0)))
            terms << QStringLiteral("han : \"") + normalize::spaced(plain) + u'"';
        else if (word.size() == 1)
            terms << u'"' + plain + u'"';
        else
            terms << u'"' + plain + QStringLiteral("\" *");
    }
    return terms.join(QStringLiteral(" AND "));
}
} // namespace

Result<std::vector<SearchHit>> RecordReader::search(const QString &text, int limit, const QString &entity) const
{
    TZ_TRY(d->ready());
    std::vector<SearchHit> hits;
    const QString match = matchText(text);
    if (match.isEmpty() || limit <= 0)
        return hits;
    const Entity *only = nullptr;
    if (!entity.isEmpty()) {
        TZ_ASSIGN(only, d->entity(entity));
    }
    qint64 from = 0;
    qint64 to = std::numeric_limits<qint64>::max();
    if (only) {
        const int number = d->numbers->entity(*only);
        if (number < 0)
            return hits;
        from = qint64(number) << rowBits;
        to = from | rowMask;
    }

    const ReadSnapshot snapshot(m_database);
    // Hits come in the order of row ids, one kind of record after the other. When the first kinds would fill the list,
    // the search goes on with the next kind, so that all have their share.
    std::map<qint64, std::vector<qint64>> found;
    qint64 share = limit;
    size_t total = 0;
    for (;;) {
        TZ_ASSIGN(Statement query, m_database.prepare("SELECT rowid FROM search "
                                                      "WHERE search MATCH ?1 AND rowid BETWEEN ?2 AND ?3 LIMIT ?4"));
        query.bind(1, match).bind(2, from).bind(3, to).bind(4, share);
        qint64 count = 0;
        qint64 last = 0;
        for (;;) {
            TZ_ASSIGN(const bool row, query.step());
            if (!row)
                break;
            last = query.integer(0);
            found[last >> rowBits].push_back(last & rowMask);
            ++count;
        }
        total += size_t(count);
        if (only || count < share)
            break;
        share = std::max(fewestPerEntity, limit / int(found.size() + 1));
        from = ((last >> rowBits) + 1) << rowBits;
    }

    // Who has the most gives way first.
    while (total > size_t(limit)) {
        auto largest = std::max_element(found.begin(), found.end(),
                                        [](const auto &a, const auto &b) { return a.second.size() < b.second.size(); });
        largest->second.pop_back();
        --total;
    }
    hits.reserve(total);
    for (const auto &[number, rows] : found) {
        const Entity *const of = d->numbers->entityAt(int(number));
        if (!of)
            continue;
        SqlCompiler compiler(*m_catalog, *d->numbers, d->kind, d->context, *of);
        const QString wanted = compiler.bind(Value());
        Private::Compiled compiled;
        TZ_TRY(d->addOutputs(compiler, {QStringLiteral("id"), QStringLiteral("_title")}, compiled));
        const QString sql = QStringLiteral("SELECT ") + compiled.sql.join(QStringLiteral(", ")) +
                            QStringLiteral(" FROM ") + compiler.from() + QStringLiteral(" WHERE ") + compiler.alias() +
                            QStringLiteral(".rowid = ") + wanted + QStringLiteral(" AND ") +
                            livingSql(d->kind, compiler.alias());
        TZ_ASSIGN(Statement statement, m_database.prepare(sql.toUtf8()));
        for (const qint64 rowId : rows) {
            statement.bind(1, rowId);
            for (size_t k = 1; k < compiler.values().size(); ++k)
                statement.bind(int(k) + 1, compiler.values()[k]);
            TZ_ASSIGN(const bool row, statement.step());
            if (row) {
                TZ_ASSIGN(const std::vector<Value> values, d->row(statement, compiled.outputs));
                hits.push_back({of, values[0].toId(), values[1].toText()});
            }
            statement.reset();
        }
    }
    return hits;
}

} // namespace tz
