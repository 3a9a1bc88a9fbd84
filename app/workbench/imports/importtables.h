// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/logic/import.h"
#include "workbench/department/viewcontributions.h"

#include <QTableWidget>

namespace tz {

/// The columns of a file and the fields they go to; each can be given another one.
class TZ_WORKBENCH_EXPORT ImportMapping : public QTableWidget {
    Q_OBJECT
public:
    ImportMapping(const ViewContext &context, const Entity &entity, QWidget *parent);

    /// Shows what was found; what the user chose stays.
    void fill(const ImportReport &report);
    /// Another file: nothing is chosen any more.
    void forget();
    /// Only what the user chose; the rest is found again, as another encoding changes the titles.
    const QList<std::pair<QString, QString>> &chosen() const { return m_chosen; }
    void retranslate();

Q_SIGNALS:
    void changed();

private:
    void choose(const QString &title, const QString &field);

    ViewContext m_context;
    CatalogPtr m_catalog;
    const Entity *m_entity;
    QList<std::pair<QString, QString>> m_chosen;
};

/// Names in the file for which there is no record here ("GTXPro"), with how many rows they cost, and what is to be done
/// about each: list the rows, leave the field blank, take another record, or make the missing ones.
class TZ_WORKBENCH_EXPORT ImportMissing : public QTableWidget {
    Q_OBJECT
public:
    ImportMissing(const ViewContext &context, const Entity &entity, QWidget *parent);

    void fill(const ImportReport &report);
    void forget();
    const QHash<QString, QHash<QString, QString>> &aliases() const { return m_aliases; }
    const QSet<QString> &created() const { return m_created; }
    void retranslate();

Q_SIGNALS:
    void changed();

private:
    void addRow(const QString &field, const QString &value, qint64 rows);
    void decide(const QString &field, const QString &value, const QVariant &decision);
    QStringList titlesFor(const Entity &target);

    ViewContext m_context;
    CatalogPtr m_catalog;
    const Entity *m_entity;
    QHash<QString, QHash<QString, QString>> m_aliases;
    QSet<QString> m_created;
    QHash<QString, QStringList> m_titles;
};

} // namespace tz
