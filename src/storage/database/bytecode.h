// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace vigie {

/// What numbers of a file are added up with: a broken one may hold any, and their sum is some number.
constexpr std::int64_t wrappingSum(std::int64_t a, std::int64_t b)
{
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) + static_cast<std::uint64_t>(b));
}

/// A number that may be negative as one that is not, small where it was near 0; and back.
constexpr std::uint64_t folded(std::int64_t value)
{
    return (static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63);
}

constexpr std::int64_t unfolded(std::uint64_t value)
{
    return static_cast<std::int64_t>(value >> 1) ^ -static_cast<std::int64_t>(value & 1);
}

/// Appends whole numbers and texts to bytes, seven bits a byte, least first: small numbers are short.
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

/// Reads what ByteWriter wrote. Past the end, or on nonsense, everything is 0 and isGood() is false from then on.
class ByteReader
{
public:
    explicit ByteReader(std::string_view bytes) : m_bytes(bytes) {}

    std::uint64_t number();
    std::int64_t signedNumber() { return unfolded(number()); }
    std::string_view text();
    /// A number of things that follow, each of at least one byte: more than there are bytes is nonsense.
    std::size_t count();

    bool isGood() const { return m_good; }

private:
    std::string_view m_bytes;
    bool m_good = true;
};

/// Deflated, its length before it; and back, nothing when it is no such thing or too long to be ours.
QByteArray deflated(const QByteArray& bytes);
std::optional<QByteArray> inflated(std::string_view bytes);

} // namespace vigie
