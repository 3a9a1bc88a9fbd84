// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "server/programcommands.h"

#include "core/base/messages.h"

#include <cstdio>

namespace tz::server {

namespace {

/// The end of the day that was given, here.
Result<std::optional<qint64>> expiryIn(const Options &options, qint64 nowMs)
{
    const QString text = options.value("expires");
    if (text.isEmpty())
        return std::optional<qint64>();
    const QDate last = QDate::fromString(text, Qt::ISODate);
    const qint64 end = last.isValid() ? last.addDays(1).startOfDay().toMSecsSinceEpoch() : 0;
    if (end <= nowMs)
        return fail("api.bad_expiry", {{QStringLiteral("text"), text}});
    return std::optional(end);
}

QString stateOf(const Tokens::Line &line)
{
    if (line.revokedAtMs > 0)
        return QStringLiteral("revoked %1").arg(day(line.revokedAtMs));
    if (line.isExpired)
        return QStringLiteral("expired %1").arg(day(line.expiresAtMs));
    return line.expiresAtMs > 0 ? QStringLiteral("valid until %1").arg(day(line.expiresAtMs)) : QStringLiteral("valid");
}

QString stateOf(const WebhookProgress &progress)
{
    const QString why = progress.lastError ? describe(*progress.lastError) : QString();
    if (progress.disabledAtMs > 0)
        return QStringLiteral("disabled %1: %2").arg(day(progress.disabledAtMs), why);
    if (progress.failures > 0)
        return QStringLiteral("failing since %1, %2 attempts: %3")
            .arg(day(progress.failingSinceMs))
            .arg(progress.failures)
            .arg(why);
    return QStringLiteral("active");
}

Result<> needed(const Options &options, const char *option)
{
    if (options.value(option).isEmpty())
        return fail("server.missing_option",
                    {{QStringLiteral("option"), QString(QLatin1String("--") + QLatin1String(option))}});
    return {};
}

} // namespace

Result<> tokenCommand(Service &service, const Options &options)
{
    const QString verb = options.word(1);
    if (verb == QLatin1String("list")) {
        TZ_ASSIGN(const auto tokens, service.tokens().list());
        for (const Tokens::Line &line : tokens)
            printRow(
                {line.name, line.user, line.scopes,
                 line.usedAtMs > 0 ? QStringLiteral("used %1").arg(day(line.usedAtMs)) : QStringLiteral("never used"),
                 stateOf(line)});
        return {};
    }
    const QString name = options.word(2);
    if (name.isEmpty())
        return fail("server.missing_option", {{QStringLiteral("option"), QStringLiteral("NAME")}});
    if (verb == QLatin1String("revoke"))
        return service.tokens().revoke(name);
    TZ_TRY(needed(options, "user"));
    TZ_TRY(needed(options, "scope"));
    Tokens::New made;
    made.name = name;
    made.user = options.value("user");
    for (const QString &scopes : options.all("scope"))
        made.scopes << scopes.split(u',', Qt::SkipEmptyParts);
    TZ_ASSIGN(made.expiresAtMs, expiryIn(options, service.storage().environment().clock->nowMs()));
    TZ_ASSIGN(const QString secret, service.tokens().add(made));
    std::printf("%s\n", qPrintable(secret));
    std::fprintf(stderr, "tongzhou-server: keep it now, it is not shown again\n");
    return {};
}

Result<> webhookCommand(Service &service, const Options &options)
{
    const QString verb = options.word(1);
    if (verb == QLatin1String("list")) {
        TZ_ASSIGN(const auto webhooks, service.webhooks().list());
        for (const Webhooks::Line &line : webhooks) {
            const Webhook &webhook = line.webhook;
            printRow({webhook.id.toString(), webhook.url, webhook.entity, webhook.events.join(u','), line.user,
                      QStringLiteral("up to revision %1").arg(webhook.progress.rev), stateOf(webhook.progress)});
        }
        return {};
    }
    const QString what = options.word(2);
    if (what.isEmpty())
        return fail(
            "server.missing_option",
            {{QStringLiteral("option"), verb == QLatin1String("add") ? QStringLiteral("URL") : QStringLiteral("ID")}});
    if (verb == QLatin1String("remove"))
        return service.webhooks().remove(what);
    if (verb == QLatin1String("enable"))
        return service.webhooks().enable(what);
    for (const char *option : {"entity", "event", "user"})
        TZ_TRY(needed(options, option));
    Webhooks::New made;
    made.url = what;
    made.entity = options.value("entity");
    for (const QString &events : options.all("event"))
        made.events << events.split(u',', Qt::SkipEmptyParts);
    made.user = options.value("user");
    made.allowHttp = options.switches.contains(QStringLiteral("allow-http"));
    TZ_ASSIGN(const Webhooks::Made webhook, service.webhooks().add(made));
    printRow({webhook.id.toString(), webhook.secret});
    std::fprintf(stderr, "tongzhou-server: keep the second one, the secret, now: it is not shown again\n");
    return {};
}

} // namespace tz::server
