// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/sync/attachment.h"
#include "databasepicture.h"
#include "serverfixture.h"
#include "tests/support/injections.h"
#include "tests/support/messages.h"

#include <QCryptographicHash>

namespace tz::test {

/// A server that has what messages() speak of, and an administrator who asks.
struct InjectionWorld : ServerFixture {
    InjectionWorld()
    {
        subjects.user = addUser("anna", {QStringLiteral("sales")}, "North");
        admin = std::make_unique<Laptop>(*this, "admin");
        subjects.device = Laptop(*this, "anna").device;
        const Attachment file{QCryptographicHash::hash(fileContent(), QCryptographicHash::Sha256), fileContent().size(),
                              QStringLiteral("text/plain"), QStringLiteral("a.txt")};
        REQUIRE(admin
                    ->make({create("crm.account", subjects.account,
                                   {edit("name", text("Acme")), edit("tags", Value::fromSet({text("tag")})),
                                    edit("files", Value::fromSet({file.toValue()}))}),
                            create("crm.contact", Id::fromName(u"contact"),
                                   {edit("name", text("Wang")), edit("account", Value(subjects.account))}),
                            create("crm.note", Id::fromName(u"note"), {edit("text", text("note"))}),
                            create("crm.memo", Id::fromName(u"memo"), {edit("text", text("memo"))})})
                    .status == wire::BatchStatus::Accepted);
        for (const Message &message : questions(subjects)) {
            if (message.path == "/v1/blob" || message.path == "/v1/blob/piece" || message.path == "/v1/blob/done")
                REQUIRE(ask(message).status == 200);
        }
    }

    /// The message with new ids and numbers where there have to be new ones.
    Message fresh(size_t question)
    {
        subjects.batch = ids.next();
        subjects.record = ids.next();
        subjects.batchNo = admin->lastNo + 1;
        subjects.nowMs = clock.nowMs();
        return questions(subjects)[question];
    }

    using ServerFixture::ask;
    server::Answer ask(const Message &message)
    {
        server::Request request;
        request.path = message.path;
        request.token = admin->token;
        request.body = message.cbor;
        // Whoever errs often has to wait; it is not that which is looked at here.
        clock.advanceMs(301'000);
        request.address = QByteArray::number(++m_addresses);
        const server::Answer answer = api->handle(request);
        if (message.path == "/v1/push" && answer.status == 200)
            ++admin->lastNo;
        // Nobody may be signed in everywhere.
        if (message.path == "/v1/login" && answer.status == 200)
            (void)ask("/v1/logout", wire::decodeLoginAnswer(answer.body)->token.toLatin1(), {}, false);
        return answer;
    }

    Subjects subjects;
    std::unique_ptr<Laptop> admin;

private:
    int m_addresses = 0;
};

} // namespace tz::test
