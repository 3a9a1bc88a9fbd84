// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors

// Many devices at one server process: idle ones, those that push and pull as fast as they can, and active ones.
#include "tests/bench/benchdata.h"
#include "tests/bench/benchmark.h"
#include "tests/bench/company.h"
#include "tests/bench/edits.h"
#include "tests/bench/rates.h"
#include "tests/support/postgres.h"

#include <QTemporaryDir>
#include <QThread>

#include <atomic>
#include <random>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <thread>
#include <unistd.h>

namespace tz::bench {

namespace {

constexpr int devicesPerUser = 10;
/// Laptops that push, or pull, at the same time.
constexpr int busyDevices = 32;
/// Laptops that come back from a long journey at the same time.
constexpr int returningDevices = 4;
/// Each active client saves a form so often.
constexpr int editEveryMs = 10'000;

void allowSockets(int count)
{
    rlimit files{};
    ::getrlimit(RLIMIT_NOFILE, &files);
    const rlim_t wanted = rlim_t(count) + 256;
    if (files.rlim_cur >= wanted)
        return;
    files.rlim_cur = std::min(wanted, files.rlim_max);
    if (::setrlimit(RLIMIT_NOFILE, &files) != 0 || files.rlim_cur < wanted)
        qFatal("this system allows only %llu open files", static_cast<unsigned long long>(files.rlim_cur));
}

/// Many wake-up channels that are watched together.
class IdleClients {
public:
    IdleClients(const Company &company, int count)
        : m_poll(::epoll_create1(EPOLL_CLOEXEC))
    {
        for (int n = 0; n < count; ++n) {
            m_channels.emplace_back(company.port(), company.tokens().at(size_t(n)));
            // It is told the newest revision once.
            (void)m_channels.back().read();
            epoll_event event{};
            event.events = EPOLLIN;
            event.data.u32 = quint32(n);
            ::epoll_ctl(m_poll, EPOLL_CTL_ADD, m_channels.back().descriptor(), &event);
        }
    }
    ~IdleClients() { ::close(m_poll); }
    IdleClients(const IdleClients &) = delete;
    IdleClients &operator=(const IdleClients &) = delete;

    /// Answers pings for so long.
    void rest(int ms)
    {
        QElapsedTimer timer;
        timer.start();
        while (timer.elapsed() < ms)
            (void)serve(int(ms - timer.elapsed()));
    }
    /// Until each has been woken once.
    void awaitAll()
    {
        for (size_t woken = 0; woken < m_channels.size();)
            woken += serve(60'000);
    }

private:
    /// Reads what has come; answers how many were woken by it.
    size_t serve(int ms)
    {
        epoll_event events[256];
        const int ready = ::epoll_wait(m_poll, events, 256, ms);
        size_t woken = 0;
        for (int k = 0; k < ready; ++k)
            woken += m_channels[events[k].data.u32].read() >= 0 ? 1 : 0;
        return woken;
    }
    int m_poll;
    std::vector<WakeChannel> m_channels;
};

void idleClients(Report &report, const Options &options)
{
    const int count = options.idleClients;
    allowSockets(2 * count);
    Company company;
    company.addUsers((count + devicesPerUser) / devicesPerUser, devicesPerUser);
    company.start();
    // The server has opened what it needs before it is weighed.
    WireClient sender = company.client(size_t(count));
    sender.hello();
    const auto edit = [&sender](int i) {
        std::vector<Batch> batches;
        batches.push_back(sender.batch({customerCreated(i, newId())}));
        (void)sender.push(std::move(batches));
    };
    for (int i = 0; i < 20; ++i)
        edit(i);
    const qint64 before = company.residentKiB();
    IdleClients clients(company, count);
    clients.rest(1000);
    const qint64 after = company.residentKiB();
    report.note(QStringLiteral("memory of the server before anybody is connected"), double(before) / 1024,
                QStringLiteral("MiB"));
    report.note(QStringLiteral("memory of %1 connected idle clients, each").arg(count), double(after - before) / count,
                QStringLiteral("KiB"));
    const int restMs = options.quick ? 3'000 : 60'000;
    const double cpu = company.cpuSeconds();
    clients.rest(restMs);
    report.note(QStringLiteral("processor of the server with %1 idle clients").arg(count),
                (company.cpuSeconds() - cpu) / (restMs / 1000.0) * 100, QStringLiteral("% of a core"));
    std::vector<double> woken;
    for (int round = 0; round < 10 * options.rounds; ++round) {
        QThread::msleep(100);
        woken.push_back(seconds([&] {
                            edit(100 + round);
                            clients.awaitAll();
                        }) *
                        1e3);
    }
    report.note(QStringLiteral("from a push until the last of %1 clients is woken, median").arg(count), median(woken),
                QStringLiteral("ms"));
    report.note(QStringLiteral("from a push until the last of %1 clients is woken, p99").arg(count),
                percentile(woken, 0.99), QStringLiteral("ms"));
    company.stop();
}

/// Rates of one server, each next to what the database alone can do.
class Rates {
public:
    Rates(Report &report, const Options &options, QString name, const QString &database)
        : m_report(report)
        , m_options(options)
        , m_name(std::move(name))
        , m_database(database)
        , m_company(database)
    {
        m_company.addUsers((busyDevices + devicesPerUser) / devicesPerUser, devicesPerUser);
        m_company.start();
        m_company.fill(options.quick ? 1'000 : 20'000);
        for (size_t n = 0; n < busyDevices; ++n) {
            m_clients.push_back(std::make_unique<WireClient>(m_company.client(n)));
            m_clients.back()->hello();
        }
    }

