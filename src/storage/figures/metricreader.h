// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metricarchive.h"
#include "storage/database/database.h"
#include "storage/figures/metricchunk.h"
#include "storage/figures/processchunk.h"

#include <QString>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace vigie {

/// Answers questions about stored figures, through a connection of its own that never holds up the writer. What
/// cannot be read is taken for nothing stored. One thread, any.
class MetricReader
{
public:
    /// The file there is now; opened with the next question.
    void setPath(const QString& path);

    /// Reads the coarsest tier that still gives the points asked for, and beyond its ends those that have what it
    /// has no longer, or not yet. Of very many series fewer points are given: 100,000 values in all.
    MetricRange frame(const MetricQuery& query);
    ProcessSnapshot processesAt(std::int64_t atMs);

private:
    class Reduction;

    bool open();
    std::optional<std::int64_t> sourceId(const std::string& appId);
    /// The numbers of a source's wanted series, sorted, and their names.
    std::vector<std::pair<std::uint32_t, std::string>> wantedSeries(std::int64_t source,
                                                                    const std::vector<std::string>& patterns);
    struct Span
    {
        std::int64_t fromMs = 0;
        std::int64_t toMs = 0; ///< not included
        bool isEmpty() const { return fromMs >= toMs; }
    };
    /// What a tier has stored of a source.
    Span stored(std::int64_t source, int tier);
    void read(std::int64_t source, int tier, Span span, Reduction& into);
    bool prepareFindLooks();

    QString m_path;
    Database m_database;
    Statement m_findLooks; ///< prepared when it is first wanted
    LookFinder m_looks;
};

} // namespace vigie
