// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/department/departmenthost.h"
#include "core/sync/wire.h"
#include "server/deadline.h"
#include "server/environment.h"

#include <atomic>
#include <memory>

namespace tz::server {

class Announcements;
class Service;

struct Request {
    /// One of Api::paths().
    QByteArray path;
    /// As sent in "Authorization: Bearer …"; empty: none.
    QByteArray token;
    QByteArray body;
    /// The body is compressed with zstd ("Content-Encoding: zstd").
    bool packed = false;
    /// The body is JSON (sign-in only), otherwise CBOR.
    bool json = false;
    /// The answer is wanted as JSON where there is one (sign-in and errors).
    bool wantsJson = false;
    /// Where the request came from, for slowing down guesses; empty: unknown.
    QByteArray address;
    /// Until when it has to be answered (server.too_slow); none: whenever.
    std::optional<Deadline::Time> deadline;
    /// Asked once it is known which device speaks, before anything is done for it; null: every device may.
    std::function<Result<>(const Id &device)> admit;
};

struct Answer {
    /// HTTP status. Other than 200: the body is an Error.
    int status = 200;
    /// Plain CBOR or JSON; whoever sends it may compress it.
    QByteArray body;
    bool json = false;
    /// Seconds to wait before trying again, where the error says so; 0: none.
    int retryAfterSeconds = 0;
};

/// What became durable in one turn of the committer.
struct Commit {
    qint64 rev = 0;
    /// Audience keys (core/sync/audience.h) under which something changed, left or arrived, ascending.
    std::vector<qint64> keys;
    /// Users, teams or roles changed: everybody's keys may be others now.
    bool scopesChanged = false;
    /// Set when one device alone made everything in it; it knows already. Null: several, or the server itself.
    Id onlyAuthor;
};

/// The server without sockets: bytes in, bytes out. Thread-safe; a request runs on the calling thread and may wait for
/// the group commit in which its batch takes part. The simulation and tests call it directly.
class Api {
public:
    /// Opens the data folder, which must have been initialised (tongzhou-server init, or initialise()).
    /// Errors: server.not_initialised {path}, server.departments_failed {department, reason}, store.*.
    static Result<std::unique_ptr<Api>> open(const QString &dataFolder, DepartmentHost &host,
                                             const Environment &environment);
    ~Api();

    Answer handle(const Request &request);
    /// Everything that can be asked here: "/v1/login", "/v1/push" …
    static std::vector<QByteArray> paths();

    /// Whom the token belongs to and the keys it listens to, for the wake-up channel. Errors: auth.*.
    struct Listener {
        Id device;
        Id user;
        std::vector<qint64> keys;
        qint64 rev = 0;
    };
    Result<Listener> listener(const QByteArray &token);
    /// Called right after each commit, on the committing thread; must not block and must not call back.
    void setCommitHandler(std::function<void(const Commit &)> handler);
    /// Looks for what other processes committed (the command line on the same data) and reports it as a commit; also
    /// that somebody was shut out.
    void pollForeignCommits();
    /// After how long to look again; `usual` where nobody tells of them (SQLite).
    int pollEveryMs(int usual) const;
    /// Runs the departments' jobs that are due, as the system, and the server's own upkeep.
    Result<> runJobs();

    /// Prometheus text.
    QByteArray metrics() const;
    /// False when the database cannot be read.
    bool healthy();
    Service &service() const { return *m_service; }

private:
    Api();
    std::unique_ptr<Service> m_service;
    std::atomic<qint64> m_shutOuts{0};
    /// Last, so that its thread ends first.
    std::unique_ptr<Announcements> m_announcements;
};

} // namespace tz::server
