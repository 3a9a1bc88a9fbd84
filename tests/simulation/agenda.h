// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/clock.h"

#include <QAbstractEventDispatcher>

#include <functional>
#include <map>

namespace tz::sim {

/// Virtual time: everything that is to happen, in order. As the event dispatcher of the simulation's thread it also
/// keeps the program's own timers, so that a retry after a minute takes no time at all, and the same seed always finds
/// the same order.
class Agenda final : public QAbstractEventDispatcher {
    Q_OBJECT
public:
    using Machine = int;
    static constexpr Machine network = -1;

    /// Of the thread that the simulation runs on.
    static Agenda &current();

    qint64 nowMs() const { return m_nowMs; }
    void in(qint64 ms, std::function<void()> happening, Machine machine = network);
    /// The earliest thing not after `untilMs` happens, with what it posted. False: there is none, and it is `untilMs`.
    bool step(qint64 untilMs);
    /// Empty, at the beginning of time.
    void clear();
    /// Timers that are started from now on belong to this machine.
    void setMachine(Machine machine) { m_machine = machine; }
    /// Nothing happens on the machine until then (it sleeps).
    void sleep(Machine machine, qint64 untilMs);

    bool processEvents(QEventLoop::ProcessEventsFlags flags) override;
    void registerSocketNotifier(QSocketNotifier *) override {}
    void unregisterSocketNotifier(QSocketNotifier *) override {}
    void registerTimer(int id, qint64 intervalMs, Qt::TimerType type, QObject *object) override;
    bool unregisterTimer(int id) override;
    bool unregisterTimers(QObject *object) override;
    QList<TimerInfo> registeredTimers(QObject *object) const override;
    int remainingTime(int id) override;
    void wakeUp() override {}
    void interrupt() override {}

private:
    struct Timer {
        int id;
        qint64 intervalMs;
        Qt::TimerType type;
        QObject *object;
        Machine machine;
    };
    struct Happening {
        std::function<void()> what;
        Machine machine;
    };
    using Place = std::pair<qint64, quint64>; ///< when, and in which order
    bool isAsleep(Machine machine) const;
    Place place(qint64 atMs) { return {atMs, m_order++}; }

    qint64 m_nowMs = 0;
    quint64 m_order = 0;
    Machine m_machine = network;
    std::map<Machine, qint64> m_asleep;
    std::map<Place, Happening> m_happenings;
    std::map<Place, Timer> m_timers;
};

/// What a machine believes about the time.
class MachineClock final : public Clock {
public:
    explicit MachineClock(const Agenda &agenda)
        : m_agenda(agenda)
    {
    }
    qint64 nowMs() const override { return m_stuckAtMs ? *m_stuckAtMs : beginMs + m_agenda.nowMs() + m_wrongMs; }
    qint64 monotonicMs() const override { return m_agenda.nowMs(); }
    /// Somebody sets the wall clock.
    void setWrongMs(qint64 ms)
    {
        m_wrongMs = ms;
        m_stuckAtMs.reset();
    }
    qint64 wrongMs() const { return m_wrongMs; }
    void stick() { m_stuckAtMs = nowMs(); }

    static constexpr qint64 beginMs = 1'790'000'000'000;

private:
    const Agenda &m_agenda;
    qint64 m_wrongMs = 0;
    std::optional<qint64> m_stuckAtMs;
};

} // namespace tz::sim
