// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/history.h"
#include "core/result.h"

#include <QByteArray>
#include <QString>
#include <QUrlQuery>
#include <span>

namespace vigie {

/// Reads the query part of `GET /api/apps/:appId/logs`: from, to, level (may come again, or as a list with commas),
/// user, q, regex, limit, cursor. Anything else, or anything malformed, is an error.
Result<HistoryQuery> readLogsQuery(const QString& appId, const QUrlQuery& query);

/// Its answer: `{"logs":[…],"cursor":…}`, newest first; as many of the newest entries of `page` as fit about
/// `maxBytes`. The cursor asks for what is older; null: there is nothing.
QByteArray encodeLogsPage(const HistoryPage& page, std::size_t limit, std::size_t maxBytes);

} // namespace vigie
