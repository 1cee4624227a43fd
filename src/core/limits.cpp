// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/limits.h"

namespace vigie {

std::string_view limitHitName(LimitHit hit)
{
    static constexpr std::array<std::string_view, std::size_t(LimitHit::Count_)> names = {
        "connections", "connections_of_address", "handshakes", "blocked_address", "head_time", "head_size", "body_size",
        "idle_time", "host", "origin", "message_size", "message_time", "applications", "batch_size", "json_depth", "filter",
        "messages", "bytes", "history_requests", "unsent", "unread_time", "memory", "failed_sign_ins", "sign_in_time",
        "refused_messages", "join_requests",
    };
    return names[std::size_t(hit)];
}

} // namespace vigie
