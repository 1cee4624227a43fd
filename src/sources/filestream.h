// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/entryid.h"
#include "core/logbatch.h"
#include "core/sourcesettings.h"
#include "intake/streamreader.h"
#include "intake/unpacker.h"
#include "sources/fileplace.h"
#include "sources/openedfile.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>

namespace vigie {

/// One file that is read as entries from a place on, whatever becomes of its name: batches out, each with the place behind it.
/// One thread; blocks while it reads.
class FileStream
{
public:
    using Time = std::chrono::milliseconds;

    enum class Step {
        More, ///< there may be more at once
        AtEnd, ///< not before the file changes or time passes
        Truncated, ///< it is another content than was read: ask for place(), and begin anew by restart()
        Damaged ///< a packed file cannot be unpacked any further
    };

    /// Reads from `place` on, which is of this file. `shownName`: for the entries' metadata; empty: it is not said.
    FileStream(OpenedFile file, FilePlace place, const WatchedFiles& how, std::string shownName);

    /// Reads on, at this time of a monotonic clock, by this buffer. Not while there is a batch.
    Step step(Time now, std::span<char> buffer);
    /// Makes entries of what has waited long enough.
    void finishSilent(Time now);
    /// What comes next belongs to nothing before: makes an entry of its whole lines.
    void finishEntry();
    /// The file is at its end for good: makes entries of all there is.
    void finish(Time now);
    std::optional<Time> deadline() const { return m_reader.deadline(); }
    /// Whether the file holds another content than was read: step() will say so.
    bool isChanged();
    /// Bytes that it had when it was looked at last, and that were not read before it became another.
    std::uint64_t unread() const { return m_unread; }
    /// Begins at the first byte again. What was read and is not whole is forgotten.
    void restart();
    /// Goes on at another place of the same content.
    void moveTo(const FilePlace& place);
    /// Whether the writer has closed it: a line without an end is then one after a silence.
    void setClosedByWriter(bool isClosed) { m_reader.setFinishesLines(isClosed); }

    /// What became whole; it is to be taken before the next step, with place().
    bool hasBatch() const { return !m_batch.empty(); }
    LogBatch& batch() { return m_batch; }
    /// The batch was taken.
    void clearBatch() { m_batch = LogBatch(m_how.appId.toStdString()); }
    /// Of the batch's entries whose time was read in a zone that they do not name.
    std::uint64_t takeGuessedZones() { return std::exchange(m_guessedZones, 0); }
    /// Behind the last entry that was made.
    const FilePlace& place() const { return m_place; }

    OpenedFile& file() { return m_file; }
    const std::string& path() const { return m_place.path; }
    void setPath(std::string path) { m_place.path = std::move(path); }
    bool isPacked() const { return m_unpacker != nullptr; }
    /// What was read of a packed file is all of it; else it is cut off, or somebody is still writing to it.
    bool isWhole() const { return !m_unpacker || m_unpacker->isAtEnd(); }
    /// That are there and were not read.
    std::uint64_t lag() const { return isPacked() || m_file.size() < m_position ? 0 : m_file.size() - m_position; }
    /// What its lines were found to be.
    std::string_view format() const { return m_reader.format(); }
    /// The first bytes of what was read.
    const std::string& head() const { return m_head; }
    std::uint64_t position() const { return m_position; }

private:
    Step stepPacked(std::span<char> buffer);
    void take(std::string_view bytes);
    void keepWindow(std::string_view bytes, std::uint64_t end, std::uint64_t placeBefore);
    void append(const StreamEntry& read);
    StreamReader newReader() const;

    OpenedFile m_file;
    WatchedFiles m_how;
    std::string m_fileMember; // "file":"…"
    FilePlace m_place;
    std::string m_head;
    std::uint64_t m_position; // of the next byte to be read, unpacked
    std::uint64_t m_packedPosition = 0;
    std::uint64_t m_unpacked = 0;
    std::uint64_t m_unread = 0; // when the content was found to be another
    std::unique_ptr<Unpacker> m_unpacker;
    std::string m_window; // the bytes before m_position, from those that the place's tail needs
    StreamReader m_reader;
    StreamReader::Give m_append = [this](const StreamEntry& read) { append(read); };
    LogBatch m_batch;
    LogOrigin m_origin;
    EntryIdSource m_ids;
    std::string m_metadata;
    std::uint64_t m_guessedZones = 0;
    std::int64_t m_lastMs = 0; // the time of the last entry that had one
    Time m_now{0};
};

} // namespace vigie
