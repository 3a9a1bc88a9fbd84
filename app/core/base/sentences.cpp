// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/base/sentences.h"

#include <QtCore/qglobal.h>

namespace tz {

namespace {

constexpr Sentence all[] = {
    {"record.required", QT_TRANSLATE_NOOP("errors", "{field} must be filled in.")},
    {"record.too_long", QT_TRANSLATE_NOOP("errors", "{field} is too long: at most {max} characters.")},
    {"record.out_of_range", QT_TRANSLATE_NOOP("errors", "{field} is out of range: it must lie between {min} and {max}.")},
    {"record.bad_choice", QT_TRANSLATE_NOOP("errors", "“{value}” is not one of the choices of {field}.")},
    {"record.wrong_type", QT_TRANSLATE_NOOP("errors", "{field} does not hold a value of the right kind ({expected}).")},
    {"record.bad_email", QT_TRANSLATE_NOOP("errors", "“{value}” is not an e-mail address.")},
    {"record.unknown_field", QT_TRANSLATE_NOOP("errors", "There is no field {field}.")},
    {"record.unknown_entity", QT_TRANSLATE_NOOP("errors", "There is no kind of record called {entity}.")},
    {"record.readonly", QT_TRANSLATE_NOOP("errors", "{field} cannot be changed here.")},
    {"record.derived", QT_TRANSLATE_NOOP("errors", "{field} is computed and cannot be set.")},
    {"record.append_only",
     QT_TRANSLATE_NOOP("errors", "Records of this kind are never changed; add a correcting one instead.")},
    {"record.state_by_action",
     QT_TRANSLATE_NOOP("errors", "{field} is not set directly: use the action that leads to “{state}”.")},
    {"record.merged_invalid",
     QT_TRANSLATE_NOOP("errors", "Together with what others changed meanwhile the record would not be valid.")},
    {"record.not_found", QT_TRANSLATE_NOOP("errors", "This record does not exist here (any more).")},
    {"record.exists", QT_TRANSLATE_NOOP("errors", "This record exists already.")},
    {"record.deleted", QT_TRANSLATE_NOOP("errors", "This record is in the recycle bin.")},
    {"record.not_deleted", QT_TRANSLATE_NOOP("errors", "This record is not in the recycle bin.")},
    {"record.unknown_parent", QT_TRANSLATE_NOOP("errors", "The record that this one belongs to is not here.")},
    {"record.parents_in_circle", QT_TRANSLATE_NOOP("errors", "A record cannot belong to itself.")},
    {"record.not_a_set", QT_TRANSLATE_NOOP("errors", "{field} does not hold several values.")},
    {"record.too_many_changes", QT_TRANSLATE_NOOP("errors", "Too many changes at once: at most {max}.")},
    {"record.changed_meanwhile", QT_TRANSLATE_NOOP("errors", "Somebody changed this since; it was kept.")},
    {"input.not_a_number", QT_TRANSLATE_NOOP("errors", "“{text}” is not a number.")},
    {"input.not_a_date", QT_TRANSLATE_NOOP("errors", "“{text}” is not a date. Year-month-day is always understood.")},
    {"input.not_a_duration", QT_TRANSLATE_NOOP("errors", "“{text}” is not a duration. Write 1:30 or 90 min.")},
    {"input.too_many_digits", QT_TRANSLATE_NOOP("errors", "At most {digits} digits after the point.")},
    {"input.not_json", QT_TRANSLATE_NOOP("errors", "This is not valid JSON (at character {offset}).")},
    {"input.not_chosen", QT_TRANSLATE_NOOP("errors", "There is no “{text}”: choose one from the list.")},
    {"file.cannot_write", QT_TRANSLATE_NOOP("errors", "{path} cannot be written.")},
    {"action.unknown", QT_TRANSLATE_NOOP("errors", "There is no action “{action}”.")},
    {"action.not_from_here", QT_TRANSLATE_NOOP("errors", "“{action}” is not possible in the state “{state}”.")},
    {"action.not_allowed_now", QT_TRANSLATE_NOOP("errors", "“{action}” is not possible at present.")},
    {"action.missing", QT_TRANSLATE_NOOP("errors", "{field} must be filled in before “{action}”.")},
    {"access.read_denied", QT_TRANSLATE_NOOP("errors", "You may not see this record.")},
    {"access.write_denied", QT_TRANSLATE_NOOP("errors", "You may not change this record.")},
    {"access.create_denied", QT_TRANSLATE_NOOP("errors", "You may not create records of this kind.")},
    {"access.delete_denied", QT_TRANSLATE_NOOP("errors", "You may not delete this record.")},
    {"access.assign_denied", QT_TRANSLATE_NOOP("errors", "You may not give this record to someone else ({field}).")},
    {"access.field_hidden", QT_TRANSLATE_NOOP("errors", "You may not set {field}.")},
    {"access.action_denied", QT_TRANSLATE_NOOP("errors", "You may not do “{action}” with this record.")},
};

} // namespace

std::span<const Sentence> sentences()
{
    return all;
}

} // namespace tz
