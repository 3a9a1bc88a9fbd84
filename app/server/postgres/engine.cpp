// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "server/postgres/engine.h"

#include "core/base/utf8.h"
#include "server/deadline.h"

#include <QtEndian>

namespace tz::server {

namespace {
// Object ids of PostgreSQL's own types, which never change.
enum Type : Oid {
    Bool = 16,
    Bytea = 17,
    CharType = 18,
    Name = 19,
    Int8 = 20,
    Int2 = 21,
    Int4 = 23,
    Text = 25,
    OidType = 26,
    Unknown = 705,
    BpChar = 1042,
    Varchar = 1043
};

constexpr qsizetype preparedMost = 1000;
/// Few enough for the answers to fit into the buffers on their way while more is sent.
constexpr size_t putOffMost = 200;

bool isText(Oid type)
{
    return type == Text || type == Varchar || type == BpChar || type == Name || type == Unknown || type == CharType;
}

template <class Number>
QByteArray bigEndian(Number number)
{
    const Number turned = qToBigEndian(number);
    return QByteArray(reinterpret_cast<const char *>(&turned), sizeof turned);
}

// A PostgreSQL text has no character 0, and a column for values of any type is a text. So U+0001 begins what a text
// cannot say: U+0001 itself (twice), the character 0 (followed by '0'), and an id ('i' and 32 digits).
constexpr char escape = '\x01';
constexpr qsizetype idLength = 34;

QByteArray escaped(QByteArrayView utf8)
{
    if (!utf8.contains(escape) && !utf8.contains('\0'))
        return utf8.toByteArray();
    QByteArray out;
    for (const char c : utf8) {
        if (c == escape)
            out += escape;
        out += c == '\0' ? QByteArray(1, escape) + '0' : QByteArray(1, c);
    }
    return out;
}

QByteArray unescaped(QByteArrayView utf8)
{
    if (!utf8.contains(escape))
        return utf8.toByteArray();
    QByteArray out;
    for (qsizetype i = 0; i < utf8.size(); ++i) {
        if (utf8[i] == escape && i + 1 < utf8.size()) {
            ++i;
            out += utf8[i] == '0' ? '\0' : utf8[i];
        } else {
            out += utf8[i];
        }
    }
    return out;
}

bool isId(QByteArrayView text)
{
    return text.size() == idLength && text[0] == escape && text[1] == 'i';
}
} // namespace

class PostgresStatement final : public StatementEngine {
public:
    PostgresStatement(PostgresEngine &engine, std::shared_ptr<PostgresPrepared> prepared)
        : m_engine(engine)
        , m_prepared(std::move(prepared))
        , m_values(m_prepared->used.size())
    {
    }

    void bindNull(int index) override { put(index, {Kind::Null, 0, {}}); }
    void bindInteger(int index, qint64 value) override { put(index, {Kind::Integer, value, {}}); }
    void bindText(int index, QByteArrayView utf8) override { put(index, {Kind::Text, 0, utf8.toByteArray()}); }
    void bindBytes(int index, QByteArrayView bytes) override { put(index, {Kind::Bytes, 0, bytes.toByteArray()}); }
    void bindId(int index, const Id &id) override { put(index, {Kind::Id, 0, id.toBytes()}); }

    Result<bool> step() override
    {
        if (m_engine.m_connection.role() == PostgresConnection::Role::Reader && Deadline::isOver())
            return fail("store.interrupted");
        if (!m_result) {
            TZ_TRY(execute());
            m_row = 0;
        } else {
            ++m_row;
        }
        return m_row < PQntuples(m_result.get());
    }

    Result<> run() override
    {
        const QByteArray &sql = m_prepared->sql;
        const bool writes = sql.startsWith("INSERT") || sql.startsWith("UPDATE") || sql.startsWith("DELETE");
        if (!m_engine.m_isOpen || m_engine.m_connection.role() == PostgresConnection::Role::Reader || !writes ||
            m_result || sql.contains("RETURNING"))
            return StatementEngine::run();
        TZ_TRY(m_engine.connected());
        TZ_ASSIGN(PostgresCommand command, bound());
        return m_engine.putOff(std::move(command));
    }

    void reset() override
    {
        m_result.reset();
        std::fill(m_values.begin(), m_values.end(), Bound());
        m_outOfRange = false;
    }

    int columns() const override { return m_result ? PQnfields(m_result.get()) : 0; }

