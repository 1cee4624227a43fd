// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/logbatch.h"
#include "intake/containerlines.h"
#include "intake/linecutter.h"
#include "intake/linejoiner.h"
#include "protocol/jsonlogline.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

namespace vigie {

/// An entry of a stream. Views live as long as the call that gives it.
struct StreamEntry
{
    NewLogEntry entry; ///< with an id only where it says one (JsonLogLine::id); `timeIsOurs`: it says no time, and has none
    std::string_view userId; ///< of an exported entry; empty: none
    std::uint64_t end = 0; ///< where in the stream the next entry begins
    bool isZoneGuessed = false; ///< its time names no zone
};

/// The level of an entry as every source keeps it: "info" where it says none, and no longer than one that is sent.
std::string_view keptLevel(std::string_view level);
/// Whether the entry says whose it is, by a name that can be one.
bool namesUser(const StreamEntry& entry);

/// What programs write as entries: bytes of one stream in, entries out, the same for every source. Lines of JSON are entries, others
/// are joined as they belong together. One thread; keeps its buffers.
class StreamReader
{
public:
    using Time = std::chrono::milliseconds;
    using Give = std::function<void(const StreamEntry&)>;

    static constexpr std::chrono::seconds lineSilence{2}; ///< after which a line without an end is one

    /// `start`: where in the stream the first byte lies that is added.
    explicit StreamReader(LineReader lines = LineReader(), JoinBounds bounds = {}, std::uint64_t start = 0);

    /// The next bytes, at this time of a monotonic clock.
    void add(std::string_view bytes, Time now, const Give& give);
    /// Gives what has waited long enough for more.
    void finishSilent(Time now, const Give& give);
    /// Gives what no whole line was added to: what comes next belongs to nothing before.
    void finishEntry(const Give& give);
    /// Gives what there is: the stream is at its end.
    void finish(Time now, const Give& give);
    /// When finishSilent() has something to do; absent: not before more bytes.
    std::optional<Time> deadline() const;
    /// Whether a line without an end is one after a silence; else only at the stream's end. At first it is.
    void setFinishesLines(bool finishes) { m_finishesLines = finishes; }
    /// Nothing is held that is not whole.
    bool isIdle() const { return m_cutter.pendingBytes() == 0 && !m_joiner.deadline() && !(m_containers && m_containers->deadline()); }
    /// What its lines were found to be: "json", "docker", "access" …; empty: none came.
    std::string_view format() const { return !m_wrapping.empty() ? m_wrapping : m_isJson ? "json" : std::string_view(m_joiner.format()); }
    /// Lines that came so far.
    std::uint64_t lines() const { return m_lines; }
    std::uint64_t skippedNuls() const { return m_cutter.skippedNuls(); }

private:
    void takeLine(std::string_view line, std::uint64_t end, bool goesOn, const Give& give);
    void givePrinted(const Give& give);
    void giveJson(const JsonLogLine& json, std::uint64_t end, const Give& give);
    bool takePiece(std::string_view line, const std::optional<JsonLogLine>& json, std::uint64_t start, std::uint64_t end, const Give& give);
    void giveWrapped(const Give& give);

    LineCutter m_cutter;
    LineJoiner m_joiner;
    JsonLogLineReader m_json;
    std::vector<PrintedEntry> m_printed;
    std::optional<ContainerLines> m_containers; // once there was a line of a container's file
    std::vector<ContainerLines::Entry> m_wrapped;
    std::string_view m_wrapping; // "docker", "cri"; empty: the newest line was of neither
    std::string m_metadata;
    std::uint64_t m_lastEnd; // of the line before
    std::uint64_t m_lines = 0;
    bool m_isFirst; // the next line is the stream's first
    bool m_isJson = false; // the newest lines were
    bool m_finishesLines = true;
    bool m_wasRest = false; // the next line is the rest of a long one
    Time m_now{0};
    Time m_lastBytes{0};
};

} // namespace vigie
