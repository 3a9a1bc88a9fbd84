// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors

// The laws that are checked when all is quiet.
#include "core/sync/hybridclock.h"
#include "core/sync/valuejson.h"
#include "tests/simulation/world.h"

#include <QRegularExpression>

namespace tz::sim {

namespace {
/// In the order of the server's audit trail.
struct Audited {
    qint64 rev = 0;
    Id batch, record;
    ChangeKind kind = ChangeKind::Update;
    qint64 device = 0;
    std::vector<FieldEdit> edits;
};

std::vector<Audited> auditOf(Database &database)
{
    std::vector<Audited> all;
    auto select =
        must(database.prepare("SELECT a.rev, a.batch, a.id, a.kind, a.edits, coalesce(b.device, 0) FROM audit a "
                              "LEFT JOIN batch b ON b.id = a.batch ORDER BY a.seq"));
    while (must(select.step())) {
        Audited one{
            select.integer(0), select.id(1), select.id(2), ChangeKind(select.integer(3)), select.integer(5), {}};
        if (!select.isNull(4))
            one.edits = must(wire::decodeEdits(select.bytes(4)));
        all.push_back(std::move(one));
    }
    return all;
}

struct Lost {
    Id record;
    QString field, lost, kept;
    Id by, keptBy;
    /// Revision with which the conflict came.
    qint64 rev = 0;
};

std::vector<Lost> conflictsOf(server::Connection &server, const Chronicle &chronicle)
{
    std::vector<Lost> all;
    const Entity &entity = *server.catalog().entity(u"foundation.conflict");
    for (const Id &id : must(static_cast<const Reader &>(*server.reader).ids(entity.fullName, {}))) {
        const auto conflict = must(server.reader->find(entity, id));
        const Id record = Id::fromString(conflict->value(u"record").toText()).value_or(Id());
        const QString lost = conflict->value(u"lost").toText();
        const QString kept = valueFromJson(conflict->value(u"kept").toText()).toText();
        const Id by = conflict->value(u"lost_by").toId();
        const Id keptBy = conflict->value(u"kept_by").toId();
        const qint64 rev = chronicle.entry(id)->versions.front().rev;
        if (conflict->value(u"field").toText().isEmpty()) {
            for (const FieldEdit &edit : editsFromJson(lost))
                all.push_back({record, edit.field, edit.value.toText(), QString(), by, keptBy, rev});
        } else {
            all.push_back(
                {record, conflict->value(u"field").toText(), valueFromJson(lost).toText(), kept, by, keptBy, rev});
        }
    }
    return all;
}
} // namespace

/// What is seen through the program's own queries is what the checkpoint compared, without any mark of work to do.
void World::checkConvergence(Laptop &laptop) const
{
    const Chronicle &chronicle = m_servers.chronicle();
    require(laptop.replica().waiting().value_or(-1) == 0, Law::Convergence,
            laptop.name() + QLatin1String(" has unsent work"));
    for (const QString &name : Chronicle::entities()) {
        std::set<Id> wanted, held;
        for (const auto &[id, entry] : chronicle.entries())
            if (entry.entity == name && !entry.versions.back().deleted &&
                entry.isVisible(laptop.user(), chronicle.rev()))
                wanted.insert(id);
        for (const Id &id : must(static_cast<const Reader &>(laptop.store()).ids(name, {})))
            held.insert(id);
        require(held == wanted, Law::Convergence,
                QStringLiteral("%1 shows %2 of %3 where there are %4")
                    .arg(laptop.name())
                    .arg(held.size())
                    .arg(name)
                    .arg(wanted.size()));
        const Entity &entity = *laptop.store().catalog().entity(name);
        for (const Id &id : held) {
            const auto record = must(laptop.store().find(entity, id));
            require((record->state & recordstate::pendingEdits) == 0, Law::Convergence,
                    QStringLiteral("%1 waits on %2 and nothing was to be sent").arg(id.toString(), laptop.name()));
        }
    }
}

/// Search finds each customer by its name, once, and nothing else.
void World::checkSearch(Laptop &laptop) const
{
    must(laptop.store().indexWaiting());
    for (const Id &id : customersOf(laptop)) {
        const auto record = must(laptop.store().find(*laptop.store().catalog().entity(customer), id));
        const auto hits = must(laptop.store().search(record->value(u"name").toText(), 10, customer));
        require(std::ranges::count(hits, id, &SearchHit::id) == 1, Law::Convergence,
                QStringLiteral("%1 does not find %2").arg(laptop.name(), id.toString()));
    }
}

/// Sums are the sums of what is there.
void World::checkLedgers(Laptop &laptop) const
{
    std::map<Id, qint64> sums;
    const Entity &lines = *laptop.store().catalog().entity(line);
    for (const Id &id : must(static_cast<const Reader &>(laptop.store()).ids(line, {}))) {
        const auto record = must(laptop.store().find(lines, id));
        sums[record->value(u"customer").toId()] += record->value(u"price").toInteger();
    }
    for (const Id &id : customersOf(laptop)) {
        const auto record = must(laptop.store().find(*laptop.store().catalog().entity(customer), id));
        require(record->value(u"total").toInteger() == sums[id], Law::Machines,
                QStringLiteral("the total of %1 on %2 is %3, its lines come to %4")
                    .arg(id.toString(), laptop.name())
                    .arg(record->value(u"total").toInteger())
                    .arg(sums[id]));
    }
}

/// Batches once and in order, numbers without gaps, clocks without future, states by declared ways, nothing held twice.
void World::checkServer() const
{
    server::Api *const api = m_servers.any();
    const auto lease = must(api->service().storage().read());
    Database &database = lease->db();
    const auto none = [&](Law law, const QByteArray &sql, const char *what) {
        auto select = must(database.prepare(sql));
        require(!must(select.step()), law, QString::fromLatin1(what));
    };
    none(Law::ExactlyOnce, "SELECT batch FROM audit GROUP BY batch HAVING count(DISTINCT rev) > 1",
         "a batch took effect in two revisions");
    none(Law::ExactlyOnce, "SELECT id FROM audit WHERE kind = 0 GROUP BY id HAVING count(*) > 1",
         "a record was made twice");
    none(Law::ExactlyOnce, "SELECT a.batch FROM audit a JOIN batch b ON b.id = a.batch WHERE a.rev <> b.rev",
         "a batch is in the audit trail under another revision than its own");
    none(Law::Machines,
         "SELECT desk FROM sim_customer WHERE desk IS NOT NULL AND _deleted_rev = 0 GROUP BY desk HAVING count(*) > 1",
         "a desk was given twice");
    std::map<qint64, std::set<qint64>> numbers;
    std::map<qint64, std::set<qint64>> ofCopies;
    {
        auto select = must(database.prepare("SELECT device, no, id FROM batch WHERE no > 0"));
        while (must(select.step())) {
            numbers[select.integer(0)].insert(select.integer(1));
            if (const auto known = m_servers.answeredAs().find(select.id(2)); known != m_servers.answeredAs().end())
                for (const qint64 no : known->second)
                    ofCopies[no].insert(select.integer(0));
        }
    }
    for (const auto &[device, used] : numbers) {
        for (qint64 no = 1; no < *used.rbegin(); ++no) {
            // A batch that is sent again after a recovery may have been known under an older number.
            const bool isOfCopy =
                std::ranges::any_of(ofCopies[no], [&](qint64 other) { return m_forked || other != device; });
            require(used.contains(no) || isOfCopy, Law::Order,
                    QStringLiteral("the numbers of device %1 have a gap at %2").arg(device).arg(no));
        }
    }
    none(Law::Order,
         "SELECT a.no FROM batch a JOIN batch b ON a.device = b.device AND a.no < b.no "
         "WHERE a.rev > b.rev AND b.rev > 0 AND a.no > 0",
         "batches of a device were applied out of order");
    // The servers' own clock may have been set back since.
    none(Law::ClockIndependence,
         "SELECT no FROM batch b WHERE rev > 0 AND (hlc >> 16) > received_at + 1000 AND (hlc >> 16) > 1000 + max("
         "(SELECT max(received_at) FROM batch WHERE rowid <= b.rowid), (SELECT max(at) FROM revision WHERE rev <= "
         "b.rev))",
         "a clock in the future was believed");
    none(Law::Machines,
         "SELECT name FROM foundation_user WHERE _deleted_rev = 0 GROUP BY lower(name) HAVING count(*) > 1",
         "two users sign in by one name");
    none(Law::Machines, "SELECT number FROM sim_customer WHERE number IS NOT NULL GROUP BY number HAVING count(*) > 1",
         "a number was given twice");
    none(Law::Machines,
         "SELECT c.id FROM sim_customer c WHERE coalesce(c.total, 0) <> (SELECT coalesce(sum(l.price), 0) "
         "FROM sim_line l WHERE l.customer = c.id AND l._deleted_rev = 0)",
         "a total on the server is not the sum of its lines");
    for (const Watched &watched : m_watched) {
        auto journal = must(watched.laptop->store().database().prepare("SELECT no, batch, rev FROM sync_journal"));
        while (must(journal.step())) {
            auto batch = must(database.prepare("SELECT rev FROM batch WHERE id = ?1"));
            require(must(batch.bind(1, journal.id(1)).step()) && batch.integer(0) == journal.integer(2),
                    Law::ExactlyOnce,
                    QStringLiteral("%1 believes in a batch that the server has not").arg(watched.laptop->name()));
        }
    }
    for (const Audited &one : auditOf(database)) {
        for (const FieldEdit &edit : one.edits) {
            if (edit.field != QLatin1String("stage"))
                continue;
            const bool begins = one.kind == ChangeKind::Create && edit.value.toText() == QLatin1String("new");
            const bool moves = one.kind == ChangeKind::Action && edit.was.toText() == QLatin1String("new");
            // An undo goes back along a way that was gone.
            const bool returns = one.kind == ChangeKind::Update && edit.value.toText() == QLatin1String("new");
            require(begins || moves || returns, Law::Machines,
                    QStringLiteral("%1 went from %2 to %3")
                        .arg(one.record.toString(), edit.was.toText(), edit.value.toText()));
        }
    }
}

/// Each batch is on the server wholly or in somebody's list of refusals wholly, and what it wrote is in the trail, or
/// in a conflict of its author's.
void World::checkWork() const
{
    const auto lease = must(m_servers.any()->service().storage().read());
    Database &database = lease->db();
    std::set<std::tuple<Id, Id, QString>> applied;
    std::set<Id> inAudit;
    for (const Audited &one : auditOf(database)) {
        inAudit.insert(one.batch);
        for (const FieldEdit &edit : one.edits)
            applied.emplace(one.batch, one.record, edit.value.toText());
    }
    std::set<std::tuple<Id, QString, Id>> lost;
    for (const Lost &conflict : conflictsOf(*lease, m_servers.chronicle()))
        lost.emplace(conflict.record, conflict.lost, conflict.by);
    std::set<Id> refused;
    for (const Watched &watched : m_watched)
        for (const RejectedBatch &batch : must(watched.laptop->replica().rejected()))
            refused.insert(batch.batch);
    for (const auto &[id, work] : m_works) {
        auto select = must(database.prepare("SELECT rev FROM batch WHERE id = ?1"));
        const bool known = must(select.bind(1, id).step());
        const bool accepted = known && select.integer(0) > 0;
        select.reset();
        const QString what = QStringLiteral("batch %1 of laptop %2").arg(id.toString()).arg(work.laptop);
        require(known || refused.contains(id) || work.excused, Law::NothingLost, what + QLatin1String(" is nowhere"));
        if (!accepted) {
            require(!inAudit.contains(id), Law::Atomicity, what + QLatin1String(" was refused and took effect"));
            require(refused.contains(id) || work.excused, Law::NothingLost,
                    what + QLatin1String(" was refused and its author does not hear of it"));
            continue;
        }
        for (const Change &change : work.changes) {
            for (const FieldEdit &edit : change.edits) {
                const QString text = edit.value.toText();
                const auto written = m_written.find(text);
                // What only completes a group is somebody else's.
                if (written == m_written.end() || edit.value == edit.was)
                    continue;
                const bool kept =
                    applied.contains({id, change.id, text}) || lost.contains({change.id, text, work.user});
                // A batch may write a field twice, and an undo what is there already.
                const bool anywhere = kept || written->second.author != work.user ||
                                      std::ranges::count_if(m_works, [&](const auto &other) {
                                          return std::ranges::any_of(other.second.changes, [&](const Change &c) {
                                              return std::ranges::any_of(
                                                  c.edits, [&](const FieldEdit &e) { return e.value == edit.value; });
                                          });
                                      }) > 1;
                require(anywhere, Law::NothingLost,
                        QStringLiteral("%1 wrote %2 into %3 of %4, and it is neither in the trail nor in a conflict")
                            .arg(what, text, edit.field, change.id.toString()));
            }
        }
    }
}

/// Of a long text every line that was told stands, unless somebody who saw it took it away, or it is in a conflict.
void World::checkStories() const
{
    const QString story = QStringLiteral("story");
    const auto linesOf = [](const Value &value) {
        static const QRegularExpression pattern(QStringLiteral("Ln\\d{8}"));
        QStringList lines;
        for (auto found = pattern.globalMatch(value.toText()); found.hasNext();)
            lines << found.next().captured();
        return lines;
    };
    const auto lease = must(m_servers.any()->service().storage().read());
    std::map<Id, Value> stories;
    std::set<Id> accepted;
    for (const Audited &one : auditOf(lease->db())) {
        accepted.insert(one.batch);
        for (const FieldEdit &edit : one.edits)
            if (edit.field == story)
                stories[one.record] = edit.value;
    }
    std::map<Id, QStringList> wanted, takenAway, kept;
    for (const auto &[record, text] : stories)
        kept[record] = linesOf(text);
    // Whose author may not read the record any more: what stays in the audit trail alone.
    std::set<Id> hidden;
    for (const Lost &conflict : conflictsOf(*lease, m_servers.chronicle())) {
        if (conflict.field == story)
            kept[conflict.record] += linesOf(Value(conflict.lost));
        if (conflict.lost.isEmpty())
            hidden.insert(conflict.record);
    }
    for (const auto &[id, work] : m_works) {
        for (const Change &change : work.changes) {
            for (const FieldEdit &edit : change.edits) {
                if (edit.field != story)
                    continue;
                const QStringList was = linesOf(edit.was), now = linesOf(edit.value);
                for (const QString &told : now)
                    if (accepted.contains(id) && !was.contains(told))
                        wanted[change.id] << told;
                for (const QString &told : was)
                    if (!now.contains(told))
                        takenAway[change.id] << told;
            }
        }
    }
    for (const auto &[record, lines] : wanted)
        for (const QString &told : lines)
            require(
                kept[record].contains(told) || takenAway[record].contains(told) || hidden.contains(record),
                Law::NothingLost,
                QStringLiteral("%1 was told about %2, nobody took it away, and it is neither there nor in a conflict")
                    .arg(told, record.toString()));
}

/// Of two concurrent edits of a field by different devices one stands and the other is in a conflict; edits of one
/// device and edits that had seen the other make none.
void World::checkConflicts() const
{
    const auto lease = must(m_servers.any()->service().storage().read());
    struct Writing {
        qint64 rev, device;
    };
    std::map<std::tuple<Id, QString, QString>, std::vector<Writing>> writings;
    const std::vector<Lost> conflicts = conflictsOf(*lease, m_servers.chronicle());
    const auto basedOnOf = [&](const Audited &one) {
        const auto work = m_works.find(one.batch);
        if (work == m_works.end())
            return qint64(-1);
        for (const Change &change : work->second.changes)
            if (change.id == one.record && change.kind == ChangeKind::Update)
                return change.basedOn;
        return qint64(-1);
    };
    // By which devices each text was written, whether it stood or lost: an undo writes one that was there already. And
    // how often it was carried along, also to complete a group, which is written as one.
    std::map<QString, std::vector<qint64>> devices;
    std::map<QString, int> carried;
    auto select = must(lease->db().prepare("SELECT id, device FROM batch WHERE rev > 0"));
    while (must(select.step())) {
        const auto work = m_works.find(select.id(0));
        if (work == m_works.end())
            continue;
        for (const Change &change : work->second.changes) {
            for (const FieldEdit &edit : change.edits) {
                if (!m_written.contains(edit.value.toText()))
                    continue;
                ++carried[edit.value.toText()];
                if (edit.value != edit.was)
                    devices[edit.value.toText()].push_back(select.integer(1));
            }
        }
    }
    // What the author of a writing saw before; nothing for what was not written by an edit.
    const auto seenBefore = [&](const Audited &one, const QString &field) {
        const auto work = m_works.find(one.batch);
        if (work != m_works.end())
            for (const Change &change : work->second.changes)
                if (change.id == one.record && change.kind == ChangeKind::Update)
                    for (const FieldEdit &edit : change.edits)
                        if (edit.field == field)
                            return edit.was.toText();
        return QString();
    };
    for (const Audited &one : auditOf(lease->db())) {
        const qint64 basedOn = basedOnOf(one);
        for (const FieldEdit &edit : one.edits) {
            const QString text = edit.value.toText();
            if (!m_written.contains(text))
                continue;
            // Sent again after the servers had lost it: whoever replaced what they had seen is in no conflict over it.
            const bool isGroup = edit.field == QLatin1String("street") || edit.field == QLatin1String("city");
            if (one.kind == ChangeKind::Update && basedOn < 0 && !isGroup && m_written.contains(edit.was.toText()) &&
                carried[edit.was.toText()] == 1 && seenBefore(one, edit.field) == edit.was.toText()) {
                require(std::ranges::none_of(conflicts,
                                             [&](const Lost &lost) {
                                                 return lost.record == one.record && lost.field == edit.field &&
                                                        lost.lost == edit.was.toText() && lost.kept == text;
                                             }),
                        Law::ConflictLaw,
                        QStringLiteral("%1 replaced %2 in %3 of %4 knowingly, was sent again, and there is a conflict")
                            .arg(text, edit.was.toText(), edit.field, one.record.toString()));
            }
            if (one.kind == ChangeKind::Update && basedOn >= 0 && m_written.contains(edit.was.toText())) {
                const auto before = writings.find({one.record, edit.field, edit.was.toText()});
                if (before != writings.end() && before->second.size() == 1) {
                    const Writing &other = before->second.front();
                    const bool concurrent = other.device != one.device && other.rev > basedOn;
                    const bool hasConflict = std::ranges::any_of(conflicts, [&](const Lost &lost) {
                        return lost.record == one.record && lost.field == edit.field &&
                               lost.lost == edit.was.toText() && lost.kept == text;
                    });
                    const bool isBlank = std::ranges::any_of(conflicts, [&](const Lost &lost) {
                        return lost.record == one.record && lost.lost == edit.was.toText() && lost.kept.isEmpty();
                    });
                    const QString what = QStringLiteral("%1 replaced %2 in %3 of %4 (based on %5, written at %6)")
                                             .arg(text, edit.was.toText(), edit.field, one.record.toString())
                                             .arg(basedOn)
                                             .arg(other.rev);
                    require(!concurrent || hasConflict || isBlank, Law::ConflictLaw, what + QLatin1String(" silently"));
                    // Where the text was written a second time (with the rest of its group, or by an undo on a copy of
                    // the laptop, which knows no revision of what it takes back), the conflict may be about that
                    // writing.
                    const bool isAboutThis = carried[edit.was.toText()] == 1;
                    require(concurrent || !hasConflict || !isAboutThis, Law::ConflictLaw,
                            what + QLatin1String(" knowingly, and there is a conflict"));
                }
            }
            writings[{one.record, edit.field, text}].push_back({one.rev, one.device});
        }
    }
    // Whose batch came with each revision, and who wrote each text himself.
    std::map<qint64, Id> pushers;
    auto pushed = must(lease->db().prepare("SELECT b.rev, d.\"user\" FROM batch b JOIN device d ON d.no = b.device"));
    while (must(pushed.step()))
        pushers[pushed.integer(0)] = pushed.id(1);
    std::set<std::tuple<Id, QString, Id>> authors;
    for (const auto &[id, work] : m_works)
        for (const Change &change : work.changes)
            for (const FieldEdit &edit : change.edits)
                if (edit.value != edit.was)
                    authors.emplace(change.id, edit.value.toText(), work.user);
    // Edits that lost when they came: by another device than the one that had won.
    for (const Lost &lost : conflicts) {
        // What only completed a group may have stood under the name of whoever completed it, and lose later; an edit
        // that comes too late loses what its author wrote.
        const bool cameLate = pushers[lost.rev] == lost.by && lost.keptBy != lost.by;
        require(!cameLate || !m_written.contains(lost.lost) || authors.contains({lost.record, lost.lost, lost.by}),
                Law::ConflictLaw,
                QStringLiteral("somebody is in conflict over %1 in %2 of %3 who never wrote it")
                    .arg(lost.lost, lost.field, lost.record.toString()));
        const auto mine = devices.find(lost.lost);
        const auto theirs = devices.find(lost.kept);
        const bool isGroup = lost.field == QLatin1String("street") || lost.field == QLatin1String("city");
        if (isGroup || mine == devices.end() || theirs == devices.end() || mine->second.size() != 1 ||
            theirs->second.size() != 1)
            continue;
        require(mine->second.front() != theirs->second.front(), Law::ConflictLaw,
                QStringLiteral("a device is in conflict with itself over %1").arg(lost.field));
    }
}

World::Outcome World::outcome() const
{
    const auto lease = must(m_servers.any()->service().storage().read());
    Outcome outcome;
    const auto key = [&](const Id &record, const QString &field) {
        const auto made = m_made.find(record);
        const bool isPlace = field == QLatin1String("street") || field == QLatin1String("city");
        return QStringLiteral("%1 %2")
            .arg(made == m_made.end() ? -1 : made->second)
            .arg(isPlace ? QStringLiteral("place") : field);
    };
    for (const auto &[id, entry] : m_servers.chronicle().entries()) {
        if (entry.entity != customer)
            continue;
        for (const char *field : {"name", "note", "phone", "street", "city", "nick", "secret", "tags"}) {
            const auto value = entry.versions.back().values.find(QString::fromLatin1(field));
            if (value != entry.versions.back().values.end())
                outcome.values[key(id, QString::fromLatin1(field))] += value->second.toDebugString() + QLatin1Char('/');
        }
    }
    for (const Lost &lost : conflictsOf(*lease, m_servers.chronicle()))
        outcome.contested.insert(key(lost.record, lost.field));
    return outcome;
}

} // namespace tz::sim
