// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "replica/workspace/workspace.h"

#include <set>

namespace tz::bench {

/// Edits of customers that are made on one laptop and seen on another one's screen.
class Edits {
public:
    Edits(Workspace &a, Workspace &b);
    ~Edits();
    /// Makes so many customers on A and waits until B has them: these are edited.
    void create(int count);
    /// The customers with these ids are edited, which both have.
    void use(std::vector<Id> ids) { m_ids = std::move(ids); }

    /// Milliseconds from each edit on A to the moment at which B shows it; with a pause between them that is longer
    /// than the one between wake-ups: the usual case.
    std::vector<double> oneByOne(int count);
    /// Every customer is edited, each by a batch of its own, without waiting. Answers the seconds until B shows all.
    double allAtOnce();
    /// The same as one action, as changing many rows of a list is.
    double asOne();

private:
    double untilSeen(const std::function<void(const QString &value)> &make);
    QString valueOnB(const Id &id) const;
    Workspace &m_a;
    Workspace &m_b;
    std::vector<Id> m_ids;
    /// What B was told of since somebody began to wait.
    std::set<Id> m_seen;
    bool m_seenMany = false;
    int m_round = 0;
    QMetaObject::Connection m_connection;
};

} // namespace tz::bench
