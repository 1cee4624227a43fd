// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sampling/links.h"
#include "sampling/netlink.h"

#include <span>
#include <vector>

namespace vigie {

/// The network interfaces of the namespace that Vigie runs in, from the kernel's routing messages (rtnetlink(7)); sysfs may show
/// another namespace's. They are asked for again only when the kernel has said that one came, went or changed.
class LinkReader
{
public:
    LinkReader() = default;
    ~LinkReader();
    LinkReader(const LinkReader&) = delete;
    LinkReader& operator=(const LinkReader&) = delete;

    /// True when `links` was filled anew; false when it is as before, or the kernel does not tell.
    bool refresh(std::vector<Link>& links);

    /// Adds to `links` what one piece of the kernel's answer to question number `sequence` holds; loopback is left out.
    /// `isWhole` becomes false where the kernel says that something changed meanwhile.
    static NetlinkAnswer linksIn(std::span<const char> piece, quint32 sequence, std::vector<Link>& links, bool& isWhole);

private:
    bool hasChanged();
    void watch();

    NetlinkSocket m_socket{NETLINK_ROUTE};
    int m_watch = -1; ///< -1 where the kernel tells of no changes: then each look asks
    bool m_isKnown = false;
};

} // namespace vigie
