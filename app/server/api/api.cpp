// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "server/api/api.h"

#include "core/base/check.h"
#include "server/api/admin.h"
#include "server/api/blobs.h"
#include "server/api/endpoints.h"
#include "server/api/httpstatus.h"
#include "server/api/jobs.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <map>

namespace tz::server {

namespace {
QJsonObject jsonOf(const Error &error)
{
    QJsonObject object{{QStringLiteral("code"), QString::fromLatin1(error.code)}};
    if (!error.params.isEmpty())
        object.insert(QStringLiteral("params"), QJsonObject::fromVariantMap(error.params));
    if (!error.field.isEmpty())
        object.insert(QStringLiteral("field"), error.field);
    if (error.cause)
        object.insert(QStringLiteral("cause"), jsonOf(*error.cause));
    return object;
}

Result<wire::LoginRequest> loginFromJson(const QByteArray &body)
{
    const QJsonDocument document = QJsonDocument::fromJson(body);
    if (!document.isObject())
        return fail("wire.malformed",
                    {{QStringLiteral("offset"), 0}, {QStringLiteral("reason"), QStringLiteral("object expected")}});
    const QJsonObject object = document.object();
    wire::LoginRequest request;
    request.user = object.value(u"user").toString();
    request.password = object.value(u"password").toString();
    request.device = Id::fromString(object.value(u"device").toString()).value_or(Id());
    request.deviceName = object.value(u"name").toString();
    request.code = object.value(u"code").toString();
    return request;
}

QByteArray loginToJson(const wire::LoginAnswer &answer)
{
    return QJsonDocument(QJsonObject{{QStringLiteral("token"), answer.token},
                                     {QStringLiteral("user"), answer.user.toString()},
                                     {QStringLiteral("device"), answer.device.toString()},
                                     {QStringLiteral("server"), answer.server.toString()}})
        .toJson(QJsonDocument::Compact);
}

/// A question of a known session.
struct Asked {
    Service &service;
    const Session &session;
    const Request &request;
    const QByteArray &body;
};
using Endpoint = Result<QByteArray> (*)(const Asked &);

template <auto decode, auto ask>
Result<QByteArray> answered(const Asked &asked)
{
    TZ_ASSIGN(auto question, decode(asked.body));
    using Answered = std::invoke_result_t<decltype(ask), Service &, const Session &, decltype(question)>;
    if constexpr (std::is_same_v<Answered, Result<>>) {
        TZ_TRY(ask(asked.service, asked.session, std::move(question)));
        return QByteArray();
    } else {
        TZ_ASSIGN(const auto answer, ask(asked.service, asked.session, std::move(question)));
        return wire::encode(answer);
    }
}

template <endpoints::PullKind kind>
Result<wire::Page> pull(Service &service, const Session &session, wire::PullRequest question)
{
    return endpoints::pull(service, session, std::move(question), kind);
}

Result<QByteArray> anotherDevice(const Asked &asked)
{
    TZ_ASSIGN(const wire::LoginAnswer answer, asked.service.accounts().anotherDevice(asked.session));
    return wire::encode(answer);
}

Result<QByteArray> twoStep(const Asked &asked)
{
    TZ_ASSIGN(const wire::TwoStepRequest question, wire::decodeTwoStepRequest(asked.body));
    TZ_ASSIGN(const wire::TwoStepAnswer answer,
              asked.service.accounts().twoStep(asked.session, question, asked.request.address));
    return wire::encode(answer);
}

Result<QByteArray> logout(const Asked &asked)
{
    TZ_TRY(asked.service.accounts().signOut(asked.session));
    return QByteArray();
}

const std::map<QByteArray, Endpoint> &endpointTable()
{
    using endpoints::PullKind;
    static const std::map<QByteArray, Endpoint> table{
        {"/v1/push", answered<wire::decodePushRequest, endpoints::push>},
        {"/v1/pull", answered<wire::decodePullRequest, pull<PullKind::News>>},
        {"/v1/backfill", answered<wire::decodePullRequest, pull<PullKind::Backfill>>},
        {"/v1/state", answered<wire::decodeStateRequest, endpoints::state>},
        {"/v1/hello", answered<wire::decodeHelloRequest, endpoints::hello>},
        {"/v1/numbers", answered<wire::decodeNumbersRequest, endpoints::numbers>},
        {"/v1/history", answered<wire::decodeHistoryRequest, endpoints::history>},
        {"/v1/blob", answered<wire::decodeBlobOffer, blobs::offer>},
        {"/v1/blob/piece", answered<wire::decodeBlobPiece, blobs::take>},
        {"/v1/blob/done", answered<wire::decodeBlobDone, blobs::finish>},
        {"/v1/blob/fetch", answered<wire::decodeBlobFetch, blobs::fetch>},
        {"/v1/blob/look", answered<wire::decodeBlobLook, blobs::look>},
        {"/v1/device", anotherDevice},
        {"/v1/two-step", twoStep},
        {"/v1/logout", logout},
    };
    return table;
}
} // namespace

Api::Api() = default;
Api::~Api() = default;

Result<std::unique_ptr<Api>> Api::open(const QString &dataFolder, DepartmentHost &host, const Environment &environment)
{
    std::unique_ptr<Api> api(new Api);
    TZ_ASSIGN(api->m_service, Service::open(dataFolder, host, environment, false));
    TZ_ASSIGN(Storage::Lease connection, api->m_service->storage().read());
    TZ_ASSIGN(const qint64 known, shutOuts(connection->db()));
    api->m_shutOuts = known;
    api->m_announcements =
        api->m_service->storage().backend()->listen([self = api.get()] { self->pollForeignCommits(); });
    return api;
}

std::vector<QByteArray> Api::paths()
{
    std::vector<QByteArray> all{"/v1/login", "/v1/login/ways", "/v1/login/provider", "/v1/wiped"};
    for (const auto &[path, endpoint] : endpointTable())
        all.push_back(path);
    const std::vector<QByteArray> ofAdmins = admin::paths();
    all.insert(all.end(), ofAdmins.begin(), ofAdmins.end());
    return all;
}

Answer Api::handle(const Request &request)
{
    const Deadline deadline(request.deadline);
    const auto worked = [&]() -> Result<QByteArray> {
        // It waited for its turn until now, and whoever asked has given up.
        if (Deadline::isOver())
            return fail("server.too_slow");
        QByteArray body = request.body;
        if (body.size() > limits::bodyBytes)
            return fail("wire.too_large", {{QStringLiteral("limit"), qint64(limits::bodyBytes)}});
        if (request.packed) {
            TZ_ASSIGN(body, wire::decompress(body));
        }
        if (request.path == "/v1/login") {
            TZ_ASSIGN(const wire::LoginRequest login,
                      request.json ? loginFromJson(body) : wire::decodeLoginRequest(body));
            TZ_ASSIGN(const wire::LoginAnswer answer, m_service->accounts().signIn(login, request.address));
            return request.wantsJson ? loginToJson(answer) : wire::encode(answer);
        }
        if (request.path == "/v1/login/ways") {
            TZ_ASSIGN(const wire::SignInWays ways, endpoints::signInWays(*m_service, request.address));
            return wire::encode(ways);
        }
        if (request.path == "/v1/login/provider") {
            TZ_ASSIGN(const wire::ProviderLogin login, wire::decodeProviderLogin(body));
            TZ_ASSIGN(const wire::ProviderLoginAnswer answer, m_service->accounts().signIn(login, request.address));
            return wire::encode(answer);
        }
        if (request.path == "/v1/wiped") {
            TZ_ASSIGN(const wire::WipedRequest question, wire::decodeWipedRequest(body));
            TZ_TRY(m_service->accounts().wiped(question));
            return QByteArray();
        }
        Session session;
        {
            TZ_ASSIGN(Storage::Lease connection, m_service->storage().read());
            TZ_ASSIGN(session, m_service->accounts().session(*connection, request.token));
        }
        if (request.admit)
            TZ_TRY(request.admit(session.device));
        if (request.path.startsWith(admin::root))
            return admin::answer(*m_service, session, request.path, body);
        const auto endpoint = endpointTable().find(request.path);
        if (endpoint != endpointTable().end())
            return endpoint->second({*m_service, session, request, body});
        return fail("server.unknown_path");
    };
    Result<QByteArray> result;
    try {
        result = worked();
    } catch (const CheckFailed &fault) {
        result = fail("server.internal", {{QStringLiteral("condition"), QString::fromLatin1(fault.condition)}});
    }
    Answer answer;
    answer.json = request.wantsJson;
    if (result) {
        answer.body = std::move(*result);
        return answer;
    }
    // A statement that ran out of time.
    Error error = result.error().is("store.interrupted") ? Error("server.too_slow") : result.error();
    answer.status = httpStatusOf(error);
    if (answer.status >= 500)
        qWarning("%s failed: %s", request.path.constData(), qPrintable(error.toString()));
    error = forOutside(std::move(error));
    answer.retryAfterSeconds = error.params.value(QStringLiteral("seconds")).toInt();
    answer.body = request.wantsJson ? QJsonDocument(jsonOf(error)).toJson(QJsonDocument::Compact) : wire::encode(error);
    return answer;
}

Result<Api::Listener> Api::listener(const QByteArray &token)
{
    TZ_ASSIGN(Storage::Lease connection, m_service->storage().read());
    TZ_ASSIGN(const Session session, m_service->accounts().session(*connection, token));
    TZ_ASSIGN(const ScopePtr scope, m_service->scopes().of(*connection, session.user));
    if (!scope->active)
        return fail("auth.user_disabled");
    TZ_ASSIGN(const Revision now, currentRevision(connection->db()));
    return Listener{session.device, session.user, scope->keys.keys, now.rev};
}

void Api::setCommitHandler(std::function<void(const Commit &)> handler)
{
    m_service->committer().setHandler(std::move(handler));
}

void Api::pollForeignCommits()
{
    auto connection = m_service->storage().read();
    if (!connection)
        return;
    const auto now = currentRevision((*connection)->db());
    if (now && now->rev != m_service->committer().knownRev())
        m_service->committer().reportForeign();
    const auto shut = shutOuts((*connection)->db());
    if (shut && m_shutOuts.exchange(*shut) != *shut)
        m_service->committer().announceScopes();
}

int Api::pollEveryMs(int usual) const
{
    constexpr int whenTold = 10'000;
    constexpr int whenDeaf = 1'000;
    if (!m_announcements)
        return usual;
    return m_announcements->isListening() ? whenTold : whenDeaf;
}

Result<> Api::runJobs()
{
    return jobs::runDue(*m_service);
}

QByteArray Api::metrics() const
{
    const Committer::Counters &counters = m_service->committer().counters();
    QByteArray text;
    const auto add = [&](const char *name, const char *type, const char *help, qint64 value) {
        text += QByteArray("# HELP ") + name + ' ' + help + "\n# TYPE " + name + ' ' + type + '\n' + name + ' ' +
                QByteArray::number(value) + '\n';
    };
    add("tongzhou_commit_groups_total", "counter", "Transactions of the committer.", counters.groups);
    add("tongzhou_batches_total", "counter", "Batches decided.", counters.batches);
    add("tongzhou_batches_refused_total", "counter", "Batches refused.", counters.refused);
    add("tongzhou_batches_repeated_total", "counter", "Batches answered from the store.", counters.repeated);
    add("tongzhou_revision", "gauge", "Newest revision.", m_service->committer().knownRev());
    return text;
}

bool Api::healthy()
{
    auto connection = m_service->storage().read();
    return connection && currentRevision((*connection)->db()).has_value();
}

} // namespace tz::server
