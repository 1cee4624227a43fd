// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metricarchive.h"
#include "core/result.h"

#include <QByteArray>
#include <QString>
#include <QUrlQuery>

namespace vigie {

/// Reads the query part of `GET /api/metrics`: from, to, points, series. Without `from` the last hour is meant, without
/// `to` the present, `nowMs`. Anything else, or anything malformed, is an error.
Result<MetricQuery> readMetricsQuery(const QUrlQuery& query, std::int64_t nowMs);

/// That of `GET /api/apps/:appId/metrics`, which may say `timeRange=hour|day|week` instead of from and to.
Result<MetricQuery> readAppMetricsQuery(const QString& appId, const QUrlQuery& query, std::int64_t nowMs);

/// That of `GET /api/processes`: the moment `at`, ms since the epoch; without it the present.
Result<std::int64_t> readProcessesQuery(const QUrlQuery& query, std::int64_t nowMs);

/// `{"from":…,"to":…,"stepMs":…,"times":[…],"series":{name:{"average":[…],"low":[…],"high":[…]},…}}`; null: not known.
QByteArray encodeMetricRange(const MetricQuery& query, const MetricRange& frame);

/// `{"timestamp":…,"byCpu":[…],"byMemory":[…]}`; the time is null, and the lists are empty, when nothing is stored.
QByteArray encodeProcessSnapshot(const ProcessSnapshot& moment);

} // namespace vigie
