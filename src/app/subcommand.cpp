// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/subcommand.h"

#include "app/accesscommand.h"
#include "app/datafolder.h"
#include "app/doctorcommand.h"
#include "app/exportcommand.h"
#include "app/failure.h"
#include "app/importcommand.h"
#include "core/language.h"
#include "core/names.h"
#include "core/settings.h"
#include "core/timestamp.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <cstdio>

namespace vigie {

namespace {

using namespace Qt::StringLiterals;
using Kind = Subcommand::Kind;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CommandLine)
};

constexpr Kind kinds[] = {Kind::Export, Kind::Import, Kind::Doctor, Kind::App, Kind::Token, Kind::Audit};

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
    }
    return {};
}

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
        return Text::tr("Write who connected, was refused, cleared or commanded, as JSON lines.");
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
    }
    return {};
}

/// Adds the options; done for each use, so that they are in the current language.
void addOptions(QCommandLineParser& parser, Kind kind)
{
    parser.setApplicationDescription(purposeOf(kind) + u'\n' + detailsOf(kind));
    parser.addOption({{u"h"_s, u"help"_s}, Text::tr("Show this help and end.")});
    if (kind == Kind::Token) {
        parser.addOptions({
            {u"user"_s, Text::tr("Whose token it is."), Text::tr("user")},
            {u"app"_s, Text::tr("For <application> only."), Text::tr("application")},
            {u"all-apps"_s, Text::tr("For every application.")},
            {u"role"_s,
             Text::tr("viewer (default): reads; producer: sends; operator: also clears and commands; admin: everything."),
             Text::tr("role")},
            {u"expires"_s, Text::tr("Good for so long: 90m, 12h or 30d. Without it, until it is revoked."), Text::tr("time")},
        });
    }
    if (kind == Kind::Export || kind == Kind::Import)
        parser.addOption({u"app"_s, Text::tr("The logs of <application>; must be given."), Text::tr("application")});
    if (kind == Kind::Export) {
        parser.addOptions({
            {u"from"_s, Text::tr("Only entries of <time> or later: ISO 8601, or ms since 1970."), Text::tr("time")},
            {u"to"_s, Text::tr("Only entries of <time> or earlier."), Text::tr("time")},
            {u"format"_s, Text::tr("jsonl (default: one JSON object a line) or csv."), Text::tr("format")},
            {u"bom"_s, Text::tr("Begin the CSV with the mark that says UTF-8: some spreadsheets, Excel among them, need it.")},
            {u"output"_s, Text::tr("Write to <file> instead of the standard output."), Text::tr("file")},
        });
    }
    parser.addOptions({
        {u"data-dir"_s, Text::tr("The data are in <folder>."), Text::tr("folder")},
        {u"lang"_s, Text::tr("Speak <language>: en or fr."), Text::tr("language")},
    });
    if (kind == Kind::Import)
        parser.addPositionalArgument(u"file"_s, Text::tr("What to read; without it, the standard input."), u"[file]"_s);
}

Result<std::optional<std::int64_t>> parseTime(const QCommandLineParser& parser, const QString& option)
{
    if (!parser.isSet(option))
        return std::optional<std::int64_t>();
    const QString text = parser.value(option);
    const Result<std::int64_t> time = timestampFromParameter(text);
    if (!time)
        return Error{Text::tr("--%1 must be an ISO 8601 time or ms since 1970, not “%2”.").arg(option, text)};
    return std::optional(*time);
}

Outcome parseExport(const QCommandLineParser& parser, Subcommand& command)
{
    const auto from = parseTime(parser, u"from"_s);
    const auto to = parseTime(parser, u"to"_s);
    if (!from || !to)
        return !from ? from.error() : to.error();
    command.fromMs = *from;
    command.toMs = *to;
    if (command.fromMs && command.toMs && *command.fromMs > *command.toMs)
        return Error{Text::tr("--from must not be later than --to.")};
    if (parser.isSet(u"format"_s)) {
        const QString format = parser.value(u"format"_s);
        if (format != "jsonl"_L1 && format != "csv"_L1)
            return Error{Text::tr("--%1 must be one of: %2; not “%3”.").arg(u"format"_s, u"jsonl, csv"_s, format)};
        command.format = format == "csv"_L1 ? Subcommand::Format::Csv : Subcommand::Format::JsonLines;
    }
    command.hasMark = parser.isSet(u"bom"_s);
    if (command.hasMark && command.format != Subcommand::Format::Csv)
        return Error{Text::tr("--bom goes with --format csv only.")};
    command.file = parser.value(u"output"_s);
    if (parser.isSet(u"output"_s) && command.file.isEmpty())
        return Error{Text::tr("--output must name a file.")};
    return std::monostate{};
}

Outcome parseName(const QString& text, const QString& option)
{
    if (nameProblem(text.toStdString()).empty())
        return std::monostate{};
    return Error{Text::tr("%1 must be a name of 1 to 128 bytes without control characters, and not “.” or “..”.").arg(option)};
}

