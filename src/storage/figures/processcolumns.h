// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/blocks/streams.h"
#include "storage/figures/processchunk.h"

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace vigie {

/// A chunk of processes as columns. A process is a pid with a name; it has a number by the order of first appearance. What somebody
/// who is in both lists of a look uses stands with the first list only, if that is so in all looks.
struct ProcessColumns
{
    using Numbers = std::vector<std::int64_t>;

    /// One of a look's two lists.
    struct List
    {
        Numbers counts; ///< how long it is, by look
        /// By rank: who is there in each look that has such a rank; 0: the next process that was not there before, else its number
        /// and one.
        std::vector<Numbers> who;
        std::vector<Numbers> tenths; ///< by rank: processor time, in tenths of a percent
        Numbers kibChanges; ///< of a process' memory since it was there last
    };

    Numbers times; ///< of the looks, ms since the epoch
    std::vector<std::string> names; ///< each once
    Numbers nameOf; ///< by process: a place in `names`
    Numbers pids; ///< by process
    Numbers firstKib; ///< by process: memory when it appeared
    bool areFiguresShared = true; ///< by those who are in both lists of a look
    std::array<List, 2> lists; ///< by processor time, by memory
};

ProcessColumns columnsOf(std::span<const ProcessChunk::Look> looks);

/// A blob of one section, compressed with checksums.
std::string packColumns(const ProcessColumns& columns);

/// Reads such blobs. Keeps its buffers. One thread.
class ProcessColumnsReader
{
public:
    /// Replaces `columns`, whose memory is used again. False: the blob is damaged, or holds more than a ProcessChunk may. What is read
    /// may still contradict itself, but for this: there are as many `counts` as looks, and of each process a pid, a memory and a name
    /// that there is.
    bool read(std::string_view blob, ProcessColumns& columns);

private:
    StreamBlob m_blob;
};

inline constexpr double processCpuStep = 0.1; ///< percent

} // namespace vigie
