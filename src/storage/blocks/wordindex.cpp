// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/blocks/wordindex.h"

#include "storage/blocks/streams.h"
#include "storage/database/varint.h"

#include <algorithm>
#include <array>
#include <bit>
#include <optional>
#include <utility>

namespace vigie {

namespace {

constexpr unsigned blockBits = 6; // GroupIndex::maxBlocks
constexpr unsigned partBits = 4; // a block's index has a part for each value of a token's upper bits
constexpr unsigned maxListed = 3; // blocks, of more there is a bit each
constexpr std::size_t checkBytes = 4; // of a checksum, at the end

void appendChecksum(std::string& to)
{
    const std::uint32_t sum = checksumOf(to);
    for (unsigned shift = 0; shift < 32; shift += 8)
        to += static_cast<char>(sum >> shift);
}

/// What stands before the checksum; nothing: it is damaged.
std::optional<std::string_view> checked(std::string_view stored)
{
    if (stored.size() < checkBytes)
        return std::nullopt;
    const std::string_view bytes = stored.substr(0, stored.size() - checkBytes);
    std::uint32_t sum = 0;
    for (std::size_t i = 0; i < checkBytes; ++i)
        sum |= std::uint32_t(static_cast<unsigned char>(stored[bytes.size() + i])) << (8 * i);
    return checksumOf(bytes) == sum ? std::optional(bytes) : std::nullopt;
}

class BitWriter
{
public:
    explicit BitWriter(std::string& to) : m_to(to) {}
    ~BitWriter()
    {
        if (m_bits > 0)
            m_to += static_cast<char>(m_held);
    }
    Q_DISABLE_COPY_MOVE(BitWriter)

    void put(std::uint64_t value, unsigned bits)
    {
        for (; bits > 32; bits -= 32, value >>= 32)
            put(value & 0xffffffff, 32);
        m_held |= value << m_bits;
        for (m_bits += bits; m_bits >= 8; m_bits -= 8, m_held >>= 8)
            m_to += static_cast<char>(m_held);
    }
    void unary(std::uint64_t value)
    {
        for (; value > 24; value -= 24)
            put((1u << 24) - 1, 24);
        put((std::uint64_t(1) << value) - 1, unsigned(value) + 1);
    }
    void rice(std::uint64_t value, unsigned bits)
    {
        unary(value >> bits);
        put(value & ((std::uint64_t(1) << bits) - 1), bits);
    }

private:
    std::string& m_to;
    std::uint64_t m_held = 0;
    unsigned m_bits = 0;
};

class BitReader
{
public:
    explicit BitReader(std::string_view bytes) : m_bytes(bytes) {}

    std::uint64_t take(unsigned bits)
    {
        if (bits > 32) {
            const std::uint64_t low = take(32);
            return low | take(bits - 32) << 32;
        }
        fill(bits);
        const std::uint64_t value = m_held & ((std::uint64_t(1) << bits) - 1);
        m_held >>= bits;
        m_bits -= bits;
        return value;
    }
    std::uint64_t unary()
    {
        for (std::uint64_t value = 0; m_isGood;) {
            fill(32);
            const unsigned ones = std::min(static_cast<unsigned>(std::countr_one(m_held)), m_bits);
            value += ones;
            if (ones < m_bits) {
                m_held >>= ones;
                m_held >>= 1;
                m_bits -= ones + 1;
                return value;
            }
            m_held = 0;
            m_bits = 0;
            m_isGood = m_isGood && m_next < m_bytes.size();
        }
        return 0;
    }
    std::uint64_t rice(unsigned bits)
    {
        const std::uint64_t high = unary();
        return high << bits | take(bits);
    }
    bool isGood() const { return m_isGood; }

private:
    void fill(unsigned bits)
    {
        while (m_bits < bits) {
            if (m_next < m_bytes.size()) {
                m_held |= std::uint64_t(static_cast<unsigned char>(m_bytes[m_next])) << m_bits;
            } else if (m_next > m_bytes.size() + 8) {
                m_isGood = false;
                m_bits = bits;
                return;
            }
            ++m_next;
            m_bits += 8;
        }
    }

