// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>
#include <algorithm>
#include <cstddef>
#include <cstring>
#include <linux/netlink.h>
#include <optional>
#include <span>
#include <vector>

namespace vigie {

/// Whether an answer of the kernel to a dump (netlink(7)) has more pieces.
enum class NetlinkAnswer { GoesOn, Ends, Refuses };

/// Takes the next message, or attribute, off the front of `bytes`: `Header` begins with its whole length. False at the end, and
/// where what follows cannot be one. Not by NLMSG_NEXT: behind a last message that is not padded it goes on beyond the end.
template <typename Header> bool takeNetlink(std::span<const char>& bytes, Header& header, std::span<const char>& body)
{
    if (bytes.size() < sizeof header)
        return false;
    std::memcpy(&header, bytes.data(), sizeof header);
    std::size_t length = 0;
    if constexpr (requires { header.nlmsg_len; })
        length = header.nlmsg_len;
    else
        length = header.nla_len;
    if (length < sizeof header || length > bytes.size())
        return false;
    body = bytes.subspan(sizeof header, length - sizeof header);
    bytes = bytes.subspan(std::min<std::size_t>(NLMSG_ALIGN(length), bytes.size()));
    return true;
}

/// Calls `each(header, body)` for what one piece of the kernel's answer to question number `sequence` holds.
template <typename Each> NetlinkAnswer forEachAnswer(std::span<const char> piece, quint32 sequence, Each each)
{
    nlmsghdr header;
    std::span<const char> body;
    while (takeNetlink(piece, header, body)) {
        if (header.nlmsg_seq != sequence)
            continue;
        if (header.nlmsg_type == NLMSG_DONE)
            return NetlinkAnswer::Ends;
        if (header.nlmsg_type == NLMSG_ERROR)
            return NetlinkAnswer::Refuses;
        each(header, body);
    }
    return NetlinkAnswer::GoesOn;
}

/// A question's socket to the kernel. It stays open and never waits: the kernel makes its answer while the question is being
/// sent and the answer read.
class NetlinkSocket
{
public:
    explicit NetlinkSocket(int protocol) : m_protocol(protocol) {}
    ~NetlinkSocket() { close(); }
    NetlinkSocket(const NetlinkSocket&) = delete;
    NetlinkSocket& operator=(const NetlinkSocket&) = delete;

    /// Sends a dump's request, of which only length, sequence and flags are filled in here; each piece of the answer goes to
    /// `piece(bytes, sequence)`, which says whether it goes on. False when the kernel refuses or is cut short; what is left of
    /// a broken answer is not taken for the next one.
    template <typename Request, typename Piece> bool dump(Request& request, Piece piece)
    {
        request.header.nlmsg_len = sizeof request;
        request.header.nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
        request.header.nlmsg_seq = ++m_sequence;
        if (!send({reinterpret_cast<const char*>(&request), sizeof request}))
            return false;
        for (;;) {
            const auto bytes = receive();
            const NetlinkAnswer answer = bytes ? piece(*bytes, m_sequence) : NetlinkAnswer::Refuses;
            if (answer == NetlinkAnswer::Ends)
                return true;
            if (answer == NetlinkAnswer::Refuses) {
                close();
                return false;
            }
        }
    }

private:
    bool send(std::span<const char> message);
    std::optional<std::span<const char>> receive();
    void close();

    int m_protocol;
    int m_fd = -1;
    quint32 m_sequence = 0;
    std::vector<char> m_buffer;
};

} // namespace vigie
