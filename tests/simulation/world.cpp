// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "tests/simulation/world.h"

#include "core/sync/pagereader.h"

namespace tz::sim {

const QString World::customer = QStringLiteral("sim.customer");
const QString World::line = QStringLiteral("sim.line");

namespace {
constexpr qint64 hourMs = 3'600'000;
/// Longer than any pause that a server may ask for.
constexpr qint64 settleMs = 6 * hourMs;
constexpr int mostLaptops = 9;
const char *const staff[] = {"anna", "maria", "bert", "anna", "carla", "bert", "maria", "carla"};
const char *const sellers[] = {"anna", "bert", "carla"};
/// One more than there are people, so that somebody can take it.
const char *const signInNames[] = {"anna", "bert", "carla", "dora"};
} // namespace

World::World(const Plan &plan)
    : m_plan(plan)
    , m_agenda(Agenda::current())
    , m_dice(plan.seed * 31 + 7)
    , m_servers((m_agenda.clear(), m_agenda), plan.servers, plan.seed)
{
    m_watched.reserve(mostLaptops);
    m_servers.committed = [this](int process, const server::Commit &commit) {
        for (Watched &watched : m_watched)
            if (watched.laptop->isRunning())
                watched.laptop->wire().committed(process, commit);
    };
    m_servers.down = [this](int) {
        for (Watched &watched : m_watched)
            if (watched.laptop->isRunning())
                watched.laptop->wire().cutLive();
    };
    if (plan.forks)
        m_servers.keepLastCommits();
    for (int i = 0; i < plan.laptops; ++i)
        add(QString::fromLatin1(staff[size_t(i) % std::size(staff)]), nullptr);
}

World::~World()
{
    m_servers.committed = nullptr;
    m_servers.down = nullptr;
    m_watched.clear();
    m_agenda.clear();
}

void World::add(const QString &user, const Laptop::Image *image)
{
    const int number = int(m_watched.size());
    Watched &watched = m_watched.emplace_back();
    watched.laptop = std::make_unique<Laptop>(number, user, m_agenda, m_servers, m_plan.seed, tapFor(number));
    if (image)
        watched.laptop->begin(*image);
    else
        watched.laptop->begin();
    watched.laptop->line().server = number;
    watched.laptop->line().pageRows = m_plan.pageRows;
    watched.laptop->line().allWakes = m_plan.onlyMerges;
}

void World::mix(const QByteArray &bytes)
{
    for (const char byte : bytes)
        m_trace = (m_trace ^ quint64(quint8(byte))) * 1099511628211ULL;
}

QByteArray World::trace() const
{
    return QByteArray::number(m_trace, 16);
}

QString World::place() const
{
    QString text = m_step < 0 ? QStringLiteral("at the end") : QStringLiteral("at step %1").arg(m_step);
    for (const Watched &watched : m_watched)
        if (!watched.laptop->lastFailure().isEmpty())
            text += QStringLiteral("\n  laptop %1 last heard: %2")
                        .arg(watched.laptop->name(), watched.laptop->lastFailure());
    return text;
}

Wire::Tap World::tapFor(int number)
{
    Wire::Tap tap;
    tap.answered = [this, number](const QString &path, const QByteArray &request, const server::Answer &answer) {
        mix(request);
        mix(answer.body);
        noteRecovery(number, path, request, answer);
        checkAnswer(number, path, answer);
    };
    tap.delivered = [this, number](const QString &path, const QByteArray &body, Deed fault) {
        Watched &watched = m_watched[size_t(number)];
        Laptop &laptop = *watched.laptop;
        if (!laptop.isRunning() || laptop.disk().isDead())
            return;
        const bool isPull = path == QLatin1String("/v1/pull") || path == QLatin1String("/v1/backfill");
        if (isPull) {
            wire::PageReader page(body);
            if (!page.fault() && fault == Deed::AnswerTwice && !page.head().keys && page.head().position == 0)
                (void)laptop.replica().receive(page);
            // A list of keys alone evicts at once, and the cursor follows with the next page.
            const bool isWhole = !page.fault() && !page.head().keys && !page.head().visibility && !page.head().more &&
                                 page.head().position == 0;
            // What was answered before the servers lost their history may still arrive.
            const wire::Mark cursor = laptop.replica().cursor();
            if (isWhole && !laptop.disk().isDead() && m_servers.chronicle().knows(cursor.rev, cursor.chain)) {
                checkCheckpoint(watched, false);
                checkSums(watched, false);
            }
        } else if (path == QLatin1String("/v1/push") && fault == Deed::AnswerTwice) {
            if (const auto answer = wire::decodePushAnswer(body))
                (void)laptop.replica().receive(*answer);
        }
    };
    tap.meanwhile = [this](quint64 chance) { return shift(chance); };
    return tap;
}

void World::run()
{
    for (const Step &step : m_plan.steps) {
        m_step = step.number;
        advance(step.waitMs);
        perform(step);
        look();
    }
    m_step = -1;
    settle();
}

void World::advance(qint64 ms)
{
    const qint64 until = m_agenda.nowMs() + ms;
    while (m_agenda.step(until))
        look();
}

void World::look()
{
    if (m_servers.disk().isDead())
        m_servers.look();
    for (Watched &watched : m_watched) {
        if (watched.laptop->isRunning() && watched.laptop->disk().isDead()) {
            stop(watched, true);
            restart(watched, false);
        } else if (watched.laptop->isRunning() && (!watched.laptop->touched.empty() || watched.laptop->allTouched)) {
            checkTouched(watched);
        }
    }
}

void World::stop(Watched &watched, bool power)
{
    Laptop &laptop = *watched.laptop;
    laptop.disk().die();
    laptop.stop();
    if (power)
        laptop.disk().restartAfterPowerLoss(m_dice);
    else
        laptop.disk().restart();
}

void World::restart(Watched &watched, bool excuse)
{
    Laptop &laptop = *watched.laptop;
    while (!laptop.start()) {
        laptop.stop();
        laptop.disk().restartAfterPowerLoss(m_dice);
    }
    checkRestarted(watched, excuse || laptop.wasRepaired());
}

void World::perform(const Step &step)
{
    switch (step.deed) {
    case Deed::KillServer:
    case Deed::ServerPowerLoss:
    case Deed::ServerDiesWriting:
    case Deed::FillServerDisk:
    case Deed::SetServerClock:
    case Deed::UpgradeServer:
    case Deed::KeepBackup:
    case Deed::RestoreBackup:
    case Deed::CopyBack:
    case Deed::FailOver:
    case Deed::SwapServers:
    case Deed::Jobs:
        return performOnServers(step);
    case Deed::MoveUser:
    case Deed::GiveRole:
    case Deed::RenameUser:
    case Deed::MoveTeam:
    case Deed::DisableUser:
    case Deed::EnableUser:
        return administer(step);
    default:
        return performOnLaptop(step, m_watched[size_t(step.whom) % m_watched.size()]);
    }
}

void World::performOnLaptop(const Step &step, Watched &watched)
{
    Laptop &laptop = *watched.laptop;
    MemoryDisk &disk = laptop.disk();
    Wire::Line &wire = laptop.line();
    const auto change = [&](auto ruin) {
        stop(watched, false);
        ruin();
        restart(watched, true);
    };
    const QString path = Setting::replicaPath();
    switch (step.deed) {
    case Deed::Edit:
        return edit(laptop, step);
    case Deed::Undo:
        m_agenda.setMachine(laptop.number());
        (void)laptop.store().undo();
        m_agenda.setMachine(Agenda::network);
        return noteWork(laptop);
    case Deed::DecideConflict:
        return decideConflict(laptop, step);
    case Deed::ForgetRefusal:
        return forgetRefusal(laptop, step);
    case Deed::SyncNow:
        m_agenda.setMachine(laptop.number());
        laptop.replicator().syncNow();
        m_agenda.setMachine(Agenda::network);
        return;
    case Deed::LoseRequest:
    case Deed::LoseAnswer:
    case Deed::DelayRequest:
    case Deed::RepeatRequest:
    case Deed::AnswerTwice:
    case Deed::CutAnswer:
    case Deed::CommitMeanwhile:
        wire.faults.emplace_back(step.deed, step.a);
        return;
    case Deed::GoOffline:
        wire.offlineUntilMs = m_agenda.nowMs() + qint64(step.a % 120'000);
        return laptop.wire().cutLive();
    case Deed::LoseWakeUp:
        wire.loseWakeUp = true;
        return;
    case Deed::LiveDies: {
        wire.liveIsDeaf = true;
        // Found out by the next ping that nobody answers.
        m_agenda.in(90'000, [&laptop] {
            if (laptop.isRunning() && laptop.line().liveIsDeaf)
                laptop.wire().cutLive();
        });
        return;
    }
    case Deed::OtherServer:
        wire.server = int(step.a % 100);
        return laptop.wire().cutLive();
    case Deed::Kill:
        stop(watched, false);
        return restart(watched, false);
    case Deed::PowerLoss:
        stop(watched, true);
        return restart(watched, false);
    case Deed::DieWriting:
        return disk.dieAt(int(1 + step.a % 60));
    case Deed::FillDisk:
        return disk.fillUp(int(1 + step.a % 20), int(1 + step.b % 40));
    case Deed::Sleep:
        return m_agenda.sleep(laptop.number(), m_agenda.nowMs() + qint64(step.a % quint64(4 * hourMs)));
    case Deed::SetClock:
        if (m_plan.wrongClocks) {
            const qint64 range = step.b % 4 == 0 ? 3 * 365 * 24 * hourMs : 5 * hourMs;
            laptop.clock().setWrongMs(qint64(step.a % quint64(2 * range)) - range);
        }
        return;
    case Deed::StopClock:
        if (m_plan.wrongClocks)
            laptop.clock().stick();
        return;
    case Deed::RuinPage:
        return change([&] {
            QByteArray bytes = disk.bytes(path);
            constexpr qsizetype page = 8192;
            const qsizetype at = qsizetype(step.a % quint64(std::max<qsizetype>(1, bytes.size() / page))) * page;
            bytes.replace(at, std::min(page, bytes.size() - at), QByteArray(std::min(page, bytes.size() - at), '\xa5'));
            disk.setBytes(path, bytes);
        });
    case Deed::CutFile:
        return change(
            [&] { disk.setBytes(path, disk.bytes(path).left(qsizetype(step.a % quint64(disk.bytes(path).size())))); });
    case Deed::LoseLog:
        // Half a checkpoint without its log is a file of two times, and nothing in it tells.
        if (disk.isHalfWritten(path))
            return;
        return change([&] {
            disk.remove(path + QLatin1String("-wal"));
            disk.remove(path + QLatin1String("-shm"));
        });
    case Deed::KeepImage:
        watched.image = laptop.image();
        return;
    case Deed::ReturnImage:
        if (!watched.image)
            return;
        return change([&] { laptop.setImage(*watched.image); });
    case Deed::Clone:
        if (m_watched.size() < size_t(mostLaptops)) {
            const Laptop::Image image = laptop.image();
            add(laptop.userName(), &image);
        }
        return;
    case Deed::UpgradeLaptop:
        laptop.upgrade();
        stop(watched, false);
        return restart(watched, false);
    case Deed::ReadStandby:
        m_servers.keepStandby();
        wire.standbyUntilMs = m_agenda.nowMs() + qint64(step.a % 60'000);
        return;
    default:
        return;
    }
}

void World::performOnServers(const Step &step)
{
    switch (step.deed) {
    case Deed::KillServer:
        return m_servers.kill(step.whom);
    case Deed::ServerPowerLoss:
        return m_servers.losePower();
    case Deed::ServerDiesWriting:
        return m_servers.disk().dieAt(int(1 + step.a % 60));
    case Deed::FillServerDisk:
        return m_servers.disk().fillUp(int(1 + step.a % 20), int(1 + step.b % 60));
    case Deed::SetServerClock:
        return m_servers.clock().setWrongMs(qint64(step.a % 240'000) - 120'000);
    case Deed::UpgradeServer:
        return m_servers.upgrade();
    case Deed::Jobs:
        return m_servers.runJobs();
    case Deed::KeepBackup:
        return m_servers.keepBackup();
    case Deed::RestoreBackup:
    case Deed::CopyBack:
        if (m_servers.goBack(step.deed == Deed::RestoreBackup))
            forked();
        return;
    case Deed::FailOver:
        if (m_servers.failOver(int(1 + step.a % 7)))
            forked();
        return;
    case Deed::SwapServers:
        if (m_servers.swapWithCopy())
            forked();
        return;
    default:
        return;
    }
}

void World::forked()
{
    m_forked = true;
    for (Watched &watched : m_watched) {
        watched.shown.clear();
        watched.gone.clear();
        watched.comparedRev = 0;
    }
    // Whoever was disabled then is so again.
    m_disabled.clear();
    for (const auto &[name, id] : Setting::get().users()) {
        const auto &values = m_servers.chronicle().entry(id)->versions.back().values;
        const auto active = values.find(QStringLiteral("active"));
        if (active != values.end() && !active->second.toBool())
            m_disabled.insert(id);
    }
}

Draft World::administration(Deed deed, quint64 n, quint64 value)
{
    const Setting &setting = Setting::get();
    const Id user = setting.users().at(QString::fromLatin1(sellers[n % std::size(sellers)]));
    const QString entity = QStringLiteral("foundation.user");
    Draft draft(m_servers.ids());
    switch (deed) {
    case Deed::MoveUser:
        draft.update(entity, user, {{QStringLiteral("team"), nth(setting.teams(), value)}});
        break;
    case Deed::GiveRole: {
        const Id role = setting.roles().at(value % 3 == 0 ? QStringLiteral("sales_manager") : QStringLiteral("sales"));
        draft.update(entity, user, {{QStringLiteral("roles"), Value(ValueList{Value(role)})}});
        break;
    }
    case Deed::RenameUser:
        draft.update(entity, user,
                     {{QStringLiteral("name"), QString::fromLatin1(signInNames[value % std::size(signInNames)])}});
        break;
    case Deed::MoveTeam:
        // Harbour goes below South, to the top, or back below North.
        draft.update(QStringLiteral("foundation.team"), setting.teams().at(QStringLiteral("North/Harbour")),
                     {{QStringLiteral("parent"),
                       std::array<Value, 3>{Value(setting.teams().at(QStringLiteral("South"))), Value(),
                                            Value(setting.teams().at(QStringLiteral("North")))}[value % 3]}});
        break;
    case Deed::DisableUser:
        draft.update(entity, user, {{QStringLiteral("active"), false}});
        break;
    case Deed::EnableUser:
        for (const Id &who : m_disabled)
            draft.update(entity, who, {{QStringLiteral("active"), true}});
        break;
    default:
        break;
    }
    return draft;
}

Batch World::systemBatch(Draft draft)
{
    Batch batch;
    batch.id = m_servers.ids().next();
    batch.changes = std::move(draft.changes());
    return batch;
}

Batch World::shift(quint64 chance)
{
    const quint64 value = chance / 16;
    std::vector<Id> customers;
    for (const auto &[id, entry] : m_servers.chronicle().entries())
        if (entry.entity == customer && !entry.versions.back().deleted)
            customers.push_back(id);
    if (chance % 4 == 0 || customers.empty())
        return systemBatch(
            administration(std::array{Deed::MoveUser, Deed::GiveRole, Deed::MoveTeam, Deed::RenameUser}[chance / 4 % 4],
                           value, value / 4));
    Draft draft(m_servers.ids());
    draft.update(customer, customers[value % customers.size()],
                 {{QStringLiteral("team"), nth(Setting::get().teams(), value / customers.size())}});
    return systemBatch(std::move(draft));
}

void World::administer(const Step &step)
{
    if (step.deed == Deed::DisableUser)
        m_disabled.insert(Setting::get().users().at(QString::fromLatin1(sellers[step.a % std::size(sellers)])));
    // Two administrators have the same idea.
    if (step.c % 2 && step.deed != Deed::DisableUser)
        m_servers.commitMeanwhile(int(1 + step.c / 2 % 3), systemBatch(administration(step.deed, step.a + 1, step.b)));
    const bool done = m_servers.runAsSystem(systemBatch(administration(step.deed, step.a, step.b)));
    if (done && step.deed == Deed::EnableUser)
        m_disabled.clear();
}

void World::settle()
{
    m_servers.heal();
    // Whoever has a new program waits for a new server.
    const bool anyNewer = std::ranges::any_of(m_watched, [](const Watched &w) { return w.laptop->isNewer(); });
    if (anyNewer && !m_servers.isNewer()) {
        m_servers.upgrade();
        m_servers.heal();
    }
    if (!m_disabled.empty()) {
        Step enable;
        enable.deed = Deed::EnableUser;
        administer(enable);
        require(m_disabled.empty(), Law::Liveness, QStringLiteral("users cannot be enabled"));
    }
    for (Watched &watched : m_watched) {
        Laptop &laptop = *watched.laptop;
        laptop.line() = Wire::Line{{}, laptop.line().server, m_plan.pageRows, m_plan.onlyMerges};
        if (laptop.disk().isDead()) {
            stop(watched, true);
            restart(watched, false);
        }
        laptop.disk().restart();
        m_agenda.sleep(laptop.number(), 0);
        // Whoever has an old program gets the new one: what it could not read is asked for again.
        if (m_servers.isNewer() && !laptop.isNewer()) {
            laptop.upgrade();
            stop(watched, false);
            restart(watched, false);
        }
    }
    const qint64 until = m_agenda.nowMs() + settleMs;
    // Whom the last revisions do not concern, nobody woke for them, and their cursor stays where it is.
    const auto isUpToDate = [&](const Watched &watched) {
        const Chronicle &chronicle = m_servers.chronicle();
        const qint64 cursor = watched.laptop->replica().cursor().rev;
        const Id user = watched.laptop->user();
        return std::ranges::none_of(chronicle.changedSince(cursor), [&](const Id &id) {
            const Chronicle::Entry &entry = *chronicle.entry(id);
            return entry.isVisible(user, chronicle.rev()) || entry.isVisible(user, cursor);
        });
    };
    const auto atRest = [&] {
        return std::ranges::all_of(m_watched, [](const Watched &w) { return w.laptop->isSilent(); }) &&
               std::ranges::all_of(m_watched, [&](const Watched &watched) {
                   return watched.laptop->isQuiet() && watched.laptop->replica().isComplete() &&
                          !watched.laptop->replica().needsScrub() && isUpToDate(watched);
               });
    };
    const auto rest = [&] {
        while (!atRest()) {
            const bool more = m_agenda.step(until);
            look();
            // Whoever is asked agrees.
            for (const Watched &watched : m_watched) {
                if (watched.laptop->isSilent() && watched.laptop->replicator().status().toSetAside > 0) {
                    must(watched.laptop->replica().agreeToSetAside());
                    watched.laptop->replicator().syncNow();
                }
            }
            if (more)
                continue;
            for (const Watched &watched : m_watched) {
                const Laptop &laptop = *watched.laptop;
                require(watched.laptop->isQuiet(), Law::Liveness,
                        QStringLiteral("%1 does not come to rest: %2").arg(laptop.name(), laptop.lastFailure()));
            }
            throw Broken{Law::Liveness, QStringLiteral("quiet, but not where the server is")};
        }
    };
    rest();
    // Everybody compares with the server once more.
    for (Watched &watched : m_watched) {
        m_agenda.setMachine(watched.laptop->number());
        must(watched.laptop->replica().askForVerify());
        watched.laptop->replicator().syncNow();
        m_agenda.setMachine(Agenda::network);
    }
    rest();
    for (Watched &watched : m_watched) {
        Laptop &laptop = *watched.laptop;
        checkSums(watched, true);
        checkDoubted(watched);
        checkCheckpoint(watched, true);
        checkConvergence(laptop);
        checkSearch(laptop);
        checkLedgers(laptop);
        checkBounds(laptop);
        checkFiles(watched);
        mix(laptop.replica().cursor().chain);
    }
    checkServer();
    checkWork();
    checkStories();
    checkConflicts();
}

} // namespace tz::sim
