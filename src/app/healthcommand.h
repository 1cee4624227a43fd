// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/datafolder.h"
#include "core/result.h"

namespace vigie {

/// Runs `vigie health`: whether the Vigie that runs on the folder answers its clients, said on the standard output. An error says
/// what is wrong. Takes some seconds at most. Requires a QCoreApplication.
Outcome checkHealth(const DataFolder& folder);

} // namespace vigie
