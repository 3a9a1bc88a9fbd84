// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/logic/import.h"

#include "core/catalog/suggest.h"
#include "core/logic/importcolumns.h"
#include "core/logic/linkfinder.h"
#include "core/store/bulkwrite.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>

#include <unordered_set>

namespace tz {

namespace {

using Values = Draft::Values;

/// One import of one file.
class Importer {
public:
    Importer(RecordStore &store, QIODevice &device, const ImportOptions &options)
        : m_store(store)
        , m_device(device)
        , m_options(options)
        , m_links(store)
        , m_draft(store.draft())
    {
    }
    Result<ImportReport> run();

private:
    struct Place {
        qint64 row = 0;
        qint64 line = 0;
    };
    struct Waiting {
        Place place;
        Id id;
        bool creates = false;
        Values values;
    };
    /// A link to a record of the same file that has not come yet.
    struct Later {
        Place place;
        Id id;
        QString field, column, text;
    };

    Result<> scan();
    Result<> checkKeys() const;
    Result<> prepareSets();
    Result<> takeRow(const Place &place, const csv::Cells &cells);
    Result<std::optional<Values>> valuesOf(const Place &place, const csv::Cells &cells, Id &id,
                                           std::vector<Later> &later);
    Result<Value> linked(const ImportColumn &column, const QString &text);
    Result<Value> plain(ImportColumn &column, const QString &text);
    Result<Id> target(const Field &field, const Entity &to, const QString &byField, const QString &text);
    Result<Id> createTarget(const Field &field, const Entity &to, const QString &text);
    Result<> openTransaction();
    Result<> commit();
    Result<> flush();
    Result<> settleLater();
    void refuse(const Place &place, const QString &column, const QString &value, Error error);
    QString columnOf(const QString &field) const;
    void startDraft();

