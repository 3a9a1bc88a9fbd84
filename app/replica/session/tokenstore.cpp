// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "replica/session/tokenstore.h"

#include <qt6keychain/keychain.h>

#include <QDir>
#include <QFile>
#include <QSaveFile>

namespace tz {

namespace {

constexpr QLatin1String service("tongzhou");

/// Without a session bus QtKeychain answers "Unknown error" after it has tried to start one: it is not even asked.
bool mayHaveKeychain()
{
    if (qEnvironmentVariable("TONGZHOU_TOKEN_STORE") == QLatin1String("file"))
        return false;
#if defined(Q_OS_WIN) || defined(Q_OS_MACOS)
    return true;
#else
    return qEnvironmentVariableIsSet("DBUS_SESSION_BUS_ADDRESS");
#endif
}

} // namespace

TokenStore::TokenStore(QString profileFolder, QObject *parent)
    : QObject(parent)
    , m_folder(std::move(profileFolder))
{
}

QString TokenStore::filePath() const
{
    return QDir(m_folder).filePath(QStringLiteral("token"));
}

void TokenStore::read(std::function<void(QString)> done)
{
    QFile file(filePath());
    if (file.open(QIODevice::ReadOnly)) {
        done(QString::fromLatin1(file.readAll()).trimmed());
        return;
    }
    if (!mayHaveKeychain()) {
        done({});
        return;
    }
    auto *job = new QKeychain::ReadPasswordJob(service, this);
    job->setKey(m_folder);
    connect(job, &QKeychain::Job::finished, this,
            [job, done = std::move(done)] { done(job->error() == QKeychain::NoError ? job->textData() : QString()); });
    job->start();
}

void TokenStore::write(const QString &token, std::function<void(Result<Place>)> done)
{
    const auto toFile = [this, token, done] {
        if (const auto written = writeFile(token); !written)
            done(fail(written.error()));
        else
            done(Place::File);
    };
    if (!mayHaveKeychain()) {
        toFile();
        return;
    }
    auto *job = new QKeychain::WritePasswordJob(service, this);
    job->setKey(m_folder);
    job->setTextData(token);
    connect(job, &QKeychain::Job::finished, this, [this, job, toFile, done] {
        if (job->error() != QKeychain::NoError) {
            toFile();
            return;
        }
        QFile::remove(filePath());
        done(Place::Keychain);
    });
    job->start();
}

Result<> TokenStore::writeFile(const QString &token) const
{
    // Made with its final rights, so that there is no moment at which others could read it.
    QSaveFile file(filePath());
    const auto failed = [this] { return fail("session.cannot_keep_token", {{QStringLiteral("path"), filePath()}}); };
    if (!file.open(QIODevice::WriteOnly))
        return failed();
    if (!file.setPermissions(QFile::ReadOwner | QFile::WriteOwner))
        return failed();
    file.write(token.toLatin1());
    if (!file.commit())
        return failed();
    return {};
}

void TokenStore::forget(std::function<void()> done)
{
    QFile::remove(filePath());
    if (!mayHaveKeychain()) {
        done();
        return;
    }
    auto *job = new QKeychain::DeletePasswordJob(service, this);
    job->setKey(m_folder);
    connect(job, &QKeychain::Job::finished, this, [done = std::move(done)] { done(); });
    job->start();
}

} // namespace tz
