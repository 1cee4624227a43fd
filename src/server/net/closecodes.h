// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace vigie {

/// Why Vigie ends a WebSocket connection (RFC 6455 §7.4; those from 4000 on are ours). docs/protocol.md says which of
/// them are worth another attempt.
enum CloseCode {
    GoingAway = 1001,
    FramesBroken = 1002,
    TextBroken = 1007, ///< not UTF-8
    DeadlinePassed = 1008,
    MessageTooLarge = 1009,
    TooSlow = 1013,
    TokenNoLongerGood = 4001, ///< revoked, or expired
    DisconnectedByOwner = 4002,
    BlockedByOwner = 4003,
    WrongVersion = 4004,
    TooManyFailures = 4005,
};

} // namespace vigie
