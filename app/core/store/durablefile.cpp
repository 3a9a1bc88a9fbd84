// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/store/durablefile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <cstdio>
#include <cstring>

#ifdef Q_OS_WIN
#include <io.h>
#include <windows.h>
#else
#include <fcntl.h>
#include <unistd.h>
#endif

namespace tz::durable {

Error writeFault(const QFileDevice &file)
{
    if (file.error() == QFileDevice::ResourceError || errno == ENOSPC)
        return Error("store.disk_full");
    return Error("store.io", {{QStringLiteral("path"), QDir::toNativeSeparators(file.fileName())},
                              {QStringLiteral("detail"), file.errorString()}});
}

Result<> synced(QFileDevice &file)
{
    if (!file.flush())
        return fail(writeFault(file));
#ifdef Q_OS_WIN
    const bool done = ::_commit(file.handle()) == 0;
#else
    const bool done = ::fsync(file.handle()) == 0;
#endif
    return done ? Result<>() : fail(writeFault(file));
}

void syncFolder(const QString &path)
{
#ifndef Q_OS_WIN
    if (const int folder = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_DIRECTORY); folder >= 0) {
        (void)::fsync(folder);
        ::close(folder);
    }
#else
    Q_UNUSED(path)
#endif
}

Result<> moved(const QString &from, const QString &to)
{
#ifdef Q_OS_WIN
    const bool done = MoveFileExW(reinterpret_cast<const wchar_t *>(QDir::toNativeSeparators(from).utf16()),
                                  reinterpret_cast<const wchar_t *>(QDir::toNativeSeparators(to).utf16()),
                                  MOVEFILE_REPLACE_EXISTING | MOVEFILE_WRITE_THROUGH);
#else
    const bool done = std::rename(QFile::encodeName(from).constData(), QFile::encodeName(to).constData()) == 0;
#endif
    if (!done)
        return fail("store.io", {{QStringLiteral("path"), QDir::toNativeSeparators(to)},
                                 {QStringLiteral("detail"), QString::fromLocal8Bit(std::strerror(errno))}});
    syncFolder(QFileInfo(to).path());
    return {};
}

} // namespace tz::durable
