// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/store/database.h"
#include "server/environment.h"
#include "server/storage/model.h"

namespace tz::server {

/// A thread that hears of what other processes committed; ends with the object.
class Announcements {
public:
    virtual ~Announcements();
    /// False: nothing is heard at the moment, look every second.
    virtual bool isListening() const = 0;
};

/// Where a server keeps its data: a SQLite file in its folder, or a schema of a PostgreSQL database
/// (Environment::database). Outlives the connections that it opened.
class Backend {
public:
    /// Errors: server.not_initialised {path}, server.database_empty {path}, server.already_initialised {path} (with
    /// `create`), store.*.
    static Result<std::unique_ptr<Backend>> open(const QString &folder, const Environment &environment, bool create);
    virtual ~Backend();

    /// Where the data is, for people.
    virtual QString place() const = 0;
    /// Whether several processes serve the same data.
    virtual bool isShared() const = 0;
    virtual Result<std::unique_ptr<Database>> writer() = 0;
    virtual Result<std::unique_ptr<Database>> reader() = 0;
    /// What the database has besides tables, before and after they are brought up to date, in the same transaction.
    virtual Result<> beginSchema(Database &writer) = 0;
    virtual Result<> finishSchema(Database &writer, const Model &model, bool changed) = 0;
    /// Calls back, on a thread of its own, after others committed. Null: nobody tells, somebody has to look.
    virtual std::unique_ptr<Announcements> listen(std::function<void()> told) = 0;
    struct Figures {
        /// "sqlite" or "postgresql", and the version of the engine.
        QString kind, version;
        qint64 bytes = 0;
    };
    virtual Result<Figures> figures(Database &reader) = 0;
    /// Takes away what a failed `create` made.
    virtual void discard() = 0;
};

} // namespace tz::server
