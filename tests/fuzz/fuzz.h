// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include <QByteArray>

/// What is fuzzed: takes any bytes, and must neither crash nor hang. A promise that is broken throws (TZ_CHECK).
namespace tz::fuzz {
void catalog(const QByteArray &bytes);
void compressed(const QByteArray &bytes);
void csv(const QByteArray &bytes);
void expression(const QByteArray &bytes);
void fieldvalue(const QByteArray &bytes);
void http(const QByteArray &bytes);
void import(const QByteArray &bytes);
void openid(const QByteArray &bytes);
void requests(const QByteArray &bytes);
void websocket(const QByteArray &bytes);
void wire(const QByteArray &bytes);

/// Whether these bytes are a message, as wire() takes them.
bool isMessage(const QByteArray &bytes);
} // namespace tz::fuzz
