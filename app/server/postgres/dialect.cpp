// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "server/postgres/dialect.h"

#include <QCryptographicHash>

namespace tz::server {

QString PostgresDialect::typed(const QString &parameter, expression::Kind kind) const
{
    const auto as = [&](const char *type) {
        return QLatin1String("CAST(") + parameter + QLatin1String(" AS ") + QLatin1String(type) + u')';
    };
    switch (kind) {
    case expression::Kind::Bool:
        return as("boolean");
    case expression::Kind::Number:
    case expression::Kind::Date:
    case expression::Kind::DateTime:
        return as("bigint");
    case expression::Kind::Text:
        return as("text");
    case expression::Kind::Id:
        return as("bytea");
    case expression::Kind::Null:
    case expression::Kind::Set:
        break;
    }
    return parameter;
}

QString PostgresDialect::same(const QString &a, const QString &b) const
{
    return a + QStringLiteral(" IS NOT DISTINCT FROM ") + b;
}

QString PostgresDialect::ordered(const QString &sql, bool descending) const
{
    return sql + (descending ? QStringLiteral(" DESC NULLS LAST") : QStringLiteral(" NULLS FIRST"));
}

QString PostgresDialect::indexed(const QString &column) const
{
    return column + QStringLiteral(" NULLS FIRST");
}

QString PostgresDialect::sortKey(const QString &text) const
{
    // ICU's Chinese order, which is that of collation::sortKey() but for surnames with a reading of their own.
    return u'(' + text + QStringLiteral(" COLLATE \"zh-x-icu\")");
}

QString PostgresDialect::anyValue(const QString &sql) const
{
    return QStringLiteral("tz_any(") + sql + u')';
}

QString PostgresDialect::orderedJoin() const
{
    return QStringLiteral(" JOIN ");
}

QString PostgresDialect::boolType() const
{
    return QStringLiteral("BOOLEAN");
}

QString PostgresDialect::returningRowId() const
{
    // A row that was here before has been locked before it is updated, which its xmax shows.
    return QStringLiteral(" RETURNING CASE WHEN xmax = 0 THEN rowid ELSE 0 END");
}

QByteArray shortName(const QByteArray &name)
{
    constexpr qsizetype longest = 63;
    if (name.size() <= longest)
        return name;
    return name.left(46) + '_' + QCryptographicHash::hash(name, QCryptographicHash::Sha1).toHex().left(16);
}

namespace {

bool isWordStart(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// Reads one token after the other: words, quoted names, texts, parameters, anything else byte by byte.
class Tokens {
public:
    explicit Tokens(QByteArrayView sql)
        : m_sql(sql)
    {
    }
    bool next()
    {
        m_start = m_end;
        if (m_start >= m_sql.size())
            return false;
        const char c = m_sql[m_start];
        if (c == '\'' || c == '"') {
            m_end = afterQuote(m_start);
        } else if ((c == 'x' || c == 'X') && m_start + 1 < m_sql.size() && m_sql[m_start + 1] == '\'') {
            m_end = afterQuote(m_start + 1);
        } else if (isWordStart(c)) {
            do
                ++m_end;
            while (m_end < m_sql.size() && (isWordStart(m_sql[m_end]) || isDigit(m_sql[m_end])));
        } else if (c == '?') {
            do
                ++m_end;
            while (m_end < m_sql.size() && isDigit(m_sql[m_end]));
        } else if (isDigit(c)) {
            do
                ++m_end;
            while (m_end < m_sql.size() && isDigit(m_sql[m_end]));
        } else {
            ++m_end;
        }
        return true;
    }
    QByteArrayView text() const { return m_sql.sliced(m_start, m_end - m_start); }
    qsizetype start() const { return m_start; }
    bool isSpace() const { return text().size() == 1 && (text()[0] == ' ' || text()[0] == '\n'); }
    bool isWord() const { return isWordStart(text()[0]) && !text().endsWith('\''); }
    bool isName() const { return isWord() || text()[0] == '"'; }

private:
    qsizetype afterQuote(qsizetype at) const
    {
        const char quote = m_sql[at];
        for (++at; at < m_sql.size(); ++at) {
            if (m_sql[at] != quote)
                continue;
            if (at + 1 < m_sql.size() && m_sql[at + 1] == quote)
                ++at;
            else
                return at + 1;
        }
        return at;
    }
    QByteArrayView m_sql;
    qsizetype m_start = 0, m_end = 0;
};

constexpr const char textType[] = "TEXT COLLATE \"C\"";

/// CREATE TABLE and ALTER TABLE: the store's type words and what only SQLite says.
QByteArray definition(QByteArrayView sql)
{
    QByteArray out;
    int depth = 0;
    // Words of the column's definition so far; a column without a type holds texts and ids.
    int words = 0;
    bool isConstraint = false;
    const auto close = [&](QByteArrayView before) {
        if (depth == 1 && words == 1 && !isConstraint)
            out += QByteArray(" ") + textType;
        out += before;
    };
    Tokens tokens(sql);
    while (tokens.next()) {
        const QByteArrayView text = tokens.text();
        if (text == "(") {
            out += text;
            if (++depth == 1)
                words = 0;
            continue;
        }
        if (text == ")") {
            close(text);
            --depth;
            continue;
        }
        if (text == "," && depth == 1) {
            close(text);
            words = 0;
            isConstraint = false;
            continue;
        }
        if (!tokens.isName()) {
            out += text;
            continue;
        }
        if (depth == 1 && words == 0)
            isConstraint = text == "PRIMARY" || text == "UNIQUE" || text == "CHECK";
        if (depth == 1 && words == 1 && !isConstraint && text == "NOT")
            out += QByteArray(textType) + ' ';
        ++words;
        if (text == "BLOB")
            out += "BYTEA";
        else if (text == "TEXT")
            out += textType;
        else if (text == "INTEGER")
            out += "BIGINT";
        else if (text == "PRIMARY" && out.endsWith("BIGINT "))
            out += "GENERATED BY DEFAULT AS IDENTITY PRIMARY";
        else if (text == "AUTOINCREMENT" || text == "WITHOUT" || text == "ROWID")
            continue;
        else if (text[0] == '"')
            out += '"' + shortName(text.sliced(1, text.size() - 2).toByteArray()) + '"';
        else
            out += text;
    }
    return out;
}

QByteArrayView trimmedView(QByteArrayView sql)
{
    while (!sql.isEmpty() && (sql.front() == ' ' || sql.front() == '\n'))
        sql = sql.sliced(1);
    while (!sql.isEmpty() && (sql.back() == ' ' || sql.back() == '\n'))
        sql.chop(1);
    return sql;
}

} // namespace

QByteArray translated(QByteArrayView sql, std::vector<bool> *parameters)
{
    sql = trimmedView(sql);
    if (sql.startsWith("CREATE TABLE") || sql.startsWith("ALTER TABLE"))
        return definition(sql);
    QByteArray out;
    out.reserve(sql.size() + 16);
    Tokens tokens(sql);
    while (tokens.next()) {
        const QByteArrayView text = tokens.text();
        if (text[0] == '?' && text.size() > 1) {
            const qsizetype number = text.sliced(1).toByteArray().toLongLong();
            if (parameters) {
                if (qsizetype(parameters->size()) < number)
                    parameters->resize(size_t(number), false);
                (*parameters)[size_t(number) - 1] = true;
            }
            out += '$';
            out += text.sliced(1);
        } else if (text[0] == '"') {
            out += '"' + shortName(text.sliced(1, text.size() - 2).toByteArray()) + '"';
        } else if ((text[0] == 'x' || text[0] == 'X') && text.size() > 2 && text[1] == '\'') {
            out += "'\\x" + text.sliced(2, text.size() - 3).toByteArray() + "'::bytea";
        } else {
            out += text;
        }
    }
    return out;
}

QByteArray translatedScript(QByteArrayView sql)
{
    QByteArray out;
    const auto add = [&](QByteArrayView statement) {
        statement = trimmedView(statement);
        if (statement.isEmpty())
            return;
        out += translated(statement) + ";\n";
        if (!statement.startsWith("CREATE INDEX \""))
            return;
        const qsizetype end = statement.indexOf('"', 14);
        out += "COMMENT ON INDEX \"" + shortName(statement.sliced(14, end - 14).toByteArray()) + "\" IS '" +
               statement.toByteArray().replace('\'', "''") + "';\n";
    };
    qsizetype from = 0;
    Tokens tokens(sql);
    while (tokens.next()) {
        if (tokens.text() == ";") {
            add(sql.sliced(from, tokens.start() - from));
            from = tokens.start() + 1;
        }
    }
    add(sql.sliced(from));
    return out;
}

} // namespace tz::server
