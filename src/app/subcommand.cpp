// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/subcommand.h"

#include "app/accesscommand.h"
#include "app/commandhelp.h"
#include "app/commandline.h"
#include "app/datafolder.h"
#include "app/doctorcommand.h"
#include "app/exportcommand.h"
#include "app/failure.h"
#include "app/healthcommand.h"
#include "app/importcommand.h"
#include "app/sendcommand.h"
#include "core/language.h"
#include "core/settings.h"

#include <QCommandLineOption>
#include <QCoreApplication>
#include <QSet>
#include <algorithm>
#include <cstdio>
#include <iterator>

namespace vigie {

namespace {

using namespace Qt::StringLiterals;
using Kind = Subcommand::Kind;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CommandLine)
};

Outcome run(const Subcommand& command)
{
    const DataFolder folder(command.dataDir);
    switch (command.kind) {
    case Kind::Export:
        return exportLogs(command, folder);
    case Kind::Import:
        return importLogs(command, folder);
    case Kind::Doctor:
        return examine(folder);
    case Kind::Health:
        return checkHealth(folder);
    case Kind::App:
        return changeApps(command, folder);
    case Kind::Token:
        return changeTokens(command, folder);
    case Kind::Audit:
        return writeAudit(command, folder);
    case Kind::Log:
    case Kind::Run:
        break; // they have exit codes of their own
    case Kind::Watch:
        return changeWatched(command.watch, folder);
    }
    return std::monostate{};
}

/// The long and short names of all options that take a value, of the program and of its commands.
QSet<QString> optionsWithValue()
{
    QList<QCommandLineOption> options = programOptions();
    for (const Kind kind : Subcommand::kinds)
        options += optionsOf(kind);
    QSet<QString> names;
    for (const QCommandLineOption& option : options) {
        if (!option.valueName().isEmpty()) {
            for (const QString& name : option.names())
                names.insert(name);
        }
    }
    return names;
}

} // namespace

QString nameOf(Kind kind)
{
    switch (kind) {
    case Kind::Export:
        return u"export"_s;
    case Kind::Import:
        return u"import"_s;
    case Kind::Doctor:
        return u"doctor"_s;
    case Kind::Health:
        return u"health"_s;
    case Kind::App:
        return u"app"_s;
    case Kind::Token:
        return u"token"_s;
    case Kind::Audit:
        return u"audit"_s;
    case Kind::Log:
        return u"log"_s;
    case Kind::Run:
        return u"run"_s;
    case Kind::Watch:
        return u"watch"_s;
    }
    return {};
}

QStringList actionsOf(Kind kind)
{
    if (kind == Kind::App || kind == Kind::Watch)
        return {u"add"_s, u"list"_s, u"remove"_s};
    if (kind == Kind::Token)
        return {u"add"_s, u"list"_s, u"revoke"_s};
    return {};
}

std::optional<Kind> subcommandOf(const QString& name)
{
    const auto* const found = std::ranges::find_if(Subcommand::kinds, [&name](Kind kind) { return nameOf(kind) == name; });
    return found == std::end(Subcommand::kinds) ? std::nullopt : std::optional(*found);
}

qsizetype commandPlace(const QStringList& arguments)
{
    const QSet<QString> withValue = optionsWithValue();
    for (qsizetype i = 1; i < arguments.size(); ++i) {
        const QString& word = arguments[i];
        if (word == "--"_L1)
            return i + 1 < arguments.size() ? i + 1 : -1;
        if (!word.startsWith(u'-'))
            return i;
        const QString name = word.sliced(word.startsWith("--"_L1) ? 2 : 1);
        if (withValue.contains(name)) // and not --name=value
            ++i;
    }
    return -1;
}

int runSubcommand(Kind kind, const QStringList& arguments)
{
    const Result<Subcommand> command = parseSubcommand(kind, arguments);
    if (!command) {
        const QString hint = Text::tr("Try vigie %1 --help.").arg(nameOf(kind));
        return fail(command.error().message + u' ' + hint, WrongUsage);
    }
    // Use the owner's language if it is known. Reporting bad settings is the doctor's task.
    const Result<Settings> settings = Settings::load(DataFolder(command->dataDir).settingsPath());
    applyLanguage(*QCoreApplication::instance(),
                  command->language.value_or(settings ? settings->language : QString()));
    if (command->help) {
        std::fputs(qPrintable(helpText(helpOf(kind))), stdout);
        return Success;
    }
    if (kind == Kind::Log || kind == Kind::Run) {
        const DataFolder folder(command->dataDir);
        return kind == Kind::Log ? sendInput(*command, folder) : runProgram(*command, folder);
    }
    const Outcome done = run(*command);
    return done ? int(Success) : fail(done.error().message, Failure);
}

int runHelp(const QStringList& arguments)
{
    const qsizetype place = commandPlace(arguments);
    QStringList rest = arguments;
    if (place >= 0)
        rest.removeAt(place);
    if (const auto kind = subcommandOf(arguments.value(place)); place >= 0 && kind)
        return runSubcommand(*kind, rest + QStringList{u"--help"_s});
    const Result<CommandLine> line = parseCommandLine(rest);
    if (!line)
        return fail(line.error().message + u' ' + Text::tr("Try vigie help."), WrongUsage);
    if (line->language)
        applyLanguage(*QCoreApplication::instance(), *line->language);
    const QString word = arguments.value(place);
    if (place >= 0 && word != "open"_L1 && word != "help"_L1)
        return fail(Text::tr("There is no command “%1”.").arg(word) + u' ' + Text::tr("Try vigie help."), WrongUsage);
    std::fputs(qPrintable(helpText(word == "open"_L1 ? openHelp() : programHelp())), stdout);
    return Success;
}

} // namespace vigie
