// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "replica/session/erasure.h"

#include "core/sync/wire.h"
#include "replica/transport/httptransport.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

namespace tz {

namespace {
constexpr int confirmMs = 10'000;
/// What the programs keep in a profile. Nothing else is touched: the folder may be a user's own choice.
const QStringList files{QStringLiteral("replica.sqlite*"), QStringLiteral("account.json"), QStringLiteral("token"),
                        QStringLiteral("closed"),          QStringLiteral("*.ini"),        QStringLiteral("*.log")};
const QStringList folders{QStringLiteral("drafts"), QStringLiteral("attachments"), QStringLiteral("logs"),
                          QStringLiteral("exports")};
} // namespace

Erasure::Erasure(QString profileFolder, QObject *parent)
    : QObject(parent)
    , m_folder(std::move(profileFolder))
{
}

QString Erasure::path() const
{
    return QDir(m_folder).filePath(QStringLiteral("erase.json"));
}

std::optional<Erasure::Order> Erasure::order() const
{
    QFile file(path());
    if (!file.open(QIODevice::ReadOnly))
        return std::nullopt;
    const QJsonObject object = QJsonDocument::fromJson(file.readAll()).object();
    Order order;
    order.server = QUrl(object.value(QLatin1String("server")).toString(), QUrl::StrictMode);
    order.caFile = object.value(QLatin1String("ca_file")).toString();
    order.nonce = object.value(QLatin1String("nonce")).toString();
    order.unsent = object.value(QLatin1String("unsent")).toInteger();
    order.confirmed = object.value(QLatin1String("confirmed")).toBool();
    return order;
}

Result<> Erasure::write(const Order &order) const
{
    const QJsonObject object{{QStringLiteral("server"), order.server.toString()},
                             {QStringLiteral("ca_file"), order.caFile},
                             {QStringLiteral("nonce"), order.nonce},
                             {QStringLiteral("unsent"), order.unsent},
                             {QStringLiteral("confirmed"), order.confirmed}};
    QSaveFile file(path());
    if (!file.open(QIODevice::WriteOnly) || file.write(QJsonDocument(object).toJson()) < 0 || !file.commit())
        return fail("store.read_only", {{QStringLiteral("path"), path()}});
    return {};
}

Result<> Erasure::begin(const Order &order)
{
    return write(order);
}

void Erasure::run()
{
    QDir profile(m_folder);
    for (const QString &name : profile.entryList(files, QDir::Files | QDir::Hidden))
        profile.remove(name);
    for (const QString &name : folders)
        QDir(profile.filePath(name)).removeRecursively();
}

void Erasure::confirm(std::function<void(bool)> done)
{
    const std::optional<Order> order = this->order();
    if (!order || order->confirmed)
        return done(order.has_value());
    auto transport = HttpTransport::make(order->server, order->caFile);
    if (!transport)
        return done(false);
    m_transport = std::move(*transport);
    wire::WipedRequest request;
    request.nonce = order->nonce;
    request.unsent = order->unsent;
    m_transport->post(QStringLiteral("/v1/wiped"), wire::encode(request), confirmMs,
                      [this, order = *order, done = std::move(done)](Result<QByteArray> answer) mutable {
                          order.confirmed = answer.has_value();
                          if (order.confirmed && !write(order))
                              order.confirmed = false;
                          done(order.confirmed);
                      });
}

void Erasure::finish()
{
    QFile::remove(path());
}

} // namespace tz
