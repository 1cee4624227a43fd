// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/figures/metricchunk.h"

#include <array>
#include <cstdint>
#include <map>
#include <unordered_map>
#include <vector>

namespace vigie {

/// A step of coarseness in which figures are kept.
struct MetricTier
{
    std::int64_t lengthMs; ///< of the time that one row stands for
    std::size_t chunkRows; ///< at most
    std::int64_t chunkMs; ///< from a chunk's first row to its last, at most
};

/// Seconds, minutes, hours.
inline constexpr std::array<MetricTier, 3> metricTiers{{
    {1'000, 60, 120'000},
    {60'000, 60, 3'600'000 * 2},
    {3'600'000, 24, 86'400'000 * 2},
}};

/// The figures of one source (the machine, or an application) on their way to disk: rows of seconds, and the
/// minutes and hours they are rolled up into, in chunks. In memory only. One thread.
class MetricTiers
{
public:
    /// One series at one moment.
    struct Value
    {
        std::uint32_t series = 0;
        Quantum quantum = Quantum::Auto;
        double average = 0;
        double low = 0;
        double high = 0;
    };

    /// A chunk that is not on disk as it stands.
    struct Changed
    {
        int tier = 0;
        std::int64_t id = 0; ///< as given by `nextId`
        const MetricChunk* chunk = nullptr;
    };

    /// A row of seconds. A time that is not after the last one begins a chunk of its own: a clock was set back.
    void add(std::int64_t timeMs, const std::vector<Value>& values, std::int64_t& nextId);

    /// Goes on where an earlier run stopped: its last chunk of a tier.
    void restore(int tier, std::int64_t id, MetricChunk chunk);
    /// Rolls up rows of `tier` again that an earlier run had not yet come to. Coarse tiers first.
    void rollUp(int tier, const MetricChunk& rows, std::int64_t sinceMs, std::int64_t& nextId);
    /// The end of the last row of a tier; 0 when there is none.
    std::int64_t endMs(int tier) const;

    std::vector<Changed> changed() const;
    /// What changed() named is on disk.
    void markWritten();
    /// When the last row of seconds came.
    std::int64_t lastMs() const;

private:
    struct OpenChunk
    {
        std::int64_t id = 0;
        MetricChunk chunk;
        std::unordered_map<std::uint32_t, std::size_t> columns; ///< by series
        bool isChanged = false;
    };
    struct Sum
    {
        Quantum quantum = Quantum::Auto;
        double sum = 0;
        double weight = 0;
        double low = 0;
        double high = 0;
    };
    /// A row of a coarser tier while it is gathered.
    struct Bucket
    {
        std::int64_t startMs = -1;
        std::uint32_t count = 0;
        std::map<std::uint32_t, Sum> sums;
    };

    void append(int tier, std::int64_t timeMs, std::uint32_t count, const std::vector<Value>& values, std::int64_t& nextId);
    void gather(int tier, std::int64_t timeMs, std::uint32_t count, const std::vector<Value>& values, std::int64_t& nextId);

    std::array<OpenChunk, metricTiers.size()> m_open;
    std::array<Bucket, metricTiers.size()> m_buckets; ///< [0] is not used
    std::vector<std::pair<int, OpenChunk>> m_full; ///< by tier, not yet on disk
};

} // namespace vigie
