// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "catalogtool/output.h"
#include "core/catalog/catalog.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QSaveFile>

#include <cstdio>

namespace {
void print(std::FILE *to, const QString &line)
{
    const QByteArray bytes = line.toUtf8() + '\n';
    std::fwrite(bytes.constData(), 1, size_t(bytes.size()), to);
}

int fault(const QString &text)
{
    print(stderr, text);
    return 1;
}

int check(const QStringList &folders)
{
    tz::CatalogBuilder builder;
    for (const QString &folder : folders) {
        auto files = tz::DepartmentFiles::read(QDir(folder));
        if (!files)
            return fault(files.error().toString());
        builder.add(std::move(*files));
    }
    const tz::CatalogPtr catalog = builder.build();
    for (const tz::CatalogFault &found : builder.faults())
        print(stderr, found.toString());
    for (auto department = builder.broken().cbegin(); department != builder.broken().cend(); ++department) {
        const bool said = std::any_of(builder.faults().cbegin(), builder.faults().cend(),
                                      [&](const tz::CatalogFault &one) { return one.toString() == *department; });
        if (!said)
            print(stderr, department.key() + QLatin1String(": ") + *department);
    }
    if (!builder.faults().isEmpty() || !builder.broken().isEmpty())
        return 1;
    print(stdout, QStringLiteral("%1 departments, %2 entities, %3 reports: no faults (catalog %4)")
                      .arg(catalog->departments().size())
                      .arg(catalog->entities().size())
                      .arg(catalog->reports().size())
                      .arg(catalog->hash()));
    return 0;
}

int write(const QString &path, const QByteArray &content)
{
    if (path.isEmpty()) {
        std::fwrite(content.constData(), 1, size_t(content.size()), stdout);
        return 0;
    }
    // A file that would not change keeps its time, so that nothing is built for nothing.
    QFile before(path);
    if (before.open(QIODevice::ReadOnly) && before.readAll() == content)
        return 0;
    QDir().mkpath(QFileInfo(path).path());
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size() || !file.commit())
        return fault(path + QLatin1String(": ") + file.errorString());
    return 0;
}

int schema(const QString &name)
{
    QFile file(QStringLiteral(":/schemas/%1.schema.json").arg(name));
    if (!file.open(QIODevice::ReadOnly))
        return fault(QStringLiteral("There is no schema “%1”. Known: entity, module, report.").arg(name));
    return write({}, file.readAll());
}
} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QStringLiteral("Checks the declarations of departments and writes what follows from them.\n\n"
                       "  check FOLDER…                  says what is wrong; exit code 0 when nothing is\n"
                       "  names FOLDER -o names.h        the department's names as C++ constants\n"
                       "  strings FOLDER -o strings.cpp  the department's labels for lupdate\n"
                       "  schema entity|module|report    the JSON Schema of a kind of file"));
    parser.addHelpOption();
    const QCommandLineOption output({QStringLiteral("o"), QStringLiteral("output")}, QStringLiteral("File to write."),
                                    QStringLiteral("file"));
    parser.addOption(output);
    parser.addPositionalArgument(QStringLiteral("command"), QStringLiteral("check, names, strings or schema"));
    parser.process(application);
    QStringList arguments = parser.positionalArguments();
    if (arguments.size() < 2) {
        print(stderr, parser.helpText());
        return 2;
    }
    const QString command = arguments.takeFirst();
    const QDir folder(arguments.first());
    if (command == QLatin1String("check"))
        return check(arguments);
    if (command == QLatin1String("names"))
        return write(parser.value(output), tz::catalogtool::namesHeader(folder));
    if (command == QLatin1String("strings"))
        return write(parser.value(output), tz::catalogtool::stringsSource(folder));
    if (command == QLatin1String("schema"))
        return schema(arguments.first());
    return fault(QStringLiteral("There is no command “%1”.").arg(command));
}
