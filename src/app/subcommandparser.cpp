// SPDX-License-Identifier: GPL-3.0-or-later
// The options of the subcommands, and what their arguments mean.

#include "app/commandline.h"
#include "app/subcommand.h"
#include "app/timeargument.h"
#include "core/names.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDateTime>
#include <QFileInfo>
#include <QHostAddress>
#include <QUrl>
#include <utility>

namespace vigie {

namespace {

using namespace Qt::StringLiterals;
using Kind = Subcommand::Kind;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CommandLine)
};

Result<std::optional<std::int64_t>> parseTime(const QCommandLineParser& parser, const QString& option)
{
    if (!parser.isSet(option))
        return std::optional<std::int64_t>();
    const QString text = parser.value(option);
    const std::optional<std::int64_t> time = momentMs(text, QDateTime::currentMSecsSinceEpoch());
    if (!time)
        return Error{Text::tr("--%1 must be a time such as 2h, 3d, 2026-01-31 or 2026-01-31T14:03, not “%2”.").arg(option, text)};
    return time;
}

/// Parses both bounds, by these names.
Outcome parseBounds(const QCommandLineParser& parser, const QString& fromOption, const QString& toOption, Subcommand& command)
{
    const auto from = parseTime(parser, fromOption);
    const auto to = parseTime(parser, toOption);
    if (!from || !to)
        return !from ? from.error() : to.error();
    command.fromMs = *from;
    command.toMs = *to;
    if (command.fromMs && command.toMs && *command.fromMs > *command.toMs)
        return Error{Text::tr("--%1 must not be later than --%2.").arg(fromOption, toOption)};
    return std::monostate{};
}

