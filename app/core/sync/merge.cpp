// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/sync/merge.h"

#include "core/sync/textmerge.h"

#include <algorithm>

namespace tz::merge {

namespace {
bool isConcurrent(const Value &current, const Value &was, const FieldClock &held, const Author &author)
{
    if (held.writer == author.writer || held.rev <= author.basedOn)
        return false;
    return author.baseKnown || current != was;
}

bool isLater(const Author &author, const FieldClock &held)
{
    return std::pair(author.ms, author.writer) > std::pair(held.ms, held.writer);
}

bool holds(const ValueList &sorted, const Value &member)
{
    return std::binary_search(sorted.begin(), sorted.end(), member);
}

FieldEdit mergedSet(int index, const FieldEdit &edit, const Value &current, const Witnesses &witnesses)
{
    const Value value = Value::fromSet(edit.value.toList());
    const Value was = Value::fromSet(edit.was.toList());
    Value set = Value::fromSet(current.toList());
    for (const Value &added : value.toList()) {
        if (!holds(was.toList(), added))
            set = member(set, added, true, false);
    }
    for (const Value &removed : was.toList()) {
        if (!holds(value.toList(), removed))
            set = member(set, removed, false, witnesses.addedMeanwhile && witnesses.addedMeanwhile(index, removed));
    }
    return {edit.field, std::move(set), current};
}

struct Item {
    int index;
    const FieldEdit *edit;
};

void mergeRegister(Outcome &out, const Record &current, const std::vector<Item> &items, const QString &group,
                   const Author &author, const Witnesses &witnesses)
{
    // An edit that changes nothing is only there to complete its group.
    if (std::all_of(items.begin(), items.end(), [](const Item &item) { return item.edit->value == item.edit->was; }))
        return;

    bool concurrent = false;
    bool later = true;
    for (const Item &item : items) {
        const Value &now = current.value(item.index);
        const FieldClock held = witnesses.clock(item.index);
        if (now == item.edit->value || !isConcurrent(now, item.edit->was, held, author))
            continue;
        concurrent = true;
        later = later && isLater(author, held);
    }
    if (!group.isEmpty() && author.baseKnown) {
        // Half of two addresses is none: fields of the group that others changed and this edit does not carry.
        for (const Field &field : current.entity->fields) {
            if (field.group != group ||
                std::any_of(items.begin(), items.end(), [&](const Item &item) { return item.index == field.index; }))
                continue;
            const FieldClock held = witnesses.clock(field.index);
            if (held.rev > author.basedOn && held.writer != author.writer) {
                concurrent = true;
                later = false;
            }
        }
    }

    for (const Item &item : items) {
        const Value &now = current.value(item.index);
        const FieldEdit &edit = *item.edit;
        if (now == edit.value)
            continue;
        const bool edited = edit.value != edit.was;
        if (!concurrent) {
            // A field that only completes its group says nothing on its own.
            if (edited)
                out.apply.push_back({edit.field, edit.value, now});
            continue;
        }
        const FieldClock held = witnesses.clock(item.index);
        if (later) {
            out.apply.push_back({edit.field, edit.value, now});
            if (isConcurrent(now, edit.was, held, author))
                out.conflicts.push_back({edit.field, edit.was, edit.value, now, false, held});
        } else if (edited) {
            out.conflicts.push_back({edit.field, edit.was, now, edit.value, true, held});
        }
    }
}

/// Two people may have written into different parts of a long text.
void mergeText(Outcome &out, const Record &current, const Item &item, const Author &author, const Witnesses &witnesses)
{
    const FieldEdit &edit = *item.edit;
    const Value &now = current.value(item.index);
    if (edit.value == edit.was || edit.value == now)
        return;
    // No revision says what the author had before them: under an edit of theirs that waited for its answer lay what was
    // merged into it. The text that they replaced says it.
    const FieldClock held = witnesses.clock(item.index);
    if (now == edit.was) {
        out.apply.push_back({edit.field, edit.value, now});
        return;
    }
    if (!now.isNull() && !edit.value.isNull()) {
        if (auto both = textmerge::merged(edit.was.toText(), now.toText(), edit.value.toText())) {
            if (Value merged(std::move(*both)); merged != now)
                out.apply.push_back({edit.field, std::move(merged), now});
            return;
        }
    }
    if (isLater(author, held)) {
        out.apply.push_back({edit.field, edit.value, now});
        out.conflicts.push_back({edit.field, edit.was, edit.value, now, false, held});
    } else {
        out.conflicts.push_back({edit.field, edit.was, now, edit.value, true, held});
    }
}
} // namespace

Outcome update(const Record &current, const std::vector<FieldEdit> &edits, const Author &author,
               const Witnesses &witnesses)
{
    Outcome out;
    std::vector<std::pair<QString, std::vector<Item>>> registers;
    for (const FieldEdit &edit : edits) {
        const int index = current.entity->indexOf(edit.field);
        if (index < 0)
            continue;
        const Field &field = current.entity->fieldAt(index);
        if (field.isSet()) {
            FieldEdit merged = mergedSet(index, edit, current.value(index), witnesses);
            if (merged.value.toList() != current.value(index).toList())
                out.apply.push_back(std::move(merged));
            continue;
        }
        auto place = registers.end();
        if (!field.group.isEmpty())
            place = std::find_if(registers.begin(), registers.end(),
                                 [&](const auto &entry) { return entry.first == field.group; });
        if (place == registers.end())
            place = registers.insert(registers.end(), {field.group, {}});
        place->second.push_back({index, &edit});
    }
    for (const auto &[group, items] : registers) {
        if (group.isEmpty() && current.entity->fieldAt(items.front().index).type == FieldType::LongText)
            mergeText(out, current, items.front(), author, witnesses);
        else
            mergeRegister(out, current, items, group, author, witnesses);
    }
    return out;
}

Value member(const Value &currentSet, const Value &member, bool present, bool addedMeanwhile)
{
    ValueList set = currentSet.toList();
    const auto place = std::lower_bound(set.begin(), set.end(), member);
    const bool there = place != set.end() && *place == member;
    if (present && !there)
        set.insert(place, member);
    else if (!present && there && !addedMeanwhile)
        set.erase(place);
    return Value(std::move(set));
}

} // namespace tz::merge
