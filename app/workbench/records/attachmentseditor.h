// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

// Made by FieldEditor::make(). Not for use outside this folder.
#include "core/store/attachmentstate.h"
#include "workbench/records/fieldeditors.h"

class QAction;
class QMimeData;
class QTreeWidget;
class QTreeWidgetItem;

namespace tz::editors {

/// The files of a record: a list with what they are and where, above the buttons. Files are added by button, by
/// dropping and by pasting; copying and hashing happen elsewhere. What is added and removed is part of the form and
/// saved with it; keeping a file on this computer is not. Read-only: the list alone, from which files can be opened.
class AttachmentsEditor : public FieldEditor {
    Q_OBJECT
public:
    AttachmentsEditor(const ViewContext &context, const Entity &entity, const Field &field, QWidget *parent);
    ~AttachmentsEditor() override;

    /// What the record holds now, with what was added here and without what was removed here: what others do with its
    /// files meanwhile stays. Errors: attachment.still_copying.
    Result<Value> value() const override;
    void setValue(const Value &value, const QString &title) override;
    void setReadOnly(bool readOnly) override;
    void setRecord(const Record *record) override;

protected:
    void changeEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    std::vector<Attachment> stored() const;
    std::vector<Attachment> shown() const;
    void makeActions();
    void retranslate();
    void rebuild();
    void refreshStatus();
    void showStatus(const std::vector<Attachment> &files, const std::vector<AttachmentStatus> &all);
    void showState(QTreeWidgetItem &item, const Attachment &file);
    void showEnabled();
    std::optional<Attachment> current() const;
    std::vector<Attachment> selected() const;
    wire::BlobRef refOf(const Attachment &file) const;
    void choose();
    void add(const QString &path);
    void added(const Result<Attachment> &file);
    void paste();
    bool take(const QMimeData &what);
    void open();
    void saveAs();
    void rename();
    void remove();
    void keep(bool pinned);
    void finished(const QByteArray &hash, const Error &error);

    QTreeWidget *m_list;
    QWidget *m_buttons;
    QAction *m_add, *m_paste, *m_open, *m_save, *m_rename, *m_remove, *m_keep;
    Id m_id;
    std::vector<Attachment> m_added, m_removed;
    QHash<QByteArray, AttachmentStatus> m_status;
    /// Percent of what is under way.
    QHash<QByteArray, int> m_progress;
    int m_copying = 0;
    bool m_readOnly = false;
};

} // namespace tz::editors
