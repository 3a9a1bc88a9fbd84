// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "server/api/api.h"

#include <QMap>
#include <QStringList>

namespace tz::test {

/// Everything that is in a server's database, SQLite or PostgreSQL, short enough to be compared.
struct DatabasePicture {
    explicit DatabasePicture(const server::Api &api);

    struct Table {
        qint64 rows = 0;
        QByteArray digest;
    };
    QMap<QString, Table> tables;
    /// Tables with their columns, indexes.
    QStringList schema;

    /// What is not as it was before: other tables than these, fewer rows in these, another schema.
    QStringList damages(const DatabasePicture &before, const QStringList &mayGrow) const;
};

} // namespace tz::test
