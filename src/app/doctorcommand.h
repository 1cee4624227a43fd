// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/datafolder.h"

namespace vigie {

/// Checks the store and the settings, and says on the standard output what it found. Changes nothing on disk. An error:
/// something is wrong.
Outcome examine(const DataFolder& folder);

} // namespace vigie
