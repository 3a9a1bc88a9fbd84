// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "tests/simulation/laptop.h"

#include <map>
#include <set>

namespace tz::sim {

struct Options {
    quint64 seed = 1;
    int operations = 300;
    /// Of 1,000 requests so many meet a fault.
    int faultsPerThousand = 150;
    int crashesPerThousand = 15;
    bool clocksJump = true;
    bool scopesChange = true;
};

/// Laptops and a server in one thread, driven by one seed: the same seed gives the same history. The laptops' owners
/// edit, the network loses and doubles, programs are killed and started again; at the end all is quiet and everything
/// that SYNC promises is checked.
class World {
public:
    explicit World(const Options &options);
    ~World();

    /// Runs the operations, then lets everybody reach the server until nothing is left to say, then checks.
    void run();
    /// Of everything that is on the server and on the laptops: equal for equal seeds.
    QByteArray fingerprint() const;

private:
    struct Edit {
        QString laptop;
        QString entity;
        Id id;
        QString field;
        QString value;
    };

    void setUp();
    void provision();
    static server::Environment environment(const Clock &clock, Entropy &entropy);
    void openServer();
    void operate();
    void edit(Laptop &laptop);
    void converse(Laptop &laptop);
    void adminMoves();
    void settle();
    void wakeOthers(const Laptop *except);
    quint64 random(quint64 below);
    Fault randomFault();
    QString marker();
    void remember(const Laptop &laptop, const QString &entity, const Id &id, const Draft::Values &values);

    void checkConvergence() const;
    void checkNothingLost() const;
    void checkExactlyOnce() const;
    void checkNoLeak() const;
    void checkDeviceNumbers() const;
    Wiretap tapFor(const Laptop &laptop);

    Options m_options;
    SeededEntropy m_random;
    QTemporaryDir m_folder;
    ManualClock m_serverClock;
    SeededEntropy m_serverEntropy;
    DepartmentHost m_host;
    std::unique_ptr<server::Api> m_api;
    std::vector<std::unique_ptr<Laptop>> m_laptops;
    std::map<QString, Id> m_teams;
    std::map<QString, Id> m_users;
    std::vector<Edit> m_edits;
    std::set<QString> m_secretsSentTo;
    qint64 m_markers = 0;
    quint64 m_trace = 0;
};

} // namespace tz::sim
