// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "server/rest/rest.h"

#include "core/base/check.h"
#include "core/base/language.h"
#include "server/rest/openapi.h"
#include "server/rest/records.h"

namespace tz::server::rest {

namespace {

/// The methods that a path knows, and what each does.
using Methods = std::vector<std::pair<QByteArray, std::function<Result<Answer>(Call &)>>>;

Result<Methods> methodsOf(const QStringList &path)
{
    if (path == QStringList{QStringLiteral("openapi.json")})
        return Methods{{"GET", openapi::document}};
    if (path.size() < 2 || path.front() != QLatin1String("records"))
        return fail("api.unknown_path");
    const QString entity = path[1];
    if (path.size() == 2)
        return Methods{{"GET", [=](Call &call) { return records::list(call, entity); }},
                       {"POST", [=](Call &call) { return records::create(call, entity); }}};
    const QString id = path[2];
    if (path.size() == 3)
        return Methods{{"GET", [=](Call &call) { return records::get(call, entity, id); }},
                       {"PATCH", [=](Call &call) { return records::update(call, entity, id); }},
                       {"DELETE", [=](Call &call) { return records::remove(call, entity, id); }}};
    if (path.size() == 4 && path[3] == QLatin1String("restore"))
        return Methods{{"POST", [=](Call &call) { return records::restore(call, entity, id); }}};
    if (path.size() == 5 && path[3] == QLatin1String("actions"))
        return Methods{{"POST", [=, action = path[4]](Call &call) { return records::act(call, entity, id, action); }}};
    return fail("api.unknown_path");
}

Result<ApiSession> sessionOf(Service &service, const Request &request)
{
    TZ_ASSIGN(Storage::Lease connection, service.storage().read());
    TZ_ASSIGN(ApiSession session, service.tokens().session(*connection, request.token));
    if (request.admit)
        TZ_TRY(request.admit(session.device));
    if (const qint64 wait = service.apiRequests().waitMs(session.device); wait > 0)
        return fail("api.too_many_requests", {{QStringLiteral("limit"), ApiRequests::perSecond},
                                              {QStringLiteral("seconds"), (wait + 999) / 1000}});
    return session;
}

/// Fills `place` with where an error lies, and `allowed` with the methods when it is not one of them.
Result<Answer> answer(Service &service, const Request &request, Place &place, QByteArray &allowed)
{
    // It waited for its turn until now, and whoever asked has given up.
    if (Deadline::isOver())
        return fail("server.too_slow");
    TZ_ASSIGN(ApiSession session, sessionOf(service, request));
    TZ_ASSIGN(const Address address, Address::parse(request.target));
    TZ_ASSIGN(const Methods methods, methodsOf(address.path));
    const auto method = std::ranges::find(methods, request.method, &Methods::value_type::first);
    if (method == methods.end()) {
        for (const auto &known : methods)
            allowed += (allowed.isEmpty() ? "" : ", ") + known.first;
        return fail("net.bad_method");
    }
    Call call{service, request, address, std::move(session)};
    Result<Answer> done = method->second(call);
    place = call.place;
    if (call.repeated) {
        if (!done)
            done = problem(done.error(), statusOf(done.error(), !request.ifMatch.isEmpty()), place);
        done->headers.emplace_back("Idempotency-Replayed", "true");
    }
    return done;
}

} // namespace

Answer handle(Service &service, const Request &request)
{
    const Deadline deadline(request.deadline);
    const LanguageScope language(languageOf(request.acceptLanguage));
    Place place;
    QByteArray allowed;
    Result<Answer> done;
    try {
        done = answer(service, request, place, allowed);
    } catch (const CheckFailed &fault) {
        done = fail("server.internal", {{QStringLiteral("condition"), QString::fromLatin1(fault.condition)}});
    }
    if (done)
        return std::move(*done);
    // A statement that ran out of time.
    const Error error = done.error().is("store.interrupted") ? Error("server.too_slow") : done.error();
    const int status = statusOf(error, !request.ifMatch.isEmpty());
    if (status >= 500)
        qWarning("%s %s failed: %s", request.method.constData(), request.target.split('?').front().constData(),
                 qPrintable(error.toString()));
    Answer refused = problem(error, status, place);
    if (!allowed.isEmpty())
        refused.headers.emplace_back("Allow", allowed);
    return refused;
}

} // namespace tz::server::rest
