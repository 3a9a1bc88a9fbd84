// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "cli/command.h"
#include "cli/fieldtext.h"
#include "replica/workspace/localreplica.h"

#include <QTextStream>

namespace tz::cli {

/// What a command works with: the departments, the open profile and where its output goes.
class Context {
public:
    Context(Arguments arguments, QString profileFolder, bool json);
    ~Context();

    /// Loads the departments. On the command line a broken one ends the program: judging changes without its rules
    /// would be wrong. Errors: departments.failed {department, reason}.
    Result<> loadDepartments();
    /// Opens the profile. Errors: profile.*, store.*.
    Result<> openProfile();

    const Arguments &arguments() const { return m_arguments; }
    bool json() const { return m_json; }
    DepartmentHost &host() { return m_host; }
    const Catalog &catalog() const { return *m_host.catalog(); }
    LocalReplica &replica() { return *m_replica; }
    RecordStore &store() { return m_replica->store(); }
    FieldText fields() { return FieldText(store(), store().actor().user); }

    /// Errors: cli.unknown_entity {entity, suggestion}.
    Result<const Entity *> entity(const QString &name) const;
    /// The next arguments from `first` as assignments of the entity's fields.
    Result<std::vector<std::pair<QString, Value>>> assignments(const Entity &entity, qsizetype first);

    /// Runs the event loop until `finish` is called.
    void wait(const std::function<void(std::function<void()> finish)> &begin);

    void print(const QString &line);
    void print(const Json &json);
    /// Columns side by side, as wide as their content.
    void printTable(const QStringList &header, const QList<QStringList> &rows);
    /// A message beside the result, on stderr.
    void note(const QString &line);
    void note(const Error &error);

private:
    Arguments m_arguments;
    QString m_folder;
    bool m_json;
    DepartmentHost m_host;
    std::unique_ptr<Profile> m_profile;
    std::unique_ptr<LocalReplica> m_replica;
    QTextStream m_out;
    QTextStream m_errors;
};

/// The first line of a file, or of the standard input for "-". Errors: cli.cannot_read {path}.
Result<QString> passwordFrom(const QString &path);
/// The sentence of an error in the reader's language, with fields by their labels where the entity is known.
QString sentence(const Error &error, const Catalog *catalog = nullptr);
/// A text of the command line in the reader's language.
QString translated(const char *text);

} // namespace tz::cli
