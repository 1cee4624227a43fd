// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace vigie {

/// What a container wrote at once: a line, or a part of one. Views live as long as the call that gives it.
struct EnginePiece
{
    bool isError = false; ///< on stderr
    std::int64_t second = 0; ///< since the epoch, when the engine got it
    std::int32_t nanoseconds = -1; ///< within that; -1: the engine says seconds only
    std::string_view time; ///< as the engine says it
    std::string_view text; ///< any bytes, with its LF; without one, the rest of the line is the stream's next piece
    std::uint32_t part = 0; ///< of one that was too large to be given at once

    std::int64_t timeMs() const { return second * 1'000 + (nanoseconds > 0 ? nanoseconds / 1'000'000 : 0); }
};

/// Cuts the body of /containers/…/logs?timestamps=1 into pieces: frames of eight bytes and a text, or the plain lines of a terminal,
/// with a time before each. However it is cut. One thread.
class ContainerPieces
{
public:
    using Give = std::function<void(const EnginePiece&)>;

    static constexpr std::size_t maxPiece = 64 * 1024; ///< a larger one is given in parts, all with its time

    explicit ContainerPieces(bool isTerminal) : m_isTerminal(isTerminal) {}

    /// The next bytes. False: they are no frames; no further call is allowed.
    bool add(std::string_view bytes, const Give& give);
    /// The body is at its end: gives what was held back.
    void finish(const Give& give);

private:
    bool addFrames(std::string_view bytes, const Give& give);
    void addLines(std::string_view bytes, const Give& give);
    void addText(std::string_view bytes, bool isEnd, const Give& give);
    void take(std::string_view text, const Give& give);
    std::string_view withoutTimeOfEnd(std::string_view line);

    bool m_isTerminal;
    bool m_isError = false;
    bool m_hasTime = false; // of the piece that is being read
    std::uint32_t m_part = 0;
    std::uint32_t m_left = 0; // of its frame
    std::string m_head;
    std::string m_text;
    std::string m_timeText;
    std::string m_mended; // a line
    std::int64_t m_second = 0;
    std::int32_t m_nanoseconds = -1;
};

} // namespace vigie
