// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "server/storage/audittrail.h"

#include <algorithm>

namespace tz::server {

namespace {

constexpr qint64 mostEntries = 1000;
/// Entries that are looked at for one page where what is asked for stands inside them.
constexpr qint64 mostLookedAt = 5000;

/// The conditions of a question and what is bound to them.
class Conditions {
public:
    void add(const QByteArray &sql, Value value)
    {
        m_values.push_back(std::move(value));
        m_sql += (m_sql.isEmpty() ? " WHERE " : " AND ") + QByteArray(sql).replace('?', next());
    }
    void add(const QByteArray &sql) { m_sql += (m_sql.isEmpty() ? " WHERE " : " AND ") + sql; }
    /// Behind this place, in the order of the list.
    void addAfter(qint64 ms, qint64 seq)
    {
        m_values.push_back(Value(ms));
        const QByteArray first = next();
        m_values.push_back(Value(seq));
        // Twice said: by the plain condition an index is entered where the other one ends it.
        m_sql += (m_sql.isEmpty() ? " WHERE at <= " : " AND at <= ") + first + " AND (at < " + first + " OR seq < " +
                 next() + ")";
    }
    void bindTo(Statement &statement) const
    {
        for (size_t i = 0; i < m_values.size(); ++i)
            statement.bind(int(i) + 1, m_values[i]);
    }
    int count() const { return int(m_values.size()); }
    const QByteArray &sql() const { return m_sql; }

private:
    QByteArray next() const { return '?' + QByteArray::number(qsizetype(m_values.size())); }
    QByteArray m_sql;
    std::vector<Value> m_values;
};

Result<Conditions> conditionsOf(const Connection &connection, const wire::AuditQuestion &question)
{
    Conditions conditions;
    const Entity *entity = nullptr;
    if (!question.entity.isEmpty()) {
        entity = connection.model->catalog->entity(question.entity);
        if (!entity)
            return fail("record.unknown_entity", {{QStringLiteral("entity"), question.entity}});
        conditions.add("entity = ?", Value(qint64(connection.model->numbers.entity(*entity))));
    }
    if (!question.field.isEmpty() && entity && entity->indexOf(question.field) < 0)
        return fail("record.unknown_field", {{QStringLiteral("entity"), question.entity}}, question.field);
    if (!question.record.isNull())
        conditions.add("id = ?", Value(question.record));
    if (question.byServer)
        conditions.add("\"user\" IS NULL");
    else if (!question.user.isNull())
        conditions.add("\"user\" = ?", Value(question.user));
    if (question.fromMs > 0)
        conditions.add("at >= ?", Value(question.fromMs));
    if (question.untilMs > 0)
        conditions.add("at < ?", Value(question.untilMs));
    static const QHash<QString, QByteArray> kinds{{QStringLiteral("create"), "kind = 0"},
                                                  {QStringLiteral("update"), "kind IN (1, 5)"},
                                                  {QStringLiteral("delete"), "kind = 3"},
                                                  {QStringLiteral("restore"), "kind = 4"}};
    if (const auto kind = kinds.constFind(question.action); kind != kinds.constEnd())
        conditions.add(*kind);
    else if (!question.action.isEmpty())
        conditions.add("kind = 2 AND name = ?", Value(question.action));
    if (question.afterSeq > 0)
        conditions.addAfter(question.afterMs, question.afterSeq);
    return conditions;
}

/// What somebody with a scope may see of entries, and what their records are called.
class Viewer {
public:
    Viewer(Connection &connection, const Scope &scope)
        : m_connection(connection)
        , m_scope(scope)
    {
    }

