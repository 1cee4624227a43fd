// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/messages.h"

#include <QByteArray>
#include <span>
#include <string>

namespace vigie {

// Messages to clients as JSON text (UTF-8, one line). Text that is not valid UTF-8 comes out with U+FFFD. `metrics` and
// `metrics_detail` are MetricsEncoder's.

QByteArray encode(const ConnectMessage& message);
QByteArray encode(const AuthSuccess& message);
QByteArray encode(const AuthErrorMessage& message);
QByteArray encode(const AccessPending& message);
QByteArray encode(const AccessGranted& message);
QByteArray encode(const AccessDenied& message);
QByteArray encode(const ErrorMessage& message);
QByteArray encode(const LogsAck& message);
QByteArray encode(const Stored& message);
QByteArray encode(const Gap& message);
QByteArray encode(const StatusResponse& message);
QByteArray encode(const CommandResponse& message);
QByteArray encode(const LastActions& message);
QByteArray encode(const AppMetrics& message); ///< `app_metrics`
QByteArray encode(const AppCommand& message); ///< `command`
QByteArray encode(const AppCleared& message); ///< `clear`

/// The `error` about entries that were refused, of `total` in the message: all of them, and the first few in words.
ErrorMessage entriesRefused(std::vector<RefusedEntry> refused, std::size_t total);

/// What stands before and behind the entries of a `logs` message; between entries stands a comma.
inline constexpr std::string_view logsPrefix = R"({"type":"logs","payload":[)";
inline constexpr std::string_view logsSuffix = "]}";

/// A `logs` message of these entries' own bytes.
QByteArray encodeLogs(std::span<const LogEntryRef> entries);

/// The answer to `history`: the entries as `request` wants them.
QByteArray encodeHistory(std::span<const LogEntryRef> entries, const HistoryRequest& request);

} // namespace vigie
