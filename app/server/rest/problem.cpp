// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "server/rest/problem.h"

#include "core/base/language.h"
#include "core/base/messages.h"
#include "core/catalog/labels.h"
#include "server/api/httpstatus.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace tz::server::rest {

namespace {

/// What these statuses are called (RFC 9110).
QString titleOf(int status)
{
    static const QHash<int, QString> titles{{400, QStringLiteral("Bad Request")},
                                            {401, QStringLiteral("Unauthorized")},
                                            {403, QStringLiteral("Forbidden")},
                                            {404, QStringLiteral("Not Found")},
                                            {405, QStringLiteral("Method Not Allowed")},
                                            {409, QStringLiteral("Conflict")},
                                            {410, QStringLiteral("Gone")},
                                            {411, QStringLiteral("Length Required")},
                                            {412, QStringLiteral("Precondition Failed")},
                                            {413, QStringLiteral("Content Too Large")},
                                            {415, QStringLiteral("Unsupported Media Type")},
                                            {422, QStringLiteral("Unprocessable Content")},
                                            {429, QStringLiteral("Too Many Requests")},
                                            {431, QStringLiteral("Request Header Fields Too Large")},
                                            {500, QStringLiteral("Internal Server Error")},
                                            {503, QStringLiteral("Service Unavailable")},
                                            {507, QStringLiteral("Insufficient Storage")}};
    return titles.value(status);
}

/// Faults on this side whose reason helps the caller: the others are only said to be one.
bool isTold(const Error &error)
{
    return error.is("server.busy") || error.is("server.too_slow") || error.is("store.busy") ||
           error.is("store.unreachable") || error.is("store.disk_full");
}

/// As in a JSON pointer (RFC 6901).
QString escaped(QString name)
{
    return name.replace(u'~', QLatin1String("~0")).replace(u'/', QLatin1String("~1"));
}

} // namespace

QString languageOf(const QByteArray &acceptLanguage)
{
    QString best = QStringLiteral("en");
    double bestWeight = -1;
    for (const QByteArray &part : acceptLanguage.split(',')) {
        const QByteArrayList range = part.split(';');
        const QByteArray tag = range.front().trimmed().toLower();
        double weight = 1;
        if (range.size() > 1 && range[1].trimmed().startsWith("q="))
            weight = range[1].trimmed().mid(2).toDouble();
        const bool chinese = tag == "zh" || tag.startsWith("zh-");
        if ((chinese || tag == "en" || tag.startsWith("en-")) && weight > bestWeight) {
            best = chinese ? QStringLiteral("zh_CN") : QStringLiteral("en");
            bestWeight = weight;
        }
    }
    return best;
}

int statusOf(const Error &error, bool hasCondition)
{
    static const QHash<QByteArray, int> exact{
        {"api.no_token", 401},           {"api.bad_token", 401},         {"api.token_revoked", 401},
        {"api.token_expired", 401},      {"api.not_in_scope", 403},      {"api.unknown_path", 404},
        {"api.wrong_content_type", 415}, {"api.key_reused", 422},        {"api.too_many_requests", 429},
        {"net.bad_method", 405},         {"record.unknown_entity", 404}, {"record.unknown_record", 404},
        {"record.deleted", 410},         {"record.gone", 410},           {"record.exists", 409},
        {"record.duplicate", 409},       {"action.unknown", 404},        {"action.not_from_here", 409},
        {"action.not_allowed_now", 409},
    };
    if (error.is("record.changed_meanwhile"))
        return hasCondition ? 412 : 409;
    if (const auto known = exact.constFind(error.code); known != exact.constEnd())
        return *known;
    if (error.code.startsWith("api.") || error.code.startsWith("query.") || error.code.startsWith("expression."))
        return 400;
    if (error.code.startsWith("access."))
        return 403;
    if (error.code.startsWith("claim."))
        return 409;
    for (const char *ours : {"auth.", "server.", "store.", "wire.", "net.", "sync."}) {
        if (error.code.startsWith(ours))
            return httpStatusOf(error);
    }
    // What a record may hold, by its declaration or a department's rule.
    return 422;
}

Answer problem(const Error &given, int status, const Place &place)
{
    const bool isOurs = status >= 500 && !isTold(given);
    const Error error = isOurs ? Error("server.internal") : forOutside(given);
    QJsonObject object{{QStringLiteral("type"), QString::fromLatin1("urn:tongzhou:error:" + error.code)},
                       {QStringLiteral("title"), titleOf(status)},
                       {QStringLiteral("status"), status},
                       {QStringLiteral("code"), QString::fromLatin1(error.code)}};
    const FieldNamer namer = [&](const QString &name) {
        // A label would tell a hidden field from one that does not exist.
        const bool mayName = place.entity && !error.is("record.unknown_field");
        const Field *field = mayName ? place.entity->field(name) : nullptr;
        return field ? label(*place.entity, *field) : QString();
    };
    object.insert(QStringLiteral("detail"), describe(error, namer));
    if (!error.field.isEmpty())
        object.insert(QStringLiteral("pointer"), QString(QLatin1String("#/") + escaped(error.field)));
    if (!place.parameter.isEmpty())
        object.insert(QStringLiteral("parameter"), place.parameter);
    if (!error.params.isEmpty())
        object.insert(QStringLiteral("params"), QJsonObject::fromVariantMap(error.params));
    Answer answer;
    answer.status = status;
    answer.type = "application/problem+json";
    answer.body = QJsonDocument(object).toJson(QJsonDocument::Compact);
    if (status == 401)
        answer.headers.emplace_back("WWW-Authenticate", "Bearer realm=\"tongzhou\"");
    if (const int seconds = error.params.value(QStringLiteral("seconds")).toInt(); seconds > 0)
        answer.headers.emplace_back("Retry-After", QByteArray::number(seconds));
    return answer;
}

Answer refusal(const Error &error, int status, const QByteArray &acceptLanguage)
{
    const LanguageScope language(languageOf(acceptLanguage));
    return problem(error, status);
}

} // namespace tz::server::rest
