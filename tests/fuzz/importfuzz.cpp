// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/base/check.h"
#include "core/logic/import.h"
#include "core/store/recordstore.h"
#include "tests/fuzz/fuzz.h"

#include <QBuffer>
#include <QTemporaryDir>

namespace tz::fuzz {

namespace {
CatalogPtr company()
{
    DepartmentFiles files;
    files.origin = QStringLiteral("modules/lab");
    files.module = R"({"id": "lab", "label": "Lab", "api": 1})";
    files.entities.insert(QStringLiteral("entities/thing.json"), R"({
        "entity": "thing", "label": "Thing", "plural": "Things", "title": "name", "keys": [["name"]], "fields": [
            {"name": "name", "type": "text", "label": "Name", "required": true, "max": 40},
            {"name": "level", "type": "enum", "label": "Level", "choices": [
                {"name": "a", "label": "Key account"}, {"name": "b", "label": "Normal"}]},
            {"name": "count", "type": "integer", "label": "Count"},
            {"name": "amount", "type": "money", "label": "Amount"},
            {"name": "share", "type": "percent", "label": "Share"},
            {"name": "due", "type": "date", "label": "Due"},
            {"name": "seen_at", "type": "datetime", "label": "Seen"},
            {"name": "active", "type": "bool", "label": "Active"},
            {"name": "email", "type": "email", "label": "E-mail"},
            {"name": "phone", "type": "phone", "label": "Phone"},
            {"name": "address", "type": "address", "label": "Address"},
            {"name": "parent", "type": "link", "to": "lab.thing", "label": "Parent"},
            {"name": "others", "type": "links", "to": "lab.thing", "label": "Others"},
            {"name": "tags", "type": "tags", "label": "Tags"}],
        "access": {}})");
    CatalogBuilder builder;
    builder.add(files);
    CatalogPtr catalog = builder.build();
    TZ_CHECK(builder.faults().isEmpty());
    return catalog;
}

/// Kept over all runs: imports are only tried, so that it holds the same one record each time.
struct Office {
    QTemporaryDir folder;
    ManualClock clock{1'790'000'000'000};
    SeededEntropy entropy{7};
    Contributions contributions;
    std::unique_ptr<Database> database;
    std::unique_ptr<RecordStore> store;

    Office()
    {
        auto opened = Database::open(folder.filePath(QStringLiteral("office.sqlite")));
        TZ_CHECK(opened);
        database = std::move(*opened);
        RecordStore::Environment environment;
        environment.clock = &clock;
        environment.entropy = &entropy;
        environment.contributions = &contributions;
        environment.utcOffsetSeconds = [] { return 8 * 3600; };
        store = std::make_unique<RecordStore>(*database, company(), environment);
        TZ_CHECK(store->prepare());
        TZ_CHECK(store->setState("mode", "standalone"));
        TZ_CHECK(store->setState("device_no", "7"));
        Actor actor;
        actor.user = Id::fromName(u"me");
        actor.roles = QStringList{QStringLiteral("admin")};
        actor.device = Id::fromName(u"device");
        TZ_CHECK(store->setActor(actor));
        Draft draft = store->draft();
        draft.create(QStringLiteral("lab.thing"), {{QStringLiteral("name"), Value(QStringLiteral("华为"))}});
        TZ_CHECK(store->apply(std::move(draft)));
    }
};
} // namespace

void import(const QByteArray &bytes)
{
    static Office office;
    if (bytes.isEmpty())
        return;
    // The first byte: what the user says of the file; '0' is nothing.
    const unsigned said = static_cast<unsigned char>(bytes.front()) ^ '0';
    ImportOptions options;
    options.entity = QStringLiteral("lab.thing");
    options.dryRun = true;
    if (said & 1)
        options.existing = ImportOptions::Existing::Update;
    if (said & 2)
        options.createMissingLinks = {QStringLiteral("parent"), QStringLiteral("others")};
    if (said & 4)
        options.dateFormat = QStringLiteral("dmy");
    if (said & 8)
        options.set = {{QStringLiteral("level"), QStringLiteral("b")}};
    if (said & 16)
        options.encoding = QStringLiteral("utf-8");
    QBuffer buffer;
    buffer.setData(bytes.mid(1));
    buffer.open(QIODevice::ReadOnly);
    const auto report = importCsv(*office.store, buffer, options);
    TZ_CHECK(!report || report->created + report->updated + report->unchanged <= report->rows);
    auto count = office.database->prepare("SELECT count(*) FROM lab_thing");
    TZ_CHECK(count && count->step() && count->integer(0) == 1);
}

} // namespace tz::fuzz
