// SPDX-License-Identifier: GPL-3.0-or-later
#include "sampling/connectioncounter.h"

#include <linux/inet_diag.h>
#include <linux/sock_diag.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

namespace vigie {

std::optional<int> ConnectionCounter::count()
{
    // A dump walks the kernel's whole connection table, most of whose time goes into empty buckets.
    // This form of the question covers both families in one walk; SOCK_DIAG_BY_FAMILY takes two.
    struct
    {
        nlmsghdr header;
        inet_diag_req request;
    } message = {};
    message.header.nlmsg_type = TCPDIAG_GETSOCK;
    message.request.idiag_family = AF_INET;
    message.request.idiag_states = 1U << TCP_ESTABLISHED;

    int established = 0;
    const bool isWhole = m_socket.dump(
        message, [&established](std::span<const char> piece, quint32 sequence) { return countIn(piece, sequence, established); });
    return isWhole ? std::optional(established) : std::nullopt;
}

ConnectionCounter::Answer ConnectionCounter::countIn(std::span<const char> piece, quint32 sequence, int& established)
{
    return forEachAnswer(piece, sequence, [&established](const nlmsghdr&, std::span<const char>) { ++established; });
}

} // namespace vigie
