// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/blocks/numbers.h"

#include <QtEndian>
#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

namespace vigie {

namespace {

enum Form : std::uint64_t {
    Same, // the value
    Bits, // the least value, how many bits each takes above it
    Varints,
    Differences, // to the value before, as varints
};

constexpr unsigned maxLoadedBits = 57; // of any place in a byte, with one load

/// What an entropy coder makes of these numbers as varints, in bits: the bytes' own entropy.
double varintBits(std::span<const std::int64_t> values)
{
    std::array<std::uint32_t, 256> counts{};
    std::uint32_t bytes = 0;
    for (const std::int64_t value : values) {
        std::uint64_t left = folded(value);
        for (; left >= 0x80; left >>= 7, ++bytes)
            ++counts[(left & 0x7f) | 0x80];
        ++counts[left];
        ++bytes;
    }
    double bits = 0;
    for (const std::uint32_t count : counts) {
        if (count > 0)
            bits += count * std::log2(double(bytes) / count);
    }
    return bits;
}

void appendBits(std::string& to, std::span<const std::int64_t> values, std::int64_t least, unsigned width)
{
    std::uint64_t held = 0;
    unsigned heldBits = 0;
    for (const std::int64_t value : values) {
        std::uint64_t left = static_cast<std::uint64_t>(value) - static_cast<std::uint64_t>(least);
        for (unsigned bits = width; bits > 0;) {
            const unsigned step = std::min(bits, 32u);
            held |= (left & ((std::uint64_t(1) << step) - 1)) << heldBits;
            heldBits += step;
            left = step < 64 ? left >> step : 0;
            bits -= step;
            for (; heldBits >= 8; heldBits -= 8, held >>= 8)
                to += static_cast<char>(held);
        }
    }
    if (heldBits > 0)
        to += static_cast<char>(held);
}

bool readBits(std::string_view bytes, std::size_t count, std::int64_t least, unsigned width, std::vector<std::int64_t>& values)
{
    if (width > 64 || bytes.size() < (count * width + 7) / 8)
        return false;
    std::size_t i = 0;
    if (width <= maxLoadedBits) {
        const std::uint64_t mask = (std::uint64_t(1) << width) - 1;
        for (std::size_t bit = 0; i < count && bit / 8 + sizeof(std::uint64_t) <= bytes.size(); ++i, bit += width) {
            const std::uint64_t loaded = qFromLittleEndian<std::uint64_t>(bytes.data() + bit / 8);
            values.push_back(wrappingSum(least, static_cast<std::int64_t>((loaded >> bit % 8) & mask)));
        }
    }
    std::size_t next = i * width / 8;
    unsigned heldBits = (8 - i * width % 8) % 8;
    std::uint64_t held = heldBits > 0 ? static_cast<unsigned char>(bytes[next++]) >> (8 - heldBits) : 0;
    for (; i < count; ++i) {
        std::uint64_t value = 0;
        for (unsigned done = 0; done < width;) {
            const unsigned step = std::min(width - done, 32u);
            for (; heldBits < step; heldBits += 8)
                held |= std::uint64_t(static_cast<unsigned char>(bytes[next++])) << heldBits;
            value |= (held & ((std::uint64_t(1) << step) - 1)) << done;
            held >>= step;
            heldBits -= step;
            done += step;
        }
        values.push_back(wrappingSum(least, static_cast<std::int64_t>(value)));
    }
    return true;
}

} // namespace

std::optional<std::int64_t> canonicalNumber(std::string_view text)
{
    const bool isNegative = text.starts_with('-');
    const std::string_view digits = isNegative ? text.substr(1) : text;
    if (digits.empty() || digits.size() > 18 || (digits.front() == '0' && (digits.size() > 1 || isNegative)))
        return std::nullopt;
    std::int64_t value = 0;
    for (const char c : digits) {
        if (c < '0' || c > '9')
            return std::nullopt;
        value = value * 10 + (c - '0');
    }
    return isNegative ? -value : value;
}

namespace {

NumbersCost costBetween(std::int64_t least, std::int64_t most, std::span<const std::int64_t> values, std::vector<std::int64_t>& differences)
{
    differences.clear();
    std::int64_t before = 0;
    for (const std::int64_t value : values) {
        differences.push_back(static_cast<std::int64_t>(static_cast<std::uint64_t>(value) - static_cast<std::uint64_t>(before)));
        before = value;
    }
    const auto width = static_cast<unsigned>(std::bit_width(static_cast<std::uint64_t>(most) - static_cast<std::uint64_t>(least)));
    return {width, double(values.size()) * width, varintBits(values), varintBits(differences)};
}

} // namespace

NumbersCost costOfNumbers(std::span<const std::int64_t> values, std::vector<std::int64_t>& differences)
{
    const auto [least, most] = std::ranges::minmax(values);
    return costBetween(least, most, values, differences);
}

void writeNumbers(std::span<const std::int64_t> values, std::vector<std::int64_t>& differences, StreamWriter& to)
{
    if (values.empty())
        return;
    const auto [least, most] = std::ranges::minmax(values);
    if (least == most) {
        appendNumber(to.head(), Same);
        appendSigned(to.head(), least);
        return;
    }
    const NumbersCost cost = costBetween(least, most, values, differences);
    if (cost.asBits <= std::min(cost.asVarints, cost.asDifferences)) {
        appendNumber(to.head(), Bits);
        appendSigned(to.head(), least);
        appendNumber(to.head(), cost.width);
        appendBits(to.stream(), values, least, cost.width);
        return;
    }
    const bool areDifferences = cost.asDifferences < cost.asVarints;
    appendNumber(to.head(), areDifferences ? Differences : Varints);
    std::string& stream = to.stream();
    for (const std::int64_t value : areDifferences ? std::span<const std::int64_t>(differences) : values)
        appendSigned(stream, value);
}

bool readNumbers(StreamBlob::Section& from, std::size_t count, std::vector<std::int64_t>& values)
{
    values.clear();
    if (count == 0)
        return true;
    const std::uint64_t form = from.head.number();
    if (form == Same) {
        values.assign(count, from.head.signedNumber());
        return from.head.isGood();
    }
    if (form == Bits) {
        const std::int64_t least = from.head.signedNumber();
        const std::uint64_t width = from.head.number();
        const auto stream = from.stream();
        values.reserve(count);
        return from.head.isGood() && stream && width <= 64 && readBits(*stream, count, least, unsigned(width), values);
    }
    const auto stream = from.stream();
    if (!from.head.isGood() || !stream || form > Differences || stream->size() < count)
        return false;
    values.reserve(count);
    ByteReader reader(*stream);
    std::int64_t before = 0;
    for (std::size_t i = 0; i < count; ++i) {
        before = form == Differences ? wrappingSum(before, reader.signedNumber()) : reader.signedNumber();
        values.push_back(before);
    }
    return reader.isGood();
}

bool passNumbers(StreamBlob::Section& from)
{
    const std::uint64_t form = from.head.number();
    if (form == Same || form == Bits)
        from.head.signedNumber();
    if (form == Bits)
        from.head.number();
    return from.head.isGood() && form <= Differences && (form == Same || from.passStream());
}

} // namespace vigie
