// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commandhelp.h"

#include "app/commandline.h"
#include "app/datafolder.h"

#include <QCommandLineParser>
#include <QCoreApplication>

namespace vigie {

namespace {

using namespace Qt::StringLiterals;
using Kind = Subcommand::Kind;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CommandLine)
};

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
    case Kind::Health:
        return Text::tr("Check that Vigie runs and answers.");
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
    case Kind::Health:
        return Text::tr("For supervisors, such as those of containers. Ends with 1 when it does not.");
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
    if (const QStringList actions = actionsOf(kind); !actions.isEmpty())
        return nameOf(kind) + u' ' + actions.join(u'|');
    switch (kind) {
    case Kind::Export:
    case Kind::Import:
    case Kind::Log:
    case Kind::Run:
        return nameOf(kind) + u" --app <%1>"_s.arg(Text::tr("application"));
    default:
        return nameOf(kind);
    }
}

/// The commands as `--help` lists them.
QString commandList()
{
    QString text = u'\n' + Text::tr("Commands; vigie help <command> tells more of each:") + u'\n';
    const auto add = [&text](const QString& name, const QString& purpose) {
        text += u"  %1  %2\n"_s.arg(name, -6).arg(purpose);
    };
    for (const CommandHelp& command : commandHelps())
        add(command.name, command.purpose);
    add(u"help"_s, purposeOfHelp());
    return text;
}

} // namespace

CommandHelp programHelp()
{
    CommandHelp help;
    help.purpose = Text::tr("Watch this machine's CPU, memory, disk and network, and its applications' logs; share "
                            "them over WebSocket.");
    help.options = programOptions();
    help.operands = {{u"command"_s, Text::tr("One of those below; without one, Vigie runs."), u"[command]"_s}};
    return help;
}

CommandHelp openHelp()
{
    CommandHelp help;
    help.name = u"open"_s;
    help.purpose = Text::tr("Show a log file in the window, and follow it as it grows.");
    help.details = Text::tr("Show log files in the window and follow them as they grow. They are neither stored nor sent anywhere.\n"
                            "Or show the view that a link to the page of this machine's Vigie says.\n"
                            "A Vigie that runs on the data folder shows them; otherwise one is started, with the options below.\n"
                            "Files: plain text or JSON lines, also packed by gzip or Zstandard.");
    help.options = programOptions();
    help.operands = {{u"open"_s, {}, u"open"_s}, {u"file"_s, Text::tr("What to show; several may be given."), u"<file or address>…"_s}};
    return help;
}

CommandHelp helpOf(Kind kind)
{
    CommandHelp help{nameOf(kind), usageOf(kind), purposeOf(kind), detailsOf(kind), optionsOf(kind), {}, actionsOf(kind)};
    if (kind == Kind::Import)
        help.operands = {{u"file"_s, Text::tr("What to read; without it, the standard input."), u"[file]"_s}};
    if (kind == Kind::Run)
        help.operands = {{u"program"_s, Text::tr("What to run, and its arguments."), u"-- program [arguments…]"_s}};
    return help;
}

QList<CommandHelp> commandHelps()
{
    QList<CommandHelp> helps{openHelp()};
    for (const Kind kind : Subcommand::kinds)
        helps.append(helpOf(kind));
    return helps;
}

QString purposeOfHelp()
{
    return Text::tr("Show this help, or that of a command.");
}

QStringList flagsOf(const QCommandLineOption& option)
{
    QStringList flags;
    for (const QString& name : option.names())
        flags.append((name.size() == 1 ? u"-"_s : u"--"_s) + name);
    return flags;
}

QString helpText(const CommandHelp& help)
{
    const bool isProgram = help.name.isEmpty();
    const bool isOpen = help.name == "open"_L1;
    QCommandLineParser parser;
    parser.addOptions(help.options);
    parser.setApplicationDescription(isProgram ? help.purpose : isOpen ? help.details : help.purpose + u'\n' + wrapped(help.details));
    for (const CommandHelp::Operand& operand : help.operands)
        parser.addPositionalArgument(operand.name, operand.text, operand.syntax);
    QString text = parser.helpText();
    if (!help.usage.isEmpty()) {
        // Qt knows only the program's name.
        const QString program = QCoreApplication::arguments().constFirst();
        text.insert(text.indexOf(program) + program.size(), u' ' + help.usage);
    }
    return text + (isProgram ? commandList() : QString()) + u'\n' + dataFolderText(DataFolder({}).path()) + u'\n';
}

QString dataFolderText(const QString& folder)
{
    return Text::tr("Data folder, unless --data-dir names another: %1").arg(folder);
}

} // namespace vigie
