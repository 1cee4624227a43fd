// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMetaType>
#include <QString>
#include <cstdint>

namespace vigie {

/// How this machine stands with the bus that it shares with others.
struct BusState
{
    bool isJoined = false; ///< what is taken in is shared
    QString problem; ///< why it is not, in the servers' words, in English; empty: it is, or is only being joined
    QString difference; ///< what of the stream is not as it should be, in English; empty: nothing
    int copies = 0; ///< of each entry, at the servers; 0: not known yet
    std::uint64_t unreadable = 0; ///< messages or entries of others that were not understood, since the start
    std::uint64_t missed = 0; ///< messages that the stream held no more when this machine came back

    bool operator==(const BusState&) const = default;
};

} // namespace vigie

Q_DECLARE_METATYPE(vigie::BusState)
