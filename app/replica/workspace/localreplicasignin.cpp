// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors

// The part of LocalReplica that makes a profile somebody's on a server, and nobody's again.
#include "replica/transport/httptransport.h"
#include "replica/workspace/joining.h"
#include "replica/workspace/localreplica.h"

#include <QFileInfo>
#include <QSysInfo>

namespace tz {

namespace {
constexpr int askMs = 30'000;
} // namespace

void LocalReplica::signIn(const Credentials &credentials, std::function<void(Result<>)> done)
{
    auto transport = HttpTransport::make(credentials.server, credentials.caFile);
    if (!transport)
        return done(fail(transport.error()));
    if (m_replicator)
        m_replicator->stop();
    Account wanted;
    wanted.server = credentials.server;
    wanted.userName = credentials.user;
    wanted.deviceName = credentials.deviceName.isEmpty() ? QSysInfo::machineHostName() : credentials.deviceName;
    wanted.caFile = credentials.caFile.isEmpty() ? QString() : QFileInfo(credentials.caFile).absoluteFilePath();
    cancelSignIn();
    m_signingIn = std::move(*transport);
    if (!credentials.openBrowser)
        return offer({credentials.user, credentials.password, credentials.code, {}}, wanted, std::move(done));
    m_browser = std::make_unique<BrowserSignIn>(m_entropy);
    m_browser->start(*m_signingIn, credentials.openBrowser,
                     [this, wanted, done = std::move(done)](const Result<wire::ProviderProof> &proof) {
                         if (!proof)
                             return done(fail(proof.error()));
                         offer({{}, {}, {}, *proof}, wanted, done);
                     });
}

void LocalReplica::cancelSignIn()
{
    if (m_browser)
        m_browser->cancel();
}

void LocalReplica::askSignInWays(const QUrl &server, const QString &caFile,
                                 std::function<void(Result<wire::SignInWays>)> done)
{
    auto transport = HttpTransport::make(server, caFile);
    if (!transport)
        return done(fail(transport.error()));
    m_askingWays = std::move(*transport);
    tz::askSignInWays(*m_askingWays, std::move(done));
}

void LocalReplica::offer(const SignInOffer &offer, const Account &wanted, std::function<void(Result<>)> done)
{
    if (isStandalone())
        return join(offer, wanted, std::move(done));
    m_session.signIn(*m_signingIn, wanted, offer, [this, done](Result<Session::Opened> opened) {
        if (!opened)
            return shutOut(opened.error(), [this, done](const Error &error) {
                done(fail(error));
                if (isErased())
                    Q_EMIT signedOut(error);
            });
        this->opened(*opened, done);
    });
}

void LocalReplica::opened(const Session::Opened &opened, const std::function<void(Result<>)> &done)
{
    Actor actor = m_store->actor();
    const bool same = actor.user == opened.account.user && actor.device == opened.account.device;
    actor.user = opened.account.user;
    actor.device = opened.account.device;
    if (!same) {
        if (const auto kept = m_store->setActor(actor); !kept)
            return done(kept);
    }
    if (opened.place == TokenStore::Place::File)
        Q_EMIT notice(Error("session.token_in_file", {{QStringLiteral("path"), m_session.tokens().filePath()}}));
    Q_EMIT actorChanged();
    if (const auto connected = connectTo(opened.account, opened.token); !connected)
        return done(connected);
    done({});
    if (m_live)
        m_replicator->start(true);
}

void LocalReplica::join(const SignInOffer &offer, Account wanted, std::function<void(Result<>)> done)
{
    // The same at every attempt, so that interrupted ones leave one device behind; another one for another person.
    const Id device = Id::fromName(QStringLiteral("joining/") + account().device.toString() + u'/' +
                                   offer.user.trimmed().toCaseFolded());
    const QString deviceName = wanted.deviceName;
    const auto answered = [this, wanted = std::move(wanted),
                           done = std::move(done)](const Result<wire::ProviderLoginAnswer> &answer) mutable {
        if (!answer)
            return done(fail(answer.error()));
        wanted.take(*answer);
        // What may be sent, and how, depends on the rights there: they are asked for before anything is changed.
        m_signingIn->setToken(answer->login.token);
        wire::HelloRequest hello;
        hello.device = answer->login.device;
        hello.catalog = m_store->catalog().hash();
        hello.program = m_program;
        m_signingIn->post(QStringLiteral("/v1/hello"), wire::encode(hello), askMs,
                          [this, wanted, token = answer->login.token, done](Result<QByteArray> greeting) {
                              if (!greeting)
                                  return done(fail(greeting.error()));
                              const auto rights = wire::decodeHelloAnswer(*greeting);
                              if (!rights)
                                  return done(fail(rights.error()));
                              joined(wanted, token, *rights, done);
                          });
    };
    askForToken(*m_signingIn, offer, device, deviceName, answered);
}

void LocalReplica::joined(Account wanted, const QString &token, const wire::HelloAnswer &rights,
                          std::function<void(Result<>)> done)
{
    Actor actor;
    actor.user = wanted.user;
    actor.device = wanted.device;
    actor.roles = rights.roles;
    actor.team = rights.team;
    if (rights.team)
        actor.teams = {rights.team};
    Joining joining(*m_store, actor);
    Result<> ready = joining.check();
    if (ready) {
        SyncStatus busy = status();
        busy.connection = SyncStatus::Connection::Connecting;
        busy.busy = true;
        const auto taken = joining.run(wanted.toJson(), [this, &busy](qint64 count, qint64 all) {
            busy.received = count;
            busy.expected = all;
            Q_EMIT statusChanged(busy);
            Q_EMIT this->joining(count, all);
        });
        if (!taken)
            ready = fail(taken.error());
    }
    if (!ready) {
        // Nothing was changed: the server may forget this device again.
        m_signingIn->post(QStringLiteral("/v1/logout"), {}, askMs,
                          [done = std::move(done), ready](const Result<QByteArray> &) { done(ready); });
        return;
    }
    m_session.keep(wanted, token, [this, done = std::move(done)](Result<Session::Opened> kept) {
        if (!kept)
            return done(fail(kept.error()));
        opened(*kept, done);
    });
}

void LocalReplica::signOut(std::function<void(Result<>)> done)
{
    m_transfers.reset();
    if (m_replicator)
        m_replicator->stop();
    m_replicator.reset();
    m_session.signOut([this, done = std::move(done)] {
        Q_EMIT statusChanged(status());
        done({});
    });
}

} // namespace tz
