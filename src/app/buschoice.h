// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/logbus.h"
#include "core/result.h"

#include <QString>
#include <QStringList>

namespace vigie {

class DataFolder;

struct Settings;

/// The bus that is to be shared with other machines.
struct BusChoice
{
    QStringList servers; ///< URLs; empty: no bus
    QString credentialsFile; ///< of a user's JWT and seed; empty: none, or in the URLs
    QString authoritiesFile; ///< PEM, of who signs the servers' certificates; empty: TLS only where a URL says so
    QString node; ///< this machine's name; empty: its host name

    bool operator==(const BusChoice&) const = default;
};

/// What the settings say where the command line says nothing.
BusChoice withSettings(BusChoice choice, const Settings& settings);

/// Checks and completes a choice: `servers` as it was typed, with commas. Beyond loopback credentials and TLS are needed, unless
/// `isInsecure`. The error is one sentence, for people.
Result<BusChoice> checkedBus(BusChoice choice, bool isInsecure);

/// What joining needs. Makes the node's id in the data folder if there is none.
Result<LogBus::Config> busConfig(const BusChoice& choice, const DataFolder& folder);

} // namespace vigie
