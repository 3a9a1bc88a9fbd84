// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "replica/workspace/administration.h"
#include "replica/workspace/workspace.h"

#include <QObject>

namespace tz {

/// What the server said last about people, devices and itself. Stays when it cannot be asked any more; error() then
/// says why. GUI thread.
class AdminData : public QObject {
    Q_OBJECT
public:
    explicit AdminData(Workspace &workspace);

    void refreshPeople();
    void refreshDevices();
    void refreshStatus();
    /// Both then refresh what they touched. `done` comes unless this object is gone.
    void change(const wire::AdminChange &change, const std::function<void(Result<Id>)> &done);
    void order(const wire::AdminDeviceOrder &order, const std::function<void(Result<>)> &done);

    const std::optional<wire::AdminPeople> &people() const { return m_people; }
    const std::optional<wire::AdminDevices> &devices() const { return m_devices; }
    const std::optional<wire::AdminStatus> &status() const { return m_status; }
    /// Of the last question; nothing: it was answered.
    const std::optional<Error> &error() const { return m_error; }
    /// When the last answer came; 0: there was none.
    qint64 answeredAtMs() const { return m_answeredAtMs; }
    bool isBusy() const { return m_asked > 0; }
    Workspace &workspace() const { return m_workspace; }

Q_SIGNALS:
    void peopleChanged();
    void devicesChanged();
    void statusChanged();
    /// error(), answeredAtMs() or isBusy() are others.
    void stateChanged();

private:
    template <class T>
    std::function<void(Result<T>)> keep(std::optional<T> AdminData::*into, void (AdminData::*changed)());
    void answered(const std::optional<Error> &error);

    Workspace &m_workspace;
    std::optional<wire::AdminPeople> m_people;
    std::optional<wire::AdminDevices> m_devices;
    std::optional<wire::AdminStatus> m_status;
    std::optional<Error> m_error;
    qint64 m_answeredAtMs = 0;
    int m_asked = 0;
};

} // namespace tz
