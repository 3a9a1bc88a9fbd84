// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>

#include <memory>

namespace tz::test {

/// The folder with the programs that were built.
QString programFolder();

/// What a program did.
struct Outcome {
    /// -1: killed.
    int exitCode = -1;
    QByteArray out;
    QByteArray errors;
    QJsonObject json() const { return QJsonDocument::fromJson(out).object(); }
};

/// A server of its own in a temporary folder: real process, real sockets, loopback.
class Server {
public:
    /// Makes the data; the administrator's password is "admin-password". Does not serve yet. `database`: the address
    /// of a PostgreSQL database; empty: a SQLite file.
    explicit Server(QString database = {});
    /// Another process on the same PostgreSQL database, with a data folder of its own.
    struct Beside {
        const Server &other;
    };
    explicit Server(Beside beside);
    ~Server();

    /// The test fails when the command does.
    void command(const QStringList &words) const;
    /// What an administrator's command prints about this server's data; the test fails when it does not succeed.
    QByteArray output(const QStringList &words) const;
    void addUser(const QString &name, const QStringList &roles, const QString &team = {}) const;
    /// Serves on a free port, after the first time on the same one. With TLS: a certificate of its own.
    void start(bool tls = false);
    /// SIGKILL.
    void kill();
    /// SIGTERM, and waits.
    void stop();
    bool isRunning() const;
    qint64 processId() const { return m_process.processId(); }
    QString url() const;
    quint16 port() const { return m_port; }
    QString dataFolder() const { return m_folder.filePath(QStringLiteral("data")); }
    QString caFile() const { return m_folder.filePath(QStringLiteral("cert.pem")); }
    /// The file with the password of a user made by addUser (and of "admin").
    QString passwordFile(const QString &user) const;
    /// Bytes of everything that it said.
    QByteArray log() const;

private:
    QByteArray printed(const QStringList &words) const;
    QStringList dataOptions() const;
    QTemporaryDir m_folder;
    QString m_database;
    const Server *m_beside = nullptr;
    mutable QProcess m_process;
    quint16 m_port = 0;
    bool m_tls = false;
};

/// A laptop: a profile folder, driven by tongzhou-cli.
class Laptop {
public:
    explicit Laptop(QString profileFolder = {});

    QString profile() const { return m_profile; }
    /// Runs to the end.
    Outcome run(const QStringList &words) const;
    /// The same with --json; the test fails when it does not succeed.
    QJsonObject json(const QStringList &words) const;
    /// The test fails when it does not succeed.
    void must(const QStringList &words) const;
    /// Starts without waiting, to be killed.
    std::unique_ptr<QProcess> begin(const QStringList &words) const;
    void login(const Server &server, const QString &user) const;
    /// Ids printed by create.
    QString create(const QString &entity, const QStringList &assignments) const;
    /// Rows of a query by id.
    QHash<QString, QJsonObject> rows(const QString &entity, const QStringList &options = {}) const;
    QString token() const;

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_profile;
};

/// Everything in the files of a folder and below, one after the other.
QByteArray bytesOf(const QString &folder);

/// What a server answered to a request that was written by hand.
struct Reply {
    int status = 0;
    /// Names in lower case.
    QHash<QByteArray, QByteArray> headers;
    QByteArray body;
    QJsonObject json() const { return QJsonDocument::fromJson(body).object(); }
    QString code() const { return json().value(QLatin1String("code")).toString(); }
};
/// A request to a server, without our client. Status 0: the connection broke.
Reply request(const Server &server, const QByteArray &method, const QByteArray &target,
              const QList<std::pair<QByteArray, QByteArray>> &headers, const QByteArray &body = {});
/// A request to a server, without our client. `status` gets the HTTP status.
QByteArray post(const Server &server, const QString &path, const QByteArray &token, const QByteArray &body,
                int *status);

} // namespace tz::test
