// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/buschoice.h"
#include "core/result.h"

#include <QCommandLineOption>
#include <QHostAddress>
#include <QList>
#include <QString>
#include <QStringList>
#include <optional>

namespace vigie {

/// The parsed command line. Absent values are taken from the settings file.
struct CommandLine
{
    bool help = false;
    bool version = false;
    bool headless = false;
    std::optional<QHostAddress> host; ///< absent: loopback, and the network if sharing was switched on in the window
    std::optional<quint16> port;
    QString dataDir; ///< empty: the user's data folder
    std::optional<QString> language; ///< "en", "fr"
    std::optional<QString> theme; ///< "system", "light", "dark"
    QStringList allowedOrigins;
    bool requireToken = false; ///< on loopback, too
    bool openLoopback = false; ///< other users of this machine need no token
    bool tls = false; ///< on loopback, too
    QString tlsCertificate; ///< a PEM file of the owner; empty: Vigie makes a certificate
    QString tlsKey;
    bool insecure = false; ///< allows access beyond loopback without TLS and tokens
    QStringList allowedHosts;
    std::optional<QString> publicUrl; ///< accepted by PublicUrl
    BusChoice bus; ///< checked; without servers: none
    bool noHistory = false; ///< keeps logs and figures in memory only
    bool share = false; ///< the window begins with the dialog that shares Vigie
    bool opens = false; ///< `vigie open`
    QStringList filesToOpen; ///< its files: absolute paths, no more than can be open
    QString view; ///< its view: what an address has from its # on
};

/// The program's own options, in the current language.
QList<QCommandLineOption> programOptions();

/// The values that an option takes where they are few, of the program's options and its commands'; else none.
QStringList choicesOf(const QString& option);
/// `text` if it is one of them.
Result<QString> chosen(const QString& option, const QString& text);

/// Parses the arguments, the program's name first. An error is one sentence about wrong usage.
Result<CommandLine> parseCommandLine(const QStringList& arguments);

} // namespace vigie
