// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "desktop/administration/adminsection.h"
#include "desktop/administration/admintable.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace tz {

/// Who did what: asks the server's audit trail, page by page, and writes what was asked for to a file.
class AuditSection : public AdminSection {
    Q_OBJECT
public:
    AuditSection(const AdminContext &context, QWidget *parent);
    ~AuditSection() override;

    QString title() const override;
    void refresh() override;
    QWidget *mainWidget() override;
    AdminTable &table() const { return *m_table; }
    const std::vector<wire::AuditEntry> &entries() const { return m_entries; }

public Q_SLOTS:
    void search();
    void more();
    /// Only what happened to the record of the current entry; once more: everything again.
    void onlyThisRecord();
    void openRecord();
    void exportCsv();

protected:
    void retranslate() override;

private:
    struct Export;
    void buildFilters();
    void fillUsers();
    void fillEntities();
    void fillFields();
    void fillActions();
    /// Nothing: something typed is no date, and is said to be none.
    std::optional<wire::AuditQuestion> question();
    std::optional<qint64> dayIn(QLineEdit &line, int daysLater);
    void arrived(const Result<wire::AuditPage> &page, bool isFirst);
    void exportNext();
    void finishExport(const Result<> &done);
    void updateCommands();
    AdminRow rowOf(const wire::AuditEntry &entry) const;
    QString actionText(const wire::AuditEntry &entry) const;
    QString valueText(const wire::AuditEntry &entry, const Value &value) const;
    QString userText(const Id &user) const;

    AdminTable *m_table;
    QLabel *m_labels[6];
    QLineEdit *m_from, *m_until;
    QComboBox *m_user, *m_entity, *m_field, *m_action;
    QPushButton *m_search, *m_more;
    QLabel *m_state;
    QAction *m_only, *m_open, *m_export;
    std::vector<wire::AuditEntry> m_entries;
    wire::AuditQuestion m_asked;
    Id m_record;
    /// Answers to questions before the last one are not shown.
    int m_round = 0;
    bool m_isBusy = false;
    std::unique_ptr<Export> m_running;
};

} // namespace tz
