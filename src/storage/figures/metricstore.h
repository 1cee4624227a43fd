// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "figures/catalogue.h"
#include "storage/database/database.h"
#include "storage/figures/metricfigures.h"
#include "storage/figures/metrictiers.h"
#include "storage/figures/processtable.h"
#include "storage/figures/seriesnames.h"

#include <QString>
#include <chrono>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace vigie {

/// How long figures are kept.
struct MetricRetention
{
    std::array<std::chrono::milliseconds, metricTiers.size()> age{
        std::chrono::hours(24), std::chrono::hours(24 * 90), std::chrono::hours(24 * 730)}; ///< of each tier
    std::chrono::milliseconds processes{std::chrono::hours(24 * 30)};
    std::int64_t bytes = std::int64_t(512) << 20; ///< of the whole file: then the oldest seconds go first
};

/// The file of stored figures, as its one writer sees it. What is added waits in memory for write(). One thread.
class MetricStore
{
public:
    /// The newest there is.
    static constexpr int schemaVersion = 2;
    static constexpr std::size_t maxSources = 1'000; ///< the machine, and applications
    static constexpr std::size_t maxMachineSeries = 5'000;
    static constexpr std::size_t maxAppSeries = 200; ///< of one application

    /// Opens the file, or makes it, and goes on where the last run stopped.
    static DatabaseResult<MetricStore> open(const QString& path, MetricRetention retention);

    /// Whether figures of this application are kept: it is known, or there was a place, which is its own from now on.
    bool keeps(const std::string& appId);
    /// The machine's figures at a moment (ms since the epoch), by the catalogue's indexes; NaN: not known.
    void add(std::int64_t timeMs, const Catalogue& catalogue, std::span<const double> values);
    /// An application's.
    void addTo(const std::string& appId, std::int64_t timeMs, const std::vector<MetricFigure>& figures);
    void addProcesses(std::int64_t timeMs, const ProcessesSample& processes) { m_processes.add(timeMs, processes); }

    /// Whether the file is no longer what its path leads to.
    bool hasMoved() const { return m_database.hasMoved(); }
    /// Whether write() has anything to do.
    bool hasWaiting() const;
    /// Writes what was added, all or none.
    DatabaseOutcome write();

    /// From the next step of retention on.
    void setRetention(const MetricRetention& retention) { m_retention = retention; }

    /// Takes one step of retention, of gathering what is small, or of taking over what an earlier version left; true: something was
    /// done and more may be left.
    DatabaseResult<bool> tidy(std::int64_t nowMs);

    /// The time of the newest row of the machine's; 0 when there is none.
    std::int64_t lastMs() const;

private:
    struct Source
    {
        std::int64_t id = 0;
        SeriesNames names;
        MetricTiers tiers;
    };
    /// The numbers of a catalogue's series, by index; 0: not looked up yet. They hold for one day, as SeriesNames counts days.
    struct Numbers
    {
        std::uint64_t version = 0;
        std::int64_t day = 0;
        std::vector<std::uint32_t> numbers;
    };

    explicit MetricStore(MetricRetention retention) : m_retention(retention) {}

    DatabaseOutcome prepare();
    DatabaseOutcome readSources();
    Source* source(const std::string& name);
    DatabaseOutcome restore(Source& source);
    DatabaseOutcome rollUpRest(Source& source, int tier);
    DatabaseOutcome writeNames();
    DatabaseOutcome writeChunks();
    void forgetIdle();
    DatabaseResult<int> removeOld(std::int64_t nowMs);
    DatabaseResult<int> removeOldest();

    MetricRetention m_retention;
    Database m_database;
    Statement m_putChunk;
    std::map<std::string, std::int64_t> m_sourceIds;
    std::map<std::string, Source> m_sources; ///< those that are being written
    Numbers m_numbers; ///< of the machine's
    std::vector<std::string> m_newSources; ///< not yet on disk
    std::int64_t m_nextChunkId = 1;
    std::int64_t m_nextSourceId = 1;
    ProcessTable m_processes;
};

} // namespace vigie
