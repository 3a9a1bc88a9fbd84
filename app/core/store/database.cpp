// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/store/database.h"

#include "core/base/check.h"
#include "core/base/utf8.h"
#include "core/store/databaseengine.h"
#include "core/store/sqlextensions.h"

#include <QFile>
#include <QStringEncoder>

#include <cstring>
#include <sqlite3.h>
#include <unordered_map>

namespace tz {

// Memory for what is bound, so that a row is written without one allocation per text: chunks are filled in turn and
// never move, because SQLite keeps pointers into them until the statement is reset.
struct Statement::Arena {
    struct Chunk {
        std::unique_ptr<char[]> data;
        size_t size;
    };
    std::vector<Chunk> chunks;
    size_t current = 0;
    size_t used = 0;

    char *reserve(size_t bytes)
    {
        while (current < chunks.size()) {
            if (chunks[current].size - used >= bytes)
                return chunks[current].data.get() + used;
            ++current;
            used = 0;
        }
        const size_t size = std::max(bytes, size_t(2048));
        chunks.push_back({std::make_unique_for_overwrite<char[]>(size), size});
        return chunks.back().data.get();
    }
    void take(size_t bytes) { used += bytes; }
    void clear()
    {
        // One large text must not keep its memory for ever.
        if (chunks.size() > 1 && chunks.back().size > 64 * 1024)
            chunks.resize(1);
        current = 0;
        used = 0;
    }
};

namespace {
constexpr size_t longestInArena = 64 * 1024;
constexpr size_t cachedStatements = 256;
constexpr int busyTimeoutMs = 5000;
/// What this thread has borrowed.
thread_local const Database *borrowed = nullptr;
} // namespace

struct Database::Cache {
    struct Entry {
        sqlite3_stmt *statement;
        Statement::Arena *arena;
    };
    std::unordered_multimap<QByteArray, Entry> idle;
    QStringEncoder encoder{QStringEncoder::Utf8};
    std::optional<bool> durable;
};

Statement::Statement(Database &database, sqlite3_stmt *statement, Arena *arena, QByteArray sql)
    : m_database(&database)
    , m_statement(statement)
    , m_arena(arena)
    , m_sql(std::move(sql))
{
}

Statement::Statement(Database &database, std::unique_ptr<StatementEngine> engine)
    : m_database(&database)
    , m_statement(nullptr)
    , m_engine(std::move(engine))
    , m_arena(nullptr)
{
}

Statement::Statement(Statement &&other) noexcept
    : m_database(other.m_database)
    , m_statement(std::exchange(other.m_statement, nullptr))
    , m_engine(std::move(other.m_engine))
    , m_arena(std::exchange(other.m_arena, nullptr))
    , m_sql(std::move(other.m_sql))
    , m_bindError(other.m_bindError)
{
}

Statement::~Statement()
{
    if (!m_statement)
        return;
    reset();
    auto &idle = m_database->m_cache->idle;
    // Filters with many values make many texts: any one gives way, so that what is in use stays in use.
    if (idle.size() >= cachedStatements) {
        sqlite3_finalize(idle.begin()->second.statement);
        delete idle.begin()->second.arena;
        idle.erase(idle.begin());
    }
    idle.emplace(std::move(m_sql), Database::Cache::Entry{m_statement, m_arena});
}

Statement &Statement::bind(int index, std::nullptr_t)
{
    m_database->waitUntilBack();
    if (m_engine) [[unlikely]]
        return m_engine->bindNull(index), *this;
    if (const int code = sqlite3_bind_null(m_statement, index); code != SQLITE_OK)
        m_bindError = code;
    return *this;
}

Statement &Statement::bind(int index, qint64 value)
{
    m_database->waitUntilBack();
    if (m_engine) [[unlikely]]
        return m_engine->bindInteger(index, value), *this;
    if (const int code = sqlite3_bind_int64(m_statement, index, value); code != SQLITE_OK)
        m_bindError = code;
    return *this;
}

Statement &Statement::bind(int index, QStringView text)
{
    if (text.isNull())
        return bind(index, nullptr);
    m_database->waitUntilBack();
    if (m_engine) [[unlikely]]
        return m_engine->bindText(index, text.toUtf8()), *this;
    const size_t most = size_t(text.size()) * 3;
    int code;
    if (most <= longestInArena) {
        char *const start = m_arena->reserve(most);
        char *const end = m_database->m_cache->encoder.appendToBuffer(start, text);
        const auto bytes = size_t(end - start);
        m_arena->take(bytes);
        code = sqlite3_bind_text(m_statement, index, start, int(bytes), SQLITE_STATIC);
    } else {
        const QByteArray utf8 = text.toUtf8();
        code = sqlite3_bind_text64(m_statement, index, utf8.constData(), sqlite3_uint64(utf8.size()), SQLITE_TRANSIENT,
                                   SQLITE_UTF8);
    }
    if (code != SQLITE_OK)
        m_bindError = code;
    return *this;
}

Statement &Statement::bindUtf8(int index, QByteArrayView utf8)
{
    m_database->waitUntilBack();
    if (m_engine) [[unlikely]]
        return m_engine->bindText(index, utf8), *this;
    const int code =
        sqlite3_bind_text64(m_statement, index, utf8.data(), sqlite3_uint64(utf8.size()), SQLITE_STATIC, SQLITE_UTF8);
    if (code != SQLITE_OK)
        m_bindError = code;
    return *this;
}

Statement &Statement::bind(int index, const QByteArray &bytes)
{
    if (bytes.isNull())
        return bind(index, nullptr);
    m_database->waitUntilBack();
    if (m_engine) [[unlikely]]
        return m_engine->bindBytes(index, bytes), *this;
    const auto size = size_t(bytes.size());
    int code;
    if (size <= longestInArena) {
        char *const start = m_arena->reserve(std::max(size, size_t(1)));
        std::memcpy(start, bytes.constData(), size);
        m_arena->take(size);
        code = sqlite3_bind_blob(m_statement, index, start, int(size), SQLITE_STATIC);
    } else {
        code = sqlite3_bind_blob64(m_statement, index, bytes.constData(), size, SQLITE_TRANSIENT);
    }
    if (code != SQLITE_OK)
        m_bindError = code;
    return *this;
}

Statement &Statement::bind(int index, const Id &id)
{
    if (id.isNull())
        return bind(index, nullptr);
    m_database->waitUntilBack();
    if (m_engine) [[unlikely]]
        return m_engine->bindId(index, id), *this;
    char *const start = m_arena->reserve(id.bytes.size());
    std::memcpy(start, id.bytes.data(), id.bytes.size());
    m_arena->take(id.bytes.size());
    if (const int code = sqlite3_bind_blob(m_statement, index, start, int(id.bytes.size()), SQLITE_STATIC);
        code != SQLITE_OK)
        m_bindError = code;
    return *this;
}

Statement &Statement::bind(int index, const Value &value)
{
    const Value::Variant &data = value.data();
    if (const auto *number = std::get_if<qint64>(&data))
        return bind(index, *number);
    if (const auto *text = std::get_if<QString>(&data))
        return text->isEmpty() ? bind(index, nullptr) : bind(index, QStringView(*text));
    if (const auto *id = std::get_if<Id>(&data))
        return bind(index, *id);
    if (const auto *bytes = std::get_if<QByteArray>(&data))
        return bind(index, *bytes);
    return bind(index, nullptr);
}

Result<bool> Statement::step()
{
    m_database->waitUntilBack();
    if (m_engine) [[unlikely]]
        return m_engine->step();
    if (m_bindError != SQLITE_OK)
        return fail(m_database->lastError(m_bindError));
    const int code = sqlite3_step(m_statement);
    if (code == SQLITE_ROW)
        return true;
    if (code == SQLITE_DONE)
        return false;
    return fail(m_database->lastError(code));
}

Result<> Statement::run()
{
    m_database->waitUntilBack();
    if (m_engine) [[unlikely]] {
        Result<> done = m_engine->run();
        m_engine->reset();
        return done;
    }
    int code = m_bindError;
    if (code == SQLITE_OK) {
        do {
            code = sqlite3_step(m_statement);
        } while (code == SQLITE_ROW);
    }
    if (code != SQLITE_DONE) {
        // The error has to be read before the reset replaces it.
        Error error = m_database->lastError(code);
        reset();
        return fail(std::move(error));
    }
    reset();
    return {};
}

Result<qint64> Statement::insert()
{
    if (m_engine) [[unlikely]] {
        Result<bool> row = m_engine->step();
        const qint64 rowId = row.value_or(false) ? m_engine->integer(0) : 0;
        m_engine->reset();
        return row ? Result<qint64>(rowId) : fail(std::move(row.error()));
    }
    // An insert sets the last row id, an update of the conflicting row does not: so one statement tells both.
    sqlite3_set_last_insert_rowid(m_database->handle(), 0);
    TZ_TRY(run());
    return m_database->lastInsertedRow();
}

void Statement::reset()
{
    m_database->waitUntilBack();
    if (m_engine) [[unlikely]]
        return m_engine->reset();
    sqlite3_reset(m_statement);
    sqlite3_clear_bindings(m_statement);
    m_arena->clear();
    m_bindError = SQLITE_OK;
}

int Statement::columns() const
{
    if (m_engine) [[unlikely]]
        return m_engine->columns();
    return sqlite3_column_count(m_statement);
}

bool Statement::isNull(int column) const
{
    if (m_engine) [[unlikely]]
        return m_engine->type(column) == StatementEngine::Type::Null;
    return sqlite3_column_type(m_statement, column) == SQLITE_NULL;
}

qint64 Statement::integer(int column) const
{
    if (m_engine) [[unlikely]]
        return m_engine->integer(column);
    return sqlite3_column_int64(m_statement, column);
}

QString Statement::text(int column) const
{
    if (m_engine) [[unlikely]]
        return textOfUtf8(m_engine->bytes(column));
    const auto *utf8 = sqlite3_column_text(m_statement, column);
    if (!utf8)
        return {};
    return textOfUtf8({reinterpret_cast<const char *>(utf8), sqlite3_column_bytes(m_statement, column)});
}

QByteArray Statement::bytes(int column) const
{
    if (m_engine) [[unlikely]]
        return m_engine->bytes(column);
    const auto *data = static_cast<const char *>(sqlite3_column_blob(m_statement, column));
    const int size = sqlite3_column_bytes(m_statement, column);
    if (!data)
        return isNull(column) ? QByteArray() : QByteArray("");
    return QByteArray(data, size);
}

Id Statement::id(int column) const
{
    if (m_engine) [[unlikely]]
        return Id::fromBytes(m_engine->bytes(column)).value_or(Id());
    Id id;
    if (sqlite3_column_bytes(m_statement, column) == int(id.bytes.size()))
        std::memcpy(id.bytes.data(), sqlite3_column_blob(m_statement, column), id.bytes.size());
    return id;
}

Result<std::vector<Id>> Statement::ids()
{
    std::vector<Id> ids;
    for (;;) {
        TZ_ASSIGN(const bool row, step());
        if (!row)
            return ids;
        ids.push_back(id(0));
    }
}

Value Statement::value(int column) const
{
    if (m_engine) [[unlikely]] {
        switch (m_engine->type(column)) {
        case StatementEngine::Type::Null:
            return {};
        case StatementEngine::Type::Integer:
            return Value(m_engine->integer(column));
        case StatementEngine::Type::Text:
            return Value(text(column));
        case StatementEngine::Type::Bytes:
            break;
        }
        const QByteArray bytes = m_engine->bytes(column);
        const auto id = Id::fromBytes(bytes);
        return id ? Value(*id) : Value(bytes);
    }
    switch (sqlite3_column_type(m_statement, column)) {
    case SQLITE_INTEGER:
        return Value(sqlite3_column_int64(m_statement, column));
    case SQLITE_TEXT:
        return Value(text(column));
    case SQLITE_BLOB:
        if (sqlite3_column_bytes(m_statement, column) == 16)
            return Value(id(column));
        return Value(bytes(column));
    default:
        // Floating point occurs nowhere in our tables; a function that made one would be a fault shown as nothing.
        return {};
    }
}

Result<std::unique_ptr<Database>> Database::open(const QString &path, const Options &options)
{
    // Nobody asks how much memory SQLite has; counting it takes a lock of the whole process at each allocation. Has no
    // effect once SQLite is in use.
    static const int configured = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    Q_UNUSED(configured)
    std::unique_ptr<Database> database(new Database);
    database->m_path = path;
    database->m_cache = std::make_unique<Cache>();
    const bool readOnly = options.mode == Mode::ReadOnly;
    const int flags =
        (readOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE) | SQLITE_OPEN_NOMUTEX;
    const int opened = sqlite3_open_v2(QFile::encodeName(path).constData(), &database->m_handle, flags,
                                       options.vfs.isEmpty() ? nullptr : options.vfs.constData());
    if (opened != SQLITE_OK)
        return fail(database->lastError(opened));
    sqlite3_extended_result_codes(database->m_handle, 1);
    sqlite3_busy_timeout(database->m_handle, busyTimeoutMs);
    if (!readOnly && sqlite3_db_readonly(database->m_handle, "main") == 1)
        return fail("store.read_only", {{QStringLiteral("path"), path}});

    const QByteArray cache = QByteArray::number(options.cacheKiB);
    TZ_TRY(database->execute("PRAGMA cache_size=-" + cache));
    // Touches the file for the first time: a file that is no database or is damaged shows here.
    TZ_TRY(database->execute("SELECT count(*) FROM sqlite_schema"));
    if (readOnly) {
        TZ_TRY(database->execute("PRAGMA wal_autocheckpoint=0; PRAGMA query_only=ON"));
    } else {
        // Of a new file: our rows are some hundred bytes, and larger pages are copied to journal and file less often.
        TZ_TRY(database->execute("PRAGMA page_size=8192"));
        TZ_TRY(database->execute("PRAGMA journal_mode=WAL; PRAGMA secure_delete=ON; PRAGMA foreign_keys=OFF"));
        // A first sync makes a large journal once; it need not stay on the disk.
        TZ_TRY(database->execute("PRAGMA journal_size_limit=67108864; PRAGMA wal_autocheckpoint=4000"));
        TZ_TRY(database->setDurable(true));
    }
    TZ_TRY(database->execute("PRAGMA temp_store=MEMORY; PRAGMA recursive_triggers=OFF; PRAGMA trusted_schema=OFF"));
    TZ_TRY(registerSqlExtensions(*database));
    return database;
}

std::unique_ptr<Database> Database::over(std::unique_ptr<DatabaseEngine> engine)
{
    std::unique_ptr<Database> database(new Database);
    database->m_path = engine->name();
    database->m_engine = std::move(engine);
    return database;
}

Database::~Database()
{
    clearStatements();
    // All borrowed statements must have ended; v2 would otherwise keep a zombie connection.
    if (m_handle)
        sqlite3_close_v2(m_handle);
}

Result<Statement> Database::prepare(QByteArrayView sql)
{
    waitUntilBack();
    if (m_engine) [[unlikely]] {
        TZ_ASSIGN(std::unique_ptr<StatementEngine> statement, m_engine->prepare(sql));
        return Statement(*this, std::move(statement));
    }
    const QByteArray key = QByteArray::fromRawData(sql.data(), sql.size());
    if (const auto found = m_cache->idle.find(key); found != m_cache->idle.end()) {
        auto node = m_cache->idle.extract(found);
        return Statement(*this, node.mapped().statement, node.mapped().arena, std::move(node.key()));
    }
    sqlite3_stmt *statement = nullptr;
    const int code =
        sqlite3_prepare_v3(m_handle, sql.data(), int(sql.size()), SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    if (code != SQLITE_OK)
        return fail(lastError(code));
    TZ_CHECK(statement);
    return Statement(*this, statement, new Statement::Arena, sql.toByteArray());
}

Result<> Database::execute(QByteArrayView sql)
{
    waitUntilBack();
    if (m_engine)
        return m_engine->execute(sql);
    const QByteArray text = sql.toByteArray();
    if (const int code = sqlite3_exec(m_handle, text.constData(), nullptr, nullptr, nullptr); code != SQLITE_OK)
        return fail(lastError(code));
    return {};
}

qint64 Database::lastInsertedRow() const
{
    waitUntilBack();
    return sqlite3_last_insert_rowid(m_handle);
}

qint64 Database::changedRows() const
{
    waitUntilBack();
    return m_engine ? m_engine->changedRows() : sqlite3_changes64(m_handle);
}

bool Database::inTransaction() const
{
    waitUntilBack();
    return m_engine ? m_engine->inTransaction() : !sqlite3_get_autocommit(m_handle);
}

Result<> Database::beginSnapshot()
{
    return m_engine ? m_engine->beginSnapshot() : execute("BEGIN");
}

void Database::endSnapshot()
{
    waitUntilBack();
    if (m_engine)
        return m_engine->rollback();
    if (sqlite3_exec(m_handle, "COMMIT", nullptr, nullptr, nullptr) != SQLITE_OK)
        sqlite3_exec(m_handle, "ROLLBACK", nullptr, nullptr, nullptr);
}

Result<bool> Database::hasTable(const QString &name)
{
    if (m_engine)
        return m_engine->hasTable(name);
    TZ_ASSIGN(Statement select, prepare("SELECT 1 FROM sqlite_schema WHERE type IN ('table', 'view') AND name = ?1"));
    return select.bind(1, name).step();
}

Result<QHash<QString, QString>> Database::columnsOf(const QString &table)
{
    if (m_engine)
        return m_engine->columnsOf(table);
    QHash<QString, QString> columns;
    TZ_ASSIGN(Statement rows, prepare("SELECT name, type FROM pragma_table_info(?1)"));
    rows.bind(1, table);
    for (;;) {
        TZ_ASSIGN(const bool found, rows.step());
        if (!found)
            return columns;
        columns.insert(rows.text(0), rows.text(1));
    }
}

Result<QHash<QString, QString>> Database::indexes()
{
    if (m_engine)
        return m_engine->indexes();
    QHash<QString, QString> indexes;
    TZ_ASSIGN(Statement rows, prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL"));
    for (;;) {
        TZ_ASSIGN(const bool found, rows.step());
        if (!found)
            return indexes;
        indexes.insert(rows.text(0), rows.text(1));
    }
}

const SqlDialect &Database::dialect() const
{
    return m_engine ? m_engine->dialect() : SqlDialect::sqlite();
}

void Database::interrupt()
{
    if (m_engine)
        return m_engine->interrupt();
    sqlite3_interrupt(m_handle);
}

Error Database::lastError(int resultCode) const
{
    const QVariantMap params{{QStringLiteral("path"), m_path},
                             {QStringLiteral("detail"), m_handle ? QString::fromUtf8(sqlite3_errmsg(m_handle))
                                                                 : QString::fromLatin1(sqlite3_errstr(resultCode))}};
    switch (resultCode & 0xff) {
    case SQLITE_FULL:
        return Error("store.disk_full", params);
    case SQLITE_NOTADB:
        return Error("store.not_a_database", params);
    case SQLITE_CORRUPT:
        return Error("store.damaged", params);
    case SQLITE_READONLY:
        return Error("store.read_only", params);
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return Error("store.cannot_open", params);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return Error("store.busy", params);
    case SQLITE_INTERRUPT:
    case SQLITE_ABORT:
        return Error("store.interrupted", params);
    case SQLITE_IOERR:
        return Error("store.io", params);
    case SQLITE_NOMEM:
        return Error("store.no_memory", params);
    case SQLITE_TOOBIG:
        return Error("store.too_large", params);
    default:
        return Error("store.sql", params);
    }
}

Result<> Database::setDurable(bool full)
{
    waitUntilBack();
    // Another database decides that by itself.
    if (m_engine || m_cache->durable == full)
        return {};
    TZ_TRY(execute(full ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=NORMAL"));
    m_cache->durable = full;
    return {};
}

void Database::clearStatements()
{
    waitUntilBack();
    if (m_engine)
        m_engine->clearStatements();
    if (!m_cache)
        return;
    for (auto &[sql, entry] : m_cache->idle) {
        sqlite3_finalize(entry.statement);
        delete entry.arena;
    }
    m_cache->idle.clear();
}

void Database::lend()
{
    waitUntilBack();
    m_isLent.store(true, std::memory_order_release);
}

void Database::handBack()
{
    m_isLent.store(false, std::memory_order_release);
    m_isLent.notify_all();
}

void Database::waitUnlessBorrowed() const
{
    if (borrowed != this)
        m_isLent.wait(true, std::memory_order_acquire);
}

Database::Loan::Loan(Database &database)
    : m_database(database)
{
    TZ_CHECK(database.m_isLent.load(std::memory_order_acquire) && !borrowed);
    borrowed = &database;
}

Database::Loan::~Loan()
{
    borrowed = nullptr;
    m_database.handBack();
}

Result<Transaction> Transaction::begin(Database &database)
{
    if (database.inTransaction())
        return Transaction(nullptr);
    if (DatabaseEngine *const engine = database.engine()) {
        TZ_TRY(engine->begin());
        return Transaction(&database);
    }
    TZ_ASSIGN(Statement begin, database.prepare("BEGIN IMMEDIATE"));
    TZ_TRY(begin.run());
    return Transaction(&database);
}

Transaction::Transaction(Transaction &&other) noexcept
    : m_database(std::exchange(other.m_database, nullptr))
{
}

Transaction::~Transaction()
{
    rollback();
}

Result<> Transaction::commit()
{
    if (!m_database)
        return {};
    if (DatabaseEngine *const engine = m_database->engine()) {
        TZ_TRY(engine->commit());
        m_database = nullptr;
        return {};
    }
    TZ_ASSIGN(Statement commit, m_database->prepare("COMMIT"));
    // A commit that failed leaves the transaction open: the destructor takes it back.
    TZ_TRY(commit.run());
    m_database = nullptr;
    return {};
}

void Transaction::rollback()
{
    Database *const database = std::exchange(m_database, nullptr);
    // SQLite may have rolled back by itself (disk full, I/O error).
    if (!database || !database->inTransaction())
        return;
    if (DatabaseEngine *const engine = database->engine())
        return engine->rollback();
    sqlite3_exec(database->handle(), "ROLLBACK", nullptr, nullptr, nullptr);
}

} // namespace tz
