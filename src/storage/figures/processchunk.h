// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/processes.h"

#include <QByteArray>
#include <cstddef>
#include <cstdint>
#include <memory>
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

    /// More than these are not encoded.
    static constexpr std::size_t maxLooks = 2'000;
    static constexpr std::size_t maxInList = 100; ///< processes of one list of one look

    std::vector<Look> looks; ///< ascending
};

/// Columns, each compressed with a checksum. Processor time is kept to a tenth of a percent, memory to 1 KiB. What repeats from
/// look to look costs next to nothing, so many looks are better than few.
QByteArray encodeProcesses(const ProcessChunk& chunk);

/// Reads what encodeProcesses() wrote, and what schema 1 did. Nothing: `bytes` are damaged. Makes no more than
/// `maxLooks` × 2 × `maxInList` processes of any bytes.
std::optional<ProcessChunk> decodeProcesses(std::string_view bytes);

/// Finds single looks in such chunks, without making the others. Keeps its buffers. One thread.
class LookFinder
{
public:
    LookFinder();
    ~LookFinder();

    /// The last look that is not after `atMs`. Nothing: there is none, or `bytes` are damaged.
    std::optional<ProcessChunk::Look> lookAt(std::string_view bytes, std::int64_t atMs);

private:
    std::unique_ptr<class LookMaker> m_maker;
};

} // namespace vigie
