// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/base/sentences.h"

#include <QtCore/qglobal.h>

namespace tz {

namespace {

constexpr Sentence all[] = {
    {"profile.in_use",
     QT_TRANSLATE_NOOP("errors",
                       "Another program has this profile open: {program} (process {pid}). Close it and try again.")},
    {"profile.read_only",
     QT_TRANSLATE_NOOP("errors", "The profile {path} cannot be written. Check the rights of the folder.")},
    {"profile.cannot_create", QT_TRANSLATE_NOOP("errors", "The folder {path} cannot be created.")},
    {"profile.no_space",
     QT_TRANSLATE_NOOP("errors", "There is no space left for the profile {path}. Free some space and try again.")},
    {"store.cannot_open", QT_TRANSLATE_NOOP("errors", "The database {path} cannot be opened.")},
    {"store.not_a_database", QT_TRANSLATE_NOOP("errors", "{path} is not a database of this program.")},
    {"store.damaged", QT_TRANSLATE_NOOP("errors", "The database {path} is damaged.")},
    {"store.read_only",
     QT_TRANSLATE_NOOP("errors", "{path} cannot be written. Check the rights of the file and its folder.")},
    {"store.disk_full",
     QT_TRANSLATE_NOOP("errors", "The disk is full: nothing was changed. Free some space and try again.")},
    {"store.busy", QT_TRANSLATE_NOOP("errors", "The database is in use by another program. Try again in a moment.")},
    {"store.interrupted", QT_TRANSLATE_NOOP("errors", "This was cancelled.")},
    {"store.unreachable",
     QT_TRANSLATE_NOOP("errors",
                       "The server cannot reach its database at the moment. Nothing is lost; it is tried again.")},
    {"store.cannot_set_aside",
     QT_TRANSLATE_NOOP("errors", "The damaged database {path} cannot be moved out of the way.")},
    {"store.io", QT_TRANSLATE_NOOP("errors", "The disk reports a fault with {path}: {detail}. Nothing was changed.")},
    {"store.no_memory", QT_TRANSLATE_NOOP("errors", "There is not enough memory for this.")},
    {"store.too_large", QT_TRANSLATE_NOOP("errors", "This is too large for the database.")},
    {"query.bad_page",
     QT_TRANSLATE_NOOP("errors", "The list cannot go on from there: {expected} values are needed, not {found}.")},
    {"store.sql", QT_TRANSLATE_NOOP("errors", "The database reports a fault: {detail}.")},
    {"store.repaired",
     QT_TRANSLATE_NOOP("errors",
                       "The database was damaged. It was set aside as {path} and a new one was made; changes not yet "
                       "sent that could be saved: {waiting}, records: {records}. The rest comes from the server.")},
    {"net.bad_url",
     QT_TRANSLATE_NOOP("errors", "“{url}” is not the address of a server. It looks like https://crm.example.com.")},
    {"net.ca_file", QT_TRANSLATE_NOOP("errors", "There is no certificate in {path}.")},
    {"net.unreachable", QT_TRANSLATE_NOOP("errors", "The server {host} cannot be reached.")},
    {"net.timeout", QT_TRANSLATE_NOOP("errors", "The server {host} does not answer.")},
    {"net.tls", QT_TRANSLATE_NOOP("errors", "The connection to {host} is not safe: {reason}")},
    {"net.bad_answer",
     QT_TRANSLATE_NOOP("errors",
                       "What answered is not a server of this program (status {status}). Check the address.")},
    {"net.header_too_large", QT_TRANSLATE_NOOP("errors", "The header of the request is larger than {limit} bytes.")},
    {"wire.malformed", QT_TRANSLATE_NOOP("errors", "The message cannot be read.")},
    {"wire.too_large", QT_TRANSLATE_NOOP("errors", "The message is too large.")},
    {"wire.ratio_too_high",
     QT_TRANSLATE_NOOP("errors", "The message unpacks to more than {limit} times its size; it is not opened.")},
    {"wire.too_deep", QT_TRANSLATE_NOOP("errors", "The message is nested more than {limit} levels deep.")},
    {"wire.field_too_large", QT_TRANSLATE_NOOP("errors", "One value is too large: {limit} bytes are the most.")},
    {"wire.too_many_changes", QT_TRANSLATE_NOOP("errors", "One batch holds too many changes: {limit} are the most.")},
    {"wire.too_many_batches", QT_TRANSLATE_NOOP("errors", "Too many batches were sent at once: {limit} are the most.")},
    {"wire.bad_compression", QT_TRANSLATE_NOOP("errors", "The message cannot be unpacked.")},
    {"auth.wrong_password", QT_TRANSLATE_NOOP("errors", "The name or the password is wrong.")},
    {"auth.wait", QT_TRANSLATE_NOOP("errors", "Too many attempts. Try again in {seconds} seconds.")},
    {"auth.no_token", QT_TRANSLATE_NOOP("errors", "Please sign in.")},
    {"auth.bad_token",
     QT_TRANSLATE_NOOP(
         "errors", "The server does not know this computer any more. Please sign in again; unsent changes are kept.")},
    {"auth.token_expired",
     QT_TRANSLATE_NOOP("errors", "The sign-in has expired. Please sign in again; unsent changes are kept.")},
    {"auth.device_revoked", QT_TRANSLATE_NOOP("errors", "An administrator has shut this computer out.")},
    {"auth.device_of_another", QT_TRANSLATE_NOOP("errors", "This computer is registered for somebody else.")},
    {"auth.too_many_devices",
     QT_TRANSLATE_NOOP("errors", "You have signed in on too many computers. Ask an administrator to remove one.")},
    {"auth.user_disabled", QT_TRANSLATE_NOOP("errors", "This account is switched off. Ask an administrator.")},
    {"auth.unknown_user", QT_TRANSLATE_NOOP("errors", "This account does not exist any more.")},
    {"session.no_account",
     QT_TRANSLATE_NOOP(
         "errors",
         "Nobody has signed in to the profile {path} yet. Use login, or standalone to work on this computer only.")},
    {"session.not_signed_in",
     QT_TRANSLATE_NOOP("errors", "This computer is not signed in to the server. Use login; unsent changes are kept.")},
    {"session.standalone",
     QT_TRANSLATE_NOOP("errors", "This profile stays on this computer; there is no server to sync with.")},
    {"session.not_standalone",
     QT_TRANSLATE_NOOP("errors", "This is only possible in a profile for this computer only.")},
    {"session.other_account",
     QT_TRANSLATE_NOOP("errors", "This profile belongs to {user}. Use another profile for another account.")},
    {"session.token_in_file",
     QT_TRANSLATE_NOOP(
         "errors",
         "There is no keychain on this computer: the sign-in is kept in the file {path}, which only you can read.")},
    {"session.cannot_keep_token", QT_TRANSLATE_NOOP("errors", "The sign-in cannot be kept in {path}.")},
    {"session.fields_need_admin",
     QT_TRANSLATE_NOOP("errors",
                       "This profile has fields of its own ({count}), which only an administrator can bring to "
                       "the server. Sign in with an administrator's account once; nothing was changed.")},
    {"session.erased",
     QT_TRANSLATE_NOOP("errors", "An administrator had the copy on this computer erased. Its records, drafts, settings "
                                 "and the sign-in are gone from here; unsent changes that went with them: {unsent}.")},
    {"session.lease_over",
     QT_TRANSLATE_NOOP("errors", "This copy had no contact with the server for {days} days and has locked itself. "
                                 "Connect to the network and sync to go on; unsent changes are kept.")},
    {"sync.history_forked",
     QT_TRANSLATE_NOOP("errors", "The server has lost changes that this computer has seen (it was probably restored "
                                 "from a backup). Nothing is deleted here; ask your administrator.")},
    {"sync.history", QT_TRANSLATE_NOOP("errors", "The server's history is not the one that this computer knows.")},
    {"sync.other_server",
     QT_TRANSLATE_NOOP("errors", "This is another server than the one that this profile belongs to.")},
    {"sync.no_progress", QT_TRANSLATE_NOOP("errors", "The server's answer settles nothing; it will be asked again.")},
    {"sync.catalog",
     QT_TRANSLATE_NOOP(
         "errors",
         "The server does not know this kind of record or field yet; the change waits until it has been updated.")},
    {"sync.expected", QT_TRANSLATE_NOOP("errors", "The server expects another change first.")},
    {"sync.device_rolled_back",
     QT_TRANSLATE_NOOP("errors", "This computer was restored from an older state; its changes are numbered anew.")},
    {"sync.unknown_rejection", QT_TRANSLATE_NOOP("errors", "This refused change is not in the list any more.")},
    {"server.busy", QT_TRANSLATE_NOOP("errors", "The server is busy. Try again in a moment.")},
    {"server.too_slow", QT_TRANSLATE_NOOP("errors", "The server did not get to this in time. Try again in a moment.")},
    {"server.too_many_hellos",
     QT_TRANSLATE_NOOP("errors", "This computer calls the server too often: {limit} times an hour are the most. Try "
                                 "again in {seconds} seconds.")},
    {"net.too_many_connections",
     QT_TRANSLATE_NOOP("errors", "This computer has too many connections to the server open at once: {limit} are the "
                                 "most. Close other programs that use this profile.")},
    {"sync.in_line",
     QT_TRANSLATE_NOOP("errors", "The server is busy with the first copies of others: you are number {position} in the "
                                 "line. It goes on by itself.")},
    {"server.internal", QT_TRANSLATE_NOOP("errors", "The server has a fault; its administrator finds it in the log.")},
    {"server.unknown_path",
     QT_TRANSLATE_NOOP("errors", "The server does not know this request. It may be older than this program.")},
    {"report.unknown", QT_TRANSLATE_NOOP("errors", "There is no report {name}.")},
    {"report.not_allowed", QT_TRANSLATE_NOOP("errors", "You may not run the report {name}.")},
    {"report.missing", QT_TRANSLATE_NOOP("errors", "The report needs a value for {parameter}.")},
    {"departments.failed", QT_TRANSLATE_NOOP("errors", "The department {department} does not run: {reason}")},
    {"departments.none", QT_TRANSLATE_NOOP("errors", "There are no departments in {path}.")},
    {"export.cannot_write", QT_TRANSLATE_NOOP("errors", "{path} cannot be written.")},
    {"undo.nothing", QT_TRANSLATE_NOOP("errors", "There is nothing to take back.")},
    {"cli.unknown_command", QT_TRANSLATE_NOOP("errors", "There is no command {command}. {suggestion}")},
    {"cli.unknown_option", QT_TRANSLATE_NOOP("errors", "There is no option {option}. {suggestion}")},
    {"cli.unknown_entity", QT_TRANSLATE_NOOP("errors", "There is no kind of record {entity}. {suggestion}")},
    {"cli.unknown_report", QT_TRANSLATE_NOOP("errors", "There is no report {name}. {suggestion}")},
    {"cli.unknown_parameter", QT_TRANSLATE_NOOP("errors", "The report {report} has no parameter {name}.")},
    {"cli.unknown_action", QT_TRANSLATE_NOOP("errors", "{entity} has no action {action}. There are: {actions}.")},
    {"cli.missing_value", QT_TRANSLATE_NOOP("errors", "The option {option} needs a value.")},
    {"cli.missing_option", QT_TRANSLATE_NOOP("errors", "The option {option} is needed.")},
    {"cli.no_value", QT_TRANSLATE_NOOP("errors", "The option {option} takes no value.")},
    {"cli.bad_choice", QT_TRANSLATE_NOOP("errors", "The option {option} takes one of: {choices}.")},
    {"cli.wrong_arguments", QT_TRANSLATE_NOOP("errors", "Use it so: tongzhou-cli {command} {arguments}")},
    {"cli.not_an_assignment", QT_TRANSLATE_NOOP("errors", "“{text}” is not of the form field=value.")},
    {"cli.not_a_pair", QT_TRANSLATE_NOOP("errors", "“{text}” in {option} is not of the form left=right.")},
    {"cli.bad_id", QT_TRANSLATE_NOOP("errors", "“{text}” is not the id of a record.")},
    {"cli.cannot_read", QT_TRANSLATE_NOOP("errors", "The file {path} cannot be read.")},
    {"cli.link_not_found", QT_TRANSLATE_NOOP("errors", "There is no “{value}” in {entity}.")},
    {"cli.link_ambiguous", QT_TRANSLATE_NOOP("errors", "There are several “{value}” in {entity}; name it by its id.")},
    {"query.unknown_entity",
     QT_TRANSLATE_NOOP("errors", "There is no kind of record called {name}.[ Did you mean {suggestion}?]")},
    {"query.unknown_field",
     QT_TRANSLATE_NOOP("errors", "There is no field “{name}” in {entity}.[ Did you mean {suggestion}?]")},
    {"query.too_deep", QT_TRANSLATE_NOOP("errors", "The path or formula “{name}” leads too far.")},
    {"expression.syntax",
     QT_TRANSLATE_NOOP("errors", "The condition cannot be read: “{found}” is not expected at character {position}.")},
    {"expression.unknown_field",
     QT_TRANSLATE_NOOP(
         "errors", "There is no field “{name}” (character {position} of the condition).[ Did you mean {suggestion}?]")},
    {"expression.unknown_function",
     QT_TRANSLATE_NOOP(
         "errors",
         "There is no function “{name}” (character {position} of the condition).[ Did you mean {suggestion}?]")},
    {"expression.unknown_parameter",
     QT_TRANSLATE_NOOP(
         "errors",
         "There is no parameter “{name}” (character {position} of the condition).[ Did you mean {suggestion}?]")},
    {"expression.unknown_choice",
     QT_TRANSLATE_NOOP("errors", "“{name}” is not one of the field's values (character {position} of the condition).[ "
                                 "Did you mean {suggestion}?]")},
    {"expression.unknown_entity", QT_TRANSLATE_NOOP("errors", "The records that “{name}” leads to are not there.")},
    {"expression.type",
     QT_TRANSLATE_NOOP(
         "errors",
         "The condition does not fit together at character {position}: {expected} is expected, not {found}.")},
    {"expression.too_deep", QT_TRANSLATE_NOOP("errors", "The condition is nested too deeply.")},
    {"expression.too_long", QT_TRANSLATE_NOOP("errors", "The condition is too long: at most {max} characters.")},
};

} // namespace

std::span<const Sentence> programSentences()
{
    return all;
}

} // namespace tz
