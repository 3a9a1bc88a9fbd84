// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "tests/bench/company.h"

#include "server/api/service.h"
#include "tests/bench/benchdata.h"
#include "tests/bench/benchmark.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QTimer>

#include <unistd.h>

namespace tz::bench {

namespace {
const QString password = QStringLiteral("correct horse battery");
/// Changes of an import's batch, and batches that are sent together; the body stays below its limit.
constexpr int batchRows = 500;
constexpr int batchesPerPush = 4;

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray();
}
} // namespace

const char *const customerEntity = "customers.account";

void waitFor(const char *what, const std::function<bool()> &done, int longestMs)
{
    QElapsedTimer timer;
    timer.start();
    QTimer tick;
    tick.start(20);
    while (!done()) {
        QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents);
        if (timer.elapsed() > longestMs)
            qFatal("waited %d s for: %s", longestMs / 1000, what);
    }
}

DepartmentHost &departments()
{
    static DepartmentHost host;
    if (host.status().isEmpty()) {
        host.scan(test::programFolder() + QStringLiteral("/departments"));
        host.start();
    }
    return host;
}

const QStringList &customerFields()
{
    static const QStringList names{
        QStringLiteral("name"),      QStringLiteral("short_name"), QStringLiteral("industry"),
        QStringLiteral("country"),   QStringLiteral("phone"),      QStringLiteral("email"),
        QStringLiteral("website"),   QStringLiteral("level"),      QStringLiteral("revenue"),
        QStringLiteral("employees"), QStringLiteral("founded"),    QStringLiteral("description")};
    return names;
}

Draft::Values customerValues(int i)
{
    std::vector<Value> values = valuesOf(i);
    constexpr size_t level = 7;
    constexpr size_t founded = 10;
    values[level] = values[level].toText().toUpper();
    // Here it is the year.
    values[founded] = qint64(1950 + i % 70);
    Draft::Values named;
    for (size_t k = 0; k < values.size(); ++k)
        named.emplace_back(customerFields()[qsizetype(k)], std::move(values[k]));
    return named;
}

Change customerCreated(int i, const Id &id)
{
    Change change;
    change.kind = ChangeKind::Create;
    change.entity = QString::fromLatin1(customerEntity);
    change.id = id;
    for (auto &[field, value] : customerValues(i))
        change.edits.push_back({field, std::move(value), {}});
    return change;
}

Company::Company(const QString &database)
    : m_database(database)
    , m_server(database)
{
}

void Company::addUsers(int count, int devicesEach)
{
    SystemClock clock;
    SystemEntropy entropy;
    server::Environment environment;
    environment.clock = &clock;
    environment.entropy = &entropy;
    environment.utcOffsetSeconds = [] { return 0; };
    environment.database = m_database;
    // Signing in is not what is measured.
    environment.passwordMemory = size_t(8) << 20;
    environment.passwordPasses = 1;
    const auto opened = must(server::Service::open(m_server.dataFolder(), departments(), environment, false));
    server::Service &service = **opened;
    std::vector<Id> users;
    for (int n = m_users; n < m_users + count; ++n) {
        server::NewUser user;
        user.name = QStringLiteral("user%1").arg(n);
        user.displayName = user.name;
        user.roles = {QStringLiteral("sales_manager")};
        user.team = QStringLiteral("North/T%1").arg(n % 20);
        user.password = password;
        users.push_back(*must(service.people().addUser(user)));
    }
    m_users += count;
    // As if they had signed in: 2,000 passwords would take minutes.
    const qint64 now = clock.nowMs();
    must(service.committer().runTransaction([&](server::Connection &writer) -> Result<> {
        TZ_ASSIGN(Statement insert,
                  writer.db().prepare("INSERT INTO device(id, \"user\", name, made_at, token, token_at, seen_at) "
                                      "VALUES(?1, ?2, 'bench', ?3, ?4, ?3, ?3)"));
        for (const Id &user : users) {
            for (int k = 0; k < devicesEach; ++k) {
                const QByteArray token = server::newToken(entropy).toLatin1();
                insert.bind(1, newId()).bind(2, user).bind(3, now).bind(4, server::tokenHash(token));
                TZ_TRY(insert.run());
                m_tokens.push_back(token);
            }
        }
        return {};
    }));
}

double Company::fill(int records)
{
    WireClient sender = client(0);
    sender.hello();
    int next = 0;
    const auto batch = [&] {
        std::vector<Change> changes;
        for (; next < records && changes.size() < batchRows; ++next)
            changes.push_back(customerCreated(next, idOf(next)));
        return sender.batch(std::move(changes), true);
    };
    double time = 0;
    while (next < records) {
        std::vector<Batch> batches;
        while (next < records && batches.size() < batchesPerPush)
            batches.push_back(batch());
        time += seconds([&] { (void)sender.push(std::move(batches)); });
    }
    return time;
}

std::unique_ptr<Workspace> Company::signIn(const QString &profile, int user, std::function<void()> done)
{
    auto workspace = std::move(*must(Workspace::open(profile, departments())));
    Workspace::Login login;
    login.server = QUrl(m_server.url());
    login.user = QStringLiteral("user%1").arg(user);
    login.password = password;
    login.deviceName = QStringLiteral("bench");
    workspace->signIn(login, [done = std::move(done)](Result<> result) {
        must(result);
        if (done)
            done();
    });
    return workspace;
}

std::unique_ptr<Workspace> Company::copy(const QString &profile, int user)
{
    bool signedIn = false;
    auto workspace = signIn(profile, user, [&signedIn] { signedIn = true; });
    waitFor("signing in", [&] {
        const SyncStatus status = workspace->status();
        return signedIn && status.complete && status.connection == SyncStatus::Connection::Online;
    });
    return workspace;
}

qint64 Company::metric(const QByteArray &name) const
{
    const QByteArray text = test::request(m_server, "GET", "/metrics", {}).body;
    const QByteArray line = '\n' + name + ' ';
    const qsizetype at = text.indexOf(line);
    if (at < 0)
        qFatal("no metric %s", name.constData());
    const qsizetype from = at + line.size();
    return text.mid(from, text.indexOf('\n', from) - from).toLongLong();
}

qint64 Company::residentKiB() const
{
    const QByteArray status = contents(QStringLiteral("/proc/%1/status").arg(m_server.processId()));
    const QByteArray line = status.mid(status.indexOf("VmRSS:") + 6);
    return line.left(line.indexOf("kB")).trimmed().toLongLong();
}

double Company::cpuSeconds() const
{
    const QByteArray stat = contents(QStringLiteral("/proc/%1/stat").arg(m_server.processId()));
    // Behind the program's name, which may hold anything: user and system time are the 12th and 13th.
    const QList<QByteArray> words = stat.mid(stat.lastIndexOf(')') + 2).split(' ');
    return double(words.value(11).toLongLong() + words.value(12).toLongLong()) / double(::sysconf(_SC_CLK_TCK));
}

} // namespace tz::bench
