// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/history.h"
#include "core/result.h"
#include "core/trace.h"
#include "protocol/decoder.h"

#include <QByteArray>
#include <QString>
#include <QUrlQuery>
#include <string_view>

namespace vigie {

/// Parses the query of `GET /api/apps/:appId/logs`: from, to, level (repeated or comma-separated), user, where and not
/// (repeated), q, regex, limit, cursor.
/// An unknown or malformed parameter is an error.
Result<HistoryQuery> readLogsQuery(const QString& appId, const QUrlQuery& query, const DecodeLimits& limits = {});

/// Encodes the answer: `{"logs":[…],"cursor":…}`, newest first, with as many of the newest entries of `page` as fit in about
/// `maxBytes`. The cursor continues with older entries; null: there are none.
QByteArray encodeLogsPage(const HistoryPage& page, std::size_t limit, std::size_t maxBytes);

/// Encodes the entries of a trace: `{"trace":…,"entries":[…],"more":…}`, by time.
QByteArray encodeTrace(std::string_view traceId, const TraceEntries& trace);

/// Parses the query of `GET /api/apps/:appId/counts`: from, to, timeRange, points, as for an application's metrics.
Result<LogCountsQuery> readCountsQuery(const QString& appId, const QUrlQuery& query, std::int64_t nowMs);

/// Encodes the answer: `{"from":…,"to":…,"stepMs":…,"complete":…,"times":[…],"levels":{name:[…],…}}`. Holds only steps that have
/// entries, by their start time, and only levels that occur.
QByteArray encodeLogCounts(const LogCountsQuery& query, const LogCounts& counts);

} // namespace vigie
