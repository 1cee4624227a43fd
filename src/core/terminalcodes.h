// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace vigie {

/// How a terminal draws text: what "select graphic rendition" (ECMA-48, ESC [ … m) asks for.
struct TerminalStyle
{
    struct Colour
    {
        enum class Kind : std::uint8_t { Usual, Palette, Exact };
        Kind kind = Kind::Usual;
        std::uint32_t value = 0; ///< Palette: 0 to 15; Exact: 0xRRGGBB

        bool operator==(const Colour&) const = default;
    };

    Colour ink;
    Colour ground;
    bool isBold = false;
    bool isFaint = false;
    bool isItalic = false;
    bool isUnderlined = false;
    bool isStruck = false;
    bool isInverse = false;

    bool operator==(const TerminalStyle&) const = default;

    /// Takes in what stands between `ESC [` and `m`; what is not known is passed over.
    void apply(std::string_view parameters);
};

inline constexpr std::size_t longestStyleCode = 256; ///< beyond, it is no code but text

/// The length of the style code (ESC [ … m) that `text` begins with; 0: it begins with none.
template <typename Char>
std::size_t styleCodeLength(std::basic_string_view<Char> text)
{
    if (text.size() < 3 || text[0] != Char(0x1b) || text[1] != Char('['))
        return 0;
    for (std::size_t i = 2; i < text.size() && i < longestStyleCode; ++i) {
        const Char c = text[i];
        if (c == Char('m'))
            return i + 1;
        if ((c < Char('0') || c > Char('9')) && c != Char(';') && c != Char(':'))
            return 0;
    }
    return 0;
}

/// `text` (UTF-8) without style codes, as it is searched: itself where it has none, else what is made in `room`.
std::string_view withoutStyleCodes(std::string_view text, std::string& room);

/// The same of JSON text, where ESC is written `\u001b`.
std::string_view withoutStyleCodesOfJson(std::string_view json, std::string& room);

} // namespace vigie
