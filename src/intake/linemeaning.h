// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimeZone>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace vigie {

/// Where a line's level was found.
enum class LevelFrom {
    Nowhere,
    Marked, ///< in brackets or before a colon: "[error]", "warning: …"
    Word, ///< a word in capitals near the line's beginning: a guess
    Trace ///< nowhere, but it is what a program says when it crashes: a guess
};

/// A time that a line begins with.
struct LineTime
{
    std::int64_t ms = 0; ///< since the epoch
    bool isZoneGuessed = false; ///< it names no zone, and was read in the source's
    std::size_t length = 0; ///< of the text that says it
};

/// What one line says of itself. Views live until the next line is read.
struct LineMeaning
{
    std::string_view text; ///< the whole line as UTF-8, style codes of terminals included
    std::string_view plain; ///< the same without style codes
    std::string_view level; ///< as it stands in the line; empty: none was found
    LevelFrom levelFrom = LevelFrom::Nowhere;
    std::optional<LineTime> time;
};

/// The time that `text` begins with: "2026-01-31T12:00:00.123Z", also with a blank for the T, a comma, slashes for the dashes, no
/// fraction, no zone. Without a zone it is read in `zone`.
std::optional<LineTime> timeAtStart(std::string_view text, const QTimeZone& zone);

/// Understands lines that programs print: level, time, style codes. It is the same for every source. One thread.
class LineReader
{
public:
    /// `zone`: of times that name none.
    explicit LineReader(QTimeZone zone = QTimeZone::systemTimeZone()) : m_zone(std::move(zone)) {}

    /// `line`: any bytes without a line's end.
    LineMeaning read(std::string_view line);

private:
    QTimeZone m_zone;
    std::string m_mended;
    std::string m_plain;
};

} // namespace vigie
