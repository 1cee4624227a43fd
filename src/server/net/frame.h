// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace vigie {

// WebSocket frames as bytes (RFC 6455 §5.2), both ways: pure functions, any thread.

enum class Opcode : std::uint8_t { Continuation = 0, Text = 1, Binary = 2, Close = 8, Ping = 9, Pong = 10 };

/// Ping, pong and close: they may stand between the frames of a message.
inline bool isControl(Opcode opcode)
{
    return std::uint8_t(opcode) >= 8;
}

inline constexpr std::size_t maxControlBytes = 125; ///< of a control frame's payload

/// What stands before a frame's payload.
struct FrameHead
{
    std::uint64_t payloadBytes = 0;
    std::array<char, 4> mask{};
    std::uint8_t headBytes = 0;
    Opcode opcode = Opcode::Text; ///< may be one that there is not
    std::uint8_t reservedBits = 0;
    bool isLast = false; ///< of its message
    bool isMasked = false;
    bool isShortest = true; ///< the length is written in as few bytes as it can be
};

/// Reads the head at the start of `bytes`. False: it has not come whole.
bool readFrameHead(std::span<const char> bytes, FrameHead& head);

/// Applies or takes off a mask in place. `offset`: how far into the payload `bytes` begin.
void unmask(std::span<char> bytes, const std::array<char, 4>& mask, std::uint64_t offset = 0);

/// Whether a peer may send it as the reason of a close (§7.4).
bool isCloseCode(int code);

// What a server sends: whole frames, unmasked.

/// Around UTF-8 `text`.
QByteArray textFrame(QByteArrayView text);
/// The head of a text frame of `payloadBytes`, for a frame that is put together in place.
QByteArray textFrameHead(qsizetype payloadBytes);
/// `payload`: maxControlBytes at most.
QByteArray controlFrame(Opcode opcode, QByteArrayView payload);
/// `reason`: UTF-8; what goes beyond 123 bytes is cut. `code` 0: a close that says nothing.
QByteArray closeFrame(int code, QByteArrayView reason);

} // namespace vigie
