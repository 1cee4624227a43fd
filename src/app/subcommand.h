// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/access.h"
#include "core/result.h"

#include <QString>
#include <QStringList>
#include <cstdint>
#include <optional>

namespace vigie {

/// The parsed command line of a subcommand such as `vigie export`.
struct Subcommand
{
    enum class Kind { Export, Import, Doctor, App, Token, Audit };
    enum class Format { JsonLines, Csv };

    Kind kind = Kind::Export;
    bool help = false; ///< no other argument was parsed
    QString dataDir; ///< empty: the user's data folder
    std::optional<QString> language; ///< "en", "fr"
    QString appId; ///< for export, import, app and token add; empty: all applications
    std::optional<std::int64_t> fromMs; ///< for export: since the epoch, both inclusive
    std::optional<std::int64_t> toMs;
    Format format = Format::JsonLines;
    bool hasMark = false; ///< start CSV with a byte order mark (U+FEFF)
    QString action; ///< for app: add, list, remove; for token: add, list, revoke
    QString userId; ///< for token add
    Role role = Role::Viewer;
    std::optional<std::int64_t> lifeMs; ///< the token's lifetime; absent: until revoked
    std::int64_t tokenId = 0; ///< for token revoke
    QString file; ///< output or input file; empty: the standard output or input
};

/// The subcommand with this name.
std::optional<Subcommand::Kind> subcommandOf(const QString& name);

/// Parses the arguments: the program's name, the subcommand's, then the rest. An error is one sentence about wrong usage.
Result<Subcommand> parseSubcommand(Subcommand::Kind kind, const QStringList& arguments);

/// The text of `vigie export --help` and the like.
QString subcommandHelp(Subcommand::Kind kind);
/// The list of subcommands for `vigie --help`.
QString subcommandList();

/// Runs a subcommand from parsing to result. Returns the exit code. Requires a QCoreApplication.
int runSubcommand(Subcommand::Kind kind, const QStringList& arguments);

} // namespace vigie
