// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "replica/transport/transport.h"
#include "tests/simulation/plan.h"
#include "tests/simulation/servers.h"

#include <deque>

namespace tz::sim {

/// The line between one laptop and the servers, with everything that a network does to messages.
class Wire final : public Transport {
    Q_OBJECT
public:
    /// Faults and server of a laptop: they outlive its program.
    struct Line {
        std::deque<std::pair<Deed, quint64>> faults;
        int server = 0;
        /// See Plan::pageRows.
        int pageRows = 0;
        /// Every commit wakes, also one that does not concern the laptop's user. Whether one does can depend on who won
        /// (of a lost edit only its author hears), and with the wake-ups what everybody knows at their next edit.
        bool allWakes = false;
        qint64 offlineUntilMs = 0;
        qint64 standbyUntilMs = 0;
        bool loseWakeUp = false;
        bool liveIsDeaf = false;
    };
    /// Of what passed, for the laws and for the trace.
    struct Tap {
        std::function<void(const QString &path, const QByteArray &request, const server::Answer &answer)> answered;
        std::function<void(const QString &path, const QByteArray &body, Deed fault)> delivered;
        /// What is committed meanwhile.
        std::function<Batch(quint64 chance)> meanwhile;
    };

    Wire(Agenda &agenda, Servers &servers, Line &line, const MemoryDisk &disk, Agenda::Machine machine, Tap tap);

    void post(const QString &path, const QByteArray &body, int timeoutMs, Callback callback) override;
    void cancel() override;
    void setToken(const QString &token) override { m_token = token.toLatin1(); }
    void openLive() override;
    void closeLive() override;
    bool isLive() const override { return m_isLive; }

    void committed(int process, const server::Commit &commit);
    /// The channel is cut, as the program notices it.
    void cutLive();

private:
    void later(qint64 ms, std::function<void()> what);
    void arrive(const QString &path, const QByteArray &token, const QByteArray &body, int turn, Deed fault,
                quint64 chance, bool answerIsWanted);
    void finish(int turn, Result<QByteArray> result);

    Agenda &m_agenda;
    Servers &m_servers;
    Line &m_line;
    const MemoryDisk &m_disk;
    Agenda::Machine m_machine;
    qint64 m_latencyMs;
    Tap m_tap;
    QByteArray m_token;
    Callback m_callback;
    int m_turn = 0;
    bool m_isLive = false;
    int m_liveServer = 0;
    server::Api::Listener m_listener;
    std::shared_ptr<int> m_alive = std::make_shared<int>(0);
};

} // namespace tz::sim
