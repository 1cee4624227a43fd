// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace vigie {

/// Cuts the bytes of one stream into lines, however they come: a read may end within a line, within a character, or between CR
/// and LF. Neither the LF nor one CR before it belongs to the line. NULs before a line are skipped, as files that were truncated
/// while they were written begin with them. One thread.
class LineCutter
{
public:
    /// `line` lives as long as the call. `end`: how many bytes of the stream lie before the next line. `goesOn`: the line was too
    /// long, and its rest follows as the next.
    using Take = std::function<void(std::string_view line, std::uint64_t end, bool goesOn)>;

    /// Lines of more bytes are cut, between characters. `start`: where in the stream the first byte lies.
    explicit LineCutter(std::size_t maxLineBytes = 256 * 1024, std::uint64_t start = 0) : m_max(maxLineBytes), m_end(start) {}

    void add(std::string_view bytes, const Take& take);
    /// The stream is at its end, or has said nothing for long: what has no LF is a line, too.
    void finish(const Take& take);

    /// Where the line begins that is not yet whole.
    std::uint64_t lineStart() const { return m_end; }
    std::size_t pendingBytes() const { return m_pending.size(); }
    std::uint64_t skippedNuls() const { return m_skippedNuls; }

private:
    void takeLine(std::string_view line, const Take& take);
    std::string_view cutLong(std::string_view text, const Take& take);

    std::size_t m_max;
    std::uint64_t m_end; // of the last line that was taken
    std::uint64_t m_skippedNuls = 0;
    std::string m_pending; // of a line that is not whole
};

} // namespace vigie
