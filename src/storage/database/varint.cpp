// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/database/varint.h"

#include <QtEndian>

namespace vigie {

namespace {

constexpr int bestCompression = 9;
constexpr quint32 maxBytes = 16 * 1024 * 1024; // far larger than any chunk of ours
constexpr std::size_t headBytes = 4; // the length prefix of qCompress()

} // namespace

void ByteWriter::number(std::uint64_t value)
{
    while (value >= 0x80) {
        m_bytes.append(static_cast<char>(value | 0x80));
        value >>= 7;
    }
    m_bytes.append(static_cast<char>(value));
}

void ByteWriter::text(std::string_view text)
{
    number(text.size());
    m_bytes.append(text.data(), static_cast<qsizetype>(text.size()));
}

std::uint64_t ByteReader::longNumber()
{
    std::uint64_t value = 0;
    for (int shift = 0; shift < 64 && !m_bytes.empty(); shift += 7) {
        const auto byte = static_cast<unsigned char>(m_bytes.front());
        m_bytes.remove_prefix(1);
        value |= std::uint64_t(byte & 0x7f) << shift;
        if (byte < 0x80)
            return value;
    }
    m_good = false;
    m_bytes = {};
    return 0;
}

std::string_view ByteReader::text()
{
    return take(count());
}

std::string_view ByteReader::take(std::size_t size)
{
    if (size > m_bytes.size()) {
        m_good = false;
        m_bytes = {};
    }
    const std::string_view taken = m_bytes.substr(0, size);
    m_bytes.remove_prefix(taken.size());
    return taken;
}

std::size_t ByteReader::count()
{
    const std::uint64_t value = number();
    if (value > m_bytes.size()) {
        m_good = false;
        m_bytes = {};
        return 0;
    }
    return value;
}

QByteArray deflated(const QByteArray& bytes)
{
    return qCompress(bytes, bestCompression);
}

std::optional<QByteArray> inflated(std::string_view bytes)
{
    if (bytes.size() < headBytes || qFromBigEndian<quint32>(bytes.data()) > maxBytes)
        return std::nullopt;
    const QByteArray plain = qUncompress(reinterpret_cast<const uchar*>(bytes.data()), static_cast<qsizetype>(bytes.size()));
    if (plain.isEmpty())
        return std::nullopt;
    return plain;
}

} // namespace vigie