Outcome parseTokenToAdd(const QCommandLineParser& parser, Subcommand& command)
{
    command.userId = parser.value(u"user"_s);
    command.appId = parser.value(u"app"_s);
    if (const Outcome user = parseName(command.userId, u"--user"_s); !user)
        return user;
    if (parser.isSet(u"app"_s) == parser.isSet(u"all-apps"_s))
        return Error{Text::tr("Either --app or --all-apps must be given.")};
    if (const Outcome app = parseName(command.appId, u"--app"_s); parser.isSet(u"app"_s) && !app)
        return app;
    if (parser.isSet(u"role"_s)) {
        const std::optional<Role> role = roleOf(parser.value(u"role"_s).toStdString());
        if (!role)
            return Error{Text::tr("--%1 must be one of: %2; not “%3”.")
                             .arg(u"role"_s, u"viewer, producer, operator, admin"_s, parser.value(u"role"_s))};
        command.role = *role;
    }
    if (parser.isSet(u"expires"_s)) {
        command.lifeMs = durationMs(parser.value(u"expires"_s));
        if (!command.lifeMs)
            return Error{Text::tr("--expires must look like 90m, 12h or 30d, not “%1”.").arg(parser.value(u"expires"_s))};
    }
    return std::monostate{};
}

/// Parses the action and its object for app and token.
Outcome parseAccess(const QCommandLineParser& parser, const QStringList& words, Subcommand& command)
{
    const bool isApp = command.kind == Kind::App;
    const QString ending = isApp ? u"remove"_s : u"revoke"_s;
    command.action = words.value(0);
    if (command.action != "add"_L1 && command.action != "list"_L1 && command.action != ending)
        return Error{Text::tr("It must be one of: %1; not “%2”.").arg(u"add, list, "_s + ending, command.action)};
    const bool takesWord = command.action == ending || (isApp && command.action == "add"_L1);
    if (words.size() > (takesWord ? 2 : 1))
        return Error{Text::tr("Unexpected argument “%1”.").arg(words[takesWord ? 2 : 1])};
    if (isApp && takesWord) {
        command.appId = words.value(1);
        // Names that an earlier Vigie accepted can be removed.
        const bool canBeThere = command.action == ending && idProblem(command.appId.toStdString()).empty();
        return canBeThere ? Outcome(std::monostate{}) : parseName(command.appId, Text::tr("The application"));
    }
    if (takesWord) {
        command.tokenId = words.value(1).toLongLong();
        if (command.tokenId <= 0)
            return Error{Text::tr("Which token? Its number stands in vigie token list.")};
    }
    return !isApp && command.action == "add"_L1 ? parseTokenToAdd(parser, command) : Outcome(std::monostate{});
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
        return writeAudit(folder);
    }
    return std::monostate{};
}

} // namespace

std::optional<Kind> subcommandOf(const QString& name)
{
    for (const Kind kind : kinds) {
        if (nameOf(kind) == name)
            return kind;
    }
    return std::nullopt;
}

Result<Subcommand> parseSubcommand(Kind kind, const QStringList& arguments)
{
    QCommandLineParser parser;
    addOptions(parser, kind);
    QStringList rest = arguments;
    rest.removeAt(1);
    if (!parser.parse(rest))
        return Error{parser.errorText()};
    Subcommand command;
    command.kind = kind;
    command.help = parser.isSet(u"help"_s);
    if (parser.isSet(u"lang"_s)) {
        const QString language = parser.value(u"lang"_s);
        if (language != "en"_L1 && language != "fr"_L1)
            return Error{Text::tr("--%1 must be one of: %2; not “%3”.").arg(u"lang"_s, u"en, fr"_s, language)};
        command.language = language;
    }
    if (command.help)
        return command;
    command.dataDir = parser.value(u"data-dir"_s);
    if (parser.isSet(u"data-dir"_s) && command.dataDir.isEmpty())
        return Error{Text::tr("--data-dir must name a folder.")};
    const QStringList words = parser.positionalArguments();
    if (kind == Kind::App || kind == Kind::Token) {
        const Outcome parsed = parseAccess(parser, words, command);
        return parsed ? Result<Subcommand>(command) : parsed.error();
    }
    const qsizetype maxWords = kind == Kind::Import ? 1 : 0;
    if (words.size() > maxWords)
        return Error{Text::tr("Unexpected argument “%1”.").arg(words[maxWords])};
    if (kind == Kind::Doctor || kind == Kind::Audit)
        return command;
    command.appId = parser.value(u"app"_s);
    if (!idProblem(command.appId.toStdString()).empty())
        return Error{Text::tr("--app must name an application.")};
    if (kind == Kind::Import) {
        command.file = words.value(0);
        if (const Outcome app = parseName(command.appId, u"--app"_s); !app)
            return app.error();
    } else if (const Outcome parsed = parseExport(parser, command); !parsed) {
        return parsed.error();
    }
    return command;
}

QString subcommandHelp(Kind kind)
{
    QCommandLineParser parser;
    addOptions(parser, kind);
    // Qt knows only the program's name.
    const QString program = QCoreApplication::arguments().constFirst();
    const bool takesApp = kind == Kind::Export || kind == Kind::Import;
    const QString app = takesApp ? u" --app <%1>"_s.arg(Text::tr("application")) : QString();
    QString text = parser.helpText();
    return text.insert(text.indexOf(program) + program.size(), u' ' + nameOf(kind) + app);
}

QString subcommandList()
{
    QString text = u'\n' + Text::tr("Commands, each with a --help of its own:") + u'\n';
    for (const Kind kind : kinds)
        text += u"  %1  %2\n"_s.arg(nameOf(kind), purposeOf(kind));
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
    const Outcome done = run(*command);
    return done ? int(Success) : fail(done.error().message, Failure);
}

} // namespace vigie