    Result<bool> sees(const Entity &entity, int number, const Id &record)
    {
        if (!m_scope.fields.contains(&entity))
            return false;
        if (m_scope.hasAllKey(number))
            return true;
        TZ_ASSIGN(const auto keys, keysOfRecord(m_connection.db(), number, record));
        return !m_scope.grantingPositions(number, keys).empty();
    }
    bool sees(const Entity &entity, const QString &field) const
    {
        return m_scope.fields.constFind(&entity)->contains(entity.indexOf(field));
    }
    Result<QString> title(const Entity &entity, const Id &record)
    {
        if (const auto known = m_titles.constFind(record); known != m_titles.constEnd())
            return *known;
        QString title;
        if (entity.fullName == QLatin1String("foundation.device")) {
            // The devices that sign in are the server's own business, no records.
            TZ_ASSIGN(Statement select, m_connection.db().prepare("SELECT name FROM device WHERE id = ?1"));
            select.bind(1, record);
            TZ_ASSIGN(const bool found, select.step());
            title = found ? select.text(0) : QString();
        } else if (const Field *field = entity.titleField(); field && field->isText() && sees(entity, field->name)) {
            TZ_ASSIGN(const std::optional<Record> found, m_connection.reader->find(entity, record, true));
            title = found ? found->value(field->index).toText() : QString();
        }
        m_titles.insert(record, title);
        return title;
    }

private:
    Connection &m_connection;
    const Scope &m_scope;
    QHash<Id, QString> m_titles;
};

/// One entry for each field that changed, may be seen and was asked for; one without a field where there are no fields.
void addFields(wire::AuditPage &page, const Viewer &viewer, const Entity &entity, wire::AuditEntry entry,
               std::vector<FieldEdit> edits, const QString &wanted)
{
    if (edits.empty() && wanted.isEmpty())
        page.entries.push_back(entry);
    for (FieldEdit &edit : edits) {
        if (!viewer.sees(entity, edit.field) || (!wanted.isEmpty() && edit.field != wanted))
            continue;
        entry.field = edit.field;
        entry.before = std::move(edit.was);
        entry.after = std::move(edit.value);
        page.entries.push_back(entry);
    }
}

} // namespace

Result<> addToAudit(Database &database, const AuditRow &row)
{
    TZ_ASSIGN(
        Statement insert,
        database.prepare("INSERT INTO audit(rev, batch, entity, id, kind, name, edits, \"user\", device, at, label) "
                         "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"));
    insert.bind(1, row.rev).bind(2, row.batch).bind(3, row.entity).bind(4, row.record).bind(5, qint64(row.kind));
    const QByteArray packed = row.edits.empty() ? QByteArray() : wire::encode(row.edits);
    row.name.isEmpty() ? insert.bind(6, nullptr) : insert.bind(6, row.name);
    insert.bind(7, packed);
    row.user.isNull() ? insert.bind(8, nullptr) : insert.bind(8, row.user);
    row.device.isNull() ? insert.bind(9, nullptr) : insert.bind(9, row.device);
    insert.bind(10, row.atMs);
    row.label.isEmpty() ? insert.bind(11, nullptr) : insert.bind(11, row.label);
    return insert.run();
}

Result<wire::AuditPage> searchAudit(Connection &connection, const Scope &scope, const wire::AuditQuestion &question)
{
    TZ_ASSIGN(Conditions conditions, conditionsOf(connection, question));
    const qint64 wanted = std::clamp<qint64>(question.limit, 1, mostEntries);
    const qint64 most = question.field.isEmpty() ? wanted : mostLookedAt;
    TZ_ASSIGN(Statement select, connection.db().prepare(
                                    "SELECT seq, rev, at, \"user\", device, entity, id, kind, name, edits, label FROM "
                                    "audit" +
                                    conditions.sql() + " ORDER BY at DESC, seq DESC LIMIT ?" +
                                    QByteArray::number(conditions.count() + 1)));
    conditions.bindTo(select);
    select.bind(conditions.count() + 1, most);
    Viewer viewer(connection, scope);
    wire::AuditPage page;
    qint64 lookedAt = 0;
    qint64 lastMs = 0, lastSeq = 0;
    while (qint64(page.entries.size()) < wanted) {
        TZ_ASSIGN(const bool row, select.step());
        if (!row)
            break;
        ++lookedAt;
        wire::AuditEntry entry;
        entry.seq = lastSeq = select.integer(0);
        entry.rev = select.integer(1);
        entry.atMs = lastMs = select.integer(2);
        entry.user = select.isNull(3) ? Id() : select.id(3);
        entry.device = select.isNull(4) ? Id() : select.id(4);
        const int number = int(select.integer(5));
        entry.record = select.id(6);
        entry.kind = ChangeKind(select.integer(7));
        entry.action = entry.kind == ChangeKind::Action ? select.text(8) : QString();
        entry.label = select.text(10);
        std::vector<FieldEdit> edits;
        if (!select.isNull(9)) {
            TZ_ASSIGN(edits, wire::decodeEdits(select.bytes(9)));
        }
        const Entity *entity = connection.model->numbers.entityAt(number);
        TZ_ASSIGN(const bool seen, entity ? viewer.sees(*entity, number, entry.record) : Result<bool>(false));
        if (!seen)
            continue;
        entry.entity = entity->fullName;
        TZ_ASSIGN(entry.title, viewer.title(*entity, entry.record));
        addFields(page, viewer, *entity, std::move(entry), std::move(edits), question.field);
    }
    if (qint64(page.entries.size()) >= wanted || lookedAt == most) {
        page.afterMs = lastMs;
        page.afterSeq = lastSeq;
    }
    return page;
}

} // namespace tz::server
