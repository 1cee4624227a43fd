// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMetaType>
#include <cstdint>
#include <string>

namespace vigie {

/// A request for access to one application's entries, from somebody without a token.
struct JoinRequest
{
    std::uint64_t id = 0; ///< unique while the program runs
    std::string userId; ///< as they claim; unverified
    std::string appId;
    std::string address;
    std::string network; ///< the network to block for it; empty: this machine, which cannot be blocked
    std::int64_t timeMs = 0; ///< since the epoch
};

/// The owner's answer to a JoinRequest.
enum class JoinAnswer {
    Once, ///< until they disconnect
    Day,
    Always, ///< until it is revoked
    No,
    Block ///< no, and block them
};

} // namespace vigie

Q_DECLARE_METATYPE(vigie::JoinRequest)
Q_DECLARE_METATYPE(vigie::JoinAnswer)
