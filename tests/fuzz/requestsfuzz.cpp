// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/base/check.h"
#include "server/rest/rest.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/fuzzserver.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace tz::fuzz {

namespace {

void askAsProgram(FuzzServer &server, const QByteArray &line, const QByteArray &body)
{
    const qsizetype blank = line.indexOf(' ');
    server::rest::Request request;
    request.method = line.first(blank);
    request.target = line.mid(blank + 1);
    request.token = server.program();
    request.body = body;
    request.contentType = "application/json";
    const server::rest::Answer answer = server::rest::handle(server.api().service(), request);
    TZ_CHECK(answer.status < 500);
    if (answer.status < 400)
        return;
    const QJsonObject problem = QJsonDocument::fromJson(answer.body).object();
    TZ_CHECK(problem.value(QLatin1String("status")).toInt() == answer.status);
    TZ_CHECK(!problem.value(QLatin1String("code")).toString().isEmpty());
}

void askAsLaptop(FuzzServer &server, unsigned said, const QByteArray &path, const QByteArray &body)
{
    server::Request request;
    request.path = path;
    request.token = said & 1 ? server.user() : server.admin();
    request.json = request.wantsJson = (said & 2) != 0;
    request.packed = (said & 4) != 0;
    request.body = body;
    const server::Answer answer = server.api().handle(request);
    TZ_CHECK(answer.status < 500);
    if (answer.status == 200)
        return;
    if (request.wantsJson) {
        TZ_CHECK(QJsonDocument::fromJson(answer.body).object().contains(QLatin1String("code")));
    } else {
        const auto error = wire::decodeError(answer.body);
        TZ_CHECK(error && !error->code.isEmpty());
    }
}

} // namespace

/// First who asks and how (see above), "a" being an administrator in CBOR; then the path, or method and address of the
/// HTTP API; and from the next line on the body.
void requests(const QByteArray &bytes)
{
    FuzzServer &server = FuzzServer::shared();
    const qsizetype end = bytes.indexOf('\n');
    if (end < 1)
        return;
    const QByteArray line = bytes.mid(1, end - 1);
    const QByteArray body = bytes.mid(end + 1);
    if (line.contains(' '))
        askAsProgram(server, line, body);
    else
        askAsLaptop(server, static_cast<unsigned char>(bytes.front()) + 256U - 'a', line, body);
    server.settle();
}

} // namespace tz::fuzz
