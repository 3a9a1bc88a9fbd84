// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include <span>

namespace tz {

/// The English sentence of one error code, as it stands in the translation files (context "errors").
struct Sentence {
    const char *code;
    const char *text;
};

/// The sentences of the program's own codes; departments add theirs with addSentence().
std::span<const Sentence> sentences();
/// Those about profile, database, network, sign-in, sync and the command line.
std::span<const Sentence> programSentences();
/// Those of backups of a server.
std::span<const Sentence> copySentences();
/// Those of the server's HTTP API and webhooks.
std::span<const Sentence> apiSentences();

} // namespace tz
