// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/terminalcodes.h"

#include <QString>
#include <string_view>
#include <vector>

namespace vigie {

enum class TextLines { One, Many };

/// A log entry's text as it is displayed. Nothing is hidden, and no character changes the direction of the rest.
///
/// Terminal style codes become spans. Other control characters, zero-width characters and bidirectional controls become visible
/// signs: `‹ESC›` for C0 controls, `‹U+202E›` for the others. Joiners and selectors that shape letters and emoji stay. In
/// one-line text, a line break is `⏎` and a tab a space; a lone CR is `‹CR›`.
struct LogText
{
    /// A part of `text` that is drawn in a style of its own.
    struct Span
    {
        qsizetype from = 0;
        qsizetype length = 0;
        TerminalStyle style;
        bool isSign = false;
    };
    /// A part of `text` that replaces something in the original.
    struct Replaced
    {
        qsizetype at = 0;
        qsizetype length = 0;
        qsizetype originalAt = 0;
        qsizetype originalLength = 0;
    };

    QString text;
    std::vector<Span> spans; ///< ascending, not overlapping
    std::vector<Replaced> replaced; ///< likewise

    /// Maps a position in `text` to the original. `isEnd`: the position is the end of a range, not its start.
    qsizetype originalPlace(qsizetype place, bool isEnd) const;
};

/// The display form of a text (UTF-8).
LogText logText(std::string_view text, TextLines lines);

/// The longest prefix of a text (UTF-8) within `maxBytes` that does not split a character.
std::string_view beginningOf(std::string_view text, std::size_t maxBytes);

} // namespace vigie