    RecordStore &m_store;
    QIODevice &m_device;
    const ImportOptions &m_options;
    const Entity *m_entity = nullptr;
    csv::Format m_format;
    std::vector<ImportColumn> m_columns;
    ImportReport m_report;
    qint64 m_total = 0;
    LinkFinder m_links;
    std::optional<RecordFinder> m_records;
    Values m_sets;
    /// Folded titles and keys in the file, when it links to itself.
    QSet<QString> m_namesInFile;
    bool m_linksToItself = false;
    Draft m_draft;
    std::vector<Waiting> m_waiting;
    std::vector<Later> m_later;
    std::unordered_set<Id> m_refusedIds;
    /// Several batches, and the link targets that they need, are one transaction; not open during a trial.
    std::optional<BulkWrite> m_open;
    int m_batchesInIt = 0;
};

void Importer::refuse(const Place &place, const QString &column, const QString &value, Error error)
{
    m_report.refused.push_back({place.row, place.line, column, value.left(200), std::move(error)});
}

QString Importer::columnOf(const QString &field) const
{
    const auto found = std::ranges::find_if(
        m_columns, [&](const ImportColumn &column) { return column.field && column.field->name == field; });
    return found == m_columns.end() ? QString() : found->title;
}

void Importer::startDraft()
{
    m_draft = m_store.draft();
    m_draft.label = m_options.name.isEmpty() ? QStringLiteral("import") : QLatin1String("import:") + m_options.name;
    m_draft.independent = true;
    m_draft.group = m_report.group;
}

Result<> Importer::scan()
{
    TZ_ASSIGN(m_format, csv::detect(m_device, m_options.encoding, m_options.separator));
    bool header = true;
    bool idsOnly = true;
    std::vector<size_t> naming;
    const auto look = [&](qint64, const csv::Cells &cells) -> Result<bool> {
        if (std::exchange(header, false)) {
            TZ_ASSIGN(m_columns, importColumns(m_store.catalog(), *m_entity, cells, m_options));
            for (const ImportColumn &column : m_columns)
                m_linksToItself = m_linksToItself || column.to == m_entity;
            for (size_t at = 0; m_linksToItself && at < m_columns.size(); ++at) {
                const Field *field = m_columns[at].field;
                const bool names =
                    field && (field->name == m_entity->title || m_entity->keys.contains(QStringList{field->name}));
                if (names || m_columns[at].isId)
                    naming.push_back(at);
            }
            return true;
        }
        ++m_total;
        for (size_t at = 0; at < std::min(cells.size(), m_columns.size()); ++at) {
            ImportColumn &column = m_columns[at];
            if (cells[at].isEmpty() || (!column.field && !column.isId))
                continue;
            if (column.isId)
                idsOnly = idsOnly && Id::fromString(QString::fromUtf8(cells[at]).trimmed()).has_value();
            else if (column.isDate())
                column.finder.seeDate(QString::fromUtf8(cells[at]));
            else if (column.field->isNumber())
                column.finder.seeNumber(QString::fromUtf8(cells[at]));
        }
        for (const size_t at : naming) {
            if (at < cells.size())
                m_namesInFile.insert(valueparser::folded(QString::fromUtf8(cells[at])));
        }
        return true;
    };
    TZ_TRY(csv::read(m_device, m_format, look));
    if (m_columns.empty())
        return fail("import.empty");
    // Another program's own ids are not ours.
    for (ImportColumn &column : m_columns)
        column.isId = column.isId && idsOnly;
    m_namesInFile.remove(QString());
    return settleStyles(m_columns, m_options, m_store.utcOffsetSeconds());
}

Result<> Importer::checkKeys() const
{
    // By a field that there is not, no record would be found, and each imported once more.
    QStringList names;
    for (const Field &field : m_entity->fields)
        names << field.name;
    for (const QString &name : m_options.keys) {
        if (!names.contains(name))
            return fail("import.unknown_field",
                        {{QStringLiteral("name"), name}, {QStringLiteral("suggestion"), closestName(name, names)}});
    }
    return {};
}

Result<> Importer::prepareSets()
{
    for (const auto &[name, text] : m_options.set) {
        ImportColumn column;
        column.field = m_entity->field(name);
        const auto bad = [&set = name](Error cause) {
            return fail(cause.within(Error("import.bad_default", {{QStringLiteral("name"), set}})));
        };
        if (!column.field || column.field->isDerived() || column.field->isLines())
            return bad(Error("record.unknown_field", {}, name));
        column.style.utcOffsetSeconds = m_store.utcOffsetSeconds();
        column.style.choiceNames = importChoiceNames(m_options);
        column.to = m_store.catalog().entity(column.field->to);
        const bool me = column.field->type == FieldType::User && text == QLatin1String("me");
        auto value = me          ? Result<Value>(Value(m_store.actor().user))
                     : column.to ? linked(column, text)
                                 : valueparser::value(*m_entity, *column.field, text, column.style);
        if (!value)
            return bad(std::move(value.error()));
        m_sets.emplace_back(name, std::move(*value));
    }
    return {};
}

Result<Id> Importer::createTarget(const Field &field, const Entity &to, const QString &text)
{
    const Field *title = to.titleField();
    if (!title || title->isDerived() || !title->isText())
        return fail("import.cannot_create_link", {{QStringLiteral("to"), to.fullName}}, field.name);
    // The targets are kept or lost together with the rows that need them.
    TZ_TRY(openTransaction());
    Draft draft = m_store.draft();
    draft.label = m_draft.label;
    draft.group = m_draft.group;
    const Id id = draft.create(to.fullName, {{title->name, Value(text)}});
    auto receipt = m_store.apply(std::move(draft));
    if (!receipt)
        return fail(receipt.error().within(
            Error("import.cannot_create_link", {{QStringLiteral("to"), to.fullName}}, field.name)));
    ++m_report.linksCreated;
    m_links.add(to, text, id);
    return id;
}

Result<Id> Importer::target(const Field &field, const Entity &to, const QString &byField, const QString &text)
{
    auto found = m_links.find(to, byField, text);
    if (found || !found.error().is("import.link_missing") || !m_options.createMissingLinks.contains(field.name))
        return found;
    return createTarget(field, to, text);
}

Result<Value> Importer::linked(const ImportColumn &column, const QString &text)
{
    if (column.field->type != FieldType::Links) {
        TZ_ASSIGN(const Id id, target(*column.field, *column.to, column.rest, text));
        return Value(id);
    }
    ValueList ids;
    for (const QString &part : valueparser::members(*column.field, text)) {
        const QString meant = column.aliases.value(valueparser::folded(part), part);
        TZ_ASSIGN(const Id id, target(*column.field, *column.to, column.rest, meant));
        ids.emplace_back(id);
    }
    return Value::fromSet(std::move(ids));
}

Result<Value> Importer::plain(ImportColumn &column, const QString &text)
{
    const bool isChoice = column.field->type == FieldType::Enum || column.field->type == FieldType::State;
    if (!isChoice)
        return valueparser::value(*m_entity, *column.field, text, column.style);
    // A hundred thousand rows have a handful of them, each to be compared in every language.
    if (const auto known = column.known.constFind(text); known != column.known.constEnd())
        return *known;
    auto value = valueparser::value(*m_entity, *column.field, text, column.style);
    if (value)
        column.known.insert(text, *value);
    return value;
}

/// Nothing: the row is refused (and listed) or blank.
Result<std::optional<Values>> Importer::valuesOf(const Place &place, const csv::Cells &cells, Id &id,
                                                 std::vector<Later> &later)
{
    Values values;
    QHash<QString, QJsonObject> addresses;
    bool blank = true;
    for (size_t at = 0; at < cells.size(); ++at) {
        if (at >= m_columns.size()) {
            if (cells[at].trimmed().isEmpty())
                continue;
            refuse(place, {}, QString::fromUtf8(cells[at]),
                   Error("import.too_many_columns", {{QStringLiteral("columns"), qint64(m_columns.size())}}));
            return std::optional<Values>();
        }
        ImportColumn &column = m_columns[at];
        QString text = QString::fromUtf8(cells[at]);
        blank = blank && text.trimmed().isEmpty();
        if (column.isId) {
            id = Id::fromString(text.trimmed()).value_or(Id());
            continue;
        }
        if (!column.field || text.trimmed().isEmpty())
            continue;
        if (!column.aliases.isEmpty())
            text = column.aliases.value(valueparser::folded(text), text);
        // A text may stand for nothing ("null", "n/a").
        if (text.trimmed().isEmpty())
            continue;
        const Field &field = *column.field;
        if (field.type == FieldType::Address && !column.rest.isEmpty()) {
            addresses[field.name].insert(column.rest, text.trimmed());
            continue;
        }
        auto value = column.to ? linked(column, text.trimmed()) : plain(column, text);
        if (!value && column.to == m_entity && value.error().is("import.link_missing") &&
            field.type != FieldType::Links && m_namesInFile.contains(valueparser::folded(text))) {
            later.push_back({place, {}, field.name, column.title, text.trimmed()});
            continue;
        }
        if (!value) {
            if (value.error().code.startsWith("store."))
                return fail(std::move(value.error()));
            refuse(place, column.title, text, std::move(value.error()));
            return std::optional<Values>();
        }
        const auto same = std::ranges::find(values, field.name, &std::pair<QString, Value>::first);
        if (same == values.end()) {
            values.emplace_back(field.name, std::move(*value));
        } else {
            ValueList both = same->second.toList();
            std::ranges::copy(value->toList(), std::back_inserter(both));
            same->second = Value::fromSet(std::move(both));
        }
    }
    if (blank)
        return std::optional<Values>();
    for (auto it = addresses.cbegin(); it != addresses.cend(); ++it)
        values.emplace_back(it.key(), Value(QString::fromUtf8(QJsonDocument(*it).toJson(QJsonDocument::Compact))));
    return std::optional<Values>(std::move(values));
}

Result<> Importer::takeRow(const Place &place, const csv::Cells &cells)
{
    Id id;
    std::vector<Later> later;
    TZ_ASSIGN(std::optional<Values> values, valuesOf(place, cells, id, later));
    if (!values)
        return {};
    Id existing;
    if (!id.isNull()) {
        TZ_ASSIGN(const auto found, m_store.find(*m_entity, id));
        existing = found ? id : Id();
    }
    if (existing.isNull()) {
        TZ_ASSIGN(existing, m_records->find(*values));
    }
    if (!existing.isNull() && m_options.existing == ImportOptions::Existing::Skip) {
        refuse(place, {}, {},
               Error("import.exists", {{QStringLiteral("title"), m_store.title(*m_entity, existing)},
                                       {QStringLiteral("id"), existing.toString()}}));
        return {};
    }
    const bool creates = existing.isNull();
    if (creates) {
        for (const auto &[name, value] : m_sets) {
            if (std::ranges::find(*values, name, &std::pair<QString, Value>::first) == values->end())
                values->emplace_back(name, value);
        }
        if (id.isNull())
            id = m_store.ids().next();
        m_draft.create(m_entity->fullName, id, *values);
        m_records->add(*values, id);
        if (m_linksToItself) {
            for (const auto &[name, value] : *values) {
                if (name == m_entity->title || m_entity->keys.contains(QStringList{name}))
                    m_links.add(*m_entity, value.toText(), id);
            }
        }
    } else {
        // What found the record is not written again: "ACME" does not rename Acme.
        const QStringList keys = m_records->keyFields(*values);
        if (id.isNull())
            std::erase_if(*values, [&](const auto &item) { return keys.contains(item.first); });
        id = existing;
        m_draft.update(m_entity->fullName, id, *values);
    }
    for (Later &link : later) {
        link.id = id;
        m_later.push_back(std::move(link));
    }
    m_waiting.push_back({place, id, creates, creates ? std::move(*values) : Values()});
    return m_waiting.size() >= size_t(limits::importBatch) ? flush() : Result<>();
}

Result<> Importer::openTransaction()
{
    if (m_open || m_options.dryRun)
        return {};
    TZ_ASSIGN(BulkWrite begun, BulkWrite::begin(m_store));
    m_open.emplace(std::move(begun));
    m_batchesInIt = 0;
    return {};
}

Result<> Importer::commit()
{
    if (!m_open)
        return {};
    auto committed = m_open->commit();
    m_open.reset();
    return committed;
}

Result<> Importer::flush()
{
    if (!m_waiting.empty()) {
        TZ_TRY(openTransaction());
        Draft draft = std::move(m_draft);
        startDraft();
        TZ_ASSIGN(const Receipt receipt, m_store.apply(std::move(draft)));
        std::vector<bool> refused(m_waiting.size(), false);
        for (const auto &[index, error] : receipt.refused) {
            const Waiting &waiting = m_waiting[size_t(index)];
            refused[size_t(index)] = true;
            Error reason = error;
            for (const char *internal : {"change", "entity", "id"})
                reason.params.remove(QLatin1String(internal));
            const QString column = columnOf(reason.field);
            refuse(waiting.place, column, {}, std::move(reason));
            m_refusedIds.insert(waiting.id);
            if (waiting.creates)
                m_records->remove(waiting.values);
        }
        std::unordered_set<Id> touched;
        for (const Receipt::Touched &record : receipt.touched)
            touched.insert(record.id);
        for (size_t at = 0; at < m_waiting.size(); ++at) {
            if (refused[at])
                continue;
            if (m_waiting[at].creates)
                ++m_report.created;
            else
                ++(touched.contains(m_waiting[at].id) ? m_report.updated : m_report.unchanged);
        }
        m_waiting.clear();
    }
    if (++m_batchesInIt >= limits::importBatchesPerCommit)
        TZ_TRY(commit());
    if (m_options.progress && !m_options.progress(m_report.rows, m_total))
        m_report.cancelled = true;
    return {};
}

Result<> Importer::settleLater()
{
    if (m_later.empty() || m_report.cancelled)
        return {};
    m_links.forget(*m_entity);
    std::vector<const Later *> sent;
    const auto send = [&]() -> Result<> {
        Draft draft = std::move(m_draft);
        startDraft();
        if (draft.isEmpty())
            return {};
        TZ_TRY(openTransaction());
        TZ_ASSIGN(const Receipt receipt, m_store.apply(std::move(draft)));
        for (const auto &[index, error] : receipt.refused)
            refuse(sent[size_t(index)]->place, sent[size_t(index)]->column, sent[size_t(index)]->text, error);
        sent.clear();
        return {};
    };
    for (const Later &link : m_later) {
        // The row itself was refused, and is listed with its own reason.
        if (m_refusedIds.contains(link.id))
            continue;
        auto found = m_links.find(*m_entity, {}, link.text);
        if (!found) {
            refuse(link.place, link.column, link.text, std::move(found.error()));
            continue;
        }
        m_draft.update(m_entity->fullName, link.id, {{link.field, Value(*found)}});
        sent.push_back(&link);
        if (sent.size() >= size_t(limits::importBatch))
            TZ_TRY(send());
    }
    return send();
}

Result<ImportReport> Importer::run()
{
    m_entity = m_store.catalog().entity(m_options.entity);
    if (!m_entity)
        return fail("record.unknown_entity", {{QStringLiteral("entity"), m_options.entity}});
    m_report.group = m_store.ids().next();
    m_report.dryRun = m_options.dryRun;
    startDraft();
    TZ_TRY(scan());
    // A trial runs the very same way, in one transaction that is taken back.
    std::optional<BulkWrite> trial;
    if (m_options.dryRun) {
        TZ_ASSIGN(BulkWrite begun, BulkWrite::begin(m_store));
        trial.emplace(std::move(begun));
    }
    TZ_TRY(checkKeys());
    QList<QStringList> keys = m_entity->keys;
    if (!m_options.keys.isEmpty())
        keys = {m_options.keys};
    m_records.emplace(m_store, *m_entity, keys);
    TZ_TRY(prepareSets());

    bool header = true;
    const auto takeCells = [&](qint64 line, const csv::Cells &cells) -> Result<bool> {
        if (std::exchange(header, false))
            return true;
        ++m_report.rows;
        TZ_TRY(takeRow({m_report.rows, line}, cells));
        return !m_report.cancelled;
    };
    TZ_TRY(csv::read(m_device, m_format, takeCells));
    TZ_TRY(flush());
    TZ_TRY(settleLater());
    trial.reset();
    TZ_TRY(commit());

    if (m_options.dryRun || m_report.created + m_report.updated + m_report.linksCreated == 0)
        m_report.group = {};
    m_report.encoding = m_format.encoding;
    m_report.separator = m_format.separator;
    for (const ImportColumn &column : m_columns) {
        QString path = column.isId ? QStringLiteral("id") : column.field ? column.field->name : QString();
        if (!column.rest.isEmpty())
            path += u'.' + column.rest;
        m_report.columns.append(
            {column.title, path, column.isDate() ? valueparser::orderName(column.style.order) : QString()});
    }
    std::ranges::stable_sort(m_report.refused, {}, &ImportReport::Problem::row);
    return std::move(m_report);
}

} // namespace

Result<ImportReport> importCsv(RecordStore &store, QIODevice &device, const ImportOptions &options)
{
    Importer importer(store, device, options);
    return importer.run();
}

Result<ImportReport> importCsv(RecordStore &store, const QString &path, const ImportOptions &options)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fail("import.cannot_read",
                    {{QStringLiteral("path"), path}, {QStringLiteral("reason"), file.errorString()}});
    ImportOptions named = options;
    if (named.name.isEmpty())
        named.name = QFileInfo(path).fileName();
    return importCsv(store, file, named);
}

} // namespace tz
