// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace vigie {

/// What a network interface is, and what it is built on.
struct Link
{
    std::string name;
    std::string kind; ///< of a virtual one, as ip(8) calls it: "bridge", "veth"; empty: a card has a driver of its own
    int index = 0;
    int lower = 0;                 ///< the index of what it is built on (a VLAN's card), or of its other end (veth); 0: none
    int master = 0;                ///< the index of the bridge or bond it is a port of; 0: none
    bool lowerIsElsewhere = false; ///< `lower` is of another network namespace
    bool forwards = false;         ///< what comes in there may be routed onwards
};

/// Names, sorted, of those whose bytes are also those of another interface, so that a sum over the rest counts each path once.
///
/// - Cards count. So do links into other namespaces (a container's veth, a virtual machine's tap at a bridge), unless what passes
///   them may pass a card too: bridged to one, or routed to it. Where there is no card, the links that are no bridge's ports
///   stand for cards: such is a container's eth0.
/// - What lies over others does not count: bridges, bonds, VLANs, macvlans.
/// - Tunnels, both ends of a cable within the machine, and what keeps copies (ifb) count only where nothing else does.
std::vector<std::string> repeatingLinks(std::span<const Link> links);

} // namespace vigie
