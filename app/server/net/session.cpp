// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "server/net/session.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace tz::server {

namespace {
constexpr qsizetype compressedFrom = 512;

bool wantsJson(const HttpRequest &request)
{
    return request[http::field::accept].find("application/json") != boost::beast::string_view::npos;
}

QByteArray header(const HttpRequest &request, boost::beast::string_view name)
{
    const boost::beast::string_view value = request[name];
    return {value.data(), qsizetype(value.size())};
}

QByteArray header(const HttpRequest &request, http::field name)
{
    return header(request, http::to_string(name));
}

HttpResponse plain(http::status status, const char *type, const QByteArray &body)
{
    HttpResponse response(status, 11);
    response.set(http::field::content_type, type);
    response.body().assign(body.constData(), size_t(body.size()));
    return response;
}
} // namespace

QByteArray bearerToken(const HttpRequest &request)
{
    const boost::beast::string_view value = request[http::field::authorization];
    const QByteArray text(value.data(), qsizetype(value.size()));
    return text.startsWith("Bearer ") ? text.mid(7).trimmed() : QByteArray();
}

bool isForPrograms(const HttpRequest &request)
{
    return request.target().starts_with(rest::root);
}

HttpResponse errorResponse(http::status status, const Error &error, const HttpRequest &request, bool keep)
{
    HttpResponse response;
    if (isForPrograms(request)) {
        response =
            responseFor(rest::refusal(error, int(status), header(request, http::field::accept_language)), request);
    } else if (wantsJson(request)) {
        const QJsonObject object{{QStringLiteral("code"), QString::fromLatin1(error.code)},
                                 {QStringLiteral("params"), QJsonObject::fromVariantMap(error.params)}};
        response = plain(status, "application/json", QJsonDocument(object).toJson(QJsonDocument::Compact));
    } else {
        response = plain(status, "application/cbor", wire::encode(error));
    }
    response.version(11);
    response.keep_alive(keep);
    response.prepare_payload();
    return response;
}

HttpResponse listenerRefusal(const Error &error, const HttpRequest &request)
{
    if (error.is("net.too_many_connections"))
        return errorResponse(http::status::too_many_requests, error, request);
    const bool unknown = error.code.startsWith("auth.");
    return errorResponse(unknown ? http::status::unauthorized : http::status::service_unavailable, error, request);
}

QByteArray NetContext::metrics() const
{
    QByteArray text = api.metrics();
    const auto add = [&](const char *name, const char *type, const char *help, qint64 value) {
        text += QByteArray("# HELP ") + name + ' ' + help + "\n# TYPE " + name + ' ' + type + '\n' + name + ' ' +
                QByteArray::number(value) + '\n';
    };
    add("tongzhou_http_requests_total", "counter", "Requests read.", requests);
    add("tongzhou_http_rejected_total", "counter", "Requests refused before they were looked at.", rejected);
    add("tongzhou_http_timeouts_total", "counter", "Requests that did not arrive in time.", timeouts);
    add("tongzhou_http_received_bytes_total", "counter", "Bytes of bodies received.", bytesIn);
    add("tongzhou_http_sent_bytes_total", "counter", "Bytes of bodies sent.", bytesOut);
    add("tongzhou_connections", "gauge", "Open connections.", connections);
    add("tongzhou_live_channels", "gauge", "Open wake-up channels.", hub.count());
    text += deliverer.metrics();
    for (const Workers *workers : allWorkers()) {
        const QByteArray name = QByteArray("tongzhou_queue{work=\"") + workers->name() + "\"}";
        text += name + ' ' + QByteArray::number(workers->queued()) + '\n';
    }
    return text;
}

