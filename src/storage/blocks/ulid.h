// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vigie {

/// The digits of ULIDs: Crockford's base 32.
inline constexpr std::string_view ulidDigits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The milliseconds in an id of EntryIdSource's form; nothing: it is none.
std::optional<std::int64_t> ulidTime(std::string_view text);

/// Takes ids of EntryIdSource's form (ULIDs) apart: those that count up from the one before take next to nothing.
class UlidWriter
{
public:
    /// False: it is none, in the one way that it is written.
    bool add(std::string_view text);

    /// The milliseconds of each.
    const std::vector<std::int64_t>& times() const { return m_times; }
    /// By how much each counts up from the one before; 0: it does not, and its 80 lower bits are among beginnings().
    const std::vector<std::int64_t>& steps() const { return m_steps; }
    const std::string& beginnings() const { return m_beginnings; }

private:
    std::vector<std::int64_t> m_times;
    std::vector<std::int64_t> m_steps;
    std::string m_beginnings; // 10 bytes each
    std::uint64_t m_high = 0; // the upper 40 of the 80 bits before
    std::uint64_t m_low = 0; // and the lower 40
};

/// Puts them together again.
class UlidReader
{
public:
    /// `beginnings` must live as long as this.
    explicit UlidReader(std::string_view beginnings) : m_beginnings(beginnings) {}

    /// The next, until the call after; nothing: it is damaged.
    std::optional<std::string_view> next(std::int64_t time, std::int64_t step);

private:
    std::string_view m_beginnings;
    std::uint64_t m_high = 0;
    std::uint64_t m_low = 0;
    std::array<char, 26> m_text{};
};

} // namespace vigie
