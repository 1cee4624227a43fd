// SPDX-License-Identifier: GPL-3.0-or-later
#include "intake/journaljoiner.h"

#include <utility>

namespace vigie {

void JournalJoiner::add(JournalMeaning entry, std::string_view cursor, const Give& give)
{
    if (entry.stream.empty()) {
        m_lastCursor = cursor;
        return give(entry, cursor);
    }
    if (const auto known = m_byStream.find(entry.stream); known != m_byStream.end()) {
        if (joins(*known->second, entry)) {
            m_lastCursor = cursor;
            return;
        }
        this->give(known->second, give); // place() is not behind the entry yet, as that is not held
    }
    if (m_held.size() >= maxStreams)
        this->give(m_held.begin(), give);
    const std::string before = std::exchange(m_lastCursor, std::string(cursor));
    m_held.push_back({entry.stream, before, std::string(cursor), std::move(entry), 0, {}, false});
    const auto held = std::prev(m_held.end());
    held->lastMs = held->entry.timeMs;
    held->isPartial = held->entry.isPartial;
    judge(*held, held->entry.message);
    m_byStream.emplace(held->stream, held);
}

bool JournalJoiner::joins(Held& held, const JournalMeaning& entry)
{
    if (entry.timeMs - held.lastMs >= silence.count() || held.entry.message.size() + entry.message.size() >= maxBytes)
        return false;
    const bool isRest = std::exchange(held.isPartial, entry.isPartial);
    if (!isRest) {
        if (!judge(held, entry.message))
            return false;
        held.entry.message += '\n';
    }
    held.entry.message += entry.message;
    held.lastMs = entry.timeMs;
    return true;
}

/// Whether the line belongs to those before.
bool JournalJoiner::judge(Held& held, const std::string& text)
{
    const LineMeaning line = m_lines.read(text);
    if (held.continuation.judge(line.plain, line.time.has_value()) != Continuation::Verdict::Belongs && &text != &held.entry.message)
        return false;
    if (held.continuation.isCrash() && held.entry.level == "info")
        held.entry.level = "err"; // journald takes all that programs print for info
    return true;
}

void JournalJoiner::give(HeldList::iterator held, const Give& give)
{
    give(held->entry, held->cursor);
    m_byStream.erase(held->stream);
    m_held.erase(held);
}

void JournalJoiner::finishBefore(std::int64_t timeMs, const Give& give)
{
    for (auto held = m_held.begin(); held != m_held.end();) {
        const auto next = std::next(held);
        if (held->lastMs <= timeMs)
            this->give(held, give);
        held = next;
    }
}

void JournalJoiner::finish(const Give& give)
{
    while (!m_held.empty())
        this->give(m_held.begin(), give);
}

} // namespace vigie
