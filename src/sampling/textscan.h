// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <charconv>
#include <cmath>
#include <string_view>
#include <system_error>
#include <type_traits>

namespace vigie {

// Takes lines, words and numbers off the front of kernel text. Nothing throws or allocates; the views
// point into the text given.

/// The next line, without its newline. A last line that has no newline was cut short, so its last
/// number may be too: it is not returned.
inline bool takeLine(std::string_view& rest, std::string_view& line)
{
    const auto end = rest.find('\n');
    if (end == std::string_view::npos)
        return false;
    line = rest.substr(0, end);
    rest.remove_prefix(end + 1);
    return true;
}

/// The next word between blanks; empty at the end.
inline std::string_view takeWord(std::string_view& line)
{
    const auto begin = line.find_first_not_of(" \t");
    if (begin == std::string_view::npos) {
        line = {};
        return {};
    }
    line.remove_prefix(begin);
    const auto word = line.substr(0, line.find_first_of(" \t"));
    line.remove_prefix(word.size());
    return word;
}

/// True when the whole word is a number, and finite, that fits `value`; else `value` is untouched.
template <typename Number> bool toNumber(std::string_view word, Number& value)
{
    Number parsed{};
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), parsed);
    if (word.empty() || error != std::errc{} || end != word.data() + word.size())
        return false;
    if constexpr (std::is_floating_point_v<Number>) {
        if (!std::isfinite(parsed))
            return false; // "inf" and "nan" are numbers to from_chars()
    }
    value = parsed;
    return true;
}

/// Takes the next word as a number.
template <typename Number> bool takeNumber(std::string_view& line, Number& value)
{
    return toNumber(takeWord(line), value);
}

} // namespace vigie