    StatementEngine::Type type(int column) const override
    {
        if (isNothing(column))
            return StatementEngine::Type::Null;
        switch (const Oid type = PQftype(m_result.get(), column)) {
        case Bool:
        case Int2:
        case Int4:
        case Int8:
        case OidType:
            return StatementEngine::Type::Integer;
        case Bytea:
            return StatementEngine::Type::Bytes;
        default:
            // Floating point and the like occur nowhere in our tables; see Statement::value().
            if (!isText(type))
                return StatementEngine::Type::Null;
            return isId(raw(column)) ? StatementEngine::Type::Bytes : StatementEngine::Type::Text;
        }
    }

    qint64 integer(int column) const override
    {
        if (isNothing(column))
            return 0;
        const QByteArrayView bytes = raw(column);
        switch (PQftype(m_result.get(), column)) {
        case Bool:
            return bytes[0] != 0;
        case Int2:
            return qFromBigEndian<qint16>(bytes.data());
        case Int4:
            return qFromBigEndian<qint32>(bytes.data());
        case OidType:
            return qFromBigEndian<quint32>(bytes.data());
        case Int8:
            return qFromBigEndian<qint64>(bytes.data());
        default:
            return bytes.toByteArray().toLongLong();
        }
    }

    QByteArray bytes(int column) const override
    {
        if (isNothing(column))
            return {};
        const QByteArrayView bytes = raw(column);
        const Oid type = PQftype(m_result.get(), column);
        if (type == Bytea)
            return bytes.isEmpty() ? QByteArray("") : bytes.toByteArray();
        if (!isText(type))
            return QByteArray::number(integer(column));
        if (isId(bytes))
            return QByteArray::fromHex(bytes.sliced(2).toByteArray());
        return bytes.isEmpty() ? QByteArray("") : unescaped(bytes);
    }

private:
    enum class Kind { Null, Integer, Text, Bytes, Id };
    struct Bound {
        Kind kind = Kind::Null;
        qint64 number = 0;
        QByteArray bytes;
    };

    void put(int index, Bound value)
    {
        if (index < 1)
            m_outOfRange = true;
        else if (size_t(index) <= m_values.size())
            m_values[size_t(index) - 1] = std::move(value);
        // A number that the text does not use: SqlCompiler may bind what it then leaves out.
    }

    QByteArrayView raw(int column) const
    {
        return {PQgetvalue(m_result.get(), m_row, column), PQgetlength(m_result.get(), m_row, column)};
    }
    bool isNothing(int column) const
    {
        return !m_result || m_row >= PQntuples(m_result.get()) || PQgetisnull(m_result.get(), m_row, column);
    }

    Error mismatch(size_t index) const
    {
        return Error("store.sql", {{QStringLiteral("path"), m_engine.name()},
                                   {QStringLiteral("detail"), QStringLiteral("parameter %1 of \"%2\" has another type")
                                                                  .arg(index + 1)
                                                                  .arg(QString::fromUtf8(m_prepared->sql))}});
    }

    Result<QByteArray> encoded(size_t index) const
    {
        const Bound &value = m_values[index];
        const Oid type = m_prepared->types[index];
        if (value.kind == Kind::Integer) {
            switch (type) {
            case Bool:
                return QByteArray(1, value.number != 0 ? '\1' : '\0');
            case Int8:
                return bigEndian(value.number);
            case Int4:
                if (value.number == qint32(value.number))
                    return bigEndian(qint32(value.number));
                return fail(mismatch(index));
            case Int2:
                if (value.number == qint16(value.number))
                    return bigEndian(qint16(value.number));
                return fail(mismatch(index));
            default:
                if (isText(type))
                    return QByteArray::number(value.number);
                return fail(mismatch(index));
            }
        }
        if (type == Bytea)
            return value.bytes;
        if (!isText(type))
            return fail(mismatch(index));
        if (value.kind == Kind::Id)
            return QByteArray(1, escape) + 'i' + value.bytes.toHex();
        return escaped(value.bytes);
    }

    Result<PostgresCommand> bound()
    {
        if (m_outOfRange)
            return fail(mismatch(0));
        TZ_TRY(m_engine.ready(*m_prepared));
        const size_t count = m_prepared->types.size();
        PostgresCommand command{m_prepared->name, {}, std::vector<QByteArray>(count)};
        for (size_t i = 0; i < count; ++i) {
            if (i >= m_values.size() || m_values[i].kind == Kind::Null)
                continue;
            TZ_ASSIGN(command.values[i], encoded(i));
            // Null means NULL, also where a text is only empty.
            if (command.values[i].isNull())
                command.values[i] = QByteArray("");
        }
        return command;
    }

    Result<> attempt()
    {
        TZ_TRY(m_engine.connected());
        TZ_ASSIGN(PostgresCommand command, bound());
        TZ_ASSIGN(m_result, m_engine.execute(std::move(command)));
        return {};
    }

