// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/figures/metrictiers.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace vigie {

namespace {

constexpr std::size_t maxFull = 120; // two hours
constexpr int lastTier = static_cast<int>(metricTiers.size()) - 1;

} // namespace

void MetricTiers::add(std::int64_t timeMs, const std::vector<Value>& values, std::int64_t& nextId)
{
    append(0, timeMs, 1, values, nextId);
    gather(1, timeMs, 1, values, nextId);
}

void MetricTiers::append(int tier, std::int64_t timeMs, std::uint32_t count, const std::vector<Value>& values,
                         std::int64_t& nextId)
{
    const MetricTier& kind = metricTiers[static_cast<std::size_t>(tier)];
    OpenChunk& open = m_open[static_cast<std::size_t>(tier)];
    const auto& times = open.chunk.times;
    if (!times.empty()
        && (times.size() >= kind.chunkRows || timeMs <= times.back() || timeMs - times.front() > kind.chunkMs)) {
        if (open.isChanged)
            m_full.emplace_back(tier, std::move(open));
        if (m_full.size() > maxFull) // the disk takes nothing
            m_full.erase(m_full.begin());
        open = {};
    }
    if (open.id == 0)
        open.id = nextId++;
    MetricChunk& chunk = open.chunk;
    for (const Value& value : values) {
        const auto [place, isNew] = open.columns.try_emplace(value.series, chunk.columns.size());
        if (isNew) {
            MetricColumn& column = chunk.columns.emplace_back();
            column.series = value.series;
            column.quantum = value.quantum;
            column.average.assign(chunk.times.size(), unknown);
            if (tier > 0)
                column.low = column.high = column.average;
        }
    }
    chunk.times.push_back(timeMs);
    if (tier > 0)
        chunk.counts.push_back(count);
    for (MetricColumn& column : chunk.columns) {
        column.average.push_back(unknown);
        if (tier > 0) {
            column.low.push_back(unknown);
            column.high.push_back(unknown);
        }
    }
    for (const Value& value : values) {
        MetricColumn& column = chunk.columns[open.columns.at(value.series)];
        column.quantum = value.quantum; // that of a chunk read from disk was chosen for what it held
        column.average.back() = value.average;
        if (tier > 0) {
            column.low.back() = value.low;
            column.high.back() = value.high;
        }
    }
    open.isChanged = true;
}

void MetricTiers::gather(int tier, std::int64_t timeMs, std::uint32_t count, const std::vector<Value>& values,
                         std::int64_t& nextId)
{
    Bucket& bucket = m_buckets[static_cast<std::size_t>(tier)];
    const std::int64_t length = metricTiers[static_cast<std::size_t>(tier)].lengthMs;
    const std::int64_t startMs = timeMs - timeMs % length;
    if (bucket.startMs != startMs) {
        const Bucket full = std::exchange(bucket, {startMs, 0, {}});
        if (full.count > 0) {
            std::vector<Value> rolled;
            rolled.reserve(full.sums.size());
            for (const auto& [series, sum] : full.sums)
                rolled.push_back({series, sum.quantum, sum.sum / sum.weight, sum.low, sum.high});
            append(tier, full.startMs, full.count, rolled, nextId);
            if (tier < lastTier)
                gather(tier + 1, full.startMs, full.count, rolled, nextId);
        }
    }
    bucket.count += count;
    for (const Value& value : values) {
        const auto place = bucket.sums.try_emplace(value.series, Sum{value.quantum, 0, 0, value.low, value.high}).first;
        Sum& sum = place->second;
        sum.quantum = value.quantum;
        sum.sum += value.average * count;
        sum.weight += count;
        sum.low = std::min(sum.low, value.low);
        sum.high = std::max(sum.high, value.high);
    }
}

void MetricTiers::restore(int tier, std::int64_t id, MetricChunk chunk)
{
    OpenChunk& open = m_open[static_cast<std::size_t>(tier)];
    open = {id, std::move(chunk), {}, false};
    for (std::size_t i = 0; i < open.chunk.columns.size(); ++i)
        open.columns.emplace(open.chunk.columns[i].series, i);
}

void MetricTiers::rollUp(int tier, const MetricChunk& rows, std::int64_t sinceMs, std::int64_t& nextId)
{
    if (tier >= lastTier)
        return;
    for (std::size_t row = 0; row < rows.times.size(); ++row) {
        if (rows.times[row] < sinceMs)
            continue;
        std::vector<Value> values;
        for (const MetricColumn& column : rows.columns) {
            const double average = column.average[row];
            if (!std::isnan(average)) {
                values.push_back({column.series, column.quantum, average, rows.isRolledUp() ? column.low[row] : average,
                                  rows.isRolledUp() ? column.high[row] : average});
            }
        }
        gather(tier + 1, rows.times[row], rows.isRolledUp() ? rows.counts[row] : 1, values, nextId);
    }
}

std::int64_t MetricTiers::endMs(int tier) const
{
    const auto& times = m_open[static_cast<std::size_t>(tier)].chunk.times;
    return times.empty() ? 0 : times.back() + metricTiers[static_cast<std::size_t>(tier)].lengthMs;
}

std::vector<MetricTiers::Changed> MetricTiers::changed() const
{
    std::vector<Changed> all;
    for (const auto& [tier, full] : m_full)
        all.push_back({tier, full.id, &full.chunk});
    for (std::size_t tier = 0; tier < m_open.size(); ++tier) {
        if (m_open[tier].isChanged)
            all.push_back({static_cast<int>(tier), m_open[tier].id, &m_open[tier].chunk});
    }
    return all;
}

void MetricTiers::markWritten()
{
    m_full.clear();
    for (OpenChunk& open : m_open)
        open.isChanged = false;
}

std::int64_t MetricTiers::lastMs() const
{
    const auto& times = m_open[0].chunk.times;
    return times.empty() ? 0 : times.back();
}

} // namespace vigie
