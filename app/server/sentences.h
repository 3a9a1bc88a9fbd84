// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

namespace tz::server {

/// Gives the server's own error codes their English sentences, for its console. Codes that travel to clients have
/// theirs in core/base. Before any thread starts.
void addServerSentences();

} // namespace tz::server
