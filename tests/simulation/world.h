// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "tests/simulation/laptop.h"
#include "tests/simulation/laws.h"

namespace tz::sim {

/// The n-th value of a map, round and round.
template <class Map>
auto nth(const Map &map, quint64 n)
{
    auto place = map.begin();
    std::advance(place, qsizetype(n % map.size()));
    return place->second;
}

/// Laptops and servers that live through a plan on one thread and in virtual time; the laws are checked on the way and
/// at the end. Throws Broken. To be made on a thread whose event dispatcher is an Agenda.
class World {
public:
    explicit World(const Plan &plan);
    ~World();

    /// Lives through the steps, then lets everybody reach the server until nothing is left to say, then checks.
    void run();
    /// Of everything that was said and of what everybody holds: equal for equal plans.
    QByteArray trace() const;
    /// What the law of the clocks compares: by the order in which records were made and by field (a group is one).
    struct Outcome {
        std::map<QString, QString> values;
        /// Those over which there was ever a conflict.
        std::set<QString> contested;
    };
    Outcome outcome() const;
    /// Where it is, for whoever reports a broken law.
    QString place() const;
    int step() const { return m_step; }

private:
    /// A batch that a user made, from the laptop's own outbox.
    struct Work {
        int laptop = 0;
        Id user;
        std::vector<Change> changes;
        /// It went with a disk that was ruined or set back, or its author threw it away: nobody owes it to anybody.
        bool excused = false;
    };
    /// What the laws remember of one laptop.
    struct Watched {
        std::unique_ptr<Laptop> laptop;
        std::optional<Laptop::Image> image;
        /// The revision that each record's row had.
        std::map<Id, qint64> shown;
        /// The revision with which an answer to a push told that a record is deleted.
        std::map<Id, qint64> gone;
        /// Up to where it was compared with the server.
        qint64 comparedRev = 0;
        int comparisons = 0;
        qint64 scannedLosses = -1;
        /// Its file was ruined or set back: what it held then is not what the server said.
        bool isRuined = false;
        /// It went back to a revision that it had been past.
        bool comesBack = false;
        /// Rows that were in doubt after the servers lost their history, and how often its user had lost sight of
        /// something when they were.
        std::map<Id, qint64> doubted;
    };

    void advance(qint64 ms);
    void look();
    void perform(const Step &step);
    void performOnLaptop(const Step &step, Watched &watched);
    void performOnServers(const Step &step);
    /// The servers have another history now: what the laws remembered of the lost part does not count.
    void forked();
    void administer(const Step &step);
    /// What an administrator does to the n-th of the users; `value` chooses what it becomes.
    Draft administration(Deed deed, quint64 n, quint64 value);
    Batch systemBatch(Draft draft);
    /// Something that changes who sees what.
    Batch shift(quint64 chance);
    void edit(Laptop &laptop, const Step &step);
    void decideConflict(Laptop &laptop, const Step &step);
    void forgetRefusal(Laptop &laptop, const Step &step);
    void stop(Watched &watched, bool power);
    void restart(Watched &watched, bool excuse);
    void settle();
    Wire::Tap tapFor(int number);
    void add(const QString &user, const Laptop::Image *image);
    std::vector<Id> customersOf(Laptop &laptop) const;
    QString marker(const Id &author);
    /// Writes one new line into the long text of the customer.
    void tellStory(Laptop &laptop, Draft &draft, const Id &id, quint64 chance);
    /// Takes up what is new in the laptop's outbox.
    void noteWork(Laptop &laptop);
    void mix(const QByteArray &bytes);
    static const QString customer, line;

    void checkNow(Watched &watched);
    void checkRestarted(Watched &watched, bool excuse);
    void noteRecovery(int number, const QString &path, const QByteArray &request, const server::Answer &answer);
    void checkAnswer(int number, const QString &path, const server::Answer &answer);
    void checkTouched(Watched &watched);
    void checkCheckpoint(Watched &watched, bool all);
    void checkBounds(Laptop &laptop) const;
    void checkSums(Watched &watched, bool atRest) const;
    /// Records that a laptop keeps aside because a restored server knows nothing of them.
    static std::set<Id> asideOf(Laptop &laptop);
    void checkFiles(Watched &watched);
    void checkConvergence(Laptop &laptop) const;
    void checkSearch(Laptop &laptop) const;
    void checkLedgers(Laptop &laptop) const;
    void checkServer() const;
    void checkWork() const;
    void checkStories() const;
    void checkConflicts() const;
    bool isRefused(const Id &record) const;
    void checkDoubted(Watched &watched) const;
    bool isForbidden(const QString &marker, const Id &user, qint64 rev) const;

    Plan m_plan;
    Agenda &m_agenda;
    SeededEntropy m_dice;
    Servers m_servers;
    std::vector<Watched> m_watched;
    std::map<Id, Work> m_works;
    /// The order in which records were made, which is the same whatever their ids are.
    std::map<Id, int> m_made;
    /// Who wrote what where: by the text, which is never written twice.
    struct Written {
        Id author, record;
        QString field;
    };
    std::map<QString, Written> m_written;
    /// Lines of long texts, numbered.
    int m_told = 0;
    std::set<Id> m_disabled;
    quint64 m_trace = 14695981039346656037ULL;
    int m_step = -1;
    bool m_forked = false;
};

} // namespace tz::sim
