// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "intake/lineformat.h"
#include "intake/linetime.h"

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

/// What one line says of itself. Views live until the next line is read.
struct LineMeaning
{
    std::string_view text; ///< the whole line as UTF-8, style codes of terminals included; of logfmt what its message says
    std::string_view plain; ///< the same without style codes
    std::string_view level; ///< as it stands in the line; empty: none was found
    LevelFrom levelFrom = LevelFrom::Nowhere;
    std::optional<LineTime> time;
    std::string_view format; ///< "text": a line with a time or a level; "plain": one with neither; else as FormattedLine has it
    std::string_view metadataJson; ///< its fields; empty: none
};

/// Understands lines that programs print: level, time, style codes. It is the same for every source. One thread.
class LineReader
{
public:
    /// `zone`: of times that name none.
    /// `format`: lines are read as that only, or as what they look like where they are of another; empty: found by looking.
    explicit LineReader(QTimeZone zone = QTimeZone::systemTimeZone(), std::string format = {})
        : m_zone(std::move(zone)), m_forced(std::move(format))
    {}

    const QTimeZone& zone() const { return m_zone; }
    const std::string& forcedFormat() const { return m_forced; }

    /// `line`: any bytes without a line's end.
    LineMeaning read(std::string_view line);

private:
    QTimeZone m_zone;
    std::string m_forced;
    FormattedLineReader m_formatted;
    std::string m_mended;
    std::string m_plain;
};

} // namespace vigie
