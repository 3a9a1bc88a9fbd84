// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors

// What people do on their laptops.
#include "tests/simulation/world.h"

namespace tz::sim {

QString World::marker(const Id &author)
{
    const QString text = QStringLiteral("Mk%1").arg(m_written.size() + 1, 6, 10, QLatin1Char('0'));
    m_written[text] = {author, {}, {}};
    return text;
}

std::vector<Id> World::customersOf(Laptop &laptop) const
{
    auto ids = must(static_cast<const Reader &>(laptop.store()).ids(customer, {}));
    // In the order of their making: the ids themselves depend on clocks.
    std::ranges::sort(ids, {}, [this](const Id &id) { return m_made.at(id); });
    return ids;
}

void World::edit(Laptop &laptop, const Step &step)
{
    const bool manager = laptop.store().actor().roles.contains(QLatin1String("sales_manager"));
    const std::vector<Id> ids = customersOf(laptop);
    Draft draft = laptop.store().draft();
    const quint64 kind = ids.empty() ? 0 : step.a % 100;
    // Often the same few records, so that edits meet.
    const auto pick = [&](quint64 chance) {
        return ids[(chance % 3 ? chance % std::min<size_t>(ids.size(), 4) : chance / 3) % ids.size()];
    };
    const auto text = [&](const Id &id, const char *field) {
        const QString value = marker(laptop.user());
        m_written[value].record = id;
        m_written[value].field = QString::fromLatin1(field);
        return Value(value);
    };
    const auto price = [&] { return Value(qint64(step.c % 1000) * 10'000); };
    const auto team = [&] { return nth(Setting::get().teams(), step.c); };
    static const char *const fields[] = {"name", "note", "phone", "street", "city"};
    if (kind < 18) {
        const Id id = laptop.store().ids().next();
        m_made.emplace(id, int(m_made.size()));
        Draft::Values values{{QStringLiteral("name"), text(id, "name")}, {QStringLiteral("city"), text(id, "city")}};
        if (manager) {
            values.emplace_back(QStringLiteral("secret"), text(id, "secret"));
            values.emplace_back(QStringLiteral("team"), team());
        }
        draft.create(customer, id, values);
        if (step.b % 2 == 0)
            draft.create(line, Draft::Values{{QStringLiteral("customer"), id}, {QStringLiteral("price"), price()}});
    } else if (kind < 52) {
        const Id id = pick(step.b);
        Draft::Values values;
        for (quint64 i = 0; i < 1 + step.c / 7 % 2; ++i) {
            const char *field = fields[(step.c + i) % std::size(fields)];
            values.emplace_back(QString::fromLatin1(field), text(id, field));
        }
        draft.update(customer, id, values);
    } else if (kind < 66) {
        // About one or two customers, most of them: a second line before the first one is answered is what is hard.
        tellStory(laptop, draft, step.b % 4 ? ids[step.b / 4 % std::min<size_t>(ids.size(), 2)] : pick(step.b), step.c);
    } else if (kind < 68 && !m_plan.onlyMerges) {
        // Of few desks, so that several want the same one.
        draft.update(customer, pick(step.b), {{QStringLiteral("desk"), Value(qint64(step.c % 5))}});
    } else if (kind < 71) {
        draft.member(customer, pick(step.b), QStringLiteral("tags"), QString(QChar(char16_t(u'a' + step.c % 5))),
                     step.c / 5 % 3 != 0);
    } else if (kind < 76 && !m_plan.onlyMerges) {
        draft.act(customer, pick(step.b), step.c % 2 ? QStringLiteral("win") : QStringLiteral("lose"));
    } else if (kind < 84) {
        draft.create(line, Draft::Values{{QStringLiteral("customer"), pick(step.b)},
                                         {QStringLiteral("text"), text({}, "text")},
                                         {QStringLiteral("price"), price()}});
    } else if (kind < 87 && !m_plan.onlyMerges) {
        draft.remove(customer, pick(step.b));
    } else if (kind < 89 && !m_plan.onlyMerges) {
        // Whatever lies in the recycle bin here.
        for (const auto &[id, made] : m_made) {
            const auto found = must(laptop.store().find(*laptop.store().catalog().entity(customer), id, true));
            if (found && found->deleted) {
                draft.restore(customer, id);
                break;
            }
        }
    } else if (manager && !m_plan.onlyMerges) {
        draft.update(customer, pick(step.b), {{QStringLiteral("team"), team()}});
    } else if (laptop.isNewer() && step.c % 2) {
        const Id id = pick(step.b);
        draft.update(customer, id, {{QStringLiteral("nick"), text(id, "nick")}});
    } else {
        // Two records in one batch: both or none.
        for (const quint64 chance : {step.b, step.c}) {
            const Id id = pick(chance);
            draft.update(customer, id, {{QStringLiteral("note"), text(id, "note")}});
        }
    }
    if (draft.isEmpty())
        return;
    for (const Change &change : draft.changes())
        if (change.kind == ChangeKind::Create && change.entity == line)
            for (const FieldEdit &edit : change.edits)
                if (m_written.contains(edit.value.toText()))
                    m_written[edit.value.toText()].record = change.id;
    (void)laptop.apply(std::move(draft));
    noteWork(laptop);
}

void World::tellStory(Laptop &laptop, Draft &draft, const Id &id, quint64 chance)
{
    const QString story = QStringLiteral("story");
    const auto record = must(laptop.store().find(*laptop.store().catalog().entity(customer), id, true));
    QStringList lines = record->value(story).toText().split(u'\n', Qt::SkipEmptyParts);
    const QString told = QStringLiteral("Ln%1").arg(++m_told, 8, 10, QLatin1Char('0'));
    const qsizetype place = qsizetype(chance / 8) % (lines.size() + 1);
    // Now and then somebody writes a line anew, or goes on in it. Who wins then is up to the clocks, and what can be
    // merged later is up to who won.
    if (m_plan.onlyMerges)
        lines.insert(place, told);
    else if (place < lines.size() && chance % 8 == 0)
        lines[place] = told;
    else if (place < lines.size() && chance % 8 == 1)
        lines[place] += QLatin1String(", ") + told;
    else
        lines.insert(place, told);
    draft.update(customer, id, {{story, lines.join(u'\n')}});
}

void World::noteWork(Laptop &laptop)
{
    // What a dying disk has taken or not, is seen when it is switched on again.
    if (laptop.disk().isDead())
        return;
    // What an edit may have added to a batch that waits is work like any other.
    for (const Batch &batch : must(laptop.replica().pending(100'000)))
        m_works.try_emplace(batch.id, Work{laptop.number(), laptop.user(), {}, false}).first->second.changes =
            batch.changes;
}

void World::decideConflict(Laptop &laptop, const Step &step)
{
    const QString entity = QStringLiteral("foundation.conflict");
    auto ids = must(static_cast<const Reader &>(laptop.store()).ids(entity, {}));
    if (ids.empty())
        return;
    // By what they are about, which does not depend on ids.
    const Entity &of = *laptop.store().catalog().entity(entity);
    std::ranges::sort(ids, {}, [&](const Id &id) {
        const auto record = must(laptop.store().find(of, id));
        return record->value(u"lost").toText();
    });
    Draft draft = laptop.store().draft();
    draft.act(entity, ids[step.a % ids.size()], step.b % 2 ? QStringLiteral("take") : QStringLiteral("dismiss"));
    (void)laptop.apply(std::move(draft));
    noteWork(laptop);
}

void World::forgetRefusal(Laptop &laptop, const Step &step)
{
    const auto refused = must(laptop.replica().rejected());
    if (refused.empty())
        return;
    const Id batch = refused[step.a % refused.size()].batch;
    if (const auto work = m_works.find(batch); work != m_works.end())
        work->second.excused = true;
    (void)laptop.replica().forgetRejected(batch);
}

} // namespace tz::sim
