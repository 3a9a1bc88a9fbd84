// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "tests/simulation/servers.h"

#include "server/api/service.h"
#include "tests/simulation/laws.h"

namespace tz::sim {

namespace {
/// The program looks every 250 ms; here it may lag behind.
constexpr qint64 pollMs = 1'500;
constexpr qint64 restartMs = 7'000;
/// What a standby may be behind.
constexpr size_t commitsKept = 8;

std::vector<Id> everybody()
{
    std::vector<Id> ids;
    for (const auto &[name, id] : Setting::get().users())
        ids.push_back(id);
    return ids;
}
} // namespace

Servers::Servers(Agenda &agenda, int processes, quint64 seed)
    : m_agenda(agenda)
    , m_clock(agenda)
    , m_entropy(seed * 7919 + 1)
    , m_dice(seed * 104729 + 3)
    , m_ids(m_clock, m_entropy)
    , m_disk("tz-sim-server")
    , m_standbyDisk("tz-sim-standby")
    , m_chronicle(everybody())
{
    m_disk.setFiles(Setting::get().serverFiles());
    m_processes.resize(size_t(processes));
    for (int i = 0; i < processes; ++i)
        open(i);
    look();
}

Servers::~Servers()
{
    m_disk.die();
    stopAll();
}

void Servers::open(int process)
{
    server::Environment environment = Setting::environment(m_clock, m_entropy, m_disk);
    environment.checkpoints = process == 0;
    auto api = server::Api::open(Setting::get().serverFolder(), Setting::get().host(m_newer), environment);
    if (m_disk.isDead())
        return;
    if (!api && api.error().is("store.disk_full")) {
        // It does not start, and whoever looks after it tries again.
        m_agenda.in(restartMs, [this, process, generation = m_generation] {
            if (generation == m_generation && !m_processes[size_t(process)]) {
                open(process);
                look();
            }
        });
        return;
    }
    auto &place = m_processes[size_t(process)];
    place = must(std::move(api));
    if (process == 0)
        must(place->service().storage().writer().db().execute(Setting::oftenCheckpoints));
    place->setCommitHandler([this, process](const server::Commit &commit) {
        if (committed)
            committed(process, commit);
    });
    if (m_processes.size() > 1)
        poll(process, place.get());
}

void Servers::poll(int process, server::Api *api)
{
    m_agenda.in(pollMs, [this, process, api] {
        if (m_processes[size_t(process)].get() != api)
            return;
        api->pollForeignCommits();
        poll(process, api);
    });
}

void Servers::stop(int process)
{
    auto &place = m_processes[size_t(process)];
    if (!place)
        return;
    place.reset();
    if (down)
        down(process);
}

void Servers::stopAll()
{
    m_standby.reset();
    for (int i = count() - 1; i >= 0; --i)
        stop(i);
}

server::Api *Servers::process(int number) const
{
    return m_processes[size_t(number) % m_processes.size()].get();
}

server::Api *Servers::any() const
{
    for (const auto &process : m_processes)
        if (process)
            return process.get();
    return nullptr;
}

void Servers::commitMeanwhile(int call, Batch batch)
{
    m_meanwhile = {call, std::move(batch)};
}

template <class Work>
auto Servers::meanwhile(const server::Api *process, Work work)
{
    const auto other = std::ranges::find_if(m_processes, [&](const auto &one) { return one && one.get() != process; });
    if (auto coming = std::exchange(m_meanwhile, std::nullopt); coming && other != m_processes.end()) {
        // Nobody looks at what it did before the other one is ready too.
        m_disk.beforeRead(coming->first, [api = other->get(), batch = std::move(coming->second)] {
            (void)api->service().committer().runAsSystem(batch);
        });
    }
    auto result = work();
    m_disk.beforeRead(0, nullptr);
    return result;
}

std::optional<server::Answer> Servers::ask(int process, const server::Request &request)
{
    server::Api *const api = this->process(process);
    m_revBefore = m_chronicle.rev();
    if (!api)
        return std::nullopt;
    server::Answer answer = meanwhile(api, [&] { return api->handle(request); });
    const bool died = m_disk.isDead();
    look();
    if (!died && answer.status == 200 && request.path == "/v1/push")
        for (const wire::BatchAnswer &one : must(wire::decodePushAnswer(answer.body)).answers)
            m_answeredAs[one.batch].insert(one.no);
    return died ? std::nullopt : std::optional(std::move(answer));
}

bool Servers::runAsSystem(Batch batch)
{
    server::Api *const api = any();
    const bool done =
        api && meanwhile(api, [&] { return api->service().committer().runAsSystem(std::move(batch)).has_value(); }) &&
        !m_disk.isDead();
    look();
    return done;
}

void Servers::kill(int process)
{
    const int number = process % count();
    if (!m_processes[size_t(number)])
        return;
    // While it ends, nothing of what its destructors would tidy up reaches the disk.
    m_disk.die();
    stop(number);
    m_disk.restart();
    m_agenda.in(restartMs, [this, number, generation = m_generation] {
        if (generation == m_generation && !m_processes[size_t(number)]) {
            open(number);
            look();
        }
    });
}

void Servers::losePower()
{
    m_disk.die();
    look();
}

void Servers::look()
{
    if (m_disk.isDead()) {
        stopAll();
        m_disk.restartAfterPowerLoss(m_dice);
        openLater();
        return;
    }
    if (server::Api *const api = any()) {
        const auto lease = must(api->service().storage().read());
        m_chronicle.catchUp(*lease);
        m_highest = std::max(m_highest, m_chronicle.rev());
    }
    if (m_keepsCommits && any() &&
        (m_lastCommits.empty() || m_lastCommits.back().chronicle.rev() != m_chronicle.rev())) {
        m_lastCommits.push_back(image());
        if (m_lastCommits.size() > commitsKept)
            m_lastCommits.pop_front();
    }
}

void Servers::openLater()
{
    m_agenda.in(restartMs, [this, generation = ++m_generation] {
        if (generation != m_generation)
            return;
        for (int i = 0; i < count() && !m_disk.isDead(); ++i)
            open(i);
        look();
    });
}

void Servers::replaceData(const Image &image)
{
    m_disk.die();
    stopAll();
    m_disk.restart();
    m_disk.setFiles(image.files);
    m_chronicle.become(image.chronicle);
    m_lastCommits.clear();
    openLater();
}

void Servers::keepBackup()
{
    look();
    if (any() && !m_disk.isDead())
        m_backup = image();
}

bool Servers::goBack(bool byCommand)
{
    look();
    if (!m_backup || m_disk.isDead())
        return false;
    replaceData(*m_backup);
    if (byCommand) {
        Database::Options options;
        options.vfs = m_disk.name();
        const auto database =
            must(Database::open(Setting::get().serverFolder() + QLatin1String("/server.sqlite"), options));
        Transaction transaction = must(Transaction::begin(*database));
        const server::Revision now = must(server::leapForward(*database, m_clock.nowMs(), m_ids.next()));
        must(transaction.commit());
        require(now.rev > m_highest, Law::Order,
                QStringLiteral("revision %1 of a restored server was somebody else's before").arg(now.rev));
        m_chronicle.leapTo(now.rev, now.chain);
    }
    return true;
}

bool Servers::failOver(int commits)
{
    look();
    if (m_lastCommits.size() < 2 || m_disk.isDead())
        return false;
    const size_t back = std::min(m_lastCommits.size() - 1, size_t(commits));
    const Image image = m_lastCommits[m_lastCommits.size() - 1 - back];
    replaceData(image);
    return true;
}

bool Servers::swapWithCopy()
{
    look();
    if (m_disk.isDead() || !any())
        return false;
    Image now = image();
    if (!m_copy) {
        m_copy = std::move(now);
        return false;
    }
    replaceData(*m_copy);
    m_copy = std::move(now);
    return true;
}

void Servers::upgrade()
{
    if (m_newer)
        return;
    m_newer = true;
    losePower();
}

void Servers::runJobs()
{
    if (server::Api *const api = any())
        (void)api->runJobs();
    look();
}

void Servers::keepStandby()
{
    if (!any())
        return;
    m_standby.reset();
    m_standbyDisk.setFiles(m_disk.files());
    auto api = server::Api::open(Setting::get().serverFolder(), Setting::get().host(m_newer),
                                 Setting::environment(m_clock, m_entropy, m_standbyDisk));
    if (api)
        m_standby = std::move(*api);
}

std::optional<server::Answer> Servers::askStandby(const server::Request &request)
{
    return m_standby ? std::optional(m_standby->handle(request)) : std::nullopt;
}

void Servers::heal()
{
    if (m_disk.isDead())
        look();
    ++m_generation;
    m_meanwhile.reset();
    m_standby.reset();
    m_disk.restart();
    for (int i = 0; i < count(); ++i)
        if (!m_processes[size_t(i)])
            open(i);
    look();
}

} // namespace tz::sim
