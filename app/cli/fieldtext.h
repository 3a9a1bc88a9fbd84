// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/logic/fieldjson.h"
#include "core/store/recordreader.h"

namespace tz::cli {

/// Values as they are typed and printed on the command line.
///
/// Typed: dates 2026-11-23, times 2026-11-23T09:30 (this computer's zone unless one is given), numbers with a point,
/// yes/no, choices by name or label, links by id, key or title ("me" for users), sets as comma lists, `@file` for the
/// content of a UTF-8 file, nothing for an empty field.
class FieldText {
public:
    FieldText(const RecordReader &reader, const Id &me)
        : m_reader(reader)
        , m_me(me)
    {
    }

    /// Errors: record.wrong_type {expected}, record.bad_choice {value}, cli.link_not_found {value, entity},
    /// cli.link_ambiguous {value, entity}, cli.cannot_read {path}; each with Error::field.
    Result<Value> parse(const Field &field, const QString &text) const;
    /// A record by id, key or title.
    Result<Id> record(const Entity &entity, const QString &text) const;
    /// "name=value" of an entity's fields. Errors: cli.not_an_assignment {text}, record.unknown_field.
    Result<std::pair<QString, Value>> assignment(const Entity &entity, const QString &text) const;

    /// For people: titles instead of ids, labels instead of names. `field` null: a count or an id.
    QString shown(const Field *field, int scale, const Value &value) const;

private:
    Result<Value> parseScalar(const Field &field, const QString &text) const;
    const Entity *target(const Field &field) const;
    const RecordReader &m_reader;
    Id m_me;
};

} // namespace tz::cli
