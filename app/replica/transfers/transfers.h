// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/taskthread.h"
#include "core/store/attachmentstate.h"
#include "replica/transport/transport.h"

#include <QTimer>

#include <deque>
#include <future>

namespace tz {

/// Carries the contents of attached files between this computer and the server, piece by piece, beside the records
/// (Replicator) and with a transport of its own: one piece at a time each way. What was interrupted goes on where it
/// stopped; what fails is tried again with the same back-off as everything else. Lives on the store's thread.
class TZ_REPLICA_EXPORT Transfers : public QObject {
    Q_OBJECT
public:
    using Done = std::function<void(Result<>)>;

    Transfers(RecordStore &store, AttachmentState &state, Transport &transport, Entropy &entropy);
    ~Transfers() override;

    /// Sends what is due and fetches what is pinned; timers own the rest. `now`: also what waits for another attempt.
    void start(bool now);
    /// Everything under way is dropped; fetches fail with store.interrupted.
    void stop();
    /// `done` is called later, on this thread, once the content is here. Errors: attachment.not_yet, net.*,
    /// record.unknown_record, store.*.
    void fetch(const wire::BlobRef &ref, Done done);
    /// Asks the server which of these it has; AttachmentState knows it then.
    void look(std::vector<wire::BlobRef> refs, Done done);
    /// Nothing is under way and nothing is due.
    bool isIdle() const { return !m_upload && !m_fetch && m_fetches.empty() && !m_isDue; }
    /// Contents sent since this was made.
    qint64 sent() const { return m_sent; }

Q_SIGNALS:
    /// Another status (AttachmentState::status()).
    void changed(const QByteArray &hash);
    /// Bytes of a content that is being sent or fetched.
    void progress(const QByteArray &hash, qint64 done, qint64 all);
    void idle();
    /// The server does not know the token any more.
    void signedOut(const tz::Error &error);
    /// From `m_hashing`: the first of `m_hashed` is ready.
    void hashed(QPrivateSignal);

private:
    struct Upload {
        AttachmentState::Upload what;
        Content content;
        std::vector<qint64> missing;
        size_t next = 0;
        int offers = 0;
    };
    struct Fetch {
        wire::BlobRef ref;
        std::vector<Done> done;
        qint64 size = 0;
        std::vector<QByteArray> pieces;
        qint64 next = 0;
        bool isFresh = false;
    };
    struct Hashed {
        QByteArray hash;
        Result<Content> content;
    };
    void sendNext();
    void offer();
    void sendPiece();
    void finishUpload();
    void uploadFailed(const Error &error);
    void endUpload();
    void fetchNext();
    void askForHead();
    void askForPiece();
    void completeFetch();
    void takeHashed();
    void endFetch(const Result<> &result);
    bool shutOut(const Error &error);
    void checkIdle();

    RecordStore &m_store;
    AttachmentState &m_state;
    Transport &m_transport;
    Entropy &m_entropy;
    std::optional<Upload> m_upload;
    std::optional<Fetch> m_fetch;
    std::deque<Fetch> m_fetches;
    /// Uploads that this round has tried.
    QSet<QByteArray> m_tried;
    bool m_all = false;
    bool m_isDue = false;
    bool m_isStopped = true;
    qint64 m_sent = 0;
    QTimer m_retry;
    /// In the order in which `m_hashing` does them.
    std::deque<std::future<Hashed>> m_hashed;
    /// Hashing a long content takes seconds. The last member: it ends before anything that it uses.
    TaskThread m_hashing;
};

} // namespace tz
