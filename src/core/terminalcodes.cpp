// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/terminalcodes.h"

#include <algorithm>
#include <charconv>
#include <vector>

namespace vigie {

namespace {

using Colour = TerminalStyle::Colour;
using Kind = Colour::Kind;

/// One parameter between `;`: a number and its `:`-separated sub-parameters.
using Parameter = std::vector<unsigned>;

/// Empty parameters are 0; a number that is too large becomes an unknown one.
std::vector<Parameter> parametersOf(std::string_view text)
{
    std::vector<Parameter> parameters{{}};
    for (std::size_t at = 0;;) {
        const std::size_t end = std::min(text.find_first_of(";:", at), text.size());
        unsigned number = 0;
        if (std::from_chars(text.data() + at, text.data() + end, number).ec == std::errc::result_out_of_range)
            number = ~0u;
        parameters.back().push_back(number);
        if (end == text.size())
            return parameters;
        if (text[end] == ';')
            parameters.emplace_back();
        at = end + 1;
    }
}

/// A colour of xterm's 256: the palette's 16, a cube of 6 × 6 × 6, and 24 greys.
Colour indexed(unsigned index)
{
    if (index < 16)
        return {Kind::Palette, index};
    if (index > 255)
        return {};
    if (index >= 232)
        return {Kind::Exact, (8 + (index - 232) * 10) * 0x010101};
    const auto level = [](unsigned step) { return step == 0 ? 0 : 55 + step * 40; };
    const unsigned place = index - 16;
    return {Kind::Exact, level(place / 36) << 16 | level(place / 6 % 6) << 8 | level(place % 6)};
}

/// The colour after 38 or 48: in sub-parameters (`38:5:n`, `38:2::r:g:b`) or in the next parameters (`38;5;n`), which it
/// consumes.
Colour extended(const std::vector<Parameter>& all, std::size_t& at)
{
    const bool isOwn = all[at].size() > 1;
    Parameter numbers;
    if (isOwn) {
        numbers.assign(all[at].begin() + 1, all[at].end());
        if (numbers[0] == 2 && numbers.size() > 4)
            numbers.erase(numbers.begin() + 1); // the colour space
    } else {
        for (std::size_t i = at + 1; i < all.size() && numbers.size() < 4; ++i)
            numbers.push_back(all[i][0]);
    }
    const std::size_t used = numbers.empty() ? 0 : numbers[0] == 5 ? 2 : numbers[0] == 2 ? 4 : 1;
    if (!isOwn)
        at += std::min(used, numbers.size());
    if (used < 2 || numbers.size() < used)
        return {};
    if (used == 2)
        return indexed(numbers[1]);
    const auto part = [&](std::size_t i) { return std::min(numbers[i], 255u); };
    return {Kind::Exact, part(1) << 16 | part(2) << 8 | part(3)};
}

/// Removes every style code, which begins with `escape`. `codeLength` gives its length, or 0 if it is none.
template <typename CodeLength>
std::string_view without(std::string_view text, std::string_view escape, std::string& room, CodeLength codeLength)
{
    std::size_t found = text.find(escape);
    if (found == std::string_view::npos)
        return text;
    room.clear();
    std::size_t from = 0;
    for (; found != std::string_view::npos; found = text.find(escape, found)) {
        const std::size_t length = codeLength(text.substr(found));
        if (length > 0) {
            room.append(text.substr(from, found - from));
            from = found + length;
        }
        found += std::max(length, escape.size());
    }
    if (from == 0)
        return text;
    room.append(text.substr(from));
    return room;
}

} // namespace

void TerminalStyle::apply(std::string_view parameters)
{
    const std::vector<Parameter> all = parametersOf(parameters);
    for (std::size_t i = 0; i < all.size(); ++i) {
        const unsigned code = all[i][0];
        if (code == 0)
            *this = {};
        else if (code == 1)
            isBold = true;
        else if (code == 2)
            isFaint = true;
        else if (code == 3)
            isItalic = true;
        else if (code == 4)
            isUnderlined = all[i].size() < 2 || all[i][1] != 0;
        else if (code == 7)
            isInverse = true;
        else if (code == 9)
            isStruck = true;
        else if (code == 21)
            isUnderlined = true;
        else if (code == 22)
            isBold = isFaint = false;
        else if (code == 23)
            isItalic = false;
        else if (code == 24)
            isUnderlined = false;
        else if (code == 27)
            isInverse = false;
        else if (code == 29)
            isStruck = false;
        else if (code >= 30 && code <= 37)
            ink = {Kind::Palette, code - 30};
        else if (code == 38)
            ink = extended(all, i);
        else if (code == 39)
            ink = {};
        else if (code >= 40 && code <= 47)
            ground = {Kind::Palette, code - 40};
        else if (code == 48)
            ground = extended(all, i);
        else if (code == 49)
            ground = {};
        else if (code == 58)
            (void)extended(all, i); // underline colour: consume its numbers
        else if (code >= 90 && code <= 97)
            ink = {Kind::Palette, code - 90 + 8};
        else if (code >= 100 && code <= 107)
            ground = {Kind::Palette, code - 100 + 8};
    }
}

std::string_view withoutStyleCodes(std::string_view text, std::string& room)
{
    return without(text, "\x1b", room, [](std::string_view rest) { return styleCodeLength(rest); });
}

std::string_view withoutStyleCodesOfJson(std::string_view json, std::string& room)
{
    static constexpr std::string_view escape = "\\u001";
    return without(json, escape, room, [json](std::string_view rest) -> std::size_t {
        if (rest.size() <= escape.size() || (rest[escape.size()] | 0x20) != 'b')
            return 0;
        // An odd number of backslashes before it escapes this backslash, so there is no ESC.
        const std::string_view before = json.substr(0, json.size() - rest.size());
        const std::size_t others = before.size() - (before.find_last_not_of('\\') + 1);
        if (others % 2 == 1)
            return 0;
        const std::string_view behind = rest.substr(escape.size());
        // Put a real ESC in front, so that styleCodeLength() remains the only definition of a code.
        std::string code(1, '\x1b');
        code += behind.substr(1, maxStyleCodeBytes);
        const std::size_t length = styleCodeLength(std::string_view(code));
        return length > 0 ? escape.size() + length : 0;
    });
}

} // namespace vigie
