// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>
#include <optional>
#include <span>
#include <vector>

namespace vigie {

/// Counts established TCP connections, v4 and v6, by asking the kernel over NETLINK_SOCK_DIAG
/// (sock_diag(7)). The socket stays open; messages are counted, never kept. It never waits: the kernel
/// makes its answer while the question is being sent and the answer read.
class ConnectionCounter
{
public:
    ConnectionCounter() = default;
    ~ConnectionCounter();
    ConnectionCounter(const ConnectionCounter&) = delete;
    ConnectionCounter& operator=(const ConnectionCounter&) = delete;

    /// Absent when the kernel refuses or is cut short; the next call starts afresh.
    std::optional<int> count();

    enum class Answer { GoesOn, Ends, Refuses };
    /// Adds to `established` what one piece of the kernel's answer to question number `sequence` holds.
    static Answer countIn(std::span<const char> piece, quint32 sequence, int& established);

private:
    bool open();
    void close();
    bool ask();
    std::optional<int> countReplies();

    int m_fd = -1;
    quint32 m_sequence = 0;
    std::vector<char> m_buffer;
};

} // namespace vigie
