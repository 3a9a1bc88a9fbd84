// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "tests/support/failingvfs.h"

#include <sqlite3.h>

namespace tz::test {

struct FailingVfs::Private {
    sqlite3_vfs vfs{};
    sqlite3_vfs *real = nullptr;
    QByteArray name;
    int calls = 0;
    int syncs = 0;
    int failAt = 0;
    bool forGood = false;
    bool diskFull = false;
    bool readOnly = false;
    bool failed = false;

    /// Counts a call and says whether it has to fail.
    bool fails()
    {
        ++calls;
        const bool now = failAt > 0 && (calls == failAt || (forGood && calls > failAt));
        failed = failed || now;
        return now;
    }
};

namespace {

using Private = FailingVfs::Private;

// Our part stands before the real file's object in the memory that SQLite gives.
struct File {
    sqlite3_file base;
    Private *owner;
    sqlite3_file *real() { return reinterpret_cast<sqlite3_file *>(this + 1); }
};

File *of(sqlite3_file *file)
{
    return reinterpret_cast<File *>(file);
}

sqlite3_file *real(sqlite3_file *file)
{
    return of(file)->real();
}

bool fails(sqlite3_file *file)
{
    return of(file)->owner->fails();
}

int close(sqlite3_file *file)
{
    return real(file)->pMethods ? real(file)->pMethods->xClose(real(file)) : SQLITE_OK;
}

int read(sqlite3_file *file, void *to, int amount, sqlite3_int64 offset)
{
    return fails(file) ? SQLITE_IOERR_READ : real(file)->pMethods->xRead(real(file), to, amount, offset);
}

int write(sqlite3_file *file, const void *from, int amount, sqlite3_int64 offset)
{
    if (fails(file))
        return SQLITE_IOERR_WRITE;
    if (of(file)->owner->diskFull) {
        sqlite3_int64 size = 0;
        real(file)->pMethods->xFileSize(real(file), &size);
        if (offset + amount > size) {
            of(file)->owner->failed = true;
            return SQLITE_FULL;
        }
    }
    return real(file)->pMethods->xWrite(real(file), from, amount, offset);
}

int truncate(sqlite3_file *file, sqlite3_int64 size)
{
    return fails(file) ? SQLITE_IOERR_TRUNCATE : real(file)->pMethods->xTruncate(real(file), size);
}

int sync(sqlite3_file *file, int flags)
{
    ++of(file)->owner->syncs;
    return fails(file) ? SQLITE_IOERR_FSYNC : real(file)->pMethods->xSync(real(file), flags);
}

int fileSize(sqlite3_file *file, sqlite3_int64 *size)
{
    return fails(file) ? SQLITE_IOERR_FSTAT : real(file)->pMethods->xFileSize(real(file), size);
}

int lock(sqlite3_file *file, int level)
{
    return real(file)->pMethods->xLock(real(file), level);
}

int unlock(sqlite3_file *file, int level)
{
    return real(file)->pMethods->xUnlock(real(file), level);
}

int checkReservedLock(sqlite3_file *file, int *result)
{
    return real(file)->pMethods->xCheckReservedLock(real(file), result);
}

int fileControl(sqlite3_file *file, int operation, void *argument)
{
    return real(file)->pMethods->xFileControl(real(file), operation, argument);
}

int sectorSize(sqlite3_file *file)
{
    return real(file)->pMethods->xSectorSize(real(file));
}

int deviceCharacteristics(sqlite3_file *file)
{
    return real(file)->pMethods->xDeviceCharacteristics(real(file));
}

int shmMap(sqlite3_file *file, int page, int pageSize, int extend, void volatile **memory)
{
    return fails(file) ? SQLITE_IOERR_SHMMAP
                       : real(file)->pMethods->xShmMap(real(file), page, pageSize, extend, memory);
}

int shmLock(sqlite3_file *file, int offset, int count, int flags)
{
    return real(file)->pMethods->xShmLock(real(file), offset, count, flags);
}

void shmBarrier(sqlite3_file *file)
{
    real(file)->pMethods->xShmBarrier(real(file));
}

int shmUnmap(sqlite3_file *file, int deleteFlag)
{
    return real(file)->pMethods->xShmUnmap(real(file), deleteFlag);
}

// Version 2: with shared memory for WAL, without memory-mapped files, whose reads could not fail.
const sqlite3_io_methods methods{2,
                                 close,
                                 read,
                                 write,
                                 truncate,
                                 sync,
                                 fileSize,
                                 lock,
                                 unlock,
                                 checkReservedLock,
                                 fileControl,
                                 sectorSize,
                                 deviceCharacteristics,
                                 shmMap,
                                 shmLock,
                                 shmBarrier,
                                 shmUnmap,
                                 nullptr,
                                 nullptr};

Private *of(sqlite3_vfs *vfs)
{
    return static_cast<Private *>(vfs->pAppData);
}

int open(sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags, int *outFlags)
{
    Private *const owner = of(vfs);
    File *const ours = of(file);
    ours->base.pMethods = nullptr;
    ours->owner = owner;
    ours->real()->pMethods = nullptr;
    if (owner->fails())
        return SQLITE_CANTOPEN;
    if (owner->readOnly && (flags & SQLITE_OPEN_MAIN_DB)) {
        flags = (flags & ~(SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)) | SQLITE_OPEN_READONLY;
    }
    const int code = owner->real->xOpen(owner->real, path, ours->real(), flags, outFlags);
    if (code == SQLITE_OK)
        ours->base.pMethods = &methods;
    return code;
}

int remove(sqlite3_vfs *vfs, const char *path, int syncFolder)
{
    Private *const owner = of(vfs);
    return owner->fails() ? SQLITE_IOERR_DELETE : owner->real->xDelete(owner->real, path, syncFolder);
}

int access(sqlite3_vfs *vfs, const char *path, int flags, int *result)
{
    return of(vfs)->real->xAccess(of(vfs)->real, path, flags, result);
}

int fullPathname(sqlite3_vfs *vfs, const char *path, int size, char *out)
{
    return of(vfs)->real->xFullPathname(of(vfs)->real, path, size, out);
}

int randomness(sqlite3_vfs *vfs, int size, char *out)
{
    return of(vfs)->real->xRandomness(of(vfs)->real, size, out);
}

int pause(sqlite3_vfs *vfs, int microseconds)
{
    return of(vfs)->real->xSleep(of(vfs)->real, microseconds);
}

int currentTime(sqlite3_vfs *vfs, double *time)
{
    return of(vfs)->real->xCurrentTime(of(vfs)->real, time);
}

int lastError(sqlite3_vfs *vfs, int size, char *out)
{
    return of(vfs)->real->xGetLastError(of(vfs)->real, size, out);
}

} // namespace

FailingVfs::FailingVfs(const QByteArray &name)
    : d(std::make_unique<Private>())
{
    d->name = name;
    d->real = sqlite3_vfs_find(nullptr);
    d->vfs.iVersion = 1;
    d->vfs.szOsFile = int(sizeof(File)) + d->real->szOsFile;
    d->vfs.mxPathname = d->real->mxPathname;
    d->vfs.zName = d->name.constData();
    d->vfs.pAppData = d.get();
    d->vfs.xOpen = open;
    d->vfs.xDelete = remove;
    d->vfs.xAccess = access;
    d->vfs.xFullPathname = fullPathname;
    d->vfs.xRandomness = randomness;
    d->vfs.xSleep = pause;
    d->vfs.xCurrentTime = currentTime;
    d->vfs.xGetLastError = lastError;
    sqlite3_vfs_register(&d->vfs, 0);
}

FailingVfs::~FailingVfs()
{
    sqlite3_vfs_unregister(&d->vfs);
}

QByteArray FailingVfs::name() const
{
    return d->name;
}

void FailingVfs::failAt(int call, bool forGood)
{
    heal();
    d->failAt = call;
    d->forGood = forGood;
}

void FailingVfs::setDiskFull(bool full)
{
    d->diskFull = full;
}

void FailingVfs::setReadOnly(bool readOnly)
{
    d->readOnly = readOnly;
}

void FailingVfs::heal()
{
    d->calls = 0;
    d->syncs = 0;
    d->failAt = 0;
    d->forGood = false;
    d->diskFull = false;
    d->readOnly = false;
    d->failed = false;
}

int FailingVfs::calls() const
{
    return d->calls;
}

int FailingVfs::syncs() const
{
    return d->syncs;
}

bool FailingVfs::hasFailed() const
{
    return d->failed;
}

} // namespace tz::test
