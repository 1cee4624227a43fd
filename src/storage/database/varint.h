// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace vigie {

/// Adds with wrap-around: a corrupt file may hold any numbers, and overflow must not be undefined.
constexpr std::int64_t wrappingSum(std::int64_t a, std::int64_t b)
{
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) + static_cast<std::uint64_t>(b));
}

/// ZigZag encoding: maps signed numbers to unsigned ones, small where the value is near 0. unfolded() is the inverse.
constexpr std::uint64_t folded(std::int64_t value)
{
    return (static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63);
}

constexpr std::int64_t unfolded(std::uint64_t value)
{
    return static_cast<std::int64_t>(value >> 1) ^ -static_cast<std::int64_t>(value & 1);
}

/// Appends numbers as LEB128 varints (seven bits a byte, least significant first), and texts.
class ByteWriter
{
public:
    void number(std::uint64_t value);
    void signedNumber(std::int64_t value) { number(folded(value)); }
    void text(std::string_view text);

    const QByteArray& bytes() const { return m_bytes; }

private:
    QByteArray m_bytes;
};

/// Reads what ByteWriter wrote. Beyond the end, or on invalid data, returns 0 and empty texts, and isGood() stays false.
class ByteReader
{
public:
    explicit ByteReader(std::string_view bytes) : m_bytes(bytes) {}

    std::uint64_t number()
    {
        if (m_bytes.empty() || static_cast<unsigned char>(m_bytes.front()) >= 0x80)
            return longNumber();
        const auto value = static_cast<unsigned char>(m_bytes.front());
        m_bytes.remove_prefix(1);
        return value;
    }
    std::int64_t signedNumber() { return unfolded(number()); }
    std::string_view text();
    /// The next so many bytes. Invalid if fewer are left.
    std::string_view take(std::size_t size);
    /// The number of items that follow, each of at least one byte. Invalid if more than the bytes left.
    std::size_t count();

    /// What was not read yet.
    std::string_view rest() const { return m_bytes; }

    bool isGood() const { return m_good; }

private:
    std::uint64_t longNumber();

    std::string_view m_bytes;
    bool m_good = true;
};

/// Compresses (deflate, with a length prefix). inflated() is the inverse: nothing if the bytes are invalid or too long to be
/// ours.
QByteArray deflated(const QByteArray& bytes);
std::optional<QByteArray> inflated(std::string_view bytes);

} // namespace vigie
