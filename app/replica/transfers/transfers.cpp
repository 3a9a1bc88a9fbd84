// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "replica/transfers/transfers.h"

#include "replica/replicator/backoff.h"

#include <QCryptographicHash>

namespace tz {

namespace {
constexpr int requestMs = 30'000;
/// The server hashes the whole before it answers.
constexpr int doneMs = 120'000;
/// An upload that the server forgot is offered again; not for ever.
constexpr int mostOffers = 3;
constexpr qint64 longestPauseMs = 3'600'000;

QByteArray keyOf(const wire::BlobRef &ref)
{
    return ref.hash + ref.id.toBytes() + ref.field.toUtf8();
}
} // namespace

Transfers::Transfers(RecordStore &store, AttachmentState &state, Transport &transport, Entropy &entropy)
    : m_store(store)
    , m_state(state)
    , m_transport(transport)
    , m_entropy(entropy)
{
    m_retry.setSingleShot(true);
    // Without an argument, and what was hashed by a way of its own: the thread sanitizer sees that, not Qt's queue.
    connect(this, &Transfers::hashed, this, &Transfers::takeHashed, Qt::QueuedConnection);
    connect(&m_retry, &QTimer::timeout, this, &Transfers::sendNext);
}

Transfers::~Transfers()
{
    m_transport.cancel();
}

void Transfers::start(bool now)
{
    m_isStopped = false;
    m_isDue = true;
    if (now && !m_upload) {
        m_all = true;
        m_tried.clear();
    }
    if (const auto pinned = m_state.missingPinned()) {
        for (const wire::BlobRef &ref : *pinned)
            fetch(ref, [](const Result<> &) {});
    }
    sendNext();
}

void Transfers::stop()
{
    m_isStopped = true;
    m_isDue = false;
    m_retry.stop();
    m_transport.cancel();
    m_upload.reset();
    std::deque<Fetch> dropped = std::exchange(m_fetches, {});
    if (m_fetch)
        dropped.push_front(std::move(*m_fetch));
    m_fetch.reset();
    for (const Fetch &one : dropped) {
        for (const Done &done : one.done)
            done(fail("store.interrupted"));
    }
}

bool Transfers::shutOut(const Error &error)
{
    if (error.params.value(QStringLiteral("status")).toInt() != 401)
        return false;
    stop();
    Q_EMIT signedOut(error);
    return true;
}

void Transfers::checkIdle()
{
    if (isIdle())
        Q_EMIT idle();
}

void Transfers::sendNext()
{
    if (m_upload || m_isStopped)
        return;
    m_isDue = false;
    const auto uploads = m_state.uploads();
    if (!uploads)
        return checkIdle();
    const qint64 now = m_store.clock().nowMs();
    qint64 next = std::numeric_limits<qint64>::max();
    for (const AttachmentState::Upload &one : *uploads) {
        const bool isDue = one.nextTryMs <= now || (m_all && !m_tried.contains(keyOf(one.ref)));
        if (!isDue) {
            next = std::min(next, one.nextTryMs);
            continue;
        }
        m_tried.insert(keyOf(one.ref));
        auto content = m_state.contentOf(one.ref.hash);
        if (!content) {
            // Copied from a record whose files are not here, say: the server may know it through that.
            content = Content{one.ref.hash, 0, {}};
        }
        m_upload.emplace();
        m_upload->what = one;
        m_upload->content = std::move(*content);
        return offer();
    }
    m_all = false;
    if (next != std::numeric_limits<qint64>::max())
        m_retry.start(int(std::clamp<qint64>(next - now, 0, longestPauseMs)));
    checkIdle();
}

void Transfers::offer()
{
    ++m_upload->offers;
    const wire::BlobOffer question{m_upload->what.ref, m_upload->content.size, m_upload->content.pieces};
    m_transport.post(QStringLiteral("/v1/blob"), wire::encode(question), requestMs, [this](Result<QByteArray> body) {
        if (!body)
            return uploadFailed(body.error());
        auto missing = wire::decodeBlobMissing(*body);
        if (!missing)
            return uploadFailed(missing.error());
        if (missing->complete) {
            (void)m_state.uploaded(m_upload->what.ref);
            return endUpload();
        }
        m_upload->missing = std::move(missing->pieces);
        m_upload->next = 0;
        sendPiece();
    });
}

void Transfers::sendPiece()
{
    if (m_upload->next >= m_upload->missing.size())
        return finishUpload();
    const qint64 number = m_upload->missing[m_upload->next];
    const auto data = m_state.folder().piece(m_upload->content.hash, number);
    if (!data)
        return uploadFailed(data.error());
    const qint64 all = m_upload->content.size;
    const qint64 left = qint64(m_upload->missing.size() - m_upload->next) * limits::pieceBytes;
    Q_EMIT progress(m_upload->content.hash, std::clamp<qint64>(all - left, 0, all), all);
    m_transport.post(QStringLiteral("/v1/blob/piece"), wire::encode(wire::BlobPiece{m_upload->what.ref, number, *data}),
                     requestMs, [this](const Result<QByteArray> &body) {
                         if (!body)
                             return uploadFailed(body.error());
                         ++m_upload->next;
                         sendPiece();
                     });
}

void Transfers::finishUpload()
{
    m_transport.post(QStringLiteral("/v1/blob/done"), wire::encode(wire::BlobDone{m_upload->what.ref}), doneMs,
                     [this](const Result<QByteArray> &body) {
                         if (!body)
                             return uploadFailed(body.error());
                         ++m_sent;
                         (void)m_state.uploaded(m_upload->what.ref);
                         endUpload();
                     });
}

void Transfers::uploadFailed(const Error &error)
{
    if (shutOut(error))
        return;
    const AttachmentState::Upload what = m_upload->what;
    if ((error.is("attachment.not_offered") || error.is("attachment.incomplete")) && m_upload->offers < mostOffers)
        return offer();
    if (error.is("record.unknown_record")) {
        // The file was taken out of the record again, or the record is out of sight: nobody waits for it.
        (void)m_state.dropUpload(what.ref, Error());
        return endUpload();
    }
    const bool isHere = m_state.folder().has(what.ref.hash);
    if (error.code.startsWith("attachment.wrong_") || !isHere) {
        // Either the file on this disk is not what it was, or it never was here.
        const auto whole = m_state.folder().check(what.ref.hash);
        if (!whole) {
            (void)m_state.dropUpload(what.ref, whole.error());
            return endUpload();
        }
    }
    qint64 pause = backoffMs(m_entropy, what.tries);
    pause = std::max(pause, error.params.value(QStringLiteral("seconds")).toLongLong() * 1000);
    (void)m_state.uploadFailed(what.ref, error,
                               m_store.clock().nowMs() + std::clamp<qint64>(pause, backoffFirstMs, longestPauseMs));
    endUpload();
}

void Transfers::endUpload()
{
    const QByteArray hash = m_upload->what.ref.hash;
    m_upload.reset();
    m_isDue = true;
    Q_EMIT changed(hash);
    // What comes next begins in a turn of its own: whoever hears of this one may stop it.
    QMetaObject::invokeMethod(this, &Transfers::sendNext, Qt::QueuedConnection);
}

void Transfers::fetch(const wire::BlobRef &ref, Done done)
{
    m_isStopped = false;
    if (m_fetch && m_fetch->ref == ref) {
        m_fetch->done.push_back(std::move(done));
        return;
    }
    for (Fetch &one : m_fetches) {
        if (one.ref == ref) {
            one.done.push_back(std::move(done));
            return;
        }
    }
    Fetch one;
    one.ref = ref;
    one.done.push_back(std::move(done));
    m_fetches.push_back(std::move(one));
    QMetaObject::invokeMethod(this, &Transfers::fetchNext, Qt::QueuedConnection);
}

void Transfers::fetchNext()
{
    if (m_fetch || m_isStopped)
        return;
    if (m_fetches.empty())
        return checkIdle();
    m_fetch = std::move(m_fetches.front());
    m_fetches.pop_front();
    if (m_state.folder().has(m_fetch->ref.hash))
        return endFetch({});
    askForHead();
}

void Transfers::askForHead()
{
    m_transport.post(
        QStringLiteral("/v1/blob/fetch"), wire::encode(wire::BlobFetch{m_fetch->ref, -1}), requestMs,
        [this](const Result<QByteArray> &body) {
            if (!body)
                return endFetch(fail(body.error()));
            auto head = wire::decodeBlobPart(*body);
            if (!head)
                return endFetch(fail(head.error()));
            if (head->size < 0 || head->size > limits::blobBytes ||
                qint64(head->pieces.size()) != attachment::pieceCount(head->size))
                return endFetch(fail("wire.malformed", {{QStringLiteral("reason"), QStringLiteral("pieces")}}));
            m_fetch->size = head->size;
            m_fetch->pieces = std::move(head->pieces);
            m_fetch->next = m_state.folder().arrived(m_fetch->ref.hash);
            m_fetch->isFresh = m_fetch->next == 0;
            if (m_fetch->next > qint64(m_fetch->pieces.size())) {
                m_state.folder().dropArrived(m_fetch->ref.hash);
                m_fetch->next = 0;
            }
            askForPiece();
        });
}

void Transfers::askForPiece()
{
    const qint64 number = m_fetch->next;
    if (number >= qint64(m_fetch->pieces.size()))
        return completeFetch();
    Q_EMIT progress(m_fetch->ref.hash, number * limits::pieceBytes, m_fetch->size);
    m_transport.post(QStringLiteral("/v1/blob/fetch"), wire::encode(wire::BlobFetch{m_fetch->ref, number}), requestMs,
                     [this, number](const Result<QByteArray> &body) {
                         if (!body)
                             return endFetch(fail(body.error()));
                         const auto part = wire::decodeBlobPart(*body);
                         if (!part)
                             return endFetch(fail(part.error()));
                         if (QCryptographicHash::hash(part->data, QCryptographicHash::Sha256) !=
                             m_fetch->pieces[size_t(number)])
                             return endFetch(fail("attachment.damaged"));
                         if (const auto kept = m_state.folder().append(m_fetch->ref.hash, number, part->data); !kept)
                             return endFetch(fail(kept.error()));
                         ++m_fetch->next;
                         askForPiece();
                     });
}

void Transfers::completeFetch()
{
    const auto hashing =
        std::make_shared<std::packaged_task<Hashed()>>([folder = m_state.folder(), hash = m_fetch->ref.hash] {
            return Hashed{hash, folder.complete(hash)};
        });
    m_hashed.push_back(hashing->get_future());
    m_hashing.start([this, hashing] {
        (*hashing)();
        Q_EMIT hashed(QPrivateSignal());
    });
}

void Transfers::takeHashed()
{
    const auto [hash, whole] = m_hashed.front().get();
    m_hashed.pop_front();
    if (!m_fetch || m_fetch->ref.hash != hash)
        return;
    if (!whole && whole.error().is("attachment.damaged") && !m_fetch->isFresh) {
        // What had come before was spoilt on the disk: all of it once more.
        m_fetch->next = 0;
        m_fetch->isFresh = true;
        return askForPiece();
    }
    if (!whole)
        return endFetch(fail(whole.error()));
    if (const auto noted = m_state.noteFetched(*whole); !noted)
        return endFetch(fail(noted.error()));
    endFetch({});
}

void Transfers::endFetch(const Result<> &result)
{
    if (!result) {
        if (result.error().is("attachment.not_yet"))
            (void)m_state.noteSeen(m_fetch->ref.hash, 2);
        (void)m_state.noteFetchFailed(m_fetch->ref.hash,
                                      result.error().is("attachment.not_yet") ? Error() : result.error());
        if (shutOut(result.error()))
            return;
    } else {
        // The one that just came was used last: it does not go for the sake of the others.
        (void)m_state.touch(m_fetch->ref.hash);
        (void)m_state.tidy();
    }
    const Fetch ended = std::move(*m_fetch);
    m_fetch.reset();
    Q_EMIT changed(ended.ref.hash);
    for (const Done &done : ended.done)
        done(result);
    QMetaObject::invokeMethod(this, &Transfers::fetchNext, Qt::QueuedConnection);
}

void Transfers::look(std::vector<wire::BlobRef> refs, Done done)
{
    if (refs.size() > size_t(wire::blobsPerLook))
        refs.resize(size_t(wire::blobsPerLook));
    const wire::BlobLook question{refs};
    m_transport.post(QStringLiteral("/v1/blob/look"), wire::encode(question), requestMs,
                     [this, refs = std::move(refs), done = std::move(done)](const Result<QByteArray> &body) {
                         if (!body) {
                             if (!shutOut(body.error()))
                                 done(fail(body.error()));
                             return;
                         }
                         const auto seen = wire::decodeBlobSeen(*body);
                         if (!seen || seen->states.size() != refs.size())
                             return done(fail("wire.malformed"));
                         for (size_t i = 0; i < refs.size(); ++i) {
                             if (seen->states[i] == 0)
                                 continue;
                             if (const auto noted = m_state.noteSeen(refs[i].hash, seen->states[i]); !noted)
                                 return done(noted);
                             Q_EMIT changed(refs[i].hash);
                         }
                         done({});
                     });
}

} // namespace tz
