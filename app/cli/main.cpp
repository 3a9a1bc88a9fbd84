// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "cli/command.h"
#include "cli/context.h"
#include "core/base/check.h"

#include <QCoreApplication>
#include <QDir>
#include <QLibraryInfo>
#include <QLocale>
#include <QStandardPaths>
#include <QTranslator>

#include <cstdio>

using namespace tz;
using namespace tz::cli;

namespace {

constexpr int usageError = 2;

void say(FILE *to, const QString &text)
{
    QTextStream stream(to);
    stream << text << '\n';
}

/// All compiled translations beside the program, for the language that is asked for.
void loadTranslations(const QString &language)
{
    QString name = language;
    if (name.isEmpty()) {
        for (const char *variable : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
            if (const QString set = qEnvironmentVariable(variable); !set.isEmpty()) {
                name = set;
                break;
            }
        }
    }
    if (!name.startsWith(QLatin1String("zh")))
        return;
    const QString program = QCoreApplication::applicationDirPath();
    for (const QString &folder :
         {program + QStringLiteral("/translations"), program + QStringLiteral("/../share/tongzhou/translations")}) {
        for (const QString &file : QDir(folder).entryList({QStringLiteral("*zh_CN*.qm")}, QDir::Files)) {
            auto *translator = new QTranslator(QCoreApplication::instance());
            if (translator->load(folder + QLatin1Char('/') + file))
                QCoreApplication::installTranslator(translator);
        }
        for (const QString &file :
             QDir(folder + QStringLiteral("/zh_CN")).entryList({QStringLiteral("*.qm")}, QDir::Files)) {
            auto *translator = new QTranslator(QCoreApplication::instance());
            if (translator->load(folder + QStringLiteral("/zh_CN/") + file))
                QCoreApplication::installTranslator(translator);
        }
    }
}

QString optionLines(const std::vector<OptionSpec> &options)
{
    QString text;
    for (const OptionSpec &option : options) {
        QString left = QStringLiteral("  --") + QLatin1String(option.name);
        if (option.value)
            left += QLatin1Char(' ') + QLatin1String(option.value);
        text += left.leftJustified(24) + QLatin1Char(' ') + translated(option.help) + QLatin1Char('\n');
    }
    return text;
}

QString helpOf(const CommandSpec &spec)
{
    QString text = QStringLiteral("tongzhou-cli ") + QLatin1String(spec.name) + QLatin1Char(' ') +
                   QString::fromUtf8(spec.arguments) + QStringLiteral("\n\n") + translated(spec.help) +
                   QStringLiteral("\n\n");
    text += optionLines(spec.options);
    return text + optionLines(commonOptions());
}

QString help(const Commands &commands)
{
    QString text = translated(QT_TRANSLATE_NOOP("cli", "tongzhou-cli: Tongzhou CRM on the command line")) +
                   QStringLiteral("\n\n  tongzhou-cli [--profile DIR] COMMAND …\n\n");
    for (const auto &command : commands) {
        const CommandSpec &spec = command->spec();
        text += QStringLiteral("  ") + QString::fromUtf8(spec.name).leftJustified(12) + QLatin1Char(' ') +
                translated(spec.help) + QLatin1Char('\n');
    }
    return text + QLatin1Char('\n') + optionLines(commonOptions());
}

int failed(const Error &error, const Catalog *catalog = nullptr)
{
    say(stderr, sentence(error, catalog));
    return error.code.startsWith("cli.") ? usageError : 1;
}

QString profileFolder(const Arguments &arguments)
{
    if (arguments.has("profile"))
        return QDir(arguments.value("profile")).absolutePath();
    if (const QString set = qEnvironmentVariable("TONGZHOU_PROFILE"); !set.isEmpty())
        return QDir(set).absolutePath();
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + QStringLiteral("/tongzhou/default");
}

/// The first word that is neither an option nor the value of a common one.
qsizetype indexOfVerb(const QStringList &words)
{
    for (qsizetype i = 0; i < words.size(); ++i) {
        if (!words[i].startsWith(QLatin1String("--")))
            return i;
        for (const OptionSpec &option : commonOptions()) {
            if (option.value && words[i] == QLatin1String("--") + QLatin1String(option.name))
                ++i;
        }
    }
    return -1;
}

int run(QStringList words)
{
    const Commands commands = allCommands();
    const qsizetype verbAt = indexOfVerb(words);
    const QString verb = verbAt < 0 ? QString() : words.takeAt(verbAt);
    const auto found = std::ranges::find_if(
        commands, [&](const auto &command) { return verb == QLatin1String(command->spec().name); });
    std::vector<const OptionSpec *> known;
    for (const OptionSpec &option : commonOptions())
        known.push_back(&option);
    if (found != commands.end()) {
        for (const OptionSpec &option : (*found)->spec().options)
            known.push_back(&option);
    }
    auto arguments = parseArguments(words, known);
    if (arguments)
        loadTranslations(arguments->value("lang"));
    else
        loadTranslations({});
    if (arguments && arguments->has("version")) {
        say(stdout, QStringLiteral("tongzhou-cli ") + QCoreApplication::applicationVersion());
        return 0;
    }
    if (verb.isEmpty() || verb == QLatin1String("help")) {
        say(stdout, help(commands));
        return verb.isEmpty() && !(arguments && arguments->has("help")) ? usageError : 0;
    }
    if (found == commands.end()) {
        QStringList names;
        for (const auto &command : commands)
            names << QString::fromUtf8(command->spec().name);
        return failed(Error("cli.unknown_command", {{QStringLiteral("command"), verb},
                                                    {QStringLiteral("suggestion"), didYouMean(verb, names)}}));
    }
    const CommandSpec &spec = (*found)->spec();
    if (!arguments)
        return failed(arguments.error());
    if (arguments->has("help")) {
        say(stdout, helpOf(spec));
        return 0;
    }
    const qsizetype given = arguments->positional.size();
    if (given < spec.leastArguments || (spec.mostArguments >= 0 && given > spec.mostArguments))
        return failed(Error("cli.wrong_arguments", {{QStringLiteral("command"), verb},
                                                    {QStringLiteral("arguments"), QString::fromUtf8(spec.arguments)}}));

    const QString folder = profileFolder(*arguments);
    const bool json = arguments->has("json");
    Context context(std::move(*arguments), folder, json);
    if (spec.needs != CommandSpec::Needs::Nothing) {
        if (const auto loaded = context.loadDepartments(); !loaded)
            return failed(loaded.error());
    }
    if (spec.needs == CommandSpec::Needs::Profile || spec.needs == CommandSpec::Needs::Account) {
        if (const auto opened = context.openProfile(); !opened)
            return failed(opened.error());
        if (spec.needs == CommandSpec::Needs::Account && !context.replica().isReady())
            return failed(Error("session.no_account", {{QStringLiteral("path"), folder}}));
        if (spec.needs == CommandSpec::Needs::Account && !spec.whileLocked && context.replica().isLocked())
            return failed(context.replica().lock());
    }
    if (const auto done = (*found)->run(context); !done)
        return failed(done.error(), context.host().catalog().get());
    return 0;
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("tongzhou-cli"));
    QCoreApplication::setApplicationVersion(QStringLiteral(TONGZHOU_VERSION));
    try {
        return run(QCoreApplication::arguments().mid(1));
    } catch (const CheckFailed &broken) {
        say(stderr, QStringLiteral("%1:%2: %3")
                        .arg(QString::fromUtf8(broken.file))
                        .arg(broken.line)
                        .arg(QString::fromUtf8(broken.condition)));
        return 3;
    }
}
