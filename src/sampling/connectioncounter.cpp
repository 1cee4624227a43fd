// SPDX-License-Identifier: GPL-3.0-or-later
#include "sampling/connectioncounter.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace vigie {

namespace {

// The kernel fills at most this much of a dump at a time.
constexpr std::size_t bufferBytes = 32 * 1024;

} // namespace

ConnectionCounter::~ConnectionCounter()
{
    close();
}

std::optional<int> ConnectionCounter::count()
{
    if (m_fd < 0 && !open())
        return std::nullopt;
    const auto established = ask() ? countReplies() : std::nullopt;
    // What is left of a broken answer must not be taken for the next one.
    if (!established)
        close();
    return established;
}

bool ConnectionCounter::open()
{
    m_fd = ::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_SOCK_DIAG);
    m_buffer.resize(bufferBytes);
    return m_fd >= 0;
}

void ConnectionCounter::close()
{
    if (m_fd >= 0)
        ::close(m_fd);
    m_fd = -1;
}

bool ConnectionCounter::ask()
{
    // A dump walks the kernel's whole connection table, most of whose time goes into empty buckets.
    // This form of the question covers both families in one walk; SOCK_DIAG_BY_FAMILY takes two.
    struct
    {
        nlmsghdr header;
        inet_diag_req request;
    } message = {};
    message.header.nlmsg_len = sizeof message;
    message.header.nlmsg_type = TCPDIAG_GETSOCK;
    message.header.nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
    message.header.nlmsg_seq = ++m_sequence;
    message.request.idiag_family = AF_INET;
    message.request.idiag_states = 1U << TCP_ESTABLISHED;

    sockaddr_nl kernel = {};
    kernel.nl_family = AF_NETLINK;
    ssize_t sent = 0;
    do
        sent = ::sendto(m_fd, &message, sizeof message, MSG_NOSIGNAL,
                        reinterpret_cast<const sockaddr*>(&kernel), sizeof kernel);
    while (sent < 0 && errno == EINTR);
    return sent == static_cast<ssize_t>(sizeof message);
}

std::optional<int> ConnectionCounter::countReplies()
{
    int established = 0;
    for (;;) {
        const ssize_t got = ::recv(m_fd, m_buffer.data(), m_buffer.size(), MSG_TRUNC);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0 || static_cast<std::size_t>(got) > m_buffer.size())
            return std::nullopt;
        switch (countIn({m_buffer.data(), static_cast<std::size_t>(got)}, m_sequence, established)) {
        case Answer::GoesOn:
            break;
        case Answer::Ends:
            return established;
        case Answer::Refuses:
            return std::nullopt;
        }
    }
}

ConnectionCounter::Answer ConnectionCounter::countIn(std::span<const char> piece, quint32 sequence, int& established)
{
    // Not by NLMSG_NEXT: behind a last message that is not padded it goes on beyond the end.
    nlmsghdr header;
    while (piece.size() >= sizeof header) {
        std::memcpy(&header, piece.data(), sizeof header);
        if (header.nlmsg_len < sizeof header || header.nlmsg_len > piece.size())
            break;
        piece = piece.subspan(std::min<std::size_t>(NLMSG_ALIGN(std::size_t(header.nlmsg_len)), piece.size()));
        if (header.nlmsg_seq != sequence)
            continue;
        if (header.nlmsg_type == NLMSG_DONE)
            return Answer::Ends;
        if (header.nlmsg_type == NLMSG_ERROR)
            return Answer::Refuses;
        ++established;
    }
    return Answer::GoesOn;
}

} // namespace vigie