    void run()
    {
        measure(QStringLiteral("pushes of one new record"), QStringLiteral("pushes/s"), busyDevices, 1,
                [this](int n) { return push(n, 1); });
        measure(QStringLiteral("pushes of 64 batches, a new record each"), QStringLiteral("records/s"),
                returningDevices, int(limits::batchesPerPush),
                [this](int n) { return push(n, int(limits::batchesPerPush)); });
        // What a wake-up's pull finds: one record that somebody has just made.
        for (const auto &client : m_clients)
            client->hello();
        const wire::Mark cursor = m_clients.front()->cursor();
        push(0, 1);
        for (const auto &client : m_clients)
            client->setCursor(cursor);
        measure(QStringLiteral("pulls of one new record"), QStringLiteral("pulls/s"), busyDevices, 1, [this](int n) {
            if (m_clients[size_t(n)]->pull(true).tables.empty())
                qFatal("nothing was pulled");
            return 1;
        });
        m_company.stop();
    }

private:
    int push(int n, int count)
    {
        WireClient &client = *m_clients[size_t(n)];
        std::vector<Batch> batches;
        for (int k = 0; k < count; ++k)
            batches.push_back(client.batch({customerCreated(m_next++, newId())}));
        (void)client.push(std::move(batches));
        return count;
    }

    void measure(const QString &what, const QString &unit, int devices, int rows, const std::function<int(int)> &work)
    {
        const int ms = m_options.quick ? 1'000 : 4'000;
        std::vector<double> ours, bare, cpu;
        for (int round = 0; round < m_options.rounds; ++round) {
            bare.push_back(bareRate(m_database, devices, rows, ms));
            const double used = m_company.cpuSeconds();
            ours.push_back(perSecond(devices, ms, work));
            cpu.push_back((m_company.cpuSeconds() - used) / (ours.back() * ms / 1000) * 1e6);
        }
        m_report.add(m_name + QStringLiteral(": ") + what + QStringLiteral(", against bare inserts"), median(ours),
                     unit, median(bare), Report::Bar::None, 0);
        m_report.note(m_name + QStringLiteral(": ") + what + QStringLiteral(", processor of the server"), median(cpu),
                      QStringLiteral("µs each"));
    }

