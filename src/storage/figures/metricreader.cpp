// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/figures/metricreader.h"

#include "storage/figures/metrictiers.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace vigie {

namespace {

constexpr int lastTier = static_cast<int>(metricTiers.size()) - 1;
constexpr std::int64_t longestAgoMs = 60'000; // of a look at the processes
constexpr std::int64_t maxCells = 100'000; // points times series of one answer: a few MB of JSON
constexpr int gapSteps = 3; // moments that fail to come before it is a gap

bool isWanted(const std::string& name, const std::vector<std::string>& patterns)
{
    return patterns.empty() || std::ranges::any_of(patterns, [&name](const std::string& pattern) {
               return pattern.ends_with('*') ? name.starts_with(std::string_view(pattern).substr(0, pattern.size() - 1))
                                             : name == pattern;
           });
}

} // namespace

/// Gathers rows into equal steps of time.
class MetricReader::Reduction
{
public:
    Reduction(std::int64_t fromMs, std::int64_t toMs, std::int64_t stepMs,
              std::vector<std::pair<std::uint32_t, std::string>> series)
        : m_fromMs(fromMs), m_stepMs(stepMs), m_series(std::move(series)),
          m_steps(static_cast<std::size_t>((toMs - fromMs) / stepMs + 1)), m_cells(m_series.size())
    {
        for (const auto& [id, name] : m_series)
            m_ids.push_back(id);
    }

    const std::vector<std::uint32_t>& ids() const { return m_ids; }

    void add(const MetricChunk& chunk, Span span, std::int64_t rowMs)
    {
        // Places in the chunk's columns, so that the rows need no search.
        std::vector<std::size_t> places;
        for (const MetricColumn& column : chunk.columns)
            places.push_back(static_cast<std::size_t>(std::ranges::lower_bound(m_ids, column.series) - m_ids.begin()));
        for (std::size_t row = 0; row < chunk.times.size(); ++row) {
            const std::int64_t time = chunk.times[row];
            const std::size_t step = static_cast<std::size_t>((time - m_fromMs) / m_stepMs);
            if (time < span.fromMs || time >= span.toMs || time < m_fromMs || step >= m_steps.size())
                continue;
            const double weight = chunk.isRolledUp() ? chunk.counts[row] : 1;
            m_steps[step].timeSum += static_cast<double>(time - m_fromMs);
            ++m_steps[step].rows;
            m_steps[step].rowMs = std::max(m_steps[step].rowMs, rowMs);
            for (std::size_t i = 0; i < chunk.columns.size(); ++i) {
                const MetricColumn& column = chunk.columns[i];
                if (std::isnan(column.average[row]))
                    continue;
                std::vector<Cell>& cells = m_cells[places[i]];
                if (cells.empty())
                    cells.resize(m_steps.size());
                Cell& cell = cells[step];
                cell.sum += column.average[row] * weight;
                cell.weight += weight;
                cell.low = std::min(cell.low, chunk.isRolledUp() ? column.low[row] : column.average[row]);
                cell.high = std::max(cell.high, chunk.isRolledUp() ? column.high[row] : column.average[row]);
            }
        }
    }

    MetricRange frame() const
    {
        MetricRange frame;
        frame.stepMs = m_stepMs;
        std::vector<const std::vector<Cell>*> cells;
        for (std::size_t i = 0; i < m_series.size(); ++i) {
            if (m_cells[i].empty())
                continue; // of another time
            frame.series.push_back({m_series[i].second, {}, {}, {}});
            cells.push_back(&m_cells[i]);
        }
        const std::int64_t usual = std::max(m_stepMs, usualDistance());
        std::int64_t rowMs = 0; // of the step before
        for (std::size_t step = 0; step < m_steps.size(); ++step) {
            if (m_steps[step].rows == 0)
                continue;
            const std::int64_t time = timeOf(step);
            const std::int64_t expected = std::max({usual, m_steps[step].rowMs, rowMs});
            rowMs = m_steps[step].rowMs;
            if (!frame.times.empty() && time - frame.times.back() > gapSteps * expected)
                append(frame, frame.times.back() + (time - frame.times.back()) / 2, {}, 0);
            append(frame, time, cells, step);
        }
        std::ranges::sort(frame.series, {}, &MetricSeries::name);
        return frame;
    }

private:
    struct Step
    {
        double timeSum = 0;
        int rows = 0;
        std::int64_t rowMs = 0; ///< what one row of it stands for, at most
    };
    struct Cell
    {
        double sum = 0;
        double weight = 0;
        double low = std::numeric_limits<double>::infinity();
        double high = -std::numeric_limits<double>::infinity();
    };

