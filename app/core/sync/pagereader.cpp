// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/sync/pagereader.h"

#include "core/sync/cborreader.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace tz::wire {

namespace {
// Starting a thread costs more than decoding less than this.
constexpr qsizetype longPageBytes = 256 * 1024;
// Blocks decoded ahead: enough that neither side waits for the other, few enough that they stay in the cache.
constexpr size_t blocksAhead = 4;
} // namespace

struct PageReader::Private {
    QByteArray cbor;
    CborReader in;
    Page head;
    std::optional<Error> fault;
    std::thread thread;

    std::mutex mutex;
    std::condition_variable changed;
    // Guarded by the mutex from the start of the thread on.
    std::deque<TableRows> blocks;
    bool ended = false;
    bool abandoned = false;
    std::optional<Error> error;

    explicit Private(QByteArray bytes)
        : cbor(std::move(bytes))
        , in(cbor)
    {
    }

    bool isLong() const { return cbor.size() > longPageBytes; }

    // Answers false when nobody wants further blocks.
    bool handOut(TableRows &&block)
    {
        std::unique_lock lock(mutex);
        changed.wait(lock, [this] { return !isLong() || abandoned || blocks.size() < blocksAhead; });
        blocks.push_back(std::move(block));
        changed.notify_all();
        return !abandoned;
    }

    void readRows()
    {
        readPageTables(in, blockRows, [this](TableRows &&block) { return handOut(std::move(block)); });
        const std::lock_guard lock(mutex);
        ended = true;
        if (!in.ok())
            error = in.error();
        changed.notify_all();
    }
};

PageReader::PageReader(QByteArray cbor)
    : d(std::make_unique<Private>(std::move(cbor)))
{
    readPageHead(d->in, d->head);
    if (!d->in.ok()) {
        d->fault = d->in.error();
        d->head = {};
    } else if (d->isLong()) {
        d->thread = std::thread([this] { d->readRows(); });
    } else {
        d->readRows();
    }
}

PageReader::~PageReader()
{
    if (!d->thread.joinable())
        return;
    {
        const std::lock_guard lock(d->mutex);
        d->abandoned = true;
        d->changed.notify_all();
    }
    d->thread.join();
}

const Page &PageReader::head() const
{
    return d->head;
}

const std::optional<Error> &PageReader::fault() const
{
    return d->fault;
}

bool PageReader::isLong() const
{
    return d->isLong();
}

Result<std::optional<TableRows>> PageReader::next()
{
    if (d->fault)
        return fail(*d->fault);
    std::unique_lock lock(d->mutex);
    d->changed.wait(lock, [this] { return d->ended || !d->blocks.empty(); });
    if (!d->blocks.empty()) {
        std::optional<TableRows> block(std::move(d->blocks.front()));
        d->blocks.pop_front();
        d->changed.notify_all();
        return block;
    }
    if (d->error)
        return fail(*d->error);
    return std::optional<TableRows>();
}

} // namespace tz::wire
