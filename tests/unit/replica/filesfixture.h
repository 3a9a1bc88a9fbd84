// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/store/attachmentstate.h"
#include "tests/unit/replica/replicafixture.h"

#include <QBuffer>

namespace tz::test {

inline const QString orderName = QStringLiteral("shop.order");
/// A replica with the contents of its attached files.
class Files : public Replica {
public:
    ContentFolder contents{folder.filePath(QStringLiteral("attachments"))};
    AttachmentState state{*store, contents};

    Attachment add(const QByteArray &data, const QString &name)
    {
        QByteArray bytes = data;
        QBuffer source(&bytes);
        source.open(QIODevice::ReadOnly);
        const Content content = need(contents.add(source));
        need(state.noteAdded(content));
        return {content.hash, content.size, QStringLiteral("text/plain"), name};
    }
    void attach(const Id &id, const Attachment &file, bool present = true,
                const QString &field = QStringLiteral("files"))
    {
        Draft draft = store->draft();
        draft.member(orderName, id, field, file.toValue(), present);
        need(store->apply(std::move(draft)));
    }
    std::vector<Attachment> files(const Id &id) const
    {
        return attachment::all(find(this->order(), id)->value(u"files"));
    }
    /// What the server would say of these orders: what is here.
    wire::TableRows states(const std::set<Id> &ids, qint64 rev) const
    {
        wire::TableRows rows{
            orderName,
            {QStringLiteral("name"), QStringLiteral("files"), QStringLiteral("papers"), QStringLiteral("stage")},
            {}};
        for (const Id &id : ids) {
            const Record record = *find(this->order(), id);
            wire::Row row{id, rev, {0}, {}};
            for (const QString &field : rows.fields)
                row.values.push_back(record.value(field));
            rows.rows.push_back(row);
        }
        return rows;
    }
    /// The server takes everything.
    void accept(qint64 rev)
    {
        for (const Batch &batch : need(replica->pending())) {
            std::set<Id> ids;
            for (const Change &change : batch.changes)
                ids.insert(change.id);
            receive(answerTo(batch, wire::BatchStatus::Accepted, rev, {states(ids, rev)}));
        }
    }
    AttachmentStatus::Place place(const Id &id, const Attachment &file) const
    {
        return state.status(*find(this->order(), id), std::span(&file, 1)).front().place;
    }
    std::vector<wire::BlobRef> uploads() const
    {
        std::vector<wire::BlobRef> refs;
        for (const AttachmentState::Upload &one : need(state.uploads()))
            refs.push_back(one.ref);
        return refs;
    }
    void evict(const Id &id, qint64 rev)
    {
        wire::Page page = Replica::page(rev);
        page.evict.push_back({orderName, {id}});
        receive(page);
    }
    void sent(qint64 rev)
    {
        accept(rev);
        for (const wire::BlobRef &ref : uploads())
            need(state.uploaded(ref));
    }
};

} // namespace tz::test
