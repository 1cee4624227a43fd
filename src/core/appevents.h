// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QMetaType>
#include <cstdint>
#include <string>

namespace vigie {

/// Metrics that an application reports about itself, under names of its own.
struct AppMetrics
{
    std::string appId;
    std::string userId;
    std::int64_t timestampMs = 0; ///< since the epoch
    QByteArray metricsJson; ///< a JSON object

    /// The memory it takes, approximately.
    qint64 heldBytes() const { return qint64(sizeof *this + appId.size() + userId.size()) + metricsJson.size(); }
};

/// A command from a viewer to an application's producers.
struct AppCommand
{
    std::string appId;
    std::string userId; ///< the sender
    std::int64_t timestampMs = 0;
    std::string type;
    QByteArray dataJson; ///< any JSON value, or empty: none
    std::string id = {}; ///< a ULID, set by the hub
    bool isDelivered = false; ///< at least one producer received it; set by the hub
};

/// An application's live history was emptied.
struct AppCleared
{
    std::string appId;
    std::string userId; ///< who cleared it
    std::uint64_t upToSequence = 0; ///< the newest entry that was removed; set by the hub
    std::uint32_t epoch = 0; ///< the epoch of `upToSequence` (see LogBatch::epoch()); set by the hub
};

} // namespace vigie

Q_DECLARE_METATYPE(vigie::AppMetrics)
Q_DECLARE_METATYPE(vigie::AppCleared)
