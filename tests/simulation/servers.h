// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "server/api/api.h"
#include "tests/simulation/agenda.h"
#include "tests/simulation/chronicle.h"
#include "tests/simulation/setting.h"

#include <deque>

namespace tz::sim {

/// The machine with the server's processes: one to three on the same file, as the program allows (the first one alone
/// checkpoints). Each request is handled whole before the next, but that another process may commit between any two of
/// its transactions; what runs at the same time inside of one is PostgreSQL's and is tested there.
class Servers {
public:
    Servers(Agenda &agenda, int processes, quint64 seed);
    ~Servers();

    /// No answer: the process is down, or died over it.
    std::optional<server::Answer> ask(int process, const server::Request &request);
    /// The next request, or batch of the system, finds that just before it begins to read for the call-th time another
    /// process commits this.
    void commitMeanwhile(int call, Batch batch);
    /// Null: it is down.
    server::Api *process(int number) const;
    /// Any one that runs.
    server::Api *any() const;
    int count() const { return int(m_processes.size()); }
    /// Refused, or no process is up: it did not happen.
    bool runAsSystem(Batch batch);

    void kill(int process);
    void losePower();
    /// All processes end and the next version begins.
    void upgrade();
    bool isNewer() const { return m_newer; }
    void runJobs();
    /// The data as it is now, to be put in place again.
    void keepBackup();
    /// `byCommand`: as tongzhou-server restore does. False: there is no backup, or nobody could make one.
    bool goBack(bool byCommand);
    /// So many commits are lost, as when a standby that was behind becomes the primary.
    bool failOver(int commits);
    /// The first time a copy is kept; from then on one and the other are served in turn.
    bool swapWithCopy();
    /// Commits are to be kept for failOver().
    void keepLastCommits() { m_keepsCommits = true; }
    /// A copy of the data as it is now, which answers pulls from then on as a standby does that is behind.
    void keepStandby();
    std::optional<server::Answer> askStandby(const server::Request &request);
    /// What happened while it was looked at from outside: deaths are noticed and new commits written down.
    void look();
    /// Everything runs and no fault is waiting any more.
    void heal();

    MemoryDisk &disk() { return m_disk; }
    MachineClock &clock() { return m_clock; }
    const Chronicle &chronicle() const { return m_chronicle; }
    /// Newest revision when the last request came.
    qint64 revBefore() const { return m_revBefore; }
    IdSource &ids() { return m_ids; }
    /// The numbers under which each batch was answered: a second copy of a laptop sends what the first has sent already
    /// under a number of its own, for which the server then has no batch.
    const std::map<Id, std::set<qint64>> &answeredAs() const { return m_answeredAs; }
    /// Called for each commit while it is made: only to be noted.
    std::function<void(int process, const server::Commit &)> committed;
    /// A process went down: its live channels are cut.
    std::function<void(int process)> down;

private:
    /// The files of a history, and what is known of it.
    struct Image {
        MemoryDisk::Files files;
        Chronicle chronicle;
    };
    Image image() const { return {m_disk.files(), m_chronicle}; }
    /// All processes end and begin again with these files a little later.
    void replaceData(const Image &image);
    void openLater();
    void open(int process);
    /// While `work` runs in this process, what was to be committed meanwhile is.
    template <class Work>
    auto meanwhile(const server::Api *process, Work work);
    void poll(int process, server::Api *api);
    void stop(int process);
    void stopAll();

    Agenda &m_agenda;
    MachineClock m_clock;
    SeededEntropy m_entropy;
    SeededEntropy m_dice;
    IdSource m_ids;
    MemoryDisk m_disk;
    MemoryDisk m_standbyDisk;
    bool m_newer = false;
    std::vector<std::unique_ptr<server::Api>> m_processes;
    std::unique_ptr<server::Api> m_standby;
    Chronicle m_chronicle;
    std::map<Id, std::set<qint64>> m_answeredAs;
    qint64 m_revBefore = 0;
    std::optional<std::pair<int, Batch>> m_meanwhile;
    int m_generation = 0;
    std::optional<Image> m_backup;
    std::deque<Image> m_lastCommits;
    bool m_keepsCommits = false;
    /// Of all histories.
    qint64 m_highest = 0;
    std::optional<Image> m_copy;
};

} // namespace tz::sim
