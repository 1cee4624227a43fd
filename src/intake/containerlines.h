// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "intake/linejoiner.h"

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vigie {

/// A piece of what a container printed, as its runtime keeps it.
struct ContainerPiece
{
    bool isStderr = false;
    bool isLineEnd = false; ///< the line ends with it
    std::string_view text;
    std::int64_t timestampMs = 0; ///< when the runtime got it
};

/// "2026-11-30T10:00:24.380399575+00:00 stdout F hello": Kubernetes' files (CRI). Nothing: it is none of it.
std::optional<ContainerPiece> criPiece(std::string_view line);

/// Joins what a container printed on its two streams: pieces to lines, lines to entries, each stream for itself. One thread.
class ContainerLines
{
public:
    using Time = LineJoiner::Time;

    struct Entry
    {
        PrintedEntry printed;
        std::int64_t timestampMs = 0; ///< when its first piece came
        bool isStderr = false;
        bool isOneLine = false; ///< `printed` is a line alone that the owner said is whole; it is to be read by him
    };
    /// Whether a line is an entry by itself, such as one of JSON.
    using IsWhole = std::function<bool(std::string_view line)>;

    ContainerLines(const LineReader& reader, JoinBounds bounds);

    /// Takes the next piece, which stands between these places of the stream. Appends what is whole by it.
    void add(const ContainerPiece& piece, std::uint64_t start, std::uint64_t end, Time now, const IsWhole& isWhole, std::vector<Entry>& whole);
    void finishSilent(Time now, std::vector<Entry>& whole);
    void finish(std::vector<Entry>& whole);
    std::optional<Time> deadline() const;
    /// Where in the stream what is not whole begins; absent: nothing is held.
    std::optional<std::uint64_t> heldFrom() const;

private:
    struct Stream
    {
        explicit Stream(LineJoiner lines) : joiner(std::move(lines)) {}

        LineJoiner joiner;
        std::string partial;
        std::uint64_t partialStart = 0;
        std::int64_t partialMs = 0;
        std::uint64_t entryStart = 0; ///< of the entry that is being joined
        std::int64_t entryMs = 0;
        std::uint64_t lastEnd = 0;
        Time lastPiece{0};
    };

    void addLine(Stream& stream, std::string_view line, Time now, const IsWhole& isWhole, std::vector<Entry>& whole);
    void take(Stream& stream, std::vector<Entry>& whole);

    std::array<Stream, 2> m_streams; // stdout, stderr
    JoinBounds m_bounds;
    std::vector<PrintedEntry> m_printed;
};

} // namespace vigie
