// SPDX-License-Identifier: GPL-3.0-or-later
#include "sampling/linkreader.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <linux/if.h>
#include <linux/if_link.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>
#include <unistd.h>

namespace vigie {

namespace {

using Bytes = std::span<const char>;

int toInt(Bytes body)
{
    int value = 0;
    if (body.size() >= sizeof value)
        std::memcpy(&value, body.data(), sizeof value);
    return value;
}

std::string toText(Bytes body)
{
    return {body.data(), ::strnlen(body.data(), body.size())};
}

/// Calls `each(type, body)` for each attribute.
template <typename Each> void forEachAttribute(Bytes bytes, Each each)
{
    nlattr header;
    Bytes body;
    while (takeNetlink(bytes, header, body))
        each(header.nla_type & NLA_TYPE_MASK, body);
}

/// IPv4's and IPv6's settings of the interface are arrays of numbers.
bool forwardsIn(Bytes families)
{
    bool forwards = false;
    forEachAttribute(families, [&forwards](int family, Bytes settings) {
        forEachAttribute(settings, [&](int type, Bytes values) {
            const bool isIpv4 = family == AF_INET && type == IFLA_INET_CONF;
            const bool isIpv6 = family == AF_INET6 && type == IFLA_INET6_CONF;
            // The first of either is forwarding; IPv4's numbers begin with 1.
            static_assert(IPV4_DEVCONF_FORWARDING == 1 && DEVCONF_FORWARDING == 0);
            forwards = forwards || ((isIpv4 || isIpv6) && toInt(values) != 0);
        });
    });
    return forwards;
}

Link linkIn(const ifinfomsg& head, Bytes attributes)
{
    Link link;
    link.index = head.ifi_index;
    forEachAttribute(attributes, [&link](int type, Bytes body) {
        switch (type) {
        case IFLA_IFNAME:
            link.name = toText(body);
            break;
        case IFLA_LINK:
            link.lower = toInt(body);
            break;
        case IFLA_MASTER:
            link.master = toInt(body);
            break;
        case IFLA_LINK_NETNSID:
            link.lowerIsElsewhere = true;
            break;
        case IFLA_LINKINFO:
            forEachAttribute(body, [&link](int detail, Bytes text) {
                if (detail == IFLA_INFO_KIND)
                    link.kind = toText(text);
            });
            break;
        case IFLA_AF_SPEC:
            link.forwards = forwardsIn(body);
            break;
        default:
            break;
        }
    });
    return link;
}

} // namespace

LinkReader::~LinkReader()
{
    if (m_watch >= 0)
        ::close(m_watch);
}

bool LinkReader::refresh(std::vector<Link>& links)
{
    if (!hasChanged())
        return false;
    struct
    {
        nlmsghdr header;
        ifinfomsg head;
        nlattr filter;
        quint32 mask;
    } message = {};
    message.header.nlmsg_type = RTM_GETLINK;
    message.head.ifi_family = AF_UNSPEC;
    message.filter = {sizeof message.filter + sizeof message.mask, IFLA_EXT_MASK};
    message.mask = RTEXT_FILTER_SKIP_STATS;
    std::vector<Link> found;
    bool isWhole = true;
    const bool isAnswered =
        m_socket.dump(message, [&](Bytes piece, quint32 sequence) { return linksIn(piece, sequence, found, isWhole); });
    m_isKnown = isAnswered && isWhole;
    if (isAnswered)
        links = std::move(found);
    return isAnswered;
}

NetlinkAnswer LinkReader::linksIn(Bytes piece, quint32 sequence, std::vector<Link>& links, bool& isWhole)
{
    return forEachAnswer(piece, sequence, [&](const nlmsghdr& header, Bytes body) {
        ifinfomsg head;
        isWhole = isWhole && !(header.nlmsg_flags & NLM_F_DUMP_INTR);
        if (header.nlmsg_type != RTM_NEWLINK || body.size() < sizeof head)
            return;
        std::memcpy(&head, body.data(), sizeof head);
        Link link = linkIn(head, body.subspan(sizeof head));
        if (!(head.ifi_flags & IFF_LOOPBACK) && !link.name.empty())
            links.push_back(std::move(link));
    });
}

bool LinkReader::hasChanged()
{
    if (m_watch < 0) {
        watch();
        return true;
    }
    // What they say does not matter: all is asked for anew. An error is a queue that ran over.
    char ignored = 0;
    while (::recv(m_watch, &ignored, sizeof ignored, MSG_TRUNC) >= 0 || errno == ENOBUFS || errno == EINTR)
        m_isKnown = false;
    return !m_isKnown;
}

void LinkReader::watch()
{
    m_watch = ::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_ROUTE);
    sockaddr_nl own = {};
    own.nl_family = AF_NETLINK;
    // A socket without an address of its own is told nothing.
    bool isTold = m_watch >= 0 && ::bind(m_watch, reinterpret_cast<const sockaddr*>(&own), sizeof own) == 0;
    for (const int group : {RTNLGRP_LINK, RTNLGRP_IPV4_NETCONF, RTNLGRP_IPV6_NETCONF})
        isTold = isTold && ::setsockopt(m_watch, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, &group, sizeof group) == 0;
    if (!isTold && m_watch >= 0) {
        ::close(m_watch);
        m_watch = -1;
    }
}

} // namespace vigie
