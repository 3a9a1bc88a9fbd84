// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/base/sentences.h"

#include <QtCore/qglobal.h>

namespace tz {

namespace {

constexpr Sentence all[] = {
    {"api.no_token",
     QT_TRANSLATE_NOOP("errors", "The request carries no token. Send one as “Authorization: Bearer …”.")},
    {"api.bad_token", QT_TRANSLATE_NOOP("errors", "The token is not known here.")},
    {"api.token_revoked", QT_TRANSLATE_NOOP("errors", "The token was revoked. Ask an administrator for another one.")},
    {"api.token_expired", QT_TRANSLATE_NOOP("errors", "The token has expired. Ask an administrator for another one.")},
    {"api.not_in_scope", QT_TRANSLATE_NOOP("errors", "The token is not meant for this: it needs the scope {scope}.")},
    {"api.unknown_path", QT_TRANSLATE_NOOP("errors", "There is nothing at this address.")},
    {"api.unknown_parameter",
     QT_TRANSLATE_NOOP("errors", "There is no parameter “{name}”.[ Did you mean {suggestion}?]")},
    {"api.bad_parameter", QT_TRANSLATE_NOOP("errors", "The parameter “{name}” does not fit (expected: {expected}).")},
    {"api.parameter_twice", QT_TRANSLATE_NOOP("errors", "The parameter “{name}” is given twice.")},
    {"api.bad_cursor",
     QT_TRANSLATE_NOOP("errors", "The list cannot go on from here: take “next” of an answer to the same question.")},
    {"api.cannot_sort", QT_TRANSLATE_NOOP("errors", "The list cannot be sorted by {name}.")},
    {"api.bad_header", QT_TRANSLATE_NOOP("errors", "The header {name} does not fit (expected: {expected}).")},
    {"api.no_revision_yet",
     QT_TRANSLATE_NOOP("errors", "A record that is being made has no revision yet: leave out If-Match.")},
    {"api.wrong_content_type", QT_TRANSLATE_NOOP("errors", "The body must be JSON (Content-Type: application/json).")},
    {"api.not_json", QT_TRANSLATE_NOOP("errors", "The body is not valid JSON (at byte {offset}).")},
    {"api.not_an_object",
     QT_TRANSLATE_NOOP("errors", "The body must be one JSON object, with the fields as its members.")},
    {"api.key_reused", QT_TRANSLATE_NOOP("errors", "This Idempotency-Key was used for another request.")},
    {"api.too_many_requests", QT_TRANSLATE_NOOP("errors", "The token is used too often: {limit} requests a second are "
                                                          "the most for long. Try again in {seconds} seconds.")},
    {"api.bad_scope",
     QT_TRANSLATE_NOOP("errors",
                       "“{scope}” is not a scope. It looks like read:*, read:pipeline.* or write:pipeline.lead.")},
    {"api.bad_name",
     QT_TRANSLATE_NOOP("errors", "“{name}” cannot be the name of a token: 1 to 60 visible characters.")},
    {"api.bad_expiry", QT_TRANSLATE_NOOP("errors", "“{text}” is not a day to come. Write it as 2027-12-31.")},
    {"api.token_exists",
     QT_TRANSLATE_NOOP("errors", "There is a token “{name}” already. Revoke it first, or choose another name.")},
    {"api.unknown_token", QT_TRANSLATE_NOOP("errors", "There is no token “{name}” in force.")},
    {"webhook.bad_url",
     QT_TRANSLATE_NOOP("errors",
                       "“{url}” is not an address to deliver to. It looks like https://erp.example.com/hook.")},
    {"webhook.plain_http",
     QT_TRANSLATE_NOOP(
         "errors", "Without TLS others could read what is delivered to {url}. Use https, or give --allow-http too.")},
    {"webhook.bad_event",
     QT_TRANSLATE_NOOP("errors", "There is no event “{event}”. There are create, update and delete.")},
    {"webhook.not_readable", QT_TRANSLATE_NOOP("errors", "{user} may not see any records of the kind {entity}.")},
    {"webhook.unknown", QT_TRANSLATE_NOOP("errors", "There is no webhook {id}.")},
    {"webhook.status", QT_TRANSLATE_NOOP("errors", "The receiver answered with the status {status}.")},
    {"webhook.bad_answer", QT_TRANSLATE_NOOP("errors", "What the receiver answered is not HTTP.")},
};

} // namespace

std::span<const Sentence> apiSentences()
{
    return all;
}

} // namespace tz
