// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "tests/simulation/memorydisk.h"

#include <cstring>
#include <sqlite3.h>
#include <vector>

namespace tz::sim {

namespace {
constexpr int sectorBytes = 512;
constexpr int lockSlots = 8;
// As SQLite numbers them: one writes, and from the third on readers keep their snapshots.
constexpr int writeSlot = 0;
constexpr int readSlots = 3;

/// One change that no sync has made safe yet. A truncation has no data.
struct Change {
    qint64 offset = 0;
    QByteArray data;
    bool truncates = false;
};

void apply(QByteArray &bytes, const Change &change, qsizetype from, qsizetype to)
{
    if (change.truncates) {
        bytes.truncate(qsizetype(change.offset));
        return;
    }
    const qsizetype end = qsizetype(change.offset) + to;
    if (bytes.capacity() < end)
        bytes.reserve(end + end / 2);
    if (bytes.size() < end)
        bytes.resize(end, '\0');
    std::memcpy(bytes.data() + change.offset + from, change.data.constData() + from, size_t(to - from));
}

struct Contents {
    /// As programs see it.
    QByteArray now;
    /// As the last sync left it, and what came since.
    QByteArray safe;
    std::vector<Change> unsafe;
    bool isHalfWritten = false;
    // Locks of the file, and memory and locks that connections share for the write-ahead log.
    int shared = 0;
    const void *reserved = nullptr;
    const void *exclusive = nullptr;
    std::vector<std::unique_ptr<char[]>> memory;
    int sharedSlots[lockSlots] = {};
    const void *exclusiveSlots[lockSlots] = {};
};
} // namespace

struct MemoryDisk::Private {
    sqlite3_vfs vfs{};
    QByteArray name;
    QHash<QString, std::shared_ptr<Contents>> files;
    qint64 changes = 0;
    qint64 diesAt = -1;
    qint64 fullFrom = -1;
    qint64 fullUpto = -1;
    bool dead = false;
    int readsUntil = 0;
    std::function<void()> meanwhile;
    quint64 noise = 1;

