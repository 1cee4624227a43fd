// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commandline.h"
#include "core/settings.h"
#include "server/server.h"

namespace vigie {

/// What the server is started with: what the command line says, else what the settings file does. `tls`: the certificate that
/// it begins with; absent: connections are plain.
ServerConfig serverConfig(const CommandLine& line, const Settings& settings, const std::optional<TlsIdentity>& tls);

} // namespace vigie
