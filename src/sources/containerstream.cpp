// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/containerstream.h"

namespace vigie {

void ContainerStream::add(const EnginePiece& piece, std::uint32_t ordinal, std::chrono::milliseconds now, const Give& give)
{
    std::string origin(piece.isError ? "stderr " : "stdout ");
    origin.append(piece.time).append(" ").append(std::to_string(ordinal));
    m_bytes += piece.text.size();
    m_marks.push_back({m_bytes, piece.timeMs(), std::move(origin), 0, m_read});
    m_reader.add(piece.text, now, [&](const StreamEntry& entry) { this->give(entry, give); });
    // Empty lines are no entries: nothing is to be given of them.
    if (!m_reader.deadline()) {
        m_marks.clear();
        m_given = m_read;
    }
}

void ContainerStream::finishSilent(std::chrono::milliseconds now, const Give& give)
{
    m_reader.finishSilent(now, [&](const StreamEntry& entry) { this->give(entry, give); });
}

void ContainerStream::finish(std::chrono::milliseconds now, const Give& give)
{
    m_reader.finish(now, [&](const StreamEntry& entry) { this->give(entry, give); });
    m_marks.clear();
    m_given = m_read;
}

void ContainerStream::give(const StreamEntry& entry, const Give& give)
{
    std::int64_t timeMs = 0;
    std::string origin;
    if (!m_marks.empty()) {
        Mark& first = m_marks.front();
        timeMs = first.timeMs;
        origin = first.origin + ' ' + std::to_string(first.entries++);
    }
    while (!m_marks.empty() && m_marks.front().end <= entry.end) {
        m_given = m_marks.front().read;
        m_marks.pop_front();
    }
    give(entry, timeMs, origin);
}

void ContainerStream::passedOver()
{
    if (m_marks.empty())
        m_given = m_read;
    else
        m_marks.back().read = m_read;
}

StreamPlace ContainerStream::place(std::int64_t lastSecond) const
{
    return m_marks.empty() && m_given.second < lastSecond ? StreamPlace{lastSecond, 0, 0} : m_given;
}

} // namespace vigie