Outcome parseExport(const QCommandLineParser& parser, Subcommand& command)
{
    if (const Outcome bounds = parseBounds(parser, u"from"_s, u"to"_s, command); !bounds)
        return bounds;
    if (parser.isSet(u"format"_s)) {
        const Result<QString> format = chosen(u"format"_s, parser.value(u"format"_s));
        if (!format)
            return format.error();
        command.format = *format == "csv"_L1 ? Subcommand::Format::Csv : Subcommand::Format::JsonLines;
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

Outcome parseAppId(const QString& text)
{
    const Outcome name = parseName(text, u"--app"_s);
    if (!name || appIdProblem(text.toStdString()).empty())
        return name;
    return Error{Text::tr("--app must not begin with “file:”: such are the names of log files in the window.")};
}

Outcome parseTokenToAdd(const QCommandLineParser& parser, Subcommand& command)
{
    command.userId = parser.value(u"user"_s);
    command.appId = parser.value(u"app"_s);
    if (const Outcome user = parseName(command.userId, u"--user"_s); !user)
        return user;
    if (parser.isSet(u"app"_s) == parser.isSet(u"all-apps"_s))
        return Error{Text::tr("Either --app or --all-apps must be given.")};
    if (const Outcome app = parseAppId(command.appId); parser.isSet(u"app"_s) && !app)
        return app;
    if (parser.isSet(u"role"_s)) {
        const Result<QString> role = chosen(u"role"_s, parser.value(u"role"_s));
        if (!role)
            return role.error();
        command.role = roleOf(role->toStdString()).value();
    }
    if (parser.isSet(u"expires"_s)) {
        command.lifeMs = durationMs(parser.value(u"expires"_s));
        if (!command.lifeMs)
            return Error{Text::tr("--expires must look like 90m, 12h or 30d, not “%1”.").arg(parser.value(u"expires"_s))};
    }
    return std::monostate{};
}

/// Each action of a command takes some of its options only.
Outcome refuseOthers(const QCommandLineParser& parser, const Subcommand& command)
{
    static const QStringList toAdd{u"user"_s, u"app"_s, u"all-apps"_s, u"role"_s, u"expires"_s};
    static const QStringList toList{u"json"_s, u"since"_s, u"until"_s};
    const bool adds = command.action == "add"_L1;
    const bool lists = command.action == "list"_L1;
    for (const QString& option : (adds ? QStringList() : toAdd) + (lists ? QStringList() : toList)) {
        if (parser.isSet(option))
            return Error{Text::tr("--%1 does not go with vigie token %2.").arg(option, command.action)};
    }
    return std::monostate{};
}

Outcome parseToken(const QCommandLineParser& parser, const QString& word, Subcommand& command)
{
    if (const Outcome refused = refuseOthers(parser, command); !refused)
        return refused;
    command.asJson = parser.isSet(u"json"_s);
    if (command.action == "add"_L1)
        return parseTokenToAdd(parser, command);
    if (command.action == "list"_L1)
        return parseBounds(parser, u"since"_s, u"until"_s, command);
    command.tokenId = word.toLongLong();
    return command.tokenId > 0 ? Outcome(std::monostate{})
                               : Error{Text::tr("Which token? vigie token list shows their numbers.")};
}

/// Parses the action and its object for app and token.
Outcome parseAccess(const QCommandLineParser& parser, const QStringList& words, Subcommand& command)
{
    const bool isApp = command.kind == Kind::App;
    const QString ending = actionsOf(command.kind).last();
    const QString actions = actionsOf(command.kind).join(u", "_s);
    if (words.isEmpty())
        return Error{Text::tr("vigie %1 needs to know what to do: %2.").arg(nameOf(command.kind), actions)};
    command.action = words.first();
    if (!actionsOf(command.kind).contains(command.action))
        return Error{Text::tr("vigie %1 has no action “%3”. Use %2.").arg(nameOf(command.kind), actions, command.action)};
    const bool takesWord = command.action == ending || (isApp && command.action == "add"_L1);
    if (words.size() > (takesWord ? 2 : 1))
        return Error{Text::tr("Unexpected argument “%1”.").arg(words[takesWord ? 2 : 1])};
    if (!isApp)
        return parseToken(parser, words.value(1), command);
    if (!takesWord)
        return std::monostate{};
    command.appId = words.value(1);
    // Names that an earlier Vigie accepted can be removed.
    const bool canBeThere = command.action == ending && idProblem(command.appId.toStdString()).empty();
    return canBeThere ? Outcome(std::monostate{}) : parseName(command.appId, Text::tr("The application"));
}

/// A file that is read by others later, from another folder.
Result<QString> parseFile(const QCommandLineParser& parser, const QString& option)
{
    if (!parser.isSet(option))
        return QString();
    const QFileInfo file(parser.value(option));
    if (!file.isFile() || !file.isReadable())
        return Error{Text::tr("--%1: cannot read %2.").arg(option, parser.value(option))};
    return file.absoluteFilePath();
}

Outcome parseSending(const QCommandLineParser& parser, Subcommand& command)
{
    command.url = parser.value(u"to"_s);
    const QUrl url(command.url, QUrl::StrictMode);
    const bool isWeb = url.scheme() == "https"_L1 || url.scheme() == "http"_L1;
    if (parser.isSet(u"to"_s) && (!isWeb || url.host().isEmpty() || url.hasQuery() || !url.userInfo().isEmpty()))
        return Error{Text::tr("--to must be the address of a Vigie, such as https://host:3001, not “%1”.").arg(command.url)};
    const bool isHere = url.host() == "localhost"_L1 || QHostAddress(url.host()).isLoopback();
    if (parser.isSet(u"token-file"_s) && url.scheme() == "http"_L1 && !isHere)
        return Error{Text::tr("A token is not sent in the clear: --to must begin with https.")};
    for (const auto& [option, path] : {std::pair(u"token-file"_s, &command.tokenFile), std::pair(u"ca"_s, &command.caFile)}) {
        const Result<QString> file = parseFile(parser, option);
        if (!file)
            return file.error();
        *path = *file;
    }
    if (parser.isSet(u"spool-mib"_s)) {
        bool isNumber = false;
        command.spoolMiB = parser.value(u"spool-mib"_s).toInt(&isNumber);
        if (!isNumber || command.spoolMiB < 1 || command.spoolMiB > 1'000'000)
            return Error{Text::tr("--spool-mib must be a number from 1 to 1000000, not “%1”.").arg(parser.value(u"spool-mib"_s))};
    }
    return parseAppId(command.appId);
}

} // namespace

QList<QCommandLineOption> optionsOf(Kind kind)
{
    using Options = QList<QCommandLineOption>;
    Options options{QCommandLineOption({u"h"_s, u"help"_s}, Text::tr("Show this help and end."))};
    if (kind == Kind::Token) {
        options += Options{
            {u"user"_s, Text::tr("Whose token it is."), Text::tr("user")},
            {u"app"_s, Text::tr("For <application> only."), Text::tr("application")},
            {u"all-apps"_s, Text::tr("For every application.")},
            {u"role"_s,
             Text::tr("viewer (default): reads; producer: sends; operator: also deletes entries and sends commands; admin: "
                      "everything."),
             Text::tr("role")},
            {u"expires"_s, Text::tr("Valid for so long: 90m, 12h or 30d. Without it, until it is revoked."), Text::tr("time")},
        };
    }
    if (kind == Kind::Export || kind == Kind::Import)
        options += QCommandLineOption(u"app"_s, Text::tr("The logs of <application>; must be given."), Text::tr("application"));
    const QString timeForms =
        Text::tr("2h or 3d ago, a date, an ISO 8601 time or ms since 1970, in this machine's zone unless it names one.");
    if (kind == Kind::Export) {
        options += Options{
            {{u"from"_s, u"since"_s}, Text::tr("Only entries of <time> or later: %1").arg(timeForms), Text::tr("time")},
            {{u"to"_s, u"until"_s}, Text::tr("Only entries of <time> or earlier."), Text::tr("time")},
            {u"format"_s, Text::tr("jsonl (default: one JSON object a line) or csv."), Text::tr("format")},
            {u"bom"_s, Text::tr("Begin the CSV with the mark that says UTF-8: some spreadsheets, Excel among them, need it.")},
            {u"output"_s, Text::tr("Write to <file> instead of the standard output."), Text::tr("file")},
        };
    }
    if (kind == Kind::Token || kind == Kind::Audit) {
        const bool isAudit = kind == Kind::Audit;
        options += Options{
            {u"since"_s,
             (isAudit ? Text::tr("Only what happened at <time> or later: %1")
                      : Text::tr("List tokens added at <time> or later: %1"))
                 .arg(timeForms),
             Text::tr("time")},
            {u"until"_s, isAudit ? Text::tr("Only what happened at <time> or earlier.")
                                 : Text::tr("List tokens added at <time> or earlier."),
             Text::tr("time")},
            {u"json"_s, Text::tr("Write a JSON object a line, with times in ms since 1970, for programs.")},
        };
    }
    if (kind == Kind::Log || kind == Kind::Run) {
        options += Options{
            {u"app"_s, Text::tr("The entries are those of <application>; must be given."), Text::tr("application")},
            {u"to"_s, Text::tr("Send to the Vigie at <address>, such as https://host:3001, instead of this machine's."),
             Text::tr("address")},
            {u"token-file"_s, Text::tr("The token is in <file>."), Text::tr("file")},
            {u"ca"_s, Text::tr("Trust the certificates in <file> (PEM), such as that of the other Vigie."), Text::tr("file")},
            {u"spool-mib"_s, Text::tr("Let at most <number> MiB wait on disk, 256 if absent; then the oldest are dropped."),
             Text::tr("number")},
        };
    }
    if (kind == Kind::Log)
        options += QCommandLineOption(u"tee"_s, Text::tr("Print what comes, as it comes."));
    if (kind == Kind::Watch)
        options += watchOptions();
    options += Options{
        {u"data-dir"_s, Text::tr("The data are in <folder>."), Text::tr("folder")},
        {u"lang"_s, Text::tr("Speak <language>: en or fr."), Text::tr("language")},
    };
    return options;
}

Result<Subcommand> parseSubcommand(Kind kind, const QStringList& arguments)
{
    QCommandLineParser parser;
    parser.addOptions(optionsOf(kind));
    if (kind == Kind::Run) // what stands behind the program's name is the program's
        parser.setOptionsAfterPositionalArgumentsMode(QCommandLineParser::ParseAsPositionalArguments);
    if (!parser.parse(arguments))
        return Error{parser.errorText()};
    Subcommand command;
    command.kind = kind;
    command.help = parser.isSet(u"help"_s);
    if (parser.isSet(u"lang"_s)) {
        const Result<QString> language = chosen(u"lang"_s, parser.value(u"lang"_s));
        if (!language)
            return language.error();
        command.language = *language;
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
    if (kind == Kind::Run) {
        command.program = words;
        command.appId = parser.value(u"app"_s);
        if (words.isEmpty())
            return Error{Text::tr("Which program? vigie run --app <application> -- program arguments…")};
        const Outcome parsed = parseSending(parser, command);
        return parsed ? Result<Subcommand>(command) : parsed.error();
    }
    if (kind == Kind::Watch) {
        Result<WatchRequest> watch = parseWatch(parser, words);
        if (!watch)
            return watch.error();
        command.watch = *watch;
        return command;
    }
    const qsizetype maxWords = kind == Kind::Import ? 1 : 0;
    if (words.size() > maxWords)
        return Error{Text::tr("Unexpected argument “%1”.").arg(words[maxWords])};
    if (kind == Kind::Doctor || kind == Kind::Health)
        return command;
    if (kind == Kind::Audit) {
        command.asJson = parser.isSet(u"json"_s);
        const Outcome parsed = parseBounds(parser, u"since"_s, u"until"_s, command);
        return parsed ? Result<Subcommand>(command) : parsed.error();
    }
    command.appId = parser.value(u"app"_s);
    if (!idProblem(command.appId.toStdString()).empty())
        return Error{Text::tr("--app must name an application.")};
    if (kind == Kind::Log) {
        command.tees = parser.isSet(u"tee"_s);
        const Outcome parsed = parseSending(parser, command);
        return parsed ? Result<Subcommand>(command) : parsed.error();
    }
    if (kind == Kind::Import) {
        command.file = words.value(0);
        if (const Outcome app = parseAppId(command.appId); !app)
            return app.error();
    } else if (const Outcome parsed = parseExport(parser, command); !parsed) {
        return parsed.error();
    }
    return command;
}

} // namespace vigie
