// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/store/attachmentstate.h"

#include "core/store/synctables.h"
#include "core/sync/wire.h"

#include <QBuffer>
#include <QFileInfo>
#include <QMimeDatabase>
#include <QSet>

namespace tz {

namespace {
constexpr qint64 unnamedKeptMs = qint64(30) * 86'400'000;
constexpr char budgetName[] = "attachments_budget";
constexpr qint64 onServer = 1;
constexpr qint64 notYet = 2;

QByteArray packed(const Error &error)
{
    return error.code.isEmpty() ? QByteArray() : wire::encode(error);
}

Error unpacked(const QByteArray &bytes)
{
    return bytes.isEmpty() ? Error() : wire::decodeError(bytes).value_or(Error());
}

QByteArray joined(const std::vector<QByteArray> &pieces)
{
    QByteArray all;
    for (const QByteArray &piece : pieces)
        all += piece;
    return all;
}

ImportedFile imported(Content content, const QMimeType &type, const QString &name)
{
    Attachment member{content.hash, content.size, type.name().toLower(), attachment::cleanName(name)};
    if (!Attachment::fromValue(member.toValue()))
        member.type = QStringLiteral("application/octet-stream");
    return {std::move(content), std::move(member)};
}
} // namespace

Result<ImportedFile> importFile(const ContentFolder &folder, const QString &path,
                                const ContentFolder::Progress &progress)
{
    TZ_ASSIGN(Content content, folder.add(path, progress));
    return imported(std::move(content), QMimeDatabase().mimeTypeForFile(path), QFileInfo(path).fileName());
}

Result<ImportedFile> importBytes(const ContentFolder &folder, QByteArray bytes, const QString &name)
{
    QBuffer source(&bytes);
    source.open(QIODevice::ReadOnly);
    TZ_ASSIGN(Content content, folder.add(source));
    return imported(std::move(content), QMimeDatabase().mimeTypeForFileNameAndData(name, bytes), name);
}

struct AttachmentState::Row {
    qint64 size = 0;
    QByteArray pieces;
    bool pinned = false;
    qint64 usedMs = 0;
    qint64 seen = 0;
    bool leaving = false;
    Error fault;
};

AttachmentState::AttachmentState(RecordStore &store, ContentFolder folder)
    : m_store(store)
    , m_folder(std::move(folder))
{
}

std::optional<AttachmentState::Row> AttachmentState::row(const QByteArray &hash) const
{
    auto select = m_store.database().prepare("SELECT size, pieces, pinned, used, seen, leaving, fault FROM blob "
                                             "WHERE hash = ?1");
    if (!select || !select->bind(1, hash).step().value_or(false))
        return std::nullopt;
    return Row{select->integer(0), select->bytes(1),        select->integer(2) != 0,   select->integer(3),
               select->integer(4), select->integer(5) != 0, unpacked(select->bytes(6))};
}

Result<> AttachmentState::makeRow(const QByteArray &hash, qint64 size)
{
    TZ_ASSIGN(auto insert, m_store.database().prepare("INSERT INTO blob(hash, size, used) VALUES (?1, ?2, ?3) "
                                                      "ON CONFLICT(hash) DO NOTHING"));
    return insert.bind(1, hash).bind(2, size).bind(3, m_store.clock().nowMs()).run();
}

Result<> AttachmentState::reconcile()
{
    TZ_ASSIGN(auto transaction, Transaction::begin(m_store.database()));
    QSet<QByteArray> known;
    {
        TZ_ASSIGN(auto select, m_store.database().prepare("SELECT hash FROM blob"));
        for (;;) {
            TZ_ASSIGN(const bool row, select.step());
            if (!row)
                break;
            known.insert(select.bytes(0));
        }
    }
    for (const ContentFolder::Stored &one : m_folder.list()) {
        if (known.contains(one.hash))
            continue;
        TZ_TRY(makeRow(one.hash, one.size));
    }
    return transaction.commit();
}

Result<> AttachmentState::noteAdded(const Content &content)
{
    TZ_TRY(makeRow(content.hash, content.size));
    TZ_ASSIGN(auto update, m_store.database().prepare("UPDATE blob SET size = ?2, pieces = ?3, used = ?4, leaving = 0, "
                                                      "fault = NULL WHERE hash = ?1"));
    return update.bind(1, content.hash)
        .bind(2, content.size)
        .bind(3, joined(content.pieces))
        .bind(4, m_store.clock().nowMs())
        .run();
}

Result<> AttachmentState::noteFetched(const Content &content)
{
    TZ_TRY(noteAdded(content));
    return noteSeen(content.hash, onServer);
}

Result<> AttachmentState::noteFetchFailed(const QByteArray &hash, const Error &error)
{
    TZ_TRY(makeRow(hash, 0));
    TZ_ASSIGN(auto update, m_store.database().prepare("UPDATE blob SET fault = ?2 WHERE hash = ?1"));
    return update.bind(1, hash).bind(2, packed(error)).run();
}

Result<> AttachmentState::noteSeen(const QByteArray &hash, qint64 seen)
{
    TZ_TRY(makeRow(hash, 0));
    TZ_ASSIGN(auto update, m_store.database().prepare("UPDATE blob SET seen = ?2 WHERE hash = ?1"));
    return update.bind(1, hash).bind(2, seen).run();
}

Result<> AttachmentState::touch(const QByteArray &hash)
{
    TZ_ASSIGN(auto update, m_store.database().prepare("UPDATE blob SET used = ?2 WHERE hash = ?1"));
    return update.bind(1, hash).bind(2, m_store.clock().nowMs()).run();
}

Result<> AttachmentState::setPinned(const QByteArray &hash, bool pinned)
{
    TZ_TRY(makeRow(hash, 0));
    TZ_ASSIGN(auto update, m_store.database().prepare("UPDATE blob SET pinned = ?2 WHERE hash = ?1"));
    return update.bind(1, hash).bind(2, pinned).run();
}

std::vector<AttachmentStatus> AttachmentState::status(const Record &record, std::span<const Attachment> files) const
{
    std::vector<AttachmentStatus> all;
    for (const Attachment &file : files) {
        AttachmentStatus status;
        const Row known = row(file.hash).value_or(Row());
        status.pinned = known.pinned;
        status.fault = known.fault;
        bool isQueued = false;
        if (auto select = m_store.database().prepare("SELECT fault FROM blob_upload WHERE hash = ?1 AND id = ?2");
            select && select->bind(1, file.hash).bind(2, record.id).step().value_or(false)) {
            isQueued = true;
            if (!select->isNull(0))
                status.fault = unpacked(select->bytes(0));
        }
        const bool isUnsent = known.seen != onServer && (record.state & recordstate::pendingEdits) != 0;
        if (m_folder.has(file.hash)) {
            if (!m_store.isStandalone() && (isQueued || isUnsent))
                status.place = AttachmentStatus::Place::Waiting;
        } else if (m_store.isStandalone() || isUnsent) {
            status.place = AttachmentStatus::Place::Missing;
        } else {
            status.place = known.seen == notYet ? AttachmentStatus::Place::Elsewhere : AttachmentStatus::Place::Server;
        }
        all.push_back(std::move(status));
    }
    return all;
}

Result<std::vector<AttachmentState::Upload>> AttachmentState::uploads() const
{
    TZ_ASSIGN(auto select, m_store.database().prepare("SELECT hash, entity, id, field, tries, next_try, fault "
                                                      "FROM blob_upload ORDER BY next_try, hash"));
    std::vector<Upload> all;
    for (;;) {
        TZ_ASSIGN(const bool row, select.step());
        if (!row)
            return all;
        all.push_back({{select.text(1), select.id(2), select.text(3), select.bytes(0)},
                       int(select.integer(4)),
                       select.integer(5),
                       unpacked(select.bytes(6))});
    }
}

Result<Content> AttachmentState::contentOf(const QByteArray &hash) const
{
    const auto known = row(hash);
    const qsizetype count = known ? qsizetype(attachment::pieceCount(known->size)) : 0;
    if (!m_folder.has(hash))
        return fail("attachment.not_here");
    if (!known || known->pieces.size() != count * hash.size() || count == 0)
        return m_folder.check(hash);
    Content content{hash, known->size, {}};
    for (qsizetype i = 0; i < count; ++i)
        content.pieces.push_back(known->pieces.mid(i * hash.size(), hash.size()));
    return content;
}

Result<> AttachmentState::uploaded(const wire::BlobRef &ref)
{
    TZ_ASSIGN(auto transaction, Transaction::begin(m_store.database()));
    TZ_TRY(dropUpload(ref, Error()));
    TZ_TRY(noteSeen(ref.hash, onServer));
    return transaction.commit();
}

Result<> AttachmentState::uploadFailed(const wire::BlobRef &ref, const Error &error, qint64 nextTryMs)
{
    TZ_ASSIGN(auto update,
              m_store.database().prepare("UPDATE blob_upload SET tries = tries + 1, next_try = ?5, fault = ?6 "
                                         "WHERE hash = ?1 AND entity = ?2 AND id = ?3 AND field = ?4"));
    return update.bind(1, ref.hash)
        .bind(2, ref.entity)
        .bind(3, ref.id)
        .bind(4, ref.field)
        .bind(5, nextTryMs)
        .bind(6, packed(error))
        .run();
}

Result<> AttachmentState::dropUpload(const wire::BlobRef &ref, const Error &why)
{
    TZ_ASSIGN(auto erase, m_store.database().prepare("DELETE FROM blob_upload "
                                                     "WHERE hash = ?1 AND entity = ?2 AND id = ?3 AND field = ?4"));
    TZ_TRY(erase.bind(1, ref.hash).bind(2, ref.entity).bind(3, ref.id).bind(4, ref.field).run());
    return noteFetchFailed(ref.hash, why);
}

Result<bool> AttachmentState::isNamed(const QByteArray &hash) const
{
    TZ_ASSIGN(auto select,
              m_store.database().prepare("SELECT 1 FROM _member WHERE value >= ?1 AND value < ?2 LIMIT 1"));
    return select.bind(1, attachment::first(hash)).bind(2, attachment::last(hash)).step();
}

Result<std::vector<wire::BlobRef>> AttachmentState::missingPinned() const
{
    std::vector<QByteArray> missing;
    {
        TZ_ASSIGN(auto select, m_store.database().prepare("SELECT hash FROM blob WHERE pinned = 1"));
        for (;;) {
            TZ_ASSIGN(const bool row, select.step());
            if (!row)
                break;
            if (!m_folder.has(select.bytes(0)))
                missing.push_back(select.bytes(0));
        }
    }
    std::vector<wire::BlobRef> refs;
    for (const QByteArray &hash : missing) {
        TZ_ASSIGN(auto select, m_store.database().prepare("SELECT entity, owner, field FROM _member "
                                                          "WHERE value >= ?1 AND value < ?2"));
        select.bind(1, attachment::first(hash)).bind(2, attachment::last(hash));
        TZ_ASSIGN(const bool found, select.step());
        const Entity *entity = found ? m_store.numbers().entityAt(int(select.integer(0))) : nullptr;
        if (!entity)
            continue;
        for (const Field &field : entity->fields) {
            if (field.type == FieldType::Attachments &&
                m_store.numbers().field(*entity, field.index) == int(select.integer(2)))
                refs.push_back({entity->fullName, select.id(1), field.name, hash});
        }
    }
    return refs;
}

Result<> AttachmentState::drop(const QByteArray &hash, bool forgets)
{
    m_folder.remove(hash);
    if (!forgets)
        return {};
    TZ_ASSIGN(auto erase, m_store.database().prepare("DELETE FROM blob WHERE hash = ?1"));
    return erase.bind(1, hash).run();
}

Result<int> AttachmentState::tidy()
{
    TZ_ASSIGN(auto transaction, Transaction::begin(m_store.database()));
    QSet<QByteArray> queued;
    TZ_ASSIGN(const std::vector<Upload> waiting, uploads());
    for (const Upload &one : waiting)
        queued.insert(one.ref.hash);
    struct Candidate {
        qint64 usedMs;
        QByteArray hash;
        qint64 size;
    };
    std::vector<Candidate> candidates;
    std::vector<std::tuple<QByteArray, qint64, bool>> rows;
    {
        TZ_ASSIGN(auto select, m_store.database().prepare("SELECT hash, used, leaving FROM blob"));
        for (;;) {
            TZ_ASSIGN(const bool row, select.step());
            if (!row)
                break;
            rows.emplace_back(select.bytes(0), select.integer(1), select.integer(2) != 0);
        }
    }
    const qint64 now = m_store.clock().nowMs();
    int gone = 0;
    qint64 total = 0;
    for (const auto &[hash, usedMs, leaving] : rows) {
        if (!leaving && queued.contains(hash))
            continue;
        TZ_ASSIGN(const bool named, isNamed(hash));
        if (!named && (leaving || now - usedMs > unnamedKeptMs)) {
            gone += m_folder.has(hash);
            TZ_TRY(drop(hash, true));
            continue;
        }
        if (leaving) {
            // Another record names it too.
            TZ_ASSIGN(auto stay, m_store.database().prepare("UPDATE blob SET leaving = 0 WHERE hash = ?1"));
            TZ_TRY(stay.bind(1, hash).run());
        }
        const auto known = row(hash);
        if (known && !known->pinned && known->seen == onServer && m_folder.has(hash)) {
            candidates.push_back({usedMs, hash, known->size});
            total += known->size;
        }
    }
    std::sort(candidates.begin(), candidates.end(), [](const Candidate &a, const Candidate &b) {
        return std::tie(a.usedMs, a.hash) < std::tie(b.usedMs, b.hash);
    });
    const qint64 most = budget();
    for (const Candidate &one : candidates) {
        if (total <= most)
            break;
        TZ_TRY(drop(one.hash, false));
        total -= one.size;
        ++gone;
    }
    TZ_TRY(transaction.commit());
    return gone;
}

qint64 AttachmentState::budget() const
{
    return synctables::number(m_store.database(), budgetName, defaultBudget).value_or(defaultBudget);
}

Result<> AttachmentState::setBudget(qint64 bytes)
{
    return synctables::setNumber(m_store.database(), budgetName, std::max<qint64>(0, bytes));
}

namespace attachmenttables {

namespace {
Result<> queue(Database &database, const Change &change, const QString &field, const Value &member)
{
    const auto file = Attachment::fromValue(member);
    if (!file)
        return {};
    TZ_ASSIGN(auto insert, database.prepare("INSERT INTO blob_upload(hash, entity, id, field) VALUES (?1, ?2, ?3, ?4) "
                                            "ON CONFLICT DO NOTHING"));
    return insert.bind(1, file->hash).bind(2, change.entity).bind(3, change.id).bind(4, field).run();
}

bool isAttachments(const Entity &entity, const QString &name)
{
    const Field *field = entity.field(name);
    return field && field->type == FieldType::Attachments;
}
} // namespace

Result<> noteAccepted(Database &database, const Catalog &catalog, const Batch &batch,
                      const std::set<std::pair<QString, Id>> &refused)
{
    for (const Change &change : batch.changes) {
        const Entity *entity = catalog.entity(change.entity);
        if (!entity || refused.contains({change.entity, change.id}))
            continue;
        if (change.kind == ChangeKind::Member) {
            if (change.present && isAttachments(*entity, change.name))
                TZ_TRY(queue(database, change, change.name, change.member));
            continue;
        }
        for (const FieldEdit &edit : change.edits) {
            if (!isAttachments(*entity, edit.field))
                continue;
            const ValueList &before = edit.was.toList();
            for (const Value &member : edit.value.toList()) {
                if (!std::binary_search(before.begin(), before.end(), member))
                    TZ_TRY(queue(database, change, edit.field, member));
            }
        }
    }
    return {};
}

Result<> noteLeaving(Database &database, const CatalogNumbers &numbers, const Entity &entity, const Id &id)
{
    for (const Field &field : entity.fields) {
        if (field.type != FieldType::Attachments)
            continue;
        std::vector<QByteArray> hashes;
        {
            TZ_ASSIGN(auto select, database.prepare("SELECT value FROM _member WHERE entity = ?1 AND owner = ?2 "
                                                    "AND field = ?3"));
            select.bind(1, numbers.entity(entity)).bind(2, id).bind(3, numbers.field(entity, field.index));
            for (;;) {
                TZ_ASSIGN(const bool row, select.step());
                if (!row)
                    break;
                if (const auto file = Attachment::fromValue(select.value(0)))
                    hashes.push_back(file->hash);
            }
        }
        for (const QByteArray &hash : hashes) {
            TZ_ASSIGN(auto leave, database.prepare("INSERT INTO blob(hash, leaving) VALUES (?1, 1) "
                                                   "ON CONFLICT(hash) DO UPDATE SET leaving = 1"));
            TZ_TRY(leave.bind(1, hash).run());
            TZ_ASSIGN(auto unsent,
                      database.prepare("DELETE FROM blob_upload WHERE hash = ?1 AND id = ?2 AND field = ?3"));
            TZ_TRY(unsent.bind(1, hash).bind(2, id).bind(3, field.name).run());
        }
    }
    return {};
}

} // namespace attachmenttables

} // namespace tz
