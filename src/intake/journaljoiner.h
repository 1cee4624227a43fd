// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "intake/continuation.h"
#include "intake/journalentry.h"
#include "intake/linemeaning.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>

namespace vigie {

/// Joins entries of the journal that are lines of one stack trace, or pieces of one line of a container: programs know of no entries,
/// and journald takes each line for one. One thread.
class JournalJoiner
{
public:
    using Time = std::chrono::milliseconds;
    /// `cursor`: of the first that was joined.
    using Give = std::function<void(const JournalMeaning& entry, std::string_view cursor)>;

    static constexpr Time silence{1'000}; ///< of a program, after which its entry is whole
    static constexpr std::size_t maxStreams = 1'000; ///< whose entries are held back; beyond, that of the oldest is whole
    static constexpr std::size_t maxBytes = 256 * 1024; ///< of an entry that is joined

    /// The next entry in the journal's order. Times are the entries' own: finishBefore() tells what has passed.
    void add(JournalMeaning entry, std::string_view cursor, const Give& give);
    /// Gives what was said by programs that are silent since then.
    void finishBefore(std::int64_t timeMs, const Give& give);
    void finish(const Give& give);
    bool isEmpty() const { return m_held.empty(); }
    /// The cursor behind which reading has to go on so that nothing held back is lost: that of the last entry added if there is none.
    const std::string& place() const { return m_held.empty() ? m_lastCursor : m_held.front().before; }

private:
    struct Held
    {
        std::string stream;
        std::string before; // the cursor of the entry before it
        std::string cursor;
        JournalMeaning entry;
        std::int64_t lastMs;
        Continuation continuation;
        bool isPartial; // its line goes on
    };
    using HeldList = std::list<Held>; // the one that began first comes first

    bool judge(Held& held, const std::string& text);
    bool joins(Held& held, const JournalMeaning& entry);
    void give(HeldList::iterator held, const Give& give);

    LineReader m_lines;
    HeldList m_held;
    std::unordered_map<std::string, HeldList::iterator> m_byStream;
    std::string m_lastCursor;
};

} // namespace vigie
