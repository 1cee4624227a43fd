// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMetaType>
#include <QString>
#include <cstdint>

namespace vigie {

/// How many log files can be open at once.
inline constexpr int maxLogFiles = 20;

/// How far a log file that the owner opened was read.
struct LogFileState
{
    QString appId; ///< by which its entries are known: "file:NAME"
    QString path;
    std::uint64_t lines = 0; ///< read or counted so far
    std::uint64_t heldEntries = 0; ///< the newest of what they say
    bool isWhole = false; ///< which is all of it
    bool isRead = false; ///< to the end of what is there
    bool isFollowed = false;
    QString problem; ///< why it is not shown, or not all of it; empty: all is well
};

} // namespace vigie

Q_DECLARE_METATYPE(vigie::LogFileState)