    /// The middle of the step's rows.
    std::int64_t timeOf(std::size_t step) const
    {
        return m_fromMs + static_cast<std::int64_t>(m_steps[step].timeSum / m_steps[step].rows);
    }

    /// From one moment to the next, most often.
    std::int64_t usualDistance() const
    {
        std::vector<std::int64_t> distances;
        std::int64_t before = -1;
        for (std::size_t step = 0; step < m_steps.size(); ++step) {
            if (m_steps[step].rows == 0)
                continue;
            if (before >= 0)
                distances.push_back(timeOf(step) - before);
            before = timeOf(step);
        }
        if (distances.empty())
            return 0;
        const auto middle = distances.begin() + static_cast<std::ptrdiff_t>(distances.size() / 2);
        std::nth_element(distances.begin(), middle, distances.end());
        return *middle;
    }

    /// `cells`: of each series; none: a gap.
    static void append(MetricRange& frame, std::int64_t time, const std::vector<const std::vector<Cell>*>& cells,
                       std::size_t step)
    {
        frame.times.push_back(time);
        for (std::size_t i = 0; i < frame.series.size(); ++i) {
            const Cell cell = cells.empty() ? Cell() : (*cells[i])[step];
            const bool known = cell.weight > 0;
            frame.series[i].average.push_back(known ? cell.sum / cell.weight : unknown);
            frame.series[i].low.push_back(known ? cell.low : unknown);
            frame.series[i].high.push_back(known ? cell.high : unknown);
        }
    }

    std::int64_t m_fromMs;
    std::int64_t m_stepMs;
    std::vector<std::pair<std::uint32_t, std::string>> m_series;
    std::vector<std::uint32_t> m_ids;
    std::vector<Step> m_steps;
    std::vector<std::vector<Cell>> m_cells; ///< series by series, step by step; empty until something is known
};

void MetricReader::setPath(const QString& path)
{
    m_path = path;
    m_findLooks = {};
    m_database = {};
}

bool MetricReader::open()
{
    if (!m_database.isOpen() && !m_path.isEmpty()) {
        if (DatabaseResult<Database> opened = Database::open(m_path, Database::Access::ReadOnly))
            m_database = std::move(*opened);
    }
    return m_database.isOpen();
}

std::optional<std::int64_t> MetricReader::sourceId(const std::string& appId)
{
    auto find = m_database.prepare("SELECT id FROM source WHERE name = ?");
    if (!find)
        return std::nullopt;
    find->bind(1, std::string_view(appId));
    const DatabaseResult<bool> row = find->step();
    if (!row || !*row)
        return std::nullopt;
    return find->integer(0);
}

std::vector<std::pair<std::uint32_t, std::string>> MetricReader::wantedSeries(std::int64_t source,
                                                                              const std::vector<std::string>& patterns)
{
    std::vector<std::pair<std::uint32_t, std::string>> wanted;
    auto all = m_database.prepare("SELECT number, name FROM series WHERE source = ? ORDER BY number");
    if (!all)
        return wanted;
    all->bind(1, source);
    while (all->hasRow()) {
        std::string name(all->bytes(1));
        if (isWanted(name, patterns))
            wanted.emplace_back(static_cast<std::uint32_t>(all->integer(0)), std::move(name));
    }
    return wanted;
}

MetricReader::Span MetricReader::stored(std::int64_t source, int tier)
{
    auto ends = m_database.prepare(
        "SELECT (SELECT start_ms FROM chunk WHERE source = ?1 AND tier = ?2 ORDER BY start_ms LIMIT 1),"
        " (SELECT end_ms FROM chunk WHERE source = ?1 AND tier = ?2 ORDER BY start_ms DESC LIMIT 1)");
    if (!ends)
        return {};
    ends->bind(1, source);
    ends->bind(2, std::int64_t(tier));
    const DatabaseResult<bool> row = ends->step();
    if (!row || !*row)
        return {};
    return {ends->integer(0), ends->integer(1)};
}

void MetricReader::read(std::int64_t source, int tier, Span span, Reduction& into)
{
    if (span.isEmpty())
        return;
    auto chunks = m_database.prepare("SELECT data FROM chunk WHERE source = ? AND tier = ? AND start_ms >= ? AND start_ms < ?"
                                     " AND end_ms > ?");
    if (!chunks)
        return;
    const MetricTier& kind = metricTiers[static_cast<std::size_t>(tier)];
    chunks->bind(1, source);
    chunks->bind(2, std::int64_t(tier));
    chunks->bind(3, span.fromMs - kind.chunkMs - kind.lengthMs);
    chunks->bind(4, span.toMs);
    chunks->bind(5, span.fromMs);
    while (chunks->hasRow()) {
        if (const std::optional<MetricChunk> chunk = decodeChunk(chunks->bytes(0), &into.ids()))
            into.add(*chunk, span, kind.lengthMs);
    }
}

