// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "tests/simulation/agenda.h"

#include <QCoreApplication>
#include <QTimerEvent>

namespace tz::sim {

Agenda &Agenda::current()
{
    return *static_cast<Agenda *>(QAbstractEventDispatcher::instance());
}

void Agenda::in(qint64 ms, std::function<void()> happening, Machine machine)
{
    m_happenings.emplace(place(m_nowMs + ms), Happening{std::move(happening), machine});
}

bool Agenda::isAsleep(Machine machine) const
{
    const auto asleep = m_asleep.find(machine);
    return asleep != m_asleep.end() && asleep->second > m_nowMs;
}

bool Agenda::step(qint64 untilMs)
{
    const bool hasHappening = !m_happenings.empty();
    const bool hasTimer = !m_timers.empty();
    const Place none{std::numeric_limits<qint64>::max(), 0};
    const Place happening = hasHappening ? m_happenings.begin()->first : none;
    const Place timer = hasTimer ? m_timers.begin()->first : none;
    const Place first = std::min(happening, timer);
    if (first.first > untilMs) {
        m_nowMs = std::max(m_nowMs, untilMs);
        return false;
    }
    m_nowMs = std::max(m_nowMs, first.first);
    if (first == happening) {
        const auto node = m_happenings.extract(m_happenings.begin());
        const Happening &due = node.mapped();
        if (isAsleep(due.machine)) {
            m_happenings.emplace(place(m_asleep[due.machine]), due);
            return true;
        }
        m_machine = due.machine;
        due.what();
    } else {
        const auto node = m_timers.extract(m_timers.begin());
        const Timer due = node.mapped();
        if (isAsleep(due.machine)) {
            m_timers.emplace(place(m_asleep[due.machine]), due);
            return true;
        }
        m_machine = due.machine;
        // A timer goes on until it is stopped; those that fire once stop themselves.
        m_timers.emplace(place(m_nowMs + std::max<qint64>(1, due.intervalMs)), due);
        QTimerEvent event(due.id);
        QCoreApplication::sendEvent(due.object, &event);
    }
    QCoreApplication::sendPostedEvents();
    m_machine = network;
    return true;
}

void Agenda::clear()
{
    m_happenings.clear();
    m_timers.clear();
    m_asleep.clear();
    m_nowMs = 0;
    m_order = 0;
    m_machine = network;
}

void Agenda::sleep(Machine machine, qint64 untilMs)
{
    m_asleep[machine] = untilMs;
}

bool Agenda::processEvents(QEventLoop::ProcessEventsFlags)
{
    return step(m_nowMs);
}

void Agenda::registerTimer(int id, qint64 intervalMs, Qt::TimerType type, QObject *object)
{
    m_timers.emplace(place(m_nowMs + intervalMs), Timer{id, intervalMs, type, object, m_machine});
}

bool Agenda::unregisterTimer(int id)
{
    return std::erase_if(m_timers, [id](const auto &entry) { return entry.second.id == id; }) > 0;
}

bool Agenda::unregisterTimers(QObject *object)
{
    return std::erase_if(m_timers, [object](const auto &entry) { return entry.second.object == object; }) > 0;
}

QList<QAbstractEventDispatcher::TimerInfo> Agenda::registeredTimers(QObject *object) const
{
    QList<TimerInfo> timers;
    for (const auto &[when, timer] : m_timers)
        if (timer.object == object)
            timers.append(TimerInfo(timer.id, int(timer.intervalMs), timer.type));
    return timers;
}

int Agenda::remainingTime(int id)
{
    for (const auto &[when, timer] : m_timers)
        if (timer.id == id)
            return int(std::max<qint64>(0, when.first - m_nowMs));
    return -1;
}

} // namespace tz::sim
