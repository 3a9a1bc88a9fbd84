// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "tests/simulation/wire.h"

#include "tests/simulation/laws.h"

namespace tz::sim {

namespace {
constexpr qint64 refusedMs = 20;
/// About as often as a request begins to read.
constexpr quint64 mostReads = 8;

Error unreachable()
{
    return Error("net.unreachable", {{QStringLiteral("host"), QStringLiteral("server")}});
}
} // namespace

Wire::Wire(Agenda &agenda, Servers &servers, Line &line, const MemoryDisk &disk, Agenda::Machine machine, Tap tap)
    : m_agenda(agenda)
    , m_servers(servers)
    , m_line(line)
    , m_disk(disk)
    , m_machine(machine)
    , m_latencyMs(15 + 7 * machine)
    , m_tap(std::move(tap))
{
}

void Wire::later(qint64 ms, std::function<void()> what)
{
    m_agenda.in(
        ms,
        [what = std::move(what), alive = std::weak_ptr(m_alive)] {
            if (!alive.expired())
                what();
        },
        m_machine);
}

void Wire::post(const QString &path, const QByteArray &body, int timeoutMs, Callback callback)
{
    // A machine that has stopped says nothing more.
    if (m_disk.isDead())
        return;
    const int turn = ++m_turn;
    m_callback = std::move(callback);
    if (m_agenda.nowMs() < m_line.offlineUntilMs)
        return later(refusedMs, [this, turn] { finish(turn, fail(unreachable())); });
    Deed fault = Deed::Count;
    quint64 chance = 0;
    if (!m_line.faults.empty()) {
        std::tie(fault, chance) = m_line.faults.front();
        m_line.faults.pop_front();
    }
    later(timeoutMs, [this, turn] {
        finish(turn, fail("net.timeout", {{QStringLiteral("host"), QStringLiteral("server")}}));
    });
    if (fault == Deed::LoseRequest)
        return;
    // Whether or not the program is still there when it arrives.
    const auto send = [this, path, body, turn, fault, chance, token = m_token](qint64 ms, bool isWanted) {
        m_agenda.in(ms, [=, this, alive = std::weak_ptr(m_alive), servers = &m_servers] {
            if (!alive.expired())
                return arrive(path, token, body, turn, fault, chance, isWanted);
            server::Request request;
            request.path = path.toLatin1();
            request.token = token;
            request.body = body;
            (void)servers->ask(0, request);
        });
    };
    const qint64 delay = fault == Deed::DelayRequest ? qint64(chance % 200'000) : 0;
    send(m_latencyMs + delay, true);
    if (fault == Deed::RepeatRequest)
        send(m_latencyMs + qint64(chance % 90'000), false);
}

void Wire::arrive(const QString &path, const QByteArray &token, const QByteArray &body, int turn, Deed fault,
                  quint64 chance, bool answerIsWanted)
{
    server::Request request;
    request.path = path.toLatin1();
    request.token = token;
    request.body = body;
    const bool isPull = path == QLatin1String("/v1/pull") || path == QLatin1String("/v1/backfill");
    if (isPull && m_line.pageRows > 0) {
        wire::PullRequest pull = must(wire::decodePullRequest(body));
        pull.maxRows = m_line.pageRows;
        request.body = wire::encode(pull);
    }
    std::optional<server::Answer> answer;
    if (isPull && m_agenda.nowMs() < m_line.standbyUntilMs)
        answer = m_servers.askStandby(request);
    if (!answer) {
        if (fault == Deed::CommitMeanwhile)
            m_servers.commitMeanwhile(int(1 + chance % mostReads), m_tap.meanwhile(chance / mostReads));
        answer = m_servers.ask(m_line.server, request);
    }
    if (!answer)
        return later(m_latencyMs, [this, turn] { finish(turn, fail(unreachable())); });
    m_tap.answered(path, body, *answer);
    if (fault == Deed::LoseAnswer || !answerIsWanted)
        return;
    QByteArray bytes = answer->body;
    if (fault == Deed::CutAnswer && !bytes.isEmpty())
        bytes.truncate(qsizetype(chance % quint64(bytes.size())));
    Result<QByteArray> result = bytes;
    if (answer->status != 200) {
        const auto decoded = wire::decodeError(bytes);
        Error error = decoded ? *decoded : Error("net.bad_answer");
        error.params.insert(QStringLiteral("status"), answer->status);
        result = fail(std::move(error));
    }
    later(m_latencyMs, [this, turn, fault, path, result = std::move(result)] {
        if (turn != m_turn || !m_callback)
            return;
        finish(turn, result);
        if (result && fault != Deed::CutAnswer)
            m_tap.delivered(path, *result, fault);
    });
}

void Wire::finish(int turn, Result<QByteArray> result)
{
    if (turn != m_turn || !m_callback || m_disk.isDead())
        return;
    const Callback callback = std::exchange(m_callback, nullptr);
    callback(std::move(result));
}

void Wire::cancel()
{
    ++m_turn;
    m_callback = nullptr;
}

void Wire::openLive()
{
    later(m_latencyMs, [this] {
        if (m_isLive)
            return;
        server::Api *const api = m_servers.process(m_line.server);
        const bool reaches = api && m_agenda.nowMs() >= m_line.offlineUntilMs;
        auto listener = reaches ? api->listener(m_token) : fail(unreachable());
        m_isLive = listener.has_value();
        if (m_isLive) {
            m_liveServer = m_line.server % m_servers.count();
            m_line.liveIsDeaf = false;
            m_listener = std::move(*listener);
        }
        Q_EMIT liveChanged(m_isLive);
    });
}

void Wire::closeLive()
{
    m_isLive = false;
}

void Wire::cutLive()
{
    if (!m_isLive)
        return;
    m_isLive = false;
    later(0, [this] { Q_EMIT liveChanged(false); });
}

void Wire::committed(int process, const server::Commit &commit)
{
    if (!m_isLive || process != m_liveServer || m_line.liveIsDeaf || m_agenda.nowMs() < m_line.offlineUntilMs)
        return;
    const bool concerned =
        m_line.allWakes || commit.scopesChanged ||
        (commit.onlyAuthor != m_listener.device && std::ranges::any_of(commit.keys, [this](qint64 key) {
             return std::ranges::binary_search(m_listener.keys, key);
         }));
    if (!concerned)
        return;
    if (std::exchange(m_line.loseWakeUp, false))
        return;
    later(m_latencyMs, [this, process, commit] {
        if (!m_isLive)
            return;
        if (commit.scopesChanged) {
            server::Api *const api = m_servers.process(process);
            auto listener = api ? api->listener(m_token) : fail(unreachable());
            if (!listener)
                return cutLive();
            m_listener = std::move(*listener);
        }
        Q_EMIT wake(commit.rev);
    });
}

} // namespace tz::sim
