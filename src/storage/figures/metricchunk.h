// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "figures/series.h"

#include <QByteArray>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace vigie {

/// One series' values in a chunk, row for row. NaN: not known.
struct MetricColumn
{
    std::uint32_t series = 0; ///< the store's number for its name
    Quantum quantum = Quantum::Auto;
    std::vector<double> average;
    std::vector<double> low; ///< empty in a chunk of plain samples, as `high`
    std::vector<double> high;
};

/// Some consecutive moments of many series, as they lie in one row of the database.
struct MetricChunk
{
    std::vector<std::int64_t> times; ///< ms since the epoch, ascending
    std::vector<std::uint32_t> counts; ///< plain samples behind each row; empty in a chunk of plain samples
    std::vector<MetricColumn> columns;

    bool isRolledUp() const { return !counts.empty(); }
};

/// Columns as differences from row to row, in as few bytes as they need, deflated together.
QByteArray encodeChunk(const MetricChunk& chunk);

/// Reads what encodeChunk() wrote; nothing when `bytes` are not that. With `wanted`, only the columns whose series
/// stand in it (sorted) are read.
std::optional<MetricChunk> decodeChunk(std::string_view bytes, const std::vector<std::uint32_t>* wanted = nullptr);

} // namespace vigie
