// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/access.h"
#include "core/result.h"

#include <QString>
#include <QStringList>
#include <cstdint>
#include <optional>

namespace vigie {

/// What the command line of `vigie export` and its like says.
struct Subcommand
{
    enum class Kind { Export, Import, Doctor, App, Token, Audit };
    enum class Format { JsonLines, Csv };

    Kind kind = Kind::Export;
    bool help = false; ///< nothing else was looked at
    QString dataDir; ///< empty: the user's data folder
    std::optional<QString> language; ///< "en", "fr"
    QString appId; ///< of export, import, app and token add; empty: all applications
    std::optional<std::int64_t> fromMs; ///< export: since the epoch, both inclusive
    std::optional<std::int64_t> toMs;
    Format format = Format::JsonLines;
    bool hasMark = false; ///< CSV begins with U+FEFF
    QString action; ///< of app: add, list, remove; of token: add, list, revoke
    QString userId; ///< of token add
    Role role = Role::Viewer;
    std::optional<std::int64_t> lifeMs; ///< how long the token is good; absent: until it is revoked
    std::int64_t tokenId = 0; ///< of token revoke
    QString file; ///< that is written or read; empty: the standard output or input
};

/// The subcommand of this name.
std::optional<Subcommand::Kind> subcommandOf(const QString& name);

/// Reads the arguments: the program's name, the subcommand's, and what follows. An error is a wrong usage, in one
/// sentence.
Result<Subcommand> parseSubcommand(Subcommand::Kind kind, const QStringList& arguments);

/// What `vigie export --help` and its like print.
QString subcommandHelp(Subcommand::Kind kind);
/// A list of all, for `vigie --help`.
QString subcommandList();

/// Does what `arguments` say, from the first to the last; gives the exit code. There must be a QCoreApplication.
int runSubcommand(Subcommand::Kind kind, const QStringList& arguments);

} // namespace vigie
