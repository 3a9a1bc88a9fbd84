// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "desktop/administration/admindata.h"

#include <QPointer>

namespace tz {

AdminData::AdminData(Workspace &workspace)
    : m_workspace(workspace)
{
}

template <class T>
std::function<void(Result<T>)> AdminData::keep(std::optional<T> AdminData::*into, void (AdminData::*changed)())
{
    ++m_asked;
    Q_EMIT stateChanged();
    return [self = QPointer(this), into, changed](Result<T> answer) {
        if (!self)
            return;
        if (answer)
            (*self).*into = std::move(*answer);
        self->answered(answer ? std::optional<Error>() : answer.error());
        if (answer)
            ((*self).*changed)();
    };
}

void AdminData::answered(const std::optional<Error> &error)
{
    m_asked = std::max(0, m_asked - 1);
    m_error = error;
    if (!error)
        m_answeredAtMs = m_workspace.clock().nowMs();
    Q_EMIT stateChanged();
}

void AdminData::refreshPeople()
{
    m_workspace.administration().people(keep(&AdminData::m_people, &AdminData::peopleChanged));
}

void AdminData::refreshDevices()
{
    m_workspace.administration().devices(keep(&AdminData::m_devices, &AdminData::devicesChanged));
}

void AdminData::refreshStatus()
{
    m_workspace.administration().status(keep(&AdminData::m_status, &AdminData::statusChanged));
}

void AdminData::change(const wire::AdminChange &change, const std::function<void(Result<Id>)> &done)
{
    m_workspace.administration().change(change, [self = QPointer(this), done](const Result<Id> &answer) {
        if (!self)
            return;
        if (answer)
            self->refreshPeople();
        done(answer);
    });
}

void AdminData::order(const wire::AdminDeviceOrder &order, const std::function<void(Result<>)> &done)
{
    m_workspace.administration().order(order, [self = QPointer(this), done](const Result<> &answer) {
        if (!self)
            return;
        if (answer)
            self->refreshDevices();
        done(answer);
    });
}

} // namespace tz
