// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/severity.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

namespace vigie {

/// A query for the number of entries over time. Both ends are inclusive, in ms since the epoch. The answer has
/// about `points` steps at most.
struct LogCountsQuery
{
    std::string appId; ///< empty: of all applications
    std::int64_t fromMs = 0;
    std::int64_t toMs = 0;
    int points = 200;
    std::stop_token stop = {}; ///< as in HistoryQuery
};

/// Indexed by Severity.
using SeverityCounts = std::array<std::uint32_t, severityCount>;

/// The answer to LogCountsQuery. Steps start at multiples of their length, so a moving range keeps its counts. The first and last
/// step may extend beyond the range, but count only what lies within.
class LogCounts
{
public:
    LogCounts() = default;
    explicit LogCounts(const LogCountsQuery& query)
        : m_fromMs(query.fromMs), m_toMs(query.toMs),
          m_stepMs(std::max<std::int64_t>(1, (query.toMs - query.fromMs) / std::max(1, query.points) + 1)),
          m_firstMs(query.fromMs / m_stepMs * m_stepMs),
          m_steps(static_cast<std::size_t>((query.toMs - m_firstMs) / m_stepMs) + 1)
    {
    }

    std::int64_t firstMs() const { return m_firstMs; } ///< the start of the first step
    std::int64_t stepMs() const { return m_stepMs; }
    const std::vector<SeverityCounts>& steps() const { return m_steps; }

    bool isComplete() const { return m_isComplete; }
    /// The query timed out: entries older than some point were not counted.
    void setIncomplete() { m_isComplete = false; }

    bool touches(std::int64_t leastMs, std::int64_t maxMs) const { return maxMs >= m_fromMs && leastMs <= m_toMs; }
    /// Whether this whole interval lies within the range and in one step.
    bool isOneStep(std::int64_t leastMs, std::int64_t maxMs) const
    {
        return leastMs >= m_fromMs && maxMs <= m_toMs && stepOf(leastMs) == stepOf(maxMs);
    }
    void add(std::int64_t timeMs, Severity severity)
    {
        if (timeMs >= m_fromMs && timeMs <= m_toMs)
            ++m_steps[stepOf(timeMs)][static_cast<std::size_t>(severity)];
    }
    /// Adds to the step that contains `timeMs`, which must lie within the range.
    void add(std::int64_t timeMs, const SeverityCounts& counts)
    {
        for (std::size_t i = 0; i < counts.size(); ++i)
            m_steps[stepOf(timeMs)][i] += counts[i];
    }

    /// Adds the answer that another history gave to the same query.
    void add(const LogCounts& other)
    {
        for (std::size_t step = 0; step < std::min(m_steps.size(), other.m_steps.size()); ++step) {
            for (std::size_t i = 0; i < severityCount; ++i)
                m_steps[step][i] += other.m_steps[step][i];
        }
        m_isComplete = m_isComplete && other.m_isComplete;
    }

private:
    std::size_t stepOf(std::int64_t timeMs) const { return static_cast<std::size_t>((timeMs - m_firstMs) / m_stepMs); }

    std::int64_t m_fromMs = 0;
    std::int64_t m_toMs = 0;
    std::int64_t m_stepMs = 1;
    std::int64_t m_firstMs = 0;
    std::vector<SeverityCounts> m_steps;
    bool m_isComplete = true;
};

} // namespace vigie
