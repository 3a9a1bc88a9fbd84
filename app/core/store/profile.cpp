// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/store/profile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStorageInfo>
#include <QThread>

namespace tz {

namespace {
// With less than this left on the disk nothing sensible can be done.
constexpr qint64 leastBytes = 4 * 1024 * 1024;

Error atPath(const char *code, const QString &path)
{
    return Error(code, {{QStringLiteral("path"), QDir::toNativeSeparators(path)}});
}
} // namespace

Result<std::unique_ptr<Profile>> Profile::open(const QString &folder, const QString &program)
{
    const QString path = QFileInfo(folder).absoluteFilePath();
    const bool existed = QFileInfo::exists(path);
    if (!QDir().mkpath(path) || !QFileInfo(path).isDir())
        return fail(atPath("profile.cannot_create", path));
    // Only its user may look into it; the permissions that an administrator gave an existing folder stay.
    if (!existed)
        QFile::setPermissions(path, QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner);
    const QStorageInfo storage(path);
    if (storage.isValid() && storage.isReady()) {
        if (storage.isReadOnly())
            return fail(atPath("profile.read_only", path));
        if (storage.bytesAvailable() >= 0 && storage.bytesAvailable() < leastBytes)
            return fail(atPath("profile.no_space", path));
    }

    std::unique_ptr<Profile> profile(new Profile);
    profile->m_folder = path;
    profile->m_lock = std::make_unique<QLockFile>(profile->filePath(QStringLiteral("lock")));
    // The lock of a program that crashed is recognised by its process id, not by age: a session may last for weeks.
    profile->m_lock->setStaleLockTime(0);
    bool locked = profile->m_lock->tryLock(0);
    qint64 holder = 0;
    QString onHost, ofProgram;
    if (!locked && profile->m_lock->error() == QLockFile::LockFailedError &&
        !profile->m_lock->getLockInfo(&holder, &onHost, &ofProgram)) {
        // Empty: a program is about to write its id, or was killed before it had. The system's own lock on the file,
        // which dies with its program, tells which: the file is removed only when nobody holds that.
        QThread::msleep(100);
        if (!profile->m_lock->getLockInfo(&holder, &onHost, &ofProgram))
            profile->m_lock->removeStaleLockFile();
        locked = profile->m_lock->tryLock(0);
    }
    if (locked) {
        // Who holds it, in words: QLockFile itself knows only the executable's name.
        QFile owner(profile->filePath(QStringLiteral("lock.owner")));
        if (owner.open(QIODevice::WriteOnly))
            owner.write(program.toUtf8());
        return profile;
    }
    if (profile->m_lock->error() == QLockFile::LockFailedError) {
        qint64 pid = 0;
        QString host, application;
        profile->m_lock->getLockInfo(&pid, &host, &application);
        QFile owner(profile->filePath(QStringLiteral("lock.owner")));
        if (owner.open(QIODevice::ReadOnly))
            application = QString::fromUtf8(owner.read(200));
        return fail("profile.in_use", {{QStringLiteral("pid"), pid},
                                       {QStringLiteral("program"), application},
                                       {QStringLiteral("path"), QDir::toNativeSeparators(path)}});
    }
    return fail(atPath(storage.bytesAvailable() == 0 ? "profile.no_space" : "profile.read_only", path));
}

Profile::~Profile()
{
    if (m_lock && m_lock->isLocked())
        QFile::remove(filePath(QStringLiteral("lock.owner")));
}

QString Profile::databasePath() const
{
    return filePath(QStringLiteral("replica.sqlite"));
}

QString Profile::filePath(const QString &name) const
{
    return m_folder + u'/' + name;
}

} // namespace tz
