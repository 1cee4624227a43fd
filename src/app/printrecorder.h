// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/entryid.h"
#include "core/logbatch.h"
#include "intake/streamreader.h"

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>

namespace vigie {

/// Makes entries of what a program prints on one stream, as lines of JSON that any Vigie takes. One thread.
class PrintRecorder
{
public:
    /// `members`: of each entry's metadata, such as `"stream":"stderr"`; may be empty.
    PrintRecorder(std::string appId, std::string userId, std::string members);

    void add(std::string_view bytes, std::int64_t cameMs);
    /// Gives out what has waited long enough for more.
    void finishSilent();
    /// The stream is at its end.
    void finish();
    /// When finishSilent() has something to do, by the monotonic clock; absent: not before more bytes.
    std::optional<StreamReader::Time> deadline() const { return m_stream.deadline(); }

    /// An entry of our own.
    void say(std::string_view level, std::string_view message);
    /// The entries since the last call, a line each.
    std::string takeLines();

private:
    struct Arrival
    {
        std::uint64_t end; ///< of what came by then
        std::int64_t ms;
    };

    void take(const StreamEntry& read);
    std::int64_t arrivalOf(std::uint64_t place);

    std::string m_members;
    LogOrigin m_origin;
    LogBatch m_batch;
    EntryIdSource m_ids;
    StreamReader m_stream;
    StreamReader::Give m_give;
    std::deque<Arrival> m_arrivals; // of what is not yet an entry
    std::uint64_t m_came = 0;
    std::uint64_t m_entryStart = 0;
    std::string m_metadata;
};

} // namespace vigie