    /// Counts a change; answers what it comes to.
    int change()
    {
        ++changes;
        if (diesAt >= 0 && changes >= diesAt)
            dead = true;
        return dead ? SQLITE_IOERR : SQLITE_OK;
    }
};

namespace {
using Private = MemoryDisk::Private;

struct File {
    sqlite3_file base;
    Private *owner;
    /// Owned: SQLite gives raw memory, which open() and close() keep in order.
    std::shared_ptr<Contents> *contents;
    int level;
    unsigned sharedSlots, exclusiveSlots;
};

File *of(sqlite3_file *file)
{
    return reinterpret_cast<File *>(file);
}

Contents &in(sqlite3_file *file)
{
    return **of(file)->contents;
}

int unlock(sqlite3_file *base, int level)
{
    File *const file = of(base);
    Contents &contents = in(base);
    if (level < SQLITE_LOCK_RESERVED) {
        if (contents.reserved == file)
            contents.reserved = nullptr;
        if (contents.exclusive == file)
            contents.exclusive = nullptr;
    }
    if (level == SQLITE_LOCK_NONE && file->level >= SQLITE_LOCK_SHARED)
        --contents.shared;
    file->level = std::min(file->level, level);
    return SQLITE_OK;
}

int lock(sqlite3_file *base, int level)
{
    File *const file = of(base);
    Contents &contents = in(base);
    if (level <= file->level)
        return SQLITE_OK;
    const bool othersExclusive = contents.exclusive && contents.exclusive != file;
    const bool othersReserved = contents.reserved && contents.reserved != file;
    if (othersExclusive || (level > SQLITE_LOCK_SHARED && othersReserved))
        return SQLITE_BUSY;
    if (file->level == SQLITE_LOCK_NONE)
        ++contents.shared;
    if (level >= SQLITE_LOCK_RESERVED)
        contents.reserved = file;
    if (level == SQLITE_LOCK_EXCLUSIVE) {
        contents.exclusive = file;
        if (contents.shared > 1) {
            file->level = SQLITE_LOCK_PENDING;
            return SQLITE_BUSY;
        }
    }
    file->level = level;
    return SQLITE_OK;
}

int checkReservedLock(sqlite3_file *base, int *result)
{
    *result = in(base).reserved != nullptr;
    return SQLITE_OK;
}

int shmLock(sqlite3_file *base, int offset, int count, int flags)
{
    File *const file = of(base);
    Contents &contents = in(base);
    const bool beginsToRead = (flags & SQLITE_SHM_LOCK) && (flags & SQLITE_SHM_SHARED) && offset >= readSlots;
    if (beginsToRead && !contents.exclusiveSlots[writeSlot] && file->owner->meanwhile && --file->owner->readsUntil == 0)
        std::exchange(file->owner->meanwhile, nullptr)();
    for (int slot = offset; slot < offset + count; ++slot) {
        const unsigned bit = 1U << slot;
        if (flags & SQLITE_SHM_LOCK) {
            const void *const holder = contents.exclusiveSlots[slot];
            if (holder && holder != file)
                return SQLITE_BUSY;
            const int others = contents.sharedSlots[slot] - ((file->sharedSlots & bit) ? 1 : 0);
            if ((flags & SQLITE_SHM_EXCLUSIVE) && others > 0)
                return SQLITE_BUSY;
        }
    }
    for (int slot = offset; slot < offset + count; ++slot) {
        const unsigned bit = 1U << slot;
        if (flags & SQLITE_SHM_UNLOCK) {
            if (file->sharedSlots & bit)
                --contents.sharedSlots[slot];
            if (file->exclusiveSlots & bit)
                contents.exclusiveSlots[slot] = nullptr;
            file->sharedSlots &= ~bit;
            file->exclusiveSlots &= ~bit;
        } else if (flags & SQLITE_SHM_EXCLUSIVE) {
            contents.exclusiveSlots[slot] = file;
            file->exclusiveSlots |= bit;
        } else if (!(file->sharedSlots & bit)) {
            ++contents.sharedSlots[slot];
            file->sharedSlots |= bit;
        }
    }
    return SQLITE_OK;
}

int shmMap(sqlite3_file *base, int page, int pageSize, int extend, void volatile **memory)
{
    Contents &contents = in(base);
    *memory = nullptr;
    if (size_t(page) >= contents.memory.size() && !extend)
        return SQLITE_OK;
    while (contents.memory.size() <= size_t(page))
        contents.memory.push_back(std::make_unique<char[]>(size_t(pageSize)));
    *memory = contents.memory[size_t(page)].get();
    return SQLITE_OK;
}

void shmBarrier(sqlite3_file *) {}

int shmUnmap(sqlite3_file *base, int)
{
    return shmLock(base, 0, lockSlots, SQLITE_SHM_UNLOCK | SQLITE_SHM_EXCLUSIVE);
}

int close(sqlite3_file *base)
{
    File *const file = of(base);
    shmUnmap(base, 0);
    unlock(base, SQLITE_LOCK_NONE);
    delete file->contents;
    file->contents = nullptr;
    return SQLITE_OK;
}

int read(sqlite3_file *base, void *to, int amount, sqlite3_int64 offset)
{
    const QByteArray &bytes = in(base).now;
    const auto there = std::clamp<qint64>(bytes.size() - offset, 0, amount);
    if (there > 0)
        std::memcpy(to, bytes.constData() + offset, size_t(there));
    if (there == amount)
        return SQLITE_OK;
    std::memset(static_cast<char *>(to) + there, 0, size_t(amount - there));
    return SQLITE_IOERR_SHORT_READ;
}

int write(sqlite3_file *base, const void *from, int amount, sqlite3_int64 offset)
{
    Private *const owner = of(base)->owner;
    const bool wasDead = owner->dead;
    const int code = owner->change();
    Contents &contents = in(base);
    contents.isHalfWritten = true;
    Change change{offset, QByteArray(static_cast<const char *>(from), amount), false};
    if (code != SQLITE_OK) {
        // The write in which it stopped may still reach the disk: power decides how much of it.
        if (!wasDead)
            contents.unsafe.push_back(std::move(change));
        return SQLITE_IOERR_WRITE;
    }
    if (owner->changes >= owner->fullFrom && owner->changes < owner->fullUpto)
        return SQLITE_FULL;
    apply(contents.now, change, 0, amount);
    contents.unsafe.push_back(std::move(change));
    return SQLITE_OK;
}

int truncate(sqlite3_file *base, sqlite3_int64 size)
{
    if (of(base)->owner->change() != SQLITE_OK)
        return SQLITE_IOERR_TRUNCATE;
    Contents &contents = in(base);
    if (size < contents.now.size()) {
        const Change change{size, {}, true};
        apply(contents.now, change, 0, 0);
        contents.unsafe.push_back(change);
    }
    return SQLITE_OK;
}

int sync(sqlite3_file *base, int)
{
    if (of(base)->owner->change() != SQLITE_OK)
        return SQLITE_IOERR_FSYNC;
    Contents &contents = in(base);
    for (const Change &change : contents.unsafe)
        apply(contents.safe, change, 0, change.data.size());
    contents.unsafe.clear();
    contents.isHalfWritten = false;
    return SQLITE_OK;
}

int fileSize(sqlite3_file *base, sqlite3_int64 *size)
{
    *size = in(base).now.size();
    return SQLITE_OK;
}

int fileControl(sqlite3_file *, int, void *)
{
    return SQLITE_NOTFOUND;
}

int sectorSize(sqlite3_file *)
{
    return 4096;
}

int deviceCharacteristics(sqlite3_file *)
{
    // As SQLite assumes of real disks: a write that is cut short spoils nothing beside it.
    return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

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

int open(sqlite3_vfs *vfs, const char *path, sqlite3_file *base, int flags, int *outFlags)
{
    Private *const owner = of(vfs);
    File *const file = of(base);
    *file = File{};
    if (owner->dead)
        return SQLITE_CANTOPEN;
    const bool named = path != nullptr;
    const QString name = named ? QString::fromUtf8(path) : QString();
    std::shared_ptr<Contents> contents = named ? owner->files.value(name) : nullptr;
    if (!contents) {
        if (named && !(flags & SQLITE_OPEN_CREATE))
            return SQLITE_CANTOPEN;
        contents = std::make_shared<Contents>();
        if (named)
            owner->files.insert(name, contents);
    }
    file->base.pMethods = &methods;
    file->owner = owner;
    file->contents = new std::shared_ptr<Contents>(std::move(contents));
    if (outFlags)
        *outFlags = flags;
    return SQLITE_OK;
}

int removeFile(sqlite3_vfs *vfs, const char *path, int)
{
    if (of(vfs)->change() != SQLITE_OK)
        return SQLITE_IOERR_DELETE;
    return of(vfs)->files.remove(QString::fromUtf8(path)) ? SQLITE_OK : SQLITE_IOERR_DELETE_NOENT;
}

int access(sqlite3_vfs *vfs, const char *path, int, int *result)
{
    // An empty journal is none, as on a real disk.
    const auto file = of(vfs)->files.value(QString::fromUtf8(path));
    *result = file && !file->now.isEmpty();
    return SQLITE_OK;
}

int fullPathname(sqlite3_vfs *, const char *path, int size, char *out)
{
    sqlite3_snprintf(size, out, "%s", path);
    return SQLITE_OK;
}

int randomness(sqlite3_vfs *vfs, int size, char *out)
{
    // The salts of write-ahead logs come from here: the same in every run.
    for (int i = 0; i < size; ++i) {
        of(vfs)->noise = of(vfs)->noise * 6364136223846793005ULL + 1442695040888963407ULL;
        out[i] = char(of(vfs)->noise >> 56);
    }
    return size;
}

int pause(sqlite3_vfs *, int microseconds)
{
    // Everything runs on one thread: whoever holds a lock will not let go while somebody waits.
    return microseconds;
}

int currentTime(sqlite3_vfs *, double *time)
{
    *time = 2461000.5;
    return SQLITE_OK;
}

int lastError(sqlite3_vfs *, int, char *)
{
    return 0;
}
} // namespace

MemoryDisk::MemoryDisk(const QByteArray &name)
    : d(std::make_unique<Private>())
{
    d->name = name;
    d->vfs.iVersion = 1;
    d->vfs.szOsFile = int(sizeof(File));
    d->vfs.mxPathname = 512;
    d->vfs.zName = d->name.constData();
    d->vfs.pAppData = d.get();
    d->vfs.xOpen = open;
    d->vfs.xDelete = removeFile;
    d->vfs.xAccess = access;
    d->vfs.xFullPathname = fullPathname;
    d->vfs.xRandomness = randomness;
    d->vfs.xSleep = pause;
    d->vfs.xCurrentTime = currentTime;
    d->vfs.xGetLastError = lastError;
    sqlite3_vfs_register(&d->vfs, 0);
}

MemoryDisk::~MemoryDisk()
{
    sqlite3_vfs_unregister(&d->vfs);
}

QByteArray MemoryDisk::name() const
{
    return d->name;
}

void MemoryDisk::dieAt(int call)
{
    d->diesAt = d->changes + call;
}

void MemoryDisk::die()
{
    d->dead = true;
}

bool MemoryDisk::isDead() const
{
    return d->dead;
}

void MemoryDisk::fillUp(int call, int calls)
{
    d->fullFrom = d->changes + call;
    d->fullUpto = d->fullFrom + calls;
}

void MemoryDisk::beforeRead(int call, std::function<void()> what)
{
    d->readsUntil = call;
    d->meanwhile = std::move(what);
}

void MemoryDisk::restart()
{
    // The memory that connections share goes with the last of them.
    for (const auto &contents : std::as_const(d->files))
        if (contents.use_count() == 1)
            contents->memory.clear();
    d->dead = false;
    d->diesAt = d->fullFrom = d->fullUpto = -1;
}

void MemoryDisk::restartAfterPowerLoss(Entropy &dice)
{
    // In the order of the names: the hash's own order is another in every process.
    QStringList paths = d->files.keys();
    paths.sort();
    for (const QString &path : paths) {
        Contents &contents = *d->files.value(path);
        for (const Change &change : contents.unsafe) {
            const quint64 fate = dice.next64() % 4;
            const qsizetype size = change.data.size();
            if (fate == 0)
                continue;
            if (fate == 1 && size > sectorBytes) {
                const qsizetype sectors = size / sectorBytes;
                apply(contents.safe, change, 0, qsizetype(1 + dice.next64() % quint64(sectors)) * sectorBytes);
            } else {
                apply(contents.safe, change, 0, size);
            }
        }
        contents.unsafe.clear();
        contents.now = contents.safe;
    }
    restart();
}

MemoryDisk::Files MemoryDisk::files() const
{
    Files files;
    for (auto it = d->files.cbegin(); it != d->files.cend(); ++it)
        files.insert(it.key(), it.value()->now);
    return files;
}

void MemoryDisk::setFiles(const Files &files)
{
    d->files.clear();
    for (auto it = files.cbegin(); it != files.cend(); ++it)
        setBytes(it.key(), it.value());
}

void MemoryDisk::rename(const QString &from, const QString &to)
{
    if (const auto contents = d->files.take(from))
        d->files.insert(to, contents);
}

void MemoryDisk::remove(const QString &path)
{
    d->files.remove(path);
}

QByteArray MemoryDisk::bytes(const QString &path) const
{
    const auto contents = d->files.value(path);
    return contents ? contents->now : QByteArray();
}

bool MemoryDisk::isHalfWritten(const QString &path) const
{
    const auto contents = d->files.value(path);
    return contents && contents->isHalfWritten;
}

void MemoryDisk::setBytes(const QString &path, const QByteArray &bytes)
{
    auto contents = std::make_shared<Contents>();
    contents->now = contents->safe = bytes;
    d->files.insert(path, contents);
}

} // namespace tz::sim
