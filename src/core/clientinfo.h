// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/access.h"

#include <QMetaType>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace vigie {

/// The present state of one WebSocket client, for the owner's list.
struct ClientInfo
{
    std::uint64_t id = 0; ///< unique while the program runs
    bool isSignedIn = false;
    std::string userId; ///< before sign-in: as the URL says
    std::string appId;
    std::optional<Role> role; ///< absent: not signed in, or admitted without a token
    std::int64_t grantId = 0; ///< of its token; 0: none
    bool isProducer = false; ///< has sent entries or metrics
    std::string address;
    std::string network; ///< the network to block for it; empty: this machine, which cannot be blocked
    std::int64_t sinceMs = 0; ///< when it connected, since the epoch
    double inBytesPerSecond = 0;
    double outBytesPerSecond = 0;
    std::int64_t unsentBytes = 0;
    std::uint64_t entriesBehind = 0; ///< 0: it is up to date
};

using ClientsPtr = std::shared_ptr<const std::vector<ClientInfo>>;

} // namespace vigie

Q_DECLARE_METATYPE(vigie::ClientsPtr)
