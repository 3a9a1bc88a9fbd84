// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors

// SQL and its like in everything that a laptop says.
#include "core/sync/adminwire.h"
#include "core/sync/blobwire.h"
#include "core/sync/numberwire.h"
#include "injectionworld.h"

#include <set>

using namespace tz;
using namespace tz::test;
using namespace Qt::StringLiterals;

namespace {

/// Tables that get rows, or other ones, when it is answered well. All others stay as they were, whatever is asked.
QStringList mayGrow(const QByteArray &path)
{
    static const QHash<QByteArray, QStringList> tables{
        {"/v1/login", {u"device"_s, u"sqlite_sequence"_s}},
        {"/v1/hello", {u"device"_s}},
        {"/v1/push",
         {u"crm_account"_s, u"member"_s, u"_member"_s, u"audience"_s, u"audit"_s, u"batch"_s, u"blob_use"_s,
          u"counter"_s, u"device"_s, u"digest"_s, u"principal"_s, u"revision"_s, u"series"_s}},
        {"/v1/numbers", {u"series"_s, u"number_lease"_s}},
        {"/v1/admin/change",
         {u"foundation_user"_s, u"account"_s, u"audience"_s, u"audit"_s, u"batch"_s, u"counter"_s, u"device"_s,
          u"digest"_s, u"revision"_s, u"setting"_s}},
    };
    return tables.value(path);
}

/// Whether the message was understood and something done or said about what it named.
bool isTaken(const QByteArray &path, const server::Answer &answer)
{
    if (answer.status != 200)
        return false;
    if (path == "/v1/push")
        return wire::decodePushAnswer(answer.body)->answers.front().reasons.empty();
    if (path == "/v1/numbers")
        return !wire::decodeNumbersAnswer(answer.body)->ranges.empty();
    if (path == "/v1/state") {
        const auto state = wire::decodeStateAnswer(answer.body);
        return !state->tables.empty() || !state->evict.empty();
    }
    if (path == "/v1/blob/look")
        return wire::decodeBlobSeen(answer.body)->states.front() != 0;
    if (path == "/v1/admin/audit")
        return !wire::decodeAuditPage(answer.body)->entries.empty();
    return true;
}

/// What the user wrote, what is only compared with what it was, and what means nothing in this kind of change.
bool isOpaque(const QByteArray &path, const Place &place)
{
    return place.text.contains(u"DATA") || place.text.isEmpty() || path == "/v1/pull" || path == "/v1/backfill";
}

void judge(const QByteArray &path, const Place &place, const QString &hostile, const server::Answer &answer)
{
    CHECK(answer.status < 500);
    if (answer.status != 200) {
        const auto error = wire::decodeError(answer.body);
        REQUIRE_RESULT(error);
        CHECK_FALSE(error->code.isEmpty());
        // What a text may be is said of its field; that it is no name, of the name.
        if (isOpaque(path, place) && !place.isBytes && !hostile.contains(QChar(0)))
            CHECK(error->code.toStdString() == "");
    } else if (!isOpaque(path, place) && !place.isBytes) {
        CHECK_FALSE(isTaken(path, answer));
    }
}

} // namespace

TEST_CASE("every question of a laptop has a well-formed message among those that are spoilt here",
          "[server][hostile][injection]")
{
    std::set<QByteArray> spoilt;
    for (const Message &message : questions({}))
        spoilt.insert(message.path);
    const std::vector<QByteArray> paths = server::Api::paths();
    CHECK(spoilt == std::set<QByteArray>(paths.begin(), paths.end()));
}

TEST_CASE("the messages that are spoilt here are taken as they are", "[server][hostile][injection]")
{
    InjectionWorld world;
    for (size_t i = 0; i < questions({}).size(); ++i) {
        const Message message = world.fresh(i);
        // Of these only the forms are right, so that they change nothing, or the world has seen them already.
        if (message.cbor.isEmpty() || message.path == "/v1/wiped" || message.path == "/v1/two-step" ||
            message.path == "/v1/blob/piece" || message.path == "/v1/blob/done" || message.path == "/v1/login/provider")
            continue;
        INFO(message.path.toStdString());
        const server::Answer answer = world.ask(message);
        if (answer.status != 200)
            FAIL_CHECK(wire::decodeError(answer.body)->toString().toStdString());
        else
            CHECK(isTaken(message.path, answer));
        if (message.path == "/v1/push") {
            const auto pushed = wire::decodePushAnswer(answer.body);
            for (const wire::Reason &reason : pushed->answers.front().reasons)
                FAIL_CHECK(reason.change << ": " << reason.error.toString().toStdString());
        }
    }
}

TEST_CASE("SQL in any text of any question is data where data stands, and no name where a name does",
          "[server][hostile][injection]")
{
    InjectionWorld world;
    int asked = 0;
    DatabasePicture before(*world.api);
    for (size_t i = 0; i < questions({}).size(); ++i) {
        const Message sample = world.fresh(i);
        for (const Place &place : placesIn(sample.cbor)) {
            INFO(sample.path.toStdString() << ", instead of " << place.text.toStdString());
            for (const QString &hostile : injections()) {
                // Of a name also behind what would be right.
                for (const QString &text : isOpaque(sample.path, place) || place.isBytes
                                               ? QStringList{hostile}
                                               : QStringList{hostile, place.text + hostile}) {
                    INFO(text.toStdString());
                    Message message = world.fresh(i);
                    message.cbor = replaced(message.cbor, place, text);
                    judge(message.path, place, text, world.ask(message));
                    ++asked;
                }
            }
            DatabasePicture after(*world.api);
            CHECK(after.damages(before, mayGrow(sample.path)) == QStringList());
            before = std::move(after);
        }
    }
    CHECK(asked > 2000);
}

TEST_CASE("SQL instead of a path or a token is answered like any other that there is not",
          "[server][hostile][injection]")
{
    InjectionWorld world;
    const DatabasePicture before(*world.api);
    for (const QString &hostile : injections()) {
        INFO(hostile.toStdString());
        for (const QByteArray &path : server::Api::paths()) {
            INFO(path.toStdString());
            server::Request request;
            request.path = path + hostile.toUtf8();
            request.token = world.admin->token;
            CHECK(world.api->handle(request).status == 404);
            if (path.startsWith("/v1/login") || path == "/v1/wiped")
                continue;
            request.path = path;
            request.token = hostile.toUtf8();
            CHECK(world.api->handle(request).status == 401);
            request.token = world.admin->token + hostile.toUtf8();
            CHECK(world.api->handle(request).status == 401);
            CHECK_FALSE(world.api->listener(request.token));
        }
    }
    CHECK(DatabasePicture(*world.api).damages(before, {}) == QStringList());
}
