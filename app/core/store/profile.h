// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/result.h"

#include <QLockFile>
#include <QString>

#include <memory>

namespace tz {

/// A folder on this computer that holds one user's replica: replica.sqlite, settings, drafts, logs. One program at a
/// time may write it (lock file). Errors: profile.in_use {pid, program}, profile.read_only {path},
/// profile.cannot_create {path}, profile.no_space {path}.
class TZ_CORE_EXPORT Profile {
public:
    static Result<std::unique_ptr<Profile>> open(const QString &folder, const QString &program);
    ~Profile();
    QString folder() const { return m_folder; }
    QString databasePath() const;
    QString filePath(const QString &name) const;

private:
    Profile() = default;
    QString m_folder;
    std::unique_ptr<QLockFile> m_lock;
};

} // namespace tz