MetricRange MetricReader::frame(const MetricQuery& query)
{
    const auto stepFor = [&query](std::int64_t points) { // both ends count
        return std::max(metricTiers[0].lengthMs, (query.toMs - query.fromMs + points) / points);
    };
    MetricRange none;
    none.stepMs = stepFor(std::max(1, query.points));
    if (query.toMs < query.fromMs || !open())
        return none;
    const std::optional<std::int64_t> source = sourceId(query.appId);
    if (!source)
        return none;
    auto series = wantedSeries(*source, query.series);
    const std::int64_t room = std::max<std::int64_t>(1, maxCells / std::max<std::int64_t>(1, std::ssize(series)));
    const std::int64_t stepMs = stepFor(std::clamp<std::int64_t>(query.points, 1, room));
    // Steps stand at fixed places in time, so that a peak keeps its shape while a chart moves.
    const std::int64_t fromMs = query.fromMs - query.fromMs % stepMs;
    Reduction reduction(fromMs, query.toMs, stepMs, std::move(series));

    int tier = lastTier;
    while (tier > 0 && metricTiers[static_cast<std::size_t>(tier)].lengthMs > stepMs)
        --tier;
    // One moment of the file for all that is read of it.
    if (!m_database.run("BEGIN"))
        return none;
    const std::int64_t end = query.toMs + 1;
    const Span here = stored(*source, tier);
    // With nothing of it, all there is may be coarser, or finer, or the first up to a time and then the other.
    std::int64_t finerFromMs = here.isEmpty() ? std::numeric_limits<std::int64_t>::max() : here.fromMs;
    Span newer{here.isEmpty() ? fromMs : std::max(fromMs, here.toMs), end};
    read(*source, tier, {std::max(fromMs, here.fromMs), std::min(end, here.toMs)}, reduction);
    // Before it: coarser, where finer is no longer kept. After it: finer, where coarser is not made yet.
    for (int coarser = tier + 1; coarser <= lastTier; ++coarser) {
        // A row that reaches into the finer ones would tell the same time twice, and stand where it began.
        const std::int64_t reach = metricTiers[static_cast<std::size_t>(coarser)].lengthMs - 1;
        read(*source, coarser, {fromMs, std::min(end, finerFromMs - reach)}, reduction);
        if (const Span span = stored(*source, coarser); !span.isEmpty()) {
            finerFromMs = std::min(finerFromMs, span.fromMs);
            if (here.isEmpty())
                newer.fromMs = std::max(newer.fromMs, std::min(end, span.toMs));
        }
    }
    for (int finer = tier - 1; finer >= 0; --finer) {
        read(*source, finer, newer, reduction);
        if (const Span span = stored(*source, finer); !span.isEmpty())
            newer.fromMs = std::max(newer.fromMs, span.toMs);
    }
    (void)m_database.run("COMMIT");
    return reduction.frame();
}

bool MetricReader::prepareFindLooks()
{
    if (m_findLooks.isPrepared())
        return true;
    // The last chunk that had begun by then. Others matter where a clock was set back, or where the last is damaged.
    return bool(m_database.prepare({{&m_findLooks,
        "SELECT CASE is_block WHEN 1 THEN (SELECT data FROM process_block WHERE id = near.id)"
        " ELSE (SELECT data FROM processes WHERE id = near.id) END"
        " FROM (SELECT * FROM (SELECT 0 AS is_block, id, start_ms, end_ms FROM processes WHERE start_ms <= ?1"
        " ORDER BY start_ms DESC LIMIT 8)"
        " UNION ALL SELECT * FROM (SELECT 1, id, start_ms, end_ms FROM process_block WHERE start_ms <= ?1"
        " ORDER BY start_ms DESC LIMIT 8)) AS near WHERE end_ms >= ?2 ORDER BY start_ms DESC"}}));
}

ProcessSnapshot MetricReader::processesAt(std::int64_t atMs)
{
    if (!open() || !prepareFindLooks())
        return {};
    const ResetAtEnd reset{m_findLooks};
    m_findLooks.bind(1, atMs);
    m_findLooks.bind(2, atMs - longestAgoMs);
    while (m_findLooks.hasRow()) {
        std::optional<ProcessChunk::Look> look = m_looks.lookAt(m_findLooks.bytes(0), atMs);
        if (look && atMs - look->timeMs <= longestAgoMs)
            return {look->timeMs, std::move(look->processes)};
    }
    return {};
}

} // namespace vigie
