// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QMetaType>
#include <cstdint>
#include <string>

namespace vigie {

/// What an application says of itself: figures of its own choosing.
struct AppMetrics
{
    std::string appId;
    std::string userId;
    std::int64_t timestampMs = 0; ///< since the epoch
    QByteArray metricsJson; ///< a JSON object

    /// Of memory, about.
    qint64 heldBytes() const { return qint64(sizeof *this + appId.size() + userId.size()) + metricsJson.size(); }
};

/// A word from a viewer to an application's producers.
struct AppCommand
{
    std::string appId;
    std::string userId; ///< who asked
    std::int64_t timestampMs = 0;
    std::string type;
    QByteArray dataJson; ///< any JSON value, or empty: none
};

/// An application's live history was emptied.
struct AppCleared
{
    std::string appId;
    std::string userId; ///< who asked
    std::uint64_t upToSequence = 0; ///< the newest entry that goes; the hub fills it in
    std::uint32_t epoch = 0; ///< as LogBatch::epoch(), of that; likewise
};

} // namespace vigie

Q_DECLARE_METATYPE(vigie::AppMetrics)
Q_DECLARE_METATYPE(vigie::AppCommand)
Q_DECLARE_METATYPE(vigie::AppCleared)
