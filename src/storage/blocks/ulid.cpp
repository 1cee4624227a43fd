// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/blocks/ulid.h"

namespace vigie {

namespace {

constexpr std::size_t length = 26;
constexpr std::uint64_t mask40 = (std::uint64_t(1) << 40) - 1;
constexpr std::int64_t maxStep = std::int64_t(1) << 32;

constexpr std::array<std::int8_t, 256> values = [] {
    std::array<std::int8_t, 256> all{};
    all.fill(-1);
    for (std::size_t i = 0; i < ulidDigits.size(); ++i)
        all[static_cast<unsigned char>(ulidDigits[i])] = static_cast<std::int8_t>(i);
    return all;
}();

/// Of so many ulidDigits; nothing: one is none.
std::optional<std::uint64_t> numberOf(std::string_view text)
{
    std::uint64_t number = 0;
    int bad = 0;
    for (const char c : text) {
        const int value = values[static_cast<unsigned char>(c)];
        bad |= value;
        number = number << 5 | static_cast<std::uint64_t>(value & 31);
    }
    return bad < 0 ? std::nullopt : std::optional(number);
}

void write(std::uint64_t number, char* to, std::size_t size)
{
    for (std::size_t i = size; i-- > 0; number >>= 5)
        to[i] = ulidDigits[number & 31];
}

} // namespace

std::optional<std::int64_t> ulidTime(std::string_view text)
{
    if (text.size() != length || text.front() > '7' || !numberOf(text.substr(10)))
        return std::nullopt;
    const auto time = numberOf(text.substr(0, 10));
    return time ? std::optional(static_cast<std::int64_t>(*time)) : std::nullopt;
}

bool UlidWriter::add(std::string_view text)
{
    if (text.size() != length || text.front() > '7')
        return false;
    const auto time = numberOf(text.substr(0, 10));
    const auto high = numberOf(text.substr(10, 8));
    const auto low = numberOf(text.substr(18, 8));
    if (!time || !high || !low)
        return false;
    m_times.push_back(static_cast<std::int64_t>(*time));
    const std::int64_t step = static_cast<std::int64_t>(*low) - static_cast<std::int64_t>(m_low);
    const bool countsUp = m_times.size() > 1 && *high == m_high && step > 0 && step < maxStep;
    m_steps.push_back(countsUp ? step : 0);
    if (!countsUp) {
        for (int shift = 32; shift >= 0; shift -= 8)
            m_beginnings += static_cast<char>(*high >> shift);
        for (int shift = 32; shift >= 0; shift -= 8)
            m_beginnings += static_cast<char>(*low >> shift);
    }
    m_high = *high;
    m_low = *low;
    return true;
}

std::optional<std::string_view> UlidReader::next(std::int64_t time, std::int64_t step)
{
    if (step < 0 || step >= maxStep || time < 0 || time > (std::int64_t(1) << 48) - 1)
        return std::nullopt;
    if (step > 0) {
        m_low = (m_low + static_cast<std::uint64_t>(step)) & mask40;
    } else {
        if (m_beginnings.size() < 10)
            return std::nullopt;
        m_high = m_low = 0;
        for (int i = 0; i < 5; ++i) {
            m_high = m_high << 8 | static_cast<unsigned char>(m_beginnings[static_cast<std::size_t>(i)]);
            m_low = m_low << 8 | static_cast<unsigned char>(m_beginnings[static_cast<std::size_t>(i) + 5]);
        }
        m_beginnings.remove_prefix(10);
    }
    write(static_cast<std::uint64_t>(time), m_text.data(), 10);
    write(m_high, m_text.data() + 10, 8);
    write(m_low, m_text.data() + 18, 8);
    return std::string_view(m_text.data(), m_text.size());
}

} // namespace vigie
