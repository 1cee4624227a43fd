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

/// One WebSocket client as it is now, for the owner to see.
struct ClientInfo
{
    std::uint64_t id = 0; ///< while the program runs
    bool isSignedIn = false;
    std::string userId; ///< before it is signed in: as its address says
    std::string appId;
    std::optional<Role> role; ///< absent: not signed in, or let in without a token
    std::int64_t grantId = 0; ///< of its token; 0: none
    bool isProducer = false; ///< has sent entries or figures
    std::string address;
    std::string network; ///< what would be blocked; empty: this machine, which cannot be
    std::int64_t sinceMs = 0; ///< when it connected, since the epoch
    double inBytesPerSecond = 0;
    double outBytesPerSecond = 0;
    std::int64_t unsentBytes = 0;
    std::uint64_t entriesBehind = 0; ///< 0: it gets each entry as it comes
};

using ClientsPtr = std::shared_ptr<const std::vector<ClientInfo>>;

} // namespace vigie

Q_DECLARE_METATYPE(vigie::ClientsPtr)
