// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/completions.h"

#include "app/commandhelp.h"
#include "app/commandline.h"

#include <QSet>
#include <QStringList>

namespace vigie {

namespace {

using namespace Qt::StringLiterals;

/// What the value of an option, or what stands behind a command, is.
enum class Value { None, Choice, File, Folder, Other };

Value valueOf(const QCommandLineOption& option)
{
    const QString name = option.names().constLast();
    if (option.valueName().isEmpty())
        return Value::None;
    if (!choicesOf(name).isEmpty())
        return Value::Choice;
    if (name == "data-dir"_L1)
        return Value::Folder;
    const bool isFile = QStringList{u"output"_s, u"tls-cert"_s, u"tls-key"_s, u"token-file"_s, u"ca"_s}.contains(name);
    return isFile ? Value::File : Value::Other;
}

bool takesFiles(const CommandHelp& command)
{
    return QStringList{u"open"_s, u"import"_s, u"watch"_s}.contains(command.name);
}

QStringList allFlagsOf(const QList<QCommandLineOption>& options)
{
    QStringList flags;
    for (const QCommandLineOption& option : options)
        flags += flagsOf(option);
    return flags;
}

QStringList commandNames()
{
    QStringList names;
    for (const CommandHelp& command : commandHelps())
        names.append(command.name);
    return names + QStringList{u"help"_s};
}

/// Every option that takes a value, once.
QList<QCommandLineOption> optionsWithValue()
{
    QList<QCommandLineOption> found;
    QSet<QString> seen;
    QList<CommandHelp> helps = commandHelps();
    helps.prepend(programHelp());
    for (const CommandHelp& help : helps) {
        for (const QCommandLineOption& option : help.options) {
            const QString name = option.names().constLast();
            if (!option.valueName().isEmpty() && !seen.contains(name)) {
                seen.insert(name);
                found.append(option);
            }
        }
    }
    return found;
}

/// One argument for a shell, whatever is in it.
QString quoted(QString text)
{
    return u'\'' + text.replace(u'\'', u"'\\''"_s) + u'\'';
}

/// For fish, which knows \' within single quotes.
QString fishQuoted(QString text)
{
    return u'\'' + text.replace(u'\\', u"\\\\"_s).replace(u'\'', u"\\'"_s) + u'\'';
}

/// A description within a specification of _arguments or _describe.
QString zshText(QString text)
{
    for (const QChar special : {u'\\', u'[', u']', u':'})
        text.replace(special, u'\\' + QString(special));
    return text.replace(u'\n', u' ');
}

QString zshOption(const QCommandLineOption& option)
{
    const QStringList flags = flagsOf(option);
    QString action;
    switch (valueOf(option)) {
    case Value::None:
        break;
    case Value::Choice:
        action = u":%1:(%2)"_s.arg(zshText(option.valueName()), choicesOf(option.names().constLast()).join(u' '));
        break;
    case Value::File:
        action = u":%1:_files"_s.arg(zshText(option.valueName()));
        break;
    case Value::Folder:
        action = u":%1:_files -/"_s.arg(zshText(option.valueName()));
        break;
    case Value::Other:
        action = u":%1: "_s.arg(zshText(option.valueName()));
        break;
    }
    QStringList specifications;
    for (const QString& flag : flags)
        specifications.append(quoted(u"(%1)%2[%3]%4"_s.arg(flags.join(u' '), flag, zshText(option.description()), action)));
    return specifications.join(u' ');
}

QString zshArguments(const CommandHelp& help)
{
    QStringList words{u"_arguments -s"_s};
    for (const QCommandLineOption& option : help.options)
        words.append(zshOption(option));
    if (!help.actions.isEmpty())
        words.append(quoted(u"1:action:(%1)"_s.arg(help.actions.join(u' '))));
    if (takesFiles(help))
        words.append(quoted(u"*:file:_files"_s));
    else if (help.name == "run"_L1)
        words.append(quoted(u"*:::program:_normal"_s));
    return words.join(u" \\\n        "_s);
}

QString fishOption(const QCommandLineOption& option)
{
    QString words;
    for (const QString& name : option.names())
        words += (name.size() == 1 ? u" -s "_s : u" -l "_s) + name;
    switch (valueOf(option)) {
    case Value::None:
        break;
    case Value::Choice:
        words += u" -x -a "_s + fishQuoted(choicesOf(option.names().constLast()).join(u' '));
        break;
    case Value::File:
        words += u" -r -F"_s;
        break;
    case Value::Folder:
        words += u" -x -a '(__fish_complete_directories)'"_s;
        break;
    case Value::Other:
        words += u" -x"_s;
        break;
    }
    return words + u" -d "_s + fishQuoted(option.description());
}

} // namespace

QByteArray bashCompletion()
{
    QString values;
    QStringList flagsWithValue;
    for (const QCommandLineOption& option : optionsWithValue()) {
        const QStringList flags = flagsOf(option);
        flagsWithValue += flags;
        const QString pattern = flags.join(u'|');
        const QString name = option.names().constLast();
        if (const Value value = valueOf(option); value == Value::Choice)
            values += u"        %1) COMPREPLY=($(compgen -W '%2' -- \"$cur\")); return ;;\n"_s.arg(pattern, choicesOf(name).join(u' '));
        else if (value != Value::Other)
            values += u"        %1) compopt -o filenames; mapfile -t COMPREPLY < <(compgen %2 -- \"$cur\"); return ;;\n"_s.arg(
                pattern, value == Value::Folder ? u"-d"_s : u"-f"_s);
        else
            values += u"        %1) return ;;\n"_s.arg(pattern);
    }
    QString commands = u"        '') words='%1' ;;\n"_s.arg((commandNames() + allFlagsOf(programOptions())).join(u' '));
    for (const CommandHelp& command : commandHelps()) {
        commands += u"        %1)\n            words='%2'\n"_s.arg(command.name, allFlagsOf(command.options).join(u' '));
        if (!command.actions.isEmpty())
            commands += u"            [ -n \"$action\" ] || words='%1 '$words\n"_s.arg(command.actions.join(u' '));
        if (takesFiles(command))
            commands += u"            files=yes\n"_s;
        commands += u"            ;;\n"_s;
    }
    commands += u"        help) [ -n \"$action\" ] || words='%1' ;;\n"_s.arg(commandNames().join(u' '));

    return u"# SPDX-License-Identifier: GPL-3.0-or-later\n"
           "_vigie()\n{\n"
           "    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}\n"
           "    local command='' action='' words='' files='' i\n"
           "    for ((i = 1; i < COMP_CWORD; ++i)); do\n"
           "        case ${COMP_WORDS[i]} in\n"
           "        %1) ((++i)) ;;\n"
           "        -*) ;;\n"
           "        *) if [ -z \"$command\" ]; then command=${COMP_WORDS[i]}; else action=${COMP_WORDS[i]}; fi ;;\n"
           "        esac\n"
           "    done\n"
           "    COMPREPLY=()\n"
           "    case $prev in\n%2    esac\n"
           "    case $command in\n%3    esac\n"
           "    COMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n"
           "    if [ -n \"$files\" ] && [[ $cur != -* ]]; then\n"
           "        compopt -o filenames\n"
           "        mapfile -t -O ${#COMPREPLY[@]} COMPREPLY < <(compgen -f -- \"$cur\")\n"
           "    fi\n"
           "}\n"
           "complete -F _vigie vigie\n"_s.arg(flagsWithValue.join(u'|'), values, commands)
        .toUtf8();
}

QByteArray zshCompletion()
{
    QString commands;
    QString cases;
    for (const CommandHelp& command : commandHelps()) {
        commands += u"      "_s + quoted(command.name + u':' + zshText(command.purpose)) + u'\n';
        cases += u"    %1)\n      %2\n      ;;\n"_s.arg(command.name, zshArguments(command));
    }
    commands += u"      "_s + quoted(u"help:"_s + zshText(purposeOfHelp())) + u'\n';
    cases += u"    help)\n      _describe command commands\n      ;;\n"_s;
    QStringList words{u"_arguments -C -s"_s};
    for (const QCommandLineOption& option : programOptions())
        words.append(zshOption(option));
    words += QStringList{quoted(u"1: :->command"_s), quoted(u"*:: :->rest"_s)};

    return u"#compdef vigie\n# SPDX-License-Identifier: GPL-3.0-or-later\n"
           "_vigie() {\n"
           "  local curcontext=$curcontext state line\n"
           "  typeset -A opt_args\n"
           "  local -a commands\n"
           "  commands=(\n%1  )\n"
           "  %2\n"
           "  case $state in\n"
           "  command) _describe command commands ;;\n"
           "  rest)\n"
           "    case $words[1] in\n%3    esac\n"
           "    ;;\n"
           "  esac\n"
           "}\n"
           "_vigie \"$@\"\n"_s.arg(commands, words.join(u" \\\n      "_s), cases)
        .toUtf8();
}

QByteArray fishCompletion()
{
    const QString names = commandNames().join(u' ');
    const QString noCommand = u"complete -c vigie -n 'not __fish_seen_subcommand_from %1'"_s.arg(names);
    QString script = u"# SPDX-License-Identifier: GPL-3.0-or-later\ncomplete -c vigie -f\n"_s;
    for (const CommandHelp& command : commandHelps())
        script += noCommand + u" -a %1 -d %2\n"_s.arg(command.name, fishQuoted(command.purpose));
    script += noCommand + u" -a help -d "_s + fishQuoted(purposeOfHelp()) + u'\n';
    for (const QCommandLineOption& option : programOptions())
        script += noCommand + fishOption(option) + u'\n';
    for (const CommandHelp& command : commandHelps()) {
        const QString seen = u"__fish_seen_subcommand_from "_s + command.name;
        const QString line = u"complete -c vigie -n '%1'"_s.arg(seen);
        for (const QCommandLineOption& option : command.options)
            script += line + fishOption(option) + u'\n';
        if (const QString actions = command.actions.join(u' '); !actions.isEmpty())
            script += u"complete -c vigie -n '%1; and not __fish_seen_subcommand_from %2' -a '%2'\n"_s.arg(seen, actions);
        if (takesFiles(command))
            script += line + u" -F\n"_s;
        if (command.name == "run"_L1)
            script += line + u" -a '(__fish_complete_subcommand)'\n"_s;
    }
    script += u"complete -c vigie -n '__fish_seen_subcommand_from help' -a '%1'\n"_s.arg(names);
    return script.toUtf8();
}

} // namespace vigie
