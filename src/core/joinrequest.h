// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMetaType>
#include <cstdint>
#include <string>

namespace vigie {

/// Somebody without a token asks the owner to be let in, to read one application's entries.
struct JoinRequest
{
    std::uint64_t id = 0; ///< while the program runs
    std::string userId; ///< as they say: nobody has checked it
    std::string appId;
    std::string address;
    std::string network; ///< what would be blocked; empty: this machine, which cannot be
    std::int64_t timeMs = 0; ///< since the epoch
};

/// What the owner says to that.
enum class JoinAnswer {
    Once, ///< until they leave
    Day,
    Always, ///< until it is revoked
    No,
    Block ///< no, and never again
};

} // namespace vigie

Q_DECLARE_METATYPE(vigie::JoinRequest)
Q_DECLARE_METATYPE(vigie::JoinAnswer)
