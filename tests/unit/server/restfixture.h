// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "server/rest/rest.h"
#include "serverfixture.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUrl>

namespace tz::test {

/// What another program hears.
struct Heard {
    int status = 0;
    QJsonObject json;
    QByteArray body;
    QHash<QByteArray, QByteArray> headers;

    QString code() const { return json.value(u"code").toString(); }
    QJsonArray items() const { return json.value(u"items").toArray(); }
    /// Of each item, one after the other.
    QStringList texts(const char *field) const
    {
        QStringList all;
        for (const QJsonValue &item : items())
            all << item.toObject().value(QLatin1String(field)).toString();
        return all;
    }
    QString id() const { return json.value(u"id").toString(); }
    QByteArray etag() const { return headers.value("ETag"); }
};

/// Another program with a token of its own, as the server sees it.
class Bridge {
public:
    Bridge(ServerFixture &fixture, const char *user, QStringList scopes, const char *name = "bridge")
        : server(fixture)
    {
        const auto made = server.api->service().tokens().add(
            {QString::fromUtf8(name), QString::fromUtf8(user), std::move(scopes), {}});
        REQUIRE_RESULT(made);
        token = made->toLatin1();
    }
    Heard ask(const char *method, const QString &path, const QByteArray &body = {},
              const std::function<void(server::rest::Request &)> &also = {})
    {
        server::rest::Request request;
        request.method = method;
        request.target = "/api/v1/" + QUrl(path).toEncoded();
        request.token = token;
        request.body = body;
        if (!body.isEmpty())
            request.contentType = "application/json";
        if (also)
            also(request);
        const server::rest::Answer answer = server::rest::handle(server.api->service(), request);
        Heard heard;
        heard.status = answer.status;
        heard.body = answer.body;
        heard.json = QJsonDocument::fromJson(answer.body).object();
        for (const auto &[name, value] : answer.headers)
            heard.headers.insert(name, value);
        everything += answer.body;
        return heard;
    }
    Heard get(const QString &path) { return ask("GET", path); }
    /// Records of a kind, with these parameters; their values are encoded here.
    Heard list(const QString &entity, const QList<std::pair<const char *, QString>> &parameters = {})
    {
        QByteArray query;
        for (const auto &[name, value] : parameters)
            query += (query.isEmpty() ? "?" : "&") + QByteArray(name) + '=' + QUrl::toPercentEncoding(value);
        return ask("GET", {}, {}, [&](server::rest::Request &request) {
            request.target = "/api/v1/records/" + entity.toLatin1() + query;
        });
    }
    Heard post(const QString &path, const QByteArray &body, const QByteArray &key = {})
    {
        return ask("POST", path, body, [&](server::rest::Request &request) { request.idempotencyKey = key; });
    }
    Heard patch(const QString &path, const QByteArray &body, const QByteArray &ifMatch = {})
    {
        return ask("PATCH", path, body, [&](server::rest::Request &request) { request.ifMatch = ifMatch; });
    }

    ServerFixture &server;
    QByteArray token;
    /// Every byte that it was ever told.
    QByteArray everything;
};

} // namespace tz::test
