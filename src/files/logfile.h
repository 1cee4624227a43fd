// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/entryid.h"
#include "core/logbatch.h"
#include "files/filebytes.h"
#include "intake/unpacker.h"
#include "intake/streamreader.h"

#include <chrono>
#include <functional>
#include <memory>

namespace vigie {

/// A log file as entries: lines as programs print them, or JSON lines, plain or packed. A plain one is followed as it grows, when
/// it is truncated and when another takes its name. Of a large one only the end is read, and the lines before are counted; so of
/// one that takes its name. One thread; blocks while it reads.
class LogFile
{
public:
    using Time = std::chrono::milliseconds;

    /// Of a plain file that is larger, only so much of the end becomes entries.
    static constexpr std::uint64_t tailBytes = 64 << 20;

    /// `give` gets the entries as they become whole, in batches without a place in any order yet.
    LogFile(const QString& path, std::string appId, std::function<void(LogBatch)> give);

    /// Opens the file and looks at its beginning. An error says why it cannot be shown, such as that it is no text.
    Outcome open();

    /// Reads on for a while, at this time of a monotonic clock, and gives the entries that became whole. True: there may be more
    /// at once; false: not before the file changes or time passes, as the last line may go on.
    bool readOn(Time now);

    const std::string& appId() const { return m_appId; }
    /// Lines read and counted so far.
    std::uint64_t lines() const { return m_lines + m_stream.lines(); }
    /// Some of its lines were counted only.
    bool isCounted() const { return m_isCounted; }
    /// It is packed: what is there was read once.
    bool isPacked() const { return m_unpacker != nullptr; }
    /// Why reading ended before the end, for people; empty: it did not.
    const QString& problem() const { return m_problem; }

private:
    Outcome begin();
    void reset();
    bool step();
    bool countOn();
    void take(std::string_view bytes);
    void finish();
    void endDamaged();
    void append(const StreamEntry& read);
    void giveBatch();

    QString m_path;
    std::string m_appId;
    std::function<void(LogBatch)> m_give;
    LogBatch m_batch;
    LogOrigin m_origin;
    FileBytes m_bytes;
    std::unique_ptr<Unpacker> m_unpacker;
    StreamReader m_stream;
    StreamReader::Give m_append = [this](const StreamEntry& read) { append(read); };
    EntryIdSource m_ids;
    std::uint64_t m_countTo = 0; // up to here lines are counted only
    bool m_isCounted = false;
    std::uint64_t m_lines = 0; // before those that the stream's reader counts
    std::int64_t m_lastMs = 0; // the time of the last entry that had one
    Time m_now{0};
    QString m_problem;
};

} // namespace vigie
