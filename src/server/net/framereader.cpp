// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/net/framereader.h"

#include "server/net/closecodes.h"

#include <QtEndian>
#include <algorithm>
#include <simdjson.h>
#include <utility>

namespace vigie {

namespace {

// Messages are parsed where they lie.
static_assert(FrameReader::padding >= simdjson::SIMDJSON_PADDING);

constexpr const char* notUtf8 = "a text is not UTF-8";

FrameReader::Event broken(int code, const char* why)
{
    return {FrameReader::What::Broken, code, why, {}};
}

/// How many bytes at the end of `text` begin a character whose rest has not come.
std::size_t cutBytes(std::string_view text)
{
    for (std::size_t i = 1; i <= std::min<std::size_t>(3, text.size()); ++i) {
        const auto byte = static_cast<unsigned char>(text[text.size() - i]);
        if ((byte & 0xc0) == 0x80)
            continue;
        const std::size_t length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
        return length > i ? i : 0;
    }
    return 0;
}

} // namespace

const char* FrameReader::problemOf(const FrameHead& head) const
{
    const auto opcode = std::uint8_t(head.opcode);
    if (head.reservedBits != 0)
        return "a reserved bit is set";
    if ((opcode > 2 && opcode < 8) || opcode > 10)
        return "there is no such kind of frame";
    if (!head.isMasked)
        return "a client's frames must be masked";
    if (!head.isShortest || head.payloadBytes >> 63)
        return "a frame's length is not written as it must be";
    if (isControl(head.opcode))
        return head.payloadBytes > maxControlBytes || !head.isLast ? "a control frame is too long or in parts" : nullptr;
    if ((head.opcode == Opcode::Continuation) != isWithinMessage())
        return isWithinMessage() ? "a message begins within another" : "there is no message to continue";
    return nullptr;
}

bool FrameReader::isTooLarge(const FrameHead& head) const
{
    const std::size_t before = keptBytes();
    return before > m_maxMessage || head.payloadBytes > m_maxMessage - before;
}

FrameReader::Event FrameReader::next(std::span<char>& bytes)
{
    if (std::exchange(m_isDelivered, false))
        m_message.reset();
    Event event;
    if (!m_isBroken)
        event = m_message && m_message->left > 0 ? go(bytes) : begin(bytes);
    m_isBroken |= event.what == What::Broken;
    return event;
}

FrameReader::Event FrameReader::begin(std::span<char>& bytes)
{
    FrameHead head;
    if (!readFrameHead(bytes, head))
        return {};
    if (const char* const problem = problemOf(head))
        return broken(FramesBroken, problem);
    if (isControl(head.opcode))
        return takeControl(head, bytes);
    if (isTooLarge(head))
        return broken(MessageTooLarge, "a message is too large");

    const std::span<char> rest = bytes.subspan(head.headBytes);
    if (!m_message && head.isLast && head.payloadBytes <= rest.size()) {
        const std::span<char> payload = rest.first(std::size_t(head.payloadBytes));
        bytes = rest.subspan(payload.size());
        unmask(payload, head.mask);
        if (head.opcode == Opcode::Text && !simdjson::validate_utf8(payload.data(), payload.size()))
            return broken(TextBroken, notUtf8);
        return {What::Message, 0, "", payload};
    }
    if (!m_message) {
        m_message = std::make_unique<Message>();
        m_message->isText = head.opcode == Opcode::Text;
    }
    m_message->frame = head;
    m_message->left = head.payloadBytes;
    bytes = rest;
    return go(bytes);
}

/// Takes what has come of the present frame's payload.
FrameReader::Event FrameReader::go(std::span<char>& bytes)
{
    Message& message = *m_message;
    const std::span<char> part = bytes.first(std::min<std::uint64_t>(message.left, bytes.size()));
    bytes = bytes.subspan(part.size());
    unmask(part, message.frame.mask, message.frame.payloadBytes - message.left);
    message.left -= part.size();
    // Room as it comes: who only says that much will come is not to have it.
    if (const std::size_t wanted = message.text.size() + part.size() + padding; wanted > message.text.capacity())
        message.text.reserve(std::max(wanted, 2 * message.text.capacity()));
    message.text.append(part.data(), part.size());
    const bool isWhole = message.left == 0 && message.frame.isLast;
    if (message.isText) {
        const std::string_view unchecked = std::string_view(message.text).substr(message.checked);
        const std::size_t size = unchecked.size() - (isWhole ? 0 : cutBytes(unchecked));
        if (!simdjson::validate_utf8(unchecked.data(), size))
            return broken(TextBroken, notUtf8);
        message.checked += size;
    }
    return message.left == 0 ? endFrame() : Event();
}

FrameReader::Event FrameReader::endFrame()
{
    if (!m_message->frame.isLast)
        return {What::Fragment, 0, "", {}};
    m_isDelivered = true;
    return {What::Message, 0, "", m_message->text};
}

FrameReader::Event FrameReader::takeControl(const FrameHead& head, std::span<char>& bytes)
{
    const std::span<char> rest = bytes.subspan(head.headBytes);
    if (rest.size() < head.payloadBytes)
        return {};
    const std::span<char> payload = rest.first(std::size_t(head.payloadBytes));
    bytes = rest.subspan(payload.size());
    unmask(payload, head.mask);
    if (head.opcode != Opcode::Close)
        return {head.opcode == Opcode::Ping ? What::Ping : What::Pong, 0, "", payload};
    if (payload.empty())
        return {What::Close, 0, "", payload};
    const int code = payload.size() < 2 ? 0 : qFromBigEndian<quint16>(payload.data());
    if (!isCloseCode(code))
        return broken(FramesBroken, "a close has a code that it may not have");
    const std::span<char> reason = payload.subspan(2);
    if (!simdjson::validate_utf8(reason.data(), reason.size()))
        return broken(TextBroken, "a close's reason is not UTF-8");
    return {What::Close, code, "", reason};
}

} // namespace vigie
