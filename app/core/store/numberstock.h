// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/store/recordstore.h"
#include "core/sync/numberwire.h"

namespace tz {

/// Numbers of the company's series that only this computer gives away, so that what is made away from the network has
/// its final number at once (table sync_number, docs/decisions/0029). RecordStore draws from it when it makes a record;
/// the replicator fills it up. Lives on the store's thread.
class TZ_CORE_EXPORT NumberStock {
public:
    explicit NumberStock(RecordStore &store);

    /// What the server is to be asked for: the series of which few numbers are left, of entities that the user may
    /// make. Only to be asked when nothing waits to be sent: numbers drawn until then are given up.
    Result<wire::NumbersRequest> wanted() const;
    /// Takes what the server answered, in a transaction of its own.
    Result<> receive(const wire::NumbersAnswer &answer);

    struct Range {
        qint64 first = 0;
        qint64 last = -1; ///< smaller than first: empty
    };
    /// The numbers behind `after` that can be drawn, up to the next gap.
    static Result<Range> behind(Database &database, const QString &series, qint64 after);
    /// Everything up to `number` has been drawn; inside the caller's transaction.
    static Result<> draw(Database &database, const QString &series, qint64 number);
    /// The device is another one now, which has none of them; inside the caller's transaction.
    static Result<> forget(Database &database);

private:
    struct Series {
        const Entity *entity = nullptr;
        QDate day;
        QString name;
    };
    /// Those that records made now and in the next weeks count in.
    std::vector<Series> series() const;

    RecordStore &m_store;
};

} // namespace tz