    std::string_view m_bytes;
    std::size_t m_next = 0;
    std::uint64_t m_held = 0;
    unsigned m_bits = 0;
    bool m_isGood = true;
};

/// The Rice parameter for `count` numbers below `range`: near the mean distance's logarithm.
unsigned riceBits(std::size_t count, std::uint64_t range)
{
    return count == 0 ? 0 : static_cast<unsigned>(std::max(1, int(std::bit_width(range / count))) - 1);
}

} // namespace

namespace {

/// Sorts by the 24 bits above `shift`, what is equal in its order: three passes of a radix sort, as there are many.
template <typename Value>
void sortByToken(std::vector<Value>& values, unsigned shift)
{
    std::vector<Value> sorted(values.size());
    for (unsigned digit = shift; digit < shift + storedTokenBits; digit += 8) {
        std::array<std::size_t, 256> places{};
        for (const Value value : values)
            ++places[value >> digit & 0xff];
        std::size_t next = 0;
        for (std::size_t& place : places)
            place = std::exchange(next, next + place);
        for (const Value value : values)
            sorted[places[value >> digit & 0xff]++] = value;
        values.swap(sorted);
    }
}

} // namespace

std::vector<StoredToken> storedTokens(const std::vector<Token>& tokens)
{
    std::vector<StoredToken> stored;
    stored.reserve(tokens.size());
    for (const Token token : tokens)
        stored.push_back(storedToken(token));
    sortByToken(stored, 0);
    stored.erase(std::unique(stored.begin(), stored.end()), stored.end());
    return stored;
}

std::string packBlockIndex(std::span<const StoredToken> tokens)
{
    constexpr unsigned restBits = storedTokenBits - partBits;
    std::string packed;
    std::size_t at = 0;
    for (unsigned part = 0; part < 1u << partBits; ++part) {
        const std::size_t begin = at;
        while (at < tokens.size() && tokens[at] >> restBits == part)
            ++at;
        std::string bits;
        const unsigned rice = riceBits(at - begin, std::uint64_t(1) << restBits);
        {
            BitWriter writer(bits);
            StoredToken expected = part << restBits;
            for (std::size_t i = begin; i < at; ++i) {
                writer.rice(tokens[i] - expected, rice);
                expected = tokens[i] + 1;
            }
        }
        appendNumber(packed, at - begin);
        appendText(packed, bits);
    }
    appendChecksum(packed);
    return packed;
}

namespace {

/// Reads one part of a block's index. `take` gives false to stop. False: it is damaged.
template <typename Take>
bool readPart(ByteReader& reader, unsigned part, const Take& take)
{
    constexpr unsigned restBits = storedTokenBits - partBits;
    const std::uint64_t count = reader.number();
    const std::string_view bits = reader.text();
    if (!reader.isGood() || count > std::uint64_t(1) << restBits)
        return false;
    const unsigned rice = riceBits(count, std::uint64_t(1) << restBits);
    BitReader numbers(bits);
    std::uint64_t expected = std::uint64_t(part) << restBits;
    for (std::uint64_t i = 0; i < count; ++i) {
        expected += numbers.rice(rice);
        if (!numbers.isGood() || expected >> restBits != part)
            return false;
        if (!take(static_cast<StoredToken>(expected)))
            break;
        ++expected;
    }
    return true;
}

} // namespace

bool mayHaveAll(std::string_view blockIndex, std::span<const StoredToken> tokens)
{
    const auto bytes = checked(blockIndex);
    if (!bytes)
        return true;
    ByteReader reader(*bytes);
    auto wanted = tokens.begin();
    constexpr unsigned restBits = storedTokenBits - partBits;
    for (unsigned part = 0; part < 1u << partBits && wanted != tokens.end(); ++part) {
        bool isMissing = false;
        const bool isRead = readPart(reader, part, [&](StoredToken token) {
            if (wanted != tokens.end() && *wanted == token)
                ++wanted;
            isMissing = wanted != tokens.end() && *wanted < token;
            return !isMissing && wanted != tokens.end() && *wanted >> restBits == part;
        });
        if (!isRead)
            return true;
        if (isMissing || (wanted != tokens.end() && *wanted >> restBits == part))
            return false;
    }
    return wanted == tokens.end();
}

bool unpackBlockIndex(std::string_view blockIndex, std::vector<StoredToken>& tokens)
{
    tokens.clear();
    const auto bytes = checked(blockIndex);
    if (!bytes)
        return false;
    ByteReader reader(*bytes);
    for (unsigned part = 0; part < 1u << partBits; ++part) {
        if (!readPart(reader, part, [&tokens](StoredToken token) {
                tokens.push_back(token);
                return true;
            }))
            return false;
    }
    return true;
}

void GroupIndex::add(std::span<const StoredToken> tokens)
{
    for (const StoredToken token : tokens)
        m_pairs.push_back(std::uint64_t(token) << 8 | m_blocks);
    ++m_blocks;
}

std::vector<std::string> GroupIndex::pack()
{
    sortByToken(m_pairs, 8); // they came block by block
    constexpr unsigned restBits = storedTokenBits - 8;
    std::vector<std::string> packed(buckets);
    std::size_t at = 0;
    for (unsigned bucket = 0; bucket < buckets; ++bucket) {
        const std::size_t begin = at;
        std::size_t count = 0; // of different ones
        for (; at < m_pairs.size() && bucketOf(static_cast<StoredToken>(m_pairs[at] >> 8)) == bucket; ++at)
            count += at == begin || m_pairs[at] >> 8 != m_pairs[at - 1] >> 8;
        appendNumber(packed[bucket], m_blocks);
        appendNumber(packed[bucket], count);
        const unsigned rice = riceBits(count, std::uint64_t(1) << restBits);
        std::optional<BitWriter> writer(std::in_place, packed[bucket]);
        std::uint64_t expected = std::uint64_t(bucket) << restBits;
        for (std::size_t i = begin; i < at;) {
            const std::uint64_t token = m_pairs[i] >> 8;
            std::size_t end = i;
            std::uint64_t blocks = 0;
            for (; end < at && m_pairs[end] >> 8 == token; ++end)
                blocks |= std::uint64_t(1) << (m_pairs[end] & 0xff);
            writer->rice(token - expected, rice);
            expected = token + 1;
            if (end - i <= maxListed) {
                writer->unary(end - i - 1);
                for (; i < end; ++i)
                    writer->put(m_pairs[i] & 0xff, blockBits);
            } else {
                writer->put((1u << maxListed) - 1, maxListed); // a unary that has no end
                writer->put(blocks, m_blocks);
            }
            i = end;
        }
        writer.reset(); // writes its last bits
        appendChecksum(packed[bucket]);
    }
    m_pairs.clear();
    m_blocks = 0;
    return packed;
}

bool GroupIndex::isSound(std::string_view bucket)
{
    return checked(bucket).has_value();
}

std::uint64_t GroupIndex::blocksOf(std::string_view bucket, StoredToken token)
{
    constexpr std::uint64_t all = ~std::uint64_t(0);
    constexpr unsigned restBits = storedTokenBits - 8;
    const auto bytes = checked(bucket);
    if (!bytes)
        return all;
    ByteReader head(*bytes);
    const std::uint64_t blocks = head.number();
    const std::uint64_t count = head.number();
    if (!head.isGood() || blocks == 0 || blocks > maxBlocks || count > std::uint64_t(1) << restBits)
        return all;
    const unsigned rice = riceBits(count, std::uint64_t(1) << restBits);
    BitReader bits(head.rest());
    std::uint64_t expected = std::uint64_t(bucketOf(token)) << restBits;
    for (std::uint64_t i = 0; i < count; ++i) {
        expected += bits.rice(rice);
        std::uint64_t has = 0;
        unsigned more = 0;
        while (more < maxListed && bits.take(1) == 1)
            ++more;
        if (more == maxListed) {
            has = bits.take(unsigned(blocks));
        } else {
            for (unsigned listed = 0; listed <= more; ++listed)
                has |= std::uint64_t(1) << bits.take(blockBits);
        }
        if (!bits.isGood())
            return all;
        if (expected >= token)
            return expected == token ? has : 0;
        ++expected;
    }
    return 0;
}

} // namespace vigie
