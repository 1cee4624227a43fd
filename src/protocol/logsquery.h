// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/history.h"
#include "core/result.h"
#include "protocol/decoder.h"

#include <QByteArray>
#include <QString>
#include <QUrlQuery>

namespace vigie {

/// Reads the query part of `GET /api/apps/:appId/logs`: from, to, level (may come again, or as a list with commas),
/// user, q, regex, limit, cursor. Anything else, or anything malformed, is an error.
Result<HistoryQuery> readLogsQuery(const QString& appId, const QUrlQuery& query, const DecodeLimits& limits = {});

/// Its answer: `{"logs":[…],"cursor":…}`, newest first; as many of the newest entries of `page` as fit about
/// `maxBytes`. The cursor asks for what is older; null: there is nothing.
QByteArray encodeLogsPage(const HistoryPage& page, std::size_t limit, std::size_t maxBytes);

/// Reads the query part of `GET /api/apps/:appId/counts`: from, to, timeRange, points, as for the figures of an application.
Result<LogCountsQuery> readCountsQuery(const QString& appId, const QUrlQuery& query, std::int64_t nowMs);

/// Its answer: `{"from":…,"to":…,"stepMs":…,"complete":…,"times":[…],"levels":{name:[…],…}}`; the steps that have entries, by
/// their begin, and the levels that there are.
QByteArray encodeLogCounts(const LogCountsQuery& query, const LogCounts& counts);

} // namespace vigie
