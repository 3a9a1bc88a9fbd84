// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/department/departmenthost.h"
#include "replica/replicator/replicator.h"
#include "replica/transfers/transfers.h"
#include "tests/unit/replica/faketransport.h"

#include <QTemporaryDir>

namespace tz::test {

/// One laptop of one user: the real store, sync state, sync client and contents in a folder of its own. What the
/// program's workspace does around them is done here in its place, in the same order.
class LeakDevice {
public:
    /// What the server answers to this token.
    using Server =
        std::function<Result<QByteArray>(const QByteArray &token, const QString &path, const QByteArray &body)>;

    LeakDevice(QString name, const Id &user, const Id &device, const QByteArray &token, ManualClock &clock,
               quint64 seed, Server server);
    ~LeakDevice();

    /// Starts the program, or another version of it.
    void open(DepartmentHost &host);
    /// Sends and fetches until it is quiet. False: the server would not.
    bool sync();
    std::optional<Receipt> apply(Draft draft);
    /// Brings a content here. False: the server would not give it.
    bool fetch(const wire::BlobRef &ref);
    /// Every byte of every file, and every word of the search index.
    QByteArray bytes() const;
    /// Columns of the database that hold the value, for whoever looks for the reason.
    QStringList columnsWith(const Value &value) const;

    const QString name;
    const Id user, device;
    QByteArray token;
    RecordStore &store() { return *m_store; }
    ReplicaState &replica() { return *m_state; }
    AttachmentState &attachments() { return *m_attachments; }
    /// Catalog of the program that runs here.
    DepartmentHost *program = nullptr;

private:
    void close();
    Transport &connection(std::unique_ptr<FakeTransport> &place);

    ManualClock &m_clock;
    SeededEntropy m_entropy;
    Server m_server;
    QTemporaryDir m_folder;
    std::unique_ptr<Database> m_database;
    std::unique_ptr<RecordStore> m_store;
    std::unique_ptr<ReplicaState> m_state;
    std::unique_ptr<AttachmentState> m_attachments;
    std::unique_ptr<FakeTransport> m_transport, m_beside;
    std::unique_ptr<Replicator> m_replicator;
    std::unique_ptr<Transfers> m_transfers;
    bool m_isQuiet = false, m_hasFailed = false, m_isStarted = false;
};

} // namespace tz::test
