// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/department/departmenthost.h"
#include "leakmarkers.h"
#include "server/api/api.h"

namespace tz::test {

/// What each role may do with each kind of record, drawn by lot, as a department's declarations.
class Rules {
public:
    enum class Reach { None, Own, Team, All };
    struct Right {
        Reach read = Reach::None;
        QStringList hidden;
    };
    static const QStringList roles;
    /// Kinds of record, and the kind above them; empty: none.
    static const std::map<QString, QString> entities;
    /// Fields that hold markers, by kind.
    static QStringList fieldsOf(const QString &entity);

    explicit Rules(Entropy &dice);
    DepartmentFiles declared() const;
    /// Widest right and what stays hidden, of somebody with these roles; by the sentences of docs/administrators and
    /// docs/decisions/0006, not by the program's code.
    Right rightOf(const QStringList &rolesOfUser, const QString &entity) const;

private:
    /// By kind and role; a kind that is missing has no rules of its own.
    std::map<QString, std::map<QString, Right>> m_rights;
};

/// Who may see what, worked out anew from nothing but the records of people, teams and owners.
class Rights {
public:
    explicit Rights(Rules rules)
        : m_rules(std::move(rules))
    {
    }
    void setRules(Rules rules) { m_rules = std::move(rules); }
    /// What the server holds at this moment.
    void read(server::Api &api);
    bool isActive(const Id &user) const;
    bool sees(const Id &user, const QString &entity, const Id &record) const;
    bool sees(const Id &user, const Place &place) const;
    bool sees(const Id &user, const Marker &marker) const;
    bool isDeleted(const Id &record) const;
    std::vector<std::pair<QString, Id>> records() const;

private:
    struct Fact {
        QString entity;
        Id owner, team, createdBy, parent;
        bool hasOwner = false, hasTeam = false, deleted = false;
    };
    struct Person {
        QStringList roles;
        Id team;
        bool active = true;
    };
    const Fact &rootOf(const Fact &fact) const;
    std::set<Id> teamsOf(const Person &person) const;

    Rules m_rules;
    qint64 m_rev = -1;
    std::map<Id, Fact> m_facts;
    std::map<Id, Person> m_people;
    /// The team above, of those that are not deleted.
    std::map<Id, Id> m_above;
};

} // namespace tz::test
