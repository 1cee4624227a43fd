// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/subcommand.h"

#include "app/accesscommand.h"
#include "app/commandline.h"
#include "app/datafolder.h"
#include "app/doctorcommand.h"
#include "app/exportcommand.h"
#include "app/failure.h"
#include "app/importcommand.h"
#include "app/sendcommand.h"
#include "core/language.h"
#include "core/settings.h"

#include <QCommandLineParser>
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

constexpr Kind kinds[] = {Kind::Export, Kind::Import, Kind::Doctor, Kind::App, Kind::Token, Kind::Audit, Kind::Log,
                           Kind::Run, Kind::Watch};

/// A short description for the list.
QString purposeOf(Kind kind)
{
    switch (kind) {
    case Kind::Export:
        return Text::tr("Write an application's stored logs as JSON lines or CSV.");
    case Kind::Import:
        return Text::tr("Read such JSON lines back into the store.");
    case Kind::Doctor:
        return Text::tr("Check the data folder and say what is in it.");
    case Kind::App:
        return Text::tr("Add, list or remove the applications that tokens are for.");
    case Kind::Token:
        return Text::tr("Add, list or revoke the tokens by which people and programs connect.");
    case Kind::Audit:
        return Text::tr("List who connected, was refused, deleted entries or sent a command.");
    case Kind::Log:
        return Text::tr("Send what another program prints: program 2>&1 | vigie log --app <application>");
    case Kind::Run:
        return Text::tr("Run a program and send what it prints.");
    case Kind::Watch:
        return Text::tr("Add, list or remove what Vigie reads by itself: log files, the journal, containers.");
    }
    return {};
}

QString detailsOf(Kind kind)
{
    switch (kind) {
    case Kind::Export:
        return Text::tr("The oldest come first. Vigie may run meanwhile.");
    case Kind::Import:
        return Text::tr("What the store has already is skipped. Vigie must not run on the folder meanwhile.");
    case Kind::Doctor:
        return Text::tr("Nothing is changed, and Vigie may run meanwhile. Ends with 1 when something is wrong.");
    case Kind::App:
        return Text::tr(
            "vigie app add <name>, vigie app list, vigie app remove <name>. Removing one revokes its tokens, at once.");
    case Kind::Token:
        return Text::tr("vigie token add --user <user> --app <application> [--role <role>] [--expires <time>], vigie token list, "
                        "vigie token revoke <id>. A token is shown once, when it is added; it is revoked at once.");
    case Kind::Audit:
        return Text::tr("The oldest come first. Vigie may run meanwhile.");
    case Kind::Log:
        return Text::tr("Each line is an entry; lines that belong together, such as a stack trace, and JSON lines are understood. What "
                        "cannot be delivered waits on disk, also after this command has ended, and is delivered when Vigie runs, "
                        "or by the next command with the same --to. Many programs hold their output back when it goes into a "
                        "pipe: stdbuf -oL program, or PYTHONUNBUFFERED=1, prevents it.");
    case Kind::Run:
        return Text::tr("vigie run --app <application> -- program arguments… Its output and errors are printed as well; on a "
                        "terminal it keeps its colours. Signals are passed on, and the exit status is the program's. What cannot "
                        "be delivered waits on disk, and is delivered when Vigie runs, or by the next command with the same --to.");
    case Kind::Watch:
        return Text::tr("vigie watch add --app <application> <file>…, vigie watch add --journal, vigie watch add --containers, "
                        "vigie watch add --otlp, vigie watch list, vigie watch remove <file>…. A file's name, and folders in it, may "
                        "hold *, ? and […]; put it in quotes, so that files are read that come later. A running Vigie heeds changes "
                        "at once.");
    }
    return {};
}

/// In lines as long as those of the options.
QString wrapped(const QString& text)
{
    constexpr qsizetype columns = 79;
    QString lines;
    qsizetype length = 0;
    for (const QString& word : text.split(u' ')) {
        const bool fits = length > 0 && length + 1 + word.size() <= columns;
        lines += length == 0 ? QString() : fits ? u" "_s : u"\n"_s;
        length = fits ? length + 1 + word.size() : word.size();
        lines += word;
    }
    return lines;
}

/// What stands between the program's name and the options in the usage.
QString usageOf(Kind kind)
{
    switch (kind) {
    case Kind::Export:
    case Kind::Import:
    case Kind::Log:
    case Kind::Run:
        return nameOf(kind) + u" --app <%1>"_s.arg(Text::tr("application"));
    case Kind::App:
        return nameOf(kind) + u" add|list|remove"_s;
    case Kind::Token:
        return nameOf(kind) + u" add|list|revoke"_s;
    case Kind::Watch:
        return nameOf(kind) + u" add|list|remove"_s;
    case Kind::Doctor:
    case Kind::Audit:
        break;
    }
    return nameOf(kind);
}

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
    for (const Kind kind : kinds)
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

std::optional<Kind> subcommandOf(const QString& name)
{
    const auto* const found = std::ranges::find_if(kinds, [&name](Kind kind) { return nameOf(kind) == name; });
    return found == std::end(kinds) ? std::nullopt : std::optional(*found);
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

QString subcommandHelp(Kind kind)
{
    QCommandLineParser parser;
    parser.addOptions(optionsOf(kind));
    parser.setApplicationDescription(purposeOf(kind) + u'\n' + wrapped(detailsOf(kind)));
    if (kind == Kind::Import)
        parser.addPositionalArgument(u"file"_s, Text::tr("What to read; without it, the standard input."), u"[file]"_s);
    if (kind == Kind::Run)
        parser.addPositionalArgument(u"program"_s, Text::tr("What to run, and its arguments."), u"-- program [arguments…]"_s);
    // Qt knows only the program's name.
    const QString program = QCoreApplication::arguments().constFirst();
    QString text = parser.helpText();
    text.insert(text.indexOf(program) + program.size(), u' ' + usageOf(kind));
    return text + u'\n' + dataFolderText() + u'\n';
}

QString subcommandList()
{
    QString text = u'\n' + Text::tr("Commands; vigie help <command> tells more of each:") + u'\n';
    const auto add = [&text](const QString& name, const QString& purpose) {
        text += u"  %1  %2\n"_s.arg(name, -6).arg(purpose);
    };
    add(u"open"_s, Text::tr("Show a log file in the window, and follow it as it grows."));
    for (const Kind kind : kinds)
        add(nameOf(kind), purposeOf(kind));
    add(u"help"_s, Text::tr("Show this help, or that of a command."));
    return text;
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
        std::fputs(qPrintable(subcommandHelp(kind)), stdout);
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
    std::fputs(qPrintable(word == "open"_L1 ? openHelp() : helpText()), stdout);
    return Success;
}

} // namespace vigie
