// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/logs/logsegmentreader.h"
#include "storage/logs/origincache.h"

namespace vigie {

struct SegmentSearch;

/// Reads a segment of versions 1 and 2, which have a row for each entry.
class RowSegmentReader final : public LogSegmentReader
{
public:
    explicit RowSegmentReader(Database database) : m_database(std::move(database)) {}
    DatabaseOutcome prepare();

    bool hasMoved() const override { return m_database.hasMoved(); }
    std::optional<SegmentApp> app(const std::string& appId) override;
    std::vector<std::string> apps() override;
    std::optional<std::uint64_t> find(const std::string& appId, std::string_view id) override;
    void lookUp(const std::string& appId, std::vector<SoughtEntry>& sought, std::uint64_t afterSequence) override;
    SegmentPage newest(const SegmentQuery& query) override;
    void count(const std::string& appId, std::uint64_t fromSequence, const std::stop_token& stop, const QDeadlineTimer& deadline,
               LogCounts& counts) override;
    std::string newestId(const std::string& appId) override;
    std::uint64_t namedDown(const std::string& appId, std::uint64_t fromSequence, std::size_t rows,
                            std::vector<StoredIds::Named>& named) override;
    DatabaseOutcome oldest(const std::string& appId, std::uint64_t fromSequence, std::size_t maxBytes, ReplayPage& page) override;

private:
    void searchText(const std::string& expression, SegmentSearch& search);
    void scan(SegmentSearch& search);
    /// Calls `visit(from, to, zone)` for each part of these places, newest first, until it returns false. `zone`: what is
    /// known of the neighbours it lies among; null where entries belong to no zone yet.
    template <typename Visit>
    void forEachPart(std::int64_t from, std::int64_t to, const Visit& visit);
    void scanPlaces(std::int64_t from, std::int64_t to, SegmentSearch& search);

    Database m_database;
    Statement m_app;
    Statement m_apps;
    Statement m_find;
    Statement m_entryOfId;
    Statement m_entriesDown;
    Statement m_entriesUp;
    Statement m_zonesDown;
    Statement m_times;
    Statement m_textDown;
    OriginCache m_origins;
};

} // namespace vigie
