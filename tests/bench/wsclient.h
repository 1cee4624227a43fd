// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

/// The few things a load generator needs of a WebSocket, on plain sockets: counting must be cheap, or it
/// becomes what is measured. Linux, loopback.
namespace wsclient {

/// Connects to 127.0.0.1:port and does the handshake, blocking. Returns the descriptor, now non-blocking; ends
/// the program with a message when that fails.
int connect(std::uint16_t port);

/// Sends all of `bytes` on a non-blocking socket, waiting as needed.
void sendAll(int descriptor, std::string_view bytes);

/// A masked text frame (RFC 6455 §5.2) with the mask 0: valid, and free to make.
std::string maskedFrame(std::string_view text);

/// Takes a stream of unmasked frames apart without keeping it.
class FrameCounter
{
public:
    /// Calls `onFrame(payloadLength)` for each frame that ends within these bytes.
    template <typename OnFrame>
    void feed(const char* bytes, std::size_t size, OnFrame onFrame)
    {
        while (size > 0) {
            if (m_left > 0) {
                const std::size_t taken = size < m_left ? size : static_cast<std::size_t>(m_left);
                bytes += taken;
                size -= taken;
                m_left -= taken;
                if (m_left == 0)
                    onFrame(m_length);
                continue;
            }
            m_head[m_headSize++] = static_cast<unsigned char>(*bytes++);
            --size;
            if (!headIsWhole())
                continue;
            m_length = headLength();
            m_left = m_length;
            m_headSize = 0;
            if (m_left == 0)
                onFrame(m_length);
        }
    }

private:
    std::size_t headWanted() const
    {
        const int length = m_head[1] & 127;
        return length == 126 ? 4 : length == 127 ? 10 : 2;
    }
    bool headIsWhole() const { return m_headSize >= 2 && m_headSize >= headWanted(); }
    std::uint64_t headLength() const
    {
        const std::size_t wanted = headWanted();
        if (wanted == 2)
            return m_head[1] & 127;
        std::uint64_t length = 0;
        for (std::size_t i = 2; i < wanted; ++i)
            length = length << 8 | m_head[i];
        return length;
    }

    unsigned char m_head[10] = {};
    std::size_t m_headSize = 0;
    std::uint64_t m_length = 0;
    std::uint64_t m_left = 0;
};

} // namespace wsclient
