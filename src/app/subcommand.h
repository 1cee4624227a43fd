// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QString>
#include <QStringList>
#include <cstdint>
#include <optional>

namespace vigie {

/// What the command line of `vigie export`, `vigie import` or `vigie doctor` says.
struct Subcommand
{
    enum class Kind { Export, Import, Doctor };
    enum class Format { JsonLines, Csv };

    Kind kind = Kind::Export;
    bool help = false; ///< nothing else was looked at
    QString dataDir; ///< empty: the user's data folder
    std::optional<QString> language; ///< "en", "fr"
    QString appId; ///< of export and import
    std::optional<std::int64_t> fromMs; ///< export: since the epoch, both inclusive
    std::optional<std::int64_t> toMs;
    Format format = Format::JsonLines;
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
