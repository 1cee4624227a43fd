// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/terminalcodes.h"

#include <QString>
#include <string_view>
#include <vector>

namespace vigie {

enum class TextLines { One, Many };

/// What a log entry holds, as a person is shown it: nothing of it is hidden, and nothing turns the rest round.
///
/// Style codes of terminals become spans. Other control characters, those of no width and those that turn the direction of
/// writing are signs: `‹ESC›` for the old ones, `‹U+202E›` for the others. The joiners and selectors that letters and emoji are
/// made with stay. In one line, a line's end is `⏎` and a tab a blank; a lone CR is `‹CR›`.
struct LogText
{
    /// A part of `text` that is not drawn as all else is.
    struct Span
    {
        qsizetype from = 0;
        qsizetype length = 0;
        TerminalStyle style;
        bool isSign = false;
    };
    /// A part of `text` that stands for something else.
    struct Replaced
    {
        qsizetype at = 0;
        qsizetype length = 0;
        qsizetype originalAt = 0;
        qsizetype originalLength = 0;
    };

    QString text;
    std::vector<Span> spans; ///< in their order, apart from one another
    std::vector<Replaced> replaced; ///< likewise

    /// The place in what was sent that a place in `text` stands for: `isEnd` says that a stretch ends there.
    qsizetype originalPlace(qsizetype place, bool isEnd) const;
};

/// Text that was sent (UTF-8), to be shown.
LogText logText(std::string_view text, TextLines lines);

/// The beginning of a text (UTF-8), at most so many bytes, cut between characters.
std::string_view beginningOf(std::string_view text, std::size_t maxBytes);

} // namespace vigie
