// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "server/postgres/connection.h"

#include "server/deadline.h"

#include <algorithm>
#include <chrono>
#include <cstring>

#ifdef Q_OS_WIN
#include <winsock2.h>
#else
#include <poll.h>
#endif

namespace tz::server {

namespace {
constexpr int oldestVersion = 130000;
/// How long nobody tries again after an attempt that failed.
constexpr qint64 pauseMs = 500;
/// A cancelled statement ends within this, or the connection is given up.
constexpr qint64 cancelledMs = 5000;

qint64 nowMs()
{
    using namespace std::chrono;
    return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

/// Negative: as long as it takes. False: the time is up.
bool waitReadable(PGconn *handle, qint64 forMs)
{
    const int timeout = forMs < 0 ? -1 : int(std::min<qint64>(forMs, 60'000));
#ifdef Q_OS_WIN
    WSAPOLLFD wait{SOCKET(PQsocket(handle)), POLLIN, 0};
    return WSAPoll(&wait, 1, timeout) != 0;
#else
    pollfd wait{PQsocket(handle), POLLIN, 0};
    return ::poll(&wait, 1, timeout) != 0;
#endif
}

QString trimmedMessage(const char *message)
{
    return QString::fromUtf8(message).trimmed().replace(u'\n', u' ');
}
} // namespace

PostgresConnection::PostgresConnection(PostgresAddress address, Role role)
    : m_address(std::move(address))
    , m_role(role)
{
}

PostgresConnection::~PostgresConnection()
{
    close();
}

void PostgresConnection::close()
{
    {
        std::lock_guard lock(m_cancelMutex);
        PQfreeCancel(std::exchange(m_cancel, nullptr));
    }
    PQfinish(std::exchange(m_handle, nullptr));
}

Error PostgresConnection::lost(const QString &detail) const
{
    return Error("store.unreachable", {{QStringLiteral("path"), m_address.shown},
                                       {QStringLiteral("detail"), detail},
                                       {QStringLiteral("seconds"), 2}});
}

Result<> PostgresConnection::ensure()
{
    if (isConnected())
        return {};
    if (m_failedAtMs && nowMs() - *m_failedAtMs < pauseMs)
        return fail(lost(m_failure));
    m_failedAtMs.reset();
    auto done = connect();
    if (!done) {
        close();
        m_failedAtMs = nowMs();
        m_failure = done.error().params.value(QStringLiteral("detail")).toString();
    }
    return done;
}

Result<> PostgresConnection::connect()
{
    close();
    // What the address says comes behind and wins. A server that vanished is noticed within half a minute.
    const char *const names[] = {"fallback_application_name", "connect_timeout",
                                 "keepalives_idle",           "keepalives_interval",
                                 "keepalives_count",          "tcp_user_timeout",
                                 "target_session_attrs",      "dbname",
                                 "client_encoding",           nullptr};
    const char *const values[] = {"tongzhou-server",         "5",    "15",   "5", "3", "25000", "read-write",
                                  m_address.url.constData(), "UTF8", nullptr};
    m_handle = PQconnectdbParams(names, values, 1);
    if (!isConnected())
        return fail(lost(trimmedMessage(PQerrorMessage(m_handle))));
    // Notices (a table that is there already) are nobody's business.
    PQsetNoticeProcessor(
        m_handle, [](void *, const char *) {}, nullptr);
    {
        std::lock_guard lock(m_cancelMutex);
        m_cancel = PQgetCancel(m_handle);
    }
    const auto unfit = [](const char *reason) {
        return fail("server.database_unfit", {{QStringLiteral("reason"), QString::fromLatin1(reason)}});
    };
    if (PQserverVersion(m_handle) < oldestVersion)
        return unfit("it is older than PostgreSQL 13");
    const char *const encoding = PQparameterStatus(m_handle, "server_encoding");
    if (!encoding || std::strcmp(encoding, "UTF8") != 0)
        return unfit("its encoding is not UTF8");
    QByteArray set = "SET search_path TO \"" + m_address.schema +
                     "\"; SET TIME ZONE 'UTC'; SET standard_conforming_strings = on; SET jit = off";
    if (m_role == Role::Reader)
        set += "; SET default_transaction_read_only = on";
    // Who stops amid a turn must not stop everybody.
    if (m_role == Role::Writer)
        set += "; SET idle_in_transaction_session_timeout = '60s'";
    TZ_TRY(query(set));
    ++m_generation;
    return {};
}

bool PostgresConnection::inTransaction() const
{
    const auto status = m_handle ? PQtransactionStatus(m_handle) : PQTRANS_UNKNOWN;
    return status == PQTRANS_INTRANS || status == PQTRANS_INERROR || status == PQTRANS_ACTIVE;
}

Result<PostgresResult> PostgresConnection::query(const QByteArray &sql)
{
    if (!m_handle)
        return fail(lost(QStringLiteral("not connected")));
    return await(PQsendQuery(m_handle, sql.constData()));
}

Result<PostgresResult> PostgresConnection::await(int sent)
{
    if (!sent) {
        const Error error = lost(trimmedMessage(PQerrorMessage(m_handle)));
        if (!isConnected())
            return fail(error);
        return fail("store.sql", error.params);
    }
    PostgresResult last;
    std::optional<Error> fault;
    bool cancelled = false;
    for (;;) {
        while (PQisBusy(m_handle)) {
            qint64 waitMs = -1;
            if (m_role == Role::Reader) {
                if (const auto deadline = Deadline::current()) {
                    const auto left =
                        std::chrono::ceil<std::chrono::milliseconds>(*deadline - std::chrono::steady_clock::now());
                    waitMs = std::max<qint64>(0, qint64(left.count()));
                }
            }
            if (cancelled)
                waitMs = cancelledMs;
            if (!waitReadable(m_handle, waitMs)) {
                if (waitMs > 60'000)
                    continue;
                if (cancelled) {
                    close();
                    return fail(lost(QStringLiteral("no answer")));
                }
                cancelled = true;
                interrupt();
                continue;
            }
            if (!PQconsumeInput(m_handle))
                break;
        }
        PostgresResult result(PQgetResult(m_handle));
        if (!result)
            break;
        const ExecStatusType status = PQresultStatus(result.get());
        if (status == PGRES_FATAL_ERROR || status == PGRES_BAD_RESPONSE) {
            if (!fault)
                fault = errorOf(result.get());
            if (!isConnected())
                break;
        } else if (status == PGRES_COPY_IN || status == PGRES_COPY_OUT) {
            return result;
        } else {
            last = std::move(result);
        }
    }
    if (fault)
        return fail(std::move(*fault));
    if (!last)
        return fail(lost(trimmedMessage(PQerrorMessage(m_handle))));
    return last;
}

Result<PostgresResult> PostgresConnection::pipeline(std::span<const PostgresCommand> commands)
{
    if (!m_handle)
        return fail(lost(QStringLiteral("not connected")));
    const auto send = [this](const PostgresCommand &command) {
        const size_t count = command.values.size();
        std::vector<const char *> pointers(count, nullptr);
        std::vector<int> lengths(count, 0);
        const std::vector<int> formats(count, 1);
        for (size_t i = 0; i < count; ++i) {
            if (command.values[i].isNull())
                continue;
            pointers[i] = command.values[i].constData();
            lengths[i] = int(command.values[i].size());
        }
        return command.name.isEmpty()
                   ? PQsendQueryParams(m_handle, command.sql.constData(), 0, nullptr, nullptr, nullptr, nullptr, 1)
                   : PQsendQueryPrepared(m_handle, command.name.constData(), int(count), pointers.data(),
                                         lengths.data(), formats.data(), 1);
    };
    if (commands.size() == 1)
        return await(send(commands.front()));
    bool sent = PQenterPipelineMode(m_handle) == 1;
    for (const PostgresCommand &command : commands)
        sent = sent && send(command) == 1;
    sent = sent && PQpipelineSync(m_handle) == 1;
    if (!sent) {
        const Error error = lost(trimmedMessage(PQerrorMessage(m_handle)));
        close();
        return fail(error);
    }
    PostgresResult last;
    std::optional<Error> fault;
    for (size_t at = 0; at < commands.size() && isConnected();) {
        PostgresResult result(PQgetResult(m_handle));
        if (!result) {
            ++at;
            continue;
        }
        const ExecStatusType status = PQresultStatus(result.get());
        if (status == PGRES_FATAL_ERROR || status == PGRES_BAD_RESPONSE) {
            if (!fault)
                fault = errorOf(result.get());
        } else if (at + 1 == commands.size()) {
            last = std::move(result);
        }
    }
    if (!isConnected())
        return fail(fault.value_or(lost(trimmedMessage(PQerrorMessage(m_handle)))));
    // The answer to the synchronisation.
    const PostgresResult end(PQgetResult(m_handle));
    if (PQexitPipelineMode(m_handle) != 1) {
        const Error error = lost(trimmedMessage(PQerrorMessage(m_handle)));
        close();
        return fail(error);
    }
    if (fault)
        return fail(std::move(*fault));
    return last;
}

Error PostgresConnection::errorOf(const PGresult *result) const
{
    const char *const given = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const QByteArray state = given ? given : "";
    const QString detail = trimmedMessage(PQresultErrorMessage(result));
    const QVariantMap params{{QStringLiteral("path"), m_address.shown}, {QStringLiteral("detail"), detail}};
    // 57P: it is being shut down or started; 25006: it has become a standby; 53300: no connection is free.
    if (!isConnected() || state.startsWith("08") || state.startsWith("57P") || state.startsWith("25P03") ||
        state == "25006" || state == "53300")
        return lost(detail);
    if (state == "57014")
        return Error("store.interrupted", params);
    if (state == "53100")
        return Error("store.disk_full", params);
    if (state == "53200")
        return Error("store.no_memory", params);
    // Could not get a lock, or was the victim of a deadlock: the same again will do.
    if (state == "55P03" || state == "40001" || state == "40P01")
        return Error("store.busy", params);
    if (state.startsWith("XX"))
        return Error("store.damaged", params);
    return Error("store.sql", params);
}

bool PostgresConnection::waitForInput(int forMs)
{
    return waitReadable(m_handle, forMs) && PQconsumeInput(m_handle);
}

void PostgresConnection::interrupt()
{
    std::lock_guard lock(m_cancelMutex);
    char reason[256];
    if (m_cancel)
        PQcancel(m_cancel, reason, sizeof reason);
}

} // namespace tz::server
