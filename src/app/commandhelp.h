// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/subcommand.h"

#include <QCommandLineOption>
#include <QList>
#include <QString>

namespace vigie {

/// What the help of the program, or of one of its commands, says in the current language, apart from its layout: `--help`, the
/// manual and the shells' completions are made of it.
struct CommandHelp
{
    /// What stands behind the options.
    struct Operand
    {
        QString name;
        QString text; ///< may be empty
        QString syntax; ///< "[file]"
    };

    QString name; ///< "export"; empty: the program itself
    QString usage; ///< what stands between the program's name and its options: "export --app <application>"
    QString purpose; ///< one sentence
    QString details; ///< sentences; may be empty
    QList<QCommandLineOption> options;
    QList<Operand> operands;
    QStringList actions; ///< one of these words follows the name
};

CommandHelp programHelp();
/// `vigie open`.
CommandHelp openHelp();
CommandHelp helpOf(Subcommand::Kind kind);
/// Of all commands but `help`, in the order in which `--help` lists them.
QList<CommandHelp> commandHelps();
/// Of `vigie help`, which has no help of its own.
QString purposeOfHelp();

/// As they are typed: "-h", "--help".
QStringList flagsOf(const QCommandLineOption& option);

/// The text of `--help`.
QString helpText(const CommandHelp& help);
/// Which folder holds the data unless --data-dir names another.
QString dataFolderText(const QString& folder);

} // namespace vigie
