// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/base/id.h"
#include "core/sync/wire.h"

namespace tz::test {

/// What the messages speak of: where they are to be answered well, there are these.
struct Subjects {
    /// Of "crm.account", with a text "name" and attachments "files".
    Id account = Id::fromName(u"account");
    Id user = Id::fromName(u"user");
    Id team = Id::fromName(u"team");
    Id device = Id::fromName(u"device");
    /// New ones, for what has to be new.
    Id batch = Id::fromName(u"batch");
    Id record = Id::fromName(u"record");
    qint64 batchNo = 1;
    qint64 nowMs = 1'790'000'000'000;
};

/// One well-formed message of a kind, in CBOR. All its lists have elements; of its texts those with "DATA" in them are
/// the user's and stand for any, the others are names that mean something.
struct Message {
    /// Of its seed in tests/fuzz/corpus/wire.
    const char *name;
    /// First byte of that seed (tests/fuzz/wirefuzz.cpp).
    char kind;
    /// Where it is asked; empty: it is an answer, or part of something.
    QByteArray path;
    QByteArray cbor;
};

/// Of every kind that a laptop sends.
std::vector<Message> questions(const Subjects &subjects);
/// Of every kind that the server sends, and of what lies in databases.
std::vector<Message> answers(const Subjects &subjects);

/// Content of the file that the account has.
QByteArray fileContent();

} // namespace tz::test
