// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "tests/support/catalogs.h"

namespace tz::test {

/// An entity with a field of every kind, linked to itself.
inline CatalogPtr labCatalog()
{
    return catalogOf({department(QStringLiteral("lab"), {{QStringLiteral("thing"), R"json({
        "entity": "thing", "label": "Thing", "plural": "Things", "title": "name",
        "fields": [
            {"name": "name", "type": "text", "label": "Name"},
            {"name": "note", "type": "longtext", "label": "Note"},
            {"name": "amount", "type": "money", "label": "Amount"},
            {"name": "rate", "type": "percent", "label": "Rate"},
            {"name": "quantity", "type": "decimal", "scale": 2, "label": "Quantity"},
            {"name": "pieces", "type": "integer", "label": "Pieces"},
            {"name": "active", "type": "bool", "label": "Active"},
            {"name": "due", "type": "date", "label": "Due"},
            {"name": "happened", "type": "datetime", "label": "Happened"},
            {"name": "kind", "type": "enum", "label": "Kind", "choices": [
                {"name": "a", "label": "A"}, {"name": "b", "label": "B"}, {"name": "c", "label": "C"}]},
            {"name": "stage", "type": "state", "label": "Stage"},
            {"name": "other", "type": "link", "to": "lab.thing", "label": "Other"},
            {"name": "owner", "type": "user", "label": "Owner"},
            {"name": "tags", "type": "tags", "label": "Tags"},
            {"name": "friends", "type": "links", "to": "lab.thing", "label": "Friends"},
            {"name": "place", "type": "address", "label": "Place"},
            {"name": "weighted", "type": "money", "label": "Weighted", "formula": "amount * rate / 100"},
            {"name": "caption", "type": "text", "label": "Caption", "formula": "concat(name, '/', other.name)"}],
        "states": {"field": "stage", "initial": "open", "values": [
            {"name": "open", "label": "Open", "probability": 10},
            {"name": "offer", "label": "Offer", "probability": 50},
            {"name": "won", "label": "Won", "final": true}],
          "transitions": [
            {"action": "propose", "label": "Propose", "from": ["open"], "to": "offer"},
            {"action": "win", "label": "Win", "from": ["offer"], "to": "won"}]}
    })json"}})});
}

} // namespace tz::test
