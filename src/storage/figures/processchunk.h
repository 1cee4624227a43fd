// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/processes.h"

#include <QByteArray>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace vigie {

/// The processes that used most, look by look, as they lie in one row of the database.
struct ProcessChunk
{
    struct Look
    {
        std::int64_t timeMs = 0; ///< ms since the epoch
        ProcessesSample processes;
    };

    std::vector<Look> looks; ///< ascending
};

/// Names once a chunk, processor time to a tenth of a percent, memory to 1 KiB, deflated together.
QByteArray encodeProcesses(const ProcessChunk& chunk);

/// Reads what encodeProcesses() wrote; nothing when `bytes` are not that.
std::optional<ProcessChunk> decodeProcesses(std::string_view bytes);

} // namespace vigie
