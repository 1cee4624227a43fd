// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QHostAddress>
#include <QString>
#include <QStringList>
#include <optional>

namespace vigie {

/// What the command line says. A part that it does not say is absent: the settings file decides.
struct CommandLine
{
    bool help = false;
    bool version = false;
    bool headless = false;
    std::optional<QHostAddress> host; ///< absent: loopback, and beyond it what was shared in the window
    std::optional<quint16> port;
    QString dataDir; ///< empty: the user's data folder
    std::optional<QString> language; ///< "en", "fr"
    std::optional<QString> theme; ///< "system", "light", "dark"
    QStringList allowedOrigins;
    bool requireToken = false; ///< also on loopback
    bool openLoopback = false; ///< other users of this machine need no token either
    bool tls = false; ///< also on loopback
    QString tlsCertificate; ///< the owner's own, in PEM; empty: Vigie makes one
    QString tlsKey;
    bool insecure = false; ///< beyond loopback without TLS and tokens, if that is what the owner wants
    QStringList allowedHosts;
    std::optional<QString> publicUrl; ///< one that PublicUrl takes
    bool noHistory = false; ///< logs are kept in memory only
};

/// Reads the arguments (the program's name first). An error is a wrong usage, in one sentence.
Result<CommandLine> parseCommandLine(const QStringList& arguments);

/// What `--help` prints.
QString helpText();

} // namespace vigie
