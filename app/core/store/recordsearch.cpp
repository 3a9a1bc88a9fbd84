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
        const QString plain = normalize::spaced(word);
        if (plain.isEmpty())
            continue;
        if (normalize::isIdeograph(word.toUcs4().value(0)))
            terms << QStringLiteral("han : \"") + plain + u'"';
        else if (plain.size() == 1)
            terms << u'"' + plain + u'"';
        else
            terms << u'"' + plain + QStringLiteral("\" *");
    }
    return terms.join(QStringLiteral(" AND "));
}
} // namespace

// Id and title of the rows whose numbers are given as a JSON list, in the order of the list: one statement, because
// fifty short ones take longer than the search itself.
Result<const RecordReader::Private::Compiled *> RecordReader::Private::hitsOf(const Entity &entity)
{
    // A title computed from what changes (the time, who asks) is compiled each time.
    if (const auto known = hits.find(&entity); known != hits.end() && known->second.values.size() == 1)
        return &known->second;
    SqlCompiler compiler(*reader.m_catalog, *numbers, kind, context, entity);
    const QString wanted = compiler.bind(Value());
    Compiled compiled;
    TZ_TRY(addOutputs(compiler, {QStringLiteral("id"), QStringLiteral("_title")}, compiled));
    compiled.utf8 =
        (QStringLiteral("SELECT ") + compiled.sql.join(QStringLiteral(", ")) + QStringLiteral(" FROM json_each(") +
         wanted + QStringLiteral(") AS hit CROSS JOIN ") + compiler.from() + QStringLiteral(" WHERE ") +
         compiler.alias() + QStringLiteral(".rowid = hit.value AND ") + livingSql(kind, compiler.alias()))
            .toUtf8();
    compiled.values = compiler.values();
    return &hits.insert_or_assign(&entity, std::move(compiled)).first->second;
}

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
        // A prefix is as dear to look for the second time; where no further kind is indexed, nothing is looked for.
        TZ_ASSIGN(Statement further, m_database.prepare("SELECT 1 FROM search_content WHERE id >= ?1 LIMIT 1"));
        further.bind(1, from);
        TZ_ASSIGN(const bool any, further.step());
        if (!any)
            break;
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
        TZ_ASSIGN(const Private::Compiled *const compiled, d->hitsOf(*of));
        QByteArray list;
        for (const qint64 rowId : rows)
            list += (list.isEmpty() ? '[' : ',') + QByteArray::number(rowId);
        list += ']';
        TZ_ASSIGN(Statement statement, m_database.prepare(compiled->utf8));
        statement.bindUtf8(1, list);
        for (size_t k = 1; k < compiled->values.size(); ++k)
            statement.bind(int(k) + 1, compiled->values[k]);
        for (;;) {
            TZ_ASSIGN(const bool row, statement.step());
            if (!row)
                break;
            TZ_ASSIGN(std::vector<Value> values, d->row(statement, compiled->outputs));
            hits.push_back({of, values[0].toId(), values[1].toText()});
        }
    }
    return hits;
}

} // namespace tz
