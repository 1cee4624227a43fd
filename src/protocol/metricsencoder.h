// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/messages.h"

#include <QByteArray>
#include <QJsonObject>
#include <cstdint>
#include <memory>

namespace vigie {

/// Makes `metrics` and `metrics_detail` of frames: the one place that knows which series stands where in messages of fixed shape.
/// It looks up places once a catalogue, so keep one for all messages. One thread.
class MetricsEncoder
{
public:
    MetricsEncoder();
    ~MetricsEncoder();

    /// What no source tells of is 0, never absent.
    QByteArray encode(const MetricsMessage& metrics);
    /// What no source tells of is absent. Series that have no place of their own in either message stand in `series`, by name.
    QByteArray encode(const MetricsDetail& detail);

private:
    struct Places;

    const Places& placesOf(const Frame& frame);

    std::unique_ptr<Places> m_places; ///< in the catalogue of the frame last read
};

} // namespace vigie
