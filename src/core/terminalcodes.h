// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace vigie {

/// The style that SGR codes select (ECMA-48, "select graphic rendition": ESC [ … m).
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

    /// Applies the parameters between `ESC [` and `m`. Ignores unknown ones.
    void apply(std::string_view parameters);
};

inline constexpr std::size_t maxStyleCodeBytes = 256; ///< anything longer is treated as text

/// The length of the style code (ESC [ … m) at the start of `text`; 0: none.
template <typename Char>
std::size_t styleCodeLength(std::basic_string_view<Char> text)
{
    if (text.size() < 3 || text[0] != Char(0x1b) || text[1] != Char('['))
        return 0;
    for (std::size_t i = 2; i < text.size() && i < maxStyleCodeBytes; ++i) {
        const Char c = text[i];
        if (c == Char('m'))
            return i + 1;
        if ((c < Char('0') || c > Char('9')) && c != Char(';') && c != Char(':'))
            return 0;
    }
    return 0;
}

/// `text` (UTF-8) without style codes, for searching. Returns `text` itself if it has none, else a view of `room`.
std::string_view withoutStyleCodes(std::string_view text, std::string& room);

/// The same for JSON text, where ESC is written `\u001b`.
std::string_view withoutStyleCodesOfJson(std::string_view json, std::string& room);

} // namespace vigie
