// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "server/rest/rest.h"
#include "server/storage/model.h"

namespace tz::server::rest {

/// "zh_CN" or "en", by what the caller likes best of the two.
QString languageOf(const QByteArray &acceptLanguage);

/// Where in the request the fault lies, besides Error::field, which is a member of the body.
struct Place {
    /// Of what the error's field is a field; null: unknown. Belongs to the model.
    const Entity *entity = nullptr;
    ModelPtr model = {};
    /// Name of a parameter in the address; empty: none.
    QString parameter = {};
};

/// application/problem+json (RFC 9457) with the code, the sentence in the thread's language and the place. What the
/// caller cannot mend is told without details.
Answer problem(const Error &error, int status, const Place &place = {});

/// HTTP status of an error of this API. `hasCondition`: the request said which revision it means.
int statusOf(const Error &error, bool hasCondition);

} // namespace tz::server::rest