    Report &m_report;
    const Options &m_options;
    QString m_name;
    QString m_database;
    Company m_company;
    std::vector<std::unique_ptr<WireClient>> m_clients;
    std::atomic<int> m_next{1'000'000};
};

/// People at work: each saves a form every ten seconds and is told of what the others save.
class ActiveClients {
public:
    ActiveClients(const Company &company, int count)
    {
        for (int n = 0; n < count; ++n)
            m_threads.emplace_back([this, &company, n] { work(company, n); });
        while (m_ready.load() < count)
            QThread::msleep(10);
    }
    ~ActiveClients()
    {
        m_stopping = true;
        for (std::thread &thread : m_threads)
            thread.join();
    }
    ActiveClients(const ActiveClients &) = delete;
    ActiveClients &operator=(const ActiveClients &) = delete;

    int pulls() const { return m_pulls.load(); }
    int edits() const { return m_edits.load(); }

private:
    void work(const Company &company, int n)
    {
        WireClient client = company.client(size_t(n));
        client.hello();
        WakeChannel channel(company.port(), company.tokens().at(size_t(n)));
        std::minstd_rand dice(static_cast<unsigned>(n) + 1);
        std::uniform_int_distribution<int> pauses(0, 2 * editEveryMs);
        QElapsedTimer timer;
        timer.start();
        qint64 nextEdit = pauses(dice);
        ++m_ready;
        while (!m_stopping.load()) {
            const bool woken = channel.wait(int(std::clamp<qint64>(nextEdit - timer.elapsed(), 0, 100)));
            if (woken && channel.read() > client.cursor().rev) {
                while (client.pull().more)
                    ++m_pulls;
                ++m_pulls;
            }
            if (timer.elapsed() < nextEdit)
                continue;
            nextEdit = timer.elapsed() + pauses(dice);
            std::vector<Batch> batches;
            batches.push_back(client.batch({customerCreated(m_edits++, newId())}));
            (void)client.push(std::move(batches));
        }
    }
    std::atomic<bool> m_stopping{false};
    std::atomic<int> m_ready{0}, m_pulls{0}, m_edits{0};
    std::vector<std::thread> m_threads;
};

void activeClients(Report &report, const Options &options)
{
    const int others = options.activeClients - 2;
    Company company;
    company.addUsers(2, 0);
    company.addUsers((others + devicesPerUser - 1) / devicesPerUser, devicesPerUser);
    company.start();
    QTemporaryDir folder;
    const auto a = company.copy(folder.filePath(QStringLiteral("a")), 0);
    const auto b = company.copy(folder.filePath(QStringLiteral("b")), 1);
    Edits edits(*a, *b);
    edits.create(10);
    const int rounds = 100 * options.rounds;
    std::vector<double> times;
    {
        ActiveClients active(company, others);
        const double cpu = company.cpuSeconds();
        QElapsedTimer timer;
        timer.start();
        times = edits.oneByOne(rounds);
        const double took = double(timer.elapsed()) / 1000;
        report.note(QStringLiteral("%1 active clients: pulls of the others").arg(options.activeClients),
                    active.pulls() / took, QStringLiteral("pulls/s"));
        report.note(QStringLiteral("%1 active clients: processor of the server").arg(options.activeClients),
                    (company.cpuSeconds() - cpu) / took * 100, QStringLiteral("% of a core"));
    }
    const RoundTrip bare = bareRoundTrip(rounds);
    report.add(QStringLiteral("propagation of an edit at %1 active clients, median").arg(options.activeClients),
               median(times), QStringLiteral("ms"), bare.median * 1e3, Report::Bar::None, 0);
    report.add(QStringLiteral("propagation of an edit at %1 active clients, p99").arg(options.activeClients),
               percentile(times, 0.99), QStringLiteral("ms"), bare.p99 * 1e3, Report::Bar::None, 0);
    company.stop();
}

} // namespace

void loadBenchmarks(Report &report, const Options &options)
{
    if (options.wants("idle clients"))
        idleClients(report, options);
    if (options.wants("rates")) {
        Rates(report, options, QStringLiteral("SQLite"), {}).run();
        Rates(report, options, QStringLiteral("PostgreSQL"), test::PostgresServer::shared().newDatabase()).run();
    }
    if (options.wants("active clients"))
        activeClients(report, options);
}

} // namespace tz::bench
