// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "tests/bench/edits.h"

#include "tests/bench/benchdata.h"
#include "tests/bench/benchmark.h"
#include "tests/bench/company.h"

namespace tz::bench {

namespace {
/// Longer than the pause between wake-ups.
constexpr int pauseMs = 60;
constexpr int longestMs = 300'000;
const QString field = QStringLiteral("short_name");

void mustSucceed(const Result<Receipt> &receipt)
{
    if (!receipt)
        qFatal("%s", qPrintable(receipt.error().toString()));
}
} // namespace

Edits::Edits(Workspace &a, Workspace &b)
    : m_a(a)
    , m_b(b)
{
    m_connection = QObject::connect(&b, &Workspace::changed, &b, [this](const QString &entity, const QList<Id> &ids) {
        if (entity != QLatin1String(customerEntity))
            return;
        m_seenMany = m_seenMany || ids.isEmpty();
        m_seen.insert(ids.begin(), ids.end());
    });
}

Edits::~Edits()
{
    QObject::disconnect(m_connection);
}

void Edits::create(int count)
{
    m_seen.clear();
    for (int i = 0; i < count; ++i) {
        Draft draft = m_a.draft();
        m_ids.push_back(draft.create(QString::fromLatin1(customerEntity), customerValues(i)));
        m_a.apply(std::move(draft), mustSucceed);
    }
    waitFor(
        "the customers on B", [this] { return m_seenMany || m_seen.size() >= m_ids.size(); }, longestMs);
}

QString Edits::valueOnB(const Id &id) const
{
    const Entity *entity = m_b.catalog()->entity(QString::fromLatin1(customerEntity));
    const auto record = must(m_b.reader().find(*entity, id));
    return *record ? (*record)->value(field).toText() : QString();
}

std::vector<double> Edits::oneByOne(int count)
{
    std::vector<double> times;
    for (int i = 0; i < count; ++i) {
        QElapsedTimer pause;
        pause.start();
        waitFor("a pause", [&] { return pause.elapsed() >= pauseMs; });
        const Id id = m_ids[size_t(i) % m_ids.size()];
        const QString value = QStringLiteral("Edit %1 of one by one %2").arg(i).arg(m_round);
        QElapsedTimer timer;
        timer.start();
        Draft draft = m_a.draft();
        draft.update(QString::fromLatin1(customerEntity), id, {{field, value}});
        m_a.apply(std::move(draft), mustSucceed);
        waitFor("the edit on B", [&] { return valueOnB(id) == value; });
        times.push_back(double(timer.nsecsElapsed()) / 1e6);
    }
    ++m_round;
    return times;
}

double Edits::untilSeen(const std::function<void(const QString &)> &make)
{
    const QString value = QStringLiteral("Round %1").arg(++m_round);
    m_seen.clear();
    m_seenMany = false;
    const double time = seconds([&] {
        make(value);
        waitFor(
            "all edits on B", [this] { return m_seenMany || m_seen.size() >= m_ids.size(); }, longestMs);
        // What is shown is what was written, and reading it belongs to showing it.
        for (const Id &id : m_ids) {
            if (!m_seenMany && valueOnB(id) != value)
                qFatal("B was told of an edit that it does not show");
        }
        waitFor(
            "the last edit on B", [&] { return valueOnB(m_ids.back()) == value; }, longestMs);
    });
    return time;
}

double Edits::allAtOnce()
{
    return untilSeen([this](const QString &value) {
        for (const Id &id : m_ids) {
            Draft draft = m_a.draft();
            draft.update(QString::fromLatin1(customerEntity), id, {{field, value}});
            m_a.apply(std::move(draft), mustSucceed);
        }
    });
}

double Edits::asOne()
{
    return untilSeen([this](const QString &value) {
        Draft draft = m_a.draft();
        for (const Id &id : m_ids)
            draft.update(QString::fromLatin1(customerEntity), id, {{field, value}});
        m_a.apply(std::move(draft), mustSucceed);
    });
}

} // namespace tz::bench
