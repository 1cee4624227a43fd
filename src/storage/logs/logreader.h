// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/history.h"
#include "storage/logs/logsegmentreader.h"

#include <QStringList>
#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace vigie {

/// Answers questions about stored entries, over all segments, through connections of its own that never hold up
/// the writer. A segment that cannot be read is passed over. One thread, any.
class LogReader
{
public:
    /// The files there are, oldest first. Those that went are closed.
    void setSegments(const QStringList& paths);

    /// How long a search may take before it says how far it came.
    void setPatience(std::chrono::milliseconds patience) { m_patience = patience; }

    HistoryPage page(const HistoryQuery& query);
    ReplayPage replay(const std::string& appId, std::uint64_t afterSequence, std::size_t maxBytes);
    std::optional<std::uint64_t> find(const std::string& appId, std::string_view id);
    LogCounts counts(const LogCountsQuery& query);
    /// Notes what is known of entries. Segments may have the same id, each for an entry of its own.
    void lookUp(const std::string& appId, std::vector<SoughtEntry>& sought);

private:
    /// Opened when first asked; null when it cannot be.
    LogSegmentReader* segment(const QString& path);
    /// Entries up to here were cleared: the newest segment knows.
    std::uint64_t clearedSequence(const std::string& appId);

    QStringList m_paths;
    std::chrono::milliseconds m_patience{3'000};
    std::map<QString, std::unique_ptr<LogSegmentReader>> m_open;
};

} // namespace vigie
