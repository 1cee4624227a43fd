// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/watchcommand.h"
#include "core/access.h"
#include "core/result.h"

#include <QCommandLineOption>
#include <QList>
#include <QString>
#include <QStringList>
#include <cstdint>
#include <optional>

namespace vigie {

/// The parsed command line of a subcommand such as `vigie export`.
struct Subcommand
{
    enum class Kind { Export, Import, Doctor, Health, App, Token, Audit, Log, Run, Watch };
    enum class Format { JsonLines, Csv };
    /// In the order in which --help lists them.
    static constexpr Kind kinds[] = {Kind::Export, Kind::Import, Kind::Doctor, Kind::Health, Kind::App, Kind::Token, Kind::Audit,
                                     Kind::Log,    Kind::Run, Kind::Watch};

    Kind kind = Kind::Export;
    bool help = false; ///< no other argument was parsed
    QString dataDir; ///< empty: the user's data folder
    std::optional<QString> language; ///< "en", "fr"
    QString appId; ///< for export, import, log, run, app and token add; empty: all applications
    std::optional<std::int64_t> fromMs; ///< for export, audit and token list: since the epoch, both inclusive
    std::optional<std::int64_t> toMs;
    Format format = Format::JsonLines;
    bool hasMark = false; ///< start CSV with a byte order mark (U+FEFF)
    bool asJson = false; ///< for audit and token list: a JSON object a line
    QString action; ///< for app: add, list, remove; for token: add, list, revoke
    QString userId; ///< for token add
    Role role = Role::Viewer;
    std::optional<std::int64_t> lifeMs; ///< the token's lifetime; absent: until revoked
    std::int64_t tokenId = 0; ///< for token revoke
    QString url; ///< for log and run: of another Vigie; empty: this machine's
    QString tokenFile; ///< absolute; empty: none
    QString caFile; ///< absolute; empty: the system's authorities
    int spoolMiB = 256; ///< of what waits for Vigie, at most
    bool tees = false; ///< for log: what comes is printed, too
    QStringList program; ///< for run: its name and its arguments
    WatchRequest watch; ///< for watch
    QString file; ///< output or input file; empty: the standard output or input

    bool isWithin(std::int64_t ms) const { return (!fromMs || ms >= *fromMs) && (!toMs || ms <= *toMs); }
};

/// The subcommand with this name.
std::optional<Subcommand::Kind> subcommandOf(const QString& name);

/// The place of the first word in the arguments that is neither the program nor an option nor an option's value: the command, if
/// there is one. −1: there is none.
qsizetype commandPlace(const QStringList& arguments);

/// The options of a subcommand, in the current language.
QList<QCommandLineOption> optionsOf(Subcommand::Kind kind);
QString nameOf(Subcommand::Kind kind);
/// The words of which one must follow the command: "add", "list", "remove"; none: it takes no such word.
QStringList actionsOf(Subcommand::Kind kind);

/// Parses the arguments: the program's name, then the rest without the subcommand's. An error is one sentence about wrong usage.
Result<Subcommand> parseSubcommand(Subcommand::Kind kind, const QStringList& arguments);

/// Runs a subcommand from parsing to result; `arguments` as for parseSubcommand(). Returns the exit code. Requires a
/// QCoreApplication.
int runSubcommand(Subcommand::Kind kind, const QStringList& arguments);

/// Runs `vigie help [command]`; `arguments` are those without "help". Returns the exit code.
int runHelp(const QStringList& arguments);

} // namespace vigie
