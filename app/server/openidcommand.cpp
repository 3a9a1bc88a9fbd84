// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "server/openidcommand.h"

#include <cstdio>

namespace tz::server {

namespace {
Result<openid::Settings> settingsFrom(const Options &options)
{
    for (const char *option : {"issuer", "client-id"}) {
        if (options.value(option).isEmpty())
            return fail("server.missing_option",
                        {{QStringLiteral("option"), QString(QLatin1String("--") + QLatin1String(option))}});
    }
    openid::Settings settings;
    settings.issuer = options.value("issuer");
    settings.clientId = options.value("client-id");
    if (const QString path = options.value("client-secret-file"); !path.isEmpty()) {
        TZ_ASSIGN(settings.clientSecret, firstLineOf(path));
    }
    settings.claim = options.value("claim").isEmpty() ? QStringLiteral("preferred_username") : options.value("claim");
    settings.scope = options.all("scope").join(u' ');
    if (settings.scope.isEmpty())
        settings.scope = QStringLiteral("openid profile email");
    // Without it there is no ID token.
    if (!settings.scope.split(u' ').contains(QLatin1String("openid")))
        settings.scope.prepend(QLatin1String("openid "));
    return settings;
}
} // namespace

Result<> openIdCommand(Service &service, const Options &options)
{
    ProviderWay &way = service.accounts().provider();
    const QString verb = options.word(1);
    if (verb == QLatin1String("off"))
        return way.set({});
    if (verb == QLatin1String("set")) {
        TZ_ASSIGN(const openid::Settings settings, settingsFrom(options));
        TZ_TRY(way.set(settings));
        std::fprintf(stderr, "tongzhou-server: register %s there as the address to come back to, with any port\n",
                     qPrintable(wire::redirectUri(0).replace(QLatin1String(":0"), QString())));
        return {};
    }
    TZ_ASSIGN(const openid::Settings settings, way.settings());
    if (settings.isOn())
        printRow({settings.issuer, settings.clientId, settings.claim, settings.scope,
                  settings.clientSecret.isEmpty() ? QStringLiteral("no secret") : QStringLiteral("with a secret")});
    return {};
}

} // namespace tz::server
