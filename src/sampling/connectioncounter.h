// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sampling/netlink.h"

#include <QtGlobal>
#include <optional>
#include <span>

namespace vigie {

/// Counts established TCP connections, v4 and v6, by asking the kernel over NETLINK_SOCK_DIAG
/// (sock_diag(7)). Messages are counted, never kept.
class ConnectionCounter
{
public:
    /// Absent when the kernel refuses or is cut short; the next call starts afresh.
    std::optional<int> count();

    using Answer = NetlinkAnswer;
    /// Adds to `established` what one piece of the kernel's answer to question number `sequence` holds.
    static Answer countIn(std::span<const char> piece, quint32 sequence, int& established);

private:
    NetlinkSocket m_socket{NETLINK_SOCK_DIAG};
};

} // namespace vigie
