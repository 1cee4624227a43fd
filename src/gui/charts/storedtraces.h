// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metricarchive.h"
#include "gui/charts/tracesource.h"

#include <QString>

namespace vigie {

/// An answer of the store as the charts want it; its times are wall clock, ms since the epoch. GUI thread.
class StoredTraces : public TraceSource
{
public:
    StoredTraces() : m_frame(std::make_shared<MetricRange>()) {}
    explicit StoredTraces(MetricRangePtr frame) : m_frame(std::move(frame)) {}

    /// The series that charts are made of, for a query.
    static std::vector<std::string> series();

    std::vector<TracePoint> trace(Metric metric, qint64 fromMs) const override;
    std::vector<BandPoint> band(Metric metric, qint64 fromMs) const override;
    std::vector<TracePoint> coreTrace(int coreIndex, qint64 fromMs) const override;
    std::vector<int> cores() const override;

    const MetricRange& frame() const { return *m_frame; }

private:
    /// A metric's series, and what it is a part of, where it is shown in percent.
    struct Part
    {
        const MetricSeries* series = nullptr;
        const MetricSeries* whole = nullptr;

        double scale(std::size_t i) const { return whole ? 100 / whole->average[i] : 1; }
    };

    const MetricSeries* find(const std::string& name) const;
    Part partOf(Metric metric) const;
    std::size_t firstSince(qint64 fromMs) const;
    std::vector<TracePoint> traceOf(const Part& part, qint64 fromMs) const;

    MetricRangePtr m_frame;
};

} // namespace vigie
