// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commandline.h"
#include "app/datafolder.h"

#include <optional>

namespace vigie {

/// Takes the folder's lock. Where another Vigie holds it, hands over to it what was asked, which brings its window to the front,
/// or says on the standard error who it is. Gives the exit code with which the program ends, or nothing: the folder is ours.
/// Waits for one that says that it is ending, at most a minute, and some seconds for one that does not answer.
std::optional<int> takeOrHandOver(DataFolderLock& lock, const DataFolder& folder, const CommandLine& line);

} // namespace vigie
