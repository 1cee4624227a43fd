// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/net/frame.h"

#include <QtEndian>
#include <cstring>

namespace vigie {

namespace {

constexpr int finalBit = 0x80;
constexpr unsigned char maskBit = 0x80;
constexpr std::uint64_t length16 = 126; // the length follows in two bytes
constexpr std::uint64_t length64 = 127; // in eight

QByteArray frameHead(Opcode opcode, qsizetype payloadBytes)
{
    QByteArray head(1, static_cast<char>(finalBit | int(opcode)));
    if (payloadBytes < qsizetype(length16)) {
        head.append(static_cast<char>(payloadBytes));
    } else if (payloadBytes < 0x10000) {
        head.append(char(length16));
        head.resize(4);
        qToBigEndian(static_cast<quint16>(payloadBytes), head.data() + 2);
    } else {
        head.append(char(length64));
        head.resize(10);
        qToBigEndian(static_cast<quint64>(payloadBytes), head.data() + 2);
    }
    return head;
}

QByteArray frame(Opcode opcode, QByteArrayView payload)
{
    QByteArray whole = frameHead(opcode, payload.size());
    whole.reserve(whole.size() + payload.size());
    return whole.append(payload);
}

} // namespace

bool readFrameHead(std::span<const char> bytes, FrameHead& head)
{
    if (bytes.size() < 2)
        return false;
    const auto first = static_cast<unsigned char>(bytes[0]);
    const auto second = static_cast<unsigned char>(bytes[1]);
    const std::uint64_t length = second & ~maskBit;
    const std::size_t lengthBytes = length == length16 ? 2 : length == length64 ? 8 : 0;
    head.isMasked = second & maskBit;
    const std::size_t size = 2 + lengthBytes + (head.isMasked ? head.mask.size() : 0);
    if (bytes.size() < size)
        return false;
    head.isLast = first & finalBit;
    head.reservedBits = first & 0x70;
    head.opcode = Opcode(first & 0x0f);
    head.headBytes = std::uint8_t(size);
    head.payloadBytes = lengthBytes == 0   ? length
                        : lengthBytes == 2 ? qFromBigEndian<quint16>(bytes.data() + 2)
                                           : qFromBigEndian<quint64>(bytes.data() + 2);
    head.isShortest = lengthBytes == 0 || head.payloadBytes >= (lengthBytes == 2 ? length16 : 0x10000);
    if (head.isMasked)
        std::memcpy(head.mask.data(), bytes.data() + 2 + lengthBytes, head.mask.size());
    return true;
}

void unmask(std::span<char> bytes, const std::array<char, 4>& mask, std::uint64_t offset)
{
    std::array<char, 8> turned;
    for (std::size_t i = 0; i < turned.size(); ++i)
        turned[i] = mask[(offset + i) % mask.size()];
    std::uint64_t wide = 0;
    std::memcpy(&wide, turned.data(), sizeof wide);
    char* const data = bytes.data();
    const std::size_t size = bytes.size();
    std::size_t i = 0;
    for (; i + sizeof wide <= size; i += sizeof wide) { // the compiler makes it wider still
        std::uint64_t word = 0;
        std::memcpy(&word, data + i, sizeof word);
        word ^= wide;
        std::memcpy(data + i, &word, sizeof word);
    }
    for (; i < size; ++i)
        data[i] = char(data[i] ^ turned[i % turned.size()]);
}

bool isCloseCode(int code)
{
    return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
}

QByteArray textFrameHead(qsizetype payloadBytes)
{
    return frameHead(Opcode::Text, payloadBytes);
}

QByteArray textFrame(QByteArrayView text)
{
    return frame(Opcode::Text, text);
}

QByteArray controlFrame(Opcode opcode, QByteArrayView payload)
{
    return frame(opcode, payload.first(std::min(payload.size(), qsizetype(maxControlBytes))));
}

QByteArray closeFrame(int code, QByteArrayView reason)
{
    if (code == 0)
        return frame(Opcode::Close, {});
    QByteArray payload(2, Qt::Uninitialized);
    qToBigEndian(static_cast<quint16>(code), payload.data());
    qsizetype size = std::min(reason.size(), qsizetype(maxControlBytes) - payload.size());
    while (size < reason.size() && size > 0 && (static_cast<unsigned char>(reason[size]) & 0xc0) == 0x80)
        --size; // no character is cut
    return frame(Opcode::Close, payload.append(reason.first(size)));
}

} // namespace vigie
