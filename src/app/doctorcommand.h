// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/datafolder.h"

namespace vigie {

/// Checks the store and the settings, and prints the findings to the standard output. Changes nothing on disk. An error if
/// anything is wrong.
Outcome examine(const DataFolder& folder);

} // namespace vigie
