// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/figures/processchunk.h"

namespace vigie {

/// Reads a chunk as schema 1 wrote it: look by look, deflated. Nothing when `bytes` are not that.
std::optional<ProcessChunk> decodeDeflatedProcesses(std::string_view bytes);

} // namespace vigie
