// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/net/frame.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

namespace vigie {

/// Reads the frames of one WebSocket client (RFC 6455 §5–8): masks, fragments, control frames between them, and every rule that
/// they can break. Bytes in, events out, without a socket. What has come of a frame and is not whole is kept here, unmasked,
/// whatever the cuts; a frame that comes whole is never copied. One thread.
class FrameReader
{
public:
    static constexpr std::size_t padding = 64; ///< bytes that may be read behind a message

    enum class What : std::uint8_t {
        Nothing, ///< more must come first
        Fragment, ///< a frame of a message that has more of them
        Message, ///< `payload`: the whole of it, writable
        Ping, ///< `payload`: to be sent back
        Pong,
        Close, ///< `code` 0: without one; `payload`: its reason
        Broken, ///< the connection is to be closed with `code`; nothing more is read
    };

    struct Event
    {
        What what = What::Nothing;
        int code = 0; ///< of a close
        const char* why = ""; ///< of Broken, for the peer to read
        std::span<char> payload{}; ///< until the next call
    };

    /// Larger messages are Broken as soon as a frame's head says so.
    void setMaxMessage(std::size_t bytes) { m_maxMessage = bytes; }

    /// The next that `bytes` hold, which are unmasked in place and shortened by what was read. Behind them `padding` bytes must
    /// be readable.
    Event next(std::span<char>& bytes);

    /// A message has begun, and its last frame has not come whole.
    bool isWithinMessage() const { return m_message && !m_isDelivered; }
    /// Bytes that are kept of it.
    std::size_t keptBytes() const { return isWithinMessage() ? m_message->text.size() : 0; }

private:
    /// A message that does not come in one piece.
    struct Message
    {
        std::string text; ///< unmasked; with room for `padding` once it is whole
        std::size_t checked = 0; ///< of it, known to be UTF-8
        bool isText = false;
        FrameHead frame; ///< the present one
        std::uint64_t left = 0; ///< of its payload, to come
    };

    Event begin(std::span<char>& bytes);
    Event go(std::span<char>& bytes);
    Event endFrame();
    Event takeControl(const FrameHead& head, std::span<char>& bytes);
    const char* problemOf(const FrameHead& head) const;
    bool isTooLarge(const FrameHead& head) const;

    std::size_t m_maxMessage = 0;
    std::unique_ptr<Message> m_message; // null: none that is begun
    bool m_isDelivered = false; // it was given out, and goes with the next call
    bool m_isBroken = false;
};

} // namespace vigie