HttpResponse answerGet(NetContext &context, const HttpRequest &request)
{
    HttpResponse response;
    if (request.method() != http::verb::get && request.method() != http::verb::head) {
        response = errorResponse(http::status::method_not_allowed, Error("net.bad_method"), request);
    } else if (request.target() == "/healthz") {
        const bool healthy = context.api.healthy();
        response = plain(healthy ? http::status::ok : http::status::service_unavailable, "application/json",
                         healthy ? "{\"status\":\"ok\"}" : "{\"status\":\"failing\"}");
    } else if (request.target() == "/metrics") {
        response = plain(http::status::ok, "text/plain; version=0.0.4", context.metrics());
    } else {
        response = errorResponse(http::status::not_found, Error("server.unknown_path"), request);
    }
    if (request.method() == http::verb::head)
        response.body().clear();
    response.version(request.version());
    return response;
}

Request requestFor(HttpRequest &request, const QByteArray &address)
{
    Request question;
    const boost::beast::string_view target = request.target();
    question.path = QByteArray(target.data(), qsizetype(target.size()));
    question.token = bearerToken(request);
    question.body = QByteArray(request.body().data(), qsizetype(request.body().size()));
    question.packed = request[http::field::content_encoding] == "zstd";
    question.json = request[http::field::content_type].find("application/json") != boost::beast::string_view::npos;
    question.wantsJson = wantsJson(request);
    question.address = address;
    return question;
}

namespace {
void setBody(HttpResponse &response, QByteArray body, const HttpRequest &request)
{
    if (body.size() >= compressedFrom &&
        request[http::field::accept_encoding].find("zstd") != boost::beast::string_view::npos) {
        if (QByteArray packed = wire::compress(body); wire::mayBeUnpacked(packed.size(), body.size())) {
            body = std::move(packed);
            response.set(http::field::content_encoding, "zstd");
        }
    }
    response.body().assign(body.constData(), size_t(body.size()));
}
} // namespace

HttpResponse responseFor(Answer &&answer, const HttpRequest &request)
{
    HttpResponse response(http::status(answer.status), request.version());
    response.set(http::field::content_type, answer.json ? "application/json" : "application/cbor");
    response.set(http::field::cache_control, "no-store");
    if (answer.retryAfterSeconds > 0)
        response.set(http::field::retry_after, std::to_string(answer.retryAfterSeconds));
    if (answer.json)
        response.body().assign(answer.body.constData(), size_t(answer.body.size()));
    else
        setBody(response, std::move(answer.body), request);
    return response;
}

rest::Request programRequestFor(const HttpRequest &request)
{
    rest::Request question;
    const boost::beast::string_view method = request.method_string();
    const boost::beast::string_view target = request.target();
    question.method = QByteArray(method.data(), qsizetype(method.size()));
    if (question.method == "HEAD")
        question.method = "GET";
    question.target = QByteArray(target.data(), qsizetype(target.size()));
    question.token = bearerToken(request);
    question.body = QByteArray(request.body().data(), qsizetype(request.body().size()));
    question.contentType = header(request, http::field::content_type);
    question.ifMatch = header(request, http::field::if_match);
    question.idempotencyKey = header(request, "Idempotency-Key");
    question.acceptLanguage = header(request, http::field::accept_language);
    return question;
}

HttpResponse responseFor(rest::Answer &&answer, const HttpRequest &request)
{
    HttpResponse response(http::status(answer.status), request.version());
    response.set(http::field::cache_control, "no-store");
    for (const auto &[name, value] : answer.headers)
        response.set(name.toStdString(), value.toStdString());
    if (!answer.type.isEmpty()) {
        response.set(http::field::content_type, answer.type.toStdString());
        if (request.method() != http::verb::head)
            setBody(response, std::move(answer.body), request);
    }
    return response;
}

Workers &workersFor(NetContext &context, const HttpRequest &request)
{
    if (isForPrograms(request))
        return context.programs;
    const boost::beast::string_view target = request.target();
    const QByteArray path(target.data(), qsizetype(target.size()));
    if (path == "/v1/login")
        return context.signIns;
    if (path.startsWith("/v1/login/"))
        return context.providers;
    if (path == "/v1/push")
        return context.pushes;
    if (path == "/v1/backfill")
        return context.backfills;
    if (path == "/v1/blob" || path.startsWith("/v1/blob/"))
        return context.blobs;
    return path == "/v1/pull" ? context.pulls : context.others;
}

} // namespace tz::server