    Result<> execute()
    {
        const bool alone = !m_engine.inTransaction();
        auto done = attempt();
        // The connection had been lost while nobody used it. Only what reads is tried again, and not amid a
        // transaction.
        if (!done && alone && done.error().is("store.unreachable") && m_prepared->sql.startsWith("SELECT"))
            done = attempt();
        return done;
    }

    PostgresEngine &m_engine;
    std::shared_ptr<PostgresPrepared> m_prepared;
    std::vector<Bound> m_values;
    bool m_outOfRange = false;
    PostgresResult m_result;
    int m_row = 0;
};

PostgresEngine::PostgresEngine(PostgresAddress address, PostgresConnection::Role role)
    : m_connection(std::move(address), role)
{
}

PostgresEngine::~PostgresEngine() = default;

Result<std::unique_ptr<StatementEngine>> PostgresEngine::prepare(QByteArrayView sql)
{
    const QByteArray key = sql.toByteArray();
    std::shared_ptr<PostgresPrepared> &prepared = m_prepared[key];
    if (!prepared) {
        prepared = std::make_shared<PostgresPrepared>();
        prepared->sql = translated(sql, &prepared->used);
    }
    std::unique_ptr<StatementEngine> statement = std::make_unique<PostgresStatement>(*this, prepared);
    // Filters with many values make many texts.
    if (m_prepared.size() > preparedMost)
        clearStatements();
    return statement;
}

Result<> PostgresEngine::ready(PostgresPrepared &prepared)
{
    const int generation = m_connection.generation() + m_dropped;
    if (prepared.generation == generation)
        return {};
    prepared.name = "s" + QByteArray::number(++m_names);
    // A number that does not occur in the text would have no type.
    std::vector<Oid> types;
    for (const bool used : prepared.used)
        types.push_back(used ? 0 : Oid(Text));
    PGconn *const handle = m_connection.handle();
    TZ_TRY(m_connection.await(
        PQsendPrepare(handle, prepared.name.constData(), prepared.sql.constData(), int(types.size()), types.data())));
    TZ_ASSIGN(const PostgresResult described,
              m_connection.await(PQsendDescribePrepared(handle, prepared.name.constData())));
    prepared.types.clear();
    for (int i = 0; i < PQnparams(described.get()); ++i)
        prepared.types.push_back(PQparamtype(described.get(), i));
    prepared.generation = generation;
    return {};
}

Result<> PostgresEngine::execute(QByteArrayView sql)
{
    const QByteArray text = translatedScript(sql);
    if (!m_isOpen || !(text.startsWith("SAVEPOINT") || text.startsWith("RELEASE")))
        return executeRaw(text);
    TZ_TRY(connected());
    return putOff({{}, text, {}});
}

Result<> PostgresEngine::connected()
{
    if (m_isOpen && !m_connection.isConnected())
        return fail(m_connection.lost(QStringLiteral("the connection ended amid a transaction")));
    return m_connection.ensure();
}

Result<PostgresResult> PostgresEngine::execute(PostgresCommand command)
{
    m_putOff.push_back(std::move(command));
    const std::vector<PostgresCommand> commands = std::exchange(m_putOff, {});
    TZ_ASSIGN(PostgresResult result, m_connection.pipeline(commands));
    m_changedRows = QByteArray(PQcmdTuples(result.get())).toLongLong();
    return result;
}

Result<> PostgresEngine::putOff(PostgresCommand command)
{
    m_putOff.push_back(std::move(command));
    return m_putOff.size() < putOffMost ? Result<>() : catchUp();
}

Result<> PostgresEngine::catchUp()
{
    if (m_putOff.empty())
        return {};
    PostgresCommand last = std::move(m_putOff.back());
    m_putOff.pop_back();
    TZ_TRY(execute(std::move(last)));
    return {};
}

qint64 PostgresEngine::changedRows()
{
    // An error shows again in whatever follows in the transaction.
    return catchUp() ? m_changedRows : 0;
}

Result<> PostgresEngine::executeRaw(const QByteArray &sql)
{
    TZ_TRY(connected());
    // What a batch that is taken back left over may fail: it is taken back with the rest.
    if (auto before = catchUp(); !before && !sql.startsWith("ROLLBACK"))
        return before;
    TZ_TRY(m_connection.query(sql));
    return {};
}

Result<> PostgresEngine::beginWith(const QByteArray &sql)
{
    TZ_TRY(m_connection.ensure());
    auto begun = m_connection.query(sql);
    if (!begun && begun.error().is("store.unreachable")) {
        // The connection had been lost while nobody used it, and nothing has been done yet.
        TZ_TRY(m_connection.ensure());
        begun = m_connection.query(sql);
    }
    m_isOpen = true;
    if (begun)
        return {};
    rollback();
    return fail(begun.error());
}

Result<> PostgresEngine::begin()
{
    // READ COMMITTED, so that what follows the lock sees what the one before committed.
    const QByteArray begin = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE";
    if (m_connection.role() != PostgresConnection::Role::Writer)
        return beginWith(begin);
    if (m_hasCounter)
        return beginWith(begin + "; SELECT rev FROM counter FOR UPDATE");
    // Before there are tables: whoever makes them first does it alone.
    TZ_TRY(beginWith(begin + "; SELECT pg_advisory_xact_lock(hashtext('" + m_connection.address().channel() + "'))"));
    auto taken = [&]() -> Result<> {
        TZ_ASSIGN(m_hasCounter, hasTable(QStringLiteral("counter")));
        return m_hasCounter ? executeRaw("SELECT rev FROM counter FOR UPDATE") : Result<>();
    }();
    if (!taken)
        rollback();
    return taken;
}

Result<> PostgresEngine::beginSnapshot()
{
    return beginWith("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
}

Result<> PostgresEngine::commit()
{
    if (!m_connection.isConnected()) {
        rollback();
        return fail(m_connection.lost(QStringLiteral("the connection ended before the commit")));
    }
    // With what is still to be done before it.
    auto committed = execute(PostgresCommand{{}, "COMMIT", {}});
    if (!committed) {
        rollback();
        return fail(committed.error());
    }
    m_isOpen = false;
    const PostgresResult done = std::move(*committed);
    // What failed before makes it a rollback, without an error.
    if (qstrcmp(PQcmdStatus(done.get()), "COMMIT") != 0)
        return fail("store.sql",
                    {{QStringLiteral("path"), name()}, {QStringLiteral("detail"), QStringLiteral("rolled back")}});
    return {};
}

void PostgresEngine::rollback()
{
    m_isOpen = false;
    m_putOff.clear();
    if (m_connection.inTransaction())
        (void)m_connection.query("ROLLBACK");
}

void PostgresEngine::clearStatements()
{
    (void)catchUp();
    m_prepared.clear();
    ++m_dropped;
    if (m_connection.isConnected() && PQtransactionStatus(m_connection.handle()) != PQTRANS_INERROR)
        (void)m_connection.query("DEALLOCATE ALL");
}

Result<bool> PostgresEngine::hasTable(const QString &name)
{
    TZ_ASSIGN(const auto select, prepare("SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
                                         "WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p', 'v') "
                                         "AND c.relname = ?1"));
    select->bindText(1, shortName(name.toUtf8()));
    return select->step();
}

Result<QHash<QString, QString>> PostgresEngine::columnsOf(const QString &table)
{
    TZ_ASSIGN(const auto select,
              prepare("SELECT a.attname, format_type(a.atttypid, NULL) FROM pg_attribute a "
                      "JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace "
                      "WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p') AND c.relname = ?1 "
                      "AND a.attnum > 0 AND NOT a.attisdropped"));
    select->bindText(1, shortName(table.toUtf8()));
    QHash<QString, QString> columns;
    for (;;) {
        TZ_ASSIGN(const bool found, select->step());
        if (!found)
            return columns;
        const QByteArray type = select->bytes(1);
        columns.insert(QString::fromUtf8(select->bytes(0)), type == "bigint"  ? QStringLiteral("INTEGER")
                                                            : type == "bytea" ? QStringLiteral("BLOB")
                                                                              : QString::fromUtf8(type).toUpper());
    }
}

Result<QHash<QString, QString>> PostgresEngine::indexes()
{
    TZ_ASSIGN(const auto select, prepare("SELECT obj_description(c.oid, 'pg_class') FROM pg_class c "
                                         "JOIN pg_namespace n ON n.oid = c.relnamespace "
                                         "WHERE n.nspname = current_schema() AND c.relkind = 'i'"));
    QHash<QString, QString> indexes;
    for (;;) {
        TZ_ASSIGN(const bool found, select->step());
        if (!found)
            return indexes;
        const QString sql = textOfUtf8(select->bytes(0));
        // Only what was made from the catalog has its text as a comment.
        if (sql.startsWith(QLatin1String("CREATE INDEX \"")))
            indexes.insert(sql.section(u'"', 1, 1), sql);
    }
}

Result<> PostgresEngine::announce(const QByteArray &what)
{
    TZ_ASSIGN(const auto notify, prepare("SELECT pg_notify(?1, ?2)"));
    notify->bindText(1, m_connection.address().channel());
    notify->bindText(2, what);
    TZ_TRY(notify->step());
    return {};
}

} // namespace tz::server
