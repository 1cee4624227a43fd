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

// One plain struct a message. docs/protocol.md has the text that goes with them.

namespace vigie {

// ---- from a client ----

struct AuthRequest
{
    std::string userId; ///< empty: as the URL said
    std::string appId; ///< empty: as the URL said
    std::string token;
    std::optional<std::string> since; ///< id of the last entry the client has
};

/// One without a token asks the owner for one.
struct AccessRequest
{
    std::string userId;
    std::string appId;
};

/// An entry of a `logs` message that was not taken.
struct RefusedEntry
{
    std::size_t index = 0; ///< its place in the sender's array
    std::string message; ///< why, in English: "level must be text"
};

struct LogsRequest
{
    LogBatch batch; ///< stamped with ids, not yet with its place in the order
    bool ack = false;
    std::vector<RefusedEntry> refused = {}; ///< ascending; the batch holds the others
    std::optional<LimitHit> hit = {}; ///< the limit that one of those refused went beyond
};

struct FilterRequest
{
    LogFilter filter;
};

struct HistoryRequest
{
    /// How the answer is to look: `request_history` wants `logs`, `history` wants its own type.
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
    std::optional<bool> logs; ///< false: send me no log entries (a pure producer)
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

// ---- to a client (besides `logs`, which the Fanout writes from a batch's own bytes) ----

struct ConnectMessage
{
    std::string appId; ///< empty: not known yet
    std::string userId;
};

struct AuthSuccess
{
    std::string appId;
    std::string userId;
    std::optional<Role> role = {}; ///< absent: no token was asked for, and everything is allowed
};

struct AuthErrorMessage
{
    std::string message;
    std::string code = {}; ///< one of docs/protocol.md's table; empty: what is missing is no token
    std::int64_t retryAfterMs = 0; ///< 0: another attempt like this one is of no use
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
    std::string code; ///< one of docs/protocol.md's table
    std::string message;
};

/// What a client's message was refused for. `code` is one of docs/protocol.md's table.
struct ErrorMessage
{
    std::string code;
    std::string message;
    std::string requestType; ///< empty: the message had none that we could read
    std::optional<LimitHit> hit = {}; ///< not sent: the limit that it went beyond
    std::vector<RefusedEntry> refused = {}; ///< only of `entries_refused`
};

struct MetricsMessage
{
    FramePtr frame; ///< may be null: nothing was looked at yet
    Activity activity;
};

struct MetricsDetail
{
    FramePtr frame;
};

struct LogsAck
{
    std::size_t count = 0; ///< entries taken, repeats included
    std::string lastId;
    std::size_t repeats = 0; ///< of `count`: those that were there already
    std::size_t renamed = 0; ///< of `count`: those whose id another entry had, kept under one of our making
    std::vector<RefusedEntry> refused = {};
};

/// All of the application's entries up to this one are on disk.
struct Stored
{
    std::string lastId; ///< empty: none is known to be
};

/// Entries strictly between two ids that can no longer be had.
struct Gap
{
    std::string fromId; ///< the last entry before the gap; empty: the beginning
    std::string toId; ///< the first entry after it; empty: the present
    std::optional<std::uint64_t> count; ///< absent: not known
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
    int delivered = 0; ///< producers the command was passed to
};

struct LastActions
{
    std::vector<AppCommand> actions; ///< oldest first
};

} // namespace vigie
