// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "tests/support/openidprovider.h"

#include "tests/support/catch.h"
#include "tests/support/processes.h"

#include <QElapsedTimer>
#include <QFile>
#include <QThread>

#include <csignal>

#ifdef Q_OS_LINUX
#include <sys/prctl.h>
#endif

namespace tz::test {

namespace {
constexpr int longestMs = 30'000;
const QString modules = QStringLiteral(TZ_SOURCE_DIR "/build/oidc/node_modules");
const QString scripts = QStringLiteral(TZ_SOURCE_DIR "/tests/e2e/oidc/");
const QString node = QStringLiteral("node");
} // namespace

OpenIdProvider::OpenIdProvider()
{
    if (!QFile::exists(modules + QStringLiteral("/oidc-provider/package.json")))
        FAIL("the npm package oidc-provider is not in build/oidc: `./dev test` fetches it, which needs npm and the "
             "network");
#ifdef Q_OS_LINUX
    // It ends when this process does, also when that is killed.
    m_process.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); });
#endif
    m_process.setStandardErrorFile(m_folder.filePath(QStringLiteral("errors")));
    m_process.start(node, {scripts + QStringLiteral("provider.mjs"), modules, secret()});
    REQUIRE(m_process.waitForStarted(longestMs));
    m_process.waitForReadyRead(longestMs);
    m_issuer = QString::fromLatin1(m_process.readLine()).trimmed();
    if (!m_issuer.startsWith(QLatin1String("http://127.0.0.1:")))
        FAIL("the provider did not start: " << bytesOf(m_folder.path()).toStdString());
}

OpenIdProvider::~OpenIdProvider()
{
    m_process.kill();
    m_process.waitForFinished();
}

QString OpenIdProvider::secret() const
{
    return QStringLiteral("the-secret-of-the-client: & /");
}

QString OpenIdProvider::browser(const QString &name) const
{
    // What was shown to others is over.
    QFile::remove(pageFile());
    return QStringLiteral("%1 \"%2browser.mjs\" %3 \"%4\"").arg(node, scripts, name, pageFile());
}

QByteArray OpenIdProvider::lastPage() const
{
    QElapsedTimer clock;
    clock.start();
    for (;;) {
        QFile file(pageFile());
        if (file.open(QFile::ReadOnly)) {
            const QByteArray page = file.readAll();
            if (!page.isEmpty())
                return page;
        }
        if (clock.elapsed() > longestMs)
            FAIL("nothing was shown in the browser");
        QThread::msleep(10);
    }
}

} // namespace tz::test
