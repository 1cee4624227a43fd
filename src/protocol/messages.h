// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/access.h"
#include "core/activity.h"
#include "core/appevents.h"
#include "core/limits.h"
#include "core/logbatch.h"
#include "core/logfilter.h"
#include "figures/frame.h"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

// One plain struct for each message. docs/protocol.md describes them.

namespace vigie {

// ---- from a client ----

struct AuthRequest
{
    std::string userId; ///< empty: as in the URL
    std::string appId; ///< empty: as in the URL
    std::string token;
    std::optional<std::string> since; ///< id of the last entry that the client has
};

/// A request for access, from a client without a token.
struct AccessRequest
{
    std::string userId;
    std::string appId;
};

/// A refused entry of a `logs` message.
struct RefusedEntry
{
    std::size_t index = 0; ///< index in the sender's array
    std::string message; ///< why, in English: "level must be text"
};

struct LogsRequest
{
    LogBatch batch; ///< has ids, but no sequence numbers yet
    bool ack = false;
    std::vector<RefusedEntry> refused = {}; ///< ascending; `batch` holds the others
    std::optional<LimitHit> hit = {}; ///< the limit that a refused entry exceeded
};

struct FilterRequest
{
    LogFilter filter;
};

struct HistoryRequest
{
    /// The form of the answer: `request_history` expects `logs`, `history` its own type.
    enum class Reply { Logs, History, Named };
    Reply reply = Reply::Logs;
    std::string responseType; ///< only for Named
    std::size_t limit = 100;
    std::optional<std::string> beforeId;
    std::optional<std::int64_t> beforeTimeMs;
    std::optional<bool> stored = {}; ///< true: only what is on disk
};

struct MetricsRequest
{};

struct SubscribeRequest
{
    std::optional<int> metricsIntervalMs;
    std::optional<bool> detail;
    std::optional<bool> logs; ///< false: send no log entries (for a pure producer)
};

struct AppMetricsRequest
{
    std::int64_t timestampMs = 0;
    QByteArray metricsJson;
};

struct ClearRequest
{};

struct StatusRequest
{};

struct CommandRequest
{
    std::string type;
    QByteArray dataJson; ///< any JSON value, or empty
};

struct LastActionsRequest
{};

using ClientMessage =
    std::variant<AuthRequest, AccessRequest, LogsRequest, FilterRequest, HistoryRequest, MetricsRequest, SubscribeRequest,
                 AppMetricsRequest, ClearRequest, StatusRequest, CommandRequest, LastActionsRequest>;

// ---- to a client (except `logs`, which the Fanout assembles from a batch's own bytes) ----

struct ConnectMessage
{
    std::string appId; ///< empty: not known yet
    std::string userId;
};

struct AuthSuccess
{
    std::string appId;
    std::string userId;
    std::optional<Role> role = {}; ///< absent: no token was required, and everything is allowed
};

struct AuthErrorMessage
{
    std::string message;
    std::string code = {}; ///< a code of docs/protocol.md's table; empty: something other than a token is missing
    std::int64_t retryAfterMs = 0; ///< 0: the same attempt would fail again
};

/// The owner has been asked.
struct AccessPending
{};

struct AccessGranted
{
    std::string appId;
    std::string userId;
    std::string token;
};

struct AccessDenied
{
    std::string code; ///< a code of docs/protocol.md's table
    std::string message;
};

/// Why a client's message was refused. `code` is one of docs/protocol.md's table.
struct ErrorMessage
{
    std::string code;
    std::string message;
    std::string requestType; ///< empty: the message had no readable type
    std::optional<LimitHit> hit = {}; ///< not sent: the limit that the message exceeded
    std::vector<RefusedEntry> refused = {}; ///< only with `entries_refused`
};

struct MetricsMessage
{
    FramePtr frame; ///< null: nothing sampled yet
    Activity activity;
};

struct MetricsDetail
{
    FramePtr frame;
};

struct LogsAck
{
    std::size_t count = 0; ///< accepted entries, including repeats
    std::string lastId;
    std::size_t repeats = 0; ///< of `count`: entries that were already there
    std::size_t renamed = 0; ///< of `count`: entries whose id a different entry had; stored under a substitute id
    std::vector<RefusedEntry> refused = {};
};

/// All entries of the application up to this one are on disk.
struct Stored
{
    std::string lastId; ///< empty: none known
};

/// Entries strictly between two ids that are no longer available.
struct Gap
{
    std::string fromId; ///< the last entry before the gap; empty: the beginning
    std::string toId; ///< the first entry after it; empty: the present
    std::optional<std::uint64_t> count; ///< absent: unknown
};

struct StatusResponse
{
    bool success = true;
    std::string message;
    bool userExists = true;
    bool appExists = true;
    bool userHasAccess = true;
    bool appIsActive = false;
};

struct CommandResponse
{
    bool success = false;
    std::string message;
    int delivered = 0; ///< number of producers that received the command
};

struct LastActions
{
    std::vector<AppCommand> actions; ///< oldest first
};

} // namespace vigie
